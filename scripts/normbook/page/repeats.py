"""What a page repeats: titles, running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from normbook.languages.language import pattern
from normbook.page.line import LONGEST_TITLE, Row
from normbook.page.patterns import AROUND
from normbook.text.line_cache import remembered
from normbook.text.lines import ITEM, Role

TITLE_TAIL = re.compile(r"\s+(?:[-–—|_·»:]|>>)\s+")
REPEATS = 24  # first lines in which a second copy of the title is looked for
SITE = pattern(r"\w\.[a-z]{2,}|(?i:\b<page.row-labels:en>\b)")
BARE_NUMBER = re.compile(r"\s*[-–—]?\s?(\d{1,3})\s?[-–—]?\s*$")
PAGE_NUMBER, LEAST_HEADS = re.compile(r"\s*(\d{1,5})\s*$"), 3
NUMBERED_HEAD = re.compile(r"\s*(?:\d{1,3}\s{3,}[A-Z]\S*[^.!?]*|[A-Z][^.!?]*\S\s{3,}\d{1,3})\s*$")


def page_numbers(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` page numbers on lines of their own: consecutive, with prose between them, and at least one in mid-sentence.

    "… the parties shall" / "12" / "inform each other …" shows that 12, and with it 11 and 13, are page numbers and no list.
    """
    numbers = [(k, int(match[1])) for k, row in enumerate(rows) if not row.text[0].isalpha() and (match := BARE_NUMBER.match(row.text))]
    runs: list[list[int]] = []
    last = -1
    for k, number in numbers:
        if runs and number == last + 1 and any(row.prose for row in rows[runs[-1][-1] + 1 : k]):
            runs[-1].append(k)
        else:
            runs.append([k])
        last = number
    for run in runs:
        if len(run) > 1 and any(_interrupts(rows, k) for k in run):
            found.update({rows[k].number: "pagination" for k in run})


def _interrupts(rows: list[Row], k: int) -> bool:
    """True if the line above breaks off in mid-sentence and the line below continues it."""
    return 0 < k < len(rows) - 1 and rows[k - 1].text.rstrip()[-1].isalpha() and rows[k + 1].text.lstrip()[0].islower()


def running_heads(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` running heads: titles with an increasing page number, and lines repeated next to page numbers."""
    numbered = [row for row in rows if not row.prose and "   " in row.text and NUMBERED_HEAD.match(row.text)]
    pages = [
        int(re.sub(r"\D", "", row.text.strip()[:4] if row.text.strip()[0].isdigit() else row.text.strip()[-4:]) or 0) for row in numbered
    ]
    if len(pages) > 1 and all(one < two for one, two in pairwise(pages)):
        found.update({row.number: "pagination" for row in numbered})
    others = [row.text for row in rows if not row.prose]
    if len(set(others)) == len(others):
        return
    found.update(dict.fromkeys(_counted_heads(rows), "pagination"))
    counts = Counter(others)
    often = {line for line, count in counts.items() if count > 2 and len(line) > 14 and line.rstrip()[-1] not in ":：,，!！"}
    among = {line: _are_heads(rows, line) for line in often if SITE.search(line)}
    for k, row in enumerate(rows) if often else ():
        if row.text in often and (among.get(row.text) or any(0 <= j < len(rows) and rows[j].kind == "pagination" for j in (k - 1, k + 1))):
            found.setdefault(row.number, "pagination")


def _are_heads(rows: list[Row], line: str) -> bool:
    """True if a repeated line is at the margin and has prose between any two of its places, as the head or foot of pages has; examples of code have not."""
    places = [k for k, row in enumerate(rows) if row.text == line]
    return not line[0].isspace() and all(any(row.prose for row in rows[one:two]) for one, two in pairwise(places))


def _counted_heads(rows: list[Row]) -> set[int]:
    """The numbers of the lines that recur beside numbers that count up by one, with these: running heads and page numbers."""
    numbers = {k: int(match[1]) for k, row in enumerate(rows) if (match := PAGE_NUMBER.match(row.text))}
    if len(numbers) < LEAST_HEADS:
        return set()
    found: set[int] = set()
    counts = Counter(row.text for k, row in enumerate(rows) if k not in numbers and not row.prose)
    for head in (text for text, count in counts.items() if count >= LEAST_HEADS):
        places = [k for k, row in enumerate(rows) if row.text == head]
        for step in (1, -1):
            beside = [k + step for k in places if k + step in numbers]
            steps = [numbers[two] - numbers[one] for one, two in pairwise(beside)]
            if len(beside) >= max(LEAST_HEADS, len(places) - 1) and all(each == 1 for each in steps):
                found.update(rows[k].number for k in (*places, *beside))
    return found


@remembered(2)
def may_repeat(lines: Sequence[str]) -> bool:
    """False if no title among the first lines can be repeated or be followed by the name of a site: a cheap test."""
    short = [folded for folded in map(_folded, lines) if folded]
    return len(set(short)) < len(short) or any([_has_tail(line) for line in lines if 12 <= len(line) <= LONGEST_TITLE][:6])


@remembered(1 << 12)
def _folded(line: str) -> str:
    """A possible title in a form for comparison; empty for a line that cannot be one."""
    return line.strip().casefold() if 12 <= len(line) <= LONGEST_TITLE else ""


@remembered(1 << 12)
def _has_tail(line: str) -> bool:
    return TITLE_TAIL.search(line.strip()) is not None


def repeated_titles(rows: list[Row], found: dict[int, Role]) -> dict[int, Role]:
    """`found` with the second copy of a title, and with the copy that is followed by the name of the site ("… | Harbour Daily")."""
    kept = [row for row in rows if row.number not in found][:12]
    words_of = [_plain(row.text) for row in kept]
    if len(set(words_of)) == len(words_of) and not any(_has_tail(row.text) for row in kept if len(row.text) <= LONGEST_TITLE):
        return found
    if _has_contents(rows, found):
        return found
    for k, row in enumerate(kept[:6]):
        if row.prose or len(row.text) < 12 or len(row.text) > LONGEST_TITLE or ITEM.match(row.text):
            continue
        words = _plain(row.text)
        for other in kept[k + 1 : k + 6]:
            if len(other.text) > LONGEST_TITLE:
                break
            again = _plain(other.text)
            if other.prose and again != words:
                break
            if again == words:
                below = next((each for each in rows if each.number > other.number), None)
                if other.apart or not below or below.apart or not below.text.lstrip()[:1].islower():
                    found[other.number] = "repeated-title"  # and not a piece of a broken sentence
            elif words.startswith(again) and len(again) > 20 and TITLE_TAIL.match(row.text.strip()[len(other.text.strip()) :]):
                found[row.number] = "repeated-title"
            elif again.startswith(words) and len(words) > 20 and TITLE_TAIL.match(other.text.strip()[len(row.text.strip()) :]):
                found[other.number] = "repeated-title"
    return found


def _has_contents(rows: list[Row], found: dict[int, Role]) -> bool:
    """True for a text with a table of contents: more than one title occurs twice."""
    titles = [
        _plain(row.text)
        for row in rows
        if not row.prose and row.kind is None and row.number not in found and 8 < len(row.text) < LONGEST_TITLE
    ]
    return len(set(titles)) + 1 < len(titles) and sum(count == 2 for count in Counter(titles).values()) > 1


@remembered(1 << 10)
def _plain(line: str) -> str:
    return " ".join(line.casefold().strip(AROUND).split())
