"""Checks of quotations: each occurs in its source, supports a claim, and does not contradict another record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Refusal, Resolved
from normbook.graph.lookup import MIN_WORDS, OWN_STANCES
from normbook.records.model import Evidence, Quotation, Record

TWO_SIDED = frozenset(
    {"/stance", "/speaker", "/relation"}
)  # claims that may differ for the same words: a denial and an accusation, the two sides of a correspondence


def evidence(context: CheckContext) -> Iterator[Problem]:
    """Every quotation has exactly one place in its source, every pointer in `for` names a claim, and every claim has evidence."""
    for record in context.records():
        record_claims = claims(record, context.schemas)
        for piece in record.evidence:
            if isinstance(piece.what, Quotation) and (lookup := context.quoted(piece.what)) and isinstance(lookup.place, Refusal):
                yield record.problem(f"{piece.pointer}/exact", lookup.place.code, lookup.place.message, lookup.place.hint)
        for stray, pointer in record_claims.stray:
            suggestion = suggest(pointer, record_claims.evidence)
            yield record.problem(
                f"{stray.pointer}/for/{stray.supports.index(pointer)}",
                "N406",
                f"{pointer} is not a claim of this record",
                f"did you mean {suggestion!r}?" if suggestion else "name a value that needs a source, or remove the pointer",
            )
        for pointer, pieces in record_claims.evidence.items():
            if not pieces and pointer not in record_claims.editorial:
                yield record.problem(
                    pointer, "N407", f"no evidence supports {pointer}", f"add evidence with `for: [{pointer}]`, or remove the value"
                )


class _PlacedQuotation(NamedTuple):
    """One quotation of a record with its span (code points) in the cleaned text."""

    start: int
    end: int
    record: Record
    evidence: Evidence
    quotation: Quotation


def spans(context: CheckContext) -> Iterator[Problem]:
    """The same words of a source do not support two values of one claim, and are not attributed to two speakers."""
    for source in context.sources():
        unsorted = [
            use for id in {edge.subject: 0 for edge in context.graph.incoming(source)} for use in _placed_quotations(context, id, source)
        ]
        uses = sorted(unsorted, key=lambda use: (use.start, use.end, use.record.id, use.evidence.pointer))
        yield from _conflicting_values(uses)
        yield from _conflicting_speakers(uses)


def _placed_quotations(context: CheckContext, id: str, source: str) -> Iterator[_PlacedQuotation]:
    """The quotations from a source in a record, as far as they can be placed."""
    record = context.graph.records[id]
    for piece in record.evidence:
        quotation = piece.what
        if isinstance(quotation, Quotation) and (quotation.source, quotation.reading) == (source, "cleaned"):
            place = getattr(context.quoted(quotation), "place", None)
            if isinstance(place, Resolved):
                yield _PlacedQuotation(place.start, place.end, record, piece, quotation)


def _conflicting_values(uses: list[_PlacedQuotation]) -> Iterator[Problem]:
    """Reports the same words for two values of one claim: the quotation was copied by mistake, or one of the values is wrong."""
    first_uses: dict[tuple[Any, ...], tuple[Any, str]] = {}
    for use in uses:
        for pointer in use.evidence.supports:
            if pointer in TWO_SIDED or any(part.isdigit() for part in pointer.split("/")):
                continue
            value = _simple_value(use.record.fields, pointer)
            if value is None:
                continue
            other_value, other_id = first_uses.setdefault((use.start, use.end, use.record.type, pointer), (value, use.record.id))
            if other_value != value:
                yield use.record.problem(
                    f"{use.evidence.pointer}/exact",
                    "N408",
                    f"the same words support {pointer} {value!r} here and {other_value!r} in {other_id!r}",
                    "quote the words that support this record, or correct the wrong value",
                )


def _simple_value(fields: Any, pointer: str) -> Any:
    """The value of a claim if it is a string, a number or a date, otherwise None."""
    value = fields
    for part in pointer.split("/")[1:]:
        value = value.get(part) if hasattr(value, "get") else None
    if hasattr(value, "get"):
        value = value.get("value")
    return value if isinstance(value, (str, int)) else None


def _conflicting_speakers(uses: list[_PlacedQuotation]) -> Iterator[Problem]:
    """Reports the same words attributed to two speakers. A longer quotation around them may have another speaker: the one who reports them."""
    first_uses: dict[tuple[int, int], _PlacedQuotation] = {}
    for use in uses:
        if use.quotation.stance not in OWN_STANCES or len(use.quotation.exact.split()) < MIN_WORDS:
            continue
        first = first_uses.setdefault((use.start, use.end), use)
        if first.quotation.speaker != use.quotation.speaker:
            yield use.record.problem(
                f"{use.evidence.pointer}/speaker",
                "N409",
                f"the same words are attributed to {use.quotation.speaker} here and to {first.quotation.speaker} in {first.record.id!r}",
                "name the person who says them in both records; a person who merely reports the words is not their speaker",
            )
