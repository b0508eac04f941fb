"""Loads a checkout: seeds, schemas, records and readings, with all findings on the way."""

from __future__ import annotations

import hashlib
import json
import marshal
import shutil
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Problem
from normbook.records.model import Record
from normbook.records.packed import PackedRecord
from normbook.records.scaffold.new_record import placeholder_lines
from normbook.records.schema import Schemas
from normbook.records.types import PUBLISHED
from normbook.records.validation.record import read_record
from normbook.records.yaml.encoding import read_utf8
from normbook.records.yaml.late import LateLines, LateMarks
from normbook.workspace.forks import can_share, cores, forked, in_batches
from normbook.workspace.listing import FilesById, Listed, assign_ids, duplicate_id, list_all
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import RECORD, SCHEMA, list_files, read_plain, read_text
from normbook.workspace.seeds import load_seeds, read_source

MANY = 2_000  # files; up to this number, more processes are not worth their cost
BATCH = 200  # files that a process reads before it gives them back


@dataclass(frozen=True)
class Project:
    """The content of a checkout. `records` are keyed by id, `corrections` by the id of their source; broken files appear only in `problems`."""

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
    book: Record | None = None


class ReadFile(NamedTuple):
    """A record file: its record if it is valid, its findings, and a digest of its bytes (empty if it could not be read)."""

    file: Listed
    record: Record | None
    problems: list[Problem]
    digest: str


class Parts(NamedTuple):
    """A project with its findings grouped by what they belong to: the project, a file, or a source."""

    project: Project
    by_id: FilesById
    problems: list[Problem]
    files: list[ReadFile]
    sources: dict[str, list[Problem]]


def load_earlier(old: Repo, new: Repo, revision: str, problems: list[Problem]) -> Project | None:
    """The project at a revision, unpacked as `old`, read with its own schemas; types that had no schema yet use those of `new`.

    None if its schemas cannot be used, with a finding (N715) that names the revision.
    """
    for path in sorted(new.schema.glob("*.schema.json")):
        if not (old.schema / path.name).exists():
            shutil.copyfile(path, old.schema / path.name)
    project = load_project(old)
    if project.schemas.documents:
        return project
    reason = next((f"{each.path}: {each.message}" for each in project.problems if each.path.startswith("schema/")), "there are none")
    problems.append(Problem("<command>", 0, 0, "N715", f"the schemas at {revision!r} cannot be used: {reason}", "choose a later revision"))
    return None


def load_schemas(repo: Repo, problems: list[Problem]) -> Schemas:
    """The schemas of a checkout; if one of them is unusable, none, with the reasons added to `problems`."""
    before = len(problems)
    schemas = read_schemas(repo, problems)
    if len(problems) == before:
        hint = "restore it from the repository's history, or correct it"
        problems += [Problem(f"schema/{name}.schema.json", 0, 0, "N131", message, hint) for name, message in schemas.faults]
    return schemas if len(problems) == before else Schemas({})


def read_schemas(repo: Repo, problems: list[Problem]) -> Schemas:
    """The schemas without checking that they are usable."""
    texts = tuple(
        (file.name.removesuffix(".schema.json"), read_text(file.path, f"schema/{file.name}", problems, SCHEMA) or "null")
        for file, _ in list_files(repo, repo.schema, problems)
        if file.name.endswith(".schema.json")
    )
    schemas, faulty = _parsed(texts)
    problems += faulty
    return schemas


@lru_cache(maxsize=4)  # what schemas say is worked out once for the same texts: a server, a release and the tests read them again and again
def _parsed(texts: tuple[tuple[str, str], ...]) -> tuple[Schemas, tuple[Problem, ...]]:
    """The schemas of some texts, by name, and a finding for each text that is not JSON."""
    documents, problems = {}, []
    for name, text in texts:
        shown = f"schema/{name}.schema.json"
        try:
            documents[name] = json.loads(text)
        except json.JSONDecodeError as error:
            row = error.doc.split("\n")[error.lineno - 1]
            message = f"the schema is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
            hint = "compare it with the other schemas; often a comma or a quotation mark is missing or superfluous"
            problems.append(Problem(shown, error.lineno, error.colno, "N130", message, hint, source_line=row))
        except (ValueError, RecursionError):
            message = "the schema is nested too deeply, or contains a number with too many digits"
            problems.append(Problem(shown, 0, 0, "N130", message, "simplify it"))
    return Schemas(documents), tuple(problems)


def load_project(repo: Repo) -> Project:
    """The whole project, read strictly. All findings are collected; none of them stops the reading."""
    return load_parts(repo).project


