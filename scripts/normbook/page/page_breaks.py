"""Ends of printed pages: page numbers, document symbols, running titles and job numbers between two lines of the text.

A document of the United Nations that was copied from a PDF has "24-01234 3/12" and "A/79/88" in the middle of a sentence
wherever a page ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from normbook.languages.language import Words, pattern
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import LineCache
from normbook.text.lines import CLOSERS, ENDS, Role

LONGEST = 120  # code points of a header or footer line
LONGEST_PART = 80  # code points of one part of such a line
MOST = 5  # lines of a footer together with the next header
FULL = 40  # code points of a full line of print; a page ends below a shorter one only if its number is labelled
LEAST_HAN = 18  # characters of a full line of Chinese or Japanese
WIDE = 60  # the same if a bare number is the only evidence
NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6}|[A-Z]\d{1,5})"
OF_PAGES = pattern(r"\d{1,4}\s?/\s?\d{1,4}$")
LABELLED = pattern(
    rf"(?i)\[{{0,2}}(?:<cues.page-words>|p)[.:]?\s?\|?\s?{NUMBER}(?:\s?(?:<cues.of-pages>|/)\s?\d{{1,4}})?\]{{0,2}}$"
    rf"|{NUMBER}\s?\|\s?<cues.page-words>$"
)
DOUBLY_BRACKETED = pattern(rf"(?i)\[\[(?:<cues.page-words>|p)[.:]?\s?{NUMBER}\]\]$")  # never text: "[[Page S2462]]"
FRAMED = pattern(
    r"(?P<one>[-–—]|[A-Z]{2})\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?P=one)$"
)  # "- 3 -", and "EN 3 EN" as in documents of the European Union
LEAST_STAMPS = 5  # parts with a number each: the stamp of a typesetter, "Jkt 019139   PO 00000   Frm 00012"
BARE = pattern(r"(?:\d{1,4}|[ivx]{1,6})$")
JOB = pattern(r"(?:[A-Z]{1,3}\.)?\d{2}-\d{4,6}(?:\s?[*(][A-Z][)*]?)?(?:\s\d{6})?$|\*\d{7}\*$")
JOB_AND_PAGE = pattern(r"(?P<one>\S+)\s+(?P<two>\d{1,4}/\d{1,4}|\S*-\d{4,6})$")
SYMBOL = pattern(
    r"(?=\S*\d)[A-Z][A-Za-z]{0,7}(?:/[A-Z0-9][\w.()-]{0,14}){1,7}(?:\s?\(\d{4}\))?(?:\s?\*)?$|[A-Z]{2,5}\(\d{4}\)\s?\d{1,4}(?: <page.final-version:en>)?$"
)
SERIES = r"[A-Z]\s?\d{1,4}/\d{1,5}"  # the series, number and page of an official journal
JOURNAL = pattern(rf"(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b.{{0,80}}\b{SERIES}|{SERIES}\b.{{0,80}}\b\d{{1,2}}\.\d{{1,2}}\.\d{{4}})$")
JOURNAL_PAGE = pattern(r"(?:[A-Z]{2}\s+)?[A-Z][^.!?]{5,80}\s[A-Z]\s?\d{1,4}/\d{1,5}$")  # "EN Official Journal of the Coast L 12/34"
IN_SERIES = pattern(rf"{SERIES}$")
LANGUAGE = pattern("[A-Z]{2}$")
RUNNING = pattern(
    r"(?=\d|.*\d$)(?:\d{1,6}\s+)?[^/|·•]{3,40}(?:\s[/|·•]\s[^/|·•]{1,40}){2,4}$"
)  # "Gazette / Vol. 85, No. 12 / Friday, January 17, 2020 / Rules 2989"
BETWEEN_HEADS = frozenset("/|·•")  # one of these is in each such line
MOST_SPACES = 4  # no number, symbol or job number has more
FORM_FEED = "\x0c"
APART = pattern(r"\s{2,}|\t|\s\|\s")
LABELS = Words("page.figure-labels")
OPENERS = Words("wraps.openers")
DIGITS = pattern(r"\d+")
ROMAN = pattern(r"[ivx]{1,6}$")
# the last character of a page number without a digit and without a bar: Roman, in brackets, between dashes or capitals
WITHOUT_DIGITS = frozenset("ivxlc\u0130\u0131]-–—ABCDEFGHIJKLMNOPQRSTUVWXYZ")
WITH_HEAD = pattern(r"(?:(?P<one>\d{1,4})\s+(?P<head>[^\W\d_].{2,60}[^.!?:;,])|(?P<title>[^\W\d_].{2,60}?[^.!?:;,])\s+(?P<two>\d{1,4}))$")
WORDS = pattern(r"[^\W\d_]{2}")
LEAST_PAGES, MOST_BELOW = 2, 4  # labelled pages that show running heads; lines below a label that may be such
LEAST_LINES = 3  # lines of a text in which a page may have ended


class Mark(NamedTuple):
    """The signs of a header or footer in a line."""

    sure: bool  # more than a bare number
    labelled: bool  # a labelled page number, as in "Page 3"
    number: int  # the page number, -1 for none
    parts: frozenset[str]  # the parts of the line with digits as 0: they are equal on every page


def _mark(line: str) -> Mark | None:
    """The signs of a header or footer in a line; None for a line of the text."""
    if len(line) > LONGEST or not line:
        return None
    if line.isspace():
        return Mark(True, True, -1, frozenset((FORM_FEED,))) if FORM_FEED in line else None
    bare = line.strip()
    if not DIGITS.search(line) and (
        len(bare) >= FULL
        or not (bare[-1] in WITHOUT_DIGITS or "|" in bare)
        or not (ROMAN.match(bare) or LABELLED.match(bare) or FRAMED.match(bare))
    ):
        return None
    if LABELLED.match(bare) or FRAMED.match(bare):
        return Mark(True, LABELLED.match(bare) is not None, _number(bare), _alike([bare]))
    if (bare[-1].isdigit() and (JOURNAL.match(bare) or JOURNAL_PAGE.match(bare))) or (
        not BETWEEN_HEADS.isdisjoint(bare) and RUNNING.match(bare)
    ):
        return Mark(True, False, _number(bare), _alike([bare]))
    parts = _parts(bare)
    if len(parts) == 1 and bare.count(" ") > MOST_SPACES:
        return None  # words alone
    if max(map(len, parts)) > LONGEST_PART or (len(parts) == 1 and "   " in line.strip()):
        return None
    counted = [part for part in parts if OF_PAGES.match(part) or LABELLED.match(part) or FRAMED.match(part)]
    folios = [part for part in parts if part in counted or JOB.match(part) or SYMBOL.match(part) or IN_SERIES.match(part)]
    numbers = [part for part in parts if BARE.match(part)]
    if len(parts) >= LEAST_STAMPS and all(map(DIGITS.search, parts)):
        return Mark(True, False, -1, _alike(parts))
    if not folios and (not numbers or len(parts) > 2):
        return None
    if len(folios) + len(numbers) + sum(LANGUAGE.match(part) is not None for part in parts) < len(parts) - 1:
        return None  # more than one part consists of words
    return Mark(bool(folios), False, _number(*counted, *numbers), _alike(parts))


def _number(*parts: str) -> int:
    """The first number in these parts, -1 for none."""
    return next((int(match[0]) for part in parts if (match := DIGITS.search(part))), -1)


def _parts(line: str) -> list[str]:
    """The parts of a line, separated by runs of spaces; a job number and a page number are two parts."""
    parts = APART.split(line.strip())
    if len(parts) == 1 and (match := JOB_AND_PAGE.match(parts[0])) and (JOB.match(match["one"]) or OF_PAGES.match(match["one"])):
        return [match["one"], match["two"]]
    return parts


def _alike(parts: Sequence[str]) -> frozenset[str]:
    return frozenset(DIGITS.sub("0", part) for part in parts)


_marks = LineCache(_mark)


def _title(line: str) -> tuple[str, int] | None:
    """A running head in a form for comparison and the page number in its line; None for any other line."""
    bare = line.strip()
    if not bare or len(bare) > LONGEST_PART or not (bare[0].isdigit() or bare[-1].isdigit()) or not (match := WITH_HEAD.match(bare)):
        return None
    return _head(match["head"] or match["title"]), int(match["one"] or match["two"])


_titles = LineCache(_title)


class Block(NamedTuple):
    """The lines of a footer and header between two lines of the text."""

    lines: tuple[int, ...]
    parts: tuple[frozenset[str], ...]
    interrupts: bool  # a sentence breaks off above and continues below, and the form is that of a footer or header
    splits: bool  # a sentence breaks off above and continues below
    number: int  # the page number, -1 for none


def page_breaks(lines: Sequence[str]) -> dict[int, Role]:
    """Line number -> "pagination" for headers and footers of printed pages between lines of the text.

    1. Lines with a page number, a document symbol or a job number that interrupt a sentence are headers or footers, and so
       are the short lines next to them.
    2. So are lines of the same form elsewhere in the text.
    3. So are page numbers that count up, with a running head next to each or in its line.
    """
    marked = {number: mark for number, mark in _marks.numbered(lines) if mark}
    titled = {number: title for number, title in _titles.numbered(lines) if title}
    if len(lines) < LEAST_LINES or (not marked and len(titled) < LEAST_PAGES):
        return {}
    blocks = _blocks(lines, marked)
    broken = _continued(blocks)
    counted = _counted(lines, marked)
    jobs = _surely(lines, marked) + _recurring(lines, marked) + _headed(lines, marked, titled)
    if not broken and not counted and not jobs:
        return {}
    often = Counter(parts for block in blocks for parts in set(block.parts))
    usual = {parts for block in broken for parts in block.parts} | {marked[n].parts for n in counted}
    found: dict[int, Role] = dict.fromkeys(jobs, "pagination")
    for block in blocks:
        if block in broken:
            found.update(dict.fromkeys(block.lines, "pagination"))
        elif not usual.isdisjoint(block.parts):
            told = {n for n, parts in zip(block.lines, block.parts, strict=True) if parts in usual or (n in marked and often[parts] > 1)}
            sure = any(marked[n].sure for n in told if n in marked)
            found.update(dict.fromkeys(sorted(told) if sure else (), "pagination"))
    return found


def _recurring(lines: Sequence[str], marked: dict[int, Mark]) -> list[int]:
    """The labels of pages that count up by one ("Page 9", "Page 10"), and the short lines below each that stand below another one too."""
    pages = [n for n, mark in marked.items() if mark.labelled and mark.number >= 0 and n + 1 < len(lines)]
    if len(pages) < LEAST_PAGES or any(marked[one].number + 1 != marked[two].number for one, two in pairwise(pages)):
        return []
    below = {n: [k for k in range(n + 1, len(lines)) if lines[k].strip()][:MOST_BELOW] for n in pages}
    short = {
        n: list(takewhile(lambda k: len(lines[k]) <= LONGEST_PART and lines[k].rstrip()[-1] not in ENDS, rows)) for n, rows in below.items()
    }
    often = Counter(head for rows in short.values() for head in {_head(lines[k]) for k in rows})
    heads = [k for rows in short.values() for k in rows if often[_head(lines[k])] > 1 or k in marked]
    return [*pages, *heads] if heads else []


def _headed(lines: Sequence[str], marked: dict[int, Mark], titled: dict[int, tuple[str, int]]) -> list[int]:
    """Page numbers that count up between full lines of the text with the same running head next to each, or in its line; and these heads.

    A sentence must go on from one page to the next in one place at least, so that numbered parts with like titles stay.
    """
    if not any(len(line) >= FULL for line in lines):
        return []
    solid = [k for k, line in enumerate(lines) if line.strip()]
    place = {k: i for i, k in enumerate(solid)}
    numbers = [n for n, mark in marked.items() if mark.number >= 0 and BARE.match(lines[n].strip())]
    groups: list[list[tuple[int, int]]] = []  # of the first and last place of each page's lines
    if len(numbers) >= LEAST_PAGES and all(marked[one].number + 1 == marked[two].number for one, two in pairwise(numbers)):
        steps = [step for step in (1, -1) if _are_alike(lines, solid, [place[n] + step for n in numbers])]
        groups += [[(place[n] + min(step, 0), place[n] + max(step, 0)) for n in numbers] for step in steps]
    inline: dict[str, list[tuple[int, int]]] = {}
    for k, (head, number) in titled.items():
        inline.setdefault(head, []).append((place[k], number))
    rising = [rows for rows in inline.values() if all(two - one in (1, 2) for (_, one), (_, two) in pairwise(rows))]
    groups += [[(i, i) for i, _ in rows] for rows in rising if len(rows) >= LEAST_PAGES]
    for group in groups:
        around = [(lines[solid[a - 1]], lines[solid[b + 1]]) for a, b in group if a > 0 and b + 1 < len(solid)]
        if len(around) == len(group) and all(len(above) >= FULL for above, _ in around) and any(is_interrupted(*each) for each in around):
            found = [solid[i] for a, b in group for i in range(a, b + 1)]
            heads = {_head(lines[k]) for k in found if k not in numbers}
            return sorted({*found, *(solid[0],)} if _head(lines[solid[0]]) in heads else found)
    return []


def _are_alike(lines: Sequence[str], solid: Sequence[int], places: Sequence[int]) -> bool:
    """True if the lines at these places may be one running head."""
    rows = [lines[solid[i]].strip() for i in places if 0 < i < len(solid)]
    return (
        len(rows) == len(places)
        and len(set(map(_head, rows))) == 1
        and len(rows[0]) <= LONGEST_PART
        and WORDS.search(rows[0]) is not None
        and rows[0][-1] not in ENDS
    )


def _head(line: str) -> str:
    """A running head in a form for comparison: without spaces, which a copy may lose, and with its numbers as 0."""
    return DIGITS.sub("0", "".join(line.split()))


def _surely(lines: Sequence[str], marked: dict[int, Mark]) -> list[int]:
    """The lines that are never text, and those next to a job number that hold the symbol of the document: the head of the next page."""
    found = [n for n in marked if _is_job_and_page(lines[n]) or DOUBLY_BRACKETED.match(lines[n].strip())]
    heads = [n + step for n in found for step in (-1, 1) if n + step in marked and SYMBOL.match(_parts(lines[n + step])[0])]
    return [*found, *heads]


def _is_job_and_page(line: str) -> bool:
    """True for a line that holds a printer's job number and a page of several alone, which is never text: "20-17565 3/5"."""
    parts = _parts(line)
    return len(parts) == 2 and sum(JOB.match(part) is not None for part in parts) == 1 == sum(
        OF_PAGES.match(part) is not None for part in parts
    )


