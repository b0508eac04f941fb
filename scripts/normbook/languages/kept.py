"""Compiled patterns and parsed languages as an earlier process left them beside the byte code of the package.

Compiling the patterns of one text takes longer than cleaning it. What Python's compiler makes of a pattern is a list of numbers, and the module
that runs patterns takes such a list, checks it and runs it; so the lists are kept, as Python itself keeps byte code. The file counts only for the
same Python and the same files of languages, and a damaged one is ignored. Where the compiler is another one, nothing is kept and nothing is missed.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections.abc import Callable
from typing import Any
from zlib import crc32

MOST = 4_000  # patterns in the file; beyond them it is rebuilt, without those of earlier versions of the code
Entry = tuple[str, int, int, dict[str, int], int, int]  # form, flags, groups, names of groups, place of its numbers in the list


class Kept:
    """The patterns and languages of a file, and those that this process has added. `stamp` says for which languages and which Python they count."""

    def __init__(self, content: bytes, stamp: str) -> None:
        self.stamp = f"{stamp} {sys.version} {sys.maxunicode}"
        self.table: dict[str, Entry] = {}
        self.codes = array("I")
        self.words = b""
        self.added: dict[str, tuple[Entry, list[int]]] = {}
        self.written = 0  # so many of those added were in the content that was asked for last
        self._read(content)

    def _read(self, content: bytes) -> None:
        """Takes over what a file holds, unless it is for another state or damaged."""
        head, _, rest = content.partition(b"\n")
        if head != f"{crc32(rest)} {crc32(self.stamp.encode())}".encode():
            return
        table, words, codes = rest.split(b"\n", 2)
        self.table, self.words = json.loads(table), words
        self.codes.frombytes(codes)

    def content(self, languages: Any) -> bytes:
        """The file for the next process, with what this one added; `languages` is any value that JSON can hold."""
        self.written = len(self.added)
        table = dict(self.table) if len(self.table) + len(self.added) <= MOST else {}
        codes = array("I", self.codes)
        for key, ((form, flags, groups, names, _, _), code) in self.added.items():
            table[key] = (form, flags, groups, names, len(codes), len(codes) + len(code))
            codes.extend(code)
        rest = b"\n".join((json.dumps(table).encode(), json.dumps(languages).encode(), codes.tobytes()))
        return f"{crc32(rest)} {crc32(self.stamp.encode())}\n".encode() + rest

    def has_news(self) -> bool:
        """True if this process has compiled patterns since it was last asked for the content, as one that runs several commands does."""
        return len(self.added) > self.written

    def languages(self) -> Any:
        """What `content` was given as `languages`, None if there is nothing."""
        return json.loads(self.words) if self.words else None

    def pattern(self, key: str, form: Callable[[], str], flags: int) -> re.Pattern[str]:
        """The pattern of a key: a kept one, or the compiled form, which is kept for the next process."""
        found = self.table.get(key)
        if found is not None:
            text, flags_then, groups, names, start, end = found
            return _runnable(text, flags_then, self.codes[start:end].tolist(), groups, names)
        text = form()
        made = _compiled(text, flags)
        if made is None:
            return re.compile(text, flags)
        flags_now, code, groups, names = made
        self.added[key] = (text, flags_now, groups, names, 0, 0), code
        return _runnable(text, flags_now, code, groups, names)


def _compiled(form: str, flags: int) -> tuple[int, list[int], int, dict[str, int]] | None:
    """What `re.compile` makes of a pattern before it hands it on: flags, numbers, groups and their names; None if this Python works otherwise."""
    if sys.implementation.name != "cpython" or sys.version_info < (3, 11):
        return None
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(form, int(flags))
    code = _compiler._code(parsed, int(flags))  # noqa: SLF001  # the only way to the numbers
    return int(flags) | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict)


def _runnable(form: str, flags: int, code: list[int], groups: int, names: dict[str, int]) -> re.Pattern[str]:
    """The pattern of these numbers."""
    import _sre  # type: ignore[import-not-found]

    by_index: list[str | None] = [None] * (groups + 1)
    for name, index in names.items():
        by_index[index] = name
    return _sre.compile(form, flags, code, groups, names, tuple(by_index))  # type: ignore[no-any-return]
