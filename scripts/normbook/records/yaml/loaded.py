"""What reading a YAML file gives: its value, where each part of it begins, and the findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from normbook.findings.finding import Problem

COMMENT_AFTER_VALUE = re.compile(r"[ \t]+(#[^\s#]\S*)")  # YAML reads this as a comment, which is rarely intended


class Mark(NamedTuple):
    """Where a value and its key begin: lines and columns from 1, columns in code points. A list item has no key: 0, 0."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0


class Loaded(NamedTuple):
    """One file: its value (None if it could not be read), the mark of each value by JSON Pointer, and the findings.

    `whole` is False if the value differs from what was written, because reading went on after a fault: it can be validated, but
    must not be used as a record.
    """

    value: Any
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]
    whole: bool = True


def lines_of(text: str) -> list[str]:
    """The lines of a file as findings count and show them, whatever its line endings."""
    text = text.removeprefix("\ufeff")
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")


def escape(key: str) -> str:
    """A key escaped for a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
