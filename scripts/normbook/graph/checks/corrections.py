"""Checks of correction files and of the cleaning profiles of sources."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.records.model import Record
from normbook.text.ledger import Edit


def corrections(context: CheckContext) -> Iterator[Problem]:
    """A correction file is named after its source; the ids of corrections are unique and start with the id of the source."""
    for record in context.corrections.values():
        if record.fields["source"] != record.id or (record.id not in context.graph.briefs and record.id not in context.broken):
            yield record.problem(
                "/source",
                "N303",
                f"expected the source {record.id!r}, after which the file is named, found {record.fields['source']!r}"
                if record.fields["source"] != record.id
                else f"no source {record.id!r}, after which the file is named",
                "rename the file, or correct the id",
            )
        seen: dict[str, int] = {}
        for number, correction in enumerate(record.fields["corrections"]):
            if correction["id"] in seen:
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N424",
                    f"duplicate id {correction['id']!r}, first used by correction {seen[correction['id']] + 1}",
                    "choose another id",
                )
            if not correction["id"].startswith(f"{record.id}-"):
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N425",
                    f"the id {correction['id']!r} does not start with {record.id}-",
                    f"write `id: {record.id}-{correction['id']}`",
                )
            seen[correction["id"]] = number
        yield from _decisions(context, record)


def _decisions(context: CheckContext, record: Record) -> Iterator[Problem]:
    """The words of a decision to leave a text as it is must occur in that text."""
    if record.id not in context.readings:
        return
    readings = context.readings[record.id]
    for number, decision in enumerate(record.fields.get("decided_otherwise", ())):
        if decision["words"] not in readings.cleaned.text and decision["words"] not in readings.received.text:
            yield record.problem(
                f"/decided_otherwise/{number}/words",
                "N426",
                f"the quoted words {decision['words']!r} do not occur in {record.id}",
                "copy the words from the text, or remove the entry",
            )


def profiles(context: CheckContext) -> Iterator[Problem]:
    """A rule that is switched off for a source would otherwise change its text."""
    for id in sorted(context.readings):
        record = context.graph.records[id]
        if not record.fields.get("profile", {}).get("without"):
            continue
        from normbook.cleaning.all_rules import RULES

        readings = context.readings[id]
        for number, name in enumerate(record.fields.get("profile", {}).get("without", ())):
            if name in RULES and not any(isinstance(edit, Edit) for edit in RULES[name].find(readings.cleaned.text)):
                yield record.problem(
                    f"/profile/without/{number}", "N427", f"the rule {name} would not change this text", "remove the entry"
                )
