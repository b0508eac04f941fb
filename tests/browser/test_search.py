"""The search in a browser: what it finds in both languages of the interface, and what a result shows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tools.browser import Window, open_page

START = ("find.html", "zh/find.html")
PHRASES = ('"data security"', "“data security”", "「data security」")


def asked(window: Window, address: str, words: str) -> Page:
    """The search page with the results for some words, of records and of sentences."""
    window.open_next(f"{address}?q={quote(words)}")
    page = window.page
    page.wait_for_function(
        "window.normbookEntries && window.normbookSentences && document.querySelector('.nb-found').textContent", timeout=30_000
    )
    assert not [each for each in window.requests if each.startswith(("console", "error") if address.startswith("http") else "error")]
    return page


def hits(page: Page, kind: str) -> list[str]:
    """The addresses of the results of one kind, from the folder of the page's language."""
    while page.locator(f".nb-hits--{kind} .nb-more").count():
        page.click(f".nb-hits--{kind} .nb-more")
    found: list[str] = page.eval_on_selector_all(
        f".nb-hits--{kind} a", "links => links.map(each => each.getAttribute('href').replace(/^(\\.\\.\\/)+(zh\\/)?/, ''))"
    )
    return found


@pytest.mark.parametrize("start", START)
@pytest.mark.parametrize(
    ("words", "records", "sources"),
    [
        (
            "Locsin",
            [
                "actors/teodoro-locsin.html", "statements/teodoro-locsin-2020-09-09-1.html", "events/meeting-2020-09-09.html",
                "events/press-conference-2020-09-11.html",
            ],
            ["sources/seed-001.html#", "sources/seed-003.html#"],
        ),
        ("毛宁", ["actors/mao-ning.html", "statements/mao-ning-2024-02-29-4.html"], []),
        ("王毅", ["actors/wang-yi.html", "statements/wang-yi-2020-09-11-1.html"], []),
        ("后门", ["themes/backdoors.html", "principles/gids-7.html"], []),
        ("denied", ["statements/mao-ning-2024-02-29-4.html"], []),
        ("deny", ["statements/mao-ning-2024-02-29-4.html"], []),
        ("否认", ["statements/mao-ning-2024-02-29-4.html"], []),
        ("Mao Ning denied", ["statements/mao-ning-2024-02-29-4.html"], []),
        ("overstretches", ["statements/mao-ning-2024-02-29-6.html"], ["sources/seed-002.html#"]),
        *((phrase, ["initiatives/gids.html"], ["sources/seed-002.html#"]) for phrase in PHRASES),
        ("“数据安全”", ["initiatives/gids.html", "themes/data-security.html"], []),
    ],
)  # fmt: skip
def test_search_finds_people_stances_phrases_and_sentences(
    window: Window, served: str, start: str, words: str, records: list[str], sources: list[str]
) -> None:
    page = asked(window, served + start, words)
    found = hits(page, "records")
    assert set(records) <= set(found), found[:20]
    told = hits(page, "sentences")
    assert all(any(each.startswith(source) for each in told) for source in sources), told


def test_the_search_puts_the_person_first(window: Window, served: str) -> None:
    for words in ("Locsin", "Teodoro Locsin", "teodoro-locsin"):
        page = asked(window, served + "find.html", words)
        assert hits(page, "records")[0] == "actors/teodoro-locsin.html"


@pytest.mark.parametrize("start", START)
def test_a_search_result_shows_type_date_marks_speaker_and_stance(window: Window, served: str, start: str) -> None:
    page = asked(window, served + start, "malicious activities")
    item = page.locator('.nb-hits--records > li:has(a[href$="statements/mao-ning-2024-02-29-4.html"])')
    stance = "否认" if start.startswith("zh") else "denies"
    said, kind = item.inner_text(), page.locator(".nb-words [data-type='statement']").inner_text()
    assert [part.strip() for part in item.locator(".nb-kind").inner_text().split("·")][:2] == [kind, "2024-02-29"]
    assert item.locator(".nb-stance").inner_text() == stance
    assert {each.lower() for each in item.locator("mark").all_inner_texts()} == {"malicious", "activities"}
    assert "Mao Ning" in said or "毛宁" in said
    sentence = page.locator('.nb-sentences li:has(a[href*="sources/seed-002.html#"])').first
    assert sentence.locator("mark").count() >= 2 and stance in sentence.locator(".nb-stance").all_inner_texts()


def test_no_search_result_is_of_a_type_called_all(window: Window, served: str) -> None:
    page = asked(window, served + "find.html", "China")
    kinds = page.locator(".nb-kind").all_inner_texts()
    assert kinds and not [
        kind for kind in kinds if {"all", "everything", "any theme", "any initiative"} & {part.strip().lower() for part in kind.split("·")}
    ]
    names = set(page.locator(".nb-words [data-type]").all_text_contents())
    assert all(kind.split("·")[0].strip() in names for kind in kinds if "corrected" not in kind)


def test_a_found_sentence_leads_to_its_place_in_the_source(window: Window, served: str) -> None:
    page = asked(window, served + "find.html", "Locsin")
    link = page.locator('.nb-sentences a[href^="sources/seed-003.html#"]').first
    words = link.inner_text()
    link.click()
    page.wait_for_url("**/sources/seed-003.html#*")
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    assert target.count() == 1 and words.strip("… ")[:40] in target.inner_text()


def test_a_phrase_that_is_nowhere_gives_way_to_its_words_and_the_search_says_so(window: Window, served: str) -> None:
    page = asked(window, served + "find.html", '"security data data"')
    assert "exact phrase was not found" in page.inner_text(".nb-found") and hits(page, "records")
    page = asked(window, served + "find.html", "“data security”")
    assert "exact phrase" not in page.inner_text(".nb-found")
    assert all("data security" in each.lower() for each in page.locator(".nb-sentences a").all_inner_texts())
    page = asked(window, served + "find.html", '"xyzzy plugh"')
    assert "Nothing" in page.inner_text(".nb-found") or "No " in page.inner_text(".nb-found")


def test_the_search_works_from_a_file(window: Window, site: Path) -> None:
    page = asked(window, (site / "find.html").as_uri(), "Locsin")
    assert any(each.startswith("sources/seed-001.html#") for each in hits(page, "sentences"))


def test_a_search_asks_for_the_lists_alone(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "find.html?q=Locsin")
    page.wait_for_selector(".nb-sentences li")
    asked_for = [each.removeprefix(served) for each in requests if each.startswith("http")]
    assert {"search/entries.js", "search/sentences.js"} <= set(asked_for)
    assert not [each for each in asked_for if "sitemap" in each or each.startswith("http")]
    page.context.close()
