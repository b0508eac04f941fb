"""The words that tell a value, per language, and where they stand in quoted words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from normbook.languages import language
from normbook.languages.language import vocabulary

CONTRACTED = language.pattern(r"(?i)\b<negation.contracted-irregularly:en>['’]t\b|<negation.contracted:en>\b")

MOST_KEPT = 10_000  # results for the words seen last: a quotation is judged for each of its values


class Hit(NamedTuple):
    """One place where a phrase of a list stands: the list's name, and the code points."""

    key: str
    start: int
    end: int


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Any phrase of a list in any language; where a language sets blanks between words, whole words alone."""
    return language.kept().pattern(f"<{key}>", lambda: _expression(key), re.IGNORECASE)


def _expression(key: str) -> str:
    """The regular expression of that pattern."""
    known = vocabulary()
    parts = []
    if known.phrases(key, "spaced"):
        parts.append(rf"(?<![\w-])(?:{known.alternation(key, 'spaced')})(?![\w-])")
    if known.phrases(key, "dense"):
        parts.append(known.alternation(key, "dense"))
    return "|".join(parts)


@lru_cache(MOST_KEPT)
def find(words: str, *lists: str) -> Sequence[Hit]:
    """Where phrases of some lists stand; of those that overlap the longest counts.

    >>> [hit.key for hit in find("Members should refrain from closing ports", "modality.should", "modality.should-not")]
    ['modality.should-not']
    """
    found = sorted(
        (Hit(key, *match.span()) for key in lists for match in pattern(key).finditer(words)), key=lambda hit: (hit.start, -hit.end)
    )
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return tuple(kept)


@cache
def contractions() -> dict[str, str]:
    """The beginning of each irregular contraction of a verb with "not" -> what it stands for.

    >>> contractions()["won"]
    'will not'
    """
    known = vocabulary()
    return dict(zip(known.phrases("negation.contracted-irregularly"), known.phrases("negation.written-out"), strict=True))


def spelled_out(words: str) -> str:
    """The words with contracted negations written out, and "by no means" and the like as "not".

    >>> spelled_out("It won’t and doesn't")
    'It will not and does not'
    """
    words = CONTRACTED.sub(lambda match: contractions().get(match[0][:-2].lower(), " not"), words)
    return pattern("negation.adverbs").sub("not", words)
