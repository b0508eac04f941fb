"""The English dictionary and word frequencies that cleaning needs. tools/build_wordlists.py writes the files."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ORDINAL = re.compile(r"[0-9]*1[0-9]th|[0-9]*[02-9](?:1st|2nd|3rd|[04-9]th)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BREAKS = tuple(map(re.compile, (r".(-).", r"^(-)", r"(-)$")))  # where a word may be split, as in hunspell
MOST_RANKS = 1_000
HEAD = re.compile(r"^[^\t ]{1,3}", re.MULTILINE)
DEEPEST = 10  # splits in a row


@cache
def names() -> frozenset[str]:
    """The dictionary entries with a capital."""
    return frozenset(_list("english_words.txt.gz").partition("\n\n")[0].split("\n"))


@cache
def forms() -> frozenset[str]:
    """All word forms of the dictionary, with affixes expanded."""
    return frozenset(_list("english_words.txt.gz").replace("\n\n", "\n").strip("\n").split("\n"))


def frequency(word: str) -> float:
    """The relative frequency of a word, from 0 to 1. The words with the same first three letters are read together, when one of them is asked for.

    >>> frequency("the") > 0.01, frequency("thegovernment")
    (True, 0.0)
    """
    return _block(word[:3]).get(word, 0.0)


@cache
def _block(head: str) -> Mapping[str, float]:
    """Word -> its relative frequency, for the words with these first three letters."""
    words, _, ranks = _blocks().get(head, "").partition("\t")
    return dict(zip(words.split(" "), map(_frequency_of_rank().__getitem__, ranks.split(" ")), strict=True)) if words else {}


@cache
def _frequency_of_rank() -> Mapping[str, float]:
    """A rank as the file writes it -> the frequency."""
    return {str(rank): 10 ** (-rank / 100) for rank in range(MOST_RANKS)}


@cache
def _blocks() -> Mapping[str, str]:
    """First three letters -> a line with the words that start with them and their ranks; a word of rank n has the frequency 10 ** (-n / 100)."""
    text = _list("english_frequency.txt.gz")
    return dict(zip(HEAD.findall(text), text.split("\n"), strict=False))  # the last line ends with a line feed


@cache
def common_words() -> frozenset[str]:
    """The words of letters alone that are used more often than once in ten million words."""
    return frozenset(_list("english_common.txt.gz").strip("\n").split("\n"))


@cache
def fragments() -> frozenset[str]:
    """What remains of words without one of their ligatures on either side of it, and is no word itself."""
    return frozenset(_broken_words()[0].split("\n"))


@cache
def pairs() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The two fragments of a word without its ligature -> the ligatures with which they make a word."""
    rows = map(str.split, filter(None, _broken_words()[1].split("\n")))
    return {(left, right): tuple(parts) for left, right, *parts in rows}


@cache
def _broken_words() -> tuple[str, str]:
    """The two parts of the file of words that lost a ligature."""
    one, _, two = _list("english_ligatures.txt.gz").partition("\n\n")
    return one, two


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
    return gzip.decompress(Path(__file__).with_name(name).read_bytes()).decode("utf-8")
