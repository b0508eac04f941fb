"""Calendar days as texts write them, in all languages of the package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from normbook.languages.calendar_words import MONTHS
from normbook.languages.language import Numbered, Vocabulary, Words, compiled, pattern, vocabulary
from normbook.languages.phrases import PLAIN, first_words
from normbook.text.line_cache import remembered

UNITS = Numbered("numbers.cardinals", part="en")
TENS = Numbered("numbers.tens", part="en")
ORDINALS = Numbered("numbers.ordinals", part="en")
UNDER_HUNDRED = r"(?:<numbers.tens:en>(?:[- ]<numbers.units:en>)?|<numbers.cardinals:en>)"
OF_MONTH = "<grammar.of:en> (?P<month><months.wide:en>)"
WORDED_YEAR = rf"(?:(?P<thousand><dates.two-thousand:en>)(?:(?: <grammar.and:en>)? (?P<rest>{UNDER_HUNDRED}))?|(?P<year>(?:19|20)\d\d))"
WORDED = pattern(rf"(?i)\b(?P<day><numbers.ordinals:en>)(?: <dates.day-word:en>)? {OF_MONTH},? (?:<dates.in-year:en> )?{WORDED_YEAR}\b")
TEN = 10
HAN_DIGITS = Numbered("numbers.cardinals", part="dense")
HAN_ZEROS = Words("dates.zeros")
YEAR_MARKS = Words("dates.year-marks")
HAN_NUMERALS = pattern(
    r"(?P<year>(?:<dates.zeros>|<numbers.digits:dense>){4})<dates.year-marks>(?P<month><numbers.cardinals:dense>{1,2})"
    r"<dates.month-marks>(?P<day><numbers.cardinals:dense>{1,3})<dates.full-day-marks>"
)

HAN_YEAR_OF_ERA = r"(?P<year>(?:<numbers.cardinals:dense>|<dates.zeros>|<dates.hundreds>){1,6})<dates.year-marks>"
HAN_MONTH = r"(?P<month><numbers.cardinals:dense>{1,2})<dates.month-marks>"
HAN_ERA = pattern(rf"(?P<era><dates.eras>){HAN_YEAR_OF_ERA}{HAN_MONTH}(?P<day><numbers.cardinals:dense>{{1,3}})<dates.full-day-marks>")
HUNDREDS = Words("dates.hundreds")


def worded_days(text: str) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of each full date in words; impossible dates are left out.

    >>> [day.isoformat() for *_, day in worded_days("this ninth day of May two thousand and eighteen; 二〇二一年十月二十八日")]
    ['2018-05-09', '2021-10-28']
    """
    if " of " in text and ("thousand" in text or "day of" in text):
        for match in WORDED.finditer(text):
            year = int(match["year"]) if match["year"] else 2000 + _under_hundred((match["rest"] or "").lower())
            yield from _dated(match, year, MONTHS[match["month"].lower()], ORDINALS[match["day"].lower()])
    if any(map(text.__contains__, YEAR_MARKS.ends)):
        for match in HAN_ERA.finditer(text):
            year = calendar().eras[match["era"]] + _han(match["year"])
            yield from _dated(match, year, _han(match["month"]), _han(match["day"]))
        for match in HAN_NUMERALS.finditer(text):
            year = int("".join(str(0 if digit in HAN_ZEROS else HAN_DIGITS[digit]) for digit in match["year"]))
            yield from _dated(match, year, _han(match["month"]), _han(match["day"]))


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, date]]:
    try:
        yield match.start(), match.end(), date(year, month, day)
    except ValueError:
        return


def _under_hundred(words: str) -> int:
    """The number that words write, 0 for none."""
    total = 0
    for word in words.replace("-", " ").split():
        total += UNITS[word] if word in UNITS else 10 * TENS[word]
    return total


def _han(numeral: str) -> int:
    """A number below a thousand in Chinese numerals."""
    for mark in HUNDREDS:
        hundreds, found, rest = numeral.partition(mark)
        if found:
            return TEN * TEN * HAN_DIGITS.get(hundreds, 1) + (_han(rest.strip("".join(HAN_ZEROS))) if rest else 0)
    tens, ten, ones = numeral.partition(HAN_DIGITS.ordered[TEN - 1])
    if not ten:
        return HAN_DIGITS[numeral] if len(numeral) == 1 else 0
    return TEN * HAN_DIGITS.get(tens, 1) + HAN_DIGITS.get(ones, 0)


