"""All tables as one SQLite file with primary keys, checked foreign keys and full-text search, and the metadata for Datasette.

The search uses trigrams, so that it finds Chinese words as well as parts of English ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from normbook.site.exports.tables import Column, Row, Table

STORED = {"string": "text", "integer": "integer", "number": "real", "boolean": "integer"}  # true is 1, false is 0
QUERIES = {
    "who_denies_what": (
        "Words that a speaker denies",
        "Every quotation whose speaker raises the words in order to reject them, with the speaker.",
        "select e.record, r.type, e.source, e.exact, e.speaker from evidence e join records r on r.id = e.record where e.stance = 'denied' order by e.source, e.id",
    ),
    "principles_by_theme": (
        "Principles under a theme",
        "The principles of all initiatives that share a theme.",
        "select t.value as theme, p.id, p.title, p.initiative, p.modality from principles_themes t join principles p on p.id = t.record where t.value = :theme order by p.initiative, p.ordinal",
    ),
    "words_found": (
        "Records that hold some words",
        "Full-text search over all words of all records; at least three characters together.",
        "select r.id, r.type, r.title, snippet(records_fts, -1, '[', ']', ' … ', 12) as words from records_fts join records r on r.rowid = records_fts.rowid where records_fts match '\"' || replace(:words, '\"', '\"\"') || '\"' order by rank, r.id",
    ),
}  # fmt: skip


def write_database(tables: Iterable[Table], rows: Mapping[str, list[Row]], texts: Iterable[tuple[str, str]], to: BinaryIO) -> int:
    """Writes the database; returns the number of rows. Its bytes depend only on the rows and the version of SQLite."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.execute("pragma page_size = 4096")
        base.execute("begin")
        count = 0
        for table in tables:
            base.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            found = rows.get(table.name, [])
            base.executemany(f"insert into {table.name} values ({marks})", found)  # noqa: S608 - names from our own schemas
            count += len(found)
            for column in table.columns:
                if column.refers and column.name != "id":
                    base.execute(f"create index {table.name}_by_{column.name} on {table.name} ({column.name})")
        base.execute("create table texts (source text primary key references sources (id), cleaned text not null)")
        base.executemany("insert into texts values (?, ?)", list(texts))
        base.execute("create virtual table records_fts using fts5 (title, words, content='records', tokenize='trigram')")
        base.execute("insert into records_fts (records_fts) values ('rebuild')")
        base.execute("insert into records_fts (records_fts) values ('optimize')")
        base.execute("commit")
        broken = base.execute("pragma foreign_key_check").fetchall()
        assert not broken, f"rows with a dangling reference: {broken[:3]}"
        base.execute("vacuum")
        to.write(base.serialize())
    finally:
        base.close()
    return count


def _create(table: Table) -> str:
    return f"create table {table.name} (" + ", ".join(map(_column, table.columns)) + ")"


def _column(column: Column) -> str:
    key = " primary key" if column.name == "id" else ""
    needed = " not null" if column.required else ""
    refers = f" references {column.refers} (id)" if column.refers else ""
    return f'"{column.name}" {STORED[column.kind]}{key}{needed}{refers}'


def datasette(site: Mapping[str, str], tables: Iterable[Table], license_url: str) -> dict[str, Any]:
    """The metadata that Datasette shows beside the tables, with the canned queries."""
    described = {
        table.name: {"description": table.words, "columns": {each.name: each.words for each in table.columns if each.words}}
        for table in tables
    }
    described["records"] |= {"label_column": "title", "fts_table": "records_fts", "fts_pk": "rowid"}
    queries = {name: {"title": title, "description": words, "sql": sql} for name, (title, words, sql) in QUERIES.items()}
    return {
        "title": site["name"],
        "description": site["description"],
        "license": "CC0-1.0",
        "license_url": license_url,
        "source_url": site["url"],
        "databases": {"normbook": {"tables": described, "queries": queries}},
    }
