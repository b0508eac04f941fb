"""The site in its languages: every word of the interface said in each, and every word in another language marked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from normbook.graph.graph import Brief
from normbook.site.i18n import Interface, day
from normbook.workspace.build import build
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces
from tests.conftest import Framed

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+){2,}")


def test_every_word_of_the_interface_is_translated(copy: Repo, framed: Framed) -> None:
    from normbook.workspace.load import load_project

    repo = framed(copy)
    assert build(load_project(repo)).untranslated == {}
    path = repo.locale / "zh-Hans.po"
    path.write_text(path.read_text("utf-8").replace('msgid "What was changed"', 'msgid "What was changed then"'), "utf-8")
    assert build(load_project(repo)).untranslated == {"zh-Hans": ["What was changed"]}


def test_the_catalogue_holds_nothing_that_is_not_said(repo: Repo, project: Project) -> None:
    """Every entry stands in a template, in the package, in a schema, in the navigation, or is the title of a theme."""
    places = [*repo.templates.glob("*"), *(repo.root / "scripts" / "normbook").rglob("*.py"), repo.mkdocs]
    text = "\n".join(path.read_text("utf-8") for path in places)
    said = {word.replace("-", " ") for word in project.schemas.vocabulary} | project.schemas.vocabulary
    said |= {relation.inverse for table in project.schemas.relations_of.values() for relation in table}
    said |= {
        key.replace("_", " ")
        for type in project.schemas.documents
        for key in re.findall(r'"([a-z_]+)":', json.dumps(project.schemas.documents[type]))
    }
    said |= {record.title for record in project.records.values() if record.type == "theme"} | {"en", "zh", "zh-Hans"}
    words = read_interfaces(repo)[1].words
    unsaid = [
        word for word in words if word not in said and word not in text and word.replace('"', '\\"') not in text and not _built(word, text)
    ]
    assert unsaid == []
    assert len(words) > 400


def _built(word: str, text: str) -> bool:
    """Whether a word is put together: the name of a list with «s», or a description of an index."""
    return word.removesuffix("s") in text or (word.endswith(" of the book, with links to each.") and word.split(maxsplit=1)[0] in text)


def test_placeholders_are_the_same_in_both_languages(repo: Repo) -> None:
    for word, said in read_interfaces(repo)[1].words.items():
        assert sorted(re.findall(r"%\(\w+\)s", word)) == sorted(re.findall(r"%\(\w+\)s", said)), word


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
    pages = [path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "zh"]
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
            codes = {each.get("hreflang") for each in tree.xpath("//link[normalize-space(@rel)='alternate'][@hreflang]")}
            assert codes == {"en", "zh-Hans", "x-default"}
        assert lxml_html.fromstring(path.read_bytes()).get("lang", "").startswith("zh")


@pytest.mark.parametrize(
    ("native", "words", "shown"), [("全球", {}, "全球"), ("", {"Title": "题"}, "题"), ("", {}, '<span lang="en">Title</span>')]
)
def test_a_record_is_named_in_the_language_of_the_page_where_it_has_a_name(native: str, words: dict[str, str], shown: str) -> None:
    brief = Brief("theme", "x", "Title", "", "", "", "", "", "", native)
    assert Interface("zh-Hans", words=words).title(brief) == shown
    assert Interface().title(brief) == "Title"


def test_days_are_no_more_precise_than_they_are() -> None:
    assert [day(value, "zh-Hans") for value in ("2020", "2020-09", "2020-09-08")] == ["2020", "2020年9月", "2020年9月8日"]
