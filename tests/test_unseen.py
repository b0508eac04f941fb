"""The measure on drawn documents: the recipe names no source of the training, the gold holds no text, and the scorer counts what it should."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from normbook.extraction.report import report
from tools.furniture_corpus import RECIPE as TRAINING
from tools.measure.unseen.draw import cut, digest, read_recipe, rendered
from tools.measure.unseen.score import Reading, Tally, lost_lines, numbers, read_gold, score

PAGE = """Tide Daily
Home | News | Contact | About us

Spokesperson Ana Prast's briefing on 3 May 2021

Q: What do you say about the Harbour Safety Initiative,
which the six states have not read?

Ana Prast: We support it. It has three points:
1. Light the piers;
2. Count the ships;
3. Train the crews.

© 2021 Tide Daily. All rights reserved.
"""
GOLD: dict[str, Any] = {
    "id": "page", "language": ["en"], "furniture": "1-2 14", "either": "4", "wraps": "6-7", "event": ["2021-05-03"], "published": [None, "2021-05-03"],
    "lists": [3], "turns": [1, 1], "speakers": [[digest("ana prast")]], "initiatives": [[digest("harbour safety initiative")]],
    "mends": [[11, digest("2. Count the ships;")]],
}  # fmt: skip


def tallies_of(text: str, **other: Any) -> dict[str, Tally]:
    return score({**GOLD, **other}, text, report("page", text.encode()))


def test_all_is_right_of_a_page_that_is_read_right() -> None:
    tallies = tallies_of(PAGE)
    assert [name for name, each in tallies.items() if name != "matter lost" and (each.right < each.of or each.false)] == []
    assert tallies["matter lost"] == Tally(0, 6)
    assert tallies["furniture"] == Tally(3, 3)


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("event asserted", {"event": [None]}, Tally(0, 1, 1)),
        ("event found", {"event": ["2021-05-02"]}, Tally(0, 1)),
        ("lists", {"lists": [4]}, Tally(0, 1, 1)),
        ("lists", {"lists": [], "lists_may": "any"}, Tally()),
        ("dialogues", {"turns": 0}, Tally(false=1)),
        ("dialogues", {"turns": 12}, Tally(0, 1)),
        ("speakers", {"speakers": []}, Tally(false=1)),
        ("speakers", {"speakers": [], "may_speak": [digest("ana prast")]}, Tally()),
        ("initiatives", {"initiatives": []}, Tally(false=1)),
        ("wraps", {"wraps": ""}, Tally(0, 0, 1)),
        ("other noise", {"mends": [[11, digest("2. Count")]]}, Tally(0, 1)),
        ("matter lost", {"furniture": ""}, Tally(3, 9)),
    ],
)
def test_what_is_wrong_is_counted(name: str, other: dict[str, Any], expected: Tally) -> None:
    assert tallies_of(PAGE, **other)[name] == expected


def test_lost_lines_are_told_by_number() -> None:
    assert lost_lines({**GOLD, "furniture": "1 14"}, Reading(PAGE, report("page", PAGE.encode()))) == [2]


def test_a_document_is_cut_at_its_lines() -> None:
    recipe = {"lines": 4, "characters": 12}
    assert cut(recipe, {}, "\none\ntwo\nthree\nfour\nfive\n") == "one\ntwo\nthree\n"
    assert cut(recipe, {"skip": 3}, "one\ntwo\nthree\nfour\nfive\n") == "four\nfive\n"
    assert numbers("2 4-6") == [2, 4, 5, 6]
    assert "<h1>Piers</h1>" in rendered("# Piers\n")


def test_no_source_is_one_of_the_training() -> None:
    known = {source["repository"] for source in tomllib.loads(TRAINING.read_text("utf-8"))["source"]}
    drawn = {source["repository"] for cell in read_recipe()["cell"] for source in cell["source"]}
    assert drawn.isdisjoint(known)
    assert all(re.fullmatch("[0-9a-f]{40}", source["commit"]) for cell in read_recipe()["cell"] for source in cell["source"])


def test_the_gold_is_of_the_cells_and_holds_no_text() -> None:
    cells = {cell["name"] for cell in read_recipe()["cell"]}
    for name, gold in read_gold().items():
        assert name.rpartition("-")[0] in cells
        sums = [gold["sum"], *(each for forms in gold["initiatives"] for each in forms), *gold.get("may_speak", ())]
        sums += [each for forms in gold.get("speakers", ()) for each in forms] if gold.get("speakers") != "any" else []
        assert all(re.fullmatch("[0-9a-f]{8}", each) for each in sums), name
