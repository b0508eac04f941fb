"""Letters of another alphabet that look the same: a Latin c in a Russian word, a Cyrillic o in an English one.

Keyboards and character recognition produce them, and no search finds such words. A letter is changed only if the rest of its
word shows the alphabet of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.cleaning.rule import rule
from normbook.text.characters import alphabet
from normbook.text.ledger import Edit
from normbook.text.line_cache import LineCache, lines_of, starts_of

LATIN_TWINS = "aceopxyijsABCEHIJKMOPSTXY"
CYRILLIC_TWINS = "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u0423"
TO_CYRILLIC = dict(zip(LATIN_TWINS, CYRILLIC_TWINS, strict=True))
TO_LATIN = dict(zip(CYRILLIC_TWINS, LATIN_TWINS, strict=True))
GREEK_TWINS = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd"
LATIN_AS_GREEK = "ABEZHIKMNOPTYXov"
TO_LATIN |= dict(zip(GREEK_TWINS, LATIN_AS_GREEK, strict=True))
TO_GREEK = dict(zip(LATIN_AS_GREEK, GREEK_TWINS, strict=True))
FEW, SHARE = 2, 3  # letters of the other alphabet in a word: two, or a third
MOSTLY = 3  # how many times as many letters a line must have of one alphabet as of the other
NOT_RUSSIAN = frozenset("ijsIJS")  # their twins are letters of Ukrainian, Serbian and Macedonian, not of Russian
OTHERS = frozenset(map(chr, [*range(0x391, 0x3CA), *range(0x400, 0x460)]))
LATIN = "A-Za-z"
OTHER = "\u0391-\u03c9\u0400-\u045f"
MIXED = re.compile(f"[{LATIN}][{OTHER}]|[{OTHER}][{LATIN}]")
WORD = re.compile(f"[{LATIN}{OTHER}]+")
ROMAN = re.compile(
    "[IVXCM]+(?=[\u0430-\u044f]{1,4}$)|[A-Z]{2,}(?=[\u0430-\u044f])"
)  # a century with its ending, an acronym glued to a word
# a single letter between two words of the other alphabet
ALONE_LATIN = re.compile("(?<=[\u0400-\u045f,] )[acoy](?= [\u0400-\u045f]{2})")
ALONE_CYRILLIC = re.compile("(?<=[A-Za-z,] )\u0430(?= [a-z]{2})")


@rule(
    "look-alike",
    layer="character",
    summary="Letters of another alphabet that look the same inside a word (a Latin c in a Cyrillic word, a Cyrillic o in a Latin one) become those of the word.",
    wrong_when=(
        "Wrong when a name mixes alphabets on purpose. So all letters of one alphabet must have a twin in the other, and at least one letter of the "
        "word must have none; a Roman number before a Cyrillic ending is not changed."
    ),
    needs=OTHERS,
    order=45,
)
def look_alikes(text: str) -> Iterator[Edit]:
    """Edits that give a word the letters of one alphabet.

    >>> [(edit.start, edit.raw.isascii()) for edit in look_alikes("the P\u043ert and \u0440\u0435\u0435c\u0442\u0440")]
    [(5, False), (16, True)]
    """
    if OTHERS.isdisjoint(alphabet(text)):
        return
    starts = starts_of(text)
    for number, found in _found.numbered(lines_of(text)):
        for at, old, new in found:
            yield Edit(starts[number] + at, starts[number] + at + 1, old, new)


def _in_row(row: str) -> tuple[tuple[int, str, str], ...]:
    """The letters of a line that are to be changed, with their places."""
    if row.isascii():
        return ()
    found: list[tuple[int, str, str]] = []
    end = 0
    for joint in MIXED.finditer(row):
        if joint.start() < end:
            continue
        start = joint.start()
        while start and WORD.match(row[start - 1]):
            start -= 1
        word = WORD.match(row, start)
        end = word.end() if word else joint.end()
        found += [(start + k, row[start + k], new) for k, new in _changes(row[start:end], row)]
    found += [(match.start(), match[0], TO_CYRILLIC[match[0]]) for match in ALONE_LATIN.finditer(row)]
    found += [(match.start(), match[0], TO_LATIN[match[0]]) for match in ALONE_CYRILLIC.finditer(row)]
    return tuple(sorted(found))


def _changes(word: str, row: str) -> list[tuple[int, str]]:
    """The letters of a word that get their twins; none if neither alphabet is certain, by the word or by its line."""
    latin = [c for c in word if c.isascii()]
    other = [c for c in word if not c.isascii()]
    twins = TO_GREEK if max(other) < "\u0400" else TO_CYRILLIC
    is_other, is_latin = all(c in twins for c in latin), all(c in TO_LATIN for c in other)
    if is_other and is_latin:
        is_other = _mostly_other(row)
        is_latin = not is_other
    if min(len(latin), len(other)) > max(FEW, len(word) // SHARE):
        return []  # a name made of two words
    if is_latin:
        return [(k, TO_LATIN[c]) for k, c in enumerate(word) if not c.isascii()]
    if is_other and not ROMAN.match(word) and (twins is TO_GREEK or NOT_RUSSIAN.isdisjoint(latin)):
        return [(k, twins[c]) for k, c in enumerate(word) if c.isascii()]
    return []


def _mostly_other(row: str) -> bool:
    """True for a line in Greek or Cyrillic letters."""
    return len(re.findall(f"[{OTHER}]", row)) > MOSTLY * len(re.findall(f"[{LATIN}]", row))


_found = LineCache(_in_row)
