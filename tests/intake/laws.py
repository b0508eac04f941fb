"""The laws of a map, as functions that fail where one is broken."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from normbook.intake.intake import Intake, Stretch


def assert_tiles(taken: Intake) -> None:
    """The stretches follow each other from the first character to the last, and none is empty."""
    ends = [0, *(each.end for each in taken.map)]
    assert [each.start for each in taken.map] == ends[:-1] and ends[-1] == len(taken.text)
    assert all(each.end > each.start for each in taken.map)
    for mark in taken.marks:
        assert 0 <= mark.start <= mark.end <= len(taken.text)
        if mark.kind in ("deleted", "hidden", "reading"):
            assert mark.start == mark.end


def assert_bytes_give_characters(taken: Intake, content: bytes) -> None:
    """The bytes of each stretch of a page, decoded, are its characters, as its origin says."""
    for each in taken.map:
        assert says(content[each.first : each.last], taken, each) == taken.text[each.start : each.end], each
    written = [each for each in taken.map if each.origin != "made"]
    assert all(one.last <= other.first for one, other in pairwise(written)), "in the order of the source"


def says(raw: bytes, taken: Intake, each: Stretch) -> str:
    """The characters that the bytes of a stretch stand for."""
    errors = "strict" if taken.encoding.startswith("utf-16") else "surrogateescape"
    source = raw.decode(taken.encoding, errors).replace("\r\n", "\n").replace("\r", "\n")
    if each.origin == "reference":
        return character(source)
    if each.origin == "space":
        assert not source.strip(" \t\n\f")
        return " "
    if each.origin == "made":
        assert source == "" or (source[0] == "<" and source[-1] == ">")
        return taken.text[each.start : each.end]
    return source


def character(reference: str) -> str:
    """What a character reference stands for; the standard library leaves out numbers of control characters, which HTML keeps."""
    number = re.fullmatch(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?", reference)
    return html.unescape(reference) or (chr(int(number[1], 16) if number[1] else int(number[2])) if number else "")


def assert_runs_give_characters(taken: Intake, content: bytes) -> None:
    """The characters of each written stretch of a Word document are those of the element that its path names."""
    with ZipFile(BytesIO(content)) as archive:
        roots = {name: etree.fromstring(archive.read(name)) for name in {each.part for each in taken.map}}
    spaces = {name: {k: v for each in root.iter() for k, v in each.nsmap.items() if k} for name, root in roots.items()}
    for each in taken.map:
        if each.origin != "made":
            (element,) = roots[each.part].xpath(taken.path(each.element), namespaces=spaces[each.part])
            text = element.text[each.first : each.last]
            assert (text if each.origin == "written" else " ") == taken.text[each.start : each.end]


def assert_boxes_give_characters(taken: Intake, content: bytes) -> Counter[str]:
    """Every character with ink has the box on its page that gives it, after NFKC; returns how many are exceptions, by their class.

    "broken": a hyphen at the end of a line, for which the reader gives a noncharacter; "swapped": lam and alef in one box; "replaced": a character that no text
    may hold, or none at all; "shared": a part of a ligature whose box is that of its neighbour, or empty beside it; "generated": a space that the reader made up; "no ink": a letter
    of a font without size, as damaged files have.
    """
    document = pypdfium2.PdfDocument(content)
    found: Counter[str] = Counter()
    texts = {number: (page := document[number], page.get_textpage())[1] for number in range(len(document))}
    for each in taken.map:
        if each.origin == "made":
            assert not taken.text[each.start : each.end].strip(), "what is made up has no ink"
            continue
        units = taken.text[each.start : each.end].encode("utf-16-le", "surrogatepass")
        assert len(units) // 2 == each.last - each.first
        for at in range(each.first, each.last):
            unit = int.from_bytes(units[(at - each.first) * 2 :][:2], "little")
            found.update(_box_law(texts[each.element], at, unit))
    for text in texts.values():
        text.close()
    document.close()
    return found


def _box_law(text: pypdfium2.PdfTextPage, at: int, unit: int) -> list[str]:
    code = pdfium.FPDFText_GetUnicode(text, at)
    classes = []
    if code != unit and unicodedata.normalize("NFKC", chr(code)) != unicodedata.normalize("NFKC", chr(unit)):
        if chr(unit) == "-" and code in (2, 0xFFFE, 0x2D):
            classes.append("broken")
        elif {code, unit} == {0x627, 0x644}:
            classes.append("swapped")
        else:
            assert unit == 0xFFFD or 0xD800 <= unit < 0xE000, f"the file has U+{code:04X}, the text U+{unit:04X}"
            classes.append("replaced")
    if chr(unit).isspace() or unicodedata.category(chr(unit)) in ("Cf", "Mn", "Cc", "Cs", "Zs"):
        return [*classes, "generated"] if pdfium.FPDFText_IsGenerated(text, at) == 1 else classes
    left, bottom, right, top = text.get_charbox(at)
    if right <= left or top <= bottom:
        loose = text.get_charbox(at, loose=True)
        if loose[2] <= loose[0] or loose[3] <= loose[1]:
            return [*classes, "no ink"]
        around = [text.get_charbox(near) for near in (at - 1, at + 1) if 0 <= near < text.count_chars()]
        assert any(box[2] > box[0] and box[3] > box[1] for box in around) or "replaced" in classes, f"U+{unit:04X} has no box"
        classes.append("shared")
    return classes
