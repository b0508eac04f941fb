"""The value of a sound record's text without its marks, in half the time; where anything is odd the strict reader has the word.

Most records are sound, and nobody asks where their values stand: so the marks are made when somebody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import yaml

from normbook.records.yaml.hidden import is_plain
from normbook.records.yaml.reader import CUT, DEEPEST, MOST_NODES, Mark, Parser, lines_of, load
from normbook.records.yaml.scalars import CONSTANTS, scalar, too_large

NUMERIC = frozenset("+-.0123456789")


class _OddError(Exception):
    """Something that only the strict reader can judge."""


def quick(text: str) -> Any:
    """The value of a text in which nothing is odd; None where something may be. Equal to that of `load`, which then has no findings."""
    if "\r" in text or ((" #" in text or "\t#" in text) and CUT.search(text)) or not is_plain(text):
        return None
    parser = Parser(text)
    try:
        return _document(parser)
    except (_OddError, yaml.YAMLError):
        return None
    finally:
        parser.dispose()


def _document(parser: Any) -> Any:
    following = parser.get_event
    following()
    start = following()
    if not isinstance(start, yaml.DocumentStartEvent) or start.version or start.tags:
        raise _OddError
    value = _value(following(), following, [MOST_NODES], 0)
    following()
    if not isinstance(following(), yaml.StreamEndEvent):
        raise _OddError
    return value


def _value(event: Any, following: Any, left: list[int], depth: int) -> Any:
    kind = event.__class__
    if event.anchor or kind is yaml.AliasEvent or event.tag:
        raise _OddError
    if kind is yaml.ScalarEvent:
        word = event.value
        if not event.implicit[0]:
            return word
        if word in CONSTANTS:
            return CONSTANTS[word]
        if word[0] in NUMERIC:
            if too_large(word):
                raise _OddError
            return scalar(word)
        return word
    left[0] -= 1
    if depth >= DEEPEST or left[0] < 0:
        raise _OddError
    if kind is yaml.SequenceStartEvent:
        items = []
        while (event := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(_value(event, following, left, depth + 1))
        left[0] -= len(items)
        return items
    found: dict[str, Any] = {}
    while (event := following()).__class__ is not yaml.MappingEndEvent:
        if event.__class__ is not yaml.ScalarEvent or event.anchor or event.tag:
            raise _OddError
        key = event.value
        if key in found or key in CONSTANTS or not key.isidentifier() or not key.isascii():
            raise _OddError
        found[key] = _value(following(), following, left, depth + 1)
    left[0] -= len(found)
    return found


class LateMarks(Mapping[str, Mark]):
    """The marks of a text, made when the first of them is asked for; `read` gives the text."""

    def __init__(self, read: Callable[[], str], path: str) -> None:
        self.read, self.path = read, path

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """The marks, made once."""
        return load(self.read(), self.path).marks

    def __getitem__(self, key: str) -> Mark:
        return self.marks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


class LateLines(Sequence[str]):
    """The lines of a text, split when the first of them is asked for; `read` gives the text."""

    def __init__(self, read: Callable[[], str]) -> None:
        self.read = read

    @cached_property
    def text(self) -> str:
        """The text, read once."""
        return self.read()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, split once."""
        return lines_of(self.text)

    def __getitem__(self, at: Any) -> Any:
        return self.lines[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)  # what a sequence has by itself asks for one after the other, ten times as slow

    def __len__(self) -> int:
        return len(self.lines)
