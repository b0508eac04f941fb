"""What each line of a text is: its role, read before any line is joined or dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from normbook.text.cues import ANY_MONTH, MONTH, WEEKDAY
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import lines_of, remembered, starts_of
from normbook.text.segments import Line, Role

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
ENDS_IN_DAY = re.compile(rf",? (?:on |of )?\(?{DAY}\)?$")
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


@remembered(4)
def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text with their roles, in order; together with the newlines between them they tile the text.

    The roles above the body (headline, byline, credit) are given only before the first sentence of prose, since the
    same words mean something else below it.
    """
    from normbook.text.zones import page_roles

    rows = lines_of(text)
    dropped = page_roles(text)
    roles: list[Role] = []
    titled = False
    for number, row in enumerate(rows):
        role = dropped.get(number) or _role(row, False)
        if number == 0 and 0 not in dropped and CRAWL_HEADER.match(row):
            role = "crawl-header"
        elif role == "paragraph":
            role = _above_body(row, rows[number + 1 : number + 4], not titled)
            titled = titled or role == "headline"
        roles.append(role)
        if role in ("paragraph", "dateline"):
            break
    roles += [_role(row, True) for row in rows[len(roles) :]]
    for number, role in dropped.items():
        roles[number] = role
    starts = starts_of(text)
    return tuple(map(LINE, zip(starts, [start - 1 for start in starts[1:]], rows, roles, strict=False)))


LINE: Callable[[tuple[int, int, str, Role]], Line] = partial(tuple.__new__, Line)  # a third of the time that Line(...) takes


@remembered(1 << 12)
def _role(row: str, body: bool) -> Role:
    """What a line of the matter says of itself; cheap looks at its ends come before any pattern."""
    if not row or row.isspace():
        return "blank"
    start, size = row[0], len(row)
    if not body and size < 180:
        if is_byline(row):
            return "byline"
        if row[-1].isdigit() and CREDIT.match(row):
            return "credit-line"
    if start.isupper() and (row[1:2].isupper() or (not body and _may_open(row[:80])) or "). " in row[:32]) and is_dateline(row):
        return "dateline"
    head = row.lstrip() if start.isspace() else row
    return "item" if (head[0] in ITEM_HEADS or head[1:2] in ITEM_SECONDS) and ITEM.match(head) else "paragraph"


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


def _above_body(row: str, below: Sequence[str], first: bool) -> Role:
    """Headline or prose: a line of moderate length with no full stop, above a line that stands apart, is a headline."""
    if not (is_title(row) or (first and (row[-1].isdigit() or row[-1] == ")") and is_title(ENDS_IN_DAY.sub("", row)))) or is_function_word(
        row.rpartition(" ")[2]
    ):
        return "paragraph"
    if below and below[0] and not below[0].isspace():
        next_role = _role(below[0], False)
        if next_role in ("paragraph", "item") and not below[0][0].isupper():
            return "paragraph"
        if next_role == "paragraph" and len(below[0]) < 200 and row[-1:].islower() and len(row) > 60:
            return "paragraph"
    return "headline"


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
