"""The picker of quotations in Chromium: what it makes passes the check as it stands, and what it refuses would not."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Problem
from normbook.graph.evidence import Refusal, Resolved, resolve
from normbook.graph.lookup import look_up
from normbook.records.model import Evidence, Quotation, read_evidence
from normbook.records.validation.record import read_record
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.workspace.load import Project
from tests.browser.barriers import Barriers
from tools.browser import open_page, until
from tools.hostile import PAYLOADS, combined

SOURCES = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")
PICKS = int(os.environ.get("NORMBOOK_PICKS", "120"))  # random selections, of all sources together; `make picks` makes 500
# selects the first words that are seen and read so
SELECT_WORDS = """words => {
  const walker = document.createTreeWalker(document.querySelector('.nb-edition'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { const at = walker.currentNode.data.indexOf(words); if (at < 0 || !walker.currentNode.parentElement.checkVisibility()) continue;
    const range = document.createRange(); range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + words.length);
    getSelection().removeAllRanges(); getSelection().addRange(range); return true }
  return false
}"""


def cite(page: Page) -> None:
    page.get_by_role("button", name="Cite these words").click()


def status(page: Page) -> str:
    return page.locator(".nb-pick-status").inner_text()


def made(page: Page) -> str:
    return page.locator("#nb-quotation").text_content() or ""


def entry_of(block: str) -> Mapping[str, Any]:
    value = load(block, "block.yaml").value
    assert isinstance(value, list) and len(value) == 1
    found: Mapping[str, Any] = value[0]
    return found


def sound(project: Project, block: str) -> list[Problem]:
    """The findings of a statement whose evidence is the block as it stands."""
    statement = project.records["mao-ning-2024-02-29-4"]
    fields = {**statement.fields}
    del fields["evidence"]
    found: list[Problem] = []
    read_record(project.schemas, "statement", statement.path, dump(fields) + "evidence:\n" + block, found)
    return found


def placed(project: Project, entry: Mapping[str, Any]) -> Resolved | Refusal:
    evidence: Evidence = read_evidence(entry, "/evidence/0", "")
    assert isinstance(evidence.what, Quotation)
    return resolve(evidence.what, project.readings[entry["source"]])


# selects code points [a, b) of the cleaned text as a reader does: by the words that can be seen, counted from the start of their sentence
PICK = """async ([from, to]) => {
  const sentences = [...document.querySelectorAll('.nb-edition .nb-sent')];
  const place = (at, isEnd) => {
    const own = sentences.find(e => isEnd ? +e.dataset.start < at && at <= +e.dataset.end : +e.dataset.start <= at && at < +e.dataset.end);
    const walker = document.createTreeWalker(own, NodeFilter.SHOW_TEXT, n => n.parentElement.checkVisibility() && !n.parentElement.closest('.nb-why') ? 1 : 2);
    let left = at - own.dataset.start, last = null;
    while (walker.nextNode()) { const letters = [...(last = walker.currentNode).data]; if (isEnd ? left <= letters.length : left < letters.length) return [last, letters.slice(0, left).join('').length]; left -= letters.length }
    return [last, last.length];
  };
  const changed = new Promise(done => document.addEventListener('selectionchange', done, {once: true}));
  getSelection().setBaseAndExtent(...place(from, false), ...place(to, true));
  await changed;
  document.querySelector('.nb-pick-bar button').click();
  return [document.getElementById('nb-quotation').textContent, document.querySelector('.nb-pick-status').textContent];
}"""
# selects between any two places of the edition, its numbers and signs included
ANYWHERE = """async ([from, to]) => {
  const walker = document.createTreeWalker(document.querySelector('.nb-edition'), NodeFilter.SHOW_TEXT, n => n.parentElement.closest('.nb-picker, .nb-pick-bar') ? 2 : 1);
  const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
  const place = at => { const node = nodes[Math.floor(at * nodes.length)]; return [node, Math.floor(at * nodes.length % 1 * (node.length + 1))] };
  const range = document.createRange(); range.setStart(...place(from)); range.setEnd(...place(to));
  const changed = new Promise(done => document.addEventListener('selectionchange', done, {once: true}));
  getSelection().removeAllRanges(); getSelection().addRange(range);
  await changed; await new Promise(done => setTimeout(done));
  document.querySelector('.nb-pick-bar button').click();
  return [document.getElementById('nb-quotation').textContent, document.querySelector('.nb-pick-status').textContent];
}"""
SAID = "name => document.getElementById('nb-picker').dataset[name].split(/[“{]/)[0]"


def spans_of(readings: Readings, chance: random.Random, count: int) -> Iterator[tuple[int, int]]:
    """Random spans whose ends lie in sentences: short ones, long ones, and ones that start or end at a cleaning edit."""
    sentences = [each for each in readings.segmented.segments if each.kind == "sent" and each.start < each.end]
    edges = [(first, last) for _, first, last in readings.cleaned.ledger.placed() if last - first > 1]
    for number in range(count):
        one = chance.choice(sentences)
        start = chance.randrange(one.start, one.end)
        if number % 4 == 0 and edges:
            first, last = chance.choice(edges)
            inside = [each for each in sentences if each.start <= first < each.end]
            start = chance.randint(first, last - 1) if inside else start
        other = chance.choice([each for each in sentences if each.end > start]) if number % 3 == 0 else one
        end = chance.randint(max(start, other.start) + 1, max(other.end, start + 1))
        holder = next((each for each in sentences if each.start < end <= each.end), None)
        yield trimmed(readings.cleaned.text, start, end if holder else one.end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without space at its ends."""
    start = end - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())


