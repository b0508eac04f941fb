"""`make lighthouse`: runs Lighthouse on one page of each kind; medians of five runs for a phone, three for a desktop. By hand; needs Node.js and npm."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO

from tools.browser import FLAGS, Strict, chromium
from tools.projects import ROOT

VERSION = "12.8.2"
PAGES = ["index.html", "principles/gids-3.html", "sources/seed-004.html", "compare.html", "zh/initiatives/gids.html"]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = {"mobile": 5, "desktop": 3}
PACKED = (".html", ".js", ".css", ".svg", ".json")


class Packing(Strict):
    """Serves as static hosts do: compressed, and many files over one connection."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> IO[bytes] | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        return BytesIO(content)


@contextmanager
def packing(folder: Path) -> Iterator[str]:
    """The address of a folder, while it is served compressed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packing, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def main() -> int:
    """Prints the medians; 1 if one is below what is promised."""
    if not shutil.which("npm"):
        print("Lighthouse needs Node.js and npm; install them (Debian: apt-get install nodejs npm), then run `make lighthouse` again")
        return 2
    folder = ROOT / "build" / "lighthouse"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"lighthouse@{VERSION}"], check=True
        )
    wanted = {"mobile": (98, 100, 100, 100), "desktop": (100, 100, 100, 100)}
    low = 0
    print(f"{'page':<28} {'form':<8} {'performance':>12} {'accessibility':>14} {'best practices':>15} {'SEO':>5}")
    with packing(ROOT / "site") as address:
        for path in sys.argv[1:] or PAGES:
            for form, runs in RUNS.items():
                found = [run(program, address + path, form, folder) for _ in range(runs)]
                medians = [round(statistics.median(column)) for column in zip(*found, strict=True)]
                low += any(got < least for got, least in zip(medians, wanted[form], strict=True))
                print(f"{path:<28} {form:<8} {medians[0]:>12} {medians[1]:>14} {medians[2]:>15} {medians[3]:>5}", flush=True)
    return int(low > 0)


def run(program: Path, url: str, form: str, folder: Path) -> list[float]:
    """The scores of one run, 0 to 100, in the order of CATEGORIES."""
    out = folder / "report.json"
    command = [str(program), url, "--quiet", "--output=json", f"--output-path={out}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    command.append(f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
    for left in (2, 1, 0):  # a browser sometimes does not start
        ran = subprocess.run(
            command, check=False, env={**os.environ, "CHROME_PATH": chromium(whole=True)}, capture_output=True, text=True, timeout=180
        )
        if ran.returncode == 0:
            break
        if not left:
            raise SystemExit(f"Lighthouse failed three times on {url}:\n{ran.stderr[-1_000:]}")
    report = json.loads(out.read_text("utf-8"))
    return [(report["categories"][name]["score"] or 0) * 100 for name in CATEGORIES]


if __name__ == "__main__":
    raise SystemExit(main())
