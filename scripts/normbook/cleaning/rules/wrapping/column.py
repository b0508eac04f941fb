"""The setting of a text: whether its lines are wrapped to a width, and which blocks are prose, verse or unmarked lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from normbook.structure.line_breaks import Break
from normbook.text.line_cache import remembered
from normbook.text.lines import CLOSERS, is_title

WIDEST = 120  # code points; copies do not wrap wider lines
SLACK = 1.25  # a line that exceeds the width by this factor was not wrapped to it
FEW = 3  # fewer breaks in mid-sentence do not prove a width
NARROWEST_HAN = 20  # narrower lines of equal length are verse
NARROWEST_CLAUSE = 12  # the same, if most have a comma inside and one breaks off
NARROWEST_SENTENCE = 14  # the same, if commas and a full stop show a sentence
NARROWEST_FILLED = 40  # narrower lines that fill a width may do so by chance
HANGING = 2  # Chinese lines of one width differ by hanging punctuation or by part of a Latin word
WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef\u2014\u2026\ue000-\uf8ff]")
HAN_STOP, HAN_COMMAS = "\u3002", re.compile("[\uff0c\u3001]")
OFTEN = 0.25
STUB = 0.6  # share of the usual width; a sentence that ends on a shorter line ends a paragraph


class Column(NamedTuple):
    """The setting of a text: the width to which it is wrapped, 0 for none, and whether most of its line breaks are wraps."""

    width: int
    narrow: bool
    spaced: bool
    han: int = 0  # the width of its Chinese lines
    usual: int = 0  # nine lines in ten are not wider


def is_han(row: str) -> bool:
    """True for a line that starts in Chinese or Japanese.

    >>> is_han("数据安全"), is_han("Data of the 数据")
    (True, False)
    """
    head = row[:8]
    return not head.isascii() and any("\u2e80" <= c <= "\u9fff" for c in head)


def column_of(text: str, breaks: list[Break]) -> Column:
    """The setting of a text, from line breaks that are plainly in mid-sentence."""
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
    """True if the first word of the next line did not fit on this one, in a text wrapped to that width."""
    size = len(each.one.text)
    return width < size + 1 + each.first_word and size < width * SLACK


def _is_spaced(text: str, breaks: list[Break]) -> bool:
    """True if blank lines separate the paragraphs: then lines that end a sentence are not shorter than others."""
    if "\n\n" not in text.strip("\n"):
        return False
    inside = sorted(len(each.one.text) for each in breaks if not each.ends)
    ended = [len(each.one.text) for each in breaks if each.ends]
    if len(inside) < FEW or len(ended) < FEW:
        return True
    stub = inside[len(inside) // 2] * STUB
    ends, runs = (sum(size < stub for size in sizes) / len(sizes) for sizes in (ended, inside))
    return ends < runs + OFTEN


@remembered(1 << 12)
def han_size(row: str) -> int:
    """The width of a Chinese line in characters; letters, figures and spaces between Chinese characters take half the room of one.

    >>> han_size("至2010年增加了"), han_size("数据安全")
    (7, 4)
    """
    row = row.strip()
    wide = len(WIDE.findall(row))
    return len(row) if wide == len(row) else wide + (len(row) - wide + 1) // 2


def _han_width(breaks: Iterable[Break]) -> int:
    """The width of Chinese lines; 0 if lines that end in mid-sentence differ in length, like the entries of a list."""
    inside = [each for each in breaks if not each.ends and is_han(each.one.text)]
    sizes = sorted(han_size(each.one.text) for each in inside)
    if len(sizes) < FEW:
        return sizes[-1] if _is_han_sentence(inside) else 0
    usual = sizes[len(sizes) // 2]
    alike = sum(abs(size - usual) <= HANGING for size in sizes)
    commas = sum(HAN_COMMAS.search(each.one.text[:-1]) is not None for each in inside)
    broken = any(each.one.text.rstrip()[-1].isalnum() for each in inside)  # in mid-sentence, which no line of verse with commas is
    least = NARROWEST_CLAUSE if broken and commas * 2 > len(inside) else NARROWEST_HAN
    return usual if usual >= least and alike * 10 >= len(sizes) * 7 else 0


def _is_han_sentence(inside: list[Break]) -> bool:
    """True for two breaks in one paragraph: lines of one width with commas or full stops in them, and a full stop at the end."""
    if len(inside) != FEW - 1 or inside[0].two.start != inside[1].one.start:
        return False
    one, two, last = inside[0].one.text, inside[1].one.text, inside[1].two.text.rstrip(CLOSERS + " ")
    return (
        abs(len(one) - len(two)) <= HANGING
        and min(len(one), len(two)) >= NARROWEST_SENTENCE
        and len(last) <= len(one) + HANGING
        and last[-1:] == HAN_STOP
        and all(HAN_COMMAS.search(row) or HAN_STOP in row for row in (one, two))
    )


def runs_of(breaks: Iterable[Break]) -> list[list[Break]]:
    """The runs of consecutive line breaks."""
    runs: list[list[Break]] = []
    for each in breaks:
        if runs and runs[-1][-1].two.start == each.one.start:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def flowing(runs: list[list[Break]]) -> set[int]:
    """The starts of the lines in runs in which a third of the breaks within sentences are plainly wraps."""
    found: set[int] = set()
    for run in runs:
        inside = [each for each in run if not each.ends]
        on = sum(each.runs_on for each in inside)
        if on > 1 and on * 3 >= len(inside):
            found.update(each.one.start for each in run)
    return found


def filled(runs: list[list[Break]]) -> set[int]:
    """The starts of the lines in runs that are set to a width: no first word would have fitted on the line above, and sentences run on."""
    found: set[int] = set()
    for run in runs:
        width = max(len(row) for each in run for row in (each.one.text, each.two.text))
        on = sum(each.runs_on and not each.ends for each in run)
        if len(run) > 1 and on * 2 >= len(run) and NARROWEST_FILLED <= width <= WIDEST and all(is_forced(each, width) for each in run):
            found.update(each.one.start for each in run)
    return found


def lists(runs: list[list[Break]], column: Column) -> set[int]:
    """The starts of lines in unmarked lists: blocks of capitalised lines without wraps in a text that is not wrapped elsewhere."""
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


def repeating(runs: list[list[Break]]) -> set[int]:
    """The starts of lines in runs of commands, entries or verses: two thirds of the lines, and at least three, begin with one and the same word."""
    found: set[int] = set()
    for run in runs:
        heads = Counter(line.text.split(maxsplit=1)[0] for line in [run[0].one, *(each.two for each in run)])
        head, most = heads.most_common(1)[0]
        if head[0].isalnum() and most >= FEW and most * 3 >= heads.total() * 2:
            found.update(each.one.start for each in run)
    return found


def verse(runs: list[list[Break]], column: Column) -> set[int]:
    """The starts of lines of verse: consecutive short lines, most of them capitalised although the sentence continues."""
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
