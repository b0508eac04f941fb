"""Finds the records that a document is related to: similar reports, their event, and the initiatives that it names, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normbook.comparison.alignment import similarity
from normbook.extraction.initiatives import content_words, find_initiatives
from normbook.records.drafting.drafts import Document
from normbook.workspace.load import Project

SAME_REPORT = 0.3  # reports of the same event share at least about this much


@dataclass(frozen=True)
class RelatedRecord:
    """A record that a document is related to, the similarity to a known report (None if that is not the reason), and the reason."""

    type: str
    id: str
    similarity: float | None
    reason: str


def belongs(project: Project, new: Document) -> list[RelatedRecord]:
    """The reports, events and initiatives that a document is related to, each with a reason; the most likely first."""
    related: list[RelatedRecord] = []
    events: dict[str, RelatedRecord] = {}
    for id, record in sorted(project.records.items()):
        if record.type != "source" or id not in project.readings:
            continue
        shared = similarity(new.text, project.readings[id].cleaned.text)
        if shared >= SAME_REPORT:
            reason = f"it shares {shared:.2f} of its 3-word shingles with {id}; reports of the same event share about {SAME_REPORT} or more"
            related.append(RelatedRecord("source", id, shared, reason))
            for event in record.fields.get("reports", ()):
                if event not in events or (events[event].similarity or 0) < shared:
                    events[event] = RelatedRecord(
                        "event",
                        event,
                        shared,
                        f"{id}, which {reason.replace('it shares', 'shares', 1).replace(f' with {id}', ' with it')}, reports it",
                    )
    related.sort(key=lambda each: -(each.similarity or 0))
    day = new.dates.event.first if new.dates.event else None
    for id, record in sorted(project.records.items()):
        if record.type == "event" and id not in events and day and record.fields.get("date", {}).get("value") == day:
            events[id] = RelatedRecord("event", id, None, f"both are dated {day}; decide whether they are the same event")
    related += sorted(events.values(), key=lambda each: (-(each.similarity or 0), each.id))
    return [*related, *_initiatives(project, new)]


def names(project: Project) -> dict[str, str]:
    """The id of each person, state, organisation and initiative by its names; names shared by several records are left out."""
    related: dict[str, set[str]] = {}
    for id, record in project.records.items():
        if record.type in ("actor", "initiative"):
            for name in (record.fields["title"], *(each["text"] for each in record.fields.get("names", ()))):
                related.setdefault(name, set()).add(id)
    return {name: ids.pop() for name, ids in related.items() if len(ids) == 1}


def _initiatives(project: Project, new: Document) -> list[RelatedRecord]:
    """The initiatives that a text names, in English or Chinese."""
    related = []
    mentions = find_initiatives(new.text)
    records = {id: record for id, record in sorted(project.records.items()) if record.type == "initiative"}
    named = {id: [record.fields["title"], *(name["text"] for name in record.fields.get("names", ()))] for id, record in records.items()}
    known = {content_words(name) for names in named.values() for name in names}
    for id, names in named.items():
        words = [content_words(name) for name in names]
        exact = _whole(names).findall(new.text)
        loose = [mention.name for mention in mentions if content_words(mention.name) in words]
        near = [
            mention.name
            for mention in mentions
            if content_words(mention.name) not in known
            and any(content_words(mention.name) & each and len(content_words(mention.name) ^ each) == 2 for each in words)
        ]
        if exact or loose:
            times = max(len(exact), len(loose))
            often = "once" if times == 1 else f"{times} times"
            related.append(RelatedRecord("initiative", id, None, f"the text names it {often}, as “{[*exact, *loose][0]}”"))
        elif near:
            related.append(
                RelatedRecord("initiative", id, None, f"the text names “{near[0]}”, which differs from a known name in one word")
            )
    return related


def _whole(names: Sequence[str]) -> re.Pattern[str]:
    """A pattern that matches any of the names as whole words, preferring longer ones."""
    either = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])")
