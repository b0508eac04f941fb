"""What is found of a quotation in its source: where it stands, and what the words around it do to its sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Level
from normbook.graph.evidence import Refusal, Resolved, resolve
from normbook.records.model import Quotation

FEWEST_WORDS = 4  # of a quotation that can lose a negation; fewer are a term
CLAIMED_AS_OWN = frozenset({"asserted", "proposed", "reported"})


class Doubt(NamedTuple):
    """What may be wrong with a stance: the key of the evidence that it concerns, and the finding."""

    key: str
    code: str
    message: str
    hint: str
    level: Level


class Quoted(NamedTuple):
    """The place of a quotation, or why there is none; and the doubts about its stance."""

    place: Resolved | Refusal
    doubts: tuple[Doubt, ...]


def look_up(quotation: Quotation, readings: Readings) -> Quoted:
    """What is found of a quotation: a function of its words, its stance and the readings alone, so that it can be remembered."""
    place = resolve(quotation, readings)
    if isinstance(place, Refusal) or place.start < 0:
        return Quoted(place, ())
    return Quoted(place, tuple(_doubts(quotation, place, readings)))


def _doubts(quotation: Quotation, place: Resolved, readings: Readings) -> Iterator[Doubt]:
    from normbook.extraction.stance import find_denied, negated_before  # with all its patterns

    text = readings.cleaned.text
    for sentence in readings.segmented.segments:
        if sentence.kind not in ("sent", "headline", "heading") or sentence.end <= place.start or place.end <= sentence.start:
            continue
        words, start, end = text[sentence.start : sentence.end], place.start - sentence.start, place.end - sentence.start
        for denied in find_denied(words):
            covers_cue = start <= denied.cue_start and denied.cue_end <= end
            if covers_cue or end <= denied.start or denied.end <= start or quotation.stance not in CLAIMED_AS_OWN:
                continue
            shown = words[denied.start : denied.end]
            if denied.certain:
                yield Doubt(
                    "stance",
                    "N501",
                    f"these words are denied where they stand: «{shown}» follows «{words[denied.cue_start : denied.cue_end].strip()}», and cannot be {quotation.stance}",
                    "write «stance: denied» for the one who rejects them, «attributed» for the one who is said to hold them, or quote the denial too",
                    "error",
                )
            else:
                yield Doubt(
                    "stance",
                    "N502",
                    f"these words may be denied where they stand, in «{shown}»",
                    "let a second person read the sentence; quote the whole of it if in doubt",
                    "warning",
                )
        if (
            start > 0
            and len(quotation.exact.split()) >= FEWEST_WORDS
            and quotation.stance in CLAIMED_AS_OWN
            and (word := negated_before(words, start))
            and _in_verb_phrase(words, start)
        ):
            said = f"the words follow «{word}» in the same clause, which the quotation leaves out"
            yield Doubt("exact", "N503", said, "begin the quotation before the negation", "warning")


def _in_verb_phrase(sentence: str, start: int) -> bool:
    """True unless the words begin anew after a comma or a clause word."""
    return not sentence[:start].rstrip().endswith((",", ";", ":", "“", '"', "that"))