def sent(page: Page, requests: list[str]) -> list[str]:
    """The requests that are not for a file of the page itself, such as its icon, which the browser asks for when it likes."""
    own = set(
        page.evaluate(
            "[...document.querySelectorAll('link[rel~=icon], link[rel=stylesheet], link[rel=preload], script[src]')].map(each => each.href || each.src)"
        )
    )
    return [each for each in requests if each not in own and not each.startswith("data:")]


@pytest.mark.parametrize("source", SOURCES)
def test_random_selections_pass_the_check_or_are_refused_for_its_reason(
    browser: Browser, served: str, project: Project, source: str
) -> None:
    chance = random.Random(f"picks {source}")
    readings = project.readings[source]
    page, requests = open_page(browser, f"{served}sources/{source}.html")
    page.check('input[value="cleaned"]')
    before = len(requests)
    said = {name: page.evaluate(SAID, name) for name in ("spans", "cuts", "blank", "placed")}
    said_widen = [page.evaluate(SAID, name) for name in ("widenNegated", "widenUnsure")]
    until(page, "!!window.normbookContext || (document.querySelector('.nb-pick')?.click(), false)")
    page.evaluate("new Promise(done => setTimeout(done, 200))")
    quoted = 0
    count = PICKS // len(SOURCES)
    for start, end in spans_of(readings, chance, count):
        block, status = page.evaluate(PICK, [start, end]) if start < end else ("", said["blank"])
        if block:
            entry = entry_of(block)
            place = placed(project, entry)
            assert isinstance(place, Resolved) and (place.start, place.end) == (start, end), (place, start, end, entry)
            assert f"{start}–{end}" in status and sound(project, block) == []
            doubts = look_up(read_evidence(entry, "/evidence/0", "").what, readings).doubts
            widen = any(status_part in status for status_part in said_widen)
            assert all(each.code != "N501" and (widen or (each.code == "N503" and entry.get("frame"))) for each in doubts), (
                doubts,
                status,
                entry,
            )
            quoted += 1
        else:
            text = readings.cleaned.text
            reason = resolve(
                Quotation(source, text[start:end], text[:start], text[end:], "unnamed", "reported", "supports", "cleaned"), readings
            )
            assert start == end or isinstance(reason, Refusal), (status, text[start:end])
            expected = {"N403": "spans", "N404": "cuts"}[reason.code] if start < end and isinstance(reason, Refusal) else "blank"
            assert status.startswith(said[expected]), (status, expected)
    assert quoted > count // 3
    for _ in range(count // 3):
        start, end = sorted((chance.random(), chance.random()))
        block, status = page.evaluate(ANYWHERE, [start, end])
        assert status
        if block:
            assert isinstance(placed(project, entry_of(block)), Resolved) and sound(project, block) == []
    assert sent(page, requests[before:]) == []
    page.context.close()


def select(page: Page, words: str) -> None:
    assert page.evaluate(SELECT_WORDS, words)
    page.locator(".nb-pick-bar").wait_for(state="visible")


def test_a_sentence_is_cited_by_keyboard_and_its_ends_are_moved(browser: Browser, served: str, project: Project) -> None:
    page, requests = open_page(browser, served + "sources/seed-002.html")
    page.locator("#headline_1 ~ .nb-aids > .nb-perma").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Cite this sentence headline_1"
    page.keyboard.press("Enter")
    assert (
        page.evaluate("document.activeElement.id") == "nb-picker-title"
        and page.get_by_role("region", name="The entry as YAML").is_visible()
    )
    entry = entry_of(made(page))
    assert entry["exact"] == "China urges US to formulate universal data security rules" and "prefix" not in entry and "suffix" not in entry
    for name in ("Start a word later", "Start a word later", "End a word earlier"):
        button = page.get_by_role("button", name=name)
        for _ in range(40):
            page.keyboard.press("Tab")
            if button.evaluate("e => e === document.activeElement"):
                break
        page.keyboard.press("Enter")
        for _ in range(8):
            page.keyboard.press("Shift+Tab")
    entry = entry_of(made(page))
    assert entry["exact"] == "US to formulate universal data security" and isinstance(placed(project, entry), Resolved)
    page.locator("#nb-pick-stance").select_option("denied")
    assert entry_of(made(page))["stance"] == "denied" and "choose" not in made(page).partition("stance")[2]
    page.locator("#nb-pick-stance").focus()
    page.keyboard.press("Escape")
    assert not page.locator("#nb-picker").is_visible()
    assert page.evaluate("document.activeElement.classList.contains('nb-pick')"), "the focus goes back to the sentence"
    assert [each for each in requests if each.startswith(("console", "error"))] == []
    page.context.close()


def test_a_finger_cites_words_on_a_phone(browser: Browser, served: str, project: Project) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(served + "sources/seed-003.html")
    select(page, "universally-accepted")
    button = page.get_by_role("button", name="Cite these words")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["height"] >= 24
    button.tap()
    entry = entry_of(made(page))
    assert entry["exact"] == "universally-accepted" and isinstance(placed(project, entry), Resolved)
    page.locator(".nb-pick").nth(2).tap()
    assert isinstance(placed(project, entry_of(made(page))), Resolved)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate("""[...document.querySelectorAll('.nb-picker button, .nb-picker input, .nb-picker select, .nb-pick')].filter(e => e.checkVisibility() && e.type !== 'radio')
        .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 }).map(e => e.outerHTML)""")
    assert small == []
    context.close()


@pytest.mark.parametrize(("path", "scheme"), [("sources/seed-004.html", "light"), ("zh/sources/seed-004.html", "dark")])
def test_the_open_panel_has_no_barrier(browser: Browser, served: str, path: str, scheme: str, barriers: Barriers) -> None:
    page, requests = open_page(browser, served + path, scheme=scheme)
    page.locator(".nb-pick").nth(2).click()
    assert barriers.violations(page) == []
    page.check('input[name="nb-mode"][value="correction"]')
    assert barriers.violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert barriers.violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 360
    assert [each for each in requests if each.startswith(("console", "error"))] == []
    page.context.close()


def test_what_cannot_be_quoted_is_refused_in_words(browser: Browser, served: str, project: Project) -> None:
    page, _ = open_page(browser, served + "sources/seed-004.html")
    page.check('input[value="corrected"]')
    select(page, "Chinese Internet users")
    cite(page)
    assert "Switch to the cleaned reading" in status(page) and made(page) == ""
    page.get_by_role("button", name="Switch to the cleaned reading").click()
    assert page.is_checked('.nb-switch input[value="cleaned"]') and not page.locator("#nb-picker").is_visible()
    page.goto(served + "sources/seed-002.html")
    page.evaluate("document.querySelector('.nb-dropped').open = true")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nb-dropped p'))")
    cite(page)
    until(page, "document.getElementById('nb-quotation').textContent !== ''")
    entry = entry_of(made(page))
    assert entry["reading"] == "received" and placed(project, entry) == Resolved(-1, -1, 0, 63) and sound(project, made(page)) == []
    page.get_by_role("button", name="Delete the draft").click()
    page.evaluate(
        "const dropped = document.querySelector('.nb-dropped'), gap = [...dropped.parentElement.childNodes].find(each => each.nodeType === 3 && dropped.compareDocumentPosition(each) & 4); getSelection().setBaseAndExtent(dropped.querySelector('p').firstChild, 0, gap, 1)"
    )
    cite(page)
    assert page.locator("#nb-picker").is_visible() and entry_of(made(page))["reading"] == "received", (
        "the selection ends between two blocks"
    )
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nb-edition'))")
    cite(page)
    assert "spans text that was removed" in status(page) and made(page) == ""
    page.evaluate("document.querySelector('.nb-sent').firstChild.data = 'Worte in einer anderen Sprache'")
    select(page, "Mao")
    cite(page)
    assert "changed after it loaded" in status(page)
    page.context.close()


def test_words_that_are_the_same_in_the_reading_shown_are_quoted_from_there(browser: Browser, served: str, project: Project) -> None:
    page, _ = open_page(browser, served + "sources/seed-004.html")
    assert page.is_checked('.nb-switch input[value="sides"]')
    for reading in ("sides", "received", "marked"):
        page.check(f'.nb-switch input[value="{reading}"]')
        select(page, "Chinese Internet users")
        cite(page)
        assert isinstance(placed(project, entry_of(made(page))), Resolved)
    page.check('.nb-switch input[value="sides"]')
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nb-l:has(.nb-edit)'))")
    cite(page)
    assert "differs from the cleaned one" in status(page)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.nb-r'))")
    cite(page)
    assert "in the corrected reading" in status(page)
    page.context.close()


def test_context_words_are_added_and_the_draft_survives_a_reload_until_it_is_deleted(
    browser: Browser, served: str, project: Project
) -> None:
    page, _ = open_page(browser, served + "sources/seed-002.html")
    select(page, "China purchases American personal and sensitive data for malicious activities")
    cite(page)
    until(page, "document.getElementById('nb-quotation').textContent.includes('frame')")
    assert [each["exact"] for each in entry_of(made(page))["frame"]] == [
        "China firmly rejects the US false accusation that",
        "foreign ministry spokesperson Mao Ning said on Thursday",
    ]
    assert "denies these words" in status(page)
    page.get_by_role("button", name="Remove the context words").click()
    assert "frame" not in entry_of(made(page))
    assert (
        entry_of(made(page))["speaker"] == "mao-ning"
        and entry_of(made(page))["stance"] == "denied"
        and "as in mao-ning-2024-02-29-4" in made(page)
    )
    select(page, "China firmly rejects the US false accusation")
    page.get_by_role("button", name="Add as context words").click()
    block = made(page)
    assert entry_of(block)["frame"] == [{"exact": "China firmly rejects the US false accusation"}] and sound(project, block) == []
    page.locator("#nb-pick-stance").select_option("attributed")
    block = made(page)
    page.goto(served + "zh/sources/seed-002.html")
    assert page.locator("#nb-picker").is_visible() and entry_of(made(page)) == entry_of(block), "the draft is one in both languages"
    assert "草稿" in status(page)
    page.goto(served + "sources/seed-003.html")
    assert not page.locator("#nb-picker").is_visible(), "a draft belongs to its source"
    page.goto(served + "sources/seed-002.html")
    assert made(page) == block and "Nothing is sent" in page.locator("#nb-picker").inner_text()
    page.get_by_role("button", name="Delete the draft").click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('normbook.picker'))") == []
    page.reload()
    assert not page.locator("#nb-picker").is_visible()
    page.context.close()


