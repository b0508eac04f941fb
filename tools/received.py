"""The way of a web page and a PDF file of our own from the file to the site: `python -m tools.received` writes the pictures of the tour."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from normbook.cli.main import main as normbook
from normbook.workspace.repo import Repo
from tests.intake.pdf_files import At, column, pdf
from tools.browser import FLAGS, chromium, open_page, serving
from tools.projects import ROOT, checkout

SAID = "the ports of the coast should keep their lights burning for all ships, and that no port should close at night"
LINES = (
    "Osthaven, 4 May 2021 - José Ferré, foreign minister of Osthaven, said",
    "the ports of the coast should keep their lights burning for all",
    "ships, and that no port should close at night.",
)
REPORT = pdf([[At(50, 520, "Ports agree on lights", 16), *column(LINES, y=480)]])
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A letter on warnings - Port News</title>
<style>nav, aside, footer { color: #666; font-size: 80% } li { display: inline; margin-right: 1em }</style></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/ships">Ships and crews</a></li><li><a href="/tides">Tides of the week</a></li></ul></nav>
<main><article><h1>A letter on warnings</h1>
<p>Osthaven, 7 May 2021 - Inés Vale, president of the Port Council, said all ports <del>may</del> <ins>should</ins> share their warnings with every ship.</p>
<p>The letter went to the ports of the whole coast, and most of them have written back since.</p></article></main>
<aside><h3>More stories</h3><ul><li><a href="/1">A pilot tells of the storm</a></li><li><a href="/2">New lamps for the mole</a></li></ul></aside>
<footer><p><a href="/about">About this paper</a> <a href="/write">Write to us</a></p></footer></body></html>
"""
FILLED = "\nrights: {full_text: publish, holder: Port Council, note: Written for the tour.}\ntranslation: none\ngenre: news-report\n"
# the source, the picture, what of its page is shown, and how high at most
PICTURES = (("seed-003", "received-page.png", "table:has(code)", 400), ("seed-002", "received-pdf.png", "figure.nb-sheet", 330))


def project(target: Path) -> Repo:
    """A small project that has taken in both files, filled in as a person does and published. Raises RuntimeError if a command fails."""
    repo = checkout(target)
    files = {target.parent / "report.pdf": REPORT, target.parent / "letter.html": PAGE.encode()}
    for file, content in files.items():
        file.write_bytes(content)
    _run(repo, "ingest", *map(str, files), "--publisher", "Port Council", "--url", "https://ports.example/files")
    for path in repo.data.rglob("*.yaml"):
        text = path.read_text("utf-8")
        if "proposed by a machine" in text:
            text = text.replace("publication: draft", "publication: published").replace("machine-candidate", "needs-review")
            if path.parent.name == "sources":
                text = text.replace("\npublisher:", f"{FILLED}publisher:", 1)
            if path.parent.name == "statements":
                text = re.sub(r"(?m)^speaker: (\S+)$", r"speaker: \1\nabout: [\1]", text, count=1)
            path.write_text(text, "utf-8")
    _run(repo, "fix", "--write")
    _run(repo, "build")
    return repo


def _run(repo: Repo, *arguments: str) -> None:
    if normbook(["--root", str(repo.root), *arguments]):
        raise RuntimeError(f"normbook {arguments[0]} failed")


def main() -> None:
    """Writes the pictures to docs/images."""
    images = ROOT / "docs" / "images"
    with tempfile.TemporaryDirectory() as folder:
        repo = project(Path(folder) / "project")
        with serving(repo.root / "site") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = browser.new_page(viewport={"width": 760, "height": 330})
            page.set_content(PAGE)
            page.screenshot(path=str(images / "received-file.png"))
            page.close()
            for source, name, what, height in PICTURES:
                page, _ = open_page(browser, f"{address}sources/{source}.html", 760, 1200)
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                page.evaluate("document.querySelectorAll('header').forEach(each => each.remove())")
                box = page.locator(what).last.bounding_box()
                assert box
                page.screenshot(
                    path=str(images / name),
                    clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], height)},
                    full_page=True,
                )
                page.context.close()
            browser.close()


if __name__ == "__main__":
    main()
