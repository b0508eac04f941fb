"""Repairs of the text as text: ends of lines, spaces that nobody sees, tabs, the line that names the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.records.repair.repairs import Attempt, Repair, State
from normbook.records.types import TYPES

BREAK = re.compile(r"\r\n?")
TRAILING = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
TABBED = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
MODELINE = re.compile(r"^#[ \t]*yaml-language-server:.*$", re.MULTILINE)
WIDTHS = (2, 4, 8, 1, 3)  # how many columns an editor may have shown a tab with


def byte_order_mark(state: State) -> Iterator[Attempt]:
    """A mark of the order of bytes, which UTF-8 has no need of."""
    if size := len(state.text) - len(state.text.lstrip("\ufeff")):
        yield Attempt((Repair(1, 1, "byte order mark removed"),), ((0, size, ""),))


def line_ends(state: State) -> Iterator[Attempt]:
    """Ends of lines as other systems write them."""
    found = [(*match.span(), "\n") for match in BREAK.finditer(state.text)]
    if found:
        words = f"{len(found)} end{'s' * (len(found) != 1)} of lines written as a line feed"
        yield Attempt((state.repair(found[0][0], words),), tuple(found))


def trailing_spaces(state: State) -> Iterator[Attempt]:
    """Spaces at the end of a line. Those inside a block of text are part of its value, and so stay."""
    blocks = [(node.start, node.end) for node in state.nodes.values() if node.style in ("|", ">")]
    for match in TRAILING.finditer(state.text):
        if any(start < match.start() < end for start, end in blocks):
            continue
        yield Attempt((state.repair(match.start(), "spaces at the end of the line removed"),), ((*match.span(), ""),))


def last_line(state: State) -> Iterator[Attempt]:
    """The text ends in exactly one line feed."""
    kept = state.text.rstrip("\n")
    if state.text != kept + "\n" and kept:
        words = "line feed set at the end" if kept == state.text else "empty lines at the end removed"
        yield Attempt((state.repair(len(kept), words),), ((len(kept), len(state.text), "\n"),))


def modeline(state: State) -> Iterator[Attempt]:
    """The line by which an editor finds the schema."""
    if state.kind not in TYPES or state.root is None:
        return
    wanted = f"# yaml-language-server: $schema=../../schema/{state.kind}.schema.json"
    head = state.text[: state.text.find("\n", state.root.start) if state.root.line == 0 else state.root.start]
    found = [match for match in MODELINE.finditer(head) if match.end() <= state.root.start]
    if any(match[0] == wanted for match in found):
        return
    if len(found) == 1:
        yield Attempt(
            (state.repair(found[0].start(), f"the modeline names schema/{state.kind}.schema.json"),), ((*found[0].span(), wanted),)
        )
    elif not found:
        yield Attempt((Repair(1, 1, f"modeline added: schema/{state.kind}.schema.json"),), ((0, 0, wanted + "\n"),))


def tabs(state: State, width: int) -> Attempt:
    """Every tab before the first letter of a line as so many columns."""
    repairs, edits = [], []
    for match in TABBED.finditer(state.text):
        repairs.append(state.repair(match.start() + match[0].index("\t"), "indented with spaces instead of a tab"))
        edits.append((*match.span(), match[0].expandtabs(width)))
    return Attempt(tuple(repairs), tuple(edits))
