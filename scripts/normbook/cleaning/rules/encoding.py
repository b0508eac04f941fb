"""Rules for characters that a copy damaged: text decoded with the wrong encoding, lost characters, HTML entities.

Most of them undo one wrong step: bytes of one encoding were read as another, so that "déjà" became "dÃ©jÃ\xa0". A rule
reads the text again only if the result is plainly text and the present form plainly is not.
"""

from __future__ import annotations

import html
import re
from codecs import charmap_build, charmap_encode
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from html.entities import html5
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from normbook.cleaning.rule import rule
from normbook.cleaning.rules.misread import is_utf8_of, may_hold_sequence, single_words, whole_line, with_losses
from normbook.languages.language import Words, kept, pattern
from normbook.text.characters import COMMON_MARKS, SPACE_LIKE, UNSEEN, alphabet, has_common_marks_only, matches_at, unusual
from normbook.text.ledger import Edit, Flag
from normbook.text.line_cache import LineCache, lines_of, remembered, starts_of

SHORTEST_CYRILLIC = 12  # letters; a shorter line proves nothing by itself
LEAST_FREQUENT = 0.5  # the share of frequent letters in a line
BELOW = 3  # the same in a text that has such a line
FREQUENT = Words("grammar.frequent-letters", part="ru")  # six in ten letters of a Russian text
FREQUENT_GREEK = Words("grammar.frequent-letters", part="el")
SINGLE_BYTES = {
    name: {byte: bytes((byte,)).decode(name, "replace") for byte in range(0xA0, 0x100)}
    for name in ("windows-1251", "koi8-u", "windows-1253")
}
TABLES = {
    "windows-1251": SINGLE_BYTES["windows-1251"],
    "koi8-u": {byte: letter for byte, letter in SINGLE_BYTES["koi8-u"].items() if letter.isalpha()},
    "windows-1253": {byte: letter for byte, letter in SINGLE_BYTES["windows-1253"].items() if letter.isalpha() and letter != "\u0390"},
}
LETTERS_AS_SIGNS = "¸¨£³¤¦§·¶´¢"  # letters outside the Russian alphabet, and accented Greek capitals, as Latin-1 shows them


@remembered(1 << 10)
def as_cyrillic(row: str, least: int = SHORTEST_CYRILLIC) -> str | None:
    """A line decoded as Windows-1251, KOI8 or Windows-1253, or None if it is not plainly Cyrillic or Greek in any of them.

    >>> as_cyrillic("Ñòîðîíû äîãîâîðèëèñü î êàðòàõ."), as_cyrillic("là-bas, déjà, été, où ça")
    ('Стороны договорились о картах.', None)
    """
    letters = [letter for letter in row if letter.isalpha() or letter in LETTERS_AS_SIGNS]
    high = sum("\xa0" <= letter <= "\xff" for letter in letters)
    if high < least or high * 2 < len(letters):
        return None
    shares = {name: _share(row.translate(table), name) for name, table in TABLES.items()}
    name = max(shares, key=lambda each: shares[each])
    return row.translate(TABLES[name]) if shares[name] > LEAST_FREQUENT else None


def _share(read: str, name: str) -> float:
    """The share of frequent letters in a line, counted in lower case or, in a line of capitals, in capitals; 0 for an impossible mix of cases."""
    greek = name == "windows-1253"
    first, last = ("\u0370", "\u03ff") if greek else ("\u0400", "\u04ff")
    letters = [letter for letter in read if first <= letter <= last]
    if not letters:
        return 0.0
    inner = sum(one.islower() and two.isupper() for one, two in pairwise(read))
    if inner * 10 > len(letters):
        return 0.0
    return sum(letter.lower() in (FREQUENT_GREEK if greek else FREQUENT) for letter in letters) / len(letters)


