"""Record ids: whether a name is valid as an id and as a file name on every system, and which letters are lookalikes."""

from __future__ import annotations

import re
import unicodedata

from normbook.languages.language import lookalikes
from normbook.records.yaml.hidden import find_hidden

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
MAX_LENGTH = 80
LIST_PAGE = "index"
DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
)  # reserved by Windows


def name_fault(name: str) -> tuple[str, str, str] | None:
    """Why a name is not valid as an id or file name: code, message and remedy; None if it is valid."""
    if name == LIST_PAGE:
        return "N127", f"{name!r} is the name of the page that lists all records of a type", "choose another id"
    if ID.match(name) and len(name) <= MAX_LENGTH and name not in DEVICE_NAMES:
        return None
    if name in DEVICE_NAMES:
        return "N127", f"{name!r} is a reserved device name on Windows and cannot be used as a file name there", "choose another id"
    if len(name) > MAX_LENGTH:
        return "N127", f"the name has {len(name)} characters, the limit is {MAX_LENGTH}", "choose a shorter id"
    if "/" in name or "\\" in name or name in (".", "..") or re.match("[A-Za-z]:", name):
        return "N127", f"expected a name, found the path {name!r}", "write only the name; the folder follows from the type"
    if unicodedata.normalize("NFC", name) != name:
        return "N129", f"{display(name)} is written with combining characters (not in Unicode form NFC)", f"write {suggested_id(name)!r}"
    if not name.isascii():
        return (
            "N126",
            f"{display(name)} is not a valid id: {', '.join(unusual_letters(name))}",
            f"write {suggested_id(name)!r}" if suggested_id(name) else "use a to z, 0 to 9 and hyphens",
        )
    return (
        "N127",
        f"{display(name)} is not a valid id: an id starts with a letter and has only a to z, 0 to 9 and single hyphens between them",
        f"write {suggested_id(name)!r}" if suggested_id(name) else "choose another id",
    )


def suggested_id(name: str) -> str:
    """The valid id that a name looks like, empty if there is none.

    >>> suggested_id("gіds"), suggested_id("Café_Tides"), suggested_id("数据")
    ('gids', 'cafe-tides', '')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(
        lookalikes().get(letter, letter) for letter in plain if not unicodedata.combining(letter) and not any(find_hidden(letter))
    )
    word = re.sub("[-. ]+", "-", letters).strip("-")[:MAX_LENGTH]
    return word if ID.match(word) else ""


def unusual_letters(name: str) -> list[str]:
    """The letters of a name that are not ASCII (at most four), each with its position, its Unicode name, and the letter it looks like.

    >>> unusual_letters("gіds")
    ["letter 2 is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I, which looks like 'i'"]
    """
    descriptions = []
    for number, letter in enumerate(name, 1):
        if not letter.isascii():
            base = unicodedata.normalize("NFKD", letter).casefold()[:1]
            base = lookalikes().get(base, base)
            note = f", which looks like {base!r}" if base.isascii() and base.isprintable() and base != " " else ""
            descriptions.append(f"letter {number} is U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed character')}{note}")
    return descriptions[:4]


def display(name: str) -> str:
    """A name as findings show it: in quotation marks, hidden characters as escapes, shortened to MAX_LENGTH code points.

    >>> display("a\\u200bb")
    "'a\\\\u200bb'"
    """
    escaped = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
    return f"'{escaped if len(escaped) <= MAX_LENGTH else escaped[: MAX_LENGTH - 1] + '…'}'"
