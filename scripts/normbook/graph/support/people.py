"""Who is named in quoted words, who speaks in them, and whose view they give; by the names, demonyms and offices of actors' own records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from normbook.graph.support.lexicon import MOST_KEPT, Hit, find, pattern
from normbook.graph.support.modality import CLASSES
from normbook.graph.support.turned import BREAK, HAN, clause_start, is_contrasted, is_passive, is_unreal, is_unsaid, left_out, turns_away
from normbook.languages.language import pattern as words_pattern
from normbook.records.model import Record

OPENING = 30  # code points in which words name the one whose view they give
REACH = 120  # code points between a name and its verb
LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
STOP = re.compile(r"[.!?。！？](?:\s|$|[”\"’])|[。！？]")
CAPITALISED = re.compile(r"(?<!^)\b[A-Z][a-z]+")
RELATIVE = words_pattern(r",|\b<speech.relatives:en>\b|\(")
BETWEEN_HOLDERS = words_pattern(r"(?i)[\s,，:：“\"]*<acts.before-holders:en>?[\s“\"]*(?:<grammar.definite-articles:en> )?")
ANOTHER_THAT = words_pattern(r"[;；]|\b<grammar.that:en>\b")
BEFORE_HOLDER = words_pattern(r"\b<grammar.that:en> (?:<grammar.definite-articles:en> )?$")
JOINED = re.compile(r",? (\w+)(?: [a-z]+){0,3}(?: [A-Z]\w+)+")  # others that are joined with a name: " and delegates of Norland"
COMMA = re.compile(r"[,，]")
PARTS = re.compile(r"[\s,，]+")
TITLED = re.compile(r"\s[“\"]?[A-Z]")
SHORT_GAP, MOST_BETWEEN = 10, 6  # Chinese characters, and words, between a subject and its verb
COLON = re.compile(r"[’'s]*\s?[:：]")


class Mention(NamedTuple):
    """A place where someone is named: its code points, whom it names, and how (name, demonym or office)."""

    start: int
    end: int
    ids: frozenset[str]
    how: str


def names_of(record: Record, sources: Iterable[Record] = ()) -> Iterator[tuple[str, str]]:
    """The names, demonyms and offices of an actor, and those under which some sources list the actor as a speaker; with how each names."""
    fields = record.fields
    for each in fields.get("names", ()):
        yield each["text"], "name"
    for each in fields.get("demonyms", ()):
        yield each["text"], "demonym"
    for each in fields.get("offices", ()):
        yield each["title"], "office"
    for source in sources:
        for each in source.fields.get("speakers", ()):
            if each.get("actor") == record.id:
                yield each["name"], "name"
                if each.get("office"):
                    yield each["office"], "office"


class Index:
    """The names of some actors, to be looked for in words."""

    def __init__(self, actors: Mapping[str, Record], sources: Sequence[Record] = ()) -> None:
        found: dict[str, dict[str, str]] = {}
        for id, record in actors.items():
            for text, how in names_of(record, sources):
                found.setdefault(text, {}).setdefault(id, how)
        self.names = found
        self.people = {id for id, record in actors.items() if record.fields.get("kind") == "person"}

    def mentions(self, words: str) -> list[Mention]:
        """Where someone is named. Of names that overlap the longest counts; an office or a demonym before a person's name is that person's."""
        found = [
            Mention(start, end, frozenset(ids), min(ids.values(), key=("name", "demonym", "office").index))
            for name, ids in self.names.items()
            for start, end in _places(words, name)
        ]
        kept: list[Mention] = []
        for each in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or each.start >= kept[-1].end:
                kept.append(each)
        return self._joined(words, kept)

    def _joined(self, words: str, kept: list[Mention]) -> list[Mention]:
        joined: list[Mention] = []
        for each in reversed(kept):
            following = joined[-1] if joined else None
            if (
                following
                and words[each.end : following.start].strip() == ""
                and (following.ids & self.people or following.how == "office")
                and following.start - each.end < 2
            ):
                joined[-1] = Mention(each.start, following.end, following.ids, following.how)
            else:
                joined.append(each)
        return joined[::-1]


def _places(words: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as a word of its own; capitals count in names of three letters and fewer."""
    latin = bool(LATIN.search(name))
    text, wanted = (words, name) if len(name) < 4 or not latin else (words.casefold(), name.casefold())
    if len(text) != len(words):
        text, wanted = words, name
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not latin or not (_is_letter(words, at - 1) or _is_letter(words, end)):
            yield at, end
        at = text.find(wanted, at + 1)


