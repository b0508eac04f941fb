"""The check that quoted words support the values that they are cited for."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.graph.evidence import Refusal, resolve
from normbook.graph.support.verdicts import Judge
from normbook.records.model import Evidence, Outside, Quotation, Record


def support(subject: Subject) -> Iterator[Problem]:
    """Every value can be read off the words or the frames that are quoted for it; every frame stands in the source; outside pages say what was read."""
    for record in subject.records():
        for each in record.evidence:
            if isinstance(each.what, Outside):
                yield from _outside(record, each)
            else:
                yield from _frames(subject, record, each)
        for failure in Judge(subject, record).failures():
            said = f"; {failure.found}" if failure.found else ""
            near = f"; {failure.nearest} would support it" if failure.nearest else ""
            yield record.problem(
                f"{failure.evidence.pointer}/exact",
                failure.kind.code,
                f"the words «{failure.words}» do not support {failure.pointer} {failure.value}{said}",
                f"{failure.kind.remedy}{near}",
            )


def _frames(subject: Subject, record: Record, evidence: Evidence) -> Iterator[Problem]:
    """Each frame stands in the source of its quotation exactly once."""
    quotation = evidence.what
    assert isinstance(quotation, Quotation)
    if not any(character.isalnum() for character in quotation.exact):
        yield record.problem(
            f"{evidence.pointer}/exact",
            "N410",
            f"the quotation {quotation.exact!r} has no word in it",
            "quote the words that support the value",
        )
    readings = subject.readings.get(quotation.source)
    for each in evidence.frames if readings else ():
        framed = Quotation(
            quotation.source, each.exact, each.prefix, each.suffix, quotation.speaker, quotation.stance, "context", "cleaned"
        )
        assert readings is not None
        place = resolve(framed, readings)
        if isinstance(place, Refusal):
            yield record.problem(f"{each.pointer}/exact", place.code, place.message, place.hint)


def _outside(record: Record, evidence: Evidence) -> Iterator[Problem]:
    """Outside evidence says whether the page was read, and where on it a point stands."""
    outside = evidence.what
    assert isinstance(outside, Outside)
    if not outside.read:
        yield record.problem(
            evidence.pointer,
            "N519",
            "this outside evidence does not say whether the page was read",
            "write «read: 'yes'», «read: part» or «read: 'no'»",
        )
    if not outside.locator and record.type == "principle":
        yield record.problem(
            evidence.pointer,
            "N519",
            "this outside evidence does not say where on the page the point stands",
            "write a «locator», for instance para 13(i)",
        )
