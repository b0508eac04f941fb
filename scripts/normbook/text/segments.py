"""Lines, and segments with stable addresses, as values."""

from __future__ import annotations

from typing import Literal, NamedTuple

from normbook.text.points import Enumeration

Role = Literal[
    "blank", "crawl-header", "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark",
    "repeated-title", "headline", "byline", "credit-line", "heading", "dateline", "item", "paragraph",
]  # fmt: skip
Kind = Literal["headline", "byline", "credit", "heading", "para", "question", "answer", "list", "item", "sent"]


class Line(NamedTuple):
    """A line of a text at the code points [start, end), without its newline, and what it is."""

    start: int
    end: int
    text: str
    role: Role


class Segment(NamedTuple):
    """A piece of cleaned text, code points [start, end), with its address (Akoma Ntoso style)."""

    eid: str
    kind: Kind
    start: int
    end: int


class Segmented(NamedTuple):
    """The segments of a text in document order, and its lists by address."""

    segments: tuple[Segment, ...]
    lists: tuple[tuple[str, Enumeration], ...]
    lines: tuple[Line, ...]
