"""A record's text -> the same text, mended where that is beyond doubt. Every other byte stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normbook.findings.finding import Problem
from normbook.records.repair.order import key_order
from normbook.records.repair.repairs import Attempt, Repair, State, apply, attempt, fingerprint
from normbook.records.repair.text import TABBED, WIDTHS, byte_order_mark, last_line, line_ends, modeline, tabs, trailing_spaces
from normbook.records.repair.values import colon_in_item, colon_in_value, is_wanted, misspelt, wanting_quotes
from normbook.records.schema import Schemas

MOST = 60  # values of one file that are quoted so that it can be read
BEFORE: tuple[Callable[[State], Iterator[Attempt]], ...] = (byte_order_mark, line_ends)
INSIDE: tuple[Callable[[State], Iterator[Attempt]], ...] = (trailing_spaces, last_line, wanting_quotes, colon_in_item, misspelt)
WHOLE: tuple[Callable[[State], Iterator[Attempt]], ...] = (key_order, modeline)
ROUNDS = 6  # a key that is mended shows what is wrong below it


@dataclass(frozen=True)
class Mended:
    """The text after all sure repairs, what they were, what was tried and left alone, and why the file cannot be read if it cannot."""

    text: str
    repairs: tuple[Repair, ...] = ()
    left: tuple[Repair, ...] = ()
    unreadable: tuple[Problem, ...] = ()


def mend(text: str, kind: str, schemas: Schemas, ids: Mapping[str, Sequence[str]]) -> Mended:
    """The mended text of a record of a type.

    1. It loads to the same value as before, the repairs that name another value apart, and with no finding more.
    2. `mend` of it finds nothing.
    3. A text that is no YAML after all repairs comes back as it was.

    `ids` are the known ids by type, for references.
    """
    state = State(text, kind, schemas, ids)
    repairs: list[Repair] = []
    left: list[Repair] = []
    for before in BEFORE:
        state, done = _without_doubt(state, list(before(state)))
        repairs += done
    if not state.readable:
        read = _read(state)
        if read is None:
            return Mended(text, unreadable=state.loaded.problems)
        state, done = read
        repairs += done
    for _ in range(ROUNDS):
        left, before_all = [], state.text
        state = _steps(state, INSIDE, repairs, left)
        if state.text == before_all:
            break
    state = _steps(state, WHOLE, repairs, left)
    return Mended(state.text, tuple(sorted(repairs)), tuple(sorted(left)))


def _steps(state: State, steps: Sequence[Callable[[State], Iterator[Attempt]]], repairs: list[Repair], left: list[Repair]) -> State:
    for step in steps:
        state, done, undone = attempt(state, list(step(state)))
        repairs += done
        left += undone
    return state


def _without_doubt(state: State, tries: list[Attempt]) -> tuple[State, list[Repair]]:
    """Repairs that also a text needs which cannot be read; where it can, its value stays."""
    tried = apply(state, tries)
    if not tries or (state.readable and fingerprint(tried.loaded.value) != fingerprint(state.loaded.value)):
        return state, []
    return tried, [repair for each in tries for repair in each.repairs]


def _read(state: State) -> tuple[State, list[Repair]] | None:
    """The text made readable in the one way there is, with what that took; None where there is no way, or more than one."""
    if not TABBED.search(state.text):
        return _quote(state)
    found = []
    for width in WIDTHS:
        expanded = tabs(state, width)
        read = _quote(apply(state, [expanded]))
        if read:
            found.append((read[0], [*expanded.repairs, *read[1]]))
    allowed = [each for each in found if not each[0].problems] or found
    return allowed[0] if len({fingerprint(each[0].loaded.value) for each in allowed}) == 1 else None


def _quote(state: State) -> tuple[State, list[Repair]] | None:
    """Values with a colon quoted, one after the other, until the text can be read; None where that does not help or is not sure."""
    repairs: list[Repair] = []
    for _ in range(MOST):
        if state.readable:
            return (state, repairs) if all(is_wanted(state, repair.line, repair.column) for repair in repairs) else None
        if (one := colon_in_value(state)) is None:
            return None
        repairs += one.repairs
        state = apply(state, [one])
    return None
