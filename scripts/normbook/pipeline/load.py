"""From the folders to values: seeds, schemas, records and readings, with every finding on the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from normbook.paths import Repo
from normbook.problems import Problem
from normbook.records.model import Record
from normbook.records.schema import TYPES, Schemas
from normbook.records.yaml_io import load
from normbook.text.corrections import Correction
from normbook.text.quotes import Anchor
from normbook.text.readings import Readings, read


@dataclass(frozen=True)
class Project:
    """All that a checkout holds. `records` are keyed by id, `corrections` by the id of their source; broken files are in `problems` alone."""

    repo: Repo
    schemas: Schemas
    records: Mapping[str, Record]
    corrections: Mapping[str, Record]
    redirects: Record | None
    seeds: Mapping[str, bytes]
    readings: Mapping[str, Readings]
    problems: tuple[Problem, ...]
    broken: frozenset[str] = frozenset()
    suggestions: Mapping[str, Record] = field(default_factory=dict)
    exceptions: Record | None = None


def load_schemas(repo: Repo) -> Schemas:
    """The schemas of a checkout. Raises ValueError, naming the file, for one that is no JSON."""
    documents = {}
    for path in sorted(repo.schema.glob("*.schema.json")):
        try:
            documents[path.name.removesuffix(".schema.json")] = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise ValueError(f"{repo.relative(path)} is not JSON: {error}") from error
    return Schemas(documents)


def load_project(repo: Repo) -> Project:
    """Everything, read strictly. Findings of reading, schema and seeds are collected; nothing stops at the first."""
    schemas = load_schemas(repo)
    problems: list[Problem] = []
    seeds = load_seeds(repo, problems)
    records: dict[str, Record] = {}
    corrections: dict[str, Record] = {}
    broken: set[str] = set()
    for type in TYPES:
        for path in record_files(repo, type):
            record = load_record(repo, schemas, type, path, problems)
            if record is None:
                broken.add(path.name.removesuffix(".yaml"))
                continue
            if type == "correction":
                corrections[record.id] = record
            elif record.id in records:
                other = records[record.id]
                problems.append(
                    record.problem(
                        "/id",
                        "N302",
                        f"the id {record.id!r} is taken by {other.path}",
                        "choose another id: ids are unique across all types",
                    )
                )
            else:
                records[record.id] = record
    suggestions = load_suggestions(repo, schemas, problems)
    corrections = {id: accept(id, corrections.get(id), suggestions.get(id)) for id in {**corrections, **suggestions}}
    redirects = load_record(repo, schemas, "redirects", repo.redirects, problems) if repo.redirects.exists() else None
    exceptions = load_record(repo, schemas, "exceptions", repo.exceptions, problems) if repo.exceptions.exists() else None
    readings = {
        record.id: found
        for record in records.values()
        if record.type == "source" and (found := read_source(record, seeds, corrections, problems))
    }
    return Project(
        repo, schemas, records, corrections, redirects, seeds, readings, tuple(problems), frozenset(broken), suggestions, exceptions
    )


def load_suggestions(repo: Repo, schemas: Schemas, problems: list[Problem]) -> dict[str, Record]:
    """The suggestions by source. They are no records of the book: only what a person accepted of them becomes a correction."""
    folder = repo.data / "suggestions"
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return {record.id: record for path in files if (record := load_record(repo, schemas, "suggestion", path, problems))}


def accept(id: str, corrections: Record | None, suggestions: Record | None) -> Record:
    """The corrections of a source with the suggestions that were accepted behind them."""
    accepted = [
        {key: value for key, value in each.items() if key != "decision"}
        for each in (suggestions.fields["suggestions"] if suggestions else ())
        if each["decision"] == "accepted"
    ]
    if corrections is None:
        assert suggestions is not None
        return replace(suggestions, type="correction", fields={**suggestions.fields, "corrections": accepted})
    return (
        replace(corrections, fields={**corrections.fields, "corrections": [*corrections.fields["corrections"], *accepted]})
        if accepted
        else corrections
    )


def record_files(repo: Repo, type: str) -> Iterator[Path]:
    """The files of a record type, in order."""
    folder = repo.folder(type)
    return iter(sorted(path for path in folder.glob("*.yaml") if not path.name.startswith(".")) if folder.is_dir() else [])


def load_record(repo: Repo, schemas: Schemas, type: str, path: Path, problems: list[Problem]) -> Record | None:
    """One record, or None with the reasons added to `problems`."""
    shown = repo.relative(path)
    text = read_text(path, shown, problems)
    if text is None:
        return None
    loaded = load(text, shown)
    lines = text.split("\n")
    problems += loaded.problems
    if any(problem.code in ("N101", "N105", "N106", "N107", "N108") for problem in loaded.problems):
        return None
    refused = schemas.explain(type, loaded, shown, lines)
    problems += refused
    if type in ("redirects", "exceptions"):
        return None if refused else Record(type, type, shown, loaded.value, loaded.marks, tuple(lines))
    stem = path.name.removesuffix(".yaml")
    if isinstance(loaded.value, Mapping) and isinstance(loaded.value.get("id"), str) and loaded.value["id"] != stem:
        record = Record(type, stem, shown, loaded.value, loaded.marks, tuple(lines))
        problems.append(
            record.problem(
                "/id",
                "N301",
                f"the id {loaded.value['id']!r} differs from the file's name",
                f"write «id: {stem}», or rename the file to {loaded.value['id']}.yaml",
            )
        )
    return None if refused else Record(type, stem, shown, loaded.value, loaded.marks, tuple(lines))


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """The text of a file that must be UTF-8, or None with the reason added to `problems`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(shown, 0, 0, "N109", f"the file cannot be read: {error.strerror}", "check that it exists and that you may read it")
        )
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        problems.append(
            Problem(
                shown,
                line,
                column,
                "N110",
                f"byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8",
                "save the file as UTF-8",
            )
        )
        return None


