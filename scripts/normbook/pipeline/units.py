"""What a bulk run is cut into, and the documents that each piece holds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

MOST_FILES = 64  # documents of a unit
MOST_BYTES = 8 << 20  # bytes of a unit, unless one document is larger


class Unit(NamedTuple):
    """A piece of the input: its number in order, what it is read from, and a mark that changes when those bytes do."""

    number: int
    kind: Literal["files", "jsonl", "parquet"]
    source: str
    names: tuple[str, ...]
    start: int
    end: int
    mark: str


class InputError(ValueError):
    """A document of the input that cannot be read: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that paths name, folders walked in order of their names; hidden files and SHA256SUMS are left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if not name.startswith(".") and name != "SHA256SUMS":
                    yield Path(folder, name)


def measure(paths: Iterable[Path]) -> tuple[int, int]:
    """How many files there are and how many bytes they hold."""
    count = size = 0
    for path in files_of(paths):
        count += 1
        size += path.stat().st_size if path.exists() else 0
    return count, size


def plan(paths: Iterable[Path]) -> Iterator[Unit]:
    """The units of an input, in order; the same input gives the same units on every machine and for every engine."""
    number = 0
    group: list[Path] = []
    size = 0
    for path in files_of(paths):
        if path.suffix in (".jsonl", ".ndjson", ".parquet") and path.exists():
            if group:
                yield _files(number, group)
                number, group, size = number + 1, [], 0
            for unit in _ranges(path) if path.suffix != ".parquet" else _row_groups(path):
                yield unit._replace(number=number)
                number += 1
            continue
        bytes = path.stat().st_size if path.exists() else 0
        if group and (len(group) >= MOST_FILES or size + bytes > MOST_BYTES):
            yield _files(number, group)
            number, group, size = number + 1, [], 0
        group.append(path)
        size += bytes
    if group:
        yield _files(number, group)


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return f"{path}:missing"
    return f"{path}:{found.st_size}:{found.st_mtime_ns}"


def mark(*words: object) -> str:
    """A digest of some words, that changes when one of them does."""
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "surrogateescape")).hexdigest()


def _files(number: int, group: list[Path]) -> Unit:
    return Unit(number, "files", "", tuple(map(str, group)), 0, 0, mark(*map(_stamp, group)))


def _ranges(path: Path) -> Iterator[Unit]:
    """A JSON Lines file cut behind the line that fills a unit."""
    size = path.stat().st_size
    start = 0
    with path.open("rb") as file:
        while start < size:
            file.seek(min(start + MOST_BYTES, size))
            file.readline()
            end = min(file.tell(), size)
            yield Unit(0, "jsonl", str(path), (), start, end, mark(_stamp(path), start, end))
            start = end


def _row_groups(path: Path) -> Iterator[Unit]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield Unit(0, "parquet", str(path), (), group, group + 1, mark(_stamp(path), group))


def documents(unit: Unit, field: str) -> Iterator[tuple[str, bytes | InputError]]:
    """The documents of a unit by name; what cannot be read is a value, so that the others are cleaned all the same."""
    if unit.kind == "files":
        for name in unit.names:
            try:
                yield name, Path(name).read_bytes()
            except OSError as error:
                yield name, InputError(f"the file cannot be read: {error.strerror}", "check its name, and that you may read it")
    elif unit.kind == "jsonl":
        with Path(unit.source).open("rb") as file:
            file.seek(unit.start)
            while file.tell() < unit.end:
                at = file.tell()
                line = file.readline()
                if line.strip():
                    yield _row(f"{unit.source}:{at}", line, field)
    else:
        from pyarrow import parquet

        with parquet.ParquetFile(unit.source) as file:
            for number, row in enumerate(file.read_row_group(unit.start).to_pylist()):
                yield _value(f"{unit.source}:{unit.start}:{number}", row, field)


def _row(place: str, line: bytes, field: str) -> tuple[str, bytes | InputError]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return place, InputError(f"the line is not JSON: {error}", "write one object a line")
    if not isinstance(row, dict):
        return place, InputError("the line holds no object", "write one object a line")
    return _value(place, row, field)


def _value(place: str, row: dict[str, Any], field: str) -> tuple[str, bytes | InputError]:
    """The bytes of one record: its text field, named by its file, id or url."""
    name = next((str(row[key]) for key in ("file", "id", "url") if row.get(key)), place)
    text = row.get(field)
    if isinstance(text, bytes):
        return name, text
    if not isinstance(text, str):
        return name, InputError(f"the record has no text in {field!r}", "name the field that holds it with --field")
    try:
        return name, text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name, InputError("the text holds a lone surrogate that is no byte", "write it again from the received bytes")
