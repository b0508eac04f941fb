"""Dates of texts: each case is a text and all that it says of when. A file dropped into cases/dates adds tests."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from normbook.extraction.report import report
from tools.projects import ROOT

CASES = [case for path in sorted((ROOT / "tests" / "cases" / "dates").glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_text_has_these_dates_and_no_other(case: dict[str, Any]) -> None:
    dates = report("case", case["text"].encode())["dates"]
    published, dateline, event = dates["published"], dates["dateline"], dates["event"]
    assert (published and published["value"]) == case["published"]
    assert (dateline and [dateline["place"], dateline["agency"], dateline["value"]]) == case["dateline"]
    assert (event and event["value"]) == case["event"]


def test_there_are_cases_in_which_nothing_is_invented() -> None:
    assert sum(case["event"] is None for case in CASES) > 5
