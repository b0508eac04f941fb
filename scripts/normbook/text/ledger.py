"""Edits and ledgers: every change of a text as a value that can be replayed, undone, composed and mapped.

Offsets are code points of the text that an edit applies to, half open. The kept characters of a text are those that
no edit covers; a ledger in canonical form has exactly one edit in each gap between kept characters, which is what
makes composition associative.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from operator import add, eq, gt, itemgetter, sub
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


class LedgerError(ValueError):
    """A ledger does not fit the text it is used on."""


class Flag(NamedTuple):
    """Something that a rule saw at the code points [start, end) and, being unsure, left alone."""

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Ledger:
    """The ordered, disjoint edits of one text.

    1. `apply(text)` gives the changed text, `revert(changed)` the text again, character for character.
    2. `compose` is associative.
    3. Building one from unordered, overlapping or touching edits raises LedgerError; `from_edits` joins touching ones.
    """

    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        last = -1
        for edit in self.edits:
            if edit.start <= last or edit.end < edit.start or len(edit.raw) != edit.end - edit.start:
                raise LedgerError(f"edit at {edit.start} overlaps, touches or mismeasures its predecessor")
            last = edit.end

    @classmethod
    def from_edits(cls, edits: Iterable[Edit]) -> Ledger:
        """A ledger of edits in any order; touching ones are joined, overlapping ones raise LedgerError."""
        ordered = sorted(edits, key=PLACE)
        starts, ends = [edit.start for edit in ordered], [edit.end for edit in ordered]
        if any(map(gt, ends, starts[1:])):
            raise LedgerError(f"edits overlap at {next(two for one, two in zip(ends, starts[1:], strict=False) if one > two)}")
        if [len(edit.raw) for edit in ordered] != list(map(sub, ends, starts)):
            raise LedgerError("an edit mismeasures what it replaces")
        touching = any(map(eq, ends, starts[1:]))
        return cls._trusted(tuple([edit for edit in (_joined(ordered) if touching else ordered) if edit.raw != edit.new]))

    @classmethod
    def _trusted(cls, edits: tuple[Edit, ...]) -> Ledger:
        """A ledger of edits that are known to be in order and apart."""
        ledger = object.__new__(cls)
        object.__setattr__(ledger, "edits", edits)
        return ledger

    @cached_property
    def _table(self) -> Table:
        """The piece table."""
        if not self.edits:
            return [], [], [], []
        starts, ends, _, news, _ = zip(*self.edits, strict=True)
        longer = list(accumulate(map(sub, map(len, news), map(sub, ends, starts)), initial=0))
        return starts, ends, list(map(add, starts, longer)), list(map(add, ends, longer[1:]))

    def apply(self, text: str) -> str:
        """The changed text. Raises LedgerError if the text is not the one that the edits were made for."""
        pieces: list[str] = []
        at = 0
        for start, end, raw, new, _ in self.edits:
            if text[start:end] != raw:
                raise LedgerError(f"the text does not hold {raw[:40]!r} at {start}")
            pieces += text[at:start], new
            at = end
        pieces.append(text[at:])
        return "".join(pieces)

    def revert(self, changed: str) -> str:
        """The text before the edits. Raises LedgerError if `changed` is not what `apply` gave."""
        pieces: list[str] = []
        at = 0
        for edit, start, end in self.placed():
            if changed[start:end] != edit.new:
                raise LedgerError(f"the text does not hold {edit.new[:40]!r} at {start}")
            pieces += changed[at:start], edit.raw
            at = end
        pieces.append(changed[at:])
        return "".join(pieces)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text before that gave [start, end) of the text after.

        An edit that the span touches only from outside is left out; one that it cuts is taken whole.

        >>> Ledger((Edit(0, 5, "date ", "", ("r",)),)).back(0, 3)
        (5, 8)
        """
        return _carry(start, end, self._table[2], self._table[3], self._table[0], self._table[1])

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text after that [start, end) of the text before became; an edit it cuts is taken whole."""
        return _carry(start, end, *self._table)

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits that lie inside or reach into [start, end) of the text after; deletions strictly inside count."""
        _, _, after_start, after_end = self._table
        lo, hi = bisect_left(after_end, start), bisect_right(after_start, end)
        return tuple(
            edit
            for edit, first, last in zip(self.edits[lo:hi], after_start[lo:hi], after_end[lo:hi], strict=True)
            if (first < end and last > start) or (first == last and start < first < end)
        )

    def placed(self) -> Iterator[tuple[Edit, int, int]]:
        """Each edit with the span, in the text after, of what it became."""
        return zip(self.edits, self._table[2], self._table[3], strict=True)

    def compose(self, later: Ledger) -> Ledger:
        """One ledger that does what this one and then `later` does, in this one's coordinates (one linear sweep)."""
        if not self.edits or not later.edits:
            return self if self.edits else later
        return Ledger._trusted(tuple(composed(self.edits, self._table, later.edits)))

    def minimal(self) -> Ledger:
        """The same change with no edit sharing its first or last character, or a whole word, with its replacement."""
        return Ledger._trusted(tuple([part for edit in self.edits for part in (refine(edit) if may_refine(edit) else (edit,))]))


IDENTITY = Ledger()


class Cleaned(NamedTuple):
    """A cleaned text, the ledger that leads to it from the received one, and what was seen and left (received offsets)."""

    text: str
    ledger: Ledger
    flags: tuple[Flag, ...]


def _joined(ordered: list[Edit]) -> Iterator[Edit]:
    """Edits in order, those that touch as one."""
    run: list[Edit] = []
    for edit in ordered:
        if run and edit.start != run[-1].end:
            yield run[0] if len(run) == 1 else _as_one(run)
            run = []
        run.append(edit)
    if run:
        yield run[0] if len(run) == 1 else _as_one(run)


def _as_one(run: list[Edit]) -> Edit:
    raw, new = "".join([edit.raw for edit in run]), "".join([edit.new for edit in run])
    return Edit(run[0].start, run[-1].end, raw, new, united([name for edit in run for name in edit.rules]))


def _carry(
    start: int, end: int, from_start: Sequence[int], from_end: Sequence[int], to_start: Sequence[int], to_end: Sequence[int]
) -> tuple[int, int]:
    i = bisect_right(from_end, start) - 1  # last edit that ends at or before start
    first = start - from_end[i] + to_end[i] if i >= 0 else start
    if i + 1 < len(from_start) and from_start[i + 1] < start:
        first = to_start[i + 1]
    j = bisect_left(from_start, end)  # first edit that starts at or after end
    last = end - from_start[j] + to_start[j] if j < len(from_start) else None
    if last is None:
        last = end - from_end[-1] + to_end[-1] if from_end else end
    if j > 0 and from_end[j - 1] > end:
        last = to_end[j - 1]
    return first, max(first, last)
