"""The static API: lists of records, and an OpenAPI description of every published data file."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any

from normbook.graph.graph import Brief
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import RenderContext

TYPES = {folder: type for type, folder in FOLDERS.items()}
MEDIA = {
    "json": "application/json", "jsonl": "application/jsonl", "jsonld": "application/ld+json", "geojson": "application/geo+json", "xml": "application/xml",
    "csv": "text/csv", "tsv": "text/tab-separated-values", "yaml": "application/yaml", "ttl": "text/turtle", "nq": "application/n-quads", "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet", "db": "application/vnd.sqlite3", "sqlite": "application/vnd.sqlite3", "gz": "application/gzip", "rng": "application/relax-ng+xml", "md": "text/markdown",
}  # fmt: skip
BINARY = ("zip", "parquet", "db", "sqlite", "gz")
NOT_FOR_MACHINES = ("assets/", "cards/", "search/", "propose/", "releases/", "nginx")
# a pattern of addresses, a summary, and the schema of the response, by its name in COMPONENTS
ANSWERS: tuple[tuple[str, str, str], ...] = (
    (r"api/index\.json", "Where to begin: the version of the data and the list of each type", "Index"),
    (r"api/redirects\.json", "Where records that were moved or divided are found now", "Redirects"),
    (r"api/.*\.json", "The records of a type: id, title and addresses", "List"),
    (r"data/manifest\.json", "The version of the data; the path, size and SHA-256 of each file for bulk use", "Manifest"),
    (r"data/texts/.*\.json", "The cleaned text of a source, with the ledger that turns it back into what was received", "Text"),
    (r"data/.*\.jsonl", "All records of a type, one JSON object a line", ""),
    (r"schema/.*\.json", "A JSON Schema (2020-12)", "Schema"),
    (r"feed\.xml", "The records that changed last (Atom)", ""),
    (r".*\.atom\.xml", "The records about one record that changed last (Atom)", ""),
)
TAGS = {
    "lists": "Where to begin: the records of each type.",
    "records": "One record or one source in one form.",
    "schemas": "The schemas of the records.",
    "bulk": "Everything in one file.",
}
WORDS = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
ADDRESS = {"type": "string", "format": "uri"}


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _rows(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": _closed(**properties)}


COMPONENTS: Mapping[str, Mapping[str, Any]] = {
    "Index": _closed(
        name=WORDS, version=WORDS, site=ADDRESS, openapi=ADDRESS, manifest=ADDRESS,
        lists=_rows(type=WORDS, count=COUNT, list=ADDRESS, lines=ADDRESS, schema=ADDRESS),
    ),
    "List": _closed(type=WORDS, count=COUNT, records=_rows(id=WORDS, title=WORDS, page=ADDRESS, json=ADDRESS)),
    "Redirects": _closed(redirects=_rows(id=WORDS, moved_to=_rows(id=WORDS, page=ADDRESS, json=ADDRESS))),
    "Manifest": _closed(version=WORDS, files=_rows(path=WORDS, bytes=COUNT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"})),
    "Text": _closed(
        source=WORDS, sha256=WORDS, swhid=WORDS, encoding=WORDS, text=WORDS,
        edits=_rows(start=COUNT, end=COUNT, raw=WORDS, new=WORDS, rules={"type": "array", "items": WORDS}),
    ),
    "Schema": {"type": "object", "required": ["$schema", "$id"]},
}  # fmt: skip


def lists(context: RenderContext, types: Collection[str] = PUBLISHED) -> Iterator[tuple[str, str]]:
    """The list of records of each type that has any, with its path."""
    for type in types:
        if type in PUBLISHED and context.graph.of_type(type):
            rows = [_row(_listed(context, each)) for each in context.graph.of_type(type)]
            whole = _text({"type": type, "count": len(rows), "records": []})
            yield f"api/{FOLDERS[type]}.json", whole.replace("[]", "[\n" + ",\n".join(rows) + "\n ]")


def list_again(context: RenderContext, text: str, ids: Iterable[str]) -> str:
    """The list of a type with the rows of some of its records made again."""
    for id in ids:
        start = text.index(f'  {{\n   "id": {encode_basestring(id)},\n')
        end = text.index("\n  }", start) + len("\n  }")
        text = text[:start] + _row(_listed(context, context.graph.briefs[id])) + text[end:]
    return text


def _listed(context: RenderContext, brief: Brief) -> dict[str, str]:
    """A record of a list."""
    url = context.site["url"]
    return {"id": brief.id, "title": brief.title, "page": url + context.url(brief.id), "json": f"{url}data/records/{brief.id}.json"}


def _row(row: Mapping[str, str]) -> str:
    """A record of a list as `_text` writes it, in a third of its time.

    >>> _row({"id": "a"}) in _text({"records": [{"id": "a"}]})
    True
    """
    return "  {\n" + ",\n".join(f"   {encode_basestring(key)}: {encode_basestring(value)}" for key, value in row.items()) + "\n  }"


def index(context: RenderContext) -> tuple[str, str]:
    """The index of the API, with its path."""
    url = context.site["url"]
    rows = [
        {
            "type": type, "count": context.graph.number_of(type), "list": f"{url}api/{folder}.json", "lines": f"{url}data/{folder}.jsonl",
            "schema": f"{url}schema/{type}.schema.json",
        }
        for type, folder in FOLDERS.items()
        if type in PUBLISHED and context.graph.number_of(type)
    ]  # fmt: skip
    head = {"name": context.site["name"], "version": context.site["version"], "site": url}
    return "api/index.json", _text({**head, "openapi": f"{url}openapi.json", "manifest": f"{url}data/manifest.json", "lists": rows})


def template(path: str, ids: Collection[str]) -> str:
    """The address template of a path, with `{id}` for the id of a record.

    >>> template("principles/gids-3.annotations.jsonld", {"gids-3"}), template("data/principles.jsonl", {"gids-3"})
    ('principles/{id}.annotations.jsonld', 'data/principles.jsonl')
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.partition(".")
    return f"{folder}{slash}{{id}}{dot}{suffix}" if stem in ids else path


