"""Sets values from the command line in a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.records.schema import Schemas
from normbook.records.validation.expected import Expected, expect
from normbook.records.yaml.loaded import escape

MAX_ITEMS = 100


def assign(schemas: Schemas, kind: str, values: Mapping[str, Any], path: str, raw: str) -> dict[str, Any] | Problem:
    """The record with a value set at a path, or a Problem if the schema has no such key.

    A path has keys and item numbers (from 0) separated by dots: `title`, `wording.lang`, `evidence.0.exact`. The items of a list
    are separated by commas.
    """
    parts = path.split(".")
    parent_pointer = ""
    for part in parts[:-1]:
        parent_pointer += f"/{escape(part)}"
    expected_values = {expected.pointer: expected for expected in expect(schemas, kind, values)}
    parent = expected_values.get(parent_pointer)
    if parent is None or (isinstance(parent.value, Mapping) and parts[-1] not in parent.keys):
        known_keys = parent.keys if parent else tuple(values)
        suggestion = suggest(parts[-1] if parent else parts[0], known_keys)
        hint = f"did you mean {suggestion!r}?" if suggestion else f"known keys: {', '.join(known_keys)}"
        return Problem("<command>", 0, 0, "N202", f"the type {kind} has no key {path!r}", hint)
    if not isinstance(parent.value, Mapping) and not (
        isinstance(parent.value, list) and parts[-1].isdigit() and int(parts[-1]) <= len(parent.value)
    ):
        return Problem("<command>", 0, 0, "N202", f"the {kind} has no item {path!r}", "use the number of an existing item, counting from 0")
    target = next(
        expected
        for expected in expect(schemas, kind, _set(values, parts, ""))
        if expected.pointer == f"{parent_pointer}/{escape(parts[-1])}"
    )
    return _set(values, parts, _read(target, raw))  # type: ignore[no-any-return]


def _read(expected: Expected, raw: str) -> Any:
    """The value of a word on the command line, by the type that the schema expects."""
    types = expected.schema.get("type", "")
    if "array" in types:
        return [item.strip() for item in raw.split(",", MAX_ITEMS)]
    if "integer" in types and raw.isascii() and raw.isdigit():
        return int(raw[:18])
    return None if "null" in types and raw == "null" else raw


def _set(value: Any, parts: list[str], new: Any) -> Any:
    if not parts:
        return new
    if isinstance(value, list):
        index = int(parts[0])
        return [*value[:index], _set(value[index] if index < len(value) else None, parts[1:], new), *value[index + 1 :]]
    return {**value, parts[0]: _set(value.get(parts[0]), parts[1:], new)}
