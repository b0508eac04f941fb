"""Names of records: whether a word can be an id and a file's name everywhere, and which letters only look right."""

from __future__ import annotations

import re
import unicodedata

from normbook.languages.language import lookalikes
from normbook.records.yaml.hidden import find_hidden

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
LONGEST = 80
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))})  # of Windows


def fault_of(name: str) -> tuple[str, str, str] | None:
    """Why a word can be no id or file's name: the code, what is wrong, and the remedy; None where it can be one."""
    if ID.match(name) and len(name) <= LONGEST and name not in DEVICES:
        return None
    if name in DEVICES:
        return "N127", f"{name!r} is the name of a device on Windows: no file there can be called so", "choose another id"
    if len(name) > LONGEST:
        return "N127", f"the name has {len(name)} characters, {LONGEST} are allowed", "choose a shorter id"
    if "/" in name or "\\" in name or name in (".", "..") or re.match("[A-Za-z]:", name):
        return "N127", f"{name!r} is a path, not a name", "write the name alone; the folder is the type"
    if unicodedata.normalize("NFC", name) != name:
        return "N129", f"{shown(name)} is written with combining characters (not in Unicode form NFC)", f"write {meant(name)!r}"
    if not name.isascii():
        return (
            "N126",
            f"{shown(name)} is no id: {', '.join(odd(name))}",
            f"write {meant(name)!r}" if meant(name) else "write a to z, 0 to 9 and hyphens",
        )
    return "N127", f"{shown(name)} is no id: only a to z, 0 to 9 and single hyphens between them, the first a letter", f"write {meant(name)!r}" if meant(name) else "choose such a name"  # fmt: skip


def meant(name: str) -> str:
    """The id that a word looks like, empty where it looks like none.

    >>> meant("gіds"), meant("Café_Tides"), meant("数据")
    ('gids', 'cafe-tides', '')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(
        lookalikes().get(letter, letter) for letter in plain if not unicodedata.combining(letter) and not any(find_hidden(letter))
    )
    word = re.sub("[-. ]+", "-", letters).strip("-")[:LONGEST]
    return word if ID.match(word) else ""


def odd(name: str) -> list[str]:
    """The letters of a word that are not ASCII, each with its place, its name, and the one it looks like.

    >>> odd("gіds")
    ["letter 2 is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I, which looks like 'i'"]
    """
    found = []
    for number, letter in enumerate(name, 1):
        if not letter.isascii():
            like = unicodedata.normalize("NFKD", letter).casefold()[:1]
            like = lookalikes().get(like, like)
            looks = f", which looks like {like!r}" if like.isascii() and like.isprintable() and like != " " else ""
            found.append(f"letter {number} is U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}{looks}")
    return found[:4]


def shown(name: str) -> str:
    """A word as findings show it: hidden characters as escapes, a long one cut off.

    >>> shown("a\\u200bb")
    "'a\\\\u200bb'"
    """
    quoted = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
    return f"'{quoted if len(quoted) <= LONGEST else quoted[: LONGEST - 1] + '…'}'"
