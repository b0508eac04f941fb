"""The dates of a document: publication, dateline and event are different dates, and each has a derivation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import NamedTuple

from normbook.extraction.dates.calendar import (
    IN_FIGURES,
    LIKE_FIGURES,
    NO_SUCH_DAY,
    Candidate,
    Dated,
    Day,
    Order,
    a_date,
    days_in,
    nearest,
    order_of_figures,
    parse_day,
    plain_digits,
    resolve,
)
from normbook.extraction.dates.event import Search, event_in, is_day_and_hour
from normbook.extraction.dates.published import published_on
from normbook.extraction.people.chinese import MEMBER
from normbook.languages.calendar_words import ANY_MONTH, DATE, WEEKDAY
from normbook.languages.language import Words, pattern, simplified, vocabulary
from normbook.page.classify import is_stamp
from normbook.page.layout import HOUR_ALONE, TURN_HEAD, WHEN, WHERE
from normbook.structure.dialogue import answering, marked_lines
from normbook.structure.labels import labels_inside, read_label, record_labels
from normbook.text.detection import HAN, KANA, recognise
from normbook.text.event_words import (
    AHEAD,
    BEFORE_AGENCY,
    BETWEEN_STOPS,
    CONVERSED,
    LIKE_DATELINE,
    MET,
    PUBLISHED,
    RELEASED,
    SPOKEN,
    UPDATED,
    place_and_day,
)
from normbook.text.line_cache import LineCache
from normbook.text.lines import CHINESE_DATELINE, CLOSERS, CRAWL_HEADER, DATELINE, HAN_DAY, LETTER, SHORT_DAY, Line
from normbook.text.offices import GERMAN, is_role

DIGITS = re.compile(r"(?:19|20)\d\d")
APART = pattern(r"(?<=\d) (?=<dates.number-ends:en>\b)")
LEAST_TURNS, LEAST_PAGE = 2, 10  # labels that make a record of a sitting; lines between two running heads
SECONDS = re.compile(r"\d:\d\d:\d\d")  # of a page that was published, not of a meeting
CLOCK = re.compile(r"\d:\d\d")
LONGEST_DAY = 40
LEAP_YEAR = 2000  # a leap year, which has every possible day
SHORTEST_STORY = 80  # code points of a paragraph after a place without an agency or day
NO_PLACES = Words("events.no-datelines")
# a machine-translated dateline of an agency: agency, place, day and reporter
AGENCY_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}? <events.agency-words>"
TRANSLATED = pattern(
    rf"(?P<agency>{AGENCY_NAME}),? (?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?), (?P<day>{SHORT_DAY}) "
    r"\(<events.reporters:en>[^()]{2,60}\)"
)
# the kind of a document, its number, place in capitals and day in one line below its title: "Cablegram 17 TARVIK, 4 May 1948, 6.10 p.m."
HEADED = pattern(
    rf"(?i:<events.documents>)s?\b[^.\n]{{0,40}}?[ \[](?P<place>[A-Z]{{3,}}(?: [A-Z]{{2,}}){{0,3}})\]?, (?P<day>(?i:{DATE}))(?:, [^,\n]{{1,20}})?\s*$"
)
TITLED = pattern(r"<dialogue.capital-titles:en>\. ?[A-Z][A-Z .’'-]{2,40}\.[-–—] ?(?=\w)")  # "HON. SPEAKER.- "
DELIVERED = pattern(r"(?i)\W*<events.delivered>\b")
MOST_ABOVE, MOST_HEAD = 300, 20  # lines searched for the hour of a sitting, and for the labels of a meeting
NEAR_DAY = 12  # code points around a day in its line
LONGEST_LABEL = 80  # code points of a label on a line of its own
OFFICE_LABEL = re.compile(r"(?:[A-Z][\w’'-]*\.? ){0,3}[A-Z][\w’'-]*: ")
PAGE_ROW = pattern(r"(?:<page.row-labels:en> )?\d{1,4}")
OF_COLUMN = pattern(r"(?i)\s*[:,–—-]\s*<cues.column-words>\.? \d{1,5}\w{0,2}$")  # in "19 July 2011 : Column 831"
LONGEST_RUNNING_HEAD = 140  # code points at the start of a page in which its running head stands
MOST_RECORD = 60  # lines in which the first speakers of a record are looked for
WEEKDAY_OPENS = pattern(rf"(?i)[\W_]*{WEEKDAY}\b")
LEAST_HEAD = 3  # lines in which a page may say that it is a speech or transcript
MOST_LINES, LONGEST_TITLE = 60, 140  # lines above the prose; code points of one of them
# a Chinese dateline without an agency; a Russian one with full stops
HAN_PLACE = r"(?!<lines.no-han-places>)(?:(?!<lines.agency-ends>)[\u4e00-\u9fff]){2,5}?"
PLACE_HAN = pattern(rf"[（(【]?(?P<place>{HAN_PLACE})(?P<day>{HAN_DAY})<lines.telegram>[）)】]?")
GERMAN_PLACE = pattern(r"(?P<place>(?:<lines.place-heads:de> )?[A-ZÄÖÜ][a-zäöüß]{2,}(?:[-/][A-ZÄÖÜ][a-zäöüß]+)*)\. (?=[A-ZÄÖÜ„»])")
PLACE_ALONE = re.compile(rf"\s*{LETTER}[\w’'-]+(?: {LETTER}[\w’'-]+){{0,2}}, {LETTER}[\w’'-]+(?: {LETTER}[\w’'-]+){{0,2}}\s*$")
HOUR_MARKS = frozenset(":.h")  # before the minutes of an hour
# the place and day of a statement, which open its first paragraph: "Holm DC, 4 May 2021. The committee ..."
OPENED = pattern(
    rf"[(\[]?(?P<place>{LETTER}[\w’'-]+(?: {LETTER}[\w’'-]+){{0,3}}), (?P<day>(?i:{DATE}))(?:\.|[)\]]:?|:| --| ?[–—]) (?=[“\"«‘]?{LETTER})"
)
RUSSIAN_PLACE = pattern(
    rf"(?P<place>[\u0410-\u042f][\w-]+(?: [\u0410-\u042f][\w-]+)?), (?P<day>\d{{1,2}} {ANY_MONTH} \d{{4}}) <dates.year-words:ru>\.? (?=[\u0410-\u042f])"
)
# an Arabic dateline: a place, perhaps a day of the Islamic calendar, the day, and an agency, in a line of its own or before a dash
ARABIC = r"[\u0621-\u064a]"
HIJRI_DAY = rf"\d{{1,2}} {ARABIC}+(?: {ARABIC}+)? \d{{4}} ?<dates.hijri-marks:ar> ?<dates.corresponding:ar>"
ARABIC_DAY = rf"\d{{1,2}} {ANY_MONTH}(?: \d{{4}}(?: <dates.christian-marks:ar>)?)?"
ARABIC_AGENCY = rf" ?[(/]? ?(?P<agency>{ARABIC}{{2,12}}(?: {ARABIC}{{2,12}})?) ?[)/]?"
ARABIC_OPENED = pattern(
    rf"(?P<place>{ARABIC}{{3,}}(?: {ARABIC}{{3,}})?)(?: ?[\u060c,/–-])? (?:{HIJRI_DAY} )?(?P<day>{ARABIC_DAY})(?:{ARABIC_AGENCY})?(?: ?[–:-](?= )|$)"
)
OPENINGS = (OPENED, ARABIC_OPENED, RUSSIAN_PLACE, CHINESE_DATELINE, TRANSLATED, PLACE_HAN, BETWEEN_STOPS, BEFORE_AGENCY)


class Dateline(NamedTuple):
    """The dateline of a news text: the place as written, agency and date if any, and its span in the cleaned text."""

    place: str
    agency: str | None
    date: Dated | None
    start: int
    end: int
    refused: Candidate | None = None  # the day that it names, if that is not a valid date


class Dates(NamedTuple):
    """The dates of a text; each is None if nothing reliable is stated."""

    published: Dated | None
    dateline: Dateline | None
    event: Dated | None
    candidates: tuple[Candidate, ...] = ()  # dates that are named but not asserted


def find_dates(
    received: str, lines: Sequence[Line], text: str, published: date | None = None, questions: Sequence[tuple[int, int]] = ()
) -> Dates:
    """The dates of a text. `received` has the lines that cleaning removes (publication line, crawl header), `text` the rest.

    A weekday is the last one before the dateline, else before publication; without either it stays None. `questions` are the
    spans of questions in a dialogue: a day inside one is not the date of the event.
    """
    if is_traditional(received):
        plain = [line._replace(text=simplified(line.text)) for line in lines]
        return _as_written(find_dates(simplified(received), plain, simplified(text), published, questions), received, text)
    order = figures_order(received)
    known = published_on(received, published, order)
    crawled = parse_day(match[0]) if (match := CRAWL_HEADER.match(received)) else None
    dateline = _dateline(lines, known, crawled)
    anchors = [("dateline", dateline.date.value)] if dateline and dateline.date else []
    anchors += [("publication date", known.value)] if known else []
    if not anchors and (day := _head_day(lines)):
        anchors = [("date at the head of the text", day)]
    unread = dateline.refused if dateline and not anchors else None
    undated = next((day for day in days_in(unread.words) if day.how == "no-year"), None) if unread else None
    search = Search(lines, anchors, order, undated, questions, spoken_from=_spoken_from(lines))
    event = (
        _set_at(received)
        or _spoken(received, known, lines)
        or _headed(lines)
        or _delivered(dateline, lines)
        or _appointed(lines)
        or _recorded(received, bool(questions))
        or event_in(search)
        or _sat(received, lines)
    )
    own = [dateline.refused] if dateline and dateline.refused else []
    others = (each for each in search.refused if not any(each.start == day.start for day in own))
    return Dates(known, dateline, event, (*own, *others))


def is_traditional(text: str) -> bool:
    """True for Chinese with traditional characters, whose words the lists have in simplified ones; False for Japanese."""
    return not text.isascii() and HAN.search(text) is not None and not KANA.search(text) and simplified(text) != text


def _as_written(dates: Dates, received: str, text: str) -> Dates:
    """The same dates with the words as the text has them; in simplified characters each word has the same place."""

    def dated(day: Dated | None, source: str) -> Dated | None:
        words = source[day.start : day.end] if day and day.start >= 0 else ""
        return day._replace(derivation=day.derivation.replace(simplified(words), words)) if day and words else day

    line = dates.dateline
    if line:
        at = simplified(text).find(line.place, line.start)
        line = line._replace(place=text[at : at + len(line.place)], date=dated(line.date, text))
        if line.agency and (at := simplified(text).find(line.agency, line.start)) >= 0:
            line = line._replace(agency=text[at : at + len(line.agency)])
    own = tuple(each._replace(words=text[each.start : each.end]) for each in dates.candidates)
    return Dates(dated(dates.published, received), line, dated(dates.event, text), own)


def figures_order(text: str) -> Order | None:
    """The order of numeric dates: that of unambiguous dates of the text, else the usual one of its language; None in English."""
    plain = plain_digits(text)
    if not LIKE_FIGURES.search(plain) or not IN_FIGURES.search(plain):
        return None
    if order := order_of_figures(text):
        return order
    code = recognise(text)
    return "day" if any(each.code == code and "day" in each.lists.get("dates.figures", ()) for each in vocabulary().languages) else None


def _headed(lines: Sequence[Line]) -> Dated | None:
    """The day of a letter or telegram, from the line below its title that has its kind, place and day."""
    for line in islice((line for line in lines if line.role != "blank"), 1, LEAST_HEAD):
        match = HEADED.match(line.text) if len(line.text) < LONGEST_TITLE else None
        if match and (day := parse_day(match["day"])):
            words, start = match["day"], line.start + match.start("day")
            return Dated(day.isoformat(), "day", "stated", f"stated in the head of the document as “{words}”", start, start + len(words))
    return None


def _delivered(dateline: Dateline | None, lines: Sequence[Line]) -> Dated | None:
    """The day of a statement: a line of a place and a date below a title that names who delivered it."""
    if not dateline or not dateline.date or dateline.agency or dateline.date.basis != "stated":
        return None
    above = [line.text for line in lines if line.end < dateline.start and line.role != "blank"][-LEAST_HEAD:]
    alone = any(line.start <= dateline.start and place_and_day(line.text) for line in lines if line.end >= dateline.end)
    return dateline.date if alone and any(DELIVERED.match(row) for row in above) else None


def _spoken(received: str, known: Dated | None, lines: Sequence[Line]) -> Dated | None:
    """The day of a speech: a bare date without a time at the top of a page whose title says that it is a speech."""
    if not known or known.start < 0:
        return None
    head = list(islice((line for line in lines if line.role != "blank"), LEAST_HEAD))
    if not head or not (SPOKEN.match(head[0].text) or any(len(line.text) < LONGEST_TITLE and CONVERSED.search(line.text) for line in head)):
        return None
    row = received[received.rfind("\n", 0, known.start) + 1 :].partition("\n")[0]
    if not is_stamp(row) or PUBLISHED.search(row) or UPDATED.search(row) or CLOCK.search(row) or len(row.strip()) > LONGEST_DAY:
        return None
    words = received[known.start : known.end]
    return Dated(known.value, "day", "stated", f"stated as “{words}” below the title of what was spoken")


def _set_at(received: str) -> Dated | None:
    """The day of a sitting: the line above its hour, which is above the first speaker."""
    rows = [(k, row.strip()) for k, row in islice(lines_with_starts(received), MOST_ABOVE) if row.strip()]
    for (start, row), (_, hour), (_, turn) in zip(rows, rows[1:], rows[2:], strict=False):
        if len(row) <= LONGEST_DAY and HOUR_ALONE.fullmatch(hour) and (TURN_HEAD.match(turn) or _has_label(turn)):
            day = next((day for day in days_in(row) if day.how == "full" and day.stated and not day.until), None)
            if day and day.stated and len(row) - len(day.words) < NEAR_DAY:
                return Dated(
                    day.stated.isoformat(),
                    "day",
                    "stated",
                    f"stated above the hour of the sitting as “{day.words}”",
                    start,
                    start + len(row),
                )
    return None


def lines_with_starts(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with the offset at which it starts."""
    start = 0
    for row in text.split("\n"):
        yield start + len(row) - len(row.lstrip()), row
        start += len(row) + 1


