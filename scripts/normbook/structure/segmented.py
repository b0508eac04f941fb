"""The segments of a text as values, apart from the code that finds them: using them compiles no pattern."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from normbook.structure.lists.item import Enumeration
from normbook.text.lines import Line

Kind = Literal["headline", "byline", "credit", "heading", "para", "question", "answer", "list", "item", "sent"]


class Segment(NamedTuple):
    """A piece of cleaned text, code points [start, end), with its eId in the style of Akoma Ntoso ("para_2__sent_1")."""

    eid: str
    kind: Kind
    start: int
    end: int


SEGMENT: Callable[[tuple[str, Kind, int, int]], Segment] = partial(tuple.__new__, Segment)  # takes a third of the time of Segment(...)


class Segmented(NamedTuple):
    """The segments of a text in document order, and its lists by eId."""

    segments: tuple[Segment, ...]
    lists: tuple[tuple[str, Enumeration], ...]
    lines: tuple[Line, ...]
