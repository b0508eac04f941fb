"""Pages that list or compare records: home, the index of each type, all records, the comparison, the timeline, the rules, the data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from normbook.graph.graph import Brief, natural
from normbook.publish.figures import Mark, timeline
from normbook.publish.page import Page
from normbook.publish.shelf import Shelf
from normbook.records.schema import FOLDERS
from normbook.text.rules import LAYERS, RULES

ROWS = 500  # of an index page
HOME_MARKS = 12  # of the timeline on the first page, the latest
SHOWN = tuple(type for type in FOLDERS if type != "correction")
PLURALS = {"source": "Sources", "initiative": "Initiatives", "principle": "Principles", "statement": "Statements", "event": "Events", "actor": "Actors", "theme": "Themes", "correspondence": "Correspondences", "glossary": "Glossary"}  # fmt: skip


def makers(shelf: Shelf, counts: Mapping[str, int], exports: Sequence[Mapping[str, Any]]) -> dict[str, Callable[[], Iterable[Page]]]:
    """What makes every page that is not the page of one record, by name; some make several pages."""
    return {
        "home": lambda: [home(shelf, counts)], **{f"index of {type}": partial(type_index, shelf, type) for type in SHOWN}, "all records": lambda: all_records(shelf),
        "compare": lambda: [compare(shelf)], "timeline": lambda: [timeline_page(shelf)], "rules": lambda: [rules_page(shelf)], "data": lambda: [data_page(shelf, exports)],
    }  # fmt: skip


def home(shelf: Shelf, counts: Mapping[str, int]) -> Page:
    """The first page: what is here in numbers, a timeline, and the ways in."""
    numbers = [(PLURALS[type], len(shelf.graph.of_type(type)), f"{FOLDERS[type]}/index.html") for type in SHOWN]
    initiatives = [{"id": each.id, "title": each.title, "summary": each.summary, "date": each.date} for each in shelf.graph.of_type("initiative")[:HOME_MARKS]]
    recent = sorted((each for each in _dated(shelf)), key=lambda each: (each.date, each.id), reverse=True)[:5]
    model = {"numbers": numbers, "claims": counts, "initiatives": initiatives, "recent": recent, "figure": timeline(_marks(shelf)[-HOME_MARKS:])}
    return Page("index.html", "index.html", "home.html", shelf.site["name"], "A reference book of initiatives and principles, each claim resolved to the characters of a received text.", model)


def type_index(shelf: Shelf, type: str) -> Iterator[Page]:
    """The records of one type, split at ROWS."""
    found = shelf.graph.of_type(type)
    title = PLURALS[type]
    for number, start in enumerate(range(0, max(len(found), 1), ROWS)):
        path = f"{FOLDERS[type]}/index{f'-{number + 1}' if number else ''}.html"
        pages = _pages(len(found), FOLDERS[type] + "/index")
        model = {"rows": found[start : start + ROWS], "type": type, "total": len(found), "pages": pages, "number": number, "first": not number}
        yield Page(path, FOLDERS[type], "index.html", title, f"{title}: {len(found)} records.", model)


def all_records(shelf: Shelf) -> Iterator[Page]:
    """Every record, by type, split at ROWS; works without JavaScript."""
    found = [each for type in SHOWN for each in shelf.graph.of_type(type)]
    for number, start in enumerate(range(0, max(len(found), 1), ROWS)):
        path = f"records{f'-{number + 1}' if number else ''}.html"
        groups: dict[str, list[Brief]] = {}
        for each in found[start : start + ROWS]:
            groups.setdefault(PLURALS[each.type], []).append(each)
        yield Page(path, "records.html", "records.html", "All records", "Every record of the book.", {"groups": groups, "total": len(found), "pages": _pages(len(found), "records"), "number": number})


def _pages(total: int, stem: str) -> list[str]:
    return [f"{stem}{f'-{i + 1}' if i else ''}.html" for i in range(-(-total // ROWS))] if total > ROWS else []


def compare(shelf: Shelf) -> Page:
    """Principles by theme across initiatives; and the correspondences that were assessed."""
    initiatives = [each for each in shelf.graph.of_type("initiative") if any(e.relation == "initiative" for e in shelf.graph.incoming(each.id))]
    rows = []
    for theme in shelf.graph.of_type("theme"):
        members = [e.subject for e in shelf.graph.incoming(theme.id) if e.relation == "themes" and shelf.graph.briefs[e.subject].type == "principle"]
        owners = {id: {e.target for e in shelf.graph.outgoing(id) if e.relation == "initiative"} for id in members}
        cells = []
        for initiative in initiatives:
            ids = sorted((id for id in members if initiative.id in owners[id]), key=natural)
            cells.append({"principles": [{"id": id, "title": shelf.graph.briefs[id].title} for id in ids], "sources": _searched(shelf, initiative.id)})
        if any(cell["principles"] for cell in cells):
            rows.append({"id": theme.id, "title": theme.title, "cells": cells})
    pairs = []
    for each in shelf.graph.of_type("correspondence"):
        fields = shelf.graph.records[each.id].fields
        pairs.append({"id": each.id, "subject": fields["subject"], "object": fields.get("object") or fields.get("object_initiative"), "relation": fields["relation"], "justification": fields["justification"]})
    titles = {id: shelf.graph.briefs[id].title for pair in pairs for id in (pair["subject"], pair["object"]) if id}
    principles = len(shelf.graph.of_type("principle"))
    model = {"initiatives": initiatives, "rows": rows, "pairs": pairs, "titles": titles, "possible": principles * (principles - 1) // 2}
    return Page("compare.html", "compare.html", "compare.html", "Compare", "Principles by theme across initiatives, with evidence on both sides.", model, (("matrix", "By theme"), ("pairs", "Pair by pair")))


def _searched(shelf: Shelf, initiative: str) -> list[str]:
    """The sources whose wording of an initiative's principles is held: where an empty cell was looked for."""
    found: dict[str, None] = {}
    for edge in shelf.graph.incoming(initiative):
        if edge.relation == "initiative":
            found.update(dict.fromkeys(e.target for e in shelf.graph.outgoing(edge.subject) if e.relation == "evidence/source"))
    return sorted(found)


