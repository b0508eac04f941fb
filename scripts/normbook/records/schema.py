"""Schemas: which values a record may have, and what the schema says about them (claims, relations, verbatim text)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from normbook.findings.finding import Problem
from normbook.records.types import TYPES
from normbook.records.yaml.loaded import Loaded, escape

ANNOTATIONS = ("x-claim", "x-datatype", "x-forms", "x-relation", "x-verbatim")
BASE = "https://schema.invalid/"  # replaced by the site's address when the schemas are published


class Relation(NamedTuple):
    """A typed link declared by a schema: the property that holds it, the record types it may point to, and the name of its inverse."""

    name: str
    domain: str
    path: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str
    symmetric: bool
    transitive: bool
    exempt: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Schemas:
    """The schemas of all record types by name, as parsed JSON."""

    documents: Mapping[str, Mapping[str, Any]]

    def _files(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, schema in self.documents.items():
            yield f"{name}.schema.json", schema

    @cached_property
    def _registry(self) -> Any:
        import jsonschema_rs

        return jsonschema_rs.Registry([(BASE + name, {**schema, "$id": BASE + name}) for name, schema in self._files()])

    @cached_property
    def _gates(self) -> dict[str, Any]:
        return {}

    def _gate(self, kind: str) -> Any:
        """The fast validator of a type, built on first use."""
        if kind not in self._gates:
            import jsonschema_rs

            schema = {**self.documents[kind], "$id": f"{BASE}{kind}.schema.json"}
            self._gates[kind] = jsonschema_rs.Draft202012Validator(schema, registry=self._registry, validate_formats=True)
        return self._gates[kind]

    @cached_property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """The names of unusable schemas, each with the reason: missing, not a schema, or with a broken reference."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[tuple[str, str]]:
        for name in (*TYPES, "suggestion", "redirects", "exceptions", "book", "common"):
            if name not in self.documents:
                yield name, "the schema is missing"
        unusable = [(name, reason) for name, schema in self.documents.items() if (reason := _unusable(schema))]
        yield from unusable
        if unusable or not {*TYPES, "common"} <= self.documents.keys():
            return
        for name in self.documents:
            try:
                self._gate(name)
            except ValueError as error:  # the base class of every error of jsonschema_rs
                yield name, f"the schema cannot be used: {str(error).splitlines()[0]}"
        try:
            self.relations  # noqa: B018 - walks every property
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            yield "common", f"a reference or annotation in the schemas cannot be resolved: {type(error).__name__} {error}"

    @cached_property
    def explainers(self) -> dict[str, Any]:
        """The slow validators that give reasons, by type; loaded only when a value is invalid."""
        from normbook.records.validation.explain import explainers

        return explainers(
            {f"{BASE}{name}.schema.json": {**schema, "$id": f"{BASE}{name}.schema.json"} for name, schema in self._qualified.items()},
            {name: f"{BASE}{name}.schema.json" for name in self.documents},
        )

    def allows(self, kind: str, value: Any) -> bool:
        """True if the value is valid against the schema of that type (fast, without reasons)."""
        return bool(self._gate(kind).is_valid(value))

    def explain(self, kind: str, loaded: Loaded, path: str, lines: list[str]) -> list[Problem]:
        """A finding for each reason why the value is invalid, with location and remedy; empty if it is valid."""
        if self.allows(kind, loaded.value):
            return []
        from normbook.records.validation.explain import explain

        problems = explain(self.explainers[kind], loaded, path, lines, self.whole(kind), self.resolve)
        return problems or [Problem(path, 1, 1, "N209", "the record is invalid", f"compare it with schema/{kind}.schema.json")]

    @cached_property
    def _qualified(self) -> dict[str, Any]:
        """The documents with a file name in every reference, so that a part of one can be read without its file."""
        return {name: _qualify(schema, f"{name}.schema.json") for name, schema in self.documents.items()}

    def whole(self, kind: str) -> Any:
        """The schema of a type, in the form that `resolve` takes."""
        return {"$ref": f"{kind}.schema.json#"}

    def resolve(self, schema: Any) -> Any:
        """A schema, or a part of one, with its `$ref` replaced by its target; keywords next to the `$ref` take precedence."""
        while "$ref" in schema:
            file, _, pointer = schema["$ref"].partition("#")
            target: Any = self._qualified[file.removesuffix(".schema.json")]
            for part in filter(None, pointer.split("/")):
                target = target[part]
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def properties(self, kind: str) -> dict[str, Any]:
        """The top-level properties of a record type in canonical order."""
        if kind not in self._properties:
            self._properties[kind] = self._in_order(kind)
        return self._properties[kind]

    @cached_property
    def _properties(self) -> dict[str, dict[str, Any]]:
        return {}

    def _in_order(self, kind: str) -> dict[str, Any]:
        own = self._qualified[kind].get("properties", {})
        shared = self.resolve({"$ref": "common.schema.json#/$defs/record"})["properties"]
        head, tail = ("id", "title"), ("identifiers", "summary", "note", "status", "judgements", "reviews", "evidence")
        first, last = ({key: shared[key] for key in keys if key in shared} for keys in (head, tail))  # an earlier revision had fewer
        return {**first, **own, **last}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every string that is listed in an `enum` of any schema."""
        return frozenset(_enum_values(self.documents))

    def required(self, kind: str) -> list[str]:
        """The top-level keys that a record of a type needs, including those that are optional if all evidence is from outside sources."""
        document = self.documents[kind]
        return [*document["required"], *document.get("else", {}).get("required", ())]

    def annotated(self, kind: str, keyword: str) -> tuple[tuple[tuple[str, ...], Any], ...]:
        """The paths of a type's values that have the annotation `keyword`, with its value; `*` matches every item of a list."""
        return self._annotations.get((kind, keyword), ())

    @cached_property
    def _annotations(self) -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], Any], ...]]:
        found: dict[tuple[str, str], list[tuple[tuple[str, ...], Any]]] = {}
        for kind in (*TYPES, "suggestion"):
            for path, schema in self._walk({"properties": self.properties(kind)}, ()):
                for keyword in ANNOTATIONS:
                    if keyword in schema:
                        found.setdefault((kind, keyword), []).append((path, schema[keyword]))
        return {key: tuple(values) for key, values in found.items()}

    def _walk(self, schema: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        """The parts of a schema that describe values, each with the path of these."""
        schema = self.resolve(schema)
        yield path, schema
        for key, value in schema.get("properties", {}).items():
            yield from self._walk(value, (*path, key))
        if "items" in schema:
            yield from self._walk(schema["items"], (*path, "*"))
        for branch in ("then", "else"):
            if "$ref" in schema.get(branch, {}):
                yield from self._walk(schema[branch], path)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation that the schemas declare."""
        return tuple(_relation(kind, path, annotation) for kind in TYPES for path, annotation in self.annotated(kind, "x-relation"))

    @cached_property
    def relations_of(self) -> dict[str, tuple[Relation, ...]]:
        """The relations by the type of the record that holds the link."""
        return {kind: tuple(relation for relation in self.relations if relation.domain == kind) for kind in TYPES}

    def ordered(self, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """The record with its keys in schema order, at every depth."""
        return dict(self._order({"properties": self.properties(kind)}, value))

    def _order(self, schema: Any, value: Any) -> Any:
        schema = self.resolve(schema)
        if isinstance(value, Mapping):
            if "properties" not in schema and "then" in schema:
                schema = self.resolve(schema["then" if "url" in value else "else"])
            properties = schema.get("properties", {})
            keys = [*(key for key in properties if key in value), *(key for key in value if key not in properties)]
            return {key: self._order(properties.get(key, {}), value[key]) for key in keys}
        if isinstance(value, list):
            return [self._order(schema.get("items", {}), item) for item in value]
        return value


def _unusable(schema: Any) -> str:
    """Why a document cannot be used as a schema, empty if it can."""
    if not isinstance(schema, Mapping):
        return "expected a JSON object"
    invalid = [name for name in ("properties", "$defs") if not isinstance(schema.get(name, {}), Mapping)]
    return f"{', '.join(invalid)}: expected a JSON object" if invalid else ""


def _qualify(schema: Any, file: str) -> Any:
    if isinstance(schema, Mapping):
        return {
            key: file + value if key == "$ref" and isinstance(value, str) and value.startswith("#") else _qualify(value, file)
            for key, value in schema.items()
        }
    return [_qualify(item, file) for item in schema] if isinstance(schema, list) else schema


def _relation(kind: str, path: tuple[str, ...], annotation: dict[str, Any]) -> Relation:
    name = "/".join(part for part in path if part != "*")
    return Relation(
        name,
        kind,
        path,
        tuple(annotation["range"]),
        annotation["inverse"],
        bool(annotation.get("symmetric")),
        bool(annotation.get("transitive")),
        tuple(annotation.get("except", ())),
    )


def select(value: Any, path: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The values at a path with their JSON Pointers; `*` matches every item of a list.

    >>> select({"names": [{"text": "A"}, {"text": "B"}]}, ("names", "*", "text"))
    [('/names/0/text', 'A'), ('/names/1/text', 'B')]
    """
    found = [("", value)]
    for part in path:
        if part == "*":
            found = [(f"{at}/{number}", item) for at, each in found if isinstance(each, list) for number, item in enumerate(each)]
        else:
            found = [(f"{at}/{escape(part)}", each[part]) for at, each in found if isinstance(each, dict) and part in each]
        if not found:
            break
    return found


def _enum_values(node: Any) -> Iterator[str]:
    """The strings of every `enum` below a node of a schema."""
    if isinstance(node, Mapping):
        yield from (value for value in node.get("enum", ()) if isinstance(value, str))
        for child in node.values():
            yield from _enum_values(child)
    elif isinstance(node, list):
        for child in node:
            yield from _enum_values(child)
