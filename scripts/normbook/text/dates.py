"""When: publication, dateline and event are different dates, and each says how it was derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, takewhile
from typing import Literal, NamedTuple

from normbook.text.cues import MAIL_HEADER
from normbook.text.days import WEEKDAYS, Day, days_in, nearest, parse_day, resolve
from normbook.text.furniture import furniture, is_stamp
from normbook.text.lines import BYLINE, CHINESE_DATELINE, CRAWL_HEADER, CREDIT, DATELINE, Line, is_dateline
from normbook.text.offices import SAID

DONE = (
    r"agreed|adopted|signed|met|held|opened|launched|began|voted|concluded|ended|closed|issued|released|visited|attended|chaired|convened|published|approved|decided|hosted|delivered|asked|received|called|inaugurated|ratified|endorsed|"
    r"passed|proposed|put forward|started|presented|unveiled|accused|rejected|warned|urged|welcomed|took|gave|spoke|accepted|appointed|elected|ordered|ruled|raised|completed|switched|handed|arrived|promised|discussed|denied|confirmed|joined|introduced|submitted|received"
)
ACTS = re.compile(
    rf"(?i)\b(?:{SAID[3:-1]}|{DONE})\b|\b(?:a|ont|a été|s['’]est|déclaré|indiqué|annoncé|adopté|signé|réuni|rencontré)\b|\b(?:dijo|señaló|afirmó|anunció|firmaron|firmó|aprobó|reunió|celebró|acordaron|declaró|presentó)\b|"
    r"\b(?:sagte|erklärte|teilte|eröffnete|beschloss|unterzeichnete[n]?|traf(?:en)?|kündigte|hat|haben|wurde[n]?|begann)\b|\b(?:заявил\w*|сообщил\w*|прош[её]л\w*|состоял\w*|подписал\w*|провёл|провел\w*|принял\w*|открыл\w*)\b|表示|指出|举行|主持|签署|发表|发布|宣布|闭幕|开幕|会见|通过|强调|介绍|说"
)
AHEAD = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|due|scheduled|next|until|before|by|since|from|between|every|deadline|effective|takes? effect|enters? into force|entered into force|expires?|born|dated|as of|starting|in the run-up|ahead of|no later than|wird|werden|sera|auront|entrará|se celebrará|будет)\s(?:[\w’']+\s){0,5}$|(?:将|拟)[^，。]{0,12}$"
)
SIGNED = re.compile(
    r"(?i)^(?:[\W_]*)(?:done|adopted|signed|issued|made|given|fait|hecho|geschehen|совершено)\b[^.]{0,120}?$|^(?:done|adopted|signed|fait|hecho|совершено)\b"
)
DIGIT = re.compile(r"\d")
PUBLISHED = re.compile(r"(?i)publish|posted|release|发布|veröffentlicht|опубликован|publié|publicado|\bon \d|online|erstellt")
UPDATED = re.compile(r"(?i)updat|modif|更新|обновл|actualiz|aktualis|mis(?:e)? à jour|stand|changed|reviewed")
TOP = 120  # lines that are searched for what a page says of itself
LEAD = 10  # paragraphs of prose that are searched for the day of the event
LONGEST_LEAD = 3_000  # code points of a paragraph that are searched
MOST_DAYS = 12  # days of one sentence
BEFORE = 80  # code points before a day that may point ahead
BODY = 140  # code points from which a line is taken for prose here

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


def find_dates(received: str, lines: Sequence[Line], text: str, published: date | None = None) -> Dates:
    """The dates of one text: `received` for what cleaning drops (publication line, crawl header), `text` and its lines for the rest.

    A weekday is resolved backwards from the dateline, else from the day of publication; with neither it stays None.
    """
    known = _published(received, published)
    crawled = parse_day(match[0]) if (match := CRAWL_HEADER.match(received)) else None
    dateline = _dateline(lines, known, crawled)
    anchors = [("dateline", dateline.date.value)] if dateline and dateline.date else []
    anchors += [("publication date", known.value)] if known else []
    return Dates(known, dateline, _event(lines, anchors))


def _published(received: str, given: date | None) -> Dated | None:
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
    if best and not (best[0] == 2 and len(bare) > 2):
        return best[1]
    return Dated(given.isoformat(), "day", "stated", "given from outside the text") if given else None


def _stamps(row: str, body: bool) -> Iterator[tuple[int, str, str, int]]:
    """The dates that one line of a page states of its publication: rank, what the line is, the words, and where they stand in it."""
    if len(row) > 260 or not DIGIT.search(row):
        return
    mail = row.lower().startswith(("date:", "sent:", "datum:", "gesendet:", "envoyé")) and MAIL_HEADER.match(row) is not None
    credit, byline, stamp = CREDIT.match(row), BYLINE.match(row), is_stamp(row)
    kind = furniture(row)
    if not (mail or credit or byline or stamp or kind in ("publication-line", "breadcrumb")):
        return
    labelled = bool(PUBLISHED.search(row) or UPDATED.search(row)) or mail or (kind == "publication-line" and not stamp)
    if body and (mail or not labelled):
        return
    what = "credit line" if credit else "byline" if byline else "mail header" if mail else "publication line"
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


def _dateline(lines: Sequence[Line], published: Dated | None, crawled: date | None) -> Dateline | None:
    for line in [line for line in lines if line.role in ("dateline", "paragraph")][:6]:
        indent = len(line.text) - len(line.text.lstrip())
        match = (DATELINE.match(line.text, indent) if line.role == "dateline" else None) or CHINESE_DATELINE.match(line.text, indent)
        if not match:
            continue
        span = line.start + match.start(), line.start + match.end()
        agency = next((match[group] for group in ("agency", "agency2") if group in match.re.groupindex and match[group]), None)
        return Dateline(
            match["place"].strip(), agency, _dateline_day(match["day"], published, crawled, line.start + match.start("day")), *span
        )
    return None


def _dateline_day(words: str | None, published: Dated | None, crawled: date | None, start: int) -> Dated | None:
    """The day of a dateline, its year taken from the nearest date of the page that does not lie before it."""
    if not words:
        return None
    if day := parse_day(words):
        return Dated(day.isoformat(), "day", "stated", f"stated in the dateline as “{words}”", start, start + len(words))
    named = next((each for each in days_in(words) if each.how == "no-year"), None)
    known = ("publication date", date.fromisoformat(published.value)) if published else ("crawl date", crawled) if crawled else None
    if not named or not known or not known[1]:
        return None
    found = nearest(named.month, named.number, known[1])
    if not found:
        return None
    how = f"“{words}” of the dateline, with the year of the {known[0]} {known[1].isoformat()}"
    return Dated(found.isoformat(), "day", "derived", how, start, start + len(words))


def _event(lines: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The day on which what is told was said or done: a day beside a verb of saying or doing, the first that the text names so."""
    prose = [line for line in lines if line.role in ("paragraph", "dateline", "item") and len(line.text) > 12]
    if sum(any(day.start < 3 and day.how in ("full", "no-year") for day in days_in(line.text[:40])) for line in prose) > 2:
        return None  # a bulletin tells of several days
    if sum(bool(re.match(r"(?:\w+ ){0,3}\d{1,2} \w+[.:–-]", line.text)) for line in prose) > 2:
        return None
    anchor = date.fromisoformat(anchors[0][1]) if anchors else None
    found = _titled(lines, prose, anchors) or next(filter(None, (_acted(line, anchors, anchor) for line in prose[:LEAD])), None)
    later = (line for line in prose[LEAD:] if SAID_NEAR.search(line.text))
    found = found or next(filter(None, (_acted(line, anchors, anchor, SAID_NEAR) for line in later)), None)
    return found or next((dated for line in reversed(prose) if SIGNED.match(line.text) and (dated := _stated(line, anchors))), None)


