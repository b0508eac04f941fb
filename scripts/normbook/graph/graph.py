"""The records as a graph: every link seen from both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Any, NamedTuple

from normbook.records.model import Record
from normbook.records.schema import Relation, Schemas, select


class Brief(NamedTuple):
    """What other pages need of a record: enough to name it and to list it. `names` are its first names by language, English left out."""

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


class Edge(NamedTuple):
    """One link: the record that makes it, the relation, the record it names, and the pointer of the value."""

    subject: str
    relation: str
    target: str
    pointer: str


def brief(record: Record) -> Brief:
    """The brief of a record; `date` is the day, month or year that the record is listed under, empty if it has none."""
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
    )


def names_by_language(fields: Mapping[str, Any]) -> dict[str, str]:
    """The first name of a record in each language but English, or its term in the original language, by language tag."""
    named = (*fields.get("names", ()), *([fields["original"]] if "original" in fields else ()))
    found: dict[str, str] = {}
    for each in named:
        if not str(each["lang"]).startswith("en"):
            found.setdefault(str(each["lang"]), str(each["text"]))
    return found


def edges(record: Record, schemas: Schemas) -> Iterator[Edge]:
    """The links that a record makes, in the order of its schema, references to exempt words left out."""
    for relation in schemas.relations_of.get(record.type, ()):
        for pointer, value in select(record.fields, relation.path):
            if isinstance(value, str) and value not in relation.exempt:
                yield Edge(record.id, relation.name, intern(value), pointer)


@dataclass(frozen=True)
class Graph:
    """Briefs and links of all records, and the records themselves (which may be loaded when first asked for)."""

    briefs: Mapping[str, Brief]
    links: Iterable[Edge]
    records: Mapping[str, Record]
    relations: Mapping[tuple[str, str], Relation]
    in_order: bool = False  # True if the briefs come by type and natural id already

    @cached_property
    def _outgoing(self) -> dict[str, list[Edge]]:
        return _grouped(self.links, 0)

    @cached_property
    def _incoming(self) -> dict[str, list[Edge]]:
        return _grouped(self.links, 2)

    def outgoing(self, id: str) -> list[Edge]:
        """The links that a record makes."""
        return self._outgoing.get(id, [])

    def incoming(self, id: str) -> list[Edge]:
        """The links that name a record."""
        return self._incoming.get(id, [])

    def type_of(self, id: str) -> str:
        """The type of a record, which never changes under one id."""
        return self.briefs[id].type

    def relation(self, edge: Edge) -> Relation:
        """The declaration of the relation that an edge is one of."""
        return self.relations[self.briefs[edge.subject].type, edge.relation]

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type, by id in natural order."""
        return self._by_type.get(type, [])

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type, in natural order."""
        return [each.id for each in self._by_type.get(type, [])]

    @cached_property
    def _by_type(self) -> dict[str, list[Brief]]:
        found: dict[str, list[Brief]] = {}
        for each in self.briefs.values():
            found.setdefault(each.type, []).append(each)
        return found if self.in_order else {type: sorted(each, key=lambda one: natural(one.id)) for type, each in found.items()}

    def get(self, id: str, pointer: str) -> Any:
        """The value at a pointer of a record, None if there is none."""
        value: Any = self.records[id].fields
        for part in filter(None, pointer.split("/")):
            value = value[int(part)] if isinstance(value, list) else value.get(part) if isinstance(value, Mapping) else None
        return value


def link(records: Mapping[str, Record], schemas: Schemas) -> Graph:
    """The graph of records that are all at hand. Links whose other end is missing are kept: a check tells of them."""
    briefs = {id: brief(record) for id, record in records.items()}
    found = tuple(edge for record in records.values() for edge in edges(record, schemas))
    return Graph(briefs, found, records, relation_table(schemas))


def relation_table(schemas: Schemas) -> dict[tuple[str, str], Relation]:
    """The relations by the type that makes them and their name."""
    return {(relation.domain, relation.name): relation for relation in schemas.relations}


def natural(id: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts ids as people do: gids-2 before gids-10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in id.split("-"))


def _grouped(links: Iterable[Edge], field: int) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in links:
        found.setdefault(edge[field], []).append(edge)
    return found
