"""UTF-8 that was read in another encoding: which one, and what the text says when it is read again.

Bytes of UTF-8 read in a table of one byte a character show a first character from the upper half of that table and one
to three more from its third quarter. No writing puts such characters in a row all through a line, so a line in which
every character beyond ASCII belongs to such a row is read again; a single row is, where it stands inside a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from normbook.text.line_cache import remembered

FIRST = range(0xC2, 0xF5)  # first bytes of a sequence of UTF-8
FOLLOWING = range(0x80, 0xC0)
NAMES = (
    "windows-1252",
    "windows-1250",
    "iso-8859-2",
    "windows-1254",
    "windows-1257",
    "windows-1251",
    "windows-1253",
    "mac-roman",
    "cp437",
    "cp850",
)  # where two read a line alike well, the first one counts
LEAST_SEQUENCES = 2  # of a line that is read again as a whole
LEAST_IN_GBK = 8  # of one that was read as Chinese, which is UTF-8 here and there by chance
HELD_APART = "\xa0"  # the second byte of à, of two capitals of Cyrillic and Greek and of a Hebrew letter, which copies make a plain space


def _table(name: str) -> dict[int, str]:
    """Byte -> character of an encoding; bytes that a Windows table does not use stand for themselves, as browsers read them."""
    found = {}
    for byte in range(0x80, 0x100):
        read = bytes((byte,)).decode(name, "replace")
        found[byte] = chr(byte) if read == "\ufffd" else read
    return found


class Reading(NamedTuple):
    """How bytes are shown in an encoding."""

    name: str
    bytes_of: Mapping[str, int]
    row: re.Pattern[str]  # the first two characters of a sequence of UTF-8


@cache
def readings() -> tuple[Reading, ...]:
    """The encodings in which UTF-8 is read by mistake."""
    return tuple(map(_reading, NAMES))


def _reading(name: str) -> Reading:
    """An encoding; bytes that a Windows table does not use stand for themselves, as browsers read them."""
    shown: dict[int, str] = {}
    for byte in range(0x80, 0x100):
        read = bytes((byte,)).decode(name, "replace")
        shown[byte] = chr(byte) if read == "\ufffd" else read
    bytes_of = {chr(byte): byte for byte in range(0x80)} | {character: byte for byte, character in shown.items()}
    following = "".join(shown[byte] for byte in FOLLOWING)
    if name == NAMES[0]:  # in Latin-1 the same bytes are control characters
        bytes_of |= {chr(byte): byte for byte in range(0x80, 0xA0)}
        following += "".join(map(chr, range(0x80, 0xA0)))
    return Reading(name, bytes_of, re.compile(f"[{re.escape(''.join(shown[byte] for byte in FIRST))}][{re.escape(following)}]"))


@cache
def _any_row() -> re.Pattern[str]:
    return re.compile("|".join(reading.row.pattern for reading in readings()))


BEYOND = re.compile("[\x80-\U0010ffff]+")
PLAIN_WORD = re.compile(r"[^\W\d_]+")
SIGN_IN_WORD = re.compile("[^\\W\\d_][\u2600-\u27bf\U0001f300-\U0001faff][^\\W\\d_]")
ALLOWED = frozenset("«»¿¡·°§€£¥©®™№×½¼¾²³±…•†‡ªº¢¶\xa0")
RANGES = ((0x2010, 0x2027), (0x2030, 0x203A), (0x3000, 0x303F), (0xFE0F, 0xFE0F), (0xFF00, 0xFFEF), (0x2600, 0x27BF), (0x1F300, 0x1FAFF))
SCRIPTS = (
    ("latin", 0x41, 0x24F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x370, 0x3FF),
    ("greek", 0x1F00, 0x1FFF),
    ("cyrillic", 0x400, 0x52F),
    ("armenian", 0x530, 0x58F),
    ("hebrew", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("indic", 0x900, 0xDFF),
    ("thai", 0xE00, 0xEFF),
    ("georgian", 0x10A0, 0x10FF),
    ("han", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
)
LATIN_LETTERS = frozenset(
    "\u018f\u0259\u01a0\u01a1\u01af\u01b0\u01cd\u01ce\u01cf\u01d0\u01d1\u01d2\u01d3\u01d4\u0218\u0219\u021a\u021b"
)  # beyond U+017F, those that words of today hold


@remembered(1 << 10)
def _script(character: str) -> str | None:
    """The script of a letter, None for one that no text of today holds."""
    code = ord(character)
    if 0x180 <= code <= 0x24F and character not in LATIN_LETTERS:
        return None
    return next((name for name, first, last in SCRIPTS if first <= code <= last), None)


def _is_mark(character: str) -> bool:
    return character in ALLOWED or any(first <= ord(character) <= last for first, last in RANGES)


def is_plausible(text: str) -> bool:
    """True for a text of letters and marks in use, each of its words in one script and in one case after its first letter.

    >>> is_plausible("Ålesund, señor"), is_plausible("seŃor"), is_plausible("Пuть")
    (True, False, False)
    """
    for character in text:
        if character > "\x7f" and not (unicodedata.category(character)[0] in "LM" and _script(character)) and not _is_mark(character):
            return False
    if SIGN_IN_WORD.search(text):
        return False
    for match in PLAIN_WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        if len({_script(letter) for letter in word}) > 1:
            return False
        if any(one.islower() and two.isupper() for one, two in pairwise(word)):
            return False
    return True


def read_in(row: str, reading: Reading) -> str | None:
    """What the bytes of a line in an encoding say in UTF-8, None where they say nothing.

    >>> mac = readings()[NAMES.index("mac-roman")]
    >>> read_in("H√§fen", mac), read_in("Häfen", mac)
    ('Häfen', None)
    """
    try:
        return bytes([reading.bytes_of[character] for character in row]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def is_utf8_of(row: str) -> bool:
    """True for a line that is UTF-8 read as Latin-1 or Windows-1252 all through, and so no Chinese.

    >>> is_utf8_of("Ð¿Ð»Ð°Ð½"), is_utf8_of("ÖÐ¹ú·ç")
    (True, False)
    """
    fixed = read_in(row, readings()[0])
    return fixed is not None and fixed != row and is_plausible(fixed)


@remembered(1 << 12)
def whole_line(row: str) -> str | None:
    """A line in which every character beyond ASCII is UTF-8 read in one other encoding, as it was meant; None for any other.

    >>> whole_line("Minist√®re de l‚Äô√âconomie"), whole_line("l’été à Évry")
    ('Ministère de l’Économie', None)
    """
    if not _any_row().search(row):
        return _from_gbk(row)
    found: list[str] = []
    for reading in readings():
        if not reading.row.search(row):
            continue
        for each in (row, _with_held(row)) if reading.name == NAMES[0] and " " in row else (row,):
            fixed = read_in(each, reading)
            if fixed is None or not is_plausible(fixed):
                continue
            letters = sum(character > "\x7f" for character in fixed)
            if letters >= LEAST_SEQUENCES and (
                not _is_latin(fixed) or any(len(run) > 2 for run in BEYOND.findall(each)) or any(single_words(each))
            ):
                found.append(fixed)
            break
    return found[0] if found else _from_gbk(row)


def _is_latin(text: str) -> bool:
    return all(character <= "\u024f" or not character.isalpha() for character in text)


HELD = re.compile("(?<=[ÐÎ×]) (?=[\xc2-\xf4])")  # such letters before another one


def _with_held(row: str) -> str:
    """A line in which the second byte of some letters, which a copy made a plain space, is what it was."""
    return HELD.sub(HELD_APART, row)


def _from_gbk(row: str) -> str | None:
    """A line of another script that was read as Chinese, as it was meant.

    >>> _from_gbk("袦懈薪懈褋褌褉 褉邪褋褋泻邪蟹邪谢")
    'Министр рассказал'
    """
    if sum("\u3400" <= character <= "\u9fff" for character in row) < LEAST_IN_GBK:
        return None
    try:
        fixed = row.encode("gbk").decode("utf-8")
    except UnicodeError:
        return None
    return fixed if is_plausible(fixed) and sum(map(str.isalpha, fixed)) >= LEAST_IN_GBK else None


def single_words(row: str) -> Iterator[tuple[int, int, str]]:
    """The places in a line where one letter of a word is UTF-8 read in another encoding, each with that letter.

    A letter counts where the word goes on beside it and where what stands there is none: a sign, or a capital behind a
    small letter.

    >>> list(single_words("met in Ã…lesund")), list(single_words("A MAÃ… disse"))
    ([(7, 9, 'Å')], [])
    """
    end = 0
    for match in _any_row().finditer(row):
        start = match.start()
        if start < end:
            continue
        for reading in readings():
            if reading.row.match(row, start) and (found := _letter_at(row, start, reading)):
                new, end = found
                yield start, end, new
                break


def _letter_at(row: str, start: int, reading: Reading) -> tuple[str, int] | None:
    for size in (2, 3):
        raw = row[start : start + size]
        new = read_in(raw, reading)
        if new is None or len(new) != 1 or not new.isalpha() or not is_plausible(new):
            continue
        before, after = row[start - 1 : start] if start else "", row[start + size : start + size + 1]
        if _is_inside(raw, new, before, after):
            return new, start + size
    return None


def _is_inside(raw: str, new: str, before: str, after: str) -> bool:
    """True if a letter that was read wrong stands in a word as no such characters do."""
    if not new.isalpha() or _script(new) != "latin":
        return False
    sign = any(not character.isalpha() for character in raw)
    if before.isalpha() and before.islower():
        if not new.islower():
            return False
        return (sign and (after.islower() or raw[0].isupper() or not raw[0].isalpha())) or (raw[0].isupper() and after.islower())
    if before.isalpha():
        return sign and new.isupper() == after.isupper() and after.isalpha() and not raw[0].isalpha()
    if before and (before.isalnum() or before in "=+*/^√"):
        return False
    return after.islower() and after.isalpha() and (sign or not raw[1:].islower()) and after <= "\x7f"
