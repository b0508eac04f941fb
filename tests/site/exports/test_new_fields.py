"""A field that a schema gains, of any shape, is read on both pages and is in every export, from the schema alone."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as parquet
import pytest
import yaml
from lxml import html as lxml_html
from pyoxigraph import RdfFormat, parse

from normbook.cli.main import main
from normbook.site.exports.tables import layout
from normbook.workspace.load import load_project, load_schemas
from normbook.workspace.repo import Repo
from tests.conftest import ROOT
from tests.site.exports.conftest import SITE
from tests.site.exports.read_back import read_database, read_sheet, records_from_nquads, records_from_tables, without_nulls

RECORD = "lights"
TEXT, NUMBER, TRUTH = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
HALL = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "open": TRUTH,
        "height": NUMBER,
        "tags": {"type": "array", "items": TEXT},
        "place": {"type": "object", "properties": {"city": TEXT, "coast": TRUTH}},
        "seats": {"type": "array", "items": {"type": "object", "properties": {"row": {"type": "integer"}, "free": TRUTH}}},
    },
}
FIELDS: dict[str, tuple[dict[str, Any], Any]] = {
    "lamp_color": (TEXT, "red and green"),
    "lamps": ({"type": "integer"}, 7),
    "reach": (NUMBER, 12.25),
    "power": ({"type": ["number", "null"]}, 1e22),
    "lit": (TRUTH, True),
    "automatic": (TRUTH, False),
    "keeper": ({"type": ["string", "null"]}, None),
    "grade": ({"enum": [1, 2, 3]}, 2),
    "signals": ({"type": "array", "items": TEXT}, ["long flash", "short flash"]),
    "depths": ({"type": "array", "items": NUMBER}, [1.5, 2.0, 30.125]),
    "tests": ({"type": "array", "items": TRUTH}, [True, False]),
    "tower": ({"type": "object", "properties": {"height": NUMBER, "round": TRUTH, "floors": {"type": "array", "items": TEXT}}}, {"height": 31.5, "round": True, "floors": ["lamp room", "stairs"]}),
    "halls": (
        {"type": "array", "items": HALL},
        [
            {"name": "North Hall", "open": True, "height": 4.5, "tags": ["old", "stone"], "place": {"city": "Port Alda", "coast": False}, "seats": [{"row": 1, "free": True}, {"row": 2, "free": False}]},
            {"name": "South Hall", "open": False},
        ],
    ),
    "mottos": ({"type": "array", "items": {"type": "object", "properties": {"text": TEXT, "lang": TEXT}}}, [{"text": "灯塔", "lang": "zh-Hans"}]),
}  # fmt: skip
ROWS = {
    "lamp color": "red and green",
    "lamps": "7",
    "reach": "12.25",
    "power": "10000000000000000000000",
    "lit": "yes",
    "automatic": "no",
    "keeper": "none",
    "grade": "2",
    "signals": "long flash, short flash",
    "depths": "1.5, 2.0, 30.125",
    "tests": "yes, no",
    "height": "31.5",
    "round": "yes",
    "floors": "lamp room, stairs",
    "hall 1": "name: North Hall, open: yes, height: 4.5, tags: old, stone",
    "hall 1, city": "Port Alda",
    "hall 1, coast": "no",
    "hall 1, seat 1": "row: 1, free: yes",
    "hall 1, seat 2": "row: 2, free: no",
    "hall 2": "name: South Hall, open: no",
    "motto": "灯塔",
}
PYTHON = ("True", "False", "None", "{'", "['", "1e+22")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The sample with a new field of each shape in the schema of themes and in one theme, exported."""
    root = tmp_path_factory.mktemp("grown") / "project"
    shutil.copytree(ROOT / "tests" / "cases" / "sample", root)
    for part in ("schema", "site_src"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "releases").mkdir()
    shutil.copy(ROOT / "releases" / "VERSION", root / "releases")
    schema = root / "schema" / "theme.schema.json"
    document = json.loads(schema.read_text("utf-8"))
    for name, (part, _) in FIELDS.items():
        document["properties"][name] = {"description": f"The field {name}.", **part}
    schema.write_text(json.dumps(document, ensure_ascii=False, indent=2), "utf-8")
    record = root / "data" / "themes" / f"{RECORD}.yaml"
    values = yaml.safe_dump({name: value for name, (_, value) in FIELDS.items()}, allow_unicode=True, sort_keys=False)
    record.write_text(record.read_text("utf-8").replace("status:", f"{values.replace('1.0e+22', '1e22')}status:", 1), "utf-8")
    assert main(["--root", str(root), "export"]) == 0
    return Repo(root)


@pytest.fixture(scope="module")
def fields(grown: Repo) -> dict[str, Any]:
    fields = dict(load_project(grown).records[RECORD].fields)
    assert {name: fields[name] for name in FIELDS} == {name: value for name, (_, value) in FIELDS.items()}
    return fields


def rows_of(page: Path) -> dict[str, str]:
    """The rows of facts on a page: label and values, without the space around them."""
    tree = lxml_html.fromstring(page.read_bytes())
    found = [(row.find("dt"), row.find("dd")) for row in tree.xpath("//dl[@class='nb-facts']/div")]
    return {" ".join(label.text_content().split()): " ".join(value.text_content().split()) for label, value in found}


def test_every_shape_is_readable_on_the_english_page(grown: Repo) -> None:
    shown = rows_of(grown.site / "themes" / f"{RECORD}.html")
    assert {label: shown.get(label) for label in ROWS} == ROWS


