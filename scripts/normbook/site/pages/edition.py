"""The critical edition: the full text of a source with addressable sentences, inline edits, and removed text still visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from normbook.cleaning.all_rules import edit_class
from normbook.cleaning.readings import Readings
from normbook.comparison.alignment import repeated
from normbook.graph.coverage import Quote, cover
from normbook.records.model import Record
from normbook.site.context import RenderContext
from normbook.site.deposit import swhid_of
from normbook.site.figures import strip
from normbook.site.pages.picking import picking
from normbook.site.pages.reports import evidence_in, same_event
from normbook.site.places import places
from normbook.site.readings import correction_row, rule_row
from normbook.site.spans import Piece, pieces, used
from normbook.structure.segmented import Segment
from normbook.text.ledger import Edit

LINES = ("headline", "heading", "byline", "credit")  # kinds of lines that may contain no sentence
COLUMNS = 4  # two columns if corrections are proposed in one sentence of this many, or more
SHOWN = 90  # code points of a sentence in the table of citations


@dataclass(frozen=True)
class Unit:
    """A sentence, code points [start, end) of the cleaned text, with the words of its line before and after it, and the records that cite it.

    `eids` is empty for a line without sentences. `changed` is True if corrections are proposed in it.
    """

    eids: tuple[str, ...]
    start: int
    end: int
    before: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    after: tuple[Piece, ...]
    cited: tuple[str, ...]
    repeats: str = ""

    @property
    def parts(self) -> tuple[Piece, ...]:
        """All pieces, in order."""
        return (*self.before, *self.pieces, *self.after)

    @property
    def changed(self) -> bool:
        """True if a correction is proposed here."""
        return any(piece.kind == "correction" for piece in self.parts)


@dataclass(frozen=True)
class Block:
    """A line of the text with its kind, id and units, or text that was removed before it.

    `number` is the place in its list of the item that the line is part of, 0 outside lists; `goes_on` is True for its second and later lines.
    """

    kind: str
    eid: str
    units: tuple[Unit, ...]
    dropped: str = ""
    rules: tuple[str, ...] = ()
    number: int = 0
    goes_on: bool = False


def source_model(context: RenderContext, record: Record) -> dict[str, Any]:
    """The parts of a source's page that other pages do not have."""
    readings = context.readings[record.id]
    cited = citations(context, record.id)
    full_text = record.fields["rights"]["full_text"]
    blocks = list(_blocks(readings, cited)) if full_text != "withhold" else []
    if full_text == "excerpt":
        blocks = [block for block in blocks if any(unit.cited for unit in block.units)]
    units = [unit for block in blocks for unit in block.units]
    all_pieces = [piece for unit in units for piece in unit.parts]
    rules = sorted({name for edit in readings.cleaned.ledger.edits for name in edit.rules})
    known = context.corrections.get(record.id, {})
    corrections = [correction_row(known[id]) for id in used(all_pieces)[1] if id in known]
    sentences = list(_leaves(readings.segmented.segments))
    rows = list(_sentences(readings, sentences, quotes(context, record.id), whole=full_text == "publish"))
    states = Counter(row["state"] for row in rows)
    changed = sum(unit.changed for unit in units)
    return {
        "text": blocks, "full_text": full_text, "coverage": {"sentences": len(rows), **{state: states[state] for state in ("covered", "part", "cited")}, "rows": rows},
        "strip": strip([(row["eid"], len(row["records"])) for row in rows]),
        "notes": {"rules": [rule_row(name, all_pieces) for name in rules], "corrections": corrections,
                  "numbers": {each["id"]: number for number, each in enumerate(corrections, 1)}},
        "marks": bool(rules or known), "decided": context.decided.get(record.id, ()), "edits": len(readings.cleaned.ledger.edits), "flags": readings.cleaned.flags,
        "changed": changed, "columns": changed * COLUMNS >= len(units) > 0, "categories": sorted(Counter(each["category"] for each in corrections).items(), key=lambda row: (-row[1], row[0])),
        "reviewed": sum(each["review"] == "reviewed" for each in corrections),
        "lengths": (len(readings.received.text), len(readings.cleaned.text), len(readings.corrected)), "encoding": readings.received.encoding, "sha256": readings.received.sha256, "swhid": swhid_of(readings.received),
        "thorough": record.fields.get("profile", {}).get("furniture") == "thorough",
        "lists": [{"declared": each.declared, "found": len(each.points)} for _, each in readings.segmented.lists],
        "same": list(same_event(context, record)),
        "people": _people(record), "picking": picking(context, record), "places": places(context, record),
    }  # fmt: skip


