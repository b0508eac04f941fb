"""Points and concepts: how many there are, which correspond, which are used, and how precise their dates are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.graph.graph import natural
from normbook.records.model import Outside
from normbook.records.scaffold.new_record import PLACEHOLDER_ID
from normbook.records.yaml.reader import escape

PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of a date


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
            if not subject.broken and sorted(group) != list(range(1, len(group) + 1)) and not _is_one_astray(subject):
                last = subject.graph.records[max(group.values(), key=natural)]
                yield last.problem(
                    "/ordinal",
                    "N312",
                    f"the points of {initiative} do not count from 1 to {len(group)}: {sorted(group)}",
                    "add the missing point, or mend the ordinals",
                )
        declared = subject.graph.get(initiative, "/points/declared")
        if declared is not None and not subject.broken and len(own.get("own", {})) not in (0, declared) and not _is_one_astray(subject):
            yield subject.graph.records[initiative].problem(
                "/points/declared",
                "N310",
                f"{declared} points are declared, {len(own.get('own', {}))} are recorded",
                "add the missing points, or mend the number",
            )


def _is_one_astray(subject: Subject) -> bool:
    """True if a point names an initiative that there is none of: it is told there, and may be what another one lacks."""
    return any(edge.relation == "initiative" and edge.target not in subject.graph.briefs for edge in subject.graph.links)


def correspondences(subject: Subject) -> Iterator[Problem]:
    """A correspondence has evidence on both sides, and no pair is assessed twice."""
    pairs: dict[frozenset[str], str] = {}
    for each in subject.graph.of_type("correspondence"):
        record = subject.graph.records[each.id]
        quoted = [found.what for found in record.evidence]
        begun = any(getattr(what, "source", None) == PLACEHOLDER_ID for what in quoted)  # the draft is told to be filled in
        if record.fields["relation"] == "no-match":
            continue
        pair = frozenset((record.fields["subject"], record.fields["object"]))
        if PLACEHOLDER_ID in pair:
            continue
        if len(pair) == 1:
            yield record.problem("/object", "N322", "a principle does not correspond to itself", "name another principle")
        elif pair in pairs:
            yield record.problem("/object", "N321", f"the pair is assessed in {pairs[pair]!r} already", "keep one of the two records")
        pairs[pair] = each.id
        if len(quoted) < 2 and not begun and not any(isinstance(what, Outside) for what in quoted):
            yield record.problem("/evidence", "N323", "there is evidence on one side only", "quote the wording of both principles")


def themes(subject: Subject) -> Iterator[Problem]:
    """Every theme is used or has a narrower theme."""
    for each in subject.graph.of_type("theme"):
        if not subject.broken and not subject.graph.incoming(each.id):
            yield subject.graph.records[each.id].problem(
                "/id", "N331", f"nothing uses the theme {each.id!r}", "use it in a principle, or remove it", level="warning"
            )


def dates(subject: Subject) -> Iterator[Problem]:
    """A date is written as precisely as it says it is."""
    for record in subject.records():
        for pointer, date in _dates(record.fields, ""):
            written = PRECISIONS.get(len(date["value"]))
            if written != date["precision"]:
                yield record.problem(
                    f"{pointer}/precision",
                    "N313",
                    f"{date['value']!r} is written to the {written}, its precision is {date['precision']!r}",
                    f"write «precision: {written}», or the date to the {date['precision']}; never more than the source says",
                )


def _dates(value: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The dates of a record with their JSON Pointers, at any depth."""
    if isinstance(value, Mapping):
        if isinstance(value.get("value"), str) and "precision" in value:
            yield pointer, value
        for key, inner in value.items():
            yield from _dates(inner, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _dates(item, f"{pointer}/{number}")
