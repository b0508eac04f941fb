"""Web pages and Word documents from the file to the checked project: seed, facts, drafts, readings, and back."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from normbook.cli.main import main
from normbook.intake.html import html_intake
from normbook.intake.kinds import digest_of
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from tests.conftest import copy_project
from tests.intake.files import p, r, word
from tests.intake.pdf_files import column, pdf
from tests.intake.test_pdf import PROSE

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ports agree on lights | Port Council</title>
<meta property="og:site_name" content="Port Council"><link rel="canonical" href="https://ports.example/lights">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ports agree", "datePublished": "2021-05-06T09:00:00Z"}</script></head>
<body><h1>Ports agree on lights</h1><p>Osthaven, 4 May 2021&nbsp;- Jos&eacute; Ferr&eacute;, foreign minister of Osthaven, said the
order was <del>refused</del> <ins>signed</ins> on Tuesday<sup><a href="#n1">1</a></sup>.</p><p>The ministers put forward three points:</p>
<ol><li>Every harbour keeps its lights burning.<li>Ships share warnings with all ships.<li>No port closes at night.</ol></body></html>
"""
LETTER = word(
    p(
        r("Osthaven, 7 May 2021 - The Port Council wrote that every harbour should keep its lights burning."),
        props='<w:pStyle w:val="Title"/>',
    )
    + p(r("It asked all ports to share warnings."))
)

REPORT = pdf([column(PROSE)], packed=True, info="/Title(Lights)/CreationDate(D:20210506090000Z)")


@pytest.fixture
def checkout(tmp_path: Path) -> Repo:
    return copy_project(tmp_path / "project")


def take(repo: Repo, *arguments: str) -> int:
    return main(["--root", str(repo.root), "ingest", *arguments])


def files(folder: Path) -> tuple[Path, Path]:
    page, letter = folder / "lights.HTM", folder / "letter.docx"
    page.write_bytes(PAGE.encode())
    letter.write_bytes(LETTER)
    return page, letter


