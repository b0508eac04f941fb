"""Records from their parts: values by JSON Pointer grown into one value again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any


def grown(pairs: Iterable[tuple[str, Any]]) -> Any:
    """The value that has these values at these JSON Pointers, in any order. No key of a record is a number, so numbers are places in lists.

    >>> grown([("/a/1", "y"), ("/a/0", "x"), ("/b/c", None), ("/d", [])])
    {'a': ['x', 'y'], 'b': {'c': None}, 'd': []}
    """
    root: dict[str, Any] = {}
    for pointer, value in pairs:
        *way, last = pointer.split("/")[1:]
        here = root
        for part in way:
            inner = here.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = here[part] = {}
            here = inner
        if not (value in ([], {}) and isinstance(here.get(last), dict)):
            here[last] = value
    return _settled(root)


def _settled(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_settled(value[key]) for key in sorted(value, key=int)]
    return {key: _settled(inner) for key, inner in value.items()}


def nothings(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Where a record holds null, an empty text, list or object, which a cell of a table cannot tell from no value, each as JSON."""
    if value is None or value in ("", [], {}):
        yield pointer, json.dumps(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from nothings(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from nothings(inner, f"{pointer}/{number}")
