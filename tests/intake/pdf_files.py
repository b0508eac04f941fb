"""PDF files of our own for the tests of intake, written by hand: every line stands where the test says."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from tests.intake.files import damaged

WIDTH, HEIGHT = 420, 595  # points: A5
LEADING = 14


class At(NamedTuple):
    """A line: where its baseline begins, its words, and the size of its font."""

    x: float
    y: float
    text: str
    size: float = 11


def column(lines: Sequence[str], x: float = 50, y: float = 520, size: float = 11) -> list[At]:
    """Lines below each other; an empty one leaves its place free."""
    return [At(x, y - number * LEADING, line, size) for number, line in enumerate(lines) if line]


def content_of(lines: Sequence[At]) -> bytes:
    """The content stream that shows lines."""
    rows = []
    for each in lines:
        words = each.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        rows.append(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (each.size, each.x, each.y, words))
    return b"\n".join(rows)


def pdf(
    pages: Sequence[Sequence[At]], *, catalog: str = "", page: str = "", info: str = "", extra: Sequence[bytes] = (), packed: bool = False,
    contents: Sequence[bytes] | None = None,
) -> bytes:  # fmt: skip
    """A PDF file of these pages; `catalog`, `page` and `info` are added to its dictionaries, and `extra` are its objects from number 4 on."""
    objects: list[bytes] = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", *extra]
    kids = []
    for content in contents or [content_of(lines) for lines in pages]:
        stream = zlib.compress(content) if packed else content
        how = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), how, stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I 4 0 R>>>>%s>>"
            % (WIDTH, HEIGHT, len(objects), page.encode("latin-1"))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog.encode("latin-1")
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects.append(b"<<%s>>" % info.encode("latin-1"))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), start)
    return bytes(out)


PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
SHOW_PICTURE = b"q 400 0 0 500 0 0 cm /I Do Q"


def changed(content: bytes, seed: int) -> bytes:
    """A damaged copy of a file, or one in which some numbers or names of its objects are others."""
    chance = random.Random(seed)
    if seed % 2:
        return damaged(content, seed)
    out = content
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out))
        old = chance.choice(
            [b"0 R", b"/Length", b"/Kids", b"/Count", b"/Contents", b"Tf", b"Tm", b"/F1", b"obj", b" 1 ", b"endstream", b"MediaBox"]
        )
        new = chance.choice(
            [b"", b"9 0 R", b"2 0 R", b"/Kids", b"-1", b"99999999999", b"[", b"<<", b"0", b"/Length 7 0 R", b"BT BT", b"1e38"]
        )
        place = out.find(old, at)
        out = out[:place] + new + out[place + len(old) :] if place >= 0 else out
    return out
