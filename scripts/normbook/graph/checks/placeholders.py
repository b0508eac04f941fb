"""Checks that records have no placeholders left."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.records.model import Record
from normbook.records.scaffold.new_record import placeholder_lines


def placeholder_finding(record: Record) -> Problem | None:
    """The finding for a record with placeholders, None if it has none."""
    lines = placeholder_lines(record.lines)
    if not lines:
        return None
    source_line = record.lines[lines[0] - 1]
    column = len(source_line) - len(source_line.lstrip()) + 1
    rest = f"; {len(lines) - 1} more on line{'s' * (len(lines) > 2)} {', '.join(map(str, lines[1:]))}" if len(lines) > 1 else ""
    message = f"a placeholder has not been filled in{rest}"
    return Problem(
        record.path, lines[0], column, "N350", message, "write the value, and remove the comment above it", "", "error", source_line
    )


def placeholders(context: CheckContext) -> Iterator[Problem]:
    """No record has placeholders from `normbook new`."""
    yield from filter(None, map(placeholder_finding, context.records()))


def correction_placeholders(context: CheckContext) -> Iterator[Problem]:
    """No correction file has placeholders."""
    yield from filter(None, map(placeholder_finding, context.corrections.values()))
