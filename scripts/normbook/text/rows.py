"""The lines of a page one by one: what each says of the page, and whether it may be prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from normbook.text.cues import LONGEST
from normbook.text.furniture import furniture, is_stamp
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import LineCache, lines_of, remembered
from normbook.text.lines import CLOSERS, CRAWL_HEADER, is_dateline
from normbook.text.segments import Role
from normbook.text.spam import spam, spam_in
from normbook.text.vocabulary import PLAIN_SPAM, RARE_SPAM

ADDRESS = re.compile(r"\S+@\S+\.\S+$|(?:https?://|www\.)\S+$")
TURN = re.compile(r"(?:Q|A|Question|Answer|问|答|問)\s?[:：.]")
LONGEST_TITLE = 200
LEAST_OF_CLAUSE = 8  # spaces in a paragraph that ends in a comma, as those of a preamble do
PLAIN_PROSE = 60  # code points from which a closed sentence is taken for prose
FOREIGN_SPAM = tuple(word for word in PLAIN_SPAM if not word.isascii())
SPAM_HEADS = frozenset(form(word + end) for word in RARE_SPAM for end in ("", "s", ",", ".") for form in (str.lower, str.title, str.upper))
STOPS = frozenset(".。!！;；…")


class Row(NamedTuple):
    """A line that is not blank: its number, its words, what it says of the page, whether it is prose, and whether the line before it is blank."""

    number: int
    text: str
    kind: Role | None
    prose: bool
    apart: bool


@remembered(2)
def may_hold_spam(text: str) -> bool:
    """False if no word of spam stands in a text: a look."""
    return not _spammed.are_silent(lines_of(text))


def _holds_spam(row: str) -> bool:
    return not SPAM_HEADS.isdisjoint(row.split()) or (not row.isascii() and any(word in row for word in FOREIGN_SPAM)) or "[url=" in row


_spammed = LineCache(_holds_spam)


def read_rows(lines: Sequence[str], kinds: Sequence[Any]) -> list[Row]:
    """The lines that are not blank, each with what it says of the page."""
    rows: list[Row] = []
    before = ""
    for number, line in enumerate(lines):
        if line and not line.isspace():
            kind = kinds[number] or None
            if not number and CRAWL_HEADER.match(line):
                kind, prose = None, len(line) > LONGEST
            elif kind:
                prose = False
            elif (shape := _shape(line)) == "broken":
                prose = _goes_on(number, lines)
            else:
                prose = shape == "prose"
            rows.append(Row(number, line, kind, prose, not before or before.isspace()))
        before = line
    return rows


def _goes_on(number: int, lines: Sequence[str]) -> bool:
    """True for a line that may be a part of a sentence if the next goes on with it, or if it goes on with the one before."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return (following[:1].islower() and not ADDRESS.match(following)) or (
        lines[number][0].islower() and number > 0 and lines[number - 1] != ""
    )


def _is_closed(line: str) -> bool:
    """True if a line ends as a sentence ends."""
    end = line[-1]
    return end in STOPS or (end in CLOSERS and line.rstrip(CLOSERS + " ")[-1:] in STOPS) or (end in "?:：？" and len(line) > 100)


def is_plain_prose(line: str) -> bool:
    """True for a sentence of some length that no cue of a page opens: most lines of most texts, told by their ends."""
    return (
        line[-1] in ".。"
        and line[0] not in "(<[•*>-_FSNRUTDLOGCAIYБПИ版来扫关"
        and "/" not in line[-40:]
        and not ("©" in line or "ookie" in line)
    )


@remembered(1 << 12)
def own_kind(line: str, spammed: bool) -> Role | None:
    """What a line says of the page, by itself."""
    size = len(line)
    if size > LONGEST:
        return None
    if spammed and spam(line.casefold()) and not (line[0].isupper() and spam_in(line)):
        return "advertisement"
    if size > PLAIN_PROSE and _is_closed(line) and not ("©" in line or "ookie" in line or line[0] in "(<[•*>-_FSNRUTDLOGCAIYБПИ版来扫关Ss"):
        return "caption" if (line[-1] in ")]" or "/" in line[-40:]) and furniture(line) == "caption" else None
    return furniture(line) or ("publication-line" if is_stamp(line) else None)


@remembered(1 << 12)
def _shape(line: str) -> Literal["prose", "broken", "other"]:
    """What a line is by its own form: prose, prose if its neighbours go on with it, or something else."""
    size = len(line)
    closed = size <= LONGEST and _is_closed(line)
    if size >= LONGEST_TITLE or (closed and (size > PLAIN_PROSE or line.count(" ") >= 5 or (line[0] > "\u2e80" and size > 14))):
        return "prose"
    if line[-1] in ",，、" and line.count(" ") >= LEAST_OF_CLAUSE and line[0].isupper():
        return "prose"
    if TURN.match(line) or (line[0].isupper() and is_dateline(line)):
        return "prose"
    if size <= 30 or line.isupper():
        return "other"
    words = line.split()
    return "broken" if len(words) >= 4 and any(map(is_function_word, words)) else "other"
