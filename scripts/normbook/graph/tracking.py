"""A graph that records what is read from it, so that a check or a page is redone only if something it read has changed.

There is one note for each thing that was read: a letter, a colon, and an id or a type.

    r:gids-3   the record's own fields         b:gids-3   its brief
    e:gids-3   whether it exists, and its type
    o:gids-3   the links from it               i:gids-3   the links to it
    t:theme    the briefs of all themes        n:theme    which themes there are
    s:seed-001 the readings of a source        c:seed-001 its corrections
    x:gids-3   whether its file is broken      x:?        whether any file is
    p:gids-3   its publication state           q:pairs    an overview of many records

`*` in place of an id means all of them. Schemas are read without a note, since everything in the cache depends on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple, TypeVar

from normbook.graph.context import CheckContext
from normbook.graph.graph import Brief, Edge, Graph
from normbook.records.schema import Relation

V = TypeVar("V")
HISTORY = "history"  # read by what asks who wrote a file: asked again in every check
Notes = set[str]


class State(NamedTuple):
    """What other records and pages can read of a record, besides its own fields; without a brief the record does not exist."""

    brief: Brief | None
    links: frozenset[Edge]


NO_RECORD = State(None, frozenset())


class _NoteOf(dict[Any, str]):
    """The note of each key, made once."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter

    def __missing__(self, key: Any) -> str:
        self[key] = intern(f"{self.letter}:{key}")
        return self[key]


class _Keys:
    """Keys that note which of them are looked up; `presence` is the letter for notes that a key exists."""

    def __init__(self, inner: Any, letter: str, presence: str, notes: Notes) -> None:
        self.inner, self.letter, self.presence, self.notes = inner, letter, presence, notes
        self.note_of = _NoteOf(letter)

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
    """A mapping that notes which of its values are read."""

    def __getitem__(self, key: str) -> V:
        self.notes.add(self.note_of[key])
        value: V = self.inner[key]
        return value

    def get(self, key: str, default: Any = None) -> Any:
        self.notes.add(self.note_of[key])
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
    """The same graph; `notes` has what was read from it since they were last cleared."""

    notes: Notes
    plain: Graph
    overview_reads: dict[str, frozenset[str]]  # what each overview that was computed has read

    @classmethod
    def over(cls, plain: Graph, notes: Notes) -> TrackedGraph:
        """A view of a graph that adds to `notes` what is read from it."""
        briefs: Mapping[str, Brief] = _Mapping(plain.briefs, "b", "e", notes)
        made = cls(briefs, _Links(plain, notes), _Mapping(plain.records, "r", "e", notes), plain.relations)
        object.__setattr__(made, "notes", notes)
        object.__setattr__(made, "plain", plain)
        object.__setattr__(made, "overview_reads", {})
        return made

    def outgoing(self, id: str) -> list[Edge]:
        """The links from a record."""
        self.notes.add(intern(f"o:{id}"))
        return self.plain.outgoing(id)

    def incoming(self, id: str) -> list[Edge]:
        """The links to a record."""
        self.notes.add(intern(f"i:{id}"))
        return self.plain.incoming(id)

    def type_of(self, id: str) -> str:
        """The type of a record."""
        self.notes.add(intern(f"e:{id}"))
        return self.plain.type_of(id)

    def publication(self, id: str) -> tuple[str, bool]:
        """The publication state of a record, and whether only its name is known."""
        self.notes.add(intern(f"p:{id}"))
        return self.plain.publication(id)

    def overview(self, name: str, make: Callable[[], Any]) -> Any:
        """An overview: its reader has one note of it, and what it reads itself is noted apart."""

        def noted() -> Any:
            outer = set(self.notes)
            self.notes.clear()
            value = make()
            self.overview_reads[name] = frozenset(self.notes)
            self.notes.clear()
            self.notes.update(outer)
            return value

        value = self.plain.overview(name, noted)
        self.notes.add(f"q:{name}")
        return value

    def relation(self, edge: Edge) -> Relation:
        """The declared relation of a link."""
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

    def number_of(self, type: str) -> int:
        """How many records of a type there are."""
        self.notes.add(f"n:{type}")
        return self.plain.number_of(type)

    def reviews(self) -> Counter[str]:
        """How many records there are in each state of review."""
        self.notes.add("b:*")
        return self.plain.reviews()

    def latest(self, types: Collection[str], most: int) -> list[Brief]:
        """The records of some types with the latest dates, latest first."""
        self.notes.add("b:*")
        return self.plain.latest(types, most)

    def last_day(self) -> str:
        """The latest day by which a record is dated; empty if none is."""
        self.notes.add("b:*")
        return self.plain.last_day()


def tracked(context: CheckContext, notes: Notes) -> CheckContext:
    """A view of a check context that adds to `notes` what is read from it."""

    def authors(path: str) -> Sequence[str] | None:
        notes.add(HISTORY)
        return context.authors(path)

    return replace(
        context,
        graph=TrackedGraph.over(context.graph, notes),
        readings=_Mapping(context.readings, "s", "s", notes),
        corrections=_Mapping(context.corrections, "c", "c", notes),
        broken=_Set(context.broken, "x", "x", notes),
        authors=authors,
    )


def invalidated(id: str, old: State, new: State) -> Notes:
    """The notes that are no longer valid after the fields of a record have changed, and its visible state from `old` to `new`."""
    notes = {f"r:{id}", "r:*"}
    types = {state.brief.type for state in (old, new) if state.brief}
    if old.brief != new.brief:
        notes |= {f"b:{id}", "b:*", *(f"t:{type}" for type in types)}
        if _publication(old) != _publication(new):
            notes.add(f"p:{id}")
    if len(types) == 2 or old.brief is None or new.brief is None:
        notes |= {f"e:{id}", "e:*", *(f"n:{type}" for type in types)}
    if changed_links := old.links ^ new.links:
        notes |= {f"o:{id}", "o:*", *(f"i:{edge.target}" for edge in changed_links)}
    return notes


def _publication(state: State) -> tuple[str, bool] | None:
    return (state.brief.publication, state.brief.stub) if state.brief else None
