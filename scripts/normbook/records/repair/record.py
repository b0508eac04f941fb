"""Repairs the text of a record where only one repair is possible. Every other character stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normbook.findings.finding import Problem
from normbook.records.repair.order import key_order
from normbook.records.repair.repairs import Attempt, Repair, State, apply_all, attempt, fingerprint
from normbook.records.repair.text import TAB_INDENT, TAB_WIDTHS, byte_order_mark, last_line, line_ends, modeline, tabs, trailing_spaces
from normbook.records.repair.values import colon_in_item, colon_in_value, is_expected_string, missing_quotes, misspelled
from normbook.records.schema import Schemas

MAX_QUOTED = 60  # values that are quoted to make one file readable
ENCODING_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (byte_order_mark, line_ends)
VALUE_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (trailing_spaces, last_line, missing_quotes, colon_in_item, misspelled)
FINAL_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (key_order, modeline)
MAX_ROUNDS = 6  # correcting a key can reveal errors below it


@dataclass(frozen=True)
class RepairedRecord:
    """The text after all safe repairs, the repairs made, those left out because they are not safe, and the findings of an unreadable file."""

    text: str
    repairs: tuple[Repair, ...] = ()
    skipped: tuple[Repair, ...] = ()
    unreadable: tuple[Problem, ...] = ()


def repair_record(text: str, kind: str, schemas: Schemas, ids: Mapping[str, Sequence[str]]) -> RepairedRecord:
    """The repaired text of a record.

    1. It loads to the same value as before, except for the repairs that state a new value, and with no new finding.
    2. Repairing it again changes nothing.
    3. A text that is still not valid YAML after all repairs is returned unchanged.

    `ids` has the known ids by type, for references.
    """
    state = State(text, kind, schemas, ids)
    repairs: list[Repair] = []
    skipped: list[Repair] = []
    for step in ENCODING_STEPS:
        state, applied = _apply_safe(state, list(step(state)))
        repairs += applied
    if not state.readable:
        readable = _make_readable(state)
        if readable is None:
            return RepairedRecord(text, unreadable=state.loaded.problems)
        state, applied = readable
        repairs += applied
    for _ in range(MAX_ROUNDS):
        skipped, previous_text = [], state.text
        state = _steps(state, VALUE_STEPS, repairs, skipped)
        if state.text == previous_text:
            break
    state = _steps(state, FINAL_STEPS, repairs, skipped)
    return RepairedRecord(state.text, tuple(sorted(repairs)), tuple(sorted(skipped)))


def _steps(state: State, steps: Sequence[Callable[[State], Iterator[Attempt]]], repairs: list[Repair], skipped: list[Repair]) -> State:
    for step in steps:
        state, applied, refused = attempt(state, list(step(state)))
        repairs += applied
        skipped += refused
    return state


def _apply_safe(state: State, attempts: list[Attempt]) -> tuple[State, list[Repair]]:
    """The state after repairs of the encoding, which do not need a readable text; a readable text keeps its value."""
    candidate = apply_all(state, attempts)
    if not attempts or (state.readable and fingerprint(candidate.loaded.value) != fingerprint(state.loaded.value)):
        return state, []
    return candidate, [repair for attempted in attempts for repair in attempted.repairs]


def _make_readable(state: State) -> tuple[State, list[Repair]] | None:
    """The text made readable, with the repairs; None if there is no way to do that, or more than one."""
    if not TAB_INDENT.search(state.text):
        return _quote(state)
    candidates = []
    for width in TAB_WIDTHS:
        expanded = tabs(state, width)
        readable = _quote(apply_all(state, [expanded]))
        if readable:
            candidates.append((readable[0], [*expanded.repairs, *readable[1]]))
    valid = [candidate for candidate in candidates if not candidate[0].problems] or candidates
    return valid[0] if len({fingerprint(candidate[0].loaded.value) for candidate in valid}) == 1 else None


def _quote(state: State) -> tuple[State, list[Repair]] | None:
    """The text with values that contain a colon quoted, one after the other, until it can be read; None if that does not help or is not safe."""
    repairs: list[Repair] = []
    for _ in range(MAX_QUOTED):
        if state.readable:
            return (state, repairs) if all(is_expected_string(state, repair.line, repair.column) for repair in repairs) else None
        if (attempted := colon_in_value(state)) is None:
            return None
        repairs += attempted.repairs
        state = apply_all(state, [attempted])
    return None
