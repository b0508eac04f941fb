"""Where words of a web page or a Word document stand in the file: `python -m tools.place WORDS FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from normbook.intake.intake import Intake, Stretch
from normbook.intake.kinds import kind_of, take_in


def places(words: str, taken: Intake) -> list[str]:
    """A line for each piece of the file that gives the words, at each place where they stand in the received text."""
    lines: list[str] = []
    at = taken.text.find(words)
    while words and at >= 0:
        lines += [f"{taken.text[each.start : each.end]!r}: {where(each, taken)}" for each in taken.places(at, at + len(words))]
        at = taken.text.find(words, at + len(words))
    return lines


def where(each: Stretch, taken: Intake) -> str:
    """The place of a stretch in words."""
    path = taken.path(each.element)
    if each.part:
        return f"{each.part} {path}, " + ("computed" if each.origin == "made" else f"characters {each.first} to {each.last}")
    return f"{path}, bytes {each.first} to {each.last}" + (", which the markup there makes" if each.origin == "made" else "")


if __name__ == "__main__":
    file = Path(sys.argv[2])
    print("\n".join(places(sys.argv[1], take_in(kind_of(file.name), file.read_bytes()))) or "no such words")
