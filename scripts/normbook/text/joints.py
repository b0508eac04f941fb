"""How two lines are joined where a sentence was broken: the span between them, and the capital that the break put on a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from normbook.text.breaks import LONGEST_WORD, QUOTED
from normbook.text.edits import Edit, Flag
from normbook.text.lexicon import is_common_only, is_function_word, is_word
from normbook.text.line_cache import remembered
from normbook.text.segments import Line

CAPITALISED = r"[A-Z][a-z]+(?:-[a-z]+)?(?![^\W\d_]|[’'-][^\W\d_])"  # a whole word
CAPITALS = re.compile(f"{CAPITALISED}(?: {CAPITALISED})*")
BROKEN_WORD = re.compile(r"([^\W\d_]+)-\Z")
FIRST_PART = re.compile(r"[^\W\d_]+")
# Nouns that head the names of bodies, meetings and texts: a capitalised run that holds one is left as it is.
NAMING = frozenset(
    "act agency agreement assembly association bank belt bureau charter code college commission committee community conference congress convention council "
    "court declaration department dialogue directive embassy federation forum foundation framework fund government group house initiative institute law league "
    "meeting ministry nations network office organisation organization pact parliament partnership party plan president programme program protocol republic road "
    "secretariat senate seminar state states street summit symposium treaty tribunal union university wall world".split()
)  # fmt: skip


def mend(one: Line, two: Line) -> tuple[int, int, str]:
    """The span between two joined lines and what stands there instead."""
    before, behind, new = _joint(one.text, two.text)
    return one.end - before, two.start + behind, new


@remembered(1 << 12)
def _joint(one: str, two: str) -> tuple[int, int, str]:
    """What is cut where two lines are joined, code points of the first and of the second, and what stands there instead.

    That is a space, nothing in a script without spaces or within a word.
    """
    head = two.lstrip()
    if head[:1] == ">":
        head = QUOTED.sub("", head, count=1)
    cut = len(two) - len(head)
    if one[-1] == "-" and (match := BROKEN_WORD.search(one[-LONGEST_WORD:])):
        rest = FIRST_PART.match(head)
        if rest and head[:1].islower():
            whole = match[1] + rest[0]
            if is_word(whole) or is_word(whole.lower()) or not whole.isascii() or not (is_word(match[1].lower()) and is_word(rest[0])):
                return 1, cut, ""
            return 0, cut, ""
    wide = "\u2e80" <= one[-1] <= "\u9fff" or "\uff00" <= one[-1] <= "\uffef"
    return 0, cut, "" if wide and ("\u2e80" <= head[0] <= "\u9fff" or "\uff00" <= head[0] <= "\uffef") else " "


class Opening(NamedTuple):
    """The capitalised words at the head of a line."""

    run: tuple[str, ...]
    end: int  # code points
    opens: bool  # the first opens more words
    naming: bool  # one of several heads names


@remembered(1 << 12)
def _opening_of(row: str) -> Opening | None:
    match = CAPITALS.match(row)
    if not match:
        return None
    run = tuple(match[0].split(" "))
    naming = len(run) > 1 and not NAMING.isdisjoint(map(str.lower, run))
    return Opening(run, match.end(), is_function_word(run[0]), naming)


@remembered(1 << 12)
def _are_common(run: tuple[str, ...]) -> bool:
    """True if all are words that the dictionary has in lower case alone, or that open more."""
    return all(is_function_word(word) or is_common_only(word) for word in run)


@remembered(1 << 12)
def _may_end_name(row: str) -> tuple[bool, bool]:
    """If the last word of a line ends in a digit, and if it opens with a capital."""
    word = row.rsplit(None, 1)[-1]
    return word[-1].isdigit(), word[:1].isupper()


def lower(text: str, one: Line, two: Line, throughout: bool) -> Iterator[Edit | Flag]:
    """The capitals that the break put on the words at the head of `two`; in a text where other breaks keep lower case only on a word that opens no name."""
    opening = _opening_of(two.text)
    if not opening:
        return
    run = opening.run
    if opening.opens and len(run) == 1:
        unsure = False
    elif not throughout:
        return
    else:
        counted, named = _may_end_name(one.text)
        unsure = counted or (named and not opening.opens)
    if len(run) > 1:
        unsure = unsure or opening.naming or f" {run[0].lower()} " not in text or f" {run[0]} {run[1]}" in text
    if unsure or not _are_common(run):
        yield Flag(
            "N611", two.start, two.start + opening.end, f"{run[0]!r} opens a joined line and may belong to a name: its capital is kept"
        )
        return
    at = two.start
    for word in run:
        yield Edit(at, at + 1, word[0], word[0].lower())
        at += len(word) + 1
