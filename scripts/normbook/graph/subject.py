"""What the checks look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from normbook.graph.graph import Edge, Graph
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.text.readings import Readings


@dataclass(frozen=True)
class Subject:
    """What is checked: the graph, the schemas, the readings of each source, the correction files and the redirects."""

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Record]
    redirects: Record | None
    broken: frozenset[str] = frozenset()
    only: frozenset[str] | None = None  # the records that are looked at; None for all

    def records(self) -> Iterator[Record]:
        """The records that are looked at."""
        return (self.graph.records[id] for id in (self.graph.briefs if self.only is None else sorted(self.only)))

    def links(self) -> Iterator[Edge]:
        """The links that those records make."""
        return iter(self.graph.links) if self.only is None else (edge for id in sorted(self.only) for edge in self.graph.outgoing(id))

    def initiatives(self) -> Iterator[str]:
        """The initiatives whose points may have changed."""
        if self.only is None:
            return (each.id for each in self.graph.of_type("initiative"))
        owners = {edge.target for edge in self.links() if edge.relation == "initiative"} | self.only
        return (id for id in sorted(owners) if id in self.graph.briefs and self.graph.briefs[id].type == "initiative")
