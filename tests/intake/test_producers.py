"""One text written by a real producer as a web page and as a Word document: both give the same words, lists, tables and notes."""

from __future__ import annotations

import pypandoc
import pytest

from normbook.intake.intake import Intake
from normbook.intake.kinds import take_in
from tests.intake.laws import assert_bytes_give_characters, assert_runs_give_characters, assert_tiles

TEXT = """# Harbour lights

States shall *not* store data of other states -- see Article 5.[^one] 全球数据安全 & “more”.

3.  Ships share warnings.
4.  No port closes at night.
    a.  Not in winter.
    b.  Nor in summer.

## Costs

| Port | Share |
|------|-------|
| Alda | 40 %  |
| Osth | 60 %  |

[^one]: The first note.
"""
WORDS = [
    "Harbour lights", "States shall not store data of other states \u2013 see Article 5.1 全球数据安全 & “more”.", "3. Ships share warnings.", "4. No port closes at night.",
    "a. Not in winter.", "b. Nor in summer.", "Costs", "Port\tShare", "Alda\t40 %", "Osth\t60 %",
]  # fmt: skip


@pytest.fixture(scope="module")
def page() -> tuple[Intake, bytes]:
    content = pypandoc.convert_text(
        TEXT, "html", "markdown+smart", extra_args=["--standalone", "--metadata", "title=Lights", "--metadata", "lang=en"]
    ).encode()
    return take_in("html", content), content


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Intake, bytes]:
    path = tmp_path_factory.mktemp("word") / "letter.docx"
    pypandoc.convert_text(TEXT, "docx", "markdown+smart", outputfile=str(path), extra_args=["--metadata", "lang=en"])
    return take_in("docx", path.read_bytes()), path.read_bytes()


def lines(taken: Intake) -> list[str]:
    return [line for line in taken.text.split("\n") if line]


def test_the_page_of_a_real_producer_is_read_whole(page: tuple[Intake, bytes]) -> None:
    taken, content = page
    assert_tiles(taken)
    assert_bytes_give_characters(taken, content)
    assert [line for line in lines(taken) if line in WORDS] == WORDS
    assert {fact.field: fact.value for fact in taken.facts} == {"language": "en", "title": "Lights"}
    assert [mark.text for mark in taken.marks if mark.kind == "note"] == ["1"]


def test_the_document_of_a_real_producer_is_read_whole(document: tuple[Intake, bytes]) -> None:
    taken, content = document
    assert_tiles(taken)
    assert_runs_give_characters(taken, content)
    assert lines(taken) == [*WORDS, "1 The first note."]
    assert [mark.text for mark in taken.marks if mark.kind == "heading"] == ["Harbour lights", "Costs"]
