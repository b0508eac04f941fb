"""What the tags of a page say about each of its lines, named in words that the model of page furniture weighs and a reader understands.

Nothing is decided here. The names say which elements a line stands in and what these are called, how much of the blocks around it is links, and where it
stands beside the body: the smallest element that holds most of the prose that is likely to be text by its words and stands in no thread of comments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.text.line_cache import remembered
from normbook.text.tagged import TaggedLine, TaggedPage

TOLD = frozenset(
    "nav header footer aside main article section form figure figcaption button label table blockquote pre li ul ol dl p h1 h2 h3 h4 h5 h6 time address details summary dialog menu fieldset cite small td th span em strong b i".split()
)
NAMING = ("class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "property", "typeof", "itemtype")
THREADS = frozenset("comment comments commentlist respond reply replies disqus discussion".split())  # what readers wrote below a text
IN_THREAD = "inside a thread of comments"
WHOLE = frozenset(("html", "body", "main"))  # their names speak of what they hold, not of themselves
LONGEST_NAME = 200  # characters of an attribute that are read
NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")  # a word in "mainContent" or "site-footer__links"
MOST_OF_LINE = 500  # characters of a line of prose that count
MOST_OF_PROSE = 0.6  # a block inside that holds this share of the prose is looked into
SINGLE = frozenset(("p", "li", "td", "blockquote"))  # these are never the body of a page
FAR = 30  # lines
NOWHERE = 99


def _bounded(what: str, bounds: Sequence[float]) -> tuple[str, ...]:
    between = [f"{what} {high:g}" if before + 1 == high else f"{what} {before:g} to {high:g}" for before, high in pairwise(bounds)]
    return (f"{what} {bounds[0]:g}", *between, f"{what} over {bounds[-1]:g}")


SHARES, PARTS = (0.0, 0.25, 0.5, 0.75, 0.95), (0.0, 0.05, 0.2, 0.5, 0.8, 0.99)
COUNTS, SIBLINGS, SIZES = (1, 2, 4, 8, 20, 60), (1, 2, 4, 8, 20), (10, 20, 40, 80, 160, 300)
LENGTHS, BROAD, DISTANCES = (3, 8, 14, 22, 32, 45, 62, 85, 120, 200, 400), (8, 22, 45, 85, 200), (1, 2, 5, 12, 30)
LEVELS = ("its block", "the block around it", "the second block around it")
GROUPS = {5: "the group of lines around it", 15: "the part of the page around it"}  # the smallest element with so many lines
MEASURES = {
    each: (
        _bounded(f"{each}: share of links", SHARES),
        _bounded(f"{each}: share of the page's prose", PARTS),
        _bounded(f"{each}: characters of a line", SIZES),
    )
    for each in (*LEVELS, *GROUPS.values())
}
LINES = {each: _bounded(f"{each}: lines", COUNTS) for each in LEVELS}
ALIKE = {each: _bounded(f"{each}: blocks like it beside it", SIBLINGS) for each in LEVELS}
LENGTH_NAMES, LINK_NAMES = _bounded("its length", LENGTHS), _bounded("its share of links", SHARES)
ABOVE, BELOW = _bounded("lines from the prose above", DISTANCES), _bounded("lines from the prose below", DISTANCES)
OUTSIDE = _bounded("elements between it and the body of the page", (0, 1, 2, 3, 4, 5))


class Named(NamedTuple):
    """What is said of a line: of its block, which lines of one block share, and of itself; whether it stands in the body of the page."""

    of_block: tuple[str, ...]
    of_line: tuple[str, ...]
    in_body: bool


class _Names(NamedTuple):
    """The names of an element as its lines have them, as those inside have them, and whether it is a thread of comments."""

    stands: tuple[str, ...]
    inside: tuple[str, ...]
    is_thread: bool


@remembered(4096)
def _names(name: str, attributes: tuple[str, ...]) -> _Names:
    """An element's own name, if it tells something, and the words in its attributes."""
    words = {word.lower() for value in attributes for word in NAME.findall(value[:LONGEST_NAME])}
    found = [f"<{name}>"] * (name in TOLD) + [f"a part named “{word}”" for word in sorted(words)]
    is_thread = name not in WHOLE and not THREADS.isdisjoint(words)
    return _Names(tuple([f"stands in {each}" for each in found]), tuple([f"inside {each}" for each in found]), is_thread)