def _is_letter(words: str, at: int) -> bool:
    return 0 <= at < len(words) and words[at].isalnum() and words[at] < "\u2e80"


class Voices(NamedTuple):
    """Who speaks in some words: those who are named, and whether a pronoun does."""

    named: frozenset[str]
    pronoun: bool


def voices(words: str, index: Index) -> Voices:
    """Who is the subject of a verb of saying: the nearest name before it, or the name directly after it ("said Mao", "according to Mao")."""
    mentions = index.mentions(words)
    named: set[str] = set()
    pronoun = False
    for hit in find(words, "acts.say", "acts.questions", "acts.propose", "acts.deny"):
        if hit.key != "acts.deny" and is_unsaid(words, hit):
            continue
        before = [
            each for each in mentions if each.end <= hit.start and not left_out(words, each.start) and not _is_beside(words, each.start)
        ]
        if is_passive(words, hit):
            if not pattern("acts.asks").fullmatch(words, hit.start, hit.end):
                named |= _agent(words, hit, mentions)
            continue
        pronoun_before = _pronoun_before(words, hit.start)
        subject = before[-1] if before and _reaches(words, before[-1].end, hit.start) else None
        if before and (not subject or _is_object(words, subject, hit.start)):
            subject = before[0] if _is_joined(words, before[0], hit.start) else None
        if subject and _is_relative(words, subject, hit.start):
            subject = None
        if pronoun_before:
            pronoun = True
        elif subject:
            named |= subject.ids
        else:
            following = next((each for each in mentions if each.start >= hit.end), None)
            if following and len(words[hit.end : following.start].strip()) == 0 and _is_free(words, hit.start):
                named |= following.ids
    for each in mentions:
        if COLON.match(words, each.end):
            named |= each.ids
    return Voices(frozenset(named), pronoun)


def _agent(words: str, hit: Hit, mentions: Sequence[Mention]) -> frozenset[str]:
    """Who tells in a passive sentence: "Reed was told by Holm"."""
    following = next((each for each in mentions if each.start >= hit.end), None)
    by = following is not None and bool(pattern("acts.agents").fullmatch(words[hit.end : following.start].strip()))
    return following.ids if following and by else frozenset()


def _is_object(words: str, mention: Mention, verb: int) -> bool:
    """True if a verb of saying is joined to one before the name, whose object it may be: "Holm thanked Reed and said"."""
    return _is_after_joint(words, mention.end, verb) and not _begins(words, mention.start)


def _is_joined(words: str, mention: Mention, verb: int) -> bool:
    """True if a name opens the sentence in which a verb of saying is joined to another verb of the same subject."""
    return _is_after_joint(words, mention.end, verb) and _begins(words, mention.start) and not STOP.search(words, mention.end, verb)


def _is_after_joint(words: str, end: int, verb: int) -> bool:
    joints = find(words[end:verb], "negation.joints")
    return bool(joints) and not words[end + joints[-1].end : verb].strip()


def _begins(words: str, start: int) -> bool:
    """True if a name opens its sentence."""
    stops = [match.end() for match in STOP.finditer(words, 0, start)]
    return not words[max(stops, default=0) : start].strip(" “\"‘'")


def _is_beside(words: str, start: int) -> bool:
    """True if a name belongs to another subject: "a critic of Holm", but not "the government of Norland"."""
    before = words[max(0, start - 24) : start].rstrip()
    hits = find(before, "acts.beside")
    return bool(hits) and hits[-1].end == len(before) and not any(hit.end == len(before) for hit in find(before, "acts.bodies"))


def _is_relative(words: str, mention: Mention, verb: int) -> bool:
    """True if a name is the subject of a relative clause that another verb ends: "a letter that Reed wrote said", not "which Reed said"."""
    before = words[max(0, mention.start - 24) : mention.start].rstrip()
    hits = find(before, "negation.relative-pronouns")
    if not hits or hits[-1].end != len(before) or pattern("acts.auxiliaries").fullmatch(words[mention.end : verb].strip() or "did"):
        return False
    head = before[: hits[-1].start].rstrip()
    said = find(head, "acts.say", "acts.believe", "acts.propose", "acts.deny", "acts.accuse", "acts.others")
    return not said or said[-1].end != len(head)


