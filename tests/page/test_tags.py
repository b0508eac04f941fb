"""What the tags of a page add to the judgement of its lines, and what they must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from normbook.cleaning.clean import clean, read
from normbook.extraction.report import report
from normbook.intake.html import html_intake
from normbook.page.tags import WEIGHTS, tag_verdicts, trained

SAID = (
    "The Port Council said on Monday that every harbour keeps its lights burning for all ships that pass the coast.",
    "No port closes at night, said the chair of the council, and the pilots of the small ports agreed with her.",
    "Ships share their warnings with each other, and no captain pays for the news of a storm that another has met.",
)
MENU = '<ul><li><a href="/a">Start</a></li><li><a href="/b">Ships and crews</a></li><li><a href="/c">Tides of the week</a></li></ul>'
STORIES = '<aside class="sidebar"><h3>More stories</h3><ul><li><a href="/1">A pilot tells of the storm</a></li><li><a href="/2">New lamps for the mole</a></li></ul></aside>'
HEADER = f'<header class="site-header"><nav>{MENU}</nav></header>'
FOOTER = '<footer class="site-footer"><p><a href="/imprint">About this paper</a> <a href="/w">Write to us</a></p></footer>'
TITLE = "<h1>Harbour lights of the coast</h1>"
PROSE = "".join(f"<p>{each}</p>" for each in SAID)


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><title>Harbour lights of the coast - Port News</title></head><body>{body}</body></html>".encode()


def kept(body: str) -> list[str]:
    return [line for line in read(page(body), kind="html").cleaned.text.split("\n") if line]


BODY = ["Harbour lights of the coast", *SAID]
QUOTED = "States shall not put out the lamps of other states, whatever the weather may be on the coast."


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"{HEADER}<main><article>{TITLE}{PROSE}</article></main>{STORIES}{FOOTER}", BODY),
        (f'<div role="navigation">{MENU}</div><div role="main">{TITLE}{PROSE}</div><div role="contentinfo"><p><a href="/i">About this paper</a></p></div>', BODY),
        (f'<div class="menu">{MENU}</div><div class="post-content">{TITLE}{PROSE}</div><div class="related-posts">{MENU}</div>', BODY),
    ],
    ids=["elements", "roles", "names"],
)  # fmt: skip
def test_what_tags_say_is_furniture_is_dropped(body: str, wanted: list[str]) -> None:
    assert kept(body) == wanted


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        (f'<article>{TITLE}{PROSE}<p>The lamps burn.<sup><a href="#n1">1</a></sup></p><footer><ol><li id="n1">Minutes of the Port Council, page 4.</li></ol></footer></article>', "1. Minutes of the Port Council, page 4."),
        (f'<main>{TITLE}{PROSE}<p>The lamps burn.<a href="#f1" class="ref">[1]</a></p></main><footer><p><a id="f1"></a>Act on Lamps, section 9</p></footer>', "Act on Lamps, section 9"),
        (f"{HEADER}<article>{TITLE}{PROSE}<aside><blockquote><p>{QUOTED}</p></blockquote></aside>{PROSE}</article>{FOOTER}", QUOTED),
        (f"{HEADER}<article>{TITLE}{PROSE}<aside><p>{QUOTED}</p></aside>{PROSE}</article>{FOOTER}", QUOTED),
        (f"<header>{TITLE}{PROSE}</header>", SAID[0]),
        (f"<footer>{TITLE}{PROSE}</footer>", SAID[1]),
        (f"<nav>{TITLE}{PROSE}</nav>", SAID[2]),
        (f'<div class="sidebar"><div class="comments">{TITLE}{PROSE}</div></div>', SAID[0]),
        (f'{TITLE}<p>By Ana Brook</p>{PROSE}', "By Ana Brook"),
        (f'{HEADER}<header class="page-header">{TITLE}</header><main>{PROSE}</main>', "Harbour lights of the coast"),
        (f'<main>{TITLE}<p>The ports agreed that:</p><ol><li><a href="/law/1">Ships share warnings</a></li><li><a href="/law/2">Harbours keep their lights</a></li></ol>{PROSE}</main>', "1. Ships share warnings"),
        (f"<main>{TITLE}{PROSE}<table><tr><td>Alda</td><td>40 %</td></tr><tr><td>Osth</td><td>60 %</td></tr></table></main>", "Alda\t40 %"),
        (f"{TITLE}{PROSE}<p>Done at Alda, 6 May 2031</p>", "Done at Alda, 6 May 2031"),
    ],
    ids=["footer with notes", "page footer with a note", "aside with the quotation", "aside in prose", "all in header", "all in footer", "all in nav", "all in comments", "byline", "title in header", "list of links", "table", "no tags"],
)  # fmt: skip
def test_what_tags_alone_do_not_prove_stays(body: str, stays: str) -> None:
    assert stays in kept(body)


def test_each_dropped_line_says_how_likely_and_why() -> None:
    content = page(f"{HEADER}<main><article>{TITLE}{PROSE}</article></main>{STORIES}{FOOTER}")
    found = report("lights.html", content, kind="html")
    text, told = html_intake(content).text, {}
    for each in found["furniture"]:
        assert 0.5 < each["probability"] <= 1 and each["reasons"]
        told[text[each["start"] : each["end"]]] = each["reasons"]
    assert any("<aside>" in reason or "sidebar" in reason for reason in told["New lamps for the mole"])
    assert any("<nav>" in reason for reason in told["Tides of the week"])


def test_what_is_dropped_by_tags_comes_back_and_a_cleaned_text_stays() -> None:
    content = page(f"{HEADER}<main><article>{TITLE}{PROSE}</article></main>{STORIES}{FOOTER}")
    readings = read(content, kind="html")
    assert readings.cleaned.ledger.revert(readings.cleaned.text) == readings.received.text == html_intake(content).text
    assert clean(readings.cleaned.text).text == readings.cleaned.text
    without = read(content, kind="html", without=("furniture-by-model",)).cleaned.text
    assert "Ships and crews" in without and "Ships and crews" not in readings.cleaned.text


def test_a_long_thread_of_comments_is_not_the_body_of_the_page() -> None:
    names = ("Ana Brook", "Ivo Hale", "Mira Stone", "Otto Reed", "Lena Ford", "Paul Marsh")
    said = "I sailed past this coast last winter and saw no light at all, so I do not believe a word of what the council says here!"
    thread = "".join(
        f"<li><cite>{name}</cite><time>{day} May 2031 at 10:25 pm</time><p>{said}</p></li>" for day, name in enumerate(names, 1)
    )
    lines = kept(f'{HEADER}<div class="post">{TITLE}{PROSE}</div><div id="comments"><h3>Six comments</h3><ol>{thread}</ol></div>{FOOTER}')
    assert lines == BODY


def test_prose_stays_where_most_of_it_would_go() -> None:
    taken = html_intake(page(f'<article><p>{SAID[0]}</p></article><div class="cookie modal window"><p>{SAID[1]}</p><p>{SAID[2]}</p></div>'))
    assert tag_verdicts(taken.text, taken.page) == []


def test_the_weights_are_small_and_every_row_is_of_use() -> None:
    path = Path(__file__).parents[2] / "scripts" / "normbook" / "page" / WEIGHTS
    assert path.stat().st_size < 100_000
    weights, bias = trained()
    assert all(weights.values()) and bias
