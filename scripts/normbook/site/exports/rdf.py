"""The records as RDF, with the same nodes as in JSON-LD: one graph per record in N-Quads, a single graph in Turtle.

Lists are ordered in a record but not in RDF, so each list of words or links is also a named rdf:Seq.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import address
from normbook.site.exports.linked_data import record_tree
from normbook.site.exports.terms import PREFIXES, SHARED, expand, namespace, term

LARGEST_WHOLE = 1e21  # from here on JSON-LD processors read integers as doubles
Triple = tuple[NamedNode, NamedNode, "NamedNode | Literal"]


class Words:
    """Nodes by their compact names, each created once."""

    def __init__(self, site_url: str) -> None:
        self.site_url = site_url
        self.known: dict[str, NamedNode] = {}

    def __getitem__(self, compact: str) -> NamedNode:
        if compact not in self.known:
            self.known[compact] = NamedNode(expand(compact, self.site_url))
        return self.known[compact]


def triples(tree: Mapping[str, Any], words: Words) -> Iterator[Triple]:
    """The triples of a JSON-LD object from `record_tree`."""
    subject = NamedNode(tree["@id"])
    for key, value in tree.items():
        if key == "@type":
            yield from ((subject, words["rdf:type"], words[each]) for each in value)
        elif key != "@id":
            predicate = words[key if ":" in key else term(key)]
            items = value if isinstance(value, list) else [value]
            for each in items:
                yield subject, predicate, _object(each, words)
                if isinstance(each, dict) and len(each) > 1 and "@id" in each:
                    yield from triples(each, words)
            if isinstance(value, list) and ":" not in key:
                yield from _sequence(tree["@id"], key, value, words)


def _object(value: Any, words: Words) -> NamedNode | Literal:
    if isinstance(value, dict):
        if "@language" in value:
            return Literal(value["@value"], language=value["@language"])
        if value.get("@type") == "@json":
            return Literal(json.dumps(value["@value"]), datatype=NamedNode(PREFIXES["rdf"] + "JSON"))
        if "@value" in value:
            return Literal(value["@value"], datatype=words[value["@type"]])
        return words[value["@id"]] if value["@id"].startswith("nb:") else NamedNode(value["@id"])
    return _number(value) if isinstance(value, float) else Literal(value)


def _number(value: float) -> Literal:
    """A number as a JSON-LD processor reads it: an integer if it is whole, else an xsd:double in canonical form.

    >>> _number(1.5).value, _number(-120.25).value, _number(2.0).value
    ('1.5E0', '-1.2025E2', '2')
    """
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return Literal(str(int(value)), datatype=NamedNode(PREFIXES["xsd"] + "integer"))
    digits, exponent = f"{Decimal(repr(value)):E}".split("E")
    whole, _, rest = digits.partition(".")
    return Literal(f"{whole}.{rest.rstrip('0') or '0'}E{int(exponent)}", datatype=NamedNode(PREFIXES["xsd"] + "double"))


def _sequence(holder: str, key: str, items: list[Any], words: Words) -> Iterator[Triple]:
    """The order of a list as an rdf:Seq, named after the list."""
    page, _, pointer = holder.partition("#")
    own = NamedNode(f"{page}#{'' if pointer == 'record' else pointer}/{key}")
    yield own, words["rdf:type"], words["rdf:Seq"]
    for number, each in enumerate(items, 1):
        yield own, words[f"rdf:_{number}"], _object(each, words)


def _ordered(context: RenderContext) -> Iterator[tuple[str, list[Triple]]]:
    """Each record's page with its triples, both in the order of canonical N-Quads."""
    words = Words(context.site["url"])
    for page, id in sorted((address(context, id) + "#", id) for id in context.graph.briefs):
        yield page[:-1], list(triples(record_tree(context, id), words))


