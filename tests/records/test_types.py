"""Record types: a new one needs a schema, an entry in records/types.py and a template, and is then everywhere that the others are."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html as lxml_html

from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED, SPECS, TYPES
from tests.conftest import ROOT, copy_project

SPEC = '    TypeSpec("vessel", "vessels", schema_org="Vehicle", suggested=("built",), has_own_names=True),\n'
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Vessel",
    "description": "A ship that a statement was made on.",
    "type": "object",
    "allOf": [{"$ref": "common.schema.json#/$defs/record"}],
    "required": ["flag"],
    "properties": {
        "flag": {"description": "The state whose flag it flies.", "$ref": "common.schema.json#/$defs/title"},
        "built": {"description": "The year of its launch.", "type": "integer", "minimum": 1800},
        "owner": {
            "description": "Who owns it.",
            "$ref": "common.schema.json#/$defs/id",
            "x-relation": {"range": ["actor"], "inverse": "owns"},
        },
    },
    "unevaluatedProperties": False,
}
TEMPLATE = """{% extends "_record.html" %}
{% block body %}<p class="vessel">{{ record.flag | own }}</p>{% endblock %}
"""
RECORD = """# yaml-language-server: $schema=../../schema/vessel.schema.json
id: good-hope
title: The Good Hope
flag: Norland
built: 1899
owner: china
status:
  publication: published
  review: needs-review
  certainty: low
"""
READ = """
import normbook
book = normbook.open("site/data")
vessel = book.vessels["good-hope"]
print(vessel.fields["flag"], vessel.page, [(link.relation, link.object, link.inverse) for link in vessel.links], "good-hope" in book.records)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, its package included, with a record of a type that it does not know: three files, and a line in a fourth."""
    root = copy_project(tmp_path_factory.mktemp("typed") / "project").root
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "schema" / "vessel.schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (root / "site_src" / "templates" / "vessel.html").write_text(TEMPLATE, "utf-8")
    (root / "data" / "vessels").mkdir()
    (root / "data" / "vessels" / "good-hope.yaml").write_text(RECORD, "utf-8")
    types = root / "scripts" / "normbook" / "records" / "types.py"
    head, end, rest = types.read_text("utf-8").partition(")  # fmt: skip\nSPECS")
    types.write_text(head + SPEC + end + rest, "utf-8")
    return root


def ran(root: Path, *command: str) -> str:
    """What a command of the copy prints."""
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts")}
    made = subprocess.run([sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout + made.stderr


@pytest.fixture(scope="module")
def told(project: Path) -> str:
    """What the export of the copy prints; it is in `site/` then."""
    return ran(project, "-m", "normbook", "export")


def text_of(path: Path) -> str:
    return lxml_html.fromstring(path.read_bytes()).text_content()


def test_a_new_type_has_its_page_and_index_in_every_language(project: Path, told: str) -> None:
    for language, label in (("", "flag"), ("zh/", "flag")):
        page = lxml_html.fromstring((project / "site" / language / "vessels" / "good-hope.html").read_bytes())
        assert page.xpath("//p[@class='vessel']")[0].text_content() == "Norland"
        assert "The Good Hope" in page.xpath("//h1")[0].text_content()
        facts = {
            each.xpath("dt")[0].text_content(): each.xpath("dd")[0].text_content().strip()
            for each in page.xpath("//dl[@class='nb-facts']/div")
        }
        assert facts[label] == "Norland" and facts["built"] == "1899" and facts["owner"]
        assert not page.xpath("//dl[@class='nb-facts']//*[@lang][.='1899']"), "a number has no language"
        index = lxml_html.fromstring((project / "site" / language / "vessels" / "index.html").read_bytes())
        assert [each.text_content() for each in index.xpath("//table[@id='index']//td/a")] == ["The Good Hope"]
        assert index.xpath("//nav//a[contains(@href, 'vessels/') or @href='./' or @href='index.html']"), "the navigation leads to the index"
        assert "The Good Hope" in text_of(project / "site" / language / "records.html")
        assert "The Good Hope" in text_of(project / "site" / language / "actors" / "china.html"), "what it names links back"
        assert "vessel" in text_of(project / "site" / language / "find.html")


def test_a_new_type_is_in_every_export(project: Path, told: str) -> None:
    data = project / "site" / "data"
    line = json.loads((data / "vessels.jsonl").read_text("utf-8"))
    assert (line["type"], line["id"], line["built"]) == ("vessel", "good-hope", 1899)
    assert "good-hope,The Good Hope" in (data / "csv" / "vessels.csv").read_text("utf-8")
    with sqlite3.connect(f"file:{data / 'normbook.sqlite'}?mode=ro", uri=True) as base:
        assert base.execute("select id, flag, built, owner from vessels").fetchall() == [("good-hope", "Norland", 1899, "china")]
    assert (data / "parquet" / "vessels.parquet").is_file()
    quads = (data / "normbook.nq").read_text("utf-8")
    assert "vessels/good-hope.html#record> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <" in quads and "terms.ttl#Vessel>" in quads
    assert (project / "site" / "schema" / "vessel.schema.json").is_file()
    assert json.loads((project / "site" / "api" / "vessels.json").read_text("utf-8"))["count"] == 1
    assert "/vessels/{id}.json" in json.loads((project / "site" / "openapi.json").read_text("utf-8"))["paths"]
    for ending in ("json", "yaml", "jsonld"):
        assert (project / "site" / "vessels" / f"good-hope.{ending}").is_file()
    assert '"@type": "Vehicle"' in (project / "site" / "vessels" / "good-hope.html").read_text("utf-8")


def test_the_words_of_a_new_type_are_asked_for(told: str) -> None:
    for language in ("en", "zh-Hans"):
        _, _, after = told.partition(f"entries for the language {language}; add these lines:\n")
        asked = after.partition("labels.toml lacks")[0].split("\n")
        _, _, fields = "\n".join(asked).partition("[field]\n")
        lines = fields.partition("[")[0].split("\n")
        assert f'built.{language} = ""' in lines and f'flag.{language} = ""' in lines


def test_a_new_type_is_checked_drafted_and_read(project: Path, told: str) -> None:
    assert "error" not in ran(project, "-m", "normbook", "check")
    assert "built: 1800" in ran(project, "-m", "normbook", "new", "vessel", "fair-wind", "--dry-run")
    ran(project, "scripts/typed.py")
    assert ran(project, "-c", READ) == "Norland vessels/good-hope.html [('owner', 'china', 'owns')] True\n"


def test_every_type_has_a_schema_and_a_template(schemas: Schemas) -> None:
    assert set(TYPES) <= set(schemas.documents) and set(PUBLISHED) < set(TYPES)
    assert len(set(FOLDERS.values())) == len(TYPES), "no two types share a folder"
    for type in PUBLISHED:
        assert (ROOT / "site_src" / "templates" / SPECS[type].page_template).is_file()
        assert set(SPECS[type].suggested) <= set(schemas.properties(type))
        assert SPECS[type].completed_with in schemas.properties(type)
