"""The checks over records that a schema cannot make. Each yields findings; CHECKS names them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from normbook.graph.claims import claims
from normbook.graph.evidence import Refusal, Resolved, resolve
from normbook.graph.graph import Edge, Graph, natural
from normbook.graph.placeholders import wanting
from normbook.problems import Problem
from normbook.records.model import Outside, Quotation, Record
from normbook.records.scaffold import ID
from normbook.records.schema import FOLDERS, Schemas
from normbook.text.readings import Readings
from normbook.text.stance import find_denied, negated_before

FEWEST_WORDS = 4  # of a quotation that can lose a negation; fewer are a term
CLAIMED_AS_OWN = frozenset({"asserted", "proposed", "reported"})


@dataclass(frozen=True)
class Subject:
    """What is checked: the graph, the schemas, the readings of each source, the correction files and the redirects."""

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Record]
    redirects: Record | None
    broken: frozenset[str] = frozenset()
    only: frozenset[str] | None = None  # the records that are looked at; None for all

    def records(self) -> Iterator[Record]:
        """The records that are looked at."""
        return (self.graph.records[id] for id in (self.graph.briefs if self.only is None else sorted(self.only)))

    def links(self) -> Iterator[Edge]:
        """The links that those records make."""
        return iter(self.graph.links) if self.only is None else (edge for id in sorted(self.only) for edge in self.graph.outgoing(id))

    def initiatives(self) -> Iterator[str]:
        """The initiatives whose points may have changed."""
        if self.only is None:
            return (each.id for each in self.graph.of_type("initiative"))
        owners = {edge.target for edge in self.links() if edge.relation == "initiative"} | self.only
        return (id for id in sorted(owners) if id in self.graph.briefs and self.graph.briefs[id].type == "initiative")


def references(subject: Subject) -> Iterator[Problem]:
    """Every link names a record that exists and is of a type that the relation allows."""
    for edge in subject.links():
        record = subject.graph.records[edge.subject]
        relation = subject.graph.relation(edge)
        target = subject.graph.briefs.get(edge.target)
        wanted = " or ".join(relation.range)
        if target is None and (edge.target in subject.broken or edge.target == ID):
            continue  # its own file is at fault, and says so; or nobody has named a record yet, which is said elsewhere
        if target is None:
            known = [each.id for type in relation.range for each in subject.graph.of_type(type)]
            close = get_close_matches(edge.target, known, 1)
            hint = (
                f"did you mean {close[0]!r}?"
                if close
                else f"add {FOLDERS[relation.range[0]]}/{edge.target}.yaml, or name a {wanted} that exists"
            )
            yield record.problem(edge.pointer, "N303", f"no record {edge.target!r}", hint)
        elif target.type not in relation.range:
            yield record.problem(
                edge.pointer, "N304", f"{edge.target!r} is a record of type {target.type}, not {wanted}", f"name a {wanted}"
            )
    for record in subject.corrections.values():
        if record.fields["source"] != record.id or (record.id not in subject.graph.briefs and record.id not in subject.broken):
            yield record.problem(
                "/source",
                "N303",
                f"a correction file is named after its source: no source {record.fields['source']!r} fits {record.path}",
                "rename the file, or write the source that it is named after",
            )


def evidence(subject: Subject) -> Iterator[Problem]:
    """Every quotation stands in its source exactly once, across nothing that was dropped and through no edit; every pointer names a claim; every claim is borne."""
    for record in subject.records():
        found = claims(record, subject.schemas)
        for each in record.evidence:
            if isinstance(each.what, Quotation) and each.what.source in subject.readings:
                place = resolve(each.what, subject.readings[each.what.source])
                if isinstance(place, Refusal):
                    yield record.problem(f"{each.pointer}/exact", place.code, place.message, place.hint)
        for stray, pointer in found.stray:
            close = get_close_matches(pointer, list(found.borne), 1)
            yield record.problem(
                f"{stray.pointer}/for",
                "N406",
                f"{pointer} is no claim of this record",
                f"did you mean {close[0]!r}?" if close else "name a value that a source must bear, or remove the pointer",
            )
        for pointer, borne in found.borne.items():
            if not borne:
                yield record.problem(
                    pointer, "N407", f"nothing bears the claim {pointer}", f"add evidence with «for: [{pointer}]», or remove the value"
                )


def stances(subject: Subject) -> Iterator[Problem]:
    """Words that their speaker denies are never recorded as the speaker's own; words cut off from a negation are pointed out."""
    for record in subject.records():
        for each in record.evidence:
            if isinstance(each.what, Quotation) and each.what.source in subject.readings:
                place = resolve(each.what, subject.readings[each.what.source])
                if isinstance(place, Resolved) and place.start >= 0:
                    yield from _stance(record, each.pointer, each.what, place, subject.readings[each.what.source])
        if record.type == "statement":
            yield from _same_stance(record)


