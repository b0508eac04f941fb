"""Files of our own for the tests of intake: Word documents from pieces of XML, and damaged copies of any file."""

from __future__ import annotations

import random
from copy import deepcopy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{{}} xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:m="{MATH}">'


def part(root: str, inside: str) -> bytes:
    """An XML part of a Word document."""
    return f"{HEAD.format(root)}{inside}</w:{root}>".encode()


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of these files; the same files give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document with this body; `parts` are the insides of numbering, styles, footnotes and endnotes."""
    files = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    files |= {f"word/{name}.xml": part(name, inside) for name, inside in parts.items()}
    return packed(files)


def p(*runs: str, props: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(runs)}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def damaged(content: bytes, seed: int) -> bytes:
    """A copy with some bytes changed, cut out, repeated or added."""
    chance = random.Random(seed)
    out = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del out[at : at + chance.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 60)] * chance.randint(1, 5)
        elif kind == 3:
            out[at:at] = chance.choice(
                [b"<", b"</p>", b"<table><tr>", b"&#", b"\x00", b"\xff\xfe", b"<!--", b"<svg>", b"<del>", b"<pre>\r\n"]
            )
        else:
            del out[at:]
        if not out:
            out += b"<p>"
    return bytes(out)


def rearranged(content: bytes, seed: int) -> bytes:
    """A copy of an XML file with some elements removed, repeated, moved or renamed, and some attributes changed or lost."""
    chance = random.Random(seed)
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iter("*"))
        one, other = chance.choice(elements), chance.choice(elements)
        kind = chance.randrange(5)
        if kind == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif kind == 1 and one.getparent() is not None:
            one.addnext(deepcopy(one))
        elif kind == 2 and one.getparent() is not None and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif kind == 3 and one is not root:
            one.tag = other.tag
        elif one.attrib:
            name = chance.choice(list(one.attrib))
            one.set(name, chance.choice(["", "-1", "999999999999", "0", "x", "0.5"]))
    return bytes(etree.tostring(root))
