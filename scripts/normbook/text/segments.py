"""Lines, and segments with stable addresses, as values."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from normbook.text.points import Enumeration

Dropped = Literal[
    "crawl-header", "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark",
    "repeated-title",
]  # fmt: skip
DROPPED: frozenset[str] = frozenset(
    get_args(Dropped)
)  # the roles of lines that cleaning drops: each has the rule of its name, in the layer for boilerplate
Role = Literal[Dropped, "blank", "headline", "byline", "credit-line", "heading", "dateline", "item", "paragraph"]
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
