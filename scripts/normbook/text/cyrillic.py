"""Russian in an encoding of one byte a letter that was read as Latin-1: lines of accented letters and hardly any other."""

from __future__ import annotations

from itertools import pairwise

from normbook.text.line_cache import remembered

SHORTEST = 12  # letters below which a line proves nothing by itself
BELOW = 3  # the same in a text that holds such a line
FREQUENT = frozenset("оеаинтсрвлк")  # six letters in ten of a Russian text
BYTES = {name: {byte: bytes((byte,)).decode(name, "replace") for byte in range(0xA0, 0x100)} for name in ("windows-1251", "koi8-r")}
TABLES = {"windows-1251": BYTES["windows-1251"], "koi8-r": {byte: letter for byte, letter in BYTES["koi8-r"].items() if letter.isalpha()}}


@remembered(1 << 10)
def as_cyrillic(row: str, least: int = SHORTEST) -> str | None:
    """A line as it reads in Windows-1251 or KOI8-R, None for one that is not plainly Russian in either.

    >>> as_cyrillic("Ñòîðîíû äîãîâîðèëèñü î êàðòàõ."), as_cyrillic("là-bas, déjà, été, où ça")
    ('Стороны договорились о картах.', None)
    """
    letters = [letter for letter in row if letter.isalpha() or letter in "¸¨£³"]
    high = sum("\xa0" <= letter <= "\xff" for letter in letters)
    if high < least or high * 2 < len(letters):
        return None
    shares = {name: _share(row.translate(table)) for name, table in TABLES.items()}
    name = max(shares, key=lambda each: shares[each])
    return row.translate(TABLES[name]) if shares[name] > 0.5 else None


def _share(read: str) -> float:
    """How many of the Cyrillic letters of a line are frequent ones in small letters or, in a line of capitals, in capitals; 0 where cases are mixed as in no word."""
    letters = [letter for letter in read if "\u0400" <= letter <= "\u04ff"]
    if not letters:
        return 0.0
    inner = sum(one.islower() and two.isupper() for one, two in pairwise(read))
    return 0.0 if inner * 10 > len(letters) else sum(letter.lower() in FREQUENT for letter in letters) / len(letters)
