"""Cleans units of documents, each by one pure call whose result is written atomically, so that a run can be killed and resumed.

A unit is a group of files, a range of a JSON Lines file, or a row group of a Parquet file. Its result is one part in the output folder
(`part-000000.jsonl`, with errors in `part-000000.errors.jsonl`), followed by a note of what it was made from
(`part-000000.done.json`). A part with a note for the same bytes and the same rules is not made again.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from normbook.extraction.report import report
from normbook.findings.finding import CHECK_ENCODING
from normbook.workspace.bulk.plan import Unit, documents, mark
from normbook.workspace.bulk.rows import InputError
from normbook.workspace.files import write
from normbook.workspace.fingerprint import depends_on

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
    "furniture",
    "candidates",
)
# Parquet columns that contain JSON
NESTED = ("edits", "segments", "lists", "dates", "speakers", "initiatives", "problems", "furniture", "candidates")
Format = Literal["jsonl", "parquet"]


class Settings(NamedTuple):
    """How every document is cleaned, and where the results go."""

    out: str
    format: Format = "jsonl"
    encoding: str | None = None
    published: date | None = None
    field: str = "text"
    thorough: bool = False


class Part(NamedTuple):
    """The result of a unit: numbers of documents, errors and bytes of text; the SHA-256 of its results as JSON Lines; and the size of its file.

    `size` is the unit's share of the input, in bytes; `made` is False if an earlier run had done it.
    """

    number: int
    documents: int
    errors: int
    bytes: int
    sha256: str
    stored: int
    size: int
    made: bool


def clean_unit(unit: Unit, settings: Settings) -> Part:
    """Cleans a unit and writes its part, unless that has been done. This is the function that every engine runs.

    The part is written atomically, and its note last: a process that is killed leaves either no part or a complete one.
    """
    stem = Path(settings.out) / f"part-{unit.number:06}"
    note = stem.with_name(f"{stem.name}.done.json")
    made_from = mark(unit.mark, fingerprint(), *settings[1:])
    if (done := _done(note, stem, made_from, settings.format)) is not None:
        return done
    rows: list[str] = []
    errors: list[str] = []
    size = 0
    for name, content in documents(unit, settings.field, settings.encoding):
        if isinstance(content, InputError):
            errors.append(json.dumps({"file": name, **content.place, "error": str(content), "hint": content.hint}))
            continue
        size += len(content)
        try:
            rows.append(json.dumps(report(name, content, settings.encoding, settings.published, thorough=settings.thorough)))
        except LookupError as error:
            errors.append(json.dumps({"file": name, "error": str(error), "hint": CHECK_ENCODING}))
    lines = "".join(f"{row}\n" for row in rows)
    failed = "".join(f"{row}\n" for row in errors)
    digest = hashlib.sha256((lines + failed).encode()).hexdigest()
    stored = _write_rows(stem, rows, lines, settings.format)
    beside = stem.with_name(f"{stem.name}.errors.jsonl")
    if errors:
        write(beside, failed, durable=False)
    else:
        beside.unlink(missing_ok=True)
    part = Part(unit.number, len(rows), len(errors), size, digest, stored, unit.size, True)
    write(note, json.dumps({"from": made_from, **part._asdict()}), durable=False)
    return part


def _done(note: Path, stem: Path, made_from: str, format: Format) -> Part | None:
    """The part that a note describes; None if it was made from something else, or its files are incomplete."""
    try:
        found = json.loads(note.read_bytes())
        if not isinstance(found, dict) or found.pop("from", None) != made_from:
            return None
        part = Part(**{**found, "made": False})
        whole = stem.with_name(f"{stem.name}.{format}").stat().st_size == part.stored
        return part if whole and stem.with_name(f"{stem.name}.errors.jsonl").is_file() == bool(part.errors) else None
    except (OSError, ValueError, TypeError):
        return None


def _write_rows(stem: Path, rows: list[str], lines: str, format: Format) -> int:
    """Writes the results, and removes those of an earlier run in the other format. Returns the size in bytes."""
    other: Format = "parquet" if format == "jsonl" else "jsonl"
    stem.with_name(f"{stem.name}.{other}").unlink(missing_ok=True)
    if format == "jsonl":
        content = lines.encode()
        write(stem.with_name(f"{stem.name}.jsonl"), content, durable=False)
        return len(content)
    import pyarrow as pa
    from pyarrow import parquet

    values = [json.loads(row) for row in rows]
    columns = {name: [json.dumps(value[name]) if name in NESTED else _storable(value[name]) for value in values] for name in COLUMNS}
    types = {name: pa.int64() if name == "raw_length" else pa.string() for name in COLUMNS}
    table = pa.table({name: pa.array(column, types[name]) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    write(stem.with_name(f"{stem.name}.parquet"), content, durable=False)
    return len(content)


def _storable(value: Any) -> Any:
    """A string for Parquet, with U+FFFD for undecodable bytes; the edits and JSON Lines preserve them."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


@cache
def fingerprint() -> str:
    """A digest of everything that cleaning depends on (code, word lists, libraries, Python). Results with another fingerprint are made again."""
    return depends_on(__name__).digest()


def finish(out: Path, parts: list[Part]) -> str:
    """Writes manifest.json with the digest and the counts of a run; removes the parts of an earlier, longer run. Returns the digest.

    Only parts with a note are removed, because other programs also write files called `part-…`.
    """
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    numbers = {f"part-{part.number:06}" for part in parts}
    for note in sorted(out.glob("part-*.done.json")):
        stem = note.name.removesuffix(".done.json")
        if stem not in numbers:
            for ending in (
                "jsonl",
                "parquet",
                "errors.jsonl",
                "done.json",
            ):  # the note last, so that an interrupted removal leaves no part without one
                out.joinpath(f"{stem}.{ending}").unlink(missing_ok=True)
    for path in out.glob(".*.part"):  # left by a killed run
        path.unlink(missing_ok=True)
    total = {name: sum(getattr(part, name) for part in parts) for name in ("documents", "errors", "bytes")}
    write(out / "manifest.json", json.dumps({"digest": digest, "parts": len(parts), **total}, indent=2) + "\n")
    return digest
