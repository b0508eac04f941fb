"""The readings of quoted passages as pages show them, or a paraphrase for texts that are not in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from normbook.cleaning.all_rules import RULES
from normbook.comparison.alignment import Runs, runs
from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.evidence import evidence_row, speaker
from normbook.site.spans import Piece, pieces, used

LONGEST_COMPARED = 4_000  # code points; differences between longer wordings are not marked


def wording_quotations(record: Record) -> list[Quotation]:
    """The quotations that support a principle's wording."""
    return [each.what for each in record.evidence if "/wording" in each.supports and isinstance(each.what, Quotation)]


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
    return {
        "kind": "quotation", "pieces": found, "received": "".join(p.received for p in found), "cleaned": "".join(p.cleaned for p in found),
        "corrected": "".join(p.corrected for p in found), "rules": [rule_row(name, found) for name in rules],
        "corrections": [correction_row(known[id]) for id in corrections if id in known],
        "source": quotation.source, "eid": quoted["eid"], "before": quoted["before"], "after": quoted["after"], "received_around": around,
        "speaker": speaker(context, quotation), "stance": quotation.stance, "lang": context.graph.get(quotation.source, "/language"),
        "machine": context.graph.get(quotation.source, "/translation") == "machine", "raw_start": place.raw_start, "raw_end": place.raw_end,
    }  # fmt: skip


def held(context: RenderContext, record: Record) -> list[dict[str, Any]]:
    """The quoted wordings of a principle or, if there are none, paraphrases of texts from outside sources."""
    quoted = [reading(context, quotation) for quotation in wording_quotations(record)]
    return quoted or outside(record)


def outside(record: Record) -> list[dict[str, Any]]:
    """The paraphrases of texts from outside sources, without duplicates."""
    found = {(each.what.url, each.what.paraphrase): each.what for each in record.evidence if isinstance(each.what, Outside)}
    return [
        {"kind": "outside", "paraphrase": what.paraphrase, "url": what.url, "host": host(what.url), "seen": what.seen}
        for what in found.values()
    ]


def host(url: str) -> str:
    """The host of a URL, as a short name for an outside source.

    >>> host("https://www.globalcbpr.org/about/organization/")
    'globalcbpr.org'
    """
    return (urlsplit(url).hostname or url).removeprefix("www.")


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
