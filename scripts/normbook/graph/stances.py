"""Stances: words that their speaker denies are never shown as the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.graph.evidence import Resolved, resolve
from normbook.graph.subject import Subject
from normbook.problems import Problem
from normbook.records.model import Quotation, Record
from normbook.text.readings import Readings
from normbook.text.stance import find_denied, negated_before

FEWEST_WORDS = 4  # of a quotation that can lose a negation; fewer are a term
CLAIMED_AS_OWN = frozenset({"asserted", "proposed", "reported"})


def stances(subject: Subject) -> Iterator[Problem]:
    """Words that their speaker denies are never recorded as the speaker's own; words cut off from a negation are pointed out."""
    for record in subject.records():
        for each in record.evidence:
            if isinstance(each.what, Quotation) and each.what.source in subject.readings:
                place = resolve(each.what, subject.readings[each.what.source])
                if isinstance(place, Resolved) and place.start >= 0:
                    yield from _stance(record, each.pointer, each.what, place, subject.readings[each.what.source])
        if record.type == "statement":
            yield from _same_stance(record)


def _stance(record: Record, pointer: str, quotation: Quotation, place: Resolved, readings: Readings) -> Iterator[Problem]:
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
                yield record.problem(
                    f"{pointer}/stance",
                    "N501",
                    f"these words are denied where they stand: «{shown}» follows «{words[denied.cue_start : denied.cue_end].strip()}», and cannot be {quotation.stance}",
                    "write «stance: denied» for the one who rejects them, «attributed» for the one who is said to hold them, or quote the denial too",
                )
            else:
                yield record.problem(
                    f"{pointer}/stance",
                    "N502",
                    f"these words may be denied where they stand, in «{shown}»",
                    "let a second person read the sentence; quote the whole of it if in doubt",
                    level="warning",
                )
        if (
            start > 0
            and len(quotation.exact.split()) >= FEWEST_WORDS
            and quotation.stance in CLAIMED_AS_OWN
            and (word := negated_before(words, start))
            and _in_verb_phrase(words, start)
        ):
            yield record.problem(
                f"{pointer}/exact",
                "N503",
                f"the words follow «{word}» in the same clause, which the quotation leaves out",
                "begin the quotation before the negation",
                level="warning",
            )


def _in_verb_phrase(sentence: str, start: int) -> bool:
    """True unless the words begin anew after a comma or a clause word."""
    return not sentence[:start].rstrip().endswith((",", ";", ":", "“", '"', "that"))


def _same_stance(record: Record) -> Iterator[Problem]:
    for each in record.evidence:
        if isinstance(each.what, Quotation) and "/stance" in each.bears and each.what.stance != record.fields["stance"]:
            yield record.problem(
                f"{each.pointer}/stance",
                "N504",
                f"the evidence for the stance is {each.what.stance}, the statement {record.fields['stance']}",
                "write the same stance in both places",
            )
