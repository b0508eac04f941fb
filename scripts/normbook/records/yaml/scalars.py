"""Values of plain YAML scalars, by the YAML 1.2 core schema without octal and hexadecimal numbers."""

from __future__ import annotations

import math
import re
from typing import Any

INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)$")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip
MAX_INTEGER = 2**53 - 1  # JSON parsers agree on integers up to here (RFC 8259, section 6)
MAX_DIGITS = 17  # including a sign, of an integer that is not larger


def scalar(word: str) -> Any:
    """The value of a plain scalar: null, true, false, or a number that every parser reads alike; anything else is a string.

    >>> [scalar(word) for word in ("no", "2020-09-11", "12:30", "7", "1.5", "~", "1e999")]
    ['no', '2020-09-11', '12:30', 7, 1.5, None, '1e999']
    """
    if word in CONSTANTS:
        return CONSTANTS[word]
    if word[0] in "+-.0123456789":
        if INTEGER.match(word):
            return value if len(word) <= MAX_DIGITS and abs(value := int(word)) <= MAX_INTEGER else word
        if NUMBER.match(word) and not too_large(word):
            return float(word)
    return word


def too_large(word: str) -> bool:
    """True for a number that stays a string because parsers would not agree on its value.

    >>> too_large("9007199254740993"), too_large("1e999"), too_large("7"), too_large("seven")
    (True, True, False, False)
    """
    if INTEGER.match(word):
        return len(word) > MAX_DIGITS or abs(int(word)) > MAX_INTEGER
    return bool(NUMBER.match(word)) and not math.isfinite(float(word))