# The marks in rows A1 and A3 of GBK as Latin-1 shows them: ¡ or £ followed by a character that never follows it in a text.
MARKS = {
    "¡°": "“", "¡±": "”", "¡®": "‘", "¡¯": "’", "¡ª": "—", "¡\xad": "…", "¡¤": "·", "¡¢": "、", "¡£": "。", "¡¶": "《", "¡·": "》", "¡´": "〈", "¡µ": "〉", "¡¾": "【", "¡¿": "】",
    "£¬": "，", "£¨": "（", "£©": "）", "£º": "：", "£»": "；", "£¡": "！", "£¿": "？", "£¥": "％",
}  # fmt: skip
MARKS |= {letter.encode("gbk").decode("latin-1"): letter for letter in "àáèéêìíòóùúü"} | {"¡ã": "°", "¡À": "±", "¡Á": "×"}
MARK = pattern("|".join(MARKS) + "|(?<= )¨C(?= )")
MARKS["¨C"] = "–"
CHINESE = pattern("(?:[\xa1-\xf7][\xa1-\xfe]){3,}")
SHORT = pattern("(?<![\x80-\xff])(?:[\xb0-\xd7][\xa1-\xfe]){1,2}(?![\x80-\xff])")
MARK_HEADS = frozenset("¡£¨")
DASH_HEAD = "\u9225"  # the first bytes of a dash or quotation mark, decoded as GBK
LETTERS = frozenset(map(chr, range(0xB0, 0xF8)))  # first bytes of characters other than punctuation; a run must have at least three
LEVEL_ONE = range(0xB0, 0xD8)  # first bytes of the 3,755 characters of everyday use


@rule(
    "gbk-as-latin",
    layer="encoding",
    summary=("Chinese characters and punctuation in GBK that were decoded as Latin-1 or Windows-1252 are decoded as GBK."),
    wrong_when=(
        "Wrong when a text lists such pairs of signs (¡°) on purpose. Only runs of at least six letters, all of them "
        "Chinese characters and most of them in everyday use, are taken for Chinese; of single pairs only "
        "punctuation that no other script has."
    ),
    needs=LETTERS | MARK_HEADS,
    order=30,
)
def gbk_as_latin(text: str) -> Iterator[Edit]:
    r"""Edits that decode GBK which was decoded as Latin-1.

    >>> [(edit.raw, edit.new) for edit in gbk_as_latin("the \xa1\xb0pact\xa1\xb1 of \xd6\xd0\xb9\xfa\xb7\xe7")]
    [('ÖÐ¹ú·ç', '中国风'), ('¡°', '“'), ('¡±', '”')]
    """
    letters = alphabet(text)
    if LETTERS.isdisjoint(letters) and MARK_HEADS.isdisjoint(letters):
        return
    runs = []
    row_end, is_utf8 = -1, False  # a line is asked once, however many runs it has
    for match in () if LETTERS.isdisjoint(letters) or not CHINESE.search(unusual(text)) else CHINESE.finditer(text):
        new = _decoded(match[0])
        if new and match.start() >= row_end:
            is_utf8 = is_utf8_of(_row_at(text, match.start()))
            row_end = len(text) if (end := text.find("\n", match.start())) < 0 else end
        if new and not is_utf8:
            runs.append((match.start(), match.end()))
            yield Edit(match.start(), match.end(), match[0], new)
    yield from _short_runs(text) if runs else ()
    k = 0
    for match in matches_at(MARK, text, MARK_HEADS & letters):
        if match[0] == "¡Á" and text[match.end() : match.end() + 1].isalpha():
            continue  # a Spanish exclamation: ¡África!
        while k < len(runs) and runs[k][1] <= match.start():
            k += 1
        if k == len(runs) or match.end() <= runs[k][0]:
            yield Edit(match.start(), match.end(), match[0], MARKS[match[0]])


