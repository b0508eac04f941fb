"""Two versions of a schema: what the newer one no longer promises, and what it adds.

Sound for both who write and who read. If nothing is found that breaks, each value that the old schema allows is allowed by the new
one. Beside that a field that is gone, a type that is another, and a field that need no longer be there are told, since who reads
relies on them. Where the comparison cannot see, it says that the new schema allows less.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

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


Kind = Literal["field", "type", "values", "required", "narrowed", "added"]


class Change(NamedTuple):
    """One difference: its kind, the names that lead to the field (`*` for a list's items), and what it is, in words."""

    kind: Kind
    path: tuple[str, ...]
    words: str


def compare(old: Mapping[str, Node], new: Mapping[str, Node], name: str) -> Iterator[Change]:
    """The differences between two versions of the schema of that name, each among the documents that it refers to."""
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
    if lost := after.others - before.others:
        yield Change("narrowed", path, f"a demand is new or another: {min(lost)[:120]}")


def _values(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    if before.types != after.types:
        yield Change("type", path, f"the type is {_listed(after.types)}, it was {_listed(before.types)}")
    if after.values is not None and (before.values is None or not before.values <= after.values):
        if before.values is None:
            yield Change("narrowed", path, f"only {_listed(after.values)} is allowed, which was free before")
        else:
            yield Change("values", path, f"the value {_listed(before.values - after.values)} is no longer allowed")
    if before.values is not None and (after.values is None or after.values - before.values):
        yield Change("added", path, f"the value {_listed((after.values or frozenset()) - before.values) if after.values else 'any'} is new")


def _limits(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for key in (*LOWEST, *HIGHEST):
        was, now = before.limits[key], after.limits[key]
        if was != now:
            tighter = now > was if key in LOWEST else now < was
            yield Change("narrowed" if tighter else "added", path, f"{key} is {now:g}, it was {was:g}")
    for key, form in sorted(after.forms - before.forms):
        yield Change("narrowed", path, f"the {key} is {form}, which was not asked before")
    for key, form in sorted(before.forms - after.forms):
        yield Change("added", path, f"the {key} {form} is no longer asked")


def _names(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(after.required - before.required):
        yield Change("required", (*path, name), f"{name} is required, it was not")
    for name in sorted(before.required - after.required):
        yield Change("required", (*path, name), f"{name} is no longer always there")
    gone = before.properties.keys() - after.properties.keys()
    for name in sorted(gone):
        yield Change("field", (*path, name), f"the field {name} is gone")
    for name in sorted(after.properties.keys() - before.properties.keys()):
        if (before.may is not None and name not in before.may) or view(after.properties[name]) == view(({},)):
            yield Change("added", (*path, name), f"the field {name} is new")
        else:
            yield Change("narrowed", (*path, name), f"the field {name} is described, which was free before")
    if after.sure is not None:
        if before.may is None:
            yield Change("narrowed", path, "only the fields that are named are allowed, which were free before")
        elif lost := before.may - after.sure - gone:
            yield Change("narrowed", path, f"the field {_listed(lost)} is not allowed in every case")


def _branches(old: tuple[Node, ...], before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    """Demands under a condition: where the condition is the same, branch by branch; where it is new, as if they always held."""
    known = {canonical(condition): (then, other) for condition, then, other in before.branches}
    for condition, then, other in after.branches:
        was = known.pop(canonical(condition), ({}, {}))
        for own, now in zip(was, (then, other), strict=True):
            if canonical(own) == canonical(now):
                continue
            yield from _in_branch((*old, own), (now,), path)
            yield from (each for each in _dropped(own, now, path))
    for then, other in known.values():
        for own in (then, other):
            yield from _dropped(own, {}, path)


def _in_branch(old: tuple[Node, ...], new: tuple[Node, ...], path: tuple[str, ...]) -> Iterator[Change]:
    """What a branch asks that was not asked; what it leaves unsaid is said outside it."""
    before, after = view(old), view(new)
    if after.types is not None and (before.types is None or not before.types <= after.types):
        yield Change("type", path, f"under a condition the type is {_listed(after.types)}, it was {_listed(before.types)}")
    for each in (*_values(before, after, path), *_limits(before, after, path), *_names(before, after, path)):
        told = {"values": True, "narrowed": True, "required": each.path[-1:] and each.path[-1] in after.required}
        if told.get(each.kind) or (each.kind == "field" and after.sure is not None and each.path[-1] not in after.sure):
            yield each
    for name in sorted(after.properties.keys() & before.properties.keys()):
        yield from _in_branch(before.properties[name], after.properties[name], (*path, name))
    if after.items:
        yield from _in_branch(before.items, after.items, (*path, "*"))
    if {*map(canonical, after.branches)} - {*map(canonical, before.branches)}:
        yield Change("narrowed", path, "a condition under a condition is new or another")
    if lost := after.others - before.others:
        yield Change("narrowed", path, f"under a condition a demand is new: {min(lost)[:120]}")


def _dropped(own: Node, now: Node, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(view((own,)).required - view((now,)).required):
        yield Change("required", (*path, name), f"{name} is no longer always there under its condition")


def _listed(words: Iterable[str] | None) -> str:
    return "any" if words is None else ", ".join(sorted(words)) or "none"
