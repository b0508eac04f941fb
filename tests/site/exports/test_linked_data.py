"""The linked data: read by rdflib, held to SHACL shapes, every record given back, every node named."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import PROV, SKOS

from normbook.workspace.load import Project
from tests.site.exports.conftest import SITE
from tests.site.exports.read_back import records_from_nquads, without_nulls

HERE = Path(__file__).parent
NB = f"{SITE}data/terms.ttl#"


@pytest.fixture(scope="module")
def graph(exported: Path) -> Graph:
    return Graph().parse(exported / "data" / "normbook.ttl")


def test_the_quads_are_canonical_sorted_and_without_blank_nodes(exported: Path) -> None:
    lines = (exported / "data" / "normbook.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines)) and len(lines) > 5000
    assert not any(line.startswith(b"_:") or b" _:" in line.partition(b'"')[0] for line in lines)


def test_quads_and_turtle_say_the_same(exported: Path, graph: Graph) -> None:
    quads = Dataset().parse(exported / "data" / "normbook.nq", format="nquads")
    whole = Graph()
    for subject, predicate, value, _ in quads.quads():
        whole.add((subject, predicate, value))
    book = URIRef(f"{SITE}data.html#book")
    assert (book, RDF.type, PROV.Entity) in graph
    assert {each for each in graph if not str(each[0]).startswith(f"{SITE}data.html#")} == set(whole)
    graphs = {str(each) for *_, each in quads.quads()}
    assert f"{SITE}principles/gids-1.html" in graphs and len(graphs) > 150


def test_every_record_comes_back_from_the_quads(exported: Path, project: Project) -> None:
    back = records_from_nquads((exported / "data" / "normbook.nq").read_bytes(), SITE)
    assert back == {id: without_nulls(record.fields) for id, record in project.records.items()}


def test_the_shapes_hold_and_would_refuse_a_quotation_without_stance(graph: Graph) -> None:
    from pyshacl import validate  # here, as every process of a run collects this file, and one alone runs it

    shapes = Graph().parse(HERE / "shapes.ttl")
    conforms, _, words = validate(graph, shacl_graph=shapes)
    assert conforms, words[:3000]
    broken = Graph()
    for each in graph:
        broken.add(each)
    quoted = next(broken.subjects(RDF.type, URIRef(f"{NB}Quotation")))
    broken.remove((quoted, URIRef(f"{NB}stance"), None))
    assert not validate(broken, shacl_graph=shapes)[0]


def test_each_word_of_ours_is_described_where_its_address_leads(exported: Path, graph: Graph) -> None:
    words = Graph().parse(exported / "data" / "terms.ttl")
    used = {predicate for predicate in graph.predicates() if str(predicate).startswith(NB)}
    assert used - set(words.subjects()) == {URIRef(f"{NB}rule")} or used <= set(words.subjects())


def test_correspondences_join_principles_in_rdf_under_the_names_of_the_mapping_set(exported: Path, graph: Graph) -> None:
    text = (exported / "data" / "normbook.sssom.tsv").read_text("utf-8")
    head = yaml.safe_load("".join(line[1:] for line in text.splitlines(keepends=True) if line.startswith("#")))
    assert head["sssom_version"] == "1.1"
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    named = {key: value for key, value in head["curie_map"].items() if key.startswith("NB")}

    def full(curie: str) -> URIRef:
        prefix, _, rest = curie.partition(":")
        return URIRef(named[prefix] + rest)

    subjects = set(graph.subjects())
    for row in rows:
        assert {full(row[key]) for key in ("record_id", "subject_id", "subject_source", "object_source")} <= subjects
        if row["object_id"] != "sssom:NoTermFound":
            assert (full(row["subject_id"]), SKOS[row["predicate_id"].removeprefix("skos:")], full(row["object_id"])) in graph
    symmetric = graph.query("select ?a { ?a skos:closeMatch ?b . filter not exists { ?b skos:closeMatch ?a } }", initNs={"skos": SKOS})
    assert not list(symmetric) and list(graph.subject_objects(SKOS.closeMatch))


def test_days_are_typed_and_can_be_asked_for(graph: Graph) -> None:
    query = "select ?day { ?x nb:value ?day . filter(datatype(?day) = xsd:date && ?day < '2021-01-01'^^xsd:date) }"
    days = [str(row[0]) for row in graph.query(query, initNs={"nb": NB, "xsd": XSD})]  # type: ignore[index]
    assert "2020-09-08" in days and max(days) < "2021"
    assert not list(graph.subject_objects(URIRef(f"{NB}null"))) and not [each for each in graph.objects() if each == URIRef(f"{NB}null")]
    assert {each.language for each in graph.objects() if isinstance(each, Literal) and each.language} == {
        each.language.lower() for each in graph.objects() if isinstance(each, Literal) and each.language
    }


def test_provenance_leads_from_words_to_received_bytes(graph: Graph) -> None:
    quoted = set(graph.objects(None, PROV.wasQuotedFrom))
    assert quoted
    for reading in quoted:
        chain = [reading, *graph.transitive_objects(reading, PROV.wasDerivedFrom)]
        assert any(str(each).endswith("received.txt") for each in chain)
    assert list(graph.query("select ?x where { ?x <http://www.w3.org/ns/prov#used> ?y . ?y a <http://www.w3.org/ns/prov#Entity> }"))


def test_themes_are_one_concept_scheme(exported: Path, project: Project) -> None:
    themes = Graph().parse(exported / "data" / "themes.skos.ttl")
    records = {id: record for id, record in project.records.items() if record.type == "theme"}
    assert len(set(themes.subjects(RDF.type, SKOS.Concept))) == len(records)
    (scheme,) = themes.subjects(RDF.type, SKOS.ConceptScheme)
    for id, record in records.items():
        own = URIRef(f"{SITE}themes/{id}.html#record")
        assert (own, SKOS.inScheme, scheme) in themes and (own, SKOS.prefLabel, Literal(record.title, lang="en")) in themes
        assert set(themes.objects(own, SKOS.broader)) == {
            URIRef(f"{SITE}themes/{each}.html#record") for each in record.fields.get("broader", ())
        }
        top = not record.fields.get("broader")
        assert bool(set(themes.objects(own, SKOS.topConceptOf))) == top == ((scheme, SKOS.hasTopConcept, own) in themes)
        for lang in {each["lang"].lower() for each in record.fields.get("labels", ())} | {"en"}:
            assert len([each for each in themes.objects(own, SKOS.prefLabel) if isinstance(each, Literal) and each.language == lang]) == 1
    for label in (SKOS.prefLabel, RDFS.label):
        assert {each.language for each in themes.objects(scheme, label) if isinstance(each, Literal)} == {"en", "zh-hans"}
    assert isomorphic(themes, Graph().parse(data=themes.serialize(format="xml"), format="xml"))


def test_correspondences_are_a_valid_mapping_set(exported: Path, project: Project) -> None:
    """Against the slots, ranges and enumerations of SSSOM as its schema declares them (cases/sssom.schema.json says from which release)."""
    schema = json.loads((HERE / "sssom.schema.json").read_text("utf-8"))
    text = (exported / "data" / "normbook.sssom.tsv").read_text("utf-8")
    head = yaml.safe_load("".join(line[1:] for line in text.splitlines(keepends=True) if line.startswith("#")))
    rows = list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
    mappings = [{key: float(value) if key == "confidence" else value for key, value in row.items() if value} for row in rows]
    prefixes = {*head.pop("curie_map"), "skos", "semapv", "sssom"}
    jsonschema.Draft201909Validator(schema).validate({**head, "mappings": mappings})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(schema).validate({**head, "mappings": [{"subject_id": "x"}]})
    records = [
        each for each in project.records.values() if each.type == "correspondence" and each.fields["status"]["publication"] == "published"
    ]
    assert len(mappings) == len(records) > 10
    for each in mappings:
        for key in ("record_id", "subject_id", "object_id", "predicate_id", "mapping_justification"):
            assert each[key].partition(":")[0] in prefixes
        assert "reviewer_label" not in each, "nothing is shown as reviewed that nobody has reviewed"
