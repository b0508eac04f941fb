"""Editor completion for record ids: schemas whose references list the existing ids, and a snippet for each id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED

Ids = Mapping[str, Sequence[tuple[str, str]]]


def ids_by_type(records: Iterable[Record]) -> dict[str, list[tuple[str, str]]]:
    """The id and title of every record by type, sorted by id."""
    by_type: dict[str, list[tuple[str, str]]] = {type: [] for type in FOLDERS}
    for record in sorted(records, key=lambda record: record.id):
        by_type[record.type].append((record.id, record.title))
    return by_type


def schemas_with_ids(schemas: Schemas, ids: Ids) -> dict[str, str]:
    """Each schema as JSON by file name; a reference allows exactly the ids of its range, described by their titles.

    The schemas refer to each other by file name, like those in schema/, so they work in any folder and offline.
    Each list of ids is defined once, in ids.schema.json.
    """
    definitions: dict[str, Any] = {}
    listed = {name: _with_ids(document, ids, definitions) for name, document in schemas.documents.items()}
    listed["ids"] = {"$schema": schemas.documents["common"]["$schema"], "$defs": dict(sorted(definitions.items()))}
    return {f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in listed.items()}


def _with_ids(node: Any, ids: Ids, lists: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_with_ids(item, ids, lists) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _with_ids(value, ids, lists) for key, value in node.items()}
    if not isinstance(relation := node.get("x-relation"), dict) or "$ref" not in node:
        return inner
    choices = [(id, f"{type}: {title}") for type in relation["range"] for id, title in ids.get(type, ())]
    choices += [(word, "no record: the voice of the source") for word in relation.get("except", ())]
    if not choices:
        return inner
    name = "-".join((*relation["range"], *relation.get("except", ())))
    lists[name] = {"type": "string", "enum": [id for id, _ in choices], "enumDescriptions": [title for _, title in choices]}
    return {**inner, "$ref": f"ids.schema.json#/$defs/{name}"}


def snippets(ids: Ids) -> str:
    """A VS Code snippet file (JSON) that inserts an id, found by the id or by words of its title."""
    snippets_by_id = {
        id: {"scope": "yaml", "prefix": [id, title] if title != id else [id], "body": id, "description": f"{type}: {title}"}
        for type, records in ids.items()
        if type in PUBLISHED
        for id, title in records
    }
    return json.dumps(snippets_by_id, ensure_ascii=False, indent=1) + "\n"
