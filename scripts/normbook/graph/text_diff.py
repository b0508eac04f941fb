"""Differences between the texts of two states: added, removed and changed corrections, and the lines of each reading that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.records.model import Record


class CorrectionChange(NamedTuple):
    """An added, removed or changed correction: its source and id, its fields before and after; None if it did not or does not exist."""

    source: str
    id: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


class LineChange(NamedTuple):
    """Changed lines of a reading: the source, the reading, the line number in the new text (from 1), the lines before and after."""

    source: str
    reading: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def correction_changes(old: Mapping[str, Record], new: Mapping[str, Record]) -> tuple[CorrectionChange, ...]:
    """The changed corrections, by source and in the order of the file."""
    result: list[CorrectionChange] = []
    for source in sorted({*old, *new}):
        before, after = (_by_id(corrections.get(source)) for corrections in (old, new))
        ids = [*after, *(id for id in before if id not in after)]
        result += (CorrectionChange(source, id, before.get(id), after.get(id)) for id in ids if before.get(id) != after.get(id))
    return tuple(result)


def _by_id(record: Record | None) -> dict[str, Mapping[str, Any]]:
    return {correction["id"]: correction for correction in record.fields["corrections"]} if record else {}


def text_changes(old: Mapping[str, Readings], new: Mapping[str, Readings]) -> tuple[LineChange, ...]:
    """The changed lines of the cleaned and the corrected readings, for sources that exist in both states."""
    return tuple(
        change
        for source in sorted({*old} & {*new})
        for reading, before, after in (
            ("cleaned", old[source].cleaned.text, new[source].cleaned.text),
            ("corrected", old[source].corrected, new[source].corrected),
        )
        if before != after
        for change in _line_changes(source, reading, before.split("\n"), after.split("\n"))
    )


def _line_changes(source: str, reading: str, old: list[str], new: list[str]) -> Iterator[LineChange]:
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield LineChange(source, reading, new_start + 1, tuple(old[old_start:old_end]), tuple(new[new_start:new_end]))
