"""Enumerations: points that a text counts, in the ways in which texts count them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normbook.text.lines import Line

ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
NUMBERS = {
    word: n
    for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 1)
}
NOUN = r"(?:principle|commitment|point|proposal|measure|criteri|norm|objective|goal|pillar|value|aspect|area|suggestion|priorit|step|recommendation|action)(?:s|ies|on|a)?"
DECLARED = re.compile(rf"(?i)\b(?P<n>{'|'.join(NUMBERS)}|\d{{1,2}})[ -](?:[a-z-]+ ){{0,2}}?{NOUN}\b")
ORDINAL = "|".join(ONES)
WORDED = re.compile(
    rf"(?i)(?P<quote>[“”\"']?)(?:(?:the )?(?P<a>{ORDINAL}|one|last)(?: one)? is(?=\s)|(?P<b>{ORDINAL}|last)(?:ly)?,(?=\s))\s*"
)
NUMBERED = re.compile(r"(?:(?P<a>\d{1,2})(?P<style>[.)、])|\((?P<b>\d{1,2})\))\s+")
BULLET = re.compile(r"[•·▪‣*]\s+|[-–—]{1,2}\s+(?=[A-Z])")
SERIES = re.compile(
    rf"\b(?P<noun>{NOUN}) of (?P<items>(?:[a-z][\w-]*(?: [a-z][\w-]*){{0,2}}, ){{1,14}}[a-z][\w-]*(?: [a-z][\w-]*){{0,2}},? and [a-z][\w-]*(?: [a-z][\w-]*){{0,2}})(?=[,.;:]|$)"
)


class Point(NamedTuple):
    """One item: where its marker begins, where its words begin and end, and the number its marker states (None for a bullet)."""

    marker: int
    start: int
    end: int
    number: int | None


class Enumeration(NamedTuple):
    """The items of one list in order, the number that the text declares for them, and the code points of what introduces them."""

    points: tuple[Point, ...]
    declared: int | None
    intro: tuple[int, int]


def find_lists(text: str, lines: Sequence[Line], headings: frozenset[int]) -> list[Enumeration]:
    """The enumerations of a text, in order. `headings` holds the starts of the lines that are headings.

    1. A series counts from one without a gap and has two items at least: a lone "Firstly" is no list.
    2. Paragraphs between two items belong to the earlier one; nothing is invented after the last.
    3. `declared` is what the words before the first item say ("three principles"), or None.
    """
    found = [*_blocks(text, lines, headings), *_inline(text, lines)]
    return sorted(found, key=lambda each: each.points[0].start)


def _mark(line: Line) -> tuple[str, int | None, int] | None:
    """The style, number and length of the marker that opens a line."""
    if match := WORDED.match(line.text):
        word = (match["a"] or match["b"]).lower()
        return "worded", {"one": 1, "last": None}.get(word, ONES.index(word) + 1 if word in ONES else None), match.end()
    if match := NUMBERED.match(line.text):
        return f"numbered{match['style'] or '()'}", int(match["a"] or match["b"]), match.end()
    if match := BULLET.match(line.text):
        return f"bullet{match[0][0]}", None, match.end()
    return None


def _blocks(text: str, lines: Sequence[Line], headings: frozenset[int]) -> Iterator[Enumeration]:
    """Lists whose items open lines."""
    open_points: list[tuple[Line, int, int | None]] = []
    style = ""
    for line in [line for line in lines if line.role != "blank"]:
        marked = None if line.start in headings else _mark(line)
        if line.start in headings or (marked and not _continues(open_points, style, marked)):
            yield from _closed(text, open_points)
            open_points = []
        if marked and (open_points or marked[1] in (1, None)) and not (marked[0] == "worded" and marked[1] is None and not open_points):
            style = marked[0]
            open_points.append((line, line.start + marked[2], marked[1]))
    yield from _closed(text, open_points)


def _continues(points: list[tuple[Line, int, int | None]], style: str, marked: tuple[str, int | None, int]) -> bool:
    if not points or marked[0] != style:
        return False
    return marked[1] is None or marked[1] == len(points) + 1


def _closed(text: str, points: list[tuple[Line, int, int | None]]) -> Iterator[Enumeration]:
    if len(points) < 2:
        return
    ends = [_before(text, follower.start) for follower, _, _ in points[1:]] + [points[-1][0].end]
    items = tuple(Point(line.start, start, end, number) for (line, start, number), end in zip(points, ends, strict=True))
    intro = _intro(text, items[0].marker)
    yield Enumeration(items, _declared(text[slice(*intro)]), intro)


def _intro(text: str, at: int) -> tuple[int, int]:
    """The paragraph before a list, with the one before that when it is short."""
    end = _before(text, at)
    return max(text.rfind("\n\n", 0, end) + 1, end - 600, 0), end


def _declared(words: str) -> int | None:
    said = [match["n"].lower() for match in DECLARED.finditer(words)]
    return NUMBERS.get(said[-1]) or int(said[-1]) if said else None


def _inline(text: str, lines: Sequence[Line]) -> Iterator[Enumeration]:
    """Lists inside a sentence: "the principles of A, B and C"."""
    for line in lines:
        if " of " not in line.text or line.role == "blank":
            continue
        for match in SERIES.finditer(line.text):
            at = line.start + match.start("items")
            points = tuple(Point(at + start, at + start, at + end, None) for start, end in _parts(match["items"]))
            if len(points) > 2:
                yield Enumeration(points, _declared(text[line.start : at]), (line.start, at))


def _parts(words: str) -> Iterator[tuple[int, int]]:
    """The spans of "a, b and c" without commas and the last "and"."""
    at = 0
    for joint in re.finditer(r",? and |, ", words):
        yield at, joint.start()
        at = joint.end()
    yield at, len(words)


def _before(text: str, at: int) -> int:
    """Where the words before a place end."""
    while at and text[at - 1] in " \n\t\u3000":
        at -= 1
    return at