def test_every_shape_is_readable_on_the_chinese_page_and_english_words_are_marked(grown: Repo) -> None:
    page = grown.site / "zh" / "themes" / f"{RECORD}.html"
    shown = rows_of(page)
    assert shown["lit"] == "是" and shown["automatic"] == "否" and shown["keeper"] == "无" and shown["tests"] == "是、否"
    assert shown["hall 1"].endswith("：old、stone") and shown["hall 1、seat 2"] == "row：2、free：否"
    assert {label.replace(", ", "、") for label in ROWS} <= shown.keys()
    tree = lxml_html.fromstring(page.read_bytes())
    for word in ("lamp color", "lit", "seat", "free"):
        (first, *_) = tree.xpath(f"//dl[@class='nb-facts']//*[normalize-space(text())='{word}']")
        assert first.get("lang") == "en", word
    assert tree.xpath("//dl//span[@lang='zh-Hans' and text()='灯塔']")


def test_no_page_shows_a_value_as_python_writes_it(grown: Repo) -> None:
    for folder in (grown.site / "themes", grown.site / "zh" / "themes"):
        text = lxml_html.fromstring((folder / f"{RECORD}.html").read_bytes()).find(".//article").text_content()
        assert [word for word in PYTHON if word in text] == []


def test_json_and_json_lines_hold_every_shape(grown: Repo, fields: dict[str, Any]) -> None:
    one = json.loads((grown.site / "themes" / f"{RECORD}.json").read_text("utf-8"))
    lines = [json.loads(line) for line in (grown.site / "data" / "themes.jsonl").read_text("utf-8").splitlines()]
    (line,) = (each for each in lines if each["id"] == RECORD)
    for found in (one, line):
        assert {name: found[name] for name in FIELDS} == {name: fields[name] for name in FIELDS}


def test_tables_hold_every_shape_with_its_type_and_give_the_records_back(grown: Repo, fields: dict[str, Any]) -> None:
    tables = layout(load_schemas(grown, []))
    sheets = {
        table.name: list(read_sheet(table, (grown.site / "data" / "csv" / f"{table.name}.csv").read_bytes().decode())) for table in tables
    }
    with sqlite3.connect(grown.site / "data" / "normbook.sqlite") as base:
        stored = read_database(base, tables)
        assert base.execute("select lit, reach, lamps from themes where id = ?", [RECORD]).fetchone() == (1, 12.25, 7)
    for found in (sheets, stored):
        back = records_from_tables(tables, found)[RECORD]
        assert back == fields and back["lit"] is True and back["halls"][0]["seats"][1]["free"] is False
    with (grown.site / "data" / "csv" / "themes.csv").open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["id"] == RECORD)
    assert (row["lit"], row["automatic"], row["reach"], row["lamps"], row["grade"]) == ("true", "false", "12.25", "7", "2")
    described = json.loads((grown.site / "data" / "datapackage.json").read_text("utf-8"))
    (themes,) = (each for each in described["resources"] if each["name"] == "themes")
    kinds = {each["name"]: each["type"] for each in themes["schema"]["fields"]}
    assert [kinds[name] for name in ("lamp_color", "lamps", "reach", "lit", "grade", "tower_round")] == ["string", "integer", "number", "boolean", "integer", "boolean"]  # fmt: skip


def test_parquet_has_the_types_of_the_schema(grown: Repo) -> None:
    folder = grown.site / "data" / "parquet"
    (row,) = (row for row in parquet.read_table(folder / "themes.parquet").to_pylist() if row["id"] == RECORD)
    assert row["lit"] is True and row["reach"] == 12.25 and row["power"] == 1e22 and row["lamps"] == 7 and row["tower_height"] == 31.5
    assert [each["value"] for each in parquet.read_table(folder / "themes_depths.parquet").to_pylist()] == [1.5, 2.0, 30.125]
    assert [each["free"] for each in parquet.read_table(folder / "themes_halls_seats.parquet").to_pylist()] == [True, False]
    assert duckdb.sql(f"select lit from '{folder / 'themes.parquet'}' where id = '{RECORD}'").fetchall() == [(True,)]


def test_rows_of_values_write_what_json_writes(grown: Repo) -> None:
    rows = parquet.read_table(grown.site / "data" / "parquet" / "record_values.parquet").to_pylist()
    values = {row["pointer"]: row["value"] for row in rows if row["record"] == RECORD}
    assert values["/lit"] == "true" and values["/halls/1/open"] == "false" and values["/reach"] == "12.25" and values["/lamps"] == "7"


def test_linked_data_holds_every_shape_and_is_the_same_in_both_forms(grown: Repo, fields: dict[str, Any]) -> None:
    content = (grown.site / "data" / "normbook.nq").read_bytes()
    back = records_from_nquads(content, SITE)[RECORD]
    assert back == without_nulls(fields) and back["lit"] is True and back["halls"][1]["open"] is False
    context = json.loads((grown.site / "data" / "context.jsonld").read_text("utf-8"))
    document = json.loads((grown.site / "themes" / f"{RECORD}.jsonld").read_text("utf-8")) | context
    page = f"{SITE}themes/{RECORD}.html"
    sequence = "http://www.w3.org/1999/02/22-rdf-syntax-ns#_"  # lists have an order in N-Quads alone
    written = {(quad.predicate.value, str(quad.object)) for quad in parse(content, RdfFormat.N_QUADS) if quad.graph_name.value == page}
    typed = {(name, value) for name, value in written if "XMLSchema#" in value and not name.startswith(sequence)}
    assert len(typed) > 10
    assert typed <= {(quad.predicate.value, str(quad.object)) for quad in parse(json.dumps(document), RdfFormat.JSON_LD)}
