"""The English dictionary and word frequencies that cleaning needs. tools/build_wordlists.py writes the files."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Any

ORDINAL = re.compile(r"[0-9]*1[0-9]th|[0-9]*[02-9](?:1st|2nd|3rd|[04-9]th)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BREAKS = tuple(map(re.compile, (r".(-).", r"^(-)", r"(-)$")))  # where a word may be split, as in hunspell
MOST_RANKS = 1_000
DEEPEST = 10  # splits in a row


PART = 1 << 10  # code points of a list that are read together


class Parts:
    """A sorted list as a text, one entry a line, of which only the parts around the asked entries are divided into entries."""

    def __init__(self, text: str, read: Callable[[str], Any], key: Callable[[str], str] = str) -> None:
        self.text, self.read = text, read
        starts = sorted({0, *(text.find("\n", at) + 1 for at in range(PART, len(text), PART))})
        starts = [start for start in starts if start < len(text)]
        self.ends = [*(start - 1 for start in starts[1:]), len(text)]
        self.starts = starts
        self.firsts = [key(text[start : text.find("\n", start)]) for start in starts]
        self.known: dict[int, Any] = {}

    def around(self, entry: str) -> Any:
        """The part that holds an entry if the list has it, as `read` makes it."""
        number = max(bisect_right(self.firsts, entry) - 1, 0)
        found = self.known.get(number)
        if found is None:
            found = self.known[number] = self.read(self.text[self.starts[number] : self.ends[number]])
        return found


class SortedWords(AbstractSet[str]):
    """The words of a sorted list, of which the neighbours of a word are read together, when one of them is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text.strip("\n")
        self.parts = Parts(self.text + "\n", lambda part: frozenset(part.strip("\n").split("\n")))

    def __contains__(self, word: object) -> bool:
        return word in self.parts.around(str(word))

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split("\n"))

    def __len__(self) -> int:
        return self.text.count("\n") + 1

    @classmethod
    def _from_iterable(cls, words: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(words)


@cache
def names() -> SortedWords:
    """The dictionary entries with a capital."""
    return SortedWords(_dictionary()[0])


@cache
def other_forms() -> SortedWords:
    """The word forms of the dictionary, with affixes expanded, that are no entry with a capital."""
    return SortedWords(_dictionary()[1])


@cache
def _dictionary() -> tuple[str, str]:
    """The two parts of the file of words."""
    one, _, two = _list("english_words.txt.gz").partition("\n\n")
    return one, two


def is_form(word: str) -> bool:
    """True for a word form of the dictionary."""
    return word in other_forms() or word in names()


def frequency(word: str) -> float:
    """The relative frequency of a word, from 0 to 1. The words with the same first three letters are read together, when one of them is asked for.

    >>> frequency("the") > 0.01, frequency("thegovernment")
    (True, 0.0)
    """
    rank = _block(word[:3]).get(word)
    return 0.0 if rank is None else _frequency_of_rank()[rank]


@cache
def _block(head: str) -> Mapping[str, str]:
    """Word -> its rank, for the words with these first three letters."""
    words, _, ranks = _blocks().around(head).get(head, "").partition("\t")
    return dict(zip(words.split(" "), ranks.split(" "), strict=True)) if words else {}


@cache
def _frequency_of_rank() -> Mapping[str, float]:
    """A rank as the file writes it -> the frequency."""
    return {str(rank): 10 ** (-rank / 100) for rank in range(MOST_RANKS)}


@cache
def _blocks() -> Parts:
    """First three letters -> a line with the words that start with them and their ranks; a word of rank n has the frequency 10 ** (-n / 100)."""
    return Parts(_list("english_frequency.txt.gz"), lambda part: {_head(line): line for line in part.split("\n") if line}, _head)


def _head(line: str) -> str:
    """The first three letters of the words of a line, fewer if its first word is shorter."""
    return line[:3].partition("\t")[0].partition(" ")[0]


@cache
def common_words() -> SortedWords:
    """The words of letters alone that are used more often than once in ten million words."""
    return SortedWords(_list("english_common.txt.gz"))


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
    return any(all(is_form(part) or ORDINAL.fullmatch(part) for part in parts if part) for parts in _parts(word))


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
