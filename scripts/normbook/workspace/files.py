"""Writes files and folders atomically, so that nothing is ever half written."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

TEMPORARY = re.compile(r"\.[0-9]+-[^.]*\.part")  # a temporary file or folder; its name holds the id of the process that made it


def write(path: Path | str, content: bytes | str, durable: bool = True) -> bool:
    """True if the file was written, False if it held the content already.

    The content goes to a temporary file in the same folder, which then replaces the old file. A process killed at any moment leaves the
    old file or the new one, and at most a temporary file, which readers ignore and a later write into the folder removes. `durable` forces
    the content to disk first; files that a build can make again do not need that.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    name = os.fspath(path)
    folder = os.path.dirname(name) or "."  # noqa: PTH120 - a build writes tens of thousands of files: objects for paths would cost as much as writing
    try:
        if os.stat(name).st_size == len(content) and _holds(name, content):  # noqa: PTH116
            return False
    except FileNotFoundError:
        if folder not in _swept:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    _sweep(folder)
    part = f"{folder}/.{os.getpid()}-{next(_numbers)}.part"
    try:
        handle = os.open(part, NEW, MODE)
    except FileNotFoundError:  # the folder was removed since this run looked
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        handle = os.open(part, NEW, MODE)
    try:
        try:
            written = os.write(handle, content)
            while written < len(content):
                written += os.write(handle, content[written:])
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(part, name)  # noqa: PTH105
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return True


MODE = 0o644  # less what the umask of the user takes away
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_numbers = itertools.count()


def _holds(name: str, content: bytes) -> bool:
    with open(name, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read() == content


_swept: set[str] = set()


def _sweep(folder: Path | str) -> None:
    """Removes temporary files and folders whose process has ended. Looks once per run and folder."""
    if (name := os.fspath(folder)) in _swept:
        return
    _swept.add(name)
    for path in [Path(folder, each) for each in os.listdir(folder) if each[0] == "." and TEMPORARY.fullmatch(each)]:  # noqa: PTH208 - names alone: a folder of a large site has tens of thousands
        if _runs(int(path.name[1:].partition("-")[0])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)  # an orphaned process may still write into it: the next run removes the rest
        else:
            path.unlink(missing_ok=True)


def _runs(number: int) -> bool:
    """True if the process exists, or if that cannot be found out (on Windows)."""
    if os.name == "nt":
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # it belongs to another user
    return True


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """A context manager that yields an empty folder to fill, which then replaces `folder`. After an error `folder` is unchanged.

    A process killed at any moment leaves the old folder, no folder, or the complete new one, and at most a temporary folder next to it.
    Readers ignore that one, even if a child of the killed process goes on writing to it, and a later run removes it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    temporary = Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", suffix=".part", dir=folder.parent))
    try:
        (temporary / "new").mkdir()
        yield temporary / "new"
        if folder.exists():
            folder.replace(temporary / "old")
        (temporary / "new").replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


class Streamed(NamedTuple):
    """A file written as a stream: the writer's return value, size in bytes, SHA-256, and whether the content has changed."""

    holds: int
    bytes: int
    sha256: str
    written: bool


def write_by(path: Path, make: Callable[[BinaryIO], int]) -> Streamed:
    """Writes a file atomically from what `make` writes to a stream. An unchanged file is not replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{os.getpid()}-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            count = make(file)
            file.flush()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = part.stat().st_size
        if path.is_file() and path.stat().st_size == size and digest_of(path) == digest:
            part.unlink()
            return Streamed(count, size, digest, False)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Streamed(count, size, digest, True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_others(folder: Path, keep: set[str]) -> int:
    """Removes the files below a folder whose relative paths are not in `keep`, and empty folders; returns the number of files."""
    removed = 0
    for where, folders, names in os.walk(folder, topdown=False):
        below = Path(where).relative_to(folder).as_posix()
        links = [name for name in folders if os.path.islink(f"{where}/{name}")]  # noqa: PTH114 - as in `write`: there are tens of thousands
        others = [name for name in (*names, *links) if (name if below == "." else f"{below}/{name}") not in keep]
        for name in others:
            os.unlink(f"{where}/{name}")  # noqa: PTH108
        removed += len(others)
        if below != "." and not os.listdir(where):  # noqa: PTH208
            os.rmdir(where)  # noqa: PTH106
    return removed
