"""A graph that remembers what was read of it, so that a page can be made again when just that has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sys import intern
from typing import Generic, TypeVar

from normbook.graph.graph import Brief, Edge, Graph

V = TypeVar("V")


class _Watched(Mapping[str, V], Generic[V]):
    """A mapping that notes each key it is asked for, under a letter."""

    def __init__(self, inner: Mapping[str, V], letter: str, log: set[str]) -> None:
        self.inner, self.letter, self.log = inner, letter, log

    def __getitem__(self, key: str) -> V:
        self.log.add(intern(self.letter + key))
        return self.inner[key]

    def __contains__(self, key: object) -> bool:
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        return iter(self.inner)

    def __len__(self) -> int:
        return len(self.inner)


class WatchedGraph(Graph):
    """The same graph; `log` holds what was read since it was last cleared.

    `r:id` is a record's own fields, `b:id` its brief, `i:id` the links that name it, `t:type` the briefs of a whole type.
    """

    log: set[str]
    _plain: Graph

    @classmethod
    def over(cls, graph: Graph) -> WatchedGraph:
        """A watched view of a graph."""
        log: set[str] = set()
        made = cls(_Watched(graph.briefs, "b:", log), graph.links, _Watched(graph.records, "r:", log), graph.relations)
        object.__setattr__(made, "log", log)
        object.__setattr__(made, "_plain", graph)
        return made

    def incoming(self, id: str) -> list[Edge]:
        """The links that name a record."""
        self.log.add(intern(f"i:{id}"))
        return self._plain.incoming(id)

    def outgoing(self, id: str) -> list[Edge]:
        """The links that a record makes."""
        self.log.add(intern(f"r:{id}"))
        return self._plain.outgoing(id)

    def type_of(self, id: str) -> str:
        """The type of a record: not noted, since it never changes under one id."""
        return self._plain.type_of(id)

    def of_type(self, type: str) -> list[Brief]:
        """The briefs of all records of a type."""
        self.log.add(intern(f"t:{type}"))
        return self._plain.of_type(type)

    def ids_of(self, type: str) -> list[str]:
        """The ids of all records of a type: not noted, since a record more or less makes the whole site anew."""
        return self._plain.ids_of(type)


def touched(old: tuple[Brief | None, tuple[Edge, ...]], new: tuple[Brief | None, tuple[Edge, ...]]) -> set[str]:
    """What of a graph is no longer as it was, when a record's brief and links went from `old` to `new` (None: no such record)."""
    brief = new[0] or old[0]
    if brief is None:
        return set()
    found = {f"r:{brief.id}"}
    if old[0] != new[0]:
        found |= {f"b:{brief.id}", *(f"t:{each.type}" for each in (old[0], new[0]) if each)}
    before = {(edge.relation, edge.target) for edge in old[1]}
    after = {(edge.relation, edge.target) for edge in new[1]}
    return found | {f"i:{target}" for _, target in before ^ after}
