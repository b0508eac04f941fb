"""What has changed since a store was kept: files, ids, readings; and the notes that no longer hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from normbook.cleaning.clean import Readings
from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.graph.graph import Brief, Edge, relation_table
from normbook.graph.tracking import changed
from normbook.records.model import Record
from normbook.records.schema import TYPES, Schemas
from normbook.workspace.derived import derived_paths, stale_texts, text_of
from normbook.workspace.git import authors, day_of
from normbook.workspace.keeping import part_of, put_files, signature_of, source_row
from normbook.workspace.kept_readings import unpack_readings
from normbook.workspace.listing import SINGLE, Held, Listed, hold, list_all, taken_twice
from normbook.workspace.load import Project, ReadFile, accept, digest_of, read_file, read_schemas
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import RECORD, read_plain
from normbook.workspace.seeds import load_seeds, read_source
from normbook.workspace.store import Store
from normbook.workspace.stored import Known, Lazy, StoredGraph, brief_of, edges_of, stored_record

MOST = 400  # changed files; with more a whole check is as quick
ORDER = {type: number for number, type in enumerate((*TYPES, "suggestion", *SINGLE))}
State = tuple[Brief | None, frozenset[Edge]]


@dataclass(frozen=True)
class Changes:
    """A project over a store that has been brought up to date, and the notes that no longer hold."""

    repo: Repo
    store: Store
    schemas: Schemas
    held: Held
    files: Mapping[str, Listed]
    seeds: Mapping[str, bytes]
    problems: list[Problem]
    notes: set[str]
    added: list[str]
    removed: list[str]
    anew: set[str]  # sources whose readings are not what they were

    @property
    def records(self) -> Mapping[str, Listed]:
        """The files that stand for the records, by id."""
        return self.held.records

    @cached_property
    def corrections(self) -> Mapping[str, Record]:
        """The corrections in force by source."""
        return _corrections(self.store, self.held)

    @cached_property
    def readings(self) -> Mapping[str, Readings]:
        """The readings of the sources, each loaded when it is asked for."""
        ids = {id: 0 for (id,) in self.store.rows("select id from sources where readings != ''")}
        in_order = {id: 0 for id in self.records if id in ids}
        return Lazy(in_order, lambda key: unpack_readings(self.store.row("select readings from sources where id = ?", (key,))[0]))

    def single(self, name: str) -> Record | None:
        """The record of a type of which there is one file."""
        file = next((file for file in self.files.values() if file.type == name), None)
        sound = file and self.store.row("select sound from files where shown = ?", (file.shown,))[0]
        return stored_record(self.store, file) if file and sound else None

    def exceptions(self) -> Record | None:
        """The exceptions."""
        return self.single("exceptions")

    def subject(self) -> Subject:
        """What the checks look at."""
        records = Lazy(self.records, lambda key: stored_record(self.store, self.records[key]))
        graph = StoredGraph.over(self.store, self.records, records, relation_table(self.schemas))
        known = Known(self.store, self.anew)
        return Subject(
            graph, self.schemas, self.readings, self.corrections, self.single("redirects"), self.held.broken, known=known,
            day=day_of(self.repo), authors=partial(authors, self.repo),
        )  # fmt: skip

    def promised(self) -> tuple[Project, dict[str, str]]:
        """What a contract of a release is compared with: the project, and the types of its records."""
        records = Lazy(self.records, lambda key: stored_record(self.store, self.records[key]))
        types = {id: file.type for id, file in self.records.items()}
        redirects = self.single("redirects")
        return Project(self.repo, self.schemas, records, {}, redirects, self.seeds, {}, (), frozenset(self.held.broken)), types

    def stale(self) -> list[Problem]:
        """The committed derived texts that are missing, out of date, or of no source."""
        rows = self.store.rows("select id, cleaned, corrected from sources where readings != ''")
        digests = {(id, name): digest for id, *found in rows for name, digest in zip(("cleaned", "corrected"), found, strict=True)}
        paths = derived_paths(self.repo, (id for id in self.readings if id not in self.held.broken))
        texts = Lazy(paths, lambda path: text_of(self.readings[paths[path][0]], paths[path][1]))  # type: ignore[arg-type, index]
        sources = {id for id, file in self.records.items() if file.type == "source"}
        return stale_texts(self.repo, texts, lambda path, old: digest_of(old) == digests[paths[path]], self.held.broken | sources)  # type: ignore[arg-type]


def find_changes(repo: Repo, store: Store) -> Changes | None:
    """The changes since a store was kept, which is brought up to date; None where so much has changed that a whole check is as quick."""
    problems: list[Problem] = []
    seeds = load_seeds(repo, problems)
    rows = {row[0]: row for row in store.rows("select shown, type, id, stamp, digest, sound from files")}
    files = {file.shown: file for file in list_all(repo, problems)}
    suspects = [file for shown, file in files.items() if shown not in rows or not file.stamp or rows[shown][3] != file.stamp]
    differing = [file for file in suspects if not _same(file, rows, store)]
    gone = [rows[shown] for shown in rows if shown not in files]
    if len(differing) + len(gone) > MOST:
        return None
    schemas = read_schemas(repo, [])  # the store rests on them, and would not be there if they were at fault
    read = [read_file(schemas, file) for file in differing]
    sound = {shown: bool(row[5]) for shown, row in rows.items()} | {each.file.shown: each.record is not None for each in read}
    held = hold((file, sound[shown]) for shown, file in files.items())
    same_files = not gone and all(each.file.shown in rows and bool(rows[each.file.shown][5]) == (each.record is not None) for each in read)
    before = held if same_files else _held_before(rows)
    candidates = sorted({each.file.id for each in read} | {row[2] for row in gone})
    old = {id: _state(store, before.records.get(id)) for id in candidates}
    _update(store, schemas, read, gone)
    notes = set[str]()
    dirty = {each.file.shown for each in read}
    for id in candidates:
        was, now = before.records.get(id), held.records.get(id)
        if (was or now) and ((was and was.shown) != (now and now.shown) or (now and now.shown in dirty)):
            notes |= changed(id, old[id], _state(store, now))
    notes |= _broken(before, held) | _single(read, gone)
    found = Changes(
        repo, store, schemas, held, files, seeds, problems, notes,
        [id for id in held.records if id not in before.records] if not same_files else [],
        [id for id in before.records if id not in held.records] if not same_files else [], set(),
    )  # fmt: skip
    records = Lazy(held.records, lambda key: stored_record(store, held.records[key]))
    problems += [taken_twice(first, stored_record(store, other)) for first, other in held.taken]
    _sources(found, records, dirty)
    return found


def _same(file: Listed, rows: Mapping[str, tuple[str, ...]], store: Store) -> bool:
    """True for a file whose stamp alone is another."""
    row = rows.get(file.shown)
    content = read_plain(file.path, file.shown, RECORD, []) if row and row[4] else None
    if row is None or content is None or digest_of(content) != row[4]:
        return False
    if file.stamp and file.stamp != row[3]:
        store.put("update files set stamp = ? where shown = ?", [(file.stamp, file.shown)])
    return True


def _held_before(rows: Mapping[str, tuple[str, ...]]) -> Held:
    listed = [(Listed(type, id, "", shown, stamp), bool(sound)) for shown, type, id, stamp, _, sound in rows.values()]
    return hold(sorted(listed, key=lambda each: (ORDER[each[0].type], f"{each[0].id}.yaml")))


def _state(store: Store, file: Listed | None) -> State:
    return (brief_of(store, file), frozenset(edges_of(store, file))) if file else (None, frozenset())


def _update(store: Store, schemas: Schemas, read: list[ReadFile], gone: list[tuple[str, ...]]) -> None:
    leaving = [(row[0],) for row in gone] + [(each.file.shown,) for each in read]
    if leaving:
        store.put("delete from files where shown = ?", leaving)
        store.put("delete from named where shown = ?", leaving)
        put_files(store, schemas, read)


def _broken(before: Held, held: Held) -> set[str]:
    moved = before.broken ^ held.broken
    notes = {f"x:{id}" for id in moved} | ({"x:*"} if moved else set())
    return notes | ({"x:?"} if bool(before.broken) != bool(held.broken) else set())


def _single(read: Iterable[ReadFile], gone: Iterable[tuple[str, ...]]) -> set[str]:
    """The notes of the redirects and of corrections."""
    notes = set[str]()
    for type, id in (*((each.file.type, each.file.id) for each in read), *((row[1], row[2]) for row in gone)):
        if type == "redirects":
            notes.add("redirects")
        if type in ("correction", "suggestion"):
            notes |= {f"c:{id}", "c:*"}
    return notes


def _corrections(store: Store, held: Held) -> Mapping[str, Record]:
    def make(id: str) -> Record:
        parts = [stored_record(store, files[id]) if id in files else None for files in (held.corrections, held.suggestions)]
        return accept(id, *parts)

    return Lazy({**held.corrections, **held.suggestions}, make)


def _sources(found: Changes, records: Mapping[str, Record], dirty: set[str]) -> None:
    """Reads anew the sources that rest on something else than before; of those the quotations are forgotten."""
    store, held = found.store, found.held
    rows = {row[0]: row for row in store.rows("select id, part, signature, problems from sources")}
    wanted = {id: file for id, file in held.records.items() if file.type == "source"}
    others = {file.shown for files in (held.corrections, held.suggestions) for file in files.values()}
    digests = dict(store.rows("select shown, digest from files where type in ('correction', 'suggestion')"))
    assert others <= digests.keys()
    for id, file in wanted.items():
        row = rows.get(id)
        part = row[1] if row and file.shown not in dirty else part_of(records[id])
        signature = signature_of(id, part, found.seeds, held, digests)
        if row and row[2] == signature and (file.shown not in dirty or row[3] == "[]"):
            continue
        problems: list[Problem] = []
        readings = read_source(records[id], found.seeds, found.corrections, problems)
        store.put("insert or replace into sources values (?, ?, ?, ?, ?, ?, ?)", [source_row(id, part, signature, problems, readings)])
        if row is None or row[2] != signature:
            _forget(found, id)
    for id in rows.keys() - wanted.keys():
        store.put("delete from sources where id = ?", [(id,)])
        _forget(found, id)


def _forget(found: Changes, id: str) -> None:
    found.notes.update((f"s:{id}", "s:*"))
    found.anew.add(id)
    found.store.put("delete from quoted where source = ?", [(id,)])
