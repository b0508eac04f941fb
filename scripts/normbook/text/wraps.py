"""The rule for lines broken in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from normbook.text.breaks import (
    LONGEST_TITLE,
    LONGEST_WORD,
    QUOTED,
    SHORTEST,
    SHORTEST_HAN,
    SHORTEST_IN_PROSE,
    STARTERS,
    Break,
    breaks_in,
    is_listed,
)
from normbook.text.characters import MOST_LINES, lines_of, shape_of
from normbook.text.edits import Edit, Flag
from normbook.text.language import is_english
from normbook.text.lexicon import is_common_only, is_function_word, is_word
from normbook.text.lines import CLOSERS, is_title, read_lines
from normbook.text.segments import Line

CAPITALISED = r"[A-Z][a-z]+(?:-[a-z]+)?(?![^\W\d_]|[’'-][^\W\d_])"  # a whole word
CAPITALS = re.compile(f"{CAPITALISED}(?: {CAPITALISED})*")
PARTED = re.compile(r"\n\n(?<=[^.!?。！？:：\n]\n\n)[a-zß-öø-ÿа-я]")  # a blank line, and the words go on
GOES_ON = re.compile(r"[a-zß-öø-ÿа-я]")
_opening: set[str] = set()  # lines that do not open in lower case
LEAST_PARTED = 4
BROKEN_WORD = re.compile(r"([^\W\d_]+)-\Z")
FIRST_PART = re.compile(r"[^\W\d_]+")
# Nouns that head the names of bodies, meetings and texts: a capitalised run that holds one is left as it is.
NAMING = frozenset(
    "act agency agreement assembly association bank belt bureau charter code college commission committee community conference congress convention council "
    "court declaration department dialogue directive embassy federation forum foundation framework fund government group house initiative institute law league "
    "meeting ministry nations network office organisation organization pact parliament partnership party plan president programme program protocol republic road "
    "secretariat senate seminar state states street summit symposium treaty tribunal union university wall world".split()
)  # fmt: skip


class Column(NamedTuple):
    """How a text is set: the width that its lines fill, 0 where they are not wrapped to one, and whether most breaks are wraps."""

    width: int
    narrow: bool
    spaced: bool


def may_hold(text: str) -> bool:
    """False if every line stands alone between blank ones, and none below goes on in lower case."""
    return stands_close(text) or _goes_on(text)


def _goes_on(text: str) -> bool:
    """True if a sentence may go on below a blank line."""
    rows = lines_of(text)
    if _opening.issuperset(rows):
        return False
    if len(_opening) > MOST_LINES:
        _opening.clear()
    _opening.update([row for row in rows if not GOES_ON.match(row)])
    return PARTED.search(text) is not None


def stands_close(text: str) -> bool:
    """False if every line stands alone between blank ones."""
    return b"\1\1" in shape_of(text)


def join(text: str) -> Iterator[Edit | Flag]:
    r"""A line broken in mid-sentence is joined to the next; the capital that the break put on a common word is lowered.

    Wrong when a break is meant (verse, addresses, a list without marks), so short lines, items, headlines and lines that end a
    sentence are left, unless the text wraps elsewhere. A capital is lowered only for a word that the dictionary has in
    lower case alone; it stays, flagged, where it may open a name. A hyphen at the break goes where the whole is one word.

    >>> [(edit.raw, edit.new) for edit in join("It must be dismissed by the parties of the pact and\nShould be opposed.") if isinstance(edit, Edit)]
    [('\n', ' '), ('S', 's')]
    """
    if not stands_close(text):
        if _goes_on(text):
            yield from _parted(text)
        return
    breaks = list(breaks_in(read_lines(text)))
    if not breaks:
        return
    column = _column(text, breaks)
    runs = _runs(breaks)
    blocks = _verse(runs)
    flowing = _flowing(runs) if column.narrow else set()
    listed = sum([is_listed(each.one.text) for each in breaks]) > 1
    mended = [each for each in breaks if each.one.start not in blocks and _is_wrap(each, column, listed, flowing)]
    broken = [each for each in mended if not each.ends]
    wrapped = _neighbours(runs if len(mended) == len(breaks) else _runs(mended), broken, column)
    capitals = is_english(text) and sum(each.two.text[:1].isupper() for each in broken) * 4 >= len(broken) * 3
    for each in mended:
        if each.ends and each.one.start not in wrapped:
            continue
        start, end, new = _mend(each.one, each.two)
        yield Edit(start, end, text[start:end], new, ("wrapped-line",))
        if not each.ends and (capitals or (column.width and is_word(each.two.text.split(" ", 1)[0].lower()))):
            yield from _lower(text, each.one, each.two, capitals)


def _parted(text: str) -> Iterator[Edit | Flag]:
    """The joints of a text that is wrapped to a width and has a blank line behind every line."""
    lines = [line for line in read_lines(text) if line.role != "blank"]
    breaks = list(breaks_in(lines))
    column = _column("", breaks)
    if sum(each.runs_on and not each.ends for each in breaks) < LEAST_PARTED or not column.width:
        return
    for each in breaks:
        if _is_wrap(each, column, False, set()):
            start, end, new = _mend(each.one, each.two)
            yield Edit(start, end, text[start:end], new, ("wrapped-line",))


def _column(text: str, breaks: list[Break]) -> Column:
    """How the text is set, from the breaks where words plainly run on."""
    plain = [each for each in breaks if each.runs_on and not each.ends]
    spaced = "\n\n" in text.strip("\n")
    narrow = len(plain) >= 4 and len(plain) * 10 >= sum(not each.ends for each in breaks) * 4
    if len(plain) < 3:
        return Column(0, narrow, spaced)
    widths = sorted(len(each.one.text) for each in plain)
    width = widths[-1] if widths[-1] <= widths[len(widths) // 2] + 12 else widths[(len(widths) * 9) // 10]
    forced = sum(len(each.one.text) + 1 + each.first_word > width for each in plain)
    return Column(width if width <= 120 and forced * 10 >= len(plain) * 7 else 0, narrow, spaced)


def _is_wrap(each: Break, column: Column, listed: bool, flowing: set[int]) -> bool:
    """True if a break is no end of a line that was meant."""
    size = len(each.one.text)
    han = _opens_in_han(each.one.text[:8])
    if listed and is_listed(each.one.text) and not column.width:
        return False
    if column.width and not han:
        forced = size + 1 + each.first_word > column.width
        if is_listed(each.one.text) and not each.two.text[:1].islower():
            return False
        return forced or (not each.ends and each.runs_on and size * 3 > column.width * 2)
    if column.narrow and not each.ends and not han:
        return each.runs_on or (
            each.one.start in flowing and size >= 12 and not (len(each.two.text) < SHORTEST_IN_PROSE and is_title(each.two.text))
        )
    if not each.ends and not each.runs_on and len(each.two.text) < SHORTEST_IN_PROSE and is_title(each.two.text):
        return False
    runs_on = (each.runs_on and not each.one.text.rstrip().endswith((",", "，", "、"))) or each.two.text[:1].islower()
    if size < (SHORTEST_HAN if han else SHORTEST_IN_PROSE if runs_on else SHORTEST) and not (column.narrow and each.ends and column.spaced):
        return False
    if "://" in each.one.text.rpartition(" ")[2]:
        return False
    if each.ends or runs_on or han or size > LONGEST_TITLE or not is_title(each.one.text):
        return True
    word = each.two.text.split(" ", 1)[0]
    return each.below_prose and not (word[:1].isupper() and word.lower() in STARTERS)


def _opens_in_han(head: str) -> bool:
    return not head.isascii() and any("\u2e80" <= c <= "\u9fff" for c in head)


def _neighbours(runs: list[list[Break]], broken: list[Break], column: Column) -> set[int]:
    """The starts of the lines that end a sentence and whose break is a wrap nevertheless: those in a block with broken ones."""
    if column.width:
        return {each.one.start for run in runs for each in run}
    if column.narrow and not column.spaced:
        return set()
    sure = {each.one.start for each in broken}
    starts = [[each.one.start for each in run] for run in runs]
    return {start for run in starts if len(sure.intersection(run)) * 5 >= len(run) * 2 for start in run}


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
        inside = [each for each in run if not each.ends]
        on = sum(each.runs_on for each in inside)
        if on > 1 and on * 2 >= len(inside):
            found.update(each.one.start for each in run)
    return found


def _verse(runs: list[list[Break]]) -> set[int]:
    """The starts of lines of verse: short lines in a row, most of which open with a capital though the sentence runs on."""
    found: set[int] = set()
    for run in runs:
        if not 1 < len(run) < 19 or len(run[0].one.text) >= 64:
            continue
        lines = [run[0].one, *(one.two for one in run)]
        if all(len(line.text) < 64 for line in lines):
            capitals = sum(line.text.lstrip("“\"‘'«> ")[:1].isupper() for line in lines[1:])
            comma = sum(line.text.rstrip(CLOSERS + " ")[-1:] in ",;:" for line in lines[:-1])
            if capitals == len(lines) - 1 and comma:
                found.update(one.one.start for one in run)
    return found


def _mend(one: Line, two: Line) -> tuple[int, int, str]:
    """The span between two joined lines and what stands there instead."""
    before, behind, new = _joint(one.text, two.text)
    return one.end - before, two.start + behind, new


@lru_cache(maxsize=1 << 12)
def _joint(one: str, two: str) -> tuple[int, int, str]:
    """What is cut where two lines are joined, code points of the first and of the second, and what stands there instead.

    That is a space, nothing in a script without spaces or within a word.
    """
    head = two.lstrip()
    if head[:1] == ">":
        head = QUOTED.sub("", head, count=1)
    cut = len(two) - len(head)
    if one[-1] == "-" and (match := BROKEN_WORD.search(one[-LONGEST_WORD:])):
        rest = FIRST_PART.match(head)
        if rest and head[:1].islower():
            whole = match[1] + rest[0]
            if is_word(whole) or is_word(whole.lower()) or not whole.isascii() or not (is_word(match[1].lower()) and is_word(rest[0])):
                return 1, cut, ""
            return 0, cut, ""
    wide = "\u2e80" <= one[-1] <= "\u9fff" or "\uff00" <= one[-1] <= "\uffef"
    return 0, cut, "" if wide and ("\u2e80" <= head[0] <= "\u9fff" or "\uff00" <= head[0] <= "\uffef") else " "


class Opening(NamedTuple):
    """The capitalised words at the head of a line."""

    run: tuple[str, ...]
    end: int  # code points
    opens: bool  # the first opens more words
    naming: bool  # one of several heads names


@lru_cache(maxsize=1 << 12)
def _opening_of(row: str) -> Opening | None:
    match = CAPITALS.match(row)
    if not match:
        return None
    run = tuple(match[0].split(" "))
    naming = len(run) > 1 and not NAMING.isdisjoint(map(str.lower, run))
    return Opening(run, match.end(), is_function_word(run[0]), naming)


@lru_cache(maxsize=1 << 12)
def _are_common(run: tuple[str, ...]) -> bool:
    """True if all are words that the dictionary has in lower case alone, or that open more."""
    return all(is_function_word(word) or is_common_only(word) for word in run)


@lru_cache(maxsize=1 << 12)
def _may_end_name(row: str) -> tuple[bool, bool]:
    """If the last word of a line ends in a digit, and if it opens with a capital."""
    word = row.rsplit(None, 1)[-1]
    return word[-1].isdigit(), word[:1].isupper()


def _lower(text: str, one: Line, two: Line, throughout: bool) -> Iterator[Edit | Flag]:
    """The capitals that the break put on the words at the head of `two`; in a text where other breaks keep lower case only on a word that opens no name."""
    opening = _opening_of(two.text)
    if not opening:
        return
    run = opening.run
    if opening.opens and len(run) == 1:
        unsure = False
    elif not throughout:
        return
    else:
        counted, named = _may_end_name(one.text)
        unsure = counted or (named and not opening.opens)
    if len(run) > 1:
        unsure = unsure or opening.naming or f" {run[0].lower()} " not in text or f" {run[0]} {run[1]}" in text
    if unsure or not _are_common(run):
        yield Flag(
            "N611", two.start, two.start + opening.end, f"{run[0]!r} opens a joined line and may belong to a name: its capital is kept"
        )
        return
    at = two.start
    for word in run:
        yield Edit(at, at + 1, word[0], word[0].lower(), ("wrapped-line",))
        at += len(word) + 1
