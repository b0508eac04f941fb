"""The English dictionary and word frequencies that cleaning needs. tools/build_wordlists.py writes the files."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

from normbook.languages import language

OTHERS = "<grammar.ending-of-others:en>"
ENDS = rf"1<grammar.ending-of-one:en>|2<grammar.ending-of-two:en>|3<grammar.ending-of-three:en>|[04-9]{OTHERS}"
ORDINAL = language.pattern(rf"[0-9]*1[0-9]{OTHERS}|[0-9]*[02-9](?:{ENDS})")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BREAKS = tuple(map(re.compile, (r".(-).", r"^(-)", r"(-)$")))  # where a word may be split, as in hunspell
MOST_RANKS = 1_000
HEAD_SIZE = 3  # letters that the words of a line share
DEEPEST = 10  # splits in a row


PART, PART_OF_LINES = 1 << 9, 1 << 13  # code points of a list that are searched at once: of words; of lines of words


class Sorted:
    """A sorted list in UTF-8, one entry a line, of which only the part that may hold an asked entry is searched, and nothing is decoded."""

    def __init__(self, text: bytes, part: int = PART, key: Callable[[bytes], bytes] = bytes) -> None:
        self.text = b"\n" + text.strip(b"\n") + b"\n"
        places = {self.text.find(b"\n", at) for at in range(part, len(self.text) - 1, part)}
        self.starts = sorted({0, *places} - {-1, len(self.text) - 1})
        self.firsts = [key(self.text[start + 1 : self.text.find(b"\n", start + 1)]) for start in self.starts]
        self.ends = [*(start + 1 for start in self.starts[1:]), len(self.text)]

    def place_of(self, entry: bytes, end: bytes = b"") -> int:
        """The place before the first line that starts with an entry and what ends it, -1 if there is none."""
        number = max(bisect_right(self.firsts, entry) - 1, 0)
        return self.text.find(b"\n%b%b" % (entry, end), self.starts[number], self.ends[number])


class SortedWords(AbstractSet[str]):
    """The words of a sorted list; nothing is read when it is made."""

    def __init__(self, text: bytes) -> None:
        self.entries = Sorted(text)

    def __contains__(self, word: object) -> bool:
        return self.entries.place_of(str(word).encode("utf-8", "surrogatepass"), b"\n") >= 0

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries.text[1:-1].decode("utf-8").split("\n"))

    def __len__(self) -> int:
        return self.entries.text.count(b"\n") - 1

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
def _dictionary() -> tuple[bytes, bytes]:
    """The two parts of the file of words."""
    one, _, two = _list("english_words.txt.gz").partition(b"\n\n")
    return one, two


def is_form(word: str) -> bool:
    """True for a word form of the dictionary."""
    return word in other_forms() or word in names()


def frequency(word: str) -> float:
    """The relative frequency of a word, from 0 to 1. The words with the same first three letters are read together, when one of them is asked for.

    >>> frequency("the") > 0.01, frequency("thegovernment")
    (True, 0.0)
    """
    words, ranks = _block(word[:HEAD_SIZE])
    at = -1 if " " in word else words.find(f" {word} ")
    return _frequency_of_rank()[ranks[words.count(" ", 0, at)]] if at >= 0 else 0.0


@cache
def _block(head: str) -> tuple[str, list[str]]:
    """The words with these first three letters, with a space on either side of each, and their ranks."""
    known, first = _blocks(), head.encode("utf-8", "surrogatepass")
    at = known.place_of(first) if head else -1
    line = known.text[at + 1 : known.text.find(b"\n", at + 1)] if at >= 0 else b""
    if not line or _head(line) != first:
        return "", []
    words, _, ranks = line.decode("utf-8").partition("\t")
    return f" {words} ", ranks.split(" ")


@cache
def _frequency_of_rank() -> Mapping[str, float]:
    """A rank as the file writes it -> the frequency."""
    return {str(rank): 10 ** (-rank / 100) for rank in range(MOST_RANKS)}


@cache
def _blocks() -> Sorted:
    """For each three first letters a line with the words that start with them and their ranks; a word of rank n has the frequency 10 ** (-n / 100)."""
    return Sorted(_list("english_frequency.txt.gz"), PART_OF_LINES, _head)


def _head(line: bytes) -> bytes:
    """The first three letters of the words of a line, fewer if its first word is shorter."""
    word = line.partition(b"\t")[0].partition(b" ")[0]
    return word if len(word) <= HEAD_SIZE else word.decode("utf-8")[:HEAD_SIZE].encode()


@cache
def common_words() -> SortedWords:
    """The words of letters alone that are used more often than once in ten million words."""
    return SortedWords(_list("english_common.txt.gz"))


@cache
def usual_words() -> frozenset[str]:
    """The words of letters alone that are used at least three times in a million words: a twentieth of the common ones, so a set of them is read quickly."""
    return frozenset(_list("english_usual.txt.gz").decode("utf-8").split("\n")) - {""}


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
    one, _, two = _list("english_ligatures.txt.gz").decode("utf-8").partition("\n\n")
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


def _list(name: str) -> bytes:
    """One of the package's word lists, in UTF-8."""
    return gzip.decompress(Path(__file__).with_name(name).read_bytes())
