"""Where quoted words stand on the pages of a PDF file, as plain values: asking for them does not load its reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normbook.intake.intake import Box, Intake


class Placed(NamedTuple):
    """Where characters stand: the page, its width and height in points as it is shown, and the boxes that they fill, one a line.

    `views` are the same boxes as a reader sees them: measured from the upper left corner, so that `top` is less than `bottom`.
    """

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    views: tuple[Box, ...] = ()


def wanted_pages(taken: Intake, wanted: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, int, int]]]:
    """What is wanted of each page, by its index: the number of a span of the received text, and its first and last character as the reader counts them."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for number, (start, end) in enumerate(wanted):
        for each in taken.places(start, end):
            if each.origin == "written":
                found.setdefault(each.element, []).append((number, each.first, each.last))
    return found
