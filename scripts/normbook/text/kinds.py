"""What each line says of the page by itself, remembered by the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from normbook.text.cues import MAIL_HEADER
from normbook.text.line_cache import LineCache
from normbook.text.rows import PLAIN_PROSE, is_plain_prose, own_kind

LONGEST_NUMBER = 12  # code points, blanks and dashes counted


def are_silent(lines: Iterable[str]) -> bool:
    """True if no line of a text without spam says anything of the page, is the header of a mail or a number alone."""
    return _kinds.are_silent(lines)


def kinds_of(lines: Sequence[str]) -> list[Any]:
    """What each line of a text without spam says of the page, None for nothing."""
    kinds: list[Any] = [None] * len(lines)
    for number, (kind,) in _kinds.numbered(lines):
        kinds[number] = kind
    return kinds


def kind_of(line: str, spammed: bool) -> Any:
    """What a line says of the page, nothing at once for plain prose; `spammed` if its text holds words of spam."""
    return line and (len(line) < PLAIN_PROSE or spammed or not is_plain_prose(line)) and own_kind(line, spammed)


def is_number(line: str) -> bool:
    """True for a line that holds a number alone, which may be a page's."""
    return len(line) < LONGEST_NUMBER and line.strip(" -–—").isdecimal()


def is_header(line: str) -> bool:
    """True for a line that may be the header of a mail."""
    return ":" in line and ": " in line[:24] and line[0].isupper() and MAIL_HEADER.match(line) is not None


def _told(line: str) -> tuple[Any, ...]:
    """What a line says of the page, in a tuple; an empty one if it is no header or number either."""
    kind = kind_of(line, False)
    return (kind or None,) if kind or is_header(line) or is_number(line) else ()


_kinds = LineCache(_told)
