"""What the tags of a page say about each of its lines, named in words that the model of page furniture weighs and a reader understands.

Nothing is decided here. The names say which elements a line stands in and what these are called, how much of the blocks around it is links, and where it
stands beside the block that holds most of the page's prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.intake.intake import Stretch
from normbook.intake.markup import BLOCKS, CELLS, SPACED, Tag
from normbook.text.decoding import TaggedLine

TOLD = frozenset(
    "nav header footer aside main article section form figure figcaption button label table blockquote pre li ul ol dl p h1 h2 h3 h4 h5 h6 time address details summary dialog menu fieldset cite small td th span em strong b i".split()
)
NAMING = ("class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "property", "typeof", "itemtype")
LONGEST_NAME = 200  # characters of an attribute that are read
NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")  # a word in "mainContent" or "site-footer__links"
BETWEEN = re.compile(r"\s[-|:\u2013\u2014\xbb]\s")  # the title and the name of the site
NO_WORDS = re.compile(r"[\W_]+")
STOPS = frozenset(".!?:;\u2026\u3002\uff01\uff1f\uff1b\uff1a")
CLOSERS = "\"'\u201d\u2019\xbb)]\uff09\u3011\u300d\u300f "
PROSE, LONG_PROSE, MOST_LINKS, MOST_OF_LINE = 60, 160, 0.4, 500  # characters of a line of prose; its share of links; characters that count
MOST_OF_PROSE = 0.6  # a block inside that holds this share of the prose is looked into
SINGLE = frozenset(("p", "li", "td", "blockquote"))  # these are never the body of a page
FAR = 30  # lines
NOWHERE = 99


def _named(what: str, bounds: Sequence[float]) -> tuple[str, ...]:
    between = [f"{what} {high:g}" if before + 1 == high else f"{what} {before:g} to {high:g}" for before, high in pairwise(bounds)]
    return (f"{what} {bounds[0]:g}", *between, f"{what} over {bounds[-1]:g}")


SHARES, PARTS = (0.0, 0.25, 0.5, 0.75, 0.95), (0.0, 0.05, 0.2, 0.5, 0.8, 0.99)
COUNTS, SIBLINGS, SIZES = (1, 2, 4, 8, 20, 60), (1, 2, 4, 8, 20), (10, 20, 40, 80, 160, 300)
LENGTHS, BROAD, DISTANCES = (3, 8, 14, 22, 32, 45, 62, 85, 120, 200, 400), (8, 22, 45, 85, 200), (1, 2, 5, 12, 30)
LEVELS = ("its block", "the block around it", "the second block around it")
GROUPS = {5: "the group of lines around it", 15: "the part of the page around it"}  # the smallest element with so many lines
LINKED = {each: _named(f"{each}: share of links", SHARES) for each in (*LEVELS, *GROUPS.values())}
OF_PROSE = {each: _named(f"{each}: share of the page's prose", PARTS) for each in (*LEVELS, *GROUPS.values())}
LINE_SIZE = {each: _named(f"{each}: characters of a line", SIZES) for each in (*LEVELS, *GROUPS.values())}
LINES = {each: _named(f"{each}: lines", COUNTS) for each in LEVELS}
ALIKE = {each: _named(f"{each}: blocks like it beside it", SIBLINGS) for each in LEVELS}
LENGTH_NAMES, LINK_NAMES = _named("its length", LENGTHS), _named("its share of links", SHARES)
ABOVE, BELOW = _named("lines from the prose above", DISTANCES), _named("lines from the prose below", DISTANCES)
OUTSIDE = _named("elements between it and the body of the page", (0, 1, 2, 3, 4, 5))


class _Line(NamedTuple):
    start: int
    end: int
    block: int
    inner: int  # the innermost element of its first word
    size: int
    linked: int
    is_prose: bool
    stops: bool
    has_cells: bool


class _Page:
    """The elements of a page with what stands in each: characters, those in links, lines, and prose."""

    def __init__(self, elements: Sequence[Tag], lines: Sequence[_Line]) -> None:
        count = len(elements)
        self.elements = elements
        self.size, self.linked, self.lines, self.prose = [0] * count, [0] * count, [0] * count, [0] * count
        for line in lines:
            self.size[line.block] += line.size
            self.linked[line.block] += line.linked
            self.lines[line.block] += 1
            if line.is_prose:
                self.prose[line.block] += min(line.size, MOST_OF_LINE)
        for index in range(count - 1, 0, -1):
            parent = elements[index].parent
            if parent >= 0 and self.lines[index]:
                for sums in (self.size, self.linked, self.lines, self.prose):
                    sums[parent] += sums[index]
        filled = [each for each in range(count) if self.lines[each]]
        self.alike = Counter((elements[n].parent, elements[n].name, elements[n].attributes.get("class", "")) for n in filled)
        self.whole = max([self.prose[each] for each in filled], default=0) or 1
        self.depths = self._depths(filled)

    def _depths(self, filled: Sequence[int]) -> dict[int, int]:
        """The elements that hold the body of the page, by how far they are around it; the body is the smallest that holds most of the prose."""
        best, most = -1, self.whole
        for index in filled:  # in the order of the tree: one inside comes after what holds it
            tag = self.elements[index]
            inside = best < 0 or best < index < self.elements[best].last
            if inside and tag.name not in SINGLE and self.prose[index] >= MOST_OF_PROSE * most and self.prose[index]:
                best, most = index, self.prose[index]
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


def tagged_lines(
    text: str, stretches: Sequence[Stretch], elements: Sequence[Tag], titles: Iterable[str] = (), notes: Iterable[int] = ()
) -> tuple[TaggedLine, ...]:
    """What the tags say about each line of a text that is not blank, in order; `titles` are those that the page states, `notes` the elements that are marks of notes."""
    linked, block = _links_and_blocks(elements)
    lines = list(_lines(text, stretches, linked, block))
    page = _Page(elements, lines)
    stated = frozenset(_bare(part) for title in titles for part in (title, *BETWEEN.split(title))) - {""}
    targets = _targets(elements, notes, block)
    names: dict[int, tuple[str, ...]] = {}
    own: dict[int, tuple[str, ...]] = {}
    blocks: dict[int, tuple[tuple[str, ...], int, bool]] = {}
    for line in lines:
        if line.block not in blocks:
            blocks[line.block] = _of_block(page, line.block, names, targets)
        if line.inner not in own:
            own[line.inner] = _own(page, line.inner, names)
    above = _distances([line.is_prose and blocks[line.block][1] == 0 for line in lines])
    below = _distances([line.is_prose and blocks[line.block][1] == 0 for line in reversed(lines)])[::-1]
    found = []
    for line, up, down in zip(lines, above, below, strict=True):
        of_block, depth, is_note = blocks[line.block]
        of_line = (*own[line.inner], *_of_line(line, depth, up, down))
        is_title = elements[line.block].name == "h1" or _bare(text[line.start : line.end]) in stated
        found.append(TaggedLine(line.start, line.end, of_block, of_line, line.is_prose, depth == 0, is_note, is_title))
    return tuple(found)


def _bare(words: str) -> str:
    return NO_WORDS.sub("", words.casefold())


def _lines(text: str, stretches: Sequence[Stretch], linked: Sequence[bool], block: Sequence[int]) -> Iterator[_Line]:
    """The lines that are not blank, each with its block and what of it is links."""
    number = 0
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inner, size, in_links = -1, 0, 0
        while number < len(stretches) and stretches[number].start < end:
            each = stretches[number]
            if each.origin != "made" and each.element >= 0:
                part = min(each.end, end) - max(each.start, start)
                inner = each.element if inner < 0 else inner
                size += part
                in_links += part * linked[each.element]
            if each.end > end:
                break
            number += 1
        if line.strip() and inner >= 0:
            stops = line.rstrip(CLOSERS)[-1:] in STOPS
            prose = len(line) >= PROSE and in_links < MOST_LINKS * size and (stops or len(line) > LONG_PROSE)
            yield _Line(start, end, block[inner], inner, size, in_links, prose, stops, "\t" in line)
        start = end + 1
        while number < len(stretches) and stretches[number].end <= start:
            number += 1


def _links_and_blocks(elements: Sequence[Tag]) -> tuple[list[bool], list[int]]:
    """For each element, whether it stands in a link to another page, and the block that holds it."""
    linked, block = [False] * len(elements), [0] * len(elements)
    for index, tag in enumerate(elements):
        parent = tag.parent
        leads = tag.name == "a" and "href" in tag.attributes and not tag.attributes["href"].startswith("#")
        linked[index] = leads or tag.name == "button" or (parent >= 0 and linked[parent])
        is_block = parent < 0 or tag.name in BLOCKS or tag.name in SPACED or tag.name in CELLS
        block[index] = index if is_block else block[parent]
    return linked, block


def _targets(elements: Sequence[Tag], notes: Iterable[int], block: Sequence[int]) -> frozenset[int]:
    """The blocks to which the marks of notes lead."""
    names = set()
    for index in notes:
        around = elements[index].parent
        for tag in (elements[around] if around >= 0 else elements[index], *elements[index : elements[index].last]):
            if tag.name == "a" and tag.attributes.get("href", "").startswith("#"):
                names.add(tag.attributes["href"][1:])
    if not names:
        return frozenset()
    return frozenset(
        block[index] for index, tag in enumerate(elements) if not names.isdisjoint((tag.attributes.get("id"), tag.attributes.get("name")))
    )


def _names(page: _Page, index: int, names: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The element's own name, if it tells something, and the words in its attributes."""
    if index not in names:
        tag = page.elements[index]
        words = {word.lower() for key in NAMING if (value := tag.attributes.get(key)) for word in NAME.findall(value[:LONGEST_NAME])}
        names[index] = (*([f"<{tag.name}>"] if tag.name in TOLD else ()), *[f"a part named “{word}”" for word in sorted(words)])
    return names[index]


