"""A PDF file as received text: the words of its pages in reading order, each line traced to its page and box.

Each page but the first begins with a form feed. Line ends, blank lines between paragraphs, and a space between words far apart are made up. Running heads, page
numbers, broken words, ligatures and soft hyphens stay: removing them is the work of the rules, so that the ledger shows it. What stands outside a page is
kept as a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from normbook.intake.intake import Box, Element, Fact, Intake, Mark, Origin, Refused, Stretch
from normbook.intake.pdf_guard import PRINT_AGAIN, look_through
from normbook.intake.pdf_layout import Piece, joint, reading_order, usual_drop
from normbook.intake.pdf_packets import packet_facts
from normbook.intake.pdf_pages import Document, Page, character_boxes, holds_programs, picture, properties, read_pages, shown_boxes
from normbook.intake.placed import Placed, wanted_pages

NOTE = re.compile(r"\d{1,3}(?![.,]?\d|[^\W\d_])")
BEFORE_NOTE = re.compile(r"[^\W\d_]|[.,;:!?)\]\"\xbb\u201d\u2019]")
FOOTNOTE = re.compile(r"\d{1,3}(?![.,]?\d|[^\W\d_])")
RAISED, LOW, SMALL, LARGE = (
    0.12,
    0.6,
    0.92,
    1.12,
)  # of a note's mark (its foot, its height), of footnotes and of headings: in sizes of the body's font
LONGEST_HEADING = 200
MOST_BELOW = 2  # lines of the page's footer below its footnotes
DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
FACTS = {
    "Title": "title",
    "Lang": "language",
    "Author": "author",
    "CreationDate": "created",
    "ModDate": "changed",
    "Producer": "producer",
    "Creator": "program",
}
LONGEST = 500  # characters of a value
PLANES = re.compile("[\U00010000-\U0010ffff]|[^\U00010000-\U0010ffff]+")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class PdfFile:
    """A PDF file that stays open while it is taken in and its quotations are looked up."""

    def __init__(self, content: bytes) -> None:
        """Raises Refused for what is no PDF file, for damaged and encrypted ones, those with programs, and those over the limits."""
        look_through(content)
        self.content, self.document = content, Document(content)

    def close(self) -> None:
        """Closes the file."""
        self.document.close()

    def intake(self) -> Intake:
        """The text of the file and its map. Raises Refused for scans, files with programs and those over the limits."""
        if what := holds_programs(self.document):
            raise Refused("N725", f"the file brings {what}", PRINT_AGAIN)
        writer = _Writer()
        for page, wide_gaps in read_pages(self.document):
            writer.pages.append(page)
            writer.ordered.append(reading_order([piece for piece in page.pieces if _meets(piece.box, page.area)], wide_gaps))
        pages = writer.pages
        if not any(page.pieces for page in pages):
            what = "they are pictures" if any(page.has_picture for page in pages) else "they are empty"
            raise Refused("N726", f"no page of the file holds text: {what}", "have its text recognised (OCR), and take in the result")
        writer.write()
        writer.mark_notes(self.document)
        return writer.intake((*_facts(properties(self.document)), *packet_facts(self.content)))

    def boxes(self, taken: Intake, wanted: Sequence[tuple[int, int]]) -> list[list[Placed]]:
        """Where characters of the received text stand, page by page, for each span."""
        return self.boxes_on(wanted_pages(taken, wanted), len(wanted))

    def boxes_on(self, by_page: Mapping[int, Sequence[tuple[int, int, int]]], count: int) -> list[list[Placed]]:
        """The same from what is wanted of each page: the number of the span, and its first and last character as the reader counts them."""
        found: list[list[Placed]] = [[] for _ in range(count)]
        for page, rows in sorted(by_page.items()):
            shown = shown_boxes(self.document, page + 1, [(first, last) for _, first, last in rows])
            held = [(number, box, view) for (number, _, _), box, view in zip(rows, shown.boxes, shown.views, strict=True) if box and view]
            for number in dict.fromkeys(number for number, _, _ in rows):
                own = [(box, view) for other, box, view in held if other == number]
                placed = Placed(page + 1, shown.width, shown.height, tuple(box for box, _ in own), tuple(view for _, view in own))
                found[number].append(placed)
        return found

    def picture(self, page: int, frame: tuple[float, float, float, float]) -> bytes:
        """A PNG file in 16 greys of a part of a page: left, top, width and height in points as it is shown."""
        return picture(self.document, page, frame)


@contextmanager
def pdf_file(content: bytes) -> Iterator[PdfFile]:
    """The open file, which is closed at the end. Raises Refused as PdfFile does."""
    file = PdfFile(content)
    try:
        yield file
    finally:
        file.close()


def pdf_intake(content: bytes) -> Intake:
    """The text of a PDF file and its map. Raises Refused for other files, damaged and encrypted ones, scans, those with programs, and those over the limits."""
    with pdf_file(content) as file:
        return file.intake()


def _meets(one: Box, two: Box) -> bool:
    return one.left < two.right and two.left < one.right and one.bottom < two.top and two.bottom < one.top


def _facts(stated: Mapping[str, str]) -> tuple[Fact, ...]:
    """What the document states about itself. The day on which a file was made is not that of its publication."""
    found = []
    for name, field in FACTS.items():
        value = " ".join(stated.get(name, "").split())
        if field in ("created", "changed"):
            day = DAY.match(value)
            value = f"{day[1]}-{day[2]}-{day[3]}" if day else ""
        if value and len(value) <= LONGEST and value.isprintable():
            found.append(Fact(field, value, "document language" if name == "Lang" else f"document information {name}", 0, 0))
    return tuple(found)


def _body_size(pages: Sequence[Sequence[Piece]]) -> float:
    """The size of the font in which the middle character of a document is set, sorted by size."""
    sizes = sorted((piece.size, len(piece.text)) for page in pages for piece in page)
    left = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        left -= count
        if left <= 0:
            return size
    return 0.0


class _Writer:
    """Writes the text of pages, with its map."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.ordered: list[list[Piece]] = []
        self.parts: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []
        self.pieces: list[Piece | None] = []  # of each stretch
        self.marks: list[Mark] = []

    def write(self) -> None:
        """Writes the pages in their reading order, and marks headings, footnotes, and what is left out."""
        usual = usual_drop(self.ordered)
        body = _body_size(self.ordered)
        for number, (page, pieces) in enumerate(zip(self.pages, self.ordered, strict=True)):
            if number:
                self._put("\f", "made", 0, 0, number)
            self._mark_left_out(page, number)
            places = []
            for index, piece in enumerate(pieces):
                if index:
                    self._put(joint(pieces[index - 1], piece, usual), "made", piece.first, piece.first, number)
                places.append(self.length)
                at = piece.first
                if piece.last - at == len(piece.text):
                    self._put(piece.text, "written", at, piece.last, number, piece)
                    continue
                for match in PLANES.finditer(piece.text):
                    size = 2 if match[0] > "\uffff" else len(match[0])
                    self._put(match[0], "written", at, at + size, number, piece)
                    at += size
            self._mark_sizes(pieces, places, body, number)
            self._put("\n", "made", 0, 0, number)

    def _put(self, text: str, origin: Origin, first: int, last: int, page: int, piece: Piece | None = None) -> None:
        if text:
            self.parts.append(text)
            self.stretches.append(
                Stretch(self.length, self.length + len(text), origin, first, last, page, "", piece.box if piece else None)
            )
            self.pieces.append(piece)
            self.length += len(text)

    def _mark(self, kind: str, start: int, end: int, text: str, page: int, first: int = 0, last: int = 0) -> None:
        self.marks.append(Mark(kind, start, end, text, first, last, page))

    def _mark_left_out(self, page: Page, number: int) -> None:
        for piece in page.pieces:
            if not _meets(piece.box, page.area):
                self._mark("hidden", self.length, self.length, piece.text.strip(), number, piece.first, piece.last)
        for comment in page.comments:
            self._mark("comment", self.length, self.length, " ".join(comment.split()), number)
        if any(RIGHT_TO_LEFT.search(piece.text) for piece in page.pieces):
            what = f"page {page.number} holds text that runs from right to left, whose order and brackets may be wrong"
            self._mark("right to left", self.length, self.length, what, number)
        if page.has_picture:
            self._mark("picture", self.length, self.length, f"page {page.number} holds a picture and no text", number)

    def _mark_sizes(self, pieces: Sequence[Piece], places: Sequence[int], body: float, page: int) -> None:
        """Marks the headings of a page, and the footnotes at its end, by their size."""
        ends = [place + len(piece.text) for place, piece in zip(places, pieces, strict=True)]
        last = len(pieces)
        while last and len(pieces) - last < MOST_BELOW and pieces[last - 1].size >= body * SMALL:
            last -= 1
        first = last
        while first and pieces[first - 1].size < body * SMALL:
            first -= 1
        first = next((n for n in range(first, last) if FOOTNOTE.match(pieces[n].text)), last)
        if 0 < first < last:
            self._mark("footnote", places[first], ends[last - 1], " ".join(piece.text.strip() for piece in pieces[first:last]), page)
        for place, end, piece in zip(places, ends, pieces, strict=True):
            if piece.size > body * LARGE and len(piece.text) <= LONGEST_HEADING:
                self._mark("heading", place, end, piece.text.strip(), page, piece.first, piece.last)

    def mark_notes(self, document: Document) -> None:
        """Marks raised numbers behind a word as the marks of notes."""
        starts = [each.start for each in self.stretches]
        wanted: dict[int, list[tuple[int, int, int, int, Piece]]] = {}
        text = "".join(self.parts)
        for match in NOTE.finditer(text):
            if not match.start() or not BEFORE_NOTE.match(text, match.start() - 1):
                continue
            number = bisect_right(starts, match.start()) - 1
            each, before = self.stretches[number], self.pieces[bisect_right(starts, match.start() - 1) - 1]
            if self.pieces[number] and before and match.end() <= each.end:
                first = each.first + match.start() - each.start
                wanted.setdefault(each.element, []).append((match.start(), match.end(), first, first + len(match[0]), before))
        for page, rows in wanted.items():
            found = character_boxes(document, page + 1, [(first, last) for *_, first, last, _ in rows])
            for (start, end, first, last, before), boxes in zip(rows, found, strict=True):
                if all(box.bottom - before.base > RAISED * before.size and box.top - box.bottom < LOW * before.size for box in boxes):
                    self._mark("note", start, end, text[start:end], page, first, last)

    def intake(self, facts: tuple[Fact, ...]) -> Intake:
        """What was written."""
        text = "".join(self.parts)
        elements = tuple(Element("page", -1, page.number) for page in self.pages)
        marks = sorted((each for each in self.marks if each.text), key=lambda each: (each.start, each.end, each.kind))
        return Intake(text, tuple(self.stretches), tuple(marks), elements, "utf-8", facts, "units")


def boxes_of(content: bytes, taken: Intake, start: int, end: int) -> list[Placed]:
    """Where characters of the received text stand, page by page: their boxes, read from the file for these characters alone."""
    return boxes_of_all(content, taken, [(start, end)])[0]


def boxes_of_all(content: bytes, taken: Intake, wanted: Sequence[tuple[int, int]]) -> list[list[Placed]]:
    """The same for several spans of the received text, with the file opened once."""
    with pdf_file(content) as file:
        return file.boxes(taken, wanted)
