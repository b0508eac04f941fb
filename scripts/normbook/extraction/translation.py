"""Signs of a bad translation, as corrections for a person to accept or reject: wrong terms, inconsistent names, faults of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from normbook.extraction.initiatives import content_words, find_initiatives
from normbook.extraction.speakers import find_speakers
from normbook.extraction.translation_signs import signs
from normbook.languages.language import vocabulary
from normbook.structure.segmented import Segment
from normbook.text.anchors import Anchor, anchor
from normbook.text.detection import is_english

BEFORE = 24  # code points before a sentence that may be the number of an item
ALIKE = 0.8  # similarity of two names from which one counts as a variant of the other
LEAST = 4  # letters; shorter names are too similar to each other


class Term(NamedTuple):
    """A wrong translation in the glossary: the wrong words, the right term, the context in which it is wrong, and the original term.

    `unless` are words of which none follows the wrong ones.
    """

    wrong: str
    right: str
    context: str
    original: str | None
    unless: tuple[str, ...] = ()


class Suggestion(NamedTuple):
    """A proposed correction, open until a person decides: span, anchor, replacement, reason, kind of error and certainty."""

    start: int
    end: int
    anchor: Anchor
    replacement: str
    reason: str
    category: Literal["term", "mistranslation", "omission", "capital", "grammar"]
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

    Wrong terms and signs in single sentences are looked for only if the translation is `suspect`: an original has no translation errors.

    `known` maps each variant of an initiative's name to the preferred one. Nothing here is certain: a term may be right in its
    context, a similar name may be another person's, and a sentence without a subject may be a heading. A person decides.
    """
    covered = sorted(taken)
    candidates = [*_initiatives(text, known), *_people(text)]
    if suspect:
        candidates += [*_terms(text, terms), *_signs(text, segments)]
    chosen: list[Suggestion] = []
    for candidate in sorted(candidates):
        overlaps = any(start < candidate.end and candidate.start < end for start, end in covered)
        if not overlaps and not (chosen and candidate.start < chosen[-1].end):
            chosen.append(candidate)
    return chosen


def _terms(text: str, terms: Iterable[Term]) -> Iterator[Suggestion]:
    for term in terms:
        unless = f"(?! (?:{'|'.join(map(re.escape, term.unless))})\\b)" if term.unless else ""
        for match in re.finditer(rf"(?i)(?<!\w){re.escape(term.wrong)}(?P<plural>s)?(?!\w){unless}", text):
            right = _in_number(term, match)
            begins = match.start() and text[match.start() - 2 : match.start()] in (". ", "\n\n")
            new = right.capitalize() if match[0][:1].isupper() and begins else right
            new = right.title() if match[0].istitle() and " " in match[0] and right.islower() else new
            if new.lower() != match[0].lower():
                reason = f"The glossary knows “{term.wrong}” as a wrong rendering of “{term.right}” {term.context}."
                yield Suggestion(
                    match.start(), match.end(), anchor(text, match.start(), match.end()), new, reason, "term", "low", term.original
                )


def _in_number(term: Term, match: re.Match[str]) -> str:
    """The right term, in the plural where the wrong words are."""
    plural = match["plural"] or match[0].lower() in vocabulary().words("translation.irregular-plurals")
    return f"{term.right}s" if plural and not term.right.endswith("s") else term.right


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
        names[name] = sum(1 for _ in _places(text, name))
    for name, count in names.items():
        for other, more in names.items():
            if (
                more > count
                and name != other
                and len(name) >= LEAST
                and name.split()[-1] != other.split()[0]
                and SequenceMatcher(None, name, other).ratio() >= ALIKE
            ):
                for start in _places(text, name):
                    end = start + len(name)
                    reason = f"The same text writes “{other}” {more} times; “{name}” may be the same person."
                    yield Suggestion(start, end, anchor(text, start, end), other, reason, "mistranslation", "low")


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name is in a text as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        is_whole = not _in_word(text[start - 1 : start]) and not _in_word(text[end : end + 1])
        if is_whole:
            yield start
        start = text.find(name, max(end, start + 1) if is_whole else start + 1)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _signs(text: str, segments: Sequence[Segment]) -> Iterator[Suggestion]:
    """The signs of a bad translation in the sentences of an English text."""
    if not is_english(text):
        return
    for segment in segments:
        if segment.kind in ("sent", "headline", "heading"):
            before = text[max(0, segment.start - BEFORE) : segment.start].rpartition("\n")[2]
            for sign in signs(text[segment.start : segment.end], before):
                start, end = segment.start + sign.start, segment.start + sign.end
                yield Suggestion(start, end, anchor(text, start, end), sign.replacement, sign.reason, sign.category, "low")
