"""The records as a graph: every link seen from both ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Any, NamedTuple

from normbook.records.model import Record
from normbook.records.schema import Relation, Schemas, select


class Brief(NamedTuple):
    """What other pages need to know about a record: enough to name it and to list it. `names` has its first name in each language but English."""

    type: str
    id: str
    title: str
    summary: str
    date: str
    publication: str
    review: str
    path: str
    derivation: str
    names: Mapping[str, str] = {}
    stub: bool = False  # of a principle: only its name is known, so it takes no part in comparison


class Edge(NamedTuple):
    """One link: the id of the record that holds it, the relation, the id it points to, and the JSON Pointer of the value."""

    subject: str
    relation: str
    target: str
    pointer: str


def brief(record: Record) -> Brief:
    """The brief of a record; `date` is the day, month or year under which it is listed, empty if it has none."""
    fields = record.fields
    status: Mapping[str, Any] = fields.get("status") or {}
    announced: Mapping[str, Any] = fields.get("announced") or {}
    dated: Mapping[str, Any] = fields.get("date") or fields.get("published") or announced.get("date") or {}
    summary = fields.get("summary") or fields.get("plain") or fields.get("definition") or fields.get("justification") or ""
    return Brief(
        record.type,
        record.id,
        record.title,
        str(summary),
        str(dated.get("value", "")),
        status.get("publication", ""),
        status.get("review", ""),
        record.path,
        str(dated.get("derivation", "")),
        names_by_language(fields),
        bool(fields.get("stub")),
    )


def names_by_language(fields: Mapping[str, Any]) -> dict[str, str]:
    """The first name of a record in each language but English, or its original term, by language tag."""
    names = (*fields.get("names", ()), *([fields["original"]] if "original" in fields else ()))
    first_names: dict[str, str] = {}
    for name in names:
        if not str(name["lang"]).startswith("en"):
            first_names.setdefault(str(name["lang"]), str(name["text"]))
    return first_names


def edges(record: Record, schemas: Schemas) -> Iterator[Edge]:
    """The links from a record, in schema order, without values such as `unnamed` that do not name a record."""
    for relation in schemas.relations_of.get(record.type, ()):
        for pointer, value in select(record.fields, relation.path):
            if isinstance(value, str) and value not in relation.exempt:
                yield Edge(record.id, relation.name, intern(value), pointer)


@dataclass(frozen=True)
class Graph:
    """Briefs and links of all records, and the records themselves (which may be loaded on first use)."""

    briefs: Mapping[str, Brief]
    links: Iterable[Edge]
    records: Mapping[str, Record]
    relations: Mapping[tuple[str, str], Relation]
    in_order: bool = False  # True if the briefs are already sorted by type and by id in natural order

    @cached_property
    def _outgoing(self) -> dict[str, list[Edge]]:
        return _grouped(self.links, 0)

    @cached_property
    def _incoming(self) -> dict[str, list[Edge]]:
        return _grouped(self.links, 2)

    def outgoing(self, id: str) -> list[Edge]:
        """The links from a record."""
        return self._outgoing.get(id, [])

    def incoming(self, id: str) -> list[Edge]:
        """The links to a record."""
        return self._incoming.get(id, [])

    def type_of(self, id: str) -> str:
        """The type of a record, which never changes under one id."""
        return self.briefs[id].type

    def publication(self, id: str) -> tuple[str, bool]:
        """The publication state of a record, and whether only its name is known: what decides if it takes part in comparison."""
        found = self.briefs[id]
        return found.publication, found.stub

    @cached_property
    def _overviews(self) -> dict[str, Any]:
        return {}

    def overview(self, name: str, make: Callable[[], Any]) -> Any:
        """A JSON value that is computed from many records and read by many pages: `make` is called once for each name."""
        if name not in self._overviews:
            self._overviews[name] = make()
        return self._overviews[name]

    def relation(self, edge: Edge) -> Relation:
        """The declared relation of a link."""
        return self.relations[self.briefs[edge.subject].type, edge.relation]

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type, by id in natural order."""
        return self._by_type.get(type, [])

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type, in natural order."""
        return [brief.id for brief in self._by_type.get(type, [])]

    def number_of(self, type: str) -> int:
        """How many records of a type there are."""
        return len(self._by_type.get(type, []))

    def reviews(self) -> Counter[str]:
        """How many records there are in each state of review."""
        return Counter(brief.review for brief in self.briefs.values())

    def latest(self, types: Collection[str], most: int) -> list[Brief]:
        """The records of some types with the latest dates, latest first."""
        dated = [brief for brief in self.briefs.values() if brief.date and brief.type in types]
        return sorted(dated, key=lambda brief: (brief.date, brief.id), reverse=True)[:most]

    def last_day(self) -> str:
        """The latest day by which a record is dated; empty if none is."""
        return max((brief.date for brief in self.briefs.values() if len(brief.date) == len("2020-01-01")), default="")

    @cached_property
    def _by_type(self) -> dict[str, list[Brief]]:
        by_type: dict[str, list[Brief]] = {}
        for brief in self.briefs.values():
            by_type.setdefault(brief.type, []).append(brief)
        return by_type if self.in_order else {type: sorted(briefs, key=lambda brief: natural(brief.id)) for type, briefs in by_type.items()}

    def get(self, id: str, pointer: str) -> Any:
        """The value at a pointer of a record, None if there is none."""
        value: Any = self.records[id].fields
        for part in filter(None, pointer.split("/")):
            value = value.get(part) if isinstance(value, dict) else value[int(part)] if isinstance(value, list) else None
        return value


def link(records: Mapping[str, Record], schemas: Schemas) -> Graph:
    """The graph of loaded records. Links to missing records are included, so that a check can report them."""
    return Graph(*briefs_and_links(records, schemas), records, relation_table(schemas))


def briefs_and_links(records: Mapping[str, Record], schemas: Schemas) -> tuple[dict[str, Brief], tuple[Edge, ...]]:
    """The briefs and the links of some records, in their order; each record is read once."""
    briefs: dict[str, Brief] = {}
    links: list[Edge] = []
    for id, record in records.items():
        briefs[id] = brief(record)
        links += edges(record, schemas)
    return briefs, tuple(links)


def relation_table(schemas: Schemas) -> dict[tuple[str, str], Relation]:
    """The relations by the type of the record that holds the link, and name."""
    return {(relation.domain, relation.name): relation for relation in schemas.relations}


def natural(id: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts ids as people do: gids-2 before gids-10."""
    return tuple([(int(part), "") if part.isdigit() else (-1, part) for part in id.split("-")])


def _grouped(links: Iterable[Edge], field: int) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = {}
    for edge in links:
        groups.setdefault(edge[field], []).append(edge)
    return groups
