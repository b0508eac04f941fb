"""The one place that knows the reader of PDF files: pages as plain values, the boxes of characters, and pictures of pages."""

from __future__ import annotations

import re
import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import CFUNCTYPE, addressof, byref, c_double, c_int, c_ushort, c_void_p, cast
from functools import partial
from itertools import accumulate
from math import hypot
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from normbook.intake.intake import Box, Refused
from normbook.intake.pdf_layout import Gap, Gaps, Piece

MOST_PAGES, MOST_UNITS = 2_000, 8_000_000
MOST_KEPT = 500_000  # characters of pages that stay open, since quotations are looked up after the text is read
SAVE_AGAIN = "open it in a PDF viewer and print it to a new PDF file"
# a hyphen at the end of a line, for which the reader gives a noncharacter or a control character and leaves the line end out
BROKEN = "\ufffe\x02"
LINES = re.compile(f"[^\r\n{BROKEN}]*[{BROKEN}]|[^\r\n{BROKEN}]+")
FINE = 100  # parts of a point in which places on a shown page are measured
SCALE, LARGEST_SIDE = 1.5, 2_000  # pixels for a point, and pixels of the longer side of a picture
GREYS = bytes(grey >> 4 for grey in range(256))
WORD_GAP = re.compile(r"(?<=\S) (?=\S)")
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
REPLACED = "\ufffd"
SWAPPED = "\u0627\u0644"  # alef and lam: the article, or lam and alef that one sign shows

# the reader's function for the box of a character, taken with plain addresses, so that one array takes the boxes of many characters
BOX_AT = CFUNCTYPE(c_int, c_void_p, c_int, *[c_void_p] * 4)(cast(pdfium.FPDFText_GetCharBox, c_void_p).value or 0)


class Page(NamedTuple):
    """A page: its number from 1, its area, the lines of its text in the order of the file, and whether a picture stands on it."""

    number: int
    area: Box
    pieces: tuple[Piece, ...]
    comments: tuple[str, ...]
    has_picture: bool


class Document:
    """An open PDF file. Pages that were read stay open up to a limit, since opening a page takes most of the time."""

    def __init__(self, content: bytes) -> None:
        """Raises Refused if the file is damaged, encrypted, or has too many pages."""
        try:
            self.file = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise Refused("N721", "the document is encrypted", "open it with its password, and print it to a new PDF file") from error
            raise Refused("N722", f"the PDF file is damaged: {str(error).rstrip('.')}", SAVE_AGAIN) from error
        self.sheets: dict[int, tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage, int]] = {}
        self.kept = 0
        try:
            self._look()
        except Refused:
            self.close()
            raise

    def _look(self) -> None:
        if pdfium.FPDF_GetSecurityHandlerRevision(self.file) != -1:
            raise Refused("N721", "the document is encrypted", SAVE_AGAIN)
        if not 0 < len(self.file) <= MOST_PAGES:
            if not len(self.file):
                raise Refused("N722", "the PDF file has no pages", SAVE_AGAIN)
            raise Refused("N724", f"the file is too large: expected at most {MOST_PAGES:,} pages, found {len(self.file):,}", "split it")

    def page(self, index: int) -> tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]:
        """A page by its index, and its text; both are closed by the document. Raises Refused if the page cannot be read."""
        if index not in self.sheets:
            try:
                sheet = self.file[index]
                text = sheet.get_textpage()
            except pypdfium2.PdfiumError as error:
                raise Refused("N722", f"page {index + 1} of the PDF file is damaged", SAVE_AGAIN) from error
            units = max(0, pdfium.FPDFText_CountChars(text))
            self.kept += units
            while self.sheets and self.kept > MOST_KEPT:
                self._close(next(iter(self.sheets)))
            self.sheets[index] = sheet, text, units
        return self.sheets[index][:2]

    def _close(self, index: int) -> None:
        sheet, text, units = self.sheets.pop(index)
        self.kept -= units
        text.close()
        sheet.close()

    def close(self) -> None:
        """Closes the pages and the file."""
        for index in list(self.sheets):
            self._close(index)
        self.file.close()


@contextmanager
def opened(content: bytes) -> Iterator[Document]:
    """The open document, which is closed at the end. Raises Refused if it is damaged, encrypted, or has too many pages."""
    document = Document(content)
    try:
        yield document
    finally:
        document.close()


def read_pages(document: Document) -> Iterator[tuple[Page, Gaps]]:
    """The pages in order, each with a function that finds the wide gaps in its lines until the next page is read. Raises Refused for a page that cannot be read and for too much text."""
    units = 0
    for index in range(len(document.file)):
        page, text = document.page(index)
        units += max(0, pdfium.FPDFText_CountChars(text))
        if units > MOST_UNITS:
            raise Refused("N724", f"the file is too large: expected at most {MOST_UNITS:,} characters", "split it")
        pieces = tuple(_pieces(text))
        shows = not pieces and any(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=4))
        yield Page(index + 1, Box(*page.get_bbox()), pieces, tuple(_comments(page)), shows), partial(_gaps, text)


