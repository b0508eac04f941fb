"""Reads documents from JSON Lines and Parquet. Unreadable ones are reported with their line or row, and reading continues."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NAMES = ("file", "id", "url")  # fields that name a document, in order of preference
BATCH = 64  # rows in memory at once
BUFFER = 1 << 20  # bytes of a column read at once


class InputError(ValueError):
    """A document that cannot be read: the error, a hint, and the place if it is known."""

    def __init__(self, message: str, hint: str, **place: int | str) -> None:
        super().__init__(message)
        self.hint = hint
        self.place = place


Row = tuple[str, bytes | InputError]


def of_lines(source: str, start: int, end: int, line: int, field: str) -> Iterator[Row]:
    """The documents in a byte range of a JSON Lines file; `line` is the number of its first line."""
    with Path(source).open("rb") as file:
        file.seek(start)
        while file.tell() < end:
            content = file.readline()
            if content.strip():
                yield _of_line(source, line, content, field)
            line += 1


def _of_line(source: str, line: int, content: bytes, field: str) -> Row:
    place = f"{source}:{line}"
    hint = "write one JSON object per line"
    try:
        row = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return place, InputError(
            f"the line is not JSON: {error.msg.removesuffix(' at')}", hint, source=source, line=line, column=error.colno
        )
    except UnicodeDecodeError as error:
        return place, InputError(f"byte 0x{content[error.start]:02x} is not UTF-8", hint, source=source, line=line, column=error.start + 1)
    except RecursionError:
        return place, InputError("the line is nested too deeply", hint, source=source, line=line, column=1)
    except ValueError:
        return place, InputError(
            "the line contains a number with too many digits", "write it as a string", source=source, line=line, column=1
        )
    if not isinstance(row, dict):
        return place, InputError(f"expected a JSON object, found {json.dumps(row)[:40]}", hint, source=source, line=line, column=1)
    return _of_record(place, row, field, source=source, line=line)


def _of_record(place: str, record: Mapping[str, Any], field: str, **at: int | str) -> Row:
    """The bytes of a record's text field, with a name from its file, id or url."""
    name = next((_shown(record[key]) for key in NAMES if record.get(key) not in (None, "", b"")), place)
    text = record.get(field)
    if isinstance(text, bytes):
        return name, text
    if not isinstance(text, str):
        got = "found nothing" if field not in record else "found null" if text is None else f"found a value of type {type(text).__name__}"
        return name, InputError(f"expected text in the field {field!r}, {got}", "name the field that contains it with --field", **at)
    try:
        return name, text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name, InputError(
            "the text contains a lone surrogate that does not stand for a byte", "export it again from the original bytes", **at
        )


def _shown(name: object) -> str:
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else str(name)


def groups(path: Path) -> list[tuple[int, int]]:
    """The numbers of rows and bytes of each row group of a Parquet file. Raises InputError if it cannot be read."""
    with _opened(path) as file:
        found = [file.metadata.row_group(group) for group in range(file.num_row_groups)]
        return [(each.num_rows, each.total_byte_size) for each in found]


def _opened(path: Path) -> Any:
    from pyarrow import ArrowException, parquet

    try:
        return parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)
    except (OSError, ValueError, ArrowException) as error:
        raise InputError(f"not a readable Parquet file: {_first_line(error)}", "export the file again") from error


def of_parquet(source: str, group: int, start: int, end: int, field: str) -> Iterator[Row]:
    """The documents of some rows of a row group. Only the columns for name and text are read, a few rows at a time."""
    from pyarrow import ArrowException

    try:
        with _opened(Path(source)) as file:
            known = file.schema_arrow.names
            if field not in known:
                reason = f"no column {field!r}; found {', '.join(map(repr, known[:20]))}"
                yield source, InputError(reason, "name the one that contains the text with --field", source=source)
                return
            columns = [name for name in (*NAMES, field) if known.count(name) == 1]
            at = 0
            for batch in file.iter_batches(BATCH, row_groups=[group], columns=list(dict.fromkeys(columns))) if start < end else ():
                if at + len(batch) > start:
                    held = {name: _values(batch.column(name)) for name in batch.schema.names}
                    for row in range(max(start - at, 0), min(end - at, len(batch))):
                        values = {name: column[row] for name, column in held.items()}
                        yield _of_record(f"{source}:{group}:{at + row}", values, field, source=source, row_group=group, row=at + row)
                at += len(batch)
                if at >= end:
                    break
    except InputError as error:
        yield source, InputError(str(error), error.hint, source=source)
    except (OSError, ValueError, ArrowException) as error:
        reason = f"the rows {start} to {end} of row group {group} cannot be read: {_first_line(error)}"
        yield source, InputError(reason, "export the file again", source=source, row_group=group)


def _values(column: Any) -> list[Any]:
    """The values of a column. Strings are returned as bytes, so that documents that are not UTF-8 can be cleaned too."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary())
    return list(column.to_pylist())


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")
