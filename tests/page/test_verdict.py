"""What the model of page furniture drops and what it leaves: tables, notes, plans and lists of names in the midst of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from normbook.cleaning.clean import clean
from normbook.page import context
from normbook.page.context import BLOCKS, cells_of, look_again, parse_context
from normbook.page.features import read_features
from normbook.page.layout import page_roles
from normbook.page.line import own_kind
from normbook.page.model import parse_model, probabilities, trained
from normbook.page.verdict import MODEL, decide, explain, judge
from tools.projects import read_yaml

CASES = read_yaml(Path(__file__).parents[1] / "cases" / "page-matter.yaml")
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


SENTENCE = "Nine ports agreed on Tuesday to share the charts of their waters."


def judged(lines: list[str], roles: dict[int, str], likely: dict[int, float]) -> dict[int, str]:
    """The roles of the dropped lines where the model holds these lines for the page's with these probabilities, and no other."""
    features = read_features(lines, kinds_of(lines))
    return decide(lines, kinds_of(lines), roles, features, [likely.get(number, 0.5) for number in features.numbers])


def test_the_model_drops_below_the_first_line_that_tells_a_page_but_no_signature_above_it() -> None:
    lines = [SENTENCE, "Mira Solberg", "Privacy policy", "Mira Solberg", "Other waters"]
    assert judged(lines, {2: "menu"}, {1: 0.98, 2: 0.98, 3: 0.98, 4: 0.98}) == {2: "menu", 3: MODEL, 4: MODEL}


MENU = ["Home", "Search", "Menu", "Sign in", "Share", "Print", "Cookies", "Log in"]


def test_what_no_cue_separates_from_the_text_goes_in_a_page_alone() -> None:
    lines = [*MENU, "12 May 2031", SENTENCE, "Mira Solberg", "Charts of the waters", SENTENCE]
    likely = dict.fromkeys(range(len(MENU)), 0.99) | {8: 0.99, 10: 0.9, 11: 0.9935}
    rules = dict.fromkeys(range(len(MENU)), "menu")
    assert judged(lines, rules, likely | {10: 0.9935, 11: 0.5}).get(10) == MODEL
    assert 10 not in judged(lines, rules, likely | {10: 0.98, 11: 0.5})
    few = [MENU[0], *lines[8:]]
    assert judged(few, {0: "menu"}, {0: 0.99, 3: 0.9935}) == {0: "menu"}


def test_prose_goes_only_where_the_model_has_no_doubt() -> None:
    lines = ["Menu", SENTENCE, SENTENCE, "Menu", "Read our newest offers of the week.", "Menu"]
    rules = {0: "menu", 3: "menu", 5: "menu"}
    assert judged(lines, rules, {1: 0.1, 2: 0.1, 4: 0.998}) == rules
    assert judged(lines, rules, {1: 0.1, 2: 0.1, 4: 0.9995}) == {**rules, 4: MODEL}


def test_rows_of_a_table_stay_where_the_rules_take_them_for_a_menu() -> None:
    rows = ["Name\tPort\tSeat", "Ana Brook\tNes\tRemote", "Ivo Marten\tSund\tRemote"]
    lines = [*MENU, *rows, SENTENCE]
    rules = dict.fromkeys(range(len(MENU) + len(rows)), "menu")
    table = range(len(MENU), len(MENU) + len(rows))
    assert not judged(lines, rules, dict.fromkeys(table, 0.9)).keys() & set(table)
    assert set(table) <= judged(lines, rules, dict.fromkeys(table, 0.995)).keys()
    assert len(MENU) in judged(
        [*MENU, rows[0], SENTENCE], dict.fromkeys(range(len(MENU) + 1), "menu"), {len(MENU): 0.9}
    )  # one such line is no table


def test_dates_that_head_the_parts_of_a_text_stay_and_one_date_of_a_page_goes() -> None:
    days = ["3 May 2031", "10 May 2031", "17 May 2031", "24 May 2031"]
    lines = [part for day in days for part in (day, SENTENCE)]
    rules = dict.fromkeys(range(0, 8, 2), "publication-line")
    assert judged(lines, rules, dict.fromkeys(rules, 0.9)) == {}
    assert judged(lines[:2], {0: "publication-line"}, {0: 0.9}) == {0: "publication-line"}


def test_a_line_above_a_date_or_byline_may_be_the_title() -> None:
    lines = [*MENU, "Ports agree on shared charts", "By Mira Solberg", "Menu", SENTENCE, SENTENCE]
    rules = dict.fromkeys([*range(len(MENU)), 10], "menu")
    likely = dict.fromkeys(range(11), 0.99) | {11: 0.1, 12: 0.1}
    assert 8 not in judged(lines, rules, likely) and 9 not in judged(lines, rules, likely)
    lines[8] = "Other waters"
    assert judged(lines, rules, likely)[8] == MODEL  # two words are no title


def test_the_title_stays_wherever_it_stands() -> None:
    lines = [
        "Home",
        "Ports agree on shared charts",
        "Other waters",
        "Menu",
        SENTENCE,
        "Menu",
        "Ports agree on shared charts",
        "Other waters",
    ]
    found = judged(lines, {0: "menu", 3: "menu", 5: "menu"}, {1: 0.9, 2: 0.99, 6: 0.99, 7: 0.99})
    assert 1 not in found and 6 not in found and found[2] == found[7] == MODEL


