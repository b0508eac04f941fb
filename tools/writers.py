"""The commands that write files, each with a small checkout prepared so that there is work to do."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from normbook.cli.main import main
from normbook.workspace.repo import Repo
from tools.projects import ROOT, checkout, commit
from tools.trees import Tree, tree

LETTER = "Port Council, 2021-06-04\n\nThe harbour masters met again. They said that the lights of the coast should be kept lit.\n"


class Writer(NamedTuple):
    """A command that writes: its arguments, and what makes the checkout such that it has work."""

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Repo], None]
    by_way_of: tuple[tuple[str, ...], ...] = ()  # commands that it runs first: what they leave is whole too


def _stale(repo: Repo) -> None:
    for path in sorted(repo.derived.rglob("cleaned.txt")):
        path.write_text("stale\n")
    for path in sorted(repo.derived.rglob("corrected.txt"))[1:]:
        path.unlink()


def _undrafted(repo: Repo) -> None:
    for path in sorted(repo.data.rglob("*.yaml")):
        if path.parent.name not in ("data", "corrections"):
            path.unlink()


def _letter(repo: Repo) -> None:
    (repo.root / "letter.txt").write_text(LETTER)


def _wrong(repo: Repo) -> None:
    """A glossary that knows a wrong rendering which the texts hold, and one file of suggestions that is there already."""
    path = repo.folder("glossary") / "term-tide-table.yaml"
    words = "mistranslations:\n  - text: harbour\n    context: a test\n    evidence:\n      - url: https://a.example/\n        seen: 2026-01-01\n        paraphrase: A test.\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace("status:\n", f"{words}status:\n", 1), "utf-8")


def _corpus(repo: Repo) -> None:
    folder = repo.root / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"{LETTER} It was the letter {number}.\n" * (number + 1))


def _changed_site(repo: Repo) -> None:
    """A site that was built, and a theme and a principle changed since: all pages are looked at again, some are written."""
    run(repo, ("build",))
    for path in (repo.folder("theme") / "tides.yaml", repo.folder("principle") / "tide-tables-1.yaml"):
        path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: On ", 1), "utf-8")


def _changed_record(repo: Repo) -> None:
    """The same, with one principle changed: just what it touches is made anew."""
    run(repo, ("build",))
    path = repo.folder("principle") / "tide-tables-1.yaml"
    path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: On ", 1), "utf-8")


def _damaged(repo: Repo) -> None:
    """Every theme with another end of lines and a wrong order of keys, and derived texts that are stale."""
    for path in sorted(repo.folder("theme").glob("*.yaml")):
        lines = path.read_text("utf-8").split("\n")
        lines[1:3] = reversed(lines[1:3])
        path.write_text("\r\n".join(lines), "utf-8", newline="")
    _stale(repo)


def _repository(repo: Repo) -> None:
    """A repository whose version 0.1.0 was frozen once before it was taken back, so that much of its site is there, and a principle changed since."""
    shutil.copy(ROOT / ".gitignore", repo.root)
    repo.releases.mkdir()
    repo.version.write_text("0.0.0\n", "utf-8")
    commit(repo.root)
    assert run(repo, ("release", "0.1.0")) == 0
    shutil.rmtree(repo.releases / "0.1.0")
    repo.version.write_text("0.0.0\n", "utf-8")
    path = repo.folder("principle") / "tide-tables-1.yaml"
    path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: On ", 1), "utf-8")
    commit(repo.root)


WRITERS = (
    Writer("fix", ("fix", "--write"), _damaged),
    Writer("new", ("new", "theme", "currents"), lambda _: None),
    Writer("derive", ("derive",), _stale),
    Writer("extract", ("extract", "--write"), _undrafted),
    Writer("ingest", ("ingest", "letter.txt", "--publisher", "Port Council", "--date", "2021-06-05"), _letter),
    Writer("suggest", ("suggest", "--write"), _wrong),
    Writer("clean", ("clean", "in", "--out", "out"), _corpus),
    Writer("build of a change", ("build",), _changed_record),
    Writer("build", ("build",), _changed_site),
    Writer("export", ("export",), _changed_record, (("build",),)),
    Writer("release", ("release", "0.1.0"), _repository),
)


def run(repo: Repo, arguments: Sequence[str]) -> int:
    """Runs the command in this process, quietly; its status."""
    sink = io.StringIO()
    with contextlib.chdir(repo.root), contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        return main(["--root", str(repo.root), *arguments])


def prepare(work: Path, writer: Writer, frame: Path | None = None) -> tuple[Repo, Tree]:
    """A checkout in which the command has work, and what it holds. With the frame of a site that was built from the same hand-written pages, it need not make one."""
    repo = checkout(work / "checkout" / "project")
    if frame:
        shutil.copytree(frame, repo.build / "frame", copy_function=os.link)
    writer.prepare(repo)
    return repo, tree(repo.root)