def addresses(paths: Iterable[str], ids: Collection[str]) -> tuple[str, ...]:
    """The addresses that a release guarantees: all except assets, further parts of long lists, and comparisons of pairs of initiatives."""
    kept = (
        path
        for path in paths
        if not path.startswith(("assets/", "search/", "propose/", "releases/", "nginx", "_", ".")) and "compare" not in path.split("/")[:-1]
    )
    return tuple(sorted({template(path, ids) for path in kept if not re.search(r"-\d+\.html$", path) or template(path, ids) != path}))


def component(name: str, pointer: str = "") -> str:
    """The name of a schema, or of a part of it, among the components of the description.

    >>> component("principle"), component("common", "/$defs/text-reference")
    ('Principle', 'CommonTextReference')
    """
    return "".join(part.capitalize() for part in re.split(r"[^0-9A-Za-z]+", f"{name} {pointer.removeprefix('/$defs/')}") if part)


def components(schemas: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The published schemas as components, so that the description needs no other file; `schemas` are their paths and texts."""
    found: dict[str, Any] = dict(COMPONENTS)
    for path, text in schemas:
        document, name = json.loads(text), path.rpartition("/")[2].removesuffix(".schema.json")
        parts = document.pop("$defs", {})
        document = {key: value for key, value in document.items() if key not in ("$schema", "$id")}
        if document.get("properties") or document.get("allOf") or "$ref" in document:
            found[component(name)] = _within(document, name)
        found |= {component(name, part): _within(value, name) for part, value in parts.items()}
    return dict(sorted(_named(found).items()))


def _named(found: Mapping[str, Any]) -> dict[str, Any]:
    """The components, with each object inside one of them as a component of its own.

    A generator of clients makes a class of each object. One without a name, in a schema that others extend, would be made twice under one name.
    """
    made: dict[str, Any] = {}

    def put(name: str, schema: Mapping[str, Any]) -> str:
        taken = made.keys() | found.keys()
        own = next(each for each in (name, *(f"{name}{number}" for number in range(2, 100))) if each not in taken)
        made[own] = None  # holds the name
        made[own] = inside(schema, own)
        return f"#/components/schemas/{own}"

    def inside(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
        properties = {key: value(each, name + component(key)) for key, each in schema.get("properties", {}).items()}
        whole = (
            dict(schema)
            | ({"properties": properties} if properties else {})
            | ({"items": value(schema["items"], f"{name}Item")} if "items" in schema else {})
        )
        return whole | ({"allOf": [inside(each, name) for each in schema["allOf"]]} if "allOf" in schema else {})

    def value(schema: Any, name: str) -> Any:
        if isinstance(schema, dict) and schema.get("type") == "object" and "properties" in schema:
            return {"$ref": put(name, schema)}
        return inside(schema, name) if isinstance(schema, dict) and "items" in schema else schema

    for name, schema in found.items():
        made[name] = schema if name in COMPONENTS else inside(schema, name)
    return made


def _within(schema: Any, name: str) -> Any:
    """A schema whose references lead to components."""
    if isinstance(schema, list):
        return [_within(each, name) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _within(each, name) for key, each in schema.items() if not key.startswith("x-")}
    if isinstance(reference := schema.get("$ref"), str):
        file, _, pointer = reference.partition("#")
        made["$ref"] = f"#/components/schemas/{component(file.rpartition('/')[2].removesuffix('.schema.json') or name, pointer)}"
    return made


def openapi(site: Mapping[str, str], paths: Iterable[str], types: Mapping[str, str], schemas: Iterable[tuple[str, str]]) -> str:
    """The OpenAPI 3.1 description of the data files among these paths, in one file.

    `types` gives the type of each id, `schemas` the published schemas by path.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        if _is_for_machines(path):
            address = template(path, types)
            found.setdefault(address, []).append(path.rpartition("/")[2].partition(".")[0] if address != path else "")
    return _text(
        {
            "openapi": "3.1.0",
            "info": {
                "title": f"{site['name']}: the records as files", "version": site["version"], "license": {"name": "CC0-1.0", "identifier": "CC0-1.0"},
                "description": "Every answer is a file of the site. There are no queries, no keys and no limits. The texts of the sources remain their holders'.",
            },
            "servers": [{"url": site["url"].rstrip("/")}],
            "security": [],
            "tags": [{"name": name, "description": said} for name, said in TAGS.items()],
            "paths": {f"/{address}": {"get": _operation(address, ids, types)} for address, ids in sorted(found.items())},
            "components": {"schemas": components(schemas)},
        }
    )  # fmt: skip


def _is_for_machines(path: str) -> bool:
    own = ("openapi.json", "sitemap.xml", "sitemap.xml.gz")
    translated = path.endswith(".atom.xml") and path.count("/") > 1  # the same feed in another language
    return path.rpartition(".")[2] in MEDIA and not path.startswith(NOT_FOR_MACHINES) and path not in own and not translated


def amended(description: str, gone: Iterable[str], added: Iterable[str], types: Mapping[str, str]) -> str:
    """The description with some files removed and added, as if built with them: bulk exports come and go independently of builds."""
    said = json.loads(description)
    for path in gone:
        said["paths"].pop(f"/{path}", None)
    for path in filter(_is_for_machines, added):
        said["paths"][f"/{path}"] = {"get": _operation(path, [""], types)}
    return _text(said | {"paths": dict(sorted(said["paths"].items()))})


def _operation(address: str, ids: list[str], types: Mapping[str, str]) -> dict[str, Any]:
    suffix = address.rpartition(".")[2]
    summary, schema = _answer(address, suffix, [types[id] for id in ids if id])
    made: dict[str, Any] = {"operationId": re.sub(r"\W+", "_", address).strip("_"), "summary": summary, "tags": [_tag(address)]}
    if "{id}" in address:
        made["parameters"] = [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "schema": {"$ref": f"#/components/schemas/{component('common', 'id')}"},
                "example": ids[0],
            }
        ]
    answer = {"description": "The file.", "content": {MEDIA[suffix]: {"schema": schema}}}
    made["responses"] = {"200": answer, **({"404": {"description": "No record has this id."}} if "{id}" in address else {})}
    return made