def _reaches(words: str, end: int, start: int) -> bool:
    """True if what stands between a name and a verb lets the name be its subject: no stop, no other name, but relative clauses."""
    gap = words[end:start]
    if pattern("acts.possessives").match(gap):
        return False  # "China's stance": what is China's speaks, not China
    if len(gap) > REACH or STOP.search(gap) or ANOTHER_THAT.search(gap):
        return False
    if gap[-1:] >= HAN and (comma := gap.rfind("，")) >= 0 and not pattern("acts.adverbs").fullmatch(gap[comma + 1 :]):
        return False  # the last clause may have another subject, as in "Reed was there, Holm said"
    plain = gap[: match.start()] if (match := RELATIVE.search(gap)) else gap
    tail = gap[gap.rfind(",") + 1 :]  # "Asked by Holm, Li said": another subject
    return not CAPITALISED.search(plain.lstrip()) and not (tail != gap and CAPITALISED.search(f"-{tail.lstrip()}"))


def _pronoun_before(words: str, start: int) -> bool:
    window = words[max(0, start - 24) : start]
    return any(not re.search(r"\w\s+\w+\s+\w", window[hit.end :]) for hit in find(window, "acts.pronouns")[-1:])


def _is_free(words: str, start: int) -> bool:
    """True if a verb of saying has no subject before it: it opens the words, or follows a quotation, a comma."""
    before = words[:start].rstrip()
    return not before or before[-1] in "\",”’'，,"


def holders(frames: Sequence[str], exact: str, index: Index, speaker: str) -> frozenset[str]:
    """Whose view some words give, where that is not the speaker: who speaks in a frame besides the speaker, who is named right after a verb
    of saying there ("said that Russia"), or before an accusation; where no frame names anyone, who opens the words themselves.
    """
    found: set[str] = set()
    for frame in frames:
        mentions, whole = index.mentions(frame), _continued(frame, exact)
        found |= voices(frame, index).named - {speaker}
        for hit in find(frame, "acts.say", "acts.believe"):
            for each in mentions:
                if left_out(frame, each.start) or is_contrasted(whole, each.start, each.end) or _is_owner(whole, each.end):
                    continue
                if each.start >= hit.end and BETWEEN_HOLDERS.fullmatch(frame, hit.end, each.start):
                    found |= each.ids - {speaker}
                if each.start >= hit.end and BEFORE_HOLDER.search(frame[hit.end : each.start]):
                    found |= each.ids - {speaker}
        for hit in find(frame, "acts.accuse"):
            before = [each for each in mentions if each.end <= hit.start and hit.start - each.end < 30]
            if before:
                found |= before[-1].ids - {speaker}
    if found:
        return frozenset(found)
    opening = [each for each in index.mentions(exact) if each.start < OPENING and _opens(exact, each)][:1]
    return frozenset(opening[0].ids - {speaker}) if opening else frozenset()


def _opens(exact: str, mention: Mention) -> bool:
    """True if words open with the one whose view they give, with no other name and no other subject before."""
    if left_out(exact, mention.start) or is_contrasted(exact, mention.start, mention.end) or _is_owner(exact, mention.end):
        return False
    lead = exact[: mention.start]
    return not CAPITALISED.search(f" {lead[clause_start(exact, mention.start) :]}") and not _is_beside(exact, mention.start)


def _continued(frame: str, exact: str) -> str:
    """A frame with the rest of the quotation whose beginning it ends with."""
    shared = next((size for size in range(min(len(frame), len(exact)), 0, -1) if frame.endswith(exact[:size])), 0)
    return frame + exact[shared:] if shared else frame


def _is_owner(words: str, end: int) -> bool:
    """True if a name only tells whose something is: "Suria's neighbours", but not "Suria's government"."""
    rest = words[end:]
    owner = pattern("acts.possessives").match(rest)
    return owner is not None and not pattern("acts.bodies-behind").match(rest[owner.end() :].lstrip())


def antecedents(frames: Sequence[str], index: Index) -> frozenset[str]:
    """The persons whom frames name, of whom a pronoun may speak."""
    return frozenset(id for frame in frames for each in index.mentions(frame) for id in each.ids)


def named(words: Iterable[str], index: Index, *turned: str) -> frozenset[str]:
    """Everyone who is named in some words, but whom they leave out or of whom they say a verb of the lists `turned`."""
    instead = ("negation.stands-in",) if turned else ()
    found: set[str] = set()
    for each in words:
        for mention in index.mentions(each):
            if left_out(each, mention.start, *instead) or is_contrasted(each, mention.start, mention.end):
                continue
            if turns_away(each, mention.end, *turned):
                continue
            if turned and (is_unreal(each, mention.start, mention.start) or _is_elsewhere(each, mention)):
                continue
            found |= mention.ids
    return frozenset(found)


