"""How long pages are on a phone, with their folds closed. Heights are a fact of the layout: they hold on any machine, since the fonts are ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from normbook.workspace.load import Project

WIDTH, HEIGHT = 360, 740


def screens(browser: Browser, served: str, paths: list[str]) -> dict[str, float]:
    """The heights of some pages, in screens of a phone."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for path in paths:
        page.goto(served + path)
        page.evaluate("document.fonts.ready")
        assert page.locator("details[open]").count() == 0, path
        found[path] = page.evaluate("document.documentElement.scrollHeight") / HEIGHT
    context.close()
    return found


def test_the_page_of_an_initiative_has_at_most_eight_screens(browser: Browser, served: str, project: Project) -> None:
    paths = [f"initiatives/{id}.html" for id, record in project.records.items() if record.type == "initiative"]
    long = {path: height for path, height in screens(browser, served, paths).items() if height > 8}
    assert long == {}


def test_the_page_of_a_principle_has_at_most_four_screens(browser: Browser, served: str, site: Path) -> None:
    """Of the forty pages with most bytes; the longest is among them."""
    pages = sorted((site / "principles").glob("[!i]*.html"), key=lambda page: -page.stat().st_size)
    assert len(pages) > 100
    paths = [f"principles/{page.name}" for page in pages[:40]]
    long = {path: height for path, height in screens(browser, served, paths).items() if height > 4}
    assert long == {}


@pytest.mark.parametrize("path", ["compare.html", "zh/compare.html"])
def test_the_comparison_has_at_most_six_screens_and_each_theme_unfolds(browser: Browser, served: str, path: str) -> None:
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce").new_page()
    page.goto(served + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * HEIGHT
    row = page.locator("#grid tr[data-theme]:not([hidden])").nth(1)
    button = row.locator(".nb-unfold")
    assert button.get_attribute("aria-expanded") == "false" and row.locator("td:visible").count() == 0
    button.click()
    assert (
        button.get_attribute("aria-expanded") == "true"
        and row.locator("td:visible").count() >= int(re.findall(r"\d+", button.inner_text())[0]) > 0
    )
    page.goto(f"{served}{path}?theme={row.get_attribute('data-theme')}")
    assert page.locator("#grid td:visible").count() > 0, "a theme that the address names is not folded"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served + path)
    assert page.locator("#grid .nb-unfold:visible").count() == 0 and page.locator("#grid td:visible").count() > 50
    page.context.close()


@pytest.mark.parametrize("path", ["principles/gids-3.html", "zh/principles/gids-3.html"])
def test_an_address_within_a_fold_opens_it(browser: Browser, served: str, path: str) -> None:
    """A number beside a fact leads to its evidence, which is folded."""
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    page.goto(served + path)
    link = page.locator("#facts a.nb-ref").first
    target = page.locator(str(link.get_attribute("href")))
    assert not target.is_visible()
    link.click()
    target.wait_for(state="visible")
    page.context.close()
