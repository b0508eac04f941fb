"""What stands beside the page of a record: the record as JSON, YAML and JSON-LD; of a source also its readings, its edition and its annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from normbook.records.model import Record
from normbook.site.context import RenderContext
from normbook.site.exports.annotations import READINGS, of_source, shown
from normbook.site.exports.linked_data import linked
from normbook.site.exports.record_json import record_json
from normbook.site.exports.tei import tei

MODELINE = re.compile(r"\A(# yaml-language-server: \$schema=)(?:\.\./)+schema/")
# ending, name on the page, media type: in the order in which a page lists them
ALTERNATES = (("json", "JSON", "application/json"), ("yaml", "YAML", "application/yaml"), ("jsonld", "JSON-LD", "application/ld+json"))
OF_SOURCES = (("tei.xml", "TEI", "application/tei+xml"), ("annotations.jsonld", "Web Annotations", "application/ld+json"))
OF_TEXTS = tuple((f"{reading}.txt", f"text as {reading}", "text/plain") for reading in READINGS)


def alternates(context: RenderContext, id: str) -> list[dict[str, str]]:
    """The other forms of a record's page: path from the site's root, name and media type."""
    stem = context.url(id).removesuffix(".html")
    forms = [*ALTERNATES, *(OF_SOURCES if id in context.readings else ()), *(OF_TEXTS if _is_whole(context, id) else ())]
    return [{"path": f"{stem}.{ending}", "name": name, "type": kind} for ending, name, kind in forms]


def _is_whole(context: RenderContext, id: str) -> bool:
    return id in context.readings and context.graph.get(id, "/rights/full_text") == "publish"


def files_beside(context: RenderContext, id: str) -> Iterator[tuple[str, str]]:
    """Each file beside the page of a record: its path and its content."""
    stem = context.url(id).removesuffix(".html")
    record = context.graph.records[id]
    yield f"{stem}.json", record_json(context, id)
    yield f"{stem}.yaml", authored(record, context.site["url"])
    yield f"{stem}.jsonld", as_json(linked(context, id))
    if id in context.readings:
        yield f"{stem}.tei.xml", tei(context, id)
        yield f"{stem}.annotations.jsonld", as_json(of_source(context, id))
    if _is_whole(context, id):
        readings = context.readings[id]
        for reading, text in zip(READINGS, (readings.received.text, readings.cleaned.text, readings.corrected), strict=True):
            yield f"{stem}.{reading}.txt", shown(text)


def authored(record: Record, site_url: str) -> str:
    """A record as its editors wrote it, comments and order kept; only the first line names the schema where it is published."""
    return MODELINE.sub(lambda match: f"{match[1]}{site_url}schema/", "\n".join(record.lines))


def as_json(value: Any) -> str:
    """A value as JSON text, its keys in the order given."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
