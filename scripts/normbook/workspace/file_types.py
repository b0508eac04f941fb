"""Recognises input that is not text, by its first bytes or its control characters, and bytes that are not UTF-8."""

from __future__ import annotations

from typing import NamedTuple

from normbook.findings.finding import Problem
from normbook.intake.kinds import Kind
from normbook.text.decoding import BOMS

LOOKED_AT = 1 << 16  # bytes
CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})
MOST, LEAST = 0.02, 8  # share and number of control characters from which on a file is not text
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SIGNED: dict[Kind, tuple[str, bytes, int]] = {"docx": ("a Word document", ZIP, 4), "pdf": ("a PDF file", b"%PDF-", 1_024)}
UNPACK = "unpack it and use the files inside"
TEXT = "save its text as a text file"
KINDS = (
    (b"%PDF-", "a PDF file", "rename it to end in .pdf, and ingest it again"),
    (ZIP, "a ZIP file, or an office document", "rename it to end in .docx if it is a Word document; else unpack it"),
    (OLE, "an office document", TEXT),
    (b"{\\rtf", "an RTF document", TEXT),
    (b"\x1f\x8b", "a gzip file", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"\xfd7zXZ\x00", "an XZ file", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file", UNPACK),
    (b"\x89PNG\r\n", "a picture (PNG)", TEXT),
    (b"\xff\xd8\xff", "a picture (JPEG)", TEXT),
    (b"GIF8", "a picture (GIF)", TEXT),
    (b"SQLite format 3\x00", "an SQLite database", TEXT),
    (b"PAR1", "a Parquet file", "rename it to end in .parquet, and clean it with --out"),
)


class FileType(NamedTuple):
    """A kind of file that is not text, and what to do about it."""

    what: str
    hint: str


def not_text(content: bytes, declared: str | None = None) -> FileType | None:
    """The file type of some bytes; None for text. With a declared encoding, control characters are not counted.

    >>> not_text(b"%PDF-1.7 ...").what, not_text(b"A page of text.")
    ('a PDF file', None)
    """
    for start, what, hint in KINDS:
        if content.startswith(start):
            return FileType(what, hint)
    if declared or any(content.startswith(mark) for mark, _ in BOMS):
        return None
    begun = content[:LOOKED_AT]
    controls = len(begun) - len(begun.translate(None, CONTROLS))
    if controls < LEAST or controls < MOST * len(begun):
        return None
    hint = "use a text file; if it is one, declare its encoding with --encoding, for instance utf-16-le"
    return FileType("not text: it holds many control characters", hint)


def is_page_source(content: bytes) -> bool:
    """True for the source code of a web page."""
    return content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml"))


def disguised(content: bytes, kind: Kind) -> Problem | None:
    """A finding without a path about a file whose content is of another kind than its name says; None if it may be what it says."""
    if content.startswith(OLE):
        if ENCRYPTED in content:
            return Problem("", 0, 0, "N721", "the document is encrypted", "open it with its password, and save it without one")
        return Problem("", 0, 0, "N723", "this is a document of an old office program", "open it, and save it as .docx")
    if kind in SIGNED:
        what_kind, signature, within = SIGNED[kind]
        if signature in content[:within]:
            return None
        what = found.what if (found := not_text(content)) else "the source of a web page" if is_page_source(content) else "a text"
        return Problem("", 0, 0, "N723", f"expected {what_kind}, found {what}", "give the file the ending of its kind, and ingest it again")
    for start, what, hint in KINDS:
        if content.startswith(start):
            return Problem("", 0, 0, "N723", f"expected a web page, found {what}", hint)
    return None


def undecodable(path: str, content: bytes) -> list[Problem]:
    """A finding about the first byte that is not UTF-8, with line and column; empty if all bytes are."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8; it is kept as it is"
        return [Problem(path, line, column, "N601", message, "declare the encoding with --encoding, for instance gb18030 or windows-1252")]
    return []
