"""Tables as CSV: UTF-8, RFC 4180, and no cell that a spreadsheet would run as a formula.

A cell that begins with one of = + - @ (also in full width), a tab, a line end or an apostrophe is preceded by an apostrophe, which readers
have to remove. A value that begins with an apostrophe therefore has two.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from normbook.site.exports.tables import Row, Table

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
DIALECT = "A cell that would begin with = + - @ (also in full width), a tab, a line end or an apostrophe has an apostrophe before it, so that no spreadsheet runs it: take one away."


def guarded(value: str) -> str:
    """A cell that no spreadsheet runs as a formula.

    >>> guarded("=1+1"), guarded("'quoted'"), guarded("plain")
    ("'=1+1", "''quoted'", 'plain')
    """
    return "'" + value if value.startswith(FORMULA) else value


def write_sheet(table: Table, rows: Iterable[Row], to: BinaryIO) -> int:
    """Writes a table; returns the number of rows. An empty cell means no value."""
    text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(each.name for each in table.columns)
    count = 0
    for row in rows:
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell if cell is None else json.dumps(cell) for cell in row)
        count += 1
    text.flush()
    text.detach()
    return count
