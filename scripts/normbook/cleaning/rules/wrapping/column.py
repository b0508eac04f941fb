"""Blocks of breaks that follow each other from line to line: prose that flows, verse, lists without marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from normbook.structure.line_breaks import Break
from normbook.text.lines import CLOSERS, is_title

WIDEST = 120  # code points of a line that a copy wraps
SLACK = 1.25  # a line so much longer than the width was not wrapped to it
FEW = 3  # breaks where words plainly run on, below which a width proves nothing
NARROWEST_HAN = 20  # narrower lines of one length are verse
HANGING = 2  # Chinese lines of one width differ by a mark that hangs, or by half a word of Latin letters
OFTEN = 0.25
STUB = 0.6  # of the usual line: what ends a sentence there ends a paragraph


class Column(NamedTuple):
    """How a text is set: the width that its lines fill, 0 where they are not wrapped to one, and whether most breaks are wraps."""

    width: int
    narrow: bool
    spaced: bool
    han: int = 0  # the width that its Chinese lines fill
    usual: int = 0  # what nine lines in ten do not exceed


def is_han(row: str) -> bool:
    """True for a line that begins in Chinese or Japanese.

    >>> is_han("数据安全"), is_han("Data of the 数据")
    (True, False)
    """
    head = row[:8]
    return not head.isascii() and any("\u2e80" <= c <= "\u9fff" for c in head)


def column_of(text: str, breaks: list[Break]) -> Column:
    """How a text is set, from the breaks where words plainly run on."""
    plain = [each for each in breaks if each.runs_on and not each.ends]
    narrow = len(plain) >= 4 and len(plain) * 10 >= sum(not each.ends for each in breaks) * 4
    spaced, han = _is_spaced(text, breaks), _han_width(breaks)
    if len(plain) < FEW:
        return Column(0, narrow, spaced, han)
    widths = sorted(len(each.one.text) for each in plain)
    usual = widths[(len(widths) * 9) // 10]
    width = widths[-1] if widths[-1] <= widths[len(widths) // 2] + 12 else usual
    forced = sum(is_forced(each, width) for each in plain)
    return Column(width if width <= WIDEST and forced * 10 >= len(plain) * 7 else 0, narrow, spaced, han, usual)


def is_forced(each: Break, width: int) -> bool:
    """True if the next line's first word would not have stood on this one, of a text wrapped to that width."""
    size = len(each.one.text)
    return width < size + 1 + each.first_word and size < width * SLACK


def _is_spaced(text: str, breaks: list[Break]) -> bool:
    """True if blank lines part the paragraphs: then lines that end a sentence are no oftener short than others."""
    if "\n\n" not in text.strip("\n"):
        return False
    inside = sorted(len(each.one.text) for each in breaks if not each.ends)
    ended = [len(each.one.text) for each in breaks if each.ends]
    if len(inside) < FEW or len(ended) < FEW:
        return True
    stub = inside[len(inside) // 2] * STUB
    ends, runs = (sum(size < stub for size in sizes) / len(sizes) for sizes in (ended, inside))
    return ends < runs + OFTEN


def _han_width(breaks: Iterable[Break]) -> int:
    """The width that Chinese lines fill, 0 where those that end in mid-sentence are of many lengths, as the entries of a list are."""
    sizes = sorted(len(each.one.text) for each in breaks if not each.ends and is_han(each.one.text))
    if len(sizes) < FEW:
        return 0
    usual = sizes[len(sizes) // 2]
    alike = sum(abs(size - usual) <= HANGING for size in sizes)
    return usual if usual >= NARROWEST_HAN and alike * 10 >= len(sizes) * 7 else 0


def runs_of(breaks: Iterable[Break]) -> list[list[Break]]:
    """Breaks that follow each other from line to line."""
    runs: list[list[Break]] = []
    for each in breaks:
        if runs and runs[-1][-1].two.start == each.one.start:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def flowing(runs: list[list[Break]]) -> set[int]:
    """The starts of the lines in runs where words plainly go on over a third of the breaks inside a sentence."""
    found: set[int] = set()
    for run in runs:
        inside = [each for each in run if not each.ends]
        on = sum(each.runs_on for each in inside)
        if on > 1 and on * 3 >= len(inside):
            found.update(each.one.start for each in run)
    return found


def lists(runs: list[list[Break]], column: Column) -> set[int]:
    """The starts of lines in blocks of a text that is not wrapped elsewhere: lines of their own, each with a capital, in which no words run on."""
    broken = [each for run in runs for each in run if not each.ends]
    if column.width or sum(each.runs_on for each in broken) * 5 >= len(broken):
        return set()
    found: set[int] = set()
    for run in runs:
        inside = [each for each in run if not each.ends]
        han = is_han(run[0].one.text)
        titles = len(inside) > 1 or (len(run) == 1 and not han and is_title(run[0].one.text) and is_title(run[0].two.text))
        if inside and titles and not any(each.runs_on for each in inside) and not (column.han and han):
            found.update(each.one.start for each in run)
    return found


def verse(runs: list[list[Break]], column: Column) -> set[int]:
    """The starts of lines of verse: short lines in a row, most of which open with a capital though the sentence runs on."""
    found: set[int] = set()
    for run in runs:
        lines = [run[0].one, *(one.two for one in run)]
        if column.width and all(is_forced(each, column.width) for each in run):
            continue
        if 2 < len(lines) < 20 and all(len(line.text) < 64 for line in lines):
            capitals = sum(line.text.lstrip("“\"‘'«> ")[:1].isupper() for line in lines[1:])
            comma = sum(line.text.rstrip(CLOSERS + " ")[-1:] in ",;:" for line in lines[:-1])
            if capitals == len(lines) - 1 and comma:
                found.update(one.one.start for one in run)
    return found
