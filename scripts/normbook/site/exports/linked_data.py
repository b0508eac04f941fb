"""A record as linked data: all its values under named nodes, plus statements in common vocabularies (SKOS, Dublin Core, schema.org, PROV).

Every node is named by the page's address and a JSON Pointer, so there are no blank nodes, and names are stable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from normbook.records.model import Quotation, Record
from normbook.records.types import SPECS
from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import READINGS, address, annotation, context_address, reading_iri

DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}  # by the length of an ISO 8601 value
NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})")
AUTHORITY = re.compile(r"(https?://(?:[^/?#\[\]]*@)?(?:\[[0-9A-Fa-f:.]*\])?)(.*)", re.DOTALL)
OWN_CLAIMS = ("asserted", "proposed")
MIRRORED = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


def record_tree(context: RenderContext, id: str, annotated: bool = False) -> dict[str, Any]:
    """A record as a JSON-LD object without its context. `annotated` adds the Web Annotation to each quotation."""
    record = context.graph.records[id]
    page = address(context, id)
    refs = {
        edge.pointer: f"{address(context, edge.target)}#record"
        for edge in context.graph.outgoing(id)
        if edge.target in context.graph.briefs
    }
    told = {each.pointer: each for each in record.evidence}

    dates = {path for path, kind in context.schemas.annotated(record.type, "x-datatype") if kind == "date"}

    def node(value: Any, pointer: str, path: tuple[str, ...], lang: str = "") -> Any:
        if isinstance(value, dict):
            own = {
                key: node(inner, f"{pointer}/{key}", (*path, key), str(value.get("lang", "")) if key == "text" else "")
                for key, inner in value.items()
                if inner is not None
            }
            return {"@id": f"{page}#{pointer or 'record'}", **own, **evidence(pointer)}
        if isinstance(value, list):
            return [node(item, f"{pointer}/{number}", (*path, "*")) for number, item in enumerate(value)]
        if pointer in refs:
            return {"@id": refs[pointer]}
        if value is None:
            return {"@value": None, "@type": "@json"}
        if path in dates and len(str(value)) in DATATYPES:
            return {"@value": value, "@type": DATATYPES[len(value)]}
        return in_language(value, lang) if lang else value

    def evidence(pointer: str) -> dict[str, Any]:
        if pointer not in told or not isinstance(what := told[pointer].what, Quotation):
            return {}
        reading = "received" if what.reading == "received" else "cleaned"
        own: dict[str, Any] = {
            "@type": ["nb:Quotation", "prov:Entity"],
            "prov:wasQuotedFrom": {"@id": reading_iri(context, what.source, reading)},
        }
        if what.speaker in context.graph.briefs:
            own["prov:wasAttributedTo"] = {"@id": f"{address(context, what.speaker)}#record"}
        made = annotation(context, record, told[pointer]) if annotated else None
        return own | ({"annotation": made} if made else {})

    tree: dict[str, Any] = node(record.fields, "", ())
    quoted = dict.fromkeys(each.what.source for each in record.evidence if isinstance(each.what, Quotation))
    derived = [{"@id": f"{address(context, source)}#record"} for source in quoted if source in context.graph.briefs and source != id]
    own = {"@type": list(SPECS[record.type].rdf_classes), "dcterms:license": {"@id": LICENSE}, "schema:mainEntityOfPage": {"@id": page}}
    return tree | own | ({"prov:wasDerivedFrom": derived} if derived else {}) | _standard(context, record)


def in_language(text: str, lang: str) -> dict[str, str]:
    """A text with its language. Tags are in lower case, as RDF 1.1 compares them; `langMatches` finds them in any case.

    >>> in_language("数据安全", "zh-Hans")
    {'@value': '数据安全', '@language': 'zh-hans'}
    """
    return {"@value": text, "@language": lang.lower()}


def iri(url: str) -> str:
    """An address as an IRI: characters that no IRI may hold are percent-encoded, and so is a `%` that encodes nothing.

    >>> iri("https://a.example/x[1]?q={a|b}&p=100%&z=%20"), iri("http://[::1]/数据")
    ('https://a.example/x%5B1%5D?q=%7Ba%7Cb%7D&p=100%25&z=%20', 'http://[::1]/数据')
    """
    start, rest = found.groups() if (found := AUTHORITY.fullmatch(url)) else ("", url)
    return str(start) + NOT_IN_IRIS.sub(lambda sign: f"%{ord(sign[0]):02X}", rest)


def linked(context: RenderContext, id: str) -> dict[str, Any]:
    """The JSON-LD file of a record."""
    return {"@context": context_address(context), **record_tree(context, id, annotated=True)}


def _standard(context: RenderContext, record: Record) -> dict[str, Any]:
    """A record in standard vocabularies, with nothing that is not in the record."""
    fields, site = record.fields, context.site["url"]
    if record.type == "theme":
        preferred, others = theme_labels(fields)
        related = [
            {"@id": f"{address(context, edge.target)}#record"} for edge in context.graph.outgoing(record.id) if edge.relation == "related"
        ]
        found = {"skos:prefLabel": preferred, "skos:inScheme": {"@id": f"{site}themes/index.html#scheme"}}
        return found | ({"skos:altLabel": others} if others else {}) | ({"skos:related": related} if related else {})
    if record.type == "principle":
        return mappings(context, record.id)
    if record.type == "source":
        dated = fields.get("published", {}).get("value")
        found = {
            "dcterms:publisher": fields["publisher"],
            "dcterms:language": fields["language"],
            "dcterms:source": {"@id": iri(fields["url"])},
        }
        found |= {"dcterms:issued": {"@value": dated, "@type": DATATYPES[len(dated)]}} if dated else {}
        return found | {"dcterms:rightsHolder": fields["rights"]["holder"], "dcterms:hasFormat": _readings(context, record.id)}
    if record.type == "statement" and fields["speaker"] in context.graph.briefs:
        return {"prov:wasAttributedTo": {"@id": f"{address(context, fields['speaker'])}#record"}}
    names = [in_language(each["text"], each["lang"]) for each in fields.get("names", ())]
    return {"schema:alternateName": names} if names else {}


def theme_labels(fields: Mapping[str, Any]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The labels of a theme: one preferred label in each language (the title in English, else the first label), and all others."""
    preferred, others = {"en": in_language(fields["title"], "en")}, []
    for each in fields.get("labels", ()):
        label = in_language(each["text"], each["lang"])
        if preferred.setdefault(each["lang"].lower(), label) is not label and label not in preferred.values():
            others.append(label)
    return list(preferred.values()), others


