"""Divides the input of a bulk run into units, and reads the documents of a unit."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from normbook.findings.finding import CHECK_FILE
from normbook.workspace.bulk import rows
from normbook.workspace.bulk.rows import InputError
from normbook.workspace.file_types import not_text

MOST_FILES = 64  # documents per unit
MOST_BYTES = 8 << 20  # bytes per unit, unless a single document is larger
HIDDEN = "."  # prefix of names that are ignored
LINES = (".jsonl", ".ndjson")


class Unit(NamedTuple):
    """A piece of the input: its number, where it is read from, and a mark that changes with the content.

    `start` and `end` are byte offsets in a JSON Lines file, or rows of a row group; `base` is the number of the first line, or of the group.
    `size` is its share of the input, in bytes.
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
    """The files at some paths; folders are walked in sorted order. Hidden files, SHA256SUMS and the folder `without` are left out.

    Unreadable folders and links to folders (which are not followed) are included, so that reading them reports the error.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - does not raise if a parent folder is unreadable
            yield path
            continue
        denied: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=denied.append):
            folders[:] = sorted(each for each in folders if not each.startswith(HIDDEN) and not is_same(Path(folder, each), without))
            links = [each for each in folders if os.path.islink(os.path.join(folder, each))]  # noqa: PTH114, PTH118 - faster, for a million files
            for name in sorted([*names, *links]):
                if not name.startswith(HIDDEN) and name != "SHA256SUMS":
                    yield Path(folder, name)
            yield from _named(denied)
        yield from _named(denied)


def _named(denied: list[OSError]) -> Iterator[Path]:
    while denied:
        yield Path(denied.pop(0).filename)


def is_same(path: Path, other: Path | None) -> bool:
    """True if two paths lead to the same folder."""
    try:
        return other is not None and path.samefile(other)
    except OSError:
        return False


def measure(paths: Iterable[Path], without: Path | None = None) -> tuple[int, int]:
    """The number of files and their total size in bytes."""
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
    """A digest of some values."""
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "surrogateescape")).hexdigest()


def _files(number: int, group: list[Path], size: int) -> Unit:
    return Unit(number, "files", "", tuple(map(str, group)), 0, 0, mark(*map(_stamp, group)), size=size)


def _ranges(path: Path) -> Iterator[Unit]:
    """Divides a JSON Lines file after the line that fills a unit."""
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
    """Divides a Parquet file by row groups, and large row groups by rows. An unreadable file is one unit, so that reading it reports the error."""
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
    """The documents of a unit by name. An unreadable one is an InputError, yielded rather than raised, so that the others are still cleaned."""
    if unit.kind == "files":
        for name in unit.names:
            yield name, _read(name, declared)
    elif unit.kind == "jsonl":
        yield from rows.of_lines(unit.source, unit.start, unit.end, unit.base, field)
    else:
        yield from rows.of_parquet(unit.source, unit.base, unit.start, unit.end, field)


def _read(name: str, declared: str | None) -> bytes | InputError:
    """The bytes of a file. Only plain files are opened: a pipe would block the run for ever."""
    try:
        found = os.stat(name)  # noqa: PTH116 - faster, for a million files
        if stat.S_ISDIR(found.st_mode):
            with os.scandir(name):  # raises if the folder is unreadable
                return InputError("a link to a folder is not followed", "pass the folder itself, or remove the link")
        if not stat.S_ISREG(found.st_mode):
            return InputError("expected a plain file", "remove it, or replace it by a plain file")
        content = Path(name).read_bytes()
    except OSError as error:
        return InputError(f"it cannot be read: {error.strerror}", CHECK_FILE)
    if kind := not_text(content, declared):
        return InputError(f"this is {kind.what}", kind.hint)
    return content
