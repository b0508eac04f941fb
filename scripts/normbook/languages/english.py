"""The English words that cleaning asks for: which there are and how often each is used. The lists are written by tools/build_wordlists.py."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

ORDINAL = re.compile(r"[0-9]*1[0-9]th|[0-9]*[02-9](?:1st|2nd|3rd|[04-9]th)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BREAKS = tuple(map(re.compile, (r".(-).", r"^(-)", r"(-)$")))  # where a word may be taken apart, as hunspell does it
DEEPEST = 10  # how often


@cache
def names() -> frozenset[str]:
    """The entries of the dictionary that are written with a capital."""
    return frozenset(_list("english_words.txt.gz").partition("\n\n")[0].split("\n"))


@cache
def forms() -> frozenset[str]:
    """Every entry of the dictionary with every form that its affixes give it."""
    return frozenset(filter(None, _list("english_words.txt.gz").split("\n")))


@cache
def frequencies() -> Mapping[str, float]:
    """How often each word is used, from 0 to 1."""
    found: dict[str, float] = {}
    for number, line in enumerate(_ranks()):
        found.update(dict.fromkeys(line.split(" "), 10 ** (-number / 100)))
    del found[""]
    return found


def words_used_above(least: float) -> Iterator[str]:
    """The words that are used more often than that, the most frequent first; the rest of the list is not looked at."""
    for number, line in enumerate(_ranks()):
        if 10 ** (-number / 100) <= least:
            return
        yield from line.split(" ") if line else ()


@cache
def _ranks() -> tuple[str, ...]:
    """The lines of the list of frequencies: words that are used equally often, each line by a hundredth of a power of ten less than the one above."""
    return tuple(_list("english_frequency.txt.gz").split("\n"))


def is_spelled(word: str) -> bool:
    """True if the dictionary has exactly this spelling, if it is a number, or if hyphens join words that the dictionary has.

    >>> [is_spelled(word) for word in ("governments", "thegovernment", "21st", "21th", "well-known", "China’s")]
    [True, False, True, False, True, True]
    """
    word = word.replace("’", "'")
    if NUMBER.fullmatch(word):
        return True
    known = forms()
    return any(all(part in known or ORDINAL.fullmatch(part) for part in parts if part) for parts in _parts(word))


def _parts(word: str, depth: int = 0) -> Iterator[list[str]]:
    """Every way to take a word apart at its hyphens."""
    if depth > DEEPEST:
        return
    yield [word]
    for pattern in BREAKS:
        for match in pattern.finditer(word):
            for rest in _parts(word[match.end(1) :], depth + 1):
                yield [word[: match.start(1)], *rest]


def _list(name: str) -> str:
    """A list of the package, which is read when it is first asked for."""
    return gzip.decompress(files("normbook.languages").joinpath(name).read_bytes()).decode("utf-8")
