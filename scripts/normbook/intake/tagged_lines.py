"""The lines of a web page with their blocks: how much of each is links, whether it is prose, and whether it may be a note or the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from normbook.intake.intake import Stretch
from normbook.intake.markup import BLOCKS, CELLS, SPACED
from normbook.text.tagged import Tag, TaggedLine, TaggedPage

BETWEEN = re.compile(r"\s[-|:\u2013\u2014\xbb]\s")  # the title and the name of the site
NO_WORDS = re.compile(r"[\W_]+")
STOPS = frozenset(".!?:;\u2026\u3002\uff01\uff1f\uff1b\uff1a")
CLOSERS = "\"'\u201d\u2019\xbb)]\uff09\u3011\u300d\u300f "
PROSE, LONG_PROSE, MOST_LINKS = 60, 160, 0.4  # characters of a line of prose; its share of links
EDGES = BLOCKS | SPACED | CELLS
NOTE_LEVELS = 3  # blocks around a line among which that of a note may be


def tagged_page(
    text: str, stretches: Sequence[Stretch], elements: Sequence[Tag], titles: Sequence[str] = (), notes: Iterable[int] = ()
) -> TaggedPage:
    """The lines of a text that are not blank; `titles` are those that the page states, `notes` the elements that are marks of notes."""
    linked, block = _links_and_blocks(elements)
    stated = frozenset(_bare(part) for title in titles for part in (title, *BETWEEN.split(title))) - {""}
    longest = max(map(len, titles), default=0) * 2  # a line may have more signs that are no letters
    targets = _targets(elements, notes, block)
    found = []
    for line in _lines(text, stretches, linked, block):
        is_note = bool(targets) and not targets.isdisjoint(_around(elements, line.block))
        is_title = elements[line.block].name == "h1" or (line.end - line.start <= longest and _bare(text[line.start : line.end]) in stated)
        found.append(line._replace(is_note=is_note, is_title=is_title) if is_note or is_title else line)
    return TaggedPage(tuple(found), tuple(elements))


def _bare(words: str) -> str:
    return NO_WORDS.sub("", words.casefold())


def _around(elements: Sequence[Tag], index: int) -> Iterator[int]:
    for _ in range(NOTE_LEVELS):
        if index >= 0:
            yield index
            index = elements[index].parent


def _lines(text: str, stretches: Sequence[Stretch], linked: Sequence[bool], block: Sequence[int]) -> Iterator[TaggedLine]:
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
            yield TaggedLine(start, end, block[inner], inner, size, in_links, prose, stops, "\t" in line)
        start = end + 1
        while number < len(stretches) and stretches[number].end <= start:
            number += 1


def _links_and_blocks(elements: Sequence[Tag]) -> tuple[list[bool], list[int]]:
    """For each element, whether it stands in a link to another page, and the block that holds it."""
    linked, block = [False] * len(elements), [0] * len(elements)
    for index, tag in enumerate(elements):
        name, parent = tag.name, tag.parent
        leads = name == "a" and "href" in tag.attributes and not tag.attributes["href"].startswith("#")
        linked[index] = leads or name == "button" or (parent >= 0 and linked[parent])
        block[index] = index if parent < 0 or name in EDGES else block[parent]
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
