"""Puts keys into schema order: moves whole blocks of lines, with the comments above and next to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normbook.records.repair.repairs import Attempt, Repair, State
from normbook.records.yaml.positions import Node

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
