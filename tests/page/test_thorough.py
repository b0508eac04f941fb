"""The thorough operating point: more of the page goes, the text can still be restored, and what was made with it says so."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from normbook.cleaning.clean import clean
from normbook.cli.main import main
from normbook.extraction.report import report, revert
from normbook.findings.finding import Problem
from normbook.records.model import Record
from normbook.workspace.seeds import read_source

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "clean.schema.json").read_text("utf-8"))
TITLE = "Ports agree on lights for the coast"
SAID = [
    "The ministers met on Monday and agreed on a plan for the ports of the coast, said the chair of the council.",
    "They will meet again in the spring to look at what has been done since, and at what is left to be done.",
    "Every harbour keeps its lights burning for all ships that pass the coast, and no port closes at night.",
]
STORIES = ["A pilot tells of the storm", "New lamps for the mole", "The tide tables of June"]
ABOVE = ["Port News", "Home", "World", "Sport", "Sign in", "Search", "", TITLE, "", "6 May 2031", "Share", "Tweet", "Print", ""]
BELOW = ["", "Photo of the week", *STORIES, "Most read", "Newsletter", "Advertise with us", "Privacy policy", "Terms of use", "© 2031 Port News. All rights reserved."]  # fmt: skip
TEXT = "\n".join([*ABOVE, *SAID[:2], "", "Opening hours of the desk", "", SAID[2], *BELOW, ""])
PAGE = "".join(
    [
        "<!DOCTYPE html><html lang=en><head><title>Ports agree on lights for the coast</title></head><body>",
        *(f"<div><a href='/{k}'>{line}</a></div>" for k, line in enumerate(ABOVE[:6])),
        f"<div class=story><h1>{TITLE}</h1>",
        *(f"<p>{line}</p>" for line in SAID),
        *(f"<div class=box><a href='/s{k}'>{line}</a> <span>{line}, told once more</span></div>" for k, line in enumerate(STORIES)),
        "</div></body></html>",
    ]
)  # fmt: skip


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def test_more_of_the_page_goes_and_the_text_stays() -> None:
    usual, thorough = lines(clean(TEXT).text), lines(clean(TEXT, thorough=True).text)
    assert [TITLE, *SAID] == [line for line in thorough if line in (TITLE, *SAID)]
    assert set(thorough) < set(usual) and set(usual) - set(thorough) <= {"Photo of the week", *STORIES}


def test_it_can_be_undone_and_changes_nothing_the_second_time() -> None:
    made = clean(TEXT, thorough=True)
    assert made.ledger.revert(made.text) == TEXT and made.ledger.apply(TEXT) == made.text
    assert clean(made.text, thorough=True).text == made.text


@pytest.mark.parametrize(("kind", "content"), [("text", TEXT), ("html", PAGE)], ids=["text", "page"])
def test_a_report_says_that_it_was_asked_for_and_what_went_for_it(kind: Any, content: str) -> None:
    usual, thorough = (report("a", content.encode(), kind=kind, thorough=each) for each in (False, True))
    for each in (usual, thorough):
        jsonschema.Draft202012Validator(SCHEMA).validate(each)
        assert revert(each)
    assert "thorough" not in usual and thorough["thorough"] is True
    spans = {(each["start"], each["end"]) for each in thorough["furniture"]}
    assert {(each["start"], each["end"]) for each in usual["furniture"]} <= spans
    removed = {each["raw"].strip("\n") for each in thorough["edits"]} - {each["raw"].strip("\n") for each in usual["edits"]}
    assert removed and len(thorough["text"]) < len(usual["text"])


def test_the_command_line_has_it_for_one_document_and_for_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "page.txt"
    file.write_text(TEXT, encoding="utf-8")
    wanted = clean(TEXT, thorough=True).text
    assert main(["clean", "--thorough", str(file)]) == 0
    assert capsys.readouterr().out == wanted
    found = []
    for options in ([], ["--thorough"]):  # into the same folder: the part of the first run is not taken for that of the second
        assert main(["clean", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *options]) == 0
        found.append(json.loads((tmp_path / "out" / "part-000000.jsonl").read_text("utf-8"))["text"])
    assert found == [clean(TEXT).text, wanted]


def test_a_source_record_can_ask_for_it() -> None:
    problems: list[Problem] = []
    seed = {"file": "007_page.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    for profile, wanted in (({}, clean(TEXT)), ({"furniture": "thorough"}, clean(TEXT, thorough=True))):
        readings = read_source(
            Record("source", "seed-007", "", {"seed": seed, "profile": profile}), {seed["file"]: TEXT.encode()}, {}, problems
        )
        assert readings and readings.cleaned.text == wanted.text
    assert not problems
