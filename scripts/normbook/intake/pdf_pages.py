"""The one place that knows the reader of PDF files: pages as plain values, the boxes of characters, and pictures of pages."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import c_double, c_int, c_ushort
from functools import partial
from itertools import accumulate
from math import hypot
from typing import NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from normbook.intake.intake import Box, Refused
from normbook.intake.pdf_layout import Gap, Gaps, Piece

Document: TypeAlias = pypdfium2.PdfDocument
MOST_PAGES, MOST_UNITS = 2_000, 8_000_000
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


class Page(NamedTuple):
    """A page: its number from 1, its area, the lines of its text in the order of the file, and whether a picture stands on it."""

    number: int
    area: Box
    pieces: tuple[Piece, ...]
    comments: tuple[str, ...]
    has_picture: bool


@contextmanager
def opened(content: bytes) -> Iterator[Document]:
    """The open document. Raises Refused if it is damaged, encrypted, or has too many pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Refused("N721", "the document is encrypted", "open it with its password, and print it to a new PDF file") from error
        raise Refused("N722", f"the PDF file is damaged: {str(error).rstrip('.')}", SAVE_AGAIN) from error
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
            raise Refused("N721", "the document is encrypted", SAVE_AGAIN)
        if not 0 < len(document) <= MOST_PAGES:
            if not len(document):
                raise Refused("N722", "the PDF file has no pages", SAVE_AGAIN)
            raise Refused("N724", f"the file is too large: expected at most {MOST_PAGES:,} pages, found {len(document):,}", "split it")
        yield document
    finally:
        document.close()


def read_pages(document: Document) -> Iterator[tuple[Page, Gaps]]:
    """The pages in order, each with a function that finds the wide gaps in its lines until the next page is read. Raises Refused for a page that cannot be read and for too much text."""
    units = 0
    for index in range(len(document)):
        try:
            page = document[index]
            text, area = page.get_textpage(), Box(*page.get_bbox())
        except pypdfium2.PdfiumError as error:
            raise Refused("N722", f"page {index + 1} of the PDF file is damaged", SAVE_AGAIN) from error
        units += max(0, pdfium.FPDFText_CountChars(text))
        if units > MOST_UNITS:
            raise Refused("N724", f"the file is too large: expected at most {MOST_UNITS:,} characters", "split it")
        pieces = tuple(_pieces(text))
        shows = not pieces and any(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=4))
        yield Page(index + 1, area, pieces, tuple(_comments(page)), shows), partial(_gaps, text)
        text.close()
        page.close()


