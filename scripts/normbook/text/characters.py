"""Sets of characters that rules look for: line ends, spaces, invisible and composed characters, and cheap tests for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from normbook.text.line_cache import remembered

USUAL = bytes(range(0x20, 0x7F)) + b"\n"  # printable ASCII and the line feed
CONTROLS = frozenset(map(chr, [*range(0x20), 0x7F]))
COMMON_MARKS = CONTROLS | frozenset("’‘“”–—…\xa0")  # what carefully typeset English uses beyond printable ASCII


def unusual(text: str) -> str:
    """The characters of a text that are neither printable ASCII nor line feeds, in order: all that most character rules look at.

    >>> unusual("caf\\xe9 \\u2014 ok")
    'é—'
    """
    return text.encode("utf-8", "surrogatepass").translate(None, USUAL).decode("utf-8", "surrogatepass")


@remembered(2)
def alphabet(text: str) -> frozenset[str]:
    """The set of the characters that `unusual` returns."""
    return frozenset(unusual(text))


def has_common_marks_only(letters: frozenset[str]) -> bool:
    """True if an alphabet has nothing beyond ASCII but common typographic marks: such a text is neither mojibake nor denormalised."""
    return COMMON_MARKS.issuperset(letters)


def is_composed(text: str, letters: frozenset[str]) -> bool:
    """True if a text with this alphabet is in Unicode's composed form (NFC)."""
    return max(letters - COMMON_MARKS, default="") < COMPOSABLE or unicodedata.is_normalized("NFC", text)


def matches_at(pattern: re.Pattern[str], text: str, heads: Iterable[str]) -> Iterator[re.Match[str]]:
    """The matches of `pattern.finditer`, for a pattern whose matches all start with one of a few rare characters (`heads`).

    It tries the pattern only where one of these characters occurs, which is much faster on long texts.
    """
    places: list[int] = []
    for head in heads:
        at = text.find(head)
        while at >= 0:
            places.append(at)
            at = text.find(head, at + 1)
    end = 0
    for place in sorted(places):
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()


LINE_ENDS = "\r\x85\u2028\u2029"
SPACE_LIKE = "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
UNSEEN = "\u200b\u2060\ufeff\xad"
COMPOSABLE = "\u0300"  # below this character nothing combines and nothing has another composed form
ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ud800-\udfff]")
ODDITIES = frozenset(filter(ODD.match, map(chr, range(0x10000))))
