"""The date of publication, as stated by the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from normbook.extraction.dates.calendar import Basis, Dated, Order, a_date, days_in, parse_day
from normbook.languages.calendar_words import DATE, WEEKDAY
from normbook.languages.language import Words, pattern
from normbook.page.classify import furniture, is_stamp
from normbook.page.layout import HOUR_ALONE, TURN_HEAD, WHEN, WHERE
from normbook.page.patterns import CLOCK, MAIL_HEADER, PARTS_OF_STAMP
from normbook.text.characters import LINE_ENDS
from normbook.text.event_words import PUBLISHED, RELEASED, UPDATED
from normbook.text.lines import CRAWL_HEADER, CREDIT, is_byline, is_dateline

# stages of a paper before publication (received, accepted)
OTHER_STAGES = pattern(r"(?i)\W*<events.stages-before>\b")
ROWS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
SHORT_YEAR = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d\d)(?![\d/])")
FIGURES = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})[-/](?P<b>\d{1,2})[-/](?P<y>(?:19|20)\d\d)(?!\d)")
# labels of publication that the cues of page furniture do not include
LABELLED = pattern(
    rf"(?i)(?:<events.appeared>|{WEEKDAY} <events.bare-day-articles:de>)\b.{{0,12}}\d.{{0,30}}$|{DATE}{CLOCK}?\W+<events.edited>"
)
SIGNED_BY = pattern(
    rf"(?i)\W*(?:<events.before-stamped-by> )?<events.stamped-by> (?-i:[^\W\d_][\w’'-]*(?: [^\W\d_][\w.’'-]*){{1,3}}),? (?:<events.day-articles> )?(?:{WEEKDAY} )?{DATE}\W*$"
)
WRITTEN_BY = pattern(r"(?i)(?:<events.before-stamped-by> )?<events.stamped-by>\b")
# the source and the time of a text in one line: "Harbour Daily 2021-05-03 10:22"
SOURCED = pattern(rf"(?i)[^.!?。！？;；:：\d]{{2,60}}[\s-]{DATE}{CLOCK}\s*$")
TIME = re.compile(r"\d(?:[:hH.]| [hH] )\d\d")  # in each such line
LETTERS = re.compile(r"[^\W_]")
YEAR = re.compile(r"(?:19|20)\d\d")
DIGIT = re.compile(r"\d")
YEAR_MARKS = Words("dates.year-marks")
MAIL_DAYS = Words("page.mail-day-labels")
TOP = 120  # lines in which a numeric date is confirmed
HEAD, FOOT = 1_200, 60  # lines at either end of a page that are searched
LONGEST_LABEL = 100
LONGEST_ROW = 260
BODY, SENTENCE, LEAST = (
    140,
    60,
    45,
)  # code points from which a line counts as prose here: in general; if it ends like a sentence; if it continues
STOPS, CLOSERS = tuple(".!?。！？…"), ' "”’»)'
GAP = 10  # lines between two pieces of prose of the same text
SHARE = 0.3  # share of the longest text from which a text is the page's own and not a teaser
ABOVE, INTO = 15, 3  # lines above and below the start of the text in which a bare date is that of the page
MOST_BETWEEN = 6  # short lines below a deck, which do not count: buttons, the author, the caption of a picture
LEAST_OWN = 6  # lines of prose below a date, above an older one: a text of its own and not an entry of a list
MOST_BARE = 2  # different bare dates; more of them belong to several texts


class Stamp(NamedTuple):
    """A date of publication in a line of a page: the number of the line, how certain it is, and the date."""

    row: int
    rank: int
    dated: Dated


def published_on(received: str, given: date | None, order: Order | None = None) -> Dated | None:
    """The date of publication that the page states: "published" before "updated", a bare date only near the start of the text.

    A date far above the text is that of the visit or of another text, one below it that of another text or a comment: both are refused.
    """
    plain = received.replace("\xa0", " ")
    every = ROWS.split(plain) if any(map(plain.__contains__, LINE_ENDS)) else plain.split("\n")
    ends = accumulate(len(row) + 1 for row in every)
    lines = [(end - len(row) - 1, row) for end, row in zip(ends, every, strict=True) if row and not row.isspace()]
    rows = [row for _, row in lines]
    start = matter(rows)
    stamps = list(_all_stamps(received, lines, start, order))
    stamps = [stamp for stamp in stamps if not _is_of_sitting(rows, stamp.row)] or stamps
    best = _best(stamps, rows, start) or _short_year(received, rows) or _confirmed(received, rows)
    return best or (Dated(given.isoformat(), "day", "stated", "given from outside the text") if given else None)


def _is_of_sitting(rows: Sequence[str], number: int) -> bool:
    """True for a line above the hour of a sitting and its first speaker; its day is that of the page only if the page has no other."""
    below = [row.strip() for row in rows[number + 1 : number + 3]]
    return len(below) > 1 and HOUR_ALONE.fullmatch(below[0]) is not None and TURN_HEAD.match(below[1]) is not None


def matter(rows: Sequence[str]) -> int | None:
    """The number of the first line of the page's own prose, None for a page of short lines; `rows` are the nonblank lines."""
    runs: list[list[int]] = []
    for number, row in enumerate(rows):
        if len(row) > LEAST and _is_prose(row, rows[number + 1] if number + 1 < len(rows) else ""):
            if runs and number - runs[-1][-1] <= GAP:
                runs[-1].append(number)
            else:
                runs.append([number])
    sizes = [sum(min(len(rows[number]), 10 * BODY) for number in run) for run in runs]
    return next((run[0] for run, size in zip(runs, sizes, strict=True) if size >= SHARE * max(sizes)), None)


