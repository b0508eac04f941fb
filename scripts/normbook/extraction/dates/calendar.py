"""Calendar days as texts write them, in the languages in which the texts come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from normbook.extraction.dates.calendar_ago import AGO, AGO_WORDS, days_before
from normbook.extraction.dates.calendar_worded_days import worded_days
from normbook.languages.calendar_words import ENGLISH, MONTHS, OTHER_MONTHS, SPANISH_SHORT, WEEKDAY_WORDS, WEEKDAYS

HAN = "\u2e80"  # scripts without spaces begin here
ENGLISH_WEEKDAYS = frozenset(map(str.lower, WEEKDAYS))
WORDS = "|".join(sorted({*ENGLISH, *OTHER_MONTHS}, key=len, reverse=True))
MONTH = rf"(?:(?:{WORDS})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic|janv|févr|avr|juil|déc|dez|okt|mär|mrz)\b\.?)"
NUMBER_END = r"(?:st|nd|rd|th|er|º|\.|-го|-е)?"
FULL = re.compile(
    rf"(?i)\b(?P<m>{MONTH}),? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |,)(?P<y>(?:19|20)\d\d)(?!\d)|\b(?P<d2>\d{{1,2}}){NUMBER_END}[ -]?(?:day of |of |de )?(?P<m2>{MONTH})[,-]? ?(?:de |del )?(?P<y2>(?:19|20)\d\d|[’']\d\d)(?!\d)|"
    r"(?<!\d)(?!(?<=/)\d{4}/)(?P<y3>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})(?![\d/])|(?<!\d)(?P<a>\d{1,2})(?P<sep2>[-/.])(?P<b>\d{1,2})(?P=sep2)(?P<y4>(?:19|20)\d\d)(?!\d)|(?P<y5>(?:19|20)\d\d) ?年 ?(?P<m5>\d{1,2}) ?月 ?(?P<d5>\d{1,2}) ?[日号]|"
    rf"\b(?P<y6>(?:19|20)\d\d),? (?P<m6>{MONTH}) (?P<d6>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,? (?:19|20)\d\d)"
)
NO_YEAR = re.compile(
    rf"(?i)\b(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,? (?:19|20)\d\d|[-–]\d)|\b(?P<d2>\d{{1,2}}){NUMBER_END} ?(?:day of |of |de )?(?P<m2>{MONTH})\b(?!,? ?(?:de |del )?(?:19|20)\d\d)|(?<!年)(?<!\d)(?P<m5>\d{{1,2}})月(?P<d5>\d{{1,2}})日"
)
WEEKDAY = re.compile(
    rf"(?i)(?<![\w-])(?P<w>{'|'.join(word for word in WEEKDAY_WORDS if word[0] < HAN)})(?![\w-])|(?P<c>{'|'.join(word for word in WEEKDAY_WORDS if word[0] >= HAN)})"
)
DAY_ALONE = re.compile(r"(?<![\d月年])(?P<d>\d{1,2})日(?![前后内间至到])")
YEAR = re.compile(r"19|20|[’']\d\d")  # of a full date
SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")  # the number of a day is no part of a longer one
RELATIVE = re.compile(
    r"(?i)\b(?P<r>the day before yesterday|avant-hier|anteayer|vorgestern|позавчера|today(?!['’]s)|yesterday|this (?:morning|afternoon|evening)|last night|aujourd['’]hui|hier|hoy|ayer|heute|gestern|сегодня|вчера|anteontem|ontem|hoje|ieri|oggi|gisteren|vandaag|i går|igår|idag)\b|(?P<c>(?<!如)今[天日晨](?!的)|昨[天日晚]|(?<!大)前天)"
)
MIDST = re.compile(r"[\w,]\s$")  # before a word inside a sentence
NAMED = re.compile(r"\b(?:Black|Super|Good|Ash|Palm|Easter|Holy|Cyber|Bloody|Maundy|Fat|Giving)\s$")  # days with a name of their own
BESIDE = re.compile(
    r"(?: (?:morning|afternoon|evening|night))?[,.]? ?(?:(?:the|le|el|den|dem|der|o|il) )?[（(]?"
)  # between the name of a weekday and the date that says which
# French "hier" is German and Dutch for "here"
FRENCH = re.compile(r"\b(?:le|la|les|du|à|au|aux|est|ont|un|une|et)\b|[ld]['’]")
NOT_FRENCH = re.compile(r"\b(?:und|der|die|das|ist|nicht|wir|ich|sich|mit|auf|von|zum|een|het|van|zijn|wordt)\b")
PART_OF_SPAN = re.compile(r"\d(?:st|nd|rd|th|er|\.|日)? ?(?:[-–—~～&/至到]|and|to|et|au|y|al|und|bis|и|по|e|a) ?$")
SPAN_GOES_ON = re.compile(
    r",? ?(?:[-–—~～&至到]|and|to|et|au|y|al|und|bis|и|по) ?(?:the )?\d{1,2}(?:st|nd|rd|th|er|日|\b)(?! ?(?:states|countries|o['’]clock|[ap]\.?m|[:.]\d))"
)
BACK = {
    "the day before yesterday": 2,
    "avant-hier": 2,
    "anteayer": 2,
    "vorgestern": 2,
    "позавчера": 2,
    "前天": 2,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "last night": 1,
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "昨天": 1,
    "昨日": 1,
    "昨晚": 1,
    "today": 0,
    "yesterday": 1,
    "aujourd'hui": 0,
    "hier": 1,
    "hoy": 0,
    "ayer": 1,
    "heute": 0,
    "gestern": 1,
    "сегодня": 0,
    "вчера": 1,
    "anteontem": 2,
    "ontem": 1,
    "hoje": 0,
    "ieri": 1,
    "oggi": 0,
    "gisteren": 1,
    "vandaag": 0,
    "i går": 1,
    "igår": 1,
    "idag": 0,
}
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


def parse_day(words: str) -> date | None:
    """The calendar day that a full date states, None if there is none, if no calendar has it, or if day and month cannot be told apart.

    >>> [parse_day(words) for words in ("September 11, 2020", "8 septembre 2020", "29/09/2020", "03/05/2021", "30 February 2020")]
    [datetime.date(2020, 9, 11), datetime.date(2020, 9, 8), datetime.date(2020, 9, 29), None, None]
    """
    if match := FULL.search(words):
        return _full(match)
    return next((day for *_, day in worded_days(words)), None)


def days_in(text: str) -> Iterator[Day]:
    """Every place that names a day, in order; what is part of a full date is not named twice."""
    found = [Day("full", start, end, text[start:end], day) for start, end, day in worded_days(text)]
    if YEAR.search(text):
        found += [Day("full", match.start(), match.end(), match[0], _full(match)) for match in FULL.finditer(text)]
    if SHORT_NUMBER.search(text):
        found += [_no_year(match) for match in NO_YEAR.finditer(text)]
    if "日" in text:
        found += [Day("day", match.start(), match.end(), match[0], None, number=int(match["d"])) for match in DAY_ALONE.finditer(text)]
    found += [
        Day("weekday", match.start(), match.end(), match[0], None, number=WEEKDAY_WORDS[match[0].lower()])
        for match in WEEKDAY.finditer(text)
        if not (
            match[0].lower() in ENGLISH_WEEKDAYS and (match[0][0].islower() or NAMED.search(text, max(match.start() - 8, 0), match.start()))
        )
    ]
    found += [
        Day("relative", match.start(), match.end(), match[0], None, number=BACK[match[0].lower().replace("’", "'")])
        for match in RELATIVE.finditer(text)
        if (match[0].lower() != "hier" or (FRENCH.search(text) and not NOT_FRENCH.search(text)))
        and not (match[0][0].isupper() and MIDST.search(text, max(match.start() - 3, 0), match.start()))
    ]
    if any(words in text for words in AGO_WORDS):
        found += [Day("relative", match.start(), match.end(), match[0], None, number=days_before(match)) for match in AGO.finditer(text)]
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


def _no_year(match: re.Match[str]) -> Day:
    month = int(match["m5"]) if match["m5"] else month_of(match["m"] or match["m2"])
    return Day("no-year", match.start(), match.end(), match[0], None, month or 0, int(match["d"] or match["d2"] or match["d5"]))


def month_of(word: str) -> int | None:
    """The number of a month by its name in one of the languages."""
    low = word.lower().rstrip(".")
    return (
        OTHER_MONTHS.get(low)
        or MONTHS.get(low[:3] if low.isascii() and (low in ENGLISH or len(low) <= 4) else low)
        or SPANISH_SHORT.get(low[:3])
        or next((n for name, n in OTHER_MONTHS.items() if name.startswith(low)), None)
    )


def _full(match: re.Match[str]) -> date | None:
    if match["y3"]:
        return a_date(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    if match["y6"]:
        named = month_of(match["m6"])
        return a_date(int(match["y6"]), named, int(match["d6"])) if named else None
    if match["y5"]:
        return a_date(int(match["y5"]), int(match["m5"]), int(match["d5"]))
    if match["y4"]:
        one, two, year = int(match["a"]), int(match["b"]), int(match["y4"])
        if match["sep2"] == "." or one > 12 or one == two:
            return a_date(year, two, one)
        return a_date(year, one, two) if two > 12 else None
    month = month_of(match["m"] or match["m2"])
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
    return anchor - timedelta(days=(anchor.weekday() - WEEKDAY_WORDS[name.lower()]) % 7)


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
