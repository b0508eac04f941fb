"""Writing files: whole or not at all, and nothing left behind for long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from normbook.workspace import files
from normbook.workspace.files import write


@pytest.fixture(autouse=True)
def unswept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_swept", set())


def ended() -> int:
    """The number of a process that runs no more."""
    run = subprocess.Popen([sys.executable, "-c", ""])
    run.wait()
    return run.pid


def test_what_a_killed_writer_left_is_removed_by_the_next_write_into_the_folder(tmp_path: Path) -> None:
    left = tmp_path / f".{ended()}-ab_c1.part"
    left.write_text("half a fi")
    assert write(tmp_path / "a.txt", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_a_writer_that_runs_is_about_to_put_in_place_stays_and_so_does_what_is_no_writers(tmp_path: Path) -> None:
    names = [f".{os.getppid()}-abc.part", ".hidden", ".x.part", "1-a.part", ".12345678901234567890-a.parts"]
    for name in names:
        (tmp_path / name).write_text("x")
    write(tmp_path / "a.txt", "whole")
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", *names}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", "old")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "a.txt", "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]
