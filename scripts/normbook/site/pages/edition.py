"""The critical edition: the whole text of a source, addressable, with its edits inline and what was dropped still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from normbook.cleaning.all_rules import RULES, edit_class
from normbook.cleaning.readings import Readings
from normbook.comparison.alignment import repeated
from normbook.graph.coverage import Quote, cover
from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Quotation, Record
from normbook.site.context import Shelf
from normbook.site.figures import strip
from normbook.site.readings import correction_row
from normbook.site.spans import Piece, pieces, used
from normbook.structure.segments import Segment
from normbook.text.ledger import Edit

LINES = ("headline", "heading", "byline", "credit")  # that may hold no sentence
SHOWN = 90  # code points of a sentence in the table of citations


@dataclass(frozen=True)
class Unit:
    """A sentence (or a stretch between sentences, with no address) and the records that cite it."""

    eids: tuple[str, ...]
    pieces: tuple[Piece, ...]
    cited: tuple[str, ...]
    repeats: str = ""


@dataclass(frozen=True)
class Block:
    """A line of the text: its kind, address and units; or something that was dropped before it."""

    kind: str
    eid: str
    units: tuple[Unit, ...]
    dropped: str = ""
    rules: tuple[str, ...] = ()


def source_model(shelf: Shelf, record: Record) -> dict[str, Any]:
    """What the page of a source shows beside the parts that all pages share."""
    readings = shelf.readings[record.id]
    cited = citations(shelf, record.id)
    full_text = record.fields["rights"]["full_text"]
    blocks = list(_blocks(readings, cited)) if full_text != "withhold" else []
    if full_text == "excerpt":
        blocks = [block for block in blocks if any(unit.cited for unit in block.units)]
    all_pieces = [piece for block in blocks for unit in block.units for piece in unit.pieces]
    rules = sorted({name for edit in readings.cleaned.ledger.edits for name in edit.rules})
    known = shelf.corrections.get(record.id, {})
    corrections = [correction_row(known[id]) for id in used(all_pieces)[1] if id in known]
    sentences = list(_leaves(readings.segmented.segments))
    rows = list(_sentences(readings, sentences, quotes(shelf, record.id), whole=full_text == "publish"))
    states = Counter(row["state"] for row in rows)
    return {
        "text": blocks, "full_text": full_text, "coverage": {"sentences": len(rows), **{state: states[state] for state in ("covered", "part", "cited")}, "rows": rows},
        "strip": strip([(row["eid"], len(row["records"])) for row in rows]),
        "notes": {"rules": [{"name": name, "summary": RULES[name].summary, "changed": ()} for name in rules], "corrections": corrections,
                  "numbers": {each["id"]: number for number, each in enumerate(corrections, 1)}},
        "marks": bool(rules or known), "decided": shelf.decided.get(record.id, ()), "edits": len(readings.cleaned.ledger.edits), "flags": readings.cleaned.flags,
        "lengths": (len(readings.received.text), len(readings.cleaned.text), len(readings.corrected)), "encoding": readings.received.encoding, "sha256": readings.received.sha256,
        "lists": [{"eid": eid, "declared": each.declared, "found": len(each.points)} for eid, each in readings.segmented.lists],
        "same": list(_same(shelf, record)),
        "people": _people(record),
    }  # fmt: skip


def _people(record: Record) -> list[dict[str, Any]]:
    """The people whom a source names with an office, each with the numbers of the evidence."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    return [
        {"actor": "", **speaker, "numbers": [n for pointer, n in numbers.items() if pointer.startswith(f"/speakers/{i}/")]}
        for i, speaker in enumerate(record.fields.get("speakers", ()))
    ]


def citations(shelf: Shelf, source: str) -> list[tuple[int, int, str]]:
    """The spans of a source's cleaned reading that records quote, each with the record, in order."""
    return sorted({(each.start, each.end, each.record) for each in quotes(shelf, source)})


def quotes(shelf: Shelf, source: str) -> list[Quote]:
    """The quotations of a source's cleaned reading that other records hold, in order."""
    found = []
    for id in dict.fromkeys(edge.subject for edge in shelf.graph.incoming(source) if edge.relation.endswith("evidence/source")):
        for evidence in shelf.graph.records[id].evidence:
            if isinstance(evidence.what, Quotation) and evidence.what.source == source:
                place = resolve(evidence.what, shelf.readings[source])
                if isinstance(place, Resolved) and place.start >= 0 and id != source:
                    found.append(Quote(place.start, place.end, id, evidence.supports))
    return sorted(found)


