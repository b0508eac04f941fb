"""`python -m tools.why`: it finds the label that reads like some words, where it is used, and the rules behind a word of a text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.why import LABELS, holders, labels, reading_like, uses, why_edit, why_label

TEXT = (ROOT / LABELS).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "name"),
    [("Cite as", "record.cite-as"), ("引用方式", "record.cite-as"), ("12 records", "common.records"), ("1 record", "common.records")],
)
def test_a_label_is_found_by_the_words_that_a_page_shows(words: str, name: str) -> None:
    assert {f"{each.section}.{each.key}" for each in reading_like(words, TEXT)} == {name}


def test_a_label_is_told_with_its_line() -> None:
    lines = TEXT.split("\n")
    for each in labels(TEXT):
        assert any(word.split("\n")[0] in lines[each.line - 1] or "\\" in lines[each.line - 1] for word in each.words), each
    assert not reading_like("words of no label at all", TEXT)


def test_every_section_has_a_place_that_uses_it() -> None:
    sections = {each.section: each.key for each in labels(TEXT)}
    assert not [f"{section}.{key}" for section, key in sections.items() if not uses(section, key)]


def test_a_key_that_is_put_together_leads_to_what_puts_it_together() -> None:
    assert "site_src/templates/_parts.html (any key of [word])" in uses("word", "should-not")
    assert uses("record", "cite-as")[0].startswith("site_src/templates/_cite.html:")
    assert any(line.startswith("record.cite-as  ") for line in why_label("Cite as"))
    assert any(line.startswith("record.cite-as  ") for line in why_label("cite AS"))


def test_words_of_a_record_a_text_and_a_page_are_found_over_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "data/themes").mkdir(parents=True)
    (tmp_path / "data/themes/lights.yaml").write_text(
        "id: lights\ntitle: 'The ports'' lights\n  at night'\nnote: The ports lights at night\n", "utf-8"
    )
    (tmp_path / "site_src/pages").mkdir(parents=True)
    (tmp_path / "site_src/pages/about.md").write_text("# About\n\nThe\nports' lights at night.\n", "utf-8")
    assert holders("The ports’ lights at night", tmp_path) == ["data/themes/lights.yaml:2", "site_src/pages/about.md:3"]
    assert holders("“lights” at night", tmp_path) == []


def test_a_label_that_could_say_anything_is_told_only_if_nothing_else_has_the_words() -> None:
    assert not any(line.startswith("pair.") for line in why_label("Choose the texts and themes"))
    assert [line.split("  ")[0] for line in why_label("Norland and Sudland") if not line.startswith(" ")] == ["pair.title"]


@pytest.mark.parametrize("words", ["doesn’t", "’", "’t", "â€™", "doesnâ€™t"])
def test_an_edit_is_found_by_the_words_before_and_after_it(words: str) -> None:
    content = "The port is old.\nIt doesnâ€™t close. Who doesn't ask?\n".encode()
    assert why_edit(words, content) == ["line 2: 'â€™' -> '’'  mojibake"]


def test_a_word_that_no_edit_touches_has_no_reason() -> None:
    assert why_edit("close", "It doesnâ€™t close.\n".encode()) == []


def test_the_command_says_what_it_did_not_find(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Plain.\n", "utf-8")

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "tools.why", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    made = ran("Plain", str(note))
    assert (made.returncode, made.stdout) == (1, f"no edit of {note} touches 'Plain'\n")
    made = ran("Plain", str(tmp_path / "none.txt"))
    assert made.returncode == 2 and "none.txt: No such file or directory" in made.stderr and "Traceback" not in made.stderr
