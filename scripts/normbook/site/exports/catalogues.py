"""Descriptions of the data files for catalogues and archives: RO-Crate, Croissant and DCAT. Each is JSON-LD made from the same list of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.deposit import KEYWORDS, creators, swhid_of
from normbook.site.exports.tables import Table

CRATE, CROISSANT, DCAT = "data/ro-crate-metadata.json", "data/croissant.json", "data/dcat.jsonld"
NOTE = "The records are dedicated to the public domain. The texts of the sources remain their holders'."
Rows = Sequence[Mapping[str, Any]]


def _agents(context: RenderContext, type: str) -> list[dict[str, Any]]:
    """The creators as nodes: editors by their ORCID iDs where they have one, or else the book."""
    url = context.site["url"]
    imprint: Mapping[str, Any] = context.book.get("imprint", {})
    named = bool(imprint.get("editors"))
    found = []
    for number, each in enumerate(creators(context.site, imprint), 1):
        id = f"https://orcid.org/{each['orcid']}" if "orcid" in each else f"{url}about/index.html#{f'editor-{number}' if named else 'book'}"
        found.append({"@id": id, "@type": "Person" if named else type, "name": each["name"]} | ({} if named else {"url": url}))
    return found


def crate(context: RenderContext, rows: Rows) -> dict[str, Any]:
    """The data folder as a research object (RO-Crate 1.1): its files, their sizes and sums, and the sources with the identifiers of their seeds.

    The archive has the same files, so it is such an object too when it is unpacked.
    """
    site = context.site
    published = site["day"] or site["released"]  # a crate must have a day; without git it is that of the last release
    agents = _agents(context, "Organization")
    inside = [row for row in rows if row["path"].startswith("data/")]
    files = [
        {
            "@id": row["path"].removeprefix("data/"), "@type": "File", "name": row["path"].removeprefix("data/"), "contentSize": str(row["bytes"]),
            "encodingFormat": row["media_type"], "sha256": row["sha256"],
        }
        for row in inside
    ]  # fmt: skip
    sources = [_source(context, id) for id in context.graph.ids_of("source")]
    root = {
        "@id": "./", "@type": "Dataset", "name": site["name"], "description": f"{site['description']} {NOTE}", "license": {"@id": LICENSE}, "url": site["url"],
        "version": site["version"], "keywords": ", ".join(KEYWORDS), "author": _one_or_all([{"@id": each["@id"]} for each in agents]),
        "publisher": {"@id": agents[0]["@id"]}, "identifier": site["url"], **({"datePublished": published} if published else {}),
        "hasPart": [{"@id": each["@id"]} for each in files], "mentions": [{"@id": each["@id"]} for each in sources],
    }  # fmt: skip
    descriptor = {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    license = {"@id": LICENSE, "@type": "CreativeWork", "name": "CC0 1.0 Universal", "description": NOTE}
    context_of_crates = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
    return {"@context": context_of_crates, "@graph": [descriptor, root, license, *agents, *files, *sources]}


def _one_or_all(values: list[dict[str, str]]) -> Any:
    """A list of values, or the only one, as the recommendation for crates has it."""
    return values[0] if len(values) == 1 else values


def _source(context: RenderContext, id: str) -> dict[str, Any]:
    """A source that the book holds; `identifier` is the Software Heritage identifier of its seed, `sameAs` where the copy was found."""
    fields = context.graph.records[id].fields
    found = {
        "@id": f"{context.site['url']}{context.url(id)}",
        "@type": "CreativeWork",
        "name": context.graph.briefs[id].title,
        "inLanguage": fields.get("language"),
    }
    if id in context.readings:
        found["identifier"] = swhid_of(context.readings[id].received)
    return found | ({"sameAs": fields["url"]} if "url" in fields else {})


VOCABULARY = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex",
    "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip
KINDS = {"boolean": "sc:Boolean", "integer": "sc:Integer", "number": "sc:Float"}  # of columns; all others are texts


def croissant(context: RenderContext, tables: Iterable[Table], rows: Rows) -> dict[str, Any]:
    """The CSV files as a Croissant dataset (1.0): a set of records for each table, a field for each column, and the tables that columns refer to."""
    site = context.site
    agents = _agents(context, "Organization")
    sheets = {row["path"]: row for row in rows if row["kind"] == "csv" and row["path"].endswith(".csv")}
    files = [
        {
            "@type": "cr:FileObject", "@id": path.removeprefix("data/"), "name": path.removeprefix("data/"), "contentUrl": site["url"] + path,
            "contentSize": f"{row['bytes']} B", "encodingFormat": "text/csv", "sha256": row["sha256"],
        }
        for path, row in sheets.items()
    ]  # fmt: skip
    sets = [_records(table) for table in tables if f"data/csv/{table.name}.csv" in sheets]
    return {
        "@context": VOCABULARY, "@type": "sc:Dataset", "name": site["name"], "description": f"{site['description']} {NOTE}",
        "conformsTo": "http://mlcommons.org/croissant/1.0", "license": LICENSE, "url": site["url"], "version": site["version"],
        **({"datePublished": site["day"]} if site["day"] else {}), "citeAs": f"{site['name']}, version {site['version']}. {site['url']}", "keywords": list(KEYWORDS),
        "inLanguage": "en", "creator": [{key: value for key, value in each.items() if key != "@id"} for each in agents], "publisher": [{key: value for key, value in agents[0].items() if key != "@id"}],
        "distribution": files, "recordSet": sets,
    }  # fmt: skip


def _records(table: Table) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {
            "@type": "cr:Field", "@id": f"{table.name}/{column.name}", "name": f"{table.name}/{column.name}", "description": column.words or column.name.replace("_", " "),
            "dataType": KINDS.get(column.kind, "sc:Text"), "source": {"fileObject": {"@id": f"csv/{table.name}.csv"}, "extract": {"column": column.name}},
            **({"references": {"field": {"@id": f"{column.refers}/id"}}} if column.refers else {}),
        }
        for column in table.columns
    ]  # fmt: skip
    return {
        "@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.words, "key": {"@id": f"{table.name}/id"}, "field": fields,
    }  # fmt: skip


IANA = "https://www.iana.org/assignments/media-types/"
PREFIXES: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "owl": "http://www.w3.org/2002/07/owl#", "skos": "http://www.w3.org/2004/02/skos/core#",
}  # fmt: skip
LANGUAGE = "http://publications.europa.eu/resource/authority/language/ENG"
RIGHTS = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def dcat(context: RenderContext, rows: Rows) -> dict[str, Any]:
    """The book as a catalogue with one dataset (DCAT-AP 3), and each data file as a distribution."""
    site = context.site
    url = site["url"]
    book = {
        "@id": f"{url}about/index.html#book",
        "@type": "foaf:Agent",
        "foaf:name": context.book.get("imprint", {}).get("publisher") or site["name"],
    }
    day = {"dct:modified": {"@value": site["day"], "@type": "xsd:date"}} if site["day"] else {}
    licence = {"@id": LICENSE, "@type": "dct:LicenseDocument"}
    spoken = {"@id": LANGUAGE, "@type": "dct:LinguisticSystem", "skos:inScheme": {"@id": LANGUAGE.rpartition("/")[0]}}
    said = {
        "dct:title": _english(site["name"]),
        "dct:description": _english(f"{site['description']} {NOTE}"),
        "dct:publisher": {"@id": book["@id"]},
    }
    dataset = {
        "@id": f"{url}data.html#dataset", "@type": "dcat:Dataset", **said, **day, "dct:identifier": url, "owl:versionInfo": site["version"], "dct:language": {"@id": LANGUAGE},
        "dct:accessRights": {"@id": RIGHTS, "@type": "dct:RightsStatement", "skos:inScheme": {"@id": RIGHTS.rpartition("/")[0]}}, "dcat:landingPage": {"@id": f"{url}data.html", "@type": "foaf:Document"},
        "dcat:keyword": [_english(each) for each in KEYWORDS], "dcat:distribution": [_distribution(url, row) for row in rows],
    }  # fmt: skip
    catalog = {
        "@id": f"{url}data.html#catalog", "@type": "dcat:Catalog", **said, **day, "dct:license": {"@id": LICENSE}, "dct:language": {"@id": LANGUAGE},
        "foaf:homepage": {"@id": url, "@type": "foaf:Document"}, "dcat:dataset": {"@id": dataset["@id"]},
    }  # fmt: skip
    return {"@context": PREFIXES, "@graph": [book, licence, spoken, catalog, dataset]}


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _distribution(url: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A file: its address serves as its name, too."""
    address = f"{url}{row['path']}"
    sum = {
        "@id": f"{address}#sha256", "@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
        "spdx:checksumValue": {"@value": row["sha256"], "@type": "xsd:hexBinary"},
    }  # fmt: skip
    return {
        "@id": f"{address}#file", "@type": "dcat:Distribution", "dct:title": _english(row["path"]), "dcat:accessURL": {"@id": address, "@type": "http://www.w3.org/2000/01/rdf-schema#Resource"},
        "dcat:downloadURL": {"@id": address}, "dct:license": {"@id": LICENSE}, "dcat:mediaType": {"@id": IANA + row["media_type"], "@type": "dct:MediaType"},
        "dcat:byteSize": {"@value": str(row["bytes"]), "@type": "xsd:nonNegativeInteger"}, "spdx:checksum": sum,
    }  # fmt: skip
