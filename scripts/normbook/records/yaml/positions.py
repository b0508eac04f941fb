"""The exact span of each value in a YAML text, for repairs that change only one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from normbook.records.yaml.loaded import escape
from normbook.records.yaml.reader import Parser

Shape = Literal["scalar", "sequence", "mapping", "alias"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value: its JSON Pointer, its span [start, end) in code points, its line and column (from 0), and how it is written.

    `style` is the quotation mark or block indicator of a scalar, empty for a plain one; `flow` is true for [a, b] and {a: b}.
    The children of a mapping alternate between keys and values; those of a sequence are its items. `last` is the line after
    the last line of the value.
    """

    pointer: str
    shape: Shape
    start: int
    end: int
    line: int
    column: int
    last: int
    style: str = ""
    flow: bool = False
    word: str = ""
    children: tuple[Node, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[Node, Node], ...]:
        """The keys of a mapping with their values, in file order."""
        return tuple(zip(self.children[::2], self.children[1::2], strict=True))

    def walk(self) -> Iterator[Node]:
        """The value and every value inside it, without the keys."""
        yield self
        for child in self.children[1::2] if self.shape == "mapping" else self.children:
            yield from child.walk()


def read_nodes(text: str) -> Node | None:
    """The root of the first document, None if the text is empty or not valid YAML."""
    try:
        parser: Any = Parser(text)
        while (event := parser.get_event()) is not None:
            if isinstance(event, yaml.NodeEvent):
                return _node(parser, event, "")
    except (yaml.YAMLError, RecursionError):
        return None
    return None


def _node(parser: Any, event: Any, pointer: str) -> Node:
    start, end = event.start_mark, event.end_mark
    if isinstance(event, yaml.ScalarEvent):
        last = end.line if event.style in ("|", ">") and end.column == 0 else end.line + 1
        return Node(
            pointer, "scalar", start.index, end.index, start.line, start.column, last, event.style or "", False, event.value
        )  # fmt: skip
    if isinstance(event, yaml.AliasEvent):
        return Node(pointer, "alias", start.index, end.index, start.line, start.column, end.line + 1)
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    children: list[Node] = []
    while not isinstance(inner := parser.get_event(), (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
        key = children[-1] if is_mapping and len(children) % 2 else None
        name = key.word if key else "" if is_mapping else str(len(children))
        children.append(_node(parser, inner, pointer if is_mapping and key is None else f"{pointer}/{escape(name)}"))
    flow = bool(event.flow_style)
    end_of_block: Any = inner.end_mark
    last = end_of_block.line + 1 if flow else max((child.last for child in children), default=start.line + 1)
    stop = end_of_block.index if flow else max((child.end for child in children), default=end.index)
    shape: Shape = "mapping" if is_mapping else "sequence"
    return Node(pointer, shape, start.index, stop, start.line, start.column, last, "", flow, "", tuple(children))
