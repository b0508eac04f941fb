"""Where a printed page ended: its number, the symbol and the title of the document, the printer's job number, between two lines of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.languages.language import Words, pattern
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import LineCache
from normbook.text.lines import CLOSERS, ENDS, Role

LONGEST = 120  # code points of a line that a page's head or foot takes
LONGEST_PART = 80  # of one of the parts that stand side by side in it
MOST = 5  # lines of a page's foot and the next one's head
FULL = 40  # code points of a line of print, at least: above a shorter one no page ended unless the line says so itself
LEAST_HAN = 18  # characters of a full line of Chinese or Japanese
WIDE = 60  # the same where a bare number is all that tells
NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6}|[A-Z]\d{1,5})"
OF_PAGES = re.compile(r"\d{1,4}\s?/\s?\d{1,4}$")
LABELLED = pattern(
    rf"(?i)\[{{0,2}}(?:<cues.page-words>|p)[.:]?\s?\|?\s?{NUMBER}(?:\s?(?:<cues.of-pages>|/)\s?\d{{1,4}})?\]{{0,2}}$"
    rf"|{NUMBER}\s?\|\s?<cues.page-words>$"
)
FRAMED = re.compile(r"(?P<one>[-–—]|[A-Z]{2})\s?\d{1,4}\s?(?P=one)$")  # - 3 -, and EN 3 EN as the Union prints it
BARE = re.compile(r"(?:\d{1,4}|[ivx]{1,6})$")
JOB = re.compile(r"(?:[A-Z]{1,3}\.)?\d{2}-\d{4,6}(?:\s?[*(][A-Z][)*]?)?(?:\s\d{6})?$|\*\d{7}\*$")
JOB_AND_PAGE = re.compile(r"(?P<one>\S+)\s+(?P<two>\d{1,4}/\d{1,4}|\S*-\d{4,6})$")
SYMBOL = re.compile(r"(?=\S*\d)[A-Z][A-Za-z]{0,7}(?:/[A-Z0-9][\w.()-]{0,14}){1,7}(?:\s?\*)?$|[A-Z]{2,5}\(\d{4}\)\s?\d{1,4}(?: final)?$")
APART = re.compile(r"\s{2,}|\t|\s\|\s")
LABELS = frozenset(("figure", "fig", "table", "box", "chart", "map", "abbildung", "tabelle", "tableau", "cuadro", "note"))
OPENERS = Words("wraps.openers")
DIGITS = re.compile(r"\d+")
ROMAN = re.compile(r"[ivx]{1,6}$")
LEAST_LINES = 3  # of a text in which a page may have ended


class Mark(NamedTuple):
    """What a line shows that a page's head or foot shows."""

    sure: bool  # more than a bare number
    labelled: bool  # a page's number that says that it is one
    number: int  # of the page, -1 for none
    parts: frozenset[str]  # the parts that stand side by side, digits left out: what is alike on every page


def _mark(line: str) -> Mark | None:
    """What a line shows of a page; None for a line of the text."""
    if len(line) > LONGEST or not line or line.isspace():
        return None
    bare = line.strip()
    if not DIGITS.search(line) and not ROMAN.match(bare) and not (len(bare) < FULL and LABELLED.match(bare)):
        return None
    if LABELLED.match(bare) or FRAMED.match(bare):
        return Mark(True, LABELLED.match(bare) is not None, _number(bare), _alike([bare]))
    parts = _parts(bare)
    if max(map(len, parts)) > LONGEST_PART or (len(parts) == 1 and "   " in line.strip()):
        return None
    counted = [part for part in parts if OF_PAGES.match(part) or LABELLED.match(part) or FRAMED.match(part)]
    folios = [part for part in parts if part in counted or JOB.match(part) or SYMBOL.match(part)]
    numbers = [part for part in parts if BARE.match(part)]
    if not folios and (not numbers or len(parts) > 2):
        return None
    if len(folios) + len(numbers) < len(parts) - 1:
        return None  # more than one part of words
    return Mark(bool(folios), False, _number(*counted, *numbers), _alike(parts))


def _number(*parts: str) -> int:
    """The first number of some parts, -1 for none."""
    return next((int(match[0]) for part in parts if (match := DIGITS.search(part))), -1)


def _parts(line: str) -> list[str]:
    """The parts of a line that stand side by side; a job number and the page's are two."""
    parts = APART.split(line.strip())
    if len(parts) == 1 and (match := JOB_AND_PAGE.match(parts[0])) and (JOB.match(match["one"]) or OF_PAGES.match(match["one"])):
        return [match["one"], match["two"]]
    return parts


def _alike(parts: Sequence[str]) -> frozenset[str]:
    return frozenset(DIGITS.sub("0", part) for part in parts)


_marks = LineCache(_mark)


class Block(NamedTuple):
    """Lines of a page's end between two lines of the text."""

    lines: tuple[int, ...]
    parts: tuple[frozenset[str], ...]
    interrupts: bool  # a sentence goes on below that was broken off above


