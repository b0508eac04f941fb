"""What the checks find, unit by unit, with what each read; and what of it is kept for the next check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from normbook.findings.finding import Problem, sort_problems
from normbook.graph.checks.exceptions import excuse
from normbook.graph.checks.registry import CHECKS, FAR, NEAR, ROUND
from normbook.graph.context import Subject
from normbook.graph.graph import link
from normbook.graph.tracking import HISTORY, noted
from normbook.workspace.apart import apart
from normbook.workspace.changes import Changes
from normbook.workspace.git import authors, day_of
from normbook.workspace.keeping import part_of, put_files, signature_of, source_row
from normbook.workspace.load import Parts, Project
from normbook.workspace.pipeline import count_claims, stale
from normbook.workspace.release.contracts import check_contract
from normbook.workspace.repo import Repo
from normbook.workspace.store import NAME, Store, made_store, new_store, pack_problems, unpack_problems
from normbook.workspace.stored import Known, pack_quoted

FEW = 400  # files; of so many, handing over what a second process made of them takes as long as making it
SHARE = 6  # one record in so many is judged where the rows of the files are made


class Checked(NamedTuple):
    """The findings of a check, in order, and how much was checked."""

    problems: list[Problem]
    records: int
    corrections: int
    seeds: int
    claims: Callable[[], Counter[str]]


def checked_whole(project: Project, problems: Iterable[Problem] = ()) -> Checked:
    """How much was checked of a project, with findings that are known already."""
    sizes = len(project.records), len(project.corrections), len(project.seeds)
    return Checked(list(problems), *sizes, lambda: count_claims(project))


def check_first(repo: Repo, key: str, parts: Parts) -> Checked:
    """The findings about a project that was loaded; what is found is kept under the key."""
    project = parts.project
    sizes = len(project.records), len(project.corrections), len(project.seeds)
    if not project.schemas.documents:
        return Checked(sort_problems(project.problems), *sizes, Counter)
    subject = Subject(
        link(project.records, project.schemas), project.schemas, project.readings, project.corrections, project.redirects, project.broken,
        day=day_of(repo), authors=partial(authors, repo),
    )  # fmt: skip
    ids = list(project.records)
    others = _beside(len(parts.files), lambda: _judged_beside(key, parts, subject, ids[::SHARE]))
    judged = judge(subject, [id for number, id in enumerate(ids) if number % SHARE], FAR)
    store = made_store(others())
    found = [*judged.problems, *_kept(store, "units")]
    _put_judged(store, subject, judged)
    _put_sources(store, parts)
    store.keep(repo.build / NAME)
    problems = sort_problems(excuse([*project.problems, *found, *stale(project), *check_contract(project)], project.exceptions))
    return Checked(problems, *sizes, lambda: _count(store, parts.held.records.values()))


def check_again(repo: Repo, store: Store, changes: Changes) -> Checked:
    """The findings about a project of which a store knew an earlier state."""
    touched = {unit for note in (*changes.notes, HISTORY) for (unit,) in store.rows("select unit from reads where note = ?", (note,))}
    touched |= {unit for (unit,) in store.rows("select unit from units where problems like '%N315%'")}  # what lay ahead may not any more
    ids = sorted(unit for unit in touched if unit in changes.records)
    far = [name for name in FAR if f"{name}:" in touched]
    new = [id for id in changes.added if id not in touched]
    if changes.removed:
        for table in ("units", "reads"):
            store.put(f"delete from {table} where unit = ?", [(id,) for id in changes.removed])  # noqa: S608 - the two names above
    if ids or new or far:
        subject = changes.subject()
        judge(subject, (*ids, *new), far).put(store)
        known = subject.known
        assert isinstance(known, Known)
        store.put("insert or replace into quoted values (?, ?, ?)", [pack_quoted(each, known[each]) for each in known.fresh])
    store.keep(repo.build / NAME)
    kept = [problem for table in ("files", "sources", "units") for problem in _kept(store, table)]
    problems = sort_problems(
        excuse([*changes.problems, *kept, *changes.stale(), *check_contract(*changes.promised())], changes.exceptions())
    )
    sizes = len(changes.records), len(changes.corrections), len(changes.seeds)
    return Checked(problems, *sizes, lambda: _count(store, changes.records.values()))


def _kept(store: Store, table: str) -> Iterator[Problem]:
    """The findings that a table of a store holds."""
    for (text,) in store.rows(f"select problems from {table} where problems != '[]'"):  # noqa: S608 - a name of ours
        yield from unpack_problems(text)


def _judged_beside(key: str, parts: Parts, subject: Subject, ids: Iterable[str]) -> bytes:
    """A store that holds the files, and what the checks near each of these records find."""
    store = new_store(key)
    put_files(store, parts.project.schemas, parts.files)
    _put_judged(store, subject, judge(subject, ids, ()))
    return store.content()


def _put_judged(store: Store, subject: Subject, judged: Judged) -> None:
    judged.put(store)
    store.put("insert or replace into quoted values (?, ?, ?)", [pack_quoted(*each) for each in subject.known.items()])


def _beside(files: int, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What waits for something made of so many files: by a second process, unless handing it over would take as long."""
    return apart(make) if files > FEW else make


