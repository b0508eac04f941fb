"""The day on which what a text tells was said or done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice, takewhile

from normbook.extraction.dates.calendar import Dated, Day, days_in, is_span, resolve
from normbook.languages.calendar_words import WEEKDAYS
from normbook.languages.language import pattern
from normbook.text.event_words import (
    ACTS,
    AHEAD,
    BETWEEN_STOPS,
    BRACKETED,
    CONVERSED,
    HAN_OPENER,
    LIKE_DATELINE,
    MET,
    PLACE_AND_DAY,
    RELEASED,
    SAID_NEAR,
    SENTENCE,
    SIGNED,
    SPOKEN,
    TOOK_PLACE,
)
from normbook.text.lines import CHINESE_DATELINE, DATELINE, Line

HEAD = 6  # lines in which a text may say what meeting it reports
LEAD = 10  # paragraphs of prose that are searched for the day of the event
LONGEST_LEAD = 3_000  # code points of a paragraph that are searched
LONG_AGO = 300  # days before the page: what was done then is told as history
MOST_DAYS = 12  # days of one sentence
BEFORE = 80  # code points before a day that may point ahead
WEEK_BEFORE = pattern(r"(?i),? <events.week-before>")
LAST = pattern(r"(?i)\b<events.last>\s?$")
OF_PAGE = pattern(r"(?i)\W*<events.page-notes>")
NOUN = re.compile(r" [a-z]+(?<! and)\b")  # behind "the October 7 ..." the day belongs to a thing
SOME_TIME = 60  # days before the page: an older day without its year is not that of the report
CLAUSE = re.compile(r"[,;:—–，。；：、“”]")
HABITUAL = pattern(r" <events.habitual-times>\b")
WRITTEN_BY = pattern(r"(?i)(?:written )?<events.written-by>\b|<events.day-before-date>$")
DATED_BY = pattern(r"(?i)\b<events.dated-by>(?: (?:the|\w+day|\w{4,10}))?,?$")
NEAR_END = 12  # code points behind a day that ends a line
BODY = 140  # code points from which a line is taken for prose here


def event_in(lines: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The day on which what is told was said or done: a day beside a verb of saying or doing, the first that the text names so."""
    prose = [line for line in lines if line.role in ("paragraph", "dateline", "item") and len(line.text) > 12]
    if sum(any(day.start < 3 and day.how in ("full", "no-year") for day in days_in(line.text[:40])) for line in prose) > 2:
        return None  # a bulletin tells of several days
    if sum(bool(re.match(r"(?:\w+ ){0,3}\d{1,2} \w+[.:–-]", line.text)) for line in prose) > 2:
        return None
    anchor = date.fromisoformat(anchors[0][1]) if anchors else None
    latest = max((day for day in map(date.fromisoformat, _head_days(lines))), default=None) if anchor is None else None
    found = _titled(lines, prose, anchors) or _met(lines, anchors)
    found = found or next(filter(None, (_acted(line, anchors, anchor) for line in prose[:LEAD])), None)
    later = (line for line in prose[LEAD:] if SAID_NEAR.search(line.text))
    found = found or next(filter(None, (_acted(line, anchors, anchor, SAID_NEAR) for line in later)), None)
    if found and latest and (latest - date.fromisoformat(found.value)).days > LONG_AGO:
        found = None  # the head of the text names a later time: what was done then is told as history
    return found or _signed(prose, anchors)


def _head_days(lines: Sequence[Line]) -> list[str]:
    """The full dates that the lines at the head of a text name, each end of a span too."""
    head = islice((line for line in lines if line.role != "blank"), HEAD)
    return [day.stated.isoformat() for line in head if len(line.text) < BODY for day in days_in(line.text) if day.stated]


