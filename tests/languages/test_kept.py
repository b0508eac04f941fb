"""Patterns that an earlier process compiled are the same patterns, and a file that does not fit is ignored."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

import pytest

from normbook.cli.main import main
from normbook.languages import language
from normbook.languages.kept import Kept
from normbook.languages.language import Template, _vocabulary_of, kept_content, read_languages, vocabulary
from normbook.page.patterns import COPYRIGHT
from normbook.text.lines import BYLINE, DATELINE

FORMS = [
    (r"(?P<day>\d{1,2}) (?P<month>may|juni)\b", re.IGNORECASE),
    ("[\u4e00-\u9fff]{2,}(?<=x)|(?:ab|ac)*+$", 0),
    ("[\udc80-\udcff]+", 0),
    (r"(?i:a)(b)?(?(1)c|d)", re.DOTALL),
]


def made() -> Kept:
    """A store that has compiled FORMS."""
    store = Kept(b"", "one")
    for form, flags in FORMS:
        store.pattern(form, lambda form=form: form, flags)  # type: ignore[misc]
    return store


def unasked() -> str:
    """The form of a pattern that need not be compiled again."""
    raise AssertionError


def test_a_kept_pattern_equals_the_compiled_one() -> None:
    again = Kept(made().content([]), "one")
    for form, flags in FORMS:
        found = again.pattern(form, unasked, flags)
        assert found == re.compile(form, flags)  # the same numbers, not only the same text
        assert (found.groupindex, found.groups) == (re.compile(form, flags).groupindex, re.compile(form, flags).groups)
    assert again.added == {}


def test_what_is_added_later_is_kept_with_the_rest() -> None:
    again = Kept(made().content([1]), "one")
    again.pattern("new", lambda: "n(?P<e>e)w", 0)
    third = Kept(again.content([2]), "one")
    assert sorted(third.table) == sorted([*[form for form, _ in FORMS], "new"])
    assert third.pattern("new", unasked, 0) == re.compile("n(?P<e>e)w")
    assert third.languages() == [2]


def test_a_file_for_another_state_or_a_damaged_one_is_ignored() -> None:
    content = made().content([])
    assert Kept(content, "two").table == {}
    assert all(Kept(content[:size], "one").table == {} for size in (0, 1, 9, len(content) // 2, len(content) - 1))
    assert all(Kept(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], "one").table == {} for at in range(0, len(content), 97))


def test_patterns_with_words_of_languages_are_those_that_their_templates_give() -> None:
    for each in (DATELINE, BYLINE, COPYRIGHT):
        template = cast("Template", each)
        assert template.compiled == re.compile(vocabulary().fill(template.template, template.pieces), template.flag)


def test_languages_are_read_back_as_they_were() -> None:
    language.compiled("a pattern that nobody else uses <months.wide:en>")
    again = _vocabulary_of(json.loads(kept_content().split(b"\n", 3)[2]))
    for one, two in zip(again.languages, read_languages(language.FOLDER).languages, strict=True):
        assert (one.code, one.name, one.spaces, dict(one.lists), dict(one.rows), one.ordered) == (
            (two.code, two.name, two.spaces, dict(two.lists), dict(two.rows), two.ordered)
        )


def test_a_command_leaves_its_patterns_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = tmp_path / "folder" / "kept", tmp_path / "text.txt"
    text.write_text("Ministers met.\n", "utf-8")
    monkeypatch.setattr(language, "kept_path", lambda: path)
    language.compiled("another that nobody else uses <months.wide:en>")
    assert main(["clean", str(text)]) == 0
    assert capsys.readouterr().out == "Ministers met.\n"
    assert "another that nobody else uses" in path.read_bytes().decode("latin-1")
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("in the way", "utf-8")
    assert main(["clean", str(text)]) == 0
