"""Finds quotations in their sources, to the character."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normbook.cleaning.readings import Readings
from normbook.records.model import Evidence, Quotation, Record
from normbook.text.anchors import Anchor, first_difference, locate, nearest
from normbook.text.lines import DROPPED


@dataclass(frozen=True)
class Resolved:
    """The place of a quotation, in code points of the cleaned text (-1 for text that cleaning removes) and of the received text."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class Refusal:
    """Why a quotation cannot be placed: code, message and remedy."""

    code: str
    message: str
    hint: str


_cache: WeakKeyDictionary[Readings, dict[Quotation, Resolved | Refusal]] = WeakKeyDictionary()  # entries live as long as the readings


def resolve(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    """The place of a quotation in its source, or why there is none. Case, spaces and punctuation must match exactly."""
    cached = _cache.get(readings)
    if cached is None:
        cached = _cache[readings] = {}
    if (result := cached.get(quotation)) is None:
        result = cached[quotation] = _resolve(quotation, readings)
    return result


def _resolve(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    if quotation.reading == "received":
        return _resolve_received(quotation, readings)
    text = readings.cleaned.text
    spans = locate(text, Anchor(quotation.prefix, quotation.exact, quotation.suffix))
    if len(spans) != 1:
        return _no_unique_match(quotation, text, spans, readings)
    start, end = spans[0]
    for edit in readings.cleaned.ledger.within(start, end):
        if not edit.new and is_furniture(edit.rules):
            return Refusal(
                "N403",
                "the quotation spans text that cleaning removed as page furniture",
                "quote the text before it or after it, or both as two pieces of evidence",
            )
    replacement = _replacement_cut(readings, start, end)
    if replacement:
        return Refusal(
            "N404",
            f"the quotation starts or ends inside {replacement!r}, which cleaning wrote as one piece",
            "extend the quotation by one word",
        )
    return Resolved(start, end, *readings.cleaned.ledger.back(start, end))


def is_furniture(rules: tuple[str, ...]) -> bool:
    """True for an edit that removes page furniture."""
    return not DROPPED.isdisjoint(rules)


def _replacement_cut(readings: Readings, start: int, end: int) -> str:
    """The replacement that a span starts or ends inside of, empty if there is none."""
    for edit, first, last in readings.cleaned.ledger.placed():
        if first < start < last or first < end < last:
            return edit.new
    return ""


def limits(readings: Readings) -> tuple[list[tuple[int, int]], list[int]]:
    """What a quotation of the cleaned text may neither cut nor span: replacements of more than one code point, and where page furniture was removed."""
    placed = list(readings.cleaned.ledger.placed())
    pieces = [(first, last) for _, first, last in placed if last - first > 1]
    return pieces, [first for edit, first, _ in placed if not edit.new and is_furniture(edit.rules)]


def _resolve_received(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    """The place of a quotation of removed text; it must lie inside one removed stretch."""
    spans = locate(readings.received.text, Anchor(quotation.prefix, quotation.exact, quotation.suffix))
    if len(spans) != 1:
        return _no_unique_match(quotation, readings.received.text, spans, readings)
    start, end = spans[0]
    for edit in readings.cleaned.ledger.edits:
        if edit.start <= start and end <= edit.end and is_furniture(edit.rules):
            return Resolved(-1, -1, start, end)
    return Refusal(
        "N405",
        "the quoted text, or a part of it, is still in the cleaned text",
        "remove the line `reading: received`, which is only for text that cleaning removes",
    )


def lines_of(quotation: Quotation, text: str, starts: list[int]) -> str:
    """The lines of the quoted text where matches start, and the file to look in."""
    lines = sorted({text.count("\n", 0, start) + 1 for start in starts})
    return f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))} of {'the seed' if quotation.reading == 'received' else f'data/derived/{quotation.source}/cleaned.txt'}"


def _no_unique_match(quotation: Quotation, text: str, spans: list[tuple[int, int]], readings: Readings) -> Refusal:
    if spans:
        return Refusal(
            "N402",
            f"expected one match in {quotation.source}, found {len(spans)}",
            f"add a prefix or suffix, copied from the text directly around the quotation, until only one place matches: {lines_of(quotation, text, [start for start, _ in spans])}",
        )
    if locate(text, Anchor("", quotation.exact, "")):
        return Refusal(
            "N401",
            f"the quoted text occurs in {quotation.source}, but not with this prefix and suffix",
            "copy prefix and suffix from the text, including spaces",
        )
    if quotation.reading == "cleaned" and locate(readings.received.text, Anchor("", quotation.exact, "")):
        return Refusal(
            "N403",
            "the quoted text occurs only in the received text; cleaning removes or changes a part of it",
            "copy the quotation from the cleaned text; for a removed line add `reading: received`",
        )
    if "…" in quotation.exact or "..." in quotation.exact:
        return Refusal(
            "N401",
            f"the quoted text does not occur in {quotation.source}; a quotation cannot contain an ellipsis",
            "quote one contiguous passage, and add a second piece of evidence for the other",
        )
    offset, closest = nearest(text, quotation.exact)
    if closest:
        quoted_part, text_part = first_difference(quotation.exact, closest)
        return Refusal(
            "N401",
            f"the quoted text does not occur in {quotation.source}: the source has {text_part!r}, the quotation {quoted_part!r}",
            f"the closest match is at {lines_of(quotation, text, [offset])}; copy the text exactly",
        )
    return Refusal("N401", f"the quoted text does not occur in {quotation.source}", f"see data/derived/{quotation.source}/cleaned.txt")


def quotations(record: Record, evidence: list[Evidence], readings: Mapping[str, Readings]) -> list[tuple[Evidence, Resolved | Refusal]]:
    """Each quotation in `evidence` whose source the book holds, with its place or the reason why there is none."""
    return [
        (piece, resolve(piece.what, readings[piece.what.source]))
        for piece in evidence
        if isinstance(piece.what, Quotation) and piece.what.source in readings
    ]
