"""The exports read back into records, which shows that they lose nothing: N-Quads, the rows of the tables, SQLite, CSV."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse

from normbook.site.exports.tables import Row, Table
from normbook.site.exports.terms import PREFIXES, SHARED, expand, namespace, term

READ: Mapping[str, Callable[[str], Any]] = {
    "JSON": json.loads,
    "integer": int,
    "double": float,
    "boolean": "true".__eq__,
}  # the value of a literal, by its type
MADE = ("records", "corrections", "record_values")  # tables that hold nothing of a record that another does not


def records_from_nquads(content: bytes, site_url: str) -> dict[str, dict[str, Any]]:
    """The fields of every record, by id, from what `nquads` wrote, without the keys that hold null."""
    found: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for quad in parse(content, RdfFormat.N_QUADS):
        subject = str(quad.subject.value)
        found.setdefault(quad.graph_name.value, {}).setdefault(subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    keys = {expand(term(key), site_url): key for key in SHARED}
    own = namespace(site_url)
    made = {}
    for page, nodes in found.items():
        pairs = [*_values(page, nodes, keys, own, site_url)]
        fields = grown(pairs)
        made[fields["id"]] = fields
    return made


def without_nulls(value: Any) -> Any:
    """A value without the keys that hold null, of which RDF says nothing."""
    if isinstance(value, list):
        return [without_nulls(each) for each in value]
    return {key: without_nulls(inner) for key, inner in value.items() if inner is not None} if isinstance(value, Mapping) else value


def _values(
    page: str, nodes: Mapping[str, Mapping[str, list[Any]]], keys: Mapping[str, str], own: str, site_url: str
) -> Iterator[tuple[str, Any]]:
    """Each value of a record with its JSON Pointer."""
    member, kind, sequence = (expand(each, site_url) for each in ("rdf:_", "rdf:type", "rdf:Seq"))
    lists = {name for name, said in nodes.items() if any(each.value == sequence for each in said.get(kind, ()))}
    for name, said in nodes.items():
        pointer = "" if name == f"{page}#record" else name.removeprefix(f"{page}#")
        if name in lists:
            members = [(int(key.removeprefix(member)), each[0]) for key, each in said.items() if key.startswith(member)]
            if not members:
                yield pointer, []
            yield from ((f"{pointer}/{number - 1}", _plain(each, own)) for number, each in members if not _is_part(each, page))
            continue
        if not name.startswith(f"{page}#") or (pointer and not pointer.startswith("/")):
            continue
        empty = bool(pointer) and not any(key.startswith(own) or key in keys for key in said)
        if empty:
            yield pointer, {}
        for predicate, values in said.items():
            key = keys.get(predicate) or (predicate.removeprefix(own) if predicate.startswith(own) else "")
            if key and f"{page}#{pointer}/{key}" not in lists and not _is_part(values[0], page):
                yield f"{pointer}/{key}", _plain(values[0], own)


def _is_part(value: Any, page: str) -> bool:
    """Whether a value is a node of the record that tells of its own place."""
    return isinstance(value, NamedNode) and value.value.startswith(f"{page}#/")


def _plain(value: Any, own: str) -> Any:
    """A value as a record has it."""
    if isinstance(value, NamedNode):
        return value.value.rpartition("/")[2].removesuffix(".html#record")
    read = READ.get(value.datatype.value.removeprefix(PREFIXES["xsd"]).removeprefix(PREFIXES["rdf"]), str)
    return read(value.value)


def records_from_tables(tables: tuple[Table, ...], found: Mapping[str, Iterable[Row]]) -> dict[str, dict[str, Any]]:
    """The fields of every record, by id, from the rows of its tables. Cells that say nothing are None."""
    pairs: dict[str, list[tuple[str, Any]]] = {row[0]: [("/id", row[0])] for row in found["records"]}
    for table in tables:
        named = [(place, each) for place, each in enumerate(table.columns) if each.path and "*" not in each.path and each.name != "id"]
        at = {each.name: place for place, each in enumerate(table.columns)}
        for row in found.get(table.name, ()) if table.name not in MADE else ():
            own = pairs[row[at["record"]] if "record" in at else row[0]]
            pointer = row[at["pointer"]] if "pointer" in at else ""
            own += [(f"{pointer}/{'/'.join(each.path)}", row[place]) for place, each in named if row[place] is not None]
            if "value" in at and not table.columns[at["value"]].path:
                own.append((pointer, json.loads(row[at["value"]]) if table.name == "nothings" else row[at["value"]]))
    return {id: grown(found) for id, found in pairs.items()}


def read_database(base: sqlite3.Connection, tables: Iterable[Table]) -> dict[str, list[Row]]:
    """The rows of every table, in order."""
    found: dict[str, list[Row]] = {}
    for table in tables:
        kinds = [column.kind for column in table.columns]
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        stored = base.execute(f"select {names} from {table.name} order by rowid")
        found[table.name] = [
            tuple(bool(cell) if kind == "boolean" and cell is not None else cell for cell, kind in zip(row, kinds, strict=True))
            for row in stored
        ]
    return found


def read_sheet(table: Table, text: str) -> Iterator[Row]:
    """The rows of a table as they were before they were written."""
    rows = csv.reader(io.StringIO(text, newline=""))
    assert next(rows) == [each.name for each in table.columns], f"{table.name} has other columns"
    for row in rows:
        yield tuple(
            None if cell == "" else bare(cell) if column.kind == "string" else json.loads(cell)
            for cell, column in zip(row, table.columns, strict=True)
        )


def bare(cell: str) -> str:
    """What a cell says.

    >>> bare("'=1+1"), bare("''quoted'"), bare("plain")
    ('=1+1', "'quoted'", 'plain')
    """
    return cell.removeprefix("'")


def grown(pairs: Iterable[tuple[str, Any]]) -> Any:
    """The value that has these values at these JSON Pointers, in any order. No key of a record is a number, so numbers are places in lists.

    >>> grown([("/a/1", "y"), ("/a/0", "x"), ("/b/c", None), ("/d", [])])
    {'a': ['x', 'y'], 'b': {'c': None}, 'd': []}
    """
    root: dict[str, Any] = {}
    for pointer, value in pairs:
        *way, last = pointer.split("/")[1:]
        here = root
        for part in way:
            inner = here.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = here[part] = {}
            here = inner
        if not (value in ([], {}) and isinstance(here.get(last), dict)):
            here[last] = value
    return _settled(root)


def _settled(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_settled(value[key]) for key in sorted(value, key=int)]
    return {key: _settled(inner) for key, inner in value.items()}
