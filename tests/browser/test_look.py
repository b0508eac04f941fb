"""How pages look: typefaces, sizes, measure, columns, dates, the header on a phone, what the home page tells first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tools.browser import open_page

FONTS = ROOT / "site_src" / "assets" / "fonts"
READ = ["index.html", "principles/gids-3.html", "initiatives/gids.html", "about/method.html", "statements/index.html"]
NUMBER = """selector => { const style = getComputedStyle(document.querySelector(selector)); return parseFloat(style.fontSize) }"""
LINES = """() => [...document.querySelectorAll('.md-content p:not([class]), .md-content li:not([class])')].filter(e => e.offsetParent && !e.querySelector('ul, ol, p, .nb-remark') && !e.closest('.nb-scroll, td, th, :lang(zh)')).flatMap(e => {
  const range = document.createRange(), lines = new Map();
  const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) for (let i = 0; i < node.length; i++) {
    range.setStart(node, i); range.setEnd(node, i + 1);
    const box = range.getClientRects()[0];
    if (box && box.width) { const line = Math.round(box.bottom / 14); lines.set(line, (lines.get(line) ?? 0) + 1); }
  }
  return [...lines.values()].slice(0, -1) })"""  # characters in each line of running text but the last of its paragraph


@pytest.mark.parametrize("path", READ)
def test_titles_are_twice_the_text_and_no_line_of_prose_is_long(browser: Browser, served: str, path: str) -> None:
    page, requests = open_page(browser, served + path)
    title, second, text = (
        page.evaluate(NUMBER, each) for each in (".md-content h1", ".md-content h2, .md-content h1", ".md-content p:not([class])")
    )
    assert title >= 1.95 * text and second >= 1.3 * text
    lines = page.evaluate(LINES)
    assert not lines or max(lines) <= 80, "60 to 75 characters, and a few more where letters are narrow"
    assert [each for each in requests if each.endswith(".woff2")], "our own typefaces are used"
    assert page.evaluate("document.fonts.check('16px Inter') && document.fonts.check('600 16px \"Source Serif 4\"')")
    page.context.close()


def test_a_page_loads_few_and_small_fonts(browser: Browser, served: str) -> None:
    for path in ("index.html", "sources/seed-004.html", "zh/principles/gids-3.html"):
        page, requests = open_page(browser, served + path)
        page.wait_for_timeout(200)
        loaded = {each.rpartition("/")[2] for each in requests if each.endswith(".woff2")}
        assert loaded <= {each.name for each in FONTS.iterdir()}
        assert sum((FONTS / name).stat().st_size for name in loaded) <= 120 * 1024, sorted(loaded)
        page.context.close()


def test_every_font_has_its_licence_and_is_used_and_in_the_record_of_rights() -> None:
    style = (ROOT / "site_src" / "assets" / "normbook.css").read_text("utf-8")
    rights = (ROOT / "RIGHTS.md").read_text("utf-8")
    fonts = {each.name for each in FONTS.glob("*.woff2")}
    assert fonts == set(re.findall(r'url\("fonts/([^"]+)"\)', style)) and fonts
    for licence in FONTS.glob("*.txt"):
        assert f"site_src/assets/fonts/{licence.name}" in rights
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text("utf-8")
    assert {next(each.name for each in FONTS.glob("*.txt") if font.startswith(each.name.partition(".")[0])) for font in fonts} == {
        each.name for each in FONTS.glob("*.txt")
    }
    assert len(re.findall(r"font-display: swap", style)) == style.count("src: url(")


def left_of(page: Page) -> tuple[float, bool]:
    """Where the text begins, and whether anything stands to its left."""
    found: list[object] = page.evaluate(
        "() => [document.querySelector('.md-content h1').getBoundingClientRect().left,"
        " [...document.querySelectorAll('.md-sidebar a')].some(e => e.getBoundingClientRect().width > 0 && e.checkVisibility({visibilityProperty: true}))]"
    )
    return float(str(found[0])), bool(found[1])


@pytest.mark.parametrize(
    "path", ["index.html", "principles/gids-3.html", "principles/index.html", "statements/index.html", "compare.html", "about/index.html"]
)
def test_no_column_is_empty(browser: Browser, served: str, path: str) -> None:
    page, _ = open_page(browser, served + path)
    left, beside = left_of(page)
    assert (left > 200) == beside and (beside or left < 40), "the text begins at the edge, or beside something"
    page.context.close()


@pytest.mark.parametrize("path", ["index.html", "timeline.html", "statements/index.html", "initiatives/index.html"])
def test_no_date_is_broken(browser: Browser, served: str, path: str) -> None:
    page, _ = open_page(browser, served + path, width=360)
    broken = page.evaluate(
        "[...document.querySelectorAll('.md-content time')].filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
    )
    assert broken == []
    page.context.close()


def test_the_menu_of_a_phone_leads_to_the_book_and_not_to_its_repository(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "principles/gids-3.html", width=360)
    page.click(".nb-drawer")
    page.wait_for_timeout(400)
    names = page.evaluate(
        "[...document.querySelectorAll('.md-sidebar--primary a')].filter(e => e.getBoundingClientRect().width).map(e => e.textContent.trim()).filter(Boolean)"
    )
    assert names[0] == "Home" and not [each for each in names if "ource" in each and each != "Sources"]
    assert page.locator(".nb-tongue").inner_text() == "中文 Chinese"
    title = page.evaluate(
        "(() => { const e = document.querySelector('.md-header__topic .md-ellipsis'); return [e.scrollWidth, e.clientWidth] })()"
    )
    assert title[0] <= title[1], "the name of the book is not cut"
    page.context.close()


def test_the_home_page_tells_its_subject_on_the_first_screen(browser: Browser, served: str, site: Path) -> None:
    page, _ = open_page(browser, served + "index.html")
    seen = page.evaluate(
        "[...document.querySelectorAll('.md-content h1, .nb-opening p, .nb-feature')].filter(e => e.getBoundingClientRect().bottom < innerHeight).map(e => e.innerText)"
    )
    told = " ".join(seen)
    for words in (
        "data and cyberspace",
        "China",
        "critical edition",
        "Global Initiative on Data Security",
        "8 September 2020",
        "8 commitments",
        "Global Cross-Border Data Flow Cooperation Initiative",
        "16 November 2024",
        "5 principles",
    ):
        assert words in told, words
    page.context.close()