def begun(rows: Sequence[str], start: int) -> int:
    """The number of the line from which the text has begun: INTO lines below its start, not counting short lines below the first one."""
    below = rows[start + 1 : start + 1 + MOST_BETWEEN]
    short = next((k for k, row in enumerate(below) if len(row) > BODY or (len(row) > LEAST and row.rstrip(CLOSERS)[-1:] in STOPS)), 0)
    return start + max(INTO, short + 1)


def _is_prose(row: str, below: str) -> bool:
    """True for a line of prose: long, or ending like a sentence, or continued in lower case, or starting with a dateline."""
    if len(row) > BODY or (len(row) > SENTENCE and row.rstrip(CLOSERS)[-1:] in STOPS) or below[:1].islower():
        return furniture(row) is None and not is_stamp(row) and not CRAWL_HEADER.match(row)
    return len(row) > SENTENCE and is_dateline(row.lstrip())


def _best(stamps: Sequence[Stamp], rows: Sequence[str], start: int | None) -> Dated | None:
    """The most reliable stamp; None if there is none or if several of the same rank differ."""
    last = len(rows) if start is None else begun(rows, start)
    above = [stamp for stamp in stamps if stamp.rank != 2 and stamp.row < last]
    below = [stamp for stamp in stamps if stamp.rank != 2 and stamp.row >= last]
    best = max(above, key=lambda stamp: (stamp.rank, start is not None and start - stamp.row <= ABOVE, -stamp.row), default=None)
    if best and best.rank > 2:
        return best.dated
    if bare := _bare([stamp for stamp in stamps if stamp.rank == 2], rows, start):
        return bare
    if best:
        return best.dated
    return below[0].dated if len({stamp.dated.value for stamp in below}) == 1 else None


def _bare(every: Sequence[Stamp], rows: Sequence[str], start: int | None) -> Dated | None:
    """The bare date closest above the text, or else the first one directly below its start."""
    stamps = [stamp for stamp in every if start is None or start - ABOVE <= stamp.row < begun(rows, start)]
    values = {stamp.dated.value for stamp in stamps}
    if not stamps or len(values) > MOST_BARE or (start is None and len(values) > 1):
        return None
    above = [stamp for stamp in stamps if start is not None and stamp.row < start]
    found = above[-1] if above else stamps[0]
    older = [stamp for stamp in every if stamp.row > found.row and stamp.dated.value < found.dated.value]
    if older and sum(_is_prose(row, "") for row in rows[found.row : older[0].row]) >= LEAST_OWN:
        return found.dated
    if len([stamp for stamp in older if any(_is_prose(row, "") for row in rows[stamp.row + 1 : stamp.row + INTO])]) > 1:
        return None  # a page that lists texts, newest first
    return found.dated


def _all_stamps(received: str, lines: Sequence[tuple[int, str]], start: int | None, order: Order | None) -> Iterator[Stamp]:
    exact = "\r\n" not in received
    last = begun([row for _, row in lines], start) if start is not None else 0
    for number, (at, row) in enumerate(lines):
        if (number < HEAD or number >= len(lines) - FOOT) and len(row) <= LONGEST_ROW and (DIGIT.search(row) or YEAR_MARKS.is_part_of(row)):
            if WHEN.match(row) and any(WHERE.match(other) for _, other in lines[max(number - 1, 0) : number + 2]):
                continue  # the day of a meeting, next to its place
            body = start is not None and number >= last
            near = start is not None and start - ABOVE <= number < last
            for rank, what, words, offset in _stamps(row, body, near):
                plain = parse_day(words)
                if day := plain or parse_day(words, order=order):
                    where = at + offset if exact else received.find(words)
                    how = f"stated in the {what} as “{words}”"
                    how += "" if plain else f", the {order} first as in the other dates or in the language of the text"
                    basis: Basis = "stated" if plain else "derived"
                    yield Stamp(number, rank, Dated(day.isoformat(), "day", basis, how, where, where + len(words)))