def _dated(shelf: Shelf) -> list[Brief]:
    return [each for each in shelf.graph.all_briefs() if each.date and each.type in ("event", "initiative", "source")]


def _marks(shelf: Shelf) -> list[Mark]:
    return [Mark(each.date, each.title, shelf.url(each.id), each.type) for each in sorted(_dated(shelf), key=lambda each: (each.date, each.type, each.id)) if each.type in ("event", "initiative")]


def timeline_page(shelf: Shelf) -> Page:
    """What happened when: a picture, and the same as a table."""
    rows = sorted(_dated(shelf), key=lambda each: (each.date, each.type, each.id))
    shown = [{"brief": each, "derivation": (shelf.graph.get(each.id, "/date") or shelf.graph.get(each.id, "/published") or shelf.graph.get(each.id, "/announced/date") or {}).get("derivation", "")} for each in rows]
    return Page("timeline.html", "timeline.html", "timeline.html", "Timeline", "Initiatives, events and sources by date, with how each date is known.", {"figure": timeline(_marks(shelf)), "rows": shown}, (("picture", "Picture"), ("table", "The same as a table")))


def rules_page(shelf: Shelf) -> Page:
    """One entry a rule, with what it really changed in the sources that are held."""
    changed: dict[str, list[dict[str, str]]] = {name: [] for name in RULES}
    for source, readings in sorted(shelf.readings.items()):
        for edit in readings.cleaned.ledger.edits:
            for name in edit.rules:
                changed[name].append({"source": source, "before": edit.raw, "after": edit.new})
    rows = [{"rule": rule, "changed": changed[name][:4], "count": len(changed[name])} for name, rule in RULES.items()]
    return Page("rules.html", "rules.html", "rules.html", "Rules of cleaning", "Every rule that changes a text, with what it changed.", {"rows": rows, "layers": LAYERS}, tuple((row["rule"].name, row["rule"].name) for row in rows))


def data_page(shelf: Shelf, exports: Sequence[Mapping[str, Any]]) -> Page:
    """Every download with its schema and an example."""
    example = next(iter(shelf.graph.of_type("principle") or list(shelf.graph.briefs.values())), None)
    shown = json.dumps(shelf.graph.records[example.id].fields, ensure_ascii=False, indent=2)[:900] if example else ""
    types = [{"type": type, "title": PLURALS[type], "folder": FOLDERS[type], "count": len(shelf.graph.of_type(type))} for type in SHOWN]
    model = {"exports": exports, "types": types, "example": shown, "example_id": example.id if example else "", "site": shelf.site}
    return Page("data.html", "data.html", "data.html", "Data", "Every record as data, with its schema and an example.", model, (("downloads", "Downloads"), ("schemas", "Schemas"), ("example", "An example")))
