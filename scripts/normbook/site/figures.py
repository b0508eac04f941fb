"""Models of SVG figures, in SVG units. Each figure has a title, a description and links, and a table with the same content next to it."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

LETTER, HAN, LINE = 7.2, 13.8, 17  # labels: width of a Latin and of a Chinese letter, height of a line
WIDE, NARROW = 720, 320  # widths of a figure: beside others in a page, and on a phone
HEAD, GAP = 34, 9  # timeline: height of the names of lanes, least distance between two labels
YEARS, LEADER = 52, 28  # timeline: width reserved for years, and for the lines from a mark to its label
BELOW = 12 * LINE  # labels may end this far below the last year, so that they lie beside their marks and not above them
BAND = 8  # years; a longer time has a second scale for its last, crowded part
LEAST = 16  # units per year
STRIP, ACROSS = 26, 12  # coverage strip: size of a cell, cells per row
ARC_LEFT = 120  # map: width reserved for arcs


class Mark(NamedTuple):
    """An item of a figure: its date (day, month or year), the record, its type, and its names in all languages, which determine the room for its label.

    `lane` is the index of its lane in a timeline. `main` items are emphasised.
    """

    date: str
    id: str
    type: str
    names: tuple[str, ...] = ()
    lane: int = 0
    main: bool = False


def timeline(marks: Sequence[Mark], lanes: int = 1, width: int = WIDE) -> dict[str, Any]:
    """A vertical timeline on a true scale, with a column of labels for each lane or, if it is narrow, one for all.

    A label may lie above or below its mark, with a line between them. A time longer than BAND years has two scales, since most
    initiatives are recent: `times` says how many times as long a year is from the year `since`. A date without a day is a bar.
    """
    columns = lanes if width > NARROW else 1
    room = (width - YEARS) // columns
    heights = [_label_height(mark, room - LEADER - 8) for mark in marks]
    spans = [_span(mark.date) for mark in marks]
    scale = _scale(
        [(start, mark.lane if columns > 1 else 0, height) for mark, (start, _), height in zip(marks, spans, heights, strict=True)]
    )
    drawn: list[dict[str, Any]] = []
    for column in range(columns):
        own = [i for i, mark in enumerate(marks) if columns == 1 or mark.lane == column]
        ends = [(scale.at(spans[i][0]), scale.at(spans[i][1])) for i in own]
        tops = spread([(top + bottom) / 2 - 10 for top, bottom in ends], [heights[i] for i in own], HEAD, scale.bottom + BELOW)
        axis = YEARS + room * column
        for i, (top, bottom), label in zip(own, ends, tops, strict=True):
            mark = marks[i]
            middle = round((top + bottom) / 2)
            drawn.append({
                "id": mark.id, "type": mark.type, "date": mark.date, "main": mark.main, "lane": mark.lane, "x": axis, "y": middle, "top": round(top),
                "long": max(round(bottom) - round(top), len(mark.date) < len("2020-09-08")), "line": f"M{axis},{middle} L{axis + LEADER - 4},{round(label) + 10}",
                "label": {"x": axis + LEADER, "y": round(label), "width": room - LEADER - 8, "height": heights[i]},
            })  # fmt: skip
    drawn.sort(key=lambda each: (each["date"], each["type"], each["id"]))
    low = max((each["label"]["y"] + each["label"]["height"] for each in drawn), default=0)
    return {
        "marks": drawn, "years": scale.years(), "axes": [YEARS + room * column for column in range(columns)], "room": room, "top": HEAD,
        "since": scale.since, "times": scale.times, "break": round(scale.at(scale.since)) if scale.times > 1 else 0,
        "width": width, "bottom": round(scale.bottom), "height": max(round(scale.bottom), low) + 14,
    }  # fmt: skip


class _Scale(NamedTuple):
    """Years from `first` to before `last`, at `unit` units each, and `times` as many from the year `since`."""

    first: int
    since: int
    last: int
    unit: int
    times: int

    def at(self, year: float) -> float:
        """The height of a point in time."""
        return HEAD + 12 + self.unit * (min(year, self.since) - self.first) + self.unit * self.times * max(0.0, year - self.since)

    @property
    def bottom(self) -> float:
        """The height at which the last year ends."""
        return self.at(self.last)

    def years(self) -> list[dict[str, Any]]:
        """The years to name: all that have room, of the others the first and every fifth."""
        return [
            {"y": round(self.at(year)), "text": str(year), "named": year == self.first or year % 5 == 0 or year >= self.since}
            for year in range(self.first, self.last + 1)
        ]


def _scale(marks: Sequence[tuple[float, int, int]]) -> _Scale:
    """The scale for marks, each with its time, column and height of its label: long enough for the labels of the fullest column."""
    if not marks:
        return _Scale(2000, 2000, 2001, LEAST, 1)
    first, last = int(min(marks)[0]), int(max(marks)[0]) + 1
    since = first
    if last - first > BAND:
        since = max(year for year in range(first, last) if sum(time < year for time, _, _ in marks) <= max(1, len(marks) // 5))

    def room(start: int, end: int) -> int:
        columns: dict[int, int] = {}
        for time, column, height in marks:
            if start <= time < end:
                columns[column] = columns.get(column, 0) + height + GAP
        return max(columns.values(), default=0)

    crowded = max(room(year, year + 2) for year in range(since, last))  # labels of two full years may lie beside the years around them
    unit = max(LEAST, room(first, since) // (since - first) + 1) if since > first else 1
    recent = max(room(since, last) * 1.1 / (last - since), crowded / 3.4, 3 * LEAST)
    times = -int(-recent // unit)
    return _Scale(first, since, last, unit, times) if since > first else _Scale(first, first, last, times, 1)


def _span(value: str) -> tuple[float, float]:
    """The start and the end of a day, month or year, in years. A day has no length here.

    >>> _span("2020"), _span("2020-07-02")
    ((2020.0, 2021.0), (2020.5, 2020.5))
    """
    year, month, day = (int(part) for part in [*value.split("-"), "0", "0"][:3])
    days = 366 if isleap(year) else 365

    def part(month: int, day: int) -> float:
        return year + (date(year, month, day) - date(year, 1, 1)).days / days

    if day:
        return part(month, day), part(month, day)
    return (part(month, 1), part(month, 1) + monthrange(year, month)[1] / days) if month else (float(year), year + 1.0)


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Where labels begin that would begin at `wanted`, in order: as near as they can without overlapping, GAP apart, between top and bottom.

    If there is too little room, the last ones lie below the bottom.

    >>> spread([0, 5, 100], [20, 20, 20], 0, 200)
    [0.0, 29.0, 100.0]
    """
    groups: list[tuple[float, float, list[int]]] = []  # start, height, labels
    for i, start in enumerate(wanted):
        groups.append((max(top, min(start, bottom - heights[i])), heights[i], [i]))
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] + GAP > groups[-1][0]:
            (_, above, others), (_, below, labels) = groups[-2:]
            height = above + GAP + below
            own = _offsets([*others, *labels], heights)
            nearest = sum(wanted[each] - offset for each, offset in own) / len(own)
            groups[-2:] = [(max(top, min(nearest, bottom - height)), height, [*others, *labels])]
    return [start + offset for start, _, labels in groups for _, offset in _offsets(labels, heights)]


