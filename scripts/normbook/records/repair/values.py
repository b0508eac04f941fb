"""Repairs of single values: missing quotation marks, and misspelled words with only one possible correction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normbook.comparison.spelling import certain
from normbook.records.repair.repairs import Attempt, Change, State
from normbook.records.schema import select
from normbook.records.validation.expected import Expected
from normbook.records.yaml.positions import Node
from normbook.records.yaml.writer import dump

KEY_VALUE_LINE = re.compile(r"(?P<lead>[ ]*(?:- +)*)(?P<key>[A-Za-z_][\w-]*):[ ]+(?P<value>[^\s\"'\[{|>&*!#].*)$")
MAX_AMBIGUOUS_LENGTH = 40  # code points; no reader takes a longer string for a date, a number or a boolean


def in_quotes(word: str) -> str:
    """A string in single quotation marks."""
    return "'" + word.replace("'", "''") + "'"


def missing_quotes(state: State) -> Iterator[Attempt]:
    """Quotes plain scalars that this or another common reader takes for a number, a date or a boolean, where a string is expected."""
    for expected in state.expected:
        node = state.nodes.get(expected.pointer)
        if not expected.wants_string or node is None or node.style or node.flow or node.shape != "scalar" or node.line + 1 != node.last:
            continue
        if isinstance(expected.value, (bool, int, float)):
            reason = f"quoted {node.word}, because a string is expected here"
            yield _replace(state, node, in_quotes(node.word), reason, Change(expected.pointer, node.word))
        elif isinstance(expected.value, str) and 0 < len(node.word) < MAX_AMBIGUOUS_LENGTH and dump([node.word]).startswith("- '"):
            yield _replace(state, node, in_quotes(node.word), f"quoted {node.word}, because other readers do not take it for a string")


def colon_in_item(state: State) -> Iterator[Attempt]:
    """Quotes an item of a list of strings that is read as key and value because of its colon."""
    for expected in state.expected:
        node = state.nodes.get(expected.pointer)
        if not expected.wants_string or node is None or node.shape != "mapping" or node.flow or node.line + 1 != node.last:
            continue
        raw = state.text[node.start : node.end]
        yield _replace(
            state, node, in_quotes(raw), "quoted the value, because it contains a colon and a space", Change(expected.pointer, raw)
        )


def _replace(state: State, node: Node, new: str, reason: str, *changes: Change) -> Attempt:
    return Attempt((state.repair(node.start, reason),), ((node.start, node.end, new),), changes)


def misspelled(state: State) -> Iterator[Attempt]:
    """Corrects enum values, keys and references that are one letter away from exactly one that is allowed."""
    for expected in state.expected:
        yield from _misspelled_keys(state, expected)
        allowed = [word for word in expected.schema.get("enum", ()) if isinstance(word, str)]
        if (
            isinstance(expected.value, str)
            and allowed
            and expected.value not in allowed
            and (correction := certain(expected.value, allowed))
        ):
            yield from _replace_word(state, expected.pointer, expected.value, correction, "the only allowed value one letter away")
    for relation in state.schemas.relations_of.get(state.kind, ()):
        ids = [id for type in relation.range for id in state.ids.get(type, ())]
        for pointer, value in select(state.loaded.value, relation.path):
            known = isinstance(value, str) and (value in ids or value in relation.exempt)
            if isinstance(value, str) and not known and (correction := certain(value, [*ids, *relation.exempt])):
                yield from _replace_word(state, pointer, value, correction, f"the only {' or '.join(relation.range)} one letter away")


def _replace_word(state: State, pointer: str, value: str, correction: str, reason: str) -> Iterator[Attempt]:
    node = state.nodes.get(pointer)
    if node is not None and node.shape == "scalar" and node.word in state.text[node.start : node.end]:
        new = state.text[node.start : node.end].replace(value, correction, 1)
        yield _replace(state, node, new, f"{value} -> {correction}: {reason}", Change(pointer, correction))


def _misspelled_keys(state: State, expected: Expected) -> Iterator[Attempt]:
    node = state.nodes.get(expected.pointer)
    if node is None or node.shape != "mapping" or not expected.keys:
        return
    unused = [key for key in expected.keys if key not in expected.value]
    for key, value in node.pairs:
        if key.word not in expected.keys and (correction := certain(key.word, unused)) and state.text[key.start : key.end] == key.word:
            reason = f"{key.word} -> {correction}: the only key one letter away"
            yield _replace(state, key, correction, reason, Change(value.pointer, correction, rename=True))


def colon_in_value(state: State) -> Attempt | None:
    """Quotes the value on the first line that is not valid YAML, if it contains a colon; None if the line is something else.

    A value that continues on lines indented further than its key is quoted to its end. A value that contains ` #` is ambiguous
    and is left alone.
    """
    fault = next((problem for problem in state.loaded.problems if problem.code == "N101"), None)
    lines = state.text.split("\n")
    if fault is None or not 0 < fault.line <= len(lines):
        return None
    for number in (fault.line - 1, fault.line - 2):
        match = KEY_VALUE_LINE.match(lines[number].rstrip()) if number >= 0 else None
        if match and (": " in match["value"] or match["value"][0] in "@`%" or match["value"].endswith(":")):
            return _quote_lines(state, lines, number, match)
    return None


def _quote_lines(state: State, lines: Sequence[str], number: int, match: re.Match[str]) -> Attempt | None:
    last = number + 1
    while last < len(lines) and lines[last].strip() and len(lines[last]) - len(lines[last].lstrip(" ")) > len(match["lead"]):
        last += 1
    start = sum(len(line) + 1 for line in lines[:number]) + match.start("value")
    end = sum(len(line) + 1 for line in lines[:last]) - 1
    end = start + len(state.text[start:end].rstrip())
    raw = state.text[start:end]
    if " #" in raw or "\t" in raw:
        return None
    return Attempt(
        (
            state.repair(
                start,
                "quoted the value, because it contains a colon and a space"
                if ":" in raw
                else "quoted the value, because of its first character",
            ),
        ),
        ((start, end, in_quotes(raw)),),
    )


def is_expected_string(state: State, line: int, column: int) -> bool:
    """True if a string starts at a line and column (from 1) and only a string is allowed there, so that it had only one reading."""
    pointers = {expected.pointer for expected in state.expected if expected.wants_string and isinstance(expected.value, str)}
    return any(mark.line == line and mark.column == column and pointer in pointers for pointer, mark in state.loaded.marks.items())
