"""What is taken from a received file: its text, the map back to the file, marks, and facts that the file states about itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from normbook.text.tagged import NO_TAGS, TaggedPage

# written: the bytes, decoded, are the characters (line ends as LF)
# reference: the bytes are a character reference, such as &amp;
# space: the bytes are white space that shows as one space
# made: a line end, a tab, the number of a list item, the mark of a quotation or the stroke of a fraction, which the file does not hold; the bytes are the
# markup that makes it
Origin = Literal["written", "reference", "space", "made"]


class Box(NamedTuple):
    """A part of a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Stretch(NamedTuple):
    """A piece of the received text, and where it stands; `element` is an entry of `Intake.elements`.

    `first` to `last` are bytes of a web page; in a Word document, characters of the element's text in the file `part` of the archive; in a PDF file,
    characters of the page as its reader counts them (UTF-16 units), and `box` is the line on the page.
    """

    start: int
    end: int
    origin: Origin
    first: int
    last: int
    element: int
    part: str = ""
    box: Box | None = None


class Mark(NamedTuple):
    """Something known about a place of the received text: a heading, a note's mark, words that were inserted, deleted or hidden, the reading of a word.

    Deleted and hidden words and readings are not in the received text: `start` and `end` are the place where they would stand, `text` holds them.
    """

    kind: str
    start: int
    end: int
    text: str
    first: int
    last: int
    element: int
    part: str = ""


class Element(NamedTuple):
    """A part of the file's structure: its name, the entry of what holds it (-1 for none), and its number among those of the same name there."""

    name: str
    parent: int
    number: int


class Fact(NamedTuple):
    """What a file states about itself: the field, its value, the words that state it, and their bytes."""

    field: str
    value: str
    evidence: str
    first: int
    last: int


class Refused(ValueError):  # noqa: N818  # not a fault of the program: the file is not taken in
    """Why a file is not taken in: a code of the findings, what was found, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True)
class Intake:
    """A received text with its map.

    1. The stretches of `map` follow each other without gaps from 0 to the length of `text`.
    2. The bytes of a stretch, decoded by `encoding`, give its characters, as its origin says.
    3. If the file was refused, `text` is empty and `refused` says why.
    """

    text: str
    map: tuple[Stretch, ...] = ()
    marks: tuple[Mark, ...] = ()
    elements: tuple[Element, ...] = ()
    encoding: str = "utf-8"
    facts: tuple[Fact, ...] = ()
    counts: Literal["bytes", "characters", "units"] = "bytes"  # what `first` and `last` count; units are those of UTF-16
    refused: Refused | None = None
    page: TaggedPage = NO_TAGS  # the tags of a web page
    starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def places(self, start: int, end: int) -> tuple[Stretch, ...]:
        """The stretches that hold the characters from `start` to `end`; those written on one line are cut to these characters."""
        if not self.starts:
            self.starts.extend(each.start for each in self.map)
        first = max(0, bisect_right(self.starts, start) - 1)
        held = self.map[first : bisect_left(self.starts, end, first)]
        return tuple(self._cut(each, max(start, each.start), min(end, each.end)) for each in held if each.end > start)

    def _cut(self, each: Stretch, start: int, end: int) -> Stretch:
        """A part of a stretch, if its characters have places of their own."""
        text = self.text[each.start : each.end]
        if each.origin != "written" or "\n" in text or (start, end) == (each.start, each.end):
            return each
        first, last = (each.first + self._size(text[: place - each.start]) for place in (start, end))
        return each._replace(start=start, end=end, first=first, last=last, box=None)

    def _size(self, text: str) -> int:
        """How much of the file a piece of text takes, in what the file counts."""
        if self.counts == "characters":
            return len(text)
        if self.counts == "units":
            return len(text.encode("utf-16-le")) // 2
        return len(text.encode(self.encoding, "strict" if self.encoding.startswith("utf-16") else "surrogateescape"))

    def path(self, element: int) -> str:
        """The path of an element from the root of the file, as XPath writes it; empty for no element."""
        steps = []
        while element >= 0:
            name, element, number = self.elements[element]
            steps.append(f"{name}[{number}]")
        return "".join(f"/{step}" for step in reversed(steps))

    def as_json(self) -> dict[str, Any]:
        """The map and the marks as JSON values; each stretch with the path of its element."""
        paths = {element: self.path(element) for element in {*(each.element for each in self.map), *(each.element for each in self.marks)}}

        def place(each: Stretch | Mark) -> dict[str, Any]:
            where = {"start": each.start, "end": each.end, "first": each.first, "last": each.last, "path": paths[each.element]}
            return {**where, "part": each.part} if each.part else where

        def box(each: Stretch) -> dict[str, Any]:
            return {"box": [round(edge, 2) for edge in each.box]} if each.box else {}

        return {
            "map": [{"origin": each.origin, **place(each), **box(each)} for each in self.map],
            "marks": [{"kind": each.kind, "text": each.text, **place(each)} for each in self.marks],
        }
