"""The scorer of the benchmark: it tells a right answer from a wrong one, and the page of the site shows its figures."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.policytext.cases import Case, content_of, read_cases
from benchmarks.policytext.scorer import Command, NoAnswerError, answers, measure_documents, result_of
from benchmarks.policytext.table import PAGE, RESULTS, page

TEXT = "The ports are open.\n\nShare\n"
CASE = Case("tiny", "furniture", "own", TEXT.encode(), [{"text_has": "The ports are open.", "text_lacks": "Share"}])
DATED = Case("dated", "date", "own", TEXT.encode(), {"event": None})


def said(text: str, **facts: object) -> dict[str, object]:
    return {"file": "tiny.txt", "text": text, **facts}


def test_a_right_answer_holds_and_a_wrong_one_does_not() -> None:
    assert result_of(CASE, said("The ports are open.\n")).missed == ()
    assert result_of(CASE, said(TEXT)).missed == ({"text_lacks": "Share"},)
    assert result_of(CASE, said("")).missed == ({"text_has": "The ports are open."},)
    assert result_of(CASE, None).missed == ("no answer",)
    assert "another form" in result_of(CASE, said(None)).missed[0]  # type: ignore[arg-type]


def test_edits_that_do_not_lead_to_the_text_are_seen() -> None:
    edit = {"start": 19, "end": 27, "raw": "\n\nShare\n", "new": "\n"}
    assert result_of(CASE, said("The ports are open.\n", edits=[edit])).missed == ()
    assert "the edits do not lead" in result_of(CASE, said("The ports are open!\n", edits=[edit])).missed[-1]


def test_silence_about_a_fact_is_not_counted_as_a_right_answer() -> None:
    assert not result_of(DATED, said(TEXT)).asked
    assert result_of(DATED, said(TEXT, dates={"event": None})).missed == ()
    assert result_of(DATED, said(TEXT, dates={"event": {"value": "2021-03-04"}})).missed == ({"event": None},)


def test_an_assertion_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of"):
        result_of(Case("odd", "date", "own", b"", {"evnet": None}), said(""))


def test_any_command_can_be_scored(tmp_path: Path) -> None:
    program = tmp_path / "cleaner.py"
    program.write_text("import json, sys\nfor path in sys.argv[1:]:\n    print(json.dumps({'file': path, 'text': open(path).read()}))\n")
    command = Command.read(f"{sys.executable} {program} {{published}}")
    (case, found), (_, other) = answers(command, [CASE, DATED], tmp_path)
    assert case is CASE and found is not None and found["text"] == TEXT == (other or {})["text"]
    figures = measure_documents(command._replace(dates=False), "frozen")
    assert figures["boilerplate"] == figures["unanswered"] == 0 and figures["dates"] is None


def test_a_command_that_answers_nothing_has_no_figures(tmp_path: Path) -> None:
    with pytest.raises(NoAnswerError, match="'no-such-cleaner'"):
        list(answers(Command.read("no-such-cleaner"), [CASE], tmp_path))
    with pytest.raises(NoAnswerError, match="ZeroDivisionError"):
        list(answers(Command.read(f"{sys.executable} -c 1/0"), [CASE], tmp_path))


def test_text_can_be_damaged_as_a_case_says() -> None:
    assert content_of({"text": "\u00e9", "bytes": "latin-1"}) == b"\xe9"
    assert content_of({"text": "\u201d", "misread": ["windows-1252"]}).decode() == "\u00e2\u20ac\x9d"


def test_the_page_of_the_site_shows_the_figures_of_the_results() -> None:
    assert PAGE.read_text("utf-8") == page()
    results = json.loads(RESULTS.read_text("utf-8"))
    assert len(results) >= 5
    total = {kind: counts[2] for kind, counts in results["Normbook"]["cases"].items()}
    now = {kind: sum(case.kind == kind for group in ("shown", "own") for case in read_cases(group)) for kind in total}
    assert all(0.9 * now[kind] <= count <= now[kind] for kind, count in total.items())  # a few new cases need no new run
