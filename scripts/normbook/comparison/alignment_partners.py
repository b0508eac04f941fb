"""Which sentence of a text answers which of another: the likest first, found without comparing each with each."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, deque
from collections.abc import Container, Iterator, Sequence
from difflib import SequenceMatcher

HAN = "\u3040-\u30ff\u3400-\u9fff"  # and kana: no space parts the words, so each character counts as one
WORD = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
ALIKE = 0.5  # word similarity from which two sentences of two reports are shown beside each other
NEAREST = 50  # places of a word that are looked at, those around the same place of the other text
CLOSEST = 8  # sentences that share most words, of which each is compared
LONGEST = 2000  # words up to which two sentences are compared by difflib, whose time grows with their product
Words = list[str]


def words_of(text: str) -> Words:
    """The words of a text in lower case.

    >>> words_of("Data Security, \u6570\u636e")
    ['data', 'security', '\u6570', '\u636e']
    """
    return WORD.findall(text.lower())


def partners(lefts: Sequence[Words], rights: Sequence[Words]) -> dict[int, int]:
    """The place of a sentence -> the place of the one that answers it; none answers two. The same words first, then the likest pairs.

    >>> partners([["a", "b"], ["c", "d", "e"]], [["c", "d"], ["x"], ["a", "b"]])
    {0: 2, 1: 0}
    """
    places: dict[tuple[str, ...], deque[int]] = {}
    for at, words in enumerate(rights):
        places.setdefault(tuple(words), deque()).append(at)
    found: dict[int, int] = {}
    for at, words in enumerate(lefts):
        if words and (same := places.get(tuple(words))):
            found[at] = same.popleft()
    taken = set(found.values())
    for here, there in near(lefts, rights, set(found), taken, ALIKE):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return found


def near(
    lefts: Sequence[Words], rights: Sequence[Words], without: Container[int], taken: Container[int], least: float
) -> Iterator[tuple[int, int]]:
    """The pairs of places whose sentences are at least so alike, the likest first, some left out on either side."""
    index: dict[str, list[int]] = {}
    for at, words in enumerate(rights):
        if at not in taken:
            for word in set(words):
                index.setdefault(word, []).append(at)
    found: list[tuple[float, int, int, int]] = []
    for here, words in enumerate(lefts):
        if here in without:
            continue
        shared: Counter[int] = Counter()
        for word in set(words):
            held = index.get(word, [])
            middle = bisect(held, here * len(rights) // len(lefts))
            shared.update(held[max(middle - NEAREST // 2, 0) : middle + NEAREST // 2] if len(held) > NEAREST else held)
        for there, _ in shared.most_common(CLOSEST):
            if (ratio := alike(words, rights[there])) >= least:
                found.append((-ratio, abs(here - there), here, there))
    yield from ((here, there) for _, _, here, there in sorted(found))


def alike(one: Words, two: Words) -> float:
    """How alike two sentences are, 0 to 1: twice the words in the same order by all words."""
    if 2 * min(len(one), len(two)) < ALIKE * (len(one) + len(two)):
        return 0.0  # the shorter could not make it alike
    if max(len(one), len(two)) > LONGEST:
        from rapidfuzz.distance import Indel

        return Indel.normalized_similarity(one, two)
    return SequenceMatcher(None, one, two, autojunk=False).ratio()
