"""What the comparison of schemas finds, and the law that it never calls harmless what is not."""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normbook.records.contract.compatibility import Change, compare
from normbook.records.schema import Schemas
from normbook.workspace.load import Project

Tree = dict[str, Any]
OBJECT = {"type": "object", "required": ["a"], "properties": {"a": {"enum": ["x", "y"]}, "b": {"type": "string", "pattern": "^a"}}, "unevaluatedProperties": False}  # fmt: skip


def between(old: Any, new: Any) -> list[Change]:
    return list(compare({"one": old}, {"one": new}, "one"))


def edited(change: Callable[[Tree], object]) -> Tree:
    made = copy.deepcopy(OBJECT)
    change(made)
    return made


@pytest.mark.parametrize(
    ("change", "kind", "path", "words"),
    [
        (lambda it: it["properties"].pop("b"), "field", ("b",), "the field b was removed"),
        (lambda it: it["properties"]["b"].update(type="integer"), "type", ("b",), "the type was string, now it is integer"),
        (lambda it: it["properties"]["b"].update(type=["string", "null"]), "type", ("b",), "the type was string, now it is null, string"),
        (lambda it: it["properties"]["a"]["enum"].pop(), "values", ("a",), 'the value "y" is no longer allowed'),
        (lambda it: it["properties"]["a"]["enum"].append("z"), "added", ("a",), 'the value "z" is new'),
        (lambda it: it["required"].append("b"), "required", ("b",), "the field b is newly required"),
        (lambda it: it["required"].remove("a"), "required", ("a",), "the field a is no longer required"),
        (lambda it: it["properties"]["b"].update(pattern="^b"), "narrowed", ("b",), "the pattern ^b is newly required"),
        (lambda it: it["properties"]["b"].update(maxLength=9), "narrowed", ("b",), "maxLength was not set, now it is 9"),
        (lambda it: it["properties"].update(c={"type": "string"}), "added", ("c",), "the field c is new"),
        (lambda it: it.pop("unevaluatedProperties"), None, (), ""),
        (lambda it: it.update({"if": {"required": ["b"]}, "then": {"required": ["c"]}}), "required", ("c",), "the field c is newly required"),
        (lambda it: it.update({"not": {"required": ["b"]}}), "narrowed", (), 'a constraint was added or changed: {"not": {"required": ["b"]}}'),
        (lambda it: it.update(description="Other words", title="One", examples=[1]), None, (), ""),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_reported(change: Callable[[Tree], object], kind: str | None, path: tuple[str, ...], words: str) -> None:
    found = between(OBJECT, edited(change))
    assert ((kind, path, words) in found) if kind else found == []


def test_a_schema_that_says_the_same_otherwise_is_the_same() -> None:
    parts = {"$defs": {"b": OBJECT["properties"]["b"]}, "allOf": [{"properties": {"b": {"$ref": "#/$defs/b"}}}]}
    assert between(OBJECT, {**parts, **{key: value for key, value in OBJECT.items() if key != "properties"}, "properties": {"a": {"enum": ["y", "x"]}}}) == []  # fmt: skip


def test_a_stricter_or_looser_condition_is_reported() -> None:
    def under(*names: str) -> Tree:
        return {**OBJECT, "if": {"properties": {"a": {"const": "x"}}}, "then": {"required": list(names)}}

    assert [each.words for each in between(under(), under("b"))] == ["the field b is newly required"]
    assert [each.words for each in between(under("b"), under())] == ["the field b is no longer required under its condition"]
    assert [each.words for each in between(under("b"), OBJECT)] == ["the field b is no longer required under its condition"]


@pytest.mark.parametrize("schema", [{"$ref": "#/$defs/no"}, {"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}, "$ref": "#/$defs/a"}, {"$dynamicRef": "#a"}])  # fmt: skip
def test_what_cannot_be_followed_is_no_promise(schema: Tree) -> None:
    (found,) = between(OBJECT, schema)
    assert found.kind == "narrowed" and "cannot be compared" in found.words
    assert between(schema, schema) == []


# the law: where nothing is found that breaks, what the old schema allows the new one allows
SCALARS = [None, True, False, 0, 1, 1.0, 2.5, -3, "", "a", "ab", "abc", "x"]
VALUES = [*SCALARS, [], [1], ["a", "a"], ["a", 1], {}, {"a": 1}, {"a": "a", "b": []}, {"b": "x"}, {"a": {"a": 1}, "c": "a"}, [{"a": 1}, {"b": 2}], {"a": [1, "a"], "b": {"c": None}}]  # fmt: skip
NAMES = st.sampled_from("abc")


def schemas_of(depth: int) -> st.SearchStrategy[Any]:
    """Small schemas of every construct that the project's schemas use, and of some that they do not."""
    inner: st.SearchStrategy[Any] = schemas_of(depth - 1) if depth else st.sampled_from([{}, True, {"type": "string"}, {"const": 1}])
    types = st.sampled_from(["string", "integer", "number", "object", "array", "null", "boolean"])
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(types, st.lists(types, min_size=1, max_size=3, unique=True)),
            "enum": st.lists(st.sampled_from(SCALARS), min_size=1, max_size=4),
            "const": st.sampled_from(SCALARS), "pattern": st.sampled_from(["^a", "b"]), "minLength": st.integers(0, 2), "maxLength": st.integers(1, 3),
            "minimum": st.integers(-1, 2), "maximum": st.integers(0, 3), "minItems": st.integers(0, 2), "uniqueItems": st.booleans(),
            "required": st.lists(NAMES, max_size=2, unique=True), "properties": st.dictionaries(NAMES, inner, max_size=2), "items": inner,
            "unevaluatedProperties": st.sampled_from([False, False, True, {"type": "string"}]), "additionalProperties": st.booleans(),
            "allOf": st.lists(inner, min_size=1, max_size=2), "anyOf": st.lists(inner, min_size=1, max_size=2), "not": inner, "if": inner, "then": inner,
            "else": inner, "contains": inner, "minContains": st.integers(0, 2), "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "propertyNames": inner, "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=1),
            "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=1), max_size=1), "unevaluatedItems": inner,
        },
    )  # fmt: skip


def mutated(schema: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
    """The schema with one part replaced, dropped or added, anywhere in it."""
    if not isinstance(schema, dict) or not schema or draw(st.integers(0, 3)) == 0:
        other = draw(schemas_of(0))
        return {**schema, **other} if isinstance(schema, dict) and draw(st.booleans()) else other
    key = draw(st.sampled_from(sorted(schema)))
    value = schema[key]
    if draw(st.integers(0, 3)) == 0:
        return {other: each for other, each in schema.items() if other != key}
    if key in ("properties", "patternProperties"):
        name = draw(st.sampled_from(sorted(value))) if value else "a"
        value = value or {"a": {}}
        return {**schema, key: {**value, name: mutated(value[name], draw)}}
    if key in ("allOf", "anyOf", "prefixItems"):
        return {**schema, key: [mutated(value[0], draw), *value[1:]]}
    if isinstance(value, dict) and key != "dependentRequired":
        return {**schema, key: mutated(value, draw)}
    return {**schema, **draw(schemas_of(0))}


@st.composite
def pairs(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Any, Any]:
    """A schema, and the same changed in one place or two."""
    old = draw(schemas_of(2))
    new = mutated(old, draw)
    return old, mutated(new, draw) if draw(st.booleans()) else new


ROUNDS = int(os.environ.get("NORMBOOK_FUZZ", "50"))  # «make fuzz» takes 100,000


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs())
def test_what_is_called_harmless_is_harmless_for_any_value(pair: tuple[Any, Any]) -> None:
    old, new = pair
    if all(each.kind == "added" for each in between(old, new)):
        before, after = jsonschema_rs.Draft202012Validator(old), jsonschema_rs.Draft202012Validator(new)
        for value in VALUES:
            assert after.is_valid(value) or not before.is_valid(value), value


def places(node: Any) -> Iterator[Tree]:
    """Every object below a node of a schema."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from places(inner)


def edit(documents: dict[str, Tree], chance: random.Random) -> None:
    """One edit of the project's schemas, of the kinds that people make."""
    known = [each for document in documents.values() for each in places(document)]
    able: dict[str, Callable[[Tree], object]] = {
        "enum": lambda it: it["enum"].pop() if chance.random() < 0.5 else it["enum"].append("another"),
        "required": lambda it: it["required"].pop() if chance.random() < 0.3 else it["required"].append("note"),
        "properties": lambda it: it["properties"].pop(chance.choice(list(it["properties"]))) if chance.random() < 0.5 else it["properties"].update(extra={"type": "string"}),
        "type": lambda it: it.update(type=chance.choice(["string", "object", "array", ["string", "null"]])),
        "pattern": lambda it: it.pop("pattern") if chance.random() < 0.5 else it.update(pattern="^[a-z]"),
        "maxLength": lambda it: it.update(maxLength=chance.choice([3, 40, 100000])),
        "minItems": lambda it: it.update(minItems=chance.choice([0, 1, 3])),
        "unevaluatedProperties": lambda it: it.pop("unevaluatedProperties"),
        "if": lambda it: it.pop(chance.choice(["if", "then"])),
        "$ref": lambda it: it.update({"$ref": chance.choice(["common.schema.json#/$defs/text", "common.schema.json#/$defs/title"])}),
        "uniqueItems": lambda it: it.pop("uniqueItems"),
    }  # fmt: skip
    keyword = chance.choice(list(able))
    having = [each for each in known if keyword in each and (keyword == "$ref" or not isinstance(each.get(keyword), dict) or keyword in ("properties", "if"))]  # fmt: skip
    having = [each for each in having if each[keyword] and (keyword != "type" or isinstance(each["type"], (str, list)))]
    if having:
        able[keyword](chance.choice(having))


def test_what_is_called_harmless_leaves_every_record_valid(project: Project) -> None:
    """Random edits of the project's own schemas, each against every record and many valid shortened ones."""
    chance = random.Random(6)
    sample: dict[str, list[Any]] = {}
    for record in project.records.values():
        sample.setdefault(record.type, []).append(dict(record.fields))
    for type, values in sample.items():
        for value in list(values):
            cut = {key: each for key, each in value.items() if chance.random() < 0.8}
            if project.schemas.allows(type, cut):
                values.append(cut)
    harmless = broken = 0
    edits = max(30, ROUNDS // 100)
    for _ in range(edits):
        documents = copy.deepcopy({name: dict(each) for name, each in project.schemas.documents.items()})
        edit(documents, chance)
        new = Schemas(documents)
        for type, values in sample.items():
            if all(each.kind == "added" for each in compare(project.schemas.documents, documents, type)):
                harmless += 1
                assert all(new.allows(type, value) for value in values), type
            else:
                broken += 1
    assert harmless > 2 * edits and broken > edits / 2, (harmless, broken)
