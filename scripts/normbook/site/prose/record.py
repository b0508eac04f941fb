"""A record for the terminal and as JSON: its fields, its evidence in context, its links in both directions.

Quotations and statements always have their speaker and stance, so that a denied statement never reads as asserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.graph.claims import SUPPORT, claims
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Refusal, resolve
from normbook.graph.graph import Graph
from normbook.graph.support.verdicts import Failure, Judge
from normbook.records.model import Evidence, Outside, Record, outline
from normbook.records.schema import Schemas
from normbook.records.types import TYPES
from normbook.site.evidence import sentence_around
from normbook.site.prose.terminal import filled
from normbook.site.prose.text import words

NARROWEST = 40
READ = {"yes": ", read", "part": ", read in part", "no": ", not read"}
APART = ("id", "title", "status", "evidence")


@dataclass(frozen=True)
class RecordView:
    """A record with the graph and the readings that show it in context."""

    record: Record
    graph: Graph
    readings: Mapping[str, Readings]
    schemas: Schemas
    corrections: Mapping[str, Record] = field(default_factory=dict)  # the corrections of each source, by its id

    @property
    def proposed(self) -> Mapping[str, Any]:
        """The proposed corrections of a source, and what its editors decided not to correct; empty for other records."""
        found = self.corrections.get(self.record.id)
        return found.fields if found and self.record.type == "source" else {}


def as_object(shown: RecordView) -> dict[str, Any]:
    """The record as JSON values: unescaped texts, offsets in code points of the cleaned reading."""
    record = shown.record
    return {
        "type": record.type, "id": record.id, "title": record.title, "path": record.path, "fields": dict(record.fields),
        "evidence": [_quoted(shown, each) for each in record.evidence],
        "claims": _support(shown),
        **{key: shown.proposed[key] for key in ("corrections", "decided_otherwise") if key in shown.proposed},
        "links": [{"relation": name, "id": id, **_brief(shown, id)} for name, id in _links(shown)],
        "named_by": [{"relation": name, "id": id, **_brief(shown, id)} for name, id in _named_by(shown)],
    }  # fmt: skip


def _support(shown: RecordView) -> dict[str, str]:
    found = claims(shown.record, shown.schemas)
    failed = {failure.pointer for failure in failures(shown)}
    return {pointer: "not-supported" if pointer in failed else found.support_of(pointer) for pointer in found.evidence}


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
    if claims(record, shown.schemas).evidence:
        yield from ("", "what each claim rests on")
        yield from _claims(shown, width)
    yield from _corrections(shown, width)
    for head, links in (("links", _links(shown)), ("named by", _named_by(shown))):
        if links:
            yield from ("", head)
            for name, id in links:
                yield from filled(f"{name}: {_naming(shown, id)}", width, "  ", "      ")


def _field(key: str, value: Any, width: int, lead: str) -> Iterator[str]:
    """A field as lines: its name, and its value after or below it."""
    for depth, name, values in outline(key, value):
        inner = lead + "  " * depth
        if values is None:
            yield f"{inner}{name}"
        else:
            yield from filled(", ".join(map(_plain, values)), width, f"{inner}{name}: ", inner + "    ")


def _plain(value: Any) -> str:
    return "none" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _quoted(shown: RecordView, evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence: the claims it supports, speaker and stance, context, and place."""
    what = evidence.what
    found: dict[str, Any] = {"for": list(evidence.supports)}
    if evidence.inferred:
        found["inferred"] = evidence.inferred
    if isinstance(what, Outside):
        more = {key: value for key, value in (("locator", what.locator), ("read", what.read), ("archived", what.archived)) if value}
        return found | {"url": what.url, "seen": what.seen, "paraphrase": what.paraphrase} | more
    if evidence.frames:
        found["frame"] = [each.exact for each in evidence.frames]
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
        at = f"{each['locator']} of " if "locator" in each else ""
        read = READ.get(each.get("read", ""), "")
        copy = f", archived at {each['archived']}" if "archived" in each else ""
        yield from filled(f"from {at}{each['url']}, seen on {each['seen']}{read}{copy}", width, "     ")
        yield from _inferred(each, width)
        return
    around = " ".join("".join((each["before"], "**", each["exact"], "**", each["after"])).split())
    yield from filled(f"{_manner(shown, each['speaker'], each['stance'])}: {around}", width, "     ")
    role = {"refutes": "; it refutes the claim", "context": "; it is context"}.get(each["role"], "")
    where = each.get("at") or f"{each['source']}, in text that cleaning removes"
    yield from filled(f"not found: {each['problem']}" if "problem" in each else f"at {where}{role}", width, "     ")
    for frame in each.get("frame", ()):
        yield from filled(f"in the frame: {frame}", width, "     ", "       ")
    yield from _inferred(each, width)


def _inferred(each: Mapping[str, Any], width: int) -> Iterator[str]:
    if "inferred" in each:
        yield from filled(f"inferred by the editors: {each['inferred']}", width, "     ", "       ")


def _claims(shown: RecordView, width: int) -> Iterator[str]:
    """What each claim of the record rests on, with the reason where it is the editors' judgement."""
    found = claims(shown.record, shown.schemas)
    failed = {failure.pointer for failure in failures(shown)}
    for pointer in found.evidence:
        said = "not supported by the quoted words" if pointer in failed else SUPPORT[found.support_of(pointer)]
        yield from filled(f"{words(pointer)}: {said}", width, "  ", "      ")
    for each in shown.record.fields.get("judgements", ()):
        named = ", ".join(map(words, each["for"]))
        yield from filled(f"{named}: {SUPPORT['editorial']}. {each['reason']}", width, "  ", "      ")


def _corrections(shown: RecordView, width: int) -> Iterator[str]:
    """The proposed corrections of a source, each with its reason, and the words that the editors decided to leave."""
    rows = shown.proposed.get("corrections", ())
    if rows:
        yield from ("", f"proposed corrections ({len(rows)})")
    for each in rows:
        yield from filled(f"{each['exact']!r} becomes {each['replacement']!r}", width, f"  {each['id']}: ", "      ")
        yield from filled(f"{each['category']}, certainty {each['certainty']}: {each['reason']}", width, "      ")
    left = shown.proposed.get("decided_otherwise", ())
    if left:
        yield from ("", f"left as received ({len(left)})")
    for each in left:
        yield from filled(f"{each['words']!r}: {each['reason']}", width, "  ", "      ")


def failures(shown: RecordView) -> list[Failure]:
    """The quotations of the record that do not support what they are cited for."""
    context = CheckContext(shown.graph, shown.schemas, shown.readings, {}, None, only=frozenset((shown.record.id,)))
    return list(Judge(context, shown.record).failures())


def _manner(shown: RecordView, speaker: str, stance: str) -> str:
    """The stance and the speaker."""
    known = shown.graph.briefs.get(speaker)
    return f"{stance} by {known.title if known else 'the source (no speaker named)' if speaker == 'unnamed' else speaker}"


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
