"""Looks up a quotation in its source: its place, and whether the text around it contradicts its stance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Level
from normbook.graph.evidence import Refusal, Resolved, resolve
from normbook.records.model import Quotation

MIN_WORDS = 4  # a shorter quotation is a term, which has no negation to lose
OWN_STANCES = frozenset({"asserted", "proposed", "reported"})


class Doubt(NamedTuple):
    """A possibly wrong stance: the key of the evidence to report, and the parts of the finding."""

    key: str
    code: str
    message: str
    hint: str
    level: Level


class QuotationLookup(NamedTuple):
    """The place of a quotation, or why there is none, and the doubts about its stance."""

    place: Resolved | Refusal
    doubts: tuple[Doubt, ...]


def look_up(quotation: Quotation, readings: Readings) -> QuotationLookup:
    """The place of a quotation and the doubts about its stance. Depends only on its arguments, so the result can be cached."""
    place = resolve(quotation, readings)
    if isinstance(place, Refusal) or place.start < 0:
        return QuotationLookup(place, ())
    return QuotationLookup(place, tuple(_doubts(quotation, place, readings)))


def _doubts(quotation: Quotation, place: Resolved, readings: Readings) -> Iterator[Doubt]:
    from normbook.extraction.stance import find_denied, negated_before  # imported late, because it compiles many patterns

    text = readings.cleaned.text
    for first, last in readings.sentences_at(place.start, place.end):
        words, start, end = text[first:last], place.start - first, place.end - first
        for denied in find_denied(words):
            covers_cue = start <= denied.cue_start and denied.cue_end <= end
            if covers_cue or end <= denied.start or denied.end <= start or quotation.stance not in OWN_STANCES:
                continue
            clause = words[denied.start : denied.end]
            if denied.certain:
                yield Doubt(
                    "stance",
                    "N501",
                    f"the source denies this: {clause!r} follows {words[denied.cue_start : denied.cue_end].strip()!r}, so the stance cannot be {quotation.stance}",
                    "write `stance: denied` for the person who denies it, `stance: attributed` for the person said to hold it, or include the denial in the quotation",
                    "error",
                )
            else:
                yield Doubt(
                    "stance",
                    "N502",
                    f"the source may deny this, in {clause!r}",
                    "let a second person read the sentence; if in doubt, quote all of it",
                    "warning",
                )
        if (
            start > 0
            and len(quotation.exact.split()) >= MIN_WORDS
            and quotation.stance in OWN_STANCES
            and (word := negated_before(words, start))
            and _in_verb_phrase(words, start)
        ):
            message = f"the quotation leaves out {word!r}, which precedes it in the same clause"
            yield Doubt("exact", "N503", message, "start the quotation before the negation", "warning")


def _in_verb_phrase(sentence: str, start: int) -> bool:
    """True unless a new clause starts here, after a comma, a colon, a quotation mark or "that"."""
    return not sentence[:start].rstrip().endswith((",", ";", ":", "“", '"', "that"))
