"""Drafts for what the sources contain and the records lack, each with its evidence and marked as a machine's candidate."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from normbook.extraction.initiatives import Mention, acronym, cluster, find_initiatives, slug
from normbook.extraction.people.finder import Speaker
from normbook.extraction.speakers import attributed_to, find_quotes, find_speakers
from normbook.languages.language import pattern
from normbook.records.drafting.drafts import (
    STATUS,
    Document,
    Draft,
    Drafts,
    Work,
    date_entry,
    evidence_entry,
    framed,
    no_modalities,
    quote,
    uncited,
)
from normbook.records.drafting.statements import NO_ID, draft_statements, event_kinds
from normbook.records.names import name_fault
from normbook.structure.lists.item import Enumeration
from normbook.text.anchors import anchor
from normbook.text.lines import CRAWL_HEADER

KINDS = tuple((word, word) for word in ("principle", "commitment", "norm", "objective", "measure", "rule"))  # what a list calls its points

REFERS_BACK = pattern(r"(?i)\b<initiatives.referred-to:spaced>\b|<initiatives.referred-to:dense>")  # to an initiative that was named before


def extract(
    documents: Sequence[Document],
    required: Mapping[str, Sequence[str]],
    known: Mapping[str, str] | None = None,
    recorded: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    modalities: Callable[[str], Sequence[str]] = no_modalities,
) -> Drafts:
    """The drafts for a set of documents, in a fixed order. `required` has the required keys of each record type.

    `recorded` has the statements that exist: for each id the source and the words of its quotations. `modalities` gives the classes of
    the modal verbs in some words, as the check of the evidence reads them.

    1. Nothing is invented: a key that the texts do not support is left out and listed in `missing`.
    2. A name that is in `known` gets its id from there.
    3. A name that is not in `known`, in a script that gives no id, gets one that is numbered after its source: seed-005-person-1.
    """
    work = Work(known=known or {}, recorded=recorded or {}, modalities=modalities)
    mentions = {document.id: find_initiatives(document.text) for document in documents}
    groups: dict[str, tuple[str, ...]] = {}
    for names in cluster(mentions):
        known_id = next((work.known[name] for name in names if name in work.known), "")
        source = next(id for id, found in mentions.items() if any(each.name in names for each in found))
        id = known_id or _free(acronym(names[0]), f"{source}-initiative", {*groups, *work.known.values()})
        groups[id] = groups.get(id, ()) + names
    work.initiatives = {name: id for id, names in groups.items() for name in names}
    for document in documents:
        _source(work, document)
        _people(work, document)
        _event(work, document)
    _initiatives(work, documents, groups)
    for document in documents:
        _points(work, document)
        draft_statements(work, document)
    drafts = tuple(
        Draft(type, id, fields, tuple(key for key in required.get(type, ()) if key not in fields))
        for (type, id), fields in work.drafts.items()
    )
    return Drafts(drafts, tuple(work.lists), {document.id: uncited(document, drafts, work.recorded) for document in documents})


def _free(id: str, otherwise: str, taken: Collection[str]) -> str:
    """The id if it is a valid one that nothing has, else one with a number; of a name that gives no id the other one with a number."""
    start, first = (otherwise, 1) if name_fault(id) else (id, 2)
    numbered = (f"{start}-{number}" for number in count(first))
    return id if start == id and id not in taken else next(each for each in numbered if each not in taken)


def _source(work: Work, document: Document) -> None:
    segments = document.readings.segmented.segments
    headline = next((segment for segment in segments if segment.kind == "headline"), None)
    title = document.text[headline.start : headline.end] if headline else None
    fields: dict[str, Any] = {
        "id": document.id,
        "title": title or f"A text received without a headline ({document.id})",
        "received_title": title,
        "seed": {"file": document.file, "sha256": document.readings.received.sha256},
        "language": document.language,
    }
    evidence = [quote(document, headline.start, headline.end, "unnamed", "reported", ["/received_title"])] if headline else []
    if document.dates.published:
        fields["published"] = date_entry(document, document.dates.published, received=True)
    if dateline := document.dates.dateline:
        fields["dateline"] = {"place": dateline.place} | ({"agency": dateline.agency} if dateline.agency else {})
        if dateline.date:
            fields["dateline"]["date"] = {key: value for key, value in date_entry(document, dateline.date).items() if key != "evidence"}
        fields["dateline"]["evidence"] = [quote(document, dateline.start, dateline.end, "unnamed", "reported")]
        if match := CRAWL_HEADER.match(document.readings.received.text):
            header = match[0].strip()
            start = match.start() + match[0].index(header)
            fields["dateline"]["evidence"].append(
                evidence_entry(
                    document.id, anchor(document.readings.received.text, start, start + len(header)), "unnamed", "reported", (), "received"
                )
                | {"role": "context"}
            )
    fields["speakers"] = [_speaker_entry(document, speaker) for speaker in find_speakers(document.text) if speaker.office]
    work.drafts["source", document.id] = fields | {"status": dict(STATUS)} | ({"evidence": evidence} if evidence else {})


def _speaker_entry(document: Document, speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "office": speaker.office,
        "evidence": [quote(document, speaker.start, speaker.end, "unnamed", "reported")],
    }


def _people(work: Work, document: Document) -> None:
    """A draft actor for each person named with an office; a name that differs by a letter or two from a known one with the same surname is its variant."""
    for speaker in (each for each in find_speakers(document.text) if each.office):
        known_name = next((name for name in work.people if _same_person(name, speaker.name)), speaker.name)
        id = work.known.get(speaker.name) or work.people.get(speaker.name) or work.people.get(known_name) or slug(known_name)
        if id == NO_ID:
            id = _free("", f"{document.id}-person", work.people.values())
        work.people[speaker.name] = id
        start = document.text.index(speaker.name, speaker.start)
        fields = work.drafts.setdefault(
            ("actor", id), {"id": id, "title": speaker.name, "kind": "person", "names": [], "offices": [], "status": dict(STATUS)}
        )
        for entry in work.drafts["source", document.id]["speakers"]:
            if entry["name"] == speaker.name:
                entry.setdefault("actor", id)
        if all(name["text"] != speaker.name for name in fields["names"]):
            kind = "variant" if fields["names"] else "short"
            evidence = [quote(document, start, start + len(speaker.name), "unnamed", "reported")]
            fields["names"].append({"text": speaker.name, "lang": document.language, "kind": kind, "evidence": evidence})
        if all(office["title"] != speaker.office for office in fields["offices"]):
            office: dict[str, Any] = {"title": speaker.office}
            if document.dates.event:
                office["held_on"] = document.dates.event.first
            fields["offices"].append(office | {"evidence": [quote(document, speaker.start, speaker.end, "unnamed", "reported")]})


def _same_person(first: str, second: str) -> bool:
    return (
        first != second
        and first.rsplit(maxsplit=1)[-1] == second.rsplit(maxsplit=1)[-1]
        and SequenceMatcher(None, first, second).ratio() > 0.85
    )


def _event(work: Work, document: Document) -> None:
    event_date = document.dates.event
    if not event_date:
        return
    kind = next((kind for phrase, kind in event_kinds() if phrase in document.text.lower()), None)
    id = f"{kind or 'event'}-{event_date.first}"
    fields = work.drafts.setdefault(
        ("event", id),
        {"id": id, "title": f"{(kind or 'event').replace('-', ' ').capitalize()} of {event_date.first}", "status": dict(STATUS)},
    )
    if kind:
        fields.setdefault("kind", kind)
    date = date_entry(document, event_date)
    if "date" in fields:
        fields["date"]["evidence"] += date["evidence"]
        if date["derivation"] and date["derivation"] not in fields["date"]["derivation"]:
            fields["date"]["derivation"] += f"; {date['derivation']}"
    else:
        fields["date"] = date
    source = work.drafts["source", document.id]
    source["reports"] = [id]
    if "evidence" in date:
        reason = "The event is drafted from the day on which the text says that it took place."
        source["judgements"] = [*source.get("judgements", ()), {"for": ["/reports/0"], "basis": "editorial", "reason": reason}]


def _initiatives(work: Work, documents: Sequence[Document], groups: Mapping[str, tuple[str, ...]]) -> None:
    for id, names in groups.items():
        name_entries = []
        for number, name in enumerate(names):
            document, mention = next((d, m) for d in documents for m in find_initiatives(d.text) if m.name == name)
            evidence = [quote(document, mention.start, mention.end, "unnamed", "reported")]
            name_entries.append(
                {"text": name, "lang": document.language, "kind": "variant" if number else "official", "evidence": evidence}
            )
        work.drafts["initiative", id] = {"id": id, "title": names[0], "names": name_entries, "status": dict(STATUS)}


def _points(work: Work, document: Document) -> None:
    """A draft principle for each item of each list that belongs to an initiative or to a speech about one."""
    mentions = find_initiatives(document.text)
    for eid, enumeration in document.readings.segmented.lists:
        work.lists.append((document.id, eid, enumeration.declared, len(enumeration.points)))
        owner, spoken = _owner(work, document, enumeration, mentions)
        if not owner:
            continue
        speaker = _speaker_before(work, document, enumeration.points[0].start)
        prefix = f"{owner}-speech" if spoken else owner
        for number, point in enumerate(enumeration.points, 1):
            id, text = f"{prefix}-{number}", document.text[point.start : point.end]
            fields: dict[str, Any] = {
                "id": id,
                "title": f"Point {number} of {'the speech on ' if spoken else ''}{owner}",
                "initiative": owner,
                "ordinal": number,
            }
            supports = ["/ordinal", "/wording"]
            if spoken:
                fields["part_of"] = {"kind": "speech"}
            fields |= _kind(document.text[slice(*enumeration.intro)])
            fields["wording"] = {"expression": "speech-summary" if point.number else "report", "lang": document.language}
            if modality := _modality(work, text):
                fields["modality"] = modality
                supports.append("/modality")
            before = point.marker if point.marker < point.start else None
            worded = quote(document, point.start, point.end, speaker, "proposed", supports, before)
            if speaker != "unnamed":
                worded["speech"] = "direct" if _is_quoted(document, point.start) else "indirect"
            judgements = {"judgements": fields.pop("judgements")} if "judgements" in fields else {}
            of = _whole(document, enumeration, [each for each in mentions if work.initiatives.get(each.name) == owner], spoken)
            work.drafts["principle", id] = fields | {"status": dict(STATUS)} | judgements | {"evidence": [worded, *of]}


def _kind(intro: str) -> dict[str, Any]:
    """The kind of the points of a list and the reason for it, where the sentence that introduces the list names one kind."""
    named = [kind for word, kind in KINDS if re.search(rf"(?i)\b{word}s?\b", intro)]
    if len(named) != 1:
        return {}
    reason = f"The words that introduce the list call its points {named[0]}s."
    return {"kind": named[0], "judgements": [{"for": ["/kind"], "basis": "editorial", "reason": reason}]}


def _modality(work: Work, text: str) -> str | None:
    """The modality of a point, where its words have one class only; a point with several is left to a person."""
    found = set(work.modalities(text))
    return found.pop() if len(found) == 1 else None


def _is_quoted(document: Document, offset: int) -> bool:
    """True for a place between quotation marks."""
    line = document.text.rfind("\n", 0, offset) + 1
    end = document.text.find("\n", offset)
    return any(line + start <= offset < line + stop for start, stop in find_quotes(document.text[line : end if end >= 0 else None]))


def _whole(document: Document, enumeration: Enumeration, mentions: Sequence[Mention], spoken: bool) -> list[dict[str, Any]]:
    """The evidence for what a list belongs to: the words that introduce it, read with the last mention of the initiative before them."""
    start, end = enumeration.intro
    start = max(start, document.text.rfind("\n", 0, end) + 1)  # the line that stands right before the list
    earlier = [each for each in mentions if each.start < enumeration.points[0].start]
    if start >= end or not earlier:
        return []
    entry = quote(document, start, end, "unnamed", "reported", ["/initiative", *(["/part_of"] if spoken else [])])
    return [
        entry
        if any(start <= each.start and each.end <= end for each in earlier)
        else framed(entry, document, earlier[-1].start, earlier[-1].end)
    ]


def _owner(work: Work, document: Document, enumeration: Enumeration, mentions: Sequence[Mention]) -> tuple[str | None, bool]:
    """The id of the initiative that a list belongs to (None if unknown), and True if it is a list of a speech rather than of the initiative."""
    start, end = enumeration.intro
    earlier = [mention for mention in mentions if mention.start < enumeration.points[0].start and mention.name in work.initiatives]
    if not earlier:
        return None, False
    latest = work.initiatives[earlier[-1].name]
    sentence = document.text[start:end]
    if not REFERS_BACK.search(sentence):
        return latest, True
    headings = [segment for segment in document.readings.segmented.segments if segment.kind == "heading" and segment.start < start]
    if headings and (mentioned_in_heading := [mention for mention in earlier if headings[-1].start <= mention.start < headings[-1].end]):
        return work.initiatives[mentioned_in_heading[-1].name], False
    return latest, False


def _speaker_before(work: Work, document: Document, offset: int) -> str:
    speakers = [
        speaker
        for speaker in find_speakers(document.text)
        if speaker.start < offset and attributed_to(_around(document, speaker.start), [speaker.name])
    ]
    return work.people[speakers[-1].name] if speakers else "unnamed"


def _around(document: Document, offset: int) -> str:
    """The sentence or heading at an offset, empty if there is none."""
    inside = [
        segment
        for segment in document.readings.segmented.segments
        if segment.start <= offset < segment.end and segment.kind in ("sent", "heading", "headline")
    ]
    return document.text[inside[-1].start : inside[-1].end] if inside else ""
