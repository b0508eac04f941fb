"""What a JSON Schema asks of a value, all references followed: a list of demands that hold together, ready to be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
Names = frozenset[str] | None  # None: any name
ANNOTATIONS = frozenset({"title", "description", "$schema", "$id", "$comment", "$defs", "examples", "default", "deprecated", "readOnly", "writeOnly"})  # fmt: skip
MAPS = frozenset({"properties", "patternProperties", "dependentSchemas"})
LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SINGLE = frozenset({"items", "if", "then", "else", "not", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames"})  # fmt: skip
LOWEST = {"minimum": float("-inf"), "exclusiveMinimum": float("-inf"), "minLength": 0.0, "minItems": 0.0, "minProperties": 0.0}
HIGHEST = dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), float("inf"))
# demands whose meaning depends on what stands beside them: they are compared together, as they are written
TOGETHER = {
    "contains": ("minContains", "maxContains"), "additionalProperties": ("properties", "patternProperties"), "prefixItems": ("items",),
}  # fmt: skip
HANDLED = ANNOTATIONS | {"allOf", "type", "enum", "const", "required", "properties", "pattern", "format", "if", "then", "else", "minContains", "maxContains"}  # fmt: skip


class UnsureError(ValueError):
    """A schema uses what cannot be followed: a reference to nowhere, one that leads back to itself, or a dynamic one."""


def inlined(documents: Mapping[str, Node], name: str) -> Node:
    """The schema of that name with every reference replaced by what it names, annotations left out. Raises UnsureError."""
    return _inline(documents[name], name, documents, ())


def _inline(node: Any, file: str, documents: Mapping[str, Node], seen: tuple[str, ...]) -> Node:
    if node is True:
        return {}
    if node is False:
        return {"not": {}}
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in ANNOTATIONS or key.startswith("x-"):
            continue
        if key in ("$dynamicRef", "$dynamicAnchor", "$anchor", "$recursiveRef"):
            raise UnsureError(f"{file}: {key} is not followed")
        if key in MAPS:
            made[key] = {name: _inline(each, file, documents, seen) for name, each in value.items()}
        elif key in LISTS:
            made[key] = [_inline(each, file, documents, seen) for each in value]
        elif key in SINGLE:
            made[key] = _inline(value, file, documents, seen)
        elif key != "$ref":
            made[key] = value
    if "$ref" in node:
        made["allOf"] = [_follow(node["$ref"], file, documents, seen), *made.get("allOf", [])]
    return made


def _follow(reference: str, file: str, documents: Mapping[str, Node], seen: tuple[str, ...]) -> Node:
    path, _, pointer = reference.partition("#")
    target_file = path.rpartition("/")[2].removesuffix(".schema.json") or file
    address = f"{target_file}#{pointer}"
    if address in seen:
        raise UnsureError(f"{file}: {reference} leads back to itself")
    target: Any = documents.get(target_file)
    for part in filter(None, pointer.split("/")):
        target = target.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(target, Mapping) else None
    if target is None:
        raise UnsureError(f"{file}: {reference} names nothing")
    return _inline(target, target_file, documents, (*seen, address))


def canonical(value: Any) -> str:
    """A value as text: the same for values that JSON Schema holds equal."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(frozen=True)
class View:
    """The demands of some schemas that hold together.

    `types` and `values` (as canonical text) are None where any will do. `may` holds the names that an object can at the most have,
    `sure` those that it is allowed in any case; both None where any name is allowed. `others` are demands that are not looked into.
    """

    types: frozenset[str] | None
    values: frozenset[str] | None
    required: frozenset[str]
    properties: Mapping[str, tuple[Node, ...]]
    items: tuple[Node, ...]
    limits: Mapping[str, float]
    forms: frozenset[tuple[str, str]]
    branches: tuple[tuple[Node, Node, Node], ...]
    may: Names
    sure: Names
    others: frozenset[str]


def view(nodes: Iterable[Node]) -> View:
    """What schemas without references ask together."""
    parts = [part for node in nodes for part in _parts(node)]
    properties: dict[str, list[Node]] = {}
    limits: dict[str, float] = {**LOWEST, **HIGHEST}
    for part in parts:
        for name, inner in part.get("properties", {}).items():
            properties.setdefault(name, []).append(inner)
        for key, default in limits.items():
            limits[key] = (max if key in LOWEST else min)(default, part.get(key, default))
    closed = [part for part in parts if part.get("unevaluatedProperties") == {"not": {}}]
    listed = [frozenset(map(canonical, part["enum"])) for part in parts if "enum" in part]
    listed += [frozenset({canonical(part["const"])}) for part in parts if "const" in part]
    values = frozenset.intersection(*listed) if listed else None
    named = [_types(part["type"]) for part in parts if "type" in part]
    return View(
        frozenset.intersection(*named) if named else None if values is None else frozenset(map(_type_of, values)),
        values,
        frozenset(name for part in parts for name in part.get("required", ())),
        {name: tuple(each) for name, each in properties.items()},
        tuple(part["items"] for part in parts if "items" in part and "prefixItems" not in part),
        limits,
        frozenset((key, part[key]) for part in parts for key in ("pattern", "format") if key in part),
        tuple((part["if"], part.get("then", {}), part.get("else", {})) for part in parts if "if" in part),
        _meet(_may(part) for part in closed),
        _meet(_sure(part) for part in closed),
        frozenset(other for part in parts for other in _others(part)),
    )


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.get("allOf", ()):
        yield from _parts(inner)


def _types(said: str | list[str]) -> frozenset[str]:
    found = {said} if isinstance(said, str) else set(said)
    return frozenset(found | {"integer"} if "number" in found else found)


def _type_of(value: str) -> str:
    loaded = json.loads(value)
    named = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    return named.get(type(loaded), "null")


def _meet(names: Iterable[Names]) -> Names:
    known = [each for each in names if each is not None]
    return frozenset.intersection(*known) if known else None


def _sure(node: Node) -> Names:
    """The names that a closed schema knows whatever else the object holds."""
    return frozenset(node.get("properties", ())).union(*(_sure(inner) or () for inner in node.get("allOf", ())))


def _may(node: Node) -> Names:
    """The names that a closed schema can let through, every branch counted; None where they cannot be listed."""
    if "patternProperties" in node or any(node.get(key, {"not": {}}) != {"not": {}} for key in ("additionalProperties", "unevaluatedProperties")):  # fmt: skip
        return None
    found = set(node.get("properties", ()))
    inner = [node[key] for key in ("if", "then", "else") if key in node] + list(node.get("dependentSchemas", {}).values())
    for each in [*inner, *(each for key in ("allOf", "anyOf", "oneOf") for each in node.get(key, ()))]:
        names = _may(each)
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _others(node: Node) -> Iterator[str]:
    """The demands of one schema that are compared only as they are written, each with what its meaning depends on."""
    for key, value in node.items():
        if key in HANDLED or key in LOWEST or key in HIGHEST or (key == "items" and "prefixItems" not in node):
            continue
        if key == "unevaluatedProperties" and value in ({}, {"not": {}}):
            continue
        if (key == "uniqueItems" and value is False) or (key == "items" and "prefixItems" in node):
            continue
        if key.startswith("unevaluated"):
            yield canonical(node)
        else:
            beside = {name: sorted(node[name]) if name == "properties" else node[name] for name in TOGETHER.get(key, ()) if name in node}
            yield canonical({key: value, **beside})
