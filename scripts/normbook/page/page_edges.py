"""Running heads and page numbers at the edges of pages, in a text that marks where each page begins (a form feed), as text taken from a PDF file does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normbook.page.page_breaks import BARE, FRAMED, LABELLED
from normbook.text.lines import ENDS, Role

FEED = "\f"
DEPTH = 2  # lines at each edge of a page
LONGEST = 120  # code points of such a line
LEAST_PAGES = 3  # a line that is alike on so many pages is a running head; in a text of two pages, on both
SHARE = 0.4  # of the pages, with their heads on the left or the right page alone
LETTERS = 3
DIGITS = re.compile(r"\d+")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Edge(NamedTuple):
    """A line at the edge of a page: its number in the text, that of the page, the side, its distance from the edge, and its words."""

    line: int
    page: int
    side: str
    depth: int
    words: str


def page_edges(lines: Sequence[str]) -> dict[int, Role]:
    """Line number -> "running-head" or "pagination" for lines at the top or foot of pages.

    1. A running head has the same words, apart from numbers, at the same edge of most pages, and does not end like a sentence.
    2. Page numbers have a line of their own, with nothing else but a label, and count up with the pages.
    3. The first line of a text stays, and so does the inner line of an edge whose outer line stays.

    >>> sorted(page_edges(["Port Review", "The first.", "1", "\\fPort Review", "It was", "2"]).items())
    [(2, 'pagination'), (3, 'running-head'), (5, 'pagination')]
    """
    edges, pages = list(_edges(lines)), 1 + sum(line.startswith(FEED) for line in lines)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    known: dict[int, Role] = {n: "running-head" for n in _repeated(edges, pages) if n != first}
    for n in _counting(edges, pages):
        known[n] = "pagination"
    found: dict[int, Role] = {}
    for edge in edges:
        if edge.line in known and (not edge.depth or _outer(edge, edges) in found):
            found[edge.line] = known[edge.line]
    return found


def _edges(lines: Sequence[str]) -> Iterator[Edge]:
    starts = [0, *(n for n, line in enumerate(lines) if n and line.startswith(FEED)), len(lines)]
    for page in range(len(starts) - 1):
        written = [n for n in range(starts[page], starts[page + 1]) if lines[n].strip()]
        depth = min(DEPTH, len(written) // 2)
        for distance in range(depth):
            yield Edge(written[distance], page, "top", distance, " ".join(lines[written[distance]].split()))
            yield Edge(written[-1 - distance], page, "foot", distance, " ".join(lines[written[-1 - distance]].split()))


def _outer(edge: Edge, edges: Sequence[Edge]) -> int:
    """The line beyond another at the same edge of the page."""
    return next((other.line for other in edges if (other.page, other.side, other.depth) == (edge.page, edge.side, edge.depth - 1)), -1)


def _repeated(edges: Sequence[Edge], pages: int) -> Iterator[int]:
    """The lines that are alike on most pages."""
    alike = {edge: (edge.side, DIGITS.sub("0", edge.words).casefold()) for edge in edges if len(edge.words) <= LONGEST}
    often = Counter(alike.values())
    for edge, key in alike.items():
        if (
            sum(map(str.isalpha, edge.words)) >= LETTERS
            and edge.words[-1] not in ENDS
            and often[key] >= min(LEAST_PAGES, pages)
            and often[key] >= pages * SHARE
        ):
            yield edge.line


def _counting(edges: Sequence[Edge], pages: int) -> Iterator[int]:
    """The lines with a page number that counts up with the pages."""
    numbered = [(edge, number) for edge in edges if (number := _number(edge.words))]
    often = Counter((edge.side, number - edge.page) for edge, number in numbered)
    for edge, number in numbered:
        if often[edge.side, number - edge.page] >= min(LEAST_PAGES, pages):
            yield edge.line


def _number(words: str) -> int:
    """The page number that is all of a line, apart from its label; 0 for none."""
    if not (BARE.match(words) or FRAMED.match(words) or LABELLED.match(words)):
        return 0
    if digits := DIGITS.search(words):
        return int(digits[0])
    values = [ROMAN[letter] for letter in words.casefold() if letter in ROMAN]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)) if values else 0
