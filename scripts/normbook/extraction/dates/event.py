"""The date of the event that a text reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from normbook.extraction.dates.calendar import (
    DIGIT,
    NO_SUCH_DAY,
    SPAN_OPENS,
    SPELT,
    Candidate,
    Dated,
    Day,
    Order,
    a_date,
    calendar,
    days_in,
    is_span,
    months_in,
    resolve,
    spans_and_days,
    spelt_date,
    worded_days,
)
from normbook.languages.calendar_words import DATE, HAN_DATE, WEEKDAYS
from normbook.languages.language import pattern
from normbook.text.event_words import (
    ACTS,
    AHEAD,
    ATTRIBUTIVE,
    BETWEEN_STOPS,
    BIOGRAPHY,
    BRACKETED,
    CITED,
    CITED_BY_PARTICIPLE,
    CONVERSED,
    DATED_ACT,
    DONE_HAN,
    HAN_OPENER,
    LIKE_DATELINE,
    MET,
    PRESENT_ACT,
    RELATIVE_CLAUSE,
    RELEASED,
    REPEALED,
    SAID_NEAR,
    SAID_ON,
    SALUTATION,
    SENTENCE,
    SIGNED,
    SPAN_HEAD,
    SPAN_TAIL,
    SPOKEN,
    TOOK_PLACE,
    place_and_day,
)
from normbook.text.lines import CHINESE_DATELINE, CLOSERS, DATELINE, Line

BULLETIN = re.compile(r"(?:\w+ ){0,3}\d{1,2} \w+[.:–-]")  # a day at the start of an entry
HEAD = 6  # lines in which a text may name the meeting that it reports
FAR_ABOVE = 25  # lines above the first paragraph; a title higher up belongs to the page
SEVERAL = 3  # days long before the text, from which a text reviews what has been
LEAD = 10  # paragraphs of prose that are searched for the date of the event
# code points from which a line counts as a paragraph although it ends no sentence; shorter lines that do not count
SHORTEST_TOLD, MOST_SHORT = 60, 20
STOPS = tuple(".!?…。！？")
LONGEST_LEAD = 3_000  # code points of a paragraph that are searched
LONG_AGO = 300  # days before publication; an earlier event is history
MOST_DAYS = 12  # days of one sentence
CITATION = 120  # code points before a date in which its act may be named
BEFORE = 80  # code points before a date in which a plan may be announced
WEEK_BEFORE = pattern(r"(?i),? <events.week-before>")
LAST = pattern(r"(?i)\b<events.last>\s?$")
LENGTH_OF_DAY = len("2021-05-03")
HAN_DAY_ALONE = pattern(HAN_DATE)
SIGNING_BODY = pattern(r"[\u4e00-\u9fff ]{2,28}<events.signing-bodies>")  # a body that signs, on a line of its own
NEAR_TOP = 2  # paragraphs above the line of place and day of a report
NEAR_FOOT = 8  # paragraphs at the end of a text in which it may be signed
# a place on a line of its own, above the date of the signature
ENDS_PLACE = re.compile(r"\s*[^\W\d_][^\n.:;]{2,50},\s*")
DAY_ALONE = pattern(rf"(?i)[\W_]*{DATE}[\W_]*$")
ACT_NUMBER = pattern(r"\s*<events.act-numbers> ?\d{1,6}[\w/-]{0,12}\s*$")  # the number of a decree below its day
DAY_AND_HOUR = pattern(
    rf"(?i)[\W_]*(?:[^\W\d_]+,? )?{DATE}(?:,? (?:<page.clock-links:en> )?\d{{1,2}}(?:[:.h]\d\d)?(?: ?[ap]\.? ?m\.?| ?h)?)?[\W_]*"
)
OF_PAGE = pattern(r"(?i)\W*<events.page-notes>")
NOUN = pattern(r" [a-z]+(?<! <grammar.and:en>)\b")  # after "the October 7 …" the date belongs to a noun
SOME_TIME = 60  # days before publication; an older date without a year is not that of the event
CLAUSE = re.compile(r"[,;:—–，。；：、“”]")
EARLIER = pattern(r"(?i)\b<events.earlier> [^,;.]{0,60}$")
HABITUAL = pattern(r" <events.habitual-times>\b")
WRITTEN_BY = pattern(r"(?i)(?:<events.written:en> )?<events.written-by>\b|<events.day-before-date>$")
DATED_BY = pattern(r"(?i)\b<events.dated-by>(?: (?:<dates.articles:en>|\w+<dates.weekday-ends:en>|\w{4,10}))?,?$")
CITED_WITHIN = 14  # days before publication; a more recent cited act may be the news itself
OF_VERSION = pattern(r"(?i)\b<events.versions>\.? ?\d[\w.]*\W{1,3}(?:\w{1,5} )?$")  # "ver. 1.4 of"
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
UNDATED_LEAD = 2  # paragraphs of an otherwise undated text in which a full date counts as that of the event; one if it is prose
LIES_AHEAD = "it lies ahead of what the text tells, or is a deadline"
LIES_AFTER = "it lies after the"
OPENS_SPAN = "it is the first day of a span of time"
OF_A_VERSION = "it is the day of a version of the text"
IS_CITED = "it is the day of an act that the text cites"
IS_HISTORY = "it lies long before the text: history"
IS_EARLIER = "the words before it tell how much earlier it was than what the text tells"
OTHER_DATELINE = "the dateline, which has no year, names another time of the year"
SAID_ON_ANOTHER = "the sentence was said on another day, which it names"
OTHER_WEEKDAY = "the weekday beside it is not its own"
MOST_CHECKED = 200  # lines whose dates are checked against the calendar
NO_ANCHOR = "no publication date, dateline or title tells which day it is"
NEAR_END = 12  # code points after a date at the end of a line
BODY = 140  # code points from which a line counts as prose here


@dataclass
class Search:
    """The search for the date of an event: what is known in advance, and the dates that were refused."""

    lines: Sequence[Line]
    anchors: list[tuple[str, str]]  # whose date it is, and the date
    order: Order | None = None
    dateline: Day | None = None  # the day of a dateline without a year that nothing dates
    questions: Sequence[tuple[int, int]] = ()  # spans of the questions of a dialogue
    last_day: date | None = None  # the last day of an interval in the opening: results are announced on it
    lead: int = UNDATED_LEAD  # paragraphs of the opening
    spoken_from: int | None = None  # where the first turn of a record starts
    refused: list[Candidate] = field(default_factory=list)

    @property
    def anchor(self) -> date | None:
        """The date from which relative ones are resolved."""
        return date.fromisoformat(self.anchors[0][1]) if self.anchors else None

    def is_after_all(self, value: date) -> bool:
        """True for a date after all dates of the page itself, with one day of tolerance for time zones."""
        return bool(self.anchors) and value > max(date.fromisoformat(day) for _, day in self.anchors) + timedelta(days=1)

    def is_of_another_season(self, value: date) -> bool:
        """True for a date that is more than two weeks from the day of a dateline, whatever its year."""
        near = resolve(self.dateline, value + timedelta(days=CITED_WITHIN)) if self.dateline else None
        return near is not None and abs((near - value).days) > CITED_WITHIN

    def refuse(self, day: Day, line: Line, why: str, value: date | None = None, is_contradicted: bool = False) -> None:
        """Records a date that is not asserted, once per span."""
        start = line.start + day.start
        if any(each.start == start for each in self.refused):
            return
        stated = value or day.stated
        iso = stated.isoformat()[: 7 if day.how == "month" else None] if stated else None
        self.refused.append(
            Candidate("event", iso, day.words, start, line.start + day.end, why, day.unread == NO_SUCH_DAY, is_contradicted)
        )

    def days(self, text: str) -> list[Day]:
        """The days and intervals that a line names."""
        return spans_and_days(text, order=self.order)


def event_in(search: Search) -> Dated | None:
    """The date of the event: the first date next to a verb of saying or doing.

    Dates that are not asserted are added to `search.refused` with a reason.
    """
    found = _event(search)
    for line in islice(search.lines, MOST_CHECKED):
        if YEARS.search(line.text):
            _check(line, search)
    return found


def _check(line: Line, search: Search) -> None:
    """Refuses the impossible dates of a line, and records dates with a wrong weekday."""
    for day in days_in(line.text[:LONGEST_LEAD], order=search.order):
        if day.how == "full" and day.unread == NO_SUCH_DAY:
            search.refuse(day, line, NO_SUCH_DAY)
        elif day.is_contradicted and day.stated:
            span = line.start + day.start, line.start + day.end
            why = f"{day.stated.isoformat()} is a {WEEKDAYS[day.stated.weekday()]}, the text says {WEEKDAYS[day.weekday or 0]}"
            search.refused.append(Candidate("event", None, day.words, *span, why, is_contradicted=True))


def _event(search: Search) -> Dated | None:
    lines = search.lines
    prose = [line for line in lines if line.role in ("paragraph", "dateline", "item") and len(line.text) > 12]
    if sum([_opens_with_day(line.text[:40]) for line in prose]) > 2:
        return None  # a bulletin reports several days
    if sum([BULLETIN.match(line.text) is not None for line in prose]) > 2:
        return None
    if prose and len(prose[0].text) > BODY and len(list(_sentences(prose[0].text, ()))) > 1:
        search.lead = 1
    latest = max(map(date.fromisoformat, _head_days(lines)), default=None) if not search.anchors else None
    found = _titled(search, prose) or _met(search)
    acted = None if found else _in_lead(search, prose)
    if not found and not acted:
        opening = _opening(prose)
        later = ((n, line) for n, line in enumerate(prose) if n >= opening and SAID_NEAR.search(line.text))
        acted = next(filter(None, (_acted(line, n, search, SAID_NEAR) for n, line in later)), None)
    found = found or acted
    if found and latest and (latest - date.fromisoformat(found.first)).days > LONG_AGO:
        found = None  # the top of the text has a later date, so this one is history
    return found or _by_own_day(search, prose) or _month(search, prose)


def _by_own_day(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The day of a signature; or, if the opening names a day that nothing dates ("on Monday"), that day by the one day that ends or signs the text."""
    signed = _signed(search, prose)
    at_foot = signed is not None and len(prose) > NEAR_TOP and signed.start > prose[NEAR_TOP].start  # then the text itself is the act
    if search.anchors or at_foot or not any(each.why == NO_ANCHOR for each in search.refused):
        return signed
    last = prose[-1] if prose and DAY_ALONE.fullmatch(prose[-1].text) else None
    own = signed or (_stated(last, search) if last else None)
    if not own or len(own.value) != LENGTH_OF_DAY:
        return signed
    again = replace(search, anchors=[("day of the text", own.value)], refused=[])
    return _in_lead(again, prose) or signed


