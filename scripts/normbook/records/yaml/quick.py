"""A fast reader for ordinary YAML: gives the value without positions, in half the time, and leaves anything unusual to the strict reader."""

from __future__ import annotations

from sys import intern
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from normbook.records.yaml.hidden import is_plain
from normbook.records.yaml.reader import COMMENT_AFTER_VALUE, MAX_DEPTH, MAX_NODES, OTHER_SPACE, Parser
from normbook.records.yaml.scalars import CONSTANTS, DAYS, read_elsewhere, scalar, too_large

NUMERIC = frozenset("+-.0123456789")
LONGEST_ODD = 3  # characters of yes, no, on and off, which older readers take for true and false
SHORT = 40  # characters; a shorter word is held once, however many records have it: ids, dates, fixed words


class _OddError(Exception):
    """The text has something that only the strict reader handles."""


def quick(text: str) -> Any:
    """The value of an ordinary YAML text, equal to that of `load`, which has no findings for it; None if the text may be unusual."""
    if (
        "\r" in text
        or OTHER_SPACE.search(text)
        or ((" #" in text or "\t#" in text) and COMMENT_AFTER_VALUE.search(text))
        or not is_plain(text)
    ):
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
    value = _value(following(), following, [MAX_NODES], 0)
    following()
    if not isinstance(following(), yaml.StreamEndEvent):
        raise _OddError
    return value


def _value(event: Any, following: Any, left: list[int], depth: int) -> Any:
    """The value that begins with an event. Scalars inside lists and mappings are read without a call of their own: there are a hundred in a record."""
    kind = event.__class__
    if kind is ScalarEvent:
        return _scalar(event)
    left[0] -= 1
    if depth >= MAX_DEPTH or left[0] < 0 or kind is AliasEvent or event.anchor or event.tag:
        raise _OddError
    if kind is SequenceStartEvent:
        items = []
        while (kind := (event := following()).__class__) is not SequenceEndEvent:
            items.append(_scalar(event) if kind is ScalarEvent else _value(event, following, left, depth + 1))
        left[0] -= len(items)
        return items
    mapping: dict[str, Any] = {}
    while (event := following()).__class__ is not MappingEndEvent:
        if event.__class__ is not ScalarEvent or event.anchor or event.tag:
            raise _OddError
        key = intern(event.value)
        if key in mapping or key in CONSTANTS or not key.isidentifier() or not key.isascii():
            raise _OddError
        event = following()
        mapping[key] = _scalar(event) if event.__class__ is ScalarEvent else _value(event, following, left, depth + 1)
    left[0] -= len(mapping)
    return mapping


def _scalar(event: Any) -> Any:
    if event.anchor or event.tag:
        raise _OddError
    word = event.value
    if event.implicit[0]:
        if word in CONSTANTS:
            return CONSTANTS[word]
        if word[0] in NUMERIC:
            value = scalar(word)
            if value.__class__ is str and not DAYS.match(value) and (too_large(word) or read_elsewhere(word)):
                raise _OddError
            return value
        if len(word) <= LONGEST_ODD and read_elsewhere(word):
            raise _OddError
    return intern(word) if len(word) < SHORT else word
