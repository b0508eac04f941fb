"""What the page of a record shows: facts in words, every part of its evidence, each reading once, and no section without content."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from lxml import html as lxml_html

from normbook.records.model import Outside, Quotation
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.i18n import typeset
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]


def content(site: Path, path: str) -> lxml_html.HtmlElement:
    found: lxml_html.HtmlElement = lxml_html.fromstring((site / path).read_bytes()).xpath("//article")[0]
    return found


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def set_as_shown(text: str) -> str:
    """An editor's text as a page sets it: with curved apostrophes, and dates that stay on one line."""
    return " ".join(typeset(text).split())


def pages_of(site: Path, project: Project) -> list[tuple[str, lxml_html.HtmlElement]]:
    paths = {id: f"{FOLDERS[record.type]}/{id}.html" for id, record in project.records.items() if record.type in PUBLISHED}
    return [(id, content(site, path)) for id, path in paths.items()]


def test_readings_that_are_the_same_are_shown_once(site: Path, project: Project) -> None:
    seen = 0
    for record in project.records.values():
        if record.type == "principle" and "wording" in record.fields:
            page = content(site, f"principles/{record.id}.html")
            first = page.xpath(".//div[@class='nb-readings']")[0]
            shown = [words(each) for each in first.xpath(".//p[contains(@class, 'nb-reading ')]")]
            assert len(shown) == len(set(shown)) and shown, record.id
            seen += len(first.xpath("./section")) == 1
    assert seen >= 5, "names of principles that nothing changes"
    assert "As received and cleaned" in words(content(site, "principles/gids-3.html"))
    assert "As received; nothing was changed" in words(content(site, "principles/gcbdfci-1.html"))
    changed = content(site, "principles/gids-speech-2.html")
    boxes = [words(each) for each in changed.xpath(".//div[@class='nb-readings']//h3")]
    assert boxes == ["As received", "With the proposed corrections", "Cleaned by rules"]


def test_a_principle_says_at_its_head_who_said_it_where_and_when(site: Path) -> None:
    head = content(site, "principles/gids-3.html").xpath(".//dl[@id='facts']")[0]
    assert "Wang Yi" in words(head) and "8 September 2020" in words(head) and "must not" in words(head)
    addresses = head.xpath(".//a/@href")
    assert "../actors/wang-yi.html" in addresses and "../events/seminar-2020-09-08.html" in addresses
    assert head.xpath(".//time[@class='nb-date']/@datetime") == ["2020-09-08"]
    outside = words(content(site, "principles/un-gge-norms-9.html").xpath(".//dl[@id='facts']")[0])
    assert "UN Group of Governmental Experts" in outside and "2015" in outside


def test_every_text_of_a_point_is_linked_with_what_was_read(site: Path, project: Project) -> None:
    for record in project.records.values():
        if record.type in ("principle", "initiative") and record.fields.get("texts"):
            page = content(site, f"{FOLDERS[record.type]}/{record.id}.html")
            missing = {each["url"] for each in record.fields["texts"] if "url" in each} - set(page.xpath(".//a/@href"))
            assert missing == set(), record.id
    shown = words(content(site, "principles/gids-3.html"))
    assert "Chinese (simplified): gov.cn (official)" in shown and "m.larcmm.com (copy of the official text, not read)" in shown


def test_no_section_is_without_content(site: Path, project: Project) -> None:
    empty = []
    for id, page in pages_of(site, project):
        for heading in page.xpath(".//h2 | .//h3"):
            fold = heading.getparent()
            if fold.tag == "summary":
                said = [each for each in fold.itersiblings() if words(each)]
            else:
                following = heading.getnext()
                said = [heading] if following is not None and following.tag not in ("h2", "h1") and words(following) else []
            if not said:
                empty.append((id, words(heading)))
    assert empty == []


def test_the_rest_of_the_links_repeats_nothing(site: Path, project: Project) -> None:
    checked = 0
    for id, page in pages_of(site, project):
        for rest in page.xpath(".//dl[@class='nb-links']"):
            above = set()
            for each in page.iter():
                if each is rest:
                    break
                above |= {re.sub(r"#.*", "", each.get("href"))} if each.get("href") else set()
            again = above & set(rest.xpath(".//a/@href"))
            assert again == set(), id
            checked += 1
    assert checked > 20


