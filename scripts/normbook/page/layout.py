"""The layout of a copied page: which lines are furniture, judged by each line's own cue and by its position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from normbook.languages.language import Words, pattern
from normbook.page.body import LONGEST_FOOT, MANY, NAVIGATION, first_prose, is_item, is_story, last_prose, middle, page_end
from normbook.page.classify import is_stamp
from normbook.page.email import TOP_OF_MAIL, mail_roles
from normbook.page.footer import COLONS, agendas, archives, changes, is_introduced, issuers, signed_below, tables, unlabelled
from normbook.page.line import ADDRESS, STOPS, Row, are_silent, is_header, is_number, kind_of, kinds_of, may_hold_spam, read_rows
from normbook.page.listings import listings
from normbook.page.page_breaks import page_breaks
from normbook.page.page_edges import FEED, page_edges
from normbook.page.patterns import AROUND, HOUR, READ_ON, SLASHED, ZONE
from normbook.page.repeats import REPEATS, may_repeat, page_numbers, repeated_titles, running_heads
from normbook.page.verdict import Judgement, Verdict, explain, weigh
from normbook.text.line_cache import MOST_LINES, lines_of, remembered
from normbook.text.lines import CREDIT, ITEM, Role, is_byline

FIELDS = Words("dialogue.fields")
WHEN = pattern(r"(?i)[^\w\n]{0,4}<page.meeting-times>\s?[:：]")
WHERE = pattern(r"(?i)[^\w\n]{0,4}<page.meeting-places>\s?[:：]")
HEADS = Words("page.list-heads")
OF = Words("page.title-links")
WORDED = frozenset(
    {"read-also", "breadcrumb", "menu", "share", "subscription", "comments"}
)  # known by first words with which sentences start too
BARRED = "|·•"  # between the items of a bar
HOUR_ALONE = pattern(rf"(?i){HOUR}(?: ?{ZONE})?")
TURN_HEAD = re.compile(r"[A-Z][A-Z .’'-]{2,40}:\s")  # the first words of a record: "THE CHAIR: "
PART = re.compile(r"[^\W\d_]{4,} (?:[IVXLC]{1,5}|\d{1,3}|[A-Z])[.:]?")  # "Annex I": the part of a document, above its headline
MOST_OF_POINTER = 4  # lines of a pointer that was broken
NARROW = 40  # code points of a line that may have been broken


def cleared(rows: list[Row]) -> list[Row]:
    """The same lines, without the kind of those that only look like furniture."""
    found = list(rows)
    for k, row in enumerate(rows):
        if row.kind and _is_doubtful(found, k):
            found[k] = row._replace(kind=None)
    return found


def _is_doubtful(rows: list[Row], k: int) -> bool:
    row = rows[k]
    if row.kind == "publication-line" and _is_own_day(rows, k):
        return True
    if row.kind == "publication-line" and WHEN.match(row.text):
        return any(0 <= j < len(rows) and WHERE.match(rows[j].text) for j in (k - 2, k - 1, k + 1, k + 2))
    if row.text[0].islower():
        return row.kind in WORDED and not row.apart and k > 0 and _goes_on(rows[k - 1], row)
    if row.text[0] == "«" and "»" not in row.text:
        return k + 1 < len(rows) and len(row.text) >= NARROW and not rows[k + 1].apart and rows[k + 1].text[0].islower()
    if row.kind == "menu" and row.text.strip().rstrip(":").casefold() in HEADS:
        return (k == 0 or rows[k - 1].kind is None) and _heads_a_list(rows, k)
    size = len(row.text.strip())
    if size < 3 and row.kind in ("menu", "share"):
        lettered = k + 1 < len(rows) and len(rows[k + 1].text.strip()) == 1
        return not lettered and not any(_is_beside(rows, k, j) for j in (k - 2, k - 1, k + 1, k + 2))
    return row.kind == "menu" and k + 1 < len(rows) and " " not in row.text.strip() and rows[k + 1].text.split()[0].casefold() in OF


def _is_own_day(rows: list[Row], k: int) -> bool:
    """True for a date alone above the opening of a sitting or the salutation of a letter: it belongs to the text."""
    return len(rows[k].text.strip()) <= LONGEST_DAY and any(
        len(row.text) <= LONGEST_OPENING and OWN_DAY.match(row.text) for row in rows[k + 1 : k + MOST_HEAD] if not row.kind
    )


def _heads_a_list(rows: list[Row], k: int) -> bool:
    """True if the lines below a word name people or things with their function: "Ana Brook, chair"."""
    end = k + 1
    while end < len(rows) and rows[end].kind is None and not rows[end].prose:
        end += 1
    told = sum(any(mark in row.text for mark in (", ", ": ", " – ", " - ", " (")) for row in rows[k + 1 : end])
    return told > 1 and told * 2 > end - k - 1


def _goes_on(before: Row, row: Row) -> bool:
    """True if a line continues a sentence that the line before started."""
    return (
        before.kind is None
        and len(before.text) >= NARROW
        and before.text.rstrip()[-1] not in STOPS
        and (len(row.text) >= NARROW or row.text.rstrip()[-1] in STOPS)
        and not any(mark in row.text for mark in BARRED)
        and not ADDRESS.match(row.text)
    )


def _is_beside(rows: list[Row], k: int, j: int) -> bool:
    """True if the line at `j` shows that the letter or language code at `k` is an item of a bar: another such item, or a longer one."""
    if not 0 <= j < len(rows) or rows[j].kind not in ("menu", "share", "breadcrumb"):
        return False
    return len(rows[j].text.strip()) > 2 or len(rows[k].text.strip()) == len(rows[j].text.strip())


CLOSING = frozenset(
    {"read-also", "menu", "breadcrumb", "copyright", "contact", "subscription", "comments", "list-footer", "share", "pagination"}
)  # below the last prose, no text follows after one of these
PRESS = pattern("(?i)<page.press-offers>", word=r"\w+")
PRESS_LABEL = pattern("(?i)<page.press-contacts>$", word=r"\w+")
REACHED = re.compile(r"\S@\S|\+?\d[\d ()./-]{5,}\d")
OWN_DAY = pattern(r"(?i)\s*<page.own-days>")
LONGEST_DAY, LONGEST_OPENING, MOST_HEAD = 34, 80, 9  # code points of such a date and of the line that opens the text; lines down to that
MOST_BELOW = 120  # lines below a menu that are looked at to judge it


def page_roles(text: str, thorough: bool = False) -> dict[int, Role]:
    """Line number -> role of each line that is not part of the text; empty for a text without page furniture.

    1. A line that may be prose is dropped only for a cue of its own.
    2. Above the first prose, everything above the last menu or breadcrumb is furniture; the headline is below it.
    3. Below the last prose, everything after a list of other stories, a menu, a copyright or contact line is furniture.
    4. A model has the last word: a line that it takes for text stays, and near lines with a cue it drops what it is sure of.
    5. What interrupts a sentence where a printed page ended is furniture, whatever the model says, and so is what stands at the edges of most pages.
    6. With `thorough` the model drops what it is less sure of: more furniture, and more text with it.
    """
    return _page_roles(text, thorough)


@remembered(4)
def _page_roles(text: str, thorough: bool) -> dict[int, Role]:
    lines = lines_of(text)
    judged = _judged(text, thorough)
    found = cast("dict[int, Role]", judged.judgement.found) if judged else _titles(lines)
    return found | page_breaks(lines) | (page_edges(lines) if FEED in text else {})


def verdicts(text: str, thorough: bool = False) -> list[Verdict]:
    """The lines that `page_roles` drops, with probabilities and reasons; empty if no line has a cue."""
    judged = _judged(text, thorough)
    return explain(lines_of(text), *judged) if judged else []


class Judged(NamedTuple):
    """The kind of furniture of each line by its own cue, the roles by the rules, and what the model makes of them."""

    kinds: list[Any]
    roles: dict[int, Role]
    judgement: Judgement


@remembered(6)  # the text from which furniture was dropped is asked once more when the whole text is clean
def _judged(text: str, thorough: bool) -> Judged | None:
    """The kinds and roles of the lines of a text; None if no line has a cue."""
    lines = lines_of(text)
    kinds = _kinds(text, lines)
    if not kinds:
        return None
    roles = ruled_roles(lines, kinds)
    return Judged(kinds, roles, weigh(lines, kinds, roles, not thorough))


def _kinds(text: str, lines: Sequence[str]) -> list[Any]:
    """The kind of furniture of each line by its own cue; empty if no line has one or may be a mail header or page number."""
    spammed = may_hold_spam(text)
    if not spammed and are_silent(lines):
        return []
    kinds = [kind_of(line, True) or None for line in lines] if spammed else kinds_of(lines)
    if any(kinds):
        return _with_broken_pointers(lines, listings(lines, kinds))
    return kinds if any(map(is_header, lines[:TOP_OF_MAIL])) or any(map(is_number, lines)) else []


def _with_broken_pointers(lines: Sequence[str], kinds: list[Any]) -> list[Any]:
    """The kinds, where a pointer to another text ("Read also: …") was broken: its other lines are of its kind, unless they end a sentence of the text."""
    if "read-also" not in kinds:
        return kinds
    for k in [k for k, kind in enumerate(kinds) if kind == "read-also"]:
        if len(lines[k].strip()) < NARROW or lines[k].rstrip()[-1] in STOPS:
            continue
        end = k + 1
        while end < len(lines) and kinds[end] is None and lines[end].strip() and (end > k + 1 or lines[end].lstrip()[0].islower()):
            end += 1
        if k + 1 < end <= k + MOST_OF_POINTER:
            kinds[k:end] = [None if lines[end - 1].rstrip()[-1] in STOPS else "read-also"] * (end - k)
    return kinds


def ruled_roles(lines: Sequence[str], kinds: Sequence[Any]) -> dict[int, Role]:
    """The roles by the rules alone, without the model; `kinds` as `_kinds` returns them."""
    rows = cleared(archives(agendas(tables(read_rows(lines, kinds)))))
    if "menu" in kinds or "share" in kinds:
        rows = list(_between(rows))
    found: dict[int, Role] = {}
    mail_roles(rows, found)
    issuers(rows, found)
    changes(rows, found)
    page_numbers(rows, found)
    first = first_prose(rows, found)
    last = last_prose(rows[: page_end(rows, first)], found)
    head = _top(rows[:first], found, first == len(rows))
    if first == len(rows) and head is not None:  # no prose: the text ends at the first cue below its headline
        foot = next((k for k in range(head + 1, len(rows)) if rows[k].kind in CLOSING), len(rows))
        _bottom(rows[foot:], found, introduced=False)
    middle(rows, first, last, found)
    running_heads(rows, found)
    if last >= 0:
        _bottom(rows[last + 1 :], found, is_introduced(rows[: last + 1]))
    return repeated_titles(rows, found)


def _titles(lines: Sequence[str]) -> dict[int, Role]:
    """The repeated titles of a text none of whose lines has a cue."""
    top = lines[:REPEATS]
    return repeated_titles(read_rows(top, [None] * len(top)), {}) if may_repeat(top) else {}


def _between(rows: list[Row]) -> Iterator[Row]:
    """The lines; a short line between two menu or share lines of the same block gets their kind."""
    for k, row in enumerate(rows):
        if row.kind is None and 0 < k < len(rows) - 1 and _is_short(row) and not row.apart and not rows[k + 1].apart:
            before, after = rows[k - 1].kind, rows[k + 1].kind
            if before and before == after and before in ("menu", "share"):
                yield row._replace(kind=before, prose=False)
                continue
        yield row


def _top(rows: list[Row], found: dict[int, Role], alone: bool) -> int | None:
    """Adds to `found` the roles of the lines above the first prose; `alone` if there is no prose at all. Returns the index of the headline."""
    if not alone and not any(row.kind for row in rows):
        return None
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
            and not (k > anchor and PART.fullmatch(row.text.strip()))
        ):
            found[row.number] = "menu"
    if alone and head is None and len(found) * 2 > len(rows):
        for row in rows:
            if row.number not in found and not _may_be_headline(row.text) and row.text.rstrip()[-1:] not in STOPS:
                found[row.number] = "menu"
    return head


def _headline(rows: list[Row], anchors: list[int]) -> int | None:
    """The index of the headline: above a date, byline or share bar, else the first candidate below the last menu; None if there is none."""
    among = frozenset(anchors)
    titles = [
        k for k, row in enumerate(rows) if row.kind is None and k not in among and _may_be_headline(row.text) and not is_byline(row.text)
    ]
    if not titles:
        return None
    last = anchors[-1] if anchors else -1
    below = [k for k in titles if k > last]
    if not below:  # no candidate below the menus: the headline may be above them, or lost
        higher = [k for k in titles if rows[k].text.count(" ") >= 3 and not rows[k].text.isupper()]
        return higher[-1] if higher else None
    if not anchors:
        return below[0]
    marks = [k for k in range(below[0], len(rows)) if rows[k].kind in ("publication-line", "share") or is_byline(rows[k].text)]
    if marks and rows[below[0]].text.count(" ") < 3:  # a short line may be the name of the section, above the headline
        nearer = [k for k in below if k < marks[0] and rows[k].text.count(" ") >= 3]
        return nearer[0] if nearer else below[0]
    return below[0]


def _is_candidate(row: Row) -> bool:
    return row.kind is None and _may_be_headline(row.text) and not ITEM.match(row.text) and not is_byline(row.text)


def _anchors(rows: list[Row]) -> list[int]:
    """The indexes of menus and paths above the headline; those below its byline, date or share bar do not help to locate it."""
    anchors: list[int] = []
    title = story = False
    for k, row in enumerate(rows):
        if row.kind in NAVIGATION:
            below = rows[k + 1 : k + MOST_BELOW]
            if title and row.kind != "breadcrumb" and not any(other.kind in NAVIGATION or _is_candidate(other) for other in below):
                break  # a single menu below the only candidate for the headline proves nothing
            if story and anchors and row.kind != "breadcrumb" and not any(_is_candidate(other) and is_story(other.text) for other in below):
                break  # the only line below a menu that reads like a headline is the headline
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
    """The indexes of short lines in the same block below the last known item of a menu, and of a path that repeats an item."""
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
    """True for a possible item of a menu: at most three words and no full stop."""
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


def _is_empty_field(line: str) -> bool:
    """True for a label without anything behind it ("Appendix:"), as a page prints it above its tools."""
    bare = line.strip()
    return bare[-1:] in COLONS and bare[:-1].strip().lower() in FIELDS


def _bottom(rows: list[Row], found: dict[int, Role], introduced: bool) -> None:
    """Adds to `found` the roles of the lines below the last prose; `introduced` if the prose announces a list."""
    if all(row.kind in (None, "contact") and not PRESS.match(row.text) and not PRESS_LABEL.match(row.text.strip(AROUND)) for row in rows):
        return  # an address or telephone number below a signature
    close = next((k for k, row in enumerate(rows) if row.kind in CLOSING and not READ_ON.match(row.text.strip(AROUND))), len(rows))
    press = next((k for k, row in enumerate(rows) if PRESS_LABEL.match(row.text.strip(AROUND))), close)
    if (
        press < close
        and all(len(row.text) < LONGEST_FOOT for row in rows[press:])
        and any(REACHED.search(row.text) for row in rows[press : press + 8])
    ):
        close = press
    close = min(close, unlabelled(rows, close, introduced or any(row.text.rstrip()[-1:] in COLONS for row in rows[:close])))
    while 0 < close < len(rows) and _is_empty_field(rows[close - 1].text):
        close -= 1
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
