"""Serves the site on this machine, rebuilds it when its input changes, and makes browsers reload."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from normbook.findings.finding import Problem
from normbook.workspace.repo import Repo
from normbook.workspace.run_build import build_checked

EVERY = 0.3  # seconds between two scans of the folders
EVENTS = "/__reload"
SCRIPT = b'<script>new EventSource("/__reload").onmessage = () => location.reload()</script>'


def serve(repo: Repo, port: int, report: Callable[[Sequence[Problem]], int], say: Callable[[str], None]) -> int:
    """Serves the site until interrupted; returns the exit status. Listens on this machine only. A failed build leaves the last good site up."""
    build_checked(repo, report, say)
    try:
        server = make_server(repo.site, port)
    except OSError as error:
        say(f"cannot listen on port {port}: {error.strerror}; choose another with --port")
        return 1
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"serving http://127.0.0.1:{server.server_address[1]}/ - stop with Ctrl-C")
    try:
        for _ in changes(repo):
            if build_checked(repo, report, say) == 0:
                server.version += 1
    except KeyboardInterrupt:
        say("stopped")
    finally:
        server.shutdown()
        server.server_close()
    return 0


class Server(ThreadingHTTPServer):
    """Serves one folder. Open pages wait for `version` to grow, which it does with each successful build."""

    daemon_threads = True
    version = 0
    folder: Path


def make_server(folder: Path, port: int) -> Server:
    """A server for a folder, bound to this machine. Raises OSError if the port is in use."""
    server = Server(("127.0.0.1", port), _Handler)
    server.folder = folder
    return server


class _Handler(SimpleHTTPRequestHandler):
    """Serves files of the site, with a script in pages that waits for the next build."""

    server: Server

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, directory=str(arguments[2].folder), **named)  # type: ignore[arg-type,attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Logs nothing."""

    def do_GET(self) -> None:
        """Answers with a file, a page with the script, or the stream of reload events."""
        if self.path == EVENTS:
            self._wait()
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            content = path.read_bytes().replace(b"</body>", SCRIPT + b"</body>", 1)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return
        super().do_GET()

    def _wait(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = self.server.version
        try:
            while True:
                if self.server.version != seen:
                    self.wfile.write(b"data: reload\n\n")
                    self.wfile.flush()
                    return
                time.sleep(EVERY / 2)
                self.wfile.write(b": waiting\n\n")
        except OSError:  # the page was closed
            return


def changes(repo: Repo) -> Iterator[None]:
    """Yields each time the input of the site has changed and no more changes follow."""
    before = _stamps(repo)
    while True:
        time.sleep(EVERY)
        now = _stamps(repo)
        if now != before:
            while (later := _stamps(repo)) != now:
                now = later
                time.sleep(EVERY / 3)
            before = now
            yield


def _stamps(repo: Repo) -> dict[str, tuple[int, int]]:
    found = {}
    for folder in (repo.seeds, repo.schema, repo.data, repo.pages.parent):
        for path in folder.rglob("*"):
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.is_file() and not path.name.startswith("."):
                found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    stat = repo.mkdocs.stat()
    return found | {str(repo.mkdocs): (stat.st_mtime_ns, stat.st_size)}
