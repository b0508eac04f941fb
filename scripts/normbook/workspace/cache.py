"""The cache: results of the last check and the last build, as one SQLite file in build/. Deleting it is always safe.

- It is valid for one `foundation`: the content of the package and of the schemas, and the versions of the installed libraries. When one of these
  changes, the whole cache is invalid.
- It holds only text, numbers and JSON. Reading it executes nothing.
- Its checksum is a file of its own, which is removed before the first change and written after the last. A cache that is damaged, foreign or half
  written (because a process was killed) is therefore ignored. While one process uses the cache, others work without it.
- Its size is proportional to the project: one row per file, source, quotation, unit of checking and page.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.evidence import Refusal, Resolved
from normbook.graph.graph import Brief, Edge, Graph, brief, edges, natural
from normbook.graph.lookup import Doubt, QuotationLookup
from normbook.graph.tracking import NO_RECORD, State
from normbook.records.model import Quotation, Record
from normbook.records.schema import Relation, Schemas
from normbook.records.types import PUBLISHED
from normbook.structure.lists.item import Enumeration, Point
from normbook.text.decoding import Received
from normbook.text.ledger import Cleaned, Edit, Flag, Ledger
from normbook.text.lines import Line
from normbook.workspace.files import write
from normbook.workspace.fingerprint import package_state
from normbook.workspace.listing import Listed
from normbook.workspace.load import ReadFile, late_record
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import SCHEMA, list_files, read_plain

if TYPE_CHECKING:
    from normbook.structure.segmented import Segmented

V = TypeVar("V")
NAME, CHECKSUM = "cache.sqlite", "cache.checksum"  # in build/
LARGEST = 2 << 30  # bytes; a larger cache is deleted
CHUNK = 1 << 20  # bytes read at once
ROWS = 200_000  # inserted at once
OF_RECORDS = frozenset(PUBLISHED)
# Units are checks of one record (its id), checks of the whole project (`names:`) and pages (`/gids-3`, `/home`). What a unit has read is stored as hashes
# of notes: a collision only means that a unit is done again without need.
TABLES = """
create table meta(key text primary key, value text) without rowid;
create table files(shown text primary key, type text, id text, stamp text, digest text, sound int, problems text, claims text);
create table records(shown text primary key, type text, brief text, links text, fields text);
create table named(target text, shown text, place int, relation text, pointer text, primary key(target, shown, place)) without rowid;
create table units(number integer primary key, unit text unique, problems text);
create table reads(note int, unit int, primary key(note, unit)) without rowid;
create table unbuilt(note text primary key) without rowid;
create table overviews(name text primary key, value text) without rowid;
create table built(id text primary key, type text) without rowid;
create table sources(id text primary key, part text, signature text, problems text, readings text, cleaned text, corrected text);
create table quoted(source text, key text, found text, primary key(source, key)) without rowid;
"""
INDEX = "create index read_by on reads(unit)"


class Cache:
    """An open cache. `save` stores everything that was put into it, or nothing."""

    def __init__(self, base: sqlite3.Connection, folder: Path | None, temporary: Path | None = None, new: bool = False) -> None:
        self.base, self.folder, self.temporary, self.new = base, folder, temporary, new
        self.changed = new

    def rows(self, query: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """The rows of a query."""
        return self.base.execute(query, tuple(values))

    def row(self, query: str, values: Iterable[Any] = ()) -> Any:
        """The first row of a query, None if there is none."""
        return self.base.execute(query, tuple(values)).fetchone()

    def put(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Runs a statement once for each row."""
        if not self.changed:
            self.changed = True
            forget(self.folder)
        self.base.executemany(query, rows)

    def meta(self, key: str) -> str:
        """A single value, empty if there is none."""
        found = self.row("select value from meta where key = ?", (key,))
        return str(found[0]) if found else ""

    def put_meta(self, key: str, value: str) -> None:
        """Stores a single value."""
        self.put("insert or replace into meta values (?, ?)", [(key, value)])

    def put_reads(self, units: Iterable[tuple[str, str, Iterable[str | int]]]) -> None:
        """Stores for each unit its findings (packed) and the notes that it read, or their numbers, replacing what was stored before."""
        reads: list[tuple[int, int]] = []
        numbers: dict[str, int] = {}
        for unit, problems, notes in units:
            query = "insert into units(unit, problems) values (?, ?) on conflict(unit) do update set problems = excluded.problems returning number"
            (number,) = self.row(query, (unit, problems))
            if not self.new:
                self.put("delete from reads where unit = ?", [(number,)])
            for note in notes:
                if isinstance(note, int):
                    reads.append((note, number))
                    continue
                if note not in numbers:
                    numbers[note] = number_of(note)
                reads.append((numbers[note], number))
            if len(reads) > ROWS:
                self._put_reads(reads)
        self._put_reads(reads)

    def _put_reads(self, reads: list[tuple[int, int]]) -> None:
        reads.sort()
        self.put("insert or ignore into reads values (?, ?)", reads)
        reads.clear()

    def drop_units(self, units: Iterable[str]) -> None:
        """Deletes units."""
        unit_rows = [(unit,) for unit in units]
        self.put("delete from reads where unit = (select number from units where unit = ?)", unit_rows)
        self.put("delete from units where unit = ?", unit_rows)

    def readers(self, notes: Iterable[str]) -> set[str]:
        """The units that read any of these notes."""
        query = "select unit from units where number in (select unit from reads where note = ?)"
        return {unit for note in notes for (unit,) in self.rows(query, (number_of(note),))}

    def save(self) -> None:
        """Commits the changes and releases the cache for other processes. If the disk cannot be written, nothing is stored."""
        with suppress(OSError, sqlite3.Error):
            if self.new:
                self.base.execute(INDEX)
            self.base.execute("commit")
            if self.changed and self.folder:
                self._publish(self.folder / NAME, self.folder / CHECKSUM)
        if self.temporary:
            self.drop()

    def _publish(self, path: Path, checksum_path: Path) -> None:
        if self.temporary:
            self.base.close()
            checksum_path.unlink(missing_ok=True)
            self.temporary.chmod(0o644)
            self.temporary.replace(path)
            self.temporary = None
        if path.stat().st_size <= LARGEST:
            write(checksum_path, checksum(path), durable=False)
        else:
            path.unlink()

    def drop(self) -> None:
        """Closes the cache; changes that were not saved are lost."""
        self.base.close()
        if self.temporary:
            with suppress(OSError):
                self.temporary.unlink(missing_ok=True)


