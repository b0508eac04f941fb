"""What the last check knew, as a small database in one file of build/: taken whole or not at all.

The file is a mark, the SHA-256 of all that follows, and a database of SQLite. It is read into memory, compared with its sum, and written
anew beside itself: so a torn, foreign or damaged file counts for nothing, two runs at once cannot mix, and no kill leaves half of one.
Its rows are text and JSON. (A pickle would run what another put into it; and it would have to be loaded whole.)
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from normbook.findings.finding import Problem
from normbook.workspace.files import write

NAME = "check.memory"  # in build/
MARK = b"normbook check 2\n"
# long rows stand in tables with a rowid: without one SQLite gives each a page of its own
TABLES = """
create table meta(key text primary key, value text) without rowid;
create table files(shown text primary key, type text, id text, stamp text, digest text, sound int,
  problems text, brief text, links text, claims text, fields text);
create table named(target text, shown text, primary key(target, shown)) without rowid;
create table units(unit text primary key, problems text) without rowid;
create table reads(note text, unit text, primary key(note, unit)) without rowid;
create index read_by on reads(unit);
create table sources(id text primary key, part text, signature text, problems text, readings text, cleaned text, corrected text);
create table quoted(source text, key text, found text, primary key(source, key)) without rowid;
"""


class Store:
    """A database in memory that knows how to be kept."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        self.changed = False

    def rows(self, query: str, values: Iterable[Any] = ()) -> Iterator[Any]:
        """The rows of a query."""
        return self.base.execute(query, tuple(values))

    def row(self, query: str, values: Iterable[Any] = ()) -> Any:
        """The first row of a query, None if there is none."""
        return self.base.execute(query, tuple(values)).fetchone()

    def put(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Runs a statement once for each row."""
        self.base.executemany(query, rows)
        self.changed = True

    def content(self) -> bytes:
        """The database as bytes."""
        self.base.commit()
        return self.base.serialize()

    def keep(self, path: Path) -> None:
        """Writes the database to a file, if anything in it has changed. Where nothing can be written nothing is kept."""
        if self.changed:
            content = self.content()
            with suppress(OSError):
                write(path, MARK + hashlib.sha256(content).digest() + content, durable=False)


def new_store(key: str) -> Store:
    """An empty store that rests on what `key` stands for."""
    base = sqlite3.connect(":memory:")
    base.executescript(TABLES)
    store = Store(base)
    store.put("insert into meta values ('key', ?)", [(key,)])
    return store


def made_store(content: bytes) -> Store:
    """The store of what `content` gave, to be kept."""
    store = Store(sqlite3.connect(":memory:"))
    store.base.deserialize(content)
    store.changed = True
    return store


def open_store(path: Path, key: str) -> Store | None:
    """What was kept in a file, if it is whole and rests on what `key` stands for."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    start = len(MARK) + 32
    if not content.startswith(MARK) or hashlib.sha256(memoryview(content)[start:]).digest() != content[len(MARK) : start]:
        return None
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(content[start:])
        kept = base.execute("select value from meta where key = 'key'").fetchone()
    except sqlite3.Error:
        return None
    return Store(base) if kept == (key,) else None


def packed(value: Any) -> str:
    """A value of JSON as a row holds it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def pack_problems(problems: Iterable[Problem]) -> str:
    """Findings as a row holds them."""
    rows = [
        (each.path, each.line, each.column, each.code, each.message, each.hint, each.pointer, each.level, each.source_line)
        for each in problems
    ]
    return packed(rows) if rows else "[]"


def unpack_problems(text: str) -> list[Problem]:
    """The findings of a row."""
    return [Problem(*each) for each in json.loads(text)] if text != "[]" else []
