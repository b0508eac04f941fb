"""Formula cells, line ends, quotes, right-to-left, CJK, emoji and U+2028 in every text of every type: through each form and back."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from functools import partial
from pathlib import Path

import duckdb
import pytest
from lxml import etree
from rdflib import Graph

from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.site.exports import crosswalk
from normbook.site.exports import rdf as quads
from normbook.site.exports.bulk import tabulated
from normbook.site.exports.csv import FORMULA, guarded, write_sheet
from normbook.site.exports.record_json import json_line
from normbook.site.exports.sqlite import write_database
from normbook.site.exports.tables import write_parquet
from normbook.site.exports.tei import tei
from normbook.workspace.load import Project
from tests.site.exports.conftest import HOSTILE, SITE, context_of, written
from tests.site.exports.read_back import bare, read_database, read_sheet, records_from_nquads, records_from_tables, without_nulls


def fields_of(project: Project) -> dict[str, object]:
    return {id: record.fields for id, record in project.records.items()}


def test_the_sample_is_hostile(hostile: Project, project: Project) -> None:
    changed = [id for id in hostile.records if hostile.records[id].fields != project.records[id].fields]
    assert len(changed) == len(project.records)
    everything = json.dumps([record.fields for record in hostile.records.values()], ensure_ascii=False)
    missing = [each for each in HOSTILE if json.dumps(each, ensure_ascii=False)[1:-1] not in everything]
    assert missing == []


def test_yaml_and_json_lines_give_the_records_back(hostile: Project) -> None:
    for id, record in hostile.records.items():
        assert load(dump(dict(record.fields)), "x.yaml").value == record.fields, id
        line = json_line(record)
        assert len(line.splitlines()) == 1
        value = json.loads(line)
        assert value.pop("type") == record.type and value == record.fields


def test_csv_gives_the_records_back_and_no_cell_is_a_formula(hostile: Project) -> None:
    made = tabulated(context_of(hostile))
    sheets = {table.name: written(partial(write_sheet, table, made.rows[table.name])).decode() for table in made.tables}
    for name, text in sheets.items():
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(cell.startswith(FORMULA[:-1]) for cell in row), name
    back = {table.name: list(read_sheet(table, sheets[table.name])) for table in made.tables}
    assert {name: list(rows) for name, rows in back.items()} == made.rows
    assert records_from_tables(made.tables, back) == fields_of(hostile)


@pytest.mark.parametrize("text", [*HOSTILE, "", "'", "plain", "\t", "\n=1", "＝", "'=1"])
def test_the_guard_of_cells_is_undone(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA[:-1])


def test_sqlite_gives_the_records_back_and_every_key_holds(hostile: Project, tmp_path: Path) -> None:
    made = tabulated(context_of(hostile))
    path = tmp_path / "x.sqlite"
    path.write_bytes(written(partial(write_database, made.tables, made.rows, [])))
    base = sqlite3.connect(path)
    assert base.execute("pragma foreign_key_check").fetchall() == [] and base.execute("pragma integrity_check").fetchone() == ("ok",)
    assert records_from_tables(made.tables, read_database(base, made.tables)) == fields_of(hostile)
    base.close()


def test_parquet_gives_the_records_back_by_another_reader(hostile: Project, tmp_path: Path) -> None:
    made = tabulated(context_of(hostile))
    back = {}
    for table in made.tables:
        path = tmp_path / f"{table.name}.parquet"
        path.write_bytes(written(partial(write_parquet, table, made.rows[table.name])))
        back[table.name] = duckdb.sql(f"select * from '{path}'").fetchall()
    assert back == made.rows
    assert records_from_tables(made.tables, back) == fields_of(hostile)


def test_nquads_give_the_records_back_and_turtle_says_the_same(hostile: Project) -> None:
    context = context_of(hostile)
    content = written(partial(quads.nquads, context))
    assert records_from_nquads(content, SITE) == without_nulls(fields_of(hostile))
    triples = {line.rpartition(b" <")[0] for line in content.splitlines()}
    graph = Graph().parse(data=written(partial(quads.turtle, context)), format="turtle")
    assert len(graph) == len(triples) + len(set(quads.about_the_book(context)))


def test_sssom_skos_and_tei_hold_them(hostile: Project) -> None:
    context = context_of(hostile)
    text = written(partial(crosswalk.sssom, context)).decode()
    body = io.StringIO("".join(line for line in text.splitlines(keepends=True) if not line.startswith("#")), newline="")
    found = {row["record_id"]: row["comment"] for row in csv.DictReader(body, delimiter="\t")}
    for brief in (each for each in context.graph.of_type("correspondence") if each.publication == "published"):
        assert found[f"NBC:{brief.id}.html#record"].startswith(hostile.records[brief.id].fields["justification"])
    graph = Graph().parse(data=written(partial(crosswalk.skos, context)), format="turtle")
    said = {str(each) for each in graph.objects()}
    assert all(hostile.records[brief.id].fields["definition"] in said for brief in context.graph.of_type("theme"))
    for id in context.readings:
        assert etree.fromstring(tei(context, id).encode()).findtext(".//{*}titleStmt/{*}title") == hostile.records[id].title
