"""What the checks look at: the graph, the schemas, the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from normbook.cleaning.readings import Readings
from normbook.graph.graph import Edge, Graph
from normbook.graph.lookup import QuotationLookup, look_up
from normbook.records.model import Quotation, Record
from normbook.records.schema import Schemas


def no_history(path: str) -> Sequence[str] | None:
    """The authors of a file where no history is at hand."""
    return None


@dataclass(frozen=True)
class CheckContext:
    """The input of the checks: the graph, the schemas, the readings of each source, the correction files, the redirects and the book's own file.

    `broken` has the ids of records whose files are invalid: they exist, but cannot be looked at.
    """

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Record]
    redirects: Record | None
    broken: Set[str] = frozenset()
    only: frozenset[str] | None = None  # the ids of the records to check; None for all
    owners: bool = True  # whether to check the initiatives of the points that are checked
    day: str = ""  # the day of the commit that is checked (ISO); empty if it is not known
    authors: Callable[[str], Sequence[str] | None] = no_history  # the authors of the file at a path; None if there is no history of it
    book: Record | None = None  # who edits the book, and what its home page shows first
    known: dict[Quotation, QuotationLookup] = field(default_factory=dict)  # quotations that were looked up before

    def records(self) -> Iterator[Record]:
        """The records to check."""
        return (self.graph.records[id] for id in (self.graph.briefs if self.only is None else sorted(self.only)))

    def links(self) -> Iterator[Edge]:
        """The links from the records to check."""
        return iter(self.graph.links) if self.only is None else (edge for id in sorted(self.only) for edge in self.graph.outgoing(id))

    def quoted(self, quotation: Quotation) -> QuotationLookup | None:
        """The place of a quotation in its source and the doubts about its stance; None if the book does not hold the source."""
        if quotation.source not in self.readings:
            return None
        result = self.known.get(quotation)
        if result is None:
            result = self.known[quotation] = look_up(quotation, self.readings[quotation.source])
        return result

    def sources(self) -> list[str]:
        """The sources to check."""
        return [id for id in (self.readings if self.only is None else self.only) if id in self.readings]

    def initiatives(self) -> Iterator[str]:
        """The initiatives whose points are checked."""
        if self.only is None:
            return (brief.id for brief in self.graph.of_type("initiative"))
        owners = {edge.target for edge in self.links() if self.owners and edge.relation == "initiative"} | self.only
        return (id for id in sorted(owners) if id in self.graph.briefs and self.graph.briefs[id].type == "initiative")
