"""Is this quotation true? Words are accepted only where a source that the book holds has them, to the character and once.

Who says them, and how, comes from the records that quote the same place. Words that no record quotes have no speaker and no stance here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from normbook.cleaning.readings import Readings
from normbook.graph.evidence import Refusal, Resolved, is_furniture, resolve
from normbook.graph.lookup import look_up
from normbook.records.model import Evidence, Quotation, Record
from normbook.text.anchors import Anchor, first_difference, locate

READINGS = ("cleaned", "received")  # what was said, in the order in which they are searched; a correction is what the editors propose
MOST_NEAR = 3  # places that a refusal names
LEAST_ALIKE = 60.0  # per cent; less is not worth naming
JOINS = "\u2e80"  # from here on, scripts are written without spaces between words
REASONS = {
    "empty": "there are no words to look for",
    "unknown-source": "the book holds no source with this id",
    "not-found": "no source that the book holds has exactly these words",
    "several": "the words occur more than once, so they do not point at one place",
    "context": "the words occur, but not with this prefix and suffix",
    "cut-word": "the quotation begins or ends inside a word",
    "proposed": "only a correction that the editors propose has these words; the source does not",
    "not-contiguous": "cleaning removed a line of the page between the words, so they are not one passage of what was received",
}


class Place(NamedTuple):
    """Where a source has the words: the reading and its offsets, and those of the cleaned and the received text (-1 where there are none). Offsets count code points."""

    source: str
    reading: str
    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    received_start: int
    received_end: int


class Use(NamedTuple):
    """A record's quotation with its place."""

    record: Record
    evidence: Evidence
    quotation: Quotation
    place: Resolved


class Near(NamedTuple):
    """The nearest words of a source, the first words in which the two differ, and how alike they are (per cent)."""

    source: str
    words: str
    asked: str
    found: str
    alike: float


class Verdict(NamedTuple):
    """The answer: every place with the words, or a reason from REASONS with what to do and the nearest words."""

    places: tuple[Place, ...]
    reason: str = ""
    hint: str = ""
    nearest: tuple[Near, ...] = ()


def verify(asked: Anchor, readings: Mapping[str, Readings], source: str = "", hidden: Iterable[str] = ()) -> Verdict:
    """Whether a source has exactly these words once. Of the sources in `hidden`, whose text is withheld, a refusal names no words.

    1. Nothing is normalised: case, spaces, line ends, dashes and quotation marks must match.
    2. The readings of a source are searched in the order of READINGS. The first that has the words must have them once.
    3. Without `source` all sources are searched, and those that have the words once are the places.
    """
    if not asked.exact.strip():
        return Verdict((), "empty", "give the words of the quotation, without quotation marks around them")
    if source and source not in readings:
        return Verdict((), "unknown-source", "call `sources` for the ids of the sources")
    searched = {source: readings[source]} if source else readings
    found = [(id, _placed(asked, id, each)) for id, each in searched.items()]
    if places := tuple(each for _, each in found if isinstance(each, Place)):
        return Verdict(places)
    refusals = [each for _, each in found if isinstance(each, Refusal)]
    if refusals:
        return Verdict((), refusals[0].code, refusals[0].hint)
    shown = {id: each for id, each in searched.items() if id not in set(hidden)}
    near = sorted((each for id, held in shown.items() if (each := _nearest(asked.exact, id, held))), key=lambda each: -each.alike)
    hint = "copy the words from the source to the character, in one passage, without an ellipsis"
    return Verdict((), "not-found", hint, tuple(near[:MOST_NEAR]))


def _placed(asked: Anchor, source: str, readings: Readings) -> Place | Refusal | None:
    """The place of the words in a source; why they are refused there; None if no reading has them."""
    for reading in READINGS:
        text = text_of(readings, reading)
        spans = locate(text, asked)
        if not spans:
            continue
        if len(spans) > 1:
            lines = ", ".join(str(text.count("\n", 0, start) + 1) for start, _ in spans)
            return _refused("several", f"add the words before or after as prefix or suffix; in {source} see lines {lines}")
        start, end = spans[0]
        if _cuts_word(text, start) or _cuts_word(text, end):
            return _refused("cut-word", f"quote whole words: {source} has {_whole_words(text, start, end)!r}")
        return _in_reading(source, reading, start, end, readings)
    if locate(readings.corrected, asked):
        return _refused(
            "proposed", f"quote the words of {source} as received or cleaned, and name the correction as a proposal of the editors"
        )
    if any(locate(text_of(readings, reading), Anchor("", asked.exact, "")) for reading in READINGS):
        return _refused("context", f"copy prefix and suffix from {source}, including spaces, or leave them out")
    return None


