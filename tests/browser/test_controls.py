"""Every control of the site used, under the strict policy; by keyboard alone; and where nothing sends the policy's header."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from normbook.workspace.hosting import META, with_policy
from tools.browser import TYPES, Window, open_page, serving, settle, until


def told(requests: list[str]) -> list[str]:
    """What went wrong on a page: an error, or something that the policy refused."""
    return [each for each in requests if each.startswith(("console", "error"))]


def test_the_policy_refuses_what_is_not_a_file_of_the_site(browser: Browser, served: str) -> None:
    """The other tests would see a refusal: one is made here."""
    page, requests = open_page(browser, served + "index.html")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.fired = 1'}))")
    assert page.evaluate("window.fired") is None
    assert any("Content Security Policy" in each for each in told(requests))
    page.context.close()


def test_the_palette_and_the_drawer_work(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "principles/gids-3.html")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    until(page, "document.body.dataset.mdColorScheme === 'slate'")
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate", "the choice is kept"
    page.set_viewport_size({"width": 360, "height": 780})
    page.get_by_role("button", name="Navigation").click()
    until(page, "document.activeElement.closest('.md-sidebar--primary')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className.includes('nb-drawer')")
    assert told(requests) == []
    page.context.close()


def test_who_has_scrolled_is_told_the_page_and_the_section_and_led_back_up(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "principles/gids-3.html")
    named, up = "document.querySelector('.md-header__title--active') !== null", page.locator(".md-top")
    assert not page.evaluate(named) and not up.is_visible()
    page.evaluate("document.getElementById('texts').scrollIntoView()")
    until(page, named)
    assert page.locator(".md-sidebar--secondary .md-nav__link--active").get_attribute("href") == "#texts"
    assert not up.is_visible()
    page.mouse.wheel(0, -60)
    up.wait_for(state="visible")
    up.click()
    until(page, f"scrollY === 0 && !({named})")
    assert told(requests) == []
    page.context.close()


def test_an_edit_and_a_correction_open_their_reason(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "sources/seed-004.html")
    page.locator(".nb-edition .nb-why").nth(1).click()
    note = page.locator(".nb-pop")
    assert note.is_visible() and "certainty" in note.inner_text()
    box = note.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.check('input[value="marked"]')
    link = page.locator(".nb-edition a.nb-edit").first
    link.focus()
    page.keyboard.press("Enter")
    assert note.is_visible() and note.locator("a").first.get_attribute("href")
    assert told(requests) == []
    page.context.close()


def test_without_javascript_an_edit_leads_to_its_reason_and_the_readings_switch(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served + "sources/seed-004.html")
    item = page.locator("#list_1__item_4__sent_1")
    page.check('input[value="corrected"]')
    assert "store" in item.inner_text()
    page.check('input[value="received"]')
    assert "to shop" in item.inner_text()
    page.check('input[value="cleaned"]')
    href = item.locator(".nb-why").first.get_attribute("href")
    assert href
    item.locator(".nb-why").first.click()
    assert page.url.endswith(href) and page.locator(href).is_visible()
    context.close()


def test_a_sentence_has_an_address_that_marks_it(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "sources/seed-001.html")
    sentence = page.locator(".nb-sent").nth(3)
    before = sentence.evaluate("e => getComputedStyle(e).backgroundColor")
    page.locator(".nb-edition .nb-perma").nth(3).click()
    assert page.url.partition("#")[2] == sentence.get_attribute("id")
    assert sentence.evaluate("e => getComputedStyle(e).backgroundColor") != before
    page.context.close()


def test_lists_sort_and_filter_and_the_address_keeps_it(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "initiatives/index.html")
    titles = "[...document.querySelectorAll('#index tbody tr')].filter(e => !e.hidden).map(e => e.cells[0].querySelector('a').textContent)"
    assert len(page.evaluate(titles)) > 10
    page.get_by_role("button", name="Date").click()
    dates = page.evaluate("[...document.querySelectorAll('#index tbody tr')].map(e => e.cells[1].textContent.trim())")
    assert dates == sorted(dates)
    page.get_by_role("button", name="Date").click()
    assert page.locator("#index th[aria-sort=descending]").count() == 1
    page.fill(".nb-filter", "paris")
    assert page.evaluate(titles) == ["Paris Call for Trust and Security in Cyberspace"]
    page.goto(page.url)
    assert page.evaluate(titles) == ["Paris Call for Trust and Security in Cyberspace"]
    assert page.locator("#index th[aria-sort=descending]").count() == 1
    assert told(requests) == []
    page.context.close()


HEADS = "#grid thead th:visible"


def test_the_reader_chooses_texts_and_themes_and_the_address_keeps_it(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "compare.html?texts=gids,paris-call&theme=supply-chain,backdoors")
    heads = page.locator(HEADS).all_inner_texts()
    assert len(heads) == 3 and heads[1].startswith("Global Initiative on Data Security") and heads[2].startswith("Paris Call")
    themes = "[...document.querySelectorAll('#grid tbody tr')].filter(e => !e.hidden).map(e => e.dataset.theme).sort()"
    assert page.evaluate(themes) == ["backdoors", "supply-chain"]
    assert page.locator("#theme-backdoors").inner_text().count("backdoors") >= 2, "the words are in the cell"
    page.get_by_role("button", name="Reset").click()
    until(page, "!location.search")
    assert page.locator(HEADS).count() == 6, "five texts until a reader chooses"
    page.get_by_label("Paris Call").uncheck()
    page.get_by_label("CPTPP").check()
    assert "paris-call" not in page.url and "cptpp" in page.url
    chosen = page.locator(HEADS).all_inner_texts()
    page.goto(page.url)
    assert page.locator(HEADS).all_inner_texts() == chosen, "a link gives the same view"
    assert re.search(r"Texts shown: 5 of \d+\. Themes shown: \d+ of \d+\.", page.locator("[role=status]").inner_text())
    page.get_by_role("button", name="Show all texts").click()
    assert page.locator(HEADS).count() > 15
    assert told(requests) == []
    page.context.close()


def test_a_theme_alone_shows_all_texts_that_have_it_and_old_addresses_still_do(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "compare.html?theme=backdoors")
    assert page.locator("#grid tbody tr:visible").count() == 1
    names = page.locator(HEADS).all_inner_texts()
    assert len(names) == 4 and names[3].startswith("UN GGE norms"), "the theme, and three texts with something on backdoors"
    assert page.locator("#grid td.nb-empty:visible").count() == 0
    page.goto(served + "compare.html?initiative=gids,clean-network")
    assert page.locator(HEADS).count() == 3
    page.goto(served + "compare.html?texts=gids,no-such-text")
    assert "Not on this page: no-such-text" in page.locator("[role=status]").inner_text()
    page.context.close()


def test_the_heads_of_the_comparison_stay_in_view(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "compare.html")
    page.get_by_role("button", name="Show all texts").click()
    grid = page.locator(".nb-grid")
    assert grid.evaluate("e => [e.scrollWidth > e.clientWidth, e.scrollHeight > e.clientHeight]") == [True, True]
    grid.evaluate("e => e.scrollTo(1500, 1500)")
    places = page.evaluate(
        """() => { const grid = document.querySelector('.nb-grid').getBoundingClientRect();
        const heads = [...document.querySelectorAll('#grid thead th')].map(e => Math.round(e.getBoundingClientRect().top - grid.top));
        const themes = [...document.querySelectorAll('#grid tbody tr:not([hidden]) th')].map(e => Math.round(e.getBoundingClientRect().left - grid.left));
        return [grid.width, Math.max(...heads), Math.max(...themes)] }"""
    )
    assert places[0] > 1200, "as wide as the window"
    assert places[1] <= 2 and places[2] <= 2, "the heads and the themes stay where they were"
    page.context.close()


@pytest.mark.parametrize(("width", "across"), [(768, 2), (1024, 3)])
def test_on_a_tablet_the_comparison_does_not_scroll_sideways(browser: Browser, served: str, width: int, across: int) -> None:
    page, _ = open_page(browser, served + "compare.html", width, 1024)
    grid = page.locator(".nb-grid")
    assert grid.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    cards = page.locator("#grid tr:visible").nth(1).locator("td:not(.nb-empty):visible")
    tops = [cards.nth(n).evaluate("e => e.getBoundingClientRect().top") for n in range(across + 1)]
    assert len(set(tops[:across])) == 1 and tops[across] > tops[0]
    page.context.close()


def test_on_a_phone_the_comparison_is_stacked_and_no_theme_is_cut(browser: Browser, served: str) -> None:
    for path in ("compare.html", "zh/compare.html"):
        page, _ = open_page(browser, served + path, 360, 740)
        page.evaluate("document.querySelectorAll('.nb-folded .nb-unfold').forEach(button => button.click())")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        cut = page.evaluate(
            """() => [...document.querySelectorAll('#grid tbody th, #grid td:not(.nb-empty), .nb-card, .nb-point')].filter(e => e.checkVisibility()).filter(e => {
            const r = e.getBoundingClientRect(); return r.left < 0 || r.right > 360 || e.scrollWidth > e.clientWidth + 1 }).map(e => e.textContent)"""
        )
        assert cut == []
        cards = page.locator("#grid td:not(.nb-empty):visible")
        assert cards.count() > 20
        boxes = [cards.nth(i).bounding_box() for i in range(3)]
        assert all(box and box["width"] > 280 for box in boxes), "one below the other"
        assert page.locator("#grid td:not(.nb-empty):visible .nb-card").first.is_visible(), "each card names its text"
        page.context.close()


def test_without_javascript_texts_are_chosen_and_nothing_is_missing(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served + "compare.html")
    assert page.locator(HEADS).count() == 6
    page.get_by_label("CPTPP").check()
    assert page.locator(HEADS).count() == 7
    fold = page.locator("#grid details.nb-clip:visible").first
    fold.locator("summary").click()
    assert fold.locator("p").is_visible() and not fold.locator(".nb-start").is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["timeline.html", "zh/timeline.html", "map.html", "zh/map.html"])
def test_no_label_of_a_figure_overlaps_another_or_is_cut(window: Window, served: str, path: str, width: int) -> None:
    window.open_next(served + path, width, 900)
    page = window.page
    labels = page.evaluate(
        """() => [...document.querySelectorAll('.nb-forms-of a.nb-tl-label')].filter(e => e.checkVisibility()).map(e => {
        const r = e.getBoundingClientRect(); return {text: e.textContent, left: r.left, right: r.right, top: r.top, bottom: r.bottom, over: e.scrollWidth - e.clientWidth} })"""
    )
    assert len(labels) >= 20
    for at, one in enumerate(labels):
        assert one["left"] >= 0 and one["right"] <= width and one["over"] <= 1, one
        for two in labels[at + 1 :]:
            apart = (
                one["right"] <= two["left"]
                or two["right"] <= one["left"]
                or one["bottom"] <= two["top"] + 1
                or two["bottom"] <= one["top"] + 1
            )
            assert apart, (one["text"], two["text"])


def test_the_facets_of_the_search_narrow_it(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "find.html?q=data")
    page.wait_for_selector(".nb-hits a")
    count = "Number(document.querySelector('.nb-found').textContent.match(/\\d+/)[0])"
    every = page.evaluate(count)
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".nb-hits > li").count() > 41
    page.select_option("#nb-type", "principle")
    until(page, f"{count} < {every}")
    principles = page.evaluate(count)
    page.select_option("#nb-theme", "data-security")
    until(page, f"{count} < {principles}")
    assert "type=principle" in page.url and "theme=data-security" in page.url
    page.select_option("#nb-initiative", "gids")
    page.fill("#nb-q", "no such words at all")
    until(page, "document.querySelector('.nb-found').textContent.startsWith('Nothing')")
    assert told(requests) == []
    page.context.close()


def test_the_search_and_the_filters_work_from_a_file(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "find.html").as_uri() + "?q=backdoors")
    page.wait_for_selector(".nb-hits a")
    page.click(".nb-hits a[href$='gids-7.html']")
    assert page.locator("h1").inner_text() == "No backdoors"
    page.goto((site / "compare.html").as_uri() + "?texts=china-las-data-security,clean-network")
    assert page.locator(HEADS).count() == 3
    context.close()


def test_a_page_that_is_not_there_offers_a_search_for_what_it_names(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "404.html")
    page.evaluate("history.replaceState(null, '', '/normbook/principles/paris-call-1.html')")
    guesses = [each.get_attribute("href") or "" for each in page.locator(".nb-guess").all()]
    assert [each.partition("/normbook/")[2] for each in guesses] == ["find.html?q=404", "zh/find.html?q=404"], "one in each language"
    assert page.locator(".nb-guess").first.inner_text() == "Search for the words in this address: 404"
    page.context.close()


def test_cite_print_and_language_links_work(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "principles/gids-3.html")
    with page.expect_download() as waiting:
        page.locator(".nb-state a[download$='.bib']").click()
    assert waiting.value.suggested_filename == "gids-3-text.bib"
    assert "@online{gids-3-text" in Path(waiting.value.path()).read_text("utf-8"), "the text is cited from the head of the page"
    page.locator(".nb-state a[href='#use']").click()
    with page.expect_download() as waiting:
        page.locator("#use a[download='normbook-gids-3.bib']").click()
    assert "@online{normbook-gids-3," in Path(waiting.value.path()).read_text("utf-8"), "one fold leads to every citation"
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.click(".nb-tongue")
    assert page.url.endswith("zh/principles/gids-3.html")
    page.click(".nb-tongue")
    assert page.url.endswith("normbook/principles/gids-3.html")
    assert told(requests) == []
    page.context.close()


def test_print_shows_what_is_folded_and_hides_the_furniture(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "sources/seed-001.html")
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    assert [each.strip() for each in page.locator(".nb-switch label:visible").all_inner_texts()] == ["cleaned"], (
        "a sheet says which reading it is"
    )
    assert page.locator(".nb-dropped p").first.is_visible()
    assert len(page.pdf()) > 20_000
    page.context.close()


STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => {
  if (e.disabled || e.closest('[hidden], .nb-pop') || e.matches('[tabindex="-1"]')) return false;
  if (e.type === 'radio' && e !== (document.querySelector(`input[name="${e.name}"]:checked`) ?? document.querySelector(`input[name="${e.name}"]`))) return false;
  return e.checkVisibility({checkVisibilityCSS: true, contentVisibilityAuto: true}) && e.getClientRects().length;
}).map((e, i) => { e.dataset.stop = i; return i })"""


