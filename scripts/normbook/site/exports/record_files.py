"""The other formats of a record's page: JSON, YAML, JSON-LD and Markdown; for a source also its readings, edition and annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from normbook.records.model import Record
from normbook.records.types import FOLDERS
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import READINGS, of_source, shown
from normbook.site.exports.linked_data import linked
from normbook.site.exports.markdown import markdown, moved
from normbook.site.exports.record_json import in_json, record_json
from normbook.site.exports.tei import tei
from normbook.site.page import Page
from normbook.site.places import pictures

MODELINE = re.compile(r"\A(# yaml-language-server: \$schema=)(?:\.\./)+schema/")
# suffix, name on the page, media type, in the order of the page
ALTERNATES = (
    ("json", "JSON", "application/json"),
    ("yaml", "YAML", "application/yaml"),
    ("jsonld", "JSON-LD", "application/ld+json"),
    ("md", "Markdown", "text/markdown"),
)
OF_SOURCES = (("tei.xml", "TEI", "application/tei+xml"), ("annotations.jsonld", "Web Annotations", "application/ld+json"))
OF_TEXTS = tuple((f"{reading}.txt", f"text as {reading}", "text/plain") for reading in READINGS)


def alternates(context: RenderContext, id: str) -> list[dict[str, str]]:
    """The other formats of a record's page: path relative to the site's root, name, and media type."""
    stem = context.url(id).removesuffix(".html")
    forms = [*ALTERNATES, *(OF_SOURCES if id in context.readings else ()), *(OF_TEXTS if _is_whole(context, id) else ())]
    return [{"path": f"{stem}.{ending}", "name": name, "type": kind} for ending, name, kind in forms if ending not in context.without]


def _is_whole(context: RenderContext, id: str) -> bool:
    return id in context.readings and context.graph.get(id, "/rights/full_text") == "publish"


def other_formats(context: RenderContext, id: str, page: Page | None = None) -> Iterator[tuple[str, str | bytes]]:
    """The files with other formats of a record's page, and the pictures that it shows: paths and contents. `page` is that page, if it has been made already."""
    stem = context.url(id).removesuffix(".html")
    record = context.graph.records[id]
    yield f"{stem}.json", record_json(context, id)
    yield f"{stem}.yaml", authored(record, context.site["url"])
    yield f"{stem}.jsonld", as_json(linked(context, id))
    if "md" not in context.without:
        yield f"{stem}.md", markdown(context, id)
    if id in context.readings:
        yield f"{stem}.tei.xml", tei(context, id, page)
        yield f"{stem}.annotations.jsonld", as_json(of_source(context, id))
        yield from pictures(context, id)
    if _is_whole(context, id):
        readings = context.readings[id]
        for reading, text in zip(READINGS, (readings.received.text, readings.cleaned.text, readings.corrected), strict=True):
            yield f"{stem}.{reading}.txt", shown(text)


def moved_files(context: RenderContext) -> Iterator[tuple[str, str]]:
    """For each record that was moved or divided, a file in each form of its old address, and one list of all; paths and contents."""
    url, rows = context.site["url"], []
    for each in context.redirects:
        targets = [id for id in each["to"] if id in context.graph.briefs]
        if not targets:
            continue
        folder = FOLDERS[context.graph.briefs[targets[0]].type]
        to = [{"id": id, "page": url + context.url(id), "json": f"{url}data/records/{id}.json"} for id in targets]
        said = {"id": each["from"], "moved_to": to} | ({"reason": each["reason"]} if "reason" in each else {})
        rows.append(said)
        stem = f"{folder}/{each['from']}"
        replaced = [{"@id": f"{row['page']}#record"} for row in to]
        linked = {
            "@context": {"dcterms": "http://purl.org/dc/terms/"},
            "@id": f"{url}{stem}.html#record",
            "dcterms:isReplacedBy": replaced[0] if len(replaced) == 1 else replaced,
        }
        yield f"{stem}.json", as_json(said)
        yield f"data/records/{each['from']}.json", as_json(said)
        yield f"{stem}.yaml", as_json(said)  # JSON is YAML
        yield f"{stem}.jsonld", as_json(linked)
        if "md" not in context.without:
            yield f"{stem}.md", moved(context, each["from"], targets, each.get("reason", ""))
    yield "api/redirects.json", as_json({"redirects": rows})


def authored(record: Record, site_url: str) -> str:
    """A record as its editors wrote it, with comments and order. Only the first line differs: it names the published schema."""
    return MODELINE.sub(lambda match: f"{match[1]}{site_url}schema/", "\n".join(record.lines))


def as_json(value: Any) -> str:
    """A value as JSON text on one line, without sorting its keys: Python writes it ten times as fast as on many lines."""
    return in_json(value) + "\n"
