"""Unknown keys: what each was probably meant to be, and the value with the keys corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from normbook.comparison.spelling import suggest
from normbook.records.yaml.reader import escape

Resolve = Callable[[Any], Any]


class Unknown(NamedTuple):
    """An unknown key: the pointer of its mapping, the key, the key that was probably meant (None if unclear), and the allowed keys."""

    holder: str
    key: str
    meant: str | None
    allowed: tuple[str, ...]


class CorrectedKeys(NamedTuple):
    """A value whose unknown keys are corrected or left out, those unknown keys, and the original pointer of each part by its corrected pointer."""

    value: Any
    unknown: tuple[Unknown, ...]
    places: Mapping[str, str]


def correct_keys(value: Any, schema: Any, resolve: Resolve) -> CorrectedKeys:
    """The value with its keys corrected at every depth, so that a mistyped key is one finding and does not hide errors below it.

    A key is taken for the most similar of the allowed keys that are not used yet.
    """
    unknown: list[Unknown] = []
    places: dict[str, str] = {}
    return CorrectedKeys(_correct(value, schema, "", "", (resolve, unknown, places)), tuple(unknown), places)


def _correct(value: Any, schema: Any, pointer: str, original: str, state: tuple[Resolve, list[Unknown], dict[str, str]]) -> Any:
    resolve, unknown, places = state
    places[pointer] = original
    schema = resolve(schema)
    if isinstance(value, list):
        return [
            _correct(item, schema.get("items", {}), f"{pointer}/{index}", f"{original}/{index}", state) for index, item in enumerate(value)
        ]
    if not isinstance(value, Mapping):
        return value
    known_keys = allowed(schema, resolve)
    closed = bool(known_keys) and _closed(schema, resolve)
    corrected: dict[str, Any] = {}
    for key, child in value.items():
        corrected_key: str | None = key
        if closed and key not in known_keys:
            corrected_key = suggest(key, [candidate for candidate in known_keys if candidate not in value and candidate not in corrected])
            unknown.append(Unknown(original, key, corrected_key, tuple(known_keys)))
        if corrected_key is not None:
            corrected[corrected_key] = _correct(
                child, known_keys.get(corrected_key, {}), f"{pointer}/{escape(corrected_key)}", f"{original}/{escape(key)}", state
            )
    return corrected


def allowed(schema: Any, resolve: Resolve) -> dict[str, Any]:
    """The keys that a schema allows, with the schema of each; keys of every branch are included."""
    schema = resolve(schema)
    keys = dict(schema.get("properties", {}))
    for part in _parts(schema):
        keys |= {key: schema_of_key for key, schema_of_key in allowed(part, resolve).items() if key not in keys}
    return keys


def _parts(schema: Any) -> Iterator[Any]:
    yield from schema.get("allOf", ())
    yield from (schema[name] for name in ("then", "else") if name in schema)


def _closed(schema: Any, resolve: Resolve) -> bool:
    """True if no other keys are allowed."""
    schema = resolve(schema)
    return schema.get("unevaluatedProperties") is False or any(_closed(part, resolve) for part in _parts(schema))
