"""Lines, and segments with stable addresses, as values."""

from __future__ import annotations

from typing import Literal, NamedTuple

from normbook.structure.lists.item import Enumeration
from normbook.text.lines import Line

Kind = Literal["headline", "byline", "credit", "heading", "para", "question", "answer", "list", "item", "sent"]


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
