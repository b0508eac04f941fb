"""The readings of quoted passages as pages show them, or a paraphrase for texts that are not in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from normbook.cleaning.all_rules import RULES
from normbook.comparison.alignment import Runs, runs
from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.evidence import evidence_row, manner, outside_row, speaker
from normbook.site.spans import Piece, pieces, used

LONGEST_COMPARED = 4_000  # code points; differences between longer wordings are not marked


def wording_quotations(record: Record) -> list[Quotation]:
    """The quotations that support a principle's wording."""
    return [each.what for each in quoted_for(record, "/wording") if isinstance(each.what, Quotation)]


def quoted_for(record: Record, pointer: str) -> list[Evidence]:
    """The evidence of a record that supports one value with quoted words."""
    return [each for each in record.evidence if pointer in each.supports and isinstance(each.what, Quotation)]


def reading_of(context: RenderContext, evidence: Evidence) -> dict[str, Any]:
    """The three readings of a quoted piece of evidence, with whose view it gives, the form of speech, and what it is read with."""
    assert isinstance(evidence.what, Quotation)
    return reading(context, evidence.what) | manner(context, evidence)


def reading(context: RenderContext, quotation: Quotation) -> dict[str, Any]:
    """The three readings of a quotation in context, with the rules and corrections that apply."""
    readings = context.readings[quotation.source]
    place = resolve(quotation, readings)
    assert isinstance(place, Resolved)
    found = pieces(readings, place.start, place.end)
    rules, corrections = used(found)
    known = context.corrections.get(quotation.source, {})
    quoted = evidence_row(context, Evidence("", (), quotation), 0)
    around = [
        "".join(p.received for p in pieces(readings, start, end))
        for start, end in ((place.start - len(quoted["before"]), place.start), (place.end, place.end + len(quoted["after"])))
    ]
    received, cleaned, corrected = ("".join(texts) for texts in zip(*((p.received, p.cleaned, p.corrected) for p in found), strict=True))
    return {
        "kind": "quotation", "pieces": found, "received": received, "cleaned": cleaned, "corrected": corrected,
        "shown": distinct(received, cleaned, corrected), "whole": quoted["whole"], "rules": [rule_row(name, found) for name in rules],
        "corrections": [correction_row(known[id]) for id in corrections if id in known],
        "source": quotation.source, "eid": quoted["eid"], "before": quoted["before"], "after": quoted["after"], "received_around": around,
        "speaker": speaker(context, quotation), "stance": quotation.stance, "lang": context.graph.get(quotation.source, "/language"),
        "machine": context.graph.get(quotation.source, "/translation") == "machine", "raw_start": place.raw_start, "raw_end": place.raw_end,
        "speech": "", "holder": None, "frames": [], "inferred": "",
    }  # fmt: skip


def distinct(received: str, cleaned: str, corrected: str) -> list[tuple[str, str]]:
    """The readings to show, each once: which it is, and the key of its label, which names those that are the same.

    Where all three differ, the cleaned one comes last: it lies between the others, and is shown with what was changed.

    >>> distinct("a port", "a port", "the port")
    [('received', 'reading.received-and-cleaned'), ('corrected', 'reading.corrected')]
    >>> distinct("a port", "a port", "a port")
    [('received', 'reading.all-the-same')]
    """
    if received == cleaned == corrected:
        return [("received", "reading.all-the-same")]
    if received == cleaned:
        return [("received", "reading.received-and-cleaned"), ("corrected", "reading.corrected")]
    if cleaned == corrected:
        return [("received", "reading.received"), ("cleaned", "reading.cleaned-not-corrected")]
    return [("received", "reading.received"), ("corrected", "reading.corrected"), ("cleaned", "reading.cleaned")]


def held(context: RenderContext, record: Record) -> list[dict[str, Any]]:
    """The quoted wordings of a principle or, if there are none, paraphrases of texts from outside sources."""
    return [reading_of(context, each) for each in quoted_for(record, "/wording")] or outside(record)


def outside(record: Record) -> list[dict[str, Any]]:
    """The paraphrases of texts from outside sources, without duplicates."""
    found = {(each.what.url, each.what.paraphrase): each.what for each in record.evidence if isinstance(each.what, Outside)}
    return [outside_row(what) for what in found.values()]


def correction_row(correction: Mapping[str, Any]) -> dict[str, Any]:
    """A correction for a page, with empty values for missing keys."""
    return {"prefix": "", "suffix": "", "basis": "", "original": "", **correction}


def rule_row(name: str, found: Sequence[Piece]) -> dict[str, Any]:
    """A rule for a page, with what it changed in these pieces."""
    changed = [
        (part.received, part.cleaned) for piece in found for part in (piece, *piece.parts) if part.kind == "edit" and name in part.ids
    ]
    return {"name": name, "summary": RULES[name].summary, "changed": changed}


def footnotes(wordings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rules and corrections of several wordings, without duplicates; `numbers` are the note numbers of corrections."""
    rules: dict[str, dict[str, Any]] = {}
    corrections: dict[str, dict[str, Any]] = {}
    for each in wordings:
        for rule in each.get("rules", ()):
            kept = rules.setdefault(rule["name"], {**rule, "changed": []})
            kept["changed"] += rule["changed"]
        corrections |= {correction["id"]: correction for correction in each.get("corrections", ())}
    return {
        "rules": list(rules.values()),
        "corrections": list(corrections.values()),
        "numbers": {id: n for n, id in enumerate(corrections, 1)},
    }


def differences(one: str, two: str) -> tuple[Runs, Runs]:
    """Two wordings as runs of (shared or not, text). Words in the same order count as shared, ignoring case; none do in very long wordings.

    >>> differences("Protect data now", "protect the data")
    ([(True, 'Protect '), (True, 'data '), (False, 'now')], [(True, 'protect '), (False, 'the '), (True, 'data')])
    """
    left, right = (re.findall(r"\w+\s*|[^\w\s]+\s*|\s+", text) for text in (one, two))
    if len(one) > LONGEST_COMPARED or len(two) > LONGEST_COMPARED:
        return [(False, one)], [(False, two)]
    one_words, two_words = ([token.strip().lower() for token in tokens] for tokens in (left, right))
    return runs(left, right, one_words, two_words)


def beside(context: RenderContext, one: Record, two: Record) -> Iterator[dict[str, Any]]:
    """The texts of two principles, side by side. Words are marked as shared only if both sides are received wordings in one language."""
    ones, twos = held(context, one), held(context, two)
    for side, other in ((ones, twos), (twos, ones)):
        for each in side:
            if each["kind"] == "quotation":
                far = next((row for row in other if row["kind"] == "quotation" and row["lang"] == each["lang"]), None)
                each["runs"] = differences(each["cleaned"], far["cleaned"])[0] if far else [(False, each["cleaned"])]
    shared = any(same for each in ones for same, _ in each.get("runs", ()))
    for record, side in ((one, ones), (two, twos)):
        fields = record.fields
        yield {"id": record.id, "initiative": fields["initiative"], "locator": fields.get("locator", ""), "held": side, "shared": shared}
