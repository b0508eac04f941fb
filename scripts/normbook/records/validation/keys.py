"""Keys that no schema knows: what each was meant to be, and the value as it would be with them mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from normbook.comparison.spelling import suggest
from normbook.records.yaml.reader import escape

Resolve = Callable[[Any], Any]


class Unknown(NamedTuple):
    """A key that the schema does not allow: the pointer of what holds it, the key, what was meant (None if that is not to be told), what may stand there."""

    holder: str
    key: str
    meant: str | None
    allowed: tuple[str, ...]


class Mended(NamedTuple):
    """A value whose unknown keys have their meant names, or are left out; what they were; and, by pointer of the mended value, where its parts stand in the file."""

    value: Any
    unknown: tuple[Unknown, ...]
    places: Mapping[str, str]


def mend_keys(value: Any, schema: Any, resolve: Resolve) -> Mended:
    """The value with its keys mended at every depth, so that a mistyped key is one finding and hides none of what stands below it.

    A key is taken for the one that is most like it of those that may stand there and do not yet.
    """
    unknown: list[Unknown] = []
    places: dict[str, str] = {}
    return Mended(_mend(value, schema, "", "", (resolve, unknown, places)), tuple(unknown), places)


def _mend(value: Any, schema: Any, pointer: str, place: str, into: tuple[Resolve, list[Unknown], dict[str, str]]) -> Any:
    resolve, unknown, places = into
    places[pointer] = place
    schema = resolve(schema)
    if isinstance(value, list):
        return [_mend(item, schema.get("items", {}), f"{pointer}/{n}", f"{place}/{n}", into) for n, item in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    known = allowed(schema, resolve)
    closed = bool(known) and _closed(schema, resolve)
    mended: dict[str, Any] = {}
    for key, inner in value.items():
        name: str | None = key
        if closed and key not in known:
            name = suggest(key, [each for each in known if each not in value and each not in mended])
            unknown.append(Unknown(place, key, name, tuple(known)))
        if name is not None:
            mended[name] = _mend(inner, known.get(name, {}), f"{pointer}/{escape(name)}", f"{place}/{escape(key)}", into)
    return mended


def allowed(schema: Any, resolve: Resolve) -> dict[str, Any]:
    """The keys that a schema allows, with what it says of each; where a form depends on a key, those of every form."""
    schema = resolve(schema)
    known = dict(schema.get("properties", {}))
    for part in _parts(schema):
        known |= {key: said for key, said in allowed(part, resolve).items() if key not in known}
    return known


def _parts(schema: Any) -> Iterator[Any]:
    yield from schema.get("allOf", ())
    yield from (schema[name] for name in ("then", "else") if name in schema)


def _closed(schema: Any, resolve: Resolve) -> bool:
    """True if no key beyond the allowed ones may stand there."""
    schema = resolve(schema)
    return schema.get("unevaluatedProperties") is False or any(_closed(part, resolve) for part in _parts(schema))
