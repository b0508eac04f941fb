"""What the form for proposing a change loads: files as editors wrote them, schemas, ids, and the texts that quotations are compared with.

Each file is a script that hands over one value, since a script also loads from a file:// address.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from normbook.graph.evidence import limits
from normbook.graph.support.lexicon import pattern
from normbook.graph.support.modality import CLASSES
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, PUBLISHED, TYPES
from normbook.site.context import RenderContext
from normbook.text.lines import DROPPED

FOLDER = "propose/"
FORMS = (*PUBLISHED, "correction")  # the types whose records can be proposed
SENTENCES = ("sent", "headline", "heading")  # segments that can support a value
WORD, CLASS = r"[\p{L}\p{N}_]", r"\p{L}\p{N}_"  # what \w matches in Python, for JavaScript
ANNOTATIONS = ("description", "examples", "title", "$schema")


def given(kind: str, name: str, value: Any) -> str:
    """A script that hands over a value under a name.

    >>> given("ids", "theme", [["tides", "Tides <1>"]])
    'normbookGiven("ids","theme",[["tides","Tides \\\\u003c1>"]]);\\n'
    """
    text = ",".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in (kind, name, value))
    return f"normbookGiven({text});\n".replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


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
    value = {
        "cleaned": readings.cleaned.text, "received": readings.received.text, "pieces": pieces, "removed": removed, "dropped": dropped,
        "sentences": sentences,
    }  # fmt: skip
    is_whole = context.graph.get(source, "/rights/full_text") == "publish"
    return f"{FOLDER}texts/{source}.js", given("text", source, value if is_whole else None)


def id_scripts(context: RenderContext, types: Collection[str] = PUBLISHED) -> Iterator[tuple[str, str]]:
    """The ids and titles of the records of each type, with the path of their script."""
    for type in PUBLISHED:
        if type in types:
            rows = [[each.id, each.title] for each in context.graph.of_type(type)]
            yield f"{FOLDER}ids/{type}.js", given("ids", type, rows)


def schema_scripts(schemas: Schemas, compiled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The schema of each type with what all types share, with the path of its script; `compiled` has the digests of the compiled schemas."""
    common = schemas.documents["common"]["$defs"]
    for type in FORMS:
        document = schemas.documents[type]
        value = {
            "schema": document, "keys": list(schemas.properties(type)), "folder": FOLDERS[type], "types": {each: FOLDERS[each] for each in TYPES},
            "common": common, "compiled": is_compiled(schemas, type, compiled),
        }  # fmt: skip
        yield f"{FOLDER}schemas/{type}.js", given("schema", type, value)


def word_script() -> tuple[str, str]:
    """The words of the languages for how strongly a text binds, as patterns for JavaScript, with the path of the script."""
    keys = (*CLASSES, "modality.not-negating", "modality.negated-subjects")
    return f"{FOLDER}words.js", given("words", "modality", {key.partition(".")[2]: in_javascript(pattern(key).pattern) for key in keys})


def in_javascript(source: str) -> str:
    """A pattern of Python as one that JavaScript reads with the flag `u`, with the same meaning of a letter.

    >>> in_javascript(r"(?<![\\w-])(?:may\\ not|\\w+)")
    '(?<![\\\\p{L}\\\\p{N}_-])(?:may not|[\\\\p{L}\\\\p{N}_]+)'
    """
    source = re.sub(r"\\([ '\"#&~,;:<>=!@%`-])", r"\1", source)
    return source.replace(r"[\w-]", f"[{CLASS}-]").replace(r"\w", WORD)


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
