"""The encoding of a web page, decided once, and the places of its characters in bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from normbook.intake.intake import Refused
from normbook.text.decoding import BOMS

PRESCAN = 4096  # bytes in which a page may declare its encoding
META = re.compile(rb"<meta\b[^>]{0,512}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{1,40})", re.IGNORECASE)
COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
UTF_8 = "utf-8"
# what pages declare -> how browsers read it (as codecs of Python); a label that is not here is ignored, as browsers do
SINGLE = ("ibm866", "koi8-r", "koi8-u", *(f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)))
WINDOWS = tuple(f"windows-{page}" for page in (874, *range(1250, 1259)))
ALIASES = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "utf-7"), UTF_8),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "ascii", "us-ascii", "cp1252", "x-cp1252"), "windows-1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "windows-874"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "gb_2312", "chinese", "csgb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949", "korean"), "cp949"),
    **{name: name for name in (*SINGLE, *WINDOWS)},
}  # fmt: skip
CODECS = {name: name.replace("windows-", "cp") for name in WINDOWS}
STATEFUL = ("iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "hz-gb-2312")


class Decoded(NamedTuple):
    """The text of a page, what its codec is called, and how many bytes its byte order mark takes."""

    text: str
    encoding: str
    mark: int


def decode_page(content: bytes, declared: str | None = None) -> Decoded:
    """The text of a page: by the declared encoding, its byte order mark, its meta element, else UTF-8 if it is valid, else Windows-1252.

    Bytes that the encoding does not have become lone surrogates (PEP 383), and `text` always encodes back to the bytes after the mark.
    Raises LookupError if the declared encoding has no codec, and Refused for encodings whose characters have no bytes of their own.

    >>> decode_page(b'<meta charset=gb2312>\\xe9F').text[-1] == chr(0x9555), decode_page(b"<p>\\x93").encoding
    (True, 'cp1252')
    """
    mark, encoding = _marked(content) if not declared else (0, codecs.lookup(declared).name)
    if not encoding:
        encoding = _stated(content)
    if encoding == UTF_8 and content.startswith(codecs.BOM_UTF8):
        mark = len(codecs.BOM_UTF8)
    body = content[mark:]
    try:
        text = body.decode(encoding, "strict" if encoding.startswith("utf-16") else "surrogateescape")
        if encoded(text, encoding) == body:
            return Decoded(text, encoding, mark)
    except UnicodeError:
        pass
    raise Refused("N722", f"the bytes are not {encoding}", "open the page in a browser, check its encoding, and save it again as UTF-8")


def _marked(content: bytes) -> tuple[int, str]:
    for mark, name in ((codecs.BOM_UTF8, UTF_8), *BOMS):
        if content.startswith(mark):
            return len(mark), name
    return 0, ""


def _stated(content: bytes) -> str:
    """The codec by what the page declares, else by whether the bytes are UTF-8."""
    for match in META.finditer(COMMENT.sub(b"", content[:PRESCAN])):
        label = match[1].decode("ascii").lower()
        if label in STATEFUL:
            hint = "open the page in a browser and save it as UTF-8"
            raise Refused("N722", f"the encoding {label} cannot be traced: its bytes mean different characters in different places", hint)
        if label in ALIASES:
            return CODECS.get(ALIASES[label], ALIASES[label])
    try:
        content.decode(UTF_8)
    except UnicodeDecodeError:
        return "cp1252"
    return UTF_8


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a piece of a decoded page."""
    return text.encode(encoding, "strict" if encoding.startswith("utf-16") else "surrogateescape")


def byte_places(decoded: Decoded, offsets: Iterable[int], size: int) -> dict[int, int]:
    """The place in bytes of each offset, which counts characters with every line end as one.

    Raises Refused if the characters do not divide the bytes.
    """
    text, encoding, at = decoded
    if encoding == UTF_8 and "\r" not in text and text.isascii():
        return {offset: at + offset for offset in offsets}
    pairs = [match.start() for match in re.finditer("\r\n", text)]  # each is one character less
    places: dict[int, int] = {}
    done = passed = 0
    for offset in sorted(set(offsets)):
        while passed < len(pairs) and pairs[passed] - passed < offset:
            passed += 1
        original = offset + passed
        at += len(encoded(text[done:original], encoding))
        done, places[offset] = original, at
    if at + len(encoded(text[done:], encoding)) != size:
        raise Refused("N722", f"the characters cannot be traced to bytes in {encoding}", "save the page as UTF-8")
    return places
