"""Word documents: each element that holds words, tracked changes, numbers, notes, and what is refused."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.intake.docx import docx_intake
from normbook.intake.intake import Intake, Refused
from tests.intake.files import HEAD, damaged, p, packed, part, r, rearranged, word
from tests.intake.laws import assert_runs_give_characters, assert_tiles
from tests.shared import examples


def take(content: bytes) -> Intake:
    """The intake of a document, with its laws checked."""
    taken = docx_intake(content)
    assert_tiles(taken)
    assert_runs_give_characters(taken, content)
    return taken


def marks(taken: Intake) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in taken.marks]


def numbered(id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'


BOX = '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>'


def test_headers_footers_and_comments_are_marked_and_stay_out_of_the_text() -> None:
    body = p(r("Ships share"), '<w:r><w:commentReference w:id="4"/></w:r>', r(" warnings."))
    files = {"word/document.xml": part("document", f"<w:body>{body}</w:body>"), "word/header1.xml": part("hdr", p(r("Port Review")))}
    files |= {
        "word/footer2.xml": part("ftr", p(r("Page"), r(" 1"))),
        "word/comments.xml": part("comments", f'<w:comment w:id="4">{p(r("All of them?"))}</w:comment>'),
    }
    taken = take(packed(files))
    assert taken.text == "Ships share warnings.\n"
    assert [(mark.kind, mark.text, mark.start) for mark in taken.marks] == [
        ("header", "Port Review", 0), ("comment", "All of them?", 11), ("footer", "Page 1", 21),
    ]  # fmt: skip
    assert taken.path(taken.marks[1].element) == "/w:comments[1]/w:comment[1]" and taken.marks[1].part == "word/comments.xml"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("One "), r("two")) + p(r("three")), "One two\n\nthree\n"),
        (p("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>State</w:t><w:tab/><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"), "non\u2011State\ta\xadb\nc\nd\n"),
        (p(r("said in "), '<w:fldSimple w:instr="REF x">' + r("Article 5") + "</w:fldSimple>", r(", no State")), "said in Article 5, no State\n"),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("7"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), "7\n"),
        (p("<w:hyperlink>" + r("link") + "</w:hyperlink><w:smartTag>" + r(" tag") + "</w:smartTag><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r(" box") + "</w:sdtContent></w:sdt>"), "link tag box\n"),
        (p(r("before "), BOX.format(p(r("inside"))), r("after")), "before after\n\ninside\n"),
        ("<w:tbl><w:tblPr/><w:tr><w:tc>" + p(r("1")) + "</w:tc><w:tc>" + p(r("2")) + p(r("2b")) + "</w:tc></w:tr><w:tr><w:tc>" + p() + "</w:tc><w:tc>" + p(r("b")) + "</w:tc></w:tr></w:tbl>" + p(r("end")), "1\t2\n2b\n\tb\n\nend\n"),
        (p("<w:r><w:t> trimmed </w:t></w:r>", r("kept ")), "trimmedkept \n"),
        (p(r("a")) + p(r("")) + p(r("b")), "a\n\nb\n"),
        (p(r("a"), '<w:r><w:br w:type="page"/></w:r>', r("b")), "a\nb\n"),
    ],
)  # fmt: skip
def test_every_element_with_words_is_read_once(body: str, text: str) -> None:
    assert take(word(body)).text == text


def test_tracked_changes_are_accepted_and_what_is_deleted_is_marked() -> None:
    body = p(
        r("States "), '<w:del w:id="1"><w:r><w:delText xml:space="preserve">should </w:delText></w:r></w:del>', '<w:ins w:id="2">' + r("shall ") + "</w:ins>",
        "<w:moveFrom>" + r("here") + "</w:moveFrom>", r("not store data "), "<w:moveTo>" + r("there") + "</w:moveTo>", r(".", ""), r("secret", "<w:vanish/>"), r("shown", '<w:vanish w:val="0"/>'),
    )  # fmt: skip
    taken = take(word(body))
    assert taken.text == "States shall not store data there.shown\n"
    assert marks(taken) == [
        ("deleted", "should "),
        ("inserted", "shall "),
        ("deleted", "here"),
        ("inserted", "there"),
        ("hidden", "secret"),
    ]
    assert taken.text[: taken.marks[0].start] == "States "


def test_the_reading_above_words_is_a_mark_and_the_words_stay_whole() -> None:
    ruby = "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    taken = take(word(p(ruby.format(r("tou"), r("\u6771")), ruby.format(r("kyou"), r("\u4eac")))))
    assert taken.text == "\u6771\u4eac\n"
    assert marks(taken) == [("reading", "tou"), ("reading", "kyou")]


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next() -> None:
    body = p(r("The first half "), props="<w:rPr><w:del/></w:rPr>") + p(r("and the second.")) + p(r("Next."))
    assert take(word(body)).text == "The first half and the second.\n\nNext.\n"


LEVELS = "".join(
    f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    for at, start, style, text, more in [
        (0, 1, "decimal", "Article %1.", '<w:pStyle w:val="Article"/>'), (1, 1, "lowerLetter", "%1(%2)", ""), (2, 4, "upperRoman", "%3)", ""), (3, 1, "bullet", "\uf0b7", ""), (4, 3, "chineseCounting", "%5\u3001", ""),
    ]
)  # fmt: skip
NUMBERING = f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
STYLES = '<w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Article"/></w:style><w:style w:styleId="Off"><w:rPr><w:vanish/></w:rPr></w:style>'


def test_the_numbers_of_lists_are_computed_also_where_a_style_carries_them() -> None:
    body = (
        p(r("one"), props='<w:pStyle w:val="Article"/>') + p(r("a"), props=numbered(1, 1)) + p(r("b"), props=numbered(1, 1)) + p(r("iv"), props=numbered(1, 2))
        + p(r("bullet"), props=numbered(1, 3)) + p(r("two"), props='<w:pStyle w:val="Own"/>') + p(r("a again"), props=numbered(1, 1))
        + p(r("nine"), props=numbered(2)) + p(r("ten"), props=numbered(2)) + p(r("three"), props=numbered(2, 4)) + p(r("plain"), props=numbered(0))
    )  # fmt: skip
    taken = take(word(body, numbering=NUMBERING, styles=STYLES))
    assert taken.text.split("\n")[:-1] == [
        "Article 1. one", "1(a) a", "1(b) b", "IV) iv", "bullet", "Article 2. two", "2(a) a again", "Article 9. nine", "Article 10. ten", "\u4e09\u3001 three", "", "plain",
    ]  # fmt: skip
    assert {each.origin for each in taken.places(0, 11)} == {"made"}


def test_notes_stand_at_the_end_with_their_order_not_their_id() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(f'<w:footnote w:id="{id}">{p("<w:r><w:footnoteRef/></w:r>", r(f" note {id}"))}</w:footnote>' for id in (2, 5, 7))
    end = f'<w:endnote w:id="1">{p(r("last"))}</w:endnote>'
    taken = take(
        word(
            p(r("data"), reference.format(7), r(" and flow"), reference.format(2), '<w:r><w:endnoteReference w:id="1"/></w:r>'),
            footnotes=notes,
            endnotes=end,
        )
    )
    assert taken.text == "data1 and flow2i\n\n1 note 7\n\n2 note 2\n\ni last\n"
    assert marks(taken) == [("note", "1"), ("note", "2"), ("note", "i")]
    assert taken.map[-2].part == "word/endnotes.xml"


def m(name: str, *inside: str) -> str:
    """A part of a formula; a run for `r`."""
    words = f"<m:t>{inside[0]}</m:t>" if name == "r" else "".join(inside)
    return f"<m:{name}>{words}</m:{name}>"


def test_a_formula_is_read_in_order_with_the_strokes_of_fractions_and_marked() -> None:
    half = m("f", m("fPr", m("ctrlPr")), m("num", m("r", "1")), m("den", m("r", "2")))
    sum_ = m("f", m("num", m("r", "a+1")), m("den", m("r", "b")))
    power = m("sSup", m("e", m("r", "10")), m("sup", m("r", "3")))
    taken = take(
        word(
            p(r("At "), m("oMath", m("r", "x\u2265"), half), r(" of ")) + p(m("oMathPara", m("oMath", sum_))) + p(m("oMath", power), r("!"))
        )
    )
    assert taken.text == "At x\u22651/2 of \n\n(a+1)/b\n\n103!\n"
    assert marks(taken) == [("formula", "x\u22651/2"), ("formula", "(a+1)/b"), ("formula", "103"), ("superscript", "3")]


def test_a_deleted_formula_is_a_mark() -> None:
    taken = take(word(p(r("x "), f'<w:del w:id="1">{m("oMath", m("r", "y"))}</w:del>', r("z"))))
    assert taken.text == "x z\n" and marks(taken) == [("deleted", "y")]


def test_headings_symbols_and_hidden_styles_are_marked() -> None:
    body = p(r("On "), r("data"), props='<w:pStyle w:val="Heading1"/>') + p(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', r("yes"), r("no", '<w:rStyle w:val="Off"/>')
    )
    taken = take(word(body, styles=STYLES))
    assert taken.text == "On data\n\n\uf0fcyes\n" and marks(taken) == [("heading", "On data"), ("symbol", "Wingdings"), ("hidden", "no")]


def test_the_properties_of_a_document_are_facts() -> None:
    core = b'<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Lights </dc:title><dc:language>en</dc:language><dc:creator>x</dc:creator></c:coreProperties>'
    taken = docx_intake(packed({"word/document.xml": part("document", f"<w:body>{p(r('x'))}</w:body>"), "docProps/core.xml": core}))
    assert [(fact.field, fact.value) for fact in taken.facts] == [("title", "Lights"), ("language", "en")]


def test_a_document_in_strict_form_is_read_too() -> None:
    strict = part("document", f"<w:body>{p(r('strict'))}</w:body>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert docx_intake(packed({"word/document.xml": strict})).text == "strict\n"


ENTITIES = (
    HEAD.format("document").replace("<w:document", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document')
    + f"<w:body>{p(r('&b;'))}</w:body></w:document>"
)
FROM_OUTSIDE = (
    HEAD.format("document").replace("<w:document", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document')
    + f"<w:body>{p(r('&a;'))}</w:body></w:document>"
)


def locked() -> bytes:
    content = bytearray(word(p(r("x"))))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"xl/workbook.xml": b"<x/>"}), "N723"),
        (packed({"word/document.xml": part("document", "")}), "N723"),
        (b"PK\x03\x04 and no more", "N722"),
        (word(p(r("x")))[:-30], "N722"),
        (packed({"word/document.xml": b"<w:document"}), "N722"),
        (packed({"word/document.xml": ENTITIES.encode()}), "N725"),
        (packed({"word/document.xml": FROM_OUTSIDE.encode()}), "N725"),
        (packed({"word/document.xml": part("document", "<w:body/>"), "word/vbaProject.bin": b"x"}), "N725"),
        (packed({"word/document.xml": part("document", f"<w:body>{p(r(' ' * (17 << 20)))}</w:body>")}), "N724"),
        (packed({f"{number}.xml": b"" for number in range(5001)}), "N724"),
        (packed({"word/document.xml": part("document", "<w:sdt>" * 400)}), "N722"),
        (locked(), "N721"),
    ],
)  # fmt: skip
def test_what_is_no_sound_document_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        docx_intake(content)
    assert refused.value.code == code and refused.value.hint


WHOLE = word(
    p(r("States "), "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", '<w:r><w:footnoteReference w:id="2"/></w:r>') + p(r("b"), props=numbered(1, 1)) + f"<w:tbl><w:tr><w:tc>{p(r('c'))}</w:tc></w:tr></w:tbl>",
    numbering=NUMBERING, styles=STYLES, footnotes=f'<w:footnote w:id="2">{p(r("note"))}</w:footnote>',
)  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mutated(seed: int) -> bytes:
    """A damaged copy of a document: of its archive, of the bytes of a file inside, or of the elements of such a file."""
    if seed % 6 == 0:
        return damaged(WHOLE, seed)
    files = parts_of(WHOLE)
    name = sorted(files)[seed // 6 % len(files)]
    return packed(files | {name: damaged(files[name], seed) if seed % 6 == 1 else rearranged(files[name], seed)})


def test_damaged_documents_keep_the_laws_or_are_refused() -> None:
    read = 0
    for seed in range(200):
        content = mutated(seed)
        try:
            taken = docx_intake(content)
        except Refused:
            continue
        read += 1
        assert_tiles(taken)
    assert 80 < read < 180


RUNS = st.lists(st.sampled_from([r("data "), r("a\n b"), r("\u955c"), '<w:r><w:tab/></w:r>', '<w:r><w:br/></w:r>', '<w:del>' + r("x") + '</w:del>', '<w:ins>' + r("y") + '</w:ins>', r("z", "<w:vanish/>"), BOX.format(p(r("in")))]), max_size=6)  # fmt: skip
BLOCKS = st.lists(
    RUNS.map(lambda runs: p(*runs)) | RUNS.map(lambda runs: f"<w:tbl><w:tr><w:tc>{p(*runs)}</w:tc><w:tc>{p()}</w:tc></w:tr></w:tbl>"),
    max_size=6,
)


@given(BLOCKS)
@settings(max_examples=examples(40), deadline=None)
def test_every_document_is_tiled_and_its_runs_give_its_characters(blocks: list[str]) -> None:
    taken = take(word("".join(blocks)))
    words = "".join(blocks).count(">data <")
    assert taken.text.count("data ") + taken.text.count("data\n") >= words - 1