def test_who_says_the_words_is_proposed_from_the_text(browser: Browser, served: str) -> None:
    page, _ = open_page(browser, served + "sources/seed-003.html")
    page.check('input[value="cleaned"]')
    select(page, "In fact, China and Russia have been engaged")
    cite(page)
    entry = entry_of(made(page))
    assert (entry["speaker"], entry["stance"], entry["speech"]) == ("wang-yi", "asserted", "indirect") and "check who says" in made(page)
    assert page.locator("#nb-pick-stance").input_value() == "asserted", "the list shows what the entry says"
    page.context.close()


def test_words_that_bind_or_deny_are_added_or_the_quotation_is_widened(browser: Browser, served: str, project: Project) -> None:
    page, requests = open_page(browser, served + "sources/seed-004.html")
    page.check('.nb-switch input[value="cleaned"]')
    select(page, "obey local laws")
    cite(page)
    until(page, "document.getElementById('nb-quotation').textContent.includes('frame')")
    assert entry_of(made(page))["frame"] == [{"exact": "companies must"}] and "how strongly" in status(page)
    select(page, "create backdoors in their products")
    cite(page)
    assert "leave out “not”" in status(page) and "frame" not in entry_of(made(page))
    page.get_by_role("button", name="Widen the quotation").click()
    assert entry_of(made(page))["exact"] == "should not create backdoors in their products" and "leave out" not in status(page)
    assert [each for each in requests if each.startswith(("console", "error"))] == []
    page.context.close()


