"""Reading and writing files, so that nothing is ever half written."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

LEFT = re.compile(r"\.[0-9]+-[^.]*\.part")  # a temporary file or folder: the number of the process that made it stands in its name


def write(path: Path, content: bytes | str, durable: bool = True) -> bool:
    """True if the file was written, False if it held the content already.

    The content goes to a temporary file beside it, which then replaces it: a kill at any moment leaves the old file or the new
    one, and at the most that temporary file, which no reader looks at and a later write into the folder removes. `durable` forces
    the content to disk first; what a build can make again does without.
    """
    if isinstance(content, str):
        content = content.encode("utf-8")
    try:
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{os.getpid()}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


_swept: set[Path] = set()


def _sweep(folder: Path) -> None:
    """Removes the temporary files and folders in a folder whose makers run no more; looks once a run."""
    if folder in _swept:
        return
    _swept.add(folder)
    for path in [Path(entry.path) for entry in os.scandir(folder) if LEFT.fullmatch(entry.name)]:
        if _runs(int(path.name[1:].partition("-")[0])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)  # an orphan may still write into it: then the next run removes the rest
        else:
            path.unlink(missing_ok=True)


def _runs(number: int) -> bool:
    """True if there is a process of that number, or nobody can say (Windows has no such question)."""
    if os.name == "nt":
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # somebody else's
    return True


@contextmanager
def made_apart(folder: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `folder` once it is filled; where that fails, `folder` stays as it was.

    A kill at any moment leaves the old folder, none, or the new one whole, and at the most a temporary folder beside it. No reader
    looks at that one, not even if a child of the killed process goes on writing there, and a later run removes it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    apart = Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", suffix=".part", dir=folder.parent))
    try:
        (apart / "new").mkdir()
        yield apart / "new"
        if folder.exists():
            folder.replace(apart / "old")
        (apart / "new").replace(folder)
    finally:
        shutil.rmtree(apart, ignore_errors=True)


class Streamed(NamedTuple):
    """A file that was written as a stream: what its maker gave back, its size, its SHA-256, and whether it has changed."""

    holds: int
    bytes: int
    sha256: str
    written: bool


def write_by(path: Path, make: Callable[[BinaryIO], int]) -> Streamed:
    """Writes what `make` puts into a stream, to a temporary file first: a kill at any moment leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{os.getpid()}-", suffix=".part", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            count = make(file)
            file.flush()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = made.stat().st_size
        if path.is_file() and path.stat().st_size == size and digest_of(path) == digest:
            made.unlink()
            return Streamed(count, size, digest, False)
        made.chmod(0o644)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return Streamed(count, size, digest, True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_others(folder: Path, keep: set[str]) -> int:
    """How many files below a folder were removed because their relative paths are not in `keep`; empty folders go with them."""
    removed = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in keep:
            path.unlink()
            removed += 1
    return removed
