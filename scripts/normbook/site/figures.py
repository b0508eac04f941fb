"""Models of SVG figures, in SVG units. Each figure has a title, a description and links, and a table with the same content next to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

LEFT, ROW, LETTER = 118, 34, 8.2  # timeline: left margin, row height, width of a letter
CELL, HEAD = 36, 150  # heat map: size of a cell, height of the column names
STRIP, ACROSS = 26, 24  # coverage strip: size of a cell, cells per row
ARC_LEFT, ARC_ROW = 150, 38  # map: width reserved for arcs, row height


class Mark(NamedTuple):
    """An item of a figure: its date (day, month or year), the record, its type, and its title, which determines the width."""

    date: str
    id: str
    type: str
    title: str = ""


def timeline(marks: Sequence[Mark]) -> dict[str, Any]:
    """A timeline: one row per mark, in order, with a line for each year."""
    rows: list[dict[str, Any]] = []
    y, year = 0, ""
    for mark in marks:
        if mark.date[:4] != year:
            year = mark.date[:4]
            y += 26 if rows else 10
            rows.append({"kind": "year", "y": y, "text": year})
            y += 12
        rows.append({"kind": "mark", "y": y + ROW // 2, "date": mark.date, "id": mark.id, "type": mark.type})
        y += ROW
    return {"rows": rows, "width": LEFT + _widest(marks), "height": y + 12, "axis": LEFT}


def _widest(marks: Sequence[Mark]) -> int:
    return 32 + round(LETTER * max((len(mark.title) for mark in marks), default=0))


def heat(rows: Sequence[Mark], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> dict[str, Any]:
    """A heat map: a cell for each row and column with its count and a shade from 0 (none) to 4 (most); row names are to the right."""
    most = max((count for row in counts for count in row), default=0)
    cells = [
        {"x": CELL * c, "y": HEAD + CELL * r, "count": count, "shade": -(-4 * count // most) if most else 0, "row": rows[r].id, "column": columns[c]}
        for r, row in enumerate(counts)
        for c, count in enumerate(row)
    ]  # fmt: skip
    heads = [{"id": id, "x": CELL * c + CELL // 2, "y": HEAD - 10} for c, id in enumerate(columns)]
    names = [{"id": each.id, "x": CELL * len(columns) + 10, "y": HEAD + CELL * r + CELL // 2 + 5} for r, each in enumerate(rows)]
    width = CELL * len(columns) + _widest(rows)
    return {
        "cells": cells,
        "heads": heads,
        "names": names,
        "size": CELL - 4,
        "half": CELL // 2,
        "width": width,
        "height": HEAD + CELL * len(rows) + 6,
    }


def strip(counts: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """A coverage strip: one cell per sentence, ACROSS per row, with the sentence's id and the number of records that cite it."""
    cells = [
        {"eid": eid, "count": count, "x": (i % ACROSS) * STRIP + 1, "y": (i // ACROSS) * STRIP + 1, "shade": min(count, 3)}
        for i, (eid, count) in enumerate(counts)
    ]
    across = min(len(counts), ACROSS) or 1
    return {"cells": cells, "size": STRIP - 2, "width": across * STRIP, "height": (-(-len(counts) // ACROSS) or 1) * STRIP}


class Tie(NamedTuple):
    """A relation between two nodes of the map: its kind and number."""

    one: str
    two: str
    kind: str
    times: int


def arcs(nodes: Sequence[Mark], ties: Sequence[Tie]) -> dict[str, Any]:
    """An arc diagram: nodes in a column, each tie as an arc on the left whose width grows with the distance."""
    at = {node.id: ARC_ROW * i + ARC_ROW // 2 for i, node in enumerate(nodes)}
    farthest = max((abs(at[tie.one] - at[tie.two]) for tie in ties), default=1) or 1
    drawn: list[dict[str, Any]] = []
    seen: dict[frozenset[str], int] = {}
    for tie in ties:
        ends = frozenset((tie.one, tie.two))
        seen[ends] = seen.get(ends, -1) + 1
        top, bottom = sorted((at[tie.one], at[tie.two]))
        reach = (
            24 + (ARC_LEFT - 60) * (bottom - top) // farthest + 14 * seen[ends]
        )  # a second tie between the same nodes is drawn outside the first
        drawn.append(
            {
                "path": f"M{ARC_LEFT},{top} C{ARC_LEFT - reach},{top} {ARC_LEFT - reach},{bottom} {ARC_LEFT},{bottom}",
                "kind": tie.kind,
                "tie": tie,
            }
        )
    rows = [{"y": at[node.id], "id": node.id, "date": node.date} for node in nodes]
    return {"rows": rows, "arcs": drawn, "axis": ARC_LEFT, "width": ARC_LEFT + _widest(nodes), "height": ARC_ROW * len(nodes) + 6}
