"""Compares two versions of a schema: what the new one no longer promises, and what it adds.

The comparison serves both writers and readers of records. If it reports no breaking change, every value that the old schema
allows is allowed by the new one. It also reports removed fields, changed types and fields that became optional, since readers
rely on them. If it cannot decide, it reports that the new schema allows less.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any, Literal, NamedTuple

Node = Mapping[str, Any]
Names = frozenset[str] | None  # None: any name
ANNOTATIONS = frozenset({"title", "description", "$schema", "$id", "$comment", "$defs", "examples", "default", "deprecated", "readOnly", "writeOnly"})  # fmt: skip
MAPS = frozenset({"properties", "patternProperties", "dependentSchemas"})
LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SINGLE = frozenset({"items", "if", "then", "else", "not", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames"})  # fmt: skip
LOWER_LIMITS = {"minimum": float("-inf"), "exclusiveMinimum": float("-inf"), "minLength": 0.0, "minItems": 0.0, "minProperties": 0.0}
UPPER_LIMITS = dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), float("inf"))
# keywords whose meaning depends on other keywords of the same schema: they are compared together, as written
DEPENDS_ON = {
    "contains": ("minContains", "maxContains"), "additionalProperties": ("properties", "patternProperties"), "prefixItems": ("items",),
}  # fmt: skip
HANDLED = ANNOTATIONS | {"allOf", "type", "enum", "const", "required", "properties", "pattern", "format", "if", "then", "else", "minContains", "maxContains"}  # fmt: skip


class UnsureError(ValueError):
    """A schema cannot be compared: it has a broken, circular or dynamic reference."""


def inlined(documents: Mapping[str, Node], name: str) -> Node:
    """The schema of that name with every reference replaced by its target, without annotations. Raises UnsureError."""
    return _inline(documents[name], name, documents, ())


def _inline(node: Any, file: str, documents: Mapping[str, Node], seen: tuple[str, ...]) -> Node:
    if node is True:
        return {}
    if node is False:
        return {"not": {}}
    inlined_node: dict[str, Any] = {}
    for key, value in node.items():
        if key in ANNOTATIONS or key.startswith("x-"):
            continue
        if key in ("$dynamicRef", "$dynamicAnchor", "$anchor", "$recursiveRef"):
            raise UnsureError(f"{file}: {key} is not supported")
        if key in MAPS:
            inlined_node[key] = {name: _inline(schema, file, documents, seen) for name, schema in value.items()}
        elif key in LISTS:
            inlined_node[key] = [_inline(schema, file, documents, seen) for schema in value]
        elif key in SINGLE:
            inlined_node[key] = _inline(value, file, documents, seen)
        elif key != "$ref":
            inlined_node[key] = value
    if "$ref" in node:
        inlined_node["allOf"] = [_follow(node["$ref"], file, documents, seen), *inlined_node.get("allOf", [])]
    return inlined_node


def _follow(reference: str, file: str, documents: Mapping[str, Node], seen: tuple[str, ...]) -> Node:
    path, _, pointer = reference.partition("#")
    target_file = path.rpartition("/")[2].removesuffix(".schema.json") or file
    address = f"{target_file}#{pointer}"
    if address in seen:
        raise UnsureError(f"{file}: the reference {reference} is circular")
    target: Any = documents.get(target_file)
    for part in filter(None, pointer.split("/")):
        target = target.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(target, Mapping) else None
    if target is None:
        raise UnsureError(f"{file}: the reference {reference} has no target")
    return _inline(target, target_file, documents, (*seen, address))


def canonical(value: Any) -> str:
    """A value as text: the same for values that are equal in JSON Schema."""
    return json.dumps(_normalized(value), sort_keys=True, ensure_ascii=False)


def _normalized(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _normalized(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normalized(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(frozen=True)
class View:
    """The combined constraints of several schemas.

    `types` and `values` (as canonical text) are None if any is allowed. `may` has the names that an object can have at most,
    `sure` those that are always allowed; both are None if any name is allowed. `others` are constraints that are compared only
    as written.
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
    """The combined constraints of schemas that have no references."""
    parts = [part for node in nodes for part in _parts(node)]
    properties: dict[str, list[Node]] = {}
    limits: dict[str, float] = {**LOWER_LIMITS, **UPPER_LIMITS}
    for part in parts:
        for name, inner in part.get("properties", {}).items():
            properties.setdefault(name, []).append(inner)
        for key, default in limits.items():
            limits[key] = (max if key in LOWER_LIMITS else min)(default, part.get(key, default))
    closed = [part for part in parts if part.get("unevaluatedProperties") == {"not": {}}]
    value_sets = [frozenset(map(canonical, part["enum"])) for part in parts if "enum" in part]
    value_sets += [frozenset({canonical(part["const"])}) for part in parts if "const" in part]
    values = frozenset.intersection(*value_sets) if value_sets else None
    type_sets = [_types(part["type"]) for part in parts if "type" in part]
    return View(
        frozenset.intersection(*type_sets) if type_sets else None if values is None else frozenset(map(_type_of, values)),
        values,
        frozenset(name for part in parts for name in part.get("required", ())),
        {name: tuple(schemas) for name, schemas in properties.items()},
        tuple(part["items"] for part in parts if "items" in part and "prefixItems" not in part),
        limits,
        frozenset((key, part[key]) for part in parts for key in ("pattern", "format") if key in part),
        tuple((part["if"], part.get("then", {}), part.get("else", {})) for part in parts if "if" in part),
        _common(_allowed_names(part) for part in closed),
        _common(_always_allowed(part) for part in closed),
        frozenset(other for part in parts for other in _others(part)),
    )


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.get("allOf", ()):
        yield from _parts(inner)


