"""Writes suggested corrections as YAML for a person to decide on. Suggestions that are decided are never changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normbook.extraction.translation import Suggestion, Term, suggest
from normbook.records.drafting.drafts import STATUS
from normbook.records.model import Record
from normbook.records.yaml.writer import dump
from normbook.workspace.load import Project

SUSPECT = ("machine", "unknown")  # translations that nobody is responsible for
HEAD = (
    "# yaml-language-server: $schema=../../schema/suggestion.schema.json\n"
    "# Proposed by a machine. Set decision to accepted or rejected, one by one; what is open or rejected is never applied.\n"
)


def terms(project: Project) -> list[Term]:
    """The mistranslations listed in the glossary."""
    return [
        Term(
            wrong["text"],
            record.fields["title"],
            wrong.get("context", ""),
            (record.fields.get("original") or {}).get("text"),
            tuple(wrong.get("unless", ())),
        )
        for record in project.records.values()
        if record.type == "glossary"
        for wrong in record.fields.get("mistranslations", ())
    ]


def names(project: Project) -> dict[str, str]:
    """The preferred name of an initiative by each of its names."""
    known = {}
    for record in project.records.values():
        if record.type == "initiative":
            known[record.fields["title"]] = record.fields["title"]
            known.update({name["text"]: record.fields["title"] for name in record.fields.get("names", ())})
    return known


def proposed(project: Project, source: str) -> list[Suggestion]:
    """The suggestions for a source that are neither covered by a correction nor in its file already."""
    readings = project.readings[source]
    text = readings.cleaned.text
    taken = [(edit.start, edit.end) for edit in readings.corrections.edits]
    existing = project.suggestions.get(source)
    decided = (
        {(each.get("prefix", ""), each["exact"], each.get("suffix", "")) for each in existing.fields["suggestions"]} if existing else set()
    )
    suspect = project.records[source].fields.get("translation") in SUSPECT
    found = suggest(text, readings.segmented.segments, terms(project), names(project), taken, suspect)
    return [each for each in found if tuple(each.anchor) not in decided]


def entries(source: str, found: list[Suggestion], existing: Record | None) -> Iterator[dict[str, Any]]:
    """Suggestions as YAML entries, numbered after the existing ones."""
    first = max((int(each["id"].rpartition("-")[2]) for each in existing.fields["suggestions"]), default=0) if existing else 0
    for number, each in enumerate(found, first + 1):
        entry: dict[str, Any] = {"id": f"{source}-suggestion-{number}"}
        entry |= {"prefix": each.anchor.prefix} if each.anchor.prefix else {}
        entry |= {"exact": each.anchor.exact}
        entry |= {"suffix": each.anchor.suffix} if each.anchor.suffix else {}
        entry |= {"replacement": each.replacement, "reason": each.reason, "category": each.category, "certainty": each.certainty}
        entry |= {"review": "needs-review"}
        entry |= {"original": each.original} if each.original else {}
        yield entry | {"decision": "open"}


def written(project: Project, source: str, found: list[Suggestion]) -> tuple[Path, str]:
    """The path and the new text of a source's suggestions, appended to the existing lines, which are unchanged."""
    path = project.repo.data / "suggestions" / f"{source}.yaml"
    existing = project.suggestions.get(source)
    added = list(entries(source, found, existing))
    if existing is None:
        return path, HEAD + dump(
            {"id": source, "title": f"Suggestions for {source}", "source": source, "status": dict(STATUS), "suggestions": added}
        )
    tail = dump({"suggestions": added}).split("\n", 1)[1]
    return path, "\n".join(existing.lines).rstrip("\n") + "\n" + tail
