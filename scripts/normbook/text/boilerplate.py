"""Rules for what a page says about itself: dropped whole lines, each by an edit that can be shown and undone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from normbook.text.edits import Edit
from normbook.text.lines import CRAWL_HEADER, may_hold_furniture, read_lines

DROPPED = frozenset({"breadcrumb", "publication-line", "caption", "read-also", "share"})


def crawl_headers(text: str) -> Iterator[Edit]:
    """The date that a crawler wrote before the first line is dropped.

    Wrong when a document really begins with the word "date" and an ISO date.

    >>> [edit.raw for edit in crawl_headers(" date 2024-11-20 China stands ready.")]
    [' date 2024-11-20 ']
    """
    if match := CRAWL_HEADER.match(text):
        yield Edit(0, match.end(), match[0], "", ("crawl-header",))


def breadcrumbs(text: str) -> Iterator[Edit]:
    """The path through a site's menu above an article ("Home > News") is dropped.

    Wrong when a first line uses > to mean something else after the word Home.

    >>> [edit.raw for edit in breadcrumbs("Home > News\\nTitle")]
    ['Home > News\\n']
    """
    return _drop(text, "breadcrumb")


def publication_lines(text: str) -> Iterator[Edit]:
    """The line that tells when a page was published or updated is dropped; it stays evidence for the source's own dates.

    Wrong when the body of a document begins with such a label.

    >>> [edit.raw for edit in publication_lines("Published: 11:47, March 1, 2024\\nTitle")]
    ['Published: 11:47, March 1, 2024\\n']
    """
    return _drop(text, "publication-line")


def captions(text: str) -> Iterator[Edit]:
    """A line that ends in a photo credit is dropped: its dates and people are the picture's, not the event's.

    Wrong when a sentence of the body ends in a bracketed remark that opens with the word photo.

    >>> [edit.start for edit in captions("A minister. (PHOTO / AGENCY)\\n\\nBody text.")]
    [0]
    """
    return _drop(text, "caption")


def read_also(text: str) -> Iterator[Edit]:
    """A pointer to another article ("READ ALSO: ...") between paragraphs is dropped.

    Wrong when a document tells its reader what else to read in those words, on a line of its own.

    >>> [edit.raw for edit in read_also("One.\\n\\nALSO READ: A bill\\n\\nTwo.")]
    ['ALSO READ: A bill\\n\\n']
    """
    return _drop(text, "read-also")


def share(text: str) -> Iterator[Edit]:
    """A control of the page on a line of its own (print, close, send to a friend) is dropped.

    Wrong when such words stand alone on a line as a heading.

    >>> [edit.raw for edit in share("The end.\\n\\n<Suggest To A Friend>")]
    ['\\n\\n<Suggest To A Friend>']
    """
    return _drop(text, "share")


def _drop(text: str, role: str) -> Iterator[Edit]:
    for found, start, end in _plan(text):
        if found == role:
            yield Edit(start, end, text[start:end], "", (role,))


@lru_cache(maxsize=2)
def _plan(text: str) -> list[tuple[str, int, int]]:
    """What is dropped, with the blank lines that would be left behind; a run at the end takes those before it."""
    if not may_hold_furniture(text):
        return []
    lines = [line for line in read_lines(text) if line.role != "blank"]
    dropped = [line.role in DROPPED for line in lines]
    if True not in dropped:
        return []
    last_kept = max((i for i, gone in enumerate(dropped) if not gone), default=len(lines))
    plan: list[tuple[str, int, int]] = []
    backwards = False  # a run takes the break before it where the one after it is the longer: that one stays
    for i, line in enumerate(lines):
        if not dropped[i]:
            continue
        if i and not dropped[i - 1]:
            after = next((k for k in range(i, len(lines)) if not dropped[k]), len(lines))
            before_run = text.count("\n", lines[i - 1].end, line.start)
            backwards = after == len(lines) or before_run < text.count("\n", lines[after - 1].end, lines[after].start)
        if (backwards or i > last_kept) and i:
            plan.append((line.role, lines[i - 1].end, line.end))
        else:
            plan.append((line.role, line.start, lines[i + 1].start if i + 1 < len(lines) else line.end))
    return plan
