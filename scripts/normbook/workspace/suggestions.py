"""Suggestions beside a checkout: what the text room proposes, as YAML that a person decides on; what was decided is never touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normbook.extraction.translation import Suggestion, Term, suggest
from normbook.records.drafting.drafts import STATUS
from normbook.records.model import Record
from normbook.records.yaml.writer import dump
from normbook.workspace.load import Project

SUSPECT = ("machine", "unknown")  # translations that nobody answers for
HEAD = (
    "# yaml-language-server: $schema=../../schema/suggestion.schema.json\n"
    "# Proposed by a machine. Set decision to accepted or rejected, one by one; what is open or rejected is never applied.\n"
)


def terms(project: Project) -> list[Term]:
    """The wrong renderings that the glossary knows."""
    return [
        Term(wrong["text"], record.fields["title"], wrong.get("context", ""), (record.fields.get("original") or {}).get("text"))
        for record in project.records.values()
        if record.type == "glossary"
        for wrong in record.fields.get("mistranslations", ())
    ]


def names(project: Project) -> dict[str, str]:
    """Each name of an initiative -> the one that its record prefers."""
    known = {}
    for record in project.records.values():
        if record.type == "initiative":
            known[record.fields["title"]] = record.fields["title"]
            known.update({name["text"]: record.fields["title"] for name in record.fields.get("names", ())})
    return known


def proposed(project: Project, source: str) -> list[Suggestion]:
    """The suggestions for one source that no correction covers and nobody has decided on."""
    readings = project.readings[source]
    text = readings.cleaned.text
    taken = [(edit.start, edit.end) for edit in readings.corrections.edits]
    held = project.suggestions.get(source)
    decided = {(each.get("prefix", ""), each["exact"], each.get("suffix", "")) for each in held.fields["suggestions"]} if held else set()
    suspect = project.records[source].fields.get("translation") in SUSPECT
    found = suggest(text, readings.segmented.segments, terms(project), names(project), taken, suspect)
    return [each for each in found if tuple(each.anchor) not in decided]


def entries(source: str, found: list[Suggestion], held: Record | None) -> Iterator[dict[str, Any]]:
    """Suggestions as YAML holds them, their numbers going on from those that are there."""
    first = max((int(each["id"].rpartition("-")[2]) for each in held.fields["suggestions"]), default=0) if held else 0
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
    """The file of a source's suggestions with the new ones behind those that are there, whose lines stay as they are."""
    path = project.repo.data / "suggestions" / f"{source}.yaml"
    held = project.suggestions.get(source)
    added = list(entries(source, found, held))
    if held is None:
        return path, HEAD + dump(
            {"id": source, "title": f"Suggestions for {source}", "source": source, "status": dict(STATUS), "suggestions": added}
        )
    tail = dump({"suggestions": added}).split("\n", 1)[1]
    return path, "\n".join(held.lines).rstrip("\n") + "\n" + tail