def _leaves(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The sentences, and the headings and the like that hold none."""
    sentences = [segment for segment in segments if segment.kind == "sent"]
    for each in segments:
        inside = any(each.start <= sentence.start and sentence.end <= each.end for sentence in sentences)
        if each.kind == "sent" or (each.kind in LINES and not inside):
            yield each


def _sentences(readings: Readings, sentences: list[Segment], quoted: list[Quote], whole: bool) -> Iterator[dict[str, Any]]:
    """Each sentence with the records that cite it and its first words; unless the text is published whole, only what is cited has words."""
    for each in sentences:
        words = readings.cleaned.text[each.start : each.end].replace("\n", " ")
        short = words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
        covered = cover(each.start, each.end, quoted)
        shown = short if whole or covered.records else ""
        yield {"eid": each.eid, "words": shown, "records": covered.records, "state": covered.state, "details": covered.details}


def _blocks(readings: Readings, cited: list[tuple[int, int, str]]) -> Iterator[Block]:
    dropped = [(first, edit) for edit, first, _ in readings.cleaned.ledger.placed() if edit_class(edit.rules) == "boilerplate"]
    repeats = {s.eid: other for s, other in repeated(readings.cleaned.text, readings.segmented.segments)}
    for line in readings.segmented.lines:
        while dropped and dropped[0][0] <= line.start and not (line.role == "blank" and dropped[0][0] == line.start):
            yield _drop(dropped.pop(0)[1])
        if line.role == "blank":
            continue
        segments = [s for s in readings.segmented.segments if line.start <= s.start and s.end <= line.end and s.start < s.end]
        holder = next((s for s in readings.segmented.segments if s.kind not in ("list", "sent") and line.start <= s.start < line.end), None)
        kind = holder.kind if holder else "item"
        leaves = [s for s in segments if s.kind == "sent"] or ([holder] if holder else [])
        yield Block(
            kind,
            holder.eid if holder and holder not in leaves else "",
            tuple(_units(readings, line.start, line.end, leaves, cited, repeats)),
        )
    for _, edit in dropped:
        yield _drop(edit)


def _drop(edit: Edit) -> Block:
    return Block("dropped", "", (), edit.raw.strip("\n"), edit.rules)


def _units(
    readings: Readings, start: int, end: int, leaves: list[Segment], cited: list[tuple[int, int, str]], repeats: dict[str, str]
) -> Iterator[Unit]:
    """The sentences of a line and what stands between them; sentences that one correction spans are one unit with both addresses."""
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for leaf in leaves:
        crossing = spans and any(edit.start < leaf.start < edit.end for edit in readings.corrections.edits)
        if crossing:
            first, _, eids = spans.pop()
            spans.append((first, leaf.end, (*eids, leaf.eid)))
        else:
            spans.append((leaf.start, leaf.end, (leaf.eid,)))
    at = start
    for first, last, eids in spans:
        if at < first:
            yield Unit((), tuple(pieces(readings, at, first)), ())
        names = tuple(dict.fromkeys(id for a, b, id in cited if a < last and first < b))
        yield Unit(eids, tuple(pieces(readings, first, last)), names, repeats.get(eids[0], ""))
        at = last
    if at < end:
        yield Unit((), tuple(pieces(readings, at, end)), ())


def _same(shelf: Shelf, record: Record) -> Iterator[dict[str, Any]]:
    """The sources that report the same occasion, each with its sentences aligned to this one's."""
    from normbook.comparison.alignment import align

    others = dict.fromkeys(
        [e.target for e in shelf.graph.outgoing(record.id) if e.relation == "same_report"]
        + [e.subject for e in shelf.graph.incoming(record.id) if e.relation == "same_report"]
    )
    if record.fields["rights"]["full_text"] != "publish":
        return
    for other in others:
        if shelf.graph.get(other, "/rights/full_text") != "publish":
            continue
        one, two = shelf.readings[record.id], shelf.readings[other]
        pairs, similarity = align(one.cleaned.text, one.segmented.segments, two.cleaned.text, two.segmented.segments)
        yield {"id": other, "lang": shelf.graph.get(other, "/language"), "similarity": f"{similarity:.2f}", "pairs": pairs}
