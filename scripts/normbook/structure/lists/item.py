"""The items of an enumeration, as values."""

from __future__ import annotations

from typing import NamedTuple

LONGEST_INTRO = 600  # code points


class Point(NamedTuple):
    """A list item: the offset of its marker, the span of its words, and its number (None for a bullet)."""

    marker: int
    start: int
    end: int
    number: int | None


class Enumeration(NamedTuple):
    """A list: its items in order, the number of items that the text announces, the span of its introduction, and whether items are paragraphs."""

    points: tuple[Point, ...]
    declared: int | None
    intro: tuple[int, int]
    block: bool = True
    cut: bool = False


def introduction(text: str, at: int) -> tuple[int, int]:
    """The paragraph before a list; if it is short, with the paragraph before that."""
    end = words_end(text, at)
    low = max(end - LONGEST_INTRO, 0)
    return max(text.rfind("\n\n", low, end) + 1, low), end


def words_end(text: str, at: int) -> int:
    """The end of the words before an offset, without trailing spaces."""
    while at and text[at - 1] in " \n\t\u3000":
        at -= 1
    return at
