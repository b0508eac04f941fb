"""Lists whose items are lines: numbered, bulleted, or unmarked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from normbook.languages.language import pattern
from normbook.structure.line_breaks import unmarked
from normbook.structure.lists.declared import declared
from normbook.structure.lists.inline import inline_lists
from normbook.structure.lists.item import Enumeration, Point, introduction, words_end
from normbook.structure.lists.markers import Mark, mark
from normbook.text.lines import CLOSERS, Line, is_title

NOTES = pattern(r"(?i)<lines.notes:spaced>:?$|<lines.notes:dense>[:：]?$")
ENDS_ITEM = pattern(r"[;；](?: <lists.joining-and>)?$|,? <lists.joining-and:en>$")
DOTTED = re.compile(r"number\d[\d.]*\.")
NUMBERED_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.? ")
LETTERS = frozenset(("letter()", "letter)", "letter.", "LETTER()"))
LONGEST_NAME, MOST_NAMES = 60, 250  # code points of a name, names of a list


class Opened(NamedTuple):
    """A list while its items are read: the style of its marks, and the line and mark of each item."""

    style: str
    items: list[tuple[Line, Mark]]


def find_lists(text: str, lines: Sequence[Line], headings: frozenset[int]) -> list[Enumeration]:
    """The lists of a text, in order. `headings` has the starts of the lines that are headings.

    1. A list counts from one and has at least two items: a lone "Firstly" is not a list. One number may be missing.
    2. Paragraphs between two items belong to the earlier one, up to a nested list; nothing is added after the last item.
    3. `declared` is the number that the words before the first item announce ("three principles"), or None.
    4. `cut` is True if the text ends in the last item, or before the announced number of items.
    """
    matter = [line for line in lines if line.role != "blank"]
    blocks = [*_blocks(text, matter, headings)]
    taken = {point.marker for each in blocks for point in each.points}
    below = [*_semicolons(text, matter, taken), *_names(text, matter, taken)]
    taken |= {point.marker for each in below for point in each.points}
    found = [*blocks, *below, *_lowered(matter, taken), *inline_lists(text, matter, taken)]
    return [each._replace(cut=_is_cut(text, each)) for each in sorted(found, key=lambda each: each.points[0].start)]


def _is_cut(text: str, each: Enumeration) -> bool:
    """True if the text ends inside the list's last item."""
    end = each.points[-1].end
    if text[end:].strip():
        return False
    last = text[each.points[-1].start : end].rstrip(CLOSERS + " \n")
    open_end = last[-1:].isalnum() or last[-1:] in tuple(",-")
    stopped = any(text[point.start : point.end].rstrip(CLOSERS + " \n")[-1:] in tuple(".;。；!?,") for point in each.points[:-1])
    few = each.declared is not None and each.declared > len(each.points)
    return (open_end and (stopped or few)) or last.endswith(("...", "…"))


def _blocks(text: str, lines: Sequence[Line], headings: frozenset[int]) -> Iterator[Enumeration]:
    """Lists whose items start lines; a nested list is a list of its own."""
    stack: list[Opened] = []
    places = {line.start: number for number, line in enumerate(lines)}
    notes, numbered = False, ""
    for line in lines:
        if line.start in headings or line.role == "headline":
            numbered = match["number"] if (match := NUMBERED_HEADING.match(line.text)) else ""
        if NOTES.match(line.text.strip()) or ((line.start in headings or line.role == "headline") and not _goes_on(stack, line)):
            notes = bool(NOTES.match(line.text.strip()))
            yield from _close(text, lines, places, stack, 0)
            continue
        if notes or line.role not in ("item", "paragraph", "dateline"):
            continue
        head = len(line.text) - len(line.text.lstrip(" \t\u3000>"))
        found = mark(line.text[head : head + 80])
        if found is None and line.role == "paragraph" and line.text.rstrip()[-1:] in (":", "\uff1a"):
            while stack and stack[-1].style.startswith("bullet") and len(stack[-1].items) > 1:
                yield from _close(text, lines, places, stack, len(stack) - 1)
        if found is None or not _is_inside(stack, found, numbered):
            continue
        depth = next((k for k in range(len(stack) - 1, -1, -1) if _follows(stack[k], found)), None)
        if depth is not None:
            yield from _close(text, lines, places, stack, depth + 1)
            stack[depth].items.append((line, _settled(stack[depth], found)))
        elif found.opens:
            same = next(
                (k for k, opened in enumerate(stack) if opened.style == found.style and _is_roman(opened) == (found.other == 1)), None
            )
            if same is not None:
                yield from _close(text, lines, places, stack, same)
            if len(stack) > 3:
                yield from _close(text, lines, places, stack, 0)
            stack.append(Opened(found.style, [(line, found._replace(number=1 if found.other == 1 else found.number))]))
    yield from _close(text, lines, places, stack, 0)


