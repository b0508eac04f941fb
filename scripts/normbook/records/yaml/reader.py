"""A strict YAML reader: the value, the position of each part of it, and every fault.

It works on libyaml's events, not on a loader. So duplicate keys, anchors, tags and second documents become findings with a
position, nothing is ever expanded, and a date, a time or the word `no` stays the string that was typed. Where possible,
reading goes on after a fault, so that one run reports all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml

from normbook.findings.finding import Level, Problem
from normbook.records.yaml.hidden import BREAKING, HIDDEN, OTHER_SPACE, name_of, raw_findings
from normbook.records.yaml.loaded import COMMENT_AFTER_VALUE, Loaded, Mark, escape, lines_of
from normbook.records.yaml.scalars import CONSTANTS, read_elsewhere, scalar, too_large
from normbook.records.yaml.syntax_errors import continues_a_value, invalid, place_of, without_fault

MAX_FAULTS = 100  # findings in one file before reading stops
OTHER_INDENT = re.compile(rf"^ *(?:- *)?{OTHER_SPACE.pattern}(?:{OTHER_SPACE.pattern}| )*(?=(?:- +)*[\w-]+:(?:\s|$)|- )", re.MULTILINE)


def preprocess(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text in the form that the YAML parser accepts, with every character at the same line and column, and the findings about encoding."""
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        problems.append(
            Problem(path, 1, 1, "N115", "the file starts with a byte order mark (U+FEFF)", "save it as UTF-8 without a byte order mark")
        )
        text = text[1:]
    if "\r" in text:
        first = text.index("\r")
        pairs, total = text.count("\r\n"), text.count("\r")
        line, column = text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first)
        kind = "CR LF" if pairs == total else "CR" if not pairs else "CR LF and CR"
        hint = "save the file with LF line endings (for git: `* text=auto eol=lf` in .gitattributes)"
        problems.append(
            Problem(
                path,
                line,
                column,
                "N116",
                f"{total} line{'s end' if total > 1 else ' ends'} with {kind}, expected LF",
                hint,
                level="warning",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if OTHER_SPACE.search(text):
        other = list(islice(_indented_otherwise(text, path), MAX_FAULTS))
        problems += other
        text = OTHER_INDENT.sub(lambda match: OTHER_SPACE.sub(" ", match[0]), text) if other else text
    if HIDDEN.search(text):
        hidden = list(islice(raw_findings(text, text.split("\n"), path), MAX_FAULTS))
        problems += hidden
        text = BREAKING.sub("\ufffd", text) if hidden else text
    return text, problems


def _indented_otherwise(text: str, path: str) -> Iterator[Problem]:
    """A finding for each line before whose key or dash other spaces than U+0020 stand, as in a text copied from a web page."""
    for match in OTHER_INDENT.finditer(text):
        first = OTHER_SPACE.search(match[0])
        assert first is not None
        line, column = text.count("\n", 0, match.start()) + 1, first.start() + 1
        source_line = text[match.start() :].partition("\n")[0]
        yield Problem(path, line, column, "N117", f"found {name_of(first[0])} in the indentation", "indent with spaces; `normbook fix` writes them", source_line=source_line)  # fmt: skip


MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_RETRIES = 20
Parser = getattr(yaml, "CLoader", yaml.Loader)


def load(text: str, path: str) -> Loaded:
    """The value of one YAML document. Never raises because of the text: each fault is a Problem with line and column."""
    original = lines_of(text)
    loaded = _load_past_faults(text, path, original)
    problems = (replace(problem, source_line=original[problem.line - 1]) if problem.source_line else problem for problem in loaded.problems)
    return loaded._replace(problems=tuple(problems)) if loaded.problems else loaded


def _load_past_faults(text: str, path: str, original: list[str]) -> Loaded:
    """The value of a text. At a syntax error one character is replaced and reading starts again; each line reports an error once."""
    text, problems = preprocess(text, path)
    whole = text.split("\n") == original if problems else True
    for _ in range(MAX_RETRIES):
        reader = _Reader(text, path)
        try:
            value = reader.read()
        except yaml.MarkedYAMLError as error:
            mark = place_of(error)
            line = reader.line(mark)
            fault = _located(path, mark, reader.lines, *invalid(error, line, reader.opened))
            follows = continues_a_value(error, line) and any(
                each.code == "N117" and each.line in (fault.line - 1, fault.line) for each in problems
            )
            problems += [fault] * (
                not follows and all((problem.line, problem.message) != (fault.line, fault.message) for problem in problems)
            )
            repaired = without_fault(text, error)
            if repaired is None or len(problems) > MAX_FAULTS:
                return Loaded(None, reader.marks, (*problems, *reader.problems), False)
            text, whole = repaired, False
        except yaml.reader.ReaderError as error:
            letter = error.character if isinstance(error.character, int) else ord(error.character)
            problems.append(Problem(path, 0, 0, "N101", f"invalid YAML: character U+{letter:04X} is not allowed", "remove it"))
            return Loaded(None, reader.marks, (*problems, *reader.problems), False)
        except _StopError:
            return Loaded(None, reader.marks, (*problems, *reader.problems), False)
        else:
            return Loaded(value, reader.marks, (*problems, *reader.problems), whole and reader.whole)
    return Loaded(None, reader.marks, (*problems, *reader.problems), False)


def _located(path: str, mark: Any, lines: list[str], code: str, message: str, hint: str) -> Problem:
    """A finding at a mark; a mark after the last line counts as the end of the file."""
    if mark is None:
        return Problem(path, 0, 0, code, message, hint)
    line, column = (mark.line + 1, mark.column + 1) if mark.line < len(lines) else (len(lines), len(lines[-1]) + 1)
    return Problem(path, line, column, code, message, hint, source_line=lines[line - 1])


class _StopError(Exception):
    """Stops reading; the finding has been added already."""


class _Reader:
    """Builds the value of one document from parser events, and collects marks and findings."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.marks: dict[str, Mark] = {}
        self.problems: list[Problem] = []
        self.whole = True
        self.opened = 0  # the line on which the latest text in quotation marks began
        self.cut = COMMENT_AFTER_VALUE.search(text) is not None
        self.parser: Any = Parser(text)
        self._next = self.parser.get_event

    def fault(self, mark: Any, code: str, message: str, hint: str, level: Level = "error") -> None:
        self.problems.append(replace(_located(self.path, mark, self.lines, code, message, hint), level=level))
        if len(self.problems) > MAX_FAULTS:
            message = f"more than {MAX_FAULTS} errors; the rest of the file is not read"
            self.problems.append(Problem(self.path, 0, 0, "N119", message, "start again from a valid record"))
            raise _StopError

    def line(self, mark: Any) -> str:
        """The text of the line that a mark is on."""
        return self.lines[mark.line] if mark and mark.line < len(self.lines) else ""

    def read(self) -> Any:
        """The value of the first document."""
        value, documents = None, 0
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event.start_mark, "N105", "a second document starts here", "keep one record per file: remove the line ---")
                    self.whole = False
                    break
                if event.version or event.tags:
                    self.fault(event.start_mark, "N118", "YAML directives are not allowed", "remove the lines that start with %")
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
            self.fault(start, "N103", "anchors and aliases are not allowed", "write out the value")
        if getattr(event, "tag", None):
            self.fault(start, "N104", f"the tag {event.tag} is not allowed", "remove the tag; put text in quotation marks")
        if depth > MAX_DEPTH:
            self.fault(start, "N107", f"nested more than {MAX_DEPTH} levels deep", "flatten the record")
            raise _StopError
        if len(self.marks) > MAX_NODES:
            self.fault(start, "N119", f"more than {MAX_NODES} values in one file", "split the record, or shorten its lists")
            raise _StopError
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("'", '"'):
                self.opened = start.line + 1
            if self.cut and event.implicit[0]:
                self._not_cut(event)
            return self._scalar(event) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(pointer, depth)
        return self._mapping(pointer, depth) if isinstance(event, yaml.MappingStartEvent) else None

    def _not_cut(self, event: Any) -> None:
        """Reports a plain value that YAML cuts off at ` #1`, because it reads the rest as a comment."""
        end = event.end_mark
        if end.line < len(self.lines) and (comment := COMMENT_AFTER_VALUE.match(self.lines[end.line], end.column)):
            hint = "put the whole value in quotation marks; if this is a comment, write a space after the #"
            self.fault(end, "N134", f"the value ends here because {comment[1]!r} is read as a comment", hint)

    def _scalar(self, event: Any) -> Any:
        value = scalar(event.value)
        if isinstance(value, str) and value[0] in "+-.0123456789" and too_large(value):
            shown = value if len(value) <= 40 else f"with {len(value)} digits"
            self.fault(
                event.start_mark,
                "N122",
                f"the number {shown} is outside the range that JSON parsers agree on",
                "write a smaller number, or put it in quotation marks if it is a name",
            )
        elif value.__class__ is not int and (other := read_elsewhere(event.value)):
            own = "text" if isinstance(value, str) else f"the number {value:g}"
            hint = (
                f"put it in quotation marks: '{event.value}'"
                if isinstance(value, str)
                else f"write {value:g}, or put it in quotation marks if it is a name"
            )
            self.fault(
                event.start_mark,
                "N135",
                f"the plain word {event.value} is {own} here, but other readers of YAML take it for {other}",
                hint,
                level="warning",
            )
        return value

    def _sequence(self, pointer: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, f"{pointer}/{len(items)}", Mark(0, 0), depth + 1))
        return items

    def _mapping(self, pointer: str, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            start: Any = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(start, "N108", "expected a plain key, found a list or a mapping", "write `key: value`")
                self.whole = False
                self._node(event, f"{pointer}/?{start.line}", Mark(0, 0), depth + 1)
                self._node(self._next(), f"{pointer}/?{start.line}", Mark(0, 0), depth + 1)
                continue
            key, key_mark = event.value, Mark(start.line + 1, start.column + 1)
            if not key.isalpha() or event.anchor or event.tag or (key in CONSTANTS and event.implicit[0]):
                self._odd_key(event)
            child = f"{pointer}/{escape(key)}"
            if key in mapping:
                first = self.marks[child].key_line
                self.fault(start, "N102", f"duplicate key {key!r}; it is first used on line {first}", "remove one of the two")
                self._node(
                    self._next(), f"{child}?{start.line}", key_mark, depth + 1
                )  # with pointers of its own, so that the first one keeps its marks
                continue
            mapping[key] = self._node(self._next(), child, key_mark, depth + 1)
        return mapping

    def _odd_key(self, event: Any) -> None:
        key = event.value
        if event.anchor or event.tag:
            code, subject = ("N103", "anchors and aliases are") if event.anchor else ("N104", f"the tag {event.tag} is")
            self.fault(event.start_mark, code, f"{subject} not allowed", "write only the key")
        if key == "<<" and event.implicit[0]:
            self.fault(event.start_mark, "N120", "merge keys are not allowed", "write out the keys")
        elif not key:
            self.fault(event.start_mark, "N121", "expected a key before the colon", "write `key: value`")
        elif event.implicit[0] and not isinstance(scalar(key), str):
            kind = "the number" if key[0] in "+-.0123456789" else "the YAML constant"
            self.fault(event.start_mark, "N121", f"expected a name as the key, found {kind} {key}", "use a key from the schema")
