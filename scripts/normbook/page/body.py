"""The body of a copied page: its first and last line of prose, and page furniture between them.

A received text is often a web page copied whole: menus above the article, share buttons and related stories below it,
advertisements in it. Above the first prose and below the last a weak cue is enough to drop a line; inside the body a
label such as "Related" may be a heading of the article, so a line there needs more evidence.
"""

from __future__ import annotations

import re
from itertools import accumulate

from normbook.languages.language import pattern
from normbook.page.classify import columns, is_stamp
from normbook.page.line import ADDRESS, LONGEST_TITLE, STOPS, Row
from normbook.page.patterns import AROUND, BREADCRUMB, LONGEST, READ_ON
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import MOST_LINES, remembered
from normbook.text.lines import CLOSERS, Role

WEAK = frozenset({"menu", "subscription", "publication-line", "contact", "copyright"})  # inside the body these may be headings or sentences
LONGEST_AD = 160
LONGEST_GROUP = 300  # lines below one label
LONGEST_FOOT = 120
LEAST_SPACES = 5
LEAST_TITLES = 2
OFFER = pattern(r"(?i)\b<page.offers>\b", word=r"\w+")
OFFERED = pattern(r"(?i)www\.|https?:|\.(?:com|net|org|example)\b|[$€£¥%]|\b<page.buyers:spaced>\b|<page.buyers:dense>")


def middle(rows: list[Row], first: int, last: int, found: dict[int, Role]) -> None:
    """Adds to `found` the roles of page furniture between the first line of prose and the last."""
    for k in range(first, last + 1):
        row, titles = rows[k], range(0)
        if row.number in found or not row.kind:
            continue
        beside = any(
            0 <= j < len(rows)
            and rows[j].kind
            and rows[j].text != row.text
            and len(rows[j].text) < LONGEST_FOOT
            and not is_statement(rows[j].text)
            for j in (k - 1, k + 1)
        )
        if row.kind in WEAK and len(row.text) > LONGEST_FOOT and ". " in row.text:
            continue
        if _is_of_a_list(rows, k):
            continue
        if row.kind in WEAK and not beside and not (row.kind == "subscription" and OFFER.search(row.text)):
            continue
        bare = row.text.strip(AROUND)
        if is_heading(rows, k) or (row.kind == "menu" and _is_table(rows, k)):
            continue
        if (
            row.kind == "read-also"
            and len(bare) < 34
            and ":" not in bare.rstrip(":")
            and not _leads(rows, k)
            and not (titles := _titles(rows, k, last))
            and not READ_POINTER.match(bare)
            and not OF_A_PAGE.match(bare)
        ):
            continue
        found[row.number] = row.kind
        if row.kind == "read-also":
            _follow(rows, k, last, found)
            found.update({rows[j].number: "read-also" for j in titles})
        elif row.kind == "advertisement" and len(bare) < 20:
            _advert(rows, k, found)
        elif row.kind in ("caption", "subscription"):
            _block(rows, k, found, row.kind)


def _is_of_a_list(rows: list[Row], k: int) -> bool:
    """True for a path or a web address with no other furniture next to it: an example or a source in the text."""
    kind = rows[k].kind
    if (kind == "breadcrumb" and not BREADCRUMB.match(rows[k].text)) or (kind == "publication-line" and ADDRESS.match(rows[k].text)):
        return not any(0 <= j < len(rows) and rows[j].kind not in (None, kind) for j in (k - 1, k + 1))
    return False


def is_statement(line: str) -> bool:
    """True for a full sentence of six words or more; as a neighbour it is no evidence that a line is furniture."""
    return line[-1:] in STOPS and line.count(" ") >= LEAST_SPACES


def is_heading(rows: list[Row], k: int) -> bool:
    """True for a label whose first word recurs in the paragraph below it: it is that paragraph's heading.

    "Subscriptions" above "Subscriptions to the register rose by a third" is a heading, not a link.
    """
    bare = rows[k].text.strip(AROUND)
    if len(bare) > 40 or k + 1 >= len(rows) or not (rows[k + 1].prose or len(rows[k + 1].text) > 24) or ":" in bare:
        return False
    word = bare.split()[0].casefold()
    return len(word) > 3 and word[:6] in rows[k + 1].text[:300].casefold()


READ_POINTER = pattern(r"(?i)<page.read-on-labels>\W*$")
OF_A_PAGE = pattern(r"(?i)<page.related-headings>\W*$")


def _is_table(rows: list[Row], k: int) -> bool:
    """True for a line of columns next to another with the same number of columns: a table of the text, not a menu."""
    count = columns(rows[k].text)
    return count > 0 and any(0 <= j < len(rows) and columns(rows[j].text) == count for j in (k - 1, k + 1))


def _leads(rows: list[Row], k: int) -> bool:
    """True if the lines below a label are titles of other stories: no prose, and at least two of them or one that follows directly."""
    group = _group(rows, k)
    return (
        bool(group)
        and all(not rows[j].prose and len(rows[j].text) < LONGEST_TITLE for j in group)
        and (len(group) > 1 or not rows[k + 1].apart)
    )


def _group(rows: list[Row], k: int) -> list[int]:
    """The indexes of the lines below line `k` up to the next blank line; a blank line directly below `k` does not count."""
    group: list[int] = []
    for j in range(k + 1, min(k + 1 + LONGEST_GROUP, len(rows))):
        if rows[j].apart and j > k + 1:
            break
        group.append(j)
    return group