def _pieces(text: pypdfium2.PdfTextPage) -> Iterator[Piece]:
    """The lines of a page; those without ink are left out."""
    units = _units(text)
    whole = units.decode("utf-16-le", "surrogatepass")
    place = _places(whole, len(units) // 2)
    measure = _Measure(text)
    for match in LINES.finditer(whole):
        words, start = match[0], match.start()
        if not (kept := words.strip()):
            continue
        begun = start if kept[0] == words[0] else start + len(words) - len(words.lstrip())
        first, last = place(begun), place(begun + len(kept) - 1)
        one, two = measure.box(first), measure.box(last)
        size, base = measure.size(first), first
        if (one[1], one[3]) != (two[1], two[3]) and (other := measure.size(last)) > size:  # else both are of one font
            size, base = other, last
        box = Box(min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))
        broken = words[-1] in BROKEN
        shown = words[:-1] + "-" if broken else words
        if not shown.isprintable():
            shown = UNREADABLE.sub(REPLACED, shown)
        if SWAPPED in shown:
            shown = _unswapped(text, shown, place, start)
        size = size or max(one[3] - one[1], two[3] - two[1])
        yield Piece(place(start), place(match.end()), shown, box, measure.base(base), size, broken)


class _Measure:
    """Asks for the boxes, sizes and baselines of characters, always with the same room for the answer."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self.text = text.raw
        self.loose, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.of_loose, self.of_matrix = byref(self.loose), byref(self.matrix)
        self.edges = [c_double() for _ in range(4)]
        self.of_edges = [byref(each) for each in self.edges]

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The box of a character as its font gives it, or that of its ink if the font has no size: left, bottom, right, top."""
        loose = self.loose
        if pdfium.FPDFText_GetLooseCharBox(self.text, index, self.of_loose) and loose.right > loose.left:
            return loose.left, loose.bottom, loose.right, loose.top
        pdfium.FPDFText_GetCharBox(self.text, index, *self.of_edges)
        left, right, bottom, top = self.edges
        return left.value, bottom.value, right.value, top.value

    def size(self, index: int) -> float:
        """The size of a character's font in points on the page."""
        if not pdfium.FPDFText_GetMatrix(self.text, index, self.of_matrix):
            return 0.0
        return float(pdfium.FPDFText_GetFontSize(self.text, index) * hypot(self.matrix.c, self.matrix.d))

    def base(self, index: int) -> float:
        """How high the baseline of a character stands."""
        pdfium.FPDFText_GetCharOrigin(self.text, index, *self.of_edges[:2])
        return float(self.edges[1].value)


def _unswapped(text: pypdfium2.PdfTextPage, words: str, place: Callable[[int], int], start: int) -> str:
    """Words in which lam and alef, which the reader takes from one sign in the wrong order, are put right where both share its box."""
    at = words.find(SWAPPED)
    while at >= 0:
        if _box(text, place(start + at)) == _box(text, place(start + at + 1)):
            words = words[:at] + SWAPPED[::-1] + words[at + 2 :]
        at = words.find(SWAPPED, at + 2)
    return words


