"""Blocks of breaks that follow each other from line to line: prose that flows, verse, lists without marks."""

from __future__ import annotations

from collections.abc import Iterable

from normbook.cleaning.rules.wrapping.column import Column, is_forced, is_han
from normbook.structure.line_breaks import Break
from normbook.text.lines import CLOSERS, is_title


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