def _put_sources(store: Store, parts: Parts) -> None:
    digests = {each.file.shown: each.digest for each in parts.files}
    rows = []
    for id, problems in parts.sources.items():
        part = part_of(parts.project.records[id])
        signature = signature_of(id, part, parts.project.seeds, parts.held, digests)
        rows.append(source_row(id, part, signature, problems, parts.project.readings.get(id)))
    store.put("insert or replace into sources values (?, ?, ?, ?, ?, ?, ?)", rows)


def _count(store: Store, files: Iterable[NamedTuple]) -> Counter[str]:
    total: Counter[str] = Counter()
    wanted = {file.shown for file in files}  # type: ignore[attr-defined]
    for shown, counted in store.rows("select shown, claims from files where claims != '{}'"):
        if shown in wanted:
            total.update(json.loads(counted))
    return total


class Judged(NamedTuple):
    """What the checks found in units, and what each unit's findings and notes are as rows of a store."""

    problems: list[Problem]
    units: list[tuple[str, str]]
    reads: list[tuple[str, str]]

    def put(self, store: Store) -> None:
        """Keeps the rows in place of those that the units had."""
        store.put("delete from reads where unit = ?", [(unit,) for unit, _ in self.units] if store.row("select 1 from units") else [])
        store.put("insert or replace into units values (?, ?)", self.units)
        store.put("insert or ignore into reads values (?, ?)", sorted(self.reads))


def judge(subject: Subject, ids: Iterable[str], far: Iterable[str]) -> Judged:
    """The findings of the checks near each of the records and of those named in `far`, with what each read.

    A check of NEAR must find in all records what it finds in each of them alone; it is not shown the redirects.
    """
    notes: set[str] = set()
    watched = noted(subject, notes)
    alone = replace(watched, redirects=None, owners=False)
    units: list[tuple[str, str]] = []
    reads: list[tuple[str, str]] = []
    every: list[Problem] = []
    sources = subject.readings
    for id in ids:
        notes.clear()
        one = replace(alone, only=frozenset((id,)))
        found = [problem for name in NEAR for problem in CHECKS[name](one)]
        notes.add(f"s:{id}")  # whether it is a source that can be read
        if id in sources:
            found += [problem for name in ROUND for problem in CHECKS[name](one)]
        _note(id, found, notes, units, reads)
        every += found
    for name in far:
        if name not in ROUND:
            notes.clear()
            found = list(CHECKS[name](watched))
            notes.add("redirects")
            _note(f"{name}:", found, notes, units, reads)  # no id holds a colon
            every += found
    return Judged(every, units, reads)


def _note(unit: str, found: list[Problem], notes: set[str], units: list[tuple[str, str]], reads: list[tuple[str, str]]) -> None:
    units.append((unit, pack_problems(found)))
    reads += [(note, unit) for note in notes]