def _units(text: pypdfium2.PdfTextPage) -> bytes:
    """The characters of a page, one UTF-16 unit for each index that the reader counts."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return b""
    buffer = (c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        return bytes(buffer)[:-2]
    for at in range(count):  # it left characters out, or put some in
        code = pdfium.FPDFText_GetUnicode(text, at)
        buffer[at] = code if 0 < code <= 0xFFFF else 0xFFFD
    return bytes(buffer)[:-2]


def _places(text: str, units: int) -> Callable[[int], int]:
    """The function from code points of a text to its UTF-16 units."""
    if len(text) == units:
        return int
    return [0, *accumulate(1 + (character > "\uffff") for character in text)].__getitem__


def _comments(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The words of notes that readers attached to a page."""
    for index in range(min(1_000, max(0, pdfium.FPDFPage_GetAnnotCount(page)))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET):
            size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            if 2 < size < 1 << 16:
                buffer = (c_ushort * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
                yield UNREADABLE.sub(" ", bytes(buffer)[:-2].decode("utf-16-le", "replace"))
        pdfium.FPDFPage_CloseAnnot(annotation)


def _gaps(text: pypdfium2.PdfTextPage, pieces: Sequence[Piece]) -> list[list[Gap]]:
    """The wide gaps between words of lines, for each line."""
    found = []
    for piece in pieces:
        place = _places(piece.text, piece.last - piece.first)
        spaces = [match.start() for match in WORD_GAP.finditer(piece.text)]
        edges = _edges(text, [piece.first + place(at + beside) for at in spaces for beside in (-1, 1)])
        gaps = zip(spaces, edges[2::8], edges[4::8], strict=True)  # the right edge of one word, and the left edge of the next
        found.append([Gap(one, two, at, place(at)) for at, one, two in gaps if two - one > piece.size * 0.7])
    return found


def _box(text: pypdfium2.PdfTextPage, index: int) -> Box:
    return Box(*_edges(text, (index,)))


def _edges(text: pypdfium2.PdfTextPage, indexes: Sequence[int]) -> Sequence[float]:
    """The edges of characters one after the other: left, bottom, right and top of each."""
    count = len(indexes)
    room = (c_double * (4 * count))()
    at, size = addressof(room), 32 * count
    page = [cast(text.raw, c_void_p).value] * count
    left, bottom, right, top = (range(at + edge, at + edge + size, 32) for edge in (0, 8, 16, 24))
    deque(map(BOX_AT, page, indexes, left, right, bottom, top), maxlen=0)
    return room  # type: ignore[return-value]  # an array of ctypes is a sequence


def character_edges(document: Document, page: int, spans: Sequence[tuple[int, int]]) -> list[Sequence[float]]:
    """The boxes of characters of a page, span by span: left, bottom, right and top of each in points from its lower left corner; white space has empty ones."""
    _, text = document.page(page - 1)
    return [_edges(text, range(first, last)) for first, last in spans]


def character_boxes(document: Document, page: int, spans: Sequence[tuple[int, int]]) -> list[list[Box]]:
    """The same as boxes."""
    return [
        [Box(*each) for each in zip(edges[::4], edges[1::4], edges[2::4], edges[3::4], strict=True)]
        for edges in character_edges(document, page, spans)
    ]


class Shown(NamedTuple):
    """A page as it is shown: its width and height, and for each span the box around its ink, if it has any, and the same as a reader sees it."""

    width: float
    height: float
    boxes: tuple[Box | None, ...]
    views: tuple[Box | None, ...]


def shown_boxes(document: Document, page: int, spans: Sequence[tuple[int, int]]) -> Shown:
    """Where spans of characters stand on a page, and where a reader sees them: turned, cut to what is visible, in points from the upper left corner."""
    sheet, text = document.page(page - 1)
    width, height = sheet.get_size()
    boxes = tuple(_around_ink(_edges(text, range(first, last))) for first, last in spans)
    return Shown(width, height, boxes, tuple(_seen(sheet, box) if box else None for box in boxes))


def _around_ink(edges: Sequence[float]) -> Box | None:
    rows = zip(edges[::4], edges[1::4], edges[2::4], edges[3::4], strict=True)
    inked = [each for each in rows if each[2] > each[0] and each[3] > each[1]]
    if not inked:
        return None
    left, bottom, right, top = zip(*inked, strict=True)
    return Box(min(left), min(bottom), max(right), max(top))


def _seen(sheet: pypdfium2.PdfPage, box: Box) -> Box:
    width, height = (round(edge * FINE) for edge in sheet.get_size())
    corners = []
    for x, y in ((box.left, box.bottom), (box.right, box.top)):
        across, down = c_int(), c_int()
        pdfium.FPDF_PageToDevice(sheet, 0, 0, width, height, 0, x, y, across, down)
        corners.append((across.value / FINE, down.value / FINE))
    (one, two), (three, four) = corners
    return Box(min(one, three), max(two, four), max(one, three), min(two, four))


def picture(document: Document, page: int, frame: tuple[float, float, float, float]) -> bytes:
    """A PNG file in 16 greys of a part of a page: left, top, width and height in points as it is shown."""
    sheet, _ = document.page(page - 1)
    left, top, width, height = frame
    across, down = sheet.get_size()
    scale = min(SCALE, LARGEST_SIDE / max(width, height, 1))
    edges = (left, max(0, down - top - height), max(0, across - left - width), top)
    bitmap = sheet.render(scale=scale, crop=edges, grayscale=True, draw_annots=False, may_draw_forms=False)
    data, stride = bytes(bitmap.buffer), bitmap.stride
    rows = [data[n * stride : n * stride + bitmap.width].translate(GREYS) + b"\0" for n in range(bitmap.height)]
    packed = b"".join(b"\0" + bytes(one << 4 | two for one, two in zip(row[::2], row[1::2], strict=False)) for row in rows)
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 4, 0, 0, 0, 0)
    bitmap.close()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(packed, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def properties(document: Document) -> Mapping[str, str]:
    """What the document states about itself, by the names of its information dictionary; its language is `Lang`."""
    found = {name: UNREADABLE.sub(" ", words) for name, words in document.file.get_metadata_dict(skip_empty=True).items()}
    size = pdfium.FPDFCatalog_GetLanguage(document.file, None, 0)
    if 2 < size < 512:
        buffer = (c_ushort * (size // 2))()
        pdfium.FPDFCatalog_GetLanguage(document.file, buffer, size)
        found["Lang"] = bytes(buffer)[:-2].decode("utf-16-le", "replace")
    return found


def holds_programs(document: Document) -> str:
    """What a document brings besides pages, in words; empty if nothing."""
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.file) > 0:
        return "a program (JavaScript)"
    return "embedded files" if pdfium.FPDFDoc_GetAttachmentCount(document.file) > 0 else ""
