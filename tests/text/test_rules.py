"""Every rule on its cases: what it changes, and what it must leave alone. A file dropped into cases/rules adds tests."""

from __future__ import annotations

import pytest
import yaml

from normbook.text.clean import clean
from normbook.text.edits import Edit, Ledger
from normbook.text.rules import RULES
from tools.projects import ROOT

CASES = [case for path in sorted((ROOT / "tests" / "cases" / "rules").glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_rule_gives_the_expected_text(case: dict[str, str]) -> None:
    edits = [found for found in RULES[case["rule"]].find(case["before"]) if isinstance(found, Edit)]
    assert Ledger.from_edits(edits).apply(case["before"]) == case["after"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_cleaning_the_case_can_be_undone_and_comes_to_rest(case: dict[str, str]) -> None:
    cleaned = clean(case["before"])
    assert cleaned.ledger.revert(cleaned.text) == case["before"]
    assert clean(cleaned.text).text == cleaned.text


def test_every_rule_has_a_case_and_a_negative_case() -> None:
    positive = {case["rule"] for case in CASES if case["before"] != case["after"]}
    negative = {case["rule"] for case in CASES if case["before"] == case["after"]}
    flagging_only = {"odd-character"}
    assert set(RULES) - flagging_only == positive
    assert set(RULES) == negative


def test_every_rule_says_what_it_does_and_when_it_would_be_wrong() -> None:
    for rule in RULES.values():
        assert len(rule.summary) > 20, rule.name
        assert rule.wrong_when.startswith("Wrong when ") and len(rule.wrong_when) > 25 and ">>>" not in rule.wrong_when, rule.name


def test_no_rule_names_a_seed_or_a_document_of_its_own() -> None:
    """A rule that mentions a person, a place, an agency or an address of one document is a correction, not a rule."""
    text = ROOT / "scripts" / "normbook" / "text"
    for path in text.glob("*.py"):
        code = "\n".join(line for line in path.read_text("utf-8").split("\n") if ">>>" not in line)
        for word in ("laoag", "chinadaily", "people.cn", "undercode", "chineseconsulate", "seed-00"):
            assert word not in code.lower(), (path.name, word)


def test_a_rule_that_is_switched_off_is_not_run() -> None:
    assert clean("5 G users", without=("split-generation",)).text == "5 G users"


def test_an_unknown_rule_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        clean("text", without=("no-such-rule",))
