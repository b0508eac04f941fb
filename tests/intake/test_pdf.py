"""PDF files written by hand: the text, its order, the map, the marks, what is refused, and damaged copies."""

from __future__ import annotations

import base64
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.cleaning.clean import clean
from normbook.intake.intake import Box, Intake, Refused
from normbook.intake.pdf import boxes_of, pdf_intake
from normbook.intake.pdf_layout import Gap, Piece, reading_order
from normbook.intake.pdf_pages import opened
from tests.intake.laws import assert_boxes_give_characters, assert_tiles
from tests.intake.pdf_files import PICTURE, SHOW_PICTURE, At, changed, column, pdf
from tests.shared import examples

PROSE = [
    "The Port Council said that every harbour keeps its lights burn-", "ing, and that the ports of the coast share their warnings with all", "ships that pass. It met for two days.", "",
    "No port closes at night, said the chair of the council, and the", "pilots of the small- and large ports agreed with her.",
]  # fmt: skip
LETTER = pdf(
    [
        [At(50, 560, "Port Review", 9), *column(PROSE), At(50, 30, "1", 9)],
        [At(50, 560, "Port Review", 9), *column(PROSE[4:]), At(50, 30, "2", 9)],
    ]
)
PACKED = pdf([column(PROSE)], packed=True, info="/Title(Lights)")
# encrypted by another program with the password "x": one empty page
ENCRYPTED = base64.b64decode(
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPDAyODA3OTc1NjE+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBlIC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2VzIDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKPj4KL01lZGlhQm94IFsgMC4wIDAuMCAxMDAgMTAwIF0KL1BhcmVudCAyIDAgUgo+PgplbmRvYmoKNSAwIG9iago8PAovViAyCi9SIDMKL0xlbmd0aCAxMjgKL1AgNDI5NDk2NzI5MgovRmlsdGVyIC9TdGFuZGFyZAovTyA8NzM0MmVhYTgxODIxNDIyZjM3YjE1M2E3MzkxMjM3YTMxN2U3NTg5YjIzYzg4YzAwOGI5MDhiNzBkNDVjZGIxYj4KL1UgPDYyMjkxMmU5MTVlMzI5ODk1YzRiYTg1ZDg2ZjgzNWQ1MjhiZjRlNWU0ZTc1OGE0MTY0MDA0ZTU2ZmZmYTAxMDg+Cj4+CmVuZG9iagp4cmVmCjAgNgowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDA1OSAwMDAwMCBuIAowMDAwMDAwMTE4IDAwMDAwIG4gCjAwMDAwMDAxNjcgMDAwMDAgbiAKMDAwMDAwMDI2MSAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDYKL1Jvb3QgMyAwIFIKL0luZm8gMSAwIFIKL0lEIFsgPDI2ZjM3ZGVhNjI0ZTMwYjdiMmU4M2UzZmZkMzc4ZGQ3PiA8MjZmMzdkZWE2MjRlMzBiN2IyZTgzZTNmZmQzNzhkZDc+IF0KL0VuY3J5cHQgNSAwIFIKPj4Kc3RhcnR4cmVmCjQ3NgolJUVPRgo="
)


def take(content: bytes) -> Intake:
    """The intake of a file, with its laws checked."""
    taken = pdf_intake(content)
    assert_tiles(taken)
    assert_boxes_give_characters(taken, content)
    return taken


def marks(taken: Intake) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in taken.marks]


def test_lines_paragraphs_and_pages_are_kept_as_they_stand() -> None:
    text = take(LETTER).text
    assert text.startswith("Port Review\n\nThe Port Council said that every harbour keeps its lights burn-\ning, and that")
    assert "for two days.\n\nNo port closes" in text and "\n\n1\n\fPort Review\n\nNo port" in text and text.endswith("\n\n2\n")


def test_the_ledger_shows_what_the_rules_did_to_pages() -> None:
    received = pdf_intake(LETTER).text
    cleaned = clean(received)
    assert cleaned.ledger.revert(cleaned.text) == received
    assert "keeps its lights burning, and that the ports of the coast share their warnings with all ships that pass." in cleaned.text
    rules = {name for edit in cleaned.ledger.edits for name in edit.rules}
    assert {"running-head", "pagination", "wrapped-line"} <= rules and "\f" not in cleaned.text and "\n2\n" not in cleaned.text
    assert "small- and large ports" in cleaned.text


