"""The rule for bytes that are no UTF-8: read again where one other encoding, and only one, makes plain text of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.text.characters import alphabet
from normbook.text.edits import Edit
from normbook.text.rule import rule

BYTES = frozenset(map(chr, range(0xDC80, 0xDD00)))
RUN = re.compile("[\udc80-\udcff]+")
OTHER = re.compile("[^\x00-\x7f\udc80-\udcff]")
GB_PAIRS = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe])+\Z")
WESTERN = frozenset("‘’“”–—…•·«»°§©®£€éèêëàâäáãåæçíìîïñóòôöõøúùûüýÿœßÉÈÊÀÂÄÁÅÆÇÍÎÑÓÔÖØÚÜŒ¿¡½ªº \xa0".replace(" ", ""))
CYRILLIC = re.compile("[а-яё]")
SHORTEST = 12  # letters below which a run of Cyrillic proves nothing


@rule(
    "stray-bytes",
    layer="encoding",
    summary=(
        "Bytes that are no UTF-8 are read as GBK, Windows-1252 or Windows-1251 where exactly one of them makes plain text of all of them."
    ),
    wrong_when=(
        "Wrong when a file mixes encodings by chance in such a way that one fits all; short of that the bytes stay, "
        "flagged, and the encoding can be declared."
    ),
    needs=BYTES,
    order=10,
)
def stray_bytes(text: str) -> Iterator[Edit]:
    r"""Edits that decode stray bytes.

    >>> [edit.new for edit in stray_bytes("the State\udc92s r\udcf4le")]
    ['’', 'ô']
    """
    if BYTES.isdisjoint(alphabet(text)):
        return
    runs = RUN.findall(text)
    raws = [run.encode("utf-8", "surrogateescape") for run in runs]
    mixed = OTHER.search(text) is not None
    fitting = [
        name for name, fits in (("gb2312", _is_chinese), ("windows-1252", _is_western), ("windows-1251", _is_cyrillic)) if fits(raws)
    ]
    if len(fitting) != 1 or (mixed and fitting[0] != "windows-1252"):
        return
    for match in RUN.finditer(text):
        new = match[0].encode("utf-8", "surrogateescape").decode(fitting[0])
        yield Edit(match.start(), match.end(), match[0], new)


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
    """Single letters and marks among ASCII ones: no run of four, and nothing but what Western European writing holds."""
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
    return letters >= SHORTEST and len(CYRILLIC.findall(read)) * 4 >= letters * 3 and letters * 20 >= len(read) * 17
