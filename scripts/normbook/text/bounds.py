"""Where the matter of a page begins and where it ends: the first line of prose and the last."""

from __future__ import annotations

import re
from itertools import accumulate

from normbook.languages.language import pattern
from normbook.text.cues import AROUND, READ_ON
from normbook.text.furniture import is_stamp
from normbook.text.midst import LONGEST_FOOT, OFFER, READ_POINTER, is_heading, is_statement, is_told
from normbook.text.rows import Row
from normbook.text.segments import Role

NAVIGATION = frozenset({"menu", "breadcrumb", "subscription"})
LEAST_WORDS = 10
OF_PAGE = pattern(r"(?i)[\d@©]|\(c\)|https?:|\b<page.own-words>\b", word=r"\w+")
HIGHEST, MANY = 3, 4  # lines above which a notice of the page stands; lines of a menu that tell one
NOTICE = pattern("(?i)<page.browser-notes>")
CLOSES = frozenset({"copyright", "read-also", "comments"})
LONGEST_TEASER, LEAST_OF_FOOT, TIMES = 300, 8, 4  # code points; lines; how much more prose stands above than in teasers below
LONGEST_LABEL = 40
OWNED = pattern(r"(?i)\b(?:19|20)\d\d\b|<page.rights>")
ENDING = frozenset({"read-also", "copyright", "subscription"})
FOOT = frozenset({"menu", "pagination", "comments", "copyright", "contact", "subscription"})
POINTER = re.compile(r"\W*\w[\w ]{2,24}[:：]\s?\S")


def first_prose(rows: list[Row], found: dict[int, Role]) -> int:
    """The first line of prose; one or two short ones above the menu of a page, as of an old browser, are none."""
    prose = [k for k, row in enumerate(rows) if row.prose and row.number not in found]
    for turn, k in enumerate(prose[:3]):
        if turn + 2 >= len(prose) or k > HIGHEST or len(rows[k].text) > LONGEST_FOOT or not (turn == 0 or prose[0] != 0):
            return k
        between = rows[k + 1 : prose[turn + 1]]
        if sum(map(is_item, between)) < MANY:
            following = rows[k + 1 : prose[turn + 2]]
            if turn or sum(map(is_item, following)) < MANY:
                return k
        if NOTICE.search(rows[k].text):
            found[rows[k].number] = "menu"
    return prose[min(2, len(prose) - 1)] if prose else len(rows)


def is_item(row: Row) -> bool:
    """True for an item of a menu or a path that no sentence is."""
    return row.kind in ("menu", "breadcrumb") and not is_statement(row.text)


def page_end(rows: list[Row], first: int) -> int:
    """Where the foot of a page begins that holds teasers of other texts: below a copyright line or a label, few sentences among many titles."""
    ends = [k for k in range(first, len(rows)) if rows[k].kind in CLOSES and (rows[k].text[0] == "©" or not is_statement(rows[k].text))]
    end = at = len(rows)
    if not ends:
        return end
    sizes = [len(row.text) if row.prose else 0 for row in rows]
    longest = list(accumulate(sizes, max))
    above, below, sentences, largest = sum(sizes[first:]), 0, 0, 0
    for k in reversed(ends):
        teasers = [size for size in sizes[k:at] if size]
        sentences += len(teasers)
        below += sum(teasers)
        largest = max([largest, *teasers])
        at = k
        if largest > LONGEST_TEASER or largest >= longest[k] or below * TIMES > above - below:
            break
        if len(rows) - k > max(LEAST_OF_FOOT, sentences * 3) and _opens_foot(rows, k):
            end = k
    return end


def _opens_foot(rows: list[Row], k: int) -> bool:
    """True for a copyright line, and for a label of other stories that no sentence follows at once."""
    row = rows[k]
    bare = row.text.strip(AROUND)
    if row.kind == "copyright":
        return OWNED.search(row.text) is not None
    return (
        len(bare) < LONGEST_LABEL
        and not READ_POINTER.match(bare)
        and not READ_ON.match(bare)
        and not is_heading(rows, k)
        and k + 1 < len(rows)
        and not rows[k + 1].prose
    )


def last_prose(rows: list[Row], found: dict[int, Role]) -> int:
    """The last line of prose; a short sentence at the foot, between lines that only a page has, is none."""
    counts: list[int] = []  # how many lines from each on are the page's

    def of_page() -> list[int]:
        if not counts:
            counts.extend(accumulate([row.kind is not None and not is_statement(row.text) for row in reversed(rows)]))
            counts.reverse()
        return counts

    k = len(rows) - 1
    while k >= 0:
        if rows[k].prose and rows[k].number not in found:
            before = rows[k - 1] if k else None
            near = next((j for j in range(k - 1, max(0, k - 8) - 1, -1) if rows[j].prose or _ends_matter(rows[j])), None)
            ended = near is not None and not rows[near].prose
            beside = (
                before is not None
                and before.kind in FOOT
                and not POINTER.match(before.text)
                and not is_stamp(before.text)
                and not is_heading(rows, k - 1)
            )
            if (
                len(rows[k].text) >= LONGEST_FOOT
                or _is_matter(rows[k])
                or k * 2 < len(rows)
                or not (ended or beside)
                or of_page()[max(k - 8, 0)] < 3 - ended
            ):
                return k
        k -= 1
    return k


def _is_matter(row: Row) -> bool:
    """True for a sentence of ten words at least, without a number or an address, that speaks neither to the reader nor of the page."""
    words = row.text.split()
    return (
        len(words) >= LEAST_WORDS
        and is_told(row)
        and not OF_PAGE.search(row.text)
        and sum(word[:1].islower() for word in words) * 5 >= len(words) * 2
    )


def _ends_matter(row: Row) -> bool:
    """True for a line below which, at the foot of a page, nothing of the matter stands."""
    return (
        row.kind in ENDING
        and not (is_statement(row.text) and row.kind == "read-also")
        and not READ_POINTER.match(row.text.strip(AROUND))
        and (row.kind != "subscription" or bool(OFFER.search(row.text)))
    )
