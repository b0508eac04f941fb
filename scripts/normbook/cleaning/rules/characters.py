"""Rules for single characters: line ends, spaces, invisible and composed characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from normbook.cleaning.rule import rule
from normbook.text.characters import LINE_ENDS, ODD, ODDITIES, SPACE_LIKE, UNSEEN, alphabet, is_composed
from normbook.text.ledger import Edit, Flag
from normbook.text.line_cache import LineCache, lines_of, shape_of, starts_of


@rule(
    "newline",
    layer="character",
    summary="Line ends of every kind (CRLF, CR, NEL, LS, PS) become LF.",
    wrong_when="Wrong when a text uses CR or NEL for something other than a line end, which no policy text does.",
    needs=LINE_ENDS,
    order=10,
)
def newlines(text: str) -> Iterator[Edit]:
    r"""Edits that turn every line end into a line feed. Files from Windows have CR LF, old Mac files CR.

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
    summary="Non-breaking and typographic spaces become plain spaces; the ideographic space is not changed.",
    wrong_when="Wrong when the width of a space has a meaning, as in verse or in hand-set tables.",
    needs=SPACE_LIKE,
    order=20,
)
def spaces(text: str) -> Iterator[Edit]:
    r"""Edits that turn other spaces into plain ones. Pages use U+00A0 to keep words on one line; no search finds such words.

    >>> [edit.start for edit in spaces("Home\xa0> News")]
    [4]
    """
    for mark in alphabet(text).intersection(SPACE_LIKE):
        yield from _each(text, mark, " ")


@rule(
    "hyphen-character",
    layer="character",
    summary="The hyphen U+2010, which some programs write for the usual one, becomes the usual one.",
    wrong_when="Wrong when a text is about the characters themselves; no word changes its meaning.",
    needs="\u2010",
    order=25,
)
def hyphens(text: str) -> Iterator[Edit]:
    r"""Edits that turn this hyphen into the one that keyboards have: no search finds such words, and no break is joined.

    >>> [(edit.start, edit.new) for edit in hyphens("small\u2010 and large")]
    [(5, '-')]
    """
    yield from _each(text, "\u2010", "-")


@rule(
    "invisible",
    layer="character",
    summary="Zero-width spaces, word joiners, soft hyphens and byte order marks are removed.",
    wrong_when=(
        "Wrong when a soft hyphen stands for the hyphen of a compound. The joiners "
        "U+200C and U+200D are not removed, because Persian, Indic scripts and emoji need them."
    ),
    needs=UNSEEN,
    order=30,
)
def invisible(text: str) -> Iterator[Edit]:
    r"""Edits that remove invisible characters, which make equal words differ.

    >>> [edit.raw for edit in invisible("\ufeffdata")]
    ['\ufeff']
    """
    for mark in alphabet(text).intersection(UNSEEN):
        yield from _each(text, mark, "")


def _each(text: str, mark: str, new: str) -> Iterator[Edit]:
    """Edits that replace every occurrence of a character."""
    at = text.find(mark)
    while at >= 0:
        yield Edit(at, at + 1, mark, new)
        at = text.find(mark, at + 1)


def _may_compose(text: str, letters: frozenset[str]) -> bool:
    return not is_composed(text, letters)


@rule(
    "nfc",
    layer="character",
    summary="Base letters followed by combining accents become composed letters (Unicode NFC).",
    wrong_when="Wrong when a text is about the code points themselves.",
    may_find=_may_compose,
    order=40,
)
def compose(text: str) -> Iterator[Edit]:
    r"""Edits that compose letters and their accents. File names and PDFs from macOS often have them decomposed.

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
    """The start of the next character that does not combine with anything before it."""
    for i in range(1, len(text)):
        c = text[i]
        if c < "\u0300" or (
            unicodedata.combining(c) == 0 and unicodedata.is_normalized("NFC", text[i - 1] + c) and not "\u1160" <= c <= "\u11ff"
        ):
            yield i


NAMES = {"N603": "control character", "N604": "direction control", "N605": "undecodable byte", "N614": "replacement character"}


@rule(
    "odd-character",
    layer="character",
    summary="Control characters, direction controls, replacement characters and undecodable bytes are flagged, not changed.",
    wrong_when="Wrong when a right-to-left text needs its direction marks; so nothing is changed.",
    needs=ODDITIES,
    order=50,
)
def odd(text: str) -> Iterator[Flag]:
    r"""Flags at characters that no text should contain. What was there before is unknown, so a person has to look.

    >>> [flag.code for flag in odd("a\x00b")]
    ['N603']
    """
    for match in () if alphabet(text).isdisjoint(ODDITIES) else ODD.finditer(text):
        code = ord(match[0])
        kind = "N605" if 0xD800 <= code <= 0xDFFF else "N614" if code == 0xFFFD else "N604" if code > 0xFF else "N603"
        yield Flag(kind, match.start(), match.end(), f"{NAMES[kind]} U+{code:04X} is not changed")


BLANKS = " \t\u3000"
BLANK = frozenset(BLANKS)
_trailing = LineCache(lambda row: row[-1:] in BLANK)


def _may_trail(text: str, _: frozenset[str]) -> bool:
    """True if a line ends with a space or tab."""
    return not _trailing.are_silent(lines_of(text))


@rule(
    "trailing-space",
    layer="character",
    summary="Spaces and tabs before a line end or the end of the text are removed.",
    wrong_when="Wrong when they are part of the layout (Markdown's hard line break).",
    may_find=_may_trail,
    order=60,
)
def trailing_space(text: str) -> Iterator[Edit]:
    r"""Edits that remove trailing spaces and tabs.

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
    """True if the text starts with a blank line or has two blank lines in a row."""
    shape = shape_of(text)
    return b"\0\0" in shape or (not shape[0] and bool(text))


@rule(
    "blank-lines",
    layer="character",
    summary=("Runs of blank lines become one. Blank lines at the start, and all but one newline at the end, are removed."),
    wrong_when="Wrong when the number of blank lines shows the structure of a text.",
    may_find=_may_be_spaced,
    order=70,
)
def blank_lines(text: str) -> Iterator[Edit]:
    r"""Edits that remove superfluous blank lines.

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