def test_a_page_and_a_letter_are_taken_in_in_a_row_as_they_are(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(checkout, *map(str, files(tmp_path))) == 0, capsys.readouterr().err
    page, letter = (
        checkout.seeds / f"{number}_{hashlib.sha256(content).hexdigest()[:16]}{end}"
        for number, content, end in (("005", PAGE.encode(), ".html"), ("006", LETTER, ".docx"))
    )
    assert page.read_bytes() == PAGE.encode() and letter.read_bytes() == LETTER
    project = load_project(checkout)
    assert {problem.code for problem in project.problems} == {"N201"}, "only what a person has to fill in is missing"
    written = (checkout.derived / "seed-005" / "cleaned.txt").read_text("utf-8")
    assert "order was signed on Tuesday1.\n\nThe ministers put forward three points:\n\n1. Every harbour keeps" in written
    assert (checkout.derived / "seed-006" / "cleaned.txt").read_text("utf-8").startswith("Osthaven, 7 May 2021 - The Port Council wrote")


def test_what_a_page_states_about_itself_is_proposed_with_its_place_and_options_win(checkout: Repo, tmp_path: Path) -> None:
    page, _ = files(tmp_path)
    assert take(checkout, str(page), "--publisher", "A Copy") == 0
    text = (checkout.folder("source") / "seed-005.yaml").read_text("utf-8")
    record = yaml.safe_load(text)
    assert record["url"] == "https://ports.example/lights" and record["publisher"] == "A Copy"
    assert str(record["published"]["value"]) == "2021-05-06"
    assert record["published"]["evidence"][0]["paraphrase"] == "By its own metadata, the page was published on 2021-05-06."
    assert record["evidence"][-1]["paraphrase"] == "The page is published by A Copy."
    first = PAGE.encode().index(b"<link")
    assert f"# the file states url: https://ports.example/lights (link rel=canonical, bytes {first} to " in text
    assert "# the file states title: Ports agree (JSON-LD headline, bytes " in text and "# the file states publisher" not in text


def test_a_filled_in_page_passes_the_check_and_its_quotations_are_found(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, _ = files(tmp_path)
    assert take(checkout, str(page)) == 0
    path = checkout.folder("source") / "seed-005.yaml"
    filled = "\nrights: {full_text: withhold, holder: Port Council, note: Held to be verified.}\ntranslation: none\ngenre: news-report\npublisher:"
    path.write_text(path.read_text("utf-8").replace("\npublisher:", filled, 1), "utf-8")
    path = checkout.folder("statement") / "jose-ferre-undated-1.yaml"
    path.write_text(path.read_text("utf-8").replace("\nstance:", "\nabout: [jose-ferre]\nstance:", 1), "utf-8")
    assert main(["--root", str(checkout.root), "fix", "--write"]) == 0
    assert main(["--root", str(checkout.root), "check"]) == 0, capsys.readouterr().err
    readings = load_project(checkout).readings["seed-005"]
    assert (
        readings.received.text == html_intake(PAGE.encode()).text and readings.received.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    )


def test_a_pdf_file_is_taken_in_with_its_facts_and_its_pages_rejoined(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.pdf").write_bytes(REPORT)
    assert take(checkout, str(tmp_path / "report.pdf"), "--publisher", "Port Council") == 0, capsys.readouterr().err
    assert (checkout.seeds / f"005_{hashlib.sha256(REPORT).hexdigest()[:16]}.pdf").read_bytes() == REPORT
    text = (checkout.folder("source") / "seed-005.yaml").read_text("utf-8")
    assert "# the file states title: Lights (document information Title)" in text
    assert "# the file states created: 2021-05-06 (document information CreationDate)" in text
    assert yaml.safe_load(text)["publisher"] == "Port Council" and "2021" not in str(yaml.safe_load(text).get("published"))
    assert "keeps its lights burning, and that" in (checkout.derived / "seed-005" / "cleaned.txt").read_text("utf-8")
    assert {problem.code for problem in load_project(checkout).problems} == {"N201"}


@pytest.mark.parametrize("name", ["lights.HTM", "letter.docx", "report.pdf"])
def test_a_cleaned_object_holds_the_map_and_reverts_to_the_received_text(
    name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, checkout: Repo
) -> None:
    files(tmp_path)
    (tmp_path / "report.pdf").write_bytes(REPORT)
    assert main(["clean", "--json", str(tmp_path / name)]) == 0
    line = capsysbinary.readouterr().out
    value = json.loads(line)
    jsonschema.validate(value, json.loads((checkout.schema / "clean.schema.json").read_text("utf-8")))
    assert value["map"][0]["start"] == 0 and value["map"][-1]["end"] == value["raw_length"]
    assert value["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    monkeypatch.setattr(sys, "stdin", io.StringIO(line.decode()))
    assert main(["revert"]) == 0
    received = capsysbinary.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO(line.decode()))
    assert main(["revert", "--files", str(tmp_path)]) == 0
    assert capsysbinary.readouterr().out == (tmp_path / name).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.StringIO(line.decode()))
    assert main(["revert", "--files", str(tmp_path / "nowhere")]) == 1 and b"SHA-256" in capsysbinary.readouterr().err
    assert hashlib.sha256(received).hexdigest() == value["received_sha256"] == digest_of(received.decode())
    if name.endswith("HTM"):
        assert received.decode() == html_intake(PAGE.encode()).text
        (deleted,) = (mark for mark in value["marks"] if mark["kind"] == "deleted")
        assert deleted["path"].endswith("/p[1]/del[1]") and PAGE.encode()[deleted["first"] : deleted["last"]] == b"refused"


def test_one_bad_file_does_not_stop_the_next(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, letter = files(tmp_path)
    page.write_bytes(b"%PDF-1.7")
    assert take(checkout, str(page), str(letter)) == 1
    said = capsys.readouterr()
    assert "lights.HTM: error[N723]: expected a web page, found a PDF file" in said.err and "wrote seeds/005_" in said.out


def test_a_page_in_an_encoding_that_its_bytes_do_not_have_is_refused(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<meta charset=utf-8><p>毛宁主持例行记者会，海港灯塔数据倡议".encode("gb18030"))
    assert take(checkout, str(page)) == 1
    assert "page.html: error[N601]: byte 0xc4 is not utf-8" in capsys.readouterr().err
    page.write_bytes(b"<p hidden>all of it</p>")
    assert take(checkout, str(page)) == 1
    assert "N600" in capsys.readouterr().err