def _opens_with_day(head: str) -> bool:
    """True if a line starts with a date; the calendar is asked only if a number, the name of a month or a date in words does."""
    numbered = DIGIT.search(head)
    may_be = numbered and (not head.isascii() or numbered.start() < 3 or min(calendar().months_at(head) or [3]) < 3)
    return (may_be or any(True for _ in worded_days(head))) and any(
        day.start < 3 and day.how in ("full", "no-year") for day in days_in(head)
    )


def _in_lead(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The first date next to an act in the opening paragraphs; of an interval the last day, if a paragraph also names it alone."""
    found = filter(None, (_acted(line, number, search) for number, line in enumerate(prose[: _opening(prose)])))
    first = next(found, None)
    last = first.value.partition("/")[2] if first else ""
    if not last:
        return first
    search.last_day = date.fromisoformat(last)
    signed = _signed(search, prose)
    return next((each for each in (*found, signed) if each and each.value == last), first)


def _opening(prose: Sequence[Line]) -> int:
    """The number of lines that hold the first LEAD paragraphs; of short lines that end no sentence, as of a menu, MOST_SHORT do not count."""
    told = short = 0
    for n, line in enumerate(prose):
        text = line.text.rstrip(CLOSERS + " ")
        is_short = len(text) < SHORTEST_TOLD and text[-1:] not in STOPS and short < MOST_SHORT
        short += is_short
        told += not is_short
        if told == LEAD:
            return n + 1
    return len(prose)


def _month(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The month of the event in the opening of a text that has no day and no other month."""
    if not prose or search.refused or _is_speech(search.lines):
        return None
    line = prose[0]
    months = list(months_in(line.text[:LONGEST_LEAD]))
    if not months or len({day.stated for day in months}) > 1:
        return None
    month = months[0]
    opening = next(_sentences(line.text[:LONGEST_LEAD], months))
    before = line.text[: month.start][-BEFORE:]
    if not opening[0] <= month.start < opening[1] or not ACTS.search(line.text[slice(*opening)]) or not month.stated:
        return None
    later = [int(year) for other in prose for year in YEARS.findall(other.text)]
    if AHEAD.search(before):
        search.refuse(month, line, LIES_AHEAD)
    elif _is_cited(before):
        search.refuse(month, line, IS_CITED)
    elif search.is_after_all(month.stated):
        search.refuse(month, line, f"{LIES_AFTER} {search.anchors[0][0]} {search.anchors[0][1]}")
    elif (search.anchor and (search.anchor - month.stated).days > SOME_TIME + 31) or any(year > month.stated.year for year in later):
        search.refuse(month, line, IS_HISTORY)
    else:
        value = month.stated.isoformat()[:7]
        return Dated(value, "month", "stated", f"stated as “{month.words}”", line.start + month.start, line.start + month.end)
    return None


def _is_speech(lines: Sequence[Line], at: int | None = None) -> bool:
    """True for the text of a speech, which starts with a salutation; with an offset, only if that is not above the salutation."""
    return any(
        SALUTATION.match(line.text) and (at is None or line.start <= at)
        for line in islice((line for line in lines if line.role != "blank"), HEAD)
    )


def _sentences(text: str, days: Sequence[Day]) -> Iterator[tuple[int, int]]:
    """The spans of the sentences; a full stop within a date ("4. Mai") does not end one."""
    start = 0
    for match in SENTENCE.finditer(text):
        if not any(day.start < match.start() < day.end for day in days):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _head_days(lines: Sequence[Line]) -> list[str]:
    """The full dates in the lines at the top of a text, including both ends of intervals."""
    head = islice((line for line in lines if line.role != "blank"), HEAD)
    return [day.stated.isoformat() for line in head if len(line.text) < BODY for day in days_in(line.text) if day.stated]


def _spelt(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The day of a proclamation, in words: "this third day of March, in the year of our Lord two thousand twenty-three"."""
    for line in reversed(prose[-NEAR_FOOT:]):
        match = SPELT.search(line.text)
        value = spelt_date(match) if match else None
        if match and value and not search.is_after_all(value):
            span = line.start + match.start(), line.start + match.end()
            return Dated(value.isoformat(), "day", "stated", f"stated in words as “{match[0]}”", *span)
    return None


def _signed(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The full date of the line of a signature; a line with "signed" or the like comes before one of a place and date."""
    if spelt := _spelt(search, prose):
        return spelt
    worded = [line for line in reversed(prose) if SIGNED.match(line.text)]
    body = next((line.start for line in prose if len(line.text) > BODY // 2), 0)
    bare = [
        line
        for line in reversed(prose)
        if len(line.text) < BODY // 2
        and (match := place_and_day(line.text))
        and (line.start > body or any(map(str.isalpha, match["day"])))  # a name and numbers above the prose belong to the author
    ]
    last = prose[-NEAR_FOOT:]
    below = [line for place, line in pairwise(last) if ENDS_PLACE.fullmatch(place.text) and DAY_ALONE.match(line.text)]
    numbered = [
        line for line, number in pairwise(prose_and_short(search.lines)) if ACT_NUMBER.match(number.text) and DAY_ALONE.match(line.text)
    ]
    signed = [
        line
        for above, line in pairwise(prose_and_short(search.lines))
        if SIGNING_BODY.fullmatch(above.text.strip()) and HAN_DAY_ALONE.fullmatch(line.text.strip()) and line.start > body
    ]
    return next((dated for line in [*worded, *bare, *below, *numbered[:1], *signed[-1:]] if (dated := _stated(line, search))), None)


def prose_and_short(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text that are not blank, whatever their role: a day or number alone may be taken for a heading."""
    return [line for line in lines if line.role != "blank"]


def _met(search: Search) -> Dated | None:
    """The full date of the reported meeting or speech, from a line at the top of the text."""
    head = list(islice((line for line in search.lines if line.role != "blank"), HEAD))
    last = next((line for line in reversed(search.lines) if line.role != "blank"), None)  # a day in brackets there is that of the signature
    for line in head:
        if (
            len(line.text) < BODY
            and line.text.rstrip()[-1:] not in ".。:："
            and (MET.search(line.text) or (line is not last and BRACKETED.match(line.text.strip())))
            and (found := _stated(line, search))
        ):
            return found
    hours = [is_day_and_hour(line.text) for line in head]
    for k, line in enumerate(head):  # "8900th meeting", and below it a line with nothing but the day and hour
        if any(hours[k + 1 : k + 3]) and len(line.text) < BODY and not hours[k] and CONVERSED.search(line.text):
            below = (each for each, hour in zip(head[k + 1 : k + 3], hours[k + 1 : k + 3], strict=True) if hour)
            if found := next((dated for each in below if (dated := _stated(each, search))), None):
                return found
    return None


def is_day_and_hour(row: str) -> bool:
    """True for a line with nothing but a day, perhaps with its weekday and an hour."""
    return (not row.isascii() or DIGIT.search(row) is not None) and DAY_AND_HOUR.fullmatch(row) is not None


def _titled(search: Search, prose: Sequence[Line]) -> Dated | None:
    """The full date in a title or in the line below it."""
    first = prose[0].start if prose else 0
    body = next((line.start for line in prose if len(line.text) > BODY), first)
    above = [line for line in search.lines if line.start <= body and line.role != "blank"]
    far = above[-FAR_ABOVE].start if len(above) > FAR_ABOVE else -1  # a heading far above the text belongs to a menu
    for line in takewhile(lambda line: line.start <= first, search.lines):
        if line.start < far:
            continue
        title = line.role in ("headline", "heading") or (
            prose and line is prose[0] and line.role == "paragraph" and line.text.rstrip()[-1:].isdigit()
        )
        told = (
            title and len(line.text) < 2 * BODY and not (RELEASED.match(line.text) or place_and_day(line.text))
        )  # the day of the text itself
        if told and (found := _stated(line, search)) and not _is_signed_on(line, found, search.anchors):
            return found
    return None


def _is_signed_on(line: Line, found: Dated, anchors: list[tuple[str, str]]) -> bool:
    """True if a date at the end of a line has no preposition: then it belongs to the page or its author, not to the event."""
    if MET.search(line.text) or SPOKEN.match(line.text) or CONVERSED.search(line.text) or DATED_ACT.match(line.text):
        return False
    before, after = line.text[: found.start - line.start].rstrip(" (["), line.text[found.end - line.start :]
    if WRITTEN_BY.match(before):
        return True
    return not before or (not DATED_BY.search(before) and (len(after.strip()) < NEAR_END or ("publication date", found.value) in anchors))


def _stated(line: Line, search: Search) -> Dated | None:
    """The first full date or interval of a line that is neither a plan nor later than the page."""
    for day in search.days(line.text[:LONGEST_LEAD]):
        if day.how != "full" or (not day.until and is_span(line.text, day)):
            continue
        before = line.text[: day.start]
        if REPEALED.match(line.text):
            search.refuse(day, line, IS_CITED)
            continue
        if not day.stated:
            search.refuse(day, line, day.unread)
        elif OF_VERSION.search(before[-BEFORE:]):
            search.refuse(day, line, OF_A_VERSION)
        elif AHEAD.search((SPAN_OPENS.sub("", before) if day.until else before)[-BEFORE:]):
            search.refuse(day, line, LIES_AHEAD)
        elif search.is_after_all(day.stated):
            search.refuse(day, line, f"{LIES_AFTER} {search.anchors[0][0]} {search.anchors[0][1]}")
        else:
            return _told(day, line, search, day.stated)
    return None


def _end_of_opener(line: Line) -> int:
    """The offset behind the dateline or the like with which a paragraph starts, 0 if there is none."""
    opener = (
        (DATELINE.match(line.text) if line.role == "dateline" else None)
        or CHINESE_DATELINE.match(line.text.lstrip())
        or HAN_OPENER.match(line.text)
        or LIKE_DATELINE.match(line.text)
        or BETWEEN_STOPS.match(line.text)
    )
    return opener.end() + len(line.text) - len(line.text.lstrip()) if opener else 0


def _acted(line: Line, number: int, search: Search, verbs: re.Pattern[str] = ACTS) -> Dated | None:
    """The first date of a paragraph next to a verb of saying or doing; `number` is the number of the paragraph."""
    text = line.text[: 2 * LONGEST_LEAD]
    days = search.days(text)
    skip = _end_of_opener(line) if days else 0
    days = [day for day in days if day.start >= skip]
    for start, end in _sentences(text, days) if days else ():
        if start > LONGEST_LEAD:
            break
        inside = [day for day in days if start <= day.start < end][:MOST_DAYS]
        if not inside:
            continue
        sentence = text[start : min(end, start + LONGEST_LEAD)]
        acted, gainsaid = verbs.search(sentence) is not None, False
        said = [
            day for day in inside if day.how in ("weekday", "relative") and SAID_ON.search(text[max(day.start - BEFORE, start) : day.start])
        ]
        for day in inside:
            here = day._replace(start=day.start - start, end=day.end - start)
            before = sentence[: here.start]
            if here.until:
                before = SPAN_OPENS.sub("", before)
            today = day.how == "relative" and not day.number and PRESENT_ACT.search(sentence) is not None
            if (
                not acted
                and not today
                and not TOOK_PLACE.search(before[-BEFORE:])
                and not (not before.strip() and DONE_HAN.match(sentence, here.end))
            ):
                continue
            value = resolve(day, search.anchor, LAST.search(before) is not None)
            why = _unfit(sentence, before, here, search, verbs) or _unsupported(sentence, before, here, value, number, line, search)
            if not why and value:
                why = _beside_others(day, value, line, Told(inside, days, said, number, gainsaid), search)
            gainsaid = gainsaid or (day.how == "full" and why.startswith(LIES_AFTER))
            if why:
                search.refuse(day, line, why, value, why == OTHER_WEEKDAY)
            elif value:
                return _told(day, line, search, value)
    return None


class Told(NamedTuple):
    """The other days of a paragraph."""

    inside: Sequence[Day]  # of the same sentence
    days: Sequence[Day]
    said: Sequence[Day]  # those on which the sentence was said
    number: int  # of the paragraph
    gainsaid: bool  # a day of the sentence lies after the text


def _beside_others(day: Day, value: date, line: Line, told: Told, search: Search) -> str:
    """Why the other days of its paragraph, or its speaker, show that a day is not that of the event, or ""."""
    near = day.how in ("weekday", "relative")
    if search.spoken_from is not None and line.start >= search.spoken_from and value != search.anchor:
        return "a speaker of the record tells of it"
    if told.said and day not in told.said and near:
        return SAID_ON_ANOTHER
    if any(one <= line.start + day.start < two for one, two in search.questions):
        return "it is named inside a question"
    if told.gainsaid and near:
        return "the sentence states a day that lies after the text"
    if day.how == "relative" and any(_is_today(each, search.anchor) for each in told.days if each.start < day.start):
        return IS_EARLIER  # "on this Thursday … Yesterday, …"
    if day.how == "relative" and _is_before_another(value, day, told, search.anchor):
        return IS_EARLIER  # "The day before yesterday … Yesterday, …"
    if told.number >= UNDATED_LEAD and sum(each.why == IS_HISTORY for each in search.refused) >= SEVERAL:
        return "the text tells what happened on several days"
    return ""


def _is_today(day: Day, anchor: date | None) -> bool:
    """True for a weekday that is that of the text itself."""
    return day.how == "weekday" and anchor is not None and resolve(day, anchor) == anchor


def _is_before_another(value: date, day: Day, told: Told, anchor: date | None) -> bool:
    """True if a later sentence of the paragraph names a later relative day, on which the news is, that is not the day of the text itself."""
    later = (resolve(each, anchor) for each in told.days if each.how == "relative" and each.start > day.start and each not in told.inside)
    return any(other is not None and anchor is not None and value < other < anchor for other in later)


def _unfit(sentence: str, before: str, day: Day, search: Search, verbs: re.Pattern[str]) -> str:
    """Why the words around a date show that it is not that of the event, or ""."""
    if AHEAD.search(before[-BEFORE:]):
        return LIES_AHEAD
    if SPAN_HEAD.search(before[-BEFORE:]) and SPAN_TAIL.match(sentence, day.end):
        return OPENS_SPAN
    if BIOGRAPHY.search(sentence):
        return IS_HISTORY
    if EARLIER.search(before[-BEFORE:]):
        return IS_EARLIER
    if before.count("“") > before.count("”") or (day.how == "relative" and before.count('"') % 2):
        return "it is named inside a quotation"
    if day.how in ("weekday", "relative", "day", "no-year") and search.anchor is None:
        return NO_ANCHOR
    if day.how == "weekday" and WEEK_BEFORE.match(sentence, day.end):
        return "the words do not say which week the weekday is in"
    if not day.until and is_span(sentence, day):
        return "it is one of several days"
    if HABITUAL.match(sentence, day.end):
        return "it is a habit"
    if day.how in ("full", "no-year") and (
        OF_PAGE.match(sentence) or (before.endswith("the ") and day.words[0].isalpha() and NOUN.match(sentence, day.end))
    ):
        return "it belongs to the name of a thing, or to the page"
    if day.how == "relative" and not day.number and not _done_on(sentence, day, verbs):
        return "the word may mean these times"
    return ""


def _is_cited(before: str) -> bool:
    """True if the words before a date name an act that the text cites, or start a clause about something else."""
    near = before[-BEFORE:]
    return bool(CITED.search(before[-CITATION:]) or CITED_BY_PARTICIPLE.search(near) or RELATIVE_CLAUSE.search(near))


def _unsupported(sentence: str, before: str, day: Day, value: date | None, number: int, line: Line, search: Search) -> str:
    """Why a date contradicts other dates of the text, or ""."""
    if value is None or (day.until and not _last_day(day, value)):
        return day.unread or NO_SUCH_DAY
    anchor = search.anchor
    if anchor is None:
        if _is_speech(search.lines, line.start):
            return "it is mentioned in a speech, whose own day is not stated"
        if search.is_of_another_season(value):
            return OTHER_DATELINE
        if number >= search.lead and value != search.last_day:
            return "neither the opening nor the head of the text states it, and nothing else dates the text"
    elif search.is_after_all(value):
        return f"{LIES_AFTER} {search.anchors[0][0]} {search.anchors[0][1]}"
    elif (anchor - value).days > (LONG_AGO if day.how == "full" else SOME_TIME if number < UNDATED_LEAD else CITED_WITHIN):
        return IS_HISTORY
    is_recent = anchor is not None and (anchor - value).days <= CITED_WITHIN
    if not is_recent and (_is_cited(before) or ATTRIBUTIVE.match(sentence, day.end)):
        return IS_CITED
    if day.how == "no-year" and day.weekday is not None and value.weekday() != day.weekday:
        return OTHER_WEEKDAY
    return ""


def _done_on(sentence: str, day: Day, verbs: re.Pattern[str]) -> bool:
    """True if "today" is in the clause of a verb of saying or doing, or starts the sentence; else it may mean "nowadays"."""
    before, after = sentence[: day.start], sentence[day.end :]
    if not before.strip(' “"'):
        return verbs.search(after[:BEFORE]) is not None or PRESENT_ACT.search(after[:BEFORE]) is not None
    clause = CLAUSE.split(before)[-1] + CLAUSE.split(after)[0]
    return verbs.search(clause) is not None or PRESENT_ACT.search(clause) is not None


def _told(day: Day, line: Line, search: Search, value: date) -> Dated:
    span = line.start + day.start, line.start + day.end
    stated = value.isoformat()
    if until := _last_day(day, value):
        stated += f"/{until.isoformat()}"
    if day.how == "full" and day.unread:
        how = f"“{day.words}”, the {search.order} first as in the other dates or in the language of the text"
        return Dated(stated, "day", "derived", how, *span)
    if day.how == "full":
        return Dated(stated, "day", "stated", f"stated as “{day.words}”", *span)
    what, known_day = search.anchors[0]
    known = f"{what} {known_day}, a {WEEKDAYS[date.fromisoformat(known_day).weekday()]}"
    how = f"“{day.words}”, resolved backwards from the {known}" if day.how == "weekday" else f"“{day.words}”, by the {known}"
    return Dated(stated, "day", "derived", how, *span)


def _last_day(day: Day, first: date) -> date | None:
    """The last day of an interval that starts on a date."""
    if day.until is None or isinstance(day.until, date):
        return day.until
    last = a_date(first.year, *day.until)
    return a_date(first.year + 1, *day.until) if last and last < first else last
