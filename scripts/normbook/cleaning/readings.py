"""The readings of a document as values, separate from the code that computes them: using them does not load the rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from normbook.text.anchors import Anchor
from normbook.text.decoding import Received
from normbook.text.detection import recognise
from normbook.text.ledger import Cleaned, Ledger

if TYPE_CHECKING:
    from normbook.structure.segmented import Segmented


class Correction(NamedTuple):
    """A proposed edit: its id, the words to replace with their context, and the replacement."""

    id: str
    anchor: Anchor
    replacement: str


class Misfit(NamedTuple):
    """A correction that cannot be applied: its index in the list, the finding code, and why."""

    place: int
    code: str
    reason: str


@dataclass(frozen=True, eq=False)
class Readings:
    """A document as received, cleaned (by rules) and corrected (by proposed corrections)."""

    received: Received
    cleaned: Cleaned
    corrections: Ledger
    misfits: tuple[Misfit, ...] = ()
    at_hand: Segmented | None = None  # the segments, if they are already known

    @cached_property
    def corrected(self) -> str:
        """The corrected reading."""
        return self.corrections.apply(self.cleaned.text)

    @cached_property
    def segmented(self) -> Segmented:
        """The segments of the cleaned reading."""
        if self.at_hand is not None:
            return self.at_hand
        from normbook.structure.segments import segment  # with all its patterns; not needed by all who hold readings

        return segment(self.cleaned.text, recognise(self.cleaned.text) or "en")

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences and headings of the cleaned reading begin and end, in code points."""
        return tuple((each.start, each.end) for each in self.segmented.segments if each.kind in ("sent", "headline", "heading"))

    def sentences_at(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Those of the sentences and headings that have a code point in common with [start, end)."""
        first = bisect_right(self.sentences, start, key=itemgetter(1))
        return self.sentences[first : bisect_left(self.sentences, end, lo=first, key=itemgetter(0))]
