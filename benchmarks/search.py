"""Compares the search with others, in Chromium with a CPU slowdown of four: bytes, time to the first result, memory. By hand.

Ours is the page of the search itself: from the moment at which it asks for its first list, as the others for their index, to its first result on
the screen; its bytes are those of the two lists. There is a
source for every so many records as in the book, and its sentences are searched too, by all three.

The others are the theme's own index (lunr, in a worker, which is not slowed down) and Pagefind, if it is installed
(`pip install "pagefind[extended]"`; PAGEFIND can name another executable).
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from normbook.site.search import ENTRIES, SENTENCES, listed
from tools.browser import FLAGS, chromium, serving
from tools.projects import ROOT

SIZES = (10, 1_000, 10_000)
RUNS = 3
FIRST = """new MutationObserver(() => { const found = document.querySelectorAll('.nb-hits li').length; if (found && !window.first) window.first = [performance.now(), found] })
.observe(document, { childList: true, subtree: true })"""  # put into the page of the search before its own scripts
OWN = "find.html?q=data+record+7"
SINCE = "[first[0] - performance.getEntriesByType('resource').find(each => each.name.endsWith('search/entries.js')).startTime, first[1]]"
LUNR = """() => Promise.race([new Promise(done => setTimeout(done, 120000, [0, 0])), (async () => { const t = performance.now(); const index = await (await fetch('search_index.json')).json(); const w = new Worker('WORKER');
const next = type => new Promise(done => w.addEventListener('message', e => e.data.type === type && done(e.data.data)));
const ready = next(1); w.postMessage({type: 0, data: {...index, options: {suggest: false}}}); await ready;
const found = next(3); w.postMessage({type: 2, data: 'data record 7'}); const hits = await found; window.kept = w; return [performance.now() - t, hits.items.length] })()])"""
PAGEFIND = """async () => { const t = performance.now(); const p = await import(location.origin + '/pagefind/pagefind.js'); await p.init(); const found = await p.search('data record 7');
if (found.results.length) await found.results[0].data(); return [performance.now() - t, found.results.length] }"""


def main() -> None:
    """Prints a table: for each size and kind of search, bytes transferred, seconds to the first result, memory of the browser's pages."""
    print(f"{'entries':>8}  {'way':<10} {'KiB, compressed':>16} {'s to the first result':>22} {'MiB of the page':>16}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            for way, make, ask in (("this list", own, OWN), ("lunr", lunr, LUNR), ("Pagefind", pagefind, PAGEFIND)):
                root = Path(folder) / f"{way} {size}"
                root.mkdir()
                (root / "index.html").write_text("<!doctype html><html lang='en'><title>x</title>", "utf-8")
                worker = make(root, size)
                if worker is None:
                    print(f"{size:>8}  {way:<10} not installed")
                    continue
                runs = []
                for _ in range(RUNS):
                    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                    runs.append(measure(browser, root, ask.replace("WORKER", worker)))
                    browser.close()
                seconds, received, memory = (statistics.median(column) for column in zip(*runs, strict=True))
                print(f"{size:>8}  {way:<10} {received / 1024:>16.0f} {seconds:>22.2f} {memory:>16.0f}", flush=True)


def measure(browser: Browser, root: Path, ask: str) -> tuple[float, float, float]:
    """Seconds to the first result, compressed bytes transferred, and MiB of the renderers more than for an empty page."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    asked: list[str] = []
    with serving(root, headers={}) as address:  # Pagefind's WebAssembly does not run under the site's policy
        page.on("request", lambda request: asked.append(request.url))
        context.add_init_script(FIRST)
        page.goto(address)
        empty = renderers()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        if ask == OWN:
            page.goto(address + ask)
            page.wait_for_function("window.first && window.normbookSentences")
        milliseconds, hits = page.evaluate(SINCE if ask == OWN else ask)
        assert hits, "the search found nothing: nothing was measured"
        memory = renderers() - empty
        files = {
            root / url.removeprefix(address)
            for url in asked
            if url != address and not url.endswith(("favicon.ico", *SHARED)) and "find.html" not in url
        }
        received = sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())
    return milliseconds / 1000, received, memory


def renderers() -> float:
    """Memory of this machine's renderer processes, in MiB."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"--type=renderer" in path.read_bytes():
                total += int((path.parent / "statm").read_text().split()[1])
        except OSError:
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


SHARED = (".css", ".woff2", ".svg", "normbook.js", "find.js", ".min.js")  # of every page, or the program of the search: not its index


def real(file: str) -> list[dict[str, Any]]:
    """A list of the site."""
    text = (ROOT / "site" / file).read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text[text.index("[") : text.rindex("]") + 1])
    return found


