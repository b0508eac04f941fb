"""Many documents: cut into units, each cleaned by one pure call and written whole, so that a run can be killed and taken up again.

A unit names some files, a range of a JSON Lines file or a row group of a Parquet file. Its results are one part of the output folder
(`part-000000.jsonl`, errors beside it), followed by a note of what it was made from (`part-000000.done.json`). A part that has such a
note, made from the same bytes by the same rules, is not made again.
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
# columns of Parquet that hold JSON
NESTED = ("edits", "segments", "lists", "dates", "speakers", "initiatives", "problems", "furniture", "candidates")
Format = Literal["jsonl", "parquet"]


class Settings(NamedTuple):
    """What a run does with every document, and where its results go."""

    out: str
    format: Format = "jsonl"
    encoding: str | None = None
    published: date | None = None
    field: str = "text"


class Part(NamedTuple):
    """What became of a unit: documents and errors, bytes of their texts, the SHA-256 of its results as JSON Lines, and the bytes of their file.

    `size` is how many bytes of the input it stands for.
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
    """Cleans a unit and writes its part, unless that part is there already; the one function that every engine runs.

    The part is written to a file beside its place and put there whole, the note after it: a kill leaves either no part or a whole one.
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
            rows.append(json.dumps(report(name, content, settings.encoding, settings.published)))
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
    """The part that a note speaks of; None where it was made of something else, or its files are not there whole."""
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
    """How many bytes the results take; those that an earlier run left in the other form are removed."""
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
    """A string as Parquet can hold it: bytes that are no text stand as U+FFFD there; the edits and JSON Lines keep them."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


@cache
def fingerprint() -> str:
    """A digest of all that decides what a text becomes (code, word lists, libraries, Python): results of other rules are not taken up again."""
    return depends_on(__name__).digest()


def finish(out: Path, parts: list[Part]) -> str:
    """The digest of a whole run, written with its counts to manifest.json; parts that an earlier, longer run left are removed.

    Only what has a note of ours is taken for such a part: other programs too call what they write `part-…`.
    """
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    numbers = {f"part-{part.number:06}" for part in parts}
    for note in sorted(out.glob("part-*.done.json")):
        stem = note.name.removesuffix(".done.json")
        if stem not in numbers:
            for ending in ("jsonl", "parquet", "errors.jsonl", "done.json"):  # the note last: a kill leaves nothing without one
                out.joinpath(f"{stem}.{ending}").unlink(missing_ok=True)
    for path in out.glob(".*.part"):  # what a killed run left
        path.unlink(missing_ok=True)
    total = {name: sum(getattr(part, name) for part in parts) for name in ("documents", "errors", "bytes")}
    write(out / "manifest.json", json.dumps({"digest": digest, "parts": len(parts), **total}, indent=2) + "\n")
    return digest
