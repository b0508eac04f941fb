"""Statements in lists: who says what, when and in which form, by occasion."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from normbook.graph.graph import natural
from normbook.site.context import RenderContext
from normbook.site.evidence import actor

MOST_STATEMENTS = 100  # on one page
MOST_OPEN = 8  # a longer list is folded, occasion by occasion


def statement_row(context: RenderContext, id: str) -> dict[str, Any]:
    """A statement for a list. Its date is its own or, without one, that of the event at which it was made."""
    fields = context.graph.records[id].fields
    event = fields.get("event", "")
    date = fields["date"]["value"] if "date" in fields else context.graph.briefs[event].date if event else ""
    return {
        "id": id, "event": event, "date": date, "speaker": actor(context, fields["speaker"]), "stance": fields["stance"],
        "holder": actor(context, fields["holder"]) if "holder" in fields else None, "speech": fields.get("speech", ""),
    }  # fmt: skip


def by_occasion(context: RenderContext, ids: Iterable[str]) -> dict[str, Any]:
    """The statements of a list in groups, one for each occasion, oldest first; those without a date come last."""
    known = sorted((id for id in dict.fromkeys(ids) if context.graph.briefs[id].publication != "withdrawn"), key=natural)
    rows = sorted((statement_row(context, id) for id in known[:MOST_STATEMENTS]), key=_when)
    groups = [{"date": date, "event": event, "rows": list(found)} for (date, event), found in groupby(rows, key=_occasion)]
    return {"groups": groups, "folded": len(known) > MOST_OPEN, "total": len(known), "more": max(0, len(known) - MOST_STATEMENTS)}


def _when(row: dict[str, Any]) -> tuple[str, str]:
    date, event = _occasion(row)
    return date or "9999", event


def _occasion(row: dict[str, Any]) -> tuple[str, str]:
    return (row["date"], row["event"]) if row["event"] else ("", "")
