"""What lets an editor complete the ids of records: schemas in which every reference lists the ids there are, and snippets of all ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED

Ids = Mapping[str, Sequence[tuple[str, str]]]


def ids_by_type(records: Iterable[Record]) -> dict[str, list[tuple[str, str]]]:
    """The id and title of every record, in order, by type."""
    found: dict[str, list[tuple[str, str]]] = {type: [] for type in FOLDERS}
    for record in sorted(records, key=lambda each: each.id):
        found[record.type].append((record.id, record.title))
    return found


def schemas_with_ids(schemas: Schemas, ids: Ids) -> dict[str, str]:
    """Each schema as JSON by file name, a reference allowing exactly the ids of its range, each described by its title.

    They refer to each other by file name, as those in schema/ do, so that they work in a folder of their own and without a network.
    The ids of each range stand once, in ids.schema.json.
    """
    lists: dict[str, Any] = {}
    made = {name: _listed(document, ids, lists) for name, document in schemas.documents.items()}
    made["ids"] = {"$schema": schemas.documents["common"]["$schema"], "$defs": dict(sorted(lists.items()))}
    return {f"{name}.schema.json": json.dumps(each, ensure_ascii=False, indent=1) + "\n" for name, each in made.items()}


def _listed(node: Any, ids: Ids, lists: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_listed(each, ids, lists) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _listed(value, ids, lists) for key, value in node.items()}
    if not isinstance(said := node.get("x-relation"), dict) or "$ref" not in node:
        return inner
    known = [(id, f"{type}: {title}") for type in said["range"] for id, title in ids.get(type, ())]
    known += [(word, "no record: the voice of the source") for word in said.get("except", ())]
    if not known:
        return inner
    name = "-".join((*said["range"], *said.get("except", ())))
    lists[name] = {"type": "string", "enum": [id for id, _ in known], "enumDescriptions": [title for _, title in known]}
    return {**inner, "$ref": f"ids.schema.json#/$defs/{name}"}


def snippets(ids: Ids) -> str:
    """Every id as a snippet for YAML, found by the id or by words of the title: JSON in the form of VS Code."""
    made = {
        id: {"scope": "yaml", "prefix": [id, title] if title != id else [id], "body": id, "description": f"{type}: {title}"}
        for type, known in ids.items()
        if type in PUBLISHED
        for id, title in known
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