def _stance(record: Record, pointer: str, quotation: Quotation, place: Resolved, readings: Readings) -> Iterator[Problem]:
    text = readings.cleaned.text
    for sentence in readings.segmented.segments:
        if sentence.kind not in ("sent", "headline", "heading") or sentence.end <= place.start or place.end <= sentence.start:
            continue
        words, start, end = text[sentence.start : sentence.end], place.start - sentence.start, place.end - sentence.start
        for denied in find_denied(words):
            covers_cue = start <= denied.cue_start and denied.cue_end <= end
            if covers_cue or end <= denied.start or denied.end <= start or quotation.stance not in CLAIMED_AS_OWN:
                continue
            shown = words[denied.start : denied.end]
            if denied.certain:
                yield record.problem(
                    f"{pointer}/stance",
                    "N501",
                    f"these words are denied where they stand: «{shown}» follows «{words[denied.cue_start : denied.cue_end].strip()}», and cannot be {quotation.stance}",
                    "write «stance: denied» for the one who rejects them, «attributed» for the one who is said to hold them, or quote the denial too",
                )
            else:
                yield record.problem(
                    f"{pointer}/stance",
                    "N502",
                    f"these words may be denied where they stand, in «{shown}»",
                    "let a second person read the sentence; quote the whole of it if in doubt",
                    level="warning",
                )
        if (
            start > 0
            and len(quotation.exact.split()) >= FEWEST_WORDS
            and quotation.stance in CLAIMED_AS_OWN
            and (word := negated_before(words, start))
            and _in_verb_phrase(words, start)
        ):
            yield record.problem(
                f"{pointer}/exact",
                "N503",
                f"the words follow «{word}» in the same clause, which the quotation leaves out",
                "begin the quotation before the negation",
                level="warning",
            )


def _in_verb_phrase(sentence: str, start: int) -> bool:
    """True unless the words begin anew after a comma or a clause word."""
    return not sentence[:start].rstrip().endswith((",", ";", ":", "“", '"', "that"))


def _same_stance(record: Record) -> Iterator[Problem]:
    for each in record.evidence:
        if isinstance(each.what, Quotation) and "/stance" in each.bears and each.what.stance != record.fields["stance"]:
            yield record.problem(
                f"{each.pointer}/stance",
                "N504",
                f"the evidence for the stance is {each.what.stance}, the statement {record.fields['stance']}",
                "write the same stance in both places",
            )


def counts(subject: Subject) -> Iterator[Problem]:
    """The points of an initiative count from one without a gap, and as many as the text declares, if any of them are recorded."""
    for initiative in subject.initiatives():
        own: dict[str, dict[int, str]] = {}
        for edge in subject.graph.incoming(initiative):
            principle = subject.graph.records[edge.subject]
            if edge.relation != "initiative" or principle.type != "principle":
                continue
            group = own.setdefault("speech" if "part_of" in principle.fields else "own", {})
            ordinal = principle.fields["ordinal"]
            if ordinal in group:
                yield principle.problem(
                    "/ordinal", "N311", f"{group[ordinal]!r} has the ordinal {ordinal} too", "give each point its own place in the list"
                )
            group[ordinal] = principle.id
        for group in own.values():
            if not subject.broken and sorted(group) != list(range(1, len(group) + 1)):
                last = subject.graph.records[max(group.values(), key=natural)]
                yield last.problem(
                    "/ordinal",
                    "N312",
                    f"the points of {initiative} do not count from 1 to {len(group)}: {sorted(group)}",
                    "add the missing point, or mend the ordinals",
                )
        declared = subject.graph.get(initiative, "/points/declared")
        if declared is not None and not subject.broken and len(own.get("own", {})) not in (0, declared):
            yield subject.graph.records[initiative].problem(
                "/points/declared",
                "N310",
                f"{declared} points are declared, {len(own.get('own', {}))} are recorded",
                "add the missing points, or mend the number",
            )


