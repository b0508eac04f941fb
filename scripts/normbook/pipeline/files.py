"""Reading and writing files, so that nothing is ever half written."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

LEFT = re.compile(r"\.[0-9]+-[^.]*\.part")  # a temporary file: the number of the process that wrote it stands in its name


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
    """Removes the temporary files in a folder whose writers run no more; looks once a run."""
    if folder in _swept:
        return
    _swept.add(folder)
    for path in [Path(entry.path) for entry in os.scandir(folder) if LEFT.fullmatch(entry.name)]:
        if not _runs(int(path.name[1:].partition("-")[0])):
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