def test_evidence_shows_all_that_is_recorded_of_it(site: Path, project: Project) -> None:
    titles = {id: record.title for id, record in project.records.items()}
    framed = inferred = outside = held = 0
    for id, page in pages_of(site, project):
        record = project.records[id]
        items = page.xpath(".//ol[@class='nb-evidence']/li")
        assert len(items) == len(record.evidence), id
        for each, item in zip(record.evidence, items, strict=True):
            shown = words(item)
            if each.inferred:
                inferred += 1
                assert "Inferred: " + set_as_shown(each.inferred) in shown, (id, each.pointer)
            for frame in each.frames:
                framed += 1
                assert " ".join(frame.exact.split()) in shown, (id, each.pointer)
            if isinstance(each.what, Outside):
                outside += 1
                assert set_as_shown(each.what.locator) in shown and set_as_shown(each.what.bore) in shown, (id, each.pointer)
                verdict = {
                    "yes": "The editors have read it.",
                    "part": "The editors have read part of it.",
                    "no": "The editors have not read it.",
                    "": "",
                }[each.what.read]
                assert verdict in shown and item.xpath(".//a/@href")[0] == each.what.url, (id, each.pointer)
            elif isinstance(each.what, Quotation):
                quoted = item.xpath("./blockquote")[0]
                assert f"nb-quote--{each.what.stance}" in quoted.get("class"), (id, each.pointer)
                if each.what.speaker in titles:
                    assert titles[each.what.speaker] in shown, (id, each.pointer)
                if each.holder in titles:
                    held += 1
                    assert f"the view of {titles[each.holder]}" in shown, (id, each.pointer)
                assert {"direct": "direct speech", "indirect": "indirect speech", "narrated": "narrated", "": ""}[each.speech] in shown
        reasons = [set_as_shown(each["reason"]) for each in record.fields.get("judgements", ())]
        assert [each for each in reasons if each not in words(page)] == [], id
    assert framed > 100 and inferred > 5 and outside > 100 and held >= 3


def test_a_page_has_one_line_on_its_review_and_one_fold_for_technical_details(site: Path, project: Project) -> None:
    for id, page in pages_of(site, project):
        assert page.xpath("count(.//p[@class='nb-state'])") == 1, id
        assert page.xpath("count(.//div[@id='technical'])") == 1, id
        assert ("Low certainty." in words(page)) == (project.records[id].fields["status"]["certainty"] == "low"), id
        technical = page.xpath(".//div[@id='technical']")[0]
        assert project.records[id].path in words(technical), id
        for code in ("Match)", "semapv:"):
            assert code not in words(page).replace(words(technical), ""), (id, code)


def test_withdrawn_records_and_names_alone_are_not_listed_beside_the_others_and_say_so(site: Path, project: Project) -> None:
    for record in project.records.values():
        folder, state = FOLDERS.get(record.type), record.fields.get("status", {}).get("publication")
        if folder is None or (state != "withdrawn" and "stub" not in record.fields):
            continue
        table = content(site, f"{folder}/index.html").xpath(".//table[@id='index']")[0]
        assert f"../{folder}/{record.id}.html" not in table.xpath(".//a/@href") and f"{record.id}.html" not in table.xpath(".//a/@href"), (
            record.id
        )
        note = words(content(site, f"{folder}/{record.id}.html"))
        assert ("Withdrawn on" if state == "withdrawn" else "takes no part in comparison") in note, record.id
    theme = content(site, "themes/openness.html").xpath(".//h2[@id='members']/following-sibling::ul//a/@href")
    assert "../principles/gcbdfci-1.html" not in theme


