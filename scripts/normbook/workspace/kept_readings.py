"""Readings as a row of a store holds them, or as one process hands them to another."""

from __future__ import annotations

import json
from typing import Any

from normbook.cleaning.clean import Readings
from normbook.structure.lists.item import Enumeration, Point
from normbook.structure.segments import Segment, Segmented
from normbook.text.decoding import Received
from normbook.text.ledger import Cleaned, Edit, Flag, Ledger
from normbook.text.lines import Line
from normbook.workspace.store import packed


def pack_readings(readings: Readings) -> str:
    """Readings as a row holds them."""
    cleaned = readings.cleaned
    received = readings.received
    segments, lists, lines = readings.segmented
    return packed(
        [
            [received.text, received.encoding, received.sha256, received.flags],
            [cleaned.text, cleaned.ledger.edits, cleaned.flags],
            readings.corrections.edits,
            readings.misfits,
            [segments, lists, [(line.start, line.end, line.role) for line in lines]],
        ]
    )


def unpack_readings(text: str) -> Readings:
    """The readings of a row."""
    from normbook.cleaning.clean import Misfit

    received, cleaned, corrections, misfits, segmented = json.loads(text)
    return Readings(
        Received(received[0], received[1], received[2], tuple(Flag(*each) for each in received[3])),
        Cleaned(cleaned[0], _ledger(cleaned[1]), tuple(Flag(*each) for each in cleaned[2])),
        _ledger(corrections),
        tuple(Misfit(*each) for each in misfits),
        _segmented(cleaned[0], *segmented),
    )


def _segmented(text: str, segments: list[Any], lists: list[Any], lines: list[Any]) -> Segmented:
    named = tuple((eid, Enumeration(tuple(Point(*each) for each in points), declared, tuple(intro), *rest)) for eid, (points, declared, intro, *rest) in lists)  # fmt: skip
    return Segmented(tuple(Segment(*each) for each in segments), named, tuple(Line(start, end, text[start:end], role) for start, end, role in lines))  # fmt: skip


def _ledger(edits: list[Any]) -> Ledger:
    return Ledger(tuple(Edit(start, end, raw, new, tuple(rules)) for start, end, raw, new, rules in edits))
