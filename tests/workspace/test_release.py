"""normbook release: what it refuses, what it freezes, and the frozen site under its own address."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as lxml_html

import normbook
from normbook.reader.book import READS
from normbook.site.pages.versions import MOST_CHANGES, UnknownPageError, frozen
from normbook.workspace.errors import BuildError
from normbook.workspace.hosting import META
from normbook.workspace.load import Project
from normbook.workspace.release.archive import archive_of, measure
from normbook.workspace.repo import Repo
from tools.projects import checkout as sample

Run = Callable[..., tuple[int, str, str]]
MAJOR, MINOR = READS.split(".")
FIRST, SECOND, THIRD = f"{READS}.0", f"{READS}.1", f"{MAJOR}.{int(MINOR) + 1}.0"  # of versions that this reader reads; but the third
URL = "https://normbook.github.io/normbook/"
DAY = {"GIT_AUTHOR_DATE": "2027-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2027-01-01T12:00:00Z"}


def git(repo: Repo, *arguments: str) -> str:
    command = ["git", "-C", str(repo.root), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """The sample project as a repository of its own, with one commit of a known day."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, value in DAY.items():
        monkeypatch.setenv(name, value)
    repo = sample(tmp_path / "project")
    repo.releases.mkdir()
    (repo.root / ".gitignore").write_text("build/\nsite/\n", "utf-8")
    repo.version.write_text(f"{FIRST}\n", "utf-8")
    git(repo, "init", "-q", "-b", "main")
    git(repo, "add", ".")
    git(repo, "commit", "-qm", "All of it")
    return repo


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_release_its_frozen_site_and_the_next_one(checkout: Repo, run: Run) -> None:
    root = ("--root", str(checkout.root))
    status, out, err = run(*root, "release")
    assert status == 0, out + err
    contract = json.loads((checkout.releases / FIRST / "contract.json").read_text("utf-8"))
    assert (contract["version"], contract["prepared"]) == (FIRST, "2027-01-01")
    assert "tide-tables-1" in contract["records"]["principle"] and {
        "principles/{id}.html",
        "data/records/{id}.json",
        "api/index.json",
    } <= set(contract["addresses"])
    schema = json.loads((checkout.releases / FIRST / "schema" / "theme.schema.json").read_text("utf-8"))
    assert "$id" not in schema and schema["properties"]["type"]["const"] == "theme"
    git(checkout, "add", ".")
    git(checkout, "commit", "-qm", f"Release {FIRST}")

    # the frozen site: every page says so, names the current one, and everything it links to is inside
    path = archive_of(checkout, FIRST)
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)} and packed.namelist() == sorted(files)
    assert not {"404.html", "_headers", ".htaccess", "sitemap.xml"} & files.keys() and "search/entries.js" in files
    pages = [name for name in files if name.endswith(".html")]
    assert len(pages) > 300
    for name in pages:
        tree = lxml_html.fromstring(files[name])
        assert tree.xpath("//link[@rel='canonical']/@href") == [URL + name]
        (banner,) = tree.xpath("//aside[contains(@class, 'nb-frozen')]")
        assert banner.xpath(".//a/@href") == [URL + name] and f"{FIRST} (2027-01-01)" in " ".join(banner.text_content().split())
        assert ("冻结版本" in banner.text_content()) == name.startswith("zh/")
    record = json.loads(files["data/records/tide-tables-1.json"])
    assert record["page"] == f"{URL}releases/{FIRST}/principles/tide-tables-1.html"
    assert f"{URL}releases/{FIRST}/principles/tide-tables-1.html".encode() in files["principles/tide-tables-1.html"], (
        "it is cited at its own address"
    )
    assert json.loads(files["schema/theme.schema.json"])["$id"] == f"{URL}releases/{FIRST}/schema/theme.schema.json"
    assert normbook.open(path).principles["tide-tables-1"].title and normbook.open(path).verify() > 20

    # made again from its commit it is the same
    (checkout.archives / FIRST / "site" / "index.html").unlink()
    status, out, _ = run(*root, "release", FIRST, "--again")
    assert status == 0 and "as recorded" in out and contract["site"]["sha256"] in out

    # nothing more to release, and no smaller version
    assert f"the release {FIRST} already exists" in run(*root, "release")[1]
    assert f"0.0.9 is too small after {FIRST}" in run(*root, "release", "0.0.9")[1]
    assert "'next' is not a version" in run(*root, "release", "next")[1]

    # a claim altered, a record gone: the version that it calls for, the changes in words
    edit(checkout.folder("initiative") / "tide-tables.yaml", "standing: announced", "standing: unknown")
    status, out, _ = run(*root, "release", SECOND)
    assert status == 1 and "uncommitted changes (data/initiatives/tide-tables.yaml)" in out
    git(checkout, "commit", "-qam", "Another standing")
    (checkout.folder("glossary") / "term-tide-table.yaml").unlink()
    status, out, _ = run(*root, "release", SECOND, "--dry-run")
    assert (
        status == 1
        and f"{SECOND} is too small after {FIRST}: the published id 'term-tide-table' was removed without a redirect" in out
        and f"{THIRD} or later is needed" in out
    )
    status, out, _ = run(*root, "release", THIRD, "--dry-run")
    assert status == 0 and "“announced”" in out and "“unknown”" in out and "dry run: nothing was written" in out
    assert (
        not (checkout.releases / THIRD).exists()
        and git(checkout, "status", "--porcelain").strip() == "D data/glossary/term-tide-table.yaml"
    )
    git(checkout, "checkout", "-q", ".")
    assert run(*root, "release", SECOND)[0] == 0
    git(checkout, "add", ".")
    git(checkout, "commit", "-qm", f"Release {SECOND}")
    kept = json.loads((checkout.releases / SECOND / "changes.json").read_text("utf-8"))
    assert any("“unknown”" in text for _, text in kept)

    # the current site holds both, the frozen ones where their archives are
    status, out, err = run(*root, "build", "--releases", "--csp-meta")
    assert status == 0 and "shown in English" not in out, out + err
    for version in (FIRST, SECOND):
        assert (checkout.site / "releases" / version / "find.html").is_file()
        changes = f"{version}/changes.json"
        assert (checkout.site / "releases" / changes).read_bytes() == (checkout.releases / changes).read_bytes()
        assert (
            json.loads((checkout.site / "releases" / version / "schema" / "theme.schema.json").read_text("utf-8"))["$id"]
            == f"{URL}releases/{version}/schema/theme.schema.json"
        )
        assert META in (checkout.site / "releases" / version / "index.html").read_text("utf-8")
    assert (checkout.site / "releases" / FIRST / "schema" / "theme.schema.json").read_bytes() == files["schema/theme.schema.json"]
    listed = lxml_html.fromstring((checkout.site / "versions.html").read_bytes())
    assert [each.text for each in listed.xpath("//article//h2[starts-with(@id, '0')]")] == [SECOND, FIRST]
    assert "“unknown”" in listed.text_content()
    for href in listed.xpath("//article//a/@href[contains(., 'releases/')]"):
        assert (checkout.site / href).is_file(), href
    assert "0 changed pages" in run(*root, "build", "--releases", "--csp-meta")[1], "a second build does nothing"

    # an archive that is another, or missing though its tag says that it was published
    path.write_bytes(archive_of(checkout, SECOND).read_bytes())
    status, out, _ = run(*root, "build", "--releases")
    assert status == 1 and f"normbook-{FIRST}.zip is not what was released" in out
    path.unlink()
    many = [[1, f"change {number}"] for number in range(MOST_CHANGES + 1)]  # the page shows the beginning of a long list
    (checkout.releases / SECOND / "changes.json").write_text(json.dumps(many), "utf-8")
    status, out, _ = run(*root, "build", "--releases")
    shown = lxml_html.fromstring((checkout.site / "versions.html").read_bytes())
    assert f"change {MOST_CHANGES - 1}" in shown.text_content() and f"change {MOST_CHANGES}" not in shown.text_content()
    assert shown.xpath(f"//article//a/@href[. = 'releases/{SECOND}/changes.json']")
    assert status == 0 and f"the release {FIRST} is not tagged yet: its frozen site is left out" in out
    assert (
        not (checkout.site / "releases" / FIRST / "index.html").exists() and (checkout.site / "releases" / FIRST / "contract.json").exists()
    )
    git(checkout, "tag", f"v{FIRST}", "HEAD~2")
    status, out, _ = run(*root, "build", "--releases")
    assert status == 1 and f"the release {FIRST} is tagged, but build/releases/normbook-{FIRST}.zip is missing: download it" in out


