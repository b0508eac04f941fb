"""A frozen version in the browser: it says what it is, everyone can read it, and its search is its own."""

from __future__ import annotations

import posixpath
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from normbook.cli.main import main
from normbook.workspace.release.archive import archive_of
from tests.browser.barriers import Barriers
from tests.conftest import copy_project
from tools.browser import open_page, serving, until

BELOW = "normbook/releases/0.1.0/"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a release."""
    repo = copy_project(tmp_path_factory.mktemp("frozen") / "project")
    (repo.root / ".gitignore").write_text("build/\nsite/\n", "utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "All of it"]):
        subprocess.run(["git", "-C", str(repo.root), "-c", "user.name=A", "-c", "user.email=a@example.org", *command], check=True)
    assert main(["--root", str(repo.root), "release", "0.1.0"]) == 0
    return archive_of(repo, "0.1.0")


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the release alone lies, where it lies in the world."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / BELOW)
    return folder


@pytest.fixture(scope="module")
def release(unpacked: Path) -> Iterator[str]:
    """The address of the release."""
    with serving(unpacked) as address:
        yield address + BELOW


@pytest.mark.parametrize(
    "path", ["index.html", "principles/gids-3.html", "zh/initiatives/gids.html", "about/contract.html", "versions.html"]
)
def test_a_frozen_page_reads_for_everyone_and_asks_nobody_else(browser: Browser, barriers: Barriers, release: str, path: str) -> None:
    page, requests = open_page(browser, release + path)
    banner = page.locator(".nb-frozen")
    assert banner.is_visible() and "0.1.0" in banner.inner_text()
    assert barriers.violations(page) == []
    page.emulate_media(color_scheme="dark")
    until(page, "document.body.dataset.mdColorScheme === 'slate'")
    page.set_viewport_size({"width": 360, "height": 780})
    assert barriers.violations(page) == []
    assert [url for url in requests if not url.startswith(release)] == [], "all that it needs lies below its own address"
    page.context.close()


def test_the_search_of_a_frozen_version_finds_its_own_pages(browser: Browser, release: str) -> None:
    page, requests = open_page(browser, release + "find.html?q=backdoors")
    until(page, "document.querySelectorAll('main li a[href*=\"gids-7\"]').length > 0")
    found = page.evaluate("[...document.querySelectorAll('main li a[href*=\"gids-7\"]')].map(each => each.href)")
    assert found and all(each.startswith(release) for each in found)
    assert any(url.startswith(release + "search/entries.js") for url in requests)
    page.context.close()


def test_no_link_of_a_frozen_version_is_dead_or_leads_out_of_it_unsaid(unpacked: Path) -> None:
    """Relative links stay inside; the current site and its releases are named by their whole addresses."""
    folder = unpacked / BELOW
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    links = {
        (page.relative_to(folder).parent.as_posix(), href)
        for page in folder.rglob("*.html")
        for href in map(str, lxml_html.fromstring(page.read_bytes()).xpath("//@href | //@src"))
        if not href.startswith(("http:", "https:", "#"))
    }
    for place, href in links:
        parts = urlsplit(href)
        if not (parts.scheme or parts.netloc or not parts.path):
            assert posixpath.normpath(posixpath.join(place, re.sub(r"/$", "/index.html", parts.path))) in files, (place, href)
    assert len(links) > 2_000
