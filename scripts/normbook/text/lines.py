"""Lines and their roles (byline, dateline, item …), read before any line is joined or dropped."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

from normbook.languages.calendar_words import ANY_MONTH, MONTH, WEEKDAY
from normbook.languages.language import Numbered, Words, pattern
from normbook.text.line_cache import remembered

Dropped = Literal[
    "crawl-header", "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "running-head", "mail-header", "list-footer", "end-mark",
    "repeated-title", "furniture-by-model",
]  # fmt: skip
DROPPED: frozenset[str] = frozenset(
    get_args(Dropped)
)  # the roles of lines that cleaning drops; each is also the name of a rule of the boilerplate layer
Role = Literal[Dropped, "blank", "headline", "byline", "credit-line", "heading", "dateline", "item", "paragraph"]


class Line(NamedTuple):
    """A line of a text at the code points [start, end), without its newline, and its role."""

    start: int
    end: int
    text: str
    role: Role


DAY = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)"
ENDS = frozenset(".!?。！？…:：;；,，、\u061f\u06d4\u0964\u0589\u1362\u104b\u17d4")
CLOSERS = "\"'”’»)]）】」』"
OPENERS = "\"'“‘«([（【「『"
HAN_DATE = r"(?:\d{4}<dates.year-marks>)?\d{1,2}<dates.month-marks>\d{1,2}<dates.day-marks>"
HAN_DAY = r"(?:\d{4}<dates.year-marks>)?(?:\d{1,2}<dates.month-marks>)?\d{1,2}<dates.day-marks>"
CRAWL_HEADER = re.compile(r"\s?date \d{4}-\d\d(?:-\d\d)?(?=\s|$)[ ]?")
LETTER = r"[A-ZÀ-Þ\u0410-\u042f]"
WRITER = r"(?:<lines.by>|<grammar.by:en>(?= [A-Z][\w.’-]+ [A-Z][\w.’-]+$))"
MORE_WRITERS = r"(?:,? (?:<lines.by-links> |[A-ZÀ-Þ\u0410-\u042f|(/])[\w.'’/)-]*){0,9}"
STAFF = r"<lines.staff:dense>[ \u3000](?:[\u4e00-\u9fff]{1,4}[ \u3000]?){1,8}$"
BYLINE = pattern(
    rf"{STAFF}|{WRITER} (?:{LETTER}[\w.'’-]*){MORE_WRITERS}(?: ?\| ?.{{0,80}}|,? <lines.writers>.{{0,40}}|, (?:<events.on:en> )?{DAY})?$|<lines.authors>[:：/].{{1,30}}$"
)
BYLINE_HEADS = Words("lines.byline-heads")
CREDIT = pattern(rf"\(?(?P<agency>[A-Z][\w' ]{{1,30}})\)\s+(?:\d{{1,2}}:\d\d,? ?)?{DAY}$")
LONG_WEEKDAY = r"(?:<weekdays.wide:en>|<weekdays.wide:fr>|<weekdays.wide:es>)"
IN_CAPITALS = rf"{LETTER}[A-ZÀ-Þ\u0410-\u042f'’. -]*{LETTER}"
PLACE = rf"{IN_CAPITALS}(?:(?: <lines.place-joints> |/){IN_CAPITALS})?(?:, (?!{LONG_WEEKDAY}\b){LETTER}[A-Za-zÀ-ÿ\u0430-\u044f. ]+?)?"
ENGLISH_END = "(?:<dates.number-ends:en>)?"
DAY_END = r"(?:<dates.number-ends:en>|<dates.number-ends:fr>|\.)?"
SHORT_MONTH = rf"(?:{ANY_MONTH}|<months.first-letters>)\b\.?"
SHORT_DATES = (
    rf"{ANY_MONTH} \d{{1,2}}{ENGLISH_END}(?:,? \d{{4}})?",
    rf"\d{{1,2}}{DAY_END} (?:<dates.of:es> )?{SHORT_MONTH}(?:,? (?:<dates.of:es> )?\d{{4}}(?: <page.year-ends:ru>)?)?",
)
SHORT_DAY = rf"(?:(?:(?i:{WEEKDAY}) )?(?:<lines.day-articles> )?(?:{'|'.join(SHORT_DATES)})|(?i:{LONG_WEEKDAY}))"
IN_BRACKETS = r"\((?:[\w .’'/-]{2,30}\)\.? ?[-–—]|(?:[a-z/]{2,8}|[A-Z/]{2,8})\)\. )"
NAMED_PLACE = rf"[A-ZÀ-Þ][\w’'./ -]{{1,30}}?(?=(?:, {SHORT_DAY})? {IN_BRACKETS})"
DATED_PLACE = rf"{LETTER}[\w’'. -]{{1,30}}?(?:, [A-Z][\w.]+)?(?=, {SHORT_DAY}(?:\.? (?:--|[-–—])|\.[-–—]) )"
AGENCY = r"\((?P<agency>[A-ZÀ-Þa-z\u0410-\u044f][\w .’'/-]{1,40})\)(?:\.(?= [^\s-]))?|/(?P<agency2>[A-Z\u0410-\u042f][\w .-]{1,30})/\.?"
DATELINE = pattern(
    rf"(?P<place>{PLACE}|{NAMED_PLACE}|{DATED_PLACE})(?:(?:, ?| \()(?P<day>{SHORT_DAY})\)?)?\.?(?: ?(?:{AGENCY}))?"
    r"(?: ?\.?(?P<dash>--|-|–|—)|(?<=[/)]\.))(?= )"
)
BEHIND_DATELINE = ("- ", "– ", "— ", "/. ", "). ")  # every dateline ends with one of these
CHINESE_DATELINE = pattern(
    rf"[（(【]?(?P<agency>[\u4e00-\u9fff]{{1,8}}?<lines.agency-ends>)(?P<place>[\u4e00-\u9fff]{{2,8}}?)(?P<day>{HAN_DAY})<lines.telegram>[）)】]?"
)
CLOSING_DAY = pattern(rf"{DAY}$")
REPORTS = Words("lines.reports")
DATED_REPORT = pattern(rf"\b<lines.reports>\b.*\b(?:<events.on:en> )?{DAY}")
OTHER_LETTER = r"(?:<numbers.letters>|<numbers.letters-other>)\u0640?\)|<numbers.letters:ar>\u0640? ?[.–-]"
NUMBERED_ITEM = r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})(?:[.)]|\.?[º°ª])|[•·▪‣◦●○■*☐☑☒]|[-–—]{1,2})\s+|\d{1,2}、"
HAN_ITEM = r"[（(]?<numbers.cardinals:dense>{1,3}(?:<lists.is>|、|[）)])"
WORDED_ITEM = r"(?:<lines.item-numbers:en>|<grammar.capital-articles:en> <lines.item-ordinals>) <grammar.is:en>\b"
ORDERED_ITEM = r"<lines.ordered-items><grammar.adverb-endings:en>?, "
ITEM = pattern(rf"[“”\"']?(?:(?:{NUMBERED_ITEM}|\(?(?:{OTHER_LETTER})\s+|{HAN_ITEM}|[①-⑳])|{WORDED_ITEM}|{ORDERED_ITEM})")
ITEM_HEADS = frozenset("0123456789(（“”\"'•·▪‣◦●○■*☐☑☒-–—①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳OTFSENL")
HAN_HEADS = Numbered("numbers.cardinals", part="dense")
LETTER_HEADS = Numbered("numbers.letters", part="ar")
ITEM_SECONDS = (".", ")", "v", "i", "x")


@remembered(1 << 12)
def is_byline(row: str) -> bool:
    """True for a line that names the author of a text.

    >>> is_byline("By Ana Brook"), is_byline("By the sea")
    (True, False)
    """
    return row[:1] in BYLINE_HEADS.members and BYLINE.match(row) is not None


def _may_open(head: str) -> bool:
    """False if a line cannot start with the name of a place: a cheap test before the pattern."""
    return (
        "). " in head or ".-" in head or ".–" in head or ") " in head or ((" – " in head or " — " in head or " -" in head) and ", " in head)
    )


def is_dateline(row: str) -> bool:
    """True for a line that starts with a place in capitals, with a date or an agency, and a dash before the first sentence.

    >>> is_dateline("TOLK, May 3 (Coastwire) -- Pilots"), is_dateline("NATO - in 2020"), is_dateline("MOSCOW - The")
    (True, False, True)
    """
    may_be = (row[1:2].isupper() or _may_open(row[:80])) and any(map(row.__contains__, BEHIND_DATELINE))
    match = DATELINE.match(row) if may_be else None
    if not match:
        return False
    opens = row[match.end() :].lstrip()[:1]
    return bool(match["day"] or match["agency"]) or (len(match["place"]) > 2 and (opens.isupper() or opens in tuple("“\"'‘")))


@remembered(1 << 12)
def is_title(row: str) -> bool:
    """True for a line that reads like a title: short, capitalised, without a full stop, a closing date or reported speech.

    >>> is_title("Ministers Agree on Safe Charts"), is_title("The ministers agreed.")
    (True, False)
    """
    bare = row.strip().rstrip(CLOSERS + " ")
    if not bare or len(row) > 140 or bare[-1] in ENDS or not _opens_title(row) or ITEM.match(row):
        return False
    return not ((bare[-1].isdigit() and CLOSING_DAY.search(bare)) or (any(verb in row for verb in REPORTS) and DATED_REPORT.search(row)))


def _opens_title(row: str) -> bool:
    first = row.lstrip(OPENERS + " ")[:1]
    return first.isupper() or first.isdigit() or first > "\u2e80"
