"""Draft statements: what the sources report that people said, each with the words that show who says it, in which office and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from normbook.extraction.initiatives import find_initiatives, slug
from normbook.extraction.people.finder import Speaker
from normbook.extraction.reported import Reported, find_reported
from normbook.extraction.speakers import find_speakers
from normbook.languages.language import pattern, vocabulary
from normbook.records.drafting.drafts import STATUS, Document, Work, framed, quote

# kinds of event, in the order of the words for them in `occasions.drafted`
EVENT_KINDS = ("press-conference", "press-briefing", "press-briefing", "seminar", "seminar", "summit", "meeting")
NO_EVENT = "(?!(?:<grammar.articles:en>|<grammar.at:en>|<grammar.in:en>)\\b)"
EVENT_WORDS = pattern(
    rf"(?i)\b(?:(?:<grammar.articles:en>|<grammar.possessives-of-persons:en>) )?(?:{NO_EVENT}[\w-]+ ){{0,2}}<occasions.drafted:en>\b"
)
NO_ID = slug("")  # the id made from a name in a script that cannot give one
SAID = ("/speaker", "/holder", "/stance")  # the claims of a statement that its own words are cited for
LONGEST_FRAME = 200  # code points


def event_kinds() -> Iterator[tuple[str, str]]:
    """Words for events and the kind that they mean: "symposium" is a "seminar"."""
    return zip(vocabulary().phrases("occasions.drafted", "en"), EVENT_KINDS, strict=True)


def draft_statements(work: Work, document: Document) -> None:
    """Adds a draft statement for each quotation, clause and answer that the document gives to a named person, and for each that this person denies.

    The paragraphs of an answer are one statement.

    Words that a list of points holds are left to the principles, and those that a recorded statement quotes are left out.
    """
    people = find_speakers(document.text)
    day = document.dates.event.first if document.dates.event else "undated"
    points = [point for _, enumeration in document.readings.segmented.lists for point in enumeration.points]
    dateline = document.dates.dateline
    answers: dict[int, str] = {}  # the ids of the drafts of answers, by the places where these start
    for reported in find_reported(document.text, document.readings.segmented.segments, people, dateline.end if dateline else 0):
        name = reported.holder or reported.name
        id = _id(work, name)
        inside = any(point.start <= reported.start and reported.end <= point.end for point in points)
        if id == NO_ID or inside or _recorded(work, document, reported):
            continue
        if reported.turn in answers:
            work.drafts["statement", answers[reported.turn]]["evidence"].append(_quotation(work, document, reported))
            continue
        id = _numbered(work, f"{id}-{day}")
        work.drafts["statement", id] = {"id": id, "title": f"{name}, {day}", **_statement(work, document, reported, people)}
        if reported.turn >= 0:
            answers[reported.turn] = id


def _numbered(work: Work, start: str) -> str:
    """An id that no draft and no recorded statement has."""
    return next(id for number in count(1) if ("statement", id := f"{start}-{number}") not in work.drafts and id not in work.recorded)


def quoted_words(value: Any) -> tuple[tuple[str, str], ...]:
    """The source and the words of each quotation of what was said in a statement's fields, not of those that are cited for an office or an event.

    The fields need not be valid: drafts lack what a person fills in.
    """
    if isinstance(value, Mapping):
        cited = value.get("for")
        is_said = not isinstance(cited, list) or any(each in SAID for each in cited)
        own = ((str(value["source"]), str(value["exact"])),) if is_said and "source" in value and "exact" in value else ()
        return own + tuple(each for inner in value.values() for each in quoted_words(inner))
    return tuple(each for inner in value for each in quoted_words(inner)) if isinstance(value, list) else ()


def _id(work: Work, name: str) -> str:
    """The id of a person; `unnamed` for somebody who asks."""
    return work.people.get(name, NO_ID) if name else "unnamed"


def _recorded(work: Work, document: Document, reported: Reported) -> bool:
    """True for words that a recorded statement or an earlier draft quotes from the same source, or that hold such words.

    Drafts count too, so that a run that was interrupted ends as it would have.
    """
    words = _bare(document.text[reported.start : reported.end])
    quoted = [_bare(exact) for each in work.recorded.values() for source, exact in each if source == document.id]
    drafts = (fields["evidence"] for (type, _), fields in work.drafts.items() if type == "statement")
    quoted += [_bare(exact) for each in drafts for source, exact in quoted_words(each) if source == document.id]
    return any(words in exact or exact in words for exact in quoted)


def _bare(words: str) -> str:
    return words.strip(" ,.")


def _quotation(work: Work, document: Document, reported: Reported) -> dict[str, Any]:
    """The evidence of a statement: its words, with those that say who speaks."""
    speaker = _id(work, reported.name)
    claims = ["/speaker", "/stance"] if speaker != "unnamed" else ["/stance"]
    entry = quote(document, reported.start, reported.end, speaker, reported.stance, [*claims, *(["/holder"] if reported.holder else [])])
    entry["speech"] = reported.speech
    if reported.holder:
        entry["holder"] = _id(work, reported.holder)
    for start, end in reported.frames:
        entry = framed(entry, document, start, end)
        _short_name(work, document, reported.name or reported.holder, start, end)
    return entry


def _statement(work: Work, document: Document, reported: Reported, people: list[Speaker]) -> dict[str, Any]:
    """The fields of a draft statement, without its id and title."""
    fields: dict[str, Any] = {"speaker": _id(work, reported.name), "stance": reported.stance, "speech": reported.speech}
    fields |= {"holder": _id(work, reported.holder)} if reported.holder else {}
    entry = _quotation(work, document, reported)
    more = [*_office(document, reported.holder or reported.name, people), *_event(work, document, reported.name)]
    about = {
        work.initiatives[each.name]
        for each in find_initiatives(document.text)
        if each.name in work.initiatives and reported.start <= each.start and each.end <= reported.end
    }
    fields |= {key: value for key, value, _ in more} | ({"about": sorted(about)} if about else {})
    return fields | {"status": dict(STATUS), "evidence": [entry, *(evidence for _, _, evidence in more)]}


def _office(document: Document, name: str, people: list[Speaker]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The office in which a document first names a person, and its evidence."""
    held = next((each for each in people if each.name == name and each.office), None)
    at = document.text.find(held.office, held.start, held.end) if held else -1
    if held and at >= 0:
        entry = quote(document, at, at + len(held.office), "unnamed", "reported", ["/office"])
        yield "office", held.office, framed(entry, document, held.start, held.end)


