"""What a source's page needs so that its reader can pick a quotation: the text between its lines, what a quotation may not cut, and who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.extraction.reported import find_reported
from normbook.extraction.speakers import find_speakers
from normbook.graph.evidence import limits
from normbook.records.model import Evidence, Quotation, Record
from normbook.records.schema import Schemas
from normbook.site.context import RenderContext
from normbook.site.pages.reports import evidence_in, spoken

OFFERED = ("speech", "stance", "role")  # keys of a quotation that are chosen from a list
CHOSEN = ("category", "certainty")  # likewise those of a correction


def picking(context: RenderContext, record: Record) -> dict[str, Any]:
    """What the script knows, and the choices, of the quotation picker; {} unless the full text is published, since a quotation is unique only in all of it."""
    if record.fields["rights"]["full_text"] != "publish":
        return {}
    readings = context.readings[record.id]
    quoted = evidence_in(context, record.id)
    pieces, removed = limits(readings)
    corrections = context.corrections.get(record.id)
    said = sorted({row for start, end, id, each in quoted for row in _said(start, end, id, each)})
    actors = sorted({speaker["actor"] for speaker in record.fields.get("speakers", ()) if speaker.get("actor")})
    quotation, wording = (context.schemas.resolve({"$ref": f"common.schema.json#/$defs/{name}"}) for name in ("quotation", "wording"))
    values = {
        "source": record.id, "length": len(readings.cleaned.text), "between": list(_between(readings)), "pieces": pieces, "removed": removed,
        "longest": wording["maxLength"],
        "said": said, "reported": list(_reported(readings, record.fields.get("speakers", ()))), "actors": actors, "speech": list(_speech(readings, quoted)), "corrections": None if corrections is None else sorted(corrections),
        "taken": [(edit.start, edit.end) for edit in readings.corrections.edits],
    }  # fmt: skip
    entry = context.schemas.properties("correction")["corrections"]["items"]
    return {
        "known": values, "speakers": sorted({*actors, *(row[3] for row in said), "unnamed"}), "correctable": corrections is not None,
        "choices": {key: _enum(context.schemas, quotation["properties"][key]) for key in OFFERED}
        | {key: _enum(context.schemas, entry["properties"][key]) for key in CHOSEN},
    }  # fmt: skip


def _enum(schemas: Schemas, schema: Any) -> list[str]:
    return list(schemas.resolve(schema)["enum"])


def _between(readings: Readings) -> Iterator[str]:
    """What the cleaned text has before its first line of words, between two such lines, and after the last."""
    text, at = readings.cleaned.text, 0
    for line in readings.segmented.lines:
        if line.role != "blank":
            yield text[at : line.start]
            at = line.end
    yield text[at:]


def _said(start: int, end: int, id: str, evidence: Evidence) -> Iterator[tuple[int, int, str, str, str, str]]:
    """A quotation that supports a claim: its code points, the record, the speaker, the stance and the form of speech."""
    if isinstance(evidence.what, Quotation) and evidence.what.role == "supports" and not evidence.holder:
        yield start, end, id, evidence.what.speaker, evidence.what.stance, evidence.speech


def _reported(readings: Readings, speakers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, str, str, str]]:
    """What the text gives to one of the source's speakers: its code points, the speaker, the stance and the form of speech."""
    text = readings.cleaned.text
    for each in find_reported(text, readings.segmented.segments, find_speakers(text)):
        actors = {speaker["actor"] for speaker in speakers if speaker.get("actor") and speaker["name"] == each.name}
        if len(actors) == 1 and not each.holder:
            yield each.start, each.end, *actors, each.stance, each.speech


def _speech(readings: Readings, quoted: list[tuple[int, int, str, Evidence]]) -> Iterator[tuple[int, int, str]]:
    """The sentences that have one form of speech, with that form."""
    for each in readings.segmented.segments:
        if each.kind == "sent":
            kinds = spoken(readings.cleaned.text[each.start : each.end], each.start, quoted).kinds
            if len(kinds) == 1:
                yield each.start, each.end, kinds[0]