def number_of(note: str) -> int:
    """A hash of a note, the same in every run."""
    return int.from_bytes(hashlib.blake2b(note.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big")


class Numbers(dict[str, int]):
    """The number of each note, computed once."""

    def __missing__(self, note: str) -> int:
        """Computes a number."""
        self[note] = number_of(note)
        return self[note]

    def of(self, notes: Iterable[str]) -> array[int]:
        """The numbers of some notes."""
        return array("q", map(self.__getitem__, notes))


def checksum(path: Path) -> str:
    """The checksum of a file. It detects damage, not malice. Raises OSError."""
    found = size = 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            found = zlib.crc32(chunk, found)
            size += len(chunk)
    return f"{found:08x} {size}"


def open_cache(folder: Path, key: str) -> Cache | None:
    """The cache in a folder; None unless it is complete, was made for the same `key`, and is not in use."""
    path = folder / NAME
    try:
        recorded = (folder / CHECKSUM).read_text("ascii")
        if checksum(path) != recorded:
            return None
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)
    except (OSError, UnicodeDecodeError, sqlite3.Error):
        return None
    cache = Cache(base, folder)
    try:
        _set_up(base)
        base.execute("begin immediate")  # locks out other writers
        if cache.meta("key") == key and (folder / CHECKSUM).read_text("ascii") == recorded:
            return cache
    except (OSError, UnicodeDecodeError, sqlite3.Error):
        pass
    cache.drop()
    return None


def new_cache(folder: Path | None, key: str) -> Cache:
    """An empty cache for `key`. Saving it replaces the one in the folder; without a writable folder it lives in memory."""
    temporary: Path | None = None
    if folder:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{os.getpid()}-", suffix=".part", dir=folder)
            os.close(handle)
            temporary = Path(name)
        except OSError:
            folder = None
    base = sqlite3.connect(temporary or ":memory:", isolation_level=None)
    _set_up(base)
    base.executescript(TABLES)
    base.execute("begin")
    cache = Cache(base, folder, temporary, new=True)
    cache.put_meta("key", key)
    return cache


def _set_up(base: sqlite3.Connection) -> None:
    # the checksum detects what a killed process or a failing disk leaves behind, so no journal on disk is needed
    for each in ("journal_mode = memory", "synchronous = off", "cache_size = -16000", "trusted_schema = off"):
        base.execute(f"pragma {each}")


def forget(folder: Path | None) -> None:
    """Invalidates the cache in a folder, before something that it describes is changed."""
    if folder:
        with suppress(OSError):
            (folder / CHECKSUM).unlink(missing_ok=True)


@cache
def _state_at_start() -> str:
    """The state of the package and the libraries when this process first asked for it: a server whose code is edited while it runs still runs the old code."""
    return package_state()


def foundation(repo: Repo) -> str:
    """A digest of what everything in the cache depends on, apart from the project's records and texts: the package, the libraries, the schemas."""
    digest = hashlib.sha256(f"{_state_at_start()} {repo.root}".encode("utf-8", "surrogateescape"))
    problems: list[Problem] = []
    for file, _ in list_files(repo, repo.schema, problems):
        digest.update(repr((file.name, read_plain(file.path, file.name, SCHEMA, problems))).encode("utf-8", "backslashreplace"))
    digest.update(repr(problems).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


# Packing values into rows


def packed(value: Any) -> str:
    """A JSON value as compact text."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def pack_problems(problems: Iterable[Problem]) -> str:
    """Findings as text for a row."""
    rows = [
        (each.path, each.line, each.column, each.code, each.message, each.hint, each.pointer, each.level, each.source_line)
        for each in problems
    ]
    return packed(rows) if rows else "[]"


def unpack_problems(text: str) -> list[Problem]:
    """Findings from the text of a row."""
    return [Problem(*each) for each in json.loads(text)] if text != "[]" else []


def pack_readings(readings: Readings) -> str:
    """Readings as text for a row."""
    cleaned, received = readings.cleaned, readings.received
    segments, lists, lines = readings.segmented
    return packed(
        [
            [received.text, received.encoding, received.sha256, received.flags],
            [cleaned.text, cleaned.ledger.edits, cleaned.flags],
            readings.corrections.edits,
            readings.misfits,
            [segments, lists, [(line.start, line.end, line.role) for line in lines]],
        ]
    )


def unpack_readings(text: str) -> Readings:
    """Readings from the text of a row."""
    from normbook.cleaning.readings import Misfit

    received, cleaned, corrections, misfits, segmented = json.loads(text)
    return Readings(
        Received(received[0], received[1], received[2], tuple(Flag(*each) for each in received[3])),
        Cleaned(cleaned[0], _ledger(cleaned[1]), tuple(Flag(*each) for each in cleaned[2])),
        _ledger(corrections),
        tuple(Misfit(*each) for each in misfits),
        _segmented(cleaned[0], *segmented),
    )


def _segmented(text: str, segments: list[Any], lists: list[Any], lines: list[Any]) -> Segmented:
    from normbook.structure.segmented import Segment, Segmented

    named = tuple((eid, Enumeration(tuple(Point(*each) for each in points), declared, tuple(intro), *rest)) for eid, (points, declared, intro, *rest) in lists)  # fmt: skip
    return Segmented(tuple(Segment(*each) for each in segments), named, tuple(Line(start, end, text[start:end], role) for start, end, role in lines))  # fmt: skip


def _ledger(edits: list[Any]) -> Ledger:
    return Ledger(tuple(Edit(start, end, raw, new, tuple(rules)) for start, end, raw, new, rules in edits))


def pack_quoted(quotation: Quotation, found: QuotationLookup) -> tuple[str, str, str]:
    """The row of a quotation: its source, its fields, and the result of looking it up."""
    key = [getattr(quotation, name) for name in Quotation.__dataclass_fields__]
    place = found.place
    row = (
        [place.code, place.message, place.hint] if isinstance(place, Refusal) else [place.start, place.end, place.raw_start, place.raw_end]
    )
    return quotation.source, packed(key), packed([row, found.doubts])


def unpack_quoted(text: str) -> QuotationLookup:
    """The lookup result from a quotation's row."""
    row, doubts = json.loads(text)
    place = Refusal(*row) if isinstance(row[0], str) else Resolved(*row)
    return QuotationLookup(place, tuple(Doubt(*each) for each in doubts))


class FileRows(NamedTuple):
    """What is stored of some files: a row of each file, one of each valid record, and one of each link, with its place among those of its record."""

    files: list[tuple[Any, ...]]
    records: list[tuple[str, str, str, str, str]]
    named: list[tuple[str, str, int, str, str]]


def file_rows(schemas: Schemas, files: Iterable[ReadFile], graph: Graph | None = None) -> FileRows:
    """What is stored of some files: findings and, for a valid record, its fields, brief, links and number of claims.

    Briefs and links are taken from `graph` if it is given.
    """
    rows = FileRows([], [], [])
    for file, record, problems, digest in files:
        counted = ""
        if record is not None and file.type in OF_RECORDS:
            known = graph if graph and graph.records.get(file.id) is record else None
            links = known.outgoing(file.id) if known else list(edges(record, schemas))
            rows.named.extend((edge.target, file.shown, place, edge.relation, edge.pointer) for place, edge in enumerate(links))
            counted = packed(claims(record, schemas).count())
            own = known.briefs[file.id] if known else brief(record)
            rows.records.append((file.shown, file.type, packed(own), packed(links), packed(record.fields)))
        elif record is not None:
            rows.records.append((file.shown, file.type, "", "[]", packed(record.fields)))
        rows.files.append((file.shown, file.type, file.id, file.stamp, digest, int(record is not None), pack_problems(problems), counted))
    return rows


def put_files(cache: Cache, rows: FileRows) -> None:
    """Stores what was read from files."""
    cache.put("insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?)", rows.files)
    cache.put("insert or replace into records values (?, ?, ?, ?, ?)", rows.records)
    cache.put("insert or replace into named values (?, ?, ?, ?, ?)", sorted(rows.named))


def count_claims(cache: Cache, paths: Collection[str]) -> Counter[str]:
    """How many claims of the records at some paths are supported by a quotation, by outside evidence only, and by nothing."""
    total: Counter[str] = Counter()
    rows = cache.rows("select shown, claims from files where claims != ''")
    for counted, times in Counter(counted for shown, counted in rows if shown in paths).items():  # few differ
        for support, count in json.loads(counted).items():
            total[support] += count * times
    return total


# Views of the rows, loaded on demand


class Lazy(Mapping[str, V]):
    """A mapping with known keys whose values are computed on first access."""

    def __init__(self, keys: Mapping[str, object], make: Callable[[str], V]) -> None:
        self.known, self.make = keys, make
        self.loaded: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self.loaded:
            if key not in self.known:
                raise KeyError(key)
            self.loaded[key] = self.make(key)
        return self.loaded[key]

    def __contains__(self, key: object) -> bool:
        return key in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def cached_record(cache: Cache, file: Listed) -> Record:
    """The record of a file that is known to be valid. The file itself is read only if a finding has to be shown."""
    (fields,) = cache.row("select fields from records where shown = ?", (file.shown,))
    return late_record(file, json.loads(fields))


def cached_brief(cache: Cache, file: Listed) -> Brief:
    """The brief of a file's record."""
    return Brief(*json.loads(cache.row("select brief from records where shown = ?", (file.shown,))[0]))


def cached_links(cache: Cache, file: Listed) -> list[Edge]:
    """The links from a file's record."""
    return [Edge(*each) for each in json.loads(cache.row("select links from records where shown = ?", (file.shown,))[0])]


def cached_state(cache: Cache, file: Listed | None) -> State:
    """The parts of a file's record that other units can read; NO_RECORD if there is no file."""
    return State(cached_brief(cache, file), frozenset(cached_links(cache, file))) if file else NO_RECORD


class CachedGraph(Graph):
    """The graph of the records in a cache. Incoming links are sorted by the file that contains them, using `order` as the key."""

    cache: Cache
    files: Mapping[str, Listed]
    order: Callable[[Listed], Any]

    @classmethod
    def over(
        cls, cache: Cache, files: Mapping[str, Listed], relations: Mapping[tuple[str, str], Relation], order: Callable[[Listed], Any]
    ) -> CachedGraph:
        """The graph of the records in the given files."""
        briefs = Lazy(files, lambda key: cached_brief(cache, files[key]))
        graph = cls(briefs, (), Lazy(files, lambda key: cached_record(cache, files[key])), relations)
        object.__setattr__(graph, "cache", cache)
        object.__setattr__(graph, "files", files)
        object.__setattr__(graph, "order", order)
        object.__setattr__(graph, "links", _AllLinks(graph))
        return graph

    def _file_at(self, shown: str) -> Listed | None:
        """The file with this path, if it is the one that holds the record with its id."""
        file = self.files.get(shown.rpartition("/")[2][: -len(".yaml")])
        return file if file and file.shown == shown else None

    @cached_property
    def _links(self) -> dict[str, list[Edge]]:
        return {}

    def outgoing(self, id: str) -> list[Edge]:
        """The links from a record."""
        if id not in self._links:
            self._links[id] = cached_links(self.cache, self.files[id]) if id in self.files else []
        return self._links[id]

    @cached_property
    def _named(self) -> dict[str, list[Edge]]:
        return {}

    def incoming(self, id: str) -> list[Edge]:
        """The links to a record."""
        if id not in self._named:
            found: dict[str, list[tuple[str, str]]] = {}
            for shown, *edge in self.cache.rows("select shown, relation, pointer from named where target = ? order by shown, place", (id,)):
                found.setdefault(shown, []).append((edge[0], edge[1]))
            files = sorted((file for shown in found if (file := self._file_at(shown))), key=self.order)
            self._named[id] = [Edge(file.id, relation, id, pointer) for file in files for relation, pointer in found[file.shown]]
        return self._named[id]

    def overview(self, name: str, make: Callable[[], Any]) -> Any:
        """An overview, from the cache unless it was dropped."""
        if name not in self._overviews:
            row = self.cache.row("select value from overviews where name = ?", (name,))
            self._overviews[name] = json.loads(row[0]) if row else make()
        return self._overviews[name]

    def drop_overview(self, name: str) -> str:
        """Removes an overview from the cache, so that it is computed again; returns it as text."""
        row = self.cache.row("select value from overviews where name = ?", (name,))
        self.cache.put("delete from overviews where name = ?", [(name,)])
        return str(row[0]) if row else ""

    def type_of(self, id: str) -> str:
        """The type of a record."""
        return self.files[id].type

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type, by id in natural order."""
        briefs = self.briefs
        assert isinstance(briefs, Lazy)
        if not all(id in briefs.loaded for id in self.ids_of(type)):
            for shown, text in self.cache.rows("select shown, brief from records where type = ?", (type,)):
                if file := self._file_at(shown):
                    briefs.loaded.setdefault(file.id, Brief(*json.loads(text)))
        return [briefs[id] for id in self.ids_of(type)]

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type, in natural order."""
        if type not in self._ordered:
            self._ordered[type] = sorted(self._ids.get(type, ()), key=natural)
        return self._ordered[type]

    def number_of(self, type: str) -> int:
        """How many records of a type there are."""
        return len(self._ids.get(type, ()))

    def reviews(self) -> Counter[str]:
        """How many records there are in each state of review, read by SQLite without the rest of their briefs."""
        return Counter(review for shown, _, review in self._parts("review") if self._file_at(shown))

    def latest(self, types: Collection[str], most: int) -> list[Brief]:
        """The records of some types with the latest dates, latest first."""
        found = ((date, file.id) for shown, type, date in self._parts("date") if date and type in types and (file := self._file_at(shown)))
        return [self.briefs[id] for _, id in sorted(found, reverse=True)[:most]]

    def last_day(self) -> str:
        """The latest day by which a record is dated; empty if none is."""
        return max((date for shown, _, date in self._parts("date") if len(date) == len("2020-01-01") and self._file_at(shown)), default="")

    def _parts(self, name: str) -> Iterator[tuple[str, str, str]]:
        """The path, the type and one part of the brief of each record, read by SQLite without the rest of their briefs."""
        place = f"$[{Brief._fields.index(name)}]"
        return self.cache.rows("select shown, type, json_extract(brief, ?) from records where brief != ''", (place,))

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id, file in self.files.items():
            found.setdefault(file.type, []).append(id)
        return found

    @cached_property
    def _ordered(self) -> dict[str, list[str]]:
        return {}


class _AllLinks:
    def __init__(self, graph: CachedGraph) -> None:
        self.graph = graph

    def __iter__(self) -> Iterator[Edge]:
        return (edge for id in self.graph.files for edge in self.graph.outgoing(id))


class KnownQuotations(dict[Quotation, QuotationLookup]):
    """Lookup results of quotations, loaded source by source. Those of sources in `changed_sources` are looked up again."""

    def __init__(self, cache: Cache, changed_sources: set[str]) -> None:
        super().__init__()
        self.cache, self.seen = cache, set(changed_sources)
        self.fresh: list[Quotation] = []

    def __setitem__(self, quotation: Quotation, found: QuotationLookup) -> None:
        """Stores a lookup result and remembers that it is new."""
        self.fresh.append(quotation)
        super().__setitem__(quotation, found)

    def get(self, quotation: Quotation, default: Any = None) -> Any:
        """The lookup result of a quotation, if it is known."""
        if quotation.source not in self.seen:
            self.seen.add(quotation.source)
            for key, found in self.cache.rows("select key, found from quoted where source = ?", (quotation.source,)):
                super().setdefault(Quotation(*json.loads(key)), unpack_quoted(found))
        return super().get(quotation, default)
