"""The reader for users: from a folder, a zip and an address; what it says when it cannot; its types; its page."""

from __future__ import annotations

import ast
import doctest
import functools
import hashlib
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import normbook
from normbook.reader import Book, BookError, Outside, Quotation
from normbook.reader.tables import FOLDERS, READS
from normbook.records.contract.contract import Version
from normbook.records.contract.reader_types import fields, tables
from normbook.records.schema import Relation, Schemas
from normbook.workspace.load import Project
from normbook.workspace.release.contracts import typed
from normbook.workspace.repo import Repo
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The site at an address of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def zipped(folder: Path, to: Path, below: str = "") -> Path:
    with zipfile.ZipFile(to, "w") as packed:
        for path in sorted(folder.rglob("*.json*")):
            packed.write(path, below + path.relative_to(folder).as_posix())
    return to


@pytest.fixture(scope="module")
def places(site: Path, served: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("places")
    shutil.copytree(site / "data", folder / "taken")
    return {
        "data": str(site / "data"), "site": str(site), "copy of data alone": str(folder / "taken"), "zip of the site": str(zipped(site, folder / "site.zip")),
        "zip of data": str(zipped(site / "data", folder / "data.zip")), "zip with a folder": str(zipped(site, folder / "deep.zip", "normbook/")),
        "address": served, "address of data": served + "data", "address of the manifest": served + "data/manifest.json",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["data", "site", "copy of data alone", "zip of the site", "zip of data", "zip with a folder", "address", "address of data", "address of the manifest"])  # fmt: skip
def test_every_record_reads_the_same_wherever_the_book_lies(place: str, places: dict[str, str], project: Project) -> None:
    book = normbook.open(places[place])
    assert {id: {key: each for key, each in record.fields.items() if key != "type"} for id, record in book.records.items()} == {
        id: record.fields for id, record in project.records.items()
    }
    assert book.text("seed-004") == project.readings["seed-004"].cleaned.text


@pytest.mark.parametrize("place", ["data", "zip of the site", "address"])
def test_what_was_fetched_is_compared_with_the_manifest(place: str, places: dict[str, str]) -> None:
    assert normbook.open(places[place]).verify() > 20


def test_a_record_says_what_it_rests_on(site: Path, project: Project) -> None:
    book = normbook.open(site)
    for id, record in project.records.items():
        known = book.records[id]
        assert (known.title, known.type, (site / known.page).is_file()) == (record.title, record.type, True)
        assert len(known.evidence) == len(record.evidence)
        for mine, own in zip(known.evidence, record.evidence, strict=True):
            if isinstance(mine, Quotation):
                assert (mine.exact, mine.speaker, mine.stance, mine.source) == (
                    own.what.exact,
                    own.what.speaker,
                    own.what.stance,
                    own.what.source,
                )
            else:
                assert isinstance(mine, Outside) and mine.url == own.what.url
            assert mine.bears == own.supports
    assert sum(len(each.quotations) for each in book.principles.values()) >= 16


def test_links_are_those_of_the_graph(site: Path, project: Project) -> None:
    from normbook.graph.graph import link

    book, graph = normbook.open(site), link(project.records, project.schemas)
    for id in project.records:
        both = [*graph.outgoing(id), *graph.incoming(id)]
        assert sorted(book.links(id)) == sorted(
            (each.subject, each.relation, each.target, graph.relation(each).inverse, each.pointer) for each in both
        )


def test_nothing_is_read_before_it_is_asked_for(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (asked.append(self.name), read(self))[1])
    book = normbook.open(places["data"])
    assert asked == ["manifest.json"]
    assert book.themes["fairness"].title and book.themes["openness"].title
    assert asked == ["manifest.json", "themes.jsonl"]


def test_an_unknown_id_is_told_with_the_closest(places: dict[str, str]) -> None:
    book = normbook.open(places["data"])
    for ask in (lambda: book.principles["gids-33"], lambda: book.links("gids-33")):
        with pytest.raises(KeyError, match=r"'gids-33'; did you mean 'gids-3'\?"):
            ask()
    assert "gids-33" not in book.principles and len(book.principles) > 16
    with pytest.raises(KeyError, match="not published in full"):
        book.text("seed-999")


def change_manifest(folder: Path, **keys: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **keys}), "utf-8")


