"""An incremental check: only what changed, and what depends on it, is read and checked again. Its findings are always those of `check`.

Each check of a record and each page has notes of what it read (graph/tracking.py). When a file changes, the notes about it that are no longer valid
determine which checks and pages are done again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Problem, sort_problems
from normbook.graph.checks.exceptions import excuse
from normbook.graph.checks.registry import CHECKS, FAR, NEAR, ROUND
from normbook.graph.claims import forget as forget_claims
from normbook.graph.context import CheckContext
from normbook.graph.graph import Graph, link, relation_table
from normbook.graph.lookup import QuotationLookup
from normbook.graph.tracking import HISTORY, Notes, invalidated, tracked
from normbook.records.model import Quotation, Record
from normbook.records.schema import Schemas
from normbook.records.types import TYPES
from normbook.workspace.cache import (
    Cache,
    CachedGraph,
    FileRows,
    KnownQuotations,
    Lazy,
    Numbers,
    cached_record,
    cached_state,
    file_rows,
    foundation,
    new_cache,
    open_cache,
    pack_problems,
    pack_quoted,
    pack_readings,
    packed,
    put_files,
    unpack_problems,
    unpack_readings,
)
from normbook.workspace.cache import count_claims as stored_claims
from normbook.workspace.derived import derived_paths, encoded, stale_texts, text_of
from normbook.workspace.forks import can_share, cores, forked, in_batches
from normbook.workspace.git import authors, day_of
from normbook.workspace.listing import SINGLE, FilesById, Listed, assign_ids, duplicate_id, list_all
from normbook.workspace.load import BATCH, MANY, Parts, Project, ReadFile, accept, digest_of, load_parts, read_file, read_schemas
from normbook.workspace.pipeline import context_of, count_claims, stale
from normbook.workspace.release.contracts import check_contract
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import RECORD, read_plain
from normbook.workspace.seeds import load_seeds, read_source

MOST = 400  # changed files; above this a full check is as fast
ORDER = {type: number for number, type in enumerate((*TYPES, "suggestion", *SINGLE))}


def as_listed(file: Listed) -> tuple[int, str]:
    """A sort key that gives files the order of `list_all`."""
    return ORDER[file.type], f"{file.id}.yaml"


class Checked(NamedTuple):
    """The sorted findings of a check, and how much was checked."""

    problems: list[Problem]
    records: int
    corrections: int
    seeds: int
    claims: Callable[[], Counter[str]]


class Run(NamedTuple):
    """A check with its results: the cache, not saved yet, and either the project (after a full check) or its changes."""

    checked: Checked
    cache: Cache
    project: Project | None
    changes: Changes | None


def check_project(repo: Repo, fresh: bool = False) -> Checked:
    """The findings about a checkout. With `fresh` the cache is not read, but it is still written."""
    run = check_with_cache(repo, fresh)
    run.cache.save()
    return run.checked


def check_with_cache(repo: Repo, fresh: bool = False) -> Run:
    """Like `check_project`, but the cache stays open for a build, which then has to save it."""
    key = foundation(repo)
    cache = None if fresh else open_cache(repo.build, key)
    if cache:
        try:
            if changes := find_changes(repo, cache):
                return Run(_check_again(changes), cache, None, changes)
        except sqlite3.Error:  # the disk is full or broken
            pass
        cache.drop()
    parts = load_parts(repo)
    if not parts.project.schemas.documents:  # without schemas nothing more can be checked
        return Run(checked_whole(parts.project, sort_problems(parts.project.problems)), new_cache(None, key), parts.project, None)
    cache = new_cache(repo.build, key)
    try:
        return Run(_check_first(cache, parts), cache, parts.project, None)
    except sqlite3.Error:
        cache.drop()
    return Run(_check_first(cache := new_cache(None, key), parts), cache, parts.project, None)


def checked_whole(project: Project, problems: Iterable[Problem] = ()) -> Checked:
    """The result of a full check with these findings."""
    sizes = len(project.records), len(project.corrections), len(project.seeds)
    return Checked(list(problems), *sizes, lambda: count_claims(project))


def _check_first(cache: Cache, parts: Parts) -> Checked:
    """The findings about a loaded project; results are put into the cache. The records are checked on all cores if there are many."""
    project = parts.project
    graph = link(project.records, project.schemas)
    check_context = context_of(project, graph)
    found: list[Problem] = []
    _put_sources(cache, parts)
    work = partial(_check_files, check_context, Numbers(), parts.files)
    # numbers, since a record that is handed to a process is no longer the same object
    tasks = in_batches(_by_source(parts.files, graph), BATCH)
    for batch in forked(work, tasks, cores()) if len(parts.files) > MANY and can_share() else map(work, tasks):
        put_files(cache, batch.rows)
        cache.put_reads(batch.units)
        found += batch.problems
        check_context.known.update(batch.known)
    cache.put_reads(_run_units(check_context, (), FAR, found))
    cache.put("insert or replace into quoted values (?, ?, ?)", [pack_quoted(*each) for each in check_context.known.items()])
    problems = [*project.problems, *found, *stale(project), *check_contract(project)]
    return checked_whole(project, sort_problems(excuse(problems, project.exceptions)))


def _by_source(files: Sequence[ReadFile], graph: Graph) -> list[int]:
    """The places of the files in a list, those of records that quote a source beside it: its check reads them all, and so thousands need not be unpacked twice."""
    place = {file.id: at for at, (file, *_) in enumerate(files)}

    def key(at: int) -> int:
        id = files[at].file.id
        return min((place.get(edge.target, at) for edge in graph.outgoing(id) if edge.target in sources), default=at)

    sources = {file.id for file, *_ in files if file.type == "source"}
    return sorted(range(len(files)), key=key)


class CheckedFiles(NamedTuple):
    """The result of checking the records in some files: what is stored of the files and of the checks, the findings, and the quotations that were looked up."""

    rows: FileRows
    units: list[tuple[str, str, array[int]]]
    problems: list[Problem]
    known: dict[Quotation, QuotationLookup]


def _check_files(check_context: CheckContext, numbers: Numbers, all_files: Sequence[ReadFile], batch: Sequence[int]) -> CheckedFiles:
    """Runs the checks of single records on those in a batch of the files, which is given by their places in the list."""
    files = [all_files[at] for at in batch]
    graph, before = check_context.graph, len(check_context.known)
    ids = [file.id for file, record, *_ in files if record is not None and graph.records.get(file.id) is record]
    found: list[Problem] = []
    units = [(id, problems, numbers.of(notes)) for id, problems, notes in _run_units(check_context, ids, (), found)]
    known = dict(islice(check_context.known.items(), before, None))
    rows = file_rows(check_context.schemas, files, graph)
    forget_claims()
    return CheckedFiles(rows, units, found, known)


def _check_again(changes: Changes) -> Checked:
    """The findings about a project, reusing what the cache knows about an earlier state."""
    cache = changes.cache
    affected = cache.readers({*changes.notes, HISTORY})
    # a date that was in the future may have passed since
    affected |= {unit for (unit,) in cache.rows("select unit from units where problems like '%N315%'")}
    ids = sorted(unit for unit in affected if unit in changes.records)
    far = [name for name in FAR if f"{name}:" in affected]
    unchecked = [id for id in changes.added if id not in affected]
    if changes.removed:
        cache.drop_units(changes.removed)
    if ids or unchecked or far:
        check_context = changes.check_context()
        cache.put_reads(_run_units(check_context, (*ids, *unchecked), far, []))
        known = check_context.known
        assert isinstance(known, KnownQuotations)
        cache.put("insert or replace into quoted values (?, ?, ?)", [pack_quoted(each, known[each]) for each in known.fresh])
    if changes.notes and cache.meta("pages"):
        cache.put("insert or ignore into unbuilt values (?)", [(note,) for note in sorted(changes.notes)])
    cached = [problem for table in ("files", "sources", "units") for problem in _cached_problems(cache, table)]
    problems = [*changes.problems, *cached, *changes.stale(), *check_contract(*changes.promised())]
    sizes = len(changes.records), len(changes.corrections), len(changes.seeds)
    return Checked(sort_problems(excuse(problems, changes.single("exceptions"))), *sizes, changes.count_claims)


def _cached_problems(cache: Cache, table: str) -> Iterator[Problem]:
    """The findings stored in a table."""
    for (text,) in cache.rows(f"select problems from {table} where problems != '[]'"):  # noqa: S608 - a constant name
        yield from unpack_problems(text)


def _run_units(
    check_context: CheckContext, ids: Iterable[str], far: Iterable[str], all_findings: list[Problem]
) -> Iterator[tuple[str, str, Notes]]:
    """Runs the checks of single records on each of `ids`, and the checks of the whole project named in `far`. Yields each unit with its packed findings
    and the notes that it read.

    The findings are also added to `every`. A check in NEAR must give the same findings for all records at once as for each one alone; it sees
    neither the redirects nor the book's own file.
    """
    notes: Notes = set()
    tracked_context = tracked(check_context, notes)
    alone = replace(tracked_context, redirects=None, book=None, owners=False)
    sources = check_context.readings
    for id in ids:
        notes.clear()
        single_context = replace(alone, only=frozenset((id,)))
        found = [problem for name in NEAR for problem in CHECKS[name](single_context)]
        notes.add(f"s:{id}")  # whether it is a readable source
        if id in sources:
            found += [problem for name in ROUND for problem in CHECKS[name](single_context)]
        all_findings += found
        yield id, pack_problems(found), notes
    for name in far:
        if name not in ROUND:
            notes.clear()
            found = list(CHECKS[name](tracked_context))
            notes.update(("redirects", "book"))
            all_findings += found
            yield f"{name}:", pack_problems(found), notes  # ids contain no colon, so this name is unique


# Changes since the last check


@dataclass(frozen=True)
class Changes:
    """A project backed by an updated cache, and the notes that are no longer valid."""

    repo: Repo
    cache: Cache
    schemas: Schemas
    by_id: FilesById
    files: Mapping[str, Listed]
    seeds: Mapping[str, bytes]
    problems: list[Problem]
    notes: Notes
    added: list[str]
    removed: list[str]
    changed_sources: set[str]  # sources whose readings have changed

    @property
    def records(self) -> Mapping[str, Listed]:
        """The files of the records, by id."""
        return self.by_id.records

    @cached_property
    def corrections(self) -> Mapping[str, Record]:
        """The corrections in force, by source."""

        def make(id: str) -> Record:
            parts = [
                cached_record(self.cache, files[id]) if id in files else None for files in (self.by_id.corrections, self.by_id.suggestions)
            ]
            return accept(id, *parts)

        return Lazy({**self.by_id.corrections, **self.by_id.suggestions}, make)

    @cached_property
    def readings(self) -> Mapping[str, Readings]:
        """The readings of the sources, loaded on demand."""
        ids = {id: 0 for (id,) in self.cache.rows("select id from sources where readings != ''")}
        in_order = {id: 0 for id in self.records if id in ids}
        return Lazy(in_order, lambda key: unpack_readings(self.cache.row("select readings from sources where id = ?", (key,))[0]))

    def single(self, name: str) -> Record | None:
        """The record of a type that has a single file."""
        file = next((file for file in self.files.values() if file.type == name), None)
        sound = file and self.cache.row("select sound from files where shown = ?", (file.shown,))[0]
        return cached_record(self.cache, file) if file and sound else None

    def graph(self, order: Callable[[Listed], Any]) -> CachedGraph:
        """The graph of the records, with incoming links sorted by file, using `order` as the key."""
        return CachedGraph.over(self.cache, self.records, relation_table(self.schemas), order)

    def check_context(self) -> CheckContext:
        """The context of the checks."""
        known = KnownQuotations(self.cache, self.changed_sources)
        redirects = self.single("redirects")
        return CheckContext(
            self.graph(as_listed), self.schemas, self.readings, self.corrections, redirects, self.by_id.broken,
            day=day_of(self.repo), authors=partial(authors, self.repo), book=self.single("book"), known=known,
        )  # fmt: skip

    def promised(self) -> tuple[Project, dict[str, str]]:
        """What the contract of a release is compared with: the project, and the type of each record."""
        records = Lazy(self.records, lambda key: cached_record(self.cache, self.records[key]))
        types = {id: file.type for id, file in self.records.items()}
        redirects = self.single("redirects")
        return Project(self.repo, self.schemas, records, {}, redirects, self.seeds, {}, (), frozenset(self.by_id.broken)), types

    def stale(self) -> list[Problem]:
        """Findings about committed derived texts that are missing, stale, or belong to no source."""
        rows = self.cache.rows("select id, cleaned, corrected from sources where readings != ''")
        digests = {(id, name): digest for id, *found in rows for name, digest in zip(("cleaned", "corrected"), found, strict=True)}
        paths = derived_paths(self.repo, (id for id in self.readings if id not in self.by_id.broken))
        texts = Lazy(paths, lambda path: text_of(self.readings[paths[path][0]], paths[path][1]))  # type: ignore[arg-type, index]
        sources = {id for id, file in self.records.items() if file.type == "source"}
        return stale_texts(self.repo, texts, lambda path, old: digest_of(old) == digests[paths[path]], self.by_id.broken | sources)  # type: ignore[arg-type]

    def count_claims(self) -> Counter[str]:
        """How many claims are supported by a quotation, by outside evidence only, and by nothing."""
        return stored_claims(self.cache, {file.shown for file in self.records.values()})


def find_changes(repo: Repo, cache: Cache) -> Changes | None:
    """The changes since the last check; the cache is updated. None if so much has changed that a full check is as fast."""
    problems: list[Problem] = []
    seeds = load_seeds(repo, problems)
    rows = {row[0]: row for row in cache.rows("select shown, type, id, stamp, digest, sound from files")}
    files = {file.shown: file for file in list_all(repo, problems)}
    suspects = [file for shown, file in files.items() if shown not in rows or not file.stamp or rows[shown][3] != file.stamp]
    differing = [file for file in suspects if not _same(file, rows, cache)]
    removed_rows = [rows[shown] for shown in rows if shown not in files]
    if len(differing) + len(removed_rows) > MOST:
        return None
    schemas = read_schemas(repo, [])  # the cache depends on the schemas and is never made with invalid ones
    read = [read_file(schemas, file) for file in differing]
    sound = {shown: bool(row[5]) for shown, row in rows.items()} | {each.file.shown: each.record is not None for each in read}
    by_id = assign_ids((file, sound[shown]) for shown, file in files.items())
    same_files = not removed_rows and all(
        each.file.shown in rows and bool(rows[each.file.shown][5]) == (each.record is not None) for each in read
    )
    before = by_id if same_files else _files_before(rows)
    candidates = sorted({each.file.id for each in read} | {row[2] for row in removed_rows})
    old = {id: cached_state(cache, before.records.get(id)) for id in candidates}
    _update(cache, schemas, read, removed_rows)
    notes: Notes = set()
    dirty = {each.file.shown for each in read}
    for id in candidates:
        was, now = before.records.get(id), by_id.records.get(id)
        if (was or now) and ((was and was.shown) != (now and now.shown) or (now and now.shown in dirty)):
            notes |= invalidated(id, old[id], cached_state(cache, now))
    notes |= _broken(before, by_id) | _single(read, removed_rows)
    found = Changes(
        repo, cache, schemas, by_id, files, seeds, problems, notes,
        [id for id in by_id.records if id not in before.records] if not same_files else [],
        [id for id in before.records if id not in by_id.records] if not same_files else [], set(),
    )  # fmt: skip
    records = Lazy(by_id.records, lambda key: cached_record(cache, by_id.records[key]))
    problems += [duplicate_id(first, cached_record(cache, other)) for first, other in by_id.taken]
    _read_sources(found, records, dirty)
    return found


def _same(file: Listed, rows: Mapping[str, tuple[str, ...]], cache: Cache) -> bool:
    """True for a file with unchanged content; its stamp is updated."""
    row = rows.get(file.shown)
    content = read_plain(file.path, file.shown, RECORD, []) if row and row[4] else None
    if row is None or content is None or digest_of(content) != row[4]:
        return False
    if file.stamp and file.stamp != row[3]:
        cache.put("update files set stamp = ? where shown = ?", [(file.stamp, file.shown)])
    return True


def _files_before(rows: Mapping[str, tuple[str, ...]]) -> FilesById:
    listed = [(Listed(type, id, "", shown, stamp), bool(sound)) for shown, type, id, stamp, _, sound in rows.values()]
    return assign_ids(sorted(listed, key=lambda each: as_listed(each[0])))


def _update(cache: Cache, schemas: Schemas, read: list[ReadFile], removed_rows: list[tuple[str, ...]]) -> None:
    leaving = [row[0] for row in removed_rows] + [each.file.shown for each in read]
    for shown in leaving:
        for (links,) in cache.rows("select links from records where shown = ?", (shown,)).fetchall():
            cache.put("delete from named where target = ? and shown = ?", [(edge[2], shown) for edge in json.loads(links)])
    if leaving:
        for table in ("files", "records"):
            cache.put(f"delete from {table} where shown = ?", [(shown,) for shown in leaving])  # noqa: S608 - the two names above
        put_files(cache, file_rows(schemas, read))


def _broken(before: FilesById, by_id: FilesById) -> Notes:
    moved = before.broken ^ by_id.broken
    notes = {f"x:{id}" for id in moved} | ({"x:*"} if moved else set())
    return notes | ({"x:?"} if bool(before.broken) != bool(by_id.broken) else set())


def _single(read: Iterable[ReadFile], removed_rows: Iterable[tuple[str, ...]]) -> Notes:
    """The notes about redirects, the book's own file and corrections that are no longer valid."""
    notes: Notes = set()
    for type, id in (*((each.file.type, each.file.id) for each in read), *((row[1], row[2]) for row in removed_rows)):
        if type in ("redirects", "book"):
            notes.add(type)
        if type in ("correction", "suggestion"):
            notes |= {f"c:{id}", "c:*"}
    return notes