def _types(type_names: str | list[str]) -> frozenset[str]:
    names = {type_names} if isinstance(type_names, str) else set(type_names)
    return frozenset(names | {"integer"} if "number" in names else names)


def _type_of(value: str) -> str:
    parsed = json.loads(value)
    type_names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}
    return type_names.get(type(parsed), "null")


def _common(names: Iterable[Names]) -> Names:
    listed = [choices for choices in names if choices is not None]
    return frozenset.intersection(*listed) if listed else None


def _always_allowed(node: Node) -> Names:
    """The names that a closed schema allows whatever else the object has."""
    return frozenset(node.get("properties", ())).union(*(_always_allowed(inner) or () for inner in node.get("allOf", ())))


def _allowed_names(node: Node) -> Names:
    """The names that a closed schema can allow, in any of its branches; None if they cannot be listed."""
    if "patternProperties" in node or any(node.get(key, {"not": {}}) != {"not": {}} for key in ("additionalProperties", "unevaluatedProperties")):  # fmt: skip
        return None
    allowed = set(node.get("properties", ()))
    nested = [node[key] for key in ("if", "then", "else") if key in node] + list(node.get("dependentSchemas", {}).values())
    for schema in [*nested, *(schema for key in ("allOf", "anyOf", "oneOf") for schema in node.get(key, ()))]:
        names = _allowed_names(schema)
        if names is None:
            return None
        allowed |= names
    return frozenset(allowed)


def _others(node: Node) -> Iterator[str]:
    """The constraints of one schema that are compared only as written, each with the keywords that its meaning depends on."""
    for key, value in node.items():
        if key in HANDLED or key in LOWER_LIMITS or key in UPPER_LIMITS or (key == "items" and "prefixItems" not in node):
            continue
        if key == "unevaluatedProperties" and value in ({}, {"not": {}}):
            continue
        if (key == "uniqueItems" and value is False) or (key == "items" and "prefixItems" in node):
            continue
        if key.startswith("unevaluated"):
            yield canonical(node)
        else:
            context = {name: sorted(node[name]) if name == "properties" else node[name] for name in DEPENDS_ON.get(key, ()) if name in node}
            yield canonical({key: value, **context})


Kind = Literal["field", "type", "values", "required", "narrowed", "added"]


class Change(NamedTuple):
    """One difference: its kind, the path of the field (`*` for the items of a list), and a description."""

    kind: Kind
    path: tuple[str, ...]
    words: str


def compare(old: Mapping[str, Node], new: Mapping[str, Node], name: str) -> Iterator[Change]:
    """The differences between two versions of the schema of that name; each version comes with the documents it refers to."""
    try:
        one, two = inlined(old, name), inlined(new, name)
    except UnsureError as error:
        if canonical(old) != canonical(new):
            yield Change("narrowed", (), f"the schemas cannot be compared: {error}")
        return
    yield from _compare((one,), (two,), ())


def _compare(old: tuple[Node, ...], new: tuple[Node, ...], path: tuple[str, ...]) -> Iterator[Change]:
    if {*map(canonical, old)} == {*map(canonical, new)}:
        return
    before, after = view(old), view(new)
    yield from _values(before, after, path)
    yield from _limits(before, after, path)
    yield from _names(before, after, path)
    for name in sorted(before.properties.keys() & after.properties.keys()):
        yield from _compare(before.properties[name], after.properties[name], (*path, name))
    if after.items:
        yield from _compare(before.items, after.items, (*path, "*"))
    yield from _branches(old, before, after, path)
    if added := after.others - before.others:
        yield Change("narrowed", path, f"a constraint was added or changed: {min(added)[:120]}")


