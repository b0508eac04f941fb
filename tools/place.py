"""Where words of a web page, a Word document or a PDF file stand in the file: `python -m tools.place WORDS FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from normbook.intake.intake import Box, Intake, Stretch
from normbook.intake.kinds import kind_of, take_in
from normbook.intake.pdf import boxes_of


def places(words: str, taken: Intake, content: bytes = b"") -> list[str]:
    """A line for each piece of the file that gives the words, at each place where they stand in the received text."""
    lines: list[str] = []
    at = taken.text.find(words)
    while words and at >= 0:
        if taken.counts == "units":
            placed = boxes_of(content, taken, at, at + len(words))
            lines += [f"{words!r}: page {each.page}, {on_page(box)}" for each in placed for box in each.boxes]
            at = taken.text.find(words, at + len(words))
            continue
        lines += [f"{taken.text[each.start : each.end]!r}: {where(each, taken)}" for each in taken.places(at, at + len(words))]
        at = taken.text.find(words, at + len(words))
    return lines


def on_page(box: Box) -> str:
    """A box in words."""
    return f"{box.left:.0f} to {box.right:.0f} points from the left, {box.bottom:.0f} to {box.top:.0f} from the bottom"


def where(each: Stretch, taken: Intake) -> str:
    """The place of a stretch in words."""
    path = taken.path(each.element)
    if each.part:
        return f"{each.part} {path}, " + ("computed" if each.origin == "made" else f"characters {each.first} to {each.last}")
    return f"{path}, bytes {each.first} to {each.last}" + (", which the markup there makes" if each.origin == "made" else "")


if __name__ == "__main__":
    file = Path(sys.argv[2])
    content = file.read_bytes()
    print("\n".join(places(sys.argv[1], take_in(kind_of(file.name), content), content)) or "no such words")
