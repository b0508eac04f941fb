"""Documents as extraction reads them, drafts as values, and how a draft cites a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.extraction.dates.calendar import Dated
from normbook.extraction.dates.document import Dates
from normbook.text.anchors import anchor

STATUS = {"publication": "draft", "review": "machine-candidate", "certainty": "low"}


@dataclass(frozen=True)
class Document:
    """One source as extraction reads it."""

    id: str
    file: str
    readings: Readings
    dates: Dates
    language: str

    @property
    def text(self) -> str:
        """The cleaned reading."""
        return self.readings.cleaned.text


@dataclass(frozen=True)
class Draft:
    """A proposed record, and the keys that a person has to fill in before it can be published."""

    type: str
    id: str
    fields: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Drafts:
    """The drafts of some documents, what each list declares against what was found, and how many sentences no draft cites."""

    records: tuple[Draft, ...]
    lists: tuple[tuple[str, str, int | None, int], ...]
    unplaced: Mapping[str, int]


@dataclass
class Work:
    """What is known while documents are read: drafts by type and id, people by name, initiatives by name, and names that records hold."""

    drafts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    initiatives: dict[str, str] = field(default_factory=dict)
    lists: list[tuple[str, str, int | None, int]] = field(default_factory=list)
    known: Mapping[str, str] = field(default_factory=dict)


def quote(
    document: Document, start: int, end: int, speaker: str, stance: str, bears: Sequence[str] = (), before: int | None = None
) -> dict[str, Any]:
    """The evidence for a span of a document's cleaned reading, its anchor chosen so that it stands there once."""
    return evidence_of(document.id, anchor(document.text, start, end, before), speaker, stance, bears)


def evidence_of(source: str, found: Any, speaker: str, stance: str, bears: Sequence[str], reading: str = "cleaned") -> dict[str, Any]:
    """A quotation as a record holds it: found by its anchor in one reading of a source, with whose words they are and what claims it bears."""
    entry: dict[str, Any] = {"for": list(bears)} if bears else {}
    entry["source"] = source
    if reading != "cleaned":
        entry["reading"] = reading
    entry |= {"prefix": found.prefix} if found.prefix else {}
    entry["exact"] = found.exact
    entry |= {"suffix": found.suffix} if found.suffix else {}
    return entry | {"speaker": speaker, "stance": stance, "role": "supports"}


def dated_of(document: Document, dated: Dated, received: bool = False) -> dict[str, Any]:
    """A date as a record holds it. Dates of the page itself are read from the received text and cited in the reading that keeps them."""
    found: dict[str, Any] = {"value": dated.value, "precision": dated.precision, "basis": dated.basis, "derivation": dated.derivation}
    if dated.start < 0:
        return found
    start, end = dated.start, dated.end
    if received:
        start, end = document.readings.cleaned.ledger.forth(start, end)
        if start == end:
            text = document.readings.received.text
            return found | {
                "evidence": [evidence_of(document.id, anchor(text, dated.start, dated.end), "unnamed", "reported", (), "received")]
            }
    return found | {"evidence": [quote(document, start, end, "unnamed", "reported")]}


def uncited(document: Document, drafts: Sequence[Draft]) -> int:
    """How many sentences of a document no draft quotes from."""
    quoted = [words for draft in drafts for words in _exacts(draft.fields, document.id)]
    sentences = [document.text[s.start : s.end] for s in document.readings.segmented.segments if s.kind == "sent"]
    return sum(not any(words in sentence or sentence in words for words in quoted) for sentence in sentences)


def _exacts(value: Any, source: str) -> list[str]:
    if isinstance(value, Mapping):
        own = [value["exact"]] if value.get("source") == source and "exact" in value else []
        return own + [words for inner in value.values() for words in _exacts(inner, source)]
    return [words for item in value for words in _exacts(item, source)] if isinstance(value, list) else []
