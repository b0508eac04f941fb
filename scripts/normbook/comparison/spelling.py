"""Spelling suggestions: which known word was meant, and whether that is certain enough to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable

KEYBOARD = ("1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    key: {KEYBOARD[r][c] for r in (row - 1, row, row + 1) for c in (at - 1, at, at + 1) if 0 <= r < 4 and 0 <= c < len(KEYBOARD[r])} - {key}
    for row, keys in enumerate(KEYBOARD)
    for at, key in enumerate(keys)
}
NUMBERS = re.compile(r"[0-9]+")


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None if none is close enough.

    1. The distance counts letters left out, added, changed, or swapped with a neighbour (optimal string alignment). Up to a
       third of a word's letters may differ, in a short word one.
    2. Case, and the character that joins words, are ignored if only one known word matches then.
    3. Of equally close words, one with the same numbers wins (nothing can show that a number is a typo); then two swapped
       letters, a letter doubled or dropped from a pair, a neighbouring key; then the same first letter and the longer common beginning.

    >>> suggest("modalty", ["modality", "kind"]), suggest("Should_Not", ["should", "should-not"]), suggest("gdis-2", ["gids-1", "gids-2"])
    ('modality', 'should-not', 'gids-2')
    >>> suggest("colour", ["modality", "kind"])
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    words = sorted(set(known))
    folded = [other for other in words if _fold(other) == _fold(word)]
    if len(folded) == 1:
        return folded[0]
    most = max(1, (len(word) + 1) // 3)
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    if not near:
        return None
    least = min(distance for _, distance, _ in near)
    return min(
        (other for other, distance, _ in near if distance == least), key=lambda other: (*_unlikeness(word, other), words.index(other))
    )


def _fold(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())


def _unlikeness(word: str, meant: str) -> tuple[bool, int, bool, int]:
    """A sort key: how unlikely it is that `word` is a typo for `meant`, among words at the same distance."""
    start = next((at for at, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    return NUMBERS.findall(word) != NUMBERS.findall(meant), _slip(word[start:], meant[start:], word[:start]), word[:1] != meant[:1], -start


def _slip(word: str, meant: str, before: str) -> int:
    """The rank of the first typo: 0 swapped letters, 1 a letter doubled or dropped from a pair, 2 a neighbouring key, 3 any other."""
    if len(word) > 1 and word[:2] == meant[1::-1]:
        return 0
    if before and ((word[:1] == before[-1] and word[1:] == meant) or (meant[:1] == before[-1] and meant[1:] == word)):
        return 1
    return 2 if meant[:1] in NEIGHBOURS.get(word[:1], ()) and len(word) == len(meant) else 3


SHORTEST = 3  # letters; too many words are one letter away from a word of two


def one_edit_apart(one: str, two: str) -> bool:
    """True if adding, dropping, changing or swapping one letter turns one word into the other.

    >>> one_edit_apart("shouldnot", "should-not"), one_edit_apart("thsi", "this"), one_edit_apart("may", "must")
    (True, True, False)
    """
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    if len(one) == len(two):
        swapped = one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]
        return one[at + 1 :] == two[at + 1 :] or swapped
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return longer[at + 1 :] == shorter[at:]


def certain(word: str, known: Iterable[str]) -> str | None:
    """The only known word that is one edit away; None if there are none or several, or if a digit would change: numbers are not typos.

    >>> certain("backdoor", ["backdoors", "openness"])
    'backdoors'
    >>> certain("gids-9", ["gids-1", "gids-2"]), certain("gids-88", ["gids-8"])
    (None, None)
    """
    if len(word) < SHORTEST:
        return None
    near = [other for other in known if one_edit_apart(word, other)]
    return near[0] if len(near) == 1 and _digits(near[0]) == _digits(word) else None


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())
