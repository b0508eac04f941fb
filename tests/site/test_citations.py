"""How records and texts are cited, as read back by the programs that read citations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pypandoc
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import LatexDecodingMiddleware
from lxml import html as lxml_html
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from normbook.records.types import PUBLISHED, SPECS
from normbook.site.citations import RECORD, TEXT, Author, Work, bibtex, citations, coins, csl, plain, ris
from normbook.workspace.build_date import UNKNOWN, day_of, source_date
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from tests.conftest import Framed

Run = Callable[..., tuple[int, str, str]]

WORK = Work(
    TEXT, "gids-6-text", "Title", "https://example.org/a_b.html#x", (Author("Wang Yi", "Wang"), Author("Ministry of Foreign Affairs & Trade")), "2020-09-07",
    "Three bulletins", "UnderCode News", "2020-09-08", "en", "", "2026-11-22", ("point 6", "quoted as received"),
)  # fmt: skip
ODD = ["Plain", "全球数据安全倡议", r"A {brace}, 50% & $5 #1 _x_ ~ ^ \ back", "Ends in a }", "{ begins", "Of Lavrov’s UN speech"]
# variables of the Citation Style Language, version 1.0.2, and the JSON type that each has
CSL = {
    "id": str, "type": str, "title": str, "container-title": str, "publisher": str, "version": str, "author": list, "issued": dict, "event-date": dict,
    "accessed": dict, "language": str, "note": str, "URL": str,
}  # fmt: skip


def undone(latex: str) -> str:
    """A field of BibTeX as text: without braces of its own, and with the special characters that they stand for."""
    signs = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
    bare = re.sub(r"\\vphantom\{\\[{}]\}", "", latex)
    return re.sub(r"\{\\(text\w+)\}|\\(.)|[{}]", lambda found: signs[found[1]] if found[1] else found[2] or "", bare)


@pytest.mark.parametrize("title", ODD)
def test_titles_survive_every_format(title: str) -> None:
    work = Work(TEXT, "k", title, "https://example.org/", (Author("Normbook"),), issued="2026-11-22")
    entry = parse_string(bibtex(work), "bibtex").entries["k"]
    assert undone(entry.fields["title"]) == title
    library = parse_bibtex(bibtex(work), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    decoded = library.entries[0].fields_dict["title"].value.replace("\u02c6", "^")  # the decoder has another circumflex for the command
    assert decoded.replace("{", "").replace("}", "").strip() == title.replace("{", "").replace("}", "").strip()
    assert rispy.loads(ris(work))[0]["title"] == title
    assert json.loads(csl(work))[0]["title"] == title
    assert parse_qs(coins(work))["rft.title"] == [title]


def test_a_work_is_one_item_of_one_type_with_the_same_values_in_every_format() -> None:
    entry = parse_string(bibtex(WORK), "bibtex").entries["gids-6-text"]
    assert entry.type == "online"  # what Zotero takes for a web page, as it does ELEC, webpage and Dublin Core below
    assert [str(each) for each in entry.persons["author"]] == ["Wang, Yi", "{Ministry of Foreign Affairs \\& Trade}"]
    fields = dict(entry.fields)
    assert (fields["year"], fields["month"], fields["day"], fields["urldate"]) == ("2020", "September", "8", "2026-11-22")
    assert fields["url"] == WORK.url and undone(fields["organization"]) == "UnderCode News"
    assert undone(fields["note"]) == "In “Three bulletins”; point 6; quoted as received"
    (item,) = rispy.loads(ris(WORK))
    assert item["type_of_reference"] == "ELEC" and item["authors"] == ["Wang, Yi", "Ministry of Foreign Affairs & Trade"]
    assert (item["date"], item["access_date"], item["secondary_title"]) == ("2020/09/08", "2026/11/22", "Three bulletins")
    assert (item["publisher"], item["urls"], item["notes"]) == ("UnderCode News", [WORK.url], ["point 6", "quoted as received"])
    (item,) = json.loads(csl(WORK))
    assert item["type"] == "webpage" and all(isinstance(item[name], CSL[name]) for name in item)
    assert item["author"] == [{"family": "Wang", "given": "Yi"}, {"literal": "Ministry of Foreign Affairs & Trade"}]
    assert item["issued"]["date-parts"] == [[2020, 9, 8]] and item["event-date"]["date-parts"] == [[2020, 9, 7]]
    values = parse_qs(coins(WORK))
    assert values == {
        "ctx_ver": ["Z39.88-2004"], "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"], "rft.type": ["webpage"], "rft.title": ["Title"], "rft.au": ["Wang, Yi"],
        "rft.aucorp": ["Ministry of Foreign Affairs & Trade"], "rft.source": ["Three bulletins"], "rft.publisher": ["UnderCode News"],
        "rft.date": ["2020-09-08"], "rft.language": ["en"], "rft.identifier": [WORK.url],
    }  # fmt: skip


@pytest.mark.parametrize("date", ["2020-09-08", "2020-09", "2020", ""])
def test_a_date_is_as_precise_in_a_citation_as_it_is_known(date: str) -> None:
    work = Work(RECORD, "k", "T", "https://example.org/", issued=date)
    fields = parse_string(bibtex(work), "bibtex").entries["k"].fields
    assert [fields.get(key, "") for key in ("year", "month", "day")] == [
        date[:4],
        "September" if date[5:7] else "",
        "8" if date[8:] else "",
    ]
    item = json.loads(csl(work))[0]
    assert item.get("issued", {}).get("date-parts", [[]]) == [[int(part) for part in date.split("-") if part]]
    assert rispy.loads(ris(work))[0].get("date", "") == date.replace("-", "/")


@pytest.mark.parametrize("title", ["Wang Yi and Sergey Lavrov on the UN’s iData", "50% & $5 #1 x_y ~ ^ back", "全球数据安全倡议"])
def test_a_csl_processor_keeps_the_capitals_of_each_format(title: str) -> None:
    work = Work(RECORD, "k", title, "https://example.org/a_b.html#x", (Author("Wang Yi", "Wang"),), issued="2026-11-22")
    made = {each.name: each.text for each in citations(work)}

    def shown(form: str, name: str) -> str:
        said: str = pypandoc.convert_text(made[name], "plain", format=form, extra_args=["--citeproc", "--wrap=none"])
        return said.rstrip()

    assert shown("bibtex", "BibTeX") == f"Wang, Yi. 2026. “{title}.” November 22. https://example.org/a_b.html#x."
    for form, name in (("csljson", "CSL-JSON"), ("ris", "RIS")):
        said = shown(form, name)
        kept = re.search(r"2026\. “?(.*?)\.”? (November|https)", said)
        assert kept, said
        words = kept[1]
        assert words.lower() == title.lower()
        assert all(one == two or one.islower() for one, two in zip(title, words, strict=True)), "a style may add capitals and takes none"


def test_a_style_of_bibtex_keeps_every_capital(site: Path) -> None:
    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "plaintext")()
    seen = 0
    for path in sorted(site.glob("*/*.html"))[::3]:
        for block in lxml_html.fromstring(path.read_bytes()).xpath("//div[@class='nb-cites']//code/text()[starts-with(., '@online')]"):
            database = parse_string(block, "bibtex")
            (entry,) = database.entries.values()
            title = undone(entry.fields["title"])
            (formatted,) = style.format_entries([entry])
            shown = formatted.text.render(backend)
            capitals = [word for word in re.findall(r"\w+", title) if word != word.lower()]
            assert all(word in shown for word in capitals), (path.name, shown)
            seen += 1
    assert seen > 80


def cited_on(site: Path, path: str) -> dict[str, str]:
    """The citations on a page by their names."""
    tree = lxml_html.fromstring((site / path).read_bytes())
    return {each.findtext("dt"): each.find("dd").text_content() for each in tree.xpath("//dl[@class='nb-citeas']/div")}


def test_a_principle_is_cited_with_the_text_that_has_it(site: Path, project: Project) -> None:
    said = cited_on(site, "principles/gids-6.html")
    assert said["The text"].startswith("Wang Yi, “Global Initiative on Data Security, commitment 6”, in “Wang Yi: China won’t need")
    for part in ("UnderCode News", "8 September 2020", "machine translation", "quoted as cleaned", "https://undercodenews.com/"):
        assert part in said["The text"]
    assert said["This record"].startswith(
        f"Normbook, “{project.records['gids-6'].title} (Global Initiative on Data Security, commitment 6)”, version "
    )
    assert said["This record"].endswith(", record gids-6, https://normbook.github.io/normbook/principles/gids-6.html")


def test_denied_and_attributed_words_are_cited_as_such(site: Path) -> None:
    assert "words that the speaker denies" in cited_on(site, "statements/mao-ning-2024-02-29-4.html")["The text"]
    assert "attributes to another (Teodoro Locsin)" in cited_on(site, "statements/teodoro-locsin-2020-09-09-1.html")["The text"]


def test_a_text_that_the_book_does_not_hold_is_not_cited_as_quoted(site: Path) -> None:
    said = cited_on(site, "principles/paris-call-6.html")["The text"]
    assert said.startswith("France, “Paris Call") and "summarised by the editors, not quoted" in said
    assert "https://pariscall.international/" in said


def test_a_text_that_was_released_after_its_announcement_has_the_day_of_its_release(site: Path) -> None:
    said = cited_on(site, "principles/gcbdfci-call-11.html")["The text"]
    assert "Cyberspace Administration of China, 20 November 2024" in said, said


def test_a_source_without_a_title_of_its_own_is_cited_by_the_editors_in_brackets(site: Path, project: Project) -> None:
    for id, record in project.records.items():
        if record.type == "source":
            said = cited_on(site, f"sources/{id}.html")["The text"]
            headline = record.fields.get("received_title")
            assert (f"“{headline}”" if headline else f"“[{record.title}]”") in said


def test_every_page_of_a_record_carries_its_citations_for_tools_in_the_browser(site: Path, project: Project) -> None:
    for type in PUBLISHED:
        record = next(each for each in project.records.values() if each.type == type)
        for folder in ("", "zh/"):
            path = f"{folder}{SPECS[type].folder}/{record.id}.html"
            tree = lxml_html.fromstring((site / path).read_bytes())
            spans = [parse_qs(each) for each in tree.xpath("//span[@class='Z3988']/@title")]
            assert spans[-1]["rft.identifier"] == [f"https://normbook.github.io/normbook/{SPECS[type].folder}/{record.id}.html"]
            assert spans[-1]["rft.aucorp"] == ["Normbook"] and all(each["rft.type"] == ["webpage"] for each in spans)
            files = tree.xpath("//dl[@class='nb-citeas']//a/@download")
            assert len(files) == 3 * len(spans)
            assert tree.xpath("//p[@class='nb-state']//a/@download") == files[:2], "the first two are at the head of the page too"


PAGES = ("index.html", "timeline.html", "zh/timeline.html", "principles/gids-6.html", "about/method.html", "zh/principles/gids-6.html")


def named_in(page: Path) -> dict[str, str]:
    """The meta elements in the head of a page."""
    tree = lxml_html.fromstring(page.read_bytes())
    found = {each.get("name"): each.get("content") for each in tree.xpath("//head/meta[@name]")}
    return {**found, "title": tree.xpath("string(//head/title)").removesuffix(" - Normbook")}


def test_every_page_names_its_title_author_day_and_address_to_reference_managers(
    copy: Repo, framed: Framed, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795396305")
    repo = framed(copy)
    assert run("--root", str(repo.root), "build")[0] == 0
    for path in PAGES:
        named = named_in(repo.site / path)
        assert {name: value for name, value in named.items() if name.startswith("citation_")} == {
            "citation_title": named["title"],
            "citation_author": "Normbook",
            "citation_publication_date": "2026/11/23",
            "citation_public_url": f"https://normbook.github.io/normbook/{path}",
            "citation_language": "zh-Hans" if path.startswith("zh/") else "en",
        }
        assert named["dc.type"] == "webpage"
    (item,) = json.loads(lxml_html.fromstring((repo.site / PAGES[3]).read_bytes()).xpath("//div[@class='nb-cites']//code/text()")[-1])
    assert item["issued"] == item["accessed"] == {"date-parts": [[2026, 11, 23]]} and item["version"]


def test_a_downloaded_archive_claims_no_day(site: Path) -> None:
    """Without git, no day of a build is known, and none is told."""
    assert day_of(UNKNOWN) == ""
    for path in (*PAGES, "feed.xml", "sitemap.xml"):
        assert "1980" not in (site / path).read_text("utf-8"), path
    for path in PAGES:
        assert "citation_publication_date" not in named_in(site / path)
    (item,) = json.loads(lxml_html.fromstring((site / PAGES[3]).read_bytes()).xpath("//div[@class='nb-cites']//code/text()")[-1])
    assert item["version"] and "issued" not in item and "accessed" not in item


def test_a_downloaded_archive_of_a_release_has_its_day(copy: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert source_date(copy) == UNKNOWN
    version = copy.version.read_text("utf-8").strip()
    folder = copy.releases / version
    folder.mkdir()
    (folder / "contract.json").write_text('{"epoch": 1795396305}', "utf-8")
    assert source_date(copy) == 1795396305


def test_a_plain_citation_lists_several_authors_and_says_when_the_words_were_said() -> None:
    assert plain(WORK) == (
        "Wang Yi and Ministry of Foreign Affairs & Trade, “Title”, 7 September 2020, in “Three bulletins”, UnderCode News, 8 September 2020, "
        "point 6, quoted as received, https://example.org/a_b.html#x"
    )
    assert "no date" in plain(Work(TEXT, "k", "T", "https://example.org/"))
