"""Quotations in the received file: boxes on a page's picture, elements of a web page, and what rights allow to be shown."""

from __future__ import annotations

import struct
import zlib
from types import SimpleNamespace
from typing import Any

import pytest

from normbook.cleaning.clean import read
from normbook.intake.kinds import Kind, take_in
from normbook.site import places
from normbook.site.context import Original
from tests.intake.test_ingest import LETTER as LETTER_DOCX
from tests.intake.test_ingest import PAGE
from tests.intake.test_pdf import LETTER

WORDS = "lights burning, and that the ports of the coast"


def context_of(kind: Kind, content: bytes, words: str, rights: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A context with one source, and one record that quotes some words of it."""
    readings = read(content, kind=kind)
    at = readings.cleaned.text.index(words)
    monkeypatch.setattr(places, "_quoted", lambda context, source: [(at, at + len(words), "gids-1")])
    held = {"/rights/full_text": rights}
    return SimpleNamespace(
        original=lambda name: Original(kind, content, take_in(kind, content)),
        readings={"seed-009": readings},
        graph=SimpleNamespace(get=lambda name, pointer: held.get(pointer), records={"seed-009": SimpleNamespace(id="seed-009")}),
        url=lambda name: f"sources/{name}.html",
    )


def shape(picture: bytes) -> tuple[int, int]:
    """The width and height of a PNG file whose rows are whole."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    at = picture.index(b"IDAT")
    rows = zlib.decompress(picture[at + 4 : at + 4 + struct.unpack(">I", picture[at - 4 : at])[0]])
    assert len(rows) == height * (1 + (width + 1) // 2)
    return width, height


def test_a_quotation_of_a_pdf_file_is_marked_line_by_line_on_a_picture_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of("pdf", LETTER, WORDS, "publish", monkeypatch)
    found = places.places(context, context.graph.records["seed-009"])
    ((sheet,), (row,)) = found["sheets"], found["rows"]
    assert sheet["path"] == "sources/seed-009.page-1.png" and sheet["frame"] == (0, 0, 420, 595)
    first, second = sheet["boxes"]
    assert row["words"] == WORDS and row["record"] == "gids-1"
    assert 60 < first.top < first.bottom < second.bottom < 110 and second.left == pytest.approx(50, abs=2)
    ((path, picture),) = places.pictures(context, "seed-009")
    assert path == sheet["path"] and shape(picture) == (630, 893)


def test_an_excerpt_shows_the_quoted_lines_alone_and_a_withheld_text_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of("pdf", LETTER, WORDS, "excerpt", monkeypatch)
    ((_, picture),) = places.pictures(context, "seed-009")
    assert shape(picture)[1] < 80
    context = context_of("pdf", LETTER, WORDS, "withhold", monkeypatch)
    assert places.places(context, context.graph.records["seed-009"])["rows"] and not list(places.pictures(context, "seed-009"))


def test_a_quotation_of_a_web_page_has_its_element_and_the_heading_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of("html", PAGE.encode(), "was signed on Tuesday", "publish", monkeypatch)
    found = places.places(context, context.graph.records["seed-009"])
    assert found["rows"][0] | {"words": ""} == {
        "words": "", "record": "gids-1", "heading": "Ports agree on lights", "placed": (), "path": "/html[1]/body[1]/p[1]",
    }  # fmt: skip
    assert not found["sheets"] and not list(places.pictures(context, "seed-009"))


def test_the_selectors_of_a_place_fit_the_kind_of_the_file() -> None:
    for kind, content, words, wanted in (
        ("pdf", LETTER, "Port Council said", [("FragmentSelector", "page=1&viewrect=73,67,82,8")]),
        ("html", PAGE.encode(), "order was", [("XPathSelector", "/html[1]/body[1]/p[1]"), ("DataPositionSelector", "")]),
        ("docx", LETTER_DOCX, "asked all ports", [("XPathSelector", "/w:document[1]/w:body[1]/w:p[2]/w:r[1]/w:t[1]")]),
    ):
        taken = take_in(kind, content)  # type: ignore[arg-type]
        at = taken.text.index(words)
        rows = places.file_selectors(Original(kind, content, taken), at, at + len(words))  # type: ignore[arg-type]
        assert [(row["type"], row.get("value", "")) for row in rows] == wanted
        if kind == "html":
            assert content[rows[1]["start"] : rows[1]["end"]] == b"order was"
