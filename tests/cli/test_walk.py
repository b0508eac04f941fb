"""CONTRIBUTING.md walks a correction and a new record from a copy to a page, and what it shows is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.walk import BLOCK, DOCUMENT, begin, commands, edit, walk

TEXT = DOCUMENT.read_text("utf-8")


def test_the_walk_prints_what_the_document_shows(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    assert walk(repo, TEXT) == TEXT, "if the new output is right, `python -m tests.cli.walk` writes it into the document"
    page = (repo.site / "principles" / "gids-8.html").read_text("utf-8")
    assert "IT businesses must not use dependency on goods from consumers" in page
    assert "at the global level" in (repo.site / "sources" / "seed-004.html").read_text("utf-8"), "the correction is on the page"


def test_the_walk_uses_every_command_of_a_contributor() -> None:
    used = {
        command.split()[1]
        for match in BLOCK.finditer(TEXT)
        if match[1] == "console"
        for command, _ in commands(match[2])
        if command.startswith("normbook")
    }
    assert used >= {"check", "fix", "new", "show", "diff", "build"}
    assert sum(match[1] == "diff" for match in BLOCK.finditer(TEXT)) >= 2


def test_the_walk_would_see_another_output_and_an_edit_that_does_not_fit(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    shown = "```console\n$ normbook fix\nall is well\n```\n"
    assert walk(repo, shown) == "```console\n$ normbook fix\nnothing to fix\n```\n"
    with pytest.raises(AssertionError, match="stand there 0 times"):
        edit(repo, "data/principles/gids-7.yaml\n-title: Another\n+title: A third\n")
    with pytest.raises(AssertionError, match="normbook and git alone"):
        walk(repo, "```console\n$ rm -r data\n```\n")