def test_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    left = [
        "Every harbour keeps its lights",
        "burning, and all ships of the",
        "coast share their warnings as",
        "they pass each other at night",
        "in the narrow straits beyond",
        "the outer mole.",
    ]
    right = [
        "No port closes at night, said",
        "the chair of the council, and",
        "the pilots of the small ports",
        "all agreed with her, though a",
        "few of them asked for a lamp",
        "of their own as well.",
    ]
    rows = [At(50, 560, "A title above both columns of this page of the review of all the ports", 9)]
    for one, two in zip(column(left), column(right, x=230), strict=True):
        rows += [one, two]
    assert take(pdf([rows])).text.split("\n\n")[1] == "\n".join([*left, *right]) + "\n"


def test_a_table_is_read_row_by_row() -> None:
    rows = [At(x, 500 - 14 * n, word) for n in range(8) for x, word in ((50, f"Port {n}"), (300, f"{n * 7} ships"))]
    assert take(pdf([rows])).text.split("\n")[1] == "Port 1 7 ships"


def test_a_wide_space_that_lines_share_by_chance_is_no_gutter() -> None:
    lines = [Piece(n * 40, n * 40 + 40, "one two " * 5, Box(50, 500 - n * 14, 370, 510 - n * 14), 500 - n * 14, 11) for n in range(12)]
    some = [[Gap(200, 210, 20, 20)] if n % 2 else [] for n in range(12)]
    assert reading_order(lines, lambda pieces: [some[lines.index(piece)] for piece in pieces]) == lines


def test_heads_and_feet_and_numbers_of_lists_written_last_are_put_where_they_stand() -> None:
    lines = [
        At(50, 30, "7", 9),
        *column(["The pilots meet and say:", "Ships share warnings, all of them,", "and harbours keep their lights."], x=70),
        At(50, 560, "Port Review", 9),
    ]
    lines += [At(50, 506, "1."), At(50, 492, "2.")]
    text = take(pdf([lines])).text
    assert (
        text == "Port Review\n\nThe pilots meet and say:\n1. Ships share warnings, all of them,\n2. and harbours keep their lights.\n\n7\n"
    )


def test_notes_headings_and_what_stands_off_the_page_are_marked() -> None:
    lines = [
        At(50, 540, "Harbour lights", 18),
        At(50, 500, "All ports agreed"),
        At(127, 504, "1", 7),
        At(134, 500, "to it in May, said 5 of the pilots,"),
    ]
    lines += [
        *column(["and the lamps burn as they did before,", "which G20 ports had asked for."], y=486),
        At(50, 60, "1 The first note.", 8),
        At(900, 300, "off the page"),
    ]
    taken = take(pdf([lines]))
    assert marks(taken) == [("hidden", "off the page"), ("heading", "Harbour lights"), ("note", "1"), ("footnote", "1 The first note.")]
    assert "All ports agreed1 to it in May" in taken.text and "off the page" not in taken.text


def test_a_quotation_has_its_boxes_line_by_line() -> None:
    taken = take(LETTER)
    at = taken.text.index("lights burn-\ning")
    (placed,) = boxes_of(LETTER, taken, at, at + len("lights burn-\ning"))
    assert placed.page == 1 and len(placed.boxes) == 2 and placed.boxes[0].bottom > placed.boxes[1].top
    first = taken.text.index("Port Council")
    (line,) = boxes_of(LETTER, taken, first, first + 4)[0].boxes
    assert 50 < line.left < line.right < 110 and 515 < line.bottom < line.top < 535


def test_what_a_file_states_about_itself_is_kept_apart_from_the_day_of_its_text() -> None:
    info = "/Title(Lights)/Author(Port Council)/Producer(A press)/CreationDate(D:20210506090000Z)"
    facts = take(pdf([column(PROSE)], catalog="/Lang(en-GB)", info=info)).facts
    assert [(fact.field, fact.value) for fact in facts] == [
        ("title", "Lights"), ("language", "en-GB"), ("author", "Port Council"), ("created", "2021-05-06"), ("producer", "A press"),
    ]  # fmt: skip