# relative days ("two days ago"), and words of which a text has at least one if it has such a day
COUNT = r"(?:<numbers.cardinals>|[2-6])"
AGO = r"(?i)\b<dates.ago:spaced>\b|(?<!\d)(?<!<numbers.cardinals:dense>)(?<!<numbers.pairs:dense>)<dates.ago:dense>"
AGO_WORDS = Words("dates.ago-marks")
DAY_MARKS = Words("dates.day-marks")
MONTH = r"(?:(?:<months.wide>|<months.short>\b\.?)(?:/<months.wide:ar>)?)"  # in Arabic often by two names: "of Syria/of Egypt"
NO_DIGIT = r"(?!\d)"  # spares the names of months where a number starts
NUMBER_END = r"(?:<dates.number-ends>)?"
ENGLISH_END = r"(?:<dates.number-ends:en>)?"
FULL_YEAR = r"(?:19|20)\d\d"
ERA_YEAR = r"(?P<era><dates.eras>) ?(?P<y7>\d{1,3}|<dates.first-years>) ?<dates.year-marks>"
FULL = (
    rf"\b{NO_DIGIT}(?P<m>{MONTH}),? (?P<d>\d{{1,2}}){ENGLISH_END}(?:,? |,)(?P<y>{FULL_YEAR})(?!\d)",
    rf"\b(?P<d2>\d{{1,2}}){NUMBER_END}[ -]?(?:<dates.before-month> )?(?P<m2>{MONTH})(?:[,-]|\.(?= \d{{4}}))? ?(?:<dates.before-year> )?(?P<y2>{FULL_YEAR}|[’']\d\d)(?!\d)",
    rf"(?<!\d)(?!(?<=/)\d{{4}}/)(?P<y3>{FULL_YEAR})(?P<sep>[-/.]|\. )(?P<m3>\d{{1,2}})(?P=sep)(?P<d3>\d{{1,2}})(?![\d/])",
    rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sep2>[-/.])(?P<b>\d{{1,2}})(?P=sep2)(?P<y4>{FULL_YEAR})(?!\d)",
    rf"(?P<y5>{FULL_YEAR}) ?<dates.year-marks> ?(?P<m5>\d{{1,2}}) ?<dates.month-marks> ?(?P<d5>\d{{1,2}}) ?<dates.full-day-marks>",
    rf"\b(?P<y6>{FULL_YEAR})(?:,|\.(?= <months.wide:hu>))? (?P<m6>{MONTH}) (?P<d6>\d{{1,2}}){ENGLISH_END}(?![\d:]|,? {FULL_YEAR})",
    rf"{ERA_YEAR} ?(?P<m7>\d{{1,2}}) ?<dates.month-marks> ?(?P<d7>\d{{1,2}}) ?<dates.full-day-marks>",
    r"(?<!\d)(?<!<dates.western-eras>)(?P<y9>1[0-3]\d) ?<dates.year-marks:zh> ?(?P<m9>\d{1,2}) ?<dates.month-marks> ?(?P<d9>\d{1,2}) ?<dates.full-day-marks>",
    r"(?<!\d)(?P<d10>\d{1,2}) (?P<m10><months.jalali:fa>)(?: <dates.month-words:fa>)?,? (?:<dates.before-year:fa> )?(?P<y10>1[34]\d\d)(?!\d)",
    r"(?<!\d)(?P<d8>\d{1,2}) ?(?P<m8><months.wide:th>|<months.short:th>)\.? ?(?:<dates.era-marks> ?)?(?P<y8>2[45]\d\d)(?!\d)",
)
ANY_YEAR = r"(?:1[4-9]|20)\d\d"
NO_YEAR = (
    rf"\b{NO_DIGIT}(?P<m>{MONTH}) (?P<d>\d{{1,2}}){ENGLISH_END}(?![\d:]|,? {ANY_YEAR}|[-–]\d)",
    rf"\b(?P<d2>\d{{1,2}}){NUMBER_END} ?(?:<dates.before-month> )?(?P<m2>{MONTH})\b(?!,? ?(?:<dates.before-year> )?{ANY_YEAR})",
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
FIGURES = re.compile(r"\d(?:[-/.]|\. )\d{1,2}(?:[-/.]|\. )\d")  # in every full date without the name or the mark of a month
DIGIT = re.compile(r"\d")
LIKE_FIGURES = re.compile(r"\d[-/]\d\d?[-/]\d")  # in every date in figures: found much faster
IN_FIGURES = re.compile(rf"(?<![\d/.-])(?P<a>\d{{1,2}})(?P<sep>[-/])(?P<b>\d{{1,2}})(?P=sep){FULL_YEAR}(?!\d)")
NO_SUCH_DAY, UNTOLD_ORDER, NO_DATE = "no calendar has this day", "day and month cannot be told apart", "the figures are no date"
FIGURE_GROUPS = ("a", "b", "m3", "d3", "m5", "d5", "m7", "d7", "m9", "d9")  # of a full date: its numbers without the year
OPENED = 20  # code points before a span in which "from" or "between" is looked for
NOT_THROUGH = Words("dates.span-ands")  # between two days that form a span only if they are consecutive
ENGLISH_MONTHS_IN_SMALL = ("may", "march")
BACK = {"two": 2, "one": 1, "none": 0, "c2": 2, "c1": 1, "c0": 0}  # days before the day of the text
AGO_LEAST, AGO_MOST = 2, 6  # the greatest number in "days ago"
YEAR = pattern(r"19|20|[’']\d\d|2[45]\d\d|<dates.eras>|1[0-3]\d ?<dates.year-marks:zh>|1[34]\d\d(?!\d)")  # of a full date
FOREIGN_DIGIT = re.compile(r"[^\D0-9]")  # full-width, Arabic-Indic, Thai ...
MINGUO = 1911  # the year before the first of the Republic of China, whose years official texts write without the name of the era
BUDDHIST = 543  # years by which the Buddhist calendar of Thailand is ahead
MODAL = pattern(r" (?!<dates.of:es>\b)[a-z]")  # after "5 may", which is then a verb
TITLED = pattern(r"(?i)\b<people.honorifics:en>\.? $")  # before a name
SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")  # the number of a day is not part of a longer number
MIDST = re.compile(r"[\w,]\s$")  # before a word inside a sentence
NAMED = pattern(r"\b<dates.named-days>\s$")  # days with names of their own
BESIDE = pattern(r"(?: <dates.parts-of-day>)?[,.]? ?(?:<dates.articles> )?[（(]?")  # between a weekday and its date
BEHIND = re.compile(r",? ?[（(]?")  # between a date and its weekday
# French "hier" (yesterday) is German and Dutch for "here"
FRENCH = pattern(r"\b<grammar.marks:fr>\b|[ld]['’]")
NOT_FRENCH = pattern(r"\b(?:<grammar.marks:de>|<grammar.marks:nl>)\b")
SPAN_JOINT = r"(?:[-–—~～&/]|<dates.span-joints>)"
PART_OF_SPAN = pattern(rf"\d(?:<dates.number-ends>|<dates.day-marks>)? ?(?:{SPAN_JOINT}|<dates.span-joints-before>) ?$")
# two days of one month before or after its name
SPAN_BEFORE = pattern(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:<dates.number-ends>|<dates.day-marks>)? ?(?P<joint>{SPAN_JOINT}|<dates.span-joints-before>) ?(?:<dates.articles> )?$"
)
TWO_DAYS = rf"(?P<d>\d{{1,2}}){ENGLISH_END} ?(?P<joint>{SPAN_JOINT}) ?(?:<dates.articles:en> )?(?P<e>\d{{1,2}}){ENGLISH_END}"
NO_DAYS = r"(?! ?(?:<dates.counted-things>|<dates.hour-marks:en>|[ap]\.?m))"  # after a number that counts something else
SPAN_BEHIND = (rf"\b{NO_DIGIT}(?P<m>{MONTH}) {TWO_DAYS}(?:(?:,? |,)(?P<y>{FULL_YEAR})(?!\d)|(?![\d:]){NO_DAYS})",)
SPAN_JOINED = pattern(rf",? ?(?P<joint>{SPAN_JOINT}|<dates.span-joints-before>) ?(?:<dates.articles> )?(?:<weekdays.wide:spaced>,? )?")
SPAN_OPENS = pattern(r"(?i)(?:<dates.span-openers> )(?:<dates.articles> )?$")
MONTH_ALONE = (
    rf"(?<![\w.])(?<!\d )(?P<m>{MONTH}|<months.locative>),? (?:<dates.before-year> )?(?P<y>{FULL_YEAR})(?![\d/-])",
    rf"(?<!\d)(?P<y2>{FULL_YEAR}) ?<dates.year-marks> ?(?P<m2>\d{{1,2}}) ?<dates.month-marks>(?! ?\d)",
)
SPAN_GOES_ON = pattern(
    rf",? ?{SPAN_JOINT} ?(?:<dates.articles:en> )?\d{{1,2}}(?:<dates.number-ends:en>|<dates.number-ends:fr>|<dates.day-marks>|\b)"
    r"(?! ?(?:<dates.counted-things>|<dates.hour-marks:en>|[ap]\.?m|[:.]\d))"
)


