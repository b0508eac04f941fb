"""A record as linked data: all its values under named nodes, plus statements in common vocabularies (SKOS, Dublin Core, schema.org, PROV).

Every node is named by the page's address and a JSON Pointer, so there are no blank nodes, and names are stable.
"""

from __future__ import annotations

from typing import Any

from normbook.records.model import Quotation, Record
from normbook.records.types import SPECS
from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import READINGS, address, annotation, context_address, reading_iri

NOTHING = {"@id": "nb:null"}


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

    def node(value: Any, pointer: str, lang: str = "") -> Any:
        if isinstance(value, dict):
            own = {
                key: node(inner, f"{pointer}/{key}", str(value.get("lang", "")) if key == "text" else "") for key, inner in value.items()
            }
            return {"@id": f"{page}#{pointer or 'record'}", **own, **evidence(pointer)}
        if isinstance(value, list):
            return [node(item, f"{pointer}/{number}") for number, item in enumerate(value)]
        if pointer in refs:
            return {"@id": refs[pointer]}
        return NOTHING if value is None else {"@value": value, "@language": lang} if lang else value

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

    tree: dict[str, Any] = node(record.fields, "")
    quoted = dict.fromkeys(each.what.source for each in record.evidence if isinstance(each.what, Quotation))
    derived = [{"@id": f"{address(context, source)}#record"} for source in quoted if source in context.graph.briefs and source != id]
    own = {"@type": list(SPECS[record.type].rdf_classes), "dcterms:license": {"@id": LICENSE}, "schema:mainEntityOfPage": {"@id": page}}
    return tree | own | ({"prov:wasDerivedFrom": derived} if derived else {}) | _standard(context, record)


def linked(context: RenderContext, id: str) -> dict[str, Any]:
    """The JSON-LD file of a record."""
    return {"@context": context_address(context), **record_tree(context, id, annotated=True)}


def _standard(context: RenderContext, record: Record) -> dict[str, Any]:
    """A record in standard vocabularies, with nothing that is not in the record."""
    fields, site = record.fields, context.site["url"]
    if record.type == "theme":
        labels = [{"@value": each["text"], "@language": each["lang"]} for each in fields.get("labels", ())]
        related = [
            {"@id": f"{address(context, edge.target)}#record"} for edge in context.graph.outgoing(record.id) if edge.relation == "related"
        ]
        found = {"skos:prefLabel": {"@value": record.title, "@language": "en"}, "skos:inScheme": {"@id": f"{site}themes/index.html#scheme"}}
        return found | ({"skos:altLabel": labels} if labels else {}) | ({"skos:related": related} if related else {})
    if record.type == "source":
        dated = fields.get("published", {}).get("value")
        found = {"dcterms:publisher": fields["publisher"], "dcterms:language": fields["language"], "dcterms:source": {"@id": fields["url"]}}
        found |= {"dcterms:issued": dated} if dated else {}
        return found | {"dcterms:rightsHolder": fields["rights"]["holder"], "dcterms:hasFormat": _readings(context, record.id)}
    if record.type == "statement" and fields["speaker"] in context.graph.briefs:
        return {"prov:wasAttributedTo": {"@id": f"{address(context, fields['speaker'])}#record"}}
    names = [{"@value": each["text"], "@language": each["lang"]} for each in fields.get("names", ())]
    return {"schema:alternateName": names} if names else {}


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