def _signed(prose: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The full date of the line that says where and when a text was signed; one that says so in words goes before a place and a day."""
    worded = [line for line in reversed(prose) if SIGNED.match(line.text)]
    body = next((line.start for line in prose if len(line.text) > BODY // 2), 0)
    bare = [
        line
        for line in reversed(prose)
        if len(line.text) < BODY // 2
        and (match := PLACE_AND_DAY.match(line.text))
        and (line.start > body or any(map(str.isalpha, match["day"])))  # a name and figures above the prose are its author's
    ]
    return next((dated for line in [*worded, *bare] if (dated := _stated(line, anchors))), None)


def _met(lines: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The full date that a line at the head of a text states of the meeting or speech that it reports."""
    head = islice((line for line in lines if line.role != "blank"), HEAD)
    for line in head:
        if (
            len(line.text) < BODY
            and line.text.rstrip()[-1:] not in ".。:："
            and (MET.search(line.text) or BRACKETED.match(line.text.strip()))
            and (found := _stated(line, anchors))
        ):
            return found
    return None


def _titled(lines: Sequence[Line], prose: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The full date that stands in a title or in the line below it."""
    first = prose[0].start if prose else 0
    for line in takewhile(lambda line: line.start <= first, lines):
        title = line.role in ("headline", "heading") or (
            prose and line is prose[0] and line.role == "paragraph" and line.text.rstrip()[-1:].isdigit()
        )
        told = title and not RELEASED.match(line.text) and len(line.text) < 2 * BODY
        if told and (found := _stated(line, anchors)) and not _is_signed_on(line, found, anchors):
            return found
    return None


def _is_signed_on(line: Line, found: Dated, anchors: list[tuple[str, str]]) -> bool:
    """True if a day stands at an end of a line, behind no preposition: it is that of the page or of its author, not of what it tells."""
    if MET.search(line.text) or SPOKEN.match(line.text) or CONVERSED.search(line.text):
        return False
    before, after = line.text[: found.start - line.start].rstrip(" (["), line.text[found.end - line.start :]
    if WRITTEN_BY.match(before):
        return True
    return not before or (not DATED_BY.search(before) and (len(after.strip()) < NEAR_END or ("publication date", found.value) in anchors))


def _stated(line: Line, anchors: list[tuple[str, str]]) -> Dated | None:
    """The first full date of a line that does not lie ahead."""
    for day in days_in(line.text[:LONGEST_LEAD]):
        if day.how == "full" and day.stated and not is_span(line.text, day) and not AHEAD.search(line.text[: day.start][-BEFORE:]):
            return _told(day, line, anchors, day.stated)
    return None


def _acted(line: Line, anchors: list[tuple[str, str]], anchor: date | None, verbs: re.Pattern[str] = ACTS) -> Dated | None:
    """The first day that a paragraph names beside a verb of saying or doing."""
    opener = (
        (DATELINE.match(line.text) if line.role == "dateline" else None)
        or CHINESE_DATELINE.match(line.text.lstrip())
        or HAN_OPENER.match(line.text)
        or LIKE_DATELINE.match(line.text)
        or BETWEEN_STOPS.match(line.text)
    )
    skip = opener.end() + len(line.text) - len(line.text.lstrip()) if opener else 0
    at = 0
    for whole in SENTENCE.split(line.text[: 2 * LONGEST_LEAD]):
        start = line.text.find(whole, at)
        at = start + len(whole)
        if start > LONGEST_LEAD:
            break
        sentence = whole[:LONGEST_LEAD]
        acted = verbs.search(sentence)
        for day in islice(days_in(sentence), MOST_DAYS):
            before = sentence[: day.start]
            if not acted and not TOOK_PLACE.search(before[-BEFORE:]):
                continue
            if start + day.start < skip or AHEAD.search(before[-BEFORE:]) or before.count("“") > before.count("”"):
                continue
            if day.how in ("weekday", "relative", "day", "no-year") and anchor is None:
                continue
            if day.how == "weekday" and WEEK_BEFORE.match(sentence, day.end):
                continue
            if (day.how == "relative" and before.count('"') % 2) or is_span(sentence, day) or HABITUAL.match(sentence, day.end):
                continue
            if day.how in ("full", "no-year") and (
                OF_PAGE.match(sentence) or (before.endswith("the ") and day.words[0].isalpha() and NOUN.match(sentence, day.end))
            ):
                continue
            if day.how == "relative" and not day.number and not _done_on(sentence, day, verbs):
                continue
            value = resolve(day, anchor, LAST.search(before) is not None)
            if value and (anchor is None or (day.how == "full" or (anchor - value).days < LONG_AGO)):
                if anchor and (anchor - value).days > (LONG_AGO if day.how == "full" else SOME_TIME):
                    continue
                return _told(day._replace(start=start + day.start, end=start + day.end), line, anchors, value)
    return None


def _done_on(sentence: str, day: Day, verbs: re.Pattern[str]) -> bool:
    """True if "today" stands in the clause of a verb of saying or doing, or opens the sentence: else it may mean these times."""
    before, after = sentence[: day.start], sentence[day.end :]
    if not before.strip(' “"'):
        return verbs.search(after[:BEFORE]) is not None
    clause = CLAUSE.split(before)[-1] + CLAUSE.split(after)[0]
    return verbs.search(clause) is not None


def _told(day: Day, line: Line, anchors: list[tuple[str, str]], value: date) -> Dated:
    span = line.start + day.start, line.start + day.end
    if day.how == "full":
        return Dated(value.isoformat(), "day", "stated", f"stated as “{day.words}”", *span)
    what, stated = anchors[0]
    known = f"{what} {stated}, a {WEEKDAYS[date.fromisoformat(stated).weekday()]}"
    how = f"“{day.words}”, resolved backwards from the {known}" if day.how == "weekday" else f"“{day.words}”, by the {known}"
    return Dated(value.isoformat(), "day", "derived", how, *span)