def _goes_on(stack: Sequence[Opened], line: Line) -> bool:
    """True for a title whose mark continues an open list: it is an item of that list."""
    found = mark(line.text[:80])
    return found is not None and any(_follows(opened, found) for opened in stack)


def _is_inside(stack: Sequence[Opened], found: Mark, numbered: str) -> bool:
    """True for a mark without a dot, or one that counts inside the item or heading whose number it repeats: 2.1 inside 2."""
    if not DOTTED.fullmatch(found.style) or found.style == f"number{numbered}.":
        return True
    above, _, number = found.style[len("number") : -1].rpartition(".")
    style = f"number{above}." if above else "number."
    return any(opened.style == style and opened.items[-1][1].number == int(number) for opened in stack)


def _follows(opened: Opened, found: Mark) -> bool:
    """True if a mark continues an open list: the next number, or the one after it if an item was lost."""
    if found.style != opened.style:
        return False
    if found.style.startswith("bullet"):
        return True
    count = opened.items[-1][1].number or len(opened.items)
    if found.inserted:
        return found.number == count
    if found.number == 0:
        return len(opened.items) > 1
    numbers = [found.number, found.other]
    if found.style in LETTERS and (roman := _is_roman(opened)) is not (found.number is None):
        numbers = [found.other if roman else found.number]  # (c) is no third item below (i) and (ii)
    return count + 1 in numbers or (len(opened.items) > 2 and count + 2 in numbers)


def _is_roman(opened: Opened) -> bool:
    """True for a list that counts i, ii, iii."""
    return opened.items[0][1].other == 1


def _settled(opened: Opened, found: Mark) -> Mark:
    count = opened.items[-1][1].number or len(opened.items)
    if found.style.startswith("bullet") or found.inserted:
        return found
    return found._replace(number=next((n for n in (found.number, found.other) if n in (count + 1, count + 2)), count + 1))


def _close(text: str, lines: Sequence[Line], places: dict[int, int], stack: list[Opened], depth: int) -> Iterator[Enumeration]:
    """Closes the lists from a depth on."""
    while len(stack) > depth:
        opened = stack.pop()
        if len(opened.items) > 1 and not _is_outline(lines, places, opened) and not _is_talk(lines, places, opened):
            yield _closed(text, lines, places, opened)


def _is_talk(lines: Sequence[Line], places: dict[int, int], opened: Opened) -> bool:
    """True for lines with dashes that are no list: some ask and others answer, as in novels, or all stand apart in prose, as quotations do."""
    if opened.style != "bullet-":
        return False
    above = places[opened.items[0][0].start] - 1
    asked = [line.text.rstrip(CLOSERS + " ")[-1:] in ("?", "\uff1f") for line, _ in opened.items]
    rows = [places[line.start] for line, _ in opened.items]
    apart = all(two - one > 1 for one, two in pairwise(rows))
    announced = above >= 0 and lines[above].text.rstrip()[-1:] in (":", "\uff1a")
    return not announced and (apart or (any(asked) and not all(asked)))


def _is_outline(lines: Sequence[Line], places: dict[int, int], opened: Opened) -> bool:
    """True if the items are numbered section headings: short, without a full stop, each above paragraphs of its own."""
    if opened.style.startswith(("bullet", "worded")):
        return False
    starts = {line.start for line, _ in opened.items}
    after = {start: lines[places[start] + 1] for start in starts if places[start] + 1 < len(lines)}
    titles = [line for line, found in opened.items if is_title(line.text.lstrip()[found.size :]) or line.text.isupper()]
    above = sum(
        (following := after.get(start)) is not None and following.start not in starts and len(following.text) > 60 for start in starts
    )
    return len(titles) * 4 >= len(starts) * 3 and above * 3 >= len(starts) * 2


