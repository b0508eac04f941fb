"""What is asked of a store: files, records, the graph and readings, each loaded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from normbook.graph.evidence import Refusal, Resolved
from normbook.graph.graph import Brief, Edge, Graph
from normbook.graph.lookup import Doubt, QuotationLookup
from normbook.records.model import Quotation, Record
from normbook.records.yaml.reader import Mark, lines_of, load
from normbook.workspace.listing import Listed
from normbook.workspace.store import Store, packed

V = TypeVar("V")


class Lazy(Mapping[str, V]):
    """A mapping over known keys, each value made when it is first asked for."""

    def __init__(self, keys: Mapping[str, object], make: Callable[[str], V]) -> None:
        self.keys_of, self.make = keys, make
        self.made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self.made:
            if key not in self.keys_of:
                raise KeyError(key)
            self.made[key] = self.make(key)
        return self.made[key]

    def __contains__(self, key: object) -> bool:
        return key in self.keys_of

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_of)

    def __len__(self) -> int:
        return len(self.keys_of)


class Written:
    """The places and lines of a record's file, read again where a finding is to be shown."""

    def __init__(self, file: Listed) -> None:
        self.file = file

    @cached_property
    def text(self) -> str:
        from normbook.workspace.safe_read import read_text

        return read_text(self.file.path, self.file.shown, []) or ""

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        return load(self.text, self.file.shown).marks

    @cached_property
    def lines(self) -> list[str]:
        return lines_of(self.text)


class _Marks(Mapping[str, Mark]):
    def __init__(self, written: Written) -> None:
        self.written = written

    def __getitem__(self, key: str) -> Mark:
        return self.written.marks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.written.marks)

    def __len__(self) -> int:
        return len(self.written.marks)


class _Lines(Sequence[str]):
    def __init__(self, written: Written) -> None:
        self.written = written

    def __getitem__(self, at: Any) -> Any:
        return self.written.lines[at]

    def __len__(self) -> int:
        return len(self.written.lines)


def stored_record(store: Store, file: Listed) -> Record:
    """The record of a file that the store knows to be sound."""
    (fields,) = store.row("select fields from files where shown = ?", (file.shown,))
    written = Written(file)
    return Record(file.type, file.id, file.shown, json.loads(fields), _Marks(written), _Lines(written))


def brief_of(store: Store, file: Listed) -> Brief:
    """The brief of a file's record."""
    return Brief(*json.loads(store.row("select brief from files where shown = ?", (file.shown,))[0]))


def edges_of(store: Store, file: Listed) -> list[Edge]:
    """The links that a file's record makes."""
    return [Edge(*each) for each in json.loads(store.row("select links from files where shown = ?", (file.shown,))[0])]


class StoredGraph(Graph):
    """The graph of the records that a store knows."""

    store: Store
    files: Mapping[str, Listed]

    @classmethod
    def over(cls, store: Store, files: Mapping[str, Listed], records: Mapping[str, Record], relations: Any) -> StoredGraph:
        """The graph of the given files."""
        made = cls(Lazy(files, lambda key: brief_of(store, files[key])), (), records, relations)
        object.__setattr__(made, "store", store)
        object.__setattr__(made, "files", files)
        object.__setattr__(made, "links", _AllLinks(made))
        return made

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {file.shown: number for number, file in enumerate(self.files.values())}

    @cached_property
    def _made(self) -> dict[str, list[Edge]]:
        return {}

    def outgoing(self, id: str) -> list[Edge]:
        """The links that a record makes."""
        if id not in self._made:
            self._made[id] = edges_of(self.store, self.files[id]) if id in self.files else []
        return self._made[id]

    def incoming(self, id: str) -> list[Edge]:
        """The links that name a record, in the order of the records that make them."""
        rank = self._rank
        named = [shown for (shown,) in self.store.rows("select shown from named where target = ?", (id,)) if shown in rank]
        ids = [shown.rpartition("/")[2][: -len(".yaml")] for shown in sorted(named, key=rank.__getitem__)]
        return [edge for each in ids for edge in self.outgoing(each) if edge.target == id]

    def type_of(self, id: str) -> str:
        """The type of a record."""
        return self.files[id].type

    @cached_property
    def _by_type(self) -> dict[str, list[Brief]]:
        from normbook.graph.graph import natural

        found: dict[str, list[str]] = {}
        for id, file in self.files.items():
            found.setdefault(file.type, []).append(id)
        return {type: [_Late(self.briefs, type, id) for id in sorted(ids, key=natural)] for type, ids in found.items()}  # type: ignore[misc]


class _Late:
    """A brief of which often the id alone is wanted."""

    def __init__(self, briefs: Mapping[str, Brief], type: str, id: str) -> None:
        self.briefs, self.type, self.id = briefs, type, id

    def __getattr__(self, name: str) -> Any:
        return getattr(self.briefs[self.id], name)


class _AllLinks:
    def __init__(self, graph: StoredGraph) -> None:
        self.graph = graph

    def __iter__(self) -> Iterator[Edge]:
        return (edge for id in self.graph.files for edge in self.graph.outgoing(id))


class Known(dict[Quotation, QuotationLookup]):
    """What is known of quotations, loaded a source at a time; those of sources in `anew` are looked up again."""

    def __init__(self, store: Store, anew: set[str]) -> None:
        super().__init__()
        self.store, self.seen = store, set(anew)
        self.fresh: list[Quotation] = []

    def __setitem__(self, quotation: Quotation, found: QuotationLookup) -> None:
        """Notes what was looked up."""
        self.fresh.append(quotation)
        super().__setitem__(quotation, found)

    def get(self, quotation: Quotation, default: Any = None) -> Any:
        """What is known of a quotation."""
        if quotation.source not in self.seen:
            self.seen.add(quotation.source)
            for key, found in self.store.rows("select key, found from quoted where source = ?", (quotation.source,)):
                super().setdefault(Quotation(*json.loads(key)), unpack_quoted(found))
        return super().get(quotation, default)


def pack_quoted(quotation: Quotation, found: QuotationLookup) -> tuple[str, str, str]:
    """The row of a quotation."""
    key = [getattr(quotation, name) for name in Quotation.__dataclass_fields__]
    place = found.place
    said = (
        [place.code, place.message, place.hint] if isinstance(place, Refusal) else [place.start, place.end, place.raw_start, place.raw_end]
    )
    return quotation.source, packed(key), packed([said, found.doubts])


def unpack_quoted(text: str) -> QuotationLookup:
    """What a row says of a quotation."""
    said, doubts = json.loads(text)
    place = Refusal(*said) if isinstance(said[0], str) else Resolved(*said)
    return QuotationLookup(place, tuple(Doubt(*each) for each in doubts))