def _appointed(lines: Sequence[Line]) -> Dated | None:
    """The day of a meeting, from the line with its label ("Date:") next to that with its place."""
    head = list(islice((line for line in lines if line.role != "blank"), MOST_HEAD))
    for one, two in pairwise(head):
        for when, where in ((one, two), (two, one)):
            if WHEN.match(when.text) and WHERE.match(where.text) and len(when.text) < LONGEST_TITLE:
                day = next((day for day in days_in(when.text) if day.how == "full" and day.stated and not day.until), None)
                if day and day.stated:
                    span = when.start + day.start, when.start + day.end
                    return Dated(day.stated.isoformat(), "day", "stated", f"stated behind the label of the meeting as “{day.words}”", *span)
    return None


def _recorded(received: str, asked: bool) -> Dated | None:
    """The day of a record of a sitting or of an interview: the one day above its first speaker in lines that tell when it was.

    Such a line is a weekday and a date, names the sitting or the press conference, or has the label of its time. `asked`: the text has questions.
    """
    rows = [(start, row) for start, row in islice(lines_with_starts(received), MOST_ABOVE) if row.strip()][:MOST_RECORD]
    titled = {number for number, _ in _titled.numbered([row for _, row in rows])}
    turns = _turns([row for _, row in rows], titled)
    if not turns or len(turns) + asked < LEAST_TURNS:
        return None
    found: dict[date, tuple[Day, int]] = {}
    for (start, row), (_, below) in pairwise(rows[: min(*turns, MOST_HEAD) + 1]):
        if len(row) > LONGEST_TITLE or PUBLISHED.search(row) or UPDATED.search(row) or RELEASED.match(row):
            continue
        days = [day for day in days_in(row) if day.how == "full" and day.stated and not day.until]
        alone = len(titled) >= LEAST_TURNS and len(days) == 1 and WEEKDAY_OPENS.match(row) and len(row) < LONGEST_DAY + 2 * NEAR_DAY
        placed = PLACE_ALONE.match(below) is not None and is_day_and_hour(row.strip()) and row.strip()[-3:-2] in HOUR_MARKS
        if days and (
            alone
            or placed
            or (WHEN.match(row) and len(row) <= LONGEST_DAY and not SECONDS.search(row))
            or MET.search(row)
            or CONVERSED.search(row)
        ):
            for day in days:
                if day.stated and not AHEAD.search(row[: day.start]):
                    found.setdefault(day.stated, (day, start))
    if len(found) != 1:
        return None
    stated, (day, start) = found.popitem()
    span = start + day.start, start + day.end
    return Dated(stated.isoformat(), "day", "stated", f"stated in the head of the record as “{day.words}”", *span)


