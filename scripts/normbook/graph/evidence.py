"""Evidence: from a quotation to the characters it rests on."""

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
    """Where a quotation stands: code points of the cleaned reading (-1 for words that cleaning drops) and of the received text."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class Refusal:
    """Why a quotation does not stand."""

    code: str
    message: str
    hint: str


_found: WeakKeyDictionary[Readings, dict[Quotation, Resolved | Refusal]] = WeakKeyDictionary()  # as long as the readings live


def resolve(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    """The place of a quotation in its source, or why there is none. Nothing is folded: case, space and punctuation count."""
    known = _found.get(readings)
    if known is None:
        known = _found[readings] = {}
    if (found := known.get(quotation)) is None:
        found = known[quotation] = _resolve(quotation, readings)
    return found


def _resolve(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    if quotation.reading == "received":
        return _in_received(quotation, readings)
    text = readings.cleaned.text
    found = locate(text, Anchor(quotation.prefix, quotation.exact, quotation.suffix))
    if len(found) != 1:
        return _not_once(quotation, text, found, readings)
    start, end = found[0]
    for edit in readings.cleaned.ledger.within(start, end):
        if not edit.new and _dropped(edit.rules):
            return Refusal(
                "N403",
                "the quotation runs across words that cleaning dropped as page furniture",
                "quote the words before or after them, or both as two pieces of evidence",
            )
    cut = _cut(readings, start, end)
    if cut:
        return Refusal("N404", f"the quotation cuts in two the place where cleaning reads {cut!r}", "begin or end one word further out")
    return Resolved(start, end, *readings.cleaned.ledger.back(start, end))


def _dropped(rules: tuple[str, ...]) -> bool:
    """True for an edit that takes page furniture away."""
    return not DROPPED.isdisjoint(rules)


def _cut(readings: Readings, start: int, end: int) -> str:
    """The replacement that a span begins or ends inside of, empty if it cuts none."""
    for edit, first, last in readings.cleaned.ledger.placed():
        if first < start < last or first < end < last:
            return edit.new
    return ""


def _in_received(quotation: Quotation, readings: Readings) -> Resolved | Refusal:
    """A quotation of what cleaning drops: it must lie wholly inside one dropped stretch."""
    found = locate(readings.received.text, Anchor(quotation.prefix, quotation.exact, quotation.suffix))
    if len(found) != 1:
        return _not_once(quotation, readings.received.text, found, readings)
    start, end = found[0]
    for edit in readings.cleaned.ledger.edits:
        if edit.start <= start and end <= edit.end and _dropped(edit.rules):
            return Resolved(-1, -1, start, end)
    return Refusal(
        "N405",
        "the words stand in the cleaned reading, or partly there",
        "remove the line «reading: received»: this reading is only for words that cleaning drops",
    )


def place_of(quotation: Quotation, text: str, starts: list[int]) -> str:
    """Where words stand in the reading that a quotation is of, as a person finds them."""
    lines = sorted({text.count("\n", 0, start) + 1 for start in starts})
    return f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))} of {'the seed' if quotation.reading == 'received' else f'data/derived/{quotation.source}/cleaned.txt'}"


def _not_once(quotation: Quotation, text: str, found: list[tuple[int, int]], readings: Readings) -> Refusal:
    if found:
        return Refusal(
            "N402",
            f"the words stand {len(found)} times in {quotation.source}",
            f"add a prefix or suffix from the text directly around them, until they stand there once: {place_of(quotation, text, [start for start, _ in found])}",
        )
    if locate(text, Anchor("", quotation.exact, "")):
        return Refusal(
            "N401",
            f"the words stand in {quotation.source}, but not directly after the prefix or before the suffix",
            "copy prefix and suffix from the text, with their spaces",
        )
    if quotation.reading == "cleaned" and locate(readings.received.text, Anchor("", quotation.exact, "")):
        return Refusal(
            "N403",
            "the words stand only in the received text: cleaning drops or changes some of them",
            "copy the words from the cleaned reading; for a dropped line add «reading: received»",
        )
    if "…" in quotation.exact or "..." in quotation.exact:
        return Refusal(
            "N401",
            f"the words do not stand in {quotation.source}; there is no ellipsis in a quotation",
            "quote one contiguous stretch; make a second piece of evidence for the other",
        )
    at, near = nearest(text, quotation.exact)
    if near:
        wrong, right = first_difference(quotation.exact, near)
        return Refusal(
            "N401",
            f"the words do not stand in {quotation.source}: it reads {right!r} where the quotation has {wrong!r}",
            f"the closest place is {place_of(quotation, text, [at])}; copy the words from there, character by character",
        )
    return Refusal("N401", f"the words do not stand in {quotation.source}", f"see data/derived/{quotation.source}/cleaned.txt")


def quotations(record: Record, evidence: list[Evidence], readings: Mapping[str, Readings]) -> list[tuple[Evidence, Resolved | Refusal]]:
    """Each quotation of a record whose source is held, with its place or refusal."""
    return [
        (each, resolve(each.what, readings[each.what.source]))
        for each in evidence
        if isinstance(each.what, Quotation) and each.what.source in readings
    ]