def correspondences(subject: Subject) -> Iterator[Problem]:
    """A correspondence has evidence on both sides, and no pair is assessed twice."""
    pairs: dict[frozenset[str], str] = {}
    for each in () if subject.only is not None else subject.graph.of_type("correspondence"):
        record = subject.graph.records[each.id]
        quoted = [found.what for found in record.evidence]
        if record.fields["relation"] == "no-match":
            continue
        pair = frozenset((record.fields["subject"], record.fields["object"]))
        if len(pair) == 1:
            yield record.problem("/object", "N322", "a principle does not correspond to itself", "name another principle")
        elif pair in pairs:
            yield record.problem("/object", "N321", f"the pair is assessed in {pairs[pair]!r} already", "keep one of the two records")
        pairs[pair] = each.id
        if len(quoted) < 2 and not any(isinstance(what, Outside) for what in quoted):
            yield record.problem("/evidence", "N323", "there is evidence on one side only", "quote the wording of both principles")


def themes(subject: Subject) -> Iterator[Problem]:
    """Every theme is used or has a narrower theme."""
    for each in () if subject.only is not None else subject.graph.of_type("theme"):
        if not subject.broken and not subject.graph.incoming(each.id):
            yield subject.graph.records[each.id].problem(
                "/id", "N331", f"nothing uses the theme {each.id!r}", "use it in a principle, or remove it", level="warning"
            )


def corrections(subject: Subject) -> Iterator[Problem]:
    """The ids of corrections are unique and begin with their source's."""
    for record in subject.corrections.values():
        seen: dict[str, int] = {}
        for number, each in enumerate(record.fields["corrections"]):
            if each["id"] in seen:
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N424",
                    f"the id {each['id']!r} is taken by correction {seen[each['id']] + 1}",
                    "choose another",
                )
            if not each["id"].startswith(f"{record.id}-"):
                yield record.problem(
                    f"/corrections/{number}/id",
                    "N425",
                    f"the id {each['id']!r} does not begin with {record.id}-",
                    f"write «id: {record.id}-{each['id']}»",
                )
            seen[each["id"]] = number


def redirects(subject: Subject) -> Iterator[Problem]:
    """A redirect leads from an id that is gone to ones that exist, in one step."""
    if subject.redirects is None:
        return
    entries = subject.redirects.fields["redirects"]
    moved = {each["from"] for each in entries}
    for number, each in enumerate(entries):
        at = f"/redirects/{number}"
        if each["from"] in subject.graph.briefs:
            yield subject.redirects.problem(
                f"{at}/from", "N341", f"{each['from']!r} is still a record", "remove the redirect, or the record"
            )
        for place, target in enumerate(each["to"]):
            if target in moved:
                yield subject.redirects.problem(
                    f"{at}/to/{place}", "N342", f"{target!r} is itself moved: redirects make no chains", "name where it leads in the end"
                )
            elif target not in subject.graph.briefs:
                yield subject.redirects.problem(f"{at}/to/{place}", "N303", f"no record {target!r}", "name a record that exists")


def placeholders(subject: Subject) -> Iterator[Problem]:
    """Every record is filled in: the marks of a scaffold are gone."""
    for record in (*subject.records(), *(subject.corrections.values() if subject.only is None else ())):
        if problem := wanting(record):
            yield problem


CHECKS: dict[str, Callable[[Subject], Iterator[Problem]]] = {
    "references": references, "evidence": evidence, "stances": stances, "counts": counts, "correspondences": correspondences, "themes": themes,
    "corrections": corrections, "redirects": redirects, "placeholders": placeholders,
}  # fmt: skip


def run_checks(subject: Subject, only: Sequence[str] = tuple(CHECKS)) -> list[Problem]:
    """The findings of all checks, or of those named."""
    return [problem for name in only for problem in CHECKS[name](subject)]
