"""Quotations: each stands in its source, bears a claim, and is not told of in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.context import Subject
from normbook.graph.evidence import Refusal, Resolved
from normbook.graph.lookup import CLAIMED_AS_OWN, FEWEST_WORDS
from normbook.records.model import Evidence, Quotation, Record

OF_TWO = frozenset({"/stance", "/speaker", "/relation"})  # a denied accusation has two holders, a correspondence two ends


def evidence(subject: Subject) -> Iterator[Problem]:
    """Every quotation stands in its source exactly once, across nothing that was dropped and through no edit; every pointer names a claim; every claim is borne."""
    for record in subject.records():
        found = claims(record, subject.schemas)
        for each in record.evidence:
            if isinstance(each.what, Quotation) and (quoted := subject.quoted(each.what)) and isinstance(quoted.place, Refusal):
                yield record.problem(f"{each.pointer}/exact", quoted.place.code, quoted.place.message, quoted.place.hint)
        for stray, pointer in found.stray:
            meant = suggest(pointer, found.borne)
            yield record.problem(
                f"{stray.pointer}/for/{stray.bears.index(pointer)}",
                "N406",
                f"{pointer} is no claim of this record",
                f"did you mean {meant!r}?" if meant else "name a value that a source must bear, or remove the pointer",
            )
        for pointer, borne in found.borne.items():
            if not borne and pointer not in found.editorial:
                yield record.problem(
                    pointer, "N407", f"nothing bears the claim {pointer}", f"add evidence with «for: [{pointer}]», or remove the value"
                )


class _Use(NamedTuple):
    """One quotation of a record at its place in the cleaned reading."""

    start: int
    end: int
    record: Record
    evidence: Evidence
    quotation: Quotation


def spans(subject: Subject) -> Iterator[Problem]:
    """The same words of a source bear one value of one claim, and are no two speakers' own."""
    for source in subject.sources():
        found = [use for id in {edge.subject: 0 for edge in subject.graph.incoming(source)} for use in _uses(subject, id, source)]
        uses = sorted(found, key=lambda use: (use.start, use.end, use.record.id, use.evidence.pointer))
        yield from _two_values(uses)
        yield from _two_speakers(uses)


def _uses(subject: Subject, id: str, source: str) -> Iterator[_Use]:
    """The quotations of a source that a record holds and that stand there."""
    record = subject.graph.records[id]
    for each in record.evidence:
        what = each.what
        if isinstance(what, Quotation) and (what.source, what.reading) == (source, "cleaned"):
            place = getattr(subject.quoted(what), "place", None)
            if isinstance(place, Resolved):
                yield _Use(place.start, place.end, record, each, what)


def _two_values(uses: list[_Use]) -> Iterator[Problem]:
    """The same words for two values of one claim: a copied quotation that was not exchanged, or a claim that one record has wrong."""
    held: dict[tuple[Any, ...], tuple[Any, str]] = {}
    for use in uses:
        for pointer in use.evidence.bears:
            if pointer in OF_TWO or any(part.isdigit() for part in pointer.split("/")):
                continue
            value = _plain(use.record.fields, pointer)
            if value is None:
                continue
            other, holder = held.setdefault((use.start, use.end, use.record.type, pointer), (value, use.record.id))
            if other != value:
                yield use.record.problem(
                    f"{use.evidence.pointer}/exact",
                    "N408",
                    f"the same words bear {pointer} {value!r} here and {other!r} in {holder!r}",
                    "quote the words that this record rests on, or mend the value that is wrong",
                )


def _plain(fields: Any, pointer: str) -> Any:
    """The plain value of a claim: a word, a number, or the value of a date; None for what has parts."""
    value = fields
    for part in pointer.split("/")[1:]:
        value = value.get(part) if hasattr(value, "get") else None
    if hasattr(value, "get"):
        value = value.get("value")
    return value if isinstance(value, (str, int)) else None


def _two_speakers(uses: list[_Use]) -> Iterator[Problem]:
    """The same words as the own words of two speakers. Longer words around a quotation may well be another's: who reports it."""
    own: dict[tuple[int, int], _Use] = {}
    for use in uses:
        if use.quotation.stance not in CLAIMED_AS_OWN or len(use.quotation.exact.split()) < FEWEST_WORDS:
            continue
        first = own.setdefault((use.start, use.end), use)
        if first.quotation.speaker != use.quotation.speaker:
            yield use.record.problem(
                f"{use.evidence.pointer}/speaker",
                "N409",
                f"these words are {use.quotation.speaker}'s own here and {first.quotation.speaker}'s own in {first.record.id!r}",
                "name the one who says them in both records; who only tells of them is the speaker of the words around them",
            )
