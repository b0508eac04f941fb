"""What the schema expects at each place in a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from normbook.records.schema import Schemas
from normbook.records.types import TYPES
from normbook.records.yaml.loaded import escape


class Expected(NamedTuple):
    """A value of a record with its JSON Pointer and its schema, with references resolved."""

    pointer: str
    value: Any
    schema: Mapping[str, Any]

    @property
    def wants_string(self) -> bool:
        """True if only a string is allowed there."""
        choices = self.schema.get("enum")
        return self.schema.get("type") == "string" or bool(choices and all(isinstance(choice, str) for choice in choices))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are allowed there, in canonical order; empty if the schema lists none."""
        return tuple(self.schema.get("properties", ()))


def expect(schemas: Schemas, kind: str, value: Any) -> Iterator[Expected]:
    """Every value of a record with its schema, outer values before inner ones; nothing if `kind` is not a record type."""
    if kind in TYPES:
        yield from _expect(schemas, {"type": "object", "properties": schemas.properties(kind)}, value, "")


def _expect(schemas: Schemas, schema: Any, value: Any, pointer: str) -> Iterator[Expected]:
    schema = schemas.resolve(schema)
    if isinstance(value, Mapping) and "properties" not in schema and "then" in schema:
        schema = schemas.resolve(schema["then" if "url" in value else "else"])
    yield Expected(pointer, value, schema)
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield from _expect(schemas, schema.get("properties", {}).get(key, {}), child, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _expect(schemas, schema.get("items", {}), item, f"{pointer}/{number}")