def _tag(address: str) -> str:
    """The group of an address.

    >>> _tag("principles/{id}.jsonld"), _tag("api/index.json"), _tag("schema/theme.schema.json"), _tag("data/normbook.nq")
    ('records', 'lists', 'schemas', 'bulk')
    """
    return (
        "records"
        if "{id}" in address
        else "lists"
        if address.startswith("api/")
        else "schemas"
        if address.startswith("schema/")
        else "bulk"
    )


def _answer(address: str, suffix: str, types: list[str]) -> tuple[str, dict[str, Any]]:
    """The summary of an address, and the schema of its content."""
    for pattern, summary, answer in ANSWERS:
        if re.fullmatch(pattern, address):
            return summary, {"$ref": f"#/components/schemas/{answer}"} if answer else WORDS
    kind = MEDIA[suffix].rpartition("/")[2]
    if address.endswith("{id}.json"):
        references = [{"$ref": f"#/components/schemas/{component(type)}"} for type in dict.fromkeys(types)]
        return "One record: its fields as authored, with its type and the address of its page", references[0] if len(references) == 1 else {"anyOf": references}  # fmt: skip
    of = f"One record as {kind}" if "{id}" in address else f"{address.rpartition('/')[2]}, for bulk use ({kind})"
    return of, {} if suffix in BINARY else {"anyOf": [{"type": "object"}, {"type": "array", "items": {}}]} if suffix in (
        "json",
        "jsonld",
    ) else WORDS


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
