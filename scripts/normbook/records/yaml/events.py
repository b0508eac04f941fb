"""The value of an ordinary YAML text by libyaml's events, without positions."""

from __future__ import annotations

from sys import intern
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from normbook.records.yaml.reader import MAX_DEPTH, MAX_NODES, Parser
from normbook.records.yaml.scalars import CONSTANTS, SHORT, NotSimpleError, plain_value


def read_events(text: str) -> Any:
    """The value of a text, None if it may have something that only the strict reader handles."""
    parser = Parser(text)
    try:
        return _document(parser)
    except (NotSimpleError, yaml.YAMLError):
        return None
    finally:
        parser.dispose()


def _document(parser: Any) -> Any:
    following = parser.get_event
    following()
    start = following()
    if not isinstance(start, yaml.DocumentStartEvent) or start.version or start.tags:
        raise NotSimpleError
    value = _value(following(), following, [MAX_NODES], 0)
    following()
    if not isinstance(following(), yaml.StreamEndEvent):
        raise NotSimpleError
    return value


def _value(event: Any, following: Any, left: list[int], depth: int) -> Any:
    """The value that begins with an event. Scalars inside lists and mappings are read without a call of their own: there are a hundred in a record."""
    kind = event.__class__
    if kind is ScalarEvent:
        return _scalar(event)
    left[0] -= 1
    if depth >= MAX_DEPTH or left[0] < 0 or kind is AliasEvent or event.anchor or event.tag:
        raise NotSimpleError
    if kind is SequenceStartEvent:
        items = []
        while (kind := (event := following()).__class__) is not SequenceEndEvent:
            items.append(_scalar(event) if kind is ScalarEvent else _value(event, following, left, depth + 1))
        left[0] -= len(items)
        return items
    mapping: dict[str, Any] = {}
    while (event := following()).__class__ is not MappingEndEvent:
        if event.__class__ is not ScalarEvent or event.anchor or event.tag:
            raise NotSimpleError
        key = intern(event.value)
        if key in mapping or key in CONSTANTS or not key.isidentifier() or not key.isascii():
            raise NotSimpleError
        event = following()
        mapping[key] = _scalar(event) if event.__class__ is ScalarEvent else _value(event, following, left, depth + 1)
    left[0] -= len(mapping)
    return mapping


def _scalar(event: Any) -> Any:
    if event.anchor or event.tag:
        raise NotSimpleError
    word = event.value
    return plain_value(word) if event.implicit[0] else intern(word) if len(word) < SHORT else word