def _offsets(labels: Sequence[int], heights: Sequence[float]) -> list[tuple[int, float]]:
    """Labels with the distance of each from the start of their group."""
    ends = list(accumulate((heights[each] + GAP for each in labels), initial=0.0))
    return list(zip(labels, ends, strict=False))


def lines(text: str, width: float) -> int:
    """How many lines a label takes at most.

    >>> lines("Paris Call for Trust and Security in Cyberspace", 200)
    2
    """
    count, left = 1, width
    for word in text.replace("-", "- ").split():
        length = sum(HAN if letter >= "\u2e80" else LETTER for letter in word)
        if length > left:
            count += 1 if length <= width else -int(-length // width)
            left = width - length % width
        else:
            left -= length
        left -= LETTER * 0.6
    return count


def _label_height(mark: Mark, width: int) -> int:
    """The height of a label: a line for the date and those of its longest name; a main item is set in bold."""
    room = width * 0.9 if mark.main else width
    return LINE * (1 + max((lines(name, room) for name in mark.names), default=1))


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


def arcs(nodes: Sequence[Mark], ties: Sequence[Tie], width: int = WIDE) -> dict[str, Any]:
    """An arc diagram: nodes in a column, each tie as an arc on the left whose width grows with the distance."""
    room = width - ARC_LEFT - 16
    at: dict[str, int] = {}
    y = 0
    rows: list[dict[str, Any]] = []
    for node in nodes:
        height = LINE * max((lines(name, room) for name in node.names), default=1)
        at[node.id] = y + 13
        rows.append({"y": y + 13, "top": y, "room": room, "high": height + 8, "id": node.id, "date": node.date, "main": node.main})
        y += height + 16
    farthest = max((abs(at[tie.one] - at[tie.two]) for tie in ties), default=1) or 1
    drawn: list[dict[str, Any]] = []
    seen: dict[frozenset[str], int] = {}
    for tie in ties:
        ends = frozenset((tie.one, tie.two))
        seen[ends] = seen.get(ends, -1) + 1
        top, bottom = sorted((at[tie.one], at[tie.two]))
        reach = (
            20 + (ARC_LEFT - 50) * (bottom - top) // farthest + 10 * seen[ends]
        )  # a second tie of the same nodes is drawn outside the first
        path = f"M{ARC_LEFT},{top} C{ARC_LEFT - reach},{top} {ARC_LEFT - reach},{bottom} {ARC_LEFT},{bottom}"
        drawn.append({"path": path, "kind": tie.kind, "tie": tie})
    return {"rows": rows, "arcs": drawn, "axis": ARC_LEFT, "width": width, "height": y + 4}