def _row_at(text: str, at: int) -> str:
    """The line that contains an offset."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def _short_runs(text: str) -> Iterator[Edit]:
    """True for one or two characters between digits or Latin letters in a line that is otherwise Chinese."""
    at = 0
    for row in lines_of(text):
        for match in SHORT.finditer(row) if not row.isascii() and holds_chinese(row) else ():
            try:
                new = match[0].encode("latin-1").decode("gb2312")
            except UnicodeDecodeError:
                continue
            yield Edit(at + match.start(), at + match.end(), match[0], new)
        at += len(row) + 1


@remembered(1 << 10)
def holds_chinese(row: str) -> bool:
    """True for a line that is mostly Chinese in GBK decoded as Latin-1; other encodings would find words in it by chance.

    >>> holds_chinese("\xd6\xd0\xb9\xfa\xb7\xe7 2024"), holds_chinese("l\xc3\xa0-bas, d\xc3\xa9j\xc3\xa0")
    (True, False)
    """
    runs = [match[0] for match in CHINESE.finditer(row)]
    if not runs or is_utf8_of(row):
        return False
    read = sum(len(run) for run in runs if _decoded(run))
    return read > 0 and read * 2 >= sum(letter > "\x7f" for letter in row)


def _decoded(run: str) -> str | None:
    """A run of Latin-1 letters decoded as GBK, or None if it is not plainly Chinese."""
    raw = run.encode("latin-1")
    heads = raw[::2]
    letters = [head for head in heads if head >= 0xB0]
    if len(letters) < 3 or sum(head in LEVEL_ONE for head in letters) * 10 < len(letters) * 8:
        return None
    if run.isalpha() and (run[1:].islower() or run.isupper()) and len(run) < 12:
        return None
    try:
        return raw.decode("gb2312")
    except UnicodeDecodeError:
        return None


@rule(
    "utf8-as-gbk",
    layer="encoding",
    summary="Typographic marks in UTF-8 that were decoded as GBK (\u9225\u6a9a for ’s) are decoded as UTF-8.",
    wrong_when=(
        "Wrong when a Chinese text really has those rare characters in a row. So only what is a dash, a "
        "quotation mark or an ellipsis in UTF-8 is changed, and only in lines that also have Latin letters."
    ),
    needs=DASH_HEAD,
    order=40,
)
def utf8_as_gbk(text: str) -> Iterator[Edit]:
    r"""Edits that decode typographic marks which were decoded as GBK.

    >>> [(edit.raw, edit.new) for edit in utf8_as_gbk("China鈥檚 initiative")]
    [('鈥檚', '’s')]
    """
    at = text.find(DASH_HEAD)
    while at >= 0:
        beside = text[max(0, at - 3) : at + 5]
        if any("A" <= c <= "z" for c in beside):
            for size in (2, 3, 1):
                try:
                    new = text[at : at + size].encode("gbk").decode("utf-8")
                except (UnicodeEncodeError, UnicodeDecodeError):
                    continue
                if "\u2010" <= new[0] <= "\u2026":
                    yield Edit(at, at + size, text[at : at + size], new)
                    break
        at = text.find(DASH_HEAD, at + 1)


TONED = "".join(normalize("NFC", vowel + mark) for vowel in "aeiou\u00fc" for mark in "\u0304\u0301\u030c\u0300")  # pinyin
TONES = frozenset(TONED)
READING = pattern(f"(?<=[\u3400-\u9fff])[(（][a-zü]{{0,5}}[{TONED}][a-z]{{0,3}}[)）]")
FEWEST_READINGS = 3


@rule(
    "injected-reading",
    layer="encoding",
    summary="Pronunciations that some mirror sites inject in brackets after single Chinese characters are removed.",
    wrong_when="Wrong when a text gives the pronunciation of many characters on purpose, as a primer does; one or two are not changed.",
    needs=TONES,
    order=50,
)
def injected_readings(text: str) -> Iterator[Edit]:
    """Edits that remove pronunciations in brackets.

    >>> [edit.raw for edit in injected_readings("數(shù)目、數(shù)據(jù)")]
    ['(shù)', '(shù)', '(jù)']
    """
    found = list(READING.finditer(text)) if not TONES.isdisjoint(alphabet(text)) else []
    if len(found) >= FEWEST_READINGS:
        for match in found:
            yield Edit(match.start(), match.end(), match[0], "")


SAFE = frozenset("’‘“”–—…\xa0éèêëàâäáçíìîïñóòôöúùûüæø\u0153ß")
ADJACENT = pattern("[^\x00-\x7f]{2}")
BEYOND = pattern("[^\x00-\x7f]+")
ACCENTED = pattern("[\xc0-\xff]{4}")  # combinations that no Western European word has
ACCENTS = frozenset(map(chr, range(0xC0, 0x100)))
LEAST_ACCENTS = 4  # of them, in a line of Russian read so
BESIDE = 2  # ASCII characters on either side of such a run at which ftfy's pattern looks
# each match of that pattern has one of the other characters: beside ASCII, dashes and the apostrophe these are the letters of Greek, Russian and East Asia
BAD = pattern("[^\x00-\x7f\xa0–—…’\u0391-\u03c9\u0401\u0410-\u044f\u0451\u3001\u3002\u3040-\ud7ff\uff08-\uff1b]")
MARK_READ_WRONG = pattern(
    "(?P<opener>â€\u0153|“)|(?P<closer>â€\x9d|”)|(?<=[^\\s(])(?:(?P<lost>â€[?\ufffd](?!\\w))|(?P<cut>â€(?=[ \xa0.,;:!?)\\]]|\\Z)))"
)  # quotation marks, and the rest of one whose last byte Windows-1252 does not know
LONE = pattern("[\xc2-\xf4](?:[\x00-\x7f\ufffd]|[\xc2-\xf4]|\\Z)")  # a first byte without the second one
CUT_ACUTE = pattern("(?<=[a-zà-ÿ])Ã(?=[a-z])")  # í, whose last byte is a soft hyphen and was dropped
CUT_GRAVE = pattern("(?<=[a-zà-ÿ])Ã(?=[.,;:!?)’'»-]|\\Z)")  # à, whose last byte is a space and was dropped
GRAVE_AT_END = pattern("(?<=[a-zà-ÿ])Ã (?=[.,)\\]-])")  # à, whose last byte a copy made a plain space
SIGNS = frozenset("¡¢£¥¦§©«®°±²³µ¶·¹¼½¾¿")  # no word ends in a capital Â before one
MOST_TIMES = 4  # that a line was read wrong
LONGEST = 2_000  # code points of a line that are compared character by character


def _may_be_misread(_: str, letters: frozenset[str]) -> bool:
    return not has_common_marks_only(letters)


@rule(
    "mojibake",
    layer="encoding",
    summary=(
        "Mojibake (UTF-8 decoded as Latin-1 or Windows-1252, perhaps several times; Russian decoded as Latin-1) is decoded correctly."
    ),
    wrong_when=(
        "Wrong when a line quotes mojibake on purpose. Only lines that ftfy's own heuristic calls bad are changed, "
        "and only by its encoding repair; nothing else of ftfy is used, since it would straighten quotation marks and so hide "
        "evidence."
    ),
    may_find=_may_be_misread,
    order=20,
)
def repair(text: str) -> Iterator[Edit | Flag]:
    r"""Edits that repair mojibake.

    >>> [(edit.raw, edit.new) for edit in repair("l\xc3\xa0-bas, d\xc3\xa9j\xc3\xa0")]
    [('Ã\xa0', 'à'), ('Ã©', 'é'), ('Ã\xa0', 'à')]
    """
    letters = alphabet(text)
    if has_common_marks_only(letters):
        return
    rows = lines_of(text)
    accented = len(ACCENTS.intersection(letters)) >= LEAST_ACCENTS and ACCENTED.search(text) is not None
    russian: dict[int, str] = {}
    if accented and any(as_cyrillic(row) for row in rows if not row.isascii()):
        russian = {
            number: read
            for number, row in enumerate(rows)
            if not row.isascii() and (read := as_cyrillic(row, BELOW)) and whole_line(row) is None
        }
    numbered = _repaired.numbered(rows)
    if not numbered and not russian:
        return
    starts = starts_of(text)
    found: list[Edit | Flag] = [edit for number, read in russian.items() for edit in _changes(rows[number], read, starts[number])]
    for number, repaired in numbered:
        if number not in russian:
            found += [each._replace(start=each.start + starts[number], end=each.end + starts[number]) for each in repaired]
    flags = [each for each in found if isinstance(each, Flag)]
    edits = [each for each in found if isinstance(each, Edit)]
    certain = [edit for edit in edits if not _is_doubtful(text, edit)]
    yield from flags
    yield from edits if len(certain) > len(edits) // 2 else certain


def is_sound(row: str) -> bool:
    """True for a line that cannot be mojibake: its non-ASCII characters are common marks alone, or also lower-case letters, no two of them adjacent.

    >>> is_sound("the État’s rôle"), is_sound("la-bas, dÃ©jÃ")
    (False, False)
    >>> is_sound("the rôle – as agreed – of the ‘pact’")
    True
    """
    letters = unusual(row)
    return COMMON_MARKS.issuperset(letters) or (SAFE.issuperset(letters) and not ADJACENT.search(row))


def _repairs(row: str) -> tuple[Edit | Flag, ...]:
    """Edits that repair the mojibake in a line, and flags where a repair is impossible."""
    if row.isascii() or is_sound(row):
        return ()
    if "â€" in row:
        row_read, cut = _with_closers(row)
    else:
        row_read, cut = row, ()
    fixed = _read(row_read, cut)
    found: list[Edit | Flag] = [
        Flag("N614", at, at + 2, "expected a quotation mark, found its first two bytes in the wrong encoding; they are not changed")
        for at in cut
    ]
    if fixed != row and "\n" not in fixed and "\r" not in fixed:
        found += _changes(row, fixed, 0)
    return tuple(found)


def _with_closers(row: str) -> tuple[str, tuple[int, ...]]:
    """A line in which closing quotation marks have their lost last byte again, and the offsets of those that stay doubtful.

    Windows-1252 has no character for the last byte of a closing mark, so copies drop it. The remaining two could also start a
    dagger; an opening mark earlier in the line decides.

    >>> _with_closers("a â€œpactâ€ of"), _with_closers("a pactâ€ of")
    (('a â€œpactâ€\\x9d of', ()), ('a pactâ€ of', (6,)))
    """
    pieces: list[str] = []
    cut: list[int] = []
    at = opened = 0
    for match in MARK_READ_WRONG.finditer(row):
        if match["opener"]:
            opened += 1
        elif match["closer"]:
            opened -= 1
        elif match["lost"] or opened > 0:
            pieces += (row[at : match.start()], "â€\x9d")
            at = match.end()
            opened -= 1
        elif match["cut"] and not row.startswith("\xa0", match.end()):
            cut.append(match.start())
    return "".join([*pieces, row[at:]]), tuple(cut) if not pieces else ()


def _read(row: str, cut: tuple[int, ...]) -> str:
    """The repaired line; what is at the offsets `cut` is not changed."""
    if cut:
        places = [0, *(place for at in cut for place in (at, at + 2)), len(row)]
        return "".join(row[one:two] if k % 2 else _read(row[one:two], ()) for k, (one, two) in enumerate(pairwise(places)))
    if "Ã " in row:
        row = GRAVE_AT_END.sub("Ã\xa0", row)
    for _ in range(MOST_TIMES):
        if (fixed := whole_line(row)) is None or fixed == row:
            break
        row = fixed
    if (fixed := with_losses(row) if LONE.search(row) else None) is not None:
        row = fixed
    elif not row.isascii() and is_suspicious(row) and not holds_chinese(row):
        row = read_again(row)
    letters = list(single_words(row)) if may_hold_sequence(row) else []
    for start, end, new in reversed(letters):
        row = row[:start] + new + row[end:]
    if "Ã" in row:
        row = CUT_GRAVE.sub("à", CUT_ACUTE.sub("í", row))
    return row


_repaired = LineCache(_repairs)


def is_suspicious(row: str) -> bool:
    """The result of `ftfy.badness.is_bad`, computed only from the non-ASCII characters of a line and their neighbours, which is faster.

    >>> is_suspicious("the rôle"), is_suspicious("dÃ©jÃ ")
    (False, True)
    """
    if not BAD.search(row):
        return False
    badness = _badness()
    for match in BEYOND.finditer(row):
        if COMMON_MARKS.issuperset(match[0]):
            continue
        start, end = match.span()
        start = start - BESIDE if start > BESIDE else 0
        if BAD.search(row, start, end + BESIDE) and badness.search(row, start, end + BESIDE):
            return True
    return False


@cache
def _badness() -> re.Pattern[str]:
    """The pattern of ftfy.badness. Its module is run by itself, since loading the whole library takes longer than cleaning a text."""
    library = find_spec("ftfy")
    path = Path(str(library and library.origin)).with_name("badness.py")
    status = path.stat()

    def form() -> str:
        spec = spec_from_file_location("ftfy_badness", path)
        assert spec and spec.loader  # the path of a module of Python has both
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return str(module.BADNESS_RE.pattern)

    return kept().pattern(f"ftfy.badness {status.st_size} {status.st_mtime_ns}", form, re.VERBOSE)


def read_again(row: str) -> str:
    """The result of `ftfy.fix_encoding` for a suspicious line; the common case (one codec's bytes are UTF-8) is computed here, faster.

    >>> read_again("d\xc3\xa9j\xc3\xa0"), read_again("won\u00e2\u20ac\u2122t")
    ('déjà', 'won’t')
    """
    fixed = _read_straight(row)
    if fixed is not None:
        return read_again(fixed) if is_suspicious(fixed) else fixed
    from ftfy import fix_encoding  # imported here because most lines need only what is above

    if " " in row and "\xed" not in row and "\x1a" not in row:  # the two that ftfy treats specially
        mended = [_word_again(word) for word in row.split(" ")]  # one correct letter among them, and no codec decodes the line
        hopeless = {word for word in mended if not word.isascii() and is_suspicious(word)}
        whole = " ".join(mended)
        rest = " ".join([word for word in mended if word not in hopeless]) if hopeless else whole
        if whole != row and all(fix_encoding(word) == word for word in hopeless) and not is_suspicious(rest):
            return whole
    return str(fix_encoding(row))


@cache
def _lenient_windows() -> Any:
    """The table to encode with ftfy's own reading of Windows-1252: undefined bytes are those of Latin-1, and a lost character is a substitute."""
    letters = [bytes((byte,)).decode("windows-1252", "replace") for byte in range(256)]
    letters = [chr(byte) if letter == "\ufffd" else letter for byte, letter in enumerate(letters)]
    letters[0x1A] = "\ufffd"
    return charmap_build("".join(letters))


def _read_straight(row: str) -> str | None:
    """The bytes of a line in one of the two codecs that ftfy tries first, decoded as UTF-8; None if they are not UTF-8."""
    try:
        raw = row.encode("latin-1")
    except UnicodeEncodeError:
        try:
            raw = charmap_encode(row, "strict", _lenient_windows())[0]
        except UnicodeEncodeError:
            return None
    try:
        fixed = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lossy = b"\xed" in raw or b"\x1a" in raw  # surrogates and lost bytes, which ftfy treats specially
    return None if lossy else fixed


@remembered(1 << 12)
def _word_again(word: str) -> str:
    """A single word repaired; the same word if it does not look bad or no codec decodes it."""
    if word.isascii() or not is_suspicious(word):
        return word
    fixed = _read_straight(word)
    if fixed is None:
        return word
    return read_again(fixed) if is_suspicious(fixed) else fixed


def _is_doubtful(text: str, edit: Edit) -> bool:
    """True for a capital Ã or Â that may be correct: before a space or a closing mark, or at the end of a word in capitals."""
    if len(edit.raw) > 2 or edit.raw[:1] not in ("Ã", "Â"):
        return False
    before, after = text[edit.start - 1 : edit.start], text[edit.end : edit.end + 1]
    if edit.raw == "Â" and after in SIGNS and not before.isalpha():
        return False  # as in Â£40
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
    """The edits from a line to its repaired form, word by word if the words correspond."""
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
    """The single edit between two words that share only their two ends, or None for other words.

    The middles share no character, so a comparison of all characters would return the same edit.
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


C1 = {chr(byte): meant for byte in range(0x80, 0xA0) if byte != 0x85 and (meant := bytes((byte,)).decode("windows-1252", "ignore"))}
C1_CONTROLS = frozenset(C1)
C1_IN_ROW = pattern("[\xc0-\xff][\x80-\x9f]|[\x80-\x9f]{3}")  # UTF-8 that could not be repaired, or letters of another code page
NEXT_LINE = "\x85"  # an ellipsis if there are other such characters, else a line end


@rule(
    "c1-control",
    layer="encoding",
    summary="Control characters from U+0080 to U+009F become the Windows-1252 marks with the same bytes (\\x92 becomes ’).",
    wrong_when=(
        "Wrong when the bytes are letters in another code page. So they are changed only next to letters "
        "of the Latin alphabet, digits or marks, and not next to Cyrillic, Greek or Chinese."
    ),
    needs=C1,
    order=25,
)
def c1_controls(text: str) -> Iterator[Edit]:
    r"""Edits that turn such control characters into marks.

    >>> [edit.new for edit in c1_controls("the State\x92s \x93plan\x94")]
    ['’', '“', '”']
    """
    letters = alphabet(text)
    if C1_CONTROLS.isdisjoint(letters):
        return
    for number, row in enumerate(lines_of(text)):
        if row.isascii() or C1_CONTROLS.isdisjoint(row) or not _is_latin_row(row):
            continue
        at = starts_of(text)[number]
        for place, character in enumerate(row):
            if meant := C1.get(character) or ("…" if character == NEXT_LINE else ""):
                yield Edit(at + place, at + place + 1, character, meant)


def _is_latin_row(row: str) -> bool:
    """True for a line of Latin letters in which no two non-ASCII characters indicate another encoding."""
    return all(letter <= "\u024f" or not letter.isalpha() for letter in row) and not C1_IN_ROW.search(row)


APOSTROPHE = pattern("(?<=[A-Za-z])[?\ufffd](?=(?:<spacing.contracted:en>|m)(?![A-Za-z=]))")
SUSPECT = pattern(
    r"(?<=[\s(])\?(?=[A-Za-z])|(?<=[A-Za-z,.])\?(?=[a-z]{3,})|(?<!\?)\?{2,}+(?=[A-Za-z])|(?<=[A-Za-z,.] )\?(?= [A-Za-z])|(?<=[a-z] )\?{3,}(?= [a-z])"
)
SPACED = pattern(r"\w [;:!](?=\s)|« ")  # a text with a space before its marks, as in French
ENTITY = pattern(r"&(?:#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5})|[A-Za-z]{2,8}\d{0,2});")
UNCLOSED = pattern(r"&(?:amp|nbsp|quot|[rl][sd]quo|[nm]dash|hellip)(?![\w;=])")  # a copy lost the semicolon
ADDRESS = "/=&"  # in a token with one of these, a question mark belongs to a web address
LONGEST_TOKEN = 80


@rule(
    "lost-apostrophe",
    layer="encoding",
    summary=(
        "A question mark that replaced an apostrophe inside a word (State?s, isn?t) becomes an apostrophe; other lost characters are flagged."
    ),
    wrong_when=(
        "Wrong when a question is followed, without a space, by letters that look like an ending (Why?d). In web addresses "
        "nothing is changed. The new apostrophe is curly if all apostrophes of the text are."
    ),
    needs="?\ufffd",
    order=60,
)
def lost_apostrophes(text: str) -> Iterator[Edit | Flag]:
    """Edits that restore apostrophes, and flags at other lost characters.

    >>> [edit.new for edit in lost_apostrophes("the State?s role")]
    ["'"]
    """
    if "?" not in text and "\ufffd" not in text:
        return
    curly = "’" in text and "'" not in text
    for match in matches_at(APOSTROPHE, text, "?\ufffd"):
        if not _in_address(text, match.start()):
            yield Edit(match.start(), match.end(), match[0], "’" if curly else "'")
    spaced = " ? " in text and SPACED.search(text) is not None
    for match in matches_at(SUSPECT, text, "?"):
        if spaced and text[match.start() - 1] == " " and text[match.end() : match.end() + 1] == " ":
            continue
        if not _in_address(text, match.start()):
            yield Flag("N614", match.start(), match.end(), "this question mark may be a lost character; it is not changed")


def _in_address(text: str, at: int) -> bool:
    """True if the token at an offset is a web address."""
    start = max(text.rfind(" ", max(0, at - LONGEST_TOKEN), at), text.rfind("\n", max(0, at - LONGEST_TOKEN), at)) + 1
    end = at + 1
    while end < min(len(text), at + LONGEST_TOKEN) and not text[end].isspace():
        end += 1
    token = text[start:end]
    return any(mark in token for mark in ADDRESS)


@rule(
    "entity",
    layer="encoding",
    summary="HTML character references that a copy did not resolve (&amp; &nbsp; &#8217;) become their characters.",
    wrong_when="Wrong when a text is about markup; so a text with tags is not changed.",
    needs="&",
    order=70,
)
def entities(text: str) -> Iterator[Edit]:
    """Edits that resolve HTML character references.

    >>> [edit.new for edit in entities("Science &amp; Technology")]
    ['&']
    """
    if "&" not in text or "</" in text:
        return
    for match in (*ENTITY.finditer(text), *UNCLOSED.finditer(text)):
        name = match[0][1:]
        if name[0] != "#" and name[-1] == ";" and name not in html5:
            continue
        new = html.unescape(match[0].rstrip(";") + ";")
        if len(new) == 1 and (new.isprintable() or new in SPACE_LIKE + UNSEEN) and new not in "<>":
            yield Edit(match.start(), match.end(), match[0], new)
