"""Repairs of single values: quotation marks that are wanting, and words of which only one can have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normbook.comparison.spelling import certain
from normbook.records.repair.repairs import Attempt, Change, State
from normbook.records.schema import select
from normbook.records.validation.expected import Expected
from normbook.records.yaml.positions import Node
from normbook.records.yaml.writer import dump

ENTRY = re.compile(r"(?P<lead>[ ]*(?:- +)*)(?P<key>[A-Za-z_][\w-]*):[ ]+(?P<value>[^\s\"'\[{|>&*!#].*)$")
DOUBTFUL = 40  # code points; no longer word is taken for a date, a number or a truth value by anybody


def quoted(word: str) -> str:
    """A string in single quotation marks."""
    return "'" + word.replace("'", "''") + "'"


def wanting_quotes(state: State) -> Iterator[Attempt]:
    """Plain words that this reader or a common one takes for a number, a date or a truth value, where a string is wanted."""
    for each in state.expected:
        node = state.nodes.get(each.pointer)
        if not each.wants_string or node is None or node.style or node.flow or node.shape != "scalar" or node.line + 1 != node.last:
            continue
        if isinstance(each.value, (bool, int, float)):
            reason = f"{node.word} quoted: a string is wanted here"
            yield _replace(state, node, quoted(node.word), reason, Change(each.pointer, node.word))
        elif isinstance(each.value, str) and 0 < len(node.word) < DOUBTFUL and dump([node.word]).startswith("- '"):
            yield _replace(state, node, quoted(node.word), f"{node.word} quoted: other readers take it for something else than a string")


def colon_in_item(state: State) -> Iterator[Attempt]:
    """An item of a list of strings that reads as key and value because of its colon."""
    for each in state.expected:
        node = state.nodes.get(each.pointer)
        if not each.wants_string or node is None or node.shape != "mapping" or node.flow or node.line + 1 != node.last:
            continue
        raw = state.text[node.start : node.end]
        yield _replace(state, node, quoted(raw), "quoted: the value holds a colon and a space", Change(each.pointer, raw))


def _replace(state: State, node: Node, new: str, reason: str, *changes: Change) -> Attempt:
    return Attempt((state.repair(node.start, reason),), ((node.start, node.end, new),), changes)


def misspelt(state: State) -> Iterator[Attempt]:
    """Words of a closed list, keys and references that are one letter away from exactly one that is allowed."""
    for each in state.expected:
        yield from _keys(state, each)
        listed = [word for word in each.schema.get("enum", ()) if isinstance(word, str)]
        if isinstance(each.value, str) and listed and each.value not in listed and (meant := certain(each.value, listed)):
            yield from _word(state, each.pointer, each.value, meant, "the only allowed value one letter away")
    for relation in state.schemas.relations_of.get(state.kind, ()):
        known = [id for type in relation.range for id in state.ids.get(type, ())]
        for pointer, value in select(state.loaded.value, relation.path):
            taken = isinstance(value, str) and (value in known or value in relation.exempt)
            if isinstance(value, str) and not taken and (meant := certain(value, [*known, *relation.exempt])):
                yield from _word(state, pointer, value, meant, f"the only {' or '.join(relation.range)} one letter away")


def _word(state: State, pointer: str, value: str, meant: str, why: str) -> Iterator[Attempt]:
    node = state.nodes.get(pointer)
    if node is not None and node.shape == "scalar" and node.word in state.text[node.start : node.end]:
        new = state.text[node.start : node.end].replace(value, meant, 1)
        yield _replace(state, node, new, f"{value} -> {meant}: {why}", Change(pointer, meant))


def _keys(state: State, each: Expected) -> Iterator[Attempt]:
    node = state.nodes.get(each.pointer)
    if node is None or node.shape != "mapping" or not each.keys:
        return
    free = [key for key in each.keys if key not in each.value]
    for key, value in node.pairs:
        if key.word not in each.keys and (meant := certain(key.word, free)) and state.text[key.start : key.end] == key.word:
            reason = f"{key.word} -> {meant}: the only key one letter away"
            yield _replace(state, key, meant, reason, Change(value.pointer, meant, rename=True))


def colon_in_value(state: State) -> Attempt | None:
    """The first line that keeps the text from being YAML, quoted if it is a key with a value that holds a colon; None if it is not.

    A value that goes on in lines below it, indented deeper than its key, is quoted to its end. One that holds ` #` has two readings
    and is left alone.
    """
    fault = next((problem for problem in state.loaded.problems if problem.code == "N101"), None)
    lines = state.text.split("\n")
    if fault is None or not 0 < fault.line <= len(lines):
        return None
    for number in (fault.line - 1, fault.line - 2):
        match = ENTRY.match(lines[number].rstrip()) if number >= 0 else None
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
        (state.repair(start, "quoted: the value holds a colon and a space" if ":" in raw else "quoted: no plain value begins so"),),
        ((start, end, quoted(raw)),),
    )


def is_wanted(state: State, line: int, column: int) -> bool:
    """True if a string begins at a place (from 1) and nothing but a string is allowed there: then it had one reading."""
    pointers = {each.pointer for each in state.expected if each.wants_string and isinstance(each.value, str)}
    return any(mark.line == line and mark.column == column and pointer in pointers for pointer, mark in state.loaded.marks.items())
