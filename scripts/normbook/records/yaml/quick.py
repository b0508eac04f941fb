"""A fast reader of ordinary YAML, without positions; it leaves anything unusual to the strict reader.

Nearly all records have the simplest form, that of our writer. That is read here, in a third of the time of libyaml's events, if each line of a text has
exactly one of the forms below:

    key: value              a plain value, or one in quotation marks, which may go on in the next lines, or [] or {}
    key:                    followed by entries that are two columns deeper
    - key: value            an item of a list, with the other entries of the item below its key
    - value
    # a comment             in a line of its own, not indented
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

from normbook.records.yaml.hidden import OTHER_SPACE, is_plain
from normbook.records.yaml.loaded import COMMENT_AFTER_VALUE
from normbook.records.yaml.scalars import CONSTANTS, SHORT, NotSimpleError, plain_value

MOST_LINES = 10_000  # and the depth below: far from the limits of the strict reader
DEEPEST = 40  # columns
# indent, hyphen, key, then one of: plain value, value in single quotation marks, value in double ones, anything else
KEY = r"([A-Za-z_][A-Za-z0-9_]{0,60}|'[a-z]{1,20}'):(?: |$)"
PLAIN = r"""([^-?:,\[\]{}#&*!|>'"%@`\s](?:[^:#\n]++|:(?=[^ \n])|(?<! )\#)*+)"""
QUOTATION = r"""('(?:[^'\n]++|'')*+')|("(?:[^"\\\n]++|\\[n"\\])*+")"""
LINE = re.compile(f"^( *+)(- )?(?:{KEY})?(?:{PLAIN}|{QUOTATION}|(.*))$", re.MULTILINE)
QUOTED = re.compile(r"'(?:[^']++|'')*+'")
ESCAPE = re.compile(r"\\(.)")
Row = tuple[str, str, str, str, str, str, str]


def quick(text: str) -> Any:
    """The value of an ordinary YAML text, equal to that of `load`, which has no findings for it; None if the text may be unusual."""
    if (
        "\r" in text
        or OTHER_SPACE.search(text)
        or ((" #" in text or "\t#" in text) and COMMENT_AFTER_VALUE.search(text))
        or not is_plain(text)
    ):
        return None
    try:
        return read_simple(text)
    except NotSimpleError:
        from normbook.records.yaml.events import read_events

        return read_events(text)


def read_simple(text: str) -> dict[str, Any]:
    """The value of a text in the simple form, equal to what the strict reader gives, without findings. Raises NotSimpleError for any other text.

    The text must have no hidden characters, no carriage returns and no spaces other than U+0020.

    >>> read_simple("id: a\\nlimbs:\\n  - plain: One\\n      two.\\n    n: 2\\nfor: []\\n")
    {'id': 'a', 'limbs': [{'plain': 'One two.', 'n': 2}], 'for': []}
    """
    if "\t" in text or " \n" in text or text[-1:] != "\n":
        raise NotSimpleError
    rows: list[Row] = LINE.findall(text, 0, len(text) - 1)
    if len(rows) > MOST_LINES:
        raise NotSimpleError
    return _mapping(rows)


def _mapping(rows: list[Row]) -> dict[str, Any]:
    """The mapping of the rows, in one loop: a call for each list and mapping would take half of the time again."""
    found: Any = {}  # the list or mapping that the rows belong to, and its column
    column = 0
    outer: list[tuple[Any, int]] = []  # those that it is in
    holder: Any = None  # the mapping whose last key waits for its entries
    waiting, at, last = "", 0, len(rows) - 1
    while at <= last:
        indent, hyphen, key, plain, _, _, other = rows[at]
        here = len(indent)
        if holder is not None:
            outer.append((found, column))
            found = holder[waiting] = [] if hyphen else {}
            column, holder = column + 2, None
        while here < column:
            found, column = outer.pop()
        if other[:1] == "#" and not (indent or hyphen or key):
            at += 1
            continue
        if here != column or here > DEEPEST or (found.__class__ is list) is not (hyphen != "") or not (hyphen or key):
            raise NotSimpleError
        if hyphen and key:
            outer.append((found, column))
            found.append({})
            found, column = found[-1], column + 2
        if plain and not (at < last and len(rows[at + 1][0]) > column):
            value = plain_value(plain)
        elif at < last and rows[at] == (indent, hyphen, key, "", "", "", "") and len(rows[at + 1][0]) == column + 2:
            holder, waiting, value = found, key.strip("'"), None
        else:
            at, value = _long_value(rows, at, column)
        if key[:1] == "'":
            key = key[1:-1]
        if not key:
            found.append(value)
        elif key in found or key in CONSTANTS:
            raise NotSimpleError
        else:
            found[intern(key)] = value
        at += 1
    whole: dict[str, Any] = outer[0][0] if outer else found
    if not whole:
        raise NotSimpleError
    return whole


def _long_value(rows: list[Row], at: int, column: int) -> tuple[int, Any]:
    """The last row of a value that is not a plain value in one row, and the value."""
    *_, plain, single, double, other = rows[at]
    if plain:
        at, plain = _continued(rows, at, column)
        return at, plain_value(plain)
    if other in ("[]", "{}"):
        return at, [] if other == "[]" else {}
    if other[:1] == "'":
        return _quoted(rows, at, column)
    if other or not (single or double):
        raise NotSimpleError
    value = single[1:-1].replace("''", "'") if single else double[1:-1]
    if double and "\\" in double:
        value = ESCAPE.sub(_meant, value)
    return at, intern(value) if len(value) < SHORT else value


def _continued(rows: list[Row], at: int, column: int) -> tuple[int, str]:
    """The last row of a plain value that goes on in the next rows, and the whole value."""
    words = [rows[at][3]]
    while at + 1 < len(rows) and len(rows[at + 1][0]) > column:
        at += 1
        if rows[at][1] or rows[at][2] or not rows[at][3]:
            raise NotSimpleError
        words.append(rows[at][3])
    return at, " ".join(words)


def _quoted(rows: list[Row], at: int, column: int) -> tuple[int, str]:
    """The last row of a value that begins with a single quotation mark and goes on in the next rows, and the whole value."""
    words = rows[at][6]
    while not QUOTED.fullmatch(words):
        at += 1
        if at == len(rows) or len(rows[at][0]) <= column:
            raise NotSimpleError
        _, hyphen, key, *rest = rows[at]
        words += f" {hyphen}{key and key + ': '}{''.join(rest)}".rstrip(" ")
    return at, words[1:-1].replace("''", "'")


def _meant(match: re.Match[str]) -> str:
    """The character of an escape."""
    return "\n" if match[1] == "n" else match[1]
