"""Which files there are, and which of them stands for which id."""

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

SINGLE = ("redirects", "exceptions")  # types of which there is one file
SETTLED = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use


class Listed(NamedTuple):
    """A record file: its type (or suggestion, or one of SINGLE), its id, its path, that path as findings name it, and its stamp."""

    type: str
    id: str
    path: str
    shown: str
    stamp: str


class Held(NamedTuple):
    """Which file stands for which id: of records, of corrections and of suggestions; ids of broken files; ids that are taken already."""

    records: dict[str, Listed]
    corrections: dict[str, Listed]
    suggestions: dict[str, Listed]
    broken: frozenset[str]
    taken: list[tuple[Listed, Listed]]


def list_all(repo: Repo, problems: list[Problem]) -> Iterator[Listed]:
    """Every record file of a checkout in the order of the types, then those of suggestions, then the redirects and the exceptions; what is none is told."""
    now = time.time_ns()
    for type in (*TYPES, "suggestion"):
        folder = repo.folder(type) if type in TYPES else repo.data / "suggestions"
        below = repo.relative(folder)
        for file in list_records(repo, folder, problems):
            yield Listed(type, file.name[: -len(".yaml")], file.path, f"{below}/{file.name}", stamp_of(file.state, now))
    for path in (repo.redirects, repo.exceptions):
        if os.path.lexists(path):
            yield Listed(path.stem, path.stem, str(path), repo.relative(path), stamp_of(path.lstat(), now))
    list_strays(repo, problems)


def stamp_of(state: os.stat_result, now: int) -> str:
    """What tells that a file is as it was, without reading it; empty for one that changed so lately that it could change again unseen.

    The time of its last change of any kind is in it, which no program can set; `now` is in nanoseconds.
    """
    if now - max(state.st_mtime_ns, state.st_ctime_ns) < SETTLED:
        return ""
    return f"{state.st_mtime_ns} {state.st_ctime_ns} {state.st_size} {state.st_ino} {state.st_mode}"


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
