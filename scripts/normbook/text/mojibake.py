"""The rule for text that was decoded with the wrong encoding, by ftfy, asked only where a line is suspicious."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from normbook.text.characters import is_well_kept, unusual
from normbook.text.edits import Edit

SAFE = frozenset("’‘“”–—…\xa0éèêëàâäáçíìîïñóòôöúùûüæøœß")
ADJACENT = re.compile("[\x80-\U0010ffff]{2}")
LONGEST = 2_000  # code points of a line that are compared character by character


def repair(text: str) -> Iterator[Edit]:
    r"""Mojibake (UTF-8 read as Latin-1 or Windows-1252, also several times over) is read again as it was meant.

    Wrong when a line quotes mojibake on purpose. Only lines that ftfy's own heuristic finds bad are touched, and only
    by its encoding repair; nothing else of ftfy is used, since it would uncurl quotes and so hide evidence.

    >>> [(edit.raw, edit.new) for edit in repair("l\xc3\xa0-bas, d\xc3\xa9j\xc3\xa0")]
    [('Ã\xa0', 'à'), ('Ã©', 'é'), ('Ã\xa0', 'à')]
    """
    if is_well_kept(text):
        return
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    at = 0
    found: list[Edit] = []
    for row in text.split("\n"):
        if not row.isascii() and not is_sound(row) and is_bad(row):
            fixed = fix_encoding(row)
            if fixed != row and "\n" not in fixed and "\r" not in fixed:
                found += _changes(row, fixed, at)
        at += len(row) + 1
    certain = [edit for edit in found if not _is_doubtful(text, edit)]
    yield from found if len(certain) > len(found) // 2 else certain


@lru_cache(maxsize=1 << 12)
def is_sound(row: str) -> bool:
    """True for a line whose characters beyond ASCII are small letters and marks of well-kept writing, no two of them side by side: no mojibake.

    >>> is_sound("the État’s rôle"), is_sound("la-bas, dÃ©jÃ")
    (False, False)
    >>> is_sound("the rôle – as agreed – of the ‘pact’")
    True
    """
    return SAFE.issuperset(unusual(row)) and not ADJACENT.search(row)


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
    if len(words) == len(fixed) > 1:
        for one, two in zip(words, fixed, strict=True):
            if one != two:
                yield from _changes(one, two, offset)
            offset += len(one) + 1
        return
    if len(old) > LONGEST:
        yield Edit(offset, offset + len(old), old, new, ("mojibake",))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(offset + a, offset + b, old[a:b], new[c:d], ("mojibake",))
