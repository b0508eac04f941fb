"""The critical edition in Chromium: two columns, the reasons at the place, the filter by kind, and what is copied or read aloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import Barriers
from tools.browser import open_page

SOURCE = "sources/seed-004.html"
ITEM = "#list_1__item_4__sent_1"
COPIED = "selector => { getSelection().selectAllChildren(document.querySelector(selector)); return getSelection().toString() }"


def told(requests: list[str]) -> list[str]:
    return [each for each in requests if each.startswith(("console", "error"))]


def test_received_and_corrected_stand_in_two_columns_row_by_row(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + SOURCE)
    rows = page.evaluate(
        """[...document.querySelectorAll('.nb-row')].map(row => ['.nb-l', '.nb-r'].map(side => row.querySelector(side)).map(e => {
        const r = e.getBoundingClientRect(); return {left: r.left, right: r.right, top: r.top, words: e.innerText} }))"""
    )
    assert len(rows) > 30
    for received, corrected in rows:
        assert received["right"] < corrected["left"] and abs(received["top"] - corrected["top"]) < 2
    item = next(row for row in rows if "Fourthly" in row[0]["words"])
    assert "shop" in item[0]["words"] and "store" not in item[0]["words"]
    assert "store" in item[1]["words"] and "shop" not in item[1]["words"]
    page.set_viewport_size({"width": 360, "height": 740})
    stacked = page.locator(f".nb-row:has({ITEM})")
    received, corrected = stacked.locator(".nb-l").bounding_box(), stacked.locator(".nb-r").bounding_box()
    assert received and corrected and received["y"] + received["height"] <= corrected["y"] + 1 and received["x"] == corrected["x"]
    assert "As received" in stacked.inner_text() and "Corrected" in stacked.inner_text()
    page.check('input[value="corrected"]')
    assert not stacked.locator(".nb-r").is_visible() and "store" in stacked.inner_text() and "shop" not in stacked.inner_text()
    assert told(requests) == []
    page.context.close()


def test_a_source_with_few_corrections_has_one_column(browser: Browser, served: str) -> None:
    for path in ("sources/seed-000.html", "sources/seed-003.html"):
        page, _ = open_page(browser, served + path)
        assert page.is_checked('input[value="cleaned"]') and page.locator('.nb-r, input[value="corrected"], .nb-kinds').count() == 0
        page.check('input[value="received"]')
        page.check('input[value="marked"]')
        page.context.close()


def test_the_keyboard_shows_a_reason_and_enters_it(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + SOURCE)
    note = page.locator(".nb-pop")
    page.locator(f".nb-row:has({ITEM}) .nb-perma").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    number = page.evaluate("document.activeElement.textContent")
    note.wait_for(state="visible")
    assert page.evaluate("document.activeElement.matches('.nb-edition .nb-why')"), "focus stays in the text"
    assert "produced in their own country and obtained overseas" in note.inner_text(), number
    page.keyboard.press("Shift+Tab")
    note.wait_for(state="visible")
    assert "shop" in note.inner_text() and "store" in note.inner_text() and "certainty" in note.inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('nb-pop')")
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert told(requests) == []
    page.context.close()


def test_a_finger_opens_a_reason_on_a_phone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(served + SOURCE)
    number = page.locator(f".nb-row:has({ITEM}) .nb-l .nb-why").nth(1)
    number.scroll_into_view_if_needed()
    number.tap()
    note = page.locator(".nb-pop")
    assert "shop" in note.inner_text() and "store" in note.inner_text()
    box = note.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_signs_of_the_apparatus_are_at_least_24_pixels(browser: Browser, served: str, width: int) -> None:
    page, _ = open_page(browser, served + SOURCE, width, 800)
    small = page.evaluate(
        """[...document.querySelectorAll('.nb-edition :is(.nb-why, .nb-perma, .nb-ref)')].filter(e => e.checkVisibility()).filter(e => {
        const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 }).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []
    page.context.close()


def test_corrections_are_filtered_by_kind_and_the_address_keeps_it(browser: Browser, served: str, barriers: Barriers) -> None:
    page, requests = open_page(browser, served + SOURCE)
    marks = "[...document.querySelectorAll('.nb-edition .nb-l .nb-why')].filter(e => e.checkVisibility()).length"
    listed = "[...document.querySelectorAll('.nb-corrections > li')].filter(e => !e.hidden).map(e => e.dataset.kind)"
    every = page.evaluate(marks)
    assert every == len(page.evaluate(listed)) > 60
    box = page.locator('.nb-kinds input[value="mistranslation"]')
    counted = int(box.locator("xpath=..").locator(".nb-kind").inner_text())
    box.focus()
    page.keyboard.press("Space")
    assert page.evaluate(marks) == counted < every and page.evaluate(listed) == ["mistranslation"] * counted
    assert f"{counted} of {every}" in page.locator(".nb-kinds [role=status]").inner_text()
    assert page.url.endswith("?kind=mistranslation")
    page.check('.nb-kinds input[value="omission"]')
    page.goto(page.url)
    assert page.is_checked('.nb-kinds input[value="omission"]') and set(page.evaluate(listed)) == {"mistranslation", "omission"}
    page.check('input[value="marked"]')
    assert barriers.violations(page) == []
    page.uncheck('.nb-kinds input[value="omission"]')
    page.uncheck('.nb-kinds input[value="mistranslation"]')
    assert page.evaluate(marks.replace(".nb-l ", "")) == every and "?" not in page.url
    assert told(requests) == []
    page.context.close()


