"""What a change does to the texts: corrections that came, went or read otherwise, and the lines of each reading that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.records.model import Record


class Recorrected(NamedTuple):
    """A correction that is another: its source and id, its fields before and after, None for nothing."""

    source: str
    id: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


class Reread(NamedTuple):
    """Lines of a reading that differ: the source, the reading, the line (from 1, of the new text), before and after."""

    source: str
    reading: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def correction_changes(old: Mapping[str, Record], new: Mapping[str, Record]) -> tuple[Recorrected, ...]:
    """The corrections that are not as they were, by source and in the order of the text."""
    found: list[Recorrected] = []
    for source in sorted({*old, *new}):
        before, after = (_by_id(each.get(source)) for each in (old, new))
        ids = [*after, *(id for id in before if id not in after)]
        found += (Recorrected(source, id, before.get(id), after.get(id)) for id in ids if before.get(id) != after.get(id))
    return tuple(found)


def _by_id(record: Record | None) -> dict[str, Mapping[str, Any]]:
    return {each["id"]: each for each in record.fields["corrections"]} if record else {}


def text_changes(old: Mapping[str, Readings], new: Mapping[str, Readings]) -> tuple[Reread, ...]:
    """The lines of the cleaned and the corrected readings that differ, of sources that both states hold."""
    return tuple(
        each
        for source in sorted({*old} & {*new})
        for reading, before, after in (
            ("cleaned", old[source].cleaned.text, new[source].cleaned.text),
            ("corrected", old[source].corrected, new[source].corrected),
        )
        if before != after
        for each in _lines(source, reading, before.split("\n"), after.split("\n"))
    )


def _lines(source: str, reading: str, old: list[str], new: list[str]) -> Iterator[Reread]:
    for kind, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Reread(source, reading, three + 1, tuple(old[one:two]), tuple(new[three:four]))
