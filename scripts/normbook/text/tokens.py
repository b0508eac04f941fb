"""Rules for marks and spaces between words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from normbook.text.characters import matches_at
from normbook.text.edits import Edit, Flag
from normbook.text.lines import CREDIT

GENERATION = re.compile(
    r" G (?=(?:users?|networks?|subscribers?|technolog(?:y|ies)|services?|(?:base )?stations?|phones?|era|mobile|wireless|connections?)\b)"
)
CLOSING_BEFORE_LETTER = re.compile(r"”(?=[A-Za-z])")
OPENER_AT_END = re.compile(r"(?<=[\w.,!?])“(?=[\s.,;:)]|\Z)")
LONGEST_QUOTED = 2_000  # code points of a paragraph that are looked back on
STRAY_OPENER = re.compile(r"‘(?=\w+ \w+[’”])")
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
    opening: list[re.Match[str]] = []
    if "”" in text:
        closers = list(matches_at(CLOSING_BEFORE_LETTER, text, "”"))
        opening = [match for match in closers if text[match.start() - 1 : match.start()] in ("", "\n", " ", "(")] if closers else []
        opening = opening if "“" in text or (len(opening) <= 2 and "ä" not in text and "å" not in text) else []
        if opening:
            for match in opening:
                yield Edit(match.start(), match.end(), "”", "“", ("quote-direction",))
        for match in closers:
            if text[match.start() - 1 : match.start()] in (",", ";") and not text[match.end()].islower():
                yield Flag("N612", match.start(), match.end(), STRAY)
    turns = [each.start() for each in opening]
    if "“" in text and "„" not in text and "‟" not in text:
        for match in matches_at(OPENER_AT_END, text, "“"):
            low = max(0, match.start() - LONGEST_QUOTED)
            start = text.rfind("\n", low, match.start()) + 1 or low
            before = text[start : match.start()]
            turned = bisect_left(turns, match.start()) - bisect_left(turns, start)
            if before.count("“") + 2 * turned == before.count("”") + 1:
                yield Edit(match.start(), match.end(), "“", "”", ("quote-direction",))
            else:
                yield Flag("N612", match.start(), match.end(), STRAY)
    for match in matches_at(STRAY_OPENER, text, "‘"):
        before = text[max(0, match.start() - 2) : match.start()]
        if before[-1:] == " " and before[:1] == "s":
            yield Flag("N612", match.start(), match.end(), STRAY)
