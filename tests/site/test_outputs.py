"""What a page gives to other programs: citations, the feed, linked data, the headers of hosts, the pages of moved records, its history."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import feedparser
from lxml import html as lxml_html

from normbook.site.chrome import script
from normbook.workspace.frames import TRUSTED, digest_of
from normbook.workspace.git import read_history
from normbook.workspace.hosting import HEADERS, META, POLICY
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from tests.conftest import Framed, copy_project
from tools.projects import checkout

Run = Callable[..., tuple[int, str, str]]


def test_the_feed_is_read_by_a_feed_reader(site: Path) -> None:
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo and feed.version == "atom10" and 10 < len(feed.entries) <= 40
    for entry in feed.entries:
        path = entry.link.removeprefix("https://normbook.github.io/normbook/")
        assert (site / path).is_file() and entry.id == entry.link and entry.updated_parsed


def test_every_page_leads_feed_readers_to_the_feed_and_loads_no_script_of_the_theme(site: Path) -> None:
    for path in ("index.html", "about/method.html", "principles/gids-6.html", "zh/index.html"):
        tree = lxml_html.fromstring((site / path).read_bytes())
        (address,) = tree.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href")
        assert address == "https://normbook.github.io/normbook/feed.xml"
        scripts = [each.rpartition("/")[2] for each in tree.xpath("//script/@src")]
        assert scripts == ["normbook.js", "first.js"]
    assert not (site / "assets" / "javascripts").exists(), "it would fetch a sitemap for every alternate link"


def test_each_page_says_what_it_is_as_linked_data_and_as_a_preview(site: Path, project: Project) -> None:
    seen = spoken = 0
    for id, record in project.records.items():
        path = next(site.glob(f"*/{id}.html"))
        tree = lxml_html.fromstring(path.read_bytes())
        (block,) = tree.xpath("//script[@type='application/ld+json']/text()")
        value = json.loads(block)
        entity = value["mainEntity"]
        assert entity["identifier"] == id and entity["name"] == record.title
        if record.type == "actor":
            wanted = {"person": "Person", "organisation": "Organization", "state": "Country", "group": "Thing"}
            assert entity["@type"] == wanted[record.fields["kind"]]
        if record.fields.get("stance") in ("denied", "attributed", "reported"):
            assert "text" not in entity, "words that are not the speaker's claim would read as one without their stance"
        spoken += "text" in entity and entity["creator"]["name"] == project.records[record.fields["speaker"]].title
        meta = {each.get("property"): each.get("content") for each in tree.xpath("//meta[@property]")}
        assert meta["og:title"] == record.title and meta["og:url"].endswith(f"/{id}.html") and meta["og:description"]
        seen += 1
    assert seen == len(project.records) and spoken
    tree = lxml_html.fromstring((site / "data.html").read_bytes())
    book = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["isPartOf"]
    assert book["creator"]["name"] and len(book["distribution"]) > 2
    for each in book["distribution"]:
        assert (site / each["contentUrl"].removeprefix(book["url"])).is_file(), each
    assert (site / "assets" / "card.png").stat().st_size > 5_000


def test_linked_data_cannot_be_broken_out_of() -> None:
    made = script({"name": "</script><script>alert(1)</script>&\u2028<!--"})
    assert made.count("</script>") == 1 and "<!--" not in made and "\u2028" not in made
    assert json.loads(made.partition(">")[2].removesuffix("</script>"))["name"] == "</script><script>alert(1)</script>&\u2028<!--"


def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(site: Path) -> None:
    for path in site.rglob("*.html"):
        tree = lxml_html.fromstring(path.read_bytes())
        assert [
            each for each in tree.xpath("//script[not(@src)]") if each.get("type") not in ("application/json", "application/ld+json")
        ] == [], path.name
        assert tree.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]") == [], path.name


def test_hosts_are_told_the_policy(site: Path) -> None:
    assert "default-src 'none'" in POLICY and "unsafe" not in POLICY and "http" not in POLICY
    for name in ("_headers", ".htaccess", "nginx-headers.conf"):
        text = (site / name).read_text("utf-8")
        assert all(value in text for value in HEADERS.values()), name


def test_a_build_for_hosts_without_headers_carries_the_policy_in_every_page(small_built: Repo, run: Run) -> None:
    assert META not in (small_built.site / "index.html").read_text("utf-8"), "from a file it would load nothing"
    assert run("--root", str(small_built.root), "build", "--csp-meta")[0] == 0
    path = small_built.folder("actor") / "ana-reyl.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Ana Reyl", "title: Ana Reyl, harbour master"), "utf-8")
    assert "changed pages" in run("--root", str(small_built.root), "build", "--csp-meta")[1]
    pages = sorted(small_built.site.rglob("*.html"))
    assert len(pages) > 100
    assert [page.name for page in pages if page.read_text("utf-8").count(META) != 1] == []


def test_an_inline_script_that_nobody_has_looked_at_stops_the_build(tmp_path: Path, run: Run) -> None:
    repo = copy_project(tmp_path / "project")
    path = repo.overrides / "main.html"
    path.write_text(
        path.read_text("utf-8").replace('<meta name="color-scheme"', '<script>alert("injected")</script><meta name="color-scheme"'), "utf-8"
    )
    status, out, _ = run("--root", str(repo.root), "build")
    assert status == 1 and digest_of('alert("injected")') in out and "TRUSTED" in out
    assert digest_of('alert("injected")') not in TRUSTED


def test_a_moved_record_leaves_a_page_that_leads_on(built: Repo, run: Run) -> None:
    repo = built
    repo.redirects.write_text(
        "# yaml-language-server: $schema=../schema/redirects.schema.json\nredirects:\n  - from: gids-99\n    to:\n      - gids-1\n      - gids-2\n    reason: Split in two.\n",
        "utf-8",
    )
    assert run("--root", str(repo.root), "build")[0] == 0
    for folder in ("principles", "zh/principles"):
        tree = lxml_html.fromstring((repo.site / folder / "gids-99.html").read_bytes())
        assert {each.get("href") for each in tree.xpath("//article//li/a")} == {
            f"../{'../zh/' if folder[0] == 'z' else ''}principles/gids-{n}.html" for n in (1, 2)
        }
        assert "gids-99" in tree.xpath("string(//article)") and "Split in two." in tree.xpath("string(//article)")
    assert "gids-99" not in (repo.site / "sitemap.xml").read_text("utf-8")
    for path in ("principles/gids-99.json", "data/records/gids-99.json", "principles/gids-99.yaml"):
        moved = json.loads((repo.site / path).read_text("utf-8"))
        assert moved["id"] == "gids-99" and [each["id"] for each in moved["moved_to"]] == ["gids-1", "gids-2"]
    (listed,) = json.loads((repo.site / "api" / "redirects.json").read_text("utf-8"))["redirects"]
    assert listed["reason"] == "Split in two." and listed == moved
    markdown = (repo.site / "principles" / "gids-99.md").read_text("utf-8")
    assert "(../principles/gids-1.md)" in markdown and "(../principles/gids-2.md)" in markdown and "Split in two." in markdown
    linked = json.loads((repo.site / "principles" / "gids-99.jsonld").read_text("utf-8"))
    assert [each["@id"].rpartition("/")[2] for each in linked["dcterms:isReplacedBy"]] == ["gids-1.html#record", "gids-2.html#record"]


def test_the_history_of_a_record_is_gits(tmp_path: Path, run: Run, framed: Framed) -> None:
    repo = framed(checkout(tmp_path / "project"))

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-C", str(repo.root), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
            check=True,
            capture_output=True,
        )

    assert read_history(repo).absent == "no-git"
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "All <of> it")
    path = repo.folder("theme") / "lights.yaml"
    path.write_text(path.read_text("utf-8").replace("certainty: ", "certainty:  ", 1).replace("certainty:  ", "certainty: "), "utf-8")
    path.write_text(path.read_text("utf-8") + "", "utf-8")
    (repo.folder("theme") / "navigation.yaml").touch()
    path.write_text(path.read_text("utf-8").replace("title: ", "title: The ", 1), "utf-8")
    git("commit", "-qam", "A name mended")
    history = read_history(repo)
    assert [each.subject for each in history.changes["data/themes/lights.yaml"]] == ["A name mended", "All <of> it"]
    times = [each.time for each in history.changes["data/themes/lights.yaml"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each) for each in times) and times == sorted(times, reverse=True)
    assert run("--root", str(repo.root), "build")[0] == 0
    entries = feedparser.parse((repo.site / "feed.xml").read_bytes()).entries
    for entry in entries:
        first, *_, last = [
            each.time for each in history.changes[f"data/{entry.id.partition('/normbook/')[2].removesuffix('.html')}.yaml"] * 2
        ]
        assert (entry.updated, entry.published) == (first, last)
    assert len(entries) > 10
    page = (repo.site / "themes" / "lights.html").read_text("utf-8")
    assert "A name mended" in page and "All &lt;of&gt; it" in page and history.changes["data/themes/lights.yaml"][0].commit in page
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{repo.root}", str(shallow)], check=True, capture_output=True)
    from normbook.workspace.repo import Repo

    assert read_history(Repo(shallow)).absent == "shallow"


def test_a_page_without_history_says_so(site: Path) -> None:
    assert "not built from a git repository" in (site / "themes" / "fairness.html").read_text("utf-8")


def test_a_text_that_may_not_be_published_whole_is_nowhere_whole(restricted: Callable[[str], Repo]) -> None:
    """Neither in the edition, nor in the table of sentences, nor beside another report."""
    site = restricted("excerpt").site
    uncited = "Lavrov"
    beside = (site / "sources" / "seed-001.html").read_text("utf-8")
    assert "nb-aligned" not in beside and uncited in beside
    assert not (site / "data" / "texts" / "seed-003.json").exists()