def test_notes_of_readers_are_marked_and_a_page_that_is_a_picture_is_flagged() -> None:
    note = "/Annots[<</Type/Annot/Subtype/Text/Rect[9 9 30 30]/Contents(Is this so?)>>]"
    assert ("comment", "Is this so?") in marks(take(pdf([column(PROSE)], page=note)))
    from normbook.intake.kinds import received_as

    mixed = pdf([], contents=[SHOW_PICTURE, b"BT /F1 11 Tf 50 500 Td (Ships share warnings.) Tj ET"], extra=[PICTURE])
    assert [(flag.code, flag.message) for flag in received_as("pdf", mixed).flags] == [("N606", "page 1 holds a picture and no text")]


def bomb(size: int) -> bytes:
    """A packed stream of that many blanks, which is never held whole: its packed blocks are all alike."""
    packer, blanks = zlib.compressobj(9), b" " * (1 << 20)
    first, later = (packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + later * (size // len(blanks) - 1)


BOMB = bomb(300 << 20)


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"A text", "N723", "does not begin like a PDF file"),
        (b"%PDF-1.7 and nothing else", "N722", "damaged"),
        (ENCRYPTED, "N721", "encrypted"),
        (pdf([], contents=[SHOW_PICTURE], extra=[PICTURE]), "N726", "they are pictures"),
        (pdf([], contents=[b""]), "N726", "they are empty"),
        (pdf([column(PROSE)], catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "N725", "a program"),
        (pdf([column(PROSE)], catalog="/OpenAction<</S/#4aavaScript/#4aS(x)>>"), "N725", "a program"),
        (pdf([column(PROSE)], page="/AA<</O<</S/Launch/F(calc.exe)>>>>"), "N725", "starts a program"),
        (pdf([column(PROSE)], catalog="/Names<</EmbeddedFiles<</Names[]>>>>"), "N725", "embedded files"),
        (pdf([column(PROSE)], catalog="/AcroForm<</XFA(x)>>"), "N725", "XFA"),
        (pdf([column(PROSE)], extra=[b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 40>>stream\n" + zlib.compress(b"9 0 <</S/JavaScript>>") + b"\nendstream"]), "N725", "a program"),
        (pdf([column(PROSE)], extra=[b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(BOMB), BOMB)]), "N724", "after unpacking"),
        (pdf([column(PROSE)], extra=[b"<</Filter[/FlateDecode /FlateDecode]/Length 1>>stream\nx\nendstream"]), "N724", "packed twice"),
        (pdf([column(["a"])]).replace(b"/Count 1/Kids[5 0 R]", b"/Count 2001/Kids[%s]" % (b"5 0 R " * 2001)), "N724", "pages"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_brings_programs_or_is_over_the_limits_is_refused(content: bytes, code: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        pdf_intake(content)
    assert refused.value.code == code and message in refused.value.message and refused.value.hint


def test_damaged_files_keep_the_laws_or_are_refused() -> None:
    read = 0
    for seed in range(200):
        content = changed((LETTER, PACKED)[seed % 4 // 2], seed)
        try:
            taken = pdf_intake(content)
        except Refused:
            continue
        assert_tiles(taken)
        assert_boxes_give_characters(taken, content)
        read += 1
    assert 20 < read < 200


WORDS = st.text("ab -(fi)\\é’“.1", min_size=1, max_size=30).filter(lambda words: words.strip())
LINES = st.lists(st.builds(At, st.integers(-50, 400), st.integers(-20, 580), WORDS, st.sampled_from([6, 11, 18])), min_size=1, max_size=20)


@given(st.lists(LINES, min_size=1, max_size=3))
@settings(max_examples=examples(25), deadline=None)
def test_every_file_is_tiled_and_every_box_gives_its_character(pages: list[list[At]]) -> None:
    content = pdf(pages)
    try:
        taken = take(content)
    except Refused:
        assert not any(0 <= line.y < 595 and 0 <= line.x < 420 for lines in pages for line in lines), (
            "only what stands off the page is refused"
        )
        return
    numbers = [each.element for each in taken.map]
    assert numbers == sorted(numbers)
    written = {(each.element, at) for each in taken.map if each.origin == "written" for at in range(each.first, each.last)}
    assert len(written) == sum(each.last - each.first for each in taken.map if each.origin == "written"), "no character is written twice"
    assert all(one.end == two.start for one, two in pairwise(taken.map))
    with opened(content) as document:
        assert len(document.file) == len(pages) == len(taken.elements)
