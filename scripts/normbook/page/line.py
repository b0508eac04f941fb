"""What each line says of the page by itself, remembered by the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from normbook.languages.language import Words, pattern
from normbook.languages.page_words import PLAIN_SPAM, RARE_SPAM
from normbook.page.classify import furniture, is_stamp, spam, spam_in
from normbook.page.patterns import LONGEST, MAIL_HEADER
from normbook.text.lexicon import is_function_word
from normbook.text.line_cache import LineCache, lines_of, remembered
from normbook.text.lines import CLOSERS, CRAWL_HEADER, Role, is_dateline

ADDRESS = re.compile(r"\S+@\S+\.\S+$|(?:https?://|www\.)\S+$")
TURN = pattern(r"(?:<dialogue.short-questions>|<dialogue.short-answers>)\s?[:：.]")
LONGEST_TITLE = 200
LEAST_OF_CLAUSE = 8  # spaces in a paragraph that ends in a comma, as those of a preamble do
PLAIN_PROSE = 60  # code points from which a closed sentence is taken for prose
CUE_HEADS = Words("page.cue-heads")  # with what lines open that a cue may know though they end as sentences do
STOPS = frozenset(".。!！;；…")


class Row(NamedTuple):
    """A line that is not blank: its number, its words, what it says of the page, whether it is prose, and whether the line before it is blank."""

    number: int
    text: str
    kind: Role | None
    prose: bool
    apart: bool


@cache
def _foreign_spam() -> tuple[str, ...]:
    return tuple(word for word in PLAIN_SPAM if not word.isascii())


@cache
def _spam_heads() -> frozenset[str]:
    """The first words of spam in the forms in which they stand."""
    return frozenset(form(word + end) for word in RARE_SPAM for end in ("", "s", ",", ".") for form in (str.lower, str.title, str.upper))


@remembered(2)
def may_hold_spam(text: str) -> bool:
    """False if no word of spam stands in a text: a look."""
    return not _spammed.are_silent(lines_of(text))


def _holds_spam(row: str) -> bool:
    return (
        not _spam_heads().isdisjoint(row.split()) or (not row.isascii() and any(word in row for word in _foreign_spam())) or "[url=" in row
    )


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
    return line[-1] in ".。" and line[0] not in CUE_HEADS and "/" not in line[-40:] and not ("©" in line or "ookie" in line)


@remembered(1 << 12)
def own_kind(line: str, spammed: bool) -> Role | None:
    """What a line says of the page, by itself."""
    size = len(line)
    if size > LONGEST:
        return None
    if spammed and spam(line.casefold()) and not (line[0].isupper() and spam_in(line)):
        return "advertisement"
    if size > PLAIN_PROSE and _is_closed(line) and not ("©" in line or "ookie" in line or line[0] in CUE_HEADS or line[0] in "Ss"):
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


LONGEST_NUMBER = 12  # code points, blanks and dashes counted


def are_silent(lines: Iterable[str]) -> bool:
    """True if no line of a text without spam says anything of the page, is the header of a mail or a number alone."""
    return _kinds.are_silent(lines)


def kinds_of(lines: Sequence[str]) -> list[Any]:
    """What each line of a text without spam says of the page, None for nothing."""
    kinds: list[Any] = [None] * len(lines)
    for number, (kind,) in _kinds.numbered(lines):
        kinds[number] = kind
    return kinds


def kind_of(line: str, spammed: bool) -> Any:
    """What a line says of the page, nothing at once for plain prose; `spammed` if its text holds words of spam."""
    return line and (len(line) < PLAIN_PROSE or spammed or not is_plain_prose(line)) and own_kind(line, spammed)


def is_number(line: str) -> bool:
    """True for a line that holds a number alone, which may be a page's."""
    return len(line) < LONGEST_NUMBER and line.strip(" -–—").isdecimal()


def is_header(line: str) -> bool:
    """True for a line that may be the header of a mail."""
    return ":" in line and ": " in line[:24] and line[0].isupper() and MAIL_HEADER.match(line) is not None


def _told(line: str) -> tuple[Any, ...]:
    """What a line says of the page, in a tuple; an empty one if it is no header or number either."""
    kind = kind_of(line, False)
    return (kind or None,) if kind or is_header(line) or is_number(line) else ()


_kinds = LineCache(_told)
