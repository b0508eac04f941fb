"""What pages are made of: pictures, comparisons, terms, the list that the search reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from normbook.site import search
from normbook.site.figures import Mark, Tie, arcs, heat, strip, timeline
from normbook.site.pages.compare import pair_path
from normbook.site.readings import differences
from normbook.workspace.load import Project


def test_a_heat_map_has_a_cell_for_each_pair_and_the_most_is_darkest() -> None:
    drawn = heat([Mark("", "a", "theme", "Aaa"), Mark("", "b", "theme", "B")], ["x", "y"], [[0, 1], [2, 8]])
    assert [(cell["row"], cell["column"], cell["shade"]) for cell in drawn["cells"]] == [
        ("a", "x", 0),
        ("a", "y", 1),
        ("b", "x", 1),
        ("b", "y", 4),
    ]
    assert all(cell["x"] + drawn["size"] <= drawn["width"] and cell["y"] + drawn["size"] <= drawn["height"] for cell in drawn["cells"])
    assert heat([], [], [])["cells"] == []


@given(st.lists(st.integers(0, 5), max_size=80))
def test_no_two_cells_of_a_strip_overlap(counts: list[int]) -> None:
    drawn = strip([(f"s{i}", count) for i, count in enumerate(counts)])
    places = [(cell["x"], cell["y"]) for cell in drawn["cells"]]
    assert len(set(places)) == len(counts)
    assert all(x + drawn["size"] <= drawn["width"] and y + drawn["size"] <= drawn["height"] for x, y in places)
    assert [cell["count"] for cell in drawn["cells"]] == counts


def test_an_arc_joins_its_two_rows_and_reaches_farther_the_farther_they_are() -> None:
    nodes = [Mark("2000", each, "initiative", each) for each in "abc"]
    drawn = arcs(nodes, [Tie("a", "b", "related", 1), Tie("a", "c", "related", 2)])
    rows = {row["id"]: row["y"] for row in drawn["rows"]}
    near, far = drawn["arcs"]
    assert near["path"].startswith(f"M150,{rows['a']} ") and near["path"].endswith(f" 150,{rows['b']}")
    assert int(far["path"].split("C")[1].split(",")[0]) < int(near["path"].split("C")[1].split(",")[0])


def test_a_timeline_tells_each_year_once_and_in_order() -> None:
    drawn = timeline([Mark("2019", "a", "event"), Mark("2020-01", "b", "event"), Mark("2020-02-03", "c", "event")])
    assert [row["text"] for row in drawn["rows"] if row["kind"] == "year"] == ["2019", "2020"]
    heights = [row["y"] for row in drawn["rows"]]
    assert heights == sorted(heights) and heights[-1] < drawn["height"]


@given(st.text(alphabet="ab cd.,\n", max_size=60), st.text(alphabet="ab cd.,\n", max_size=60))
def test_differences_lose_no_character_and_share_the_same_words(one: str, two: str) -> None:
    lefts, rights = differences(one, two)
    assert "".join(words for _, words in lefts) == one and "".join(words for _, words in rights) == two

    def shared(runs: list[tuple[bool, str]]) -> list[str]:
        return [word for same, words in runs if same for word in words.lower().split()]

    assert "".join(shared(lefts)) == "".join(shared(rights))


def test_two_initiatives_have_one_page_whichever_comes_first() -> None:
    assert pair_path("gids", "paris-call") == pair_path("paris-call", "gids") == "compare/gids--paris-call.html"


def test_two_initiatives_have_a_page_only_if_a_correspondence_of_theirs_is_assessed(site: Path, project: Project) -> None:
    records = project.records
    pairs = set()
    for record in records.values():
        if record.type == "correspondence" and record.fields["status"]["publication"] != "withdrawn":
            far = record.fields.get("object") or record.fields["object_initiative"]
            one, two = (records[id].fields.get("initiative", id) for id in (record.fields["subject"], far))
            if one != two:
                pairs.add(pair_path(one, two).removeprefix("compare/"))
    assert len(pairs) > 5
    assert {path.name for path in (site / "compare").glob("*.html")} == pairs


def test_an_empty_cell_names_the_sources_searched(site: Path) -> None:
    tree = lxml_html.fromstring((site / "compare.html").read_bytes())
    cells = tree.xpath("//table[@id='themes']//td[contains(@class, 'nb-empty')]")
    assert len(cells) > 50
    assert [cell.text_content() for cell in cells if "nothing found in:" not in cell.text_content() or not cell.xpath(".//a")] == []
    filled = tree.xpath("//table[@id='themes']//td[not(contains(@class, 'nb-empty'))]//li")
    assert filled and all(len(item.xpath(".//a")) == 2 for item in filled), "a principle and where its evidence stands"


def test_only_assessed_pairs_are_told_and_no_match_is_said_of_nothing(site: Path, project: Project) -> None:
    assert not any(record.fields["relation"] == "no-match" for record in project.records.values() if record.type == "correspondence")
    text = lxml_html.fromstring((site / "compare.html").read_bytes()).text_content()
    assert "The others have not been assessed yet." in text and "no-match" not in text


def test_terms_are_linked_once_and_not_on_their_own_page(site: Path) -> None:
    page = lxml_html.fromstring((site / "principles" / "gids-2.html").read_bytes())
    links = page.xpath("//a[@class='nb-term']")
    assert [link.get("href") for link in links] == ["../glossary/term-information-technology.html"] and links[0].get("title")
    own = lxml_html.fromstring((site / "glossary" / "term-data-security.html").read_bytes())
    assert "term-data-security" not in "".join(own.xpath("//a[@class='nb-term']/@href"))


def test_the_list_of_the_search_holds_every_record_and_its_stance(site: Path, project: Project) -> None:
    text = (site / "search" / "entries.js").read_text("utf-8")
    entries = json.loads(text[text.index("[") : text.rindex("]") + 1])
    assert {each["id"] for each in entries if each["type"] != "page"} == set(project.records)
    assert all(each["stance"] for each in entries if each["quote"])
    assert any(each["type"] == "page" and each["path"] == "about/cite.html" for each in entries)


@pytest.mark.parametrize("hostile", ["</script>", "\u2028", '"];alert(1)//'])
def test_nothing_in_an_entry_ends_the_list(hostile: str) -> None:
    text = search.listed([{"path": "a.html", "title": hostile}])
    assert text.count("\n") == 3 and "</script>" not in text
    assert json.loads(text[text.index("[") : text.rindex("]") + 1]) == [{"path": "a.html", "title": hostile}]
    assert (
        hostile
        in json.loads(search.patched(text, {"a.html": {"path": "a.html", "title": f"x{hostile}"}})[len(search.OPENING) : -len(search.END)])[
            "title"
        ]
    )


def test_the_page_of_the_example_follows_a_real_record(site: Path, project: Project) -> None:
    tree = lxml_html.fromstring((site / "about" / "record.html").read_bytes())
    received = tree.xpath("//h2[@id='received']/following::mark")[0].text_content()
    assert any(received in readings.received.text for readings in project.readings.values())
    assert len(tree.xpath("//ol[@class='nb-corrections']/li")) >= 3
