"""The commands that write, each on a small checkout of its own: what is there before, what after, and what a kill between the two may leave."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from normbook.cli import main
from normbook.paths import Repo
from normbook.pipeline import files

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = Path(__file__).parent / "cases" / "sample"
LETTER = "Port Council, 2021-06-04\n\nThe harbour masters met again. They said that the lights of the coast should be kept lit.\n"
BOUNDARIES = frozenset({"open", "write", "close", "flush", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "chmod", "truncate", "sendfile"})  # fmt: skip
Tree = dict[str, bytes]


class Writer(NamedTuple):
    """A command that writes: its arguments, and what makes the checkout such that it has work."""

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Repo], None]


def checkout(root: Path) -> Repo:
    """The sample project with the schemas, templates and settings of this one."""
    for part in ("schema", "site_src"):
        shutil.copytree(ROOT / part, root / part)
    for part in ("data", "seeds"):
        shutil.copytree(SAMPLE / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Repo(root)


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
    run(repo, Writer("build", ("build",), lambda _: None))
    for path in (repo.folder("theme") / "tides.yaml", repo.folder("principle") / "tide-tables-1.yaml"):
        path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: On ", 1), "utf-8")


def _changed_record(repo: Repo) -> None:
    """The same, with one principle changed: just what it touches is made anew."""
    run(repo, Writer("build", ("build",), lambda _: None))
    path = repo.folder("principle") / "tide-tables-1.yaml"
    path.write_text(path.read_text("utf-8").replace("\ntitle: ", "\ntitle: On ", 1), "utf-8")


WRITERS = (
    Writer("derive", ("derive",), _stale),
    Writer("extract", ("extract", "--write"), _undrafted),
    Writer("ingest", ("ingest", "letter.txt", "--publisher", "Port Council", "--date", "2021-06-05"), _letter),
    Writer("suggest", ("suggest", "--write"), _wrong),
    Writer("build", ("build",), _changed_site),
    Writer("build of a change", ("build",), _changed_record),
    Writer("clean", ("clean", "in", "--out", "out"), _corpus),
)


def tree(root: Path, left: bool = False) -> Tree:
    """The content of every file below a folder by its path, what a killed writer may leave beside them only if it is asked for."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and (left or not (path.name.startswith(".") and path.suffix == ".part")):
            found[name] = path.read_bytes()
    return found


def run(repo: Repo, writer: Writer) -> int:
    """Runs the command in this process, quietly; its status."""
    os.chdir(repo.root)
    sink = io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        return main(["--root", str(repo.root), *writer.arguments])


def fork(repo: Repo, writer: Writer, at: int = 0, sign: int = signal.SIGKILL, log: Path | None = None) -> int:
    """The number of a forked process that runs the command. It sends itself a signal at the `at`-th boundary of a call that changes a file.

    A boundary is the moment before or after a call of the system by the names in BOUNDARIES: none is left out, since every call from
    Python to C is seen. With `log` it writes down there how many it came by.
    """
    if number := os.fork():
        return number
    status = 99
    try:
        os.setsid()
        errors = os.open(repo.root.parent / "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(errors, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115 - the process ends with them
        os.chdir(repo.root)
        files._swept.clear()  # which this process has from the one that started it
        passed = 0

        def watch(frame: Any, event: str, called: Any) -> None:
            nonlocal passed
            if event in ("c_call", "c_return") and _touches_files(called):
                passed += 1
                if passed == at:
                    os.kill(os.getpid(), sign)

        if at or log:
            sys.setprofile(watch)
        status = main(["--root", str(repo.root), *writer.arguments])
        sys.setprofile(None)
        sys.stderr.flush()
        if log:
            log.write_text(str(passed))
    finally:
        os._exit(status)


def _touches_files(called: Any) -> bool:
    """True for a function of the system, or a method of an open file, that may change what is on disk."""
    of = getattr(called, "__self__", None)
    return called.__name__ in BOUNDARIES and (
        getattr(of, "__name__", type(of).__module__) in ("posix", "_io") and not isinstance(of, io.StringIO | io.BytesIO)
    )


def boundaries(repo: Repo, writer: Writer) -> int:
    """How many boundaries the command comes by where nothing kills it."""
    log = repo.root.parent / "boundaries"
    _, status = os.waitpid(fork(repo, writer, log=log), 0)
    assert os.waitstatus_to_exitcode(status) == 0, (repo.root.parent / "stderr").read_text()
    return int(log.read_text())


def reset(repo: Repo, before: Tree) -> None:
    """The checkout as it was before the command; what is as it was is not touched."""
    found = tree(repo.root, left=True)
    for name in found.keys() - before.keys():
        (repo.root / name).unlink()
    for folder in sorted((path for path in repo.root.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()  # if it is empty
    for name, content in before.items():
        if found.get(name) != content:
            (repo.root / name).parent.mkdir(parents=True, exist_ok=True)
            (repo.root / name).write_bytes(content)


def torn(found: Tree, before: Tree, after: Tree) -> list[str]:
    """The files that are neither as before, nor as after, nor absent where they were or will be."""
    wrong = [name for name, content in found.items() if content not in (before.get(name), after.get(name)) and not name.startswith(SCRATCH)]
    gone = [name for name in before if name in after and name not in found and not name.startswith(SCRATCH)]
    return wrong + gone


SCRATCH = ("build/",)  # made again by every build that does not find it whole; it is the site that is looked at


def kill_after(repo: Repo, writer: Writer, seconds: float, sign: int) -> int:
    """The exit status of the command, sent a signal after some seconds (negative: it ended by that signal)."""
    number = fork(repo, writer)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, sign)
    _, status = os.waitpid(number, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)  # what it had started
    return os.waitstatus_to_exitcode(status)


def prepare(work: Path, writer: Writer) -> tuple[Repo, Tree]:
    """A checkout in which the command has work, and what it holds."""
    repo = checkout(work / "checkout" / "project")
    writer.prepare(repo)
    return repo, tree(repo.root)