def test_a_correction_is_proposed_and_its_entry_is_sound(browser: Browser, served: str, project: Project) -> None:
    page, _ = open_page(browser, served + "sources/seed-004.html")
    page.check('.nb-switch input[value="cleaned"]')
    select(page, "Internet users")
    cite(page)
    page.check('input[name="nb-mode"][value="correction"]')
    assert "Still to fill in: Reason, Kind of fault, Certainty" in status(page)
    page.get_by_label("Replacement").fill('users of the "Internet": \\ #')
    page.get_by_label("Reason", exact=True).fill("A test: it’s #1.")
    page.get_by_label("Kind of fault").select_option("retranslation")
    page.get_by_label("Certainty").select_option("high")
    assert "square brackets" in status(page)
    page.get_by_label("Kind of fault").select_option("term")
    assert "Still" not in status(page) and "brackets" not in status(page)
    entry = entry_of(made(page))
    assert entry["replacement"] == 'users of the "Internet": \\ #' and entry["id"].startswith("seed-004-")
    record = project.corrections["seed-004"]
    found: list[Problem] = []
    fields = {**record.fields, "corrections": [*record.fields["corrections"], entry]}
    read_record(project.schemas, "correction", record.path, dump(fields), found)
    assert found == []
    text = project.readings["seed-004"].cleaned.text
    assert text.count(entry.get("prefix", "") + entry["exact"] + entry.get("suffix", "")) == 1
    select(page, "data protection")
    page.get_by_role("button", name="Propose a correction").click()
    assert "already proposed" in status(page)
    page.context.close()