def _opens_turn(row: str) -> bool:
    """True for a line that opens a turn with a label that has a title or an office."""
    return _has_label(row) or _is_held_label(row) or _has_office(row)


_titled = LineCache(_opens_turn)


def _turns(rows: Sequence[str], titled: set[int]) -> list[int]:
    """The numbers of the lines that open a turn; `titled` are those with a title or an office."""
    return sorted(titled | {k for k, _ in answering(rows)} | set(marked_lines(rows)))


def _spoken_from(lines: Sequence[Line]) -> int | None:
    """Where the first turn of a record starts, None for another text: what a speaker tells of other days is no event of the record."""
    matter = [line for line in lines if line.role != "blank"]
    rows = [line.text for line in matter[:MOST_RECORD]]
    titled = {number for number, _ in _titled.numbered(rows)}
    if len(titled) < LEAST_TURNS or (first := _turns(rows, titled)[0]) > MOST_HEAD:
        return None
    return matter[first].start


def _has_office(row: str) -> bool:
    """True for a label without a name: "THE PRESIDENT:", "Madam Speaker:", or of an office and a surname: "Mayor Holm:"."""
    label = OFFICE_LABEL.match(row)
    return label is not None and any(map(is_role, label[0].rstrip(": ").split()))


def _is_held_label(row: str) -> bool:
    """True for a label on a line of its own that names an office: "Minister Holm:"."""
    return row.rstrip()[-1:] in (":", "：") and len(row) < LONGEST_LABEL and any(map(is_role, row.split()))