def _in_reading(source: str, reading: str, start: int, end: int, readings: Readings) -> Place | Refusal:
    if reading == "received":
        return Place(source, reading, start, end, -1, -1, start, end)
    ledger = readings.cleaned.ledger
    if any(is_furniture(edit.rules) and not edit.new for edit in ledger.within(start, end)):
        return _refused("not-contiguous", "quote the words before the removed line or those after it")
    return Place(source, reading, start, end, start, end, *ledger.back(start, end))


def _refused(reason: str, hint: str) -> Refusal:
    return Refusal(reason, REASONS[reason], hint)


def text_of(readings: Readings, reading: str) -> str:
    """The text of one of READINGS."""
    return readings.cleaned.text if reading == "cleaned" else readings.received.text


def _cuts_word(text: str, at: int) -> bool:
    """True between two letters of a word, or two digits of a number.

    >>> _cuts_word("no abuse", 4), _cuts_word("no abuse", 3), _cuts_word("in 2020", 5)
    (True, False, True)
    """
    if not 0 < at < len(text):
        return False
    one, two = text[at - 1], text[at]
    return (one.isalpha() and two.isalpha() and max(one, two) < JOINS) or (one.isdigit() and two.isdigit())


def _whole_words(text: str, start: int, end: int) -> str:
    while _cuts_word(text, start):
        start -= 1
    while _cuts_word(text, end):
        end += 1
    return text[start:end]


def _nearest(exact: str, source: str, readings: Readings) -> Near | None:
    """The words of the cleaned text that are most like these."""
    from rapidfuzz import fuzz

    text = readings.cleaned.text
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=LEAST_ALIKE)
    if found is None or found.dest_end <= found.dest_start or len(exact) > len(text):
        return None
    words = _whole_words(text, found.dest_start, found.dest_end).strip()
    return Near(source, words, *first_difference(exact, words), round(found.score, 1))


def uses(records: Mapping[str, Record], readings: Mapping[str, Readings]) -> dict[str, list[Use]]:
    """Every quotation of the records that can be placed, by source."""
    found: dict[str, list[Use]] = {}
    for record in records.values():
        for evidence in record.evidence:
            what = evidence.what
            if (
                isinstance(what, Quotation)
                and what.source in readings
                and isinstance(place := resolve(what, readings[what.source]), Resolved)
            ):
                found.setdefault(what.source, []).append(Use(record, evidence, what, place))
    return found


def bearing(place: Place, found: Iterable[Use]) -> list[tuple[str, Use]]:
    """The quotations of the same source that share words with a place, nearest first: `same`, `within` a longer one, `contains` or `overlaps`."""
    rows = [(relation, use) for use in found if (relation := _relation(place, use.place))]
    order = ("same", "within", "contains", "overlaps")
    return sorted(rows, key=lambda each: (order.index(each[0]), each[1].place.raw_end - each[1].place.raw_start, each[1].record.id))


def _relation(place: Place, other: Resolved) -> str:
    clean = place.cleaned_start >= 0 and other.start >= 0
    one = (place.cleaned_start, place.cleaned_end) if clean else (place.received_start, place.received_end)
    two = (other.start, other.end) if clean else (other.raw_start, other.raw_end)
    if one == two:
        return "same"
    if two[0] <= one[0] and one[1] <= two[1]:
        return "within"
    if one[0] <= two[0] and two[1] <= one[1]:
        return "contains"
    return "overlaps" if one[0] < two[1] and two[0] < one[1] else ""


def cautions(asked: Anchor, place: Place, stance: str, readings: Readings) -> list[str]:
    """What a reader of accepted words must know: a denial or a negation around them, and words that are not in the cleaned text."""
    if place.reading == "received":
        return ["the words are in the text as received; cleaning changes or removes a part of them"]
    quoted = Quotation(place.source, asked.exact, asked.prefix, asked.suffix, "", stance or "asserted", "", "cleaned")
    return [doubt.message for doubt in look_up(quoted, readings).doubts]
