"""Records that hold their fields as bytes: of thousands of records, only those that were used last take the memory of their fields."""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from normbook.records.model import Record
from normbook.records.yaml.loaded import Mark

MOST = 1_000  # records whose fields are held at one time


class PackedRecord(Record):
    """A record with its fields as bytes (`marshal`). They are unpacked when they are asked for, and dropped after MOST other records have been unpacked.

    `held` has the records of the same project that are unpacked, the first first. The bytes must be our own: reading foreign ones is not safe.
    """

    def __init__(
        self, type: str, id: str, path: str, packed: bytes, marks: Mapping[str, Mark], lines: Sequence[str], held: deque[PackedRecord]
    ) -> None:
        self.__dict__.update(type=type, id=id, path=path, marks=marks, lines=lines, packed=packed, held=held)

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the record."""
        found: Mapping[str, Any] | None = self.__dict__.get("unpacked")
        if found is None:
            found = self.__dict__["unpacked"] = marshal.loads(self.__dict__["packed"])  # noqa: S302 - what our own processes have written
            held: deque[PackedRecord] = self.__dict__["held"]
            held.append(self)
            if len(held) > MOST:
                held.popleft().forget()
        return found

    def forget(self) -> None:
        """Frees the fields, what was computed from them, and the file; they are computed again when they are asked for."""
        super().forget()
        self.__dict__.pop("unpacked", None)
