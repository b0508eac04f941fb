"""Strict YAML: what was written, where each value stands, and every fault.

Read by libyaml's events, not by a loader: so duplicate keys, anchors, tags and second documents are findings with a
place, nothing is ever expanded, and a date, a time or the word `no` stays the string that was typed. A fault after which the
rest can be understood is noted and read past, so that one run tells of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

import yaml

from normbook.findings.finding import Problem
from normbook.records.yaml.hidden import BREAKING, HIDDEN, raw_findings
from normbook.records.yaml.scalars import CONSTANTS, scalar, too_large
from normbook.records.yaml.syntax_errors import invalid, mended, place_of

MOST_FAULTS = 100  # a file with more is no record


def prepared(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text as YAML takes it, each character in its place, and what is told of the file as a whole."""
    found: list[Problem] = []
    if text.startswith("\ufeff"):
        found.append(Problem(path, 1, 1, "N115", "the file begins with a byte order mark (U+FEFF)", "save it as UTF-8 without a mark"))
        text = text[1:]
    if "\r" in text:
        end = text.index("\r")
        pairs, all = text.count("\r\n"), text.count("\r")
        line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
        kind = "CR LF" if pairs == all else "CR" if not pairs else "CR LF and CR"
        hint = "save the file with line ends LF (git: «* text=auto eol=lf» in .gitattributes)"
        found.append(Problem(path, line, column, "N116", f"{all} line{'s end' if all > 1 else ' ends'} in {kind}", hint, level="warning"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if HIDDEN.search(text):
        hidden = list(islice(raw_findings(text, text.split("\n"), path), MOST_FAULTS))
        found += hidden
        text = BREAKING.sub("\ufffd", text) if hidden else text
    return text, found


DEEPEST = 40
MOST_NODES = 50_000
MOST_MENDED = 20
CUT = re.compile(r"[ \t]+(#[^\s#]\S*)")  # what YAML takes for a comment, and a person hardly meant as one
Parser = getattr(yaml, "CLoader", yaml.Loader)


class Mark(NamedTuple):
    """Where a value and its key begin: lines and columns from 1, columns in code points. A list item has no key: 0, 0."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0


class Loaded(NamedTuple):
    """One file: its value (None if it could not be read), the mark of each value by JSON Pointer, and what is wrong.

    `whole` is False where the value is not all that was written, or not just that: it can be compared with a schema, but stands for no record.
    """

    value: Any
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]
    whole: bool = True


def load(text: str, path: str) -> Loaded:
    """The value of one YAML document. Never raises for what the text holds: each fault is a Problem with line and column."""
    given = lines_of(text)
    loaded = _read_past(text, path, given)
    shown = (replace(each, source_line=given[each.line - 1]) if each.source_line else each for each in loaded.problems)
    return loaded._replace(problems=tuple(shown)) if loaded.problems else loaded


def _read_past(text: str, path: str, given: list[str]) -> Loaded:
    """What the text holds; where it is not YAML it is read with another character in place of the fault, which is told once a line."""
    text, found = prepared(text, path)
    whole = text.split("\n") == given if found else True
    for _ in range(MOST_MENDED):
        reader = _Reader(text, path)
        try:
            value = reader.read()
        except yaml.MarkedYAMLError as error:
            mark = place_of(error)
            line = reader.line(mark)
            fault = _placed(path, mark, reader.lines, *invalid(error, line))
            found += [fault] * all((each.line, each.message) != (fault.line, fault.message) for each in found)
            better = mended(text, error)
            if better is None or len(found) > MOST_FAULTS:
                return Loaded(None, reader.marks, (*found, *reader.problems), False)
            text, whole = better, False
        except yaml.reader.ReaderError as error:
            letter = error.character if isinstance(error.character, int) else ord(error.character)
            found.append(Problem(path, 0, 0, "N101", f"this is not YAML: character U+{letter:04X} is not allowed", "remove it"))
            return Loaded(None, reader.marks, (*found, *reader.problems), False)
        except _StopError:
            return Loaded(None, reader.marks, (*found, *reader.problems), False)
        else:
            return Loaded(value, reader.marks, (*found, *reader.problems), whole and reader.whole)
    return Loaded(None, reader.marks, (*found, *reader.problems), False)


def lines_of(text: str) -> list[str]:
    """The lines of a file as findings count and show them, whatever ends them."""
    text = text.removeprefix("\ufeff")
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")


def _placed(path: str, mark: Any, lines: list[str], code: str, message: str, hint: str) -> Problem:
    """A finding at a mark; one behind the end of a file without a last line feed stands at that end."""
    if mark is None:
        return Problem(path, 0, 0, code, message, hint)
    row, column = (mark.line + 1, mark.column + 1) if mark.line < len(lines) else (len(lines), len(lines[-1]) + 1)
    return Problem(path, row, column, code, message, hint, source_line=lines[row - 1])


class _StopError(Exception):
    """Reading ends here; the problem is already noted."""


class _Reader:
    """Builds one document from parser events and keeps the marks."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.marks: dict[str, Mark] = {}
        self.problems: list[Problem] = []
        self.whole = True
        self.cut = CUT.search(text) is not None
        self.parser: Any = Parser(text)
        self._next = self.parser.get_event

    def fault(self, mark: Any, code: str, message: str, hint: str) -> None:
        self.problems.append(_placed(self.path, mark, self.lines, code, message, hint))
        if len(self.problems) > MOST_FAULTS:
            self.problems.append(Problem(self.path, 0, 0, "N119", f"more than {MOST_FAULTS} faults: the rest is not read", "begin anew from a sound record"))  # fmt: skip
            raise _StopError

    def line(self, mark: Any) -> str:
        """The line that a mark stands in."""
        return self.lines[mark.line] if mark and mark.line < len(self.lines) else ""

    def read(self) -> Any:
        """The value of the first document."""
        value, documents = None, 0
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event.start_mark, "N105", "a second document begins here", "keep one record a file: remove the line ---")
                    self.whole = False
                    break
                if event.version or event.tags:
                    self.fault(event.start_mark, "N118", "YAML directives are not used here", "remove the lines that begin with %")
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                value = self._node(event, "", Mark(0, 0), 0)
        if not documents:
            self.fault(None, "N106", "the file is empty", "write a record, or delete the file")
            self.whole = False
        return value

    def _node(self, event: Any, pointer: str, key: Mark, depth: int) -> Any:
        start = event.start_mark
        self.marks[pointer] = Mark(start.line + 1, start.column + 1, key.line, key.column)
        if getattr(event, "anchor", None):  # an alias has one too
            self.fault(start, "N103", "anchors and aliases are not used here", "write the value out")
        if getattr(event, "tag", None):
            self.fault(start, "N104", f"the tag {event.tag} is not used here", "remove the tag; put quotation marks around text")
        if depth > DEEPEST:
            self.fault(start, "N107", f"nested more than {DEEPEST} deep", "flatten the record")
            raise _StopError
        if len(self.marks) > MOST_NODES:
            self.fault(start, "N119", f"more than {MOST_NODES} values in one file", "split the record, or shorten its lists")
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            if self.cut and event.implicit[0]:
                self._not_cut(event)
            return self._scalar(event) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(pointer, depth)
        return self._mapping(pointer, depth) if isinstance(event, yaml.MappingStartEvent) else None

    def _not_cut(self, event: Any) -> None:
        """A plain value is all that stands there: «#1» after it begins no comment that was meant as one."""
        end = event.end_mark
        if end.line < len(self.lines) and (cut := CUT.match(self.lines[end.line], end.column)):
            hint = "put quotation marks around the whole value; where a comment is meant, write a space after the #"
            self.fault(end, "N134", f"the value ends here, since {cut[1]!r} is read as a comment", hint)

    def _scalar(self, event: Any) -> Any:
        value = scalar(event.value)
        if isinstance(value, str) and value[0] in "+-.0123456789" and too_large(value):
            shown = value if len(value) <= 40 else f"of {len(value)} digits"
            self.fault(
                event.start_mark,
                "N122",
                f"the number {shown} is larger than readers agree on",
                "write a smaller number, or put it in quotation marks if it is a name",
            )
        return value

    def _sequence(self, pointer: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, f"{pointer}/{len(items)}", Mark(0, 0), depth + 1))
        return items

    def _mapping(self, pointer: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            start: Any = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(start, "N108", "a key must be one word", "write key: value")
                self.whole = False
                self._node(event, f"{pointer}/?{start.line}", Mark(0, 0), depth + 1)
                self._node(self._next(), f"{pointer}/?{start.line}", Mark(0, 0), depth + 1)
                continue
            key, place = event.value, Mark(start.line + 1, start.column + 1)
            if not key.isalpha() or event.anchor or event.tag or (key in CONSTANTS and event.implicit[0]):
                self._odd_key(event)
            below = f"{pointer}/{escape(key)}"
            if key in found:
                first = self.marks[below].key_line
                self.fault(
                    start, "N102", f"the key {key!r} stands here a second time; the first is on line {first}", "remove one of the two"
                )
                self._node(self._next(), f"{below}?{start.line}", place, depth + 1)  # its marks are its own
                continue
            found[key] = self._node(self._next(), below, place, depth + 1)
        return found

    def _odd_key(self, event: Any) -> None:
        key = event.value
        if event.anchor or event.tag:
            code, name = ("N103", "anchors and aliases are") if event.anchor else ("N104", f"the tag {event.tag} is")
            self.fault(event.start_mark, code, f"{name} not used here", "write the key alone")
        if key == "<<" and event.implicit[0]:
            self.fault(event.start_mark, "N120", "merge keys are not used here", "write out the keys that are meant")
        elif not key:
            self.fault(event.start_mark, "N121", "a key is missing before the colon", "write key: value")
        elif event.implicit[0] and not isinstance(scalar(key), str):
            kind = "a number" if key[0] in "+-.0123456789" else "a word of YAML's own"
            self.fault(event.start_mark, "N121", f"the key {key} is {kind}, not a name", "write a key that the schema knows")


def escape(key: str) -> str:
    """A key as it stands in a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
