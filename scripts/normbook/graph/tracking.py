"""A graph that records what is read of it, so that a check or a page is done again when just that has changed.

One note stands for each thing that was read: a letter, a colon, and the id or the type that it is about.

    r:gids-3   the record's own fields         b:gids-3   its brief
    e:gids-3   whether it exists, and its type
    o:gids-3   the links that it makes         i:gids-3   the links that name it
    t:theme    the briefs of all themes        n:theme    which themes there are
    s:seed-001 the readings of a source        c:seed-001 its corrections
    x:gids-3   whether its file is broken      x:?        whether any file is

`*` in place of an id stands for all of them. Schemas are read without a note: all that is cached depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple, TypeVar

from normbook.graph.context import Subject
from normbook.graph.graph import Brief, Edge, Graph
from normbook.records.schema import Relation

V = TypeVar("V")
HISTORY = "history"  # read by what asks who wrote a file: asked again in every check
Notes = set[str]


class State(NamedTuple):
    """What others can read of a record beside its own fields; without a brief there is no such record."""

    brief: Brief | None
    links: frozenset[Edge]


NO_RECORD = State(None, frozenset())


class _Keys:
    """Keys that note which of them is asked for; `presence` is the letter under which it is noted that one is there."""

    def __init__(self, inner: Any, letter: str, presence: str, notes: Notes) -> None:
        self.inner, self.letter, self.presence, self.notes = inner, letter, presence, notes

    def __contains__(self, key: object) -> bool:
        self.notes.add(intern(f"{self.presence}:{key}"))
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        self.notes.add(f"{self.presence}:*")
        return iter(self.inner)

    def __len__(self) -> int:
        self.notes.add(f"{self.presence}:*")
        return len(self.inner)


class _Mapping(_Keys, Mapping[str, V]):
    """A mapping that notes which of its values is read."""

    def __getitem__(self, key: str) -> V:
        self.notes.add(intern(f"{self.letter}:{key}"))
        value: V = self.inner[key]
        return value

    def get(self, key: str, default: Any = None) -> Any:
        self.notes.add(intern(f"{self.letter}:{key}"))
        return self.inner.get(key, default)


class _Set(_Keys, Set[str]):
    """A set that notes what it is asked for."""

    def __bool__(self) -> bool:
        self.notes.add(f"{self.letter}:?")
        return bool(self.inner)


class _Links:
    """The links of all records, read one by one."""

    def __init__(self, plain: Graph, notes: Notes) -> None:
        self.plain, self.notes = plain, notes

    def __iter__(self) -> Iterator[Edge]:
        self.notes.add("o:*")
        return iter(self.plain.links)


class TrackedGraph(Graph):
    """The same graph; `notes` holds what was read of it since they were last cleared."""

    notes: Notes
    plain: Graph

    @classmethod
    def over(cls, plain: Graph, notes: Notes) -> TrackedGraph:
        """A graph that adds to `notes` what is read of another."""
        briefs: Mapping[str, Brief] = _Mapping(plain.briefs, "b", "e", notes)
        made = cls(briefs, _Links(plain, notes), _Mapping(plain.records, "r", "e", notes), plain.relations)
        object.__setattr__(made, "notes", notes)
        object.__setattr__(made, "plain", plain)
        return made

    def outgoing(self, id: str) -> list[Edge]:
        """The links that a record makes."""
        self.notes.add(intern(f"o:{id}"))
        return self.plain.outgoing(id)

    def incoming(self, id: str) -> list[Edge]:
        """The links that name a record."""
        self.notes.add(intern(f"i:{id}"))
        return self.plain.incoming(id)

    def type_of(self, id: str) -> str:
        """The type of a record."""
        self.notes.add(intern(f"e:{id}"))
        return self.plain.type_of(id)

    def relation(self, edge: Edge) -> Relation:
        """The declaration of the relation that an edge is one of."""
        self.notes.add(intern(f"e:{edge.subject}"))
        return self.plain.relation(edge)

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type, by id in natural order."""
        self.notes.add(f"t:{type}")
        return self.plain.of_type(type)

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type, in natural order."""
        self.notes.add(f"n:{type}")
        return self.plain.ids_of(type)


def tracked(subject: Subject, notes: Notes) -> Subject:
    """The same subject of checks; what is read of it is added to `notes`."""

    def authors(path: str) -> Sequence[str] | None:
        notes.add(HISTORY)
        return subject.authors(path)

    return replace(
        subject,
        graph=TrackedGraph.over(subject.graph, notes),
        readings=_Mapping(subject.readings, "s", "s", notes),
        corrections=_Mapping(subject.corrections, "c", "c", notes),
        broken=_Set(subject.broken, "x", "x", notes),
        authors=authors,
    )


def invalidated(id: str, old: State, new: State) -> Notes:
    """The notes that no longer hold when the fields of a record have changed and others see it as `new`, where they saw `old`."""
    notes = {f"r:{id}", "r:*"}
    types = {each.brief.type for each in (old, new) if each.brief}
    if old.brief != new.brief:
        notes |= {f"b:{id}", "b:*", *(f"t:{type}" for type in types)}
    if len(types) == 2 or old.brief is None or new.brief is None:
        notes |= {f"e:{id}", "e:*", *(f"n:{type}" for type in types)}
    if moved := old.links ^ new.links:
        notes |= {f"o:{id}", "o:*", *(f"i:{edge.target}" for edge in moved)}
    return notes