YEAR_WORD = r"(?:<numbers.cardinals:en>|<numbers.tens:en>|<grammar.and:en>|-| )"
# a day in words, as proclamations have it
SPELT = pattern(
    rf"(?i)\b<dates.this:en> (?P<day><numbers.ordinals:en>) <dates.day-word:en> {OF_MONTH},?"
    rf" <dates.year-of-our-lord:en>,? <dates.two-thousand:en>(?P<year>{YEAR_WORD}{{0,9}})"
)
TENS = Numbered("numbers.tens", part="en")
UNITS = Numbered("numbers.cardinals", part="en")
ORDINAL_DAYS = Numbered("numbers.ordinals", part="en")


def spelt_date(match: re.Match[str]) -> date | None:
    """The date that a match of SPELT writes, or None if there is no such day.

    >>> match = SPELT.search("this third day of March, in the year of our Lord two thousand twenty-three, and of")
    >>> spelt_date(match).isoformat()
    '2023-03-03'
    """
    words = [word for word in re.split(r"[\s-]+", match["year"].lower()) if word and word != "and"]
    year = 2000 + sum(10 * TENS[word] if word in TENS else UNITS.get(word, 0) for word in words)
    month = calendar().months.get(match["month"].lower(), 0)
    return a_date(year, month, ORDINAL_DAYS[match["day"].lower()])


class Heads(NamedTuple):
    """Words of which a text has at least one if a pattern finds something in it: whole words in lower case, and words of scripts without spaces."""

    words: frozenset[str]
    parts: tuple[str, ...]

    def may_be_in(self, text: str, words: Sequence[str]) -> bool:
        """False if a text with these runs of letters, in lower case, has none of them."""
        return not self.words.isdisjoint(words) or (
            not text.isascii() and (any(map(text.__contains__, self.parts)) or ODD_CASE.search(text) is not None)
        )


