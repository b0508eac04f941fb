"""People named with an office: each case is a text and the people that it names, all of them. A file dropped into cases/people adds tests."""

from __future__ import annotations

from typing import Any

import pytest

from normbook.extraction.speakers import find_speakers
from tools.projects import ROOT, read_yaml

CASES = [case for path in sorted((ROOT / "tests" / "cases" / "people").glob("*.yaml")) for case in read_yaml(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_text_names_these_people_with_these_offices(case: dict[str, Any]) -> None:
    assert {each.name: each.office for each in find_speakers(case["text"])} == case["people"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_the_span_of_a_person_holds_name_and_office(case: dict[str, Any]) -> None:
    for each in find_speakers(case["text"]):
        together = case["text"][each.start : each.end]
        assert each.name in together and each.office in together


def test_the_verb_of_saying_beside_a_person_is_told() -> None:
    assert [
        each.verb
        for each in find_speakers("Mayor Ana Brook told us. It was late in the day when they came. The reeve, Per Lund, was away.")
    ] == ["told", None]


def test_there_are_cases_without_a_person() -> None:
    assert sum(not case["people"] for case in CASES) > 5
