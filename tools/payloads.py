"""`make payloads`: every page of a site whose records hold sixty payloads in every text field, opened in Chromium without any policy; none may fire."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Dialog, Request, sync_playwright

from normbook.records.types import FOLDERS
from normbook.workspace.build import build
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from tools.browser import FLAGS, chromium, settle, until
from tools.hostile import CANARY, PAYLOADS, Made, put
from tools.projects import checkout

# what a payload would leave in a page that lets it in: an element of its class, an attribute that runs, an address that runs
TRACES = """() => {
  const found = [];
  if (window.fired) found.push("fired");
  for (const each of document.querySelectorAll("*")) {
    if (each.matches(".nbx, [class~=nbx]")) found.push("element " + each.outerHTML.slice(0, 120));
    for (const {name, value} of each.attributes) {
      if (/^on/i.test(name)) found.push("attribute " + name);
      if (/^(href|src|action|formaction|data|srcdoc|xlink:href)$/i.test(name) && /^[\\s\\x00-\\x20]*(javascript|vbscript|data:(text.html|image.svg))/i.test(value)) found.push("address " + value.slice(0, 80));
      if (/^\\s*(https?:)?\\/\\/canary\\.invalid/.test(value) && /^(href|src|action|data)$/i.test(name)) found.push("address " + value.slice(0, 80));
    }
  }
  return found;
}"""


# opens a record or a new one of a type, and every part of the form; what may be added is added to a new one and to corrections; gives how many fields there are
OPEN = """async ([type, id]) => {
  await normbookProposal.open(type, id);
  await normbookProposal.ready;
  const form = document.getElementById("nb-propose");
  const unfold = () => {
    for (let more = true; more;) {
      more = false;
      for (const each of form.querySelectorAll("details:not([open])")) { each.open = true; each.fill(); more = true; }
    }
  };
  unfold();
  for (let round = 0; (!id || type === "correction") && round < 3; round += 1) {
    for (let n = 0, button; n < 300 && (button = form.querySelector(".nb-f-absent ~ button")); n += 1) { button.click(); unfold(); }
    for (const each of form.querySelectorAll(".nb-f-list > .nb-f-buttons")) if (each.isConnected && !each.parentElement.querySelector(":scope > [data-pointer]")) each.querySelector("button").click();
    unfold();
  }
  return form.querySelectorAll(".nb-propose-fields :is(input:not([type=checkbox]), textarea)").length;
}"""

# writes payloads into every field of the open form in turn, has them checked and shown, and makes all that can leave the page by a click; gives how many fields hold one
FILL = """payloads => {
  const form = document.getElementById("nb-propose"), fields = [...form.querySelectorAll(".nb-propose-fields :is(input:not([type=checkbox]), textarea)")];
  fields.forEach((each, i) => { each.type = "text"; each.value = payloads[i % payloads.length]; each.dispatchEvent(new Event("input", {bubbles: true})); });
  normbookProposal.refresh();
  if (normbookProposal.state.changed) normbookProposal.patch();
  return fields.filter((each) => each.value).length;
}"""


class Plain(SimpleHTTPRequestHandler):
    """A static host that sends no header of ours; what it lacks it answers with the site's page for that."""

    extensions_map = {  # noqa: RUF012 - declared so by the class above
        **SimpleHTTPRequestHandler.extensions_map,
        ".jsonl": "text/plain",
        ".yaml": "text/plain",
        ".csv": "text/plain",
        ".bib": "text/plain",
        ".ttl": "text/plain",
    }

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "normbook" / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site on a plain host, under the path that it has in the world."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "normbook").symlink_to(site)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=folder))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/normbook/"
        server.shutdown()
        server.server_close()


def build_hostile(root: Path, payloads: Mapping[int, str]) -> tuple[Repo, Made]:
    """A site built from the sample project and the records of payloads."""
    repo = checkout(root)
    made = put(repo, payloads)
    project = load_project(repo)
    assert not project.problems, project.problems[:2]
    build(project)
    return repo, made


class Watcher:
    """A browser that notes what fires on the pages it opens."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        self.page, self.address = self.context.new_page(), address
        self.noted: list[str] = []
        self.opened = 0
        own = address.split("/normbook/", maxsplit=1)[0]

        def on_request(request: Request) -> None:
            if not request.url.startswith((own, "data:", "blob:")):
                self.noted.append(f"request {request.url[:120]}")

        def on_dialog(dialog: Dialog) -> None:
            self.noted.append("dialog")
            dialog.dismiss()

        self.context.on("request", on_request)
        self.context.on("dialog", on_dialog)
        self.context.on("page", lambda page: self.noted.append("a page opened"))

    def look(self, path: str) -> list[str]:
        """What fires on a page, and what it holds of payloads as more than words."""
        self.noted.clear()
        response = self.page.goto(self.address + path, wait_until="load")
        assert response is not None
        self.opened += 1
        return self.traces()

    def traces(self) -> list[str]:
        """The same of the page as it stands."""
        return [*self.page.evaluate(TRACES), *self.noted]

    def open_form(self, type: str, id: str) -> int:
        """Opens every part of the form for a record, or (without an id) a new one; how many fields it then has."""
        if not self.page.url.partition("?")[0].endswith("propose.html"):
            self.look("propose.html")
        self.noted.clear()
        fields: int = self.page.evaluate(OPEN, [type, id])
        return fields

    def fill(self, payloads: Sequence[str]) -> list[str]:
        """What fires when payloads are typed into every field of the open form, and any request that this makes, wherever it goes."""
        self.noted.clear()
        sent: list[str] = []

        def on_request(request: Request) -> None:
            sent.append(f"sent {request.url[:120]}")

        self.page.on("request", on_request)
        filled = self.page.evaluate(FILL, list(payloads))
        settle(self.page)
        self.page.remove_listener("request", on_request)
        return [*([] if filled else ["no field of the form was filled"]), *sent, *self.traces()]

    def propose(self, type: str, id: str, payloads: Sequence[str]) -> list[str]:
        """What fires when payloads are typed into every field of the form, for a record or (without an id) a new one."""
        self.open_form(type, id)
        return self.fill(payloads)

    def restored(self, type: str, id: str) -> list[str]:
        """What fires when the form opens again with the draft that was kept of what was typed."""
        found = self.look(f"propose.html?type={type}&id={id}")
        until(self.page, "Boolean(window.normbookProposal?.state?.text)")
        settle(self.page)
        return [*found, *self.traces()]

    def search(self, payload: str, language: str = "") -> list[str]:
        """What fires when a payload is typed into the search of a language; its results are shown."""
        found = self.look(f"{language}find.html")
        self.page.fill("form.nb-find [name=q]", payload)
        self.page.press("form.nb-find [name=q]", "Enter")
        until(self.page, "document.querySelector('.nb-found').textContent")
        settle(self.page)
        return [*found, *self.traces()]


def pages(site: Path) -> list[str]:
    """Every file of a site that a browser shows, by its path."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*"))
        if path.suffix in (".html", ".xml", ".json", ".jsonl", ".yaml", ".csv", ".txt", ".svg", ".js", ".bib", ".ttl")
    ]


