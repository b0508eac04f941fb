"""The order of lines on a page, and what stands between them: pure arithmetic on boxes.

The order of the file is kept but where the page leaves no doubt: a header or footer goes to its end of the page, and columns that were
written row by row are read one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from normbook.intake.intake import Box

AT_EDGES = 4  # lines at either end of a page's text that may be a header or footer
LEAST_ROWS = 5  # lines with a gap at one place that make a gutter
SAMPLE, FIRST = 8, 3  # lines that are looked at for gaps; of these every third before the others
NARROWEST, FILLED = 0.25, 0.75  # a column is at least this share of the text's width, and half of its lines fill this share of it
CROSSING = 0.2  # lines across a gutter (titles, captions), as a share of those that it divides
SAME_LINE = 0.5  # share of the height that pieces of one line have in common
WORD_GAP, CELL_GAP, SPACE = 0.15, 1.5, 4  # between letters, words, and words with a space of the file, in sizes of the font
APART = 1.3  # a drop so many times the usual one ends a paragraph
OTHER_SIZE = 0.85
USUAL_DROP = 1.25  # in sizes of the font, where a document has too few lines to tell


MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})[.)]|[\u2022\u25aa\u25cf\u25cb\u25e6\xb7\u2013-]")  # of a list


class Piece(NamedTuple):
    """A line, or a part of one: its characters as the reader counts them, its words, its box, its baseline and the size of its font.

    It is `broken` if a word goes on in the next line behind a hyphen.
    """

    first: int
    last: int
    text: str
    box: Box
    base: float
    size: float
    broken: bool = False


class Gap(NamedTuple):
    """A wide gap between two words of a line: where it begins and ends, and after how many code points and units of the line it stands."""

    left: float
    right: float
    after: int
    units: int


Gaps = Callable[[Sequence[Piece]], Sequence[Sequence[Gap]]]


def reading_order(pieces: Sequence[Piece], gaps: Gaps) -> list[Piece]:
    """The lines of a page in the order in which they are read."""
    if len(pieces) < 2 or _is_turned(pieces):
        return list(pieces)
    return _in_columns(_with_markers(_with_edges(pieces)), gaps)


def _is_turned(pieces: Sequence[Piece]) -> bool:
    """True if most lines do not run from left to right."""
    long = [each.box for each in pieces if len(each.text) > LEAST_ROWS]
    return sum(box.right - box.left < box.top - box.bottom for box in long) * 2 > len(long)


def _with_edges(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those above all others first and those below all others last."""
    count = min(AT_EDGES, (len(pieces) - 1) // 2)
    outer = [*range(count), *range(len(pieces) - count, len(pieces))]
    inner = pieces[count : len(pieces) - count]
    top, bottom = max(each.box.top for each in inner), min(each.box.bottom for each in inner)
    high = [n for n in outer if pieces[n].box.bottom >= top]
    low = [n for n in outer if pieces[n].box.top <= bottom]
    moved = {*high, *low}

    def down(number: int) -> tuple[float, float]:
        return -pieces[number].box.top, pieces[number].box.left

    kept = [n for n in range(len(pieces)) if n not in moved]
    high = high if high == list(range(len(high))) else sorted(high, key=down)
    low = low if low == list(range(len(pieces) - len(low), len(pieces))) else sorted(low, key=down)
    return [pieces[n] for n in (*high, *kept, *low)]


def _with_markers(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with each number or bullet of a list before the line that it stands beside: some programs write all of them last."""
    order = list(pieces)
    for one in [each for each in pieces if MARKER.fullmatch(each.text.strip())]:
        at = order.index(one)
        if at + 1 < len(order) and is_beside(one, order[at + 1]):
            continue
        beside = [each for each in order if is_beside(one, each) and 0 <= each.box.left - one.box.right < SPACE * one.size]
        if len(beside) == 1:
            order.remove(one)
            order.insert(order.index(beside[0]), one)
    return order


def _in_columns(pieces: list[Piece], gaps: Gaps) -> list[Piece]:
    """The pieces column by column, if there is a gutter that most lines respect and the file does not read that way already."""
    left, right = min(each.box.left for each in pieces), max(each.box.right for each in pieces)
    wide = [each for each in pieces if each.box.right - each.box.left > (right - left) / 2]
    beside = [
        (one.box.right, two.box.left) for one, two in pairwise(pieces) if is_beside(one, two) and two.box.left - one.box.right > one.size
    ]
    sample = wide[:: max(1, len(wide) // SAMPLE)][:SAMPLE] if len(wide) >= LEAST_ROWS else []
    if sample and not beside and not any(gaps(sample[::FIRST])):
        return pieces
    found = [(gap.left, gap.right) for row in (gaps(sample) if sample else ()) for gap in row]
    if len(found) + len(beside) < LEAST_ROWS:
        return pieces
    middles = [(one + two) / 2 for one, two in (*found, *beside)]
    at = max(middles, key=lambda x: (sum(one < x < two for one, two in (*found, *beside)), -abs(x - (left + right) / 2)))
    split = _split(pieces, wide, gaps(wide), at)
    columns = [each for each, _ in split if each.box.right <= at], [each for each, _ in split if each.box.left >= at]
    rows = sum(was_split for _, was_split in split) // 2 + sum(one < at < two for one, two in beside)
    crossing = sum(each.box.left < at < each.box.right for each, _ in split)
    if rows < LEAST_ROWS or crossing > rows * CROSSING or not all(_is_column(column, right - left) for column in columns):
        return pieces
    heads = sorted((-each.base for each, _ in split if each.box.left < at < each.box.right))
    bands: dict[tuple[int, int], list[Piece]] = {}
    for each, _ in split:
        above = bisect_right(heads, -each.base)
        across = each.box.left < at < each.box.right
        bands.setdefault((above, 0 if across else 1 if each.box.right <= at else 2), []).append(each)
    return [each for key in sorted(bands) for each in bands[key]]


def _split(pieces: Sequence[Piece], wide: Sequence[Piece], gaps: Sequence[Sequence[Gap]], at: float) -> list[tuple[Piece, bool]]:
    """The pieces, with those that have a gap at a place as two; and whether each is such a part."""
    parts: dict[int, tuple[Piece, Piece]] = {}
    for each, row in zip(wide, gaps, strict=True):
        gap = next((gap for gap in row if gap.left < at < gap.right), None)
        if gap:
            one = each._replace(
                last=each.first + gap.units, text=each.text[: gap.after], box=each.box._replace(right=gap.left), broken=False
            )
            text = each.text[gap.after + 1 :]
            parts[each.first] = one, each._replace(first=each.first + gap.units + 1, text=text, box=each.box._replace(left=gap.right))
    return [(part, each.first in parts) for each in pieces for part in parts.get(each.first, (each,))]


def _is_column(pieces: Sequence[Piece], width: float) -> bool:
    """True if pieces are a column of prose: wide enough, and most of its lines fill it."""
    if len(pieces) < LEAST_ROWS:
        return False
    own = max(each.box.right for each in pieces) - min(each.box.left for each in pieces)
    return own >= width * NARROWEST and median(each.box.right - each.box.left for each in pieces) >= own * FILLED


def is_beside(one: Piece, two: Piece) -> bool:
    """True if a piece stands to the right of another on the same line."""
    left, right = one.box, two.box
    if right.left < left.right - one.size * 0.3:
        return False
    shared = min(left.top, right.top) - max(left.bottom, right.bottom)
    least = min(left.top - left.bottom, right.top - right.bottom)
    return least > 0 and shared >= least * SAME_LINE


def usual_drop(pages: Sequence[Sequence[Piece]]) -> float:
    """The distance of baselines in a document, in sizes of the font."""
    drops = [
        (one.base - two.base) / one.size
        for page in pages
        for one, two in pairwise(page)
        if one.size > 0 and 0.8 < (one.base - two.base) / one.size < 3
    ]
    return median(drops) if len(drops) >= LEAST_ROWS else USUAL_DROP


def joint(one: Piece, two: Piece, usual: float) -> str:
    """What stands between two pieces of a page: nothing or a space in a line, a line end, or a blank line."""
    if not one.broken and is_beside(one, two):
        spaced = one.text[-1:].isspace() or two.text[:1].isspace()
        widest = (SPACE if spaced or MARKER.fullmatch(one.text.strip()) else CELL_GAP) * max(one.size, two.size)
        if two.box.left - one.box.right < widest:
            close = two.box.left - one.box.right < WORD_GAP * min(one.size, two.size)
            return "" if close or spaced else " "
    drop = one.base - two.base
    small, large = (one.size, two.size) if one.size < two.size else (two.size, one.size)
    if drop > APART * usual * large or (drop > 0 and small < OTHER_SIZE * large):
        return "\n\n"
    return "\n"
