"""People named with an office: name and office must be adjacent, as in "Minister Ana Brook"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from normbook.extraction.people.names import POSSESSIVE, Span, Word, behind_titles, gap, is_headline, name_at, name_before
from normbook.extraction.people.offices import CYRILLIC, behind_adjectives, office_end, office_start
from normbook.extraction.people.russian import behind_genitive, is_adjective, russian, said_before
from normbook.languages.language import Words
from normbook.text.offices import (
    BEFORE_PLACES,
    BODIES,
    COMMON_ROLES,
    DEFINITE,
    DETERMINERS,
    ELECTED,
    ENDS_OFFICE,
    JOINTS,
    ROLE_ENDS,
    SPEECH_VERB,
    is_role,
)

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
WORD_AT: Callable[[tuple[int, int, str, bool]], Word] = partial(tuple.__new__, Word)  # takes a third of the time of Word(...)
PLACE_AND_NAME = 5  # words after a role up to the end of "of Place First Last"
NEAR = 40  # code points after a name that show whether it has ended
ENDS_NAME = frozenset(',.;:!?)(”"»')
FRENCH_ROLES = Words("people.roles", part="fr")  # "M." before a name with one of these is "Monsieur"
NOT_BEFORE_NAMES = Words("people.office-of", "people.houses", "people.conjunctions")
ADDRESSES = Words("dialogue.addresses")  # "Madam Vice President, Ana Brook said": the office is of the one who is addressed
AGE = re.compile(r", \d{2}, ")
PLACED = Words("people.before-their-place")
FOR, BEEN = Words("grammar.for", part="en"), Words("grammar.been", part="en")
BEFORE_OFFICE = Words("grammar.copulas", "grammar.been")
DASHES = (" — ", " – ", " -- ")


class Speaker(NamedTuple):
    """A person named with an office: both as written, the span of the two, and the verb of saying next to them, if any."""

    name: str
    office: str
    start: int
    end: int
    verb: str | None = None


def people_in(row: str) -> Iterator[Speaker]:
    """The people that a line names with an office.

    Nothing is guessed across a distance: the office precedes the name ("Minister Ana Brook"), with a comma or without
    ("the mayor of Tolk, Ana Brook,"), or follows it after a comma, in parentheses, or after a form of "to be".

    >>> [(s.name, s.office) for s in people_in("Ana Brook, mayor of Tolk, met the harbour minister, Per Lund, on Monday.")]
    [('Ana Brook', 'mayor of Tolk'), ('Per Lund', 'harbour minister')]
    """
    matches = list(WORD.finditer(row))
    titled = is_headline([match[0] for match in matches])
    words = [WORD_AT((match.start(), match.end(), match[0], titled)) for match in matches]
    roles = [is_role(word.text) for word in words]
    for k in [k for k, held in enumerate(roles) if held]:
        word = words[k]
        if not (k + 1 < len(words) and roles[k + 1] and row[word.end : words[k + 1].start] == " "):
            named = _name_first(row, words, k) if k + 1 < len(words) and words[k + 1].low in FOR else None
            if found := named or _office_first(row, words, k) or _name_first(row, words, k):
                yield found


def _office_first(row: str, words: Sequence[Word], role: int) -> Speaker | None:
    """An office and the name that follows it, with or without a comma."""
    first = office_start(row, words, role)
    after = behind_adjectives(row, words, role)
    if gap(row, words, after - 1) == " " and not (first == role and words[role].text in COMMON_ROLES and after == role + 1):
        name = name_at(row, words, behind_titles(row, words, after))
        if name and CYRILLIC.match(words[role].text):
            name, after = behind_genitive(words, name, after)
        if name and not is_adjective(words[name.first].text) and (name.end - name.first > 1 or _is_surname(row, words, role, name)):
            return _speaker(row, words, Span(first, after), name)
    if after == role + 1 < len(words) and words[after].low in BODIES and gap(row, words, role) == gap(row, words, after) == " ":
        name = name_at(row, words, after + 1)  # Polish "Minister Infrastruktury Anna Kowal"
        if name and name.end - name.first > 1:
            return _speaker(row, words, Span(first, after + 1), name)
    if CYRILLIC.match(words[role].text):
        spans = russian(row, words, first, role)
        return _speaker(row, words, *spans) if spans else None
    end = office_end(row, words, role)
    if end > role + 1:
        german = words[role].low.endswith(ROLE_ENDS.ends)
        for k in range(role + 2, end - 1):  # "Minister of Foreign Affairs Ana Brook"
            if (words[k].low in BODIES or not (words[k].capital or german)) and words[k].low.replace("'", "’").rpartition("’")[
                2
            ] not in NOT_BEFORE_NAMES:
                name = name_at(row, words, k + 1)
                if name and name.end - name.first > 1 and (words[k].low in BODIES or not words[role].capital or len(words) > name.end):
                    held = _behind_a_thing(row, words, name)
                    return _speaker(row, words, Span(first, name.end if held else k + 1), held or name)
        if found := _behind_a_place(row, words, first, role, end):
            return found
    if end < len(words) and row[words[end - 1].end : words[end].start] == ", " and row[words[first].start - 1 : words[first].start] != "(":
        titled = behind_titles(row, words, end)
        name = name_at(row, words, titled)
        if (
            name
            and (name.end - name.first > 1 or titled > end)
            and not (first and words[first - 1].low in ADDRESSES)
            and words[first].low not in ADDRESSES
            and _closes(row, words, name)
            and not (_has_own_office(row, words, name) and _name_first(row, words, role))
        ):
            return _speaker(row, words, Span(first, end), name)
    return None


def _behind_a_thing(row: str, words: Sequence[Word], thing: Span) -> Span | None:
    """The name between two commas behind the name of a thing: "le capitaine du navire Étoile du Nord, Luc Arnaud, admet"."""
    if gap(row, words, thing.end - 1) != ", ":
        return None
    name = name_at(row, words, thing.end)
    closed = name and name.end - name.first > 1 and name.end < len(words) and gap(row, words, name.end - 1) == ", "
    return name if name and closed and not words[name.end].capital and words[name.end].low not in JOINTS else None


def _has_own_office(row: str, words: Sequence[Word], name: Span) -> bool:
    """True for a name that is followed by a comma and an office: an office before it is somebody else's."""
    return gap(row, words, name.end - 1) == ", " and any(is_role(word.text) for word in words[name.end : name.end + 4])


