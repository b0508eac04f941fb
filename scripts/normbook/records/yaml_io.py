"""Strict YAML: what was written, where each value stands, and every fault; and one canonical way to write it.

Read by libyaml's events, not by a loader: so duplicate keys, anchors, tags and second documents are findings with a
place, and a date, a time or the word `no` stays the string that was typed (scalars by the YAML 1.2 core schema).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from normbook.problems import Problem

INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)$")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip
DEEPEST = 40
Parser = getattr(yaml, "CLoader", yaml.Loader)


class Mark(NamedTuple):
    """Where a value and its key begin: lines and columns from 1, columns in code points. A list item has no key: 0, 0."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0


class Loaded(NamedTuple):
    """One file: its value (None if it could not be read), the mark of each value by JSON Pointer, and what is wrong."""

    value: Any
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]


def load(text: str, path: str) -> Loaded:
    """The value of one YAML document. Never raises for what the text holds: each fault is a Problem with line and column."""
    reader = _Reader(text, path)
    try:
        value = reader.read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.fault(
            mark,
            "N101",
            f"this is not YAML: {' '.join(filter(None, (error.problem, error.context)))}",
            _syntax_hint(error, reader.line(mark)),
        )
        value = None
    except yaml.reader.ReaderError as error:
        reader.fault(
            None,
            "N101",
            f"this is not YAML: character U+{ord(error.character) if isinstance(error.character, str) else error.character:04X} is not allowed",
            "remove it",
        )
        value = None
    except _StopError:
        value = None
    return Loaded(value, reader.marks, tuple(reader.problems))


def _syntax_hint(error: yaml.MarkedYAMLError, line: str) -> str:
    said = f"{error.problem} {error.context}"
    if "mapping values are not allowed" in said:
        return "put quotation marks around a value that holds a colon and a space"
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab" in said:
        return "indent with spaces, not with tabs"
    if "could not find expected ':'" in said or "expected <block end>" in said:
        return "check the indentation of this line and the colon after the key"
    return "compare the line with a neighbouring record"


class _StopError(Exception):
    """Reading ends here; the problem is already noted."""


class _Reader:
    """Builds one document from parser events and keeps the marks."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.marks: dict[str, Mark] = {}
        self.problems: list[Problem] = []
        self.parser: Any = Parser(text)

    def fault(self, mark: Any, code: str, message: str, hint: str) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        self.problems.append(Problem(self.path, line, column, code, message, hint, source_line=self.line(mark)))

    def line(self, mark: Any) -> str:
        """The line that a mark stands in."""
        return self.lines[mark.line].rstrip("\r") if mark and mark.line < len(self.lines) else ""

    def _next(self) -> Any:
        return self.parser.get_event()

    def read(self) -> Any:
        value, documents = None, 0
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event.start_mark, "N105", "a second document begins here", "keep one record a file: remove the line ---")
                    raise _StopError
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                value = self._node(event, "", Mark(0, 0), 0)
        if not documents:
            self.fault(None, "N106", "the file is empty", "write a record, or delete the file")
        return value

    def _node(self, event: Any, pointer: str, key: Mark, depth: int) -> Any:
        start = event.start_mark
        self.marks[pointer] = Mark(start.line + 1, start.column + 1, key.line, key.column)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault(start, "N103", "anchors and aliases are not used here", "write the value out")
        if getattr(event, "tag", None):
            self.fault(start, "N104", f"the tag {event.tag} is not used here", "remove the tag; put quotation marks around text")
        if depth > DEEPEST:
            self.fault(start, "N107", f"nested more than {DEEPEST} deep", "flatten the record")
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event.value) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(pointer, depth)
        return self._mapping(pointer, depth) if isinstance(event, yaml.MappingStartEvent) else None

    def _sequence(self, pointer: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, f"{pointer}/{len(items)}", Mark(0, 0), depth + 1))
        return items

    def _mapping(self, pointer: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(event.start_mark, "N108", "a key must be one word", "write key: value")
                raise _StopError
            start: Any = event.start_mark
            key, place = event.value, Mark(start.line + 1, start.column + 1)
            if key in found:
                first = self.marks[f"{pointer}/{escape(key)}"].key_line
                self.fault(
                    event.start_mark,
                    "N102",
                    f"the key {key!r} stands here a second time; the first is on line {first}",
                    "remove one of the two",
                )
            value = self._node(self._next(), f"{pointer}/{escape(key)}", place, depth + 1)
            found.setdefault(key, value)
        return found


def scalar(word: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema: null, true, false, numbers; all else is a string.

    >>> [scalar(word) for word in ("no", "2020-09-11", "12:30", "7", "1.5", "~")]
    ['no', '2020-09-11', '12:30', 7, 1.5, None]
    """
    if word in CONSTANTS:
        return CONSTANTS[word]
    if word[0] in "+-.0123456789":
        if INTEGER.match(word):
            return int(word)
        if NUMBER.match(word):
            return float(word)
    return word


def escape(key: str) -> str:
    """A key as it stands in a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


class _Dumper(yaml.SafeDumper):
    """Block style, sequences indented below their key, every string that another reader might take for a number quoted."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A string, quoted where this reader or another would take it for something else."""
    style = '"' if value != value.strip() or "\n" in value else None if isinstance(scalar(value), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def dump(value: Any) -> str:
    """The one way in which a record is written: LF, block style, Unicode as it is, keys in the order given.

    `load(dump(x), path).value == x` for every JSON value with string keys.
    """
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
