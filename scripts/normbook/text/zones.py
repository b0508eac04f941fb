"""The page around the matter: which lines it says of itself, read from each line and from where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normbook.text.bounds import MANY, NAVIGATION, first_prose, is_item, last_prose, page_end
from normbook.text.closing import COLONS, archives, changes, is_introduced, issuers, signed_below, tables, unlabelled
from normbook.text.cues import AROUND, READ_ON, SLASHED
from normbook.text.doubts import cleared
from normbook.text.furniture import is_stamp
from normbook.text.kinds import are_silent, is_header, is_number, kind_of, kinds_of
from normbook.text.line_cache import MOST_LINES, lines_of, remembered
from normbook.text.lines import CREDIT, ITEM, is_byline
from normbook.text.mail import TOP_OF_MAIL, mail_roles
from normbook.text.midst import LONGEST_FOOT, is_story, middle
from normbook.text.repeats import REPEATS, may_repeat, page_numbers, repeated_titles, running_heads
from normbook.text.rows import STOPS, Row, may_hold_spam, read_rows
from normbook.text.segments import Role

CLOSING = frozenset(
    {"read-also", "menu", "breadcrumb", "copyright", "contact", "subscription", "comments", "list-footer", "share", "pagination"}
)  # after one of these below the last prose nothing of the matter follows
PRESS = re.compile(r"(?i)(?:for )?(?:media|press|further|more|all|any)\b.{0,40}\b(?:contact|enquir\w+|inquir\w+|information)")
PRESS_LABEL = re.compile(
    r"(?i)(?:(?:media|press) (?:contacts?|enquir\w+|inquir\w+|office)|presskontakt|pressekontakt|ansprechpartner\w*|contacts? presse|contacts? médias|contacto (?:de )?prensa|контакты для (?:прессы|сми)|perscontact|contatti stampa)$"
)
REACHED = re.compile(r"\S@\S|\+?\d[\d ()./-]{5,}\d")
MOST_BELOW = 120  # lines below one that tell what it is


@remembered(4)
def page_roles(text: str) -> dict[int, Role]:
    """The roles of the lines that are no part of the matter, by the line's number; empty for a text without a page around it.

    1. A line that may be prose is never among them unless its own words say that it is the page's.
    2. Above the first prose, what stands over the last menu or breadcrumb is the page's; the headline stands below.
    3. Below the last prose, everything after a list of other stories, a menu, a copyright or contact line is the page's.
    """
    lines = lines_of(text)
    spammed = may_hold_spam(text)
    if not spammed and are_silent(lines):
        return _titles(lines)
    kinds = [kind_of(line, True) for line in lines] if spammed else kinds_of(lines)
    if not any(kinds) and not any(map(is_header, lines[:TOP_OF_MAIL])) and not any(map(is_number, lines)):
        return _titles(lines)
    rows = cleared(archives(tables(read_rows(lines, kinds))))
    if "menu" in kinds or "share" in kinds:
        rows = list(_between(rows))
    found: dict[int, Role] = {}
    mail_roles(rows, found)
    issuers(rows, found)
    changes(rows, found)
    page_numbers(rows, found)
    first = first_prose(rows, found)
    last = last_prose(rows[: page_end(rows, first)], found)
    _top(rows[:first], found, first == len(rows))
    middle(rows, first, last, found)
    running_heads(rows, found)
    if last >= 0:
        _bottom(rows[last + 1 :], found, is_introduced(rows[: last + 1]))
    return repeated_titles(rows, found)


def _titles(lines: Sequence[str]) -> dict[int, Role]:
    """The titles that a text repeats whose lines say nothing of a page."""
    top = lines[:REPEATS]
    return repeated_titles(read_rows(top, [None] * len(top)), {}) if may_repeat(top) else {}


def _between(rows: list[Row]) -> Iterator[Row]:
    """The rows, with a short line between two of the page's in one block taken for one of them."""
    for k, row in enumerate(rows):
        if row.kind is None and 0 < k < len(rows) - 1 and _is_short(row) and not row.apart and not rows[k + 1].apart:
            before, after = rows[k - 1].kind, rows[k + 1].kind
            if before and before == after and before in ("menu", "share"):
                yield row._replace(kind=before, prose=False)
                continue
        yield row


def _top(rows: list[Row], found: dict[int, Role], alone: bool) -> None:
    """The lines above the first prose; `alone` if there is no prose at all."""
    if not alone and not any(row.kind for row in rows):
        return
    anchors = _anchors(rows)
    anchors = sorted({*anchors, *_menus(rows, anchors)})
    head = _headline(rows, anchors)
    anchor = max((k for k in anchors if head is None or k < head), default=-1)
    sure = len(anchors) > 1 or any(rows[k].kind == "breadcrumb" for k in anchors)
    among = frozenset(anchors)
    for k, row in enumerate(rows):
        if row.number in found:
            continue
        if row.kind and row.kind != "contact":
            found[row.number] = row.kind
        elif k in among or (
            (k < anchor or (head is not None and anchor >= 0 and k < head))
            and (sure or len(row.text) < 40)
            and not is_byline(row.text)
            and not CREDIT.match(row.text)
        ):
            found[row.number] = "menu"
    if alone and len(found) * 2 > len(rows):
        for row in rows:
            if row.number not in found and not _may_be_headline(row.text) and row.text.rstrip()[-1:] not in STOPS:
                found[row.number] = "menu"