def _is_elsewhere(words: str, mention: Mention) -> bool:
    """True if a name only tells whose something is, or from whom: "Holm's letter", "a letter from Holm"."""
    before = words[max(0, mention.start - 24) : mention.start].rstrip()
    hits = find(before, "negation.not-there")
    from_them = bool(hits) and hits[-1].end == len(before) and not any(hit.end == len(before) for hit in find(before, "acts.bodies"))
    return from_them or _is_owner(words, mention.end)


def authors(words: Iterable[str], index: Index) -> frozenset[str]:
    """Who puts something forward in some words: the subject or the agent of a verb of doing so, or the owner of what has a name of its own."""
    found: set[str] = set()
    for each in words:
        mentions = [one for one in index.mentions(each) if not left_out(each, one.start) and not _is_beside(each, one.start)]
        for hit in find(each, "acts.works"):
            found |= _series(each, hit.end, mentions)
        for hit in find(each, "acts.author"):
            if is_unsaid(each, hit):
                continue
            by = next((one for one in pattern("acts.agents").finditer(each, hit.end) if not BREAK.search(each, hit.end, one.start())), None)
            if by and (is_passive(each, hit) or not each[hit.end : by.start()].strip()):
                found |= _series(each, by.end(), mentions)
            elif not is_passive(each, hit):
                found |= _subjects(each, hit.start, mentions)
        for one in mentions:
            if _owns(each, one.end):
                found |= one.ids
    return frozenset(found)


def _owns(words: str, end: int) -> bool:
    """True if what has a name of its own belongs to a name: "the Surian side's “Open Rails Compact”", "Suria-proposed"."""
    if words[end : end + 1] == "-":
        return bool(pattern("acts.author").match(words[end + 1 :]))
    rest = words[end:].lstrip()
    body = pattern("acts.bodies-behind").match(rest)
    rest = rest[body.end() :] if body else words[end:]
    owner = pattern("acts.possessives").match(rest)
    return bool(owner and TITLED.match(rest, owner.end()))


def _joins(gap: str) -> bool:
    """True if nothing but joints stands between two names."""
    if bodies := [hit for hit in find(gap, "acts.bodies") if not gap[hit.end :].strip()]:
        gap = gap[: bodies[0].start]  # "Reed and delegates of Suria"
    parts = [part for part in PARTS.split(gap) if part]
    return bool(gap.strip()) and all(
        pattern("negation.joints").fullmatch(part) or pattern("negation.links").fullmatch(part) for part in parts
    )


def attendees(words: Iterable[str], index: Index) -> frozenset[str]:
    """Who takes part in what some words tell of: the subject of a verb of attending or saying, a companion ("with Reed"), who is sent."""
    found: set[str] = set()
    for each in words:
        mentions = [
            one
            for one in index.mentions(each)
            if not left_out(each, one.start, "negation.stands-in")
            and not is_contrasted(each, one.start, one.end)
            and not is_unreal(each, one.start, one.start)
        ]
        for hit in find(each, "acts.attends", "acts.say", "acts.sends", "acts.author"):
            if not is_unsaid(each, hit) and (hit.key not in ("acts.say", "acts.author") or not is_passive(each, hit)):
                subjects = _subjects(each, hit.start, [one for one in mentions if not _is_elsewhere(each, one)])
                found |= subjects - (index.people if hit.key == "acts.sends" else set())
        for number, one in enumerate(mentions):
            before = each[max(0, one.start - 60) : one.start].rstrip()
            with_them = find(before, "acts.companions")
            gap = before[with_them[-1].end :] if with_them else "."
            joined = number and mentions[number - 1].ids & found and _joins(each[mentions[number - 1].end : one.start])
            closing = before.endswith(",") and not each[one.end :].strip()
            if joined or closing or (with_them and (gap.strip() == "" or all(part[:1].isupper() for part in gap.split()))):
                found |= one.ids
    return frozenset(found)


def _series(words: str, at: int, mentions: Sequence[Mention]) -> frozenset[str]:
    """Those who are named right after a place, one after another: "by Suria and Norland"."""
    found: set[str] = set()
    for each in mentions:
        if each.start < at:
            continue
        gap = words[at : each.start]
        if not (_joins(gap) if found else not gap.strip() or pattern("negation.links").fullmatch(gap.strip())):
            break
        found |= each.ids
        at = each.end
    return frozenset(found)


