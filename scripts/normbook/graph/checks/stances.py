"""Checks of stances: words that a speaker denies are never shown as the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Resolved
from normbook.records.model import Evidence, Quotation, Record

OWN_STANCES = frozenset({"asserted", "proposed"})  # words that a speaker says as their own have one of these


def stances(context: CheckContext) -> Iterator[Problem]:
    """Words that a speaker denies are not recorded as the speaker's own; a quotation that leaves out its negation gets a warning."""
    for record in context.records():
        for piece in record.evidence:
            if isinstance(piece.what, Quotation) and (lookup := context.quoted(piece.what)):
                for key, code, message, hint, level in lookup.doubts:
                    yield record.problem(f"{piece.pointer}/{key}", code, message, hint, level=level)
        if record.type == "statement":
            yield from _same_stance(record)
        yield from _one_stance_per_words(context, record)


def _same_stance(record: Record) -> Iterator[Problem]:
    for piece in record.evidence:
        if isinstance(piece.what, Quotation) and "/stance" in piece.supports and piece.what.stance != record.fields["stance"]:
            yield record.problem(
                f"{piece.pointer}/stance",
                "N504",
                f"the statement's stance is {record.fields['stance']}, but its evidence has {piece.what.stance}",
                "write the same stance in both places",
            )


def _one_stance_per_words(context: CheckContext, record: Record) -> Iterator[Problem]:
    """Words that a speaker asserts in one quotation of a record are not proposed in another that overlaps with it."""
    placed: list[tuple[Evidence, Quotation, Resolved]] = []
    for piece in record.evidence:
        if isinstance(piece.what, Quotation) and piece.what.speaker != "unnamed" and piece.what.stance in OWN_STANCES:
            lookup = context.quoted(piece.what)
            if lookup and isinstance(lookup.place, Resolved) and lookup.place.start >= 0:
                placed.append((piece, piece.what, lookup.place))
    for (_, first, one), (piece, second, other) in combinations(placed, 2):
        overlap = first.source == second.source and one.start < other.end and other.start < one.end
        if overlap and first.speaker == second.speaker and first.stance != second.stance:
            yield record.problem(
                f"{piece.pointer}/stance",
                "N506",
                f"the stance is {second.stance}, but the same words of {second.speaker} are {first.stance} in other evidence of this record",
                "write the same stance in both places",
                level="warning",
            )
