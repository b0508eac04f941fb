"""The walk of CONTRIBUTING.md: its commands and edits, done one after the other in a copy of the project.

`python -m tests.cli.walk` writes what the commands print now into the document, for a person to look at and commit.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from normbook.cli.main import main
from normbook.workspace.repo import Repo
from tests.conftest import ROOT, copy_project

DOCUMENT = ROOT / "CONTRIBUTING.md"
BLOCK = re.compile(r"(?m)^```(console|diff)\n(.*?)^```$", re.DOTALL)
VARIES = (
    (re.compile(r"[^\n]*\r"), ""),  # how far a build is
    (re.compile(r"\b\d+(?= (?:records|correction files|seeds)\b)"), "…"),
    (re.compile(r"\b\d+ pages.*, \d+ files written.*, [\d.]+ s$", re.MULTILINE), "… pages, … files written, … s"),
)  # what differs from day to day and from machine to machine


def begin(folder: Path) -> Repo:
    """A copy of the project, all of it committed on a branch main."""
    repo = copy_project(folder)
    (repo.root / ".gitignore").write_text("build/\nsite/\n", "utf-8")
    for command in ("git init -q -b main", "git add -A", "git commit -q -m start"):
        assert run(repo, command) == ""
    return repo


def run(repo: Repo, command: str) -> str:
    """What a command prints, both its outputs as a terminal shows them; what varies written as an ellipsis."""
    words = shlex.split(command)
    assert words[0] in ("normbook", "git"), f"the walk runs normbook and git alone: {command}"
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", "A"), ("EMAIL", "a@example.org"))}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    if words[0] == "normbook":  # in this process, which knows it already: a new one would take longer to begin than most commands take
        out = io.StringIO()
        given = mock.patch.dict(os.environ, environment, clear=True)
        with contextlib.chdir(repo.root), given, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main(words[1:])
        said = out.getvalue()
    else:
        ran = subprocess.run(words, cwd=repo.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        said = ran.stdout.decode("utf-8")
    said = said.replace(f"{repo.root}/", "")
    for pattern, instead in VARIES:
        said = pattern.sub(instead, said)
    return said


def edit(repo: Repo, block: str) -> None:
    """Makes the edit that a block shows in a record."""
    assert (repo.root / block.partition("\n")[0]).resolve().is_relative_to(repo.data.resolve())
    edited(repo.root, block)


def edited(root: Path, block: str) -> None:
    """Makes the edit that a block shows: the file's name, then lines that stay, go (-) and come (+).

    A line that goes and ends in an ellipsis stands for a comment however it goes on.
    """
    name, *rows = block.rstrip("\n").split("\n")
    path = root / name
    assert all(row[:1] in (" ", "-", "+") for row in rows), block
    old = "".join(_pattern(row) for row in rows if row[0] in " -")
    new = "".join(f"{row[1:]}\n" for row in rows if row[0] in " +")
    text = path.read_text("utf-8")
    found = re.findall(f"(?m)^{old}", text)
    assert len(found) == 1, f"{name}: the lines of this edit stand there {len(found)} times:\n{block}"
    path.write_text(text.replace(found[0], new), "utf-8")


def _pattern(row: str) -> str:
    if row.startswith("-") and row.endswith("…"):
        return re.escape(row[1:-1]) + r".*\n(?:#   .*\n)*"
    return re.escape(row[1:]) + "\n"


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with what it is said to print."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def walk(repo: Repo, text: str) -> str:
    """The document with what each command of its walk prints in a copy of the project, its edits made in between."""
    pieces, at = [], 0
    for match in BLOCK.finditer(text):
        if match[1] == "diff":
            edit(repo, match[2])
            continue
        said = "".join(f"$ {command}\n{run(repo, command)}" for command, _ in commands(match[2]))
        pieces += [text[at : match.start(2)], said]
        at = match.end(2)
    return "".join([*pieces, text[at:]])


def write() -> None:
    """Writes the document anew."""
    with tempfile.TemporaryDirectory() as folder:
        DOCUMENT.write_text(walk(begin(Path(folder) / "project"), DOCUMENT.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write()
