"""Pictures as SVG, each with a title, a description and links; the same content stands in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

WIDTH, LEFT, ROW = 760, 112, 34


class Mark(NamedTuple):
    """One thing on a timeline: its date (day, month or year), its words, where it leads, and its type."""

    date: str
    title: str
    path: str
    type: str


def timeline(marks: Sequence[Mark]) -> dict[str, Any]:
    """What the timeline's template draws: one row a mark, in order, years apart by a rule; lengths in SVG units."""
    rows: list[dict[str, Any]] = []
    y, year = 0, ""
    for mark in marks:
        if mark.date[:4] != year:
            year = mark.date[:4]
            y += 26 if rows else 10
            rows.append({"kind": "year", "y": y, "text": year})
            y += 12
        rows.append(
            {"kind": "mark", "y": y + ROW // 2, "date": shown(mark.date), "title": mark.title, "path": mark.path, "type": mark.type}
        )
        y += ROW
    return {"rows": rows, "width": WIDTH, "height": y + 12, "axis": LEFT}


def shown(value: str) -> str:
    """A date as the timeline writes it, no more precise than it is.

    >>> shown("2020-09-08"), shown("2020-09"), shown("2020")
    ('8 Sep 2020', 'Sep 2020', '2020')
    """
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    month = date(2000, parts[1], 1).strftime("%b") if len(parts) > 1 else ""
    return f"{parts[2]} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"
