"""The home page and the page about the book: what it is about, an example, how its claims are supported, and who edits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from normbook.graph.graph import natural
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import RenderContext
from normbook.site.evidence import host
from normbook.site.page import Page
from normbook.site.readings import reading, wording_quotations

OFFICIAL = ("official", "official-copy")  # authorities of a text whose wording is its issuer's
BAR = 1000  # the width of the bar of claims, in units of its picture
MOST_CHANGED = 5


def home(context: RenderContext, counts: Mapping[str, int]) -> Page:
    """The home page. `counts` has the number of claims by what supports them."""
    chosen = context.book.get("home", {})
    featured = [id for id in chosen.get("initiatives", ()) if id in context.graph.briefs]
    found = sorted(context.graph.of_type("initiative"), key=lambda each: (each.date or "9999", each.id))
    years = [each.date[:4] for each in found if each.date]
    reviews = context.graph.reviews()
    model = {
        "scope": {
            "initiatives": len(found),
            "others": len(found) - len(featured),
            "first": min(years, default=""),
            "last": max(years, default=""),
        },
        "numbers": [(f"type-list.{type}", context.graph.number_of(type), f"{FOLDERS[type]}/index.html") for type in PUBLISHED],
        "cards": [_card(context, id) for id in featured],
        "sample": _sample(context, str(chosen.get("sample", ""))),
        "claims": counts,
        "bar": list(_bar(counts)),
        "total": sum(counts.values()),
        "records": sum(reviews.values()),
        "reviewed": reviews["reviewed"],
        "changed": list(_changed(context)),
        **imprint(context),
    }
    return Page("index.html", "index.html", "home.html", "page.home", "page-about.home", model, wide=True)


def about_page(context: RenderContext) -> Page:
    """The page about the book: hand-written prose, and the imprint."""
    sections = (("imprint", "imprint.title"),)
    return Page("about/index.html", "about/index.html", "about.html", "nav.about", "page-about.about", imprint(context), sections)


def imprint(context: RenderContext) -> dict[str, Any]:
    """Who edits the book and how to reach them, as data/book.yaml says, and the version of the book."""
    given: Mapping[str, Any] = context.book.get("imprint", {})
    editors = [{"institution": "", "orcid": "", **each} for each in given.get("editors", ())]
    return {"imprint": {"publisher": "", "email": "", "url": "", **given, "editors": editors}, "site": context.site}


def _card(context: RenderContext, id: str) -> dict[str, Any]:
    """An initiative as a card: its date, who put it forward, on what, and how many points of which kind it has."""
    fields = context.graph.records[id].fields
    kinds: dict[tuple[str, str], int] = {}
    for principle in sorted({e.subject for e in context.graph.incoming(id) if e.relation == "initiative"}, key=natural):
        own = context.graph.records[principle].fields
        key = (own["kind"], own.get("part_of", {}).get("kind", ""))
        kinds[key] = kinds.get(key, 0) + 1
    points = [{"kind": kind, "whole": whole, "count": count} for (kind, whole), count in sorted(kinds.items(), key=lambda each: each[0][1])]
    return {
        "id": id,
        "names": context.graph.briefs[id].names,
        "date": context.graph.briefs[id].date,
        "proponents": [each for each in fields.get("proponents", ()) if each in context.graph.briefs],
        "themes": [each for each in fields.get("themes", ()) if each in context.graph.briefs],
        "points": points,
    }


def _sample(context: RenderContext, id: str) -> dict[str, Any] | None:
    """A point as received and as corrected, and where its official wording is; None if there is no such principle or it is not quoted."""
    record = context.graph.records[id] if id in context.graph.briefs else None
    quoted = wording_quotations(record) if record else []
    if not record or not quoted:
        return None
    texts = [
        {**each, "host": host(each["url"])} for each in record.fields.get("texts", ()) if each["authority"] in OFFICIAL and "url" in each
    ]
    return {
        "id": id,
        "initiative": record.fields["initiative"],
        "kind": record.fields["kind"],
        "ordinal": record.fields["ordinal"],
        "reading": reading(context, quoted[0]),
        "texts": texts,
    }


def _bar(counts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The parts of a bar that shows how claims are supported: where each begins and how wide it is.

    >>> [(part["support"], part["x"], part["width"]) for part in _bar({"words": 3, "inferred": 0, "nothing": 1})]
    [('words', 0, 750), ('nothing', 750, 250)]
    """
    total, before = sum(counts.values()), 0
    for support, count in counts.items():
        start, end = (BAR * number // total if total else 0 for number in (before, before + count))
        before += count
        if end > start:
            yield {"support": support, "x": start, "width": end - start}


def _changed(context: RenderContext) -> Iterator[tuple[str, str]]:
    """The records that changed last, with the date; nothing without a history."""
    briefs = context.graph.briefs
    changed = context.history.changes.items()
    days = sorted(((changes[0].day, path.rpartition("/")[2].removesuffix(".yaml"), path) for path, changes in changed), reverse=True)
    yield from islice(((day, id) for day, id, path in days if id in briefs and briefs[id].path == path), MOST_CHANGED)
