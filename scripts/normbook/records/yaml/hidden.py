"""Characters that nobody sees, or that are no characters: each found with its place and its Unicode name.

Typed raw they are refused everywhere, since no reader of a diff could know of them. Written as an escape («\u200b» in
double quotation marks) they are allowed where a schema says `x-verbatim`: there the letters of a source are copied, and
those may hold anything. A no-break space is none of them; a joiner is one only outside the scripts that need it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from normbook.findings.finding import Problem

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
NO_TEXT = f"\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ufffd\ud800-\udfff{NONCHARACTERS}"
HIDDEN = re.compile(f"[{BIDIRECTIONAL}{INVISIBLE}{NO_TEXT}]")
BREAKING = re.compile(f"[{NO_TEXT}\u2028\u2029\ufeff]")  # what YAML refuses, or takes for the end of a line
ASCII = bytes(byte for byte in range(0x80) if not HIDDEN.match(chr(byte)))  # what an ASCII text may hold
JOINERS = "\u200c\u200d"
JOINED = re.compile("ARABIC|SYRIAC|MANDAIC|NKO|MONGOLIAN|PHAGS-PA|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|SINHALA|MYANMAR|KHMER|TIBETAN")  # fmt: skip
ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0abefvNLP])")
KINDS = {"N123": f"[{BIDIRECTIONAL}]", "N124": f"[{INVISIBLE}]", "N125": f"[{NO_TEXT}]"}
SAID = {"N123": "turns the direction in which the words around it are shown", "N124": "cannot be seen", "N125": "is no character of a text"}
CONTROLS = {0x00: "NULL", 0x08: "BACKSPACE", 0x0B: "LINE TABULATION", 0x0C: "FORM FEED", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE"}


class Found(NamedTuple):
    """A hidden character: its offset in the text, its code, and what it is."""

    at: int
    code: str
    words: str


def is_plain(text: str) -> bool:
    """True if no character of a text is hidden: a look at each character that it holds, not at each place.

    >>> is_plain("Data, once"), is_plain("Données"), is_plain("Da\\u200bta"), is_plain("Da\\x07ta")
    (True, True, False, False)
    """
    if text.isascii():
        return not text.encode("ascii").translate(None, ASCII)
    return HIDDEN.search("".join(frozenset(text))) is None


def find_hidden(text: str) -> Iterator[Found]:
    """The hidden characters of a text, in order."""
    for match in HIDDEN.finditer(text):
        at, letter = match.start(), match[0]
        if letter in JOINERS and _joins(text, at):
            continue
        code = next(code for code, kind in KINDS.items() if re.match(kind, letter))
        yield Found(at, code, f"{name_of(letter)} {SAID[code]}")


def _joins(text: str, at: int) -> bool:
    """True for a joiner between a letter of a script that needs it and what follows, or between two pictographs."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    if unicodedata.category(before) in ("So", "Sk", "Mn") and unicodedata.category(after) == "So":
        return text[at] == "\u200d"
    return all(JOINED.match(unicodedata.name(each, "")) and unicodedata.category(each)[0] in "LM" for each in (before, after))


def name_of(letter: str) -> str:
    """A character as findings name it.

    >>> name_of("\\u202e"), name_of("\\x07")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+0007, a control character,')
    """
    number = ord(letter)
    name = unicodedata.name(letter, "") or CONTROLS.get(number, "")
    if name:
        return f"U+{number:04X} {name}"
    kind = (
        "a control character"
        if unicodedata.category(letter) == "Cc"
        else "half of a pair"
        if 0xD800 <= number <= 0xDFFF
        else "a noncharacter"
    )
    return f"U+{number:04X}, {kind},"


def written(letter: str) -> str:
    """A character as an escape in double quotation marks."""
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def raw_findings(text: str, lines: list[str], path: str) -> Iterator[Problem]:
    """The hidden characters that are typed as they are in a file, comments included."""
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    row = 0
    for found in find_hidden(text):
        while row + 1 < len(starts) and starts[row + 1] <= found.at:
            row += 1
        hint = f"remove it; where a quoted source really holds it, write «{written(text[found.at])}» in double quotation marks"
        if found.code == "N125":
            hint = "remove it, or type the character that is meant"
        yield Problem(path, row + 1, found.at - starts[row] + 1, found.code, found.words, hint, source_line=lines[row])


def hides(text: str) -> bool:
    """True if an escape in a text may stand for a hidden character.

    >>> hides('"a\\\\u202e"'), hides('"a\\\\u00e9 \\\\n"')
    (True, False)
    """
    return any(len(each[0]) == 2 or HIDDEN.match(chr(min(int(f"0x{each[0][2:]}", 0), 0x10FFFF))) for each in ESCAPE.finditer(text))


def escaped_findings(value: Any, verbatim: Collection[tuple[str, ...]], pointer: tuple[str, ...] = ()) -> Iterator[tuple[str, bool, Found]]:
    """The hidden characters of loaded values, written as escapes: the pointer, whether it stands in the key, and what was found.

    Values at the paths of `verbatim` (`*` for the items of a list) may hold those that are characters.
    """
    if isinstance(value, str):
        free = bool(verbatim) and tuple("*" if part.isdigit() else part for part in pointer) in verbatim
        place = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in pointer)
        yield from ((place, False, found) for found in find_hidden(value) if not free)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            place = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in (*pointer, key))
            yield from ((place, True, found) for found in find_hidden(key))
            yield from escaped_findings(inner, verbatim, (*pointer, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from escaped_findings(item, verbatim, (*pointer, str(number)))