class _Page:
    """The elements of a page with what stands in each: characters, those in links, lines, and prose."""

    def __init__(self, page: TaggedPage, likely: Sequence[float]) -> None:
        self.elements = elements = page.elements
        count = len(elements)
        self.size, self.linked, self.lines, self.prose = [0] * count, [0] * count, [0] * count, [0] * count
        text = [0.0] * count  # prose by how likely it is to be text
        self.names: dict[int, _Names] = {}
        for line in page.lines:
            self.size[line.block] += line.size
            self.linked[line.block] += line.linked
            self.lines[line.block] += 1
        for line, furniture in zip(page.lines, likely, strict=True):
            if line.is_prose:
                prose = min(line.size, MOST_OF_LINE)
                self.prose[line.block] += prose
                text[line.block] += prose * (1 - furniture)
        for index in range(count - 1, 0, -1):
            if self.lines[index] and (parent := elements[index].parent) >= 0:
                self.size[parent] += self.size[index]
                self.linked[parent] += self.linked[index]
                self.lines[parent] += self.lines[index]
                self.prose[parent] += self.prose[index]
        self.filled = [each for each in range(count) if self.lines[each]]
        self.alike = Counter([(elements[n].parent, elements[n].name, elements[n].attributes.get("class", "")) for n in self.filled])
        self.whole = max([self.prose[each] for each in self.filled], default=0) or 1
        self.depths = self._depths(self._likely_prose(text))
        self.inside: dict[int, tuple[dict[str, None], int]] = {
            -1: ({}, NOWHERE),
            **{each: ({}, depth) for each, depth in self.depths.items()},
        }

    def names_at(self, index: int) -> _Names:
        """The names of an element."""
        found = self.names.get(index)
        if found is None:
            tag = self.elements[index]
            get = tag.attributes.get
            found = self.names[index] = _names(tag.name, tuple([value for key in NAMING if (value := get(key))]) if tag.attributes else ())
        return found

    def _likely_prose(self, text: list[float]) -> Sequence[float]:
        """The prose of each element that is likely to be text and stands in no thread; all prose, if there is none."""
        threads: set[int] = set()
        for index in self.filled:
            if self.elements[index].parent in threads or self.names_at(index).is_thread:
                threads.add(index)
        for index in reversed(self.filled):
            if index not in threads and (parent := self.elements[index].parent) >= 0:
                text[parent] += text[index]
        for index in threads:
            text[index] = 0.0
        return text if any(text) else self.prose

    def _depths(self, prose: Sequence[float]) -> dict[int, int]:
        """The elements that hold the body of the page, by how far they are around it; the body is the smallest that holds most of the prose."""
        best, most = -1, max([prose[each] for each in self.filled], default=0)
        for index in self.filled:  # in the order of the tree: one inside comes after what holds it
            held = prose[index]
            inside = best < 0 or best < index < self.elements[best].last
            if inside and held and held >= MOST_OF_PROSE * most and self.elements[index].name not in SINGLE:
                best, most = index, held
        found: dict[int, int] = {}
        while best >= 0:
            found[best] = len(found)
            best = self.elements[best].parent
        return found

    def path(self, index: int) -> Iterator[int]:
        """An element and those around it."""
        while index >= 0:
            yield index
            index = self.elements[index].parent

    def said_inside(self, path: Sequence[int]) -> tuple[dict[str, None], int]:
        """The names of an element and of those around it that do not hold the body, and how far the first that holds it is around the body."""
        new = next((n for n, index in enumerate(path) if index in self.inside), len(path))
        said, depth = self.inside[path[new] if new < len(path) else -1]
        for index in reversed(path[:new]):
            names = self.names_at(index)
            if names.inside:
                said = {**said, **dict.fromkeys(names.inside), **({IN_THREAD: None} if names.is_thread else {})}
            self.inside[index] = said, depth
        return said, depth


