"""Correction files: ids, and what was decided to be left as it is."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.records.model import Record
from normbook.text.ledger import Edit


def corrections(subject: Subject) -> Iterator[Problem]:
    """A correction file is named after its source; the ids of corrections are unique and begin with the source's."""
    for record in subject.corrections.values():
        if record.fields["source"] != record.id or (record.id not in subject.graph.briefs and record.id not in subject.broken):
            yield record.problem(
                "/source",
                "N303",
                f"a correction file is named after its source: no source {record.fields['source']!r} fits {record.path}",
                "rename the file, or write the source that it is named after",
            )
        seen: dict[str, int] = {}
        for number, each in enumerate(record.fields["corrections"]):
            if each["id"] in seen:
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N424",
                    f"the id {each['id']!r} is taken by correction {seen[each['id']] + 1}",
                    "choose another",
                )
            if not each["id"].startswith(f"{record.id}-"):
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N425",
                    f"the id {each['id']!r} does not begin with {record.id}-",
                    f"write «id: {record.id}-{each['id']}»",
                )
            seen[each["id"]] = number
        yield from _decided(subject, record)


def _decided(subject: Subject, record: Record) -> Iterator[Problem]:
    """Words that were decided to stay as they are must stand in the text: else the decision is about nothing."""
    if record.id not in subject.readings:
        return
    readings = subject.readings[record.id]
    for number, each in enumerate(record.fields.get("decided_otherwise", ())):
        if each["words"] not in readings.cleaned.text and each["words"] not in readings.received.text:
            yield record.problem(
                f"/decided_otherwise/{number}/words",
                "N426",
                f"the words {each['words']!r} stand nowhere in {record.id}: this decision is about nothing",
                "copy the words from the text, or remove the entry",
            )


def profiles(subject: Subject) -> Iterator[Problem]:
    """A rule that a source goes without is a rule that would change its text."""
    for id in sorted(subject.readings):
        record = subject.graph.records[id]
        if not record.fields.get("profile", {}).get("without"):
            continue
        from normbook.cleaning.all_rules import RULES

        readings = subject.readings[id]
        for number, name in enumerate(record.fields.get("profile", {}).get("without", ())):
            if name in RULES and not any(isinstance(found, Edit) for found in RULES[name].find(readings.cleaned.text)):
                yield record.problem(f"/profile/without/{number}", "N427", f"the rule {name} would change nothing here", "remove the entry")
