"""The records as tables: laid out by the schemas, one a record type and one a list, every row with an id of its own; and back.

A row's id is the record's id, or the record's id, `#` and the JSON Pointer of the list item that the row is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from normbook.publish.forms.tree import grown, nothings
from normbook.publish.shelf import Shelf
from normbook.records.model import Record
from normbook.records.schema import FOLDERS, Schemas

TYPES = tuple(type for type in FOLDERS if type != "correction")


class Column(NamedTuple):
    """A column: its name, the path of its value from the row's own place, what it holds, the table that it refers to, and what the schema says."""

    name: str
    path: tuple[str, ...]
    kind: str
    refers: str = ""
    required: bool = False
    words: str = ""


class Table(NamedTuple):
    """A table: its name, what it lists, its columns (id first), the path of its list from the row of `parent`, and the tables of its own lists."""

    name: str
    words: str
    columns: tuple[Column, ...]
    parent: str = ""
    path: tuple[str, ...] = ()
    children: tuple[Table, ...] = ()

    def whole(self) -> Iterator[Table]:
        """This table and those below it, parents first."""
        yield self
        for each in self.children:
            yield from each.whole()


Row = tuple[Any, ...]
ID = Column("id", (), "string", "", True, "The name of the row.")
RECORD = Column("record", (), "string", "records", True, "The record that the row is a part of.")
POINTER = Column("pointer", (), "string", "", True, "The JSON Pointer of the row's value in its record.")
BEARS = Table("evidence_bears", "The claims that a piece of evidence names, as JSON Pointers.", (ID, RECORD, POINTER, Column("parent", (), "string", "evidence", True, "The evidence."), Column("value", (), "string", "", True, "The JSON Pointer of the claim.")), "evidence", ("for",))  # fmt: skip
NOTHINGS = Table("nothings", "Where a record says null, or holds an empty text, list or object: no cell can tell that from no value.", (ID, RECORD, POINTER, Column("value", (), "string", "", True, "What stands there, as JSON.")))  # fmt: skip
RECORDS = Table(
    "records",
    "Every record of every type, with all its words.",
    (
        Column("id", (), "string", "", True, "The name of the record."),
        Column("type", (), "string", "", True, "The record's type."),
        Column("title", (), "string", "", True, "The editors' label."),
        Column("page", (), "string", "", True, "The address of its page."),
        Column("publication", (), "string", "", True, "draft, published or withdrawn."),
        Column("words", (), "string", "", True, "All texts of the record, one a line, to be searched."),
    ),
)  # fmt: skip


def layout(schemas: Schemas) -> tuple[Table, ...]:
    """The tables of all records, those that are referred to before those that refer to them where that can be."""
    evidence = _evidence(schemas)
    typed = [_of_type(schemas, type) for type in TYPES]
    return (RECORDS, *(each for table in typed for each in table.whole()), evidence, BEARS, NOTHINGS)


def _of_type(schemas: Schemas, type: str) -> Table:
    folder = FOLDERS[type]
    properties = schemas.properties(type)
    columns = [*_columns(schemas, {"properties": properties, "required": schemas.documents[type].get("required", ())}, (), type)]
    head = [ID._replace(refers="records", words=columns[0].words), *columns[1:]]
    children = tuple(_lists(schemas, {"properties": properties}, (), folder, folder, type))
    return Table(folder, str(schemas.documents[type].get("description", "")), tuple(head), children=children)


def _columns(schemas: Schemas, schema: Mapping[str, Any], path: tuple[str, ...], type: str) -> Iterator[Column]:
    for key, value in schema.get("properties", {}).items():
        inner = schemas.resolve(value)
        way = (*path, key)
        if "properties" in inner:
            yield from _columns(schemas, inner, way, type)
        elif "items" not in inner and key != "evidence":
            required = not path and key in schema.get("required", ()) and "null" not in inner.get("type", "")
            yield Column("_".join(way), way, _kind(inner), _refers(inner), required, str(inner.get("description", "")))
            if "except" in inner.get("x-relation", {}):
                said = f"{inner.get('description', '')} Empty where it is no record."
                yield Column(f"{'_'.join(way)}_record", (*way, "*"), "string", _refers({**inner, "x-relation": {**inner["x-relation"], "except": []}}), False, said)  # fmt: skip


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "string")
    return "integer" if "integer" in ([kinds] if isinstance(kinds, str) else kinds) else "string"