def _counted(lines: Sequence[str], marked: dict[int, Mark]) -> list[int]:
    """The lines with consecutive numbers of the form "3/12" that have full lines of the text between them."""
    numbered = [n for n in marked if any(OF_PAGES.match(part) for part in _parts(lines[n]))]
    totals = {part.rpartition("/")[2].strip() for n in numbered for part in _parts(lines[n]) if OF_PAGES.match(part)}
    rising = all(marked[one].number + 1 == marked[two].number for one, two in pairwise(numbered))
    full = all(any(len(line) >= FULL for line in lines[one + 1 : two]) for one, two in pairwise(numbered))
    return numbered if len(numbered) > 1 and len(totals) == 1 and rising and full else []


def _blocks(lines: Sequence[str], marked: dict[int, Mark]) -> list[Block]:
    """The runs of lines around lines with signs of a header or footer, up to the nearest blank line that borders on text."""
    blocks: list[Block] = []
    taken = -1
    for n in marked:
        if n <= taken:
            continue
        start, end = _run(lines, marked, n)
        taken = end
        inside = [k for k in range(start, end + 1) if k in marked or (lines[k] and not lines[k].isspace())]
        above = next((lines[k] for k in range(start - 1, -1, -1) if lines[k] and not lines[k].isspace()), "")
        below = next((lines[k] for k in range(end + 1, len(lines)) if lines[k] and not lines[k].isspace()), "")
        shape = tuple(_alike(_parts(lines[k])) for k in inside)
        own = [marked[k] for k in inside if k in marked]
        apart = start > 0 and not lines[start - 1].strip() and end + 1 < len(lines) and not lines[end + 1].strip()
        splits = len(inside) <= MOST and is_interrupted(above, below)
        told = splits and _is_page(lines, inside, own, above, below, apart)
        number = next((mark.number for mark in own if mark.number >= 0), -1)
        blocks.append(Block(tuple(inside), shape, told, splits and apart, number))
    return blocks