@cache
def entries(size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Entries and sentences like the real ones, with shuffled words; as many of each type as in the book."""
    pages, sources = [each for each in real(ENTRIES) if each["type"] != "page"], real(SENTENCES)
    words = " ".join(f"{each.get('text', '')} {each.get('quote', '')}" for each in pages).split()
    heard = " ".join(row["words"] for source in sources for row in source["sentences"]).split()
    made: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for number in range(size):
        draw = random.Random(number)
        like = pages[number % len(pages)]
        path = f"{like['path'].partition('/')[0]}/record-{number}.html"
        new = {**like, "path": path, "id": f"record-{number}", "title": f"Record {number}"}
        new |= {key: " ".join(draw.choices(words, k=len(like[key].split()))) + " data" for key in ("text", "quote") if key in like}
        made.append(new)
        if like["type"] == "source":
            source = next(each for each in sources if each["path"] == like["path"])
            rows = [
                {**row, **{key: " ".join(draw.choices(heard, k=len(row[key].split()))) for key in ("words", "corrected") if key in row}}
                for row in source["sentences"]
            ]
            told.append({**source, "path": path, "sentences": rows})
    return made, told


def told_of(size: int) -> list[tuple[str, str, str]]:
    """Path, title and words of each page, its sentences with it, for those that index pages."""
    made, told = entries(size)
    heard = {source["path"]: " ".join(f"{row['words']} {row.get('corrected', '')}" for row in source["sentences"]) for source in told}
    return [
        (each["path"], each["title"], f"{each['id']} record {each.get('text', '')} {each.get('quote', '')} {heard.get(each['path'], '')}")
        for each in made
    ]


def own(root: Path, size: int) -> str:
    """The page of the search, with the lists of this site."""
    for name in ("find.html", "assets"):
        (root / name).symlink_to(ROOT / "site" / name)
    (root / "search").mkdir()
    for file, made in zip((ENTRIES, SENTENCES), entries(size), strict=True):
        (root / file).write_text(listed(file, made), "utf-8")
    return "-"


def lunr(root: Path, size: int) -> str:
    """The theme's index of the same words, and its worker."""
    docs = [{"location": path, "title": title, "text": words} for path, title, words in told_of(size)]
    index = {
        "config": {
            "lang": ["en"],
            "separator": "[\\s\\-]+",
            "pipeline": ["stopWordFilter"],
            "fields": {"title": {"boost": 1000}, "text": {"boost": 1}},
        },
        "docs": docs,
    }
    (root / "search_index.json").write_text(json.dumps(index), "utf-8")
    spec = find_spec("material")
    assert spec and spec.submodule_search_locations
    (worker,) = Path(spec.submodule_search_locations[0]).glob("templates/assets/javascripts/workers/search.*.min.js")
    shutil.copy(worker, root / worker.name)
    return worker.name


def pagefind(root: Path, size: int) -> str | None:
    """Pagefind's index of the same words; None if it is not installed."""
    program = os.environ.get("PAGEFIND", "").split() or ([sys.executable, "-m", "pagefind"] if find_spec("pagefind") else [])
    if not program:
        return None
    for name, title, words in told_of(size):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<html lang='en'><title>x</title><body><h1>{title}</h1><p>{words}".replace("&", ""), "utf-8")
    began = time.perf_counter()
    subprocess.run([*program, "--site", str(root)], check=True, capture_output=True)
    print(f"          (Pagefind took {time.perf_counter() - began:.1f} s to build)")
    return "-"


if __name__ == "__main__":
    main()
