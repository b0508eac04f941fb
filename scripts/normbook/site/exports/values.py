"""The table of values: each value of each record with the evidence that supports it. Other projects call such a row a statement."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from normbook.graph.claims import claims
from normbook.records.model import Evidence, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.exports.tables import ID, POINTER, RECORD, Column, Row, Table

VALUES = Table(
    "record_values",
    "One row for each value of a record and each piece of evidence that supports it. Values that need no evidence have one row without it.",
    (
        ID._replace(words="A digest of what the row says."),
        RECORD,
        Column("type", (), "string", "", True, "The record's type."),
        POINTER._replace(words="Where the value stands in the record (JSON Pointer)."),
        Column("value", (), "string", "", True, "The value."),
        Column("lang", (), "string", "", False, "The language of the value, where the record names it."),
        Column("borne_by", (), "string", "", False, "quotation, outside or none for a claim; empty for values that need no evidence."),
        Column("evidence", (), "string", "evidence", False, "The piece of evidence."),
        Column("source", (), "string", "sources", False, "The source that contains the words."),
        Column("exact", (), "string", "", False, "The quoted words, or the paraphrase of an outside page."),
        Column("speaker", (), "string", "", False, "Whose words they are; unnamed if the source names no speaker."),
        Column("stance", (), "string", "", False, "What the speaker does with the words: a denied one is no assertion."),
        Column("role", (), "string", "", False, "What the words do for the value."),
        Column("url", (), "string", "", False, "The address of the outside page."),
        Column("dataset_version", (), "string", "", True, "The version of the data that the row is of."),
    ),
)


def value_rows(context: RenderContext, record: Record, version: str) -> Iterator[Row]:
    """The rows of one record, in the order of the record."""
    borne = claims(record, context.schemas).evidence
    for pointer, value, lang in _leaves(record.fields, ""):
        claim = pointer
        while claim and claim not in borne:
            claim = claim.rpartition("/")[0]
        for each in borne.get(claim, ()) or (None,):
            said = _said(record, each) if each else ("none" if claim else None, *(None,) * 7)
            digest = hashlib.sha256("\n".join((record.id, pointer, value, each.pointer if each else "")).encode()).hexdigest()[:40]
            yield (digest, record.id, record.type, pointer, value, lang, *said, version)


def _said(record: Record, evidence: Evidence) -> Row:
    """A piece of evidence as the cells from `borne_by` to `url`."""
    what, name = evidence.what, f"{record.id}#{evidence.pointer}"
    if isinstance(what, Quotation):
        return "quotation", name, what.source, what.exact, what.speaker, what.stance, what.role, None
    return "outside", name, None, what.paraphrase, None, None, None, what.url


def _leaves(value: Any, pointer: str, lang: str | None = None) -> Iterator[tuple[str, str, str | None]]:
    """Each string, number and boolean of a record outside its evidence: its JSON Pointer, its value as in JSON, and its language if the record states one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "evidence":
                yield from _leaves(inner, f"{pointer}/{key}", value.get("lang") if key == "text" else None)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{pointer}/{number}")
    elif value is not None:
        yield pointer, value if isinstance(value, str) else json.dumps(value), lang
