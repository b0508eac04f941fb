"""How many items the words before a list say that it has."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from normbook.structure.lists.markers import HAN, NUMBERS, han_number

NOUN = (
    r"(?:principles?|commitments?|points?|proposals?|measures?|criteri(?:a|on)|norms?|objectives?|goals?|pillars?|values?|aspects?|areas?|suggestions?|priorit(?:y|ies)|steps?|recommendations?|actions?|"
    r"rules?|conditions?|requirements?|elements?|demands?|pledges?|tasks?|things|ways|questions|reasons|items|propositions?|stages|duties|promises|initiatives|requests|understandings|pillars|undertakings|Punkte|Grundsätze|Maßnahmen|Vorschläge|Ziele|Forderungen|Zusagen|Schritte|puntos|medidas|principios|propuestas|compromisos|objetivos|mesures|principes|propositions|engagements|objectifs|propostas|princípios|compromissos|принципов|принципа|мер|меры|предложений|предложения|пунктов|пункта|uppgifter|åtgärder|principer|förslag)"
)
COUNTED = re.compile(rf"(?i)\b(?P<n>{'|'.join(NUMBERS)}|\d{{1,2}})[ -](?:[\w’'-]+ ){{0,2}}?{NOUN}\b")
ANY_COUNTED = re.compile(
    rf"(?i)\b(?P<n>{'|'.join(word for word in NUMBERS if word != 'one')}|\d{{1,2}})\s(?!percent|per cent|sides\b|(?:[\w’-]+\s)?[\w’-]+\s(?:also\s)?(?:held|met|agreed|reached|signed|exchanged|discussed|reviewed|reaffirmed|welcomed|noted|expressed|stressed|decided|concluded|issued)\b|days?|years?|months?|weeks?|hours?|times|of\b)(?:[\w’'-]+\s){{0,3}}?[\w’'-]{{3,}}"
)
REFERRED = re.compile(
    r"(?i)\b(?:articles?|sections?|annex|chapters?|paragraphs?|part|rule|artículo|Artikel|статьи?) \Z"
)  # "Article 2" counts nothing
CHINESE_COUNTED = re.compile(
    rf"(?P<n>[{HAN}两]|\d{{1,2}})(?:大|个|项|点|条|件|方面|类|款)(?:事情?|方面|核心|重要|基本|主要|具体|共同)?(?:的)?(?:建议|倡议|主张|原则|承诺|措施|要求|意见|共识|内容|任务|目标|工作|举措|行动|方面|倡导|呼吁|想法|希望|要点|理念|条件)?"
)
WORD_MARKS = "_’'-"  # what stands in a word of these patterns besides letters and digits
MOST_GAPS = 5  # no match spans more spaces than that
LONGEST_REFERENCE = 20
NEAR = 60  # code points before a list in which Chinese words count it


def declared(words: str) -> int | None:
    """The number of items that the words before a list state, None if they state none.

    >>> declared("We put forward three principles."), declared("The parties shall:"), declared("提出八点倡议：")
    (3, None, 8)
    """
    return Counts(words).before(len(words))


class Found(NamedTuple):
    """The matches of a pattern in a whole paragraph, where each starts, and for each the last one up to it that counts something."""

    matches: list[re.Match[str]]
    starts: list[int]
    counting: list[int]


class Counts:
    """The numbers that a paragraph states, read once, to be asked for the words before each of its lists."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._found: dict[re.Pattern[str], Found] = {}

    def before(self, end: int) -> int | None:
        """What `declared` says of the words before a place.

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
        number = NUMBERS.get(word) or (2 if word == "两" else han_number(word) if word in HAN else int(word))
        return number if number > 1 else None

    def _last(self, pattern: re.Pattern[str], start: int, end: int) -> str | None:
        """The number of the last match in `words[start:end]`: one of the whole paragraph, or one near the end, which may cut what stands there."""
        matches, starts, counting = self._whole(pattern)
        first, cut = bisect_left(starts, start), self._reach(end)
        if first and matches[first - 1].end() > start:
            cut = start  # one that begins before crosses the start: the whole is read again
        sound = max(bisect_left(starts, cut), first)  # those from `first` up to here are the same whatever the end
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
        """The place from which on a match may reach a later one: before it stand a mark or too many spaces."""
        gaps = 0
        while end and gaps <= MOST_GAPS:
            last = self.words[end - 1]
            if last.isspace():
                gaps += 1
            elif not (last.isalnum() or last in WORD_MARKS):
                break
            end -= 1
        return end
