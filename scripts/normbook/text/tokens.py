"""Rules for marks and spaces between words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from normbook.text.characters import MOST_LINES, lines_of, matches_at, starts_of
from normbook.text.edits import Edit, Flag
from normbook.text.lines import CREDIT

GENERATION = re.compile(
    r" G (?=(?:users?|networks?|subscribers?|technolog(?:y|ies)|services?|(?:base )?stations?|phones?|era|mobile|wireless|connections?)\b)"
)
CLOSING_BEFORE_LETTER = re.compile(r"”(?=[A-Za-z])")
OPENER_AT_END = re.compile(r"(?<=[\w.,!?])“(?=[\s.,;:)]|\Z)")
LONGEST_QUOTED = 2_000  # code points of a paragraph that are looked back on
STRAY_OPENER = re.compile(r"‘(?=\w+ \w+[’”])")
MARKS = (("”", CLOSING_BEFORE_LETTER), ("“", OPENER_AT_END), ("‘", STRAY_OPENER))
_well: set[str] = set()  # lines without a match of these
_ill: set[str] = set()  # lines with one
STRAY = "this quotation mark seems to stand in the wrong place; it is kept"
LONGEST_AGENCY = 40  # code points
LOST = re.compile(r"\) (?=[\dA-Z])")


def lost_parenthesis(text: str) -> Iterator[Edit]:
    """The opening parenthesis lost before an agency at the head of a credit line is set again.

    Wrong when the closing one is the mistake; so only a line that is otherwise a complete credit (agency, time, date) is touched.

    >>> [edit.new for edit in lost_parenthesis("Title\\n\\nXinhua) 22:40, November 20, 2024")]
    ['(']
    """
    for match in matches_at(LOST, text, ")"):
        window = max(0, match.start() - LONGEST_AGENCY - 1)
        start = text.rfind("\n", window, match.start()) + 1
        if start == 0 and window > 0:
            continue
        end = text.find("\n", match.start())
        lone = 2 <= match.start() - start <= LONGEST_AGENCY and "(" not in text[start : match.start()]
        if lone and CREDIT.match(text, start, end if end >= 0 else len(text)):
            yield Edit(start, start, "", "(", ("lost-parenthesis",))


def split_generation(text: str) -> Iterator[Edit]:
    """The space inside a mobile generation before its noun ("5 G users") is dropped.

    Wrong when a quantity in G (giga, gauss) stands before one of those nouns.

    >>> [edit.start for edit in split_generation("the number of 5 G users")]
    [15]
    """
    if "G" in text and " G " in text:
        for match in GENERATION.finditer(text):
            if text[match.start() - 1 : match.start()] in tuple("23456"):
                yield Edit(match.start(), match.start() + 1, " ", "", ("split-generation",))


def quote_direction(text: str) -> Iterator[Edit | Flag]:
    """A closing quotation mark where only an opening one can stand (before a letter, after a line start or a space) is turned.

    Wrong when the text's own typography opens with ”, as Swedish and Finnish do: a text that never uses “ and opens with ” more
    than twice, or has their letters, is left. A mark glued between two words is flagged. An opening mark at the end of words is turned where one before it in
    its paragraph is open, unless the text quotes as German does.

    >>> [edit.new for edit in quote_direction("”One is to look.") if isinstance(edit, Edit)]
    ['“']
    """
    rows = lines_of(text)
    if _stand_well(rows):
        return
    starts = starts_of(text)
    ill = [(starts[number], row) for number, row in enumerate(rows) if row in _ill]
    closers = [(at + match.start(), row, match) for at, row in ill for match in matches_at(CLOSING_BEFORE_LETTER, row, "”")]
    opening = [place for place, row, match in closers if row[match.start() - 1 : match.start()] in ("", " ", "(")]
    opening = opening if "“" in text or (len(opening) <= 2 and "ä" not in text and "å" not in text) else []
    for place in opening:
        yield Edit(place, place + 1, "”", "“", ("quote-direction",))
    for place, row, match in closers:
        if row[match.start() - 1 : match.start()] in (",", ";") and not row[match.end()].islower():
            yield Flag("N612", place, place + 1, STRAY)
    if "„" not in text and "‟" not in text:
        for at, row in ill:
            for match in matches_at(OPENER_AT_END, row, "“"):
                place = at + match.start()
                low = max(0, match.start() - LONGEST_QUOTED)
                before = row[low : match.start()]
                turned = bisect_left(opening, place) - bisect_left(opening, at + low)
                if before.count("“") + 2 * turned == before.count("”") + 1:
                    yield Edit(place, place + 1, "“", "”", ("quote-direction",))
                else:
                    yield Flag("N612", place, place + 1, STRAY)
    for at, row in ill:
        for match in matches_at(STRAY_OPENER, row, "‘"):
            before = row[max(0, match.start() - 2) : match.start()]
            if before[-1:] == " " and before[:1] == "s":
                yield Flag("N612", at + match.start(), at + match.start() + 1, STRAY)


def _stand_well(rows: tuple[str, ...]) -> bool:
    """True if no mark of these lines stands where one may face the wrong way; remembered by the line."""
    if _well.issuperset(rows):
        return True
    if len(_well) + len(_ill) > MOST_LINES:
        _well.clear()
        _ill.clear()
    for row in {*rows}.difference(_well, _ill):
        ill = not row.isascii() and any(next(matches_at(pattern, row, mark), None) for mark, pattern in MARKS)
        (_ill if ill else _well).add(row)
    return _ill.isdisjoint(rows)