WATCH = """() => {
  const look = x => x && (s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none')(getComputedStyle(x));
  window.walked = [];
  document.addEventListener('focusin', ({target: e}) => {
    const r = e.getBoundingClientRect();
    window.walked.push({stop: e.dataset.stop ?? null, seen: look(e) || look(e.nextElementSibling) || look(e.closest('label')) || e.closest('svg') !== null, html: e.outerHTML.slice(0, 90), right: r.right});
  });
}"""
BETWEEN = 25  # presses between two looks whether the walk has left the page


def walk(page: Page, most: int) -> tuple[set[int], list[str]]:
    """The stops that Tab reaches, and the elements whose focus cannot be seen."""
    page.evaluate(WATCH)
    for number in range(most):
        page.keyboard.press("Tab")
        if number % BETWEEN == BETWEEN - 1 and page.evaluate("document.activeElement === document.body"):
            break
    found: list[dict[str, Any]] = page.evaluate("window.walked")
    unseen = [each["html"] for each in found if not each["seen"] or each["right"] < 0]
    return {int(each["stop"]) for each in found if each["stop"] is not None}, unseen


WALKED = [
    *((path, 1280) for path in [*TYPES, "zh/index.html", "zh/find.html", "zh/sources/seed-001.html", "about/method.html", "404.html"])
]
WALKED += [
    (path, 360)
    for path in ("index.html", "find.html", "compare.html", "principles/gids-2.html", "zh/initiatives/index.html", "sources/seed-001.html")
]


