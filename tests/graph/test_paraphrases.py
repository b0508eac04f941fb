"""Dates that rest on texts outside the book: each of the records passes, and each moved by a year, a month or a day is refused where its paraphrase names a day."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from normbook.graph.checks.paraphrases import paraphrases
from normbook.graph.claims import claims
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.graph.support.days import stated_days
from normbook.graph.support.verdicts import DATE, KINDS, shape
from normbook.records.model import Outside, Record
from normbook.workspace.load import Project

MOVES = {
    "year": lambda day: f"{int(day[:4]) + 1}{day[4:]}",
    "month": lambda day: f"{day[:5]}{int(day[5:7]) % 12 + 1:02}{day[7:]}",
    "day": lambda day: f"{day[:8]}{int(day[8:]) % 28 + 1:02}",
}


def found(project: Project, record: Record) -> list[str]:
    context = CheckContext(link({record.id: record}, project.schemas), project.schemas, {}, {}, None)
    return [each.code for each in paraphrases(context)]


def resting(project: Project) -> list[tuple[Record, str]]:
    """The dates to the day that only texts outside the book support, and whose paraphrases name a day."""
    return [
        (record, pointer)
        for record in project.records.values()
        for pointer, borne in claims(record, project.schemas).evidence.items()
        if KINDS.get(shape(pointer)) is DATE
        and all(isinstance(each.what, Outside) for each in borne)
        and any(True for each in borne if isinstance(each.what, Outside) for _ in stated_days(each.what.paraphrase))
        and len(_parent(record.fields, pointer)["value"]) == 10
    ]


def _parent(fields: Any, pointer: str) -> dict[str, Any]:
    for part in pointer.strip("/").split("/"):
        fields = fields[int(part)] if isinstance(fields, list) else fields[part]
    return fields if isinstance(fields, dict) else {"value": fields}


def test_no_date_of_the_records_differs_from_its_paraphrase(project: Project) -> None:
    assert [record.id for record in project.records.values() if found(project, record)] == []


@pytest.mark.parametrize("move", MOVES)
def test_a_date_that_is_moved_is_refused(project: Project, move: str) -> None:
    dates = resting(project)
    assert len(dates) > 25
    passed = []
    for record, pointer in dates:
        fields = copy.deepcopy(record.fields)
        holder = _parent(fields, pointer)
        holder["value"] = MOVES[move](holder["value"])
        if not found(project, Record(record.type, record.id, record.path, fields)):
            passed.append((record.id, pointer))
    assert len(passed) <= len(dates) * 0.1, passed  # another day that the paraphrase names too
