"""What a rule finds in the lines of a text one by one, remembered by the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from normbook.text.characters import lines_of
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
        at = 0
        for row in rows:
            if row not in silent:
                here = loud.get(row)
                if here is None:
                    if len(silent) + len(loud) > MOST_LINES:
                        silent.clear()
                        loud.clear()
                    if here := tuple(find(row)):
                        loud[row] = here
                    else:
                        silent.add(row)
                everything += [
                    type(each)(each[0] + at, each[1] + at, *each[2:])
                    if isinstance(each, Edit)
                    else each._replace(start=each.start + at, end=each.end + at)
                    for each in here
                ]
            at += len(row) + 1
        return everything

    return found
