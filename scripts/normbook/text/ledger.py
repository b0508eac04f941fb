"""Edits and ledgers: every change to a text as a value that can be replayed, undone, composed and mapped.

Offsets are code points of the text that an edit applies to; spans are half open. An unchanged character is one that no
edit covers. A ledger in canonical form has exactly one edit in each gap between unchanged characters, and that makes
composition associative.
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
PLACE = itemgetter(0, 1)  # sort key: an edit's start and end
LONGEST_DIFF = 4_000  # code points; a longer replacement is trimmed, but not searched for unchanged words
Table = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]  # starts and ends of the edits before, then after the change


class Edit(NamedTuple):
    """One replacement: `raw` at the code points [start, end) becomes `new`; `rules` are the names of the rules that did it."""

    start: int
    end: int
    raw: str
    new: str
    rules: tuple[str, ...] = ()


def united(names: Iterable[str]) -> tuple[str, ...]:
    """The names of rules, sorted and without duplicates."""
    return tuple(sorted(set(names)))


def composed(ones: tuple[Edit, ...], table: Table, twos: tuple[Edit, ...]) -> list[Edit]:
    """The edits of the composition of two ledgers, left to right.

    `ones` change the first text into the middle one (`table` has their positions in both), `twos` change the middle text. An
    edit that touches none of the other ledger is copied; a group of edits that touch becomes one.
    """
    starts, _, after_starts, after_ends = table
    count_one, count_two = len(ones), len(twos)
    composition: list[Edit] = []
    i = j = 0
    while j < count_two:
        first_one, first_two = bisect_left(after_ends, twos[j].start, i), j
        composition += ones[i:first_one]
        i = first_one
        shift = (
            after_starts[i] - starts[i] if i < count_one else after_ends[-1] - ones[-1].end
        )  # middle text minus first text, in code points, up to here
        start, end, raw, new, rules = twos[j]
        if i == count_one or after_starts[i] > end:
            composition.append(Edit(start - shift, end - shift, raw, new, rules) if shift else twos[j])
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
        composition.append(_gap(low, high, shift, list(placed), twos[first_two:j]))
    composition += ones[i:]
    return composition


def _gap(low: int, high: int, shift: int, ones: list[tuple[Edit, int, int]], twos: tuple[Edit, ...]) -> Edit:
    """The edits that touch within [low, high) of the middle text, as one edit of the first text."""
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
    """The text of a gap: the texts of `winners` at their spans, and between them the middle text as `rest` has it."""
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
    """The edit without the characters that `raw` and `new` share at either end.

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
    """False if an edit is obviously minimal: an insertion, a deletion, or a short replacement that shares no first or last character."""
    _, _, raw, new, _ = edit
    return bool(raw and new) and (raw[0] == new[0] or raw[-1] == new[-1] or (len(raw) > 2 and len(new) > 2))


