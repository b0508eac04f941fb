"""Rules for single characters: line ends, spaces, invisible and composed characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from normbook.text.edits import Edit, Flag
from normbook.text.line_cache import LineCache, lines_of, remembered, shape_of, starts_of
from normbook.text.rule import rule

USUAL = bytes(range(0x20, 0x7F)) + b"\n"  # printable ASCII and the line feed
CONTROLS = frozenset(map(chr, [*range(0x20), 0x7F]))
WELL_KEPT = CONTROLS | frozenset("’‘“”–—…\xa0")  # what well-kept English holds beyond that, and ASCII besides


def unusual(text: str) -> str:
    """The characters of a text that are neither printable ASCII nor line feeds, in order: what most rules for characters look at."""
    return text.encode("utf-8", "surrogatepass").translate(None, USUAL).decode("utf-8", "surrogatepass")


@remembered(2)
def alphabet(text: str) -> frozenset[str]:
    """The characters of `unusual`, each once."""
    return frozenset(unusual(text))


def is_well_kept(letters: frozenset[str]) -> bool:
    """True if an alphabet holds nothing beyond ASCII but the marks of well-kept English: a text of it cannot be mojibake, nor composed otherwise."""
    return WELL_KEPT.issuperset(letters)


def is_composed(text: str, letters: frozenset[str]) -> bool:
    """True if a text of these letters is in Unicode's composed form (NFC)."""
    return max(letters - WELL_KEPT, default="") < COMPOSABLE or unicodedata.is_normalized("NFC", text)


