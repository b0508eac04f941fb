"""Invisible characters and code points that are not characters of text, each found with its position and Unicode name.

Typed literally they are an error everywhere, since nobody can see them in a diff. Written as an escape (`"\u200b"` in
double quotes) they are allowed where a schema says `x-verbatim`: those values are copied from a source and may hold
anything. A no-break space is not counted as hidden; a joiner is, except in the scripts that need it.
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
NOT_TEXT = f"\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ufffd\ud800-\udfff{NONCHARACTERS}"
OTHER_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
HIDDEN = re.compile(f"[{BIDIRECTIONAL}{INVISIBLE}{NOT_TEXT}]")
BREAKING = re.compile(f"[{NOT_TEXT}\u2028\u2029\ufeff]")  # rejected by YAML, or read by it as the end of a line
PRINTABLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffd"  # the hidden characters that Python takes for printable
NOT_ASCII = re.compile("[^\0-\x7f]+")
ASCII = bytes(byte for byte in range(0x80) if not HIDDEN.match(chr(byte)))  # the ASCII characters that may occur in a text
JOINERS = "\u200c\u200d"
SCRIPTS_WITH_JOINERS = re.compile("ARABIC|SYRIAC|MANDAIC|NKO|MONGOLIAN|PHAGS-PA|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|SINHALA|MYANMAR|KHMER|TIBETAN")  # fmt: skip
YAML_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0abefvNLP])")
CLASSES = {"N123": f"[{BIDIRECTIONAL}]", "N124": f"[{INVISIBLE}]", "N125": f"[{NOT_TEXT}]"}
DESCRIPTIONS = {
    "N123": "changes the direction in which the text around it is displayed",
    "N124": "is invisible",
    "N125": "is not a text character",
}
CONTROLS = {0x00: "NULL", 0x08: "BACKSPACE", 0x0B: "LINE TABULATION", 0x0C: "FORM FEED", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE"}


class HiddenCharacter(NamedTuple):
    """A hidden character: its offset in the text (code points), the code of its finding, and the message."""

    start: int
    code: str
    message: str


def is_plain(text: str) -> bool:
    """True if a text has no hidden characters. Fast: looks at each distinct character once; joiners always count as hidden here.

    >>> is_plain("Data, once"), is_plain("Données"), is_plain("Da\\u200bta"), is_plain("Da\\x07ta")
    (True, True, False, False)
    """
    if text.replace("\n", "").isprintable() and not any(map(text.__contains__, PRINTABLE)):
        return True
    ascii = text.encode("ascii", "ignore")
    others = frozenset("".join(NOT_ASCII.findall(text)))
    return not ascii.translate(None, ASCII) and HIDDEN.search("".join(others)) is None


def find_hidden(text: str) -> Iterator[HiddenCharacter]:
    """The hidden characters of a text, in order."""
    for match in HIDDEN.finditer(text):
        at, letter = match.start(), match[0]
        if letter in JOINERS and _is_needed_joiner(text, at):
            continue
        code = next(code for code, characters in CLASSES.items() if re.match(characters, letter))
        yield HiddenCharacter(at, code, f"{name_of(letter)} {DESCRIPTIONS[code]}")


def _is_needed_joiner(text: str, at: int) -> bool:
    """True for a joiner between two letters of a script that uses joiners, or between two pictographs."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    if unicodedata.category(before) in ("So", "Sk", "Mn") and unicodedata.category(after) == "So":
        return text[at] == "\u200d"
    return all(
        SCRIPTS_WITH_JOINERS.match(unicodedata.name(letter, "")) and unicodedata.category(letter)[0] in "LM" for letter in (before, after)
    )


def name_of(letter: str) -> str:
    """The name of a character in a finding.

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
        else "a lone surrogate"
        if 0xD800 <= number <= 0xDFFF
        else "a noncharacter"
    )
    return f"U+{number:04X}, {kind},"


def escape_of(letter: str) -> str:
    """The escape of a character in a double-quoted YAML string."""
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def raw_findings(text: str, lines: list[str], path: str) -> Iterator[Problem]:
    """A finding for each hidden character that is typed literally in a file, including its comments."""
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    line_index = 0
    for hidden in find_hidden(text):
        while line_index + 1 < len(starts) and starts[line_index + 1] <= hidden.start:
            line_index += 1
        hint = f'remove it; if the quoted source really contains it, write "{escape_of(text[hidden.start])}" in double quotes'
        if hidden.code == "N125":
            hint = "remove it, or type the intended character"
        yield Problem(
            path, line_index + 1, hidden.start - starts[line_index] + 1, hidden.code, hidden.message, hint, source_line=lines[line_index]
        )


def has_hidden_escapes(text: str) -> bool:
    """True if a YAML text may have an escape of a hidden character.

    >>> has_hidden_escapes('"a\\\\u202e"'), has_hidden_escapes('"a\\\\u00e9 \\\\n"')
    (True, False)
    """
    return any(len(match[0]) == 2 or HIDDEN.match(chr(min(int(f"0x{match[0][2:]}", 0), 0x10FFFF))) for match in YAML_ESCAPE.finditer(text))


def escaped_findings(
    value: Any, verbatim: Collection[tuple[str, ...]], pointer: tuple[str, ...] = ()
) -> Iterator[tuple[str, bool, HiddenCharacter]]:
    """The hidden characters of loaded values: the JSON Pointer, whether it is the key that has the character, and the character.

    Values at the paths of `verbatim` (`*` matches every item of a list) are skipped.
    """
    if isinstance(value, str):
        allowed = bool(verbatim) and tuple("*" if part.isdigit() else part for part in pointer) in verbatim
        location = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in pointer)
        yield from ((location, False, hidden) for hidden in find_hidden(value) if not allowed)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            location = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in (*pointer, key))
            yield from ((location, True, hidden) for hidden in find_hidden(key))
            yield from escaped_findings(inner, verbatim, (*pointer, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from escaped_findings(item, verbatim, (*pointer, str(number)))
