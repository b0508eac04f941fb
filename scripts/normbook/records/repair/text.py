"""Repairs that need no schema: line endings, trailing spaces, tabs, and the line that names the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.records.repair.repairs import Attempt, Repair, State
from normbook.records.types import TYPES

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
