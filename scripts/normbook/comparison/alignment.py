"""Texts beside texts: how much two share, which sentences answer each other, and which repeat."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from normbook.structure.segments import Segment

HAN_LETTERS = "\u3040-\u30ff\u3400-\u9fff"  # and kana: no space parts the words, so each character counts as one
WORD = re.compile(rf"[{HAN_LETTERS}]|[^\W{HAN_LETTERS}]+")
ALIKE = 0.5  # word similarity from which two sentences of two reports are shown beside each other
NEAREST = 50  # places of a word that are looked at, those around the same place of the other text
CLOSEST = 8  # sentences that share most words, of which each is compared
LONGEST_SENTENCE = 2000  # words up to which two sentences are compared by difflib, whose time grows with their product
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
    if max(len(one), len(two)) > LONGEST_SENTENCE:
        from rapidfuzz.distance import Indel

        return Indel.normalized_similarity(one, two)
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


REPEATED = 0.85
LONGEST = 2000  # words of two sentences that are compared word by word
HAN = "\u3040-\u30ff\u3400-\u9fff"  # and kana
TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+|\s+|[^\w\s]")


class Pair(NamedTuple):
    """Two sentences that say the same, or one that only one text has. The runs mark what differs: (same or not, words)."""

    left: str
    right: str
    left_runs: tuple[tuple[bool, str], ...]
    right_runs: tuple[tuple[bool, str], ...]


def shingles(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """The runs of `size` words of a text, case and punctuation left out; in Chinese and Japanese a character is a word."""
    words = words_of(text)
    return frozenset(zip(*(words[i:] for i in range(size)), strict=False))


def similarity(one: str, two: str) -> float:
    """How much two texts share: the Jaccard measure of their 3-word shingles, 0 to 1.

    >>> similarity("a b c d", "a b c e")
    0.3333333333333333
    """
    a, b = shingles(one), shingles(two)
    return len(a & b) / len(a | b) if a | b else 0.0


def repeated(text: str, segments: Iterable[Segment]) -> Iterator[tuple[Segment, str]]:
    """The sentences that nearly repeat an earlier one of the same text, each with the earlier one's address."""
    earlier: list[tuple[Segment, list[str]]] = []
    for segment in segments:
        if segment.kind != "sent" or segment.end - segment.start < 60:
            continue
        words = re.findall(r"\w+", text[segment.start : segment.end].lower())
        for other, known in earlier:
            if abs(len(known) - len(words)) <= 6 and SequenceMatcher(None, known, words, autojunk=False).ratio() > REPEATED:
                yield segment, other.eid
                break
        earlier.append((segment, words))


def align(
    one: str, ones: Sequence[Segment], two: str, twos: Sequence[Segment], kinds: frozenset[str] = frozenset({"sent"})
) -> tuple[list[Pair], float]:
    """The sentences of two texts side by side in the order of the first, those of the second that answer none at their place; and the similarity.

    A sentence that its text says again stands beside the same one of the other text again: it is not said by one alone.
    """
    left = [s for s in ones if s.kind in kinds]
    right = [s for s in twos if s.kind in kinds]
    lefts, rights = ([words_of(text[s.start : s.end]) for s in found] for text, found in ((one, left), (two, right)))
    partner = partners(lefts, rights)
    answered = {there: here for here, there in partner.items()}
    again = {here: there for here, there in near(lefts, rights, set(partner), set(), REPEATED) if there in answered}
    also = {here: there for here, there in near(rights, lefts, set(answered), set(), REPEATED) if there in partner}
    pairs: list[Pair] = []
    at = 0
    for here, a in enumerate(left):
        there = partner.get(here)
        while there is not None and at <= there:
            if at not in answered:
                pairs.append(_alone_or_again(one, left, two, right[at], also.get(at)))
            at += 1
        match = there if there is not None else again.get(here)
        pairs.append(_pair(one, a, two, None if match is None else right[match]))
    pairs += [_alone_or_again(one, left, two, right[place], also.get(place)) for place in range(at, len(right)) if place not in answered]
    return pairs, similarity(one, two)


def _alone_or_again(one: str, left: Sequence[Segment], two: str, b: Segment, same: int | None) -> Pair:
    return Pair("", b.eid, (), ((False, two[b.start : b.end]),)) if same is None else _pair(one, left[same], two, b)


def _pair(one: str, a: Segment, two: str, b: Segment | None) -> Pair:
    left = TOKEN.findall(one[a.start : a.end])
    if b is None:
        return Pair(a.eid, "", ((False, "".join(left)),), ())
    right = TOKEN.findall(two[b.start : b.end])
    if len(left) * len(right) > LONGEST * LONGEST:
        lefts, rights = _ends(left, right)
    else:
        lefts, rights = runs(left, right, left, right)
    return Pair(a.eid, b.eid, tuple(lefts), tuple(rights))


def _ends(left: Sequence[str], right: Sequence[str]) -> tuple[Runs, Runs]:
    """Two very long sentences as what they share at their beginning and at their end, and all between."""
    least = min(len(left), len(right))
    head = next((at for at in range(least) if left[at] != right[at]), least)
    tail = next((at for at in range(least - head) if left[-1 - at] != right[-1 - at]), least - head)
    lefts, rights = (
        [
            (same, "".join(words))
            for same, words in ((True, all[:head]), (False, all[head : len(all) - tail]), (True, all[len(all) - tail :]))
            if words
        ]
        for all in (left, right)
    )
    return lefts, rights


Runs = list[tuple[bool, str]]


def runs(left: Sequence[str], right: Sequence[str], left_keys: Sequence[str], right_keys: Sequence[str]) -> tuple[Runs, Runs]:
    """The tokens of two texts as runs of (same or not, words); two tokens are the same if their keys are.

    >>> runs(["A ", "b"], ["a ", "c"], ["a", "b"], ["a", "c"])
    ([(True, 'A '), (False, 'b')], [(True, 'a '), (False, 'c')])
    """
    lefts: Runs = []
    rights: Runs = []
    for tag, i, j, k, m in SequenceMatcher(None, left_keys, right_keys, autojunk=False).get_opcodes():
        lefts += [(tag == "equal", "".join(left[i:j]))] if i < j else []
        rights += [(tag == "equal", "".join(right[k:m]))] if k < m else []
    return lefts, rights
