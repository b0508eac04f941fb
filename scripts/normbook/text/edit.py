"""One edit, and what is made of edits that lie in order: composed, trimmed, cut where they span words that stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

WORDS = re.compile(r"\w+")
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
PLACE = itemgetter(0, 1)  # of an edit: where it starts and ends
LONGEST_DIFF = 4_000  # code points; a longer replacement is trimmed but not searched for unchanged words
Table = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]  # the starts and ends of edits, before and after


class Edit(NamedTuple):
    """One replacement: the code points [start, end) hold `raw` and become `new`, by these rules."""

    start: int
    end: int
    raw: str
    new: str
    rules: tuple[str, ...] = ()


def united(names: Iterable[str]) -> tuple[str, ...]:
    """The names of rules, each once, in order."""
    return tuple(sorted(set(names)))


def composed(ones: tuple[Edit, ...], table: Table, twos: tuple[Edit, ...]) -> list[Edit]:
    """The gaps of the composition, left to right: the earlier edits that no later one touches as they are, the others each with those it touches."""
    starts, _, after_starts, after_ends = table
    count_one, count_two = len(ones), len(twos)
    found: list[Edit] = []
    i = j = 0
    while j < count_two:
        first_one, first_two = bisect_left(after_ends, twos[j].start, i), j
        found += ones[i:first_one]
        i = first_one
        shift = after_starts[i] - starts[i] if i < count_one else after_ends[-1] - ones[-1].end  # how much longer the middle text is here
        start, end, raw, new, rules = twos[j]
        if i == count_one or after_starts[i] > end:
            found.append(Edit(start - shift, end - shift, raw, new, rules) if shift else twos[j])
            j += 1
            continue
        low = high = min(after_starts[i], start)
        while True:
            if i < count_one and after_starts[i] <= high:
                high = max(high, after_ends[i])
                i += 1
            elif j < count_two and twos[j].start <= high:
                high = max(high, twos[j].end)
                j += 1
            else:
                break
        placed = zip(ones[first_one:i], after_starts[first_one:i], after_ends[first_one:i], strict=True)
        found.append(_gap(low, high, shift, list(placed), twos[first_two:j]))
    found += ones[i:]
    return found


def _gap(low: int, high: int, shift: int, ones: list[tuple[Edit, int, int]], twos: tuple[Edit, ...]) -> Edit:
    """One gap [low, high) of the middle text, as an edit of the first text."""
    one, start, end = ones[0]
    two = twos[0]
    if len(ones) == len(twos) == 1 and two.start <= start and end <= two.end:
        raw, new = two.raw[: start - low] + one.raw + two.raw[end - low :], two.new
    elif len(ones) == len(twos) == 1 and start <= two.start and two.end <= end:
        raw, new = one.raw, one.new[: two.start - low] + two.new + one.new[two.end - low :]
    else:
        raw = _fill(low, high, [(s, e, edit.raw) for edit, s, e in ones], [(two.start, two.end, two.raw) for two in twos])
        new = _fill(low, high, [(two.start, two.end, two.new) for two in twos], [(s, e, edit.new) for edit, s, e in ones])
    names = united([name for edit, _, _ in ones for name in edit.rules] + [name for edit in twos for name in edit.rules])
    return Edit(low - shift, low - shift + len(raw), raw, new, names)


def _fill(low: int, high: int, winners: list[tuple[int, int, str]], rest: list[tuple[int, int, str]]) -> str:
    """The text of a gap: what `winners` say for their spans, what `rest` holds of the middle text between them."""
    pieces, at, k = [], low, 0
    for start, end, text in [*winners, (high, high, "")]:
        while k < len(rest) and rest[k][1] <= at:
            k += 1
        j = k
        while j < len(rest) and rest[j][0] < start:
            other_start, other_end, middle = rest[j]
            lo, hi = max(at, other_start), min(start, other_end)
            if lo < hi:
                pieces.append(middle[lo - other_start : hi - other_start])
            j += 1
        pieces.append(text)
        at = end
    return "".join(pieces)


def trim(edit: Edit) -> Edit:
    """The edit without the characters that its two ends share with its replacement.

    >>> trim(Edit(3, 6, "cat", "cut", ("r",)))
    Edit(start=4, end=5, raw='a', new='u', rules=('r',))
    """
    start, end, raw, new, rules = edit
    most = min(len(raw), len(new))
    head = tail = 0
    while head < most and raw[head] == new[head]:
        head += 1
    while tail < most - head and raw[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(start + head, end - tail, raw[head : len(raw) - tail], new[head : len(new) - tail], rules) if head or tail else edit


def may_refine(edit: Edit) -> bool:
    """False for an edit that is plainly minimal: nothing replaced, nothing put in its place, or a few characters that share no end."""
    _, _, raw, new, _ = edit
    return bool(raw and new) and (raw[0] == new[0] or raw[-1] == new[-1] or (len(raw) > 2 and len(new) > 2))


def refine(edit: Edit) -> Iterator[Edit]:
    """The edit trimmed and, where it spans words that stay, cut there."""
    if not edit.raw or not edit.new:
        yield edit
        return
    if edit.raw[0] == edit.new[0] or edit.raw[-1] == edit.new[-1]:
        edit = trim(edit)
    if min(len(edit.raw), len(edit.new)) < 3 or len(edit.raw) + len(edit.new) > LONGEST_DIFF:  # no room for a word inside
        yield edit
        return
    if not set(WORDS.findall(edit.raw)) & set(WORDS.findall(edit.new)):
        yield edit
        return
    old, new = TOKEN.findall(edit.raw), TOKEN.findall(edit.new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = [block for block in matcher.get_matching_blocks() if any(map(str.isalnum, old[block.a : block.a + block.size]))]
    if not kept:
        yield edit
        return
    a = b = 0
    at = edit.start
    for block_a, block_b, size in [*kept, (len(old), len(new), 0)]:
        gone, come = "".join(old[a:block_a]), "".join(new[b:block_b])
        part = trim(Edit(at, at + len(gone), gone, come, edit.rules))
        if part.raw != part.new:
            yield part
        at += len(gone) + len("".join(old[block_a : block_a + size]))
        a, b = block_a + size, block_b + size
