"""Forms that a build can leave out: cards to embed, oEmbed answers, feeds of one subject, Markdown."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from normbook.cli.questions import book_of
from normbook.graph.graph import link
from normbook.records.types import FOLDERS
from normbook.site.extras import MOST, WITH_FEED, card, embedding, extra_forms
from normbook.site.i18n import Interface
from normbook.workspace.load import Project

URL = "https://normbook.github.io/normbook/"
LANGUAGES = ("", "zh/")


def test_a_card_is_small_has_no_scripts_and_tells_who_says_the_words(site: Path, project: Project) -> None:
    style = (site / "assets" / "card.css").stat().st_size
    said = 0
    for id, record in project.records.items():
        if record.type not in FOLDERS or not (site / FOLDERS[record.type] / f"{id}.html").exists():
            continue
        for prefix in LANGUAGES:
            path = site / "cards" / prefix / f"{id}.card.html"
            text = path.read_text("utf-8")
            assert len(text.encode()) + style < 10_000, id
            assert "<script" not in text and "style=" not in text
            tree = lxml_html.fromstring(path.read_bytes())
            (address,) = tree.xpath("//h1/a/@href")
            assert address == f"{URL}{prefix}{FOLDERS[record.type]}/{id}.html" and (site / address.removeprefix(URL)).is_file()
            assert (path.parent / tree.xpath("string(//link[@rel='stylesheet']/@href)")).resolve() == site / "assets" / "card.css"
            for quoted in tree.xpath("//blockquote"):
                assert quoted.getprevious().text_content().strip(), id
                said += 1
    assert said > 80


def test_a_card_never_cuts_words(project: Project) -> None:
    context = book_of(project).context
    whole = card(context, "gids-7")
    assert whole["quoted"]["stance"] == "proposed" and whole["quoted"]["speaker"] == "Wang Yi"
    (quoted,) = [each for each in project.records["gids-7"].evidence if "/wording" in each.supports]
    assert whole["quoted"]["exact"] == quoted.what.exact
    record = project.records["gids-7"]
    entries = [{**each, "exact": "long " * MOST} if "exact" in each else each for each in record.fields["evidence"]]
    changed = replace(record, fields={**record.fields, "evidence": entries})
    graph = link({**project.records, "gids-7": changed}, project.schemas)
    assert card(replace(context, graph=graph), "gids-7")["quoted"] is None


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_html_to_embed_is_the_same_on_the_page_and_in_the_oembed_answer(site: Path, prefix: str) -> None:
    page = lxml_html.fromstring((site / f"{prefix}principles" / "gids-6.html").read_bytes())
    (address,) = page.xpath("//head/link[@type='application/json+oembed']/@href")
    answer = json.loads((site / address.removeprefix(URL)).read_text("utf-8"))
    assert (answer["version"], answer["type"]) == ("1.0", "rich") and answer["width"] and answer["height"]
    assert answer["html"] in [code.text_content() for code in page.xpath("//pre/code")]
    frame = lxml_html.fromstring(answer["html"])
    assert frame.tag == "iframe" and frame.get("title") and (site / frame.get("src").removeprefix(URL)).is_file()


def test_a_title_cannot_end_the_attribute_that_holds_it() -> None:
    made = embedding('A "b" <c> & d', "x", "", {"url": URL})
    assert lxml_html.fromstring(made).get("title") == 'A "b" <c> & d' and html.unescape(made).count("<iframe") == 1


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_each_initiative_theme_and_actor_has_a_feed_that_its_page_leads_to(site: Path, project: Project, prefix: str) -> None:
    for id, record in project.records.items():
        if record.type not in WITH_FEED:
            continue
        page = site / prefix / FOLDERS[record.type] / f"{id}.html"
        found = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]*" href="([^"]*)"', page.read_text("utf-8"))
        own = f"{URL}{prefix}{FOLDERS[record.type]}/{id}.atom.xml"
        assert found == [f"{URL}feed.xml", own]
        etree.parse(site / own.removeprefix(URL))
    feed = feedparser.parse((site / prefix / "initiatives" / "gids.atom.xml").read_bytes())
    assert (
        not feed.bozo
        and feed.feed.id == f"{URL}{prefix}initiatives/gids.atom.xml"
        and feed.feed.language == ("zh-Hans" if prefix else "en")
    )
    assert 5 < len(feed.entries) <= 40
    for entry in feed.entries:
        assert entry.id == entry.link and (site / entry.link.removeprefix(URL)).is_file() and entry.updated_parsed


def test_a_build_can_leave_these_forms_out(project: Project) -> None:
    context = book_of(project).context
    english = Interface()
    texts = [(english, lambda template, model: template)]
    for cards in ("", "yes"):
        for feeds in ("", "yes"):
            made = [path for path, _ in extra_forms(replace(context, site={**context.site, "cards": cards, "feeds": feeds}), "gids", texts)]
            assert made == [
                *(["cards/gids.card.html", "cards/gids.json"] if cards else []),
                *(["initiatives/gids.atom.xml"] if feeds else []),
            ]