def _sat(received: str, lines: Sequence[Line]) -> Dated | None:
    """The day of a sitting: the one day in the running head of a record whose lines start with the names of speakers."""
    rows = [OF_COLUMN.sub("", row.strip()) for row in received.split("\n")]
    heads = Counter(row for row in rows if len(row) <= LONGEST_DAY and DIGITS.search(row))
    days = {
        (row, day.stated) for row, count in heads.items() if count > 1 for day in days_in(closed(row)) if day.how == "full" and day.stated
    }
    turns = sum([_has_label(line.text) + len(list(labels_inside(line.text))) for line in lines])
    if not days and turns >= LEAST_TURNS:
        return _sat_above(received)
    if len({stated for _, stated in days}) != 1 or turns < LEAST_TURNS:
        return None
    row, stated = min(days)
    places = [k for k, each in enumerate(rows) if each == row]
    if min(two - one for one, two in pairwise(places)) < LEAST_PAGE:
        return None
    start = received.index(row)
    return Dated(stated.isoformat(), "day", "stated", f"stated in the running head “{row}”", start, start + len(row))


def _sat_above(received: str) -> Dated | None:
    """The one day that stands at the start of each page of a record, behind the number of the page."""
    filled = [(start, row) for start, row in lines_with_starts(received) if row.strip()]
    heads = [two for (_, one), two in pairwise(filled) if PAGE_ROW.fullmatch(one.strip())]
    named = [(start, [day for day in days_in(closed(row[:LONGEST_RUNNING_HEAD])) if day.how == "full"]) for start, row in heads]
    days = [(start, each[0]) for start, each in named if each]
    stated = {day.stated for _, day in days if day.stated}
    if len(days) < LEAST_TURNS or len(stated) != 1:
        return None
    start, day = days[0]
    how = f"stated in the running head as “{day.words}”"
    return Dated(stated.pop().isoformat(), "day", "stated", how, start, start + len(day.words))