def _continued(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that interrupt a sentence, with those that only split one but have the next page number or the one before."""
    broken = [block for block in blocks if block.interrupts]
    numbers = {block.number for block in broken if block.number >= 0}
    beside = {number + step for number in numbers for step in (1, -1)}
    return [block for block in blocks if block.interrupts or (block.splits and block.number in beside)]


def _is_page(lines: Sequence[str], inside: Sequence[int], own: Sequence[Mark], above: str, below: str, apart: bool) -> bool:
    """True if lines inside a sentence are a footer or header: labelled as such, or by their form between full lines of print."""
    if any(mark.labelled for mark in own) and (apart or len(own) == len(inside)):
        return True
    if apart and own and above.rstrip().endswith("-") and below.lstrip()[:1].islower():
        return True  # a word breaks off above and continues below
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
    """The first and the last line of the run around line `n`."""
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
    """True for a blank line, a line with signs of a header or footer, or a short title in a block of its own."""
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
    """True if a sentence breaks off at the end of one line and continues in the other.

    >>> is_interrupted("the tables which are asked", "of every pilot"), is_interrupted("The tables.", "of every pilot")
    (True, False)
    """
    last, head = above.rstrip(), below.lstrip()
    if not last or not head or last[-1] in ENDS - {",", "，", "、"} or last[-1] in CLOSERS:
        return False
    if _is_han(last.rstrip("，、")[-1:]):
        return _is_han(head[0]) and len(last) >= LEAST_HAN
    return head[0].islower() or (_opens_more(last) and head[0].isupper() and not last.isupper())
