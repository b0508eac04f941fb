"""What pages are made of: pictures, comparisons, terms, the list that the search reads."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from normbook.graph.graph import link
from normbook.site.context import RenderContext
from normbook.site.figures import NARROW, WIDE, Mark, Tie, arcs, strip, timeline
from normbook.site.pages.compare import COLUMNS, pair_path
from normbook.site.readings import beside, differences
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo


@given(st.lists(st.integers(0, 5), max_size=80))
def test_no_two_cells_of_a_strip_overlap(counts: list[int]) -> None:
    drawn = strip([(f"s{i}", count) for i, count in enumerate(counts)])
    places = [(cell["x"], cell["y"]) for cell in drawn["cells"]]
    assert len(set(places)) == len(counts)
    assert all(x + drawn["size"] <= drawn["width"] and y + drawn["size"] <= drawn["height"] for x, y in places)
    assert [cell["count"] for cell in drawn["cells"]] == counts


def test_an_arc_joins_its_two_rows_and_reaches_farther_the_farther_they_are() -> None:
    nodes = [Mark("2000", each, "initiative", (each,)) for each in "abc"]
    drawn = arcs(nodes, [Tie("a", "b", "related", 1), Tie("a", "c", "related", 2)])
    rows = {row["id"]: row["y"] for row in drawn["rows"]}
    near, far = drawn["arcs"]
    axis = drawn["axis"]
    assert near["path"].startswith(f"M{axis},{rows['a']} ") and near["path"].endswith(f" {axis},{rows['b']}")
    assert int(far["path"].split("C")[1].split(",")[0]) < int(near["path"].split("C")[1].split(",")[0])


def marked(*dates: str, lanes: int = 1) -> list[Mark]:
    return [Mark(date, f"id-{i}", "event", ("A name of some length " * (1 + i % 3),), i % lanes) for i, date in enumerate(dates)]


def test_a_timeline_has_a_true_scale_and_says_where_it_changes() -> None:
    recent = [f"20{year}-{month:02}-11" for year in range(20, 26) for month in (2, 5, 9)]
    drawn = timeline(marked("2001-01-01", "2003-01-01", "2011-01-01", *recent))
    at = {mark["date"]: mark["y"] for mark in drawn["marks"]}
    early, late = (at["2011-01-01"] - at["2001-01-01"]) / 10, (at["2025-02-11"] - at["2021-02-11"]) / 4
    assert abs((at["2003-01-01"] - at["2001-01-01"]) / 2 - early) < 1, "the same time has the same length"
    assert drawn["times"] > 1 and abs(late / early - drawn["times"]) < 0.3
    years = {year["text"]: year["y"] for year in drawn["years"]}
    assert drawn["break"] == years[str(drawn["since"])] and at["2011-01-01"] == years["2011"]
    single = timeline(marked("2019", "2020-01", "2020-02-03"))
    assert (single["times"], single["break"]) == (1, 0), "a short time has one scale"


def test_a_date_without_a_day_is_as_long_as_it_is_uncertain() -> None:
    year, month, day = timeline(marked("2019", "2020-01", "2020-02-03"))["marks"]
    assert year["long"] > 11 * month["long"] > 0 and day["long"] == 0


days = st.dates(min_value=date(1995, 1, 1), max_value=date(2026, 12, 31)).map(str)


@given(st.lists(days, min_size=1, max_size=40).map(sorted), st.sampled_from([WIDE, NARROW]))
def test_no_two_labels_of_a_timeline_overlap_and_each_is_on_the_picture(dates: list[str], width: int) -> None:
    drawn = timeline(marked(*dates, lanes=3), 3, width)
    columns: dict[int, list[tuple[int, int]]] = {}
    for mark in drawn["marks"]:
        label = mark["label"]
        columns.setdefault(label["x"], []).append((label["y"], label["y"] + label["height"]))
        assert label["x"] >= 0 and label["x"] + label["width"] <= drawn["width"]
        assert drawn["top"] <= label["y"] and label["y"] + label["height"] <= drawn["height"]
    for column in columns.values():
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(column)))


def test_lanes_are_those_who_put_forward_the_most(project: Project, site: Path) -> None:
    tree = lxml_html.fromstring((site / "timeline.html").read_bytes())
    lanes = [each.text_content() for each in tree.xpath("//svg[contains(@class, 'nb-form-wide')]//p[@class='nb-tl-lane']")]
    assert lanes == ["China", "United Nations", "Others"]
    for form in ("wide", "narrow"):
        svg = tree.xpath(f"//svg[contains(@class, 'nb-form-{form}')]")[0]
        main = [each.text_content().strip() for each in svg.xpath(".//a[contains(@class, 'nb-tl-label--main')]/span")]
        assert main == ["Global Initiative on Data Security", "Global Cross-Border Data Flow Cooperation Initiative"]
        shown = {Path(each).stem for each in svg.xpath(".//a/@href")}
        dated = {
            id
            for id, each in project.records.items()
            if each.type in ("initiative", "event") and (each.fields.get("announced") or each.fields).get("date")
        }
        assert shown == dated
    assert "The scale is true. From" in tree.text_content()


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


def grid_of(path: Path) -> tuple[list[str], list[tuple[str, list[Any]]]]:
    """The texts of a matrix, and its rows: the theme and the cells."""
    tree = lxml_html.fromstring(path.read_bytes())
    table = tree.xpath("//table[@id='grid']")[0]
    rows = [(row.get("data-theme"), row.xpath("./td")) for row in table.xpath("./tbody/tr")]
    return [Path(each).stem for each in table.xpath("./thead//th/a/@href")], rows


def test_the_texts_compared_come_in_the_order_of_what_is_judged_about_them(site: Path, project: Project) -> None:
    texts, _ = grid_of(site / "compare.html")
    assert texts[:2] == ["gids", "gcbdfci"]
    judged: Counter[str] = Counter()
    for record in project.records.values():
        if record.type == "correspondence" and record.fields["status"]["publication"] != "withdrawn":
            ends = {project.records[record.fields[end]].fields["initiative"] for end in ("subject", "object")}
            if len(ends) == 2 and ends & {"gids", "gcbdfci"}:
                judged.update(ends - {"gids", "gcbdfci"})
    counts = [judged[text] for text in texts[2:]]
    assert counts == sorted(counts, reverse=True) and counts[0] > 1


def test_a_cell_has_the_words_and_says_whose_they_are(site: Path, project: Project) -> None:
    texts, rows = grid_of(site / "compare.html")
    seen = set()
    for theme, cells in rows:
        for text, cell in zip(texts, cells, strict=True):
            points = cell.xpath(".//p[@class='nb-point']/a/@href")
            assert bool(points) != ("nb-empty" in (cell.get("class") or ""))
            if not points:
                assert "nothing found" in cell.text_content()
            for address in points:
                record = project.records[Path(address).stem]
                seen.add(record.id)
                assert record.fields["initiative"] == text and theme in record.fields["themes"]
                assert "stub" not in record.fields and record.fields["status"]["publication"] != "withdrawn"
                kind = "nb-said-received" if "wording" in record.fields else "nb-said-paraphrase"
                assert cell.xpath(f".//*[contains(@class, '{kind}')]"), "the words themselves"
                assert ("As received" if "wording" in record.fields else "Summarised from") in cell.text_content()
    assert {"gids-7", "un-gge-norms-9", "gcbdfci-call-11"} <= seen and "gcbdfci-1" not in seen
    compared = {
        id for id, each in project.records.items() if each.type == "principle" and each.fields.get("themes") and "stub" not in each.fields
    }
    assert {id for id in compared if project.records[id].fields["initiative"] in texts} == seen


def test_what_was_searched_is_said_of_each_text(site: Path) -> None:
    tree = lxml_html.fromstring((site / "compare.html").read_bytes())
    texts, _ = grid_of(site / "compare.html")
    places = tree.xpath("//dl[@id='searched']//dd")
    assert len(places) == len(texts) and all(each.xpath(".//a") for each in places)
    assert tree.xpath("//a[@href='#searched']") and "This does not mean that the text is silent." in tree.text_content()


def test_the_style_sheet_has_a_rule_for_each_column(repo: Repo) -> None:
    style = (repo.root / "site_src" / "assets" / "compare.css").read_text("utf-8")
    for number in range(1, COLUMNS + 1):
        assert f'.nb-comparison:has([data-t="{number}"]:not(:checked)) [data-c="{number}"]' in style


@pytest.mark.parametrize("language", ["", "zh/"])
def test_words_are_underlined_as_shared_only_between_received_wordings(site: Path, language: str) -> None:
    pages = [
        *(site / language).glob("compare/*.html"),
        *(site / language).glob("correspondences/*.html"),
        *(site / language).glob("principles/*.html"),
    ]
    assert len(pages) > 150
    for path in pages:
        tree = lxml_html.fromstring(path.read_bytes())
        for sides in tree.xpath("//div[@class='nb-sides']"):
            received = [
                bool(side.xpath("./blockquote")) and not side.xpath("./p[@class='nb-outside']") for side in sides.xpath("./section")
            ]
            assert all(received) or not sides.xpath(".//*[@class='nb-shared']"), path.name
        notes = [
            each
            for each in tree.xpath("//p[@class='nb-cite']")
            if each.text_content() in ("Shared words are underlined.", "两处措辞共有的词语加下划线。")
        ]
        assert bool(notes) == bool(tree.xpath("//*[@class='nb-shared']")), path.name


def test_shared_words_are_marked_between_received_wordings(project: Project) -> None:
    """No pair of the book is such a pair, so one is made: a wording beside itself."""
    context = RenderContext(link(project.records, project.schemas), project.schemas, project.readings, {}, {}, {})
    one, two = (list(beside(context, project.records["gids-7"], project.records[other])) for other in ("gids-7", "paris-call-5"))
    assert all(side["shared"] and all(shared for each in side["held"] for shared, _ in each["runs"]) for side in one)
    assert not any(side["shared"] for side in two) and not any(shared for each in two[0]["held"] for shared, _ in each["runs"])


def test_a_pair_is_named_and_judged_in_words(site: Path) -> None:
    tree = lxml_html.fromstring((site / "compare" / "gids--un-gge-norms.html").read_bytes())
    assert tree.xpath("string(//h1)") == "Global Initiative on Data Security and UN GGE norms of responsible State behaviour"
    assert tree.xpath("string(//title)").startswith("Global Initiative on Data Security and UN GGE norms")
    sections = tree.xpath("//section[@class='nb-match']")
    assert len(sections) > 5
    for section in sections:
        plain = section.xpath("string(.)").replace(section.xpath("string(.//details)"), "")
        assert "What agrees" in plain and "Match" not in plain and section.get("id") not in plain
        assert "skos" in section.xpath("string(.//details)").lower() and len(section.xpath("./div/section")) == 2
    for path in (site / "correspondences").glob("*.html"):
        assert path.stem not in lxml_html.fromstring(path.read_bytes()).xpath("string(//h1)")


def test_withdrawn_correspondences_and_stubs_are_not_compared(site: Path, project: Project) -> None:
    withdrawn = [
        id for id, each in project.records.items() if each.type == "correspondence" and each.fields["status"]["publication"] == "withdrawn"
    ]
    assert withdrawn
    for path in [site / "compare.html", *(site / "compare").glob("*.html")]:
        text = path.read_text("utf-8")
        assert not [id for id in withdrawn if f"{id}.html" in text], path.name


def test_only_assessed_pairs_are_told_and_no_match_is_said_of_nothing(site: Path, project: Project) -> None:
    assert not any(record.fields["relation"] == "no-match" for record in project.records.values() if record.type == "correspondence")
    text = lxml_html.fromstring((site / "compare.html").read_bytes()).text_content()
    assert "others have not been assessed" in text and "no counterpart" not in text


def test_the_map_says_in_words_what_its_lines_mean(site: Path) -> None:
    tree = lxml_html.fromstring((site / "map.html").read_bytes())
    text = tree.text_content()
    assert (
        "Line width: number of pairs assessed." in text
        and "Where there is no line, no relation is recorded; there may still be one." in text
    )
    names = [each.text_content().strip() for each in tree.xpath("//svg[contains(@class, 'nb-form-wide')]//a")]
    assert "Paris Call" in names and not [name for name in names if name.islower()]


def test_terms_are_linked_once_and_not_on_their_own_page(site: Path) -> None:
    page = lxml_html.fromstring((site / "principles" / "china-c5-data-security-3.html").read_bytes())
    links = page.xpath("//a[@class='nb-term']")
    assert [link.get("href") for link in links] == ["../glossary/term-data-security.html"] and links[0].get("title")
    own = lxml_html.fromstring((site / "glossary" / "term-data-security.html").read_bytes())
    assert "term-data-security" not in "".join(own.xpath("//a[@class='nb-term']/@href"))


def test_the_page_of_the_example_follows_a_real_record(site: Path, project: Project) -> None:
    tree = lxml_html.fromstring((site / "about" / "record.html").read_bytes())
    received = tree.xpath("//h2[@id='received']/following::mark")[0].text_content()
    assert any(received in readings.received.text for readings in project.readings.values())
    assert len(tree.xpath("//ol[@class='nb-corrections']/li")) >= 3
