"""All tables as one SQLite file with primary keys, checked foreign keys and full-text search, and the metadata for Datasette.

The search finds words of any length, English ones in all their forms. Chinese is written without spaces, so the column `han` lists the words of up to eight signs that a
reader may look for: every part of every run of Chinese signs.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from normbook.site.exports.tables import Column, Row, Table

HAN = re.compile("[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff]+")
LONGEST = 8  # signs of a Chinese word that the search knows
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
        "Full-text search over all words of all records; several words must follow each other.",
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
        base.execute("alter table records add column han text not null default ''")
        base.create_function("parts_of_han", 1, parts_of_han, deterministic=True)
        base.execute("update records set han = parts_of_han(title || ' ' || words)")
        # Datasette and sqlite-utils look for the name of the table in double quotation marks
        base.execute('create virtual table records_fts using fts5 (title, words, han, content="records", tokenize="porter unicode61")')
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


def parts_of_han(text: str) -> str:
    """The parts of each run of Chinese signs, of one to eight signs, each once, in order; empty without any.

    >>> parts_of_han("the 数据 of 数")
    '数 数据 据'
    """
    found: dict[str, None] = {}
    for run in HAN.findall(text):
        for start in range(len(run)):
            found.update(dict.fromkeys(run[start:end] for end in range(start + 1, min(start + LONGEST, len(run)) + 1)))
        found[run] = None
    return " ".join(found)


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
    han = {"han": "The Chinese words of the record and their parts, for the search."}
    described["records"] |= {
        "columns": {**described["records"]["columns"], **han},  # type: ignore[dict-item]
        "label_column": "title",
        "fts_table": "records_fts",
        "fts_pk": "rowid",
    }
    queries = {name: {"title": title, "description": words, "sql": sql} for name, (title, words, sql) in QUERIES.items()}
    return {
        "title": site["name"],
        "description": site["description"],
        "license": "CC0-1.0",
        "license_url": license_url,
        "source_url": site["url"],
        "databases": {"normbook": {"tables": described, "queries": queries}},
    }
