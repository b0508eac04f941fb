"""A file that cannot be read, is empty or has an unknown encoding: one message and one remedy, whichever command meets it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.findings.finding import CHECK_FILE
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]
MISSING = "{0}: error[N109]: the file cannot be read: No such file or directory\n  = " + CHECK_FILE
EMPTY = "{0}: error[N600]: the file is empty: there is nothing to {1}\n  = check how the document was received"
UNKNOWN = "{0}: error[N706]: unknown encoding: no-such\n  = use an encoding that Python supports, for example gb18030"


@pytest.mark.parametrize("command", ["clean", "ingest", "compare"])
def test_a_file_that_is_not_there(run: Run, command: str, tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    status, out, err = run(command, str(path), *([str(ROOT / "README.md")] if command == "compare" else []))
    assert status == 1 and out == "" and MISSING.format(path) in err


@pytest.mark.parametrize(("command", "purpose"), [("clean", "clean"), ("ingest", "take in"), ("compare", "compare")])
def test_a_file_that_is_empty(run: Run, command: str, purpose: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    status, _, err = run(command, str(path), *([str(ROOT / "README.md")] if command == "compare" else []))
    assert status == 1 and EMPTY.format(path, purpose) in err


@pytest.mark.parametrize("command", ["clean", "ingest"])
def test_an_encoding_that_nobody_knows(run: Run, command: str, tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("The parties agreed on a text.")
    status, _, err = run(command, str(path), "--encoding", "no-such")
    assert status == 1 and UNKNOWN.format(path) in err


def test_these_findings_are_made_in_one_place() -> None:
    """Else their remedies drift apart. A record whose profile names an encoding has a place in its file, and its own remedy."""
    made = [
        (path.name, node.lineno)
        for path in sorted((ROOT / "scripts" / "normbook").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and any(isinstance(each, ast.Constant) and each.value in ("N109", "N706") for each in node.args)
    ]
    assert made == []
