"""Calendar days as texts write them, in the languages in which the texts come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from normbook.languages.calendar_words import MONTHS, WEEKDAY_WORDS
from normbook.languages.language import Numbered, Vocabulary, Words, pattern, vocabulary
from normbook.text.line_cache import remembered

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
HAN_NUMERALS = pattern(
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
        for match in HAN_NUMERALS.finditer(text):
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


# days told by the number of days since: "two days ago", with the words without which none of them stands in a text
COUNT = r"(?:<numbers.cardinals>|[2-6])"
AGO = r"(?i)\b<dates.ago:spaced>\b|(?<!\d)(?<!<numbers.cardinals:dense>)(?<!<numbers.pairs:dense>)<dates.ago:dense>"
AGO_WORDS = Words("dates.ago-marks")
DAY_MARKS = Words("dates.day-marks")
MONTH = r"(?:<months.wide>|<months.short>\b\.?)"
NUMBER_END = r"(?:<dates.number-ends>)?"
ENGLISH_END = r"(?:<dates.number-ends:en>)?"
FULL_YEAR = r"(?:19|20)\d\d"
FULL = (
    rf"\b(?P<m>{MONTH}),? (?P<d>\d{{1,2}}){ENGLISH_END}(?:,? |,)(?P<y>{FULL_YEAR})(?!\d)",
    rf"\b(?P<d2>\d{{1,2}}){NUMBER_END}[ -]?(?:<dates.before-month> )?(?P<m2>{MONTH})[,-]? ?(?:<dates.before-year> )?(?P<y2>{FULL_YEAR}|[’']\d\d)(?!\d)",
    rf"(?<!\d)(?!(?<=/)\d{{4}}/)(?P<y3>{FULL_YEAR})(?P<sep>[-/.])(?P<m3>\d{{1,2}})(?P=sep)(?P<d3>\d{{1,2}})(?![\d/])",
    rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sep2>[-/.])(?P<b>\d{{1,2}})(?P=sep2)(?P<y4>{FULL_YEAR})(?!\d)",
    rf"(?P<y5>{FULL_YEAR}) ?<dates.year-marks> ?(?P<m5>\d{{1,2}}) ?<dates.month-marks> ?(?P<d5>\d{{1,2}}) ?<dates.full-day-marks>",
    rf"\b(?P<y6>{FULL_YEAR}),? (?P<m6>{MONTH}) (?P<d6>\d{{1,2}}){ENGLISH_END}(?![\d:]|,? {FULL_YEAR})",
)
NO_YEAR = (
    rf"\b(?P<m>{MONTH}) (?P<d>\d{{1,2}}){ENGLISH_END}(?![\d:]|,? {FULL_YEAR}|[-–]\d)",
    rf"\b(?P<d2>\d{{1,2}}){NUMBER_END} ?(?:<dates.before-month> )?(?P<m2>{MONTH})\b(?!,? ?(?:<dates.before-year> )?{FULL_YEAR})",
    r"(?<!<dates.year-marks>)(?<!\d)(?P<m5>\d{1,2})<dates.month-marks>(?P<d5>\d{1,2})<dates.day-marks>",
)
WEEKDAY = (
    r"(?<![\w-])(?P<w><weekdays.wide:spaced>|<weekdays.in-dates:spaced>)(?![\w-])",
    r"(?P<c><weekdays.wide:dense>|<weekdays.in-dates:dense>)",
)
DAY_ALONE = r"(?<!\d)(?<!<dates.month-marks>)(?<!<dates.year-marks>)(?P<d>\d{1,2})<dates.day-marks>(?!<dates.no-day-before>)"
RELATIVE = (
    r"\b(?:(?P<two><dates.day-before-yesterday:spaced>)|(?P<one><dates.yesterday:spaced>)|(?P<none><dates.today:spaced>))\b",
    r"(?P<c0>(?<!<dates.not-today-after>)<dates.today:dense>(?!<dates.not-today-before>))",
    r"(?P<c1><dates.yesterday:dense>)|(?P<c2>(?<!<dates.earlier-marks>)<dates.day-before-yesterday:dense>)",
)
BACK = {"two": 2, "one": 1, "none": 0, "c2": 2, "c1": 1, "c0": 0}  # days before the day of the text
AGO_LEAST, AGO_MOST = 2, 6  # days that "days ago" may count
YEAR = re.compile(r"19|20|[’']\d\d")  # of a full date
SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")  # the number of a day is no part of a longer one
MIDST = re.compile(r"[\w,]\s$")  # before a word inside a sentence
NAMED = pattern(r"\b<dates.named-days>\s$")  # days with a name of their own
BESIDE = pattern(
    r"(?: <dates.parts-of-day>)?[,.]? ?(?:<dates.articles> )?[（(]?"
)  # between the name of a weekday and the date that says which
# French "hier" is German and Dutch for "here"
FRENCH = pattern(r"\b<grammar.marks:fr>\b|[ld]['’]")
NOT_FRENCH = pattern(r"\b(?:<grammar.marks:de>|<grammar.marks:nl>)\b")
SPAN_JOINT = r"(?:[-–—~～&/]|<dates.span-joints>)"
PART_OF_SPAN = pattern(rf"\d(?:<dates.number-ends>|<dates.day-marks>)? ?(?:{SPAN_JOINT}|<dates.span-joints-before>) ?$")
SPAN_GOES_ON = pattern(
    rf",? ?{SPAN_JOINT} ?(?:the )?\d{{1,2}}(?:<dates.number-ends:en>|<dates.number-ends:fr>|<dates.day-marks>|\b)"
    r"(?! ?(?:<dates.counted-things>|o['’]clock|[ap]\.?m|[:.]\d))"
)


class Calendar:
    """The names of days and of months in some languages, and the patterns that find days in their texts, compiled when they are first needed."""

    def __init__(self, languages: Vocabulary) -> None:
        self.languages = languages

    @cached_property
    def months(self) -> dict[str, int]:
        """Names and short forms in lower case -> the number of the month."""
        return self.languages.numbered("months.short") | self.languages.numbered("months.wide")

    @cached_property
    def first_letters(self) -> dict[str, int]:
        """The first three letters of months that are cut so -> the number of the month."""
        return self.languages.numbered("months.first-letters")

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """Names in lower case -> the number of the day of the week, Monday is 1."""
        return self.languages.numbered("weekdays.in-dates") | self.languages.numbered("weekdays.wide")

    @cached_property
    def english_weekdays(self) -> dict[str, int]:
        """The same in English, where a name has a capital."""
        return self.languages.numbered("weekdays.wide", "en")

    @cached_property
    def counts(self) -> dict[str, int]:
        """Words for numbers -> numbers."""
        return self.languages.numbered("numbers.pairs") | self.languages.numbered("numbers.cardinals")

    @cached_property
    def full(self) -> re.Pattern[str]:
        """Finds dates with a day, a month and a year."""
        return self._any(FULL)

    @cached_property
    def no_year(self) -> re.Pattern[str]:
        """Finds dates without a year."""
        return self._any(NO_YEAR)

    @cached_property
    def weekday(self) -> re.Pattern[str]:
        """Finds names of weekdays."""
        return self._any(WEEKDAY)

    @cached_property
    def day_alone(self) -> re.Pattern[str]:
        """Finds the number of a day that a mark tells."""
        return self._any((DAY_ALONE,))

    @cached_property
    def relative(self) -> re.Pattern[str]:
        """Finds days that are told by their distance: yesterday."""
        return self._any(RELATIVE)

    @cached_property
    def ago(self) -> re.Pattern[str]:
        """Finds days that are told by the number of days since."""
        return re.compile(self.languages.fill(AGO, {"number": COUNT}))

    @cached_property
    def count(self) -> re.Pattern[str]:
        """Finds the number in these."""
        counts = r"\b(?:<numbers.cardinals:spaced>)\b|<numbers.cardinals:dense>|<numbers.pairs:dense>"
        return re.compile(self.languages.fill(rf"(?i)\d+|{counts}"))

    def _any(self, templates: tuple[str, ...]) -> re.Pattern[str]:
        return re.compile(self.languages.fill(f"(?i){'|'.join(templates)}", {"no-s": r"(?!['’]s)"}))

    def month_of(self, word: str) -> int | None:
        """The number of a month by its name, by a short form, or by how its name begins."""
        low = word.lower().rstrip(".")
        return (
            self.months.get(low)
            or self.first_letters.get(low[:3])
            or next((n for name, n in self.months.items() if name.startswith(low)), None)
        )

    def days_ago(self, words: str) -> int | None:
        """How many days before the day of the text words like "two days ago" tell, None for a number that they seldom have."""
        match = self.count.search(words)
        count = 0 if not match else int(match[0]) if match[0].isdigit() else self.counts[match[0].lower()]
        return count if AGO_LEAST <= count <= AGO_MOST else None


@remembered(8)
def calendar(languages: Vocabulary | None = None) -> Calendar:
    """The calendar of some languages, else of those of the package."""
    return Calendar(languages or vocabulary())


How = Literal["full", "no-year", "weekday", "day", "relative"]
Basis = Literal["stated", "derived"]


class Dated(NamedTuple):
    """A date with how it is known. `start` and `end` are the code points it rests on, in the text it was read from, or -1."""

    value: str
    precision: Literal["day", "month", "year"]
    basis: Basis
    derivation: str
    start: int = -1
    end: int = -1


class Day(NamedTuple):
    """A place in a text that names a day: how, its code points, and what it states (a date for a full one, else the parts of it)."""

    how: How
    start: int
    end: int
    words: str
    stated: date | None
    month: int = 0
    number: int = 0


def parse_day(words: str, languages: Vocabulary | None = None) -> date | None:
    """The calendar day that a full date states, None if there is none, if no calendar has it, or if day and month cannot be told apart.

    It is read in the languages of the package, or in others that are given.

    >>> [parse_day(words) for words in ("September 11, 2020", "8 septembre 2020", "29/09/2020", "03/05/2021", "30 February 2020")]
    [datetime.date(2020, 9, 11), datetime.date(2020, 9, 8), datetime.date(2020, 9, 29), None, None]
    """
    names = calendar(languages)
    if match := names.full.search(words):
        return _full(match, names)
    return next((day for *_, day in worded_days(words)), None)


def days_in(text: str, languages: Vocabulary | None = None) -> Iterator[Day]:
    """Every place that names a day, in order; what is part of a full date is not named twice."""
    names = calendar(languages)
    found = [Day("full", start, end, text[start:end], day) for start, end, day in worded_days(text)]
    if YEAR.search(text):
        found += [Day("full", match.start(), match.end(), match[0], _full(match, names)) for match in names.full.finditer(text)]
    if SHORT_NUMBER.search(text):
        found += [_no_year(match, names) for match in names.no_year.finditer(text)]
    if any(map(text.__contains__, DAY_MARKS.ends)):
        alone = names.day_alone.finditer(text)
        found += [Day("day", match.start(), match.end(), match[0], None, number=int(match["d"])) for match in alone]
    found += [
        Day("weekday", match.start(), match.end(), match[0], None, number=names.weekdays[match[0].lower()] - 1)
        for match in names.weekday.finditer(text)
        if not (
            match[0].lower() in names.english_weekdays
            and (match[0][0].islower() or NAMED.search(text, max(match.start() - 8, 0), match.start()))
        )
    ]
    found += [
        Day("relative", match.start(), match.end(), match[0], None, number=BACK[str(match.lastgroup)])
        for match in names.relative.finditer(text)
        if (match[0].lower() != "hier" or (FRENCH.search(text) and not NOT_FRENCH.search(text)))
        and not (match[0][0].isupper() and MIDST.search(text, max(match.start() - 3, 0), match.start()))
    ]
    if any(map(text.__contains__, AGO_WORDS.ends)):
        for match in names.ago.finditer(text):
            if back := names.days_ago(match[0]):
                found.append(Day("relative", match.start(), match.end(), match[0], None, number=back))
    end = 0
    for day, following in pairwise([*sorted(found, key=lambda day: (day.start, -day.end)), None]):
        if day and day.start >= end:
            if not (
                day.how == "weekday"
                and following
                and following.how in ("full", "no-year")
                and BESIDE.fullmatch(text, day.end, following.start)
            ):
                yield day
            end = day.end


def is_span(text: str, day: Day) -> bool:
    """True for one end of a span of several days, which names no single day.

    >>> [is_span(text, next(days_in(text))) for text in ("on 8 and 9 May 2018", "5月7日至9日", "on 9 May 2018 and again")]
    [True, True, False]
    """
    return bool(PART_OF_SPAN.search(text[max(0, day.start - 12) : day.start]) or SPAN_GOES_ON.match(text, day.end))


def _no_year(match: re.Match[str], names: Calendar) -> Day:
    month = int(match["m5"]) if match["m5"] else names.month_of(match["m"] or match["m2"])
    return Day("no-year", match.start(), match.end(), match[0], None, month or 0, int(match["d"] or match["d2"] or match["d5"]))


def _full(match: re.Match[str], names: Calendar) -> date | None:
    if match["y3"]:
        return a_date(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    if match["y6"]:
        named = names.month_of(match["m6"])
        return a_date(int(match["y6"]), named, int(match["d6"])) if named else None
    if match["y5"]:
        return a_date(int(match["y5"]), int(match["m5"]), int(match["d5"]))
    if match["y4"]:
        one, two, year = int(match["a"]), int(match["b"]), int(match["y4"])
        if match["sep2"] == "." or one > 12 or one == two:
            return a_date(year, two, one)
        return a_date(year, one, two) if two > 12 else None
    month = names.month_of(match["m"] or match["m2"])
    stated = (match["y"] or match["y2"]).replace("’", "'").replace("'", "20")
    return a_date(int(stated), month, int(match["d"] or match["d2"])) if month else None


def a_date(year: int, month: int, day: int) -> date | None:
    """The calendar day, None if no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_weekday(name: str, anchor: date) -> date:
    """The nearest day of that name on or before the anchor.

    >>> last_weekday("Thursday", date(2024, 3, 1))
    datetime.date(2024, 2, 29)
    """
    return anchor - timedelta(days=(anchor.weekday() + 1 - WEEKDAY_WORDS[name.lower()]) % 7)


def nearest(month: int, day: int, anchor: date) -> date | None:
    """The day of that month and number in the anchor's year, or in the year before where it would lie more than a day behind the anchor."""
    found = a_date(anchor.year, month, day)
    return a_date(anchor.year - 1, month, day) if found and found > anchor + timedelta(days=1) else found


def resolve(day: Day, anchor: date | None, last: bool = False) -> date | None:
    """The calendar day of a mention: stated, or derived from an anchor; None where there is none to derive it from.

    With `last` ("last Tuesday") a weekday is never the anchor itself.
    """
    if day.how == "full" or anchor is None:
        return day.stated
    if day.how == "no-year":
        return nearest(day.month, day.number, anchor)
    if day.how == "weekday":
        back = (anchor.weekday() - day.number) % 7
        return anchor - timedelta(days=back or (7 if last else 0))
    if day.how == "relative":
        return anchor - timedelta(days=day.number)
    found = a_date(anchor.year, anchor.month, day.number)
    if found and found > anchor + timedelta(days=1):
        before = anchor.replace(day=1) - timedelta(days=1)
        found = a_date(before.year, before.month, day.number)
    return found
