"""A gate keeps a rule from being asked, and never from finding something: cleaning is the same with every gate open."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normbook.cleaning.all_rules import RULES
from normbook.cleaning.clean import clean, clean_by
from normbook.cleaning.rule import rule
from normbook.text.characters import ODDITIES, SPACE_LIKE, UNSEEN, alphabet
from normbook.text.ledger import Edit
from tests.cleaning.test_rules import CASES
from tests.text.test_ledger_laws import HOSTILE

OPEN = RULES.in_layers(gated=False)
SINGLE = sorted({"?", "&", "'", '"', "(", ")", "5", *ODDITIES, *SPACE_LIKE, *UNSEEN, *"\t\u3000\u0300\u0301鈥ā¡£¨ÖÃé“”‘’"} - {"\ud800"})
SOUGHT = sorted({case["before"] for case in CASES if len(case["before"]) < 200})
PLAIN = st.sampled_from(
    ["The charts are open.", "the", "a ", "x", "12", "\n", "\n\n", " ", ". ", ",", "Port Alwen", "海图", "été", "карты"]
)
TEXTS = st.lists(st.one_of(PLAIN, PLAIN, HOSTILE, st.sampled_from(SINGLE), st.sampled_from(SOUGHT)), max_size=10).map("".join)


@given(TEXTS)
@example("He said it. \n")
@example("\n")
@example("")
@example("5 G users")
def test_cleaning_is_the_same_with_every_gate_open(text: str) -> None:
    assert clean(text) == clean_by(text, OPEN)


@given(TEXTS)
def test_a_rule_behind_a_shut_gate_finds_nothing(text: str) -> None:
    letters = alphabet(text)
    asked = {each.name for layer in RULES.in_layers() for each in layer.asked(text, letters)}
    for name, each in RULES.items():
        if name not in asked:
            assert not list(each.find(text)), name


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_every_case_of_a_rule_is_the_same_with_every_gate_open(case: dict[str, str]) -> None:
    assert clean(case["before"]) == clean_by(case["before"], OPEN)


def test_some_gates_are_shut_and_all_of_them_can_be_opened() -> None:
    def asked(text: str, gated: bool) -> set[str]:
        return {each.name for layer in RULES.in_layers(gated=gated) for each in layer.asked(text, alphabet(text))}

    plain = "The charts are open.\n"
    assert asked(plain, False) == set(RULES)
    assert asked(plain, True) == {"glued-sentence", "glued-word"}
    assert asked("The\xa0charts (of 2021) are “open”.\r\n", True) >= {"space", "newline", "lost-parenthesis", "quote-direction"}


def test_a_need_that_is_too_narrow_would_be_seen() -> None:
    with RULES.restored():
        declare = rule(
            "narrow",
            layer="character",
            summary="The first letter is made a capital.",
            wrong_when="Wrong when a text begins with a small letter.",
            needs="#",
        )
        declare(lambda text: [Edit(0, 1, "a", "A")] if text.startswith("a") else [])
        assert clean("a chart\n").text == "a chart\n"
        assert clean_by("a chart\n", RULES.in_layers(gated=False)).text == "A chart\n"
