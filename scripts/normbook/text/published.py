"""When a page says that it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normbook.text.acts import PUBLISHED, RELEASED, UPDATED
from normbook.text.cues import MAIL_HEADER, PARTS_OF_STAMP
from normbook.text.days import Dated, a_date, days_in, parse_day
from normbook.text.furniture import furniture, is_stamp
from normbook.text.lines import BYLINE, CREDIT, is_dateline

SHORT_YEAR = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d\d)(?![\d/])")
FIGURES = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})[-/](?P<b>\d{1,2})[-/](?P<y>(?:19|20)\d\d)(?!\d)")
DIGIT = re.compile(r"\d")
TOP = 120  # lines that are searched for what a page says of itself
LONGEST_LABEL = 100
BODY = 140  # code points from which a line is taken for prose here


def published_on(received: str, given: date | None) -> Dated | None:
    """The day that the page itself states: a label that says published before one that says updated, a bare date only above the prose."""
    best: tuple[int, Dated] | None = None
    bare: set[str] = set()
    at, body = 0, False
    rows = re.split("\r\n|[\n\r\x85\u2028\u2029]", received.replace("\xa0", " "))
    exact = "\r\n" not in received
    for number, row in enumerate(rows):
        if number > TOP and number < len(rows) - TOP // 2:
            at += len(row) + 1
            continue
        for rank, what, words, offset in _stamps(row, body):
            if day := parse_day(words):
                where = at + offset if exact else received.find(words)
                dated = Dated(day.isoformat(), "day", "stated", f"stated in the {what} as “{words}”", where, where + len(words))
                bare.update([dated.value] if rank == 2 else [])
                if best is None or rank > best[0]:
                    best = rank, dated
        if body and is_stamp(row) and (day := parse_day(row)):
            bare.add(day.isoformat())  # a page with the dates of several texts was published on none of them
        body = body or (len(row) > BODY and furniture(row) is None) or is_dateline(row.lstrip())
        at += len(row) + 1
    best = best or _short_year(received, rows) or _confirmed(received, rows)
    if best and not (best[0] == 2 and len(bare) > 2):
        return best[1]
    return Dated(given.isoformat(), "day", "stated", "given from outside the text") if given else None


def _stamps(row: str, body: bool) -> Iterator[tuple[int, str, str, int]]:
    """The dates that one line of a page states of its publication: rank, what the line is, the words, and where they stand in it."""
    if len(row) > 260 or not (DIGIT.search(row) or "年" in row) or row.lower().startswith(("received", "submitted", "accepted")):
        return
    mail = row.lower().startswith(("date:", "sent:", "datum:", "gesendet:", "envoyé")) and MAIL_HEADER.match(row) is not None
    credit, byline, stamp = CREDIT.match(row), BYLINE.match(row), is_stamp(row)
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
    labelled = bool(PUBLISHED.search(row) or UPDATED.search(row)) or mail or released or (kind == "publication-line" and not stamp)
    if body and (mail or not labelled):
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


def _short_year(received: str, rows: list[str]) -> tuple[int, Dated] | None:
    """A day with a year of two figures behind a label of publication, where the page states the same day in full elsewhere."""
    for row in rows[:TOP]:
        match = SHORT_YEAR.search(row) if len(row) < BODY and furniture(row) == "publication-line" and PUBLISHED.search(row) else None
        if match and (day := a_date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))):
            stated = {each.stated for other in rows[:TOP] for each in days_in(other) if each.how == "full"}
            if day in stated:
                where = received.find(match[0])
                how = f"stated in the publication line as “{match[0]}”, a day that the page states in full too"
                return 3, Dated(day.isoformat(), "day", "stated", how, where, where + len(match[0]))
    return None


def _confirmed(received: str, rows: list[str]) -> tuple[int, Dated] | None:
    """A day in figures whose order is not told, behind a label of publication, where the page states just one of its readings in words."""
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
            return 3, Dated(day.isoformat(), "day", "stated", how, where, where + len(match[0]))
    return None
