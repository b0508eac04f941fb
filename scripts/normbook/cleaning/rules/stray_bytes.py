"""Bytes of a text that are not valid UTF-8: they are read in the one encoding that makes plain text of all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from normbook.cleaning.rule import rule
from normbook.cleaning.rules.code_pages import table_of_bytes
from normbook.languages.language import Words, pattern, simplified
from normbook.text.characters import alphabet
from normbook.text.ledger import Edit
from normbook.text.line_cache import remembered

STRAY_BYTES = frozenset(map(chr, range(0xDC80, 0xDD00)))
RUN = pattern("[\udc80-\udcff]+")
OTHER = pattern("[^\x00-\x7f\udc80-\udcff]")
GB_PAIRS = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe])+\Z")
WESTERN = frozenset("‘’“”–—…•·«»°§©®£€éèêëàâäáãåæçíìîïñóòôöõøúùûüýÿ\u0153ßÉÈÊÀÂÄÁÅÆÇÍÎÑÓÔÖØÚÜ\u0152¿¡½ªº \xa0".replace(" ", ""))
CYRILLIC = pattern("[\u0430-\u044f\u0451]")
SHORTEST_STRAY = 12  # letters; a shorter run of Cyrillic may be chance
BY_CHANCE = 3  # stray bytes for each pair that happens to be valid UTF-8, in a text that is not UTF-8
LEAST_WIDE = 12  # letters of a text in an East Asian encoding; fewer may be chance
SYLLABLE = pattern("[\uac00-\ud7a3]")
HIRAGANA = pattern("[\u3041-\u3096]")
WIDE = pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
FREQUENT_RUSSIAN = Words("grammar.frequent-letters", part="ru")
RUSSIAN_SHARE = 0.4  # of frequent letters; Greek in this table has fewer
FREQUENT_KOREAN = Words("grammar.frequent-letters", part="ko")
FREQUENT_CHINESE = Words("grammar.frequent-letters", part="zh")
KOREAN_SHARE, CHINESE_SHARE, HIRAGANA_SHARE = 0.12, 0.1, 0.2  # of frequent letters in a text; another reading has a few in a hundred
LATIN_PAIRS = pattern("(?:[\xa1-\xfe]{2})+")
LATIN_LETTERS = frozenset(map(chr, range(0xA1, 0xFF)))


@rule(
    "stray-bytes",
    layer="encoding",
    summary=(
        "Bytes that are not valid UTF-8 are read as GBK, Big5, Shift JIS, EUC-JP, EUC-KR, KOI8-R or a Windows or DOS table where exactly one "
        "of them makes plain text of all of them."
    ),
    wrong_when=(
        "Wrong when a file mixes encodings in such a way that one happens to fit all; in any other case the bytes are not changed "
        "but flagged, and the encoding can be declared."
    ),
    needs=STRAY_BYTES,
    order=10,
)
def stray_bytes(text: str) -> Iterator[Edit]:
    r"""Edits that decode bytes which are not UTF-8.

    >>> [edit.new for edit in stray_bytes("the State\udc92s r\udcf4le")]
    ['’', 'ô']
    """
    if STRAY_BYTES.isdisjoint(alphabet(text)):
        return
    runs = RUN.findall(text)
    raws = [run.encode("utf-8", "surrogateescape") for run in runs]
    others = len(OTHER.findall(text))
    mixed = others > 0
    if others * BY_CHANCE < sum(map(len, runs)) and (wide := _east_asian(text)):
        yield from _by_line(text, wide)
        return
    tests: tuple[tuple[str, Callable[[list[bytes]], bool]], ...] = (
        ("gb2312", _is_chinese),
        ("windows-1252", _is_western),
        ("windows-1251", _is_cyrillic),
        ("koi8-r", _is_koi8),
    )
    fitting = [name for name, fits in tests if fits(raws)]
    if (
        not fitting
        and others * BY_CHANCE < sum(map(len, runs))
        and (table := table_of_bytes(text.encode("utf-8", "surrogateescape").decode))
    ):
        yield from _by_line(text, table)
        return
    if len(fitting) != 1 or (mixed and fitting[0] != "windows-1252"):
        return
    for match in RUN.finditer(text):
        new = match[0].encode("utf-8", "surrogateescape").decode(fitting[0])
        yield Edit(match.start(), match.end(), match[0], new)


def _by_line(text: str, encoding: str) -> Iterator[Edit]:
    """The edits that decode each line as a whole: a second byte may be a letter of ASCII."""
    at = 0
    for row in text.split("\n"):
        if not row.isascii():
            new = row.encode("utf-8", "surrogateescape").decode(encoding)
            yield Edit(at, at + len(row), row, new)
        at += len(row) + 1


def _east_asian(text: str) -> str | None:
    """The East Asian encoding in which a text is plainly Korean, Japanese or Chinese, or None."""
    raw = text.encode("utf-8", "surrogateescape")
    found: dict[str, float] = {}
    for name, measure in (("cp949", korean), ("cp932", _japanese), ("euc_jp", _japanese), ("big5", _chinese), ("gb18030", _chinese)):
        try:
            read = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if len(WIDE.findall(read)) >= LEAST_WIDE:
            found[name] = measure(read)
    best = max(found, key=lambda name: found[name], default=None)
    return best if best and found[best] >= 1 else None


def korean(read: str) -> float:
    """How plainly a text is Korean, 1 or more if it is: the share of frequent syllables, measured by the least share of a text."""
    syllables = SYLLABLE.findall(read)
    if len(syllables) * 10 < len(WIDE.findall(read)) * 9 or not syllables:
        return 0.0
    return sum(map(Counter(syllables).__getitem__, FREQUENT_KOREAN)) / len(syllables) / KOREAN_SHARE


def _japanese(read: str) -> float:
    return len(HIRAGANA.findall(read)) / max(len(WIDE.findall(read)), 1) / HIRAGANA_SHARE


def _chinese(read: str) -> float:
    wide = WIDE.findall(simplified(read))
    return sum(map(Counter(wide).__getitem__, FREQUENT_CHINESE)) / max(len(wide), 1) / CHINESE_SHARE


def _is_chinese(raws: list[bytes]) -> bool:
    if not all(GB_PAIRS.match(raw) for raw in raws):
        return False
    try:
        read = "".join(raw.decode("gb2312") for raw in raws)
    except UnicodeDecodeError:
        return False
    everyday = sum(0xB0 <= byte < 0xD8 for raw in raws for byte in raw[::2])
    han = sum("\u4e00" <= c <= "\u9fff" for c in read)
    return han >= 8 and everyday * 10 >= han * 9


def _is_western(raws: list[bytes]) -> bool:
    """True for single non-ASCII letters and marks among ASCII: no run of four, and only characters of Western European writing."""
    try:
        read = [raw.decode("windows-1252") for raw in raws]
    except UnicodeDecodeError:
        return False
    return all(len(run) <= 3 and WESTERN.issuperset(run) for run in read)


def _is_cyrillic(raws: list[bytes]) -> bool:
    try:
        read = "".join(raw.decode("windows-1251") for raw in raws)
    except UnicodeDecodeError:
        return False
    letters = sum("\u0400" <= c <= "\u04ff" for c in read)
    frequent = sum(map(read.count, FREQUENT_RUSSIAN))
    return (
        letters >= SHORTEST_STRAY
        and len(CYRILLIC.findall(read)) * 4 >= letters * 3
        and letters * 20 >= len(read) * 17
        and frequent >= letters * RUSSIAN_SHARE
    )


def _is_koi8(raws: list[bytes]) -> bool:
    try:
        read = "".join(raw.decode("koi8-r") for raw in raws)
    except UnicodeDecodeError:
        return False
    letters = sum("\u0400" <= c <= "\u04ff" for c in read)
    inner = sum(one.islower() and two.isupper() for one, two in pairwise(read))
    return (
        letters >= SHORTEST_STRAY
        and len(CYRILLIC.findall(read)) * 4 >= letters * 3
        and inner * 10 < letters
        and letters * 20 >= len(read) * 17
    )


@remembered(4)
def reads_as_korean(text: str) -> bool:
    """True if the pairs of Latin-1 letters of a text are Korean in EUC-KR.

    >>> reads_as_korean("\ud56d\uad6c\uc758 \ud574\ub3c4\ub97c \ubd04\uc5d0 \uacf5\uac1c\ud55c\ub2e4\uace0 \ub9d0\ud588\ub2e4".encode("euc-kr").decode("latin-1"))
    True
    """
    if sum(map(text.count, alphabet(text) & LATIN_LETTERS)) < 2 * LEAST_WIDE:
        return False
    runs = LATIN_PAIRS.findall(text)
    if sum(map(len, runs)) < 2 * LEAST_WIDE:
        return False
    try:
        read = "".join(run.encode("latin-1").decode("euc_kr") for run in runs)
    except UnicodeDecodeError:
        return False
    return korean(read) >= 1


@rule(
    "euc-kr-as-latin",
    layer="encoding",
    summary="Korean in EUC-KR that was decoded as Latin-1 or Windows-1252 is decoded as EUC-KR.",
    wrong_when="Wrong when a text lists such pairs of signs on purpose. So all pairs of such letters must be Korean syllables, and many of them frequent ones.",
    needs=frozenset(map(chr, range(0xB0, 0xC9))),
    order=25,
)
def euc_kr_as_latin(text: str) -> Iterator[Edit]:
    """Edits that decode Korean which was decoded as Latin-1."""
    if reads_as_korean(text):
        for match in LATIN_PAIRS.finditer(text):
            yield Edit(match.start(), match.end(), match[0], match[0].encode("latin-1").decode("euc_kr"))
