"""Evidence as pages show it: each quotation in context, with who says it and how, and what was read of each outside page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from normbook.cleaning.readings import Readings
from normbook.graph.checks.reviews import agreement
from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.facts import Value

SENTENCES = ("sent", "headline", "credit", "byline", "heading")  # kinds of segments that stand for a sentence
AROUND = 240  # code points of context on each side of a sentence that is quoted in full


def evidence_rows(context: RenderContext, record: Record) -> list[dict[str, Any]]:
    """The evidence of a record, numbered from 1, each quotation in context."""
    return [evidence_row(context, each, number) for number, each in enumerate(record.evidence, 1)]


def evidence_row(context: RenderContext, evidence: Evidence, number: int) -> dict[str, Any]:
    """One piece of evidence as a page shows it; `kind` is quotation, received or outside."""
    row: dict[str, Any] = {"number": number, "pointers": evidence.supports, **manner(context, evidence)}
    if isinstance(evidence.what, Outside):
        return row | outside_row(evidence.what)
    quotation = evidence.what
    place = resolve(quotation, context.readings[quotation.source])
    assert isinstance(place, Resolved), f"unresolved evidence reached a page: {evidence.pointer}"
    row |= {
        "kind": "quotation" if place.start >= 0 else "received", "source": quotation.source, "exact": quotation.exact, "speaker": speaker(context, quotation), "stance": quotation.stance,
        "role": quotation.role, "raw_start": place.raw_start, "raw_end": place.raw_end, "before": quotation.prefix, "after": quotation.suffix, "eid": "", "whole": False, "start": place.start, "end": place.end,
        "lang": context.graph.get(quotation.source, "/language") or "", "machine": context.graph.get(quotation.source, "/translation") == "machine",
    }  # fmt: skip
    return row | (sentence_around(context.readings[quotation.source], place) if place.start >= 0 else {})


def judgements(record: Record) -> list[dict[str, Any]]:
    """The values of a record that are the editors' judgement, with the reason."""
    return [{"pointers": each["for"], "reason": each["reason"]} for each in record.fields.get("judgements", ())]


def reviews_of(record: Record) -> dict[str, Any]:
    """The reviews of a record, all of them where they differ, and how far those who judged the same claim agree; empty if there are none."""
    rows = [{"orcid": "", "note": "", "blind": False, **each} for each in record.fields.get("reviews", ())]
    shares = [{"pointer": pointer, "percent": round(share * 100)} for pointer, share in agreement(record).items()]
    return {"rows": rows, "agreement": shares} if rows else {}


def manner(context: RenderContext, evidence: Evidence) -> dict[str, Any]:
    """How the words of a piece of evidence reach the reader: whose view they give, in which form of speech, read with which other words."""
    return {
        "holder": actor(context, evidence.holder) if evidence.holder else None,
        "speech": evidence.speech,
        "frames": [frame.exact for frame in evidence.frames], "inferred": evidence.inferred,
    }  # fmt: skip


def outside_row(what: Outside) -> dict[str, Any]:
    """A text that is not in the book, with what was read of it."""
    return {
        "kind": "outside", "paraphrase": what.paraphrase, "url": what.url, "host": host(what.url), "seen": what.seen, "locator": what.locator,
        "read": what.read, "bore": what.bore, "archived": what.archived,
    }  # fmt: skip


def host(url: str) -> str:
    """The host of a URL, as a short name for an outside source.

    >>> host("https://www.globalcbpr.org/about/organization/")
    'globalcbpr.org'
    """
    return (urlsplit(url).hostname or url).removeprefix("www.")


def speaker(context: RenderContext, quotation: Quotation) -> Value:
    """The speaker of a quotation for a page."""
    return actor(context, quotation.speaker)


def actor(context: RenderContext, id: str) -> Value:
    """An actor for a page; a voice without a name, unless the id is that of a record."""
    known = context.graph.briefs.get(id)
    return Value(known.title, known.id) if known else Value("", word="record.speaker-unnamed")


def sentence_around(readings: Readings, place: Resolved) -> dict[str, Any]:
    """The text before and after a span in its sentence, and the sentence's id (`eid`); around whole sentences (`whole`), what stands next to them."""
    text = readings.cleaned.text
    holders = [s for s in readings.segmented.segments if s.kind != "list" and s.start <= place.start and place.end <= s.end]
    inner = min(holders, key=lambda s: s.end - s.start, default=None)
    sentence = min((s for s in holders if s.kind in SENTENCES), key=lambda s: s.end - s.start, default=inner)
    if sentence is None:
        start = text.rfind("\n", 0, place.start) + 1
        end = text.find("\n", place.end)
        return {
            "before": text[start : place.start],
            "after": text[place.end : end if end >= 0 else len(text)],
            "eid": _first_inside(readings, place),
            "whole": True,
        }
    start, end = sentence.start, sentence.end
    is_whole = not text[start : place.start].strip() and not text[place.end : end].strip(" .;。；")
    if is_whole:
        start, end = _wider(text, start, end)
    return {
        "before": text[start : place.start],
        "after": text[place.end : end],
        "eid": sentence.eid,
        "whole": is_whole or sentence.kind not in SENTENCES,
    }


def whole_sentence(readings: Readings, start: int, end: int) -> tuple[int, int]:
    """The span from the start of the first sentence that shares words with a span of the cleaned text to the end of the last."""
    found = [s for s in readings.segmented.segments if s.kind in SENTENCES and s.start < end and start < s.end]
    return min([start, *(s.start for s in found)]), max([end, *(s.end for s in found)])


def _wider(text: str, start: int, end: int) -> tuple[int, int]:
    """The context of a sentence that is quoted in full: its line, cut at word boundaries, or the line before if the sentence is a whole line."""
    first = text.rfind("\n", 0, start) + 1
    if not text[first:start].strip() and first:
        first = text.rfind("\n", 0, first - 1) + 1
    last = text.find("\n", end)
    last = last if last >= 0 else len(text)
    if start - first > AROUND:
        first = text.index(" ", start - AROUND) + 1 if " " in text[start - AROUND : start] else start - AROUND
    if last - end > AROUND:
        last = text.rindex(" ", 0, end + AROUND) if " " in text[end : end + AROUND] else end + AROUND
    return first, last


def _first_inside(readings: Readings, place: Resolved) -> str:
    return next((s.eid for s in readings.segmented.segments if s.start < place.end and place.start < s.end and s.kind != "list"), "")
