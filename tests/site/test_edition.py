"""The critical edition as HTML: what its two columns hold, how items are numbered, and two reports side by side."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import html as lxml_html

from normbook.site.pages.reports import spoken
from normbook.workspace.load import Project

NOT_TEXT = (
    ".//*[contains(@class, 'nb-told') or contains(@class, 'nb-tag') or contains(@class, 'nb-why') or contains(@class, 'nb-ref')"
    " or contains(@class, 'nb-perma') or contains(@class, 'nb-repeat') or contains(@class, 'nb-item-number')]"
)


def page_of(site: Path, path: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring((site / path).read_bytes())


def words(element: lxml_html.HtmlElement, *without: str) -> list[str]:
    """The words of an element without the apparatus and without the elements that some XPaths find."""
    element = copy.deepcopy(element)
    for each in [found for path in (NOT_TEXT, *without) for found in element.xpath(path)]:
        each.drop_tag() if each.getparent() is None else each.drop_tree()
    return element.text_content().replace("\u21b5", " ").split()


def test_the_columns_hold_the_received_and_the_corrected_reading_whole(site: Path, project: Project) -> None:
    readings = project.readings["seed-004"]
    tree = page_of(site, "sources/seed-004.html")
    lefts, rights = (tree.xpath(f"//span[@class='{side}']") for side in ("nb-l", "nb-r"))
    assert len(lefts) == len(rights) > 30
    assert [word for row in rights for word in words(row)] == readings.corrected.split()
    received = "".join(word for row in lefts for word in words(row, ".//ins"))
    assert received == "".join(readings.received.text.split()), "spaces aside: a sentence glued to the next one begins a row"
    cleaned = [word for row in lefts for word in words(row, ".//a[contains(@class, 'nb-edit')]/del", ".//ins[@class='nb-new']")]
    assert cleaned == readings.cleaned.text.split()


@pytest.mark.parametrize("id", ["seed-000", "seed-001", "seed-002", "seed-003"])
def test_a_text_with_few_corrections_has_one_column(site: Path, id: str) -> None:
    tree = page_of(site, f"sources/{id}.html")
    assert not tree.xpath("//span[@class='nb-r']") and tree.xpath("//input[@value='cleaned' and @checked]")
    assert tree.xpath("//ul[@class='nb-rules']/li"), "what cleaning changed is listed"


def test_a_point_broken_over_two_paragraphs_counts_once(site: Path) -> None:
    tree = page_of(site, "sources/seed-004.html")
    numbers = tree.xpath("//span[@class='nb-item-number']/text()")
    assert numbers == [*(f"Item {n}" for n in range(1, 9)), "Item 1", "Item 2", "Item 2, continued", "Item 3"]
    said = tree.xpath("//p[contains(., 'A list of 3 items')]")[0].text_content()
    assert "A list of 8 items. The text does not say how many there are. A list of 3 items. The text announces the same number." in said


def test_every_sentence_carries_its_offsets(site: Path, project: Project) -> None:
    for id in ("seed-001", "seed-004"):
        text = project.readings[id].cleaned.text
        known = {s.eid: (s.start, s.end) for s in project.readings[id].segmented.segments}
        sentences = page_of(site, f"sources/{id}.html").xpath("//span[@data-start]")
        for each in sentences:
            start, end = int(each.get("data-start")), int(each.get("data-end"))
            last = (each.xpath("./span[@id and not(node())]/@id") or [each.get("id")])[-1]
            assert (start, end) == (known[each.get("id")][0], known[last][1])
            gone = (".//a[contains(@class, 'nb-edit')]/del", ".//ins[@class='nb-new']")
            assert words(each, *gone) == text[start:end].split()


def test_two_reports_say_what_one_merges_quotes_and_ascribes(site: Path) -> None:
    for path, two_are in (("sources/seed-001.html", 0), ("sources/seed-003.html", 1)):
        rows = page_of(site, path).xpath("//table[@class='nb-aligned']/tbody/tr")
        at = next(n for n, row in enumerate(rows) if "China believes that with time" in row.text_content())
        sides = rows[at].xpath("td")
        assert (
            "The Chinese side is ready to work" in sides[two_are].text_content() and len(sides[two_are].xpath("a[@class='nb-perma']")) == 2
        )
        assert "We believe that with the passage of time" in sides[1 - two_are].text_content()
        assert sides[1 - two_are].xpath("span[@class='nb-speech']")[0].text_content() == "direct speech, indirect speech"
        remarks = rows[at + 1].text_content()
        assert "The text of Xinhua merges this into one sentence." in remarks and "Only the text of Xinhua quotes directly here." in remarks
        believed = next(n for n, row in enumerate(rows) if "It is widely believed" in row.text_content())
        assert rows[believed].xpath("td/span[@class='nb-speech']/text()")[two_are] == "narration"
        assert "Only the text of Xinhua has a verb of saying here." in rows[believed + 1].text_content()
        assert "not in this text" not in "".join(row.text_content() for row in rows)


@pytest.mark.parametrize(
    ("sentence", "kinds", "says_who"),
    [
        ("\u201cWe agree on all of the lights,\u201d the minister said.", ("direct",), True),
        ("The minister said that all lights are agreed.", ("indirect",), True),
        ("The lights of the harbour are agreed.", ("narrated",), False),
        ('He made the remarks at a talk on the "Global Order of Harbour Lights" in May.', ("narrated",), True),
        ('The minister said that the so-called "lights" burn.', ("indirect",), True),
        ("\u201cAll of them said that the lights burn.\u201d", ("direct",), False),
    ],
    ids=["quoted", "reported", "told", "title", "word", "saying inside"],
)
def test_how_a_sentence_gives_words(sentence: str, kinds: tuple[str, ...], says_who: bool) -> None:
    assert spoken(sentence, 0, ()) == (kinds, says_who)
