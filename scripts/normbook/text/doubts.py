"""Lines that look like the page's and are not: a word of a title, the middle of a sentence that a line break opened."""

from __future__ import annotations

from normbook.languages.language import Words, pattern
from normbook.text.rows import ADDRESS, STOPS, Row

WHEN = pattern(r"(?i)<page.meeting-times>\s?[:：]")
WHERE = pattern(r"(?i)<page.meeting-places>\s?[:：]")
HEADS = Words("page.list-heads")
OF = Words("page.title-links")
WORDED = frozenset({"read-also", "breadcrumb", "menu", "share", "subscription", "comments"})  # known by first words that sentences use too
BARRED = "|·•"  # between the items of a bar
NARROW = 40  # code points of a line that may have been broken


def cleared(rows: list[Row]) -> list[Row]:
    """The rows, those that only look like the page's without what they say of it."""
    found = list(rows)
    for k, row in enumerate(rows):
        if row.kind and _is_doubtful(found, k):
            found[k] = row._replace(kind=None)
    return found


def _is_doubtful(rows: list[Row], k: int) -> bool:
    row = rows[k]
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


def _heads_a_list(rows: list[Row], k: int) -> bool:
    """True if the lines below a word name people or things with what they are: "Ana Brook, chair"."""
    end = k + 1
    while end < len(rows) and rows[end].kind is None and not rows[end].prose:
        end += 1
    told = sum(any(mark in row.text for mark in (", ", ": ", " – ", " - ", " (")) for row in rows[k + 1 : end])
    return told > 1 and told * 2 > end - k - 1


def _goes_on(before: Row, row: Row) -> bool:
    """True if a line is the middle or the end of a sentence that the line before began."""
    return (
        before.kind is None
        and len(before.text) >= NARROW
        and before.text.rstrip()[-1] not in STOPS
        and (len(row.text) >= NARROW or row.text.rstrip()[-1] in STOPS)
        and not any(mark in row.text for mark in BARRED)
        and not ADDRESS.match(row.text)
    )


def _is_beside(rows: list[Row], k: int, j: int) -> bool:
    """True if a neighbour of a letter or of a language's code tells that it is one of a bar: such another, or any longer item."""
    if not 0 <= j < len(rows) or rows[j].kind not in ("menu", "share", "breadcrumb"):
        return False
    return len(rows[j].text.strip()) > 2 or len(rows[k].text.strip()) == len(rows[j].text.strip())