# Sources: reading their texts takes longest


def _put_sources(cache: Cache, parts: Parts) -> None:
    digests = {each.file.shown: each.digest for each in parts.files}
    rows = []
    for id, problems in parts.sources.items():
        part = _part_of(parts.project.records[id])
        signature = _signature_of(id, part, parts.project.seeds, parts.by_id, digests)
        rows.append(_source_row(id, part, signature, problems, parts.project.readings.get(id)))
    cache.put("insert or replace into sources values (?, ?, ?, ?, ?, ?, ?)", rows)


def _read_sources(found: Changes, records: Mapping[str, Record], dirty: set[str]) -> None:
    """Reads the sources whose input has changed again, and drops the cached lookups of their quotations."""
    cache, by_id = found.cache, found.by_id
    rows = {row[0]: row for row in cache.rows("select id, part, signature, problems from sources")}
    wanted = {id: file for id, file in by_id.records.items() if file.type == "source"}
    digests = dict(cache.rows("select shown, digest from files where type in ('correction', 'suggestion')"))
    for id, file in wanted.items():
        row = rows.get(id)
        part = row[1] if row and file.shown not in dirty else _part_of(records[id])
        signature = _signature_of(id, part, found.seeds, by_id, digests)
        if row and row[2] == signature and (file.shown not in dirty or row[3] == "[]"):
            continue
        problems: list[Problem] = []
        readings = read_source(records[id], found.seeds, found.corrections, problems)
        cache.put("insert or replace into sources values (?, ?, ?, ?, ?, ?, ?)", [_source_row(id, part, signature, problems, readings)])
        if row is None or row[2] != signature:
            _forget_quotations(found, id)
    for id in rows.keys() - wanted.keys():
        cache.put("delete from sources where id = ?", [(id,)])
        _forget_quotations(found, id)


