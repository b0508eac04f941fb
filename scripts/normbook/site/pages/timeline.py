"""The timeline and the map of relations."""

from __future__ import annotations

from collections import Counter
from typing import Any

from normbook.graph.graph import Brief, natural
from normbook.records.model import Outside
from normbook.records.types import SPECS
from normbook.site.context import RenderContext
from normbook.site.figures import NARROW, WIDE, Mark, Tie, arcs, timeline
from normbook.site.page import Page
from normbook.site.pages.compare import all_short_names, correspondences, main_initiatives, short_names

MOST_MARKS = 500  # in the timeline: the latest
MOST_NODES = 60  # in the map
LANES = 2  # actors with a lane of their own in the timeline


def dated(context: RenderContext) -> list[Brief]:
    """The records with a date that the timeline shows in its table."""
    return [each for type in _shown_on("table", "picture") for each in context.graph.of_type(type) if each.date]


def _shown_on(*places: str) -> list[str]:
    """The types whose dates appear in one of these parts of the timeline page, sorted by name."""
    return sorted(spec.name for spec in SPECS.values() if spec.timeline in places)


def timeline_figure(context: RenderContext, latest: int = MOST_MARKS) -> dict[str, Any]:
    """The picture of the latest dates, wide and narrow, with its lanes and the short names of its marks."""
    lanes = _lanes(context)
    found = [each for each in dated(context) if SPECS[each.type].timeline == "picture"]
    shown = sorted(found, key=lambda each: (each.date, each.type, each.id))[-latest:]
    shorts = short_names(context, [each.id for each in shown if each.type == "initiative"])
    main = main_initiatives(context)
    marks = [Mark(each.date, each.id, each.type, _names(each, shorts), _lane(context, each, lanes), each.id in main) for each in shown]
    return {
        "wide": timeline(marks, len(lanes) + 1, WIDE),
        "narrow": timeline(marks, len(lanes) + 1, NARROW),
        "lanes": [*lanes, ""],
        "shorts": shorts,
        "imprecise": any(len(mark.date) < len("2020-01-01") for mark in marks),
        "types": sorted({mark.type for mark in marks}),
        "main": [mark.id for mark in marks if mark.main],
    }


def _names(brief: Brief, shorts: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """All names under which a page in some language may show a record: the short ones, if it has any."""
    short = shorts.get(brief.id, {})
    return (short.get("en", brief.title), *({**brief.names, **short}.values()))


def _lanes(context: RenderContext) -> list[str]:
    """The actors that have put forward the most initiatives, alone or with others; a part of an actor counts as the whole."""
    count: Counter[str] = Counter()
    for id in context.graph.ids_of("initiative"):
        count.update(_behind(context, id))
    return sorted(count, key=lambda each: (-count[each], natural(each)))[:LANES]


def _lane(context: RenderContext, brief: Brief, lanes: list[str]) -> int:
    behind = _behind(context, brief.id)
    return next((at for at, lane in enumerate(lanes) if lane in behind), len(lanes))


def _behind(context: RenderContext, id: str) -> set[str]:
    """The states and bodies that put an initiative forward or took part in an event, as wholes: of a ministry its state, of a person that of the office."""
    waiting = [edge.target for edge in context.graph.outgoing(id) if edge.relation in ("proponents", "participants")]
    seen: set[str] = set()
    found: set[str] = set()
    while waiting:
        actor = waiting.pop()
        if actor in seen:
            continue
        seen.add(actor)
        wholes = [edge.target for edge in context.graph.outgoing(actor) if edge.relation in ("part_of", "offices/of")]
        waiting += wholes
        found |= set() if wholes else {actor}
    return found


def _is_outside(context: RenderContext, id: str) -> bool:
    """Whether the date of a record is supported only by outside sources."""
    bearing = [each.what for each in context.graph.records[id].evidence if any(pointer.endswith("date") for pointer in each.supports)]
    return bool(bearing) and all(isinstance(what, Outside) for what in bearing)


def timeline_page(context: RenderContext) -> Page:
    """The timeline: a picture of the latest dates, and all dates as a table."""
    rows = sorted(dated(context), key=lambda each: (each.date, each.type, each.id))
    model = {
        "figure": timeline_figure(context),
        "rows": rows,
        "undated": [each.id for type in _shown_on("picture") for each in context.graph.of_type(type) if not each.date],
        "outside": {row.id for row in rows if _is_outside(context, row.id)},
    }
    sections = (("picture", "common.picture"), ("table", "common.same-as-table"))
    return Page("timeline.html", "timeline.html", "timeline.html", "page.timeline", "page-about.timeline", model, sections)


def map_page(context: RenderContext) -> Page:
    """The map of relations between initiatives: those that records state, and the pairs of principles that are judged."""
    graph = context.graph
    ties: Counter[tuple[str, str, str]] = Counter()
    for id in graph.ids_of("initiative"):
        for edge in graph.outgoing(id):
            if edge.relation in ("related", "derived_from") and graph.type_of(edge.target) == "initiative":
                ends = (id, edge.target) if edge.relation == "derived_from" else tuple(sorted((id, edge.target), key=natural))
                ties[ends[0], ends[1], edge.relation] = 1
    for record in correspondences(context):
        if record.fields.get("object"):
            one, two = sorted((graph.get(record.fields[side], "/initiative") for side in ("subject", "object")), key=natural)
            if one != two:
                ties[one, two, "correspondence"] += 1
    found = [Tie(one, two, kind, count) for (one, two, kind), count in sorted(ties.items())]
    tied = {end for tie in found for end in tie[:2]}
    main, shorts = main_initiatives(context), all_short_names(context)
    nodes = [
        Mark(each.date, each.id, "initiative", _names(each, shorts), 0, each.id in main)
        for each in graph.of_type("initiative")
        if each.id in tied
    ]
    nodes = sorted(nodes, key=lambda each: (each.date or "9999", each.id))[:MOST_NODES]
    shown = {node.id for node in nodes}
    drawn = [tie for tie in found if tie.one in shown and tie.two in shown]
    model = {
        "figures": {"wide": arcs(nodes, drawn, WIDE), "narrow": arcs(nodes, drawn, NARROW)},
        "ties": sorted(found, key=lambda tie: (-tie.times, tie)),
        "kinds": {tie.kind for tie in found},
        "shorts": shorts,
        "alone": [id for id in graph.ids_of("initiative") if id not in tied],
    }
    sections = (("picture", "common.picture"), ("table", "common.same-as-table"))
    return Page("map.html", "map.html", "map.html", "page.map", "page-about.map", model, sections)
