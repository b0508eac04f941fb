"""Texts beside texts: how much two share, which sentences answer each other, and which repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from normbook.text.segments import Segment

ALIKE = 0.5  # word similarity from which two sentences of two reports are shown beside each other
REPEATED = 0.85


class Pair(NamedTuple):
    """Two sentences that say the same, or one that only one text has. The runs mark what differs: (same or not, words)."""

    left: str
    right: str
    left_runs: tuple[tuple[bool, str], ...]
    right_runs: tuple[tuple[bool, str], ...]


def shingles(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """The runs of `size` words of a text, case and punctuation left out."""
    words = re.findall(r"\w+", text.lower())
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


def align(one: str, ones: Sequence[Segment], two: str, twos: Sequence[Segment]) -> tuple[list[Pair], float]:
    """The sentences of two texts side by side in the order of the first, those of the second that answer none at their place; and the similarity."""
    left = [s for s in ones if s.kind == "sent"]
    right = [s for s in twos if s.kind == "sent"]
    words = {
        (side, s.eid): re.findall(r"\w+", text[s.start : s.end].lower())
        for side, text, found in ((0, one, left), (1, two, right))
        for s in found
    }
    partner: dict[str, Segment] = {}
    taken: set[str] = set()
    for a in left:
        best = max(
            ((SequenceMatcher(None, words[0, a.eid], words[1, b.eid], autojunk=False).ratio(), b) for b in right if b.eid not in taken),
            key=lambda each: each[0],
            default=(0.0, None),
        )
        if best[1] is not None and best[0] >= ALIKE:
            partner[a.eid] = best[1]
            taken.add(best[1].eid)
    pairs: list[Pair] = []
    waiting = list(right)
    for a in left:
        match = partner.get(a.eid)
        while match and waiting and waiting[0].start < match.start:
            alone = waiting.pop(0)
            if alone.eid not in taken:
                pairs.append(Pair("", alone.eid, (), ((False, two[alone.start : alone.end]),)))
        if match and match in waiting:
            waiting.remove(match)
        pairs.append(_pair(one, a, two, match))
    pairs += [Pair("", s.eid, (), ((False, two[s.start : s.end]),)) for s in waiting if s.eid not in taken]
    return pairs, similarity(one, two)


def _pair(one: str, a: Segment, two: str, b: Segment | None) -> Pair:
    left = re.findall(r"\w+|\s+|[^\w\s]", one[a.start : a.end])
    if b is None:
        return Pair(a.eid, "", ((False, "".join(left)),), ())
    right = re.findall(r"\w+|\s+|[^\w\s]", two[b.start : b.end])
    lefts, rights = runs(left, right, left, right)
    return Pair(a.eid, b.eid, tuple(lefts), tuple(rights))


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
