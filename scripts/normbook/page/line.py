"""The nonblank lines of a page and the cue of each line by itself, cached by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, Literal, NamedTuple

from normbook.languages.language import Words, pattern
from normbook.languages.page_words import PLAIN_SPAM, RARE_SPAM
from normbook.page.classify import furniture, is_stamp, spam, spam_in
from normbook.page.patterns import LONGEST, MAIL_HEADER
from normbook.text.lexicon import FUNCTION_WORDS
from normbook.text.line_cache import LineCache, remembered, tokens_of
from normbook.text.lines import CLOSERS, CRAWL_HEADER, Role, is_dateline

ADDRESS = re.compile(r"\S+@\S+\.\S+$|(?:https?://|www\.)\S+$")
TURN = pattern(r"(?:<dialogue.short-questions>|<dialogue.short-answers>)\s?[:：.]")
LONGEST_TITLE = 200
LEAST_OF_CLAUSE = 8  # spaces in a paragraph that ends with a comma, as in a preamble
PLAIN_PROSE = 60  # code points from which a complete sentence counts as prose
CUE_HEADS = Words("page.cue-heads")  # first characters of lines that may have a cue although they end like sentences
LEAST_BROKEN, BROKEN_TO = 3, 45  # lines of a paragraph that was broken to a width; least code points of each but the last
STOPS = frozenset(".。!！;；…")


class Row(NamedTuple):
    """A nonblank line: its number, its text, its kind of furniture by its own cue, whether it is prose, and whether it follows a blank line."""

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
    """The first words of spam in every form in which they may occur in a line."""
    return frozenset(form(word + end) for word in RARE_SPAM for end in ("", "s", ",", ".") for form in (str.lower, str.title, str.upper))


@remembered(2)
def may_hold_spam(text: str) -> bool:
    """False if a text contains no word of spam: a cheap test."""
    return (
        (not _spam_heads().isdisjoint(tokens_of(text)) and any(map(text.lower().__contains__, RARE_SPAM)))
        or "[url=" in text
        or (not text.isascii() and any(word in text for word in _foreign_spam()))
    )


def read_rows(lines: Sequence[str], kinds: Sequence[Any]) -> list[Row]:
    """The nonblank lines of a text; `kinds` are the kinds of furniture by cues, one for each line."""
    rows: list[Row] = []
    apart = True
    for number, line in enumerate(lines):
        if line and not line.isspace():
            kind = kinds[number] or None
            if not number and CRAWL_HEADER.match(line):
                kind, prose = None, len(line) > LONGEST
            elif kind:
                prose = False
            elif (shape := _shape(line if line[0] > " " else line.lstrip())) == "broken":
                prose = _goes_on(number, lines)
            else:
                prose = shape == "prose"
            rows.append(ROW((number, line, kind, prose, apart)))
            apart = False
        else:
            apart = True
    return _with_paragraphs(rows)


def _with_paragraphs(rows: list[Row]) -> list[Row]:
    """The same lines, with those of paragraphs that were broken to a width as prose: long lines in one block that mostly go on in lower case."""
    start = 0
    for k in range(1, len(rows) + 1):
        if k < len(rows) and not rows[k].apart and rows[k].kind is None:
            continue
        if k - start >= LEAST_BROKEN and not rows[start].kind and any(not row.prose for row in rows[start:k]):
            texts = [row.text.strip() for row in rows[start:k]]
            low = sum([text[0].islower() for text in texts[1:]])
            if low * 2 > len(texts) - 1 and min(map(len, texts[:-1])) >= BROKEN_TO:
                rows[start:k] = [row._replace(prose=True) for row in rows[start:k]]
        start = k
    return rows


ROW: Callable[[tuple[int, str, Role | None, bool, bool]], Row] = partial(tuple.__new__, Row)  # takes a third of the time of Row(...)


def _goes_on(number: int, lines: Sequence[str]) -> bool:
    """True if the next line continues this one, or if this one continues the line before."""
    following = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
    return (following[:1].islower() and not ADDRESS.match(following)) or (
        lines[number].lstrip()[0].islower() and number > 0 and lines[number - 1] != ""
    )


def _is_closed(line: str) -> bool:
    """True if a line ends like a sentence."""
    end = line[-1]
    return end in STOPS or (end in CLOSERS and line.rstrip(CLOSERS + " ")[-1:] in STOPS) or (end in "?:：？" and len(line) > 100)


def is_plain_prose(line: str) -> bool:
    """True for a long line that ends like a sentence and starts with no cue: most lines of most texts, at the price of a look at both ends."""
    return line[-1] in ".。" and line[0] not in CUE_HEADS.members and "/" not in line[-40:] and not ("©" in line or "ookie" in line)


def own_kind(line: str, spammed: bool) -> Role | None:
    """The kind of furniture that a line is by its own cue, or None."""
    size = len(line)
    if size > LONGEST:
        return None
    if spammed and spam(line.casefold()) and not (line[0].isupper() and spam_in(line)):
        return "advertisement"
    if size > PLAIN_PROSE and _is_closed(line) and not ("©" in line or "ookie" in line or line[0] in CUE_HEADS.members or line[0] in "Ss"):
        return "caption" if (line[-1] in ")]" or "/" in line[-40:]) and furniture(line) == "caption" else None
    return furniture(line) or ("publication-line" if is_stamp(line) else None)


@remembered(1 << 12)
def _shape(line: str) -> Literal["prose", "broken", "other"]:
    """The form of a line: prose, "broken" (prose if it continues a neighbour or is continued), or something else."""
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
    words = line.lower().split()
    return "broken" if len(words) >= 4 and not FUNCTION_WORDS.members.isdisjoint(words) else "other"


LONGEST_NUMBER = 12  # code points, including blanks and dashes


def are_silent(lines: Iterable[str]) -> bool:
    """True if no line (of a text without spam) has a cue, is a mail header or a number alone."""
    return _kinds.are_silent(lines)


def kinds_of(lines: Sequence[str]) -> list[Any]:
    """The kind of furniture of each line (of a text without spam) by its own cue, None for no cue."""
    kinds: list[Any] = [None] * len(lines)
    for number, (kind,) in _kinds.numbered(lines):
        kinds[number] = kind
    return kinds


def kind_of(line: str, spammed: bool) -> Any:
    """The kind of furniture of a line by its own cue; plain prose is decided at once. `spammed` if its text contains words of spam."""
    return line and (len(line) < PLAIN_PROSE or spammed or not is_plain_prose(line)) and own_kind(line, spammed)


def is_number(line: str) -> bool:
    """True for a line with nothing but a number, which may be a page number."""
    return len(line) < LONGEST_NUMBER and line.strip(" -–—").isdecimal()


def is_header(line: str) -> bool:
    """True for a line that may be a mail header."""
    return ":" in line and ": " in line[:24] and line[0].isupper() and MAIL_HEADER.match(line) is not None


def _cue(line: str) -> tuple[Any, ...]:
    """A line's kind of furniture in a tuple; an empty tuple if it has none and is no mail header or number either."""
    kind = kind_of(line, False)
    return (kind or None,) if kind or is_header(line) or is_number(line) else ()


_kinds = LineCache(_cue)
