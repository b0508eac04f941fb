"""Days: each is in the calendar, none lies ahead, and those that depend on each other agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.records.model import Record
from normbook.records.yaml.loaded import escape

DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
LENGTHS = (7, 10)  # of a month and of a day
NOT_DAYS = frozenset({"exact", "prefix", "suffix", "text", "title", "derivation"})
IN_ID = re.compile(r"(?<!\d)((?:19|20)\d\d(?:-\d\d-\d\d)?)(?!\d)")


def calendar(context: CheckContext) -> Iterator[Problem]:
    """Every day of a record is in the calendar and not later than the day of the commit; a report is no older than what it reports."""
    for record in context.records():
        for pointer, value in _days(record.fields, "", []):
            if len(value) == 10 and not _is_day(value):
                yield record.problem(pointer, "N314", f"there is no day {value}", "write the day that the source gives")
            elif context.day and value > context.day[: len(value)]:
                yield record.problem(
                    pointer, "N315", f"{value} lies ahead of the day that is checked", "write the day on which it happened, or was seen"
                )
        yield from _against_id(record)
        if record.type == "source":
            yield from _before_its_event(context, record)


def _days(value: Any, pointer: str, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Adds every day or month in a value, with its pointer, to those found before."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, (dict, list)):
                _days(item, f"{pointer}/{number}", found)
            elif isinstance(item, str) and len(item) in LENGTHS and DAY.fullmatch(item):
                found.append((f"{pointer}/{number}", item))
        return found
    for key, inner in value.items():
        if isinstance(inner, str):
            if len(inner) in LENGTHS and key not in NOT_DAYS and DAY.fullmatch(inner):
                found.append((f"{pointer}/{escape(key)}", inner))
        elif isinstance(inner, (dict, list)) and key not in NOT_DAYS:
            _days(inner, f"{pointer}/{escape(key)}", found)
    return found


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _against_id(record: Record) -> Iterator[Problem]:
    """An event or a statement that is called after a day is of that day."""
    value = str((record.fields.get("date") or {}).get("value", "")) if record.type in ("event", "statement") else ""
    named = IN_ID.search(record.id)
    if value and named and not (named[1].startswith(value) or value.startswith(named[1])):
        yield record.problem(
            "/date/value",
            "N316",
            f"the id names {named[1]}, the date is {value}",
            "correct the one that is wrong; a published id stays",
            level="warning",
        )


def _before_its_event(context: CheckContext, record: Record) -> Iterator[Problem]:
    """A report that is dated before the event that it reports."""
    published = (record.fields.get("published") or {}).get("value", "")
    for number, id in enumerate(record.fields.get("reports", ())):
        event = context.graph.records.get(id) if id in context.graph.briefs else None
        held = ((event.fields.get("date") or {}).get("value", "") if event else "")[: len(published)]
        if held and published[: len(held)] < held:
            yield record.problem(
                f"/reports/{number}",
                "N316",
                f"it is published on {published}, before {id} on {held}",
                "correct the date that is wrong",
                level="warning",
            )
