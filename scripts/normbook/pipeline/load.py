"""From the folders to values: seeds, schemas, records and readings, with every finding on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from normbook.paths import Repo
from normbook.pipeline.plain import SCHEMA, list_files, list_records, list_strays, read_text
from normbook.pipeline.seeds import load_seeds, read_source
from normbook.problems import Problem
from normbook.records.model import Record
from normbook.records.schema import TYPES, Schemas
from normbook.records.sound import read_record
from normbook.text.readings import Readings

SINGLE = ("redirects", "exceptions")  # types of which there is one file


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


class Listed(NamedTuple):
    """A record file: its type (or suggestion, or one of SINGLE), its id, its path and that path as findings name it."""

    type: str
    id: str
    path: str
    shown: str


class Held(NamedTuple):
    """Which file stands for which id: of records, of corrections and of suggestions; ids of broken files; ids that are taken already."""

    records: dict[str, Listed]
    corrections: dict[str, Listed]
    suggestions: dict[str, Listed]
    broken: frozenset[str]
    taken: list[tuple[Listed, Listed]]


def load_schemas(repo: Repo, problems: list[Problem]) -> Schemas:
    """The schemas of a checkout; none at all, with the reasons added to `problems`, where one cannot be used."""
    documents = {}
    before = len(problems)
    for file, _ in list_files(repo, repo.schema, problems):
        if file.name.endswith(".schema.json"):
            shown = f"schema/{file.name}"
            text = read_text(file.path, shown, problems, SCHEMA)
            try:
                documents[file.name.removesuffix(".schema.json")] = json.loads(text or "null")
            except json.JSONDecodeError as error:
                row = error.doc.split("\n")[error.lineno - 1]
                said = f"the schema is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
                hint = "compare it with the other schemas; most often a comma or a quotation mark is missing or too many"
                problems.append(Problem(shown, error.lineno, error.colno, "N130", said, hint, source_line=row))
            except (ValueError, RecursionError):
                problems.append(
                    Problem(shown, 0, 0, "N130", "the schema is nested too deep, or holds a number too long", "write it plainer")
                )
    if len(problems) == before:
        schemas = Schemas(documents)
        hint = "restore it from the repository's history, or mend what the message names"
        problems += [Problem(f"schema/{name}.schema.json", 0, 0, "N131", said, hint) for name, said in schemas.faults()]
    return schemas if len(problems) == before else Schemas({})


def list_all(repo: Repo, problems: list[Problem]) -> Iterator[Listed]:
    """Every record file of a checkout in the order of the types, then those of suggestions, then the redirects and the exceptions; what is none is told."""
    for type in (*TYPES, "suggestion"):
        folder = repo.folder(type) if type in TYPES else repo.data / "suggestions"
        for file in list_records(repo, folder, problems):
            yield Listed(type, file.name.removesuffix(".yaml"), file.path, repo.relative(folder) + "/" + file.name)
    for path in (repo.redirects, repo.exceptions):
        if path.is_symlink() or path.exists():
            yield Listed(path.stem, path.stem, str(path), repo.relative(path))
    list_strays(repo, problems)


def hold(files: Iterable[tuple[Listed, bool]]) -> Held:
    """Which file stands for which id, of files that are sound or not. Of two records with one id the first has it."""
    held = Held({}, {}, {}, frozenset(), [])
    broken: set[str] = set()
    for file, sound in files:
        if file.type in ("suggestion", "correction"):
            if sound:
                (held.corrections if file.type == "correction" else held.suggestions)[file.id] = file
            elif file.type == "correction":
                broken.add(file.id)
        elif file.type in SINGLE:
            continue
        elif not sound:
            broken.add(file.id)
        elif file.id in held.records:
            held.taken.append((held.records[file.id], file))
        else:
            held.records[file.id] = file
    return held._replace(broken=frozenset(broken))


def taken_twice(first: Listed, record: Record) -> Problem:
    """The finding about a record whose id another has."""
    said, hint = f"the id {record.id!r} is taken by {first.shown}", "choose another id: ids are unique across all types"
    return record.problem("/id", "N302", said, hint)


def load_project(repo: Repo) -> Project:
    """Everything, read strictly. Findings of reading, schema and seeds are collected; nothing stops at the first."""
    problems: list[Problem] = []
    schemas = load_schemas(repo, problems)
    seeds = load_seeds(repo, problems)
    if not schemas.documents:
        return Project(repo, schemas, {}, {}, None, seeds, {}, tuple(problems))
    found: dict[str, Record] = {}
    files: list[tuple[Listed, bool]] = []
    for file in list_all(repo, problems):
        record = load_record(repo, schemas, file.type, Path(file.path), problems)
        if record is not None:
            found[file.path] = record
        files.append((file, record is not None))
    held = hold(files)
    problems += [taken_twice(first, found[other.path]) for first, other in held.taken]
    records = {id: found[file.path] for id, file in held.records.items()}
    suggestions = {id: found[file.path] for id, file in held.suggestions.items()}
    corrections = {id: found[file.path] for id, file in held.corrections.items()}
    corrections = {id: accept(id, corrections.get(id), suggestions.get(id)) for id in {**corrections, **suggestions}}
    readings = {
        record.id: made
        for record in records.values()
        if record.type == "source" and (made := read_source(record, seeds, corrections, problems))
    }
    redirects, exceptions = found.get(str(repo.redirects)), found.get(str(repo.exceptions))
    return Project(repo, schemas, records, corrections, redirects, seeds, readings, tuple(problems), held.broken, suggestions, exceptions)


def load_record(repo: Repo, schemas: Schemas, type: str, path: Path, problems: list[Problem]) -> Record | None:
    """One record, or None with the reasons added to `problems`."""
    shown = repo.relative(path)
    text = read_text(path, shown, problems)
    return None if text is None else read_record(schemas, type, shown, text, problems)


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