def _refers(schema: Mapping[str, Any]) -> str:
    """The table that a value names a row of, empty if none, or if it may also be a word."""
    said = schema.get("x-relation", {})
    if not said or said.get("except"):
        return ""
    return FOLDERS[said["range"][0]] if len(said["range"]) == 1 else "records"


def _lists(
    schemas: Schemas, schema: Mapping[str, Any], path: tuple[str, ...], prefix: str, parent: str, type: str
) -> Iterator[Table]:
    for key, value in schema.get("properties", {}).items():
        inner = schemas.resolve(value)
        way = (*path, key)
        if "properties" in inner:
            yield from _lists(schemas, inner, way, prefix, parent, type)
        elif "items" in inner and key != "evidence":
            item = schemas.resolve(inner["items"])
            name = f"{prefix}_{'_'.join(way)}"
            parented = Column("parent", (), "string", parent, True, "The row that the list stands in.")
            own = [*_columns(schemas, item, (), type)] or [
                Column("value", (), _kind(item), _refers(item), True, str(item.get("description", "")))
            ]
            named = [each._replace(name=f"own_{each.name}") if each.name in ("id", "record", "pointer", "parent") else each for each in own]
            yield Table(name, str(inner.get("description", "")), (ID, RECORD, POINTER, parented, *named), parent, way, tuple(_lists(schemas, item, (), name, name, type)))  # fmt: skip


def _evidence(schemas: Schemas) -> Table:
    """One table for all evidence, wherever it stands; `kind` tells quotations from texts outside."""
    quotation, outside = (schemas.resolve({"$ref": f"common.schema.json#/$defs/{each}"}) for each in ("quotation", "outside"))
    both = {"properties": {key: value for key, value in {**quotation["properties"], **outside["properties"]}.items() if key != "for"}}
    kind = Column("kind", ("*",), "string", "", True, "quotation, or outside for a text that is not held here.")
    words = "Every piece of evidence, with the words, the speaker and the stance of quotations."
    return Table("evidence", words, (ID, RECORD, POINTER, kind, *_columns(schemas, both, (), "")), "", ("evidence",), ())


def rows(shelf: Shelf, tables: tuple[Table, ...]) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table: of the records by type and id, each record's rows in the order of the record."""
    by_name = {table.name: table for table in tables}
    for type in TYPES:
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
    if isinstance(value, Mapping):
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
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


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
        for number, bears in enumerate(entry.get("for", ())):
            place = f"{each.pointer}/for/{number}"
            yield "evidence_bears", (f"{record.id}#{place}", record.id, place, name, bears)


def records_from_tables(tables: tuple[Table, ...], found: Mapping[str, Iterable[Row]]) -> dict[str, dict[str, Any]]:
    """The fields of every record, by id, from the rows of its tables. Cells that say nothing are None."""
    import json

    pairs: dict[str, list[tuple[str, Any]]] = {row[0]: [("/id", row[0])] for row in found["records"]}
    for table in tables:
        named = [(place, each) for place, each in enumerate(table.columns) if each.path and "*" not in each.path and each.name != "id"]
        at = {each.name: place for place, each in enumerate(table.columns)}
        for row in found.get(table.name, ()) if table.name != "records" else ():
            own = pairs[row[at["record"]] if "record" in at else row[0]]
            pointer = row[at["pointer"]] if "pointer" in at else ""
            own += [(f"{pointer}/{'/'.join(each.path)}", row[place]) for place, each in named if row[place] is not None]
            if "value" in at and not table.columns[at["value"]].path:
                own.append((pointer, json.loads(row[at["value"]]) if table.name == "nothings" else row[at["value"]]))
    return {id: grown(found) for id, found in pairs.items()}
