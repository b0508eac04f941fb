"""Anchors: how to find quoted words in a text exactly, and how many words around a span make it unique.

Records quote sources. A quotation has to point at one place and has to break, not drift, when the text changes: so words
are compared character by character and a short quotation takes its neighbours along.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

AROUND = 60  # code points on each side in which the next word is looked for


class Anchor(NamedTuple):
    """Exact words with the characters directly before and after them (W3C TextQuoteSelector)."""

    prefix: str
    exact: str
    suffix: str


def locate(text: str, anchor: Anchor) -> list[tuple[int, int]]:
    """Every span of `exact` that directly follows `prefix` and is directly followed by `suffix`, in order.

    Nothing is normalised: case, spaces and quotation marks must match. Offsets are code points.

    >>> locate("data and data.", Anchor("and ", "data", ""))
    [(9, 13)]
    """
    whole, spans, at = anchor.prefix + anchor.exact + anchor.suffix, [], 0
    while whole and (at := text.find(whole, at)) >= 0:
        start = at + len(anchor.prefix)
        spans.append((start, start + len(anchor.exact)))
        at += 1
    return spans


def anchor(text: str, start: int, end: int, before: int | None = None) -> Anchor:
    """The anchor of a span, with just enough whole words around it to make it unique in the text.

    The prefix reaches back at least to `before`, for instance to the marker of a list item. If no context makes the span
    unique, the anchor spans the whole text.

    >>> anchor("data and data.", 9, 13)
    Anchor(prefix='and ', exact='data', suffix='')
    """
    spans = _wider(text, start if before is None else before, end)
    reach = [next(spans)]

    def is_enough(turn: int) -> bool:
        low, high = reach[turn]
        return _occurs_once(text, text[low:high])

    few = 0  # this many steps are known to be too few; widening a span can only reduce its occurrences, so bisection is safe
    while not is_enough(len(reach) - 1):
        few = len(reach)
        reach += islice(spans, few)
        if len(reach) == few:
            break
    low, high = reach[bisect_left(range(len(reach) - 1), True, lo=few, key=is_enough)] if few < len(reach) else reach[-1]
    return Anchor(text[low:start], text[start:end], text[end:high])


def _wider(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """A span, then the same span widened by one word at a time, alternately to the left and to the right, up to the whole text."""
    turn = 0
    yield low, high
    while low > 0 or high < len(text):
        if (turn % 2 == 0 and low > 0) or high == len(text):
            words = re.search(r"\S*\s*\Z", text[max(0, low - AROUND) : low])
            low -= max(1, len(words[0]) if words else 1)
        else:
            words = re.match(r"\s*\S*", text[high : high + AROUND])
            high += max(1, len(words[0]) if words else 1)
        yield low, high
        turn += 1


def _occurs_once(text: str, words: str) -> bool:
    at = text.find(words) if words else -1
    return at >= 0 and text.find(words, at + 1) < 0


def nearest(text: str, exact: str) -> tuple[int, str]:
    """Where the words most similar to `exact` begin, and those words; (-1, "") if nothing is similar enough.

    A message about a quotation that does not occur uses them: "did you mean …".

    >>> nearest("All rules should be set out together.", "rules shall be set out")
    (4, 'rules should be set')
    """
    if not exact or not text:
        return -1, ""
    size = len(exact)
    words = [match.start() for match in re.finditer(r"\S+", text)]
    wanted = set(exact.lower().split())

    def shared(at: int) -> int:
        return len(wanted & set(text[at : at + size].lower().split()))

    candidates = sorted(words, key=shared, reverse=True)[:12]
    best = max(candidates, key=lambda at: SequenceMatcher(None, exact, text[at : at + size], autojunk=False).ratio(), default=0)
    window = text[best : best + size]
    if SequenceMatcher(None, exact, window, autojunk=False).ratio() < 0.5:
        return -1, ""
    return best, (
        window.rsplit(" ", 1)[0]
        if " " in window and best + size < len(text) and not text[best + size].isspace() and window[-1].isalnum()
        else window
    )


def first_difference(one: str, two: str) -> tuple[str, str]:
    """The words of each text around the first place where the two differ."""
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, one.rfind(" ", 0, max(0, at - 12)) + 1)
    return _whole_words(one, start, at + 24), _whole_words(two, start, at + 24)


def _whole_words(text: str, start: int, end: int) -> str:
    """The words of a text from `start` to the end of the word that contains `end`."""
    after = re.compile(r"\s").search(text, end)
    return text[start : after.start() if after and end < len(text) else len(text)]
