"""What each line of a text is: its role, read before any line is joined or dropped."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

from normbook.languages.calendar_words import ANY_MONTH, MONTH, WEEKDAY
from normbook.text.line_cache import remembered

Dropped = Literal[
    "crawl-header", "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark",
    "repeated-title", "furniture-by-model",
]  # fmt: skip
DROPPED: frozenset[str] = frozenset(
    get_args(Dropped)
)  # the roles of lines that cleaning drops: each has the rule of its name, in the layer for boilerplate
Role = Literal[Dropped, "blank", "headline", "byline", "credit-line", "heading", "dateline", "item", "paragraph"]


class Line(NamedTuple):
    """A line of a text at the code points [start, end), without its newline, and what it is."""

    start: int
    end: int
    text: str
    role: Role


DAY = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)"
ENDS = frozenset(".!?。！？…:：;；,，、")
CLOSERS = "\"'”’»)]）】」』"
OPENERS = "\"'“‘«([（【「『"
CRAWL_HEADER = re.compile(r"\s?date \d{4}-\d\d(?:-\d\d)?(?=\s|$)[ ]?")
BYLINE = re.compile(
    rf"(?:By|by(?= [A-Z][\w.’-]+ [A-Z][\w.’-]+$)|Par|Por|Von|Автор:) (?:[A-ZÀ-ÞА-Я][\w.'’-]*)(?:,? (?:and |in |et |y |und |und |for |with |[A-ZÀ-ÞА-Я|(/])[\w.'’/)-]*){{0,9}}(?: ?\| ?.{{0,80}}|,? (?:Staff|Special|Correspondent|Reporter|Agencies).{{0,40}}|, (?:on )?{DAY})?$|(?:作者|文|记者)[:：/].{{1,30}}$"
)
BYLINE_HEADS = frozenset("BbPVА作文记")
CREDIT = re.compile(rf"\(?(?P<agency>[A-Z][\w' ]{{1,30}})\)\s+(?:\d{{1,2}}:\d\d,? ?)?{DAY}$")
LONG_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
PLACE = rf"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я'’. -]*[A-ZÀ-ÞА-Я](?:, (?!{LONG_WEEKDAY}\b)[A-ZÀ-ÞА-Я][A-Za-zÀ-ÿа-я. ]+?)?"
SHORT_DAY = rf"(?:(?:(?i:{WEEKDAY}) )?(?:le |den )?(?:{ANY_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de )?(?:{ANY_MONTH}|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)\b\.?(?:,? (?:de )?\d{{4}})?)|(?i:{LONG_WEEKDAY}))"
DATELINE = re.compile(
    rf"(?P<place>{PLACE}|[A-ZÀ-Þ][\w’'./ -]{{1,30}}?(?=(?:, {SHORT_DAY})? \((?:[\w .’'/-]{{2,30}}\)\.? ?[-–—]|(?:[a-z/]{{2,8}}|[A-Z/]{{2,8}})\)\. ))|[A-ZÀ-ÞА-Я][\w’'. -]{{1,30}}?(?:, [A-Z][\w.]+)?(?=, {SHORT_DAY}(?: (?:--|[-–—])|\.[-–—]) ))(?:(?:, ?| \()(?P<day>{SHORT_DAY})\)?)?\.?(?: ?(?:\((?P<agency>[A-ZÀ-Þa-z][\w .’'/-]{{1,40}})\)(?:\.(?= [^\s-]))?|/(?P<agency2>[A-ZА-Я][\w ]{{1,30}})/\.?))?(?: ?\.?(?P<dash>--|-|–|—)|(?<=[/)]\.))(?= )"
)
CHINESE_DATELINE = re.compile(
    r"[（(【]?(?P<agency>[\u4e00-\u9fff]{1,8}?(?:社|网|報|报|台))(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:电|電|讯|訊)[）)】]?"
)
CLOSING_DAY = re.compile(rf"{DAY}$")
REPORTS = ("said", "told", "stated", "added", "announced")
DATED_REPORT = re.compile(rf"\b(?:{'|'.join(REPORTS)})\b.*\b(?:on )?{DAY}")
ITEM = re.compile(
    r"[“”\"']?(?:(?:(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[•·▪‣◦●○■*]|[-–—]{1,2})\s+|\d{1,2}、|[（(]?[一二三四五六七八九十]{1,3}(?:是|、|[）)])|[①-⑳])|"
    r"(?:One|The (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)) is\b|"
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Last)(?:ly)?, )"
)
ITEM_HEADS = frozenset("0123456789(（“”\"'•·▪‣◦●○■*-–—①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十OTFSENL")
ITEM_SECONDS = (".", ")", "v", "i", "x")


@remembered(1 << 12)
def is_byline(row: str) -> bool:
    """True for a line that names who wrote a text.

    >>> is_byline("By Ana Brook"), is_byline("By the sea")
    (True, False)
    """
    return row[:1] in BYLINE_HEADS and BYLINE.match(row) is not None


def _may_open(head: str) -> bool:
    """False if no place written as a name opens a line: a look."""
    return (
        "). " in head or ".-" in head or ".–" in head or ") " in head or ((" – " in head or " — " in head or " -" in head) and ", " in head)
    )


def is_dateline(row: str) -> bool:
    """True for a line that opens with a place in capitals, a date or an agency, and a dash before a sentence.

    >>> is_dateline("TOLK, May 3 (Coastwire) -- Pilots"), is_dateline("NATO - in 2020"), is_dateline("MOSCOW - The")
    (True, False, True)
    """
    match = DATELINE.match(row) if row[1:2].isupper() or _may_open(row[:80]) else None
    if not match:
        return False
    opens = row[match.end() :].lstrip()[:1]
    return bool(match["day"] or match["agency"]) or (len(match["place"]) > 2 and (opens.isupper() or opens in tuple("“\"'‘")))


@remembered(1 << 12)
def is_title(row: str) -> bool:
    """True for a line that reads as a title: short, no stop at its end, an opening capital, no date and no report of speech."""
    bare = row.strip().rstrip(CLOSERS + " ")
    if not bare or len(row) > 140 or bare[-1] in ENDS or not _opens_title(row) or ITEM.match(row):
        return False
    return not ((bare[-1].isdigit() and CLOSING_DAY.search(bare)) or (any(verb in row for verb in REPORTS) and DATED_REPORT.search(row)))


def _opens_title(row: str) -> bool:
    first = row.lstrip(OPENERS + " ")[:1]
    return first.isupper() or first.isdigit() or first > "\u2e80"
