"""Records that wait to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.records.model import Record
from normbook.records.scaffold.new_record import unfilled


def wanting(record: Record) -> Problem | None:
    """The finding that a record has places which nobody has filled in, None if it has none."""
    lines = unfilled(record.lines)
    if not lines:
        return None
    shown = record.lines[lines[0] - 1]
    column = len(shown) - len(shown.lstrip()) + 1
    rest = f", and {len(lines) - 1} more, in the line{'s' * (len(lines) > 2)} {', '.join(map(str, lines[1:]))}" if len(lines) > 1 else ""
    message = f"here something is to be filled in{rest}"
    return Problem(
        record.path, lines[0], column, "N350", message, "write the value, and remove the comment that asks for it", "", "error", shown
    )


def placeholders(subject: Subject) -> Iterator[Problem]:
    """Every record is filled in: the marks of a scaffold are gone."""
    yield from filter(None, map(wanting, subject.records()))


def correction_placeholders(subject: Subject) -> Iterator[Problem]:
    """So is every correction file."""
    yield from filter(None, map(wanting, subject.corrections.values()))
