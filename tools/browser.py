"""Serves the site, starts Chromium, opens pages; and lists one page of every type."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from normbook.workspace.hosting import HEADERS

FLAGS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic".split()


# the headless shell is the same engine without a browser's own windows: a new page costs a quarter there
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium(whole: bool = False) -> str:
    """The path of Chromium, which tests/tools.sh installs: what CHROMIUM names, else its headless shell, else a whole one; or the whole one first.

    Raises:
        FileNotFoundError: if there is none.
    """
    names = (*BROWSERS[1:], BROWSERS[0]) if whole else BROWSERS
    for name in (os.environ.get("CHROMIUM", ""), *names):
        if path := name and shutil.which(name):
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


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of a page which closes before it has everything."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path, headers: Mapping[str, str] = HEADERS) -> Iterator[str]:
    """A context manager that serves a folder, with the site's headers or others, and yields its address."""
    handler = type("Serving", (Strict,), {"headers_sent": headers})
    server = Quiet(("127.0.0.1", 0), partial(handler, directory=str(folder)))
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
    "propose.html",
    "rules.html",
    "records.html",
    "data.html",
    "principles/index.html",
    "about/record.html",
]  # one page of each type, in both languages
PAGES = [*TYPES, *(f"zh/{path}" for path in TYPES), "about/method.html", "about/accessibility.html", "404.html"]
SIZES = [(1280, 900), (360, 780)]


class Window:
    """A window of a browser, and the requests and errors of the page that it shows."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        self.page, self.scheme = context.new_page(), scheme
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.requests.append(f"error: {error}"))
        self.page.on("console", lambda message: self.requests.append(f"console: {message.text}") if message.type == "error" else None)

    def open(self, address: str) -> None:
        """Shows a page, and waits until it has loaded."""
        self.page.goto(address, wait_until="load")
        wanted = "slate" if self.scheme == "dark" else "default"
        until(self.page, f"document.body.dataset.mdColorScheme === '{wanted}'")

    def open_next(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Shows another page as a new window would, which costs six times as much; what pages store and what the browser cached stays."""
        self.requests.clear()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if self.scheme == "dark" else "light")
        self.open(address)


def open_page(browser: Browser, address: str, width: int = 1280, height: int = 900, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page after loading, in a window of its own, and the requests that it made."""
    window = Window(browser, width, height, scheme)
    window.open(address)
    return window.page, window.requests


def settle(page: Page) -> None:
    """Waits until the page was laid out and shown as it now is: for two frames."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true. The page's policy forbids eval, so the expression is evaluated from outside."""
    for number in range(220):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(min(50, 5 + number))
    raise AssertionError(f"never true: {expression}")
