"""The descriptions for catalogues: every file is there with its size and sum, and each keeps the rules of its format."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib

from normbook.cli.questions import book_of
from normbook.site.deposit import swhid_of
from normbook.site.exports.catalogues import CRATE, CROISSANT, DCAT, crate, croissant, dcat
from normbook.workspace.load import Project

URL = "https://normbook.github.io/normbook/"
HERE = Path(__file__).parent


def read(exported: Path, path: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((exported / path).read_text("utf-8"))
    return made


@pytest.fixture(scope="module")
def files(exported: Path) -> dict[str, dict[str, Any]]:
    """The files that are described, by path: all of the manifest but the descriptions themselves and the archive."""
    rows = read(exported, "data/manifest.json")["files"]
    assert {CRATE, CROISSANT, DCAT} == {row["path"] for row in rows if row["kind"] == "catalogue"}
    return {row["path"]: row for row in rows if row["kind"] not in ("catalogue", "archive")}


def test_the_unpacked_archive_is_a_crate_with_all_its_files(
    exported: Path, files: dict[str, Any], project: Project, tmp_path: Path
) -> None:
    with zipfile.ZipFile(exported / "data" / "normbook.zip") as archive:
        archive.extractall(tmp_path)
    whole = read(tmp_path, "ro-crate-metadata.json")
    assert whole == read(exported, CRATE)
    nodes = {each["@id"]: each for each in whole["@graph"]}
    assert len(nodes) == len(whole["@graph"]) and all("@type" in each for each in nodes.values())
    descriptor, root = nodes["ro-crate-metadata.json"], nodes["./"]
    assert descriptor["about"] == {"@id": "./"} and descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert root["@type"] == "Dataset" and all(root[key] for key in ("name", "description", "license", "author", "publisher"))
    parts = {each["@id"] for each in root["hasPart"]}
    assert parts == {path.removeprefix("data/") for path in files if path.startswith("data/")}
    for part in parts:
        content = (tmp_path / part).read_bytes()
        assert (nodes[part]["@type"], nodes[part]["contentSize"], nodes[part]["sha256"]) == (
            "File",
            str(len(content)),
            hashlib.sha256(content).hexdigest(),
        )
    for key in ("license", "author", "publisher"):
        assert root[key]["@id"] in nodes
    for id, readings in project.readings.items():
        assert nodes[f"{URL}sources/{id}.html"]["identifier"] == swhid_of(readings.received)


def test_every_table_is_a_set_of_records_whose_references_lead_somewhere(exported: Path, files: dict[str, Any]) -> None:
    said = read(exported, CROISSANT)
    assert said["conformsTo"] == "http://mlcommons.org/croissant/1.0" and said["@type"] == "sc:Dataset"
    assert all(said[key] for key in ("name", "description", "license", "url", "version", "citeAs", "creator"))
    sheets = {path for path, row in files.items() if path.endswith(".csv")}
    assert {each["contentUrl"].removeprefix(URL) for each in said["distribution"]} == sheets
    for each in said["distribution"]:
        assert each["sha256"] == files[each["contentUrl"].removeprefix(URL)]["sha256"]
    objects = {each["@id"] for each in said["distribution"]}
    known = {field["@id"] for table in said["recordSet"] for field in table["field"]}
    assert len(known) == sum(len(table["field"]) for table in said["recordSet"]) and len(said["recordSet"]) == len(sheets)
    for table in said["recordSet"]:
        with (exported / "data" / "csv" / f"{table['@id']}.csv").open(encoding="utf-8-sig", newline="") as sheet:
            header = next(csv.reader(sheet))
        assert [field["source"]["extract"]["column"] for field in table["field"]] == header
        assert table["key"]["@id"] in known
        for field in table["field"]:
            assert field["source"]["fileObject"]["@id"] in objects and field["description"]
            assert field.get("references", {"field": {"@id": field["@id"]}})["field"]["@id"] in known


def test_the_catalogue_keeps_the_shapes_of_its_profile_and_breaches_are_seen(exported: Path, files: dict[str, Any]) -> None:
    import pyshacl  # here, as every process of a run collects this file, and one alone runs it

    graph = rdflib.Graph().parse(exported / DCAT, format="json-ld")
    shapes = rdflib.Graph().parse(HERE / "dcat-shapes.ttl")
    valid, _, said = pyshacl.validate(graph, shacl_graph=shapes)
    assert valid, said
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    distributions = {str(each).removeprefix(URL).removesuffix("#file") for each in graph.subjects(rdflib.RDF.type, dcat.Distribution)}
    assert distributions == set(files)
    assert len(list(graph.subjects(rdflib.RDF.type, dcat.Dataset))) == len(list(graph.subjects(rdflib.RDF.type, dcat.Catalog))) == 1
    for node, key in ((dcat.Distribution, dcat.accessURL), (dcat.Catalog, rdflib.DCTERMS.publisher), (dcat.Dataset, rdflib.DCTERMS.title)):
        broken = rdflib.Graph() + graph
        broken.remove((next(iter(graph.subjects(rdflib.RDF.type, node))), key, None))
        assert not pyshacl.validate(broken, shacl_graph=shapes)[0], key


def test_the_day_of_the_book_is_told_in_all_three_or_else_a_crate_has_that_of_the_last_release(project: Project) -> None:
    """The copies of these tests are no repositories, so they have no day."""
    context = book_of(project).context
    for day in ("2026-11-29", ""):
        dated = replace(context, site={**context.site, "day": day})
        told = (
            next(each for each in crate(dated, [])["@graph"] if each["@id"] == "./").get("datePublished", ""),
            croissant(dated, [], []).get("datePublished", ""),
            next(each for each in dcat(dated, [])["@graph"] if each["@type"] == "dcat:Dataset").get("dct:modified", {"@value": ""})[
                "@value"
            ],
        )
        assert told == (day or context.site["released"], day, day) and told[0]


def test_editors_are_people_and_without_any_the_book_is_its_own_author(project: Project) -> None:
    context = book_of(project).context
    imprint = {"editors": [{"name": "Ana Reyl", "orcid": "0000-0002-1825-0097"}, {"name": "Lu Wen"}]}
    for given, expected in (({}, {("Organization", "Normbook")}), (imprint, {("Person", "Ana Reyl"), ("Person", "Lu Wen")})):
        made = replace(context, book={"imprint": given})
        nodes = {each["@id"]: each for each in crate(made, [])["@graph"]}
        authors = nodes["./"]["author"]
        found = [nodes[each["@id"]] for each in (authors if isinstance(authors, list) else [authors])]
        assert {(each["@type"], each["name"]) for each in found} == expected
        assert {(each["@type"], each["name"]) for each in croissant(made, [], [])["creator"]} == expected