def test_the_list_of_statements_has_its_columns_filled(site: Path, project: Project) -> None:
    table = content(site, "statements/index.html").xpath(".//table[@id='index']")[0]
    heads = [words(each) for each in table.xpath(".//th")]
    assert heads == ["Title", "Date", "Speaker", "Stance", "Speech"]
    rows = {
        row.xpath(".//a/@href")[0].rpartition("/")[2]: [words(cell) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")
    }
    assert rows["mao-ning-2024-02-29-4.html"][1:] == ["2024-02-29", "Mao Ning", "denied", "indirect"]
    assert sum(bool(row[1]) for row in rows.values()) > len(rows) * 0.9 and all(row[2] and row[3] for row in rows.values())


def test_who_is_who_has_offices_with_their_days_and_chinese_names(site: Path) -> None:
    for folder, wang in (("", "Wang Yi 王毅"), ("zh/", "王毅 Wang Yi")):
        rows = content(site, f"{folder}actors/index.html").xpath(".//table[@id='index']/tbody/tr")
        row = next(row for row in rows if wang in words(row))
        assert "State Councilor and Foreign Minister" in words(row) and "2020-09-08" in words(row) and "2020-09-11" in words(row)


def test_lists_are_in_the_order_in_which_readers_look(site: Path, project: Project) -> None:
    """Statements by date, those without one last; in who's who, people first."""
    for folder in ("", "zh/"):
        rows = content(site, f"{folder}statements/index.html").xpath(".//table[@id='index']/tbody/tr")
        dates = [row.xpath("string(.//time/@datetime)") or "none" for row in rows]
        assert dates == sorted(dates) and dates[-1] == "none" and len(set(dates)) > 3
        rows = content(site, f"{folder}actors/index.html").xpath(".//table[@id='index']/tbody/tr")
        kinds = [
            project.records[row.xpath("string(./td[1]/a[1]/@href)").removesuffix(".html").split("/")[-1]].fields["kind"] for row in rows
        ]
        assert [kind for kind, _ in groupby(kinds)] == ["person", "state", "organisation", "group"]


def test_points_that_stand_apart_are_headed_by_what_they_are(site: Path) -> None:
    heads = {
        id: content(site, f"initiatives/{id}.html").xpath(".//ol[@class='nb-points']/preceding-sibling::h3[1]/text()")
        for id in ("gids", "gcbdfci")
    }
    assert heads == {"gids": ["3 principles in the speech"], "gcbdfci": ["11 calls in the text"]}


def test_the_style_sheet_of_the_edition_is_loaded_on_the_pages_of_sources_alone(site: Path) -> None:
    loading = {path.relative_to(site).as_posix() for path in site.rglob("*.html") if "assets/edition.css" in path.read_text("utf-8")}
    sources = {path.relative_to(site).as_posix() for path in site.rglob("sources/*.html") if path.name != "index.html"}
    assert loading == sources and len(sources) > 5


def test_a_view_that_another_reports_is_on_the_page_of_the_holder(site: Path) -> None:
    told = content(site, "actors/russia.html").xpath(".//h2[@id='told']/following-sibling::ul")[0]
    assert "wang-yi-2020-09-11-4.html" in told.xpath(".//a/@href")[0] and "the view of Russia" in words(told)


def test_what_a_paraphrase_says_is_never_marked_as_shared(site: Path, project: Project) -> None:
    for record in project.records.values():
        if record.type == "correspondence":
            page = content(site, f"correspondences/{record.id}.html")
            held = [len(side.xpath(".//blockquote")) for side in page.xpath(".//div[@class='nb-sides']/section")]
            if not held or not all(held):
                assert page.xpath(".//*[@class='nb-shared']") == [] and "underlined" not in words(page), record.id


REVIEWS = """
reviews:
  - person: Ada Example
    day: 2026-11-01
    claims: [/stance]
    verdict: supported
    blind: true
  - person: Ben Example
    day: 2026-11-02
    claims: [/stance]
    verdict: not-supported
    note: The words are those of the agency.
"""


@pytest.mark.parametrize(("folder", "verdicts"), [("", ["supported by", "not supported by"]), ("zh/", ["足以支持", "不足以支持"])])
def test_reviews_that_differ_are_both_shown_with_how_far_they_agree(folder: str, verdicts: list[str], small_built: Repo, run: Run) -> None:
    repo = small_built
    path = repo.folder("statement") / "reyl-denial.yaml"
    path.write_text(path.read_text("utf-8") + REVIEWS, "utf-8")
    status, _, err = run("--root", str(repo.root), "build")
    assert status == 0, err
    page = content(repo.site, f"{folder}statements/reyl-denial.html")
    shown = words(page.xpath(".//h3[@id='reviews']/following-sibling::ul")[0])
    assert all(each in shown for each in ("Ada Example", "Ben Example", "The words are those of the agency.", *verdicts))
    assert "0%" in words(page.xpath(".//h3[@id='reviews']/following-sibling::p")[0])
