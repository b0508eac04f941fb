"""Splits a span of text into pieces that show all three readings at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normbook.cleaning.all_rules import edit_class
from normbook.cleaning.readings import Readings


@dataclass(frozen=True)
class Piece:
    """Text that is the same in all readings (`kind` text), one edit of a rule, or one correction (which may contain edits).

    `received`, `cleaned` and `corrected` are its text in each reading; `ids` are the rules or the correction.
    """

    kind: str
    received: str
    cleaned: str
    corrected: str
    ids: tuple[str, ...] = ()
    edit_class: str = ""
    parts: tuple[Piece, ...] = ()


def pieces(readings: Readings, start: int, end: int) -> list[Piece]:
    """The pieces of the code points [start, end) of the cleaned reading, in order.

    Their `received` texts, joined, are the received text of the span, and likewise `cleaned` and `corrected`. Of an edit or a correction
    that crosses the boundary, only the text inside the span is shown, without the replacement.
    """
    found: list[Piece] = []
    at = start
    for edit in readings.corrections.edits:
        if edit.start < start or edit.end > end or (edit.start == edit.end and edit.start in (start, end) and start != end):
            continue
        found += _cleaning(readings, at, edit.start)
        inner = tuple(_cleaning(readings, edit.start, edit.end))
        found.append(Piece("correction", "".join(part.received for part in inner), edit.raw, edit.new, edit.rules, "correction", inner))
        at = edit.end
    return [*found, *_cleaning(readings, at, end)]


def _cleaning(readings: Readings, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a span without corrections."""
    text = readings.cleaned.text
    at = start
    for edit, first, last in readings.cleaned.ledger.placed():
        if last < start or first > end or (first == last and not start < first < end) or first < start or last > end:
            continue
        if at < first:
            yield Piece("text", text[at:first], text[at:first], text[at:first])
        yield Piece("edit", edit.raw, edit.new, edit.new, edit.rules, edit_class(edit.rules))
        at = last
    if at < end:
        yield Piece("text", text[at:end], text[at:end], text[at:end])


def used(found: Sequence[Piece]) -> tuple[list[str], list[str]]:
    """The rules and the corrections in some pieces, without duplicates, in order of appearance."""
    rules: dict[str, None] = {}
    corrections: dict[str, None] = {}
    for piece in found:
        (corrections if piece.kind == "correction" else rules).update(dict.fromkeys(piece.ids))
        rules.update(dict.fromkeys(used(piece.parts)[0]))
    return list(rules), list(corrections)
