"""What a PDF file may not bring: it is looked through before its reader sees it, without running, fetching or keeping anything."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from normbook.intake.intake import Refused

LARGEST = 256 << 20  # bytes of all streams, unpacked
STEP = 1 << 20
HEAD = 1_024  # bytes in which the signature stands
BEFORE = 400  # bytes of a stream's dictionary that are looked at
STREAM = re.compile(rb"stream\r?\n")  # also the end of one
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_TWICE = re.compile(rb"/(?:FlateDecode|LZWDecode|Fl|LZW)\s*/(?:FlateDecode|LZWDecode|Fl|LZW)\b")
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm|GoToE|Movie|Rendition)(?![A-Za-z0-9])")
WHAT = {
    b"JavaScript": "a program (JavaScript)", b"JS": "a program (JavaScript)", b"Launch": "an action that starts a program",
    b"EmbeddedFile": "embedded files", b"EmbeddedFiles": "embedded files", b"GoToE": "embedded files", b"RichMedia": "embedded media", b"Movie": "embedded media",
    b"Rendition": "embedded media", b"XFA": "a form that is a program (XFA)", b"ImportData": "an action that sends or fetches data",
    b"SubmitForm": "an action that sends or fetches data",
}  # fmt: skip
PRINT_AGAIN = "open it in a PDF viewer and print it to a new PDF file, which holds the pages alone"


def look_through(content: bytes) -> None:
    """Raises Refused for a file that is no PDF, that swells when it is unpacked, or that brings programs, actions or other files."""
    if b"%PDF-" not in content[:HEAD]:
        raise Refused("N723", "the file does not begin like a PDF file", "give the file the ending of its kind, and ingest it again")
    pieces, at, streams = [], 0, _streams(content)
    for first, _, end in streams:
        if first < at:
            continue
        pieces.append(content[at:first])
        at = end
        if PACKED_TWICE.search(_plain(content[max(0, first - BEFORE) : first])):
            raise Refused("N724", "a stream of the file is packed twice", PRINT_AGAIN)
    pieces.append(content[at:])
    pieces += _unpacked(content, streams)
    for piece in pieces:
        if found := ACTIVE.search(_plain(piece)):
            raise Refused("N725", f"the file brings {WHAT[found[1]]}", PRINT_AGAIN)


def _streams(content: bytes) -> list[tuple[int, int, int]]:
    """Where each stream's word stands, where its bytes begin, and where they end."""
    found, end = [], 0
    for match in STREAM.finditer(content):
        if content.startswith(b"endstream", match.start() - 3):
            continue
        if end >= 0:
            end = content.find(b"endstream", match.end())
        found.append((match.start(), match.end(), len(content) if end < 0 else end))
    return found


def _plain(piece: bytes) -> bytes:
    """Bytes with the escapes of names resolved."""
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), piece) if b"#" in piece else piece


def _unpacked(content: bytes, streams: Sequence[tuple[int, int, int]]) -> list[bytes]:
    """The unpacked streams that hold objects. Raises Refused if all streams together are too large."""
    total, kept = 0, []
    for first, start, end in streams:
        head = content[start : start + 2]
        if len(head) < 2 or head[0] & 15 != 8 or (head[0] << 8 | head[1]) % 31:
            continue
        objects = b"/ObjStm" in _plain(content[max(0, first - BEFORE) : first])
        rest, found = content[start:end], []
        unpack = zlib.decompressobj()
        try:
            while rest and not unpack.eof:
                piece = unpack.decompress(rest, STEP)
                total += len(piece)
                rest = unpack.unconsumed_tail
                if total > LARGEST:
                    raise Refused("N724", f"the file is too large: expected at most {LARGEST:,} bytes after unpacking", PRINT_AGAIN)
                if objects:
                    found.append(piece)
                if not piece and not rest:
                    break
        except zlib.error:
            pass  # its reader takes what can be unpacked
        if found:
            kept.append(b"".join(found))
    return kept
