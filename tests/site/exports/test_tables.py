"""CSV, Parquet and SQLite: read by Frictionless, DuckDB, SQLite and Datasette, every row and every key."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from normbook.graph.graph import link
from normbook.records.schema import Schemas
from normbook.site.exports.bulk import tables_of
from normbook.site.exports.corrections import CORRECTIONS, correction_rows
from normbook.site.exports.tables import layout
from normbook.workspace.load import Project
from normbook.workspace.prepare import render_context
from tests.site.exports.read_back import read_database, read_sheet, records_from_tables

NAMES = (
    "records",
    "principles",
    "principles_themes",
    "evidence",
    "evidence_bears",
    "statements",
    "record_values",
    "corrections",
    "nothings",
)


def test_the_data_package_is_valid_with_every_row_key_size_and_digest(exported: Path, tmp_path: Path) -> None:
    def validated(folder: Path) -> dict[str, Any]:
        ran = subprocess.run(
            [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json", "--limit-errors", "5"],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        return dict(json.loads(ran.stdout))

    report = validated(exported / "data")
    assert report["valid"], json.dumps(report)[:3000]
    assert len(report["tasks"]) > 40 and all(not task["errors"] for task in report["tasks"])
    few = {"principles_themes", "principles", "themes", "initiatives"}
    package = json.loads((exported / "data" / "datapackage.json").read_text("utf-8"))
    package["resources"] = [each for each in package["resources"] if each["name"] in few]
    (tmp_path / "csv").mkdir()
    for resource in package["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [each for each in keys if each["reference"]["resource"] in few]
        text = (exported / "data" / resource["path"]).read_text("utf-8")
        for key in ("bytes", "hash"):
            resource.pop(key)
        changed = text.replace("supply-chain", "no-such-theme") if resource["name"] == "principles_themes" else text
        (tmp_path / resource["path"]).write_text(changed, "utf-8", newline="")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert {each["type"] for task in validated(tmp_path)["tasks"] for each in task["errors"]} == {"foreign-key"}, "a key that leads nowhere"


def test_every_table_has_its_id_first_and_csv_gives_the_records_back(exported: Path, project: Project, schemas: Schemas) -> None:
    tables = layout(schemas)
    assert {table.columns[0].name for table in tables} == {"id"}
    found = {table.name: list(read_sheet(table, (exported / f"data/csv/{table.name}.csv").read_bytes().decode())) for table in tables}
    assert records_from_tables(tables, found) == {id: record.fields for id, record in project.records.items()}


def test_duckdb_reads_every_row_of_csv_and_parquet(exported: Path, schemas: Schemas) -> None:
    manifest = {row["path"]: row["count"] for row in json.loads((exported / "data/manifest.json").read_text("utf-8"))["files"]}
    for table in tables_of(schemas):
        csv, parquet = (exported / f"data/{kind}/{table.name}.{kind}" for kind in ("csv", "parquet"))
        (of_csv,) = duckdb.sql(
            f"select count(*) from read_csv('{csv}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"', strict_mode=false)"
        ).fetchall()[0]
        (of_parquet,) = duckdb.sql(f"select count(*) from '{parquet}'").fetchall()[0]
        assert of_csv == of_parquet == manifest[f"data/csv/{table.name}.csv"] == manifest[f"data/parquet/{table.name}.parquet"], table.name


def test_corrections_stand_where_they_say_with_their_reasons(exported: Path, project: Project) -> None:
    base = sqlite3.connect(f"file:{exported / 'data/normbook.sqlite'}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    found = {row["id"]: row for row in base.execute("select * from corrections")}
    assert found.keys() == {each["id"] for record in project.corrections.values() for each in record.fields["corrections"]} and found
    for record in project.corrections.values():
        readings = project.readings[record.id]
        for each in record.fields["corrections"]:
            row = found[each["id"]]
            assert readings.cleaned.text[row["start"] : row["end"]] == (row["exact"] or "") == each["exact"]
            assert readings.cleaned.ledger.back(row["start"], row["end"]) == (row["received_start"], row["received_end"])
            assert {key: row[key] or "" for key in each} == each and row["source"] == record.id


def test_the_words_of_a_correction_are_withheld_with_their_source(project: Project, schemas: Schemas) -> None:
    source = next(iter(project.corrections))
    record = project.records[source]
    held = replace(record, fields={**record.fields, "rights": {**record.fields["rights"], "full_text": "withhold"}})
    context = render_context(project.repo, link({**project.records, source: held}, schemas), schemas, project.readings, project.corrections)
    names = [column.name for column in CORRECTIONS.columns]
    rows = [dict(zip(names, row, strict=True)) for row in correction_rows(context)]
    words = ("prefix", "exact", "suffix", "replacement", "original")
    assert all(any(row[key] for key in words) == (row["source"] != source) for row in rows) and all(row["reason"] for row in rows)


def test_sqlite_holds_the_records_its_keys_and_finds_words_in_both_languages(exported: Path, project: Project, schemas: Schemas) -> None:
    base = sqlite3.connect(f"file:{exported / 'data/normbook.sqlite'}?mode=ro", uri=True)
    assert base.execute("pragma foreign_key_check").fetchall() == [] and base.execute("pragma integrity_check").fetchone() == ("ok",)
    tables = layout(schemas)
    assert records_from_tables(tables, read_database(base, tables)) == {id: record.fields for id, record in project.records.items()}
    for table in tables:
        keys = [row for row in base.execute(f"pragma table_info({table.name})") if row[5]]
        assert [row[1] for row in keys] == ["id"], table.name
    assert len(base.execute("select * from pragma_foreign_key_list('principles')").fetchall()) > 2
    for words, id in (("数据安全", "gids"), ("backdoor", "backdoors"), ("数据", "gids"), ("据", "gids"), ("EU", "eu-china-data-flow")):
        sql = "select r.id from records_fts f join records r on r.rowid = f.rowid where records_fts match ?"
        assert id in {row[0] for row in base.execute(sql, (words,))}
    base.close()


def test_each_value_has_a_row_with_what_bears_it(exported: Path, project: Project) -> None:
    base = sqlite3.connect(f"file:{exported / 'data/normbook.sqlite'}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    (row,) = base.execute("select * from record_values where record = 'gids-1' and pointer = '/modality'").fetchall()
    assert (row["value"], row["borne_by"], row["source"], row["speaker"], row["type"]) == (
        "will",
        "quotation",
        "seed-004",
        "wang-yi",
        "principle",
    )
    assert row["exact"].startswith("is committed to preserving")
    values = {(each["record"], each["pointer"]) for each in base.execute("select record, pointer from record_values")}
    assert {record for record, _ in values} == set(project.records)
    denied = base.execute("select stance, speaker from record_values where borne_by = 'quotation' and stance = 'denied'").fetchall()
    assert denied and all(each["speaker"] != "unnamed" for each in denied)
    base.close()


def test_datasette_finds_the_search_without_being_told_and_under_another_name(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "renamed.db"
    path.write_bytes((exported / "data/normbook.sqlite").read_bytes())
    from datasette.app import Datasette

    server = Datasette(immutables=[str(path)])
    for words, id in (("surveillance", "gids-3"), ("数据", "gids"), ("EU", "eu-china-data-flow")):
        assert id in {row["id"] for row in asked(server, f"/renamed/records.json?_shape=array&_size=max&_search={words}")}
    assert 'name="_search"' in asked(server, "/renamed/records")


@pytest.fixture
def server(exported: Path) -> Any:
    from datasette.app import Datasette

    metadata = json.loads((exported / "data/datasette.json").read_text("utf-8"))
    return Datasette(immutables=[str(exported / "data/normbook.sqlite")], metadata=metadata)


def asked(server: Any, path: str) -> Any:
    """What the server answers."""

    async def ask() -> Any:
        await server.invoke_startup()
        response = await server.client.get(path)
        assert response.status_code == 200, response.text[:500]
        return response.json() if ".json" in path else response.text

    return asyncio.run(ask())


def test_datasette_serves_the_tables_the_search_and_the_three_queries(server: Any, project: Project) -> None:
    tables = {each["name"]: each["count"] for each in asked(server, "/normbook.json")["tables"] if not each["hidden"]}
    assert tables["principles"] == sum(record.type == "principle" for record in project.records.values())
    queries = {each["name"] for each in asked(server, "/normbook.json")["queries"]}
    assert queries == {"who_denies_what", "principles_by_theme", "words_found"}
    assert asked(server, "/normbook/who_denies_what.json?_shape=array")[0]["speaker"] == "mao-ning"
    themed = asked(server, "/normbook/principles_by_theme.json?_shape=array&theme=supply-chain")
    assert "gids-1" in {row["id"] for row in themed}
    for words, id in (("数据安全", "gids"), ('a "quote" that is not there', ""), ("backdoor", "gids-7")):
        found = {row["id"] for row in asked(server, f"/normbook/words_found.json?_shape=array&words={words}")}
        assert (id in found) if id else not found
    assert asked(server, "/normbook/records.json?_shape=array&_search=surveillance")
    page = asked(server, "/normbook/principles")
    assert "CC0" in page and "Its place in the list, counted from 1;" in page