def test_nothing_that_is_typed_or_kept_runs(browser: Browser, served: str) -> None:
    page, requests = open_page(browser, served + "sources/seed-004.html")
    page.locator(".nb-pick").nth(2).click()
    page.check('input[name="nb-mode"][value="correction"]')
    for number, payload in enumerate(combined()):
        key = ("replacement", "reason", "basis", "original")[number % 4]
        page.locator(f"#nb-pick-{key}").evaluate("(e, value) => { e.value = value; e.dispatchEvent(new Event('input')) }", payload)
        typed = page.locator(f"#nb-pick-{key}").input_value()
        found = entry_of(made(page))[key]
        assert found == (typed if key == "replacement" else typed.strip()), payload
    page.check('input[name="nb-mode"][value="quotation"]')
    for payload in combined():
        page.locator("#nb-pick-speaker").evaluate("(e, value) => { e.value = value; e.dispatchEvent(new Event('input')) }", payload)
        assert entry_of(made(page))["speaker"] == page.locator("#nb-pick-speaker").input_value().strip()
        assert page.evaluate("window.fired") is None and page.locator(".nbx").count() == 0
        if len(payload) % 8 == 0:
            page.reload()
    for kept in (
        "null",
        "[]",
        "{",
        '{"start": 0, "end": 3, "frames": 1}',
        '{"mode": "correction", "start": -5, "end": 1e9, "exact": "", "frames": [], "given": {}}',
    ):
        page.evaluate("kept => localStorage.setItem('normbook.picker.seed-004', kept)", kept)
        page.reload()
        assert not page.locator("#nb-picker").is_visible(), kept
    assert not [each for each in requests if "canary" in each or each.startswith(("console", "error"))]
    page.context.close()


