"""Answers about the book as JSON values, for programs that ask: search, a record, quotations in context, whether a quotation is true, comparisons, sources.

Every quotation and statement comes with its speaker and stance, and every record with its state of review.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from normbook.comparison.spelling import suggest
from normbook.graph.evidence import Resolved, resolve
from normbook.graph.verification import READINGS, REASONS, Place, Use, bearing, cautions, text_of, uses, verify
from normbook.records.model import Evidence, Quotation
from normbook.records.types import PUBLISHED
from normbook.site import search
from normbook.site.context import RenderContext
from normbook.site.deposit import swhid_of
from normbook.site.evidence import SENTENCES, manner, whole_sentence
from normbook.site.pages.compare import INVERSE, compared_principles, correspondences, pair_row, principles_of
from normbook.site.prose.record import RecordView, as_object
from normbook.text.anchors import Anchor

MOST_FOUND = 50  # results of one search
WEIGHTS = {"title": 8, "native": 8, "id": 6, "text": 3, "quote": 2}  # of a word of the search, by the part of an entry that has it
UNNAMED = "unnamed"


class AnswerError(ValueError):
    """A question that has no answer; the message says why, and what to ask instead."""


@dataclass(frozen=True)
class Book:
    """The book as something to ask."""

    context: RenderContext

    @cached_property
    def _uses(self) -> dict[str, list[Use]]:
        return uses(self.context.graph.records, self.context.readings)

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        graph = self.context.graph
        return {id: search.entry(graph, id, self.context.url(id), graph.briefs[id].names) for id in graph.briefs}

    @cached_property
    def _sentences(self) -> list[tuple[str, dict[str, Any]]]:
        found = [(id, search.sentences(self.context, id, "")) for id in sorted(self.context.readings)]
        return [(id, row) for id, each in found for row in each["sentences"]]

    def search(self, query: str, type: str = "", limit: int = 10) -> dict[str, Any]:
        """The records and the sentences of sources that have all words of a query, the best first; if none has all, those with the most."""
        words = [_folded(word) for word in query.split()]
        if not words:
            raise AnswerError("the query is empty: give some words, an id or a name, in English or Chinese")
        if type and type not in PUBLISHED:
            raise AnswerError(f"unknown type {type!r}: use one of {', '.join(PUBLISHED)}")
        if not 1 <= limit <= MOST_FOUND:
            raise AnswerError(f"expected a limit from 1 to {MOST_FOUND}, found {limit}")
        rows = [
            (sum(has > 0 for has in scores), sum(scores), id)
            for id, entry in self._entries.items()
            if (not type or entry["type"] == type) and any(scores := [_score(entry, word) for word in words])
        ]
        most = max((has for has, _, _ in rows), default=0)
        best = sorted((row for row in rows if row[0] == most), key=lambda row: (-row[1], row[2]))
        said = [
            {"source": id, "segment": row["eid"], "words": row["words"], "said_by": [self._said(*pair) for pair in row.get("said", ())]}
            for id, row in self._sentences
            if all(word in _folded(row["words"]) for word in words)
        ]
        return {
            "query": query, "all_words": most == len(words), "count": len(best),
            "records": [self._found(id) for _, _, id in best[:limit]], "sentences": said[:limit] if not type else [],
        }  # fmt: skip

    def _found(self, id: str) -> dict[str, Any]:
        entry = self._entries[id]
        row = {"id": id, "type": entry["type"], "title": entry["title"], "date": entry.get("date", ""), "summary": self.context.graph.briefs[id].summary}  # fmt: skip
        if "quote" in entry:
            said = self._said(entry.get("speaker", ""), entry["stance"])
            row |= {"quotation": entry["quote"], **said, "machine_translation": entry.get("machine", False)}
        return {**row, **self._state(id)}

    def record(self, id: str) -> dict[str, Any]:
        """A record with its fields, evidence, claims and links; for an id that was replaced, the records in its place."""
        if id in self.context.graph.briefs:
            graph = self.context.graph
            view = RecordView(graph.records[id], graph, self.context.readings, self.context.schemas)
            return {**as_object(view), **self._state(id)}
        moved = next((each for each in self.context.redirects if each["from"] == id), None)
        if moved:
            return {"id": id, "replaced_by": [self.record(each) for each in moved["to"]]}
        raise self._unknown(id)

    def quotation(self, record: str, number: int = 0) -> dict[str, Any]:
        """The quotations of a record in context, or one of them by its number, counted from 1."""
        self._of(record)
        found = [each for each in self.context.graph.records[record].evidence if isinstance(each.what, Quotation)]
        if not found:
            raise AnswerError(f"{record} has no quotation: what it rests on is in the answer of `record`")
        if not 0 <= number <= len(found):
            raise AnswerError(f"{record} has quotations 1 to {len(found)}, found {number}")
        chosen = list(enumerate(found, 1))[number - 1 : number] if number else list(enumerate(found, 1))
        return {"record": record, **self._state(record), "quotations": [{"number": at, **self._in_context(each)} for at, each in chosen]}

    def _in_context(self, evidence: Evidence) -> dict[str, Any]:
        what = evidence.what
        assert isinstance(what, Quotation)
        readings = self.context.readings[what.source]
        place = resolve(what, readings)
        assert isinstance(place, Resolved), "the check has passed"
        row = {
            "exact": what.exact, "prefix": what.prefix, "suffix": what.suffix, "source": what.source, "reading": what.reading,
            "start": place.start if place.start >= 0 else place.raw_start, "end": place.end if place.start >= 0 else place.raw_end,
            "received_start": place.raw_start, "received_end": place.raw_end, "for": list(evidence.supports), "role": what.role, **self._manner(evidence),
            "source_review": self.context.graph.briefs[what.source].review,
            "machine_translation": self.context.graph.get(what.source, "/translation") == "machine",
        }  # fmt: skip
        return row | (self._around(what.source, place.start, place.end) if place.start >= 0 else {})

    def _around(self, source: str, start: int, end: int) -> dict[str, str]:
        """The sentence that holds a span of the cleaned text, and those before and after it."""
        readings = self.context.readings[source]
        text = readings.cleaned.text
        first, last = whole_sentence(readings, start, end)
        rows = [each for each in readings.segmented.segments if each.kind in SENTENCES]
        before = max((each for each in rows if each.end <= first), key=lambda each: each.end, default=None)
        after = min((each for each in rows if each.start >= last), key=lambda each: each.start, default=None)
        return {
            "sentence_before": text[before.start : before.end] if before else "", "sentence": text[first:last],
            "sentence_after": text[after.start : after.end] if after else "",
        }  # fmt: skip

    def _manner(self, evidence: Evidence) -> dict[str, Any]:
        what = evidence.what
        assert isinstance(what, Quotation)
        said = manner(self.context, evidence)
        row = {
            **self._said(what.speaker, what.stance), "speech": said["speech"] or None, "frame": said["frames"], "inferred": said["inferred"],
        }  # fmt: skip
        return row | ({"holder": self._named(evidence.holder)} if evidence.holder else {})

    def verify_quote(self, text: str, source: str = "", prefix: str = "", suffix: str = "") -> dict[str, Any]:
        """Whether a source has exactly these words once; with speaker, stance and review state, or the reason for the refusal."""
        readings = self.context.readings
        hidden = [id for id in readings if self.context.graph.get(id, "/rights/full_text") == "withhold"]
        asked = Anchor(prefix, text, suffix)
        verdict = verify(asked, readings, source, hidden)
        if not verdict.places:
            near = [each._asdict() for each in verdict.nearest]
            said = {"accepted": False, "text": text, "reason": verdict.reason, "message": REASONS[verdict.reason], "hint": verdict.hint, "nearest": near}  # fmt: skip
            return said | ({"sources": sorted(readings)} if verdict.reason == "unknown-source" else {})
        return {"accepted": True, "text": text, "places": [self._place(asked, each) for each in verdict.places]}

    def _place(self, asked: Anchor, place: Place) -> dict[str, Any]:
        found = bearing(place, self._uses.get(place.source, ()))
        rows = [
            {
                "record": use.record.id, "type": use.record.type, "relation": relation, "for": list(use.evidence.supports), "exact": use.quotation.exact,
                **self._manner(use.evidence), "review": self.context.graph.briefs[use.record.id].review,
            }
            for relation, use in found
        ]  # fmt: skip
        nearest = [row for row in rows if row["relation"] == "same"] or [row for row in rows if row["relation"] == "within"]
        told = {key: _agreed([row[key] for row in nearest]) for key in ("speaker", "stance", "speech", "review")}
        known = self.context.graph.briefs[place.source]
        row = {
            **place._asdict(), "source_title": known.title, "source_review": known.review, **told,
            "attribution": "no record quotes these words, so the book does not say who speaks" if not nearest
            else "the records differ: see `recorded`" if any(value == "differs" for value in told.values()) else "as recorded",
            "cautions": cautions(asked, place, str(told["stance"] or ""), self.context.readings[place.source]), "recorded": rows,
            "machine_translation": self.context.graph.get(place.source, "/translation") == "machine",
        }  # fmt: skip
        return row | (self._around(place.source, place.cleaned_start, place.cleaned_end) if place.cleaned_start >= 0 else {})

    def compare(self, one: str, two: str) -> dict[str, Any]:
        """The assessed correspondences between two principles or two initiatives, with their evidence."""
        types = [self._of(id) for id in (one, two)]
        if types[0] != types[1] or types[0] not in ("principle", "initiative") or one == two:
            raise AnswerError(f"expected two principles or two initiatives, found {one} ({types[0]}) and {two} ({types[1]})")
        of = {id: {id, *(principles_of(self.context, id) if types[0] == "initiative" else ())} for id in (one, two)}
        rows = []
        for record in correspondences(self.context):
            row = pair_row(record)
            ends = row["subject"], row["object"]
            if ends[0] in of[one] and ends[1] in of[two]:
                seen = row["relation"]
            elif ends[0] in of[two] and ends[1] in of[one]:
                seen = INVERSE.get(row["relation"], row["relation"])
            else:
                continue
            whole = self.record(record.id)
            rows.append({**row, "relation_seen_from_one": seen, "evidence": whole["evidence"], "claims": whole["claims"], **self._state(record.id)})  # fmt: skip
        possible = (
            1 if types[0] == "principle" else len(compared_principles(self.context, one)) * len(compared_principles(self.context, two))
        )
        return {
            "one": self._named(one), "two": self._named(two), "assessed": len(rows), "possible": possible, "correspondences": rows,
            "note": "A pair without an assessment has not been compared; nothing follows about it.",
        }  # fmt: skip

    def sources(self) -> dict[str, Any]:
        """The sources that the book holds: who published them, when, in which language, how they are cleaned, and what may be shown."""
        graph, rows = self.context.graph, []
        for id in graph.ids_of("source"):
            fields = graph.records[id].fields
            row = {"id": id, "title": graph.briefs[id].title, "held": id in self.context.readings}
            row |= {key: fields[key] for key in ("publisher", "language", "original_language", "translation", "genre", "url", "reports") if key in fields}  # fmt: skip
            row |= {"published": graph.briefs[id].date, "full_text": graph.get(id, "/rights/full_text"), **self._state(id)}
            if readings := self.context.readings.get(id):
                row |= {
                    "sha256": readings.received.sha256,
                    "swhid": swhid_of(readings.received),
                    "characters": {**{each: len(text_of(readings, each)) for each in READINGS}, "corrected": len(readings.corrected)},
                }
                row["quotations"] = len(self._uses.get(id, ()))
            rows.append(row)
        return {"count": len(rows), "sources": rows}

    def _of(self, id: str) -> str:
        if id not in self.context.graph.briefs:
            raise self._unknown(id)
        return self.context.graph.type_of(id)

    def _unknown(self, id: str) -> AnswerError:
        meant = suggest(id, sorted(self.context.graph.briefs))
        return AnswerError(f"no record {id!r}: " + (f"did you mean {meant!r}?" if meant else "call `search` for the ids"))

    def _state(self, id: str) -> dict[str, str]:
        known = self.context.graph.briefs[id]
        return {"publication": known.publication, "review": known.review, "page": self.context.site["url"] + self.context.url(id)}

    def _named(self, id: str) -> dict[str, Any]:
        known = self.context.graph.briefs.get(id)
        return {"id": id, "title": known.title} if known else {"id": id or UNNAMED, "title": None}

    def _said(self, speaker: str, stance: str) -> dict[str, Any]:
        return {"speaker": self._named(speaker), "stance": stance}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _score(entry: Mapping[str, Any], word: str) -> int:
    """How much an entry has to do with a folded word."""
    parts = {key: entry.get(key, "") for key in WEIGHTS}
    linked = " ".join((*entry.get("themes", ()), entry.get("initiative", ""), *entry.get("people", ())))
    return sum(weight for key, weight in WEIGHTS.items() if word in _folded(parts[key])) + (word in linked)


def _agreed(values: list[Any]) -> Any:
    """What all values say: None without any, `differs` where they differ."""
    return None if not values else values[0] if all(value == values[0] for value in values) else "differs"
