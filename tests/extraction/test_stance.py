"""Denials in many words: what stands in them is never an assertion, what stands beside them is. Cases are data."""

from __future__ import annotations

from typing import Any

import pytest

from normbook.extraction.stance import find_denied, negated_before
from tools.projects import ROOT, read_yaml

FOLDER = ROOT / "tests" / "cases" / "stance"
CASES: list[dict[str, Any]] = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_yaml(path)]


def verdict(sentence: str, span: str) -> str:
    """What the check says of a span recorded as asserted: refused, review or passes."""
    start = sentence.index(span)
    end = start + len(span)
    found = "passes"
    for denied in find_denied(sentence):
        covers = start <= denied.cue_start and denied.cue_end <= end
        if not covers and start < denied.end and denied.start < end:
            if denied.certain:
                return "refused"
            found = "review"
    return found


def wrong(case: dict[str, Any]) -> list[str]:
    """The spans of a case that are judged otherwise than it expects."""
    found = [f"denied: {span}" for span in case.get("denied", ()) if verdict(case["sentence"], span) != "refused"]
    found += [f"asserted: {span}" for span in case.get("asserted", ()) if verdict(case["sentence"], span) == "refused"]
    return found + [f"review: {span}" for span in case.get("review", ()) if verdict(case["sentence"], span) != "review"]


KNOWN = {case["label"] for case in read_yaml(FOLDER / "denials.yaml") if case.get("known_failure")}
PARAMETERS = [
    pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(reason="a known failure", strict=True)] if case["label"] in KNOWN else [])
    for case in CASES
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_what_is_denied_is_refused_and_what_is_asserted_passes(case: dict[str, Any]) -> None:
    assert wrong(case) == []


def test_the_cases_are_many_and_of_both_kinds() -> None:
    assert sum(len(case.get("denied", ())) for case in CASES) > 150
    assert sum(len(case.get("asserted", ())) for case in CASES) > 150
    assert len(KNOWN) <= 3


def test_a_quotation_that_holds_the_denial_too_passes() -> None:
    sentence = "China firmly rejects the false accusation that China buys data, and urges others to work together."
    assert verdict(sentence, "China buys data") == "refused"
    assert verdict(sentence, "rejects the false accusation that China buys data") == "passes"
    assert verdict(sentence, "urges others to work together") == "passes"


@pytest.mark.parametrize(
    ("sentence", "span", "word"),
    [
        ("We have never asked any company to collect data.", "asked any company", "never"),
        ("It does not hold that companies must obey.", "companies must obey", ""),
        ("They did not sign, and companies must obey.", "companies must obey", ""),
        ("Companies must obey local laws.", "obey local laws", ""),
    ],
)
def test_a_negation_left_out_is_seen(sentence: str, span: str, word: str) -> None:
    assert negated_before(sentence, sentence.index(span)) == word
