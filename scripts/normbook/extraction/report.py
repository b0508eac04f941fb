"""The JSON report of one document (`normbook clean --json`), and back from the report to the received bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from normbook.cleaning.all_rules import RULES, edit_class
from normbook.cleaning.clean import clean_by, read, read_received
from normbook.extraction.dates.calendar import Dated
from normbook.extraction.dates.document import Dateline, Dates, find_dates
from normbook.extraction.initiatives import find_initiatives
from normbook.extraction.speakers import find_speakers
from normbook.intake.kinds import Kind, digest_of, received_of, take_in
from normbook.languages.language import pattern
from normbook.page.layout import verdicts
from normbook.page.tags import tag_edits, tag_verdicts
from normbook.page.verdict import MODEL, Verdict
from normbook.structure.segmented import Segmented
from normbook.structure.segments import is_cut_off
from normbook.text.decoding import Received, encode
from normbook.text.detection import recognise
from normbook.text.ledger import Edit, Flag, Ledger, LedgerError
from normbook.text.line_cache import starts_of

BELOW = frozenset(name for name, rule in RULES.items() if rule.layer not in ("encoding", "character"))
PROSE = 140  # code points; a longer paragraph after a paywall shows that the text goes on
# a paywall: the page says that the rest of the text is not shown
WALL = pattern(r"(?i)(?:^|\n)[^\w\n]*<page.walls>", digit=r"\d", blank=r"\s?")


def report(
    name: str, content: bytes, encoding: str | None = None, published: date | None = None, kind: Kind = "text", thorough: bool = False
) -> dict[str, Any]:
    """The readings, segments, lists, dates and findings of received bytes, as JSON values.

    Offsets are code points. Edits and problems have offsets in the received text, segments in both texts. Raises LookupError
    for an unknown encoding, Refused if the file is not of its kind. For a web page or a Word document the object also holds the map, and the
    checksum of the received text, to which the object reverts. `thorough` as in `normbook.cleaning.clean.clean`; the object then says so.
    """
    taken = take_in(kind, content, encoding) if kind != "text" else None
    readings = read_received(received_of(taken, content), (), (), thorough) if taken else read(content, (), encoding, (), kind, thorough)
    text, ledger = readings.cleaned.text, readings.cleaned.ledger
    segmented = readings.segmented
    questions = [(segment.start, segment.end) for segment in segmented.segments if segment.kind == "question"]
    dates = find_dates(readings.received.text, segmented.lines, text, published, questions)
    flags = [*readings.received.flags, *readings.cleaned.flags]
    flags += structure_flags(text, segmented, ledger)
    flags += date_flags(dates, ledger)
    return {
        "file": name, "sha256": readings.received.sha256, "encoding": readings.received.encoding, "language": recognise(text), "raw_length": len(readings.received.text), "text": text,
        "edits": [{"start": e.start, "end": e.end, "raw": e.raw, "new": e.new, "rules": list(e.rules), "class": edit_class(e.rules)} for e in ledger.edits],
        "segments": [_segment(s.eid, s.kind, s.start, s.end, ledger) for s in segmented.segments],
        "lists": [{"eid": eid, "declared": items.declared, "incomplete": items.cut, "items": [f"{eid}__item_{n}" for n in range(1, len(items.points) + 1)]} for eid, items in segmented.lists],
        "dates": {"published": _dated(dates.published), "dateline": _dateline(dates.dateline), "event": _dated(dates.event)},
        "candidates": [{"date": c.of, "value": c.value, "words": c.words, "start": c.start, "end": c.end, "reason": c.why} for c in dates.candidates if c.value or not c.is_contradicted],
        "speakers": [{"name": s.name, "office": s.office or None, "verb": s.verb, "start": s.start, "end": s.end} for s in find_speakers(text)],
        "initiatives": [{"name": m.name, "start": m.start, "end": m.end} for m in find_initiatives(text)],
        "problems": [{"code": f.code, "start": f.start, "end": f.end, "message": f.message} for f in flags],
        "furniture": list(_judged(readings.received, ledger, thorough)),
        **({"thorough": True} if thorough else {}),
        **({"kind": kind, "received_sha256": digest_of(readings.received.text), **taken.as_json()} if taken else {}),
    }  # fmt: skip


def structure_flags(text: str, segmented: Segmented, ledger: Ledger) -> Iterator[Flag]:
    """Flags for signs of a bad copy: no text left, text cut off, a list whose number of items is not the one that the text declares."""
    if not text.strip():
        yield Flag("N600", *ledger.back(0, len(text)), "no text is left: the document is empty or consists of page furniture only")
        return
    if (last := is_cut_off(text, segmented)) is not None:
        yield Flag("N621", *ledger.back(*last), "the text ends here with an incomplete sentence or list item")
    elif wall := next((edit for edit in ledger.edits if edit_class(edit.rules) == "boilerplate" and WALL.search(edit.raw)), None):
        prose = [segment for segment in segmented.segments if segment.kind == "para" and segment.end - segment.start > PROSE]
        if not prose or ledger.back(prose[-1].start, prose[-1].end)[0] < wall.start:
            why = "the text ends here: the page offers the rest only after subscription or login"
            yield Flag("N621", wall.start, wall.end, why)
    for eid, items in segmented.lists:
        if items.declared is not None and items.declared != len(items.points):
            span = ledger.back(items.points[0].marker, items.points[-1].end)
            yield Flag("N622", *span, f"{eid}: the text announces {items.declared} items, found {len(items.points)}")


def date_flags(dates: Dates, ledger: Ledger) -> Iterator[Flag]:
    """The dates of a text that cannot be right, placed in the received text: days that no calendar has, weekdays that are not theirs."""
    for each in dates.candidates:
        if each.is_impossible:
            yield Flag("N623", *ledger.back(each.start, each.end), f"“{each.words}”: no calendar has this day")
        elif each.is_contradicted:
            yield Flag("N624", *ledger.back(each.start, each.end), f"“{each.words}”: {each.why}")


def _judged(received: Received, ledger: Ledger, thorough: bool) -> Iterator[dict[str, Any]]:
    """The received lines that only the model of page furniture drops, with their probabilities and reasons: by their tags, then by their words and form."""
    if not any(MODEL in edit.rules for edit in ledger.edits):
        return
    for verdict in tag_verdicts(received.text, received.page, thorough):
        line = received.page.lines[verdict.number]
        yield _verdict(line.start, line.end, verdict)
    first = Ledger.from_edits(tag_edits(received.text, received.page, thorough))
    before = clean_by(received.text, RULES.in_layers(BELOW), first)  # the text as the model saw it
    starts = starts_of(before.text)
    for verdict in verdicts(before.text, thorough):
        if verdict.role == MODEL:
            yield _verdict(*before.ledger.back(starts[verdict.number], starts[verdict.number + 1] - 1), verdict)


def _verdict(start: int, end: int, verdict: Verdict) -> dict[str, Any]:
    return {"start": start, "end": end, "probability": round(verdict.probability, 3), "reasons": list(verdict.reasons)}


def _segment(eid: str, kind: str, start: int, end: int, ledger: Ledger) -> dict[str, Any]:
    raw_start, raw_end = ledger.back(start, end)
    return {"eid": eid, "kind": kind, "start": start, "end": end, "raw_start": raw_start, "raw_end": raw_end}


def _dated(dated: Dated | None) -> dict[str, Any] | None:
    return {"value": dated.value, "precision": dated.precision, "basis": dated.basis, "derivation": dated.derivation} if dated else None


def _dateline(dateline: Dateline | None) -> dict[str, Any] | None:
    if dateline is None:
        return None
    refused = dateline.refused
    how = f"“{refused.words}” in the dateline is refused: {refused.why}" if refused else "the dateline states no day"
    empty = {"value": None, "precision": None, "basis": None, "derivation": how}
    return {**(_dated(dateline.date) or empty), "place": dateline.place, "agency": dateline.agency}


def revert(value: Mapping[str, Any]) -> bytes:
    """The received bytes, reconstructed from an object that `report` returned; for a web page or a Word document, the received text in UTF-8.

    Raises LedgerError if the object is inconsistent: wrong types, edits that do not fit the text, a SHA-256 mismatch.
    """
    import hashlib

    try:
        edits = tuple(Edit(e["start"], e["end"], e["raw"], e["new"], tuple(e["rules"])) for e in value["edits"])
        is_text = value.get("kind", "text") == "text"
        content = encode(Ledger(edits).revert(value["text"]), value["encoding"] if is_text else "utf-8")
        wanted = value["sha256" if is_text else "received_sha256"]
    except KeyError as error:
        raise LedgerError(f"expected an object from `normbook clean --json`, found one without the key {error}") from error
    except (TypeError, LookupError, UnicodeError) as error:
        raise LedgerError(f"expected an object from `normbook clean --json`, found another value: {error}") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise LedgerError(f"SHA-256 mismatch: expected {wanted}; the object's text or edits were changed")
    return content