def _behind_a_place(row: str, words: Sequence[Word], first: int, role: int, end: int) -> Speaker | None:
    """The name in "Prime Minister of Velmark Gunnar Holm told": after "of" a one-word place, a name of two words and a verb of saying."""
    verb = end < len(words) and row[words[end - 1].end : words[end].start] == " " and SPEECH_VERB.match(row, words[end].start)
    said = verb or row[words[end - 1].end : words[end - 1].end + 2] == ": " or said_before(words, first)
    if end - role != PLACE_AND_NAME or words[role + 1].low not in PLACED or not said:
        return None
    name = name_at(row, words, end - 2)
    place = words[role + 2]
    if not place.capital or place.low in BODIES or not name or name != Span(end - 2, end):
        return None
    return _speaker(row, words, Span(first, role + 3), name)


def _name_first(row: str, words: Sequence[Word], role: int) -> Speaker | None:
    """A name and the office that follows it: after a comma, in parentheses, or after a form of "to be"."""
    first = office_start(row, words, role)
    k = first - 1
    determiner = (
        k >= 0
        and (words[k].low in DETERMINERS or (words[k].capital and words[k].text.endswith(POSSESSIVE)))
        and row[words[k].end : words[first].start] in (" ", "’", "'", "’ ", "' ")
    )
    if k > 0 and words[k].text.endswith(POSSESSIVE) and words[k - 1].low in DEFINITE and gap(row, words, k - 1) == " ":
        k, determiner = k - 1, True  # "Ana Brook, the museum's director"
    opens = k if determiner else first
    if opens == 0:
        return None
    joint = row[words[opens - 1].end : words[opens].start]
    end = office_end(row, words, role)
    follows = row[words[end - 1].end : words[end - 1].end + 1]
    if joint == " " and words[opens - 1].low in BEFORE_OFFICE:
        last = opens - 2 if words[opens - 1].low in BEEN else opens - 1
        name = name_before(row, words, last)
        if name and row[words[last - 1].end : words[last].start] == " ":
            return _speaker(row, words, Span(first, end), name)
        return None
    dashed = joint in DASHES and determiner and row.startswith(joint, words[end - 1].end)
    if joint not in (", ", " (", "，") and not dashed and not AGE.fullmatch(joint):
        return None
    if end > role + 1 and words[end - 1].low in JOINTS:
        return None  # two offices, the second of which is somebody else's
    name = name_before(row, words, opens)
    if not name or (joint == " (" and follows != ")" and row[words[end - 1].end : words[end - 1].end + 2] != ", "):
        return None
    if determiner and words[opens].low in DEFINITE and end == role + 1:
        verb = SPEECH_VERB.match(row, words[end].start) if end < len(words) and follows == " " else None
        if verb or (name.first and words[name.first - 1].low in BEFORE_PLACES):
            return None  # "In Port Alwen, the minister said"
    if (
        follows
        and follows not in ENDS_NAME
        and not dashed
        and not row[words[end - 1].end : words[end - 1].end + 2].strip().isdigit()
        and not (end < len(words) and words[end].low in ENDS_OFFICE)
    ):
        return None
    return _speaker(row, words, Span(first, end), name)


def _speaker(row: str, words: Sequence[Word], office: Span, name: Span) -> Speaker:
    named = row[words[name.first].start : words[name.end - 1].end]
    held = row[words[office.first].start : words[office.end - 1].end]
    if named.startswith("M. ") and words[office.first].low in FRENCH_ROLES:
        named, name = named[3:].lstrip(), Span(name.first + 1, name.end)
    for end in POSSESSIVE[:2]:
        named = named.removesuffix(end)
    start = min(words[office.first].start, words[name.first].start)
    return Speaker(named, held, start, max(words[office.end - 1].end, words[name.first].start + len(named)))


def _is_surname(row: str, words: Sequence[Word], role: int, name: Span) -> bool:
    """True for a lone surname after a title that has a verb of saying or starts a turn."""
    if words[role].low not in ELECTED or not words[role].capital or (role and gap(row, words, role - 1) == " " and words[role - 1].capital):
        return False
    after = row[(at := words[name.end - 1].end) : at + NEAR]
    return (after[:1] == ":" and role == 0) or bool(SPEECH_VERB.match(after.lstrip(",")[1:]))


def _closes(row: str, words: Sequence[Word], name: Span) -> bool:
    """True if a name after an office and a comma ends there: at punctuation, the end of the line or a verb of saying."""
    after = row[(at := words[name.end - 1].end) : at + NEAR]
    return not after or after[0] in ENDS_NAME or after.startswith(" (") or bool(SPEECH_VERB.match(after[1:]))
