"""The pages of sources whose files are a PDF file and a web page, in the browser: each quotation is marked where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tools.browser import open_page, serving
from tools.received import SAID, project


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    repo = project(tmp_path_factory.mktemp("received") / "project")
    with serving(repo.root / "site") as address:
        yield address


def test_a_quotation_of_a_pdf_file_is_marked_on_the_picture_of_its_page(browser: Browser, taken_in: str) -> None:
    page, asked = open_page(browser, f"{taken_in}sources/seed-002.html")
    sheet = page.locator("figure.nb-sheet")
    assert sheet.count() == 1 and page.locator("figure.nb-sheet rect").count() >= 2
    image, shown = sheet.locator("image").bounding_box(), sheet.locator("svg").bounding_box()
    assert image and shown and image["width"] == pytest.approx(shown["width"], abs=3) and image["height"] > 200
    for number in range(page.locator("figure.nb-sheet rect").count()):
        box = page.locator("figure.nb-sheet rect").nth(number).bounding_box()
        assert box and image["x"] <= box["x"] and box["x"] + box["width"] <= image["x"] + image["width"] + 1 and box["height"] > 5
    loaded = page.evaluate("fetch(document.querySelector('figure.nb-sheet image').href.baseVal).then(each => each.status)")
    assert loaded == 200 and all(address.startswith(taken_in) for address in asked)
    assert SAID in " ".join((page.locator("body").text_content() or "").split())
    page.context.close()


def test_a_quotation_of_a_web_page_has_its_element_and_the_menus_are_gone(browser: Browser, taken_in: str) -> None:
    page, asked = open_page(browser, f"{taken_in}sources/seed-003.html")
    assert "/html[1]/body[1]/main[1]/article[1]/p[1]" in (page.locator("table:has(code)").text_content() or "")
    cleaned = page.request.get(f"{taken_in}sources/seed-003.cleaned.txt").text()
    assert (
        cleaned.startswith("A letter on warnings\n\nOsthaven")
        and "Tides" not in cleaned
        and "storm" not in cleaned
        and all(address.startswith(taken_in) for address in asked)
    )
    page.context.close()