WORD_RUN = re.compile(r"\w+")
# letters that patterns take for others in small letters, as the Turkish i without a dot
ODD_CASE = re.compile("[\xb5\u0130\u0131\u017f\u0345\u03c2\u03d0-\u03f5\u1c80-\u1c88\u1e9b\u1e9e\u1fbe\u2126\u212a\u212b\ufb00-\ufb06]")
PARTS_OF_WORDS = " -'’"  # characters that end a run of letters


REACH = 60  # code points before and behind a digit within which a date in figures starts and ends, and what must not follow it
CLUSTER = re.compile(rf"\d(?:\D{{0,{2 * REACH}}}\d)*")


def near_digits(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern.finditer`, for a pattern all of whose matches have a digit and are short: only the words around digits are searched."""
    if len(text) <= 2 * REACH:
        yield from pattern.finditer(text)
        return
    for cluster in CLUSTER.finditer(text):
        yield from pattern.finditer(text, max(cluster.start() - REACH, 0), min(cluster.end() + REACH, len(text)))


# where a number starts, and a year inside a longer run of figures, which some notations allow
NUMBER_STARTS = re.compile(r"(?<!\d)\d|(?:19|20)(?=\d\d)")


class Calendar:
    """Names of days and months in some languages, and patterns that find dates in their texts, compiled on first use."""

    def __init__(self, languages: Vocabulary) -> None:
        self.languages = languages

    @cached_property
    def months(self) -> dict[str, int]:
        """Names and short forms in lower case -> the number of the month."""
        forms = ("months.locative", "months.short", "months.wide")
        return {name: number for form in forms for name, number in self.languages.numbered(form).items()}

    @cached_property
    def jalali_months(self) -> dict[str, int]:
        """The months of the Persian calendar -> their numbers."""
        return self.languages.numbered("months.jalali")

    @cached_property
    def first_letters(self) -> dict[str, int]:
        """The first three letters of months that are abbreviated like this -> the number of the month."""
        return self.languages.numbered("months.first-letters")

    @cached_property
    def weekdays(self) -> dict[str, int]:
        """Names in lower case -> the number of the day of the week, Monday is 1."""
        return self.languages.numbered("weekdays.in-dates") | self.languages.numbered("weekdays.wide")

    @cached_property
    def english_weekdays(self) -> dict[str, int]:
        """The English names, which have a capital -> the number of the day of the week."""
        return self.languages.numbered("weekdays.wide", "en")

    @cached_property
    def counts(self) -> dict[str, int]:
        """Words for numbers -> numbers."""
        return self.languages.numbered("numbers.pairs") | self.languages.numbered("numbers.cardinals")

    @cached_property
    def eras(self) -> dict[str, int]:
        """Names of eras -> the year before their first."""
        rows = (row.partition("=") for row in self.languages.phrases("dates.era-years"))
        return {name: int(year) for name, _, year in rows}

    @cached_property
    def full(self) -> re.Pattern[str]:
        """Finds dates with a day, a month and a year."""
        return self._any(FULL)

    @cached_property
    def span_behind(self) -> re.Pattern[str]:
        """Finds two days after the name of their month."""
        return self._any(SPAN_BEHIND)

    @cached_property
    def month_alone(self) -> re.Pattern[str]:
        """Finds a month and a year without a day."""
        return self._any(MONTH_ALONE)

    @cached_property
    def no_year(self) -> re.Pattern[str]:
        """Finds dates without a year."""
        return self._any(NO_YEAR)

    @cached_property
    def weekday(self) -> re.Pattern[str]:
        """Finds names of weekdays."""
        return self._any(WEEKDAY)

    @cached_property
    def weekday_words(self) -> Heads:
        """Words of which a text with the name of a weekday has one."""
        return self._heads("weekdays.wide", "weekdays.in-dates")

    @cached_property
    def relative_words(self) -> Heads:
        """Words of which a text with a named relative day has one."""
        return self._heads("dates.day-before-yesterday", "dates.yesterday", "dates.today")

    @cached_property
    def named_days(self) -> frozenset[str]:
        """The words of `weekday_words` and `relative_words`."""
        return self.weekday_words.words | self.relative_words.words

    def months_at(self, text: str) -> list[int] | None:
        """The places at which the name of a month or the mark of its number may start; None if letters beyond the usual ones hide them."""
        if not text.isascii() and ODD_CASE.search(text):
            return None
        low, search = text.lower(), self._months_in_small.search
        places: list[int] = []
        match = search(low)
        while match:
            places.append(match.start())
            match = search(low, match.start() + 1)
        return places

    def dates_at(self, pattern: re.Pattern[str], text: str, months: Sequence[int] | None) -> Iterator[re.Match[str]]:
        """The matches of `pattern.finditer`, for a pattern of dates with a number, whose matches start at a number, an era or the name of a month.

        `months` is what `months_at` returns.
        """
        if months is None or any(map(text.__contains__, self._eras)):
            yield from near_digits(pattern, text)
            return
        end = 0
        for at in sorted([*months, *(match.start() for match in NUMBER_STARTS.finditer(text))]):
            if at >= end and (match := pattern.match(text, at)):
                yield match
                end = match.end()

    @cached_property
    def _eras(self) -> tuple[str, ...]:
        """The names of eras."""
        return self.languages.phrases("dates.eras")

    @cached_property
    def _months_in_small(self) -> re.Pattern[str]:
        """Finds names of months in lower case, and the marks after the number of a month."""
        known = self.languages
        marks = {word for phrase in known.phrases("dates.month-marks") for word in first_words(phrase, PARTS_OF_WORDS)}
        forms = {re.escape(word.lower()) for word in (*known.row("months.wide"), *known.row("months.jalali"), *marks)}
        forms |= {re.escape(word.lower()) + r"\b" for word in known.row("months.short")}
        by_first = groupby(sorted(forms), key=lambda form: form[0])
        return re.compile("|".join(f"{first}(?:{'|'.join(form[1:] for form in some)})" for first, some in by_first))

    def _heads(self, *keys: str) -> Heads:
        """One word of each phrase of some lists: the longest one, or the first if parts of the phrase vary."""
        known = self.languages
        spaced = [phrase for key in keys for phrase in (*known.phrases(key, "spaced"), *known.row(key, "spaced"))]
        dense = [phrase for key in keys for phrase in (*known.phrases(key, "dense"), *known.row(key, "dense"))]
        words = {
            word
            for phrase in spaced
            for word in (
                [max(WORD_RUN.findall(phrase.lower()), key=len)] if PLAIN.fullmatch(phrase) else first_words(phrase, PARTS_OF_WORDS)
            )
        }
        return Heads(frozenset(words), tuple(dense))

    @cached_property
    def day_alone(self) -> re.Pattern[str]:
        """Finds the number of a day by the mark after it (日)."""
        return self._any((DAY_ALONE,))

    @cached_property
    def relative(self) -> re.Pattern[str]:
        """Finds named relative days: "yesterday"."""
        return self._any(RELATIVE)

    @cached_property
    def ago(self) -> re.Pattern[str]:
        """Finds counted relative days: "two days ago"."""
        return self._compiled(AGO)

    @cached_property
    def count(self) -> re.Pattern[str]:
        """Finds the number in a counted relative day."""
        counts = r"\b(?:<numbers.cardinals:spaced>)\b|<numbers.cardinals:dense>|<numbers.pairs:dense>"
        return self._compiled(rf"(?i)\d+|{counts}")

    def _any(self, templates: tuple[str, ...]) -> re.Pattern[str]:
        return self._compiled(f"(?i){'|'.join(templates)}")

    def _compiled(self, template: str) -> re.Pattern[str]:
        """A template as a pattern; one for all languages is kept for the next process."""
        pieces = {"number": COUNT, "no-s": r"(?!['’]s)"}
        return compiled(template, 0, pieces) if self.languages is vocabulary() else re.compile(self.languages.fill(template, pieces))

    def month_of(self, word: str) -> int | None:
        """The number of a month by its name, its short form, or the start of its name."""
        low = word.lower().partition("/")[0].rstrip(".")
        return (
            self.months.get(low)
            or self.first_letters.get(low[:3])
            or next((n for name, n in self.months.items() if name.startswith(low)), None)
        )

    def days_ago(self, words: str) -> int | None:
        """The number of days in "two days ago" and the like, or None for an unusual number."""
        match = self.count.search(words)
        count = 0 if not match else int(match[0]) if match[0].isdigit() else self.counts[match[0].lower()]
        return count if AGO_LEAST <= count <= AGO_MOST else None


@remembered(8)
def calendar(languages: Vocabulary | None = None) -> Calendar:
    """The calendar of the given languages, by default of all of the package."""
    return Calendar(languages or vocabulary())


How = Literal["full", "no-year", "weekday", "day", "relative", "month"]
Order = Literal["day", "month"]  # which number comes first in a numeric date
Basis = Literal["stated", "derived"]


class Dated(NamedTuple):
    """A date and how it is known; several days are an EDTF interval (2022-09-26/2022-09-27). `start` and `end` are its evidence in code points, or -1."""

    value: str
    precision: Literal["day", "month", "year"]
    basis: Basis
    derivation: str
    start: int = -1
    end: int = -1

    @property
    def first(self) -> str:
        """The value, or the first day of an interval."""
        return self.value.partition("/")[0]


class Candidate(NamedTuple):
    """A date that is not asserted: which date it would be, its value, the words with their span in the cleaned text, and why."""

    of: Literal["published", "dateline", "event"]
    value: str | None
    words: str
    start: int
    end: int
    why: str
    is_impossible: bool = False  # the day does not exist
    is_contradicted: bool = False  # asserted, but with a wrong weekday


class Day(NamedTuple):
    """An expression for a day: its kind, its span in code points, and its value (a date if it is complete, else its parts)."""

    how: How
    start: int
    end: int
    words: str
    stated: date | None
    month: int = 0
    number: int = 0
    until: date | tuple[int, int] | None = None  # the last day of an interval: a date, or a month and a number
    unread: str = ""  # why a full date does not name a day
    weekday: int | None = None  # the weekday next to a date, Monday is 0

    @property
    def is_contradicted(self) -> bool:
        """True if the weekday next to a full date is wrong."""
        return self.stated is not None and self.weekday is not None and self.stated.weekday() != self.weekday


def parse_day(words: str, languages: Vocabulary | None = None, order: Order | None = None) -> date | None:
    """The calendar day of a full date, or None if there is none, it does not exist, or day and month cannot be distinguished.

    It is read in all languages of the package, or in the given ones; `order` decides between day and month in numeric dates.

    >>> [parse_day(words) for words in ("September 11, 2020", "8 septembre 2020", "29/09/2020", "03/05/2021", "30 February 2020")]
    [datetime.date(2020, 9, 11), datetime.date(2020, 9, 8), datetime.date(2020, 9, 29), None, None]
    """
    names = calendar(languages)
    words = plain_digits(words)
    if match := names.full.search(words):
        return _full(match, names, order)
    return next((day for *_, day in worded_days(words)), None)


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9; no offset changes.

    >>> plain_digits("２０２０年")
    '2020年'
    """
    if text.isascii() or not FOREIGN_DIGIT.search(text):
        return text
    return FOREIGN_DIGIT.sub(lambda match: str(int(match[0])), text)


def order_of_figures(text: str) -> Order | None:
    """Whether numeric dates of a text have the day or the month first, judged by the unambiguous ones.

    >>> order_of_figures("from 05/04/2018 to 19/04/2018"), order_of_figures("on 05/04/2018")
    ('day', None)
    """
    found: set[Order] = set()
    plain = plain_digits(text)
    for match in IN_FIGURES.finditer(plain) if LIKE_FIGURES.search(plain) else ():
        one, two = int(match["a"]), int(match["b"])
        if 12 < max(one, two) <= 31 and min(one, two) <= 12:
            found.add("day" if one > two else "month")
    return found.pop() if len(found) == 1 else None


def days_in(received: str, languages: Vocabulary | None = None, order: Order | None = None) -> Iterator[Day]:
    """Every expression for a day, in order; parts of a full date are not listed again.

    `order` decides between day and month in numeric dates.
    """
    return iter(_days(received, languages, order))


@remembered(1 << 10)  # the same line is asked by several readers of one text
def _days(received: str, languages: Vocabulary | None, order: Order | None) -> tuple[Day, ...]:
    """What `days_in` returns."""
    return tuple(_read_days(received, languages, order))


def _read_days(received: str, languages: Vocabulary | None, order: Order | None) -> Iterator[Day]:
    names = calendar(languages)
    text = plain_digits(received)
    found = [Day("full", start, end, received[start:end], day) for start, end, day in worded_days(text)]
    if DIGIT.search(text):
        found += _in_numbers(received, text, names, order)
    words = WORD_RUN.findall(text.lower())
    if not text.isascii() or not names.named_days.isdisjoint(words):
        found += _named(text, words, names)
    if any(map(text.__contains__, AGO_WORDS.ends)):
        for match in names.ago.finditer(text):
            if back := names.days_ago(match[0]):
                found.append(Day("relative", match.start(), match.end(), match[0], None, number=back))
    yield from _in_order(received, text, found) if found else ()


def _in_numbers(received: str, text: str, names: Calendar, order: Order | None) -> Iterator[Day]:
    """The days of a text that are written with a number: full dates, dates without a year, the number of a day alone."""
    months = names.months_at(text)
    has_month = months is None or bool(months)
    if YEAR.search(text) and (has_month or FIGURES.search(text)):
        for match in names.dates_at(names.full, text, months):
            stated = _full(match, names, order)
            yield Day("full", *match.span(), received[slice(*match.span())], stated, unread=_unread(match, stated))
    if has_month and SHORT_NUMBER.search(text):
        yield from [_no_year(match, names) for match in names.dates_at(names.no_year, text, months) if not _is_modal_or_name(match, text)]
    if any(map(text.__contains__, DAY_MARKS.ends)):
        alone = names.dates_at(names.day_alone, text, months)
        yield from [Day("day", match.start(), match.end(), match[0], None, number=int(match["d"])) for match in alone]


def _named(text: str, words: Sequence[str], names: Calendar) -> Iterator[Day]:
    """The weekdays and the named relative days of a text with these words in lower case."""
    yield from [
        Day("weekday", match.start(), match.end(), match[0], None, number=names.weekdays[match[0].lower()] - 1)
        for match in (names.weekday.finditer(text) if names.weekday_words.may_be_in(text, words) else ())
        if not (
            match[0].lower() in names.english_weekdays
            and (match[0][0].islower() or NAMED.search(text, max(match.start() - 8, 0), match.start()))
        )
    ]
    yield from [
        Day("relative", match.start(), match.end(), match[0], None, number=BACK[str(match.lastgroup)])
        for match in (names.relative.finditer(text) if names.relative_words.may_be_in(text, words) else ())
        if (match[0].lower() != "hier" or (FRENCH.search(text) and not NOT_FRENCH.search(text)))
        and not (match[0][0].isupper() and MIDST.search(text, max(match.start() - 3, 0), match.start()))
    ]


def _in_order(received: str, text: str, found: list[Day]) -> Iterator[Day]:
    """These days in order, without those that are part of another; a weekday beside a date belongs to it."""
    end, weekday = 0, None
    for day, following in pairwise([*sorted(found, key=lambda day: (day.start, -day.end)), None]):
        if day and day.start >= end:
            if (
                day.how == "weekday"
                and following
                and following.how in ("full", "no-year")
                and BESIDE.fullmatch(text, day.end, following.start)
            ):
                weekday = day.number
                end = day.end
                continue
            end = day.end
            if day.how in ("full", "no-year"):
                if following and following.how == "weekday" and BEHIND.fullmatch(text, day.end, following.start):
                    weekday, end = following.number, following.end
                yield day._replace(words=received[day.start : day.end], weekday=weekday)
            else:
                yield day
            weekday = None


def _is_modal_or_name(match: re.Match[str], text: str) -> bool:
    """True for "5 may apply" and "Mrs May 3", in which the name of a month is a verb or a surname."""
    word = match["m"] or match["m2"]
    if not word or word.lower() not in ("may", "march"):
        return False
    if word.islower():
        return MODAL.match(text, match.end()) is not None
    return bool(match["m"]) and TITLED.search(text, max(match.start() - 12, 0), match.start()) is not None


def spans_and_days(received: str, languages: Vocabulary | None = None, order: Order | None = None) -> list[Day]:
    """The days that a text names; an interval is one entry with its first day, and its last in `until`.

    >>> [(str(day.stated), str(day.until)) for day in spans_and_days("from 26 to 27 September 2022; 30 April - 2 May 2021; 8 May 2018")]
    [('2022-09-26', '2022-09-27'), ('2021-04-30', '2021-05-02'), ('2018-05-08', 'None')]
    """
    names = calendar(languages)
    text = plain_digits(received)
    found: list[Day] = []
    months = names.months_at(text) if SHORT_NUMBER.search(text) else []
    for match in names.dates_at(names.span_behind, text, months) if months or months is None else ():
        month, first, last = names.month_of(match["m"]) or 0, int(match["d"]), int(match["e"])
        year = int(match["y"]) if match["y"] else None
        if _is_span_of(first, last, match["joint"], text[: match.start()]):
            found.append(_span(received, match.span(), (year, month, first), (year, month, last)))
    for day in days_in(received, languages, order):
        if found and day.start < found[-1].end:
            if found[-1].until is None or day.start < found[-1].start:
                found.append(day)
            continue
        found.append(day)
    found.sort(key=lambda day: day.start)
    merged: list[Day] = []
    for day in found:
        if merged and day.start < merged[-1].end:
            continue
        span = (_joined(merged[-1], day, received, text) if merged else None) or _widened(day, received, text)
        if span and merged and span.start <= merged[-1].start:
            merged.pop()
        merged.append(span or day)
    return merged


def _widened(day: Day, received: str, text: str) -> Day | None:
    """The interval of a number before a full date: "26-27 September 2022"."""
    if day.until or day.how not in ("full", "no-year") or (day.how == "full" and not day.stated):
        return None
    match = SPAN_BEFORE.search(text, max(0, day.start - 20), day.start)
    year = day.stated.year if day.stated else None
    month, last = (day.stated.month, day.stated.day) if day.stated else (day.month, day.number)
    if not match or not _is_span_of(int(match["d"]), last, match["joint"], text[: match.start()]):
        return None
    return _span(received, (match.start(), day.end), (year, month, int(match["d"])), (year, month, last))


def _joined(one: Day, two: Day, received: str, text: str) -> Day | None:
    """The interval of two dates joined by a word or dash: "30 April to 2 May 2021"."""
    match = SPAN_JOINED.fullmatch(text, one.end, two.start)
    if not match or one.until or two.until or one.how not in ("full", "no-year") or two.how not in ("full", "no-year", "day"):
        return None
    first = (one.stated.year, one.stated.month, one.stated.day) if one.stated else (None, one.month, one.number)
    last = (two.stated.year, two.stated.month, two.stated.day) if two.stated else (first[0], two.month or first[1], two.number)
    if first[0] is None and last[0] is not None:
        first = (last[0], *first[1:])
    if last[0] is not None and first[0] is not None and not first < last:
        return None
    follows = first[1] == last[1] and last[2] - first[2] == 1
    if match["joint"].strip() in NOT_THROUGH and not follows and not SPAN_OPENS.search(text[max(0, one.start - OPENED) : one.start]):
        return None
    return _span(received, (one.start, two.end), first, last)


def _is_span_of(first: int, last: int, joint: str, before: str) -> bool:
    """True if two days of a month are the ends of an interval: "8 and 9", "8 to 12", "between 8 and 12", but not "8 and 12"."""
    if joint.strip() in NOT_THROUGH and not SPAN_OPENS.search(before[-OPENED:]):
        return first == last - 1
    return first < last


def _span(received: str, place: tuple[int, int], first: tuple[int | None, int, int], last: tuple[int | None, int, int]) -> Day:
    words = received[place[0] : place[1]]
    if first[0] is None or last[0] is None:
        return Day("no-year", *place, words, None, first[1], first[2], (last[1], last[2]))
    stated, until = a_date(first[0], *first[1:]), a_date(last[0], *last[1:])
    if not stated or not until:
        return Day("full", *place, words, None, unread=NO_SUCH_DAY)
    return Day("full", *place, words, stated, until=until)


def months_in(received: str, languages: Vocabulary | None = None) -> Iterator[Day]:
    """The months that a text names with a year but without a day; in English only with a capital.

    >>> [day.words for day in months_in("in July 2018, on 8 May 2019, in march 2020")]
    ['July 2018']
    """
    names = calendar(languages)
    text = plain_digits(received)
    for match in near_digits(names.month_alone, text):
        word = match["m"]
        if word and word[0].islower() and word in ENGLISH_MONTHS_IN_SMALL:
            continue
        month = names.month_of(word) if word else int(match["m2"])
        if month and month <= 12:
            yield Day("month", *match.span(), received[slice(*match.span())], date(int(match["y"] or match["y2"]), month, 1), month)


def is_span(text: str, day: Day) -> bool:
    """True for one end of an interval, which is not a date by itself.

    >>> [is_span(text, next(days_in(text))) for text in ("on 8 and 9 May 2018", "5月7日至9日", "on 9 May 2018 and again")]
    [True, True, False]
    """
    return bool(PART_OF_SPAN.search(text[max(0, day.start - 12) : day.start]) or SPAN_GOES_ON.match(text, day.end))


def _no_year(match: re.Match[str], names: Calendar) -> Day:
    month = int(match["m5"]) if match["m5"] else names.month_of(match["m"] or match["m2"])
    return Day("no-year", match.start(), match.end(), match[0], None, month or 0, int(match["d"] or match["d2"] or match["d5"]))


def _unread(match: re.Match[str], stated: date | None) -> str:
    """Why a full date does not name a day, or ""."""
    if match["y4"] and match["sep2"] != "." and max(int(match["a"]), int(match["b"])) <= 12 and match["a"] != match["b"]:
        return UNTOLD_ORDER
    if stated:
        return ""
    numbers = [int(match[group]) for group in FIGURE_GROUPS if match[group]]
    return NO_DATE if len(numbers) > 1 and (min(numbers) > 12 or max(numbers) > 31 or not min(numbers)) else NO_SUCH_DAY


def _full(match: re.Match[str], names: Calendar, order: Order | None = None) -> date | None:
    if match["y7"]:
        return a_date(names.eras[match["era"]] + (int(match["y7"]) if match["y7"].isdecimal() else 1), int(match["m7"]), int(match["d7"]))
    if match["y9"]:
        return a_date(MINGUO + int(match["y9"]), int(match["m9"]), int(match["d9"]))
    if match["y10"]:
        return jalali(int(match["y10"]), names.jalali_months[match["m10"]], int(match["d10"]))
    if match["y8"]:
        named = names.month_of(match["m8"])
        return a_date(int(match["y8"]) - BUDDHIST, named, int(match["d8"])) if named else None
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
        if two > 12 or order == "month":
            return a_date(year, one, two)
        return a_date(year, two, one) if order == "day" else None
    month = names.month_of(match["m"] or match["m2"])
    stated = (match["y"] or match["y2"]).replace("’", "'").replace("'", "20")
    return a_date(int(stated), month, int(match["d"] or match["d2"])) if month else None


def a_date(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None if it does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


DAYS_OF_HALF, LONG_MONTHS, LONG_MONTH, SHORT_MONTH = 186, 6, 31, 30  # of the Persian year
CYCLE, LEAPS = 33, 8  # years of its cycle, and the leap years among them
BEFORE_JALALI = 226_894  # days from the start of our era to that of the Persian one


def jalali(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Persian calendar, for the years from 1200 to 1600; None if there is no such day.

    >>> [str(jalali(*day)) for day in ((1400, 3, 14), (1399, 12, 30), (1400, 12, 30), (1402, 1, 1))]
    ['2021-06-04', '2021-03-20', 'None', '2023-03-21']
    """
    leap = (year % CYCLE) in (1, 5, 9, 13, 17, 22, 26, 30)
    most = LONG_MONTH if month <= LONG_MONTHS else SHORT_MONTH if month < 12 or leap else SHORT_MONTH - 1
    if not 1 <= day <= most:
        return None
    before = LONG_MONTH * (month - 1) if month <= LONG_MONTHS else DAYS_OF_HALF + SHORT_MONTH * (month - LONG_MONTHS - 1)
    leaps = year // CYCLE * LEAPS + sum(each < year % CYCLE for each in (1, 5, 9, 13, 17, 22, 26, 30))
    return date.fromordinal(BEFORE_JALALI + 365 * (year - 1) + leaps + before + day)


def nearest(month: int, day: int, anchor: date) -> date | None:
    """The day in the anchor's year, or in the year before if it would be more than one day after the anchor."""
    found = a_date(anchor.year, month, day)
    return a_date(anchor.year - 1, month, day) if found and found > anchor + timedelta(days=1) else found


def resolve(day: Day, anchor: date | None, last: bool = False) -> date | None:
    """The calendar day of an expression: stated, or derived from an anchor; None without an anchor.

    With `last` ("last Tuesday") a weekday is never the anchor's own day.
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
