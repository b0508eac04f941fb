"""Evidence as W3C Web Annotations: the quoted words in both readings, with speaker and stance.

The body is never the quoted claim. It states the speaker and the stance, so that a denied accusation cannot be read as an
assertion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Evidence, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.exports.terms import CONTEXT, OWN, namespace
from normbook.site.places import file_selectors

ANNO = "http://www.w3.org/ns/anno.jsonld"
READINGS = ("received", "cleaned", "corrected")


def shown(text: str) -> str:
    """A text that can be encoded as UTF-8: undecodable bytes become U+FFFD, one for one, so that offsets stay valid."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def address(context: RenderContext, id: str) -> str:
    """The address of a record's page."""
    return context.site["url"] + context.url(id)


def reading_iri(context: RenderContext, source: str, reading: str) -> str:
    """The IRI of a reading: the address of its text if the full text is published, else a fragment of the source's page."""
    page = address(context, source)
    if context.graph.get(source, "/rights/full_text") == "publish":
        return f"{page.removesuffix('.html')}.{reading}.txt"
    return f"{page}#{reading}"


def annotation(context: RenderContext, record: Record, evidence: Evidence) -> dict[str, Any] | None:
    """A quotation as an annotation; None for an outside source or a quotation that does not occur. Positions are in code points."""
    what = evidence.what
    if not isinstance(what, Quotation) or what.source not in context.readings:
        return None
    place = resolve(what, context.readings[what.source])
    if not isinstance(place, Resolved):
        return None
    page = address(context, record.id)
    speaker = {"speaker": f"{address(context, what.speaker)}#record"} if what.speaker in context.graph.briefs else {}
    said: dict[str, Any] = {
        "id": f"{page}#{evidence.pointer}/attribution",
        "type": "Attribution",
        **speaker,
        "stance": what.stance,
        "role": what.role,
    }
    said |= {"bears": list(evidence.supports)} if evidence.supports else {}
    return {
        "id": f"{page}#{evidence.pointer}/annotation",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"id": f"{page}#{evidence.pointer}/body", "type": "SpecificResource", "source": f"{page}#record", "purpose": "linking"},
            said,
        ],
        "target": list(_targets(context, what, place, f"{page}#{evidence.pointer}")),
    }


def _targets(context: RenderContext, what: Quotation, place: Resolved, name: str) -> Iterator[dict[str, Any]]:
    """The quoted words in the cleaned reading, if they occur there, in the received one, and in the file itself if that is no text."""
    raw = context.readings[what.source].received.text
    around = {key: value for key, value in (("prefix", what.prefix), ("suffix", what.suffix)) if value}
    if place.start >= 0:
        yield _target(context, what.source, "cleaned", {"exact": what.exact, **around}, (place.start, place.end), name)
    exact, before, after = around_once(raw, place.raw_start, place.raw_end)
    words = {key: shown(text) for key, text in (("exact", exact), ("prefix", before), ("suffix", after)) if text}
    yield _target(context, what.source, "received", words, (place.raw_start, place.raw_end), name)
    if original := context.original(what.source):
        rows = file_selectors(original, place.raw_start, place.raw_end)
        iri = context.graph.get(what.source, "/url") or f"{address(context, what.source)}#file"
        selectors = [{"id": f"{name}/file/{number}", **row} for number, row in enumerate(rows, 1)]
        yield {"id": f"{name}/file", "type": "SpecificResource", "source": iri, "selector": selectors}


def around_once(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words at a place with the shortest text before and after them, of equal length, that makes them occur once.

    >>> around_once("must. shall not. must not.", 17, 21), around_once("one two", 0, 3)
    (('must', ' ', ' '), ('one', '', ''))
    """
    exact = text[start:end]
    width = 0
    while True:
        before, after = text[max(0, start - width) : start], text[end : end + width]
        whole = before + exact + after
        if text.find(whole, text.find(whole) + 1) < 0 or (width >= start and width >= len(text) - end):
            return exact, before, after
        width = width * 2 or 1


def _target(context: RenderContext, source: str, reading: str, words: dict[str, str], span: tuple[int, int], name: str) -> dict[str, Any]:
    own = f"{name}/{reading}"
    return {
        "id": own,
        "type": "SpecificResource",
        "source": reading_iri(context, source, reading),
        "selector": [
            {"id": f"{own}/quote", "type": "TextQuoteSelector", **words},
            {"id": f"{own}/position", "type": "TextPositionSelector", "start": span[0], "end": span[1]},
        ],
    }


def of_source(context: RenderContext, source: str) -> dict[str, Any]:
    """All annotations of a source as one annotation page, sorted by position."""
    found: list[tuple[int, str, int, dict[str, Any]]] = []
    for id in dict.fromkeys(edge.subject for edge in context.graph.incoming(source) if edge.relation.endswith("evidence/source")):
        record = context.graph.records[id]
        for number, each in enumerate(record.evidence):
            if isinstance(each.what, Quotation) and each.what.source == source and (made := annotation(context, record, each)):
                found.append((_start(made), id, number, made))
    words = {"nb": namespace(context.site["url"]), **OWN}
    return {
        "@context": [ANNO, words],
        "id": f"{address(context, source).removesuffix('.html')}.annotations.jsonld",
        "type": "AnnotationPage",
        "items": [made for *_, made in sorted(found, key=lambda each: each[:3])],
    }


def _start(made: dict[str, Any]) -> int:
    """Where the words of an annotation begin in the received reading."""
    received = next(each for each in made["target"] if each["id"].endswith("/received"))
    start: int = received["selector"][1]["start"]
    return start


def context_address(context: RenderContext) -> str:
    """The address of the JSON-LD context."""
    return context.site["url"] + CONTEXT
