"""Packets of metadata in PDF files: what they state is proposed, what is doubtful is not."""

from __future__ import annotations

import zlib

import pytest

from normbook.intake.pdf import pdf_intake
from normbook.intake.pdf_packets import packet_facts
from tests.intake.pdf_files import column, pdf

HEAD = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"{}>'
TAIL = '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="fr">Feux du port</rdf:li><rdf:li xml:lang="x-default">Harbour lights</rdf:li></rdf:Alt></dc:title>'
LANGUAGE = "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
DATE = "<dc:date><rdf:Seq><rdf:li>2031-05-06</rdf:li></rdf:Seq></dc:date>"


def file(*packets: str, packed: bool = False, attributes: str = "") -> bytes:
    extra = []
    for inside in packets:
        content = (HEAD.format(attributes) + inside + TAIL).encode()
        content = zlib.compress(content) if packed else content
        how = b"/Filter/FlateDecode" if packed else b""
        extra.append(b"<</Type/Metadata/Subtype/XML/Length %d%s>>stream\n%s\nendstream" % (len(content), how, content))
    return pdf([column(["Every harbour keeps its lights burning for all ships."])], catalog="/Metadata 4 0 R", extra=extra)


def stated(content: bytes) -> dict[str, str]:
    return {fact.field: fact.value for fact in pdf_intake(content).facts}


@pytest.mark.parametrize("packed", [False, True])
def test_a_packet_states_title_date_and_language(packed: bool) -> None:
    content = file(TITLE + LANGUAGE + DATE, packed=packed)
    assert stated(content) == {"title": "Harbour lights", "language": "en-GB", "published": "2031-05-06"}
    assert {fact.evidence for fact in packet_facts(content)} == {"XMP title", "XMP language", "XMP date"}
    for fact in packet_facts(content):
        part = content[fact.first : fact.last]
        assert b"Harbour lights" in (zlib.decompress(part) if packed else part)


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (file(DATE, attributes=' xmp:CreateDate="2031-05-06T09:00:00Z"'), "published"),
        (file(TITLE, TITLE.replace("Harbour lights", "Tides")), "title"),
        (file("<dc:language><rdf:Bag><rdf:li>en</rdf:li><rdf:li>fr</rdf:li></rdf:Bag></dc:language>"), "language"),
        (file("<dc:date><rdf:Seq><rdf:li>May 2031</rdf:li></rdf:Seq></dc:date>"), "published"),
        (file("<dc:title>Lights</dc:titel>"), "title"),
        (file(f"<dc:title>{'x' * 501}</dc:title>"), "title"),
    ],
    ids=["the day on which the file was made", "two titles", "two languages", "no day", "damaged", "too long"],
)
def test_what_is_doubtful_is_not_proposed(content: bytes, missing: str) -> None:
    assert missing not in stated(content)


def test_the_day_of_publication_comes_before_the_date_of_the_file() -> None:
    content = file(DATE + "<prism:publicationDate>2031-06-07T00:00:00Z</prism:publicationDate>")
    assert stated(content)["published"] == "2031-06-07"
