"""How far something is: told at a terminal, and nowhere else."""

from __future__ import annotations

import sys

import pytest

from normbook.cli.output import print_line


def test_progress_is_not_printed_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("  pages: 3 of 9\r")
    print_line("9 pages")
    assert capsys.readouterr() == ("9 pages\n", "")


def test_progress_at_a_terminal_leaves_nothing_behind(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "20")
    print_line("  data/csv/sources_identifiers.csv   \r")
    assert capsys.readouterr() == ("", "\x1b[K  data/csv/sources_\r")
    print_line("9 pages", stream=sys.stderr)
    assert capsys.readouterr() == ("", "\x1b[K9 pages\n")
