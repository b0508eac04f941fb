"""Calendar days as texts write them, in the languages in which the texts come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from normbook.languages.calendar_words import ENGLISH, MONTHS, OTHER_MONTHS, SPANISH_SHORT, WEEKDAY_WORDS, WEEKDAYS

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
HAN_NUMERALS = re.compile(
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
        for match in HAN_NUMERALS.finditer(text):
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


# "two days ago" and the like, with the words without which none of them stands in a text
AGO = re.compile(
    r"(?i)\b(?P<n>two|three|four|five|six|[2-6]) days ago\b|\bil y a (?P<n1>deux|trois|quatre|cinq|[2-6]) jours\b|\bhace (?P<n2>dos|tres|cuatro|cinco|[2-6]) días\b|"
    r"\bvor (?P<n3>zwei|drei|vier|fünf|[2-6]) Tagen\b|\b(?P<n4>два|три|четыре|пять|[2-6]) дн(?:я|ей) назад\b|(?<![\d两二三四五十])(?P<n5>[两二三四五2-6])天(?:之)?前"
)
AGO_WORDS = ("days ago", " jours", " días", " Tagen", " назад", "天前", "天之前")
AGO_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "два": 2, "три": 3, "четыре": 4, "пять": 5, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}  # fmt: skip


def days_before(match: re.Match[str]) -> int:
    """How many days before the day of the text a match of AGO tells.

    >>> [days_before(match) for match in AGO.finditer("three days ago, hace dos días, 5天前")]
    [3, 2, 5]
    """
    word = next(word for word in match.groups() if word).lower()
    return AGO_NUMBERS.get(word) or int(word)


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
