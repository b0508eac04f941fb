"""Checks of stances: words that a speaker denies are never shown as the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.records.model import Quotation, Record


def stances(context: CheckContext) -> Iterator[Problem]:
    """Words that a speaker denies are not recorded as the speaker's own; a quotation that leaves out its negation gets a warning."""
    for record in context.records():
        for piece in record.evidence:
            if isinstance(piece.what, Quotation) and (lookup := context.quoted(piece.what)):
                for key, code, message, hint, level in lookup.doubts:
                    yield record.problem(f"{piece.pointer}/{key}", code, message, hint, level=level)
        if record.type == "statement":
            yield from _same_stance(record)


def _same_stance(record: Record) -> Iterator[Problem]:
    for piece in record.evidence:
        if isinstance(piece.what, Quotation) and "/stance" in piece.supports and piece.what.stance != record.fields["stance"]:
            yield record.problem(
                f"{piece.pointer}/stance",
                "N504",
                f"the statement's stance is {record.fields['stance']}, but its evidence has {piece.what.stance}",
                "write the same stance in both places",
            )
