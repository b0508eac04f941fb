"""The rows of the tables, from the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from normbook.records.model import Record
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import Shelf
from normbook.site.exports.tables import Column, Row, Table


def rows(shelf: Shelf, tables: tuple[Table, ...]) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table: of the records by type and id, each record's rows in the order of the record."""
    by_name = {table.name: table for table in tables}
    for type in PUBLISHED:
        for id in shelf.graph.ids_of(type):
            record = shelf.graph.records[id]
            page = shelf.site["url"] + shelf.url(id)
            publication = str(record.fields["status"]["publication"])
            yield "records", (id, type, record.title, page, publication, "\n".join(dict.fromkeys(_texts(record.fields))))
            yield FOLDERS[type], _cells(by_name[FOLDERS[type]], record.fields, id, "", "", shelf)
            yield from _below(by_name[FOLDERS[type]].children, record.fields, id, id, "", shelf)
            yield from _evidence_rows(by_name["evidence"], record, shelf)
            yield from (("nothings", (f"{id}#{pointer}", id, pointer, word)) for pointer, word in nothings(record.fields))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and value:
        yield value


def _cells(table: Table, value: Any, id: str, pointer: str, parent: str, shelf: Shelf) -> Row:
    own = {"id": f"{id}#{pointer}" if pointer else id, "record": id, "pointer": pointer, "parent": parent}
    return tuple(own[each.name] if each.name in own and not each.path else _cell(each, value, shelf) for each in _headed(table))


@cache
def _headed(table: Table) -> tuple[Column, ...]:
    """The columns of a table, the row's own id told from the record's field of that name."""
    return tuple(each._replace(path=()) if each.name == "id" else each for each in table.columns)


def _cell(column: Column, value: Any, shelf: Shelf) -> Any:
    if column.path == ("*",):
        return "outside" if "url" in value else "quotation"
    for key in column.path:
        if key == "*":
            return value if value in shelf.graph.briefs else None
        value = value.get(key) if isinstance(value, dict) else None
    return value if column.kind != "string" or value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _below(tables: tuple[Table, ...], value: Any, id: str, parent: str, pointer: str, shelf: Shelf) -> Iterator[tuple[str, Row]]:
    for table in tables:
        items: Any = value
        for key in table.path:
            items = items.get(key) if isinstance(items, Mapping) else None
        for number, item in enumerate(items or ()):
            place = f"{pointer}/{'/'.join(table.path)}/{number}"
            yield table.name, _cells(table, item, id, place, parent, shelf)
            yield from _below(table.children, item, id, f"{id}#{place}", place, shelf)


def _evidence_rows(table: Table, record: Record, shelf: Shelf) -> Iterator[tuple[str, Row]]:
    for each in record.evidence:
        entry = shelf.graph.get(record.id, each.pointer)
        name = f"{record.id}#{each.pointer}"
        yield "evidence", _cells(table, entry, record.id, each.pointer, "", shelf)
        yield from _below(table.children, entry, record.id, name, each.pointer, shelf)
        for number, bears in enumerate(entry.get("for", ())):
            place = f"{each.pointer}/for/{number}"
            yield "evidence_bears", (f"{record.id}#{place}", record.id, place, name, bears)


def nothings(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Where a record holds null, an empty text, list or object, which a cell of a table cannot tell from no value, each as JSON."""
    if value is None or value in ("", [], {}):
        yield pointer, json.dumps(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from nothings(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from nothings(inner, f"{pointer}/{number}")
