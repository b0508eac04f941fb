"""The role of each line of a text, determined before any line is joined or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from normbook.languages.language import pattern
from normbook.structure.line_breaks import opens_more, wrapped_marks
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import lines_of, remembered, starts_of
from normbook.text.lines import (
    CRAWL_HEADER,
    CREDIT,
    DAY,
    HAN_HEADS,
    ITEM,
    ITEM_HEADS,
    ITEM_SECONDS,
    LETTER_HEADS,
    Line,
    Role,
    _may_open,
    is_byline,
    is_dateline,
    is_title,
)

ENDS_IN_DAY = pattern(rf",? (?:<events.took-place-on:en> )?\(?{DAY}\)?$")


def read_lines(text: str, thorough: bool = False) -> tuple[Line, ...]:
    """The lines of a text with their roles, in order; lines and the newlines between them cover the text exactly.

    Roles of the top (headline, byline, credit) are assigned only above the first sentence of prose, because the same words
    mean something else below it. With `thorough` more lines have the roles of page furniture.
    """
    return _read_lines(text, thorough)


@remembered(4)
def _read_lines(text: str, thorough: bool) -> tuple[Line, ...]:
    from normbook.page.layout import page_roles

    rows = lines_of(text)
    dropped = page_roles(text, thorough)
    roles: list[Role] = []
    titled = False
    for number, row in enumerate(rows):
        role = dropped.get(number) or _role(row, False)
        if number == 0 and 0 not in dropped and CRAWL_HEADER.match(row):
            role = "crawl-header"
        elif role == "paragraph":
            role = _above_body(row, rows[number + 1 : number + 4], not titled)
            titled = titled or role == "headline"
        roles.append(role)
        if role in ("paragraph", "dateline"):
            break
    roles += [_role(row, True) for row in rows[len(roles) :]]
    for number, role in dropped.items():
        roles[number] = role
    if "item" in roles:
        for number in wrapped_marks(rows, roles):
            roles[number] = "paragraph"
    starts = starts_of(text)
    return tuple(map(LINE, zip(starts, [start - 1 for start in starts[1:]], rows, roles, strict=False)))


LINE: Callable[[tuple[int, int, str, Role]], Line] = partial(tuple.__new__, Line)  # takes a third of the time of Line(...)


@remembered(1 << 12)
def _role(row: str, body: bool) -> Role:
    """The role of a line of the text by itself; cheap tests of its ends come before patterns."""
    if not row or row.isspace():
        return "blank"
    start, size = row[0], len(row)
    if not body and size < 180:
        if is_byline(row):
            return "byline"
        if row[-1].isdigit() and CREDIT.match(row):
            return "credit-line"
    if start.isupper() and (row[1:2].isupper() or (not body and _may_open(row[:80])) or "). " in row[:32]) and is_dateline(row):
        return "dateline"
    head = row.lstrip() if start.isspace() else row
    may_be = head[0] in ITEM_HEADS or head[0] in HAN_HEADS or head[1:2] in ITEM_SECONDS or head[0] in LETTER_HEADS
    return "item" if may_be and ITEM.match(head) else "paragraph"


def _is_set_full(row: str, below: Sequence[str]) -> bool:
    """True for the first line of a paragraph that is wrapped to a width: the word below, a name or a German noun, did not fit on it."""
    block = list(takewhile(str.strip, below))
    word = block[0].split(" ", 1)[0]
    wrapped = any(one[0].islower() or opens_more(one) for one in block)
    return wrapped and not is_function_word(word) and len(row) + 1 + len(word) > max(map(len, block))


def _above_body(row: str, below: Sequence[str], first: bool) -> Role:
    """Headline or prose: a line of moderate length without a full stop, followed by a blank line, is a headline."""
    if not (is_title(row) or (first and (row[-1].isdigit() or row[-1] == ")") and is_title(ENDS_IN_DAY.sub("", row)))) or is_function_word(
        row.rpartition(" ")[2]
    ):
        return "paragraph"
    if below and below[0] and not below[0].isspace():
        next_role = _role(below[0], False)
        if next_role in ("paragraph", "item") and not below[0][0].isupper():
            return "paragraph"
        if next_role == "paragraph" and len(below[0]) < 200 and row[-1:].islower() and len(row) > 60:
            return "paragraph"
        if next_role == "paragraph" and not first and _is_set_full(row, below):
            return "paragraph"
    return "headline"
