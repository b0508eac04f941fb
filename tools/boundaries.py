"""Runs a command in a process of its own and kills it before or after a system call that changes files, or after some time."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from normbook.cli.main import main
from normbook.workspace import files
from normbook.workspace.repo import Repo
from tools.writers import Writer

BOUNDARIES = frozenset({"open", "write", "close", "flush", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "chmod", "truncate", "sendfile"})  # fmt: skip
OUTSIDE = 99  # the exit status if the interrupt comes before or after the command itself


def fork(repo: Repo, writer: Writer, at: int = 0, sign: int = signal.SIGKILL, log: Path | None = None) -> int:
    """The id of a forked process that runs the command and sends itself a signal at the `at`-th boundary of a call that changes files.

    A boundary is the moment before or after a system call named in BOUNDARIES. None is missed, because every call from Python to C is
    traced. With `log` the process writes the number of boundaries there.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until the child can meet it
    number = os.fork()
    if number:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return number
    status = OUTSIDE
    try:
        os.setsid()
        said = os.open(repo.root.parent / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
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
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        status = main(["--root", str(repo.root), *writer.arguments])
        sys.setprofile(None)
        sys.stdout.flush()
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
    """The number of boundaries in a run that is not killed."""
    log = repo.root.parent / "boundaries"
    _, status = os.waitpid(fork(repo, writer, log=log), 0)
    assert os.waitstatus_to_exitcode(status) == 0, (repo.root.parent / "said").read_text()
    return int(log.read_text())


def kill_after(repo: Repo, writer: Writer, seconds: float, sign: int) -> int:
    """The exit status of the command after a signal is sent to it after some seconds (negative if the signal ended it)."""
    number = fork(repo, writer)
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, sign)
    _, status = os.waitpid(number, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)  # what it had started
    return os.waitstatus_to_exitcode(status)
