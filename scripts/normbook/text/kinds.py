"""What each line says of the page by itself, remembered by the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from normbook.text.cues import MAIL_HEADER
from normbook.text.rows import MOST_LINES, PLAIN_PROSE, is_plain_prose, own_kind

LONGEST_NUMBER = 12  # code points, blanks and dashes counted
_silent: set[str] = set()  # lines that are remembered to say nothing of a page, to be no header of a mail and to hold no spam
_kinds: dict[str, Any] = {}  # what lines without spam say of a page


def are_silent(lines: Iterable[str]) -> bool:
    """True if all lines are known to say nothing of a page."""
    return _silent.issuperset(lines)


def kinds_of(lines: Sequence[str]) -> list[Any]:
    """What each line of a text without spam says of the page, remembered by the line."""
    if len(_kinds) > MOST_LINES:
        _kinds.clear()
        _silent.clear()
    for line in {*lines}.difference(_kinds):
        _kinds[line] = kind = kind_of(line, False)
        if not kind and not is_header(line) and not is_number(line):
            _silent.add(line)
    return [_kinds[line] for line in lines]


def kind_of(line: str, spammed: bool) -> Any:
    """What a line says of the page, nothing at once for plain prose; `spammed` if its text holds words of spam."""
    return line and (len(line) < PLAIN_PROSE or spammed or not is_plain_prose(line)) and own_kind(line, spammed)


def is_number(line: str) -> bool:
    """True for a line that holds a number alone, which may be a page's."""
    return len(line) < LONGEST_NUMBER and line.strip(" -–—").isdecimal()


def is_header(line: str) -> bool:
    """True for a line that may be the header of a mail."""
    return ":" in line and ": " in line[:24] and line[0].isupper() and MAIL_HEADER.match(line) is not None
