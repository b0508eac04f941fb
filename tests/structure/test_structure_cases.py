"""Turns and lists of whole texts: each case is a text and what it holds. A case added to the files in cases/structure adds a test."""

from __future__ import annotations

from typing import Any

import pytest

from normbook.extraction.report import report
from tools.projects import ROOT, read_yaml

FOLDER = ROOT / "tests" / "cases" / "structure"
TURNS = read_yaml(FOLDER / "turns.yaml")
LISTS = read_yaml(FOLDER / "lists.yaml")


@pytest.mark.parametrize("case", TURNS, ids=lambda case: case["label"])
def test_a_text_has_these_turns(case: dict[str, Any]) -> None:
    result = report("case", case["text"].encode())
    turns = [each for each in result["segments"] if each["kind"] in ("question", "answer")]
    assert "".join(each["kind"][0] for each in turns) == case["turns"]
    headings = {each["start"] for each in result["segments"] if each["kind"] in ("heading", "headline")}
    assert not headings & {each["start"] for each in turns}, "a turn is no heading"


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case["label"])
def test_a_text_has_these_lists(case: dict[str, Any]) -> None:
    result = report("case", case["text"].encode())
    words = {each["eid"]: result["text"][each["start"] : each["end"]] for each in result["segments"]}
    items = [[words[eid] for eid in each["items"]] for each in result["lists"]]
    assert [len(each) for each in items] == [len(each) for each in case["lists"]]
    for found, expected in zip(items, case["lists"], strict=True):
        assert [item[: len(start)] for item, start in zip(found, expected, strict=True)] == expected
