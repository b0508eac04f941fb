"""Values of plain YAML scalars, by the YAML 1.2 core schema without octal and hexadecimal numbers."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from sys import intern
from typing import Any

INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)$")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
CONSTANTS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip
MAX_INTEGER = 2**53 - 1  # JSON parsers agree on integers up to here (RFC 8259, section 6)
MAX_DIGITS = 17  # including a sign, of an integer that is not larger
NUMERIC = frozenset("+-.0123456789")  # how numbers begin
# words of up to three letters that readers of YAML 1.1 take for true, for false, or for something of their own
ODD_WORDS = frozenset(("yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "=", "<<"))
SHORT = 40  # characters; a shorter word is held once, however many records have it: ids, dates, fixed words
DAYS = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$")


class NotSimpleError(Exception):
    """A text has a form that a quick reader leaves to a stricter one."""


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


def plain_value(word: str) -> Any:
    """The value of a word without quotation marks. Raises NotSimpleError for one that other readers take for something else."""
    if word in CONSTANTS:
        return CONSTANTS[word]
    if word[0] in NUMERIC:
        value = scalar(word)
        if value.__class__ is not int and not DAYS.match(word) and (too_large(word) or read_elsewhere(word)):
            raise NotSimpleError
        return value
    if word in ODD_WORDS:
        raise NotSimpleError
    return intern(word) if len(word) < SHORT else word


def too_large(word: str) -> bool:
    """True for a number that stays a string because parsers would not agree on its value.

    >>> too_large("9007199254740993"), too_large("1e999"), too_large("7"), too_large("seven")
    (True, True, False, False)
    """
    if INTEGER.match(word):
        return len(word) > MAX_DIGITS or abs(int(word)) > MAX_INTEGER
    return bool(NUMBER.match(word)) and not math.isfinite(float(word))


def read_elsewhere(word: str) -> str | None:
    """What readers of YAML 1.1, which most libraries still are, take a plain word for, as JSON; None if they take it for what it is here.

    >>> [read_elsewhere(word) for word in ("no", "22:40", "1_000", "017", "1e3", "nothing", "2020-09-11", "7", "true")]
    ['false', '1360', '1000', '15', '"1e3"', None, None, None, None]
    """
    if " " in word or word in CONSTANTS or DAYS.match(word):
        return None
    value = scalar(word)
    if isinstance(value, str) and not any(pattern.match(word) for pattern in _older().get(word[0], ())):
        return None
    import yaml

    try:
        other = yaml.safe_load(word)
    except (yaml.YAMLError, ValueError):  # `=`, `0x_`
        return "an error"
    return None if other == value else json.dumps(other)


@cache
def _older() -> dict[str, tuple[re.Pattern[str], ...]]:
    """How YAML 1.1 reads plain words, by their first letter: `no` as false, 22:40 as 1360. Days are left out, since every reader gives one back as the same day."""
    from yaml import SafeLoader

    return {
        first: tuple(pattern for tag, pattern in patterns if not tag.endswith(":timestamp"))
        for first, patterns in SafeLoader.yaml_implicit_resolvers.items()
    }