def nquads(context: RenderContext, to: BinaryIO) -> int:
    """Writes all records as canonical, sorted N-Quads, with the page as the name of each graph; returns the number of quads."""
    count = 0
    for page, found in _ordered(context):
        graph = NamedNode(page)
        written = serialize((Quad(*each, graph) for each in found), format=RdfFormat.N_QUADS)
        lines = sorted(set((written or b"").splitlines(keepends=True)))
        to.write(b"".join(lines))
        count += len(lines)
    return count


def turtle(context: RenderContext, to: BinaryIO) -> int:
    """Writes the description of the dataset and all records as Turtle; returns the number of triples."""
    write_prefixes(context, to)
    count = write_block(context, about_the_book(context), to)
    return count + sum(write_block(context, found, to) for _, found in _ordered(context))


def _prefixes(context: RenderContext) -> dict[str, str]:
    return dict(sorted({**PREFIXES, "nb": namespace(context.site["url"])}.items()))


def write_prefixes(context: RenderContext, to: BinaryIO) -> None:
    """Writes prefixes in a fixed order; the library's own order varies between runs."""
    to.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _prefixes(context).items()).encode())


def write_block(context: RenderContext, found: Iterable[Triple], to: BinaryIO) -> int:
    """Writes triples by subject; returns their number. Line ends in values are escaped, so no value can look like a prefix line."""
    ordered = sorted(set(found), key=_key)
    written = serialize((Quad(*each) for each in ordered), format=RdfFormat.TURTLE, prefixes=_prefixes(context)) or b""
    to.write(b"".join(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix ")))
    return len(ordered)


def _key(triple: Triple) -> tuple[str, str, str]:
    return triple[0].value, triple[1].value, str(triple[2])


def about_the_book(context: RenderContext) -> Iterator[Triple]:
    """The description of the dataset and its provenance (PROV-O)."""
    words, site = Words(context.site["url"]), context.site
    book, build, tool = (NamedNode(f"{site['url']}data.html#{name}") for name in ("book", "build", "normbook"))
    for kind in ("dcat:Dataset", "prov:Entity"):
        yield book, words["rdf:type"], words[kind]
    yield book, words["dcterms:title"], Literal(site["name"])
    yield book, words["dcterms:license"], NamedNode(LICENSE)
    yield book, words["dcterms:hasVersion"], Literal(context.data_version)
    yield book, words["prov:wasGeneratedBy"], build
    yield build, words["rdf:type"], words["prov:Activity"]
    yield build, words["prov:used"], NamedNode(site["repo_url"])
    yield build, words["prov:wasAssociatedWith"], tool
    yield tool, words["rdf:type"], words["prov:SoftwareAgent"]
    yield tool, words["dcterms:title"], Literal(f"normbook {site['version']}")


def described_terms(context: RenderContext, to: BinaryIO) -> int:
    """Writes the definitions of the project's own terms, from the schemas; returns the number of terms."""
    words = Words(context.site["url"])
    found: dict[str, set[str]] = {}
    for document in context.schemas.documents.values():
        for key, said in _properties(document):
            found.setdefault(key, set()).add(said)
    rows: list[Triple] = []
    for key in sorted(found.keys() - SHARED.keys()):
        rows.append((words[f"nb:{key}"], words["rdf:type"], words["rdf:Property"]))
        rows.append((words[f"nb:{key}"], words["rdfs:label"], Literal(key.replace("_", " "), language="en")))
        rows += [(words[f"nb:{key}"], words["rdfs:comment"], Literal(said, language="en")) for said in sorted(found[key]) if said]
    write_prefixes(context, to)
    write_block(context, rows, to)
    return len(found.keys() - SHARED.keys())


def _properties(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, inner in node.get("properties", {}).items() if isinstance(node.get("properties"), Mapping) else ():
            if isinstance(inner, Mapping):
                yield key, str(inner.get("description", ""))
        for inner in node.values():
            yield from _properties(inner)
    elif isinstance(node, list):
        for inner in _mappings(node):
            yield from _properties(inner)


def _mappings(items: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in items if isinstance(each, dict))
