"""UTF-8 that was decoded with another encoding: which one, and the text decoded correctly.

A character of UTF-8 that is decoded with a single-byte code page becomes a character from the upper half of that page and
one to three more from its third quarter. No real text consists of such sequences, so a line in which every non-ASCII
character belongs to one is decoded again; a single sequence is decoded again only inside a word.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import utf_8_decode
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from normbook.languages.language import kept
from normbook.text.line_cache import remembered

FIRST = range(0xC2, 0xF5)  # first bytes of a UTF-8 sequence
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
    "koi8-r",
    "cp866",
    "mac-cyrillic",
)  # if two fit a line equally well, the first one wins
CYRILLIC_ONLY = ("cp866", "mac-cyrillic")  # tables in which other first bytes are letters that real texts have next to each other
CYRILLIC_FIRST = range(0xD0, 0xD2)
LEAST_SEQUENCES = 2  # of a line that is decoded again as a whole
LEAST_IN_GBK = 8  # of a line that was decoded as Chinese, which contains UTF-8 by chance
PROBE = 16  # characters of a line that show whether it may be such a line
HELD_APART = "\xa0"  # the second byte of à, of a Cyrillic and a Greek capital and of a Hebrew letter; copies turn it into a space


def _table(name: str) -> dict[int, str]:
    """Byte -> character of an encoding; bytes that a Windows code page does not define map to themselves, as in browsers."""
    found = {}
    for byte in range(0x80, 0x100):
        read = bytes((byte,)).decode(name, "replace")
        found[byte] = chr(byte) if read == "\ufffd" else read
    return found


class Reading(NamedTuple):
    """The characters that bytes become in an encoding."""

    name: str
    bytes_of: Mapping[str, int]
    row: re.Pattern[str]  # the first two characters of a UTF-8 sequence


@cache
def readings() -> tuple[Reading, ...]:
    """The encodings with which UTF-8 is decoded by mistake."""
    return tuple(map(_reading, NAMES))


def _reading(name: str) -> Reading:
    """The table of an encoding; bytes that a Windows code page does not define map to themselves, as in browsers."""
    shown: dict[int, str] = {}
    for byte in range(0x80, 0x100):
        read = bytes((byte,)).decode(name, "replace")
        shown[byte] = chr(byte) if read == "\ufffd" else read
    bytes_of = {chr(byte): byte for byte in range(0x80)} | {character: byte for byte, character in shown.items()}
    following = "".join(shown[byte] for byte in FOLLOWING)
    first = CYRILLIC_FIRST if name in CYRILLIC_ONLY else FIRST
    if name == NAMES[0]:  # in Latin-1 the same bytes are control characters
        bytes_of |= {chr(byte): byte for byte in range(0x80, 0xA0)}
        following += "".join(map(chr, range(0x80, 0xA0)))
    return Reading(name, bytes_of, _once(f"[{re.escape(''.join(shown[byte] for byte in first))}][{re.escape(following)}]"))


@cache
def _any_row() -> re.Pattern[str]:
    return _once("|".join(reading.row.pattern for reading in readings()))


def _once(form: str) -> re.Pattern[str]:
    """The pattern of a form, compiled once for all processes."""
    return kept().pattern(form, lambda: form, 0)


BEYOND = re.compile("[^\x00-\x7f]+")
ADJACENT = re.compile("[^\x00-\x7f]{2}")
HAN = re.compile("[\u3400-\u9fff]")
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
RARE = "\u0109\u011d\u0125\u0135\u015d\u016d"  # letters of Esperanto alone: of two readings the one without them is likelier
LATIN_LETTERS = frozenset(
    "\u018f\u0259\u01a0\u01a1\u01af\u01b0\u01cd\u01ce\u01cf\u01d0\u01d1\u01d2\u01d3\u01d4\u0218\u0219\u021a\u021b"
)  # letters above U+017F that modern words have


@remembered(1 << 10)
def _script(character: str) -> str | None:
    """The script of a letter, or None if no modern text uses it."""
    code = ord(character)
    if 0x180 <= code <= 0x24F and character not in LATIN_LETTERS:
        return None
    return next((name for name, first, last in SCRIPTS if first <= code <= last), None)


def _is_mark(character: str) -> bool:
    return character in ALLOWED or any(first <= ord(character) <= last for first, last in RANGES)


def is_plausible(text: str) -> bool:
    """True for a text of modern letters and marks whose words each have one script and, after the first letter, one case.

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
    """The bytes of a line in an encoding, decoded as UTF-8; None if they are not UTF-8.

    >>> mac = readings()[NAMES.index("mac-roman")]
    >>> read_in("H√§fen", mac), read_in("Häfen", mac)
    ('Häfen', None)
    """
    try:
        return bytes([reading.bytes_of[character] for character in row]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def is_utf8_of(row: str) -> bool:
    """True for a line that is entirely UTF-8 decoded as Latin-1 or Windows-1252, and so not Chinese.

    >>> is_utf8_of("Ð¿Ð»Ð°Ð½"), is_utf8_of("ÖÐ¹ú·ç")
    (True, False)
    """
    fixed = read_in(row, readings()[0])
    if fixed is None:
        return with_losses(row) is not None
    return fixed != row and is_plausible(fixed)


@remembered(1 << 8)  # asked twice for each line
def may_hold_sequence(row: str) -> bool:
    """True if two characters of a line are the start of a sequence of UTF-8 in some other encoding."""
    return ADJACENT.search(row) is not None and _any_row().search(row) is not None


@remembered(1 << 12)
def whole_line(row: str) -> str | None:
    """The repaired line, if all its non-ASCII characters are UTF-8 decoded with one other encoding; else None.

    >>> whole_line("Minist√®re de l‚Äô√âconomie"), whole_line("l’été à Évry")
    ('Ministère de l’Économie', None)
    """
    if not may_hold_sequence(row):
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
    return min(found, key=lambda each: sum(map(each.count, RARE))) if found else _from_gbk(row)


LOST = "\ufffd"
LEAST_OF_LOSSY = 4  # letters of such a line
TWICE = 2  # as many letters are there as are lost, at least


@cache
def _sequence() -> re.Pattern[str]:
    """A sequence of UTF-8 in Windows-1252, or the rest of one."""
    shown: dict[int, str] = {}
    for character, byte in readings()[0].bytes_of.items():
        shown[byte] = shown.get(byte, "") + character
    two, three, four = (
        re.escape("".join(shown[byte] for byte in heads)) for heads in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))
    )
    rest = re.escape("".join(shown[byte] for byte in FOLLOWING))
    whole = f"[{two}][{rest}]|[{three}][{rest}]{{2}}|[{four}][{rest}]{{3}}"
    part = f"[{two}]|[{three}][{rest}]?|[{four}][{rest}]{{0,2}}"
    return _once(f"(?P<whole>{whole})|(?P<part>{part})[{LOST}?]?")


