"""The items of an enumeration, as values."""

from __future__ import annotations

from typing import NamedTuple

LONGEST_INTRO = 600  # code points


class Point(NamedTuple):
    """One item: where its marker begins, where its words begin and end, and the number its marker states (None for a bullet)."""

    marker: int
    start: int
    end: int
    number: int | None


class Enumeration(NamedTuple):
    """The items of one list in order, the number that the text declares for them, the code points of what introduces them, and whether its items are paragraphs."""

    points: tuple[Point, ...]
    declared: int | None
    intro: tuple[int, int]
    block: bool = True
    cut: bool = False


def introduction(text: str, at: int) -> tuple[int, int]:
    """The paragraph before a list, with the one before that when it is short."""
    end = words_end(text, at)
    low = max(end - LONGEST_INTRO, 0)
    return max(text.rfind("\n\n", low, end) + 1, low), end


def words_end(text: str, at: int) -> int:
    """Where the words before a place end."""
    while at and text[at - 1] in " \n\t\u3000":
        at -= 1
    return at
