"""Signs of a bad translation, as corrections for a person to accept or reject: wrong terms, inconsistent names, lost subjects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from normbook.extraction.initiatives import content_words, find_initiatives
from normbook.extraction.speakers import find_speakers
from normbook.languages.language import pattern
from normbook.structure.segmented import Segment
from normbook.text.anchors import Anchor, anchor
from normbook.text.detection import is_english

NOT_ASKED = r"(?!<translation.not-asked>\b)"
NO_PLURAL = r"(?!(?!always\b|thus\b)[a-z]+[^su\W]s\b)"  # "Should states agree" is a condition
AUXILIARY = rf"<translation.auxiliaries> {NOT_ASKED}{NO_PLURAL}"
VERB = r"<translation.telling-verbs> (?!not\b)"
VERB_OR_NOUN = r"Calls (?=(?:for|on|upon)\b)|<translation.verbs-or-nouns> (?=<translation.opens-object>\b)"
LOST_SUBJECT = pattern(rf"(?:{AUXILIARY}|{VERB}|{VERB_OR_NOUN})(?=[a-z])")
ALIKE = 0.8  # similarity of two names from which one counts as a variant of the other
LEAST = 4  # letters; shorter names are too similar to each other


class Term(NamedTuple):
    """A wrong translation in the glossary: the wrong words, the right term, the context in which it is wrong, and the original term."""

    wrong: str
    right: str
    context: str
    original: str | None


class Suggestion(NamedTuple):
    """A proposed correction, open until a person decides: span, anchor, replacement, reason, kind of error and certainty."""

    start: int
    end: int
    anchor: Anchor
    replacement: str
    reason: str
    category: Literal["term", "mistranslation", "omission"]
    certainty: Literal["low", "medium"]
    original: str | None = None


def suggest(
    text: str,
    segments: Sequence[Segment],
    terms: Iterable[Term],
    known: Mapping[str, str],
    taken: Iterable[tuple[int, int]] = (),
    suspect: bool = True,
) -> list[Suggestion]:
    """The suggestions for a cleaned text, in the order of the text, except where a correction already exists (`taken`).

    Wrong terms and lost subjects are looked for only if the translation is `suspect`: an original has no translation errors.

    `known` maps each variant of an initiative's name to the preferred one. Nothing here is certain: a term may be right in its
    context, a similar name may be another person's, and a sentence without a subject may be a heading. A person decides.
    """
    covered = sorted(taken)
    candidates = [*_initiatives(text, known), *_people(text)]
    if suspect:
        candidates += [*_terms(text, terms), *_subjects(text, segments)]
    chosen: list[Suggestion] = []
    for candidate in sorted(candidates):
        overlaps = any(start < candidate.end and candidate.start < end for start, end in covered)
        if not overlaps and not (chosen and candidate.start < chosen[-1].end):
            chosen.append(candidate)
    return chosen


def _terms(text: str, terms: Iterable[Term]) -> Iterator[Suggestion]:
    for term in terms:
        for match in re.finditer(rf"(?i)(?<!\w){re.escape(term.wrong)}(?!\w)", text):
            new = (
                term.right.capitalize()
                if match[0][:1].isupper() and match.start() and text[match.start() - 2 : match.start()] in (". ", "\n\n")
                else term.right
            )
            new = term.right.title() if match[0].istitle() and " " in match[0] and term.right.islower() else new
            if new.lower() != match[0].lower():
                reason = f"The glossary knows “{term.wrong}” as a wrong rendering of “{term.right}” {term.context}."
                yield Suggestion(
                    match.start(), match.end(), anchor(text, match.start(), match.end()), new, reason, "term", "low", term.original
                )


def _initiatives(text: str, known: Mapping[str, str]) -> Iterator[Suggestion]:
    """Names of initiatives that differ by one word from a known name, or from one that the text uses more often."""
    mentions = find_initiatives(text)
    counts = Counter(mention.name for mention in mentions)
    preferred = set(known.values())
    for mention in mentions:
        if mention.name in known or mention.name in preferred:
            continue
        words = content_words(mention.name)
        best = next((name for name in sorted(preferred) if len(words ^ content_words(name)) == 2), None)
        source = "the name that the records know"
        if best is None:
            best = next(
                (name for name, count in counts.most_common() if count > counts[mention.name] and len(words ^ content_words(name)) == 2),
                None,
            )
            source = "the name that this text uses elsewhere"
        if best:
            reason = f"“{mention.name}” differs in one word from {source}, “{best}”."
            yield Suggestion(mention.start, mention.end, anchor(text, mention.start, mention.end), best, reason, "mistranslation", "medium")


def _people(text: str) -> Iterator[Suggestion]:
    """Names of people that differ by a letter or two from a more frequent name in the same text."""
    names = Counter(speaker.name for speaker in find_speakers(text))
    for name in names:
        names[name] = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    for name, count in names.items():
        for other, more in names.items():
            if (
                more > count
                and name != other
                and len(name) >= LEAST
                and name.split()[-1] != other.split()[0]
                and SequenceMatcher(None, name, other).ratio() >= ALIKE
            ):
                for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    reason = f"The same text writes “{other}” {more} times; “{name}” may be the same person."
                    yield Suggestion(
                        match.start(), match.end(), anchor(text, match.start(), match.end()), other, reason, "mistranslation", "low"
                    )


def _subjects(text: str, segments: Sequence[Segment]) -> Iterator[Suggestion]:
    """English sentences that start with their verb and are not questions: the subject was lost in translation."""
    if not is_english(text):
        return
    for segment in segments:
        words = text[segment.start : segment.end]
        if segment.kind == "sent" and words[-1:] != "?" and (match := LOST_SUBJECT.match(words)) and len(words) > 25:
            at = segment.start
            end = at + len(match[0].rstrip())
            reason = "The sentence opens with its verb: who acts was lost, or stands in the sentence before."
            yield Suggestion(at, end, anchor(text, at, end), f"[who?] {match[0].rstrip()}", reason, "omission", "low")
