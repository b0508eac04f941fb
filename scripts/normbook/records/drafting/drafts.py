"""Documents as input of the extraction, drafts as its output, and how a draft cites a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.extraction.dates.calendar import Dated
from normbook.extraction.dates.document import Dates
from normbook.text.anchors import anchor

STATUS = {"publication": "draft", "review": "machine-candidate", "certainty": "low"}


@dataclass(frozen=True)
class Document:
    """One source, as input of the extraction."""

    id: str
    file: str
    readings: Readings
    dates: Dates
    language: str

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.readings.cleaned.text


@dataclass(frozen=True)
class Draft:
    """A proposed record, and the required keys that a person must fill in before it can be published."""

    type: str
    id: str
    fields: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Drafts:
    """The drafts from some documents.

    `lists` has for each list: its source, its eId, the declared number of items (None if none is declared) and the number
    found. `unplaced` counts the sentences of each source that no draft quotes.
    """

    records: tuple[Draft, ...]
    lists: tuple[tuple[str, str, int | None, int], ...]
    unplaced: Mapping[str, int]


def no_modalities(words: str) -> Sequence[str]:
    """No class for any words, where nothing reads modal verbs."""
    return ()


@dataclass
class Work:
    """The state of an extraction: drafts by type and id, the ids of people and initiatives by name, and the lists found.

    Also what exists: the ids of records by name (`known`), and for the id of each statement the source and words of its quotations (`recorded`);
    and what reads the modal verbs of some words (`modalities`).
    """

    drafts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    initiatives: dict[str, str] = field(default_factory=dict)
    lists: list[tuple[str, str, int | None, int]] = field(default_factory=list)
    known: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    modalities: Callable[[str], Sequence[str]] = no_modalities


def quote(
    document: Document, start: int, end: int, speaker: str, stance: str, supports: Sequence[str] = (), before: int | None = None
) -> dict[str, Any]:
    """The evidence entry for a span (code points) of a document's cleaned text, with an anchor that matches only there."""
    return evidence_entry(document.id, anchor(document.text, start, end, before), speaker, stance, supports)


def evidence_entry(
    source: str, position: Any, speaker: str, stance: str, supports: Sequence[str], reading: str = "cleaned"
) -> dict[str, Any]:
    """A quotation as an entry of a record's `evidence`: its anchor in one reading of a source, the speaker, and the claims that it supports."""
    entry: dict[str, Any] = {"for": list(supports)} if supports else {}
    entry["source"] = source
    if reading != "cleaned":
        entry["reading"] = reading
    entry |= {"prefix": position.prefix} if position.prefix else {}
    entry["exact"] = position.exact
    entry |= {"suffix": position.suffix} if position.suffix else {}
    return entry | {"speaker": speaker, "stance": stance, "role": "supports"}


def framed(entry: dict[str, Any], document: Document, start: int, end: int) -> dict[str, Any]:
    """A piece of evidence that is read with other words of the document."""
    place = anchor(document.text, start, end)
    frame = ({"prefix": place.prefix} if place.prefix else {}) | {"exact": place.exact} | ({"suffix": place.suffix} if place.suffix else {})
    return {**entry, "frame": [*entry.get("frame", ()), frame]}


def date_entry(document: Document, dated: Dated, received: bool = False) -> dict[str, Any]:
    """A date as a record has it, with its evidence; of a span of days the first.

    With `received` its span is one of the received text; if cleaning removes it, the received text is quoted.
    """
    how = f"{dated.derivation}; the first day of {dated.value}" if dated.first != dated.value else dated.derivation
    entry: dict[str, Any] = {"value": dated.first, "precision": dated.precision, "basis": dated.basis, "derivation": how}
    if dated.start < 0:
        return entry
    start, end = dated.start, dated.end
    if received:
        start, end = document.readings.cleaned.ledger.forth(start, end)
        if start == end:
            text = document.readings.received.text
            return entry | {
                "evidence": [evidence_entry(document.id, anchor(text, dated.start, dated.end), "unnamed", "reported", (), "received")]
            }
    return entry | {"evidence": [quote(document, start, end, "unnamed", "reported")]}


def uncited(document: Document, drafts: Sequence[Draft], recorded: Mapping[str, Sequence[tuple[str, str]]]) -> int:
    """The number of sentences in a document that no draft and no recorded statement quotes."""
    quoted_texts = [text for draft in drafts for text in _quoted_texts(draft.fields, document.id)]
    quoted_texts += [exact for quotations in recorded.values() for source, exact in quotations if source == document.id]
    sentences = [document.text[segment.start : segment.end] for segment in document.readings.segmented.segments if segment.kind == "sent"]
    return sum(not any(text in sentence or sentence in text for text in quoted_texts) for sentence in sentences)


def _quoted_texts(value: Any, source: str) -> list[str]:
    if isinstance(value, Mapping):
        own_text = [value["exact"]] if value.get("source") == source and "exact" in value else []
        return own_text + [text for child in value.values() for text in _quoted_texts(child, source)]
    return [text for item in value for text in _quoted_texts(item, source)] if isinstance(value, list) else []
