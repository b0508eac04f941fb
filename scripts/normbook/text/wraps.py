"""The rule for lines broken in mid-sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from normbook.text.edits import Edit, Flag
from normbook.text.language import is_english
from normbook.text.lexicon import is_word
from normbook.text.lines import CLOSERS, is_title, read_lines
from normbook.text.seams import (
    MOST_SEAMS,
    SHORTEST,
    SHORTEST_IN_PROSE,
    Opening,
    Seam,
    are_ordinary,
    ends_sentence,
    is_entry,
    mend,
    opening,
    seam,
)
from normbook.text.segments import Line

SHORTEST_HAN = 20
STARTERS = frozenset("a an he if in it she that the these they this those we when".split())
LONGEST_TITLE = 100
# Nouns that head the names of bodies, meetings and texts: a capitalised run that holds one is left as it is.
NAMING = frozenset(
    "act agency agreement assembly association bank belt bureau charter code college commission committee community conference congress convention council "
    "court declaration department dialogue directive embassy federation forum foundation framework fund government group house initiative institute law league "
    "meeting ministry nations network office organisation organization pact parliament partnership party plan president programme program protocol republic road "
    "secretariat senate seminar state states street summit symposium treaty tribunal union university wall world".split()
)  # fmt: skip


class Break(NamedTuple):
    """A line end between two lines of prose, what is seen at it, and whether a sentence has ended above: what stands here is then no title."""

    one: Line
    two: Line
    seam: Seam
    below_prose: bool


class Column(NamedTuple):
    """How a text is set: the width that its lines fill, 0 where they are not wrapped to one, and whether most breaks are wraps."""

    width: int
    narrow: bool
    spaced: bool


def may_hold(text: str) -> bool:
    """False if every line stands alone between blank ones."""
    return text.count("\n") > 2 * text.count("\n\n") + (text[-1:] == "\n")


def join(text: str) -> Iterator[Edit | Flag]:
    r"""A line broken in mid-sentence is joined to the next; the capital that the break put on a common word is lowered.

    Wrong when a break is meant (verse, addresses, a list without marks), so short lines, items, headlines and lines that end a
    sentence are left, unless the text wraps elsewhere. A capital is lowered only for a word that the dictionary has in
    lower case alone; it stays, flagged, where it may open a name. A hyphen at the break goes where the whole is one word.

    >>> [(edit.raw, edit.new) for edit in join("It must be dismissed by the parties of the pact and\nShould be opposed.") if isinstance(edit, Edit)]
    [('\n', ' '), ('S', 's')]
    """
    if not may_hold(text):
        return
    breaks = list(_breaks(read_lines(text)))
    if not breaks:
        return
    column = _column(text, breaks)
    runs = _runs(breaks)
    blocks = _verse(runs)
    flowing = _flowing(runs)
    listed = sum([each.seam.listed for each in breaks]) > 1
    mended = [
        each
        for each in breaks
        if each.one.start not in blocks and _is_wrap(each.seam, column, listed, each.one.start in flowing, each.below_prose)
    ]
    broken = [each for each in mended if not each.seam.ends]
    wrapped = _neighbours(mended, broken, column)
    capitals = is_english(text) and sum([each.seam.two[:1].isupper() for each in broken]) * 4 >= len(broken) * 3
    for one, two, seen, _ in mended:
        if seen.ends and one.start not in wrapped:
            continue
        before, after, new = mend(one.text, two.text)
        start, end = one.end - before, two.start + after
        yield Edit(start, end, text[start:end], new, ("wrapped-line",))
        if (
            not seen.ends
            and (first := opening(one.text, two.text))
            and (capitals or (column.width and is_word(two.text.split(" ", 1)[0].lower())))
        ):
            yield from _lower(text, two, first, capitals)


def _breaks(lines: Sequence[Line]) -> Iterator[Break]:
    """The line ends at which a sentence may have been broken."""
    entries = cache(lambda: sum([is_entry(line.text) for line in lines]) > 2)
    prose = next(
        (line.start for line in lines if len(line.text) > LONGEST_TITLE or (ends_sentence(line.text) and len(line.text) > SHORTEST)),
        len(lines) and lines[-1].end,
    )
    below = iter([*lines[2:], None])
    for one, two in pairwise(lines):
        three = next(below)
        if two.role == "blank" or one.role == "blank":
            continue
        seen = seam(one.text, one.role, two.text, two.role)
        if seen and not (seen.entry and entries()) and not (seen.label and three is not None and three.role not in ("blank", "item")):
            yield Break(one, two, seen, one.start >= prose)


def _column(text: str, breaks: list[Break]) -> Column:
    """How the text is set, from the breaks where words plainly run on."""
    plain = [each for each in breaks if each.seam.runs_on and not each.seam.ends]
    spaced = "\n\n" in text.strip("\n")
    narrow = len(plain) >= 4 and len(plain) * 10 >= sum(not each.seam.ends for each in breaks) * 4
    if len(plain) < 3:
        return Column(0, narrow, spaced)
    widths = sorted(len(each.one.text) for each in plain)
    width = widths[-1] if widths[-1] <= widths[len(widths) // 2] + 12 else widths[(len(widths) * 9) // 10]
    forced = sum(len(each.one.text) + 1 + each.seam.first_word > width for each in plain)
    return Column(width if width <= 120 and forced * 10 >= len(plain) * 7 else 0, narrow, spaced)


@lru_cache(maxsize=MOST_SEAMS)
def _is_wrap(seen: Seam, column: Column, listed: bool, flows: bool, below_prose: bool) -> bool:
    """True if a break is no end of a line that was meant."""
    one, two = seen.one, seen.two
    size = len(one)
    head = one[:8]
    han = not head.isascii() and any("\u2e80" <= c <= "\u9fff" for c in head)
    if listed and seen.listed and not column.width:
        return False
    if column.width and not han:
        forced = size + 1 + seen.first_word > column.width
        if seen.listed and not two[:1].islower():
            return False
        return forced or (not seen.ends and seen.runs_on and size * 3 > column.width * 2)
    if column.narrow and not seen.ends and not han:
        return seen.runs_on or (flows and size >= 12 and not (len(two) < SHORTEST_IN_PROSE and is_title(two)))
    if not seen.ends and not seen.runs_on and len(two) < SHORTEST_IN_PROSE and is_title(two):
        return False
    runs_on = (seen.runs_on and not one.rstrip().endswith((",", "，", "、"))) or two[:1].islower()
    if size < (SHORTEST_HAN if han else SHORTEST_IN_PROSE if runs_on else SHORTEST) and not (column.narrow and seen.ends and column.spaced):
        return False
    if "://" in one.rpartition(" ")[2]:
        return False
    if seen.ends or runs_on or han or size > LONGEST_TITLE or not is_title(one):
        return True
    word = two.split(" ", 1)[0]
    return below_prose and not (word[:1].isupper() and word.lower() in STARTERS)


def _neighbours(mended: list[Break], broken: list[Break], column: Column) -> set[int]:
    """The starts of the lines that end a sentence and whose break is a wrap nevertheless: those in a block with broken ones."""
    if column.width:
        return {each.one.start for each in mended}
    if column.narrow and not column.spaced:
        return set()
    sure = {each.one.start for each in broken}
    return {each.one.start for run in _runs(mended) if sum(one.one.start in sure for one in run) * 5 >= len(run) * 2 for each in run}


def _runs(breaks: Iterable[Break]) -> list[list[Break]]:
    """Breaks that follow each other from line to line."""
    runs: list[list[Break]] = []
    for each in breaks:
        if runs and runs[-1][-1].two.start == each.one.start:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _flowing(runs: list[list[Break]]) -> set[int]:
    """The starts of the lines in runs where words plainly go on over most of the breaks inside a sentence."""
    found: set[int] = set()
    for run in runs:
        inside = [each for each in run if not each.seam.ends]
        on = sum(each.seam.runs_on for each in inside)
        if on > 1 and on * 2 >= len(inside):
            found.update(each.one.start for each in run)
    return found


def _verse(runs: list[list[Break]]) -> set[int]:
    """The starts of lines of verse: short lines in a row, most of which open with a capital though the sentence runs on."""
    found: set[int] = set()
    for run in runs:
        lines = [run[0].one, *(one.two for one in run)]
        if 2 < len(lines) < 20 and all(len(line.text) < 64 for line in lines):
            capitals = sum(line.text.lstrip("“\"‘'«> ")[:1].isupper() for line in lines[1:])
            comma = sum(line.text.rstrip(CLOSERS + " ")[-1:] in ",;:" for line in lines[:-1])
            if capitals == len(lines) - 1 and comma:
                found.update(one.one.start for one in run)
    return found


def _lower(text: str, line: Line, first: Opening, throughout: bool) -> Iterator[Edit | Flag]:
    """The capitals that the break put on the words at the head of a line; in a text where other breaks keep lower case only on a word that opens no name."""
    run, unsure = first.words, first.unsure
    if first.function and len(run) == 1:
        unsure = False
    elif not throughout:
        return
    if len(run) > 1:
        unsure = unsure or not NAMING.isdisjoint(map(str.lower, run)) or f" {run[0].lower()} " not in text or f" {run[0]} {run[1]}" in text
    at = line.start
    if unsure or not are_ordinary(run):
        end = at + len(" ".join(run))
        yield Flag("N611", at, end, f"{run[0]!r} opens a joined line and may belong to a name: its capital is kept")
        return
    for word in run:
        yield Edit(at, at + 1, word[0], word[0].lower(), ("wrapped-line",))
        at += len(word) + 1
