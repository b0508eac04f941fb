"""Every example of the data page is run as it stands there, against the site served on this machine."""

from __future__ import annotations

import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jq
import pytest
from lxml import html as lxml_html

from normbook.site.exports.examples import EXAMPLES, Example, filled
from normbook.workspace.load import Project
from tests.site.exports.conftest import SITE
from tests.site.exports.test_tables import asked, server

__all__ = ["server"]
TOOLS = {each.tool: each for each in EXAMPLES}
SAID = {"pandas": "mao-ning", "DuckDB": "('gids', 11)", "SQLite": "'gids-7'", "rdflib": "sources/seed-004.cleaned.txt"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address(exported: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(exported))) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/"
        served.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, address: str) -> Path:
    """A folder in which the first example has been run."""
    place = tmp_path_factory.mktemp("reader")
    first = filled(EXAMPLES[0], address).replace("python3 ", f"{shlex.quote(sys.executable)} ")
    subprocess.run(["sh", "-e", "-c", first], cwd=place, check=True, capture_output=True)
    assert (place / "normbook" / "principles.jsonl").is_file()
    return place


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.language == "python"], ids=lambda each: each.tool)
def test_a_python_example_runs_and_says_what_it_should(example: Example, folder: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", filled(example, SITE)], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert SAID[example.tool] in ran.stdout, ran.stdout


def test_the_jq_example_runs(folder: Path, project: Project) -> None:
    command, option, program, file = shlex.split(TOOLS["jq"].lines)
    assert (command, option) == ("jq", "-r")
    found = jq.compile(program).input_text((folder / file).read_text("utf-8")).all()
    assert "gids-7" in found
    assert set(found) == {id for id, record in project.records.items() if record.fields.get("modality") == "should-not"}


def test_the_datasette_example_asks_what_is_there(folder: Path, server: object) -> None:
    serve, ask = TOOLS["Datasette"].lines.splitlines()
    _, database, option, metadata = shlex.split(serve)
    assert option == "--metadata" and (folder / database).is_file() and (folder / metadata).is_file()
    path = shlex.split(ask)[1].removeprefix("http://127.0.0.1:8001")
    assert "gids-7" in {row["id"] for row in asked(server, path)}  # type: ignore[arg-type]


def test_the_page_shows_the_examples_that_were_run(exported: Path) -> None:
    tree = lxml_html.fromstring((exported / "data.html").read_bytes())
    shown = [each.text_content() for each in tree.xpath("//pre/code")]
    assert [each for each in EXAMPLES if filled(each, SITE) not in shown] == []
    assert {each.tool for each in EXAMPLES} == {"curl", "jq", "pandas", "DuckDB", "SQLite", "Datasette", "rdflib"}
