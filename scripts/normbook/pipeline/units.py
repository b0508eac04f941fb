"""What a bulk run is cut into, and the documents that each piece holds."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from normbook.pipeline import rows
from normbook.pipeline.foreign import foreign
from normbook.pipeline.rows import InputError
from normbook.problems import CHECK_FILE

MOST_FILES = 64  # documents of a unit
MOST_BYTES = 8 << 20  # bytes of a unit, unless one document is larger
HIDDEN = "."  # how the names begin of what is left out
LINES = (".jsonl", ".ndjson")


class Unit(NamedTuple):
    """A piece of the input: its number in order, what it is read from, and a mark that changes when those bytes do.

    `start` and `end` are bytes of a JSON Lines file, or rows of a row group; `base` is the number of the first line, or that of the group.
    `size` is how many bytes of the input it stands for.
    """

    number: int
    kind: Literal["files", "jsonl", "parquet"]
    source: str
    names: tuple[str, ...]
    start: int
    end: int
    mark: str
    base: int = 0
    size: int = 0


def files_of(paths: Iterable[Path], without: Path | None = None) -> Iterator[Path]:
    """The files that paths name, folders walked in order of their names; hidden files, SHA256SUMS and the folder `without` are left out.

    A folder that cannot be read, and a link to a folder, which is not followed, stand among the files: they are told where they are read.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - which tells no error where a folder above is closed
            yield path
            continue
        denied: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=denied.append):
            folders[:] = sorted(each for each in folders if not each.startswith(HIDDEN) and not is_same(Path(folder, each), without))
            links = [each for each in folders if os.path.islink(os.path.join(folder, each))]  # noqa: PTH114, PTH118 - a million of them
            for name in sorted([*names, *links]):
                if not name.startswith(HIDDEN) and name != "SHA256SUMS":
                    yield Path(folder, name)
            yield from _named(denied)
        yield from _named(denied)


def _named(denied: list[OSError]) -> Iterator[Path]:
    while denied:
        yield Path(denied.pop(0).filename)


def is_same(path: Path, other: Path | None) -> bool:
    """True if two paths lead to one folder."""
    try:
        return other is not None and path.samefile(other)
    except OSError:
        return False


def measure(paths: Iterable[Path], without: Path | None = None) -> tuple[int, int]:
    """How many files there are and how many bytes they hold."""
    count = size = 0
    for path in files_of(paths, without):
        count += 1
        size += _size(path)
    return count, size


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def plan(paths: Iterable[Path], without: Path | None = None) -> Iterator[Unit]:
    """The units of an input, in order; the same input gives the same units on every machine and for every engine."""
    number = 0
    group: list[Path] = []
    size = 0
    for path in files_of(paths, without):
        kind = path.suffix.lower()
        if (kind in LINES or kind == ".parquet") and os.access(path, os.R_OK) and path.is_file():
            if group:
                yield _files(number, group, size)
                number, group, size = number + 1, [], 0
            for unit in _row_groups(path) if kind == ".parquet" else _ranges(path):
                yield unit._replace(number=number)
                number += 1
            continue
        bytes = _size(path)
        if group and (len(group) >= MOST_FILES or size + bytes > MOST_BYTES):
            yield _files(number, group, size)
            number, group, size = number + 1, [], 0
        group.append(path)
        size += bytes
    if group:
        yield _files(number, group, size)


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return f"{path}:missing"
    return f"{path}:{found.st_size}:{found.st_mtime_ns}"


def mark(*words: object) -> str:
    """A digest of some words, that changes when one of them does."""
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "surrogateescape")).hexdigest()


def _files(number: int, group: list[Path], size: int) -> Unit:
    return Unit(number, "files", "", tuple(map(str, group)), 0, 0, mark(*map(_stamp, group)), size=size)


def _ranges(path: Path) -> Iterator[Unit]:
    """A JSON Lines file cut behind the line that fills a unit."""
    size = path.stat().st_size
    start, line = 0, 1
    with path.open("rb") as file:
        while start < size:
            lines = file.read(MOST_BYTES).count(b"\n")
            lines += file.readline().endswith(b"\n")
            end = min(file.tell(), size)
            yield Unit(0, "jsonl", str(path), (), start, end, mark(_stamp(path), start, end), line, end - start)
            start, line = end, line + lines


def _row_groups(path: Path) -> Iterator[Unit]:
    """A Parquet file cut by its row groups, and a large one of these by its rows; one that cannot be read is one unit, told where it is read."""
    size = _size(path)
    try:
        groups = rows.groups(path)
    except InputError:
        groups = []
    if not groups:
        yield Unit(0, "parquet", str(path), (), 0, 0, mark(_stamp(path)), 0, size)
        return
    total = sum(count for count, _ in groups) or 1
    for group, (count, bytes) in enumerate(groups):
        most = max(1, MOST_BYTES * count // max(bytes, 1))
        for start in range(0, count, most):
            end = min(start + most, count)
            yield Unit(0, "parquet", str(path), (), start, end, mark(_stamp(path), group, start, end), group, size * (end - start) // total)


def documents(unit: Unit, field: str, declared: str | None = None) -> Iterator[tuple[str, bytes | InputError]]:
    """The documents of a unit by name; what cannot be read is a value, so that the others are cleaned all the same."""
    if unit.kind == "files":
        for name in unit.names:
            yield name, _read(name, declared)
    elif unit.kind == "jsonl":
        yield from rows.of_lines(unit.source, unit.start, unit.end, unit.base, field)
    else:
        yield from rows.of_parquet(unit.source, unit.base, unit.start, unit.end, field)


def _read(name: str, declared: str | None) -> bytes | InputError:
    """The bytes of a file. Only a plain file is opened: a pipe would hold the run up for ever."""
    try:
        found = os.stat(name)  # noqa: PTH116 - a million of them
        if stat.S_ISDIR(found.st_mode):
            with os.scandir(name):  # one that cannot be read raises
                return InputError("a link to a folder is not followed", "name the folder itself, or remove the link")
        if not stat.S_ISREG(found.st_mode):
            return InputError("this is no plain file", "remove it, or put a plain file in its place")
        content = Path(name).read_bytes()
    except OSError as error:
        return InputError(f"it cannot be read: {error.strerror}", CHECK_FILE)
    if kind := foreign(content, declared):
        return InputError(f"this is {kind.what}", kind.hint)
    return content
