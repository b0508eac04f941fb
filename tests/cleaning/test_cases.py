"""The cases of the benchmark `benchmarks/policytext`, kind by kind: faults that users of other tools reported, and more of the same kinds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benchmarks.policytext.assertions import CHECKS, Answer, keys_of
from benchmarks.policytext.cases import SETS, Case, read_cases
from normbook.extraction.report import report
from normbook.text.decoding import decode

EVERY = [case for group in SETS for case in read_cases(group)]
KINDS = sorted({case.kind for case in EVERY})


def missed(case: Case) -> list[Any]:
    """What does not hold of a case."""
    said = report(case.id, case.content, None, date.fromisoformat(case.published) if case.published else None)
    answer = Answer(said, decode(case.content).text)
    return [*answer.missed(case.expect), *([] if answer.reverts() else ["the edits do not lead from the received text to the cleaned one"])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_cases_of_a_kind_hold(kind: str) -> None:
    wrong = {case.id: found for case in EVERY if case.kind == kind and bool(found := missed(case)) != case.fails}
    assert not wrong  # also fails for a case marked `fails` that has come to pass


def test_every_kind_of_fault_has_ten_cases_of_our_own_with_known_assertions() -> None:
    for kind in KINDS:
        assert sum(case.kind == kind and case.group == "own" for case in EVERY) >= 10
    assert len({(case.group, case.id) for case in EVERY}) == len(EVERY)
    for case in EVERY:
        assert set(keys_of(case.expect)) <= set(CHECKS), case.id
    assert sum(case.fails for case in EVERY) <= 4