def closed(row: str) -> str:
    """The line without the space that a copy left before the ending of an ordinal.

    >>> closed("23 rd Nov., 2023")
    '23rd Nov., 2023'
    """
    return APART.sub("", row)


def _has_label(row: str) -> bool:
    """True for a line that starts with the label of a speaker."""
    return (
        read_label(row) is not None
        or (not row.isascii() and MEMBER.match(row) is not None)  # a surname in Chinese characters
        or (row[:1] in "HMD" and TITLED.match(row) is not None)
    )


def _head_day(lines: Sequence[Line]) -> str | None:
    """A full date like a dateline without a place before the first paragraph."""
    first = next((line for line in lines if line.role in ("paragraph", "dateline")), None)
    match = LIKE_DATELINE.match(first.text) if first else None
    day = parse_day(match[0]) if match else None
    return day.isoformat() if day else None


def _dateline(lines: Sequence[Line], published: Dated | None, crawled: date | None) -> Dateline | None:
    prose = [line for line in lines if line.role in ("dateline", "paragraph")]
    spoken = {prose[k].start for k, _ in record_labels([line.text for line in prose])}
    for line in [*prose[:6], *(line for line in prose[6:MOST_LINES] if line.role == "dateline")]:
        indent = len(line.text) - len(line.text.lstrip())
        match = DATELINE.match(line.text, indent) if line.role == "dateline" else None
        match = match or next((found for pattern in OPENINGS if (found := pattern.match(line.text, indent))), None)
        if not match or not _is_dated_line(line, match) or (not match["day"] and (line.start in spoken or _has_label(line.text))):
            continue
        span = line.start + match.start(), line.start + match.end()
        agency = next((match[group] for group in ("agency", "agency2") if group in match.re.groupindex and match[group]), None)
        at = line.start + match.start("day")
        day = _dateline_day(match["day"], published, crawled, at) if match["day"] else None
        dated, refused = (day, None) if isinstance(day, Dated) else (None, day)
        return Dateline(match["place"].strip(), agency, dated, *span, refused)
    return _german_place(prose[:2], lines) or _place_and_day(lines)


