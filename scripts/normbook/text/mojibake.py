"""The rule for text that was decoded with the wrong encoding, by ftfy, asked only where a line is suspicious."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from normbook.text.characters import WELL_KEPT, alphabet, is_well_kept, unusual
from normbook.text.cyrillic import BELOW, as_cyrillic
from normbook.text.edits import Edit
from normbook.text.gbk import holds_chinese
from normbook.text.line_cache import LineCache, lines_of, remembered, starts_of
from normbook.text.rule import rule

SAFE = frozenset("’‘“”–—…\xa0éèêëàâäáçíìîïñóòôöúùûüæøœß")
ADJACENT = re.compile("[\x80-\U0010ffff]{2}")
BEYOND = re.compile("[\x80-\U0010ffff]+")
ACCENTED = re.compile("[\xc0-\xff]{4}")  # as no word of Western Europe has them
ACCENTS = frozenset(map(chr, range(0xC0, 0x100)))
LEAST_ACCENTS = 4  # of them, in a line of Russian read so
BESIDE = 2  # ASCII characters on either side of such a run that ftfy's pattern looks at
STRAIGHT = ("latin-1", "sloppy-windows-1252")  # the codecs that ftfy tries first, the second one its own
HALF_CLOSER = re.compile("(?<=[^\\s(])â€[?\ufffd](?!\\w)")  # a closing mark whose last byte Windows-1252 does not know
LONGEST = 2_000  # code points of a line that are compared character by character


def _may_be_misread(_: str, letters: frozenset[str]) -> bool:
    return not is_well_kept(letters)


@rule(
    "mojibake",
    layer="encoding",
    summary=(
        "Mojibake (UTF-8 read as Latin-1 or Windows-1252, also several times over; Russian read as Latin-1) is read again as it was meant."
    ),
    wrong_when=(
        "Wrong when a line quotes mojibake on purpose. Only lines that ftfy's own heuristic finds bad are touched, "
        "and only by its encoding repair; nothing else of ftfy is used, since it would uncurl quotes and so hide "
        "evidence."
    ),
    may_find=_may_be_misread,
    order=20,
)
def repair(text: str) -> Iterator[Edit]:
    r"""Edits that read mojibake again.

    >>> [(edit.raw, edit.new) for edit in repair("l\xc3\xa0-bas, d\xc3\xa9j\xc3\xa0")]
    [('Ã\xa0', 'à'), ('Ã©', 'é'), ('Ã\xa0', 'à')]
    """
    letters = alphabet(text)
    if is_well_kept(letters):
        return
    rows, starts = lines_of(text), starts_of(text)
    accented = len(ACCENTS.intersection(letters)) >= LEAST_ACCENTS and ACCENTED.search(text) is not None
    russian: dict[int, str] = {}
    if accented and any(as_cyrillic(row) for row in rows if not row.isascii()):
        russian = {number: read for number, row in enumerate(rows) if not row.isascii() and (read := as_cyrillic(row, BELOW))}
    found = [edit for number, read in russian.items() for edit in _changes(rows[number], read, starts[number])]
    for number, edits in _repaired.numbered(rows):
        if number not in russian:
            found += [edit._replace(start=edit.start + starts[number], end=edit.end + starts[number]) for edit in edits]
    certain = [edit for edit in found if not _is_doubtful(text, edit)]
    yield from found if len(certain) > len(found) // 2 else certain


def is_sound(row: str) -> bool:
    """True for a line whose characters beyond ASCII are small letters and marks of well-kept writing, no two of them side by side: no mojibake.

    >>> is_sound("the État’s rôle"), is_sound("la-bas, dÃ©jÃ")
    (False, False)
    >>> is_sound("the rôle – as agreed – of the ‘pact’")
    True
    """
    return SAFE.issuperset(unusual(row)) and not ADJACENT.search(row)


def _repairs(row: str) -> tuple[Edit, ...]:
    """What is read again in a line, as edits of it."""
    if row.isascii() or is_sound(row) or not is_suspicious(row) or holds_chinese(row):
        return ()
    fixed = read_again(HALF_CLOSER.sub("â€\x9d", row) if "â€" in row else row)
    return () if fixed == row or "\n" in fixed or "\r" in fixed else tuple(_changes(row, fixed, 0))


_repaired = LineCache(_repairs)


def is_suspicious(row: str) -> bool:
    """What `ftfy.badness.is_bad` says of a line, from its characters beyond ASCII and the few beside them: what its pattern finds holds one run of such.

    >>> is_suspicious("the rôle"), is_suspicious("dÃ©jÃ ")
    (False, True)
    """
    from ftfy.badness import BADNESS_RE

    for match in BEYOND.finditer(row):
        if WELL_KEPT.issuperset(match[0]):
            continue
        start, end = match.span()
        if BADNESS_RE.search(row, start - BESIDE if start > BESIDE else 0, end + BESIDE):
            return True
    return False


def read_again(row: str) -> str:
    """What `ftfy.fix_encoding` makes of a suspicious line; where it would go the straight way (one codec's bytes are UTF-8) that is gone here.

    >>> read_again("d\xc3\xa9j\xc3\xa0"), read_again("won\u00e2\u20ac\u2122t")
    ('déjà', 'won’t')
    """
    from ftfy import fix_encoding

    fixed = _read_straight(row)
    if fixed is not None:
        return read_again(fixed) if is_suspicious(fixed) else fixed
    if " " in row and "\xed" not in row and "\x1a" not in row:  # the two that ftfy treats in ways of its own
        mended = [_word_again(word) for word in row.split(" ")]  # one good letter among them, and no codec takes the line
        hopeless = {word for word in mended if not word.isascii() and is_suspicious(word)}
        whole = " ".join(mended)
        rest = " ".join([word for word in mended if word not in hopeless]) if hopeless else whole
        if whole != row and all(fix_encoding(word) == word for word in hopeless) and not is_suspicious(rest):
            return whole
    return str(fix_encoding(row))


def _read_straight(row: str) -> str | None:
    """What one codec's bytes say as UTF-8, None where they say nothing."""
    for codec in STRAIGHT:
        try:
            raw = row.encode(codec)
        except UnicodeEncodeError:
            continue
        try:
            fixed = raw.decode("utf-8")
        except UnicodeDecodeError:
            return None
        lossy = b"\xed" in raw or b"\x1a" in raw  # surrogates and lost bytes, which ftfy treats in ways of its own
        return None if lossy else fixed
    return None


@remembered(1 << 12)
def _word_again(word: str) -> str:
    """A word read again by itself, the same word where it does not look bad or no codec takes it."""
    if word.isascii() or not is_suspicious(word):
        return word
    fixed = _read_straight(word)
    if fixed is None:
        return word
    return read_again(fixed) if is_suspicious(fixed) else fixed


def _is_doubtful(text: str, edit: Edit) -> bool:
    """True for a capital Ã or Â that may be meant: before a plain space, a closing mark, or at the end of a word in capitals."""
    if len(edit.raw) > 2 or edit.raw[:1] not in ("Ã", "Â"):
        return False
    before, after = text[edit.start - 1 : edit.start], text[edit.end : edit.end + 1]
    if edit.raw[1:] in ("", " ", "»", "”", "’") or not edit.new:
        return not (before.islower() or after.islower() or (edit.new.isupper() and (before.isupper() or after.isupper())))
    return before.isupper() and edit.new.islower() and not after.islower()


def _changes(old: str, new: str, offset: int) -> Iterator[Edit]:
    words, fixed = old.split(" "), new.split(" ")
    if len(words) != len(fixed):
        words, fixed = [old], [new]
    for one, two in zip(words, fixed, strict=True):
        if one != two:
            yield from _within(one, two, offset)
        offset += len(one) + 1


def _within(old: str, new: str, offset: int) -> Iterator[Edit]:
    """What changes from one word to another, or from one line to another where the words cannot be paired."""
    if len(old) > LONGEST:
        yield Edit(offset, offset + len(old), old, new)
        return
    if replaced := _replaced(old, new, offset):
        yield replaced
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(offset + a, offset + b, old[a:b], new[c:d])


def _replaced(old: str, new: str, offset: int) -> Edit | None:
    """The one edit between two words that share their ends alone: what stands between occurs in neither other word. None for other words.

    Where this holds a comparison of all characters comes to the same, since nothing it could match crosses the middle.
    """
    head = tail = 0
    most = min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    raw, come = old[head : len(old) - tail], new[head : len(new) - tail]
    if not raw or not come or not set(raw).isdisjoint(new) or not set(come).isdisjoint(old):
        return None
    return Edit(offset + head, offset + head + len(raw), raw, come)