def load_seeds(repo: Repo, problems: list[Problem]) -> dict[str, bytes]:
    """The seeds by file name, compared with SHA256SUMS: a changed, missing or unlisted one is a finding."""
    found: dict[str, bytes] = {}
    sums_text = read_text(repo.sums, repo.relative(repo.sums), problems) or ""
    listed: dict[str, int] = {}
    for number, row in enumerate(sums_text.splitlines(), 1):
        digest, _, name = row.partition("  ")
        listed[name] = number
        place = repo.relative(repo.sums), number, len(digest) + 3
        try:
            content = (repo.seeds / name).read_bytes()
        except OSError:
            problems.append(
                Problem(
                    *place,
                    "N702",
                    f"the seed {name} is missing",
                    "restore it from the repository's history: seeds are never removed",
                    source_line=row,
                )
            )
            continue
        if (got := hashlib.sha256(content).hexdigest()) != digest:
            problems.append(
                Problem(
                    *place,
                    "N701",
                    f"the seed {name} has changed: its SHA-256 is {got}",
                    f"restore it with «git checkout -- seeds/{name}»: seeds are never edited",
                    source_line=row,
                )
            )
            continue
        found[name] = content
    for path in sorted(repo.seeds.iterdir()) if repo.seeds.is_dir() else []:
        if path.is_file() and path != repo.sums and path.name not in listed and not path.name.startswith("."):
            line = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
            problems.append(Problem(repo.relative(path), 0, 0, "N703", "this seed is not listed in SHA256SUMS", f"add the line «{line}»"))
    return found


def read_source(record: Record, seeds: Mapping[str, bytes], corrections: Mapping[str, Record], problems: list[Problem]) -> Readings | None:
    """The readings of a source, or None with the reason added to `problems`."""
    seed = record.fields["seed"]
    content = seeds.get(seed["file"])
    if content is None:
        problems.append(
            record.problem(
                "/seed/file",
                "N704",
                f"seeds/ holds no sound file {seed['file']!r}",
                "write the file's name as it stands in seeds/SHA256SUMS",
            )
        )
        return None
    if hashlib.sha256(content).hexdigest() != seed["sha256"]:
        problems.append(
            record.problem(
                "/seed/sha256",
                "N705",
                f"the SHA-256 of seeds/{seed['file']} is another",
                f"write «sha256: {hashlib.sha256(content).hexdigest()}»",
            )
        )
    held = corrections.get(record.id)
    profile = record.fields.get("profile", {})
    try:
        readings = read(content, read_corrections(held) if held else (), profile.get("encoding"), profile.get("without", ()))
    except LookupError as error:
        problems.append(
            record.problem("/profile", "N706", f"unknown encoding or rule: {error}", "see the rules page for the names of rules")
        )
        return None
    for misfit in readings.misfits:
        assert held is not None
        problems.append(
            held.problem(
                f"/corrections/{misfit.place}/exact",
                misfit.code,
                f"correction {held.fields['corrections'][misfit.place]['id']!r}: {misfit.reason}",
                "copy prefix, exact and suffix from the cleaned reading, directly one after the other",
            )
        )
    return readings


def read_corrections(record: Record) -> list[Correction]:
    """The corrections of one file, in its order."""
    return [
        Correction(each["id"], Anchor(each.get("prefix", ""), each["exact"], each.get("suffix", "")), each["replacement"])
        for each in record.fields["corrections"]
    ]
