"""What the form for proposing a change loads: files as editors wrote them, schemas, ids, and the texts that quotations are compared with.

Each file is a script that hands over one value, since a script also loads from a file:// address.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from normbook.extraction.dates.calendar import days_in
from normbook.graph.evidence import limits
from normbook.graph.graph import Brief
from normbook.graph.support.lexicon import contractions
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED, TYPES
from normbook.site.context import RenderContext
from normbook.site.exports.proposal_words import numbers, patterns, shared
from normbook.text.lines import DROPPED

FOLDER = "propose/"
FORMS = (*PUBLISHED, "correction")  # the types whose records can be proposed
SENTENCES = ("sent", "headline", "heading")  # segments that can support a value
NAMING = frozenset({"names", "demonyms", "offices"})
ABOUT_SOURCE = ("published", "updated", "dateline", "reports", "speakers")
ANNOTATIONS = ("description", "examples", "title", "$schema")


def given(kind: str, name: str, value: Any) -> str:
    """A script that hands over a value under a name.

    >>> given("ids", "theme", [["tides", "Tides <1>"]])
    'normbookGiven("ids","theme",[["tides","Tides \\\\u003c1>"]]);\\n'
    """
    return f"normbookGiven({','.join(map(_json, (kind, name, value)))});\n"


def _json(value: Any) -> str:
    """A value as JSON that cannot end a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def record_script(record: Record) -> tuple[str, str]:
    """The file of a record as it is in the repository, with the path of its script."""
    value = {"path": record.path, "text": "\n".join(record.lines)}
    return f"{FOLDER}records/{FOLDERS[record.type]}/{record.id}.js", given("file", f"{record.type} {record.id}", value)


def text_script(context: RenderContext, source: str) -> tuple[str, str]:
    """The readings of a source that quotations are compared with, and what a quotation may not cut or span; empty texts where the source is not published."""
    readings = context.readings[source]
    pieces, removed = limits(readings)
    dropped = [(edit.start, edit.end) for edit in readings.cleaned.ledger.edits if not DROPPED.isdisjoint(edit.rules)]
    sentences = [(each.start, each.end) for each in readings.segmented.segments if each.kind in SENTENCES]
    points = [
        (point.marker, point.end, point.number or number)
        for _, enumeration in readings.segmented.lists
        for number, point in enumerate(enumeration.points, 1)
    ]
    fields = context.graph.records[source].fields
    own = {key: fields[key] for key in ABOUT_SOURCE if key in fields}
    stated = sorted({day.stated.isoformat() for day in days_in(readings.received.text) if day.stated})
    value = {
        "cleaned": readings.cleaned.text, "received": readings.received.text, "pieces": pieces, "removed": removed, "dropped": dropped,
        "sentences": sentences, "points": points, "days": stated, "fields": own,
    }  # fmt: skip
    is_whole = context.graph.get(source, "/rights/full_text") == "publish"
    return f"{FOLDER}texts/{source}.js", given("text", source, value if is_whole else None)


def id_scripts(context: RenderContext) -> Iterator[tuple[str, str]]:
    """The ids and titles of the records of each type, and the names of those that quoted words can name, with the path of their script."""
    for type in PUBLISHED:
        yield ids_path(type), given("ids", type, [_known(context, each) for each in context.graph.of_type(type)])


def ids_path(type: str) -> str:
    """The path of the script with the ids of a type."""
    return f"{FOLDER}ids/{type}.js"


def ids_again(context: RenderContext, text: str, ids: Iterable[str]) -> str:
    """A script of ids with the rows of some records made again."""
    for id in ids:
        start = next(
            match.start() for match in re.finditer(re.escape(f'["{id}",'), text) if text[match.start() - 1] in ",["
        )  # no list of names
        _, end = json.JSONDecoder().raw_decode(text, start)
        text = text[:start] + _json(_known(context, context.graph.briefs[id])) + text[end:]
    return text


def _known(context: RenderContext, brief: Brief) -> list[Any]:
    """A record of a script of ids."""
    has_names = not NAMING.isdisjoint(context.schemas.properties(brief.type))
    return [brief.id, brief.title, *([named(context.graph.records[brief.id])] if has_names else [])]


