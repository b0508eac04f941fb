"""Many documents: cut into units, each cleaned by one pure call and written whole, so that a run can be killed and taken up again.

A unit names some files, a range of a JSON Lines file or a row group of a Parquet file. Its results are one part of the output folder
(`part-000000.jsonl`, errors beside it), followed by a note of what it was made from (`part-000000.done.json`). A part that has such a
note, made from the same bytes by the same rules, is not made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from normbook import __version__
from normbook.pipeline.files import write
from normbook.text.report import report

MOST_FILES = 64  # documents of a unit
MOST_BYTES = 8 << 20  # bytes of a unit, unless one document is larger
COLUMNS = (
    "file",
    "sha256",
    "encoding",
    "language",
    "raw_length",
    "text",
    "edits",
    "segments",
    "lists",
    "dates",
    "speakers",
    "initiatives",
    "problems",
)
NESTED = ("edits", "segments", "lists", "dates", "speakers", "initiatives", "problems")  # columns of Parquet that hold JSON
Format = Literal["jsonl", "parquet"]


class Settings(NamedTuple):
    """What a run does with every document, and where its results go."""

    out: str
    format: Format = "jsonl"
    encoding: str | None = None
    published: date | None = None
    field: str = "text"


class Unit(NamedTuple):
    """A piece of the input: its number in order, what it is read from, and a mark that changes when those bytes do."""

    number: int
    kind: Literal["files", "jsonl", "parquet"]
    source: str
    names: tuple[str, ...]
    start: int
    end: int
    mark: str


class Part(NamedTuple):
    """What became of a unit: documents and errors, bytes read, and the SHA-256 of its results as JSON Lines."""

    number: int
    documents: int
    errors: int
    bytes: int
    sha256: str
    made: bool


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


def _mark(*words: object) -> str:
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "surrogateescape")).hexdigest()


def _files(number: int, group: list[Path]) -> Unit:
    return Unit(number, "files", "", tuple(map(str, group)), 0, 0, _mark(*map(_stamp, group)))


def _ranges(path: Path) -> Iterator[Unit]:
    """A JSON Lines file cut behind the line that fills a unit."""
    size = path.stat().st_size
    start = 0
    with path.open("rb") as file:
        while start < size:
            file.seek(min(start + MOST_BYTES, size))
            file.readline()
            end = min(file.tell(), size)
            yield Unit(0, "jsonl", str(path), (), start, end, _mark(_stamp(path), start, end))
            start = end


def _row_groups(path: Path) -> Iterator[Unit]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield Unit(0, "parquet", str(path), (), group, group + 1, _mark(_stamp(path), group))


def documents(unit: Unit, settings: Settings) -> Iterator[tuple[str, bytes | InputError]]:
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
                    yield _row(f"{unit.source}:{at}", line, settings.field)
    else:
        from pyarrow import parquet

        with parquet.ParquetFile(unit.source) as file:
            for number, row in enumerate(file.read_row_group(unit.start).to_pylist()):
                yield _value(f"{unit.source}:{unit.start}:{number}", row, settings.field)


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


def clean_unit(unit: Unit, settings: Settings) -> Part:
    """Cleans a unit and writes its part, unless that part is there already; the one function that every engine runs.

    The part is written to a file beside its place and put there whole, the note after it: a kill leaves either no part or a whole one.
    """
    stem = Path(settings.out) / f"part-{unit.number:06}"
    note = stem.with_name(f"{stem.name}.done.json")
    made_from = _mark(unit.mark, fingerprint(), *settings[1:])
    if (done := _done(note, made_from)) is not None:
        return done
    rows: list[str] = []
    errors: list[str] = []
    size = 0
    for name, content in documents(unit, settings):
        if isinstance(content, InputError):
            errors.append(json.dumps({"file": name, "error": str(content), "hint": content.hint}))
            continue
        size += len(content)
        try:
            rows.append(json.dumps(report(name, content, settings.encoding, settings.published)))
        except LookupError as error:
            errors.append(
                json.dumps({"file": name, "error": str(error), "hint": "give an encoding that Python knows, for instance gb18030"})
            )
    lines = "".join(f"{row}\n" for row in rows)
    failed = "".join(f"{row}\n" for row in errors)
    digest = hashlib.sha256((lines + failed).encode()).hexdigest()
    _write_rows(stem, rows, lines, settings.format)
    beside = stem.with_name(f"{stem.name}.errors.jsonl")
    if errors:
        write(beside, failed, durable=False)
    else:
        beside.unlink(missing_ok=True)
    part = Part(unit.number, len(rows), len(errors), size, digest, True)
    write(note, json.dumps({"from": made_from, **part._asdict()}), durable=False)
    return part


def _done(note: Path, made_from: str) -> Part | None:
    try:
        found = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or found.pop("from", None) != made_from:
        return None
    return Part(**{**found, "made": False})


def _write_rows(stem: Path, rows: list[str], lines: str, format: Format) -> None:
    if format == "jsonl":
        write(stem.with_name(f"{stem.name}.jsonl"), lines, durable=False)
        return
    import pyarrow as pa
    from pyarrow import parquet

    values = [json.loads(row) for row in rows]
    columns = {name: [json.dumps(value[name]) if name in NESTED else _storable(value[name]) for value in values] for name in COLUMNS}
    types = {name: pa.int64() if name == "raw_length" else pa.string() for name in COLUMNS}
    table = pa.table({name: pa.array(column, types[name]) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    write(stem.with_name(f"{stem.name}.parquet"), sink.getvalue().to_pybytes(), durable=False)


def _storable(value: Any) -> Any:
    """A string as Parquet can hold it: bytes that are no text stand as U+FFFD there; the edits and JSON Lines keep them."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


@cache
def fingerprint() -> str:
    """A digest of the version and of all that decides what a text becomes: results of other rules are not taken up again."""
    folder = Path(__file__).parents[1] / "text"
    return _mark(__version__, *(hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.py"))))


def finish(out: Path, parts: list[Part]) -> str:
    """The digest of a whole run, written with its counts to manifest.json; parts that an earlier, longer run left are removed."""
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    numbers = {f"part-{part.number:06}" for part in parts}
    for path in out.glob("part-*"):
        if path.name.split(".", 1)[0] not in numbers:
            path.unlink()
    for path in out.glob(".*.part"):  # what a killed run left
        path.unlink(missing_ok=True)
    total = {name: sum(getattr(part, name) for part in parts) for name in ("documents", "errors", "bytes")}
    write(out / "manifest.json", json.dumps({"digest": digest, "parts": len(parts), **total}, indent=2) + "\n")
    return digest
