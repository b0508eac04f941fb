"""The correspondences as SSSOM (a TSV with a YAML head) and the themes as SKOS."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from normbook.records.model import Record
from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import address
from normbook.site.exports.linked_data import in_language, record_tree
from normbook.site.exports.rdf import Words, write_block, write_prefixes
from normbook.site.exports.rdf import triples as triples_of

CONFIDENCE = {"high": "0.9", "medium": "0.6", "low": "0.3"}
COLUMNS = ("record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "reviewer_label", "subject_source", "object_source", "confidence", "comment")  # fmt: skip


def sssom(context: RenderContext, to: BinaryIO) -> int:
    """Writes the published correspondences; returns their number. If nothing was found, the object is sssom:NoTermFound, with the broadest predicate."""
    head = {
        "sssom_version": "1.1",
        "mapping_set_id": f"{context.site['url']}data/normbook.sssom.tsv",
        "mapping_set_title": f"{context.site['name']}: correspondences of principles",
        "mapping_set_version": context.data_version,
        "mapping_set_description": "Proposals of the editors until the column reviewer_label names a person.",
        "license": LICENSE,
        "curie_map": {
            "NBP": f"{context.site['url']}principles/",
            "NBI": f"{context.site['url']}initiatives/",
            "NBC": f"{context.site['url']}correspondences/",
        },
    }
    to.write("".join(f"#{line}\n" for line in _yaml(head)).encode())
    to.write(("\t".join(COLUMNS) + "\n").encode())
    count = 0
    for brief in sorted(context.graph.of_type("correspondence"), key=lambda each: each.id):
        if brief.publication != "published":
            continue
        row = _row(context, context.graph.records[brief.id])
        to.write(("\t".join(_cell(row.get(each, "")) for each in COLUMNS) + "\n").encode())
        count += 1
    return count


def _yaml(head: Mapping[str, Any]) -> Iterator[str]:
    """A YAML header, with values as JSON, which is valid YAML."""
    for key, value in head.items():
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {name}: {json.dumps(inner, ensure_ascii=False)}" for name, inner in value.items())
        else:
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}"


def _row(context: RenderContext, record: Record) -> dict[str, str]:
    fields = record.fields
    absent = fields["relation"] == "no-match"
    titles = context.graph.briefs
    other = fields["object_initiative"] if absent else context.graph.get(fields["object"], "/initiative")
    row = {
        "record_id": f"NBC:{record.id}.html#record",
        "subject_id": f"NBP:{fields['subject']}.html#record",
        "subject_label": titles[fields["subject"]].title,
        "predicate_id": "skos:mappingRelation" if absent else f"skos:{fields['relation']}",
        "object_id": "sssom:NoTermFound" if absent else f"NBP:{fields['object']}.html#record",
        "object_label": "" if absent else titles[fields["object"]].title,
        "mapping_justification": fields.get("mapping_justification", "semapv:ManualMappingCuration"),
        "reviewer_label": fields["reviewer"] or "",
        "subject_source": f"NBI:{context.graph.get(fields['subject'], '/initiative')}.html#record",
        "object_source": f"NBI:{other}.html#record",
        "confidence": CONFIDENCE[fields["status"]["certainty"]],
        "comment": fields["justification"],
    }
    if absent:
        looked = ", ".join(fields["searched"])
        row["comment"] += f" Nothing found in {titles[other].title} ({other}); searched: {looked}."
    return row


def _cell(value: str) -> str:
    """A TSV cell, quoted so that a CSV reader restores the value."""
    return '"' + value.replace('"', '""') + '"' if any(sign in value for sign in '\t\r\n"') else value


def skos(context: RenderContext, to: BinaryIO) -> int:
    """Writes the themes as one SKOS concept scheme in Turtle; returns the number of concepts."""
    words = Words(context.site["url"])
    ids = sorted(context.graph.ids_of("theme"))
    titles = [in_language(f"{context.site['name']}: {title}", code) for code, title in context.theme_titles.items()]
    tree: dict[str, Any] = {
        "@id": f"{context.site['url']}themes/index.html#scheme",
        "@type": ["skos:ConceptScheme"],
        "dcterms:title": titles,
        "skos:prefLabel": titles,
        "rdfs:label": titles,
        "dcterms:license": {"@id": LICENSE},
        "skos:hasTopConcept": [
            {"@id": f"{address(context, id)}#record"} for id in ids if not context.graph.records[id].fields.get("broader")
        ],
    }
    found = list(triples_of(tree, words))
    for id in ids:
        whole = record_tree(context, id)
        kept = {key: value for key, value in whole.items() if key.startswith(("skos:", "dcterms:", "@")) or key in ("broader", "note")}
        kept = {f"skos:{key}" if key in ("broader", "note") else key: value for key, value in kept.items()} | {"@type": ["skos:Concept"]}
        kept |= {"skos:definition": {"@value": whole["definition"], "@language": "en"}, "skos:notation": id}
        narrower = [{"@id": f"{address(context, e.subject)}#record"} for e in context.graph.incoming(id) if e.relation == "broader"]
        top = {} if "broader" in whole else {"skos:topConceptOf": {"@id": tree["@id"]}}
        found += triples_of(kept | top | ({"skos:narrower": narrower} if narrower else {}), words)
    write_prefixes(context, to)
    write_block(context, found, to)
    return len(ids)
