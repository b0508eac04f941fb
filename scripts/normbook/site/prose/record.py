"""A record for the terminal and as JSON: its fields, its evidence in context, its links in both directions.

Quotations and statements always have their speaker and stance, so that a denied statement never reads as asserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.graph.evidence import Refusal, resolve
from normbook.graph.graph import Graph
from normbook.records.model import Evidence, Outside, Record
from normbook.records.types import TYPES
from normbook.site.evidence import sentence_around
from normbook.site.prose.terminal import filled
from normbook.site.prose.text import words

NARROWEST = 40
APART = ("id", "title", "status", "evidence")


@dataclass(frozen=True)
class RecordView:
    """A record with the graph and the readings that show it in context."""

    record: Record
    graph: Graph
    readings: Mapping[str, Readings]


def as_object(shown: RecordView) -> dict[str, Any]:
    """The record as JSON values: unescaped texts, offsets in code points of the cleaned reading."""
    record = shown.record
    return {
        "type": record.type, "id": record.id, "title": record.title, "path": record.path, "fields": dict(record.fields),
        "evidence": [_quoted(shown, each) for each in record.evidence],
        "links": [{"relation": name, "id": id, **_brief(shown, id)} for name, id in _links(shown)],
        "named_by": [{"relation": name, "id": id, **_brief(shown, id)} for name, id in _named_by(shown)],
    }  # fmt: skip


def as_lines(shown: RecordView, width: int) -> Iterator[str]:
    """The record as lines of at most `width` columns (at least 40), without control characters."""
    width = max(width, NARROWEST)
    record = shown.record
    said = f", {_manner(shown, record.fields.get('speaker', ''), record.fields['stance'])}" if record.type == "statement" else ""
    yield from filled(f"{record.type} {record.id}{said}: {record.title}", width)
    status = record.fields.get("status") or {}
    yield from filled(
        ", ".join(filter(None, (status.get(key, "") for key in ("publication", "review")))) + f", certainty {status.get('certainty')}",
        width,
        "  ",
    )
    yield from filled(record.path, width, "  ")
    rows = [row for key, value in record.fields.items() if key not in APART for row in _field(key, value, width, "  ")]
    yield from ("", *rows) if rows else ()
    if record.evidence:
        yield from ("", "evidence")
        for number, each in enumerate(record.evidence, 1):
            yield from _evidence(shown, number, _quoted(shown, each), width)
    for head, links in (("links", _links(shown)), ("named by", _named_by(shown))):
        if links:
            yield from ("", head)
            for name, id in links:
                yield from filled(f"{name}: {_naming(shown, id)}", width, "  ", "      ")


def _field(key: str, value: Any, width: int, lead: str) -> Iterator[str]:
    """A field as lines: its name, and its value after or below it."""
    name = key.replace("_", " ")
    if isinstance(value, Mapping):
        yield f"{lead}{name}"
        for inner, each in value.items():
            if inner != "evidence":
                yield from _field(inner, each, width, lead + "  ")
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value, 1):
            yield from _field(f"{name} {number}", each, width, lead)
    else:
        text = ", ".join(map(_plain, value)) if isinstance(value, list) else _plain(value)
        yield from filled(text, width, f"{lead}{name}: ", lead + "    ")


def _plain(value: Any) -> str:
    return "none" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _quoted(shown: RecordView, evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence: the claims it supports, speaker and stance, context, and place."""
    what = evidence.what
    found: dict[str, Any] = {"for": list(evidence.supports)}
    if isinstance(what, Outside):
        return found | {"url": what.url, "seen": what.seen, "paraphrase": what.paraphrase}
    found |= {
        "source": what.source, "speaker": what.speaker, "stance": what.stance, "role": what.role, "reading": what.reading,
        "before": what.prefix, "exact": what.exact, "after": what.suffix,
    }  # fmt: skip
    if what.source not in shown.readings:
        return found | {"problem": f"the source {what.source} cannot be read"}
    place = resolve(what, shown.readings[what.source])
    if isinstance(place, Refusal):
        return found | {"problem": place.message}
    if place.start < 0:
        return found
    text = shown.readings[what.source].cleaned.text
    around = sentence_around(shown.readings[what.source], place)
    line = text.count("\n", 0, place.start) + 1
    return found | {
        "before": around["before"], "after": around["after"], "start": place.start, "end": place.end,
        "at": f"data/derived/{what.source}/cleaned.txt:{line}",
    }  # fmt: skip


def _evidence(shown: RecordView, number: int, each: Mapping[str, Any], width: int) -> Iterator[str]:
    bears = ", ".join(words(pointer) for pointer in each["for"])
    yield from filled(f"for {bears}" if bears else "for the record", width, f"  {number}. ", "     ")
    if "url" in each:
        yield from filled(f"in the editors' own words: {each['paraphrase']}", width, "     ")
        yield from filled(f"from {each['url']}, seen on {each['seen']}", width, "     ")
        return
    around = " ".join("".join((each["before"], "**", each["exact"], "**", each["after"])).split())
    yield from filled(f"{_manner(shown, each['speaker'], each['stance'])}: {around}", width, "     ")
    role = {"refutes": "; it refutes the claim", "context": "; it is context"}.get(each["role"], "")
    where = each.get("at") or f"{each['source']}, in text that cleaning removes"
    yield from filled(f"not found: {each['problem']}" if "problem" in each else f"at {where}{role}", width, "     ")


def _manner(shown: RecordView, speaker: str, stance: str) -> str:
    """The stance and the speaker."""
    known = shown.graph.briefs.get(speaker)
    return f"{stance} by {known.title if known else 'the source in its own voice' if speaker == 'unnamed' else speaker}"


def _brief(shown: RecordView, id: str) -> dict[str, Any]:
    known = shown.graph.briefs.get(id)
    if known is None:
        return {"title": None, "type": None}
    found: dict[str, Any] = {"title": known.title, "type": known.type}
    if known.type == "statement":
        fields = shown.graph.records[id].fields
        found |= {"speaker": fields["speaker"], "stance": fields["stance"]}
    return found


def _naming(shown: RecordView, id: str) -> str:
    """Another record by id and title; a statement also by speaker and stance."""
    brief = _brief(shown, id)
    if brief["title"] is None:
        return f"{id} (no such record)"
    said = f", {_manner(shown, brief['speaker'], brief['stance'])}" if "stance" in brief else ""
    return f"{id} ({brief['title']}{said})"


def _links(shown: RecordView) -> list[tuple[str, str]]:
    """The records that this one refers to, with the name of the relation, without duplicates."""
    edges = shown.graph.outgoing(shown.record.id)
    return list(dict.fromkeys((edge.relation.replace("/", " ").replace("_", " "), edge.target) for edge in edges))


def _named_by(shown: RecordView) -> list[tuple[str, str]]:
    """The records that refer to this one, with the inverse name of the relation."""
    edges = sorted(shown.graph.incoming(shown.record.id), key=lambda edge: TYPES.index(shown.graph.briefs[edge.subject].type))
    return list(dict.fromkeys((shown.graph.relation(edge).inverse, edge.subject) for edge in edges))
