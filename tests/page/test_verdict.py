"""What the model of page furniture drops and what it leaves: tables, notes, plans and lists of names in the midst of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from normbook.cleaning.clean import clean
from normbook.page.features import read_features
from normbook.page.layout import page_roles
from normbook.page.line import own_kind
from normbook.page.model import parse_model, probabilities, trained
from normbook.page.verdict import MODEL, explain, judge

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "page-matter.yaml").read_text("utf-8"))
SHELLS: dict[str, dict[str, str]] = CASES["shells"]
LEAST_REMOVED = 0.8  # of the lines of a shell


class Page(NamedTuple):
    """A page of a case: its matter, its shell, and both as one text."""

    matter: list[str]
    shell: list[str]
    text: str


def page(case: dict[str, Any]) -> Page:
    """The page of one case."""
    shell = SHELLS[case["shell"]]
    above, below = shell["above"].splitlines(), shell["below"].splitlines()
    return Page([line for line in case["matter"].splitlines() if line], above + below, "\n".join([*above, "", case["matter"], *below, ""]))


each_case = pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["label"])


@each_case
def test_matter_that_looks_like_a_menu_stays(case: dict[str, Any]) -> None:
    made = page(case)
    left = clean(made.text).text.splitlines()
    assert [line for line in made.matter if line not in left] == []


@each_case
def test_the_page_around_it_goes(case: dict[str, Any]) -> None:
    made = page(case)
    left = set(clean(made.text).text.splitlines())
    assert sum(line not in left for line in made.shell) >= LEAST_REMOVED * len(made.shell)


@each_case
def test_matter_alone_stays(case: dict[str, Any]) -> None:
    made = page(case)
    assert clean(case["matter"]).text.split() == "\n".join(made.matter).split()


def kinds_of(lines: list[str]) -> list[str | None]:
    return [own_kind(line, False) if line else None for line in lines]


def test_a_text_without_a_page_around_it_is_not_judged() -> None:
    lines = ["Plan of the ports", "", "Knowledge", "Skills", "Training"]
    assert judge(lines, [None] * len(lines), {}) == {}


def test_the_title_stays_even_where_the_model_takes_it_for_the_pages_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normbook.page.model.probabilities", lambda features: [0.999] * len(features.numbers))
    lines = [
        "Home",
        "Ports agree on shared charts",
        "Nine ports agreed on Tuesday to share the charts of their waters.",
        "Ports agree on shared charts",
        "Share",
    ]
    found = judge(lines, kinds_of(lines), {0: "menu", 4: "share"})
    assert 1 not in found and 3 not in found and found[2] == MODEL


def test_a_veto_undoes_the_drop_of_a_menu_but_not_of_a_page_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normbook.page.model.probabilities", lambda features: [0.01] * len(features.numbers))
    lines = ["Menu", "12", "The ports agreed on Tuesday to share the charts of their waters."]
    assert judge(lines, ["menu", None, None], {0: "menu", 1: "pagination"}) == {1: "pagination"}


def test_each_dropped_line_says_how_likely_and_why() -> None:
    lines = page(CASES["cases"][0]).text.splitlines()
    found = explain(lines, kinds_of(lines), page_roles("\n".join(lines)))
    assert [verdict.number for verdict in found] == sorted(verdict.number for verdict in found)
    for verdict in found:
        assert 0 <= verdict.probability <= 1
        assert verdict.reasons and all(isinstance(reason, str) and reason for reason in verdict.reasons)


def test_the_weights_are_small_and_every_row_is_of_use() -> None:
    model = trained()
    assert all(any(vector) for vector in model.weights.values())
    path = Path(__file__).parents[2] / "scripts" / "normbook" / "page" / "furniture.tsv"
    assert path.stat().st_size < 100_000
    assert parse_model(path.read_text("utf-8").splitlines()) == model


def test_the_probability_of_a_line_depends_on_those_beside_it() -> None:
    alone = read_features(["Publications"], [None])
    among = read_features(["Home", "About us", "Publications", "Contact us", "Privacy policy"], ["menu", "menu", None, "menu", "menu"])
    assert probabilities(among)[2] > probabilities(alone)[0]
