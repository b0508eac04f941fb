"""Full dates that are written in words or in Chinese numerals, as at the end of treaties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normbook.languages.calendar_words import ENGLISH

ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
UNDER_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[:9])}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
WORDED = re.compile(
    rf"(?i)\b(?P<day>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?: day)? of (?P<month>{'|'.join(ENGLISH)}),? (?:in the year )?"
    rf"(?:(?P<thousand>two thousand)(?:(?: and)? (?P<rest>{UNDER_HUNDRED}))?|(?P<year>(?:19|20)\d\d))\b"
)
HAN_DIGITS = {digit: n for n, digits in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for digit in digits}
HAN = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)


def worded_days(text: str) -> Iterator[tuple[int, int, date]]:
    """Each full date in words: the code points it stands at and the day; one that no calendar has is left out.

    >>> [day.isoformat() for *_, day in worded_days("this ninth day of May two thousand and eighteen; 二〇二一年十月二十八日")]
    ['2018-05-09', '2021-10-28']
    """
    if " of " in text and ("thousand" in text or "day of" in text):
        for match in WORDED.finditer(text):
            year = int(match["year"]) if match["year"] else 2000 + _under_hundred((match["rest"] or "").lower())
            yield from _dated(match, year, ENGLISH.index(match["month"].lower()) + 1, ORDINALS.index(match["day"].lower()) + 1)
    if "年" in text:
        for match in HAN.finditer(text):
            year = int("".join(str(HAN_DIGITS[digit]) for digit in match["year"]))
            yield from _dated(match, year, _han(match["month"]), _han(match["day"]))


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, date]]:
    try:
        yield match.start(), match.end(), date(year, month, day)
    except ValueError:
        return


def _under_hundred(words: str) -> int:
    """The number that words state, 0 for none."""
    total = 0
    for word in words.replace("-", " ").split():
        total += ONES.index(word) + 1 if word in ONES else 10 * (TENS.index(word) + 2)
    return total


def _han(numeral: str) -> int:
    """A number below a hundred in Chinese numerals."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return HAN_DIGITS[numeral] if len(numeral) == 1 else 0
    return 10 * HAN_DIGITS.get(tens, 1) + HAN_DIGITS.get(ones, 0)
