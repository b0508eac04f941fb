"""Each record as Markdown: rendered, it has the words of the record and nothing of them is markup; its links lead to files."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html
from markdown_it import MarkdownIt

from normbook.records.model import Outside, Quotation
from normbook.records.types import FOLDERS
from normbook.site.exports.markdown import MOST_INITIATIVES, escaped
from normbook.workspace.load import Project

RENDER = MarkdownIt("commonmark").render
URL = "https://normbook.github.io/normbook/"


def flat(text: str) -> str:
    return " ".join(text.split())


def rendered(path: Path) -> html.HtmlElement:
    return html.fromstring(f"<div>{RENDER(path.read_text('utf-8'))}</div>")


def test_a_record_as_markdown_has_its_words_its_speakers_and_its_stances(site: Path, project: Project) -> None:
    quoted = outside = 0
    for id, record in project.records.items():
        path = site / FOLDERS[record.type] / f"{id}.md"
        source, tree = path.read_text("utf-8"), rendered(path)
        (title,) = tree.xpath("//h1")
        assert flat(title.text_content()) == flat(record.title)
        assert f"id: {id}" in tree.text_content() and record.fields["status"]["review"] in tree.text_content()
        bold = [flat(each.text_content()) for each in tree.xpath("//blockquote//b")]
        assert bold == [flat(each.what.exact) for each in record.evidence if isinstance(each.what, Quotation)]
        told = flat(tree.text_content())
        for each in record.evidence:
            if isinstance(each.what, Outside):
                assert flat(each.what.paraphrase) in told and f"<{each.what.url}>" in source
                outside += 1
            else:
                speaker = project.records[each.what.speaker].title if each.what.speaker in project.records else "a voice without a name"
                assert f"{flat(speaker)}, {each.what.stance}" in told
                quoted += 1
        assert not tree.xpath("//em | //strong | //h3 | //img | //script")
    assert quoted > 300 and outside > 300


def test_every_link_of_a_markdown_file_leads_to_a_file(site: Path) -> None:
    count = 0
    for path in site.glob("*/*.md"):
        for address in re.findall(r"\]\((\.\./[^)]*)\)", path.read_text("utf-8")):
            assert (path.parent / address).is_file(), (path.name, address)
            count += 1
    assert count > 1_000


def test_words_of_a_record_are_not_markup() -> None:
    for words in ("# a", "- a", "+ a", "12. a", "3) a", "> a", "*a* _b_ `c` [d](e) <i>f</i> &amp; a|b ~~c~~ \\*", "a\n\n# b", "![x](y)"):
        (found,) = html.fromstring(f"<div>{RENDER(escaped(words))}</div>")
        assert found.tag == "p" and len(found) == 0 and found.text_content() == flat(words)


def test_llms_txt_begins_as_its_proposal_says_and_leads_to_files(site: Path, project: Project) -> None:
    lines = (site / "llms.txt").read_text("utf-8").splitlines()
    assert lines[0] == "# Normbook" and lines[2].startswith("> ")
    headings = [line for line in lines if line.startswith("#")]
    assert headings[1:] == ["## Initiatives", "## Records by type", "## Data"]
    links = [match for line in lines if line.startswith("- ") for match in re.findall(r"\A- \[[^]]+\]\(([^)]+)\)", line)]
    assert len(links) == len([line for line in lines if line.startswith("- ")])
    for each in links:
        assert (site / each.removeprefix(URL)).is_file(), each
    initiatives = [id for id, record in project.records.items() if record.type == "initiative"]
    assert sum("/initiatives/" in each for each in links) == min(len(initiatives), MOST_INITIATIVES)
