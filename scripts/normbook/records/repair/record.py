"""Repairs the text of a record where only one repair is possible. Every other character stays the same.

In this order: what needs no schema (line endings, trailing spaces, tabs, the line that names the schema), single values (missing
quotation marks, misspelled words), and the order of keys, for which whole blocks of lines move with the comments above and next to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normbook.comparison.spelling import certain
from normbook.findings.finding import Problem, is_error
from normbook.records.repair.repairs import Attempt, Change, Repair, State, apply_all, attempt, fingerprint
from normbook.records.schema import Schemas, select
from normbook.records.types import TYPES
from normbook.records.validation.expected import Expected
from normbook.records.yaml.hidden import OTHER_SPACE
from normbook.records.yaml.positions import Node
from normbook.records.yaml.reader import OTHER_INDENT
from normbook.records.yaml.writer import dump

CARRIAGE_RETURN = re.compile(r"\r\n?")
TRAILING = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
TAB_INDENT = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
MODELINE = re.compile(r"^#[ \t]*yaml-language-server:.*$", re.MULTILINE)
TAB_WIDTHS = (2, 4, 8, 1, 3)  # columns per tab in common editors, most likely first


def byte_order_mark(state: State) -> Iterator[Attempt]:
    """Removes a byte order mark, which UTF-8 does not need."""
    if size := len(state.text) - len(state.text.lstrip("\ufeff")):
        yield Attempt((Repair(1, 1, "removed the byte order mark"),), ((0, size, ""),))


def line_ends(state: State) -> Iterator[Attempt]:
    """Changes CR LF and CR to LF."""
    edits = [(*match.span(), "\n") for match in CARRIAGE_RETURN.finditer(state.text)]
    if edits:
        reason = f"changed {len(edits)} line ending{'s' * (len(edits) != 1)} to LF"
        yield Attempt((state.repair(edits[0][0], reason),), tuple(edits))


def other_spaces(state: State) -> Iterator[Attempt]:
    """Replaces no-break spaces and the like in the indentation by spaces."""
    for match in OTHER_INDENT.finditer(state.text):
        repair = state.repair(match.start(), "replaced other spaces in the indentation by spaces")
        yield Attempt((repair,), ((*match.span(), OTHER_SPACE.sub(" ", match[0])),))


def trailing_spaces(state: State) -> Iterator[Attempt]:
    """Removes spaces at the end of lines. Inside block scalars they are part of the value and stay."""
    blocks = [(node.start, node.end) for node in state.nodes.values() if node.style in ("|", ">")]
    for match in TRAILING.finditer(state.text):
        if any(start < match.start() < end for start, end in blocks):
            continue
        yield Attempt((state.repair(match.start(), "removed spaces at the end of the line"),), ((*match.span(), ""),))


def last_line(state: State) -> Iterator[Attempt]:
    """Makes the text end in exactly one line feed."""
    content = state.text.rstrip("\n")
    if state.text != content + "\n" and content:
        reason = "added a line feed at the end" if content == state.text else "removed empty lines at the end"
        yield Attempt((state.repair(len(content), reason),), ((len(content), len(state.text), "\n"),))


def modeline(state: State) -> Iterator[Attempt]:
    """Adds or corrects the line that tells an editor which schema to use."""
    if state.kind not in TYPES or state.root is None:
        return
    expected = f"# yaml-language-server: $schema=../../schema/{state.kind}.schema.json"
    header = state.text[: state.text.find("\n", state.root.start) if state.root.line == 0 else state.root.start]
    modelines = [match for match in MODELINE.finditer(header) if match.end() <= state.root.start]
    if any(match[0] == expected for match in modelines):
        return
    if len(modelines) == 1:
        yield Attempt(
            (state.repair(modelines[0].start(), f"changed the modeline to schema/{state.kind}.schema.json"),),
            ((*modelines[0].span(), expected),),
        )
    elif not modelines:
        yield Attempt((Repair(1, 1, f"added the modeline for schema/{state.kind}.schema.json"),), ((0, 0, expected + "\n"),))


def tabs(state: State, width: int) -> Attempt:
    """Replaces tabs in the indentation by spaces, with `width` columns per tab."""
    repairs, edits = [], []
    for match in TAB_INDENT.finditer(state.text):
        repairs.append(state.repair(match.start() + match[0].index("\t"), "replaced a tab in the indentation by spaces"))
        edits.append((*match.span(), match[0].expandtabs(width)))
    return Attempt(tuple(repairs), tuple(edits))


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


HEAD = re.compile(r"#[ \t]*yaml-language-server:|# proposed by a machine|---|%")


class Move(NamedTuple):
    """The blocks of one mapping: the lines (start, line of the key, end) of each key, end exclusive, and the new order of the blocks."""

    node: Node
    blocks: tuple[tuple[int, int, int], ...]
    order: tuple[int, ...]


def key_order(state: State) -> Iterator[Attempt]:
    """One attempt that reorders every mapping whose keys are not in schema order, inner mappings first."""
    if state.root is None:
        return
    lines = state.text.split("\n")
    key_orders = {expected_value.pointer: expected_value.keys for expected_value in state.expected if expected_value.keys}
    moves = list(_moves(state.root, lines, 0, len(lines), key_orders))
    if not moves:
        return
    reordered = list(lines)
    for move in moves:
        _move(reordered, move)
    repairs = (Repair(move.node.line + 1, move.node.column + 1, _words(move)) for move in moves)
    yield Attempt(tuple(sorted(repairs)), ((0, len(state.text), "\n".join(reordered)),))


def _words(move: Move) -> str:
    where = move.node.pointer[1:].replace("/", ".") or "the record"
    return f"put the keys of {where} in schema order"


def _moves(node: Node, lines: Sequence[str], first: int, last: int, key_orders: dict[str, tuple[str, ...]]) -> Iterator[Move]:
    """The moves inside a value on the lines [first, last), innermost first."""
    if node.flow or node.shape not in ("mapping", "sequence"):
        return
    if node.shape == "sequence":
        ends = [child.line for child in node.children[1:]] + [last]
        for child, end in zip(node.children, ends, strict=True):
            yield from _moves(child, lines, child.line, end, key_orders)
        return
    blocks = _blocks(node, lines, first, last)
    for (_, value), (_, _, end) in zip(node.pairs, blocks, strict=True):
        yield from _moves(value, lines, value.line, end, key_orders)
    key_order = key_orders.get(node.pointer, ())
    ranks = {key: number for number, key in enumerate(key_order)}
    order = sorted(range(len(blocks)), key=lambda number: ranks.get(node.pairs[number][0].word, len(ranks)))
    if order != list(range(len(blocks))):
        yield Move(node, tuple(blocks), tuple(order))


def _blocks(node: Node, lines: Sequence[str], first: int, last: int) -> list[tuple[int, int, int]]:
    """The lines of each key: the comments above it, the key, its value, and the comments below that are indented further than the key."""
    starts: list[int] = []
    for number, (key, _) in enumerate(node.pairs):
        previous_end = _end(node, number - 1) if number else first
        starts.append(_attached(lines, previous_end, key.line, node.column) if number or not node.pointer else key.line)
    last_end = _attached(lines, _end(node, len(starts) - 1), last, node.column) if starts else last
    return [(start, key.line, end) for start, end, (key, _) in zip(starts, [*starts[1:], last_end], node.pairs, strict=True)]


def _end(node: Node, number: int) -> int:
    key, value = node.pairs[number]
    return max(key.last, value.last)


def _attached(lines: Sequence[str], first: int, line: int, column: int) -> int:
    """The first line between two keys that belongs to the second one: after comments that are indented further, and after the file header."""
    start = first
    for number in range(first, line):
        text = lines[number].lstrip(" ")
        if (text.startswith("#") and len(lines[number]) - len(text) > column) or HEAD.match(text) or (not text and not first):
            start = number + 1
    return start


def _move(lines: list[str], move: Move) -> None:
    """Reorders the blocks in place. The dash of a list item stays before whichever key comes first."""
    column = move.node.column
    prefix = lines[move.blocks[0][1]][:column]
    reordered: list[str] = []
    for position, number in enumerate(move.order):
        start, key, end = move.blocks[number]
        indentation = prefix if position == 0 else " " * column
        reordered += [*lines[start:key], indentation + lines[key][column:], *lines[key + 1 : end]]
    lines[move.blocks[0][0] : move.blocks[-1][2]] = reordered


MAX_QUOTED = 60  # values that are quoted to make one file readable
ENCODING_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (byte_order_mark, line_ends, other_spaces)
VALUE_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (trailing_spaces, last_line, missing_quotes, colon_in_item, misspelled)
FINAL_STEPS: tuple[Callable[[State], Iterator[Attempt]], ...] = (key_order, modeline)
MAX_ROUNDS = 6  # correcting a key can reveal errors below it


@dataclass(frozen=True)
class RepairedRecord:
    """The text after all safe repairs, the repairs made, those left out because they are not safe, and the findings of YAML that are left."""

    text: str
    repairs: tuple[Repair, ...] = ()
    skipped: tuple[Repair, ...] = ()
    faults: tuple[Problem, ...] = ()


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
            return RepairedRecord(text, faults=state.loaded.problems)
        state, applied = readable
        repairs += applied
    for _ in range(MAX_ROUNDS):
        skipped, previous_text = [], state.text
        state = _steps(state, VALUE_STEPS, repairs, skipped)
        if state.text == previous_text:
            break
    state = _steps(state, FINAL_STEPS, repairs, skipped)
    faults = tuple(problem for problem in state.loaded.problems if is_error(problem))
    return RepairedRecord(state.text, tuple(sorted(repairs)), tuple(sorted(skipped)), faults)


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
