"""Full dates that are written in words or in Chinese numerals, as at the end of treaties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normbook.languages.language import Numbered, Words, pattern
from normbook.text.calendar_words import MONTHS

UNITS = Numbered("numbers.cardinals", part="en")
TENS = Numbered("numbers.tens", part="en")
ORDINALS = Numbered("numbers.ordinals", part="en")
UNDER_HUNDRED = r"(?:<numbers.tens:en>(?:[- ]<numbers.units:en>)?|<numbers.cardinals:en>)"
WORDED = pattern(
    r"(?i)\b(?P<day><numbers.ordinals:en>)(?: day)? of (?P<month><months.wide:en>),? (?:in the year )?"
    rf"(?:(?P<thousand>two thousand)(?:(?: and)? (?P<rest>{UNDER_HUNDRED}))?|(?P<year>(?:19|20)\d\d))\b"
)
TEN = 10
HAN_DIGITS = Numbered("numbers.cardinals", part="dense")
HAN_ZEROS = Words("dates.zeros")
YEAR_MARKS = Words("dates.year-marks")
HAN = pattern(
    r"(?P<year>(?:<dates.zeros>|<numbers.digits:dense>){4})<dates.year-marks>(?P<month><numbers.cardinals:dense>{1,2})"
    r"<dates.month-marks>(?P<day><numbers.cardinals:dense>{1,3})<dates.full-day-marks>"
)


def worded_days(text: str) -> Iterator[tuple[int, int, date]]:
    """Each full date in words: the code points it stands at and the day; one that no calendar has is left out.

    >>> [day.isoformat() for *_, day in worded_days("this ninth day of May two thousand and eighteen; 二〇二一年十月二十八日")]
    ['2018-05-09', '2021-10-28']
    """
    if " of " in text and ("thousand" in text or "day of" in text):
        for match in WORDED.finditer(text):
            year = int(match["year"]) if match["year"] else 2000 + _under_hundred((match["rest"] or "").lower())
            yield from _dated(match, year, MONTHS[match["month"].lower()], ORDINALS[match["day"].lower()])
    if any(map(text.__contains__, YEAR_MARKS.ends)):
        for match in HAN.finditer(text):
            year = int("".join(str(0 if digit in HAN_ZEROS else HAN_DIGITS[digit]) for digit in match["year"]))
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
        total += UNITS[word] if word in UNITS else 10 * TENS[word]
    return total


def _han(numeral: str) -> int:
    """A number below a hundred in Chinese numerals."""
    tens, ten, ones = numeral.partition(HAN_DIGITS.ordered[TEN - 1])
    if not ten:
        return HAN_DIGITS[numeral] if len(numeral) == 1 else 0
    return TEN * HAN_DIGITS.get(tens, 1) + HAN_DIGITS.get(ones, 0)
