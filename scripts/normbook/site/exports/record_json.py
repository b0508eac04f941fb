"""Records as data: JSON per record, JSON Lines per type, the published schemas, and a manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from normbook.records.model import Record
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import RenderContext
from normbook.site.deposit import swhid_of

BRANCHES = ("if", "then", "else", "oneOf", "anyOf")  # parts of a schema that judge the same value
LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


in_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode  # what a file holds is never circular


def record_json(context: RenderContext, id: str) -> str:
    """One record as JSON: its authored fields, its type, and the address of its page."""
    record = context.graph.records[id]
    return in_json({"type": record.type, "page": context.site["url"] + context.url(id), **record.fields}) + "\n"


def json_lines(context: RenderContext, type: str) -> str:
    """All records of a type, one JSON object per line, sorted by id."""
    return "".join(json_line(context.graph.records[each.id]) for each in context.graph.of_type(type))


def json_head(type: str, id: str) -> str:
    """The start of a record's line, which identifies it."""
    return json.dumps({"type": type, "id": id}, ensure_ascii=False)[:-1] + ","


def json_line(record: Record) -> str:
    """One record as a line of JSON Lines; U+2028 and similar characters are escaped, because some readers break lines at them."""
    line = in_json({"type": record.type, "id": record.id, **record.fields})
    return LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n"


def published(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The published schemas, by name. Those of record types also define the keys that are added to JSON: type and page."""
    made: dict[str, dict[str, Any]] = {}
    for name, schema in schemas.items():
        made[name] = dict(schema)
        if name in PUBLISHED:
            own = {
                "type": {"description": "The type of the record, in its JSON.", "const": name},
                "page": {"description": "The address of its page, in its JSON.", "type": "string", "format": "uri"},
            }
            made[name]["properties"] = {**own, **schema.get("properties", {})}
    return made


def standard(schema: Any, known: frozenset[str] = frozenset()) -> Any:
    """A schema for strict validators: with the keywords of JSON Schema alone, and each field that a condition requires described before it.

    `known` are the fields that earlier members of the same `allOf` describe.

    >>> standard({"properties": {"a": {"type": "string", "x-claim": True}}, "then": {"required": ["a"]}})
    {'properties': {'a': {'type': 'string'}}, 'then': {'required': ['a'], 'properties': {'a': {}}}}
    """
    if isinstance(schema, list):
        return [standard(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {
        key: standard(value, known if key in BRANCHES else frozenset())
        for key, value in schema.items()
        if not key.startswith("x-") and key != "allOf"
    }
    required = schema.get("required", ())
    missing = (
        [name for name in required if name not in known and name not in schema.get("properties", {})] if isinstance(required, list) else []
    )
    if missing:
        made["properties"] = {**{name: {} for name in missing}, **made.get("properties", {})}
    if "allOf" in schema:
        members, told = [], known
        for each in schema["allOf"]:
            members.append(standard(each, told))
            told |= frozenset(each.get("properties", {}))
        made = {key: members if key == "allOf" else made[key] for key in schema if key == "allOf" or key in made} | made
    return made


def in_order(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema that extends another, with its own fields and its condition as further members of `allOf`; it accepts the same values.

    Strict validators want to know a field before a condition requires it, and some generators overlook fields next to `allOf`.

    >>> list(in_order({"allOf": [1], "properties": {}, "if": {}, "unevaluatedProperties": False}))
    ['allOf', 'unevaluatedProperties']
    """
    if not {"allOf", "properties"} <= schema.keys():
        return dict(schema)
    parts = [{key: schema[key] for key in keys if key in schema} for keys in (("required", "properties"), ("if", "then", "else"))]
    moved = {key for part in parts for key in part} | {"allOf"}
    head = {key: value for key, value in schema.items() if key not in moved and key != "unevaluatedProperties"}
    tail = {key: value for key, value in schema.items() if key == "unevaluatedProperties"}
    return {**head, "allOf": [*schema["allOf"], *(part for part in parts if part)], **tail}


def published_schemas(schemas: Mapping[str, Mapping[str, Any]], site_url: str, folder: str = "schema/") -> Iterator[tuple[str, str]]:
    """Each published schema with its path; its `$id` is its absolute address."""
    for name, schema in schemas.items():
        path = f"{folder}{name}.schema.json"
        head = {"$schema": schema["$schema"], "$id": site_url + path}
        yield (
            path,
            json.dumps({**head, **{key: value for key, value in schema.items() if key not in head}}, ensure_ascii=False, indent=2) + "\n",
        )


def files(context: RenderContext, forms: Iterable[Mapping[str, Any]] = ()) -> Iterator[tuple[str, str]]:
    """The data files that are not for a single record: paths and contents. The manifest comes last and lists all others, and the bulk exports in `forms`."""
    documents = {name: standard(in_order(schema)) for name, schema in published(context.schemas.documents).items()}
    rows: list[Mapping[str, Any]] = []
    for path, text in _own_files(context, documents):
        rows.append(manifest_row(path, text))
        yield path, text
    yield "data/manifest.json", manifest_text([*rows, *forms], context.site["version"])


def _own_files(context: RenderContext, documents: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The schemas, the lines of each type, and the texts with their ledgers, one file at a time: the lines are as large as all records."""
    yield from published_schemas(documents, context.site["url"])
    yield from ((f"data/{FOLDERS[type]}.jsonl", json_lines(context, type)) for type in PUBLISHED if context.graph.of_type(type))
    for source, readings in sorted(context.readings.items()):
        if context.graph.get(source, "/rights/full_text") == "publish":
            ledger = [
                {"start": e.start, "end": e.end, "raw": e.raw, "new": e.new, "rules": list(e.rules)} for e in readings.cleaned.ledger.edits
            ]
            content = {
                "source": source,
                "sha256": readings.received.sha256,
                "swhid": swhid_of(readings.received),
                "encoding": readings.received.encoding,
                "text": readings.cleaned.text,
                "edits": ledger,
            }
            yield f"data/texts/{source}.json", json.dumps(content, ensure_ascii=False, indent=1) + "\n"


OWN = ("lines", "schema", "text")  # kinds of files that a build writes; all others are bulk exports
KINDS = {
    ".jsonl": ("lines", "application/jsonl"),
    ".schema.json": ("schema", "application/schema+json"),
    ".json": ("text", "application/json"),
}


def manifest_row(path: str, content: str | bytes) -> dict[str, Any]:
    """The manifest entry of a file: its path, size in bytes, SHA-256, kind, and number of lines or objects."""
    kind, media_type = next(said for ending, said in KINDS.items() if path.endswith(ending))
    encoded = content.encode() if isinstance(content, str) else content
    count = encoded.count(b"\n") if kind == "lines" else 1
    return {
        "path": path,
        "bytes": len(encoded),
        "sha256": hashlib.sha256(encoded).hexdigest(),
        "kind": kind,
        "media_type": media_type,
        "count": count,
    }


def manifest_text(rows: Iterable[Mapping[str, Any]], version: str) -> str:
    """The text of a manifest with these entries."""
    return json.dumps({"version": version, "files": list(rows)}, indent=1) + "\n"