def load_parts(repo: Repo) -> Parts:
    """The whole project, with the findings grouped by what they belong to."""
    problems: list[Problem] = []
    schemas = load_schemas(repo, problems)
    seeds = load_seeds(repo, problems)
    files = read_files(schemas, list(list_all(repo, problems))) if schemas.documents else []
    by_id = assign_ids((each.file, each.record is not None) for each in files)
    found = {each.file.path: each.record for each in files if each.record}
    problems += [duplicate_id(first, found[other.path]) for first, other in by_id.taken]
    records = {id: found[file.path] for id, file in by_id.records.items()}
    suggestions = {id: found[file.path] for id, file in by_id.suggestions.items()}
    corrections = _accepted({id: found[file.path] for id, file in by_id.corrections.items()}, suggestions)
    sources: dict[str, list[Problem]] = {id: [] for id, record in records.items() if record.type == "source"}
    readings = {
        id: readings_of_source for id in sources if (readings_of_source := read_source(records[id], seeds, corrections, sources[id]))
    }
    redirects, exceptions, book = (found.get(str(path)) for path in (repo.redirects, repo.exceptions, repo.book))
    every = (*problems, *(one for each in files for one in each.problems), *(one for each in sources.values() for one in each))
    project = Project(repo, schemas, records, corrections, redirects, seeds, readings, every, by_id.broken, suggestions, exceptions, book)
    return Parts(project, by_id, problems, files, sources)


def _accepted(corrections: Mapping[str, Record], suggestions: Mapping[str, Record]) -> dict[str, Record]:
    return {id: accept(id, corrections.get(id), suggestions.get(id)) for id in {**corrections, **suggestions}}


def read_file(schemas: Schemas, file: Listed) -> ReadFile:
    """The record and the findings of a file."""
    problems: list[Problem] = []
    content = read_plain(file.path, file.shown, RECORD, problems)
    if content is None:
        return ReadFile(file, None, problems, "")
    text = read_utf8(content, file.shown)
    if isinstance(text, Problem):
        problems.append(text)
    record = None if isinstance(text, Problem) else read_record(schemas, file.type, file.shown, text, problems)
    return ReadFile(file, record, problems, digest_of(content))


def read_files(schemas: Schemas, files: Sequence[Listed]) -> list[ReadFile]:
    """The record and the findings of each file. Many files are read on all cores, and their records hold their fields as bytes."""
    if len(files) <= MANY:
        return [read_file(schemas, file) for file in files]
    work, tasks = partial(_packed, schemas), in_batches(files, BATCH)
    rows = (row for batch in (forked(work, tasks, cores()) if can_share() else map(work, tasks)) for row in batch)
    held: deque[PackedRecord] = deque()
    return [_unpacked(file, *row, held) if row else read_file(schemas, file) for file, row in zip(files, rows, strict=True)]


def _packed(schemas: Schemas, files: Iterable[Listed]) -> list[tuple[bytes, str] | None]:
    """The fields and the digest of the file of each valid record that is filled in; None for any other file, which is read again by the process that asks."""
    read = (read_file(schemas, file) for file in files)
    return [
        (marshal.dumps(dict(each.record.fields)), each.digest)
        if each.record and not each.problems and each.file.type in PUBLISHED and not placeholder_lines(each.record.lines)
        else None
        for each in read
    ]


def _unpacked(file: Listed, packed: bytes, digest: str, held: deque[PackedRecord]) -> ReadFile:
    read = partial(_text_of, file)
    record = PackedRecord(file.type, file.id, file.shown, packed, LateMarks(read, file.shown), LateLines(read, filled=True), held)
    return ReadFile(file, record, [], digest)


def late_record(file: Listed, fields: Mapping[str, Any]) -> Record:
    """The record of a file that is known to be valid. The file itself is read again only if a finding has to be shown."""
    read = partial(_text_of, file)
    return Record(file.type, file.id, file.shown, fields, LateMarks(read, file.shown), LateLines(read))


def _text_of(file: Listed) -> str:
    return read_text(file.path, file.shown, []) or ""


def digest_of(content: bytes) -> str:
    """A digest for comparing the content of files."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def load_record(repo: Repo, schemas: Schemas, type: str, path: Path, problems: list[Problem]) -> Record | None:
    """One record, or None with the reasons added to `problems`."""
    found = read_file(schemas, Listed(type, path.stem, str(path), repo.relative(path), ""))
    problems += found.problems
    return found.record


def accept(id: str, corrections: Record | None, suggestions: Record | None) -> Record:
    """The corrections of a source, followed by its accepted suggestions."""
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
