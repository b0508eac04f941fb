"""The parts of an office document: XML files in an archive, read within limits, without entities and without anything from outside."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from lxml import etree

from normbook.intake.intake import Refused

MOST_FILES = 5_000
LARGEST = 16 << 20  # bytes of a part, unpacked
SAVE_AGAIN = "open it in a word processor and save it again as .docx"
ENCRYPTED = 1  # a bit of an entry's flags


class Archive:
    """The XML files of an archive, by name."""

    def __init__(self, content: bytes) -> None:
        """Raises Refused if the content is no archive, is encrypted, or holds too many files."""
        try:
            self.zip = ZipFile(BytesIO(content))
            entries = self.zip.infolist()
        except (BadZipFile, LargeZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError, OverflowError) as error:
            raise Refused("N722", f"the archive of the document is damaged: {error}", SAVE_AGAIN) from error
        if len(entries) > MOST_FILES:
            raise Refused("N724", f"the archive is too large: expected at most {MOST_FILES:,} files, found {len(entries):,}", SAVE_AGAIN)
        self.names = {entry.filename: entry for entry in entries}
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise Refused("N721", "the document is encrypted", "open it with its password, and save it without one")

    def part(self, name: str) -> etree._Element | None:
        """The root of an XML file; None if there is no such file. Raises Refused if it is damaged, too large, or declares entities."""
        if name not in self.names:
            return None
        try:
            with self.zip.open(self.names[name]) as packed:
                content = packed.read(LARGEST + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
            raise Refused("N722", f"{name} of the document is damaged: {error}", SAVE_AGAIN) from error
        if len(content) > LARGEST:
            raise Refused("N724", f"{name} is too large: expected at most {LARGEST:,} bytes after unpacking", SAVE_AGAIN)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("N722", f"{name} of the document is damaged: {error}", SAVE_AGAIN) from error
        if root.getroottree().docinfo.doctype:
            raise Refused("N725", f"{name} declares a document type, which can hold entities", SAVE_AGAIN)
        return root