def asked(number: int, payload: str) -> Iterator[str]:
    """Addresses that carry a payload: in the query, behind the hash, as a path."""
    word = quote(payload)
    for language in ("", "zh/"):
        yield f"{language}find.html?q={word}&type={word}&theme={word}&initiative={word}#{word}"
        yield f"{language}{('records', 'compare', 'timeline', 'map', 'data')[number % 5]}.html?q={word}&filter={word}&sort={word}&from={word}&texts={word}&theme={word}#{word}"
    yield f"{word}"
    yield f"principles/{word}.html?{word}#{word}"


def chosen(site: Path, numbers: Collection[int]) -> list[str]:
    """One page a payload, its type and language in turn; every page that lists records; one file of each other kind."""
    types = [type for type in FOLDERS if type != "correction"]
    found = []
    for number in numbers:
        type = types[number % len(types)]
        id = f"seed-{100 + number}" if type == "source" else f"{type}-{number}-1"
        found.append(f"{'zh/' if number % 2 else ''}{FOLDERS[type]}/{id}.html")
    lists = [
        path for path in pages(site) if path.endswith(".html") and ("/" not in path.removeprefix("zh/") or path.endswith("/index.html"))
    ]
    kinds = {Path(path).suffix: path for path in pages(site) if not path.endswith(".html")}
    return [
        *found,
        *lists,
        *kinds.values(),
        "feed.xml",
        "search/entries.js",
        "search/sentences.js",
        *(f"data/records/principle-{number}-1.json" for number in numbers if number % 8 == 0),
    ]


def opened(site: Path, watcher: Watcher) -> Iterator[tuple[str, list[str]]]:
    """Every page and file, every address that carries a payload, and what fired there."""
    for path in [*pages(site), *(each for number, payload in enumerate(PAYLOADS) for each in asked(number, payload))]:
        yield path, watcher.look(path)


def searched(watcher: Watcher) -> Iterator[tuple[str, list[str]]]:
    """Every payload typed into the search of each language, and what fired there."""
    for payload in PAYLOADS:
        for language in ("", "zh/"):
            yield payload, watcher.search(payload, language)


def typed(watcher: Watcher) -> Iterator[tuple[str, list[str]]]:
    """Every payload typed into every field of the form of every type, and what fired there; at last the draft of them, opened again."""
    for type in FOLDERS:
        known = {"source": "seed-100", "correction": "seed-000"}.get(type, f"{type}-0-1")
        for id in ("", known) if type != "correction" else (known,):
            fields = watcher.open_form(type, id)
            yield f"the form of {type} {id}: {fields} fields", [] if fields else ["no field"]
            for payload in PAYLOADS:
                yield f"the form of {type} {id} with {payload}", watcher.fill([payload])
            yield f"the draft of {type} {id}", watcher.restored(type, id)


def main() -> None:
    """Opens everything, or the parts that are named (pages, search, form), and prints what fired; status 1 if anything did."""
    parts = sys.argv[1:] or ["pages", "search", "form"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        repo, made = build_hostile(Path(folder, "project"), dict(enumerate(PAYLOADS)))
        fields = sum(bool(count) for count in made.held.values())
        print(f"{len(PAYLOADS)} payloads in {fields} fields of records, refused {len(made.refused)} times", flush=True)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        bad = 0
        with served(repo.site) as address:
            watcher = Watcher(browser, address)
            ways = {"pages": partial(opened, repo.site, watcher), "search": partial(searched, watcher), "form": partial(typed, watcher)}
            for part in parts:
                start, number = perf_counter(), 0
                for number, (what, found) in enumerate(ways[part](), 1):
                    if found:
                        bad += 1
                        print(f"{what}: {found[:3]}", flush=True)
                    if number % 500 == 0 or what.endswith(" fields"):
                        print(
                            f"{part}: {what if what.endswith(' fields') else number}, {perf_counter() - start:.0f} s, {bad} with a trace of a payload",
                            flush=True,
                        )
                print(f"{part}: {number} looks in {perf_counter() - start:.0f} s", flush=True)
        browser.close()
    print(f"{watcher.opened} pages opened: {bad} looks with a trace ({CANARY})")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