@pytest.mark.parametrize(("path", "width"), WALKED)
def test_every_control_is_reached_by_keyboard_and_shows_it(window: Window, served: str, path: str, width: int) -> None:
    window.open_next(served + path, width)
    page = window.page
    settle(page)
    stops = set(page.evaluate(STOPS))
    reached, unseen = walk(page, len(stops) + 30)
    lost = [
        page.evaluate("i => document.querySelector(`[data-stop='${i}']`).outerHTML.slice(0, 120)", stop) for stop in sorted(stops - reached)
    ]
    assert lost == []
    assert unseen == []


def test_pages_that_carry_the_policy_themselves_work_where_no_header_is_sent(browser: Browser, site: Path, tmp_path: Path) -> None:
    import shutil

    copied = tmp_path / "site"
    shutil.copytree(site, copied)
    for path in copied.rglob("*.html"):
        made = with_policy(path.read_text("utf-8"))
        assert META in made
        path.write_text(made, "utf-8")
    with serving(copied, headers={}) as address:
        page, requests = open_page(browser, address + "find.html?q=backdoors")
        page.wait_for_selector(".nb-hits a")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.fired = 1'}))")
        assert page.evaluate("window.fired") is None
        page.context.close()
        page, requests = open_page(browser, address + "sources/seed-004.html")
        page.locator(".nb-edition .nb-why").first.click()
        assert page.locator(".nb-pop").is_visible() and told(requests) == []
        page.context.close()


def test_no_page_weighs_more_than_promised(site: Path) -> None:
    """Each page's HTML, and the first page with everything that it loads, compressed as a server does."""
    import gzip

    def packed(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 9))

    assert max(packed(path) for path in site.rglob("*.html")) <= 75 * 1024
    home = (site / "index.html").read_text("utf-8")
    loaded = set(re.findall(r'(?:src|href)="([^":]+\.(?:js|css|png|svg))"', home))
    assert len(loaded) >= 6
    assert packed(site / "index.html") + sum(packed(site / name) for name in loaded) <= 40 * 1024