def _titles(rows: list[Row], k: int, last: int) -> range:
    """The indexes of titles below a label such as "Related", where no blank line, or one per title, separates them from prose.

    The last title is left out: it may be the heading of the prose below.
    """
    end = k + 1
    while end <= last and rows[end].kind is None and _may_be_title(rows[end]) and rows[end].apart == rows[k + 1].apart:
        end += 1
    if (
        not rows[k].text.strip()[:1].isupper()
        or READ_ON.match(rows[k].text.strip(AROUND))
        or end - k <= LEAST_TITLES
        or end > last
        or not rows[end].prose
    ):
        return range(0)
    return range(k + 1, end - 1)


def _may_be_title(row: Row) -> bool:
    return (
        not row.prose
        and row.text[0].isupper()
        and row.text[-1] not in STOPS
        and row.text[-1] not in ":：,"
        and len(row.text) < LONGEST_FOOT
    )


@remembered(MOST_LINES)
def is_story(line: str) -> bool:
    """True for a headline of five words or more with at least two lower-case content words and no full stop.

    >>> is_story("Ministers sign the harbour accord"), is_story("Press and Media Centre")
    (True, False)
    """
    words = line.split()
    return (
        len(words) > 4
        and len(line) < LONGEST_FOOT
        and line[-1] not in STOPS
        and line[0].isupper()
        and sum(word[0].islower() and not is_function_word(word) for word in words) > 1
    )


def _follow(rows: list[Row], k: int, last: int, found: dict[int, Role]) -> None:
    """Adds to `found` the titles of other stories below the label at `k`."""
    bare = rows[k].text.strip(AROUND)
    if len(bare) > 40 or (":" in bare.rstrip(":：") and len(bare) > 24):
        return
    if _leads(rows, k):
        for j in _group(rows, k):
            if rows[j].number not in found:
                found[rows[j].number] = "read-also"


def _advert(rows: list[Row], k: int, found: dict[int, Role]) -> None:
    """Adds to `found` the lines of an advertisement below its label, if blank lines separate them from the text."""
    group = [j for j in _group(rows, k) if not rows[k + 1].apart]
    if len(group) <= 3 and all(len(rows[j].text) <= LONGEST_AD and not is_told(rows[j]) for j in group):
        for j in group:
            found[rows[j].number] = "advertisement"


def is_told(row: Row) -> bool:
    """True for a sentence that offers nothing for sale: below "Advertisement" it may be the next sentence of the text."""
    return row.prose and row.text[-1] != "!" and not OFFER.search(row.text) and not OFFERED.search(row.text)


def _block(rows: list[Row], k: int, found: dict[int, Role], role: Role) -> None:
    """Adds to `found` the other lines of a caption or a call to subscribe that is broken over lines, between blank lines."""
    start = k
    while start > 0 and not rows[start].apart and start > k - 4:
        start -= 1
    end = k
    while end + 1 < len(rows) and not rows[end + 1].apart and end < k + 3:
        end += 1
    if not rows[start].apart or (end + 1 < len(rows) and not rows[end + 1].apart):
        return
    block = rows[start : end + 1]
    if role == "caption" and (
        end != k
        or any(row.text.rstrip(CLOSERS + " ")[-1:] in STOPS | {"?", "？"} for row in block[:-1])
        or sum(len(row.text) for row in block) > LONGEST
    ):
        return
    if role == "subscription" and (start != k or any(row.prose and row.text[0].isupper() for row in block[1:])):
        return
    for row in block:
        found.setdefault(row.number, role)


NAVIGATION = frozenset({"menu", "breadcrumb", "subscription"})
LEAST_WORDS = 10
OF_PAGE = pattern(r"(?i)[\d@©]|\(c\)|https?:|\b<page.own-words>\b", word=r"\w+")
HIGHEST, MANY = 3, 4  # the lowest line of a browser notice at the top; items that make a menu
NOTICE = pattern("(?i)<page.browser-notes>")
CLOSES = frozenset({"copyright", "read-also", "comments"})
LONGEST_TEASER, LEAST_OF_FOOT, TIMES = 300, 8, 4  # code points; lines; how many times as much prose is above as in the teasers below
LONGEST_LABEL = 40
OWNED = pattern(r"(?i)\b(?:19|20)\d\d\b|<page.rights>")
ENDING = frozenset({"read-also", "copyright", "subscription"})
FOOT = frozenset({"menu", "pagination", "comments", "copyright", "contact", "subscription"})
POINTER = re.compile(r"\W*\w[\w ]{2,24}[:：]\s?\S")


def first_prose(rows: list[Row], found: dict[int, Role]) -> int:
    """The index of the first line of prose, skipping up to two short notices above a menu ("Your browser is out of date.")."""
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
    """True for an item of a menu or path that is not a sentence."""
    return row.kind in ("menu", "breadcrumb") and not is_statement(row.text)


def page_end(rows: list[Row], first: int) -> int:
    """The index at which a footer with teasers of other stories starts, or the number of lines if there is none.

    Such a footer starts with a copyright line or a label ("Read also") and has few sentences among many titles.
    """
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
    """True for a copyright line, and for a label of other stories that is not directly followed by prose."""
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
    """The index of the last line of prose, skipping short sentences among furniture at the end; -1 if there is none."""
    counts: list[int] = []  # how many lines from each index to the end are furniture

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
    """True for a sentence of ten words or more without a number or an address that neither addresses the reader nor mentions the site."""
    words = row.text.split()
    return (
        len(words) >= LEAST_WORDS
        and is_told(row)
        and not OF_PAGE.search(row.text)
        and sum(word[:1].islower() for word in words) * 5 >= len(words) * 2
    )


def _ends_matter(row: Row) -> bool:
    """True for a line of furniture after which, at the end of a page, no text follows."""
    return (
        row.kind in ENDING
        and not (is_statement(row.text) and row.kind == "read-also")
        and not READ_POINTER.match(row.text.strip(AROUND))
        and (row.kind != "subscription" or bool(OFFER.search(row.text)))
    )
