"""Reports of one event side by side: their sentences aligned, and how each gives the speaker's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.comparison.alignment import align, words_of
from normbook.extraction.speakers import find_quotes
from normbook.graph.evidence import Resolved, resolve
from normbook.languages.language import pattern
from normbook.records.model import Evidence, Quotation, Record
from normbook.site.context import RenderContext
from normbook.structure.segmented import Segment
from normbook.text.offices import SPEECH_VERB

COMPARED = frozenset({"headline", "heading", "sent"})
LEAST_QUOTED = 4  # words; fewer between quotation marks are a name or a word set apart, not speech
ENDS_SPEECH = tuple(",.?!\uff0c\u3002\uff1f\uff01")  # before the closing mark; a quoted title ends without
SAYING_ONLY = pattern("<speech.occasions-only:en>")  # verbs of saying that tell of an occasion and give no words
SPEECHES = {"direct": "source.direct-speech", "indirect": "source.indirect-speech", "narrated": "source.narrated"}  # and their labels


class Spoken(NamedTuple):
    """How a sentence gives words: the kinds of speech in it, in the order of SPEECHES, and whether it has a verb of saying."""

    kinds: tuple[str, ...]
    says_who: bool


def evidence_in(context: RenderContext, source: str) -> list[tuple[int, int, str, Evidence]]:
    """The quotations of a source's cleaned reading in other records: their code points, the record, and the evidence, in the order of records."""
    found = []
    for id in dict.fromkeys(edge.subject for edge in context.graph.incoming(source) if edge.relation.endswith("evidence/source")):
        for evidence in context.graph.records[id].evidence:
            if isinstance(evidence.what, Quotation) and evidence.what.source == source:
                place = resolve(evidence.what, context.readings[source])
                if isinstance(place, Resolved) and place.start >= 0 and id != source:
                    found.append((place.start, place.end, id, evidence))
    return found


def spoken(words: str, start: int, evidence: Sequence[tuple[int, int, str, Evidence]]) -> Spoken:
    """How a sentence at a code point gives words: as records say, else by its quotation marks and verbs of saying.

    >>> spoken("“We agree on all of it,” the minister said.", 0, []).kinds, spoken("The gates are open.", 0, [])
    (('direct',), Spoken(kinds=('narrated',), says_who=False))
    """
    verb = _saying(words)
    quoted = [(a, b) for a, b in find_quotes(words) if len(words_of(words[a:b])) >= LEAST_QUOTED and words[a:b].endswith(ENDS_SPEECH)]
    end = start + len(words)
    here = [each for a, b, _, each in evidence if a < end and start < b]
    recorded = {each.speech for each in here} - {""}
    told = any(isinstance(each.what, Quotation) and (each.what.speaker, each.what.stance) == ("unnamed", "reported") for each in here)
    if recorded:
        kinds = recorded
    elif quoted:
        kinds = {"direct"}
    else:
        kinds = {"indirect"} if verb and not told and not SAYING_ONLY.search(words) else {"narrated"}
    return Spoken(tuple(kind for kind in SPEECHES if kind in kinds), verb)


def _saying(words: str) -> bool:
    """True if words outside quotation marks have a verb of saying."""
    inside = list(find_quotes(words))
    return any(not any(a <= match.start() < b for a, b in inside) for match in SPEECH_VERB.finditer(words))


def same_event(context: RenderContext, record: Record) -> Iterator[dict[str, Any]]:
    """The sources that report the same event, each with its sentences aligned to those of this one."""
    others = dict.fromkeys(
        [e.target for e in context.graph.outgoing(record.id) if e.relation == "same_report"]
        + [e.subject for e in context.graph.incoming(record.id) if e.relation == "same_report"]
    )
    if record.fields["rights"]["full_text"] != "publish":
        return
    for other in others:
        if context.graph.get(other, "/rights/full_text") != "publish":
            continue
        one, two = context.readings[record.id], context.readings[other]
        pairs, similarity = align(one.cleaned.text, one.segmented.segments, two.cleaned.text, two.segmented.segments, COMPARED)
        told = evidence_in(context, record.id), evidence_in(context, other)
        tellers = told_by(context, (record.id, other))
        names = (tellers[record.id], tellers[other])
        rows = []
        for pair in pairs:
            left = _side(one, pair.lefts, pair.left_runs, told[0])
            right = _side(two, pair.rights, pair.right_runs, told[1])
            rows.append({"left": left, "right": right, "remarks": list(_remarks(names, left, right)) if left and right else []})
        yield {
            "id": other, "names": names, "lang": context.graph.get(other, "/language"), "similarity": f"{similarity:.2f}", "rows": rows,
        }  # fmt: skip


def told_by(context: RenderContext, sources: Iterable[str]) -> dict[str, str]:
    """Short names of texts by their ids: those of their agencies, else of their publishers, else the titles of their records."""
    ids = sorted(set(sources))
    for path in ("/agency", "/publisher"):
        names = {id: context.graph.get(id, path) or context.graph.get(id, "/publisher") for id in ids}
        if len(set(names.values())) == len(names):
            return names
    return {id: context.graph.briefs[id].title for id in ids}


def _side(
    readings: Readings, eids: Sequence[str], runs: Sequence[tuple[bool, str]], evidence: Sequence[tuple[int, int, str, Evidence]]
) -> dict[str, Any] | None:
    """One side of a row: the sentences, the differences, and how they give words; None if this text lacks them."""
    if not eids:
        return None
    known: dict[str, Segment] = {s.eid: s for s in readings.segmented.segments}
    found = [spoken(readings.cleaned.text[known[eid].start : known[eid].end], known[eid].start, evidence) for eid in eids]
    kinds = [label for kind, label in SPEECHES.items() if any(kind in each.kinds for each in found)]
    title = all(known[eid].kind in ("headline", "heading") for eid in eids)
    return {"eids": eids, "runs": runs, "speech": [] if title else kinds, "says_who": any(each.says_who for each in found), "title": title}


def _remarks(names: tuple[str, str], left: dict[str, Any], right: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What differs between two sides in how they give words: a label, and the name of the text that does it."""
    if left["title"] or right["title"]:
        return
    for name, mine, other in ((names[0], left, right), (names[1], right, left)):
        if len(mine["eids"]) < len(other["eids"]):
            yield "source.merges", name
        if SPEECHES["direct"] in mine["speech"] and SPEECHES["direct"] not in other["speech"]:
            yield "source.quotes", name
        if mine["says_who"] and not other["says_who"]:
            yield "source.adds-saying", name
