"""What each line of a page is: its role, read before any line is joined or dropped."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from normbook.text.lexicon import is_function_word

Role = Literal[
    "blank", "crawl-header", "breadcrumb", "publication-line", "headline", "byline", "credit-line", "heading", "dateline",
    "caption", "read-also", "share", "item", "paragraph",
]  # fmt: skip

MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
DAY = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)"
ENDS = frozenset(".!?。！？…:：;；,，、")
CLOSERS = "\"'”’»)]）】」』"
OPENERS = "\"'“‘«([（【「『"

CRAWL_HEADER = re.compile(r"\s?date \d{4}-\d\d(?:-\d\d)?(?=\s|$)[ ]?")
BREADCRUMB = re.compile(r"(?i)(?:you are here:? ?)?(?:home(?:page)?|index|首页|主页|accueil)\s*(?:>+|»|›|→|(?<=\s)/(?=\s))\s*\S.{0,150}$")
PUBLICATION = re.compile(
    r"(?i)(?:first )?(?:published|updated|posted|last (?:modified|updated)|发布时间|更新时间)(?: (?:on|at))?\s?[:：](?=.{0,80}\d{4}).{0,120}$"
)
BYLINE = re.compile(r"By (?:[A-Z][\w.'’-]*)(?: (?:and |in |[A-Z])[\w.'’-]*){0,6}$")
CREDIT = re.compile(rf"\(?(?P<agency>[A-Z][\w' ]{{1,30}})\)\s+(?:\d{{1,2}}:\d\d,? ?)?{DAY}$")
DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z'’. -]*[A-Z](?:, [A-Z][A-Za-z. ]+?)?)(?:, (?P<day>{MONTH} \d{{1,2}}(?:, \d{{4}})?))?(?: ?\((?P<agency>[A-Z][\w ]{{1,30}})\))? ?(?P<dash>--|-|–|—)(?= )"
)
PHOTO_CREDIT = re.compile(
    r"(?i)[(\[（](?:(?:file |ap )?(?:photo|picture|image)s?(?:\s*[/:：][^()\[\]]{0,80}| (?:by|from|courtesy|credit|provided|taken|via|source)\b[^()\[\]]{0,80})?|"
    r"(?:xinhua|reuters|afp)/[A-Z][a-z][^()\[\]]{0,60}|图(?:片|源)?\s*(?:来源|[/:：])[^()\[\]（）]{0,60})[)\]）]$"
)
READ_ALSO = re.compile(
    r"(?:ALSO READ|READ ALSO|READ MORE|SEE ALSO|Also read|Read also|Read more|See also|RELATED (?:STORY|STORIES|NEWS)|Related (?:story|stories|articles?|news))\s?[:：]\s?\S.{0,200}$"
)
SHARE = re.compile(
    r"(?i)[<\[(]?\s?(?:suggest (?:this )?to a friend|(?:e-?mail|send|tell) (?:this )?(?:to )?a friend|share(?: this)?(?: (?:article|page|story|post))?(?: (?:on|to|via) (?:facebook|twitter|x|linkedin|whatsapp|weibo|wechat|e-?mail|telegram|reddit))?|print(?: this page)?|"
    r"close(?: window)?|back to top|add to favou?rites|打印|关闭窗口|推荐给朋友)\s?[>\])]?$"
)  # fmt: skip
DATED_REPORT = re.compile(rf"\b(?:said|told|stated|added|announced)\b.*\b(?:on )?{DAY}")
ITEM = re.compile(
    r"[“”\"']?(?:(?:(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[•·▪‣*]|[-–—]{1,2})\s+|\d{1,2}、|[（(]?[一二三四五六七八九十]{1,3}(?:是|、|[）)])|[①-⑳])|"
    r"(?:One|The (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)) is\b|"
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Last)(?:ly)?, )"
)
SUSPECT_START = frozenset("<[(>-•·*“”\"'0123456789（【‹«")


LONGEST_FURNITURE = 220  # code points of a line that a page may say of itself
FURNITURE = re.compile(
    "|".join(f"(?:{pattern.pattern.replace('(?i)', '')})" for pattern in (SHARE, READ_ALSO, BREADCRUMB, PUBLICATION)), re.IGNORECASE
)
ABOVE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("breadcrumb", BREADCRUMB),
    ("publication-line", PUBLICATION),
    ("byline", BYLINE),
    ("credit-line", CREDIT),
)


class Line(NamedTuple):
    """A line of a text at the code points [start, end), without its newline, and what it is."""

    start: int
    end: int
    text: str
    role: Role


def may_hold_furniture(text: str) -> bool:
    """False if no line can have a role that cleaning drops: a look that is much cheaper than reading the lines."""
    return any(
        len(row) <= LONGEST_FURNITURE and (FURNITURE.match(row) or (row[-1] in ")]）" and PHOTO_CREDIT.search(row)))
        for row in text.split("\n")
        if row
    )


@lru_cache(maxsize=4)
def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text with their roles, in order; together with the newlines between them they tile the text.

    The roles above the body (headline, byline, credit) are given only before the first sentence of prose, since the
    same words mean something else below it.
    """
    lines: list[Line] = []
    at, body = 0, False
    rows = text.split("\n")
    for number, row in enumerate(rows):
        size = len(row)
        role: Role = "blank" if not row else _role(row, size, body) if at or not CRAWL_HEADER.match(row) else "crawl-header"
        if role == "paragraph" and not body:
            role = _above_body(row, rows[number + 1 : number + 4])
            body = role == "paragraph"
        elif role == "dateline":
            body = True
        lines.append(Line(at, at + size, row, role))
        at += size + 1
    return tuple(lines)


def _role(row: str, size: int, body: bool) -> Role:
    """What a line says of itself; cheap looks at its length and its ends come before any pattern."""
    start, end = row[0], row[-1]
    if size <= LONGEST_FURNITURE:
        if end in ")]）" and PHOTO_CREDIT.search(row):
            return "caption"
        if not (body and end in ENDS):
            role = _furniture(row, size, body)
            if role:
                return role
    if start.isupper() and row[1:2].isupper() and DATELINE.match(row):
        return "dateline"
    if row.isspace():
        return "blank"
    return "item" if ITEM.match(row.lstrip()) else "paragraph"


def _furniture(row: str, size: int, body: bool) -> Role | None:
    """What a page says of itself, on a line that does not end like prose."""
    if size < 60 and SHARE.match(row):
        return "share"
    if row[0] in "ARSars" and READ_ALSO.match(row):
        return "read-also"
    if not body:
        for role, pattern in ABOVE:
            if pattern.match(row):
                return role
    return None


def _above_body(row: str, below: list[str]) -> Role:
    """Headline or prose: a line of moderate length with no full stop, above a line that stands apart, is a headline."""
    if not is_title(row) or is_function_word(row.rpartition(" ")[2]):
        return "paragraph"
    if below and below[0] and not below[0].isspace():
        next_role = _role(below[0], len(below[0]), False)
        if next_role in ("paragraph", "item") and not below[0][0].isupper():
            return "paragraph"
        if next_role == "paragraph" and len(below[0]) < 200 and row[-1:].islower() and len(row) > 60:
            return "paragraph"
    return "headline"


def is_title(row: str) -> bool:
    """True for a line that reads as a title: short, no stop at its end, an opening capital, no date and no report of speech."""
    bare = row.rstrip(CLOSERS + " ")
    if not bare or len(row) > 140 or bare[-1] in ENDS or not row.lstrip(OPENERS)[:1].isupper() or ITEM.match(row):
        return False
    return not (DATED_REPORT.search(row) or re.search(rf"{DAY}$", bare))
