"""The cases and documents of the benchmark, as bytes with what is right for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"
SETS = ("shown", "own")  # cases made after reports of users, and more of the same kinds
KEYS = {"id", "language", "report", "text", "published", "encode", "misread", "bytes", "expect", "fails"}


@dataclass(frozen=True)
class Case:
    """A short text with one fault, and the assertions that hold of a right answer."""

    id: str
    kind: str
    group: str  # one of SETS
    content: bytes
    expect: Any = field(repr=False)
    published: str | None = None
    fails: bool = False  # known not to pass here


@cache
def read_cases(group: str, folder: Path = FOLDER) -> tuple[Case, ...]:
    """The cases of a set, by kind and in the order of its files."""
    return tuple(
        Case(
            each["id"],
            path.stem,
            group,
            content_of(each),
            each["expect"],
            str(each["published"]) if "published" in each else None,
            bool(each.get("fails")),
        )
        for path in sorted((folder / group).glob("*.yaml"))
        for each in _entries(path)
    )


def _entries(path: Path) -> Sequence[Mapping[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=loader)
    for each in entries:
        if unknown := set(each) - KEYS:
            raise ValueError(f"{path}: {each.get('id')}: expected the keys {', '.join(sorted(KEYS))}, found {', '.join(sorted(unknown))}")
    return entries


def content_of(entry: Mapping[str, Any]) -> bytes:
    """The bytes of a case.

    `encode` and `misread` damage its text: it is encoded and decoded again with each table of `misread`; `bytes` is the encoding of the file.

    >>> content_of({"text": "été", "misread": ["latin-1"]}).decode()
    'Ã©tÃ©'
    """
    text: str = entry["text"]
    encoding = entry.get("encode", "utf-8")
    for table in entry.get("misread", []):
        text, encoding = _misread(text.encode(encoding), table), "utf-8"
    return text.encode(entry.get("bytes", "utf-8"))


def _misread(content: bytes, table: str) -> str:
    """The bytes decoded with a table; bytes that it does not have are read as Latin-1, as browsers do."""
    try:
        return content.decode(table)
    except UnicodeDecodeError:
        return "".join(_letter(byte, table) for byte in content)


def _letter(byte: int, table: str) -> str:
    try:
        return bytes((byte,)).decode(table)
    except UnicodeDecodeError:
        return chr(byte)