def test_what_is_filtered_out_reads_as_text(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + SOURCE + "?kind=omission")
    for reading, there, gone in (("corrected", "store", "shop"), ("received", "shop", "store"), ("marked", "shop", "store")):
        page.check(f'input[value="{reading}"]')
        words = page.evaluate(COPIED, ITEM)
        assert there in words and gone not in words and "deleted" not in words, reading
    page.context.close()


def test_what_is_copied_tells_deleted_words_from_inserted_ones(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + SOURCE)
    page.check('input[value="marked"]')
    assert "[deleted: shop] [inserted: store] data" in page.evaluate(COPIED, ITEM)
    page.check('input[value="corrected"]')
    assert "companies to store data" in page.evaluate(COPIED, ITEM)
    page.goto(served + "principles/gids-4.html")
    copied = page.evaluate(COPIED, ".nb-reading--corrected")
    assert "companies to store data" in copied and "shop" not in copied and "inserted" not in copied
    page.goto(served + "about/record.html")
    assert "[deleted: " in page.evaluate(COPIED, ".nb-show-marks") and "] [inserted: " in page.evaluate(COPIED, ".nb-show-marks")
    page.goto(served + "zh/about/record.html")
    assert "] [" in page.evaluate(COPIED, ".nb-show-marks") and "deleted" not in page.evaluate(COPIED, ".nb-show-marks")
    page.context.close()


def test_each_sentence_carries_its_place_in_the_cleaned_text(browser: Browser, served: str, site: Path) -> None:
    page, _ = open_page(browser, served + SOURCE)
    page.check('input[value="cleaned"]')
    text = json.loads((site / "data" / "texts" / "seed-004.json").read_text("utf-8"))["text"]
    found = page.evaluate("[...document.querySelectorAll('.nb-sent')].map(e => [+e.dataset.start, +e.dataset.end, e.id])")
    assert len(found) > 30
    for start, end, id in found:
        assert page.evaluate(COPIED, f"[id='{id}']").split() == text[start:end].split(), id
    page.context.close()


def test_two_reports_side_by_side_are_open_on_a_wide_screen_and_stacked_on_a_phone(
    browser: Browser, served: str, barriers: Barriers
) -> None:
    page, _ = open_page(browser, served + "sources/seed-001.html")
    row = page.locator(".nb-aligned tr:has-text('China believes that with time')").first
    assert (
        row.is_visible()
        and "We believe that with the passage of time" in row.inner_text()
        and "push forward this process" in row.inner_text()
    )
    assert barriers.violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    left, right = (row.locator("td").nth(n).bounding_box() for n in (0, 1))
    assert left and right and left["x"] == right["x"] and left["y"] < right["y"]
    assert row.locator(".nb-tag").all_inner_texts() == ["Ministry of Foreign Affairs of China", "Xinhua"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_without_javascript_every_correction_is_shown_and_its_reason_is_reached(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served + SOURCE)
    assert not page.locator(".nb-kinds").is_visible()
    row = page.locator(f".nb-row:has({ITEM})")
    assert "shop" in row.locator(".nb-l").inner_text() and "store" in row.locator(".nb-r").inner_text()
    href = row.locator(".nb-r .nb-why").nth(1).get_attribute("href")
    assert href
    row.locator(".nb-r .nb-why").nth(1).click()
    assert page.url.endswith(href) and page.locator(href).is_visible()
    context.close()


# words of the page's text whose letters lie on more than one line; a hyphen or an apostrophe may end a line
BROKEN = """() => [...document.querySelectorAll('.nb-edition .nb-l .nb-sent')].flatMap(sentence => {
    const letters = [], walk = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
      if (node.parentElement.closest('.nb-told, .nb-why, .nb-aids') || !node.parentElement.getClientRects().length) continue;
      [...node.data].forEach((letter, at) => {
        const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        letters.push([letter, box.height ? Math.round(box.bottom) : null]);
      });
    }
    const broken = [];
    for (let at = 1; at < letters.length; at++) {
      const [[before, above], [after, below]] = [letters[at - 1], letters[at]];
      if (/[\\p{L}\\p{N}]/u.test(before) && /[\\p{L}\\p{N}]/u.test(after) && above && below && below - above > 8)
        broken.push(letters.slice(Math.max(0, at - 12), at + 12).map(each => each[0]).join(''));
    }
    return broken;
  })"""


@pytest.mark.parametrize("reading", ["marked", "sides", "received", "corrected"])
@pytest.mark.parametrize("width", [320, 360, 412, 1280])
def test_no_word_is_broken_where_a_change_is_marked(browser: Browser, served: str, reading: str, width: int) -> None:
    page, _ = open_page(browser, served + SOURCE, width, 740)
    page.check(f'input[name="reading"][value="{reading}"]')
    assert page.evaluate(BROKEN) == []
    page.context.close()
