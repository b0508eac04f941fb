"""The frames: made apart and put in place whole, so that a killed build, whose generator writes on, is never read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normbook.workspace import files
from normbook.workspace.errors import BuildError
from normbook.workspace.frames import GENERATOR, build_frames
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces
from tools.projects import ROOT, checkout
from tools.trees import Tree, tree

EPOCH = 1_700_000_000
# a generator that writes half a page, and the rest of it once the test says so, whether or not its parent lives
SLOW = """
import pathlib, sys, time, yaml
site = pathlib.Path(yaml.safe_load(pathlib.Path(sys.argv[-1]).read_text())["site_dir"])
site.mkdir(parents=True)
(site / "index.html").write_text("<html>half")
here = pathlib.Path(__file__).parent
(here / "written").write_text(str(site))
(here / "written").rename(here / "half")
while not (here / "go on").exists():
    time.sleep(0.01)
site.mkdir(parents=True, exist_ok=True)
(site / "index.html").write_text("<html>by a generator whose build was killed")
(here / "ended").touch()
"""


@pytest.fixture(autouse=True)
def unswept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_swept", set())


def made(repo: Repo) -> Tree:
    """Every file of the frames, built now."""
    folder, _ = build_frames(repo, read_interfaces(repo), EPOCH)
    assert folder.parent == repo.build / "frame"
    return tree(folder.parent)


def wait_for(path: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{path.name} never came")


def killed(repo: Repo, folder: Path) -> Path:
    """The folder into which the generator of a killed build still writes."""
    (folder / "slow.py").write_text(SLOW)
    code = f"import sys; from tests.workspace.test_frames import *; build_frames(Repo(Path(sys.argv[1])), read_interfaces(Repo(Path(sys.argv[1]))), {EPOCH})"
    environment = {**os.environ, GENERATOR: "slow", "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    run = subprocess.Popen([sys.executable, "-c", code, str(repo.root)], env=environment, stderr=subprocess.DEVNULL)
    wait_for(folder / "half")
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    return Path((folder / "half").read_text())


def test_what_the_generator_of_a_killed_build_writes_is_never_read_and_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, work = checkout(tmp_path / "project"), tmp_path / "generator"
    work.mkdir()
    left = killed(repo, work)
    assert (left / "index.html").read_text() == "<html>half" and not (repo.build / "frame").exists()
    whole = made(repo)  # beside the orphan, which still runs
    (work / "go on").touch()
    wait_for(work / "ended")
    assert b"killed" in (left / "index.html").read_bytes()  # it has written on
    assert made(repo) == whole == tree(repo.build / "frame")
    assert not any(b"<html>half" in content or b"<html>by a generator" in content for content in whole.values())
    monkeypatch.setattr(files, "_swept", set())
    (repo.build / "frame" / ".key").unlink()
    assert made(repo) == whole  # made anew: the same bytes
    assert sorted(path.name for path in repo.build.iterdir()) == ["frame"]


def test_a_refused_page_leaves_the_frames_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = checkout(tmp_path / "project")
    (repo.build / "frame").mkdir(parents=True)
    (repo.build / "frame" / "old.html").write_text("old")
    monkeypatch.setenv(GENERATOR, "no_such_generator")
    with pytest.raises(BuildError, match="no_such_generator"):
        build_frames(repo, read_interfaces(repo), EPOCH)
    assert tree(repo.build) == {"frame/old.html": b"old"} and len(list(repo.build.iterdir())) == 1
