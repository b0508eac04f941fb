"""Every rule on its cases: what it changes, and what it must leave alone. A file dropped into cases/rules adds tests."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normbook.cleaning.all_rules import RULES, edit_class
from normbook.cleaning.clean import clean
from normbook.cleaning.rule import LAYERS, Layer, rule
from normbook.extraction.report import report
from normbook.text.ledger import Edit, Ledger
from normbook.text.lines import DROPPED
from normbook.workspace.fingerprint import PACKAGE, depends_on
from tools.projects import ROOT, read_yaml

CASES = [case for path in sorted((ROOT / "tests" / "cases" / "rules").glob("*.yaml")) for case in read_yaml(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_rule_gives_the_expected_text(case: dict[str, str]) -> None:
    edits = [found for found in RULES[case["rule"]].find(case["before"]) if isinstance(found, Edit)]
    assert Ledger.from_edits(edits).apply(case["before"]) == case["after"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_cleaning_with_this_rule_alone_gives_the_expected_text(case: dict[str, str]) -> None:
    cleaned = clean(case["before"], without=[name for name in RULES if name != case["rule"]])
    assert cleaned.text == case["after"]
    assert {name for edit in cleaned.ledger.edits for name in edit.rules} <= {case["rule"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['label']}")
def test_cleaning_the_case_can_be_undone_and_comes_to_rest(case: dict[str, str]) -> None:
    cleaned = clean(case["before"])
    assert (cleaned.text == case["after"]) is not case.get("others_act", False)
    assert cleaned.ledger.revert(cleaned.text) == case["before"]
    assert clean(cleaned.text).text == cleaned.text


def test_every_rule_has_a_case_and_a_negative_case() -> None:
    positive = {case["rule"] for case in CASES if case["before"] != case["after"]}
    negative = {case["rule"] for case in CASES if case["before"] == case["after"]}
    flagging_only = {"odd-character"}
    assert set(RULES) - flagging_only == positive
    assert set(RULES) == negative


def test_the_layer_for_boilerplate_has_one_rule_for_each_role_of_a_line_that_is_dropped() -> None:
    assert {name for name, each in RULES.items() if each.layer == "boilerplate"} == DROPPED


def test_every_rule_says_what_it_does_and_when_it_would_be_wrong() -> None:
    for each in RULES.values():
        assert len(each.summary) > 20, each.name
        assert each.wrong_when.startswith("Wrong when ") and len(each.wrong_when) > 25 and ">>>" not in each.wrong_when, each.name


LONGEST_SHARED = 3  # words in a row that a rule or its example may share with a seed by chance


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    """Every run of one word more than that."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + LONGEST_SHARED + 1]) for at in range(len(words) - LONGEST_SHARED)}


@pytest.fixture(scope="module")
def words_of_seeds() -> set[tuple[str, ...]]:
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    assert len(seeds) == 5
    return {run for path in seeds for line in path.read_text("utf-8").split("\n") for run in runs_of_words(line)}


@pytest.fixture(scope="module")
def sources() -> list[Path]:
    """The code and tables of all folders that cleaning and the report of a text run."""
    folders = {path.parent for path in depends_on(report.__module__).files} - {PACKAGE}
    return sorted({path for folder in folders for ending in ("py", "toml") for path in folder.rglob(f"*.{ending}")})


def test_no_module_names_a_seed_or_a_document_of_its_own(sources: list[Path], words_of_seeds: set[tuple[str, ...]]) -> None:
    """What mentions a person, a place, an agency or an address of one document is a correction, not a rule; so is an example in its words."""
    found = []
    for path in sources:
        code = path.read_text("utf-8")
        names = [word for word in ("laoag", "chinadaily", "people.cn", "undercode", "chineseconsulate", "seed-00") if word in code.lower()]
        lines = [number for number, line in enumerate(code.split("\n"), 1) if runs_of_words(line) & words_of_seeds]
        found += [f"{path.relative_to(PACKAGE)} names {word}" for word in names]
        found += [f"{path.relative_to(PACKAGE)}:{number} holds words of a seed" for number in lines]
    assert found == []