def mappings(context: RenderContext, principle: str) -> dict[str, Any]:
    """The published correspondences of a principle, from both ends, as SKOS mapping properties."""
    found: dict[str, list[dict[str, str]]] = {}
    for edge in context.graph.incoming(principle):
        brief = context.graph.briefs[edge.subject]
        if brief.type != "correspondence" or brief.publication != "published" or edge.pointer not in ("/subject", "/object"):
            continue
        relation = context.graph.get(edge.subject, "/relation")
        other = context.graph.get(edge.subject, "/object" if edge.pointer == "/subject" else "/subject")
        if relation == "no-match" or other not in context.graph.briefs:
            continue
        name = relation if edge.pointer == "/subject" else MIRRORED.get(relation, relation)
        found.setdefault(f"skos:{name}", []).append({"@id": f"{address(context, other)}#record"})
    return {key: sorted(found[key], key=lambda each: each["@id"]) for key in sorted(found)}


def quotation(context: RenderContext, record: Record) -> dict[str, Any]:
    """The words of a statement and who says them, in terms of schema.org.

    Words that are denied, attributed to others or only reported are left out: without their stance they would read as the speaker's claim.
    """
    for each in record.evidence:
        what = each.what
        if (
            record.type != "statement"
            or not isinstance(what, Quotation)
            or what.role != "supports"
            or what.speaker not in context.graph.briefs
        ):
            continue
        if record.fields["stance"] in OWN_CLAIMS and what.stance in OWN_CLAIMS and what.speaker == record.fields["speaker"]:
            who = context.graph.records[what.speaker]
            kind = SPECS["actor"].schema_org_by_kind.get(who.fields["kind"], SPECS["actor"].schema_org)
            speaker = {"@type": kind, "@id": f"{address(context, who.id)}#record", "name": who.title}
            return {"text": what.exact, "creator": speaker, "spokenByCharacter": speaker} if kind != "Thing" else {"text": what.exact}
    return {}


def _readings(context: RenderContext, source: str) -> list[dict[str, Any]]:
    """The three readings of a source, each derived from the previous one by a named activity."""
    page = address(context, source)
    made: list[dict[str, Any]] = []
    for number, reading in enumerate(READINGS if source in context.readings else ()):
        entity: dict[str, Any] = {"@id": reading_iri(context, source, reading), "@type": ["nb:Reading", "prov:Entity"]}
        if number:
            before = {"@id": reading_iri(context, source, READINGS[number - 1])}
            entity["prov:wasDerivedFrom"] = before
            ledger = context.readings[source].corrections if number > 1 else context.readings[source].cleaned.ledger
            names = sorted({name for edit in ledger.edits for name in edit.rules})
            activity: dict[str, Any] = {"@id": f"{page}#making-{reading}", "@type": ["prov:Activity"], "prov:used": before}
            entity["prov:wasGeneratedBy"] = activity | ({"nb:rule": names} if names else {})
        made.append(entity)
    return made
