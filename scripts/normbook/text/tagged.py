"""A web page as its elements and lines: what the judgement of page furniture needs of its tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Tag(NamedTuple):
    """An element of the tree, after its parent: `last` is the number of the first element after those inside it; `at` is -1 without a tag."""

    name: str
    parent: int
    number: int
    at: int
    last: int
    attributes: Mapping[str, str]


class TaggedLine(NamedTuple):
    """A line of a received web page at the code points [start, end), with the numbers of its block and of the innermost element of its first word."""

    start: int
    end: int
    block: int
    inner: int
    size: int  # code points that stand in the source
    linked: int  # those of them in links
    is_prose: bool
    stops: bool  # it ends like a sentence
    has_cells: bool
    is_note: bool = False  # the mark of a note leads to it
    is_title: bool = False  # it may be the title of the page


@dataclass(frozen=True)
class TaggedPage:
    """The lines of a page that are not blank, in order, and its elements in the order of the tree; false if there are none."""

    lines: tuple[TaggedLine, ...] = ()
    elements: tuple[Tag, ...] = ()

    def __hash__(self) -> int:
        return hash(self.lines)

    def __bool__(self) -> bool:
        return bool(self.lines)


NO_TAGS = TaggedPage()
