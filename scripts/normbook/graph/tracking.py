"""A subject that notes what a check reads of it, so that the check is made again when just that has changed.

The notes, each with the id or type that it is about: `r` a record's own words, `b` its brief or whether there is one, `o` the links that
it makes, `i` those that name it, `t` the records of a type, `s` the readings of a source, `c` the corrections of one, `x` whether a file is
broken. `*` in place of an id stands for all of them; what a check reads without a note, the schemas, belongs to what all checks rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, TypeVar

from normbook.graph.context import Subject
from normbook.graph.graph import Brief, Edge, Graph

V = TypeVar("V")
HISTORY = "history"  # read by what asks who wrote a file: asked again in every check


class _Asked:
    """Keys that note which of them is asked for."""

    def __init__(self, inner: Any, letter: str, notes: set[str]) -> None:
        self.inner, self.letter, self.notes = inner, letter, notes

    def __contains__(self, key: object) -> bool:
        self.notes.add(f"{self.letter}:{key}")
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        self.notes.add(f"{self.letter}:*")
        return iter(self.inner)

    def __len__(self) -> int:
        self.notes.add(f"{self.letter}:*")
        return len(self.inner)


class _Mapping(_Asked, Mapping[str, V]):
    """A mapping that notes what it is asked for."""

    def __getitem__(self, key: str) -> V:
        self.notes.add(f"{self.letter}:{key}")
        value: V = self.inner[key]
        return value

    def get(self, key: str, default: Any = None) -> Any:
        self.notes.add(f"{self.letter}:{key}")
        return self.inner.get(key, default)


class _Set(_Asked, Set[str]):
    """A set that notes what it is asked for."""

    def __bool__(self) -> bool:
        self.notes.add(f"{self.letter}:?")
        return bool(self.inner)


class _Links:
    """The links of all records, read one by one."""

    def __init__(self, plain: Graph, notes: set[str]) -> None:
        self.plain, self.notes = plain, notes

    def __iter__(self) -> Iterator[Edge]:
        self.notes.add("o:*")
        return iter(self.plain.links)


class NotedGraph(Graph):
    """The same graph; `notes` holds what was read of it."""

    notes: set[str]
    plain: Graph

    @classmethod
    def over(cls, plain: Graph, notes: set[str]) -> NotedGraph:
        """A graph that notes what is read of another."""
        made = cls(_Mapping(plain.briefs, "b", notes), _Links(plain, notes), _Mapping(plain.records, "r", notes), plain.relations)
        object.__setattr__(made, "notes", notes)
        object.__setattr__(made, "plain", plain)
        return made

    def outgoing(self, id: str) -> list[Edge]:
        """The links that a record makes."""
        self.notes.add(f"o:{id}")
        return self.plain.outgoing(id)

    def incoming(self, id: str) -> list[Edge]:
        """The links that name a record."""
        self.notes.add(f"i:{id}")
        return self.plain.incoming(id)

    def type_of(self, id: str) -> str:
        """The type of a record."""
        self.notes.add(f"b:{id}")
        return self.plain.type_of(id)

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type, by id in natural order."""
        self.notes.add(f"t:{type}")
        return self.plain.of_type(type)

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type, in natural order."""
        self.notes.add(f"t:{type}")
        return self.plain.ids_of(type)


def noted(subject: Subject, notes: set[str]) -> Subject:
    """The same subject, what is read of it added to `notes`."""

    def authors(path: str) -> Sequence[str] | None:
        notes.add(HISTORY)
        return subject.authors(path)

    return replace(
        subject,
        graph=NotedGraph.over(subject.graph, notes),
        readings=_Mapping(subject.readings, "s", notes),
        corrections=_Mapping(subject.corrections, "c", notes),
        broken=_Set(subject.broken, "x", notes),
        authors=authors,
    )


def changed(id: str, old: tuple[Brief | None, Set[Edge]], new: tuple[Brief | None, Set[Edge]]) -> set[str]:
    """The notes that no longer hold when a record's words changed, and with them its brief and links from `old` to `new` (None: no such record)."""
    found = {f"r:{id}", "r:*"}
    if old[0] != new[0]:
        found |= {f"b:{id}", "b:*", *(f"t:{each.type}" for each in (old[0], new[0]) if each)}
    if moved := old[1] ^ new[1]:
        found |= {f"o:{id}", "o:*", *(f"i:{edge.target}" for edge in moved)}
    return found
