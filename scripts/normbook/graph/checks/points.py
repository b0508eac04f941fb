"""Checks of points, correspondences, themes and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.graph.graph import natural
from normbook.records.model import Outside
from normbook.records.scaffold.new_record import PLACEHOLDER_ID
from normbook.records.yaml.loaded import escape

PRECISION_BY_LENGTH = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date


def counts(context: CheckContext) -> Iterator[Problem]:
    """The points of an initiative are numbered from 1 without a gap, and if any are recorded, as many as the text declares."""
    for initiative in context.initiatives():
        points_by_group: dict[str, dict[int, str]] = {}
        for edge in context.graph.incoming(initiative):
            principle = context.graph.records[edge.subject]
            if edge.relation != "initiative" or principle.type != "principle":
                continue
            points = points_by_group.setdefault("speech" if "part_of" in principle.fields else "own", {})
            ordinal = principle.fields["ordinal"]
            if ordinal in points:
                yield principle.problem(
                    "/ordinal", "N311", f"duplicate ordinal {ordinal}, also used by {points[ordinal]!r}", "give each point its own number"
                )
            points[ordinal] = principle.id
        for points in points_by_group.values():
            if not context.broken and sorted(points) != list(range(1, len(points) + 1)) and not _has_unplaced_point(context):
                last = context.graph.records[max(points.values(), key=natural)]
                yield last.problem(
                    "/ordinal",
                    "N312",
                    f"expected the points of {initiative} to be numbered 1 to {len(points)}, found {', '.join(map(str, sorted(points)))}",
                    "add the missing point, or correct the ordinals",
                )
        declared = context.graph.get(initiative, "/points/declared")
        if (
            declared is not None
            and not context.broken
            and len(points_by_group.get("own", {})) not in (0, declared)
            and not _has_unplaced_point(context)
        ):
            yield context.graph.records[initiative].problem(
                "/points/declared",
                "N310",
                f"expected {declared} points as declared, found {len(points_by_group.get('own', {}))} recorded",
                "add the missing points, or correct the number",
            )


def _has_unplaced_point(context: CheckContext) -> bool:
    """True if a point names an unknown initiative: that is reported there, and the point may be the one that is missing elsewhere."""
    return any(edge.relation == "initiative" and edge.target not in context.graph.briefs for edge in context.graph.links)


def correspondences(context: CheckContext) -> Iterator[Problem]:
    """A correspondence has evidence for both sides, and no pair is assessed twice."""
    pairs: dict[frozenset[str], str] = {}
    for brief in context.graph.of_type("correspondence"):
        record = context.graph.records[brief.id]
        evidence = [piece.what for piece in record.evidence]
        is_unfinished = any(getattr(piece, "source", None) == PLACEHOLDER_ID for piece in evidence)  # its placeholders are reported already
        if record.fields["relation"] == "no-match":
            continue
        pair = frozenset((record.fields["subject"], record.fields["object"]))
        if PLACEHOLDER_ID in pair:
            continue
        if len(pair) == 1:
            yield record.problem("/object", "N322", "a principle cannot correspond to itself", "name another principle")
        elif pair in pairs:
            yield record.problem("/object", "N321", f"this pair is already assessed in {pairs[pair]!r}", "keep one of the two records")
        pairs[pair] = brief.id
        if len(evidence) < 2 and not is_unfinished and not any(isinstance(piece, Outside) for piece in evidence):
            yield record.problem(
                "/evidence", "N323", "expected evidence for both principles, found it for only one", "quote the wording of both principles"
            )


def themes(context: CheckContext) -> Iterator[Problem]:
    """Every theme is used or has a narrower theme."""
    for brief in context.graph.of_type("theme"):
        if not context.broken and not context.graph.incoming(brief.id):
            yield context.graph.records[brief.id].problem(
                "/id", "N331", f"the theme {brief.id!r} is not used", "use it in a principle, or remove it", level="warning"
            )


def dates(context: CheckContext) -> Iterator[Problem]:
    """The precision of a date matches how it is written."""
    for record in context.records():
        for pointer, date in _dates(record.fields, "", []):
            written = PRECISION_BY_LENGTH.get(len(date["value"]))
            if written != date["precision"]:
                yield record.problem(
                    f"{pointer}/precision",
                    "N313",
                    f"{date['value']!r} is precise to the {written}, but its precision is {date['precision']!r}",
                    f"write `precision: {written}`, or a date precise to the {date['precision']} if the source gives it",
                )


def _dates(value: Any, pointer: str, found: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Adds the dates in a value, at any depth, with their JSON Pointers, to those found before."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, (dict, list)):
                _dates(item, f"{pointer}/{number}", found)
        return found
    if "precision" in value and isinstance(value.get("value"), str):
        found.append((pointer, value))
    for key, inner in value.items():
        if isinstance(inner, (dict, list)):
            _dates(inner, f"{pointer}/{escape(key)}", found)
    return found
