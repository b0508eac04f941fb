"""Values given on a command line, set into a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.records.schema import Schemas
from normbook.records.validation.expected import Expected, expect
from normbook.records.yaml.reader import escape

MOST_ITEMS = 100


def assign(schemas: Schemas, kind: str, values: Mapping[str, Any], path: str, raw: str) -> dict[str, Any] | Problem:
    """The record with a value at a path of keys and numbers joined by dots; a list is given with commas. A Problem for an unknown key.

    `title`, `wording.lang`, `evidence.0.exact` are paths.
    """
    parts = path.split(".")
    where = ""
    for part in parts[:-1]:
        where += f"/{escape(part)}"
    places = {each.pointer: each for each in expect(schemas, kind, values)}
    holder = places.get(where)
    if holder is None or (isinstance(holder.value, Mapping) and parts[-1] not in holder.keys):
        known = holder.keys if holder else tuple(values)
        meant = suggest(parts[-1] if holder else parts[0], known)
        hint = f"did you mean {meant!r}?" if meant else f"known keys: {', '.join(known)}"
        return Problem("<command>", 0, 0, "N202", f"a {kind} has no {path!r}", hint)
    if not isinstance(holder.value, Mapping) and not (
        isinstance(holder.value, list) and parts[-1].isdigit() and int(parts[-1]) <= len(holder.value)
    ):
        return Problem("<command>", 0, 0, "N202", f"a {kind} has no {path!r}", "give the number of an item that is there, from 0")
    wanted = next(each for each in expect(schemas, kind, _set(values, parts, "")) if each.pointer == f"{where}/{escape(parts[-1])}")
    return _set(values, parts, _read(wanted, raw))  # type: ignore[no-any-return]


def _read(wanted: Expected, raw: str) -> Any:
    """The value that a word on the command line stands for, by what the schema wants there."""
    kinds = wanted.schema.get("type", "")
    if "array" in kinds:
        return [item.strip() for item in raw.split(",", MOST_ITEMS)]
    if "integer" in kinds and raw.isascii() and raw.isdigit():
        return int(raw[:18])
    return None if "null" in kinds and raw == "null" else raw


def _set(value: Any, parts: list[str], new: Any) -> Any:
    if not parts:
        return new
    if isinstance(value, list):
        at = int(parts[0])
        return [*value[:at], _set(value[at] if at < len(value) else None, parts[1:], new), *value[at + 1 :]]
    return {**value, parts[0]: _set(value.get(parts[0]), parts[1:], new)}
