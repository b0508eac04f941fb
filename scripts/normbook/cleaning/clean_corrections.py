"""Corrections: reviewed edits of one document, found by their anchors in its cleaned reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normbook.text.anchors import Anchor, locate
from normbook.text.ledger import Edit, Ledger


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


def correct(cleaned: str, corrections: Sequence[Correction]) -> tuple[Ledger, tuple[Misfit, ...]]:
    """The ledger from the cleaned to the corrected reading, each edit naming its correction as its rule; and what does not fit.

    A correction whose anchor is not found exactly once, or that overlaps or touches an earlier one, is left out and told.
    """
    edits: list[Edit] = []
    misfits: list[Misfit] = []
    for index, correction in enumerate(corrections):
        found = locate(cleaned, correction.anchor)
        if len(found) != 1:
            misfits.append(
                Misfit(index, "N421" if not found else "N422", f"its words stand {len(found)} times in the cleaned reading, not once")
            )
            continue
        start, end = found[0]
        clash = next((edit for edit in edits if edit.start <= end and start <= edit.end), None)
        if clash:
            misfits.append(Misfit(index, "N423", f"it overlaps or touches the correction {clash.rules[0]!r}"))
            continue
        edits.append(Edit(start, end, cleaned[start:end], correction.replacement, (correction.id,)))
    return Ledger.from_edits(edits), tuple(misfits)