def _closed(text: str, lines: Sequence[Line], places: dict[int, int], opened: Opened) -> Enumeration:
    begins = {line.start for line, _ in opened.items}
    following = [line for line, _ in opened.items[1:]]
    points = []
    for k, (line, found) in enumerate(opened.items):
        head = len(line.text) - len(line.text.lstrip(" \t\u3000>"))
        start = line.start + head + found.size
        limit = following[k].start if k < len(following) else line.end
        inner = next(
            (
                other.start
                for other in _behind(lines, places[line.start], limit)
                if other.start not in begins and mark(other.text.lstrip(" \t\u3000>")[:80])
            ),
            limit,
        )
        points.append(Point(line.start, start, max(start, words_end(text, inner)), found.number))
    intro = introduction(text, points[0].marker)
    return Enumeration(tuple(points), declared(text[slice(*intro)]), intro)


def _behind(lines: Sequence[Line], number: int, end: int) -> Iterator[Line]:
    """The lines after one that start before an offset."""
    return takewhile(lambda line: line.start < end, (lines[k] for k in range(number + 1, len(lines))))


def _semicolons(text: str, lines: Sequence[Line], taken: set[int]) -> Iterator[Enumeration]:
    """Unmarked paragraphs below a colon that all, except the last, end with a semicolon."""
    for k, line in enumerate(lines):
        if line.text.rstrip()[-1:] not in (":", "："):
            continue
        run: list[Line] = []
        for other in (lines[j] for j in range(k + 1, len(lines))):
            run.append(other)
            if not ENDS_ITEM.search(other.text.rstrip()):
                break
        if len(run) > 2 and not any(each.start in taken for each in run) and run[-1].text.rstrip()[-1:] in tuple(".。;；"):
            points = tuple(Point(each.start, each.start, each.start + len(each.text.rstrip()), None) for each in run)
            yield Enumeration(points, declared(line.text), (line.start, line.end))


def _names(text: str, lines: Sequence[Line], taken: set[int]) -> Iterator[Enumeration]:
    """Names below a colon, one per line: short lines without a full stop or blank lines."""
    for k, line in enumerate(lines):
        if line.text.rstrip()[-1:] not in (":", "："):
            continue
        run: list[Line] = []
        for other in lines[k + 1 : k + 1 + MOST_NAMES]:
            if (
                len(other.text) > LONGEST_NAME
                or other.role not in ("paragraph", "heading")
                or not (other.text.strip()[-1:].isalpha() or other.text.rstrip()[-1:] == ")")
                or any(map(str.isdigit, other.text))
                or other.start in taken
            ):
                break
            if run and text[run[-1].end : other.start].count("\n") != 1:
                break
            run.append(other)
        if len(run) > 3 and _is_heading_below(run):
            run.pop()
            yield _listed(line, run)
            continue
        following = k + 1 + len(run)
        apart = following >= len(lines) or (run and text[run[-1].end : lines[following].start].count("\n") > 1)
        if len(run) > 2 and apart:
            yield _listed(line, run)


def _lowered(lines: Sequence[Line], taken: set[int]) -> Iterator[Enumeration]:
    """Unmarked items that start in lower case with the same few words, below the line that introduces them."""
    meant = unmarked(lines)
    for k, line in enumerate(lines) if meant else ():
        if line.text[:1].islower():
            continue
        run = list(takewhile(lambda other: other.start in meant and other.text[:1].islower(), lines[k + 1 : k + 1 + MOST_NAMES]))
        if len(run) > 1 and not any(each.start in taken for each in run):
            yield _listed(line, run)


def _listed(intro: Line, run: Sequence[Line]) -> Enumeration:
    """The list of the names in a run of lines below a line with a colon."""
    points = tuple(Point(each.start, each.start, each.end, None) for each in run)
    return Enumeration(points, declared(intro.text), (intro.start, intro.end))


def _is_heading_below(run: Sequence[Line]) -> bool:
    """True if all names except the last are in alphabetical order: the last is then the heading of what follows."""
    names = [each.text.strip().casefold() for each in run]
    return names[:-1] == sorted(names[:-1]) and names[-1] < names[-2]
