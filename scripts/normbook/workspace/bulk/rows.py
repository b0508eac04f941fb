"""The documents that rows hold: of JSON Lines and of Parquet. What cannot be read is told with its line, or its row, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NAMES = ("file", "id", "url")  # what names a record, the first that it has
BATCH = 64  # rows that are held at once
BUFFER = 1 << 20  # bytes of a column that are read at once


class InputError(ValueError):
    """A document of the input that cannot be read: what is wrong, what to do, and where, as far as a place is known."""

    def __init__(self, message: str, hint: str, **place: int | str) -> None:
        super().__init__(message)
        self.hint = hint
        self.place = place


Row = tuple[str, bytes | InputError]


def of_lines(source: str, start: int, end: int, line: int, field: str) -> Iterator[Row]:
    """The documents of a range of a JSON Lines file whose first line has the number `line`."""
    with Path(source).open("rb") as file:
        file.seek(start)
        while file.tell() < end:
            content = file.readline()
            if content.strip():
                yield _of_line(source, line, content, field)
            line += 1


def _of_line(source: str, line: int, content: bytes, field: str) -> Row:
    place = f"{source}:{line}"
    hint = "write one object a line"
    try:
        row = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return place, InputError(
            f"the line is not JSON: {error.msg.removesuffix(' at')}", hint, source=source, line=line, column=error.colno
        )
    except UnicodeDecodeError as error:
        return place, InputError(f"byte 0x{content[error.start]:02x} is not UTF-8", hint, source=source, line=line, column=error.start + 1)
    except RecursionError:
        return place, InputError("the line holds too many brackets within brackets", hint, source=source, line=line, column=1)
    except ValueError:
        return place, InputError("the line holds a number of too many digits", "write it as a string", source=source, line=line, column=1)
    if not isinstance(row, dict):
        return place, InputError("the line holds no object", hint, source=source, line=line, column=1)
    return _of_record(place, row, field, source=source, line=line)


def _of_record(place: str, record: Mapping[str, Any], field: str, **at: int | str) -> Row:
    """The bytes of one record: its text field, named by its file, id or url."""
    name = next((_shown(record[key]) for key in NAMES if record.get(key) not in (None, "", b"")), place)
    text = record.get(field)
    if isinstance(text, bytes):
        return name, text
    if not isinstance(text, str):
        said = "it is missing" if field not in record else "it is null" if text is None else f"it is of the type {type(text).__name__}"
        return name, InputError(f"the record has no text in {field!r}: {said}", "name the field that holds it with --field", **at)
    try:
        return name, text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name, InputError("the text holds a lone surrogate that is no byte", "write it again from the received bytes", **at)


def _shown(name: object) -> str:
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else str(name)


def groups(path: Path) -> list[tuple[int, int]]:
    """The rows and the bytes of each row group of a Parquet file. Raises InputError where it is none."""
    with _opened(path) as file:
        found = [file.metadata.row_group(group) for group in range(file.num_row_groups)]
        return [(each.num_rows, each.total_byte_size) for each in found]


def _opened(path: Path) -> Any:
    from pyarrow import ArrowException, parquet

    try:
        return parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)
    except (OSError, ValueError, ArrowException) as error:
        raise InputError(f"this is no Parquet file that can be read: {_first_line(error)}", "write the file again") from error


def of_parquet(source: str, group: int, start: int, end: int, field: str) -> Iterator[Row]:
    """The documents of some rows of a row group; only the columns that name them and hold the text are read, some rows at a time."""
    from pyarrow import ArrowException

    try:
        with _opened(Path(source)) as file:
            known = file.schema_arrow.names
            if field not in known:
                said = f"there is no column {field!r}; there are {', '.join(map(repr, known[:20]))}"
                yield source, InputError(said, "name the one that holds the text with --field", source=source)
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
        said = f"the rows {start} to {end} of row group {group} cannot be read: {_first_line(error)}"
        yield source, InputError(said, "write the file again", source=source, row_group=group)


def _values(column: Any) -> list[Any]:
    """The values of a column. Strings come as their bytes, so that one which is not UTF-8 is a document as any other."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary())
    return list(column.to_pylist())


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")