def _stamps(row: str, body: bool, near: bool) -> Iterator[tuple[int, str, str, int]]:
    """The dates of publication in a line: rank, kind of line, the words, and their offset."""
    if OTHER_STAGES.match(row):
        end = 0
        for stated in (each for each in days_in(row) if each.how == "full"):
            named, end = row[end : stated.start].lstrip(" ;,.|/–—•·"), stated.end
            if PUBLISHED.search(named) and not OTHER_STAGES.match(named):
                yield 4, "publication line", stated.words, stated.start
        return
    mail = row.lower().startswith(MAIL_DAYS.ends) and MAIL_HEADER.match(row) is not None
    credit, stamp = (
        CREDIT.match(row),
        is_stamp(row) or (near and (_is_one_day(row) or (TIME.search(row) is not None and SOURCED.match(row) is not None))),
    )
    byline = (
        is_byline(row)
        or (body and SIGNED_BY.match(row))
        or (near and len(row) < LONGEST_LABEL and (WRITTEN_BY.match(row) or LABELLED.match(row)))
    )
    kind = furniture(row)
    if kind in ("menu", "share") and not body:
        for part in PARTS_OF_STAMP.split(row):
            if (
                furniture(part) == "publication-line"
                and PUBLISHED.search(part)
                and (day := next(days_in(part), None))
                and day.how == "full"
            ):
                yield 4, "publication line", day.words, row.index(part) + day.start
        return
    released = not body and len(row) < LONGEST_LABEL and RELEASED.match(row) is not None
    if not (mail or credit or byline or stamp or released or kind in ("publication-line", "breadcrumb")):
        return
    told = bool(PUBLISHED.search(row) or UPDATED.search(row))
    labelled = told or mail or released or byline or (kind == "publication-line" and not stamp)
    if body and (mail or not (told or stamp or (byline and SIGNED_BY.match(row)))):
        return
    what = (
        "credit line"
        if credit
        else "byline"
        if byline
        else "mail header"
        if mail
        else "label of the release"
        if released
        else "publication line"
    )
    for day in days_in(row):
        if day.how == "full":
            before = row[: day.start][-40:]
            label = before[max(before.rfind("|"), before.rfind("/"), 0) :]
            yield (
                4 if PUBLISHED.search(label) else 1 if UPDATED.search(label) else 3 if labelled or credit else 2,
                what,
                day.words,
                day.start,
            )


def _is_one_day(row: str) -> bool:
    """True for a line with nothing but one day in several notations: "7 Mar 2007 7th March 2007"."""
    if len(row) > LONGEST_LABEL or len(YEAR.findall(row)) < 2:
        return False
    days = list(days_in(row))
    end, rest = 0, ""
    for day in days:
        rest, end = rest + row[end : day.start], day.end
    return len({day.stated for day in days}) == 1 and days[0].stated is not None and not LETTERS.search(rest + row[end:])


def _short_year(received: str, rows: list[str]) -> Dated | None:
    """A date with a two-digit year after a label of publication, if the page has the same day in full elsewhere."""
    for row in rows[:TOP]:
        match = SHORT_YEAR.search(row) if len(row) < BODY and furniture(row) == "publication-line" and PUBLISHED.search(row) else None
        if match and (day := a_date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))):
            stated = {each.stated for other in rows[:TOP] for each in days_in(other) if each.how == "full"}
            if day in stated:
                where = received.find(match[0])
                how = f"stated in the publication line as “{match[0]}”, a day that the page states in full too"
                return Dated(day.isoformat(), "day", "stated", how, where, where + len(match[0]))
    return None


def _confirmed(received: str, rows: list[str]) -> Dated | None:
    """An ambiguous numeric date after a label of publication, if the page has exactly one of its readings in words."""
    for row in rows[:TOP]:
        match = FIGURES.search(row) if len(row) < BODY and furniture(row) == "publication-line" and PUBLISHED.search(row) else None
        if not match or parse_day(match[0]):
            continue
        one, two, year = (int(match[group]) for group in ("a", "b", "y"))
        stated = {each.stated for other in rows[:TOP] for each in days_in(other) if each.how == "full"}
        readings = {day for day in (a_date(year, two, one), a_date(year, one, two)) if day in stated}
        if len(readings) == 1 and (day := readings.pop()):
            where = received.find(match[0])
            how = f"stated in the publication line as “{match[0]}”, of whose readings the page states this one in full too"
            return Dated(day.isoformat(), "day", "stated", how, where, where + len(match[0]))
    return None
