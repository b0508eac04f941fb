# mypy: ignore-errors
# the libraries that this file imports are in an environment of their own
"""What Python tools of others make of the published files. Run by `make outside` in an environment of its own; prints one line for each tool."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

SITE, BIN = Path(sys.argv[1]), Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "outside"


def ran(*command: str | Path) -> str:
    """What a command prints, errors included."""
    done = subprocess.run([*command], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def sssom() -> str:
    """The set of mappings is valid, and as RDF its mappings are triples of ours."""
    import rdflib
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    found = parse_sssom_table(str(SITE / "data" / "normbook.sssom.tsv"))
    validate(found)
    ours = rdflib.Graph().parse(SITE / "data" / "normbook.ttl")
    spelt = found.prefix_map
    full = [[spelt[curie.partition(":")[0]] + curie.partition(":")[2] for curie in (a, b, c)] for a, b, c in zip(*(found.df[f"{key}_id"] for key in ("subject", "predicate", "object")), strict=True)]  # fmt: skip
    rows = [tuple(map(rdflib.URIRef, row)) for row in full if "NoTermFound" not in row[2]]
    assert rows and all(row in ours for row in rows)
    return f"version {found.metadata['sssom_version']}, {len(found.df)} mappings, {len(rows)} of {len(rows)} join the RDF"


def skosify() -> str:
    """The themes are a vocabulary without complaints."""
    import skosify as tool

    seen: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    tool.skosify(str(SITE / "data" / "themes.skos.ttl"))
    assert not seen, seen
    return "no warnings"


def search() -> str:
    """sqlite-utils and Datasette find the search in a file with any name, for words of one and two characters too."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(SITE / "data" / "normbook.sqlite", Path(folder) / "renamed.db")
        for words in ("backdoor", "AI", "\u6570\u636e", "\u7f51"):
            assert json.loads(ran(BIN / "sqlite-utils", "search", copy, "records", words, "--limit", "1", "-c", "id")), words
        page = ran(BIN / "datasette", "--get", "/renamed/records?_search=backdoor", copy)
    assert 'name="_search"' in page and "backdoors" in page
    return "four searches and a search box"


def client() -> str:
    """A generator of clients makes a function for every address, with all schemas."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "client"
        said = ran(BIN / "openapi-python-client", "generate", "--path", SITE / "openapi.json", "--output-path", target, "--meta", "none")
        made = len([path for path in (target / "api").rglob("*.py") if path.name != "__init__.py"])
    wanted = len(json.loads((SITE / "openapi.json").read_text("utf-8"))["paths"])
    assert made == wanted and "Unable to process schema" not in said and "Could not find reference" not in said, said[-2_000:]
    return f"{made} of {wanted} addresses, no schema left out"


def heritage() -> str:
    """The identifiers of the seeds, and of the trees of releases, are those that Software Heritage computes."""
    import re

    from swh.model.from_disk import Content, Directory

    texts = [json.loads(path.read_text("utf-8"))["swhid"] for path in sorted((SITE / "data" / "texts").glob("*.json"))]
    seeds = {str(Content.from_bytes(mode=0o100644, data=path.read_bytes()).swhid()) for path in (ROOT / "seeds").iterdir()}
    trees = re.findall(r"swh:1:dir:([0-9a-f]{40})", (SITE / "versions.html").read_text("utf-8"))
    assert texts and trees and set(texts) <= seeds
    for tree in trees:
        with tempfile.TemporaryDirectory() as folder:
            packed = subprocess.run(["git", "-C", ROOT, "archive", tree], capture_output=True, check=True).stdout
            subprocess.run(["tar", "x", "-C", folder], input=packed, check=True)
            assert str(Directory.from_disk(path=folder.encode(), max_content_length=None).swhid()) == f"swh:1:dir:{tree}"
    return f"{len(texts)} seeds and {len(trees)} release as they say"


def crate() -> str:
    """The archive, unpacked, is a research object that meets all that RO-Crate 1.1 requires and recommends."""
    import socket

    from rocrate_validator import models, services

    try:
        socket.getaddrinfo("w3id.org", 443)
        told = ""
    except OSError:
        told = f", with the vocabulary {_vocabulary_at_hand()} of the npm package, as w3id.org cannot be reached"
    with tempfile.TemporaryDirectory() as folder:
        shutil.unpack_archive(SITE / "data" / "normbook.zip", folder)
        settings = services.ValidationSettings(
            rocrate_uri=folder, profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.RECOMMENDED
        )
        found = services.validate(settings)
        assert not found.has_issues(), [each.message for each in found.get_issues()]
    return f"no issues at the levels required and recommended{told}"


def _vocabulary_at_hand() -> str:
    """Lets the validator read the vocabulary of crates from the npm package `ro-crate`; returns the version of the package's vocabulary."""
    import requests
    from rdflib.plugins.shared.jsonld import context

    path = FOLDER / "node_modules" / "ro-crate" / "lib" / "context.json"
    given = json.loads(path.read_text("utf-8"))
    content = json.dumps({"@context": given["@context"]})
    read, request = context.source_to_json, requests.Session.request

    def answered(session: requests.Session, method: str, url: str, **options: object) -> requests.Response:
        if "w3id.org/ro/crate" not in url:
            return request(session, method, url, **options)
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = 200, content.encode(), url
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    context.source_to_json = lambda source, *rest, **options: (
        (json.loads(content), None) if "w3id.org/ro/crate" in str(source) else read(source, *rest, **options)
    )
    requests.Session.request = answered
    return str(given["version"])


def croissant() -> str:
    """The tables are a Croissant dataset without errors."""
    import mlcroissant

    made = mlcroissant.Dataset(str(SITE / "data" / "croissant.json"))
    assert not made.metadata.issues.errors, made.metadata.issues.errors
    return f"{len(made.metadata.record_sets)} sets of records, no errors"


TOOLS: tuple[Callable[[], str], ...] = (sssom, skosify, search, client, heritage, crate, croissant)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    bad = 0
    for tool in TOOLS:
        try:
            print(f"{tool.__name__:<10} {tool()}", flush=True)
        except (AssertionError, ValueError, KeyError, OSError, subprocess.SubprocessError) as error:
            bad += 1
            print(f"{tool.__name__:<10} FAILED {type(error).__name__}: {str(error)[:600]}", flush=True)
    sys.exit(bad)