def _own(page: _Page, inner: int, names: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The names of the innermost element and the one around it."""
    parent = page.elements[inner].parent
    both = {*_names(page, inner, names), *(_names(page, parent, names) if parent >= 0 else ())}
    return tuple([f"stands in {name}" for name in sorted(both)])


def _of_block(page: _Page, block: int, names: dict[int, tuple[str, ...]], targets: frozenset[int]) -> tuple[tuple[str, ...], int, bool]:
    """What is said of a block, how far outside the body of the page it stands, and whether the mark of a note leads to it."""
    path = list(page.path(block))
    around = next((n for n, index in enumerate(path) if index in page.depths), len(path))
    depth = page.depths[path[around]] if around < len(path) else NOWHERE
    said = {name for index in path[:around] for name in _names(page, index, names)}
    found = [f"inside {name}" for name in sorted(said)]
    for level, index in zip(LEVELS, path, strict=False):
        tag = page.elements[index]
        alike = page.alike[tag.parent, tag.name, tag.attributes.get("class", "")]
        found += [
            f"{level}: <{tag.name}>",
            LINES[level][bisect_left(COUNTS, page.lines[index])],
            ALIKE[level][bisect_left(SIBLINGS, alike)],
        ]
        found += _measures(page, level, index)
    for least, group in GROUPS.items():
        found += _measures(page, group, next((index for index in path if page.lines[index] >= least), path[-1]))
    found.append(OUTSIDE[min(depth, len(OUTSIDE) - 1)])
    is_note = bool(targets) and not targets.isdisjoint(path[: len(LEVELS)])
    return tuple(found), depth, is_note


def _measures(page: _Page, what: str, index: int) -> tuple[str, str, str]:
    size, lines = max(page.size[index], 1), max(page.lines[index], 1)
    return (
        LINKED[what][bisect_left(SHARES, page.linked[index] / size)],
        OF_PROSE[what][bisect_left(PARTS, page.prose[index] / page.whole)],
        LINE_SIZE[what][bisect_left(SIZES, page.size[index] / lines)],
    )


def _of_line(line: _Line, depth: int, above: int, below: int) -> tuple[str, ...]:
    """What is said of a line: its length, its links, and its distances from the prose of the body."""
    size = line.end - line.start
    links = bisect_left(SHARES, line.linked / max(line.size, 1))
    side = "above the prose" if above > FAR >= below else "below the prose" if below > FAR >= above else "among the prose"
    up, down = bisect_left(DISTANCES, above), bisect_left(DISTANCES, below)
    found = [LENGTH_NAMES[bisect_left(LENGTHS, size)], LINK_NAMES[links], ABOVE[up], BELOW[down]]
    found.append(f"its length {bisect_left(BROAD, size)} and its links {links}")
    found.append(f"{min(depth, 6)} elements outside the body, {'prose' if line.is_prose else 'no prose'} {side}")
    found.append(f"{'inside' if depth == 0 else 'outside'} the body, {up} and {down} from its prose")
    found.append("ends like a sentence" if line.stops else "does not end like a sentence")
    if line.has_cells:
        found.append("has cells")
    if line.is_prose:
        found.append("is prose")
    return tuple(found)


def _distances(prose: Sequence[bool]) -> list[int]:
    """For each line, how far above it the nearest line of prose is."""
    found, distance = [], NOWHERE
    for each in prose:
        found.append(0 if each else distance)
        distance = 1 if each else min(distance + 1, NOWHERE)
    return found
