"""The pages that explain by an example from the data: how a received text becomes a record, and how it is cited."""

from __future__ import annotations

import json
from typing import Any

from normbook.graph.graph import natural
from normbook.records.model import Quotation
from normbook.site.citations import cited
from normbook.site.context import RenderContext
from normbook.site.evidence import evidence_rows
from normbook.site.page import Page
from normbook.site.readings import footnotes, reading, wording_quotations

AROUND = 160  # code points of received text shown on each side of a span


def example_page(context: RenderContext) -> Page:
    """The page that follows a principle with many corrections from its bytes to its page; without an example if there is none."""
    best, quotation = _example(context)
    model: dict[str, Any] = {"id": best}
    if quotation:
        record = context.graph.records[best]
        shown = reading(context, quotation)
        received = context.readings[quotation.source].received
        start, end = max(0, shown["raw_start"] - AROUND), shown["raw_end"] + AROUND
        edits = context.readings[quotation.source].cleaned.ledger.edits
        inside = [edit for edit in edits if shown["raw_start"] <= edit.start and edit.end <= shown["raw_end"]]
        model |= {
            "reading": shown, "source": quotation.source, "before": received.text[start : shown["raw_start"]],
            "after": received.text[shown["raw_end"] : end], "notes": footnotes([shown]), "sha256": received.sha256,
            "bytes": len(received.text[shown["raw_start"] : shown["raw_end"]].encode("utf-8", "surrogateescape")),
            "ledger": [json.dumps({"start": e.start, "end": e.end, "raw": e.raw, "new": e.new, "rules": list(e.rules)}, ensure_ascii=False) for e in inside[:6]],
            "more": max(0, len(inside) - 6), "record": json.dumps(record.fields, ensure_ascii=False, indent=2), "evidence": evidence_rows(context, record),
            "path": record.path,
        }  # fmt: skip
    sections = (
        ("received", "example.step-received"),
        ("cleaned", "example.step-cleaned"),
        ("corrected", "example.step-corrected"),
        ("record", "example.step-recorded"),
        ("checked", "example.step-checked"),
    )
    return Page("about/record.html", "about/record.html", "example.html", "page.example", "page-about.example", model, sections)


def cite_page(context: RenderContext) -> Page:
    """The page on citing, with the citations of the same principle; without an example if there is none."""
    best, _ = _example(context)
    model = {"id": best, "cite": cited(context, context.graph.records[best]) if best else []}
    sections = (("example", "page.cite-example"),) if best else ()
    return Page("about/cite.html", "about/cite.html", "cite.html", "page.cite", "page-about.cite", model, sections)


def _example(context: RenderContext) -> tuple[str, Quotation | None]:
    return next(filter(None, (_most_mended(context, source) for source in _by_corrections(context))), ("", None))


def _by_corrections(context: RenderContext) -> list[str]:
    """The sources, sorted by number of corrections, then by number of edits. No record is loaded for this."""
    ids = [id for id in context.graph.ids_of("source") if id in context.readings]
    weights = {id: (len(context.readings[id].corrections.edits), len(context.readings[id].cleaned.ledger.edits)) for id in ids}
    return sorted(ids, key=weights.__getitem__, reverse=True)


def _most_mended(context: RenderContext, source: str) -> tuple[str, Quotation] | None:
    """The principle with the most corrections in its wording, among those quoted from a public source, with that quotation; None if there is none."""
    if context.graph.get(source, "/rights/full_text") != "publish":
        return None
    ids = {edge.subject for edge in context.graph.incoming(source) if context.graph.type_of(edge.subject) == "principle"}
    best, most = None, 0
    for id in sorted(ids, key=natural):
        for quotation in wording_quotations(context.graph.records[id]):
            if quotation.source == source and len(quotation.exact) < 4 * AROUND:
                changes = reading(context, quotation)
                weight = len(changes["corrections"]) * 3 + len(changes["rules"])
                if weight > most:
                    best, most = (id, quotation), weight
    return best
