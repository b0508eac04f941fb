"""Stances: words that their speaker denies are never shown as the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.records.model import Quotation, Record


def stances(subject: Subject) -> Iterator[Problem]:
    """Words that their speaker denies are never recorded as the speaker's own; words cut off from a negation are pointed out."""
    for record in subject.records():
        for each in record.evidence:
            if isinstance(each.what, Quotation) and (found := subject.quoted(each.what)):
                for key, code, message, hint, level in found.doubts:
                    yield record.problem(f"{each.pointer}/{key}", code, message, hint, level=level)
        if record.type == "statement":
            yield from _same_stance(record)


def _same_stance(record: Record) -> Iterator[Problem]:
    for each in record.evidence:
        if isinstance(each.what, Quotation) and "/stance" in each.bears and each.what.stance != record.fields["stance"]:
            yield record.problem(
                f"{each.pointer}/stance",
                "N504",
                f"the evidence for the stance is {each.what.stance}, the statement {record.fields['stance']}",
                "write the same stance in both places",
            )
