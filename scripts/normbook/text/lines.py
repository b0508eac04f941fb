"""What each line of a page is: its role, read before any line is joined or dropped."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Role = Literal[
    "blank", "crawl-header", "breadcrumb", "publication-line", "headline", "byline", "credit-line", "heading", "dateline",
    "caption", "read-also", "share", "item", "paragraph",
]  # fmt: skip

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d)"
ENDS = frozenset(".!?。！？…:：;；,，、")
CLOSERS = "\"'”’»)]）】」』"
OPENERS = "\"'“‘«([（【「『"

CRAWL_HEADER = re.compile(r"\s?date \d{4}-\d\d(?:-\d\d)?(?=\s|$)[ ]?")
BREADCRUMB = re.compile(r"(?i)(?:you are here:? ?)?(?:home(?:page)?|index|首页|主页|accueil)\s*(?:>+|»|›|/|→)\s*\S.{0,150}$")
PUBLICATION = re.compile(rf"(?i)(?:first )?(?:published|updated|posted|last (?:modified|updated)|发布时间|更新时间)(?: (?:on|at))?\s?[:：].{{0,120}}$")
BYLINE = re.compile(r"By (?:[A-Z][\w.'’-]*)(?: (?:and |in |[A-Z])[\w.'’-]*){0,6}$")
CREDIT = re.compile(rf"\(?(?P<agency>[A-Z][\w' ]{{1,30}})\)\s+(?:\d{{1,2}}:\d\d,? ?)?{DAY}$")
DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z'’. -]*[A-Z](?:, [A-Z][A-Za-z. ]+?)?)(?:, (?P<day>{MONTH} \d{{1,2}}(?:, \d{{4}})?))?(?: ?\((?P<agency>[A-Z][\w ]{{1,30}})\))? ?(?P<dash>--|-|–|—)(?= )"
)
PHOTO_CREDIT = re.compile(r"(?i)[(\[（](?:photo|picture|image|file photo|xinhua/|ap photo|reuters/|afp/|图)[^()\[\]]{0,80}[)\]）]$")
READ_ALSO = re.compile(r"(?:ALSO READ|READ ALSO|READ MORE|SEE ALSO|READ|RELATED|Also read|Read also|Read more|See also|Related(?: (?:story|stories|articles?|news))?)\s?[:：]\s?\S.{0,200}$")
SHARE = re.compile(
    r"(?i)[<\[(]?\s?(?:suggest (?:this )?to a friend|(?:e-?mail|send|tell) (?:this )?(?:to )?a friend|share (?:this|on|to)\b.{0,30}|print(?: this page)?|"
    r"close(?: window)?|back to top|add to favou?rites|打印|关闭窗口|推荐给朋友)\s?[>\])]?$"
)  # fmt: skip
DATED_REPORT = re.compile(rf"\b(?:said|told|stated|added|announced)\b.*\b(?:on )?{DAY}")
ITEM = re.compile(
    r"[“”\"']?(?:(?:\(?\d{1,2}[.)、]|\([a-z]\)|[•·▪‣*-])\s+|(?:One|The (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)) is\b|"
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Last)(?:ly)?, )"
)
SUSPECT_START = frozenset("<[(>-•·*“”\"'0123456789（【‹«")


class Line(NamedTuple):
    """A line of a text at the code points [start, end), without its newline, and what it is."""

    start: int
    end: int
    text: str
    role: Role


def read_lines(text: str) -> list[Line]:
    """The lines of a text with their roles, in order; together with the newlines between them they tile the text.

    The roles above the body (headline, byline, credit) are given only before the first sentence of prose, since the
    same words mean something else below it.
    """
    lines: list[Line] = []
    at, body = 0, False
    rows = text.split("\n")
    for number, row in enumerate(rows):
        role = _role(row, body, at == 0)
        if role == "paragraph" and not body:
            role = _above_body(row, rows[number + 1 : number + 4])
            body = role in ("paragraph", "dateline")
        lines.append(Line(at, at + len(row), row, role))
        at += len(row) + 1
    return lines


def _role(row: str, body: bool, first: bool) -> Role:
    """What a line says of itself; a long line that ends like prose is prose."""
    if not row or row.isspace():
        return "blank"
    if first and CRAWL_HEADER.match(row):
        return "crawl-header"
    start, size = row[0], len(row)
    if size > 220:
        return "dateline" if start.isupper() and row[1:2].isupper() and DATELINE.match(row) else _listed(row)
    if PHOTO_CREDIT.search(row):
        return "caption"
    if row[-1] in ENDS and body:
        return _listed(row)
    if size < 60 and SHARE.match(row):
        return "share"
    if READ_ALSO.match(row):
        return "read-also"
    if not body:
        if BREADCRUMB.match(row):
            return "breadcrumb"
        if PUBLICATION.match(row):
            return "publication-line"
        if BYLINE.match(row):
            return "byline"
        if CREDIT.match(row):
            return "credit-line"
    if start.isupper() and row[1:2].isupper() and DATELINE.match(row):
        return "dateline"
    return _listed(row)


def _listed(row: str) -> Role:
    return "item" if (row[0] in SUSPECT_START or row[0] in "OTFSEL") and ITEM.match(row) else "paragraph"


def _above_body(row: str, below: list[str]) -> Role:
    """Headline or prose: a line of moderate length with no full stop, above a line that stands apart, is a headline."""
    if not is_title(row):
        return "paragraph"
    if below and below[0] and not below[0].isspace():
        next_role = _role(below[0], False, False)
        if next_role in ("paragraph", "item") and not below[0][0].isupper():
            return "paragraph"
        if next_role == "paragraph" and len(below[0]) < 200 and row[-1:].islower() and len(row) > 60:
            return "paragraph"
    return "headline"


def is_title(row: str) -> bool:
    """True for a line that reads as a title: short, no stop at its end, an opening capital, no date and no report of speech."""
    bare = row.rstrip(CLOSERS)
    if not bare or len(row) > 140 or bare[-1] in ENDS or not row.lstrip(OPENERS)[:1].isupper() or ITEM.match(row):
        return False
    return not (DATED_REPORT.search(row) or re.search(rf"{DAY}$", bare))