@remembered(1 << 10)
def with_losses(row: str) -> str | None:
    """A line of another script whose bytes that Windows-1252 does not know were lost, with a replacement character for each letter that is gone.

    None where too little is left, or where any character belongs to no sequence.

    >>> with_losses("Ð¾Ð±Ð»Ð°Ñ\ufffdÑ‚ÑŒ"), with_losses("là-bas")
    ('обла\ufffdть', None)
    """
    if not readings()[0].row.search(row):
        return None
    pieces: list[str] = []
    at = whole = lost = 0
    for match in _sequence().finditer(row):
        between = row[at : match.start()]
        read = read_in(match["whole"], readings()[0]) if match["whole"] else LOST
        if read is None or not between.replace(LOST, "").isascii():
            return None
        pieces += (between, read)
        at = match.end()
        whole, lost = whole + (read != LOST), lost + (read == LOST)
    if not row[at:].replace(LOST, "").isascii() or whole < LEAST_OF_LOSSY or whole < lost * TWICE:
        return None
    fixed = "".join([*pieces, row[at:]])
    plain = fixed.replace(LOST, "")
    return fixed if lost and is_plausible(plain) and not _is_latin(plain) else None


def _is_latin(text: str) -> bool:
    return all(not character.isalpha() or _script(character) in ("latin", None) for character in text)


HELD = re.compile("(?<=[ÐÎ×]) (?=[\xc2-\xf4])")  # such letters before another one


def _with_held(row: str) -> str:
    """A line in which second bytes that a copy turned into spaces are restored."""
    return HELD.sub(HELD_APART, row)


def _from_gbk(row: str) -> str | None:
    """The repaired line, if a line in another script was decoded as GBK.

    >>> _from_gbk("袦懈薪懈褋褌褉 褉邪褋褋泻邪蟹邪谢")
    'Министр рассказал'
    """
    if row.isascii() or not HAN.search(row):
        return None
    try:
        utf_8_decode(row[:PROBE].encode("gbk"), "strict", False)  # real Chinese is no UTF-8 from its first characters on
        if sum("\u3400" <= character <= "\u9fff" for character in row) < LEAST_IN_GBK:
            return None
        fixed = row.encode("gbk").decode("utf-8")
    except UnicodeError:
        return None
    return fixed if is_plausible(fixed) and sum(map(str.isalpha, fixed)) >= LEAST_IN_GBK else None


def single_words(row: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, letter) where a single letter of a word is UTF-8 decoded with another encoding.

    It counts only next to letters of the same word, and only if the present characters cannot be part of a word: a sign, or a
    capital after a lower-case letter.

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
    """True if the characters at this position cannot be part of a word, so that they must be a damaged letter."""
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