def test_the_sources_looked_at_are_those_that_cleaning_runs(sources: list[Path]) -> None:
    assert set(sources) >= {Path(function.__code__.co_filename) for function in (clean, report)}


def test_an_example_in_the_words_of_a_seed_would_be_seen(words_of_seeds: set[tuple[str, ...]]) -> None:
    assert runs_of_words('>>> [edit.new for edit in rule("Title Xinhua) 22:40, November 20, 2024")]') & words_of_seeds
    assert runs_of_words('>>> rule("the number of 5 G users")') & words_of_seeds


def a_new_rule() -> None:
    """Registers a rule as a newcomer would: the decorator and nothing else."""

    @rule(
        "paired-apostrophe",
        layer="character",
        summary="Two straight apostrophes in a row become a quotation mark.",
        wrong_when="Wrong when they stand for seconds of arc.",
        needs="'",
    )
    def paired_apostrophes(text: str) -> Iterator[Edit]:
        yield from (Edit(match.start(), match.end(), match[0], '"') for match in re.finditer("''", text))


@pytest.mark.parametrize("end", ["\n", " \n", ""])
def test_a_rule_that_is_registered_is_run_by_cleaning_with_no_other_change(end: str) -> None:
    before = tuple(RULES)
    text = "He said ''yes''."
    with RULES.restored():
        a_new_rule()
        cleaned = clean(text + end)
        assert cleaned.text == 'He said "yes".' + end.strip(" ")
        assert [edit.rules for edit in cleaned.ledger.edits if edit.new] == [("paired-apostrophe",)] * 2
        assert edit_class(("paired-apostrophe", "newline")) == "character"
        assert clean(text + end, without=["paired-apostrophe"]).text == text + end.strip(" ")
    assert tuple(RULES) == before
    assert clean(text + end).text == text + end.strip(" ")


@pytest.mark.parametrize("layer", LAYERS)
def test_a_rule_that_declares_no_need_is_always_asked(layer: Layer) -> None:
    asked: list[str] = []

    def find(text: str) -> list[Edit]:
        asked.append(text)
        return []

    with RULES.restored():
        rule("listening", layer=layer, summary="Nothing is changed by this one.", wrong_when="Wrong when a change is needed.")(find)
        clean("The charts are open.\n")
    assert asked == ["The charts are open.\n"]


def test_a_name_is_used_once_and_a_need_is_one_that_a_gate_can_look_for() -> None:
    declared: dict[str, Any] = {
        "layer": "character",
        "summary": "Nothing is changed by this one.",
        "wrong_when": "Wrong when a change is needed.",
    }
    with RULES.restored():
        with pytest.raises(ValueError, match="duplicate rule name 'newline'"):
            rule("newline", **declared)(lambda text: ())
        for needs in ("", "\n", ["ab"]):
            with pytest.raises(ValueError, match="`needs` must be single characters"):
                rule("another", **declared, needs=needs)(lambda text: ())
        with pytest.raises(ValueError, match="expected a layer of encoding, character, boilerplate, wrap, token, found 'marks'"):
            rule("another", **declared | {"layer": "marks"})(lambda text: ())
        with pytest.raises(ValueError, match=r"expected a `summary` of 21 characters or more, found 'Nothing is changed.'"):
            rule("another", **declared | {"summary": "Nothing is changed."})(lambda text: ())
        for words in ("When a change is needed in a text.", "Wrong when it is needed."):
            with pytest.raises(
                ValueError, match=f"`wrong_when` to begin with 'Wrong when ' and to have 26 characters or more, found '{words}'"
            ):
                rule("another", **declared | {"wrong_when": words})(lambda text: ())
        assert "another" not in RULES


def test_the_order_of_rules_does_not_depend_on_which_module_is_imported_first() -> None:
    code = "import normbook.cleaning.rules.spacing.rule, normbook.cleaning.rules.punctuation, normbook.cleaning.all_rules as r; print(*r.RULES)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "scripts").stdout.split()
    assert shown == list(RULES)
    assert shown.index("glued-quote") < shown.index("quote-direction")


def test_a_rule_that_is_switched_off_is_not_run() -> None:
    assert clean("5 G users", without=("split-generation",)).text == "5 G users"


def test_an_unknown_rule_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        clean("text", without=("no-such-rule",))
