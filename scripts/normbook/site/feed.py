"""Atom feeds: the records that changed last, and those that changed last among the ones about a subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from normbook.graph.graph import Brief
from normbook.records.types import FOLDERS, PUBLISHED, SPECS
from normbook.site.context import RenderContext

ENTRIES = 40


def feed(context: RenderContext, epoch: int) -> dict[str, Any]:
    """The model of the feed of all records: entries, latest change first.

    Without a history, as in a shallow clone, the entries are the records with the latest dates, with the time of the build as their update.
    If that is not known either, as in a downloaded archive, it is the latest day in the records.
    """
    graph, url = context.graph, context.site["url"]
    built = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not context.site["day"]:
        built = f"{graph.last_day() or '1970-01-01'}T00:00:00Z"
    shown = [type for type in PUBLISHED if SPECS[type].in_feed]
    latest = _changed_last(context, shown) if context.history.changes else graph.latest(shown, ENTRIES)
    made = _entries(context, latest, built)
    return {"site": context.site, "entries": made, "updated": built, "address": url, "own_address": f"{url}feed.xml", "of": ""}


def _changed_last(context: RenderContext, types: Iterable[str]) -> list[Brief]:
    """The records that changed last, among those of some types."""
    changes = context.history.changes
    paths = {f"data/{FOLDERS[type]}/{id}.yaml": id for type in types for id in context.graph.ids_of(type)}
    dated = sorted(((changes[path][0].time, id) for path, id in paths.items() if path in changes), key=lambda each: each[1])
    dated.sort(key=lambda each: each[0], reverse=True)
    return [context.graph.briefs[id] for _, id in dated[:ENTRIES]]


def feed_of(context: RenderContext, id: str) -> dict[str, Any]:
    """The entries of the feed of one record, and when the last of them changed: the record, those that name it, and those that name its points."""
    graph = context.graph
    near = dict.fromkeys([id, *(edge.subject for edge in graph.incoming(id))])
    points = [each for each in near if each != id and graph.type_of(each) == "principle"] if graph.type_of(id) == "initiative" else []
    near |= dict.fromkeys(edge.subject for point in points for edge in graph.incoming(point))
    briefs = [graph.briefs[each] for each in near]
    day = f"{context.site['day']}T00:00:00Z" if context.site["day"] else _latest_day(briefs)
    entries = _entries(context, [brief for brief in briefs if SPECS[brief.type].in_feed or brief.id == id], day)
    return {"entries": entries, "updated": max((each["updated"] for each in entries), default=day)}


def _latest_day(briefs: Iterable[Brief]) -> str:
    return f"{max((each.date for each in briefs if len(each.date) == len('2020-01-01')), default='1970-01-01')}T00:00:00Z"


def _entries(context: RenderContext, briefs: list[Brief], built: str) -> list[dict[str, Any]]:
    """The latest of some records: by their last change or, without a history, by their date, with `built` as their update."""
    changes = context.history.changes
    if not changes:
        latest = sorted((brief for brief in briefs if brief.date), key=lambda brief: (brief.date, brief.id), reverse=True)
        return [_entry(context, brief, built, "") for brief in latest[:ENTRIES]]
    dated = [(changes[brief.path][0].time, brief) for brief in briefs if brief.path in changes]
    dated.sort(key=lambda each: each[1].id)
    dated.sort(key=lambda each: each[0], reverse=True)
    return [_entry(context, brief, time, changes[brief.path][0].subject, changes[brief.path][-1].time) for time, brief in dated[:ENTRIES]]


def _entry(context: RenderContext, brief: Brief, updated: str, subject: str, published: str = "") -> dict[str, Any]:
    dates = {"updated": updated, "published": published}
    return {"brief": brief, "path": context.url(brief.id), **dates, "summary": brief.summary, "subject": subject}
