"""What the checks look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from normbook.cleaning.readings import Readings
from normbook.graph.graph import Edge, Graph
from normbook.graph.lookup import Quoted, look_up
from normbook.records.model import Quotation, Record
from normbook.records.schema import Schemas


def no_history(path: str) -> Sequence[str] | None:
    """The authors of a file where no history is at hand."""
    return None


@dataclass(frozen=True)
class Subject:
    """What is checked: the graph, the schemas, the readings of each source, the correction files and the redirects."""

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Record]
    redirects: Record | None
    broken: Set[str] = frozenset()
    only: frozenset[str] | None = None  # the records that are looked at; None for all
    owners: bool = True  # whether the initiative of a point that is looked at is looked at too
    day: str = ""  # the day of the commit that is checked (ISO), empty where it is not known
    authors: Callable[[str], Sequence[str] | None] = no_history  # who wrote the file at a path, None where no history tells
    known: dict[Quotation, Quoted] = field(default_factory=dict)  # what was found of quotations already

    def records(self) -> Iterator[Record]:
        """The records that are looked at."""
        return (self.graph.records[id] for id in (self.graph.briefs if self.only is None else sorted(self.only)))

    def links(self) -> Iterator[Edge]:
        """The links that those records make."""
        return iter(self.graph.links) if self.only is None else (edge for id in sorted(self.only) for edge in self.graph.outgoing(id))

    def quoted(self, quotation: Quotation) -> Quoted | None:
        """What is found of a quotation in its source, None where the source is not held."""
        if quotation.source not in self.readings:
            return None
        found = self.known.get(quotation)
        if found is None:
            found = self.known[quotation] = look_up(quotation, self.readings[quotation.source])
        return found

    def sources(self) -> list[str]:
        """The sources that are looked at."""
        return [id for id in (self.readings if self.only is None else self.only) if id in self.readings]

    def initiatives(self) -> Iterator[str]:
        """The initiatives whose points may have changed."""
        if self.only is None:
            return (each.id for each in self.graph.of_type("initiative"))
        owners = {edge.target for edge in self.links() if self.owners and edge.relation == "initiative"} | self.only
        return (id for id in sorted(owners) if id in self.graph.briefs and self.graph.briefs[id].type == "initiative")
