"""Alignment of two texts: their similarity, the sentences that correspond, and sentences that repeat.

Two reports of one speech share most sentences, in nearly the same order and with small changes of wording. Identical
sentences are paired first; the others by a word index and difflib, so that the time stays close to linear. A report may also
merge what the other says in two or more sentences: sentences without a counterpart of their own join a neighbour whose
counterpart contains them.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from normbook.structure.segmented import Segment

HAN_LETTERS = "\u3040-\u30ff\u3400-\u9fff"  # and kana: words are not separated by spaces, so each character counts as a word
WORD = re.compile(rf"[{HAN_LETTERS}]|[^\W{HAN_LETTERS}]+")
ALIKE = 0.5  # the least word similarity of two sentences that are shown as a pair
NEAREST = 50  # occurrences of a word that are looked at: those closest to the same position in the other text
CLOSEST = 8  # candidates to compare: the sentences that share the most words
CONTAINED = 0.6  # the least share of a sentence's words that another contains if it merges it with something else
LEAST_RUN = 4  # words of it in a row, so that function words alone do not count
LONGEST_SENTENCE = 2000  # words; longer sentences are not compared by difflib, whose time grows with the product of the lengths
Words = list[str]


def words_of(text: str) -> Words:
    """The words of a text in lower case; each Chinese or Japanese character is a word.

    >>> words_of("Data Security, \u6570\u636e")
    ['data', 'security', '\u6570', '\u636e']
    """
    return WORD.findall(text.lower())


def partners(lefts: Sequence[Words], rights: Sequence[Words]) -> dict[int, int]:
    """Index of a sentence -> index of its counterpart in the other text. Each has at most one: identical sentences first, then the most similar.

    >>> partners([["a", "b"], ["c", "d", "e"]], [["c", "d"], ["x"], ["a", "b"]])
    {0: 2, 1: 0}
    """
    places: dict[tuple[str, ...], deque[int]] = {}
    for at, words in enumerate(rights):
        places.setdefault(tuple(words), deque()).append(at)
    pairs: dict[int, int] = {}
    for at, words in enumerate(lefts):
        if words and (same := places.get(tuple(words))):
            pairs[at] = same.popleft()
    taken = set(pairs.values())
    for here, there in near(lefts, rights, set(pairs), taken, ALIKE):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs


def near(
    lefts: Sequence[Words], rights: Sequence[Words], without: Container[int], taken: Container[int], least: float
) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of sentences whose similarity is at least `least`, the most similar first.

    The left indexes in `without` and the right indexes in `taken` are left out.
    """
    index: dict[str, list[int]] = {}
    for at, words in enumerate(rights):
        if at not in taken:
            for word in set(words):
                index.setdefault(word, []).append(at)
    pairs: list[tuple[float, int, int, int]] = []
    for here, words in enumerate(lefts):
        if here in without:
            continue
        shared: Counter[int] = Counter()
        for word in set(words):
            occurrences = index.get(word, [])
            middle = bisect(occurrences, here * len(rights) // len(lefts))
            nearby = slice(max(middle - NEAREST // 2, 0), middle + NEAREST // 2)
            shared.update(occurrences[nearby] if len(occurrences) > NEAREST else occurrences)
        for there, _ in shared.most_common(CLOSEST):
            if (ratio := alike(words, rights[there])) >= least:
                pairs.append((-ratio, abs(here - there), here, there))
    yield from ((here, there) for _, _, here, there in sorted(pairs))


def alike(one: Words, two: Words) -> float:
    """The similarity of two sentences, from 0 to 1: twice the words they share in order, divided by all their words."""
    if 2 * min(len(one), len(two)) < ALIKE * (len(one) + len(two)):
        return 0.0  # even if all of the shorter one matched, it would not be enough
    if max(len(one), len(two)) > LONGEST_SENTENCE:
        from rapidfuzz.distance import Indel

        return Indel.normalized_similarity(one, two)
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


REPEATED = 0.85
TITLES = ("headline", "heading")
LONGEST = 2000  # words of two sentences that are still compared word by word
TOKEN = re.compile(rf"[{HAN_LETTERS}]|[^\W{HAN_LETTERS}]+|\s+|[^\w\s]")


class Pair(NamedTuple):
    """Sentences that correspond, by eId: mostly one on either side, several where the other text merges them, none where it lacks them.

    The runs, (is it the same?, words), mark the differences.
    """

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    left_runs: tuple[tuple[bool, str], ...]
    right_runs: tuple[tuple[bool, str], ...]


def shingles(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """The set of runs of `size` words of a text, ignoring case and punctuation; in Chinese and Japanese a character is a word."""
    words = words_of(text)
    return frozenset(zip(*(words[i:] for i in range(size)), strict=False))


def similarity(one: str, two: str) -> float:
    """The similarity of two texts, from 0 to 1: the Jaccard index of their 3-word shingles.

    >>> similarity("a b c d", "a b c e")
    0.3333333333333333
    """
    a, b = shingles(one), shingles(two)
    return len(a & b) / len(a | b) if a | b else 0.0


def repeated(text: str, segments: Iterable[Segment]) -> Iterator[tuple[Segment, str]]:
    """The sentences that nearly repeat an earlier sentence of the same text, each with the eId of the earlier one."""
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


def contains(whole: Words, part: Words) -> bool:
    """True if a sentence has most of the words of another, in the same order and at least four of them in a row.

    >>> contains("he said that the ports agreed on it and that the fee will fall".split(), "the ports agreed on all of it".split())
    True
    """
    if not LEAST_RUN <= len(part) <= LONGEST_SENTENCE or len(whole) > LONGEST_SENTENCE:
        return False
    sizes = [size for _, _, size in SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()]
    return max(sizes) >= LEAST_RUN and sum(sizes) >= CONTAINED * len(part)


def _ratio(one: Words, two: Words) -> float:
    if max(len(one), len(two)) > LONGEST_SENTENCE:
        return 0.0
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def groups(lefts: Sequence[Words], rights: Sequence[Words], partner: Mapping[int, int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Groups of sentences, by index, that say the same: one to one as in `partner`, or one to several where a text merges sentences.

    Groups are in the order of the first text. Sentences in no group have no counterpart.

    >>> ones = ["the fee will fall in may".split(), "the ports agreed on all of it".split()]
    >>> groups(ones, ["the fee will fall in may and the ports agreed on all of it".split()], {0: 0})
    [((0, 1), (0,))]
    """
    there = {left: [right] for left, right in partner.items()}
    there |= {left: [right] for left, right in _between(lefts, rights, partner)}
    here = {right: [left] for left, found in there.items() for right in found}
    _merge(lefts, rights, there, here)
    _merge(rights, lefts, here, there)
    found = {(tuple(here[right[0]]), tuple(right)) for right in there.values()}
    return sorted(found)


def _between(lefts: Sequence[Words], rights: Sequence[Words], partner: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences without a counterpart, between the same neighbours, one of which contains most of the other."""
    taken = set(partner.values())
    after = [len(rights)] * (len(lefts) + 1)  # the counterpart of the next sentence that has one
    for left in reversed(range(len(lefts))):
        after[left] = partner.get(left, after[left + 1])
    before = -1
    for left, words in enumerate(lefts):
        if left in partner:
            before = partner[left]
            continue
        free = (right for right in range(before + 1, after[left]) if right not in taken)
        for right in islice(free, CLOSEST):
            if contains(rights[right], words) or contains(words, rights[right]):
                taken.add(right)
                before = right
                yield left, right
                break


def _merge(ones: Sequence[Words], twos: Sequence[Words], there: dict[int, list[int]], here: dict[int, list[int]]) -> None:
    """Adds each sentence of `ones` without a counterpart to a neighbour whose counterpart contains both. Changes both maps."""
    for step in (1, -1):
        order = range(len(ones)) if step == 1 else reversed(range(len(ones)))
        for one in order:
            found = there.get(one - step)
            if one in there or found is None or len(found) != 1:
                continue
            whole = twos[found[0]]
            group = here[found[0]]
            joined = sorted([*group, one])
            if contains(whole, ones[one]) and _ratio(_joined(ones, joined), whole) > _ratio(_joined(ones, group), whole):
                there[one] = found
                here[found[0]] = joined


def _joined(sentences: Sequence[Words], indexes: Iterable[int]) -> Words:
    return [word for index in indexes for word in sentences[index]]


def align(
    one: str, ones: Sequence[Segment], two: str, twos: Sequence[Segment], kinds: frozenset[str] = frozenset({"sent"})
) -> tuple[list[Pair], float]:
    """The aligned sentences of two texts, in the order of the first, and the similarity of the texts.

    Sentences that only the second text has are inserted where they occur. A sentence that one text repeats is paired with the
    same counterpart again, since the other text does not lack it.
    """
    left = [s for s in ones if s.kind in kinds]
    right = [s for s in twos if s.kind in kinds]
    lefts, rights = ([words_of(text[s.start : s.end]) for s in segments] for text, segments in ((one, left), (two, right)))
    partner = partners(lefts, rights)
    answered = {there: here for here, there in partner.items()}
    again = {here: there for here, there in near(lefts, rights, set(partner), set(), REPEATED) if there in answered}
    also = {here: there for here, there in near(rights, lefts, set(answered), set(), REPEATED) if there in partner}
    grouped = groups(lefts, rights, partner)
    first = {group[0][0]: group for group in grouped}
    inside = {here for group, _ in grouped for here in group}
    reached = {there for _, group in grouped for there in group}
    pairs: list[Pair] = []
    at = 0

    def alone(place: int) -> Pair:
        same = also.get(place)
        return _pair(one, [] if same is None else [left[same]], two, [right[place]])

    for here, a in enumerate(left):
        if here in first:
            group, match = first[here]
            while at <= match[-1]:
                if at not in reached:
                    pairs.append(alone(at))
                at += 1
            pairs.append(_pair(one, [left[each] for each in group], two, [right[each] for each in match]))
        elif here not in inside:
            pairs.append(_pair(one, [a], two, [right[again[here]]] if here in again else []))
    pairs += [alone(place) for place in range(at, len(right)) if place not in reached]
    return pairs, similarity(one, two)


def _pair(one: str, left: Sequence[Segment], two: str, right: Sequence[Segment]) -> Pair:
    lefts, rights = (TOKEN.findall(" ".join(text[s.start : s.end] for s in side)) for text, side in ((one, left), (two, right)))
    names = tuple(s.eid for s in left), tuple(s.eid for s in right)
    if not left or not right:
        return Pair(*names, *(((False, "".join(tokens)),) if tokens else () for tokens in (lefts, rights)))
    if len(lefts) * len(rights) > LONGEST * LONGEST:
        marked = _ends(lefts, rights)
    elif any(s.kind in TITLES for s in (*left, *right)):  # whose capitals are those of a title
        marked = runs(lefts, rights, [token.lower() for token in lefts], [token.lower() for token in rights])
    else:
        marked = runs(lefts, rights, lefts, rights)
    return Pair(*names, tuple(marked[0]), tuple(marked[1]))


def _ends(left: Sequence[str], right: Sequence[str]) -> tuple[Runs, Runs]:
    """The runs of two very long sentences: only a common beginning and a common end count as the same."""
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
    """The tokens of two texts as runs of (is it the same?, words); two tokens are the same if their keys are equal.

    >>> runs(["A ", "b"], ["a ", "c"], ["a", "b"], ["a", "c"])
    ([(True, 'A '), (False, 'b')], [(True, 'a '), (False, 'c')])
    """
    lefts: Runs = []
    rights: Runs = []
    for tag, i, j, k, m in SequenceMatcher(None, left_keys, right_keys, autojunk=False).get_opcodes():
        lefts += [(tag == "equal", "".join(left[i:j]))] if i < j else []
        rights += [(tag == "equal", "".join(right[k:m]))] if k < m else []
    return lefts, rights
