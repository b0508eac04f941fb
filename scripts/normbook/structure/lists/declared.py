"""The number of items that the words before a list announce: "three principles:"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from normbook.languages.language import Numbered, pattern
from normbook.structure.lists.markers import HAN, NUMBERS, han_number

NOUN = "<lists.counted-nouns:spaced>"
COUNTED = pattern(rf"(?i)\b(?P<n><numbers.cardinals:spaced>|\d{{1,2}})[ -](?:[\w’'-]+ ){{0,2}}?{NOUN}\b")
DONE_TOGETHER = r"(?:[\w’-]+\s)?[\w’-]+\s(?:<grammar.also:en>\s)?<lists.done-together>\b"
NO_POINT = r"(?:<lists.no-points>|(?:<months.wide>|<months.short>)\b)"
ANY_COUNTED = pattern(
    rf"(?i)\b(?P<n>(?!<lists.one:en>\b)<numbers.cardinals:spaced>|\d{{1,2}})\s(?!{DONE_TOGETHER}|{NO_POINT})(?:[\w’'-]+\s){{0,3}}?[\w’'-]{{3,}}"
)
REFERRED = pattern(r"(?i)\b<lists.reference-nouns> \Z")
CHINESE_COUNTED = pattern(
    r"(?P<n><numbers.cardinals:dense>|<numbers.pairs:dense>|\d{1,2})<lists.measure-words>(?:<lists.measure-qualifiers>)?"
    r"(?:<lists.of:dense>)?(?:<lists.counted-nouns:dense>)?"
)
PAIRS = Numbered("numbers.pairs", part="dense")
WORD_MARKS = "_’'-"  # characters of words in these patterns besides letters and digits
MOST_GAPS = 5  # no match has more spaces
LONGEST_REFERENCE = 20
NEAR = 60  # code points before a list in which Chinese words announce its number


def declared(words: str) -> int | None:
    """The number of items that the words before a list announce, or None.

    >>> declared("We put forward three principles."), declared("The parties shall:"), declared("提出八点倡议：")
    (3, None, 8)
    """
    return Counts(words).before(len(words))


class Found(NamedTuple):
    """The matches of a pattern in a paragraph, their starts, and for each the last match up to it that has a number."""

    matches: list[re.Match[str]]
    starts: list[int]
    counting: list[int]


class Counts:
    """The numbers that a paragraph announces, computed once for all of its lists."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._found: dict[re.Pattern[str], Found] = {}

    def before(self, end: int) -> int | None:
        """The result of `declared` for the words before an offset.

        >>> Counts("Two rules and three steps: (a) walk").before(13), Counts("Two rules and three steps: (a) walk").before(27)
        (2, 3)
        """
        words = self.words
        counted = self._last(COUNTED, 0, end)
        shown = end
        while shown and words[shown - 1].isspace():
            shown -= 1
        if not counted and shown and words[shown - 1] in ":：":
            sentence = max(words.rfind(". ", 0, shown - 1), words.rfind("。", 0, end), words.rfind("\n", 0, end), 0)
            counted = self._last(ANY_COUNTED, sentence, shown)
        if not counted:
            counted = next(reversed([match["n"] for match in CHINESE_COUNTED.finditer(words[max(end - NEAR, 0) : end])]), None)
        if not counted:
            return None
        word = counted.lower()
        number = NUMBERS.get(word) or PAIRS.get(word) or (han_number(word) if word in HAN else int(word))
        return number if number > 1 else None

    def _last(self, pattern: re.Pattern[str], start: int, end: int) -> str | None:
        """The number of the last match in `words[start:end]`: a match of the whole paragraph, or one near `end`, which may cut a match off."""
        matches, starts, counting = self._whole(pattern)
        first, cut = bisect_left(starts, start), self._reach(end)
        if first and matches[first - 1].end() > start:
            cut = start  # a match crosses the start: search the whole span again
        sound = max(bisect_left(starts, cut), first)  # matches from `first` up to here do not depend on the end
        near = pattern.finditer(self.words, max(start, cut, matches[sound - 1].end() if sound > first else 0), end)
        for match in reversed(list(near)):
            if self._counts(match):
                return str(match["n"])
        last = counting[sound - 1] if sound > first else -1
        return str(matches[last]["n"]) if last >= first else None

    def _whole(self, pattern: re.Pattern[str]) -> Found:
        if pattern not in self._found:
            matches = list(pattern.finditer(self.words))
            counting = (k if self._counts(match) else -1 for k, match in enumerate(matches))
            self._found[pattern] = Found(matches, [match.start() for match in matches], list(accumulate(counting, max)))
        return self._found[pattern]

    def _counts(self, match: re.Match[str]) -> bool:
        """False for the number of an article or a rule."""
        at = match.start()
        return match.re is COUNTED or not REFERRED.search(self.words, max(at - LONGEST_REFERENCE, 0), at)

    def _reach(self, end: int) -> int:
        """The offset from which on a match may reach `end`; earlier ones are stopped by punctuation or too many spaces."""
        gaps = 0
        while end and gaps <= MOST_GAPS:
            last = self.words[end - 1]
            if last.isspace():
                gaps += 1
            elif not (last.isalnum() or last in WORD_MARKS):
                break
            end -= 1
        return end
