"""The English dictionary and word frequencies that cleaning needs. tools/build_wordlists.py writes the files."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

ORDINAL = re.compile(r"[0-9]*1[0-9]th|[0-9]*[02-9](?:1st|2nd|3rd|[04-9]th)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BREAKS = tuple(map(re.compile, (r".(-).", r"^(-)", r"(-)$")))  # where a word may be split, as in hunspell
DEEPEST = 10  # splits in a row


@cache
def names() -> frozenset[str]:
    """The dictionary entries with a capital."""
    return frozenset(_list("english_words.txt.gz").partition("\n\n")[0].split("\n"))


@cache
def forms() -> frozenset[str]:
    """All word forms of the dictionary, with affixes expanded."""
    return frozenset(filter(None, _list("english_words.txt.gz").split("\n")))


@cache
def frequencies() -> Mapping[str, float]:
    """Word -> its relative frequency, from 0 to 1."""
    table: dict[str, float] = {}
    for number, line in enumerate(_ranks()):
        table.update(dict.fromkeys(line.split(" "), 10 ** (-number / 100)))
    del table[""]
    return table


def words_used_above(least: float) -> Iterator[str]:
    """The words with a relative frequency above `least`, the most frequent first; the rest of the list is not read."""
    for number, line in enumerate(_ranks()):
        if 10 ** (-number / 100) <= least:
            return
        yield from line.split(" ") if line else ()


@cache
def _ranks() -> tuple[str, ...]:
    """The lines of the frequency list. Line n, from 0, has the words with the frequency 10 ** (-n / 100)."""
    return tuple(_list("english_frequency.txt.gz").split("\n"))


def is_spelled(word: str) -> bool:
    """True for a number, for an exact spelling in the dictionary, and for dictionary words joined by hyphens.

    >>> [is_spelled(word) for word in ("governments", "thegovernment", "21st", "21th", "well-known", "China’s")]
    [True, False, True, False, True, True]
    """
    word = word.replace("’", "'")
    if NUMBER.fullmatch(word):
        return True
    known = forms()
    return any(all(part in known or ORDINAL.fullmatch(part) for part in parts if part) for parts in _parts(word))


def _parts(word: str, depth: int = 0) -> Iterator[list[str]]:
    """Every way to split a word at its hyphens."""
    if depth > DEEPEST:
        return
    yield [word]
    for pattern in BREAKS:
        for match in pattern.finditer(word):
            for rest in _parts(word[match.end(1) :], depth + 1):
                yield [word[: match.start(1)], *rest]


def _list(name: str) -> str:
    """The text of one of the package's compressed word lists."""
    return gzip.decompress(files("normbook.languages").joinpath(name).read_bytes()).decode("utf-8")
