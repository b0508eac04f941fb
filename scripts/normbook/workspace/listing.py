"""Lists the record files, and decides which file defines which id."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from normbook.findings.finding import Problem
from normbook.records.model import Record
from normbook.records.types import TYPES
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import list_records, list_strays

SINGLE = ("redirects", "exceptions", "book")  # types that have a single file
SETTLED = 2_000_000_000  # nanoseconds; the coarsest resolution of file times in use


class Listed(NamedTuple):
    """A record file: its type (or suggestion, or one of SINGLE), its id, its path, that path as shown in findings, and its stamp."""

    type: str
    id: str
    path: str
    shown: str
    stamp: str


class FilesById(NamedTuple):
    """The file of each id, for records, corrections and suggestions; the ids of broken files; and files whose id is already taken."""

    records: dict[str, Listed]
    corrections: dict[str, Listed]
    suggestions: dict[str, Listed]
    broken: frozenset[str]
    taken: list[tuple[Listed, Listed]]


def list_all(repo: Repo, problems: list[Problem]) -> Iterator[Listed]:
    """All record files by type, then suggestions, redirects, exceptions and the book's own file. Other files in data/ are reported in `problems`."""
    now = time.time_ns()
    for type in (*TYPES, "suggestion"):
        folder = repo.folder(type) if type in TYPES else repo.data / "suggestions"
        below = repo.relative(folder)
        for file in list_records(repo, folder, problems):
            yield Listed(type, file.name[: -len(".yaml")], file.path, f"{below}/{file.name}", stamp_of(file.state, now))
    for path in (repo.redirects, repo.exceptions, repo.book):
        if os.path.lexists(path):
            yield Listed(path.stem, path.stem, str(path), repo.relative(path), stamp_of(path.lstat(), now))
        elif path == repo.book:
            problems.append(
                Problem(
                    repo.relative(path),
                    0,
                    0,
                    "N360",
                    "expected a file that names who edits the book, found none",
                    "restore it, or write one: schema/book.schema.json says what it may hold",
                    level="warning",
                )
            )
    list_strays(repo, problems)


def stamp_of(state: os.stat_result, now: int) -> str:
    """A stamp that shows, without reading the file, that it has not changed; empty if it changed so recently that another change could go unnoticed.

    The stamp includes the change time (ctime), which programs cannot set; `now` is in nanoseconds.
    """
    if now - max(state.st_mtime_ns, state.st_ctime_ns) < SETTLED:
        return ""
    return f"{state.st_mtime_ns} {state.st_ctime_ns} {state.st_size} {state.st_ino} {state.st_mode}"


def assign_ids(files: Iterable[tuple[Listed, bool]]) -> FilesById:
    """The file of each id, from files that are valid or not. If two records have the same id, the first one gets it."""
    by_id = FilesById({}, {}, {}, frozenset(), [])
    broken: set[str] = set()
    for file, sound in files:
        if file.type in ("suggestion", "correction"):
            if sound:
                (by_id.corrections if file.type == "correction" else by_id.suggestions)[file.id] = file
            elif file.type == "correction":
                broken.add(file.id)
        elif file.type in SINGLE:
            continue
        elif not sound:
            broken.add(file.id)
        elif file.id in by_id.records:
            by_id.taken.append((by_id.records[file.id], file))
        else:
            by_id.records[file.id] = file
    return by_id._replace(broken=frozenset(broken))


def duplicate_id(first: Listed, record: Record) -> Problem:
    """The finding about a record whose id is already taken."""
    message, hint = f"the id {record.id!r} is taken by {first.shown}", "choose another id: ids are unique across all types"
    return record.problem("/id", "N302", message, hint)
