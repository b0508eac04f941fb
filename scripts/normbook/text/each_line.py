"""What a rule finds in the lines of a text one by one, remembered by the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from normbook.text.characters import lines_of, starts_of
from normbook.text.edits import Edit, Flag

MOST_LINES = 1 << 12  # lines that are remembered so, of each rule
Find = Callable[[str], Iterable[Edit | Flag]]


def by_line(find: Find) -> Find:
    """The same rule, asked line by line and once a line: for rules that look at no character beyond a line and its ends.

    >>> [edit.start for edit in by_line(lambda row: [Edit(1, 2, "b", "c", ("r",))] if row == "ab" else [])("ab\\n\\nab")]
    [1, 5]
    """
    silent: set[str] = set()
    loud: dict[str, tuple[Edit | Flag, ...]] = {}

    @wraps(find)
    def found(text: str) -> Iterable[Edit | Flag]:
        rows = lines_of(text)
        if silent.issuperset(rows):
            return ()
        everything: list[Edit | Flag] = []
        starts = starts_of(text)
        for number in [number for number, row in enumerate(rows) if row not in silent]:
            row = rows[number]
            if row not in loud:
                _remember(row, tuple(find(row)), silent, loud)
            everything += [_moved(each, starts[number]) for each in loud.get(row, ())]
        return everything

    return found


def _remember(row: str, here: tuple[Edit | Flag, ...], silent: set[str], loud: dict[str, tuple[Edit | Flag, ...]]) -> None:
    if len(silent) + len(loud) > MOST_LINES:
        silent.clear()
        loud.clear()
    if here:
        loud[row] = here
    else:
        silent.add(row)


def _moved(each: Edit | Flag, by: int) -> Edit | Flag:
    return each._replace(start=each.start + by, end=each.end + by)