def _people(record: Record) -> list[dict[str, Any]]:
    """The people that a source names with an office, each with the numbers of the evidence."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    return [
        {"actor": "", **speaker, "numbers": [n for pointer, n in numbers.items() if pointer.startswith(f"/speakers/{i}/")]}
        for i, speaker in enumerate(record.fields.get("speakers", ()))
    ]


def citations(context: RenderContext, source: str) -> list[tuple[int, int, str]]:
    """The spans of a source's cleaned reading that records quote, with the record, sorted."""
    return sorted({(each.start, each.end, each.record) for each in quotes(context, source)})


def quotes(context: RenderContext, source: str) -> list[Quote]:
    """The quotations of a source's cleaned reading in other records, sorted."""
    return sorted(Quote(start, end, id, each.supports) for start, end, id, each in evidence_in(context, source))


def _leaves(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The sentences, and headings and similar lines without one."""
    sentences = [segment for segment in segments if segment.kind == "sent"]
    for each in segments:
        inside = any(each.start <= sentence.start and sentence.end <= each.end for sentence in sentences)
        if each.kind == "sent" or (each.kind in LINES and not inside):
            yield each


def _sentences(readings: Readings, sentences: list[Segment], quoted: list[Quote], whole: bool) -> Iterator[dict[str, Any]]:
    """Each sentence with its first words and the records that cite it. Unless the full text is published, only cited sentences have words."""
    for each in sentences:
        words = readings.cleaned.text[each.start : each.end].replace("\n", " ")
        short = words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
        covered = cover(each.start, each.end, quoted)
        shown = short if whole or covered.records else ""
        yield {"eid": each.eid, "words": shown, "records": covered.records, "state": covered.state, "details": covered.details}


def _blocks(readings: Readings, cited: list[tuple[int, int, str]]) -> Iterator[Block]:
    dropped = [(first, edit) for edit, first, _ in readings.cleaned.ledger.placed() if edit_class(edit.rules) == "boilerplate"]
    repeats = {s.eid: other for s, other in repeated(readings.cleaned.text, readings.segmented.segments)}
    items = [(point, number) for _, each in readings.segmented.lists if each.block for number, point in enumerate(each.points, 1)]
    for line in readings.segmented.lines:
        while dropped and dropped[0][0] <= line.start and not (line.role == "blank" and dropped[0][0] == line.start):
            yield _drop(dropped.pop(0)[1])
        if line.role == "blank":
            continue
        segments = [s for s in readings.segmented.segments if line.start <= s.start and s.end <= line.end and s.start < s.end]
        holder = next((s for s in readings.segmented.segments if s.kind not in ("list", "sent") and line.start <= s.start < line.end), None)
        kind = holder.kind if holder else "item"
        leaves = [s for s in segments if s.kind == "sent"] or ([holder] if holder else [])
        point, number = next(((point, n) for point, n in items if point.marker < line.end and line.start < point.end), (None, 0))
        yield Block(
            kind,
            holder.eid if holder and holder not in leaves else "",
            tuple(_units(readings, line.start, line.end, leaves, cited, repeats)),
            number=number,
            goes_on=point is not None and line.start > point.start,
        )
    for _, edit in dropped:
        yield _drop(edit)


def _drop(edit: Edit) -> Block:
    return Block("dropped", "", (), edit.raw.strip("\n"), edit.rules)


def _units(
    readings: Readings, start: int, end: int, leaves: list[Segment], cited: list[tuple[int, int, str]], repeats: dict[str, str]
) -> Iterator[Unit]:
    """The sentences of a line, each with the words before it (such as the number of an item) and the space after it.

    Sentences joined by a correction are one unit with several ids.
    """
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for leaf in leaves:
        crossing = spans and any(edit.start < leaf.start < edit.end for edit in readings.corrections.edits)
        if crossing:
            first, _, eids = spans.pop()
            spans.append((first, leaf.end, (*eids, leaf.eid)))
        else:
            spans.append((leaf.start, leaf.end, (leaf.eid,)))
    if not spans:
        yield Unit((), start, end, (), tuple(pieces(readings, start, end)), (), ())
    at = start
    for place, (first, last, eids) in enumerate(spans):
        following = spans[place + 1][0] if place + 1 < len(spans) else end
        after = following if place + 1 == len(spans) or not readings.cleaned.text[last:following].strip() else last
        names = tuple(dict.fromkeys(id for a, b, id in cited if a < last and first < b))
        before, own, behind = (
            tuple(pieces(readings, *span)) if span[0] < span[1] else () for span in ((at, first), (first, last), (last, after))
        )
        yield Unit(eids, first, last, before, own, behind, names, repeats.get(eids[0], ""))
        at = after
