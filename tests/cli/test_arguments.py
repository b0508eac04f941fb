"""Command lines that are wrong or incomplete: what is said, and that nothing ends in a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "usage: normbook"),
        (["chek"], "did you mean 'check'?"),
        (["nothing-like-it"], "expected one of clean, revert, compare"),
        (["check", "--format", "jsn"], "found 'jsn'; did you mean 'json'?"),
        (["check", "data/principles/gids-1.yaml"], "(`normbook check` takes no names: it reads the whole project)"),
        (["check", "--frob"], "normbook check: error: unexpected: --frob"),
        (["revert", "a.json"], "normbook revert: error: unexpected: a.json"),
        (["serve", "--port", "99999"], "expected the number of a port (0 to 65535), found '99999'"),
        (["serve", "--port", "-1"], "expected the number of a port (0 to 65535), found '-1'"),
        (["serve", "--port", "web"], "expected the number of a port (0 to 65535), found 'web'"),
    ],
)
def test_a_wrong_command_line_says_what_was_expected(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    err = " ".join(capsys.readouterr().err.split())
    assert said in err and "Traceback" not in err


def test_without_arguments_all_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    told = capsys.readouterr()
    assert told.out == "" and all(f"\n    {command} " in told.err for command in ("clean", "check", "build", "serve"))


@pytest.mark.parametrize("option", [["--format", "parquet"], ["--field", "body"], ["--jobs", "2"], ["--address", "tcp://a:1"]])
def test_an_option_for_many_documents_asks_for_a_folder(run: Run, tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "a.txt").write_text("The ports agreed.\n", "utf-8")
    status, out, err = run("clean", str(tmp_path / "a.txt"), *option)
    assert status == 1 and out == "" and "expected an output folder, since the options are for many documents" in err


def test_a_folder_without_documents_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".hidden.txt").write_text("The ports agreed.\n", "utf-8")
    status, _, err = run("clean", str(tmp_path / "in"), "--out", str(tmp_path / "out"))
    assert status == 1 and f"no document was found in {tmp_path / 'in'}" in err


def test_a_folder_in_place_of_a_file_is_told(run: Run, tmp_path: Path) -> None:
    status, _, err = run("compare", str(tmp_path), str(tmp_path))
    assert status == 1 and "Is a directory\n  = it is a folder: name a file in it" in err