def matches_at(pattern: re.Pattern[str], text: str, heads: Iterable[str]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives where every match opens with one of a few rare characters: it is tried where one stands and nowhere else."""
    places: list[int] = []
    for head in heads:
        at = text.find(head)
        while at >= 0:
            places.append(at)
            at = text.find(head, at + 1)
    end = 0
    for place in sorted(places):
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()


LINE_ENDS = "\r\x85\u2028\u2029"
SPACE_LIKE = "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
UNSEEN = "\u200b\u2060\ufeff\xad"
COMPOSABLE = "\u0300"  # no character below this one composes with another, nor is any composed otherwise
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ud800-\udfff]")

ODDITIES = frozenset(filter(ODD.match, map(chr, range(0x10000))))


@rule(
    "newline",
    layer="character",
    summary="Line ends of every kind (CRLF, CR, NEL, LS, PS) become LF.",
    wrong_when="Wrong when a text uses CR or NEL for something else than a line end, which no text of this kind does.",
    needs=LINE_ENDS,
    order=10,
)
def newlines(text: str) -> Iterator[Edit]:
    r"""Edits that make each line end a line feed.

    >>> [(edit.raw, edit.new) for edit in newlines("a\r\nb\rc")]
    [('\r', ''), ('\r', '\n')]
    """
    for mark in alphabet(text).intersection(LINE_ENDS):
        at = text.find(mark)
        while at >= 0:
            before_feed = mark == "\r" and text.startswith("\n", at + 1)
            yield Edit(at, at + 1, mark, "" if before_feed else "\n")
            at = text.find(mark, at + 1)


@rule(
    "space",
    layer="character",
    summary="Non-breaking and typographic spaces become plain spaces; the ideographic space stays.",
    wrong_when="Wrong when the width of a space carries meaning, as in verse or tables set by hand.",
    needs=SPACE_LIKE,
    order=20,
)
def spaces(text: str) -> Iterator[Edit]:
    r"""Edits that make each such space a plain one.

    >>> [edit.start for edit in spaces("Home\xa0> News")]
    [4]
    """
    for mark in alphabet(text).intersection(SPACE_LIKE):
        yield from _each(text, mark, " ")


@rule(
    "invisible",
    layer="character",
    summary="Zero-width spaces, word joiners, soft hyphens and byte order marks are dropped.",
    wrong_when=(
        "Wrong when a soft hyphen marks the only break of a compound that is written with a hyphen. The joiners "
        "U+200C and U+200D stay: Persian, Indic scripts and emoji need them."
    ),
    needs=UNSEEN,
    order=30,
)
def invisible(text: str) -> Iterator[Edit]:
    r"""Edits that drop invisible characters.

    >>> [edit.raw for edit in invisible("\ufeffdata")]
    ['\ufeff']
    """
    for mark in alphabet(text).intersection(UNSEEN):
        yield from _each(text, mark, "")


def _each(text: str, mark: str, new: str) -> Iterator[Edit]:
    """A character replaced wherever it stands."""
    at = text.find(mark)
    while at >= 0:
        yield Edit(at, at + 1, mark, new)
        at = text.find(mark, at + 1)


def _may_compose(text: str, letters: frozenset[str]) -> bool:
    return not is_composed(text, letters)


@rule(
    "nfc",
    layer="character",
    summary="Base letters with separate accents become composed letters (Unicode NFC).",
    wrong_when="Wrong when a text speaks about the code points themselves.",
    may_find=_may_compose,
    order=40,
)
def compose(text: str) -> Iterator[Edit]:
    r"""Edits that compose letters and their accents.

    >>> [(edit.raw, edit.new) for edit in compose("cafe\u0301s")]
    [('e\u0301', 'é')]
    """
    if is_composed(text, alphabet(text)):
        return
    start = 0
    for end in [*_cluster_starts(text), len(text)]:
        raw = text[start:end]
        new = unicodedata.normalize("NFC", raw)
        if raw != new:
            yield Edit(start, end, raw, new)
        start = end


def _cluster_starts(text: str) -> Iterator[int]:
    """Where a character begins that composes with nothing before it."""
    for i in range(1, len(text)):
        c = text[i]
        if c < "\u0300" or (
            unicodedata.combining(c) == 0 and unicodedata.is_normalized("NFC", text[i - 1] + c) and not "\u1160" <= c <= "\u11ff"
        ):
            yield i


SAID = {"N603": "control character", "N604": "direction control", "N605": "byte that is no text", "N614": "replacement character"}


@rule(
    "odd-character",
    layer="character",
    summary="Control characters, direction controls, replacement characters and undecodable bytes are flagged and kept.",
    wrong_when="Wrong when a right-to-left text needs its direction marks: so nothing is changed.",
    needs=ODDITIES,
    order=50,
)
def odd(text: str) -> Iterator[Flag]:
    r"""Flags at characters that no text should hold.

    >>> [flag.code for flag in odd("a\x00b")]
    ['N603']
    """
    for match in () if alphabet(text).isdisjoint(ODDITIES) else ODD.finditer(text):
        code = ord(match[0])
        kind = "N605" if 0xD800 <= code <= 0xDFFF else "N614" if code == 0xFFFD else "N604" if code > 0xFF else "N603"
        yield Flag(kind, match.start(), match.end(), f"{SAID[kind]} U+{code:04X} is kept")


BLANKS = " \t\u3000"
BLANK = frozenset(BLANKS)
_trailing = LineCache(lambda row: row[-1:] in BLANK)


def _may_trail(text: str, _: frozenset[str]) -> bool:
    """True if a line ends in a blank."""
    return not _trailing.are_silent(lines_of(text))


@rule(
    "trailing-space",
    layer="character",
    summary="Spaces and tabs before a line end or the end of the text are dropped.",
    wrong_when="Wrong when a text is laid out with them (Markdown's hard break).",
    may_find=_may_trail,
    order=60,
)
def trailing_space(text: str) -> Iterator[Edit]:
    r"""Edits that drop the blanks at the ends of lines.

    >>> [edit.start for edit in trailing_space("one \ntwo")]
    [3]
    """
    rows = lines_of(text)
    starts = starts_of(text)
    for number, _ in _trailing.numbered(rows):
        row, at = rows[number], starts[number]
        kept = len(row.rstrip(BLANKS))
        yield Edit(at + kept, at + len(row), row[kept:], "")


def _may_be_spaced(text: str, _: frozenset[str]) -> bool:
    """True if blank lines follow each other, or open the text."""
    shape = shape_of(text)
    return b"\0\0" in shape or (not shape[0] and bool(text))


@rule(
    "blank-lines",
    layer="character",
    summary=("Two and more blank lines become one; blank lines at the start, and all but one line end at the end, are dropped."),
    wrong_when="Wrong when the number of blank lines carries the structure of a text.",
    may_find=_may_be_spaced,
    order=70,
)
def blank_lines(text: str) -> Iterator[Edit]:
    r"""Edits that drop superfluous blank lines.

    >>> [(edit.start, edit.raw) for edit in blank_lines("a\n\n\nb")]
    [(3, '\n')]
    """
    if text[:1] == "\n":
        head = len(text) - len(text.lstrip("\n"))
        yield Edit(0, head, text[:head], "")
        return
    at = text.find("\n\n\n")
    while at >= 0:
        end = at
        while end < len(text) and text[end] == "\n":
            end += 1
        start = at + 1 if end == len(text) else at + 2
        yield Edit(start, end, text[start:end], "")
        at = text.find("\n\n\n", end)
    if text[-2:] == "\n\n" and text[-3:] != "\n\n\n":
        yield Edit(len(text) - 1, len(text), "\n", "")
