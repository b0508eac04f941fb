"""Dates of texts: each case is a text and all that it says of when. A file dropped into cases/dates adds tests."""

from __future__ import annotations

from typing import Any

import pytest

from normbook.extraction.report import report
from tools.projects import ROOT, read_yaml

CASES = [case for path in sorted((ROOT / "tests" / "cases" / "dates").glob("*.yaml")) for case in read_yaml(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_text_has_these_dates_and_no_other(case: dict[str, Any]) -> None:
    found = report("case", case["text"].encode())
    dates = found["dates"]
    published, dateline, event = dates["published"], dates["dateline"], dates["event"]
    assert (published and published["value"]) == case["published"]
    assert (dateline and [dateline["place"], dateline["agency"], dateline["value"]]) == case["dateline"]
    assert (event and event["value"]) == case["event"]
    assert sorted({each["code"] for each in found["problems"]} & {"N623", "N624"}) == case.get("flags", [])
    if "refused" in case:
        assert [each["words"] for each in found["candidates"]] == case["refused"]
        assert all(each["reason"] and found["text"][each["start"] : each["end"]] == each["words"] for each in found["candidates"])


def test_what_is_inferred_is_never_stated() -> None:
    given = report("case", "Les ministres signent\n\nLes ministres ont signé un accord sur les cartes le 03/04/2020 à Lorient.\n".encode())
    assert (given["dates"]["event"]["value"], given["dates"]["event"]["basis"]) == ("2020-04-03", "derived")
    given = report("case", b"Published: 3 May 2024\n\nStates agree\n\nThe ministers met on 1 May in Tolk and agreed on charts.\n")
    assert (given["dates"]["event"]["value"], given["dates"]["event"]["basis"]) == ("2024-05-01", "derived")


def test_a_month_alone_has_the_precision_of_a_month() -> None:
    event = report("case", b"Rules adopted\n\nThe council adopted the rules in July 2018 at a meeting in Riga.\n")["dates"]["event"]
    assert (event["value"], event["precision"]) == ("2018-07", "month")


def test_there_are_cases_in_which_nothing_is_invented() -> None:
    assert sum(case["event"] is None for case in CASES) > 5
