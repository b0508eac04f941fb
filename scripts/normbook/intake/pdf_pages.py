"""The one place that knows the reader of PDF files: pages as plain values, the boxes of characters, and pictures of pages."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import PYFUNCTYPE, addressof, c_double, c_float, c_int, c_ushort, c_void_p, cast, sizeof
from functools import partial
from itertools import accumulate, repeat
from math import hypot
from operator import itemgetter
from typing import Any, NamedTuple

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


def _by_address(function: object, result: type, pointers: int) -> Callable[..., Any]:
    """A function of the reader that takes a page, a character and plain addresses for its answer, so that one array takes the answers for many characters."""
    return PYFUNCTYPE(result, c_void_p, c_int, *[c_void_p] * pointers)(cast(function, c_void_p).value or 0)  # type: ignore[arg-type]


BOX_AT = _by_address(pdfium.FPDFText_GetCharBox, c_int, 4)
LOOSE_BOX_AT = _by_address(pdfium.FPDFText_GetLooseCharBox, c_int, 1)
MATRIX_AT = _by_address(pdfium.FPDFText_GetMatrix, c_int, 1)
SIZE_AT = _by_address(pdfium.FPDFText_GetFontSize, c_double, 0)
ORIGIN_AT = _by_address(pdfium.FPDFText_GetCharOrigin, c_int, 2)


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
    lines = [(match.start(), words) for match in LINES.finditer(whole) if not (words := match[0]).isspace()]
    firsts = [place(start + len(words) - len(words.lstrip())) for start, words in lines]
    lasts = [place(start + len(words.rstrip()) - 1) for start, words in lines]
    boxes = _font_boxes(text, [*firsts, *lasts])
    pairs = list(zip(boxes[: len(lines)], boxes[len(lines) :], strict=True))
    fonts = _fonts(text, firsts)
    mixed = [number for number, (one, two) in enumerate(pairs) if one[1::2] != two[1::2]]  # else both ends are of one font
    for number, last_font in zip(mixed, _fonts(text, [lasts[number] for number in mixed]), strict=True):
        fonts[number] = max(fonts[number], last_font, key=itemgetter(0))
    for (start, words), (one, two), (size, base) in zip(lines, pairs, fonts, strict=True):
        box = Box(min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))
        broken = words[-1] in BROKEN
        shown = words[:-1] + "-" if broken else words
        if not shown.isprintable():
            shown = UNREADABLE.sub(REPLACED, shown)
        if SWAPPED in shown:
            shown = _unswapped(text, shown, place, start)
        yield Piece(place(start), place(start + len(words)), shown, box, base, size or max(one[3] - one[1], two[3] - two[1]), broken)


def _font_boxes(text: pypdfium2.PdfTextPage, indexes: Sequence[int]) -> list[Sequence[float]]:
    """The boxes of characters as their fonts give them, or those of their ink where a font has no size: left, bottom, right, top."""
    known, room = _asked(LOOSE_BOX_AT, text, indexes, c_float, 4, (0,))
    rows = zip(indexes, known, room[::4], room[3::4], room[2::4], room[1::4], strict=True)  # a rectangle has its top before its right edge
    return [
        (left, bottom, right, top) if has_box and right > left else _edges(text, (index,))
        for index, has_box, left, bottom, right, top in rows
    ]


def _fonts(text: pypdfium2.PdfTextPage, indexes: Sequence[int]) -> list[tuple[float, float]]:
    """The sizes of characters' fonts in points on the page, and how high their baselines stand."""
    known, room = _asked(MATRIX_AT, text, indexes, c_float, 6, (0,))
    sizes = map(SIZE_AT, repeat(_address(text)), indexes)
    bases = _asked(ORIGIN_AT, text, indexes, c_double, 2, (0, 1))[1][1::2]
    rows = zip(known, sizes, room[2::6], room[3::6], bases, strict=True)
    return [(size * hypot(across, up) if has_matrix else 0.0, base) for has_matrix, size, across, up, base in rows]


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
    places = [_places(piece.text, piece.last - piece.first) for piece in pieces]
    spaces = [[match.start() for match in WORD_GAP.finditer(piece.text)] for piece in pieces]
    beside = [
        piece.first + place(at + step) for piece, place, row in zip(pieces, places, spaces, strict=True) for at in row for step in (-1, 1)
    ]
    edges = _edges(text, beside)
    gaps = zip(edges[2::8], edges[4::8], strict=True)  # the right edge of one word, and the left edge of the next
    return [
        [Gap(one, two, at, place(at)) for at, (one, two) in zip(row, gaps, strict=False) if two - one > piece.size * 0.7]
        for piece, place, row in zip(pieces, places, spaces, strict=True)
    ]


def _box(text: pypdfium2.PdfTextPage, index: int) -> Box:
    return Box(*_edges(text, (index,)))


def _edges(text: pypdfium2.PdfTextPage, indexes: Sequence[int]) -> Sequence[float]:
    """The edges of characters one after the other: left, bottom, right and top of each."""
    return _asked(BOX_AT, text, indexes, c_double, 4, (0, 2, 1, 3))[1]


def _asked(
    ask: Callable[..., int],
    text: pypdfium2.PdfTextPage,
    indexes: Sequence[int],
    number: type[c_double | c_float],
    count: int,
    order: Sequence[int],
) -> tuple[list[int], Sequence[float]]:
    """What a function of the reader tells of each character: whether it knows, and its numbers one after the other, `count` of each.

    `order` says which of these numbers the function takes a place for, one after the other; a function that fills a structure takes its first alone.
    """
    room = (number * (count * len(indexes)))()
    at, step = addressof(room), count * sizeof(number)
    places = [range(begin, begin + sizeof(room), step) for begin in (at + each * sizeof(number) for each in order)]
    return list(map(ask, repeat(_address(text)), indexes, *places)), room  # type: ignore[return-value]  # an array of ctypes is a sequence


def _address(text: pypdfium2.PdfTextPage) -> int | None:
    return cast(text.raw, c_void_p).value


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
    inked = [row for row in rows if row[0] < row[2] and row[1] < row[3]]
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