TEXTS = {
    "a": ("a b a b a c", 4, 5),
    "repeats": ("One line. " * 12 + "One end.", 50, 53),
    "astral": ("\U0001f600\U0001f4a9\U0001f600 x", 2, 3),
    "combined": ("caf\u0065\u0301 e\u0301", 4, 5),
    "han": ("\u6570\u636e\u5b89\u5168\u6570\u636e\u5b89\u5168\u3002", 4, 6),
    "hidden": ("so\u200bft \u202eleft\u2028line \u00adx", 0, 16),
    "markup": (f"<b>&amp; {PAYLOADS[10]} \\ \"'", 0, 60),
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_quoted_with_the_fewest_words_around_it(browser: Browser, served: str, name: str) -> None:
    import html
    import json
    import re

    text, start, end = TEXTS[name]
    data = {"source": "seed-000", "length": len(text), "between": ["", ""], "pieces": [], "removed": [], "longest": 8000, "said": [], "reported": [], "actors": [], "speech": [], "corrections": None, "taken": []}  # fmt: skip

    def served_with_the_text(route: Any) -> None:
        found = route.fetch()
        page = found.text()
        line = f'<div class="nb-edition" lang="en"><p class="nb-block"><span class="nb-l"><span class="nb-sent" id="s" data-start="0" data-end="{len(text)}">{html.escape(text)}</span></span></p></div>'
        page = re.sub(r'<div class="nb-edition".*?(?=<section id="nb-picker")', lambda _: line, page, flags=re.DOTALL)
        page = re.sub(
            r'(id="nb-picking">).*?(</script>)', lambda m: m[1] + json.dumps(data).replace("<", "\\u003c") + m[2], page, flags=re.DOTALL
        )
        route.fulfill(response=found, body=page)

    page = browser.new_context().new_page()
    page.route("**/seed-000.html", served_with_the_text)
    page.goto(served + "sources/seed-000.html")
    block, _ = page.evaluate(PICK, [start, end])
    entry = entry_of(block)
    prefix, suffix = entry.get("prefix", ""), entry.get("suffix", "")
    assert text[start:end].strip() in entry["exact"] and text.count(prefix + entry["exact"] + suffix) == 1
    expected = {
        "a": ("b ", " b"),
        "repeats": None,
        "astral": None,
        "combined": ("", " e\u0301"),
        "han": ("\u5168", ""),
        "hidden": ("", ""),
        "markup": ("", ""),
    }[name]
    if expected is not None:
        assert (prefix, suffix) == expected
    if name == "combined":
        assert entry["exact"] in ("e\u0301", "f\u0065\u0301", "\u0065\u0301")
    if name == "hidden":
        assert "\\u200B" in block and "\\u2028" in block and "\\u202E" in block
    assert page.evaluate("window.fired") is None
    page.context.close()


def test_it_works_from_a_file_and_only_on_pages_of_sources(browser: Browser, site: Path, project: Project) -> None:
    page = browser.new_context().new_page()
    page.goto((site / "sources" / "seed-001.html").as_uri())
    page.locator(".nb-pick").nth(3).click()
    assert isinstance(placed(project, entry_of(made(page))), Resolved)
    page.get_by_role("button", name="Copy", exact=True).click()
    until(page, "document.querySelector('.nb-pick-told').textContent !== ''")
    page.context.close()
    loading = [path.relative_to(site).as_posix() for path in site.rglob("*.html") if "picker.js" in path.read_text("utf-8")]
    assert sorted(loading) == sorted(f"{folder}sources/{source}.html" for folder in ("", "zh/") for source in SOURCES)