def test_what_has_errors_is_not_released(checkout: Repo, run: Run) -> None:
    edit(checkout.folder("principle") / "tide-tables-1.yaml", "initiative: tide-tables", "initiative: tide-table")
    git(checkout, "commit", "-qam", "A fault")
    status, out, err = run("--root", str(checkout.root), "release")
    assert status == 1 and "N303" in err and "not released: fix the errors above first" in out
    assert list(checkout.releases.iterdir()) == [checkout.version]


def test_outside_of_git_there_is_only_a_dry_run(copy: Repo, project: Project, run: Run) -> None:
    status, out, _ = run("--root", str(copy.root), "release", FIRST)
    assert status == 1 and "a release is made from a commit" in out
    status, out, _ = run("--root", str(copy.root), "release", FIRST, "--dry-run")
    assert status == 0 and f"release {FIRST}: {len(project.records)} records, after none" in out
    assert f"no release '{FIRST}' in releases/" in run("--root", str(copy.root), "release", FIRST, "--again")[1]


def test_an_archive_that_would_leave_its_folder_is_refused(tmp_path: Path) -> None:
    for name in ("../out.html", "/out.html", "a\\..\\out.html", "a/../../out.html"):
        with zipfile.ZipFile(tmp_path / "bad.zip", "w") as packed:
            packed.writestr(name, "x")
        with pytest.raises(BuildError, match="it is not the archive of a release"):
            measure(tmp_path / "bad.zip")
    (tmp_path / "bad.zip").write_bytes(b"PK")
    with pytest.raises(BuildError, match="cannot be read"):
        measure(tmp_path / "bad.zip")


def test_a_page_without_a_place_for_the_banner_stops_the_release() -> None:
    page = '<link rel="canonical" href="x"><div data-md-component="announce">\n </div>'
    assert re.search(
        r"<aside[^>]*>.*page\.frozen &lt;x <strong>1\.0\.0</strong>",
        frozen(page, "a.html", "1.0.0", "2024-01-01", URL, lambda key: f"{key} <x"),
    )
    with pytest.raises(UnknownPageError, match=r"a\.html: expected one place for the banner and one canonical address, found 0 and 1"):
        frozen(page.replace("announce", "other"), "a.html", "1.0.0", "2024-01-01", URL, str)
