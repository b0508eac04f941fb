"""The Atom feed: the records that changed last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from normbook.graph.graph import Brief
from normbook.records.types import SPECS
from normbook.site.context import RenderContext

ENTRIES = 40


def feed(context: RenderContext, epoch: int) -> dict[str, Any]:
    """The model of the feed: entries, latest change first.

    Without a history, as in a shallow clone, the entries are the records with the latest dates, with the time of the build as their update.
    If that is not known either, as in a downloaded archive, it is the latest day in the records.
    """
    built = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not context.site["day"]:
        days = [brief.date for brief in context.graph.briefs.values() if len(brief.date) == len("2020-01-01")]
        built = f"{max(days, default='1970-01-01')}T00:00:00Z"
    changes = context.history.changes
    every = [brief for brief in context.graph.briefs.values() if SPECS[brief.type].in_feed]
    if changes:
        dated = [(changes[brief.path][0].time, brief) for brief in every if brief.path in changes]
        dated.sort(key=lambda each: each[1].id)
        dated.sort(key=lambda each: each[0], reverse=True)
        entries = [
            _entry(context, brief, time, changes[brief.path][0].subject, changes[brief.path][-1].time) for time, brief in dated[:ENTRIES]
        ]
    else:
        latest = sorted((brief for brief in every if brief.date), key=lambda brief: (brief.date, brief.id), reverse=True)
        entries = [_entry(context, brief, built, "") for brief in latest[:ENTRIES]]
    return {"site": context.site, "entries": entries, "updated": built}


def _entry(context: RenderContext, brief: Brief, updated: str, subject: str, published: str = "") -> dict[str, str]:
    address = context.site["url"] + context.url(brief.id)
    dates = {"updated": updated, "published": published}
    return {"title": brief.title, "url": address, "type": brief.type, **dates, "summary": brief.summary, "subject": subject}