def _titled(lines: Sequence[Line], prose: Sequence[Line], anchors: list[tuple[str, str]]) -> Dated | None:
    """The full date that stands in a title or in the line below it."""
    first = prose[0].start if prose else 0
    for line in takewhile(lambda line: line.start <= first, lines):
        title = line.role in ("headline", "heading") or (
            prose and line is prose[0] and line.role == "paragraph" and line.text.rstrip()[-1:].isdigit()
        )
        if title and len(line.text) < 2 * BODY and (found := _stated(line, anchors)):
            return found
    return None


def _stated(line: Line, anchors: list[tuple[str, str]]) -> Dated | None:
    """The first full date of a line that does not lie ahead."""
    for day in days_in(line.text[:LONGEST_LEAD]):
        if day.how == "full" and day.stated and not AHEAD.search(line.text[: day.start][-BEFORE:]):
            return _told(day, line, anchors, day.stated)
    return None


SAID_NEAR = re.compile(rf"\b{SAID}\b")
SENTENCE = re.compile(r"(?<=[a-zà-ÿ0-9)”\"’][.!?]) (?=[A-ZÀ-Þ“\"])|(?<=[。！？])")


def _acted(line: Line, anchors: list[tuple[str, str]], anchor: date | None, verbs: re.Pattern[str] = ACTS) -> Dated | None:
    """The first day that a paragraph names beside a verb of saying or doing."""
    skip = 0
    if line.role == "dateline" and (match := DATELINE.match(line.text)):
        skip = match.end()
    at = 0
    for whole in SENTENCE.split(line.text[: 2 * LONGEST_LEAD]):
        start = line.text.find(whole, at)
        at = start + len(whole)
        if start > LONGEST_LEAD:
            break
        sentence = whole[:LONGEST_LEAD]
        if not verbs.search(sentence):
            continue
        for day in islice(days_in(sentence), MOST_DAYS):
            before = sentence[: day.start]
            if start + day.start < skip or AHEAD.search(before[-BEFORE:]) or before.count("“") > before.count("”"):
                continue
            if day.how in ("weekday", "relative", "day", "no-year") and anchor is None:
                continue
            if day.how == "relative" and before.count('"') % 2:
                continue
            value = resolve(day, anchor)
            if value and (anchor is None or (day.how == "full" or (anchor - value).days < 300)):
                if anchor and day.how == "full" and (anchor - value).days > 400:
                    continue
                return _told(day._replace(start=start + day.start, end=start + day.end), line, anchors, value)
    return None


def _told(day: Day, line: Line, anchors: list[tuple[str, str]], value: date) -> Dated:
    span = line.start + day.start, line.start + day.end
    if day.how == "full":
        return Dated(value.isoformat(), "day", "stated", f"stated as “{day.words}”", *span)
    what, stated = anchors[0]
    known = f"{what} {stated}, a {WEEKDAYS[date.fromisoformat(stated).weekday()]}"
    how = f"“{day.words}”, resolved backwards from the {known}" if day.how == "weekday" else f"“{day.words}”, by the {known}"
    return Dated(value.isoformat(), "day", "derived", how, *span)
