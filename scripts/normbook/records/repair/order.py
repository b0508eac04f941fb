"""Keys in the order of the schema: whole blocks of lines moved, with the comments above and beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normbook.records.repair.repairs import Attempt, Repair, State
from normbook.records.yaml.positions import Node

HEAD = re.compile(r"#[ \t]*yaml-language-server:|# proposed by a machine|---|%")


class Move(NamedTuple):
    """The blocks of one mapping: the lines [start, key line, end) of each key as they stand, and their new order."""

    node: Node
    blocks: tuple[tuple[int, int, int], ...]
    order: tuple[int, ...]


def key_order(state: State) -> Iterator[Attempt]:
    """All mappings whose keys do not come as the schema lists them, in one attempt. Inner ones are moved before outer ones."""
    if state.root is None:
        return
    lines = state.text.split("\n")
    wanted = {each.pointer: each.keys for each in state.expected if each.keys}
    moves = list(_moves(state.root, lines, 0, len(lines), wanted))
    if not moves:
        return
    new = list(lines)
    for move in moves:
        _move(new, move)
    repairs = (Repair(move.node.line + 1, move.node.column + 1, _words(move)) for move in moves)
    yield Attempt(tuple(sorted(repairs)), ((0, len(state.text), "\n".join(new)),))


def _words(move: Move) -> str:
    where = move.node.pointer[1:].replace("/", ".") or "the record"
    return f"keys of {where} put in the order of the schema"


def _moves(node: Node, lines: Sequence[str], first: int, last: int, wanted: dict[str, tuple[str, ...]]) -> Iterator[Move]:
    """The moves inside a value that takes up the lines [first, last), the innermost first."""
    if node.flow or node.shape not in ("mapping", "sequence"):
        return
    if node.shape == "sequence":
        ends = [child.line for child in node.children[1:]] + [last]
        for child, end in zip(node.children, ends, strict=True):
            yield from _moves(child, lines, child.line, end, wanted)
        return
    blocks = _blocks(node, lines, first, last)
    for (_, value), (_, _, end) in zip(node.pairs, blocks, strict=True):
        yield from _moves(value, lines, value.line, end, wanted)
    known = wanted.get(node.pointer, ())
    places = {key: number for number, key in enumerate(known)}
    order = sorted(range(len(blocks)), key=lambda number: places.get(node.pairs[number][0].word, len(places)))
    if order != list(range(len(blocks))):
        yield Move(node, tuple(blocks), tuple(order))


def _blocks(node: Node, lines: Sequence[str], first: int, last: int) -> list[tuple[int, int, int]]:
    """The lines of each key: comments above it, itself, its value, and comments below that are indented deeper than the key."""
    starts: list[int] = []
    for number, (key, _) in enumerate(node.pairs):
        above = _end(node, number - 1) if number else first
        starts.append(_attached(lines, above, key.line, node.column) if number or not node.pointer else key.line)
    tail = _attached(lines, _end(node, len(starts) - 1), last, node.column) if starts else last
    return [(start, key.line, end) for start, end, (key, _) in zip(starts, [*starts[1:], tail], node.pairs, strict=True)]


def _end(node: Node, number: int) -> int:
    key, value = node.pairs[number]
    return max(key.last, value.last)


def _attached(lines: Sequence[str], above: int, line: int, column: int) -> int:
    """The first line between two keys that belongs to the lower one: behind what is indented deeper, and behind the head of the file."""
    start = above
    for number in range(above, line):
        words = lines[number].lstrip(" ")
        if (words.startswith("#") and len(lines[number]) - len(words) > column) or HEAD.match(words) or (not words and not above):
            start = number + 1
    return start


def _move(lines: list[str], move: Move) -> None:
    """Moves the blocks in place. The first key of a list's item stands behind its dash, whichever key that is."""
    column = move.node.column
    lead = lines[move.blocks[0][1]][:column]
    moved: list[str] = []
    for place, number in enumerate(move.order):
        start, key, end = move.blocks[number]
        head = lead if place == 0 else " " * column
        moved += [*lines[start:key], head + lines[key][column:], *lines[key + 1 : end]]
    lines[move.blocks[0][0] : move.blocks[-1][2]] = moved
