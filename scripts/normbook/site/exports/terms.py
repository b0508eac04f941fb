"""The terms of the linked data: the IRI for each key of a record, and the JSON-LD context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CONTEXT, TERMS = "data/context.jsonld", "data/terms.ttl"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "oa": "http://www.w3.org/ns/oa#", "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
SHARED = {"id": "dcterms:identifier", "title": "dcterms:title", "summary": "dcterms:abstract", "note": "skos:note", "definition": "skos:definition", "broader": "skos:broader"}  # fmt: skip
SELECTORS = {key: f"oa:{key}" for key in ("exact", "prefix", "suffix", "start", "end")}
ANNOTATION = {
    **{each: f"oa:{each}" for each in ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")}, **SELECTORS, "id": "@id", "type": "@type",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"}, "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector", "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "linking": "oa:linking", "describing": "oa:describing",
}  # fmt: skip
OWN = {
    "speaker": {"@id": "nb:speaker", "@type": "@id"}, "stance": {"@id": "nb:stance", "@type": "@vocab"}, "role": "nb:role", "bears": "nb:for", "Attribution": "nb:Attribution",
    **{stance: f"nb:{stance}" for stance in ("asserted", "proposed", "denied", "attributed", "reported")},
}  # fmt: skip


def namespace(site_url: str) -> str:
    """The namespace of the project's own terms; it leads to the file that defines them."""
    return f"{site_url}{TERMS}#"


def term(key: str) -> str:
    """The compact IRI of a key of a record.

    >>> term("title"), term("modality")
    ('dcterms:title', 'nb:modality')
    """
    return SHARED.get(key, f"nb:{key}")


def expand(compact: str, site_url: str) -> str:
    """The full IRI of a compact one."""
    prefix, _, rest = compact.partition(":")
    return (namespace(site_url) if prefix == "nb" else PREFIXES[prefix]) + rest


def json_ld_context(site_url: str) -> dict[str, Any]:
    """The JSON-LD context for every record. The terms of Web Annotations apply only inside an annotation."""
    inner = {"@vocab": None, **PREFIXES_OF_OA, **ANNOTATION, **OWN}
    return {
        "@context": {
            "@version": 1.1,
            **PREFIXES,
            "nb": namespace(site_url),
            "@vocab": namespace(site_url),
            **SHARED,
            "annotation": {"@id": "nb:annotation", "@context": inner},
        }
    }


PREFIXES_OF_OA: Mapping[str, str] = {"oa": PREFIXES["oa"]}