def line_of_nothing(folder: Path) -> None:
    (folder / "themes.jsonl").write_text('{"title": "no id"}\n', "utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (shutil.rmtree, r"data does not exist$"),
        (lambda folder: (folder / "manifest.json").unlink(), r"no book found in .*: no data/manifest.json and no manifest.json; use the data/ folder"),
        (lambda folder: (folder / "manifest.json").write_text("{", "utf-8"), r"manifest.json is not valid JSON"),
        (lambda folder: (folder / "manifest.json").write_text("[]", "utf-8"), r"manifest.json is not the manifest"),
        (lambda folder: change_manifest(folder, version="9.0.0"), rf"expected records of version {re.escape(READS)}, found 9.0.0: install"),
        (lambda folder: change_manifest(folder, version=READS + "0.0"), r"install the matching version"),
        (lambda folder: change_manifest(folder, version=""), r"found no version"),
        (lambda folder: (folder / "themes.jsonl").unlink(), r"data/themes.jsonl is listed in the manifest, but missing"),
        (lambda folder: (folder / "themes.jsonl").write_bytes((folder / "themes.jsonl").read_bytes()[:-9]), r"data/themes.jsonl is damaged: .*download it again"),
        (lambda folder: (folder / "themes.jsonl").write_bytes(b"\xff\n"), r"data/themes.jsonl is damaged"),
        (lambda folder: (folder / "themes.jsonl").write_text("[1]\n", "utf-8"), r"expected a JSON object"),
        (line_of_nothing, r"a line has no id"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_to_do(site: Path, tmp_path: Path, spoil: Callable[[Path], object], message: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(site / "data", folder)
    spoil(folder)
    with pytest.raises(BookError, match=message):
        list(normbook.open(folder).themes)


def test_a_file_that_is_another_is_named_by_verify(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "data", tmp_path / "data")
    shutil.copytree(site / "schema", tmp_path / "schema")
    path = tmp_path / "data" / "themes.jsonl"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    (tmp_path / "schema" / "theme.schema.json").unlink()
    with pytest.raises(BookError) as told:
        normbook.open(tmp_path / "data").verify()
    assert "SHA-256 mismatch for data/themes.jsonl" in str(told.value) and "schema/theme.schema.json is missing" in str(told.value)


def test_other_things_than_a_book_are_told(site: Path, served: str, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("words", "utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        packed.writestr("a.txt", "words")
    for place, message in (
        (tmp_path / "plain.txt", "expected a folder or a zip file"), (tmp_path / "other.zip", "no book found"), (served + "principles", "no book found"),
        ("http://127.0.0.1:9/", "cannot be downloaded"), ("ftp://example.org/", "does not exist"),
    ):  # fmt: skip
        with pytest.raises(BookError, match=message):
            normbook.open(place)


def test_a_damaged_zip_is_told(site: Path, tmp_path: Path) -> None:
    path = zipped(site, tmp_path / "site.zip")
    with zipfile.ZipFile(path) as packed:
        at = packed.getinfo("data/themes.jsonl").header_offset
    content = bytearray(path.read_bytes())
    content[at + 300] ^= 255
    path.write_bytes(content)
    with pytest.raises(BookError, match=r"data/themes\.jsonl is damaged"):
        list(normbook.open(path).themes)


def test_to_import_the_package_loads_nothing_and_to_read_a_book_only_the_reader(site: Path) -> None:
    program = "import sys; before = set(sys.modules); import normbook{}; print(sorted({{each for each in set(sys.modules) - before if each.split('.')[0] not in sys.stdlib_module_names}}))"
    ran = [
        subprocess.run([sys.executable, "-c", program.format(more), str(site)], capture_output=True, text=True, check=True).stdout
        for more in ("", "; len(normbook.open(sys.argv[1]).records)")
    ]
    assert ran[0].strip() == "['normbook']"
    own = ["normbook", *(f"normbook.reader{each}" for each in ("", ".book", ".fields", ".places", ".record", ".tables"))]
    assert ran[1].strip() == str(own)


def test_the_types_are_those_of_the_schemas(repo: Repo) -> None:
    """Else: make typed."""
    for name, source in typed(repo).items():
        written = (ROOT / "scripts" / "normbook" / "reader" / name).read_text("utf-8")
        assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(source)), name
    assert set(vars(Book(lambda path: b"", {"files": []}, "0"))) >= set(FOLDERS.values())


WORDS = [
    "The initiative's own points.",
    "Words of a 'source' and of \"another\".",
    'It ends in "quotation marks"',
    'Three """ in a row, and at the end """',
    "A folder such as C:\\new\\x41, and at the end a backslash \\",
    "Two lines:\nthe second is 'here'.",
    "A tab\t, a return\r, a null\0, 网络 and 🌍",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_source_of_the_types_keeps_all_words_of_the_schemas(repo: Repo, schemas: Schemas, words: str) -> None:
    documents: dict[str, Any] = json.loads(json.dumps(schemas.documents))
    theme = documents["theme"]
    theme["description"] = words
    theme["properties"]["part"] = {"description": words, "type": "object", "properties": {"kind": {"enum": [words, "it's", True, None]}}}
    theme["properties"]["rest"] = {"description": words, "type": "object", "properties": {words: {"type": "string"}}}
    relation = Relation(words, "theme", ("a", words), ("theme",), words, False, False, (words,))
    source = fields(documents)
    made: dict[str, Any] = {"__name__": "fields_of_a_test"}
    exec(compile(source, "fields.py", "exec"), made)
    exec(compile(tables(documents, [relation], Version(0, 1, 0)), "tables.py", "exec"), made)
    docs = {node.name: ast.get_docstring(node, clean=False) for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    assert docs["ThemeFields"] == docs["ThemePart"] == words
    assert docs["Reviewed"] == documents["common"]["$defs"]["reviewed"]["description"]
    assert get_args(get_type_hints(made["ThemePart"], made)["kind"]) == (words, "it's", True, None)
    assert list(made["ThemeRest"].__annotations__) == [words]
    assert made["RELATIONS"]["theme"] == ((words, ("a", words), words, (words,)),)


SAMPLE = """
import normbook
from normbook.reader import Quotation

book = normbook.open("site/data")
principle = book.principles["gids-3"]
title: str = principle.title
ordinal: int = principle.fields["ordinal"]
stances: list[str] = [each.stance for each in principle.quotations]
first: Quotation = principle.quotations[0]
seed: str = book.sources["seed-004"].fields["seed"]["file"]
"""


def test_a_type_checker_knows_the_fields(tmp_path: Path) -> None:
    def check(text: str) -> str:
        path = tmp_path / "sample.py"
        path.write_text(text, "utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", str(tmp_path / "cache"), str(path)]
        environment = {**os.environ, "MYPYPATH": str(ROOT / "scripts")}
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path).stdout

    assert "Success: no issues found" in check(SAMPLE)
    assert 'TypedDict "PrincipleFields" has no key "modalty"' in check(SAMPLE + 'principle.fields["modalty"]\n')
    assert "comparison-overlap" in check(SAMPLE + 'assert principle.fields["status"]["review"] == "revewed"\n')


def test_what_the_page_of_the_reader_shows_is_what_happens(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    text = (ROOT / "site_src" / "pages" / "about" / "reader.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.DOTALL))
    assert blocks.count(">>>") > 8
    example = doctest.DocTestParser().get_doctest(blocks, {}, "reader.md", None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0
    assert hashlib.sha256((site / "data" / "themes.jsonl").read_bytes()).hexdigest() in (site / "data" / "manifest.json").read_text("utf-8")
