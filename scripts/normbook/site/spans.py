"""A stretch of text as pieces that show all three readings at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normbook.cleaning.all_rules import edit_class
from normbook.cleaning.readings import Readings


@dataclass(frozen=True)
class Piece:
    """Words that are alike in all readings (`kind` text), one edit of a rule, or one correction (which may hold edits).

    `received`, `cleaned` and `corrected` are the words of each reading; `ids` are the rules or the correction.
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

    Joined, their `received` words are the received text of that stretch, and likewise `cleaned` and `corrected`. An edit or a
    correction that only begins or ends inside the stretch is shown by the part that lies in it, without its replacement.
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
    """The pieces of a stretch that holds no correction."""
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
    """The rules and the corrections that pieces name, each once, in order of appearance."""
    rules: dict[str, None] = {}
    corrections: dict[str, None] = {}
    for piece in found:
        (corrections if piece.kind == "correction" else rules).update(dict.fromkeys(piece.ids))
        rules.update(dict.fromkeys(used(piece.parts)[0]))
    return list(rules), list(corrections)