def test_a_byline_and_a_list_with_marks_stay() -> None:
    lines = [SENTENCE, "Menu", "By Mira Solberg", "• Map the shallows", "Other waters"]
    assert judged(lines, {1: "menu"}, dict.fromkeys(range(1, 5), 0.85)) == {1: "menu", 4: MODEL}


def test_a_veto_undoes_the_drop_of_a_menu_but_not_of_a_page_number() -> None:
    lines = ["Menu", "Search", "Ana Brook", "Lena Orsted", "Tomas Reil", "Ivo Marten", "Jon Aske", "12", SENTENCE]
    roles = {**dict.fromkeys(range(7), "menu"), 7: "pagination"}
    assert judged(lines, roles, {**dict.fromkeys(range(2, 7), 0.2), 7: 0.001}) == {0: "menu", 1: "menu", 7: "pagination"}


def test_one_word_of_a_menu_takes_no_list_with_it() -> None:
    lines = ["Ana Brook", "Lena Orsted", "Tomas Reil", "Agenda", SENTENCE]
    assert judged(lines, dict.fromkeys(range(4), "menu"), dict.fromkeys(range(4), 0.79)) == {3: "menu"}


def test_a_list_of_names_takes_more_than_words_of_a_menu_but_titles_below_other_news_go() -> None:
    names = ["Ana Brook (Port of Sund)", "Lena Orsted (Port of Nes)", "Tomas Reil (Port of Alda)"]
    lines = [SENTENCE, "Agenda", *names]
    rules = dict.fromkeys(range(1, 5), "menu")
    assert judged(lines, rules, dict.fromkeys(rules, 0.7)) == {1: "menu"}
    lines[1] = "Other news"
    assert judged(lines, rules, dict.fromkeys(rules, 0.7)) == rules


def test_an_address_stays_where_the_model_has_any_doubt_and_a_date_does_not() -> None:
    lines = [*MENU, "https://ports.example/charts/2031/05/06", "6 May 2031", SENTENCE]
    rules = dict.fromkeys(range(len(MENU)), "menu") | dict.fromkeys((8, 9), "publication-line")
    found = judged(lines, rules, dict.fromkeys(range(10), 0.8))
    assert 8 not in found and found[9] == "publication-line"
    assert judged(lines, rules, dict.fromkeys(range(10), 0.95))[8] == "publication-line"


def test_nothing_is_dropped_by_the_model_where_most_of_the_prose_would_go() -> None:
    lines = [SENTENCE, "Menu", *([SENTENCE] * 3), "Menu", "Other waters"]
    assert judged(lines, {1: "menu", 5: "menu"}, {2: 0.9999, 3: 0.9999, 4: 0.9999, 6: 0.9999}) == {1: "menu", 5: "menu"}


def test_each_dropped_line_says_how_likely_and_why() -> None:
    lines = page(CASES["cases"][0]).text.splitlines()
    found = explain(lines, kinds_of(lines), page_roles("\n".join(lines)))
    assert [verdict.number for verdict in found] == sorted(verdict.number for verdict in found)
    for verdict in found:
        assert 0 <= verdict.probability <= 1
        assert verdict.reasons and all(isinstance(reason, str) and reason for reason in verdict.reasons)


PAGE_WEIGHTS = Path(__file__).parents[2] / "scripts" / "normbook" / "page"


def test_the_weights_are_small_and_every_row_is_of_use() -> None:
    model = trained()
    assert all(model.weights.values())
    path = PAGE_WEIGHTS / "furniture.tsv"
    assert path.stat().st_size < 100_000
    assert parse_model(path.read_text("utf-8").splitlines()) == model


def test_the_weights_of_the_second_look_are_small_and_name_their_columns() -> None:
    path = PAGE_WEIGHTS / "furniture_context.tsv"
    rows = path.read_text("utf-8").splitlines()
    assert path.stat().st_size < 30_000
    assert parse_context(rows) == context.trained()
    assert sum(row.startswith("# columns") for row in rows) == len(BLOCKS)
    assert all(any(row.split("\t")[2:]) for row in rows if not row.startswith("#"))


def test_an_unknown_row_of_the_second_look_is_refused() -> None:
    with pytest.raises(KeyError, match="its colour"):
        parse_context(["its colour\tP 0.3-0.5\t10"])


def test_the_second_look_tells_the_same_line_among_furniture_from_one_amid_text() -> None:
    def second(lines: list[str], k: int) -> float:
        kinds = kinds_of(lines)
        features = read_features(lines, kinds)
        scores = [0.5 if each == k else 4.0 if line in MENU else -4.0 for each, line in enumerate(lines)]
        roles = {number: "menu" for number, line in enumerate(lines) if line in MENU}
        return look_again(cells_of(lines, kinds, roles, features, scores), scores)[k]

    amid_furniture = second([*MENU, *MENU, "Harbour charts", *MENU, SENTENCE, SENTENCE], 16)
    assert amid_furniture > second([SENTENCE, SENTENCE, "Harbour charts", SENTENCE, SENTENCE], 2)


def test_the_probability_of_a_line_depends_on_those_beside_it() -> None:
    menu = ["Home", "About us", "Harbour charts", "Contact us", "Privacy policy"]
    text = [SENTENCE, SENTENCE, "Harbour charts", SENTENCE, SENTENCE]
    assert probabilities(read_features(menu, kinds_of(menu)))[2] > 0.3
    assert probabilities(read_features(text, kinds_of(text)))[2] < 0.1