def _headline(rows: list[Row], anchors: list[int]) -> int | None:
    """Where the headline stands: above a date, byline or share bar, or else the first line below the last menu that may be one."""
    among = frozenset(anchors)
    titles = [
        k for k, row in enumerate(rows) if row.kind is None and k not in among and _may_be_headline(row.text) and not is_byline(row.text)
    ]
    if not titles:
        return None
    last = anchors[-1] if anchors else -1
    below = [k for k in titles if k > last]
    if not below:  # nothing below the menus can be the headline: it may stand higher, or be lost
        higher = [k for k in titles if rows[k].text.count(" ") >= 3 and not rows[k].text.isupper()]
        return higher[-1] if higher else None
    if not anchors:
        return below[0]
    marks = [k for k in range(below[0], len(rows)) if rows[k].kind in ("publication-line", "share") or is_byline(rows[k].text)]
    if marks and rows[below[0]].text.count(" ") < 3:  # a short line may be the name of a section above the headline
        nearer = [k for k in below if k < marks[0] and rows[k].text.count(" ") >= 3]
        return nearer[0] if nearer else below[0]
    return below[0]


def _is_candidate(row: Row) -> bool:
    return row.kind is None and _may_be_headline(row.text) and not ITEM.match(row.text) and not is_byline(row.text)


def _anchors(rows: list[Row]) -> list[int]:
    """The menus and paths above the headline: those below a headline's byline, date or share bar are no guide to where it stands."""
    anchors: list[int] = []
    title = story = False
    for k, row in enumerate(rows):
        if row.kind in NAVIGATION:
            below = rows[k + 1 : k + MOST_BELOW]
            if title and row.kind != "breadcrumb" and not any(other.kind in NAVIGATION or _is_candidate(other) for other in below):
                break  # a single one below the only line that may be the headline proves nothing
            if story and anchors and row.kind != "breadcrumb" and not any(_is_candidate(other) and is_story(other.text) for other in below):
                break  # what reads as a headline below a menu is one, if nothing else does
            anchors.append(k)
            title = story = False
        elif title and (row.kind in ("publication-line", "share") or is_byline(row.text)):
            below = rows[k + 1 : k + MOST_BELOW]
            if story or sum(map(is_item, below)) < MANY or not any(_is_candidate(each) and is_story(each.text) for each in below):
                break
        elif row.kind is None and _may_be_headline(row.text):
            title = True
            story = story or is_story(row.text)
    return anchors


def _menus(rows: list[Row], anchors: list[int]) -> Iterator[int]:
    """The short lines that go on below the last known item of a menu, in the same block, and the path that repeats an item."""
    if not anchors:
        return
    k = anchors[-1] + 1
    rest: list[int] = []
    while k < len(rows) and not rows[k].apart:
        rest.append(k)
        k += 1
    if len(anchors) > 1 and rest and k < len(rows) and all(_is_short(rows[j]) for j in rest):
        yield from rest
    else:
        k = anchors[-1] + 1
    items = {row.text.strip(AROUND).casefold() for row in rows[:k]}
    for j in range(k, min(k + 3, len(rows))):
        if SLASHED.match(rows[j].text) and any(part.strip().casefold() in items for part in rows[j].text.split("/")):
            yield j


def _is_short(row: Row) -> bool:
    """True for what may be an item of a menu: at most three words, no stop."""
    if len(row.text) > 32:
        return False
    wide = 0 if row.text.isascii() else sum(c > "\u2e80" for c in row.text)
    return (
        row.kind in (None, "menu", "share")
        and len(row.text) + wide < 32
        and row.text.count(" ") < 3
        and row.text[-1] not in STOPS
        and not is_byline(row.text)
    )


@remembered(MOST_LINES)
def _may_be_headline(line: str) -> bool:
    wide = 0 if line.isascii() else sum(c > "\u2e80" for c in line)
    return len(line.strip()) + wide > 14 and (line.count(" ") >= 2 or wide > 5)


def _bottom(rows: list[Row], found: dict[int, Role], introduced: bool) -> None:
    """The lines below the last prose; `introduced` if that announces a list."""
    if all(row.kind in (None, "contact") and not PRESS.match(row.text) and not PRESS_LABEL.match(row.text.strip(AROUND)) for row in rows):
        return  # an address or telephone below a signature
    close = next((k for k, row in enumerate(rows) if row.kind in CLOSING and not READ_ON.match(row.text.strip(AROUND))), len(rows))
    press = next((k for k, row in enumerate(rows) if PRESS_LABEL.match(row.text.strip(AROUND))), close)
    if (
        press < close
        and all(len(row.text) < LONGEST_FOOT for row in rows[press:])
        and any(REACHED.search(row.text) for row in rows[press : press + 8])
    ):
        close = press
    close = min(close, unlabelled(rows, close, introduced or any(row.text.rstrip()[-1:] in COLONS for row in rows[:close])))
    signed = signed_below(rows, close)
    for k, row in enumerate(rows):
        if row.number in found or k in signed:
            continue
        if k < close and (row.kind == "contact" or (row.kind == "publication-line" and is_stamp(row.text))):
            continue
        if row.kind:
            found[row.number] = row.kind
        elif row.prose or k >= close:
            found[row.number] = "read-also" if len(row.text) > 30 else "menu"
