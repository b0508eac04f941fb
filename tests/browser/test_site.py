"""What a reader can count on, in Chromium: one page of every type, wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.barriers import COLOURS, Barriers
from tools.browser import PAGES, Window, open_page, settle, until

WIDTHS = [320, 360, 768, 1024, 1280, 1920]
EXTREMES = [
    320,
    1024,
    1920,
]  # in Chinese, whose pages have the same elements and styles: the narrowest, one with a column beside it, the widest


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, window: Window, served: str) -> tuple[Page, list[str]]:
    """A page of the site with the requests that it made, opened once for the tests that look at all of them."""
    window.open_next(served + request.param)
    return window.page, window.requests


def test_nothing_is_cut_off_and_nobody_else_is_asked(opened: tuple[Page, list[str]], served: str) -> None:
    page, requests = opened
    for width in EXTREMES if "/zh/" in page.url else WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, width
        cut = page.evaluate(
            "[...document.querySelectorAll('.md-content h1, .md-content p, .md-content dd, .md-content li, .md-content blockquote')].filter(e => {"
            " if (e.closest('.nb-scroll, .nb-figure, .nb-grid')) return false; const r = e.getBoundingClientRect(); return r.width && (r.right > innerWidth + 1 || r.left < -1) }).map(e => e.textContent.slice(0, 60))"
        )
        assert cut == [], width
    foreign = [url for url in requests if urlsplit(url).netloc != urlsplit(served).netloc and not url.startswith("data:")]
    assert foreign == [], "a request to another host, an error, or something that the policy refused"


def test_axe_finds_no_violation(opened: tuple[Page, list[str]], barriers: Barriers) -> None:
    """Everything in light and wide, and in dark and narrow; in dark and wide, where only colours differ, those. In Chinese, whose pages
    have the same elements and styles, dark and narrow alone."""
    page, _ = opened
    if "/zh/" in page.url:
        page.emulate_media(color_scheme="dark")
        until(page, "document.body.dataset.mdColorScheme === 'slate'")
        page.set_viewport_size({"width": 360, "height": 780})
        assert barriers.violations(page) == []
        return
    page.set_viewport_size({"width": 1280, "height": 900})
    assert barriers.violations(page) == []
    page.emulate_media(color_scheme="dark")
    until(page, "document.body.dataset.mdColorScheme === 'slate'")
    assert barriers.violations(page, COLOURS) == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert barriers.violations(page) == []


def test_colours_that_cannot_be_told_apart_are_found_among_many_that_can(browser: Browser, served: str) -> None:
    """Where an element is drawn as others are, its colours are not compared again; the last of them in another colour is."""
    page, _ = open_page(browser, served + "compare.html")
    barriers = Barriers()
    assert barriers.violations(page, COLOURS) == []
    compared = "document.querySelectorAll('#grid td p[data-compared]').length"
    first = page.evaluate(compared)
    assert barriers.violations(page, COLOURS) == [] and page.evaluate(compared) < first < page.locator("#grid td p").count() / 2
    page.evaluate("[...document.querySelectorAll('#grid td p')].filter(e => e.checkVisibility()).at(-1).style.color = '#888'")
    assert {each.partition(":")[0] for each in barriers.violations(page, COLOURS)} == {"color-contrast"}
    page.context.close()


def test_axe_finds_no_violation_with_folds_and_readings_open(browser: Browser, served: str, barriers: Barriers) -> None:
    page, _ = open_page(browser, served + "sources/seed-004.html#para_2__sent_2")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for reading in ("sides", "received", "cleaned", "corrected", "marked"):
        page.check(f'input[value="{reading}"]')
        assert barriers.violations(page) == [], reading
    page.context.close()


def words_of(page: Page, selector: str) -> str:
    """The words of a sentence as a reader would copy them: what is shown, without the signs of the apparatus."""
    copied: str = page.evaluate(
        "selector => { getSelection().selectAllChildren(document.querySelector(selector)); return getSelection().toString() }", selector
    )
    return copied


def test_the_four_readings_are_switched_by_keyboard_and_show_the_right_words(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "sources/seed-004.html")
    item = "#list_1__item_4__sent_1"
    assert "to shop data" in words_of(page, item) and "to store" not in words_of(page, item)
    page.focus('input[value="cleaned"]')
    page.keyboard.press("ArrowRight")
    assert page.is_checked('input[value="corrected"]')
    assert "to store data" in words_of(page, item) and "shop" not in words_of(page, item)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.is_checked('input[value="received"]')
    received = words_of(page, "#para_2__sent_4")
    assert "Personally identifiable" in received and "personally" not in received
    page.context.close()


@pytest.mark.parametrize(
    ("start", "words", "expected"),
    [
        ("index.html", "multilateralism", "principles/gids-speech-1.html"),
        ("index.html", "全球数据安全倡议", "initiatives/gids.html"),
        ("principles/gids-3.html", "gcbdfci-3", "principles/gcbdfci-3.html"),
        ("zh/index.html", "全球数据", "zh/initiatives/gids.html"),
        ("zh/sources/seed-004.html", "backdoor", "zh/principles/gids-7.html"),
        ("index.html", "accessibility", "about/accessibility.html"),
    ],
)
def test_search_finds_english_chinese_and_ids(browser: Browser, served: str, start: str, words: str, expected: str) -> None:
    page, requests = open_page(browser, served + start)
    page.fill("#nb-header-q", words)
    page.press("#nb-header-q", "Enter")
    page.wait_for_selector(f'.nb-hits a[href$="{expected}"]', timeout=20_000)
    page.click(f'.nb-hits a[href$="{expected}"]')
    page.wait_for_url(f"**/{expected}")
    assert not [each for each in requests if each.startswith(("console", "error"))]
    page.context.close()


def test_what_search_shows_of_a_quotation_carries_its_stance(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "find.html?q=malicious&type=statement")
    page.wait_for_selector(".nb-hits li")
    hits = page.locator(".nb-hits li:has-text('purchases American personal')").all_inner_texts()
    assert hits and all("denies" in each or "reports what someone else says" in each for each in hits)
    page.context.close()


def test_a_denied_accusation_always_stands_as_denied(browser: Browser, served: str) -> None:
    """Wherever the words stand as a quotation, the stance stands with them."""
    words = "China purchases American personal and sensitive data for malicious activities"
    for path in (
        "statements/mao-ning-2024-02-29-4.html",
        "statements/united-states-accusation-2024.html",
        "events/press-briefing-2024-02-29.html",
        "actors/united-states.html",
    ):
        page, _ = open_page(browser, served + path)
        found = page.evaluate(
            "words => [...document.querySelectorAll('blockquote')].filter(q => (q.querySelector('mark') ?? q).textContent.includes(words)).map(q => [q.className, q.parentElement.textContent])",
            words,
        )
        assert found or not path.startswith("statements/"), path
        for classes, around in found:
            assert "nb-quote--denied" in classes or "nb-quote--attributed" in classes, path
            assert "denies" in around or "reports what someone else says" in around, path
        page.context.close()


def test_without_javascript_every_page_reads(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(served + path)
        assert page.locator("h1").first.is_visible(), path
        assert len(page.locator(".md-content").inner_text()) > 60 or path == "404.html", path
    context.close()


def test_from_a_file_every_page_reads(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in PAGES[:-1]:
        page.goto((site / path).as_uri())
        assert page.locator("h1").first.is_visible(), path
    page.goto((site / "initiatives" / "gids.html").as_uri())
    page.click(".md-content >> text=No backdoors")
    assert page.url.endswith("principles/gids-7.html")
    context.close()


def test_serve_reloads_an_open_page_after_a_build(browser: Browser, site: Path) -> None:
    import threading

    from normbook.workspace.server import make_server

    server = make_server(site, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html")
    page.evaluate("window.before = true")
    for _ in range(30):  # the page may not listen yet when the first build ends
        server.version += 1
        try:
            page.wait_for_function("window.before === undefined", timeout=1_000)
            break
        except PlaywrightTimeout:
            continue
    assert page.evaluate("window.before === undefined")
    context.close()
    server.shutdown()
    server.server_close()