def _subjects(words: str, verb: int, mentions: Sequence[Mention]) -> frozenset[str]:
    """Those who are named as the subject of a verb: the nearest before it in its clause, and those joined with it."""
    before = [each for each in mentions if each.end <= verb]
    if not before:
        return frozenset()
    last, gap = before[-1], words[before[-1].end : verb]
    joined = JOINED.match(gap)
    if joined and pattern("negation.joints").fullmatch(joined[1]):
        gap = gap[joined.end() :]
    if owner := pattern("acts.possessives").match(gap):
        body = pattern("acts.bodies-behind").match(gap[owner.end() :].lstrip())
        gap = gap[owner.end() :].lstrip()[body.end() :] if body else gap
    dense = gap[-1:] >= HAN
    if dense and (len(gap) > SHORT_GAP or pattern("acts.between").search(gap) or BREAK.search(gap)):
        return frozenset()
    if not dense and (not _reaches(gap, 0, len(gap)) or pattern("acts.between").search(gap) or len(gap.split()) > MOST_BETWEEN):
        return frozenset()
    found = set(last.ids)
    for each in reversed(before[:-1]):
        if not _joins(words[each.end : last.start]):
            break
        found |= each.ids
        last = each
    return frozenset(found)


@lru_cache(MOST_KEPT)
def addressed(words: str) -> frozenset[str]:
    """The kinds of addressee that words name before their first modal verb, or anywhere if they have none.

    >>> sorted(addressed("IT businesses must not use dependency on goods from consumers")), sorted(addressed("各国应公布渔获量"))
    (['companies'], ['states'])
    """
    modal = [hit.start for hit in find(words, *CLASSES) if hit.key != "modality.encouraged"]
    subject = _subject_part(words[: modal[0]]) if modal else words
    found = _kinds(subject, others=True)
    return found or (_kinds(words) if not modal or not subject.strip() else frozenset())


def _subject_part(words: str) -> str:
    """Of the words before a modal verb those that hold its subject: not "in dealing with companies, …", not ", whatever their State, "."""
    parts = COMMA.split(words)
    last = parts[-1].strip()
    if len(parts) == 1 or pattern("negation.joints").match(last):
        return words
    return (last if _kinds(last) else words) if last else parts[0]


KINDS = (
    "addressees.states", "addressees.companies", "addressees.providers", "addressees.international-organisations", "addressees.persons",
    "addressees.authorities", "addressees.all-parties", "addressees.supporters",
)  # fmt: skip


def _kinds(words: str, others: bool = False) -> frozenset[str]:
    """The kinds that words name; with `others` without those that belong to another: "companies of all states", 各国企业."""
    hits = find(words, *KINDS)
    if others:
        hits = [each for number, each in enumerate(hits) if not _belongs(words, hits, number)]
    return frozenset(each.key.removeprefix("addressees.") for each in hits)


def _belongs(words: str, hits: Sequence[Hit], number: int) -> bool:
    """True if a kind of addressee only tells which others are meant, or is left out."""
    hit = hits[number]
    if left_out(words, hit.start):
        return True
    following = hits[number + 1] if number + 1 < len(hits) else None
    if words[hit.start] >= "\u2e80":
        gap = words[hit.end : following.start] if following else "."
        return following is not None and following.key != hit.key and (not gap or bool(pattern("acts.possessives").fullmatch(gap)))
    gap = words[hits[number - 1].end : hit.start] if number else ""
    return bool(number) and hits[number - 1].key != hit.key and bool(pattern("addressees.belonging").match(gap.lstrip())) and "," not in gap


def lends(exact: str) -> bool:
    """True if the words leave it to a frame to say who is meant: by a pronoun, or by naming nobody."""
    return bool(pattern("acts.pronouns").search(exact)) or not re.search(r"\b[A-Z]", exact[1:])


def mentions_name(words: str, names: Iterable[Any], meant: bool = False, others: Sequence[str] = ()) -> bool:
    """True if one of some names stands in the words; with `meant`, not one that they leave out ("unlike the Pledge").

    `others` are lists of more words that leave out what follows.
    """
    return any(
        not (meant and (left_out(words, start, *others) or is_contrasted(words, start, end)))
        for name in names
        for start, end in _places(words, str(name))
    )