def named(record: Record) -> dict[str, Any]:
    """Under what names a record is known and of what kind it is, as far as quoted words are compared with it."""
    found = {key: record.fields[key] for key in ("kind",) if key in record.fields}
    for key, part in (("names", "text"), ("demonyms", "text"), ("offices", "title")):
        if key in record.fields:
            found[key] = [each[part] for each in record.fields[key]]
    if record.type == "event" and "date" in record.fields:
        found["date"] = record.fields["date"]["value"]
    return found


def schema_scripts(schemas: Schemas, compiled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The schema of each type with what all types share, with the path of its script; `compiled` has the digests of the compiled schemas."""
    for type in FORMS:
        document = schemas.documents[type]
        value = {
            "schema": document, "keys": list(schemas.properties(type)), "folder": FOLDERS[type], "types": {each: FOLDERS[each] for each in TYPES},
            "common": _common(schemas, type), "compiled": is_compiled(schemas, type, compiled),
        }  # fmt: skip
        yield f"{FOLDER}schemas/{type}.js", given("schema", type, value)


def word_scripts() -> Iterator[tuple[str, str]]:
    """The words of the languages with which quoted words are read, as patterns for JavaScript and as numbers, with the path of their script."""
    short, parts = shared(patterns())
    yield (
        f"{FOLDER}words.js",
        given("words", "patterns", short)
        + given("words", "parts", parts)
        + given("words", "numbers", numbers())
        + given("words", "contractions", contractions()),
    )


def description_scripts(
    schemas: Schemas, descriptions: Mapping[str, Mapping[str, str]], used: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str]]:
    """What the fields of each type mean in each of the other languages, with the path of its script; `used` has the descriptions by type.

    The meanings stand in the order in which the script of the schema has the descriptions, each once; 0 stands for one that is not shown.
    """
    for code, translated in descriptions.items():
        for type, own in used.items():
            ordered = dict.fromkeys((*_told(schemas.documents[type]), *_told(_common(schemas, type))))
            value = [translated.get(each, 0) if each in own else 0 for each in ordered]
            yield f"{FOLDER}descriptions/{code}/{type}.js", given("descriptions", f"{code} {type}", value)


def _common(schemas: Schemas, type: str) -> dict[str, Any]:
    """What all types share, as far as a type refers to it."""
    common, found = schemas.documents["common"]["$defs"], {"record"}
    wanted = [schemas.documents[type], common["record"]]
    while wanted:
        new = {ref.rpartition("/")[2] for ref in _references(wanted.pop())} & common.keys() - found
        wanted += [common[name] for name in new]
        found |= new
    return {name: each for name, each in common.items() if name in found}


def _references(value: Any) -> Iterator[str]:
    for key, each in value.items() if isinstance(value, Mapping) else enumerate(value):
        if key == "$ref":
            yield each
        elif isinstance(each, (Mapping, list)):
            yield from _references(each)


def _told(value: Any) -> Iterator[str]:
    """The descriptions in a schema, in their order."""
    for key, each in value.items() if isinstance(value, Mapping) else enumerate(value):
        if key == "description" and isinstance(each, str):
            yield each
        elif isinstance(each, (Mapping, list)):
            yield from _told(each)


def is_compiled(schemas: Schemas, type: str, compiled: Mapping[str, str]) -> bool:
    """Whether the validator of a type was compiled from the schema as it now is: digests by the path of the schema."""
    return all(compiled.get(f"schema/{name}.schema.json") == digest(name, schemas.documents[name]) for name in ("common", type))


def digest(name: str, document: Mapping[str, Any]) -> str:
    """The SHA-256 of what a schema says about validity, the same as that of tools/forms/bundle.mjs."""
    text = json.dumps({**_lean(document), "$id": f"{name}.schema.json"}, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _lean(value: Any, names: bool = False) -> Any:
    """A schema without its annotations; keys of a mapping of names are kept."""
    if isinstance(value, list):
        return [_lean(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: each for key, each in value.items() if names or not (key in ANNOTATIONS or key.startswith("x-"))}
    return {key: _lean(each, not names and key in ("properties", "$defs")) for key, each in kept.items()}
