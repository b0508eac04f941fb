"""The three readings of one document, and the ledgers between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from normbook.cleaning.clean_corrections import Correction, Misfit, correct
from normbook.text.decoding import Received, decode
from normbook.text.ledger import Cleaned, Ledger

if TYPE_CHECKING:
    from normbook.structure.segments_segments import Segmented


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

        return segment(self.cleaned.text)


def read(content: bytes, corrections: Sequence[Correction] = (), encoding: str | None = None, without: Sequence[str] = ()) -> Readings:
    """The readings of received bytes; corrections that do not fit are told in `misfits`."""
    from normbook.cleaning.clean import clean

    received = decode(content, encoding)
    cleaned = clean(received.text, without)
    ledger, misfits = correct(cleaned.text, corrections)
    return Readings(received, cleaned, ledger, misfits)
