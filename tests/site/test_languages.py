"""The site in its languages: every word of the interface said in each, and every word in another language marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from normbook.graph.graph import Brief
from normbook.site.i18n import Interface
from normbook.workspace.build import build
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces
from tests.conftest import Framed

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+){2,}")


def test_every_word_of_the_interface_is_translated(copy: Repo, framed: Framed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from normbook.workspace.load import load_project

    repo = framed(copy)
    assert build(load_project(repo)).untranslated == {}
    path = tmp_path / "labels.toml"
    path.write_text(repo.labels.read_text("utf-8").replace('marks.zh-Hans = "改动之处"\n', ""), "utf-8")
    monkeypatch.setattr(Repo, "labels", property(lambda self: path))
    assert build(load_project(repo)).untranslated == {"zh-Hans": ["section.marks"]}


def unmarked(path: Path, language: str, pattern: re.Pattern[str]) -> list[str]:
    """The stretches of text on a page that look like another language, and stand where that language is not marked."""
    tree = lxml_html.fromstring(path.read_bytes())
    found = []
    for node in tree.xpath("//article//text()[normalize-space()]"):
        parent = node.getparent() if not node.is_tail else node.getparent().getparent()
        if parent.tag in ("script", "style") or not pattern.search(node):
            continue
        marked = next((each.get("lang") for each in (parent, *parent.iterancestors()) if each.get("lang")), "")
        if marked.startswith(language):
            found.append(f"{path.name}: {node.strip()[:80]}")
    return found


def test_chinese_words_are_marked_on_english_pages(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if path.relative_to(site).parts[0] not in ("zh", "cards")]
    assert len(pages) > 200
    assert [each for path in pages for each in unmarked(path, "en", HAN)] == []


def test_english_words_are_marked_on_chinese_pages(site: Path) -> None:
    pages = sorted((site / "zh").rglob("*.html"))
    assert len(pages) > 200
    assert [each for path in pages for each in unmarked(path, "zh", ENGLISH) if "http" not in each] == []


def test_the_test_would_see_an_unmarked_word(tmp_path: Path) -> None:
    page = tmp_path / "x.html"
    page.write_text(
        '<html lang="zh"><body><article><p>these words are English</p><p lang="en">these words are too</p><b>短</b></article>', "utf-8"
    )
    assert unmarked(page, "zh", ENGLISH) == ["x.html: these words are English"]


def test_every_page_has_its_other_language(site: Path) -> None:
    for path in sorted((site / "zh").rglob("*.html")):
        name = path.relative_to(site / "zh")
        english = site / name
        assert english.is_file(), name
        for one, two in ((path, english), (english, path)):
            tree = lxml_html.fromstring(one.read_bytes())
            link = tree.xpath("//a[@class='nb-tongue']")[0]
            assert (one.parent / link.get("href")).resolve() == two.resolve()
            codes = {each.get("hreflang") for each in tree.xpath("//link[@rel='alternate'][@hreflang]")}
            assert codes == {"en", "zh-Hans", "x-default"}
        assert lxml_html.fromstring(path.read_bytes()).get("lang", "").startswith("zh")


@pytest.mark.parametrize(
    ("names", "words", "shown"),
    [({"zh": "全球"}, {}, "全球"), ({}, {"title.x": "题"}, "题"), ({"ru": "Титул"}, {}, '<span lang="en">Title</span>')],
)
def test_a_record_is_named_in_the_language_of_the_page_where_it_has_a_name(
    names: dict[str, str], words: dict[str, str], shown: str
) -> None:
    brief = Brief("theme", "x", "Title", "", "", "", "", "", "", names)
    assert Interface("zh-Hans", words=words).title(brief) == shown
    assert Interface().title(brief) == "Title"


def test_days_are_no_more_precise_than_they_are(repo: Repo) -> None:
    english, chinese = read_interfaces(repo)
    days = ("2020", "2020-09", "2020-09-08")
    assert [english.day(value) for value in days] == ["2020", "Sep 2020", "8 Sep 2020"]
    assert [chinese.day(value) for value in days] == ["2020", "2020 年 9 月", "2020 年 9 月 8 日"]