def _values(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    if before.types != after.types:
        yield Change("type", path, f"the type was {_list(before.types)}, now it is {_list(after.types)}")
    if after.values is not None and (before.values is None or not before.values <= after.values):
        if before.values is None:
            yield Change("narrowed", path, f"any value was allowed, now only {_list(after.values)}")
        else:
            yield Change("values", path, f"the value {_list(before.values - after.values)} is no longer allowed")
    if before.values is not None and (after.values is None or after.values - before.values):
        yield Change("added", path, f"the value {_list((after.values or frozenset()) - before.values) if after.values else 'any'} is new")


def _limits(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for key in (*LOWER_LIMITS, *UPPER_LIMITS):
        was, now = before.limits[key], after.limits[key]
        if was != now:
            tighter = now > was if key in LOWER_LIMITS else now < was
            yield Change("narrowed" if tighter else "added", path, f"{key} was {_limit(was)}, now it is {_limit(now)}")
    for key, form in sorted(after.forms - before.forms):
        yield Change("narrowed", path, f"the {key} {form} is newly required")
    for key, form in sorted(before.forms - after.forms):
        yield Change("added", path, f"the {key} {form} is no longer required")


def _limit(value: float) -> str:
    return "not set" if isinf(value) else f"{value:g}"


def _names(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(after.required - before.required):
        yield Change("required", (*path, name), f"the field {name} is newly required")
    for name in sorted(before.required - after.required):
        yield Change("required", (*path, name), f"the field {name} is no longer required")
    removed_fields = before.properties.keys() - after.properties.keys()
    for name in sorted(removed_fields):
        yield Change("field", (*path, name), f"the field {name} was removed")
    for name in sorted(after.properties.keys() - before.properties.keys()):
        if (before.may is not None and name not in before.may) or view(after.properties[name]) == view(({},)):
            yield Change("added", (*path, name), f"the field {name} is new")
        else:
            yield Change("narrowed", (*path, name), f"the field {name} could have any value, now its values are restricted")
    if after.sure is not None:
        if before.may is None:
            yield Change("narrowed", path, "any field was allowed, now only the listed ones")
        elif removed := before.may - after.sure - removed_fields:
            yield Change("narrowed", path, f"the field {_list(removed)} is no longer always allowed")


def _branches(old: tuple[Node, ...], before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    """Conditional constraints: with the same condition they are compared branch by branch, with a new one as if they always applied."""
    old_branches = {canonical(condition): (then, other) for condition, then, other in before.branches}
    for condition, then, other in after.branches:
        old_branches_here = old_branches.pop(canonical(condition), ({}, {}))
        for old_branch, new_branch in zip(old_branches_here, (then, other), strict=True):
            if canonical(old_branch) == canonical(new_branch):
                continue
            yield from _compare_branch((*old, old_branch), (new_branch,), path)
            yield from _no_longer_required(old_branch, new_branch, path)
    for then, other in old_branches.values():
        for old_branch in (then, other):
            yield from _no_longer_required(old_branch, {}, path)


def _compare_branch(old: tuple[Node, ...], new: tuple[Node, ...], path: tuple[str, ...]) -> Iterator[Change]:
    """The constraints that a branch adds; it cannot lift those that apply outside of it."""
    before, after = view(old), view(new)
    if after.types is not None and (before.types is None or not before.types <= after.types):
        yield Change("type", path, f"under a condition, the type was {_list(before.types)}, now it is {_list(after.types)}")
    for change in (*_values(before, after, path), *_limits(before, after, path), *_names(before, after, path)):
        is_new = {"values": True, "narrowed": True, "required": change.path[-1:] and change.path[-1] in after.required}
        if is_new.get(change.kind) or (change.kind == "field" and after.sure is not None and change.path[-1] not in after.sure):
            yield change
    for name in sorted(after.properties.keys() & before.properties.keys()):
        yield from _compare_branch(before.properties[name], after.properties[name], (*path, name))
    if after.items:
        yield from _compare_branch(before.items, after.items, (*path, "*"))
    if {*map(canonical, after.branches)} - {*map(canonical, before.branches)}:
        yield Change("narrowed", path, "a nested condition was added or changed")
    if added := after.others - before.others:
        yield Change("narrowed", path, f"under a condition, a constraint was added: {min(added)[:120]}")


def _no_longer_required(old: Node, new: Node, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(view((old,)).required - view((new,)).required):
        yield Change("required", (*path, name), f"the field {name} is no longer required under its condition")


def _list(words: Iterable[str] | None) -> str:
    return "any" if words is None else ", ".join(sorted(words)) or "none"
