"""Compares the search with others, in Chromium with a CPU slowdown of four: bytes, time to the first result, memory. By hand.

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
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from normbook.site.search import listed
from tools.browser import FLAGS, chromium, serving
from tools.projects import ROOT

SIZES = (10, 1_000, 10_000)
RUNS = 3
OWN = """async () => { const t = performance.now(); await new Promise(done => { const s = document.createElement('script'); s.src = 'entries.js'; s.onload = done; document.head.append(s) });
const low = normbookEntries.map(e => `${e.title} ${e.native} ${e.id} ${e.text} ${e.quote}`.toLowerCase());
const hits = low.filter(e => e.includes('data') && e.includes('record 7')); return [performance.now() - t, hits.length] }"""
LUNR = """() => Promise.race([new Promise(done => setTimeout(done, 120000, [0, 0])), (async () => { const t = performance.now(); const index = await (await fetch('search_index.json')).json(); const w = new Worker('WORKER');
const next = type => new Promise(done => w.addEventListener('message', e => e.data.type === type && done(e.data.data)));
const ready = next(1); w.postMessage({type: 0, data: {...index, options: {suggest: false}}}); await ready;
const found = next(3); w.postMessage({type: 2, data: 'data record-7'}); const hits = await found; window.kept = w; return [performance.now() - t, hits.items.length] })()])"""
PAGEFIND = """async () => { const t = performance.now(); const p = await import(location.origin + '/pagefind/pagefind.js'); await p.init(); const found = await p.search('data record');
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
        page.goto(address)
        empty = renderers()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        milliseconds, hits = page.evaluate(ask)
        assert hits, "the search found nothing: nothing was measured"
        memory = renderers() - empty
        files = {root / url.removeprefix(address) for url in asked if url != address and not url.endswith("favicon.ico")}
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


def entries(size: int) -> list[dict[str, object]]:
    """Entries like the real ones, with shuffled words."""
    text = (ROOT / "site" / "search" / "entries.js").read_text("utf-8")
    real = json.loads(text[text.index("[") : text.rindex("]") + 1])
    words = " ".join(each["text"] + " " + each["quote"] for each in real).split()
    made = []
    for number in range(size):
        draw = random.Random(number)
        like = draw.choice(real)
        said = " ".join(draw.choices(words, k=len((like["text"] + like["quote"]).split()))) + " data"
        made.append(
            {
                **like,
                "path": f"p/{number}.html",
                "id": f"record-{number}",
                "title": f"Record {number}",
                "native": "全球数据安全倡议",
                "text": said,
                "quote": "",
            }
        )
    return made


def own(root: Path, size: int) -> str:
    """The search list of this site."""
    (root / "entries.js").write_text(listed(entries(size)), "utf-8")
    return "-"


def lunr(root: Path, size: int) -> str:
    """The theme's index of the same words, and its worker."""
    docs = [{"location": each["path"], "title": each["title"], "text": f"{each['id']} {each['text']}"} for each in entries(size)]
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
    for each in entries(size):
        path = root / str(each["path"])
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"<html lang='en'><title>x</title><body><h1>{each['title']}</h1><p>{each['id']} record {each['text']}".replace("&", ""), "utf-8"
        )
    began = time.perf_counter()
    subprocess.run([*program, "--site", str(root)], check=True, capture_output=True)
    print(f"          (Pagefind took {time.perf_counter() - began:.1f} s to build)")
    return "-"


if __name__ == "__main__":
    main()
