"""Received bytes as text that always encodes back to the same bytes."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from normbook.text.ledger import Flag
from normbook.text.tagged import NO_TAGS, TaggedPage

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOST = re.compile("[\udc80-\udcff]")
FEW_LOST = 0.05  # of the signs of a text; more of them show that the text is in another encoding throughout


def is_misread(text: str) -> bool:
    r"""True for a text of which more than a few bytes were not read: it is in another encoding, which only its sender can declare.

    >>> is_misread("the State\udc92s register, its charts"), is_misread("2024\udcc4\udcea")
    (False, True)
    """
    return sum(1 for _ in LOST.finditer(text)) > FEW_LOST * len(text)


class Received(NamedTuple):
    """A received text, the encoding it was read with, the digest of its bytes, flags for bytes that could not be read, and the tags of a web page."""

    text: str
    encoding: str
    sha256: str
    flags: tuple[Flag, ...]
    page: TaggedPage = NO_TAGS


def decode(content: bytes, declared: str | None = None) -> Received:
    """The text of received bytes; newlines are not translated and a byte order mark stays in the text as U+FEFF.

    1. `encode(result.text, result.encoding) == content` for every byte string.
    2. Invalid bytes become lone surrogates (PEP 383) and are flagged (N601).
    3. A declared encoding is used only if it round-trips to the same bytes; otherwise the text is read as UTF-8 and flagged (N602).

    Raises LookupError if the declared encoding has no codec.

    >>> decode(b"caf\\xe9").flags[0].code
    'N601'
    """
    digest = hashlib.sha256(content).hexdigest()
    flags: list[Flag] = []
    for name in [declared] if declared else [name for mark, name in BOMS if content.startswith(mark)][:1]:
        try:
            text = content.decode(name)
            if text.encode(name) == content:
                return Received(text, codecs.lookup(name).name, digest, ())
        except UnicodeError:
            pass
        flags.append(Flag("N602", 0, 0, f"the bytes are not {name}; the text is read as UTF-8 instead"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
        flags += _undecodable(text)
    return Received(text, "utf-8", digest, tuple(flags))


def encode(text: str, encoding: str) -> bytes:
    """The received bytes of a text that `decode` returned."""
    return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")


def _undecodable(text: str) -> Iterator[Flag]:
    at = offset = 0
    for match in LOST.finditer(text):
        offset += len(text[at : match.start()].encode("utf-8"))
        yield Flag("N601", match.start(), match.end(), f"byte 0x{ord(match[0]) - 0xDC00:02x} at byte offset {offset} is not UTF-8")
        at, offset = match.end(), offset + 1
