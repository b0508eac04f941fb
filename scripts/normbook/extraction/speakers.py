"""Speakers: people named with an office, their verbs of saying, and the words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from normbook.extraction.people.arabic import people_in_arabic
from normbook.extraction.people.chinese import SURNAME, people_in_han
from normbook.extraction.people.finder import WORD, Speaker, people_in
from normbook.languages.language import pattern, simplified, vocabulary
from normbook.structure.dialogue import answering, held_in_han, held_in_japanese, marked_lines, persons_in_record
from normbook.structure.labels import (
    Label,
    delegates,
    holder,
    is_person,
    labels_inside,
    noted_names,
    read_label,
    read_officer,
    record_labels,
)
from normbook.text.detection import HAN
from normbook.text.line_cache import LineCache, tokens_of
from normbook.text.offices import SAID, SPEECH_VERB, is_role

ARABIC = re.compile("[\u0621-\u064a]{2}")
LEAST_LABELS = 2  # labels that show that a text is a record of speeches
HAN_PERSON = pattern(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}")
NEAR_HEAD, COLONS = 12, (":", "\uff1a", ". \u2013 ", ". \u2014 ")  # code points before a label that starts with a title
MOST_WORDS = 1 << 16  # cached words that denote no office
NEAR_VERB = 90  # code points around a name in which its verb of saying is looked for
QUOTED = re.compile(r"“([^“”]{2,})”|(?<!\w)\"([^\"]{2,})\"")


_roles = LineCache(lambda word: (True,) if is_role(word) else (), MOST_WORDS)


def find_speakers(text: str) -> list[Speaker]:
    """The people named with an office, at the first mention of each pair, and those with a speaker's label, in order.

    The office of a person who only has a label may be "".

    >>> [(s.name, s.office) for s in find_speakers("Spokesperson Ana Brook said that the charts are open.")]
    [('Ana Brook', 'Spokesperson')]
    """
    found: dict[tuple[str, str], Speaker] = {}
    labels: list[tuple[int, Label]] = []
    at = heads = 0
    roles = {word for word, _ in _roles.results_for(set(WORD.findall(" ".join(tokens_of(text)))))}
    for row in text.split("\n"):
        if label := read_label(row):
            labels.append((at, label))
        elif officer := read_officer(row):
            start, end = at + officer.office_at, at + officer.name_at + len(officer.name)
            found.setdefault((officer.name, officer.office), Speaker(officer.name, officer.office, start, end))
        plain = row.isascii()
        wide = not plain and HAN.search(row) is not None
        arabic = not wide and not plain and ARABIC.search(row) is not None
        named = people_in_han if wide else people_in_arabic if arabic else people_in if any(map(row.__contains__, roles)) else None
        for each in named(row) if named else ():
            start, end = at + each.start, at + each.end
            heads += each.start < NEAR_HEAD and row.startswith(COLONS, each.end) and not label
            verb = each.verb or _verb_near(text, start, end)
            found.setdefault((each.name, each.office), Speaker(each.name, each.office, start, end, verb))
        labels += [(at, Label(m["name"], "", m.start("name"), m.start("name"), m.end(), True)) for m in labels_inside(row)]
        for match in () if wide else delegates(row):
            found.setdefault(
                (match["name"], ""), Speaker(match["name"], "", at + match.start("name"), at + match.end("name"), match["verb"])
            )
        at += len(row) + 1
    rows = text.split("\n")
    starts = list(accumulate((len(row) + 1 for row in rows), initial=0))
    labels += [(starts[k], label) for k, label in record_labels(rows)]
    for k, match in held_in_han(rows):
        if HAN_PERSON.fullmatch(simplified(match["named"])):
            office = match.string[match.start("label") : match.start("named")].strip()
            labels.append((starts[k], Label(match["named"], office, match.start("named"), match.start("label"), match.end(), True)))
    for k, match in held_in_japanese(rows):
        labels.append((starts[k], Label(match["named"], match["office"], match.start("named"), match.start("office"), match.end(), True)))
    for k, name in answering(rows):
        if is_person(name) or HAN_PERSON.fullmatch(simplified(name)):
            labels.append((text.index(name, starts[k]), Label(name, "", 0, 0, len(name), True)))
        elif held := holder(name):
            labels.append((text.index(name, starts[k]), held))
    noted = list(noted_names(rows))
    if marked_lines(rows) or (len(noted) > 1 and (heads or any(label.titled or label.office for _, label in labels))):
        labels += [(starts[k], Label(name, "", 0, 0, len(name), True)) for k, name in noted]
    labels += [(starts[k], Label(name, "", 0, 0, len(name))) for k, name in persons_in_record(rows)]
    _add_labelled(found, labels, heads)
    surnames = {name.rpartition(" ")[2] for name, _ in found if " " in name}
    return sorted((each for each in found.values() if each.name not in surnames), key=lambda speaker: speaker.start)


def _add_labelled(found: dict[tuple[str, str], Speaker], labels: list[tuple[int, Label]], others: int) -> None:
    """Adds the people with labels who are not in the list yet; a single label without an office counts only with a title.

    `others` is the number of lines that start with a name and an office before a colon.
    """
    known = {part for name, _ in found for part in (name.casefold(), name.rpartition(" ")[2].casefold())}
    for at, label in labels:
        if label.name.casefold() in known or (len(labels) + others < LEAST_LABELS and not (label.office or label.titled)):
            continue
        known.add(label.name.casefold())
        start = label.name_at if not label.office else min(label.name_at, label.office_at)
        end = max(label.name_at + len(label.name), label.office_at + len(label.office) if label.office else 0)
        found[label.name, label.office] = Speaker(label.name, label.office, at + start, at + end)


def _verb_near(text: str, start: int, end: int) -> str | None:
    """The verb of saying after a name with its office, or else the last one before it."""
    verb = SPEECH_VERB.search(text, end, end + NEAR_VERB)
    if not verb:
        verb = _last(SPEECH_VERB.finditer(text, max(0, start - 30), start))
    return verb[0] if verb else None


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    found = None
    for match in matches:
        found = match
    return found


def find_quotes(text: str) -> Iterator[tuple[int, int]]:
    """The spans between paired quotation marks, without the marks."""
    for match in QUOTED.finditer(text):
        group = 1 if match[1] is not None else 2
        yield match.start(group), match.end(group)


@cache
def _said() -> str:
    """The pattern of the verbs of saying."""
    return vocabulary().fill(SAID)


def attributed_to(sentence: str, people: list[str]) -> str | None:
    """The one of `people` (full names) whom a sentence names, in full or in part, before or after a verb of saying."""
    if not SPEECH_VERB.search(sentence):
        return None
    said = _said()
    for name in people:
        parts = [name, *name.split()]
        for part in parts:
            if re.search(rf"\b{part}\b,? (?:\w+ )?{said}\b|\b{said} {part}\b|\b{said} (?:\w+ ){{0,3}}{part}\b", sentence):
                return name
    return None