def _forget_quotations(found: Changes, id: str) -> None:
    found.notes.update((f"s:{id}", "s:*"))
    found.changed_sources.add(id)
    found.cache.put("delete from quoted where source = ?", [(id,)])


def _source_row(id: str, part: str, signature: str, problems: list[Problem], readings: Readings | None) -> tuple[str, ...]:
    """The row of a source: what its readings depend on, its findings, its readings, and the digests of its derived texts."""
    if readings is None:
        return id, part, signature, pack_problems(problems), "", "", ""
    texts = digest_of(encoded(readings.cleaned.text)), digest_of(encoded(readings.corrected))
    return id, part, signature, pack_problems(problems), pack_readings(readings), *texts


def _part_of(record: Record) -> str:
    """The part of a source's record that its readings depend on."""
    return packed([record.fields["seed"], record.fields.get("profile", {})])


def _signature_of(id: str, part: str, seeds: Mapping[str, bytes], by_id: FilesById, digests: Mapping[str, str]) -> str:
    """Everything that the readings of a source depend on."""
    content = seeds.get(json.loads(part)[0]["file"])
    others = [digests[files[id].shown] if id in files else "" for files in (by_id.corrections, by_id.suggestions)]
    return packed([part, hashlib.sha256(content).hexdigest() if content is not None else "", *others])