def refine(edit: Edit) -> Iterator[Edit]:
    """The edit as one or more minimal edits: trimmed, and split around words that do not change.

    >>> [(edit.raw, edit.new) for edit in refine(Edit(0, 15, "colour of a cat", "color of a cut"))]
    [('u', ''), ('a', 'u')]
    """
    if not edit.raw or not edit.new:
        yield edit
        return
    if edit.raw[0] == edit.new[0] or edit.raw[-1] == edit.new[-1]:
        edit = trim(edit)
    if (
        min(len(edit.raw), len(edit.new)) < 3 or len(edit.raw) + len(edit.new) > LONGEST_DIFF
    ):  # too short to contain an unchanged word, or too long to search
        yield edit
        return
    if not set(WORDS.findall(edit.raw)) & set(WORDS.findall(edit.new)):
        yield edit
        return
    old, new = TOKEN.findall(edit.raw), TOKEN.findall(edit.new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    unchanged = [block for block in matcher.get_matching_blocks() if any(map(str.isalnum, old[block.a : block.a + block.size]))]
    if not unchanged:
        yield edit
        return
    a = b = 0
    at = edit.start
    for block_a, block_b, size in [*unchanged, (len(old), len(new), 0)]:
        removed, inserted = "".join(old[a:block_a]), "".join(new[b:block_b])
        part = trim(Edit(at, at + len(removed), removed, inserted, edit.rules))
        if part.raw != part.new:
            yield part
        at += len(removed) + len("".join(old[block_a : block_a + size]))
        a, b = block_a + size, block_b + size


class LedgerError(ValueError):
    """A ledger is malformed, or does not match the text it is applied to."""


class Flag(NamedTuple):
    """Something suspicious at the code points [start, end) that a rule was not sure enough to change."""

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True)
class Ledger:
    """The ordered, disjoint edits of one text.

    1. `apply(text)` returns the changed text and `revert(changed)` the original, character for character.
    2. `compose` is associative.
    3. Edits that are out of order, overlap or touch raise LedgerError; `from_edits` sorts them and joins those that touch.
    """

    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        last = -1
        for edit in self.edits:
            if edit.start <= last or edit.end < edit.start or len(edit.raw) != edit.end - edit.start:
                raise LedgerError(f"edit at {edit.start}: expected an edit that starts after {last} and whose span is as long as `raw`")
            last = edit.end

    @classmethod
    def from_edits(cls, edits: Iterable[Edit]) -> Ledger:
        """A ledger of edits in any order. Touching edits are joined; overlapping ones raise LedgerError."""
        ordered = sorted(edits, key=PLACE)
        starts, ends = [edit.start for edit in ordered], [edit.end for edit in ordered]
        if any(map(gt, ends, starts[1:])):
            raise LedgerError(f"edits overlap at {next(two for one, two in zip(ends, starts[1:], strict=False) if one > two)}")
        if [len(edit.raw) for edit in ordered] != list(map(sub, ends, starts)):
            raise LedgerError("expected spans as long as the text they replace, found an edit whose span is longer or shorter")
        touching = any(map(eq, ends, starts[1:]))
        return cls._trusted(tuple([edit for edit in (_joined(ordered) if touching else ordered) if edit.raw != edit.new]))

    @classmethod
    def _trusted(cls, edits: tuple[Edit, ...]) -> Ledger:
        """A ledger of edits that are known to be sorted and not to touch; nothing is checked."""
        ledger = object.__new__(cls)
        object.__setattr__(ledger, "edits", edits)
        return ledger

    @cached_property
    def _table(self) -> Table:
        """The piece table: where each edit starts and ends before and after the change."""
        if not self.edits:
            return [], [], [], []
        starts, ends, _, news, _ = zip(*self.edits, strict=True)
        longer = list(accumulate(map(sub, map(len, news), map(sub, ends, starts)), initial=0))
        return starts, ends, list(map(add, starts, longer)), list(map(add, ends, longer[1:]))

    def apply(self, text: str) -> str:
        """The changed text. Raises LedgerError if this is not the text that the edits were made for."""
        pieces: list[str] = []
        at = 0
        for start, end, raw, new, _ in self.edits:
            if text[start:end] != raw:
                raise LedgerError(f"expected {raw[:40]!r} at {start}, found {text[start:end][:40]!r}")
            pieces += text[at:start], new
            at = end
        pieces.append(text[at:])
        return "".join(pieces)

    def revert(self, changed: str) -> str:
        """The text before the edits. Raises LedgerError if `changed` is not what `apply` returned."""
        pieces: list[str] = []
        at = 0
        for edit, start, end in self.placed():
            if changed[start:end] != edit.new:
                raise LedgerError(f"expected {edit.new[:40]!r} at {start}, found {changed[start:end][:40]!r}")
            pieces += changed[at:start], edit.raw
            at = end
        pieces.append(changed[at:])
        return "".join(pieces)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that became [start, end) of the changed text.

        An edit that only touches the span from outside is not included; an edit that the span cuts is included whole.

        >>> Ledger((Edit(0, 5, "date ", "", ("r",)),)).back(0, 3)
        (5, 8)
        """
        return _carry(start, end, self._table[2], self._table[3], self._table[0], self._table[1])

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """The span of the changed text that [start, end) of the original became; an edit that the span cuts is included whole."""
        return _carry(start, end, *self._table)

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits that overlap [start, end) of the changed text, including deletions strictly inside it."""
        _, _, after_start, after_end = self._table
        lo, hi = bisect_left(after_end, start), bisect_right(after_start, end)
        return tuple(
            edit
            for edit, first, last in zip(self.edits[lo:hi], after_start[lo:hi], after_end[lo:hi], strict=True)
            if (first < end and last > start) or (first == last and start < first < end)
        )

    def placed(self) -> Iterator[tuple[Edit, int, int]]:
        """Each edit with the start and end of its replacement in the changed text."""
        return zip(self.edits, self._table[2], self._table[3], strict=True)

    def compose(self, later: Ledger) -> Ledger:
        """One ledger equivalent to this one followed by `later`, with offsets of this one's text. Takes one linear sweep."""
        if not self.edits or not later.edits:
            return self if self.edits else later
        return Ledger._trusted(tuple(composed(self.edits, self._table, later.edits)))

    def minimal(self) -> Ledger:
        """The same change in minimal edits: none shares its first or last character, or a whole word, with its replacement."""
        return Ledger._trusted(tuple([part for edit in self.edits for part in (refine(edit) if may_refine(edit) else (edit,))]))


IDENTITY = Ledger()


class Cleaned(NamedTuple):
    """A cleaned text, the ledger from the received text to it, and the flags of the rules (offsets in the received text)."""

    text: str
    ledger: Ledger
    flags: tuple[Flag, ...]


def _joined(ordered: list[Edit]) -> Iterator[Edit]:
    """The same edits, with each run of touching edits joined into one."""
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
    i = bisect_right(from_end, start) - 1  # the last edit that ends at or before start
    first = start - from_end[i] + to_end[i] if i >= 0 else start
    if i + 1 < len(from_start) and from_start[i + 1] < start:
        first = to_start[i + 1]
    j = bisect_left(from_start, end)  # the first edit that starts at or after end
    last = end - from_start[j] + to_start[j] if j < len(from_start) else None
    if last is None:
        last = end - from_end[-1] + to_end[-1] if from_end else end
    if j > 0 and from_end[j - 1] > end:
        last = to_end[j - 1]
    return first, max(first, last)
