"""Which known word was meant, where that is beyond doubt."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 3  # a word of two letters is one letter away from too much


def one_edit_apart(one: str, two: str) -> bool:
    """True if one letter added, left out, exchanged, or swapped with its neighbour makes one word the other.

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
    """The only known word that is one edit away, None if there is none or more, or if a figure would change: numbers are not misspelt.

    >>> certain("backdoor", ["backdoors", "openness"])
    'backdoors'
    >>> certain("gids-9", ["gids-1", "gids-2"]), certain("gids-88", ["gids-8"])
    (None, None)
    """
    if len(word) < SHORTEST:
        return None
    found = [each for each in known if one_edit_apart(word, each)]
    if len(found) != 1 or _figures(found[0]) != _figures(word):
        return None
    return found[0]


def _figures(word: str) -> str:
    return "".join(c for c in word if c.isdigit())
