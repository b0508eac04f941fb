"""Draft statements: what the sources report that people said, each with the words that show who says it, in which office and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from normbook.extraction.dates.calendar import Dated, Day, days_in, resolve
from normbook.extraction.initiatives import find_initiatives, slug
from normbook.extraction.people.finder import Speaker
from normbook.extraction.reported import Reported, find_reported
from normbook.extraction.speakers import find_speakers
from normbook.languages.calendar_words import WEEKDAYS
from normbook.languages.language import pattern, vocabulary
from normbook.records.drafting.drafts import STATUS, Document, Work, date_entry, framed, quote

# kinds of event, in the order of the words for them in `occasions.drafted`
EVENT_KINDS = ("press-conference", "press-briefing", "press-briefing", "seminar", "seminar", "summit", "meeting")
NO_EVENT = "(?!(?:<grammar.articles:en>|<grammar.at:en>|<grammar.in:en>)\\b)"
EVENT_WORDS = pattern(
    rf"(?i)\b(?:(?:<grammar.articles:en>|<grammar.possessives-of-persons:en>) )?(?:{NO_EVENT}[\w-]+ ){{0,2}}<occasions.drafted:en>\b"
)
NO_ID = slug("")  # the id made from a name in a script that cannot give one
SAID = ("/speaker", "/holder", "/stance")  # the claims of a statement that its own words are cited for
LONGEST_FRAME = 200  # code points
RECENT = timedelta(days=60)  # before the text was published; of an older day without a year the year is not certain
WEEK = timedelta(days=5)  # before the text was published; a weekday six days earlier is as likely the next day
BEFORE_FRAME, BEHIND_FRAME = 30, 60  # code points before and behind the words that say who speaks in which the day may stand


def event_kinds() -> Iterator[tuple[str, str]]:
    """Words for events and the kind that they mean: "symposium" is a "seminar"."""
    return zip(vocabulary().phrases("occasions.drafted", "en"), EVENT_KINDS, strict=True)


def draft_statements(work: Work, document: Document) -> None:
    """Adds a draft statement for each quotation, clause and answer that the document gives to a named person, and for each that this person denies.

    The paragraphs of an answer are one statement.

    Words that a list of points holds are left to the principles, and those that a recorded statement quotes are left out.
    """
    people = find_speakers(document.text)
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
        day, dated = _day(document, reported)
        at_event = document.dates.event is not None and day == document.dates.event.first
        id = _numbered(work, f"{id}-{day}")
        work.drafts["statement", id] = {
            "id": id,
            "title": f"{name}, {day}",
            **dated,
            **_statement(work, document, reported, people, at_event),
        }
        if reported.turn >= 0:
            answers[reported.turn] = id


def _day(document: Document, reported: Reported) -> tuple[str, dict[str, Any]]:
    """The day of a statement: that of the event, or another day that its own sentence names, which then is its date; else "undated"."""
    event = document.dates.event
    held = event.first if event else "undated"
    found = [each for each in _days_beside(document, reported) if not reported.start <= each.start < reported.end]
    if not found or (event and all(_is_day_of(event, each) for each in found)):
        return held, {}
    what, known = _anchor_of(document)
    anchor = date.fromisoformat(known) if known else None
    day = found[0]
    value = resolve(day, anchor)
    if len({each.words for each in found}) > 1 or value is None or day.unread:
        return "undated", {}
    if day.how != "full" and (anchor is None or not timedelta() <= anchor - value <= (WEEK if day.how == "weekday" else RECENT)):
        return "undated", {}  # a year that has to be guessed
    if value.isoformat() == held:
        return held, {}
    how = f"stated as “{day.words}”"
    if day.how != "full" and anchor:
        way = "resolved backwards from" if day.how == "weekday" else "by"
        how = f"“{day.words}”, {way} the {what} {known}, a {WEEKDAYS[anchor.weekday()]}"
    dated = Dated(value.isoformat(), "day", "stated" if day.how == "full" else "derived", how, day.start, day.end)
    return value.isoformat(), {"date": date_entry(document, dated)}


def _is_day_of(event: Dated, day: Day) -> bool:
    """True for the words from which the date of the event was read, or the same month and day without a year."""
    return (event.start <= day.start < event.end) or (day.how == "no-year" and event.first[5:] == f"{day.month:02}-{day.number:02}")


def _days_beside(document: Document, reported: Reported) -> Iterator[Day]:
    """The days that stand beside the words that say who speaks, in their own sentence; behind a clause a day belongs to the clause."""
    for start, end in reported.frames:
        sentences = (each for each in document.readings.segmented.segments if each.kind == "sent" and each.start <= start < each.end)
        if (sentence := next(sentences, None)) is None:
            continue
        dateline = document.dates.dateline
        begin = max(sentence.start, dateline.end if dateline else 0)
        first, last = min(start, max(begin, start - BEFORE_FRAME)), min(sentence.end, end + BEHIND_FRAME)
        if reported.speech == "indirect" and end <= reported.start:
            last = min(last, reported.start)
        for day in days_in(document.text[first:last]):
            yield day._replace(start=day.start + first, end=day.end + first)


def _anchor_of(document: Document) -> tuple[str, str]:
    """What is dated by which days without a year are read, and its day: the later of publication and dateline; empty without them."""
    dates = document.dates
    known = (("publication date", dates.published), ("dateline", dates.dateline.date if dates.dateline else None))
    return max(
        ((what, dated.first) for what, dated in known if dated and dated.precision == "day"), key=lambda each: each[1], default=("", "")
    )


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


def _statement(work: Work, document: Document, reported: Reported, people: list[Speaker], at_event: bool) -> dict[str, Any]:
    """The fields of a draft statement, without its id, title and date; with the event if it can have been made there."""
    fields: dict[str, Any] = {"speaker": _id(work, reported.name), "stance": reported.stance, "speech": reported.speech}
    fields |= {"holder": _id(work, reported.holder)} if reported.holder else {}
    entry = _quotation(work, document, reported)
    more = [*_office(document, reported.holder or reported.name, people), *(_event(work, document, reported.name) if at_event else ())]
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
