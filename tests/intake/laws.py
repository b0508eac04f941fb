"""The laws of a map, as functions that fail where one is broken."""

from __future__ import annotations

import html
import re
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

from lxml import etree

from normbook.intake.intake import Intake, Stretch


def assert_tiles(taken: Intake) -> None:
    """The stretches follow each other from the first character to the last, and none is empty."""
    ends = [0, *(each.end for each in taken.map)]
    assert [each.start for each in taken.map] == ends[:-1] and ends[-1] == len(taken.text)
    assert all(each.end > each.start for each in taken.map)
    for mark in taken.marks:
        assert 0 <= mark.start <= mark.end <= len(taken.text)
        if mark.kind in ("deleted", "hidden"):
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
    for each in taken.map:
        if each.origin != "made":
            (element,) = roots[each.part].xpath(taken.path(each.element), namespaces={k: v for k, v in roots[each.part].nsmap.items() if k})
            text = element.text[each.first : each.last]
            assert (text if each.origin == "written" else " ") == taken.text[each.start : each.end]