def _pieces(text: pypdfium2.PdfTextPage) -> Iterator[Piece]:
    """The lines of a page; those without ink are left out."""
    units = _units(text)
    whole = units.decode("utf-16-le", "surrogatepass")
    place = _places(whole, len(units) // 2)
    left, right, bottom, top = (c_double() for _ in range(4))
    x, y = c_double(), c_double()
    box = pdfium.FS_RECTF()
    for match in LINES.finditer(whole):
        words = match[0]
        kept = words.strip()
        if not kept:
            continue
        begun = match.start() + len(words) - len(words.lstrip())
        first, last = place(begun), place(match.start() + len(words.rstrip()) - 1)
        found = []
        for at in (first, last):
            if not pdfium.FPDFText_GetLooseCharBox(text, at, box) or box.right <= box.left:
                pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
                found.append(Box(left.value, bottom.value, right.value, top.value))
            else:
                found.append(Box(box.left, box.bottom, box.right, box.top))
        sizes = _size(text, first), _size(text, last)
        size = max(sizes) or max(each.top - each.bottom for each in found)
        pdfium.FPDFText_GetCharOrigin(text, first if sizes[0] == size else last, x, y)
        broken = words[-1] in BROKEN
        shown = UNREADABLE.sub(REPLACED, words[:-1]) + "-" if broken else UNREADABLE.sub(REPLACED, words)
        if SWAPPED in shown:
            shown = _unswapped(text, shown, place, match.start())
        yield Piece(place(match.start()), place(match.end()), shown, _around(found), y.value, size, broken)


def _unswapped(text: pypdfium2.PdfTextPage, words: str, place: Callable[[int], int], start: int) -> str:
    """Words in which lam and alef, which the reader takes from one sign in the wrong order, are put right where both share its box."""
    at = words.find(SWAPPED)
    while at >= 0:
        if _box(text, place(start + at)) == _box(text, place(start + at + 1)):
            words = words[:at] + SWAPPED[::-1] + words[at + 2 :]
        at = words.find(SWAPPED, at + 2)
    return words


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a character's font in points on the page."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    return float(pdfium.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(each.left for each in boxes),
        min(each.bottom for each in boxes),
        max(each.right for each in boxes),
        max(each.top for each in boxes),
    )


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
    left, right, bottom, top, start = (c_double() for _ in range(5))
    found = []
    for piece in pieces:
        rows = []
        place = _places(piece.text, piece.last - piece.first)
        for match in WORD_GAP.finditer(piece.text):
            pdfium.FPDFText_GetCharBox(text, piece.first + place(match.start() - 1), left, right, bottom, top)
            pdfium.FPDFText_GetCharBox(text, piece.first + place(match.end()), start, left, bottom, top)
            if start.value - right.value > piece.size * 0.7:
                rows.append(Gap(right.value, start.value, match.start(), place(match.start())))
        found.append(rows)
    return found


def _box(text: pypdfium2.PdfTextPage, index: int) -> Box:
    left, right, bottom, top = (c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return Box(left.value, bottom.value, right.value, top.value)


def character_boxes(document: Document, page: int, spans: Sequence[tuple[int, int]]) -> list[list[Box]]:
    """The boxes of characters of a page, span by span, in points from its lower left corner; white space has empty ones."""
    sheet = document[page - 1]
    text = sheet.get_textpage()
    found = [[_box(text, index) for index in range(first, last)] for first, last in spans]
    text.close()
    sheet.close()
    return found


def seen(document: Document, page: int, boxes: Sequence[Box]) -> list[Box]:
    """Boxes of a page as it is shown, turned and cut to what is visible: in points from the upper left corner."""
    sheet = document[page - 1]
    width, height = (round(edge * FINE) for edge in sheet.get_size())
    found = []
    for box in boxes:
        corners = []
        for x, y in ((box.left, box.bottom), (box.right, box.top)):
            across, down = c_int(), c_int()
            pdfium.FPDF_PageToDevice(sheet, 0, 0, width, height, 0, x, y, across, down)
            corners.append((across.value / FINE, down.value / FINE))
        (one, two), (three, four) = corners
        found.append(Box(min(one, three), max(two, four), max(one, three), min(two, four)))
    sheet.close()
    return found


def picture(document: Document, page: int, frame: tuple[float, float, float, float]) -> bytes:
    """A PNG file in 16 greys of a part of a page: left, top, width and height in points as it is shown."""
    sheet = document[page - 1]
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
    sheet.close()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(packed, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def properties(document: Document) -> Mapping[str, str]:
    """What the document states about itself, by the names of its information dictionary; its language is `Lang`."""
    found = {name: UNREADABLE.sub(" ", words) for name, words in document.get_metadata_dict(skip_empty=True).items()}
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if 2 < size < 512:
        buffer = (c_ushort * (size // 2))()
        pdfium.FPDFCatalog_GetLanguage(document, buffer, size)
        found["Lang"] = bytes(buffer)[:-2].decode("utf-16-le", "replace")
    return found


def holds_programs(document: Document) -> str:
    """What a document brings besides pages, in words; empty if nothing."""
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return "a program (JavaScript)"
    return "embedded files" if pdfium.FPDFDoc_GetAttachmentCount(document) > 0 else ""