def _event(work: Work, document: Document, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The event that the document reports, if one of its sentences names the event and the person together, and the evidence for it."""
    events = work.drafts["source", document.id].get("reports", ())
    parts = sorted({name, *name.split()} if name else (), key=len, reverse=True)
    for segment in document.readings.segmented.segments:
        if not events or segment.kind != "sent":
            continue
        words = document.text[segment.start : segment.end]
        named = next((match for part in parts if (match := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words))), None)
        if named and (found := EVENT_WORDS.search(words, named.end())) and found.end() - named.start() <= LONGEST_FRAME:
            at = segment.start
            entry = quote(document, at + found.start(), at + found.end(), "unnamed", "reported", ["/event"])
            yield "event", events[0], framed(entry, document, at + named.start(), at + found.end())
            return


def _short_name(work: Work, document: Document, name: str, start: int, end: int) -> None:
    """Adds to the draft of a person the part of the name by which some words call them, where they do not give it in full."""
    fields, words = work.drafts.get(("actor", _id(work, name))), document.text[start:end]
    if fields is None or name in words:
        return
    part = next((each for each in name.split() if re.search(rf"\b{re.escape(each)}\b", words)), "")
    if part and all(each["text"] != part for each in fields["names"]):
        at = start + words.index(part)
        evidence = [quote(document, at, at + len(part), "unnamed", "reported")]
        fields["names"].append({"text": part, "lang": document.language, "kind": "short", "evidence": evidence})
