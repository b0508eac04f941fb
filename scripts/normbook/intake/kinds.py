"""The kinds of files that are taken in, and the received text of each."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Literal

from normbook.intake.intake import Intake
from normbook.text.decoding import LOST, Received, decode
from normbook.text.ledger import Flag

Kind = Literal["text", "html", "docx", "pdf"]
SUFFIXES: dict[str, Kind] = {".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx", ".pdf": "pdf"}
ENDINGS: dict[Kind, str] = {"text": ".txt", "html": ".html", "docx": ".docx", "pdf": ".pdf"}  # of the seed's name
UNREAD = {"picture": "N606", "right to left": "N607"}  # marks of what may not be read rightly


def kind_of(name: str) -> Kind:
    """The kind of a file, by the end of its name.

    >>> kind_of("saved.HTM"), kind_of("letter.docx"), kind_of("seeds/000_1f.txt")
    ('html', 'docx', 'text')
    """
    return SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def take_in(kind: Kind, content: bytes, declared: str | None = None) -> Intake:
    """The text of a web page, a Word document or a PDF file with its map. Raises Refused, and LookupError for an unknown encoding."""
    if kind == "docx":
        from normbook.intake.docx import docx_intake  # each parser is loaded when it is first needed

        return docx_intake(content)
    if kind == "pdf":
        from normbook.intake.pdf_guarded import guarded_intake

        return guarded_intake(content)
    from normbook.intake.html import html_intake

    return html_intake(content, declared)


def received_as(kind: Kind, content: bytes, declared: str | None = None) -> Received:
    """The received text of a file of any kind. Raises Refused if it is not of this kind, LookupError for an unknown encoding."""
    return decode(content, declared) if kind == "text" else received_of(take_in(kind, content, declared), content)


def _has_lost(text: str) -> bool:
    """False if a text has no byte without a character: UTF-8 can hold it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def received_of(taken: Intake, content: bytes) -> Received:
    """The received text of a file that was taken in."""
    flags = tuple(
        Flag("N601", each.start(), each.end(), f"byte 0x{ord(each[0]) - 0xDC00:02x} is not {taken.encoding}")
        for each in (LOST.finditer(taken.text) if _has_lost(taken.text) else ())
    )
    flags += tuple(Flag(UNREAD[mark.kind], mark.start, mark.end, mark.text) for mark in taken.marks if mark.kind in UNREAD)
    return Received(taken.text, taken.encoding, hashlib.sha256(content).hexdigest(), flags, taken.page)


def digest_of(text: str) -> str:
    """The SHA-256 of a received text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