def _german_place(prose: Sequence[Line], lines: Sequence[Line]) -> Dateline | None:
    """The place at the start of a German report ("Selmport. Der ..."), if the text has it as a place once more."""
    for line in prose:
        match = GERMAN_PLACE.match(line.text) if len(line.text) > SHORTEST_STORY else None
        if match and sum(word in GERMAN for word in line.text.split()) > 2:
            place = re.escape(match["place"])
            again = pattern(rf"\b<people.before-places:de> {place}\b|\b{place}<people.inhabitant-ends:de>\b")
            if any(again.search(other.text, match.end() if other is line else 0) for other in lines):
                return Dateline(match["place"], None, None, line.start, line.start + match.end("place"))
    return None


def _is_dated_line(line: Line, match: re.Match[str]) -> bool:
    """False for a word in capitals and a dash without an agency or day, unless a sentence follows."""
    if match["day"] or any(match[group] for group in ("agency", "agency2") if group in match.re.groupindex):
        return True
    return len(line.text) > SHORTEST_STORY and line.text.rstrip(CLOSERS + " ")[-1:] in tuple(".!?…") and match["place"] not in NO_PLACES


def _place_and_day(lines: Sequence[Line]) -> Dateline | None:
    """The line between title and prose with nothing but the place and date of a speech."""
    titled = False
    for line in (line for line in lines[:MOST_LINES] if line.role != "blank"):
        titled = titled or line.role == "headline"
        if len(line.text) > LONGEST_TITLE or (line.role == "paragraph" and line.text.rstrip()[-1:] in ".。"):
            return None
        match = place_and_day(line.text) if titled else None
        if match and (day := parse_day(match["day"])):
            words, start = match["day"], line.start + match.start("day")
            dated = Dated(day.isoformat(), "day", "stated", f"stated below the title as “{words}”", start, start + len(words))
            return Dateline(match["place"], None, dated, line.start + match.start("place"), start + len(words))
    return None


def _dateline_day(words: str, published: Dated | None, crawled: date | None, start: int) -> Dated | Candidate:
    """The day of a dateline, with the year of the nearest later date of the page; or why there is none."""
    span = start, start + len(words)
    if day := parse_day(words):
        return Dated(day.isoformat(), "day", "stated", f"stated in the dateline as “{words}”", *span)
    named = next((each for each in days_in(words) if each.how in ("full", "no-year", "weekday", "day")), None)
    if named is None or named.how == "full":
        return Candidate(
            "dateline", None, words, *span, named.unread if named else NO_SUCH_DAY, named is not None and named.unread == NO_SUCH_DAY
        )
    if named.how == "no-year" and not a_date(LEAP_YEAR, named.month, named.number):
        return Candidate("dateline", None, words, *span, NO_SUCH_DAY, True)
    known = ("publication date", date.fromisoformat(published.value)) if published else ("crawl date", crawled) if crawled else None
    if known is None or known[1] is None:
        missing = "year" if named.how == "no-year" else "month and year" if named.how == "day" else "date"
        return Candidate("dateline", None, words, *span, f"the text does not state its {missing}, and no publication date is known")
    if named.how == "no-year":
        found = nearest(named.month, named.number, known[1])
        how = f"“{words}” in the dateline, with the year of the {known[0]} {known[1].isoformat()}"
    else:
        found = resolve(named, known[1])
        how = f"“{words}” in the dateline, resolved backwards from the {known[0]} {known[1].isoformat()}"
    if not found:
        return Candidate("dateline", None, words, *span, NO_SUCH_DAY, True)
    return Dated(found.isoformat(), "day", "derived", how, *span)
