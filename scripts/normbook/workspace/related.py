"""What a document belongs to: the known report that it is like, the event, the initiatives that it names, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normbook.comparison.alignment import similarity
from normbook.extraction.initiatives import content_words, find_initiatives
from normbook.records.drafting.drafts import Document
from normbook.workspace.load import Project

SAME_REPORT = 0.3  # reports of one event share about as much


@dataclass(frozen=True)
class Belongs:
    """A record that a document belongs to, by what: how much it shares with a known report (None where that is not the reason), and why."""

    type: str
    id: str
    similarity: float | None
    reason: str


def belongs(project: Project, new: Document) -> list[Belongs]:
    """The known event and initiatives that a document belongs to, each with its reason; the likeliest first."""
    found: list[Belongs] = []
    events: dict[str, Belongs] = {}
    for id, record in sorted(project.records.items()):
        if record.type != "source" or id not in project.readings:
            continue
        shared = similarity(new.text, project.readings[id].cleaned.text)
        if shared >= SAME_REPORT:
            reason = f"it shares {shared:.2f} of its 3-word shingles with {id}; reports of one event share about {SAME_REPORT} or more"
            found.append(Belongs("source", id, shared, reason))
            for event in record.fields.get("reports", ()):
                if event not in events or (events[event].similarity or 0) < shared:
                    events[event] = Belongs(
                        "event",
                        event,
                        shared,
                        f"{id}, which {reason.replace('it shares', 'shares', 1).replace(f' with {id}', ' with it')}, reports it",
                    )
    found.sort(key=lambda each: -(each.similarity or 0))
    day = new.dates.event.first if new.dates.event else None
    for id, record in sorted(project.records.items()):
        if record.type == "event" and id not in events and day and record.fields.get("date", {}).get("value") == day:
            events[id] = Belongs("event", id, None, f"both are dated {day}; whether they are one is for a person to say")
    found += sorted(events.values(), key=lambda each: (-(each.similarity or 0), each.id))
    return [*found, *_initiatives(project, new)]


def names(project: Project) -> dict[str, str]:
    """The name of each person, state, organisation and initiative that the records know -> its id; names that several bear are left out."""
    found: dict[str, set[str]] = {}
    for id, record in project.records.items():
        if record.type in ("actor", "initiative"):
            for name in (record.fields["title"], *(each["text"] for each in record.fields.get("names", ()))):
                found.setdefault(name, set()).add(id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def _initiatives(project: Project, new: Document) -> list[Belongs]:
    """The known initiatives that a text names, in English or Chinese, by their names and variants."""
    found = []
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
            found.append(Belongs("initiative", id, None, f"the text names it {often}, as “{[*exact, *loose][0]}”"))
        elif near:
            found.append(Belongs("initiative", id, None, f"the text names “{near[0]}”, which differs from a known name in one word"))
    return found


def _whole(names: Sequence[str]) -> re.Pattern[str]:
    """Names as a text has them, the longer before those within it, none as a part of another word."""
    either = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])")
