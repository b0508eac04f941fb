"""Tables as Parquet: every column with its type, texts as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED


class Column(NamedTuple):
    """A column: its name, the path to its value within the row, its data type, the table that it refers to, whether it is required, and its description."""

    name: str
    path: tuple[str, ...]
    kind: str
    refers: str = ""
    required: bool = False
    words: str = ""


class Table(NamedTuple):
    """A table: its name, description, columns (id first), the path of its list within a row of `parent`, and the tables of its own lists."""

    name: str
    words: str
    columns: tuple[Column, ...]
    parent: str = ""
    path: tuple[str, ...] = ()
    children: tuple[Table, ...] = ()

    def whole(self) -> Iterator[Table]:
        """The table and its descendants, parents first."""
        yield self
        for each in self.children:
            yield from each.whole()


Row = tuple[Any, ...]
KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
ID = Column("id", (), "string", "", True, "The name of the row.")
RECORD = Column("record", (), "string", "records", True, "The record that the row is a part of.")
POINTER = Column("pointer", (), "string", "", True, "The JSON Pointer of the row's value in its record.")
BEARS = Table("evidence_bears", "The claims that a piece of evidence names, as JSON Pointers.", (ID, RECORD, POINTER, Column("parent", (), "string", "evidence", True, "The evidence."), Column("value", (), "string", "", True, "The JSON Pointer of the claim.")), "evidence", ("for",))  # fmt: skip
NOTHINGS = Table("nothings", "Where a record has null or an empty text, list or object. A cell cannot distinguish these from a missing value.", (ID, RECORD, POINTER, Column("value", (), "string", "", True, "The value, as JSON.")))  # fmt: skip
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
    """The tables of all records; if possible, tables come before those that refer to them."""
    evidence = _evidence(schemas)
    typed = [_of_type(schemas, type) for type in PUBLISHED]
    return (RECORDS, *(each for table in typed for each in table.whole()), *evidence.whole(), BEARS, NOTHINGS)


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
    """The data type of a column: string, integer, number or boolean. Values of mixed or other types are written as strings."""
    declared = schema.get("type") or [KINDS.get(type(value), "string") for value in schema.get("enum", [schema.get("const")])]
    kinds = {declared} if isinstance(declared, str) else set(declared) - {"null"}
    return kinds.pop() if len(kinds) == 1 and kinds <= set(KINDS.values()) else "number" if kinds == {"integer", "number"} else "string"


def _refers(schema: Mapping[str, Any]) -> str:
    """The table that a value refers to; empty if none, or if the value may also be a plain word."""
    said = schema.get("x-relation", {})
    if not said or said.get("except"):
        return ""
    return FOLDERS[said["range"][0]] if len(said["range"]) == 1 else "records"


def _lists(schemas: Schemas, schema: Mapping[str, Any], path: tuple[str, ...], prefix: str, parent: str, type: str) -> Iterator[Table]:
    for key, value in schema.get("properties", {}).items():
        inner = schemas.resolve(value)
        way = (*path, key)
        if "properties" in inner:
            yield from _lists(schemas, inner, way, prefix, parent, type)
        elif "items" in inner and key != "evidence":
            item = schemas.resolve(inner["items"])
            name = f"{prefix}_{'_'.join(way)}"
            parented = Column("parent", (), "string", parent, True, "The row that contains the list.")
            own = [*_columns(schemas, item, (), type)] or [
                Column("value", (), _kind(item), _refers(item), True, str(item.get("description", "")))
            ]
            named = [each._replace(name=f"own_{each.name}") if each.name in ("id", "record", "pointer", "parent") else each for each in own]
            yield Table(name, str(inner.get("description", "")), (ID, RECORD, POINTER, parented, *named), parent, way, tuple(_lists(schemas, item, (), name, name, type)))  # fmt: skip


def _evidence(schemas: Schemas) -> Table:
    """One table for all evidence in any place; `kind` distinguishes quotations from outside sources."""
    quotation, outside = (schemas.resolve({"$ref": f"common.schema.json#/$defs/{each}"}) for each in ("quotation", "outside"))
    both = {"properties": {key: value for key, value in {**quotation["properties"], **outside["properties"]}.items() if key != "for"}}
    kind = Column("kind", ("*",), "string", "", True, "quotation, or outside for an outside page.")
    words = "Every piece of evidence, with the words, the speaker and the stance of quotations."
    lists = tuple(_lists(schemas, both, (), "evidence", "evidence", ""))
    return Table("evidence", words, (ID, RECORD, POINTER, kind, *_columns(schemas, both, (), "")), "", ("evidence",), lists)


def write_parquet(table: Table, rows: Sequence[Row], to: BinaryIO) -> int:
    """Writes a table; returns the number of rows. Without threads and with a fixed order, the bytes depend only on the rows."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds: dict[str, Any] = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([pa.field(each.name, kinds[each.kind], nullable=not each.required) for each in table.columns])
    columns = zip(*rows, strict=True) if rows else [() for _ in table.columns]
    arrays = [pa.array(values, kinds[each.kind]) for values, each in zip(columns, table.columns, strict=True)]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), to, compression="zstd")
    return len(rows)
