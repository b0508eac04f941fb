"""Other stories that a page lists in a form of its own: numbered for screen readers, or as cards with the kind of each document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normbook.languages.language import pattern
from normbook.page.classify import is_stamp
from normbook.page.patterns import AROUND

COUNT = pattern(r"(?i)<cues.list-counts>$")
CARD = pattern(r"(?i)<cues.content-types>\s?[:：]\s?\S.{0,100}$")
LONGEST_CARD, MOST_OF_CARDS, LEAST_ABOVE = 160, 60, 100  # code points of a line of a card; lines of all cards; code points of the text
LEAST_CARDS = 2


def listings(lines: Sequence[str], kinds: list[Any]) -> list[Any]:
    """The kinds of furniture of the lines by their cues, with those of lists of other stories as `read-also`.

    1. Below a label such as "Related stories", everything from "list of 3 items" to the next blank line.
    2. At the end of a page, everything from the first "Content type: …" on if there are two of them and a date between.
    """
    counts = [k for k, kind in enumerate(kinds) if k and kind == "read-also" == kinds[k - 1] and COUNT.match(lines[k].strip())]
    labels = [k for k, kind in enumerate(kinds) if kind == "publication-line" and CARD.match(lines[k].strip(AROUND))]
    if not counts and len(labels) < LEAST_CARDS:
        return kinds
    found = list(kinds)
    for k in counts:
        for j in range(k, len(lines)):
            if not lines[j].strip():
                break
            found[j] = found[j] or "read-also"
    if len(labels) >= LEAST_CARDS and _are_cards(lines, labels):
        for j in range(labels[0], len(lines)):
            if lines[j].strip():
                found[j] = found[j] or "read-also"
    return found


def _are_cards(lines: Sequence[str], labels: Sequence[int]) -> bool:
    """True if short lines alone follow the first label, there is text above it, and a date is between the first two labels."""
    first = labels[0]
    below = [line for line in lines[first:] if line.strip()]
    return (
        len(below) <= MOST_OF_CARDS
        and all(len(line) <= LONGEST_CARD for line in below)
        and any(map(is_stamp, lines[first : labels[1]]))
        and sum(map(len, lines[:first])) > LEAST_ABOVE
    )
