"""Rules for single characters: line ends, spaces, invisible and composed characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from normbook.text.line_cache import remembered

USUAL = bytes(range(0x20, 0x7F)) + b"\n"  # printable ASCII and the line feed
CONTROLS = frozenset(map(chr, [*range(0x20), 0x7F]))
WELL_KEPT = CONTROLS | frozenset("’‘“”–—…\xa0")  # what well-kept English holds beyond that, and ASCII besides


def unusual(text: str) -> str:
    """The characters of a text that are neither printable ASCII nor line feeds, in order: what most rules for characters look at."""
    return text.encode("utf-8", "surrogatepass").translate(None, USUAL).decode("utf-8", "surrogatepass")


@remembered(2)
def alphabet(text: str) -> frozenset[str]:
    """The characters of `unusual`, each once."""
    return frozenset(unusual(text))


def is_well_kept(letters: frozenset[str]) -> bool:
    """True if an alphabet holds nothing beyond ASCII but the marks of well-kept English: a text of it cannot be mojibake, nor composed otherwise."""
    return WELL_KEPT.issuperset(letters)


def is_composed(text: str, letters: frozenset[str]) -> bool:
    """True if a text of these letters is in Unicode's composed form (NFC)."""
    return max(letters - WELL_KEPT, default="") < COMPOSABLE or unicodedata.is_normalized("NFC", text)


def matches_at(pattern: re.Pattern[str], text: str, heads: Iterable[str]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives where every match opens with one of a few rare characters: it is tried where one stands and nowhere else."""
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
COMPOSABLE = "\u0300"  # no character below this one composes with another, nor is any composed otherwise
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ud800-\udfff]")
ODDITIES = frozenset(filter(ODD.match, map(chr, range(0x10000))))
