"""When: publication, dateline and event are different dates, and each says how it was derived."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from normbook.text.furniture import furniture, is_stamp
from normbook.text.lines import CRAWL_HEADER, CREDIT, DATELINE, Line
from normbook.text.speech import SAID

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
FULL = re.compile(
    rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}}), (?P<y>\d{{4}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}) (?P<y2>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<zh>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
)
NO_YEAR = re.compile(rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?!\d|, \d{{4}})")
DAY_NAME = rf"(?:{'|'.join(WEEKDAYS)})"
NEAR = r"(?: (?!that\b|which\b|who\b|it\b|he\b|she\b|they\b)[\w’']+){0,4}?"
SAID_ON = re.compile(
    rf"\b{SAID}(?: here)?(?: in [A-Z]\w+)?(?: late| early)?(?: on)? (?P<day>{DAY_NAME})\b|\b[Oo]n (?P<day2>{DAY_NAME})(?:,| \w+){{0,3}}? {SAID}\b"
)
EVENT_FULL = re.compile(
    rf"\b[Oo]n (?P<day>{FULL.pattern.replace('?P<', '?P<x')})[^.]{{0,140}}\b{SAID}\b|\b{SAID}{NEAR} on (?P<day2>{FULL.pattern.replace('?P<', '?P<w')})"
)

Basis = Literal["stated", "derived"]


class Dated(NamedTuple):
    """A date with how it is known. `start` and `end` are the code points it rests on, in the text it was read from, or -1."""

    value: str
    precision: Literal["day", "month", "year"]
    basis: Basis
    derivation: str
    start: int = -1
    end: int = -1


class Dateline(NamedTuple):
    """The dateline of a news text: place as written, agency or None, date or None, and its span in the cleaned text."""

    place: str
    agency: str | None
    date: Dated | None
    start: int
    end: int


class Dates(NamedTuple):
    """What one text says of when: each is None where it says nothing that can be relied on."""

    published: Dated | None
    dateline: Dateline | None
    event: Dated | None


def parse_day(words: str) -> date | None:
    """The calendar day that a full date states, None if there is none or if no calendar has it.

    >>> parse_day("September 11, 2020"), parse_day("8 September 2020"), parse_day("30 February 2020")
    (datetime.date(2020, 9, 11), datetime.date(2020, 9, 8), None)
    """
    match = FULL.search(words)
    if not match:
        return None
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
    elif match["zh"]:
        year, month, day = (int(part) for part in re.findall(r"\d+", match["zh"]))
    else:
        year, day = int(match["y"] or match["y2"]), int(match["d"] or match["d2"])
        month = MONTHS[(match["m"] or match["m2"])[:3].lower()]
    return _day(year, month, day)


def last_weekday(name: str, anchor: date) -> date:
    """The nearest day of that name on or before the anchor.

    >>> last_weekday("Thursday", date(2024, 3, 1))
    datetime.date(2024, 2, 29)
    """
    return anchor - timedelta(days=(anchor.weekday() - WEEKDAYS.index(name)) % 7)


def find_dates(received: str, lines: Sequence[Line], text: str, published: date | None = None) -> Dates:
    """The dates of one text: `received` for what cleaning drops (publication line, crawl header), `text` and its lines for the rest.

    A weekday is resolved backwards from the dateline, else from the day of publication; with neither it stays None.
    """
    known = _published(received, published)
    crawled = parse_day(match[0]) if (match := CRAWL_HEADER.match(received)) else None
    dateline = _dateline(lines, known, crawled)
    anchors = [("dateline", dateline.date.value)] if dateline and dateline.date else []
    anchors += [("publication date", known.value)] if known else []
    return Dates(known, dateline, _event(text, anchors))


def _published(received: str, given: date | None) -> Dated | None:
    at = 0
    for row in re.split("[\n\r\x85\u2028\u2029]", received.replace("\xa0", " "))[:24]:
        match = FULL.search(row)
        if match and (furniture(row) == "publication-line" or is_stamp(row) or CREDIT.match(row)) and (day := parse_day(match[0])):
            what = "the credit line" if CREDIT.match(row) else "the publication line"
            return Dated(day.isoformat(), "day", "stated", f"stated in {what} as “{match[0]}”", at + match.start(), at + match.end())
        at += len(row) + 1
    return Dated(given.isoformat(), "day", "stated", "given from outside the text") if given else None


def _dateline(lines: Sequence[Line], published: Dated | None, crawled: date | None) -> Dateline | None:
    for line in lines:
        if line.role != "dateline" or not (match := DATELINE.match(line.text)):
            continue
        span = line.start, line.start + match.end()
        return Dateline(
            match["place"], match["agency"], _dateline_day(match["day"], published, crawled, line.start + match.start("day")), *span
        )
    return None


def _dateline_day(words: str | None, published: Dated | None, crawled: date | None, start: int) -> Dated | None:
    """The day of a dateline, its year taken from the nearest date of the page that does not lie before it."""
    if not words:
        return None
    if day := parse_day(words):
        return Dated(day.isoformat(), "day", "stated", f"stated in the dateline as “{words}”", start, start + len(words))
    match = NO_YEAR.search(words)
    known = ("publication date", date.fromisoformat(published.value)) if published else ("crawl date", crawled) if crawled else None
    if not match or not known or not known[1]:
        return None
    month, number = MONTHS[match["m"][:3].lower()], int(match["d"])
    day = _day(known[1].year, month, number)
    if day and day > known[1] + timedelta(days=1):
        day = _day(known[1].year - 1, month, number)
    if not day:
        return None
    return Dated(
        day.isoformat(),
        "day",
        "derived",
        f"“{words}” of the dateline, with the year of the {known[0]} {known[1].isoformat()}",
        start,
        start + len(words),
    )


def _event(text: str, anchors: list[tuple[str, str]]) -> Dated | None:
    """The day on which the words were said: a full date beside a verb of saying, else a weekday resolved backwards."""
    if match := EVENT_FULL.search(text):
        group = "day" if match["day"] else "day2"
        if day := parse_day(match[group]):
            return Dated(day.isoformat(), "day", "stated", f"stated as “{match[group]}”", match.start(group), match.end(group))
    match = SAID_ON.search(text)
    if not match or not anchors:
        return None
    group = "day" if match["day"] else "day2"
    name, (what, anchor) = match[group], anchors[0]
    day = last_weekday(name, date.fromisoformat(anchor))
    which = f"the {what} {anchor}, a {WEEKDAYS[date.fromisoformat(anchor).weekday()]}"
    return Dated(day.isoformat(), "day", "derived", f"“{name}”, resolved backwards from {which}", match.start(group), match.end(group))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
