"""What a run of the tests makes once and all of its processes use, and where its files lie."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30  # bytes: a run needs less than one gibibyte


def use_memory() -> None:
    """Puts temporary files into memory where there is plenty of it: the tests write some hundred thousand small files.

    Where it could not run programs, a test that says «this hook does not run» would say nothing, so it is not used then. TMPDIR has the last word.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    state = os.statvfs(MEMORY)
    available = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text("ascii"))
    free = int(available[1]) << 10 if available else 0
    if min(state.f_bavail * state.f_frsize, free) > ENOUGH and not state.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def examples(few: int) -> int:
    """How many examples a test generates: few, or a hundredth of what `make fuzz` asks for where that is more."""
    return max(few, int(os.environ.get("NORMBOOK_FUZZ", "0")) // 100)


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The folder for temporary files of this run, of all its processes."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of that name which the first process that asks for it makes, and every process of the run reads."""
    above = folder_of_run(factory)
    folder, whole = above / name, above / f"{name}.made"
    with (above / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            whole.touch()
    return folder


def linked(source: Path, target: Path) -> None:
    """A copy whose files are the same files, for trees in which files are replaced and never written into."""
    shutil.copytree(source, target, copy_function=os.link)
