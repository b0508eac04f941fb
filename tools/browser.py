"""Serves the site, starts Chromium, opens pages; and lists one page of every type."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

from normbook.workspace.hosting import HEADERS

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic".split()


def chromium() -> str:
    """The path of Chromium, which tests/tools.sh installs."""
    for name in (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("no Chromium: run `make tools`")


class Strict(SimpleHTTPRequestHandler):
    """Serves files with the headers that the site has for its hosts."""

    headers_sent: Mapping[str, str] = HEADERS

    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def serving(folder: Path, headers: Mapping[str, str] = HEADERS) -> Iterator[str]:
    """A context manager that serves a folder, with the site's headers or others, and yields its address."""
    handler = type("Serving", (Strict,), {"headers_sent": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


TYPES = [
    "index.html",
    "initiatives/gids.html",
    "initiatives/un-gge-norms.html",
    "principles/gids-3.html",
    "principles/gids-speech-2.html",
    "principles/un-gge-norms-6.html",
    "sources/seed-004.html",
    "sources/seed-001.html",
    "statements/mao-ning-2024-02-29-4.html",
    "statements/pakistan-2020-09-14-1.html",
    "events/press-conference-2020-09-11.html",
    "actors/wang-yi.html",
    "themes/data-security.html",
    "correspondences/gids-2-un-gge-norms-6.html",
    "glossary/term-data-security.html",
    "compare.html",
    "compare/gids--un-gge-norms.html",
    "timeline.html",
    "map.html",
    "find.html",
    "rules.html",
    "records.html",
    "data.html",
    "principles/index.html",
    "about/record.html",
]  # one page of each type, in both languages
PAGES = [*TYPES, *(f"zh/{path}" for path in TYPES), "about/method.html", "about/accessibility.html", "404.html"]
SIZES = [(1280, 900), (360, 780)]


def open_page(browser: Browser, address: str, width: int = 1280, height: int = 900, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page after loading, and the requests that it made."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: requests.append(f"error: {error}"))
    page.on("console", lambda message: requests.append(f"console: {message.text}") if message.type == "error" else None)
    page.goto(address, wait_until="load")
    wanted = "slate" if scheme == "dark" else "default"
    until(page, f"document.body.dataset.mdColorScheme === '{wanted}'")
    return page, requests


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true. The page's policy forbids eval, so the expression is evaluated from outside."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")
