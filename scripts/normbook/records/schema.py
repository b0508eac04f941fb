"""Schemas: which values are allowed, and what the schema says of them (claims, relations, texts)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from normbook.findings.finding import Problem
from normbook.records.types import TYPES
from normbook.records.yaml.reader import Loaded, escape

BASE = "https://schema.invalid/"  # replaced by the site's own address when the schemas are published


class Relation(NamedTuple):
    """A typed link that a schema declares: the property that holds it, what it may name, and what its other end is called."""

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
        """The fast validator of a type, made when it is first asked for."""
        if kind not in self._gates:
            import jsonschema_rs

            schema = {**self.documents[kind], "$id": f"{BASE}{kind}.schema.json"}
            self._gates[kind] = jsonschema_rs.Draft202012Validator(schema, registry=self._registry, validate_formats=True)
        return self._gates[kind]

    def faults(self) -> Iterator[tuple[str, str]]:
        """The schemas that cannot be used, by name, each with the reason: missing, no schema, or leading nowhere."""
        for name in (*TYPES, "suggestion", "redirects", "exceptions", "common"):
            if name not in self.documents:
                yield name, "the schema is missing"
        found = [(name, said) for name, schema in self.documents.items() if (said := _unusable(schema))]
        yield from found
        if found or not {*TYPES, "common"} <= self.documents.keys():
            return
        for name in self.documents:
            try:
                self._gate(name)
            except ValueError as error:  # of jsonschema_rs: every one of its errors is one
                yield name, f"the schema cannot be used: {str(error).splitlines()[0]}"
        try:
            self.relations  # noqa: B018 - walks every property
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            yield "common", f"a reference or annotation of the schemas cannot be followed: {type(error).__name__} {error}"

    @cached_property
    def explainers(self) -> dict[str, Any]:
        """The slow validators that say why, by type; loaded when something is refused."""
        from normbook.records.validation.explain import explainers

        return explainers(
            {f"{BASE}{name}.schema.json": {**schema, "$id": f"{BASE}{name}.schema.json"} for name, schema in self._qualified.items()},
            {name: f"{BASE}{name}.schema.json" for name in self.documents},
        )

    def allows(self, kind: str, value: Any) -> bool:
        """True if the value is valid against the schema of that type (the fast gate)."""
        return bool(self._gate(kind).is_valid(value))

    def explain(self, kind: str, loaded: Loaded, path: str, lines: list[str]) -> list[Problem]:
        """Every reason why the schema refuses the value, with its place and remedy; empty if it is allowed."""
        if self.allows(kind, loaded.value):
            return []
        from normbook.records.validation.explain import explain

        found = explain(self.explainers[kind], loaded, path, lines, self.whole(kind), self.resolve)
        return found or [Problem(path, 1, 1, "N209", "the schema refuses this record", f"compare it with schema/{kind}.schema.json")]

    @cached_property
    def _qualified(self) -> dict[str, Any]:
        """The documents with every reference naming its file, so that a part can be read apart from its file."""
        return {name: _qualify(schema, f"{name}.schema.json") for name, schema in self.documents.items()}

    def whole(self, kind: str) -> Any:
        """The schema of a type, as `resolve` reads it."""
        return {"$ref": f"{kind}.schema.json#"}

    def resolve(self, schema: Any) -> Any:
        """A (part of a) schema with its `$ref` followed; keywords beside the reference win."""
        while "$ref" in schema:
            file, _, pointer = schema["$ref"].partition("#")
            target: Any = self._qualified[file.removesuffix(".schema.json")]
            for part in filter(None, pointer.split("/")):
                target = target[part]
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def properties(self, kind: str) -> dict[str, Any]:
        """The top-level properties of a record type in canonical order."""
        own = self._qualified[kind].get("properties", {})
        shared = self.resolve({"$ref": "common.schema.json#/$defs/record"})["properties"]
        head, tail = ("id", "title"), ("identifiers", "summary", "note", "status", "judgements", "reviews", "evidence")
        return {**{key: shared[key] for key in head}, **own, **{key: shared[key] for key in tail}}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that a schema lists as one of several (enum)."""
        return frozenset(_listed(self.documents))

    def required(self, kind: str) -> list[str]:
        """The top-level keys that a record of a type needs, those included that only evidence outside makes needless."""
        document = self.documents[kind]
        return [*document["required"], *document.get("else", {}).get("required", ())]

    def annotated(self, kind: str, keyword: str) -> tuple[tuple[tuple[str, ...], Any], ...]:
        """The paths of a type's values that carry `keyword`, with what it says; `*` stands for a list's items."""
        return self._annotations.get((kind, keyword), ())

    @cached_property
    def _annotations(self) -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], Any], ...]]:
        return {
            (kind, keyword): tuple(self._walk({"properties": self.properties(kind)}, (), keyword))
            for kind in (*TYPES, "suggestion")
            for keyword in ("x-claim", "x-relation", "x-verbatim")
        }

    def _walk(self, schema: Any, path: tuple[str, ...], keyword: str) -> Iterator[tuple[tuple[str, ...], Any]]:
        schema = self.resolve(schema)
        if keyword in schema:
            yield path, schema[keyword]
        for key, value in schema.get("properties", {}).items():
            yield from self._walk(value, (*path, key), keyword)
        if "items" in schema:
            yield from self._walk(schema["items"], (*path, "*"), keyword)
        for branch in ("then", "else"):
            if "$ref" in schema.get(branch, {}):
                yield from self._walk(schema[branch], path, keyword)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation that the schemas declare, each once."""
        return tuple(_relation(kind, path, said) for kind in TYPES for path, said in self.annotated(kind, "x-relation"))

    @cached_property
    def relations_of(self) -> dict[str, tuple[Relation, ...]]:
        """The relations by the type that makes them."""
        return {kind: tuple(relation for relation in self.relations if relation.domain == kind) for kind in TYPES}

    def ordered(self, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
        """The record with its keys in the order of the schema, at every depth."""
        return dict(self._order({"properties": self.properties(kind)}, value))

    def _order(self, schema: Any, value: Any) -> Any:
        schema = self.resolve(schema)
        if isinstance(value, Mapping):
            if "properties" not in schema and "then" in schema:
                schema = self.resolve(schema["then" if "url" in value else "else"])
            known = schema.get("properties", {})
            keys = [*(key for key in known if key in value), *(key for key in value if key not in known)]
            return {key: self._order(known.get(key, {}), value[key]) for key in keys}
        if isinstance(value, list):
            return [self._order(schema.get("items", {}), item) for item in value]
        return value


def _unusable(schema: Any) -> str:
    """What keeps a document from being a schema of ours, empty if nothing."""
    if not isinstance(schema, Mapping):
        return "the schema is no object"
    parts = [name for name in ("properties", "$defs") if not isinstance(schema.get(name, {}), Mapping)]
    return f"{', '.join(parts)}: an object is needed" if parts else ""


def _qualify(schema: Any, file: str) -> Any:
    if isinstance(schema, Mapping):
        return {
            key: file + value if key == "$ref" and isinstance(value, str) and value.startswith("#") else _qualify(value, file)
            for key, value in schema.items()
        }
    return [_qualify(item, file) for item in schema] if isinstance(schema, list) else schema


def _relation(kind: str, path: tuple[str, ...], said: dict[str, Any]) -> Relation:
    name = "/".join(part for part in path if part != "*")
    return Relation(
        name,
        kind,
        path,
        tuple(said["range"]),
        said["inverse"],
        bool(said.get("symmetric")),
        bool(said.get("transitive")),
        tuple(said.get("except", ())),
    )


def select(value: Any, path: tuple[str, ...], pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The values at a path with their JSON Pointers; `*` goes through all items of a list."""
    if not path:
        yield pointer, value
    elif path[0] == "*":
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield from select(item, path[1:], f"{pointer}/{number}")
    elif isinstance(value, Mapping) and path[0] in value:
        yield from select(value[path[0]], path[1:], f"{pointer}/{escape(path[0])}")


def _listed(node: Any) -> Iterator[str]:
    """The strings of every enum below a node of a schema."""
    if isinstance(node, Mapping):
        yield from (each for each in node.get("enum", ()) if isinstance(each, str))
        for inner in node.values():
            yield from _listed(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _listed(inner)
