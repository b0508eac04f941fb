"""The readings of a document as values, apart from what makes them: who holds readings need not load every rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from normbook.text.anchors import Anchor
from normbook.text.decoding import Received
from normbook.text.detection import recognise
from normbook.text.ledger import Cleaned, Ledger

if TYPE_CHECKING:
    from normbook.structure.segments import Segmented


class Correction(NamedTuple):
    """One proposed edit: where it belongs, what stands there, and what is proposed instead."""

    id: str
    anchor: Anchor
    replacement: str


class Misfit(NamedTuple):
    """A correction that cannot be applied: its position in the list, and why."""

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
    at_hand: Segmented | None = None  # the segments where they were found before

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
