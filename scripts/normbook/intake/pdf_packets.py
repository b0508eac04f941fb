"""What a PDF file states about itself in its packets of metadata (XMP): title, publisher, date and language."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from lxml import etree

from normbook.intake.intake import Fact

PACKET = re.compile(rb"<x:xmpmeta\b.{1,1000000}?</x:xmpmeta\s*>", re.DOTALL)
PACKED = re.compile(rb"/Metadata\b[^>]{0,200}>>\s*stream\r?\n")
LARGEST = 1 << 20  # bytes of a packet
MOST_PACKETS = 50
LONGEST = 500  # characters of a value
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PRISM = tuple(f"{{http://prismstandard.org/namespaces/basic/{version}/}}" for version in ("1.2", "2.0", "2.1", "3.0"))
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# field -> the properties that state it, the surest first
FIELDS = {
    "title": (f"{DC}title",),
    "publisher": (f"{DC}publisher",),
    "published": (*(f"{name}publicationDate" for name in PRISM), f"{DC}date"),
    "language": (f"{DC}language",),
}
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T|$)")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def packet_facts(content: bytes) -> list[Fact]:
    """The facts that the packets state; a field for which they state several values is left out.

    A date that is also the day on which the file was made is not taken for that of publication.
    """
    found: dict[str, dict[str, Fact]] = {}
    for first, last, packet in _packets(content):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(packet, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root.getroottree().docinfo.doctype:
            continue
        made = {value[:10] for value in _values(root, f"{XMP}CreateDate")}
        for field, names in FIELDS.items():
            for name in names:
                values = [valid for value in _values(root, name) if (valid := _valid(field, value))]
                if len(values) == 1 and not (field == "published" and values[0] in made):
                    evidence = f"XMP {etree.QName(name).localname}"
                    found.setdefault(field, {}).setdefault(values[0], Fact(field, values[0], evidence, first, last))
                    break
    return [fact for values in found.values() if len(values) == 1 for fact in values.values()]


def _packets(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The packets and the bytes in which each stands, packed or not."""
    for number, match in enumerate(PACKET.finditer(content)):
        if number == MOST_PACKETS:
            return
        yield match.start(), match.end(), match[0]
    for number, match in enumerate(PACKED.finditer(content)):
        if number == MOST_PACKETS:
            return
        unpack = zlib.decompressobj()
        try:
            packet = unpack.decompress(content[match.end() : match.end() + LARGEST], LARGEST)
        except zlib.error:
            continue
        if found := PACKET.search(packet):
            yield match.end(), match.end() + len(content[match.end() : match.end() + LARGEST]) - len(unpack.unused_data), found[0]


def _values(root: etree._Element, name: str) -> list[str]:
    """The values of a property: its own words, an attribute, or the items of its list; of a text in several languages the default alone."""
    values = [element.get(name) for element in root.iter(f"{RDF}Description") if element.get(name)]
    for element in root.iter(name):
        items = list(element.iter(f"{RDF}li"))
        default = [item for item in items if item.get(LANG) == "x-default"]
        values += ["".join(each.itertext()) for each in (default or items or [element])]
    return list(dict.fromkeys(" ".join(value.split()) for value in values if value and value.strip()))


def _valid(field: str, value: str) -> str:
    """A value in the form of its field; empty if it has another."""
    if len(value) > LONGEST or not value.isprintable():
        return ""
    if field == "published":
        match = DAY.match(value)
        return match[0].rstrip("T") if match else ""
    return value if field != "language" or LANGUAGE.fullmatch(value) else ""