def page_breaks(lines: Sequence[str]) -> dict[int, Role]:
    """The lines of pages' heads and feet that stand between lines of the text, by their numbers.

    1. Lines with the number of a page, the symbol or the job number of a document between the halves of a sentence are
       the page's, and so are the short lines beside them.
    2. Lines of the same form elsewhere in the text are so too.
    """
    marked = {number: mark for number, mark in _marks.numbered(lines) if mark}
    if not marked or len(lines) < LEAST_LINES:
        return {}
    blocks = _blocks(lines, marked)
    broken = [block for block in blocks if block.interrupts]
    counted = _counted(lines, marked)
    if not broken and not counted:
        return {}
    often = Counter(parts for block in blocks for parts in set(block.parts))
    usual = {parts for block in broken for parts in block.parts} | {marked[n].parts for n in counted}
    found: dict[int, Role] = {}
    for block in blocks:
        if block in broken:
            found.update(dict.fromkeys(block.lines, "pagination"))
        elif not usual.isdisjoint(block.parts):
            told = {n for n, parts in zip(block.lines, block.parts, strict=True) if parts in usual or (n in marked and often[parts] > 1)}
            sure = any(marked[n].sure for n in told if n in marked)
            found.update(dict.fromkeys(sorted(told) if sure else (), "pagination"))
    return found


def _counted(lines: Sequence[str], marked: dict[int, Mark]) -> list[int]:
    """The lines that number pages out of so many, one after the other with full lines of the text between them."""
    numbered = [n for n in marked if any(OF_PAGES.match(part) for part in _parts(lines[n]))]
    totals = {part.rpartition("/")[2].strip() for n in numbered for part in _parts(lines[n]) if OF_PAGES.match(part)}
    rising = all(marked[one].number + 1 == marked[two].number for one, two in pairwise(numbered))
    full = all(any(len(line) >= FULL for line in lines[one + 1 : two]) for one, two in pairwise(numbered))
    return numbered if len(numbered) > 1 and len(totals) == 1 and rising and full else []


def _blocks(lines: Sequence[str], marked: dict[int, Mark]) -> list[Block]:
    """The runs of lines around marked ones, up to the nearest blank line that has text beyond it."""
    blocks: list[Block] = []
    taken = -1
    for n in marked:
        if n <= taken:
            continue
        start, end = _run(lines, marked, n)
        taken = end
        inside = [k for k in range(start, end + 1) if lines[k] and not lines[k].isspace()]
        above = next((lines[k] for k in range(start - 1, -1, -1) if lines[k] and not lines[k].isspace()), "")
        below = next((lines[k] for k in range(end + 1, len(lines)) if lines[k] and not lines[k].isspace()), "")
        shape = tuple(_alike(_parts(lines[k])) for k in inside)
        own = [marked[k] for k in inside if k in marked]
        apart = start > 0 and not lines[start - 1].strip() and end + 1 < len(lines) and not lines[end + 1].strip()
        told = len(inside) <= MOST and is_interrupted(above, below) and _is_page(lines, inside, own, above, below, apart)
        blocks.append(Block(tuple(inside), shape, told))
    return blocks


def _is_page(lines: Sequence[str], inside: Sequence[int], own: Sequence[Mark], above: str, below: str, apart: bool) -> bool:
    """True if what stands inside a sentence is a page's: by its own words, or by its form between full lines of print."""
    if any(mark.labelled for mark in own) and (apart or len(own) == len(inside)):
        return True
    if len(above) < (LEAST_HAN if _is_han(above.rstrip()[-1]) else FULL) and not above.rstrip().endswith("-"):
        return False
    if any(mark.sure for mark in own):
        return apart or (len(own) == len(inside) and any(mark.sure and mark.number >= 0 for mark in own))
    first = lines[inside[0] - 2] if inside[0] > 1 else ""
    return (
        apart
        and len(inside) < MOST - 2
        and len(above) >= WIDE
        and len(below) >= WIDE
        and first.strip() != ""
        and not any(lines[k].split()[0].strip(".:").casefold() in LABELS for k in inside)
    )


def _run(lines: Sequence[str], marked: dict[int, Mark], n: int) -> tuple[int, int]:
    """The first and the last line of what stands with a marked line between two lines of the text."""
    start = end = n
    while start > 0 and _is_beside(lines, marked, start - 1):
        start -= 1
    while end + 1 < len(lines) and _is_beside(lines, marked, end + 1):
        end += 1
    while start < n and not lines[start].strip():
        start += 1
    while end > n and not lines[end].strip():
        end -= 1
    return start, end


def _is_beside(lines: Sequence[str], marked: dict[int, Mark], k: int) -> bool:
    """True for a blank line, a marked one, or a short title in a block of its own."""
    line = lines[k].strip()
    if not line or k in marked:
        return True
    if len(line) > LONGEST_PART or line[-1] in ENDS or line[-1] in CLOSERS or not line[0].isupper() or _opens_more(line):
        return False
    around = [lines[j].strip() for j in (k - 1, k + 1) if 0 <= j < len(lines)]
    return all(not each or j in marked for each, j in zip(around, (k - 1, k + 1), strict=False)) and len(around) == 2


def _opens_more(line: str) -> bool:
    word = line.rpartition(" ")[2]
    return is_function_word(word) or word in OPENERS


def _is_han(character: str) -> bool:
    return "\u2e80" < character < "\ua000" and character.isalpha()


def is_interrupted(above: str, below: str) -> bool:
    """True if a sentence that one line broke off goes on in the other.

    >>> is_interrupted("the tables which are asked", "of every pilot"), is_interrupted("The tables.", "of every pilot")
    (True, False)
    """
    last, head = above.rstrip(), below.lstrip()
    if not last or not head or last[-1] in ENDS - {",", "，", "、"} or last[-1] in CLOSERS:
        return False
    if _is_han(last[-1]):
        return _is_han(head[0]) and len(last) >= LEAST_HAN
    return head[0].islower() or (_opens_more(last) and head[0].isupper() and not last.isupper())