def named_lines(page: TaggedPage, likely: Sequence[float]) -> list[Named]:
    """What the tags say about each line of a page; `likely` has the probability of each line to be furniture by its words and form."""
    tags = _Page(page, likely)
    own: dict[int, tuple[str, ...]] = {}
    blocks: dict[int, tuple[tuple[str, ...], int]] = {}
    for line in page.lines:
        if line.block not in blocks:
            blocks[line.block] = _of_block(tags, line.block)
        if line.inner not in own:
            own[line.inner] = _own(tags, line.inner)
    prose = [line.is_prose and blocks[line.block][1] == 0 for line in page.lines]
    above, below = _distances(prose), _distances(prose[::-1])[::-1]
    found = []
    for line, up, down in zip(page.lines, above, below, strict=True):
        of_block, depth = blocks[line.block]
        found.append(Named(of_block, own[line.inner] + _of_line(line, depth, up, down), depth == 0))
    return found


def _own(tags: _Page, inner: int) -> tuple[str, ...]:
    """The names of the innermost element and the one around it."""
    parent = tags.elements[inner].parent
    names = tags.names_at(inner).stands
    return tuple(dict.fromkeys((*names, *tags.names_at(parent).stands))) if parent >= 0 else names


def _of_block(tags: _Page, block: int) -> tuple[tuple[str, ...], int]:
    """What is said of a block, and how far outside the body of the page it stands."""
    path = list(tags.path(block))
    said, depth = tags.said_inside(path)
    found = [*said]
    for level, index in zip(LEVELS, path, strict=False):
        tag = tags.elements[index]
        alike = tags.alike[tag.parent, tag.name, tag.attributes.get("class", "")]
        found += [
            f"{level}: <{tag.name}>",
            LINES[level][bisect_left(COUNTS, tags.lines[index])],
            ALIKE[level][bisect_left(SIBLINGS, alike)],
        ]
        found += _measures(tags, level, index)
    for least, group in GROUPS.items():
        found += _measures(tags, group, next((index for index in path if tags.lines[index] >= least), path[-1]))
    found.append(OUTSIDE[min(depth, len(OUTSIDE) - 1)])
    return tuple(found), depth


def _measures(tags: _Page, what: str, index: int) -> tuple[str, str, str]:
    size, lines = tags.size[index] or 1, tags.lines[index] or 1
    links, prose, sizes = MEASURES[what]
    return (
        links[bisect_left(SHARES, tags.linked[index] / size)],
        prose[bisect_left(PARTS, tags.prose[index] / tags.whole)],
        sizes[bisect_left(SIZES, size / lines)],
    )


def _of_line(line: TaggedLine, depth: int, above: int, below: int) -> tuple[str, ...]:
    """What is said of a line: its length, its links, and its distances from the prose of the body."""
    size = line.end - line.start
    links = bisect_left(SHARES, line.linked / (line.size or 1))
    side = "above the prose" if above > FAR >= below else "below the prose" if below > FAR >= above else "among the prose"
    up, down = bisect_left(DISTANCES, above), bisect_left(DISTANCES, below)
    return (
        LENGTH_NAMES[bisect_left(LENGTHS, size)],
        LINK_NAMES[links],
        ABOVE[up],
        BELOW[down],
        f"its length {bisect_left(BROAD, size)} and its links {links}",
        f"{min(depth, 6)} elements outside the body, {'prose' if line.is_prose else 'no prose'} {side}",
        f"{'inside' if depth == 0 else 'outside'} the body, {up} and {down} from its prose",
        "ends like a sentence" if line.stops else "does not end like a sentence",
        *(("has cells",) if line.has_cells else ()),
        *(("is prose",) if line.is_prose else ()),
    )


def _distances(prose: Sequence[bool]) -> list[int]:
    """For each line, how far above it the nearest line of prose is."""
    found, distance = [], NOWHERE
    for each in prose:
        found.append(0 if each else distance)
        distance = 1 if each else min(distance + 1, NOWHERE)
    return found
