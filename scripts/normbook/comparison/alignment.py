"""Texts beside texts: how much two share, which sentences answer each other, and which repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from normbook.comparison.alignment_partners import near, partners, words_of
from normbook.structure.segments_segments import Segment

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
