"""Pages that list or compare records: home, the index of each type, all records, the comparison, the timeline, the rules, the data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from normbook.graph.graph import Brief, natural
from normbook.publish.figures import Mark, timeline
from normbook.publish.page import Page
from normbook.publish.shelf import Shelf
from normbook.records.schema import FOLDERS
from normbook.text.rules import LAYERS, RULES

ROWS = 500  # of an index page
COLUMNS = 8  # initiatives beside each other on a page of the comparison
HOME_MARKS = 12  # of the timeline on the first page, the latest
SHOWN = tuple(type for type in FOLDERS if type != "correction")
PLURALS = {"source": "Sources", "initiative": "Initiatives", "principle": "Principles", "statement": "Statements", "event": "Events", "actor": "Actors", "theme": "Themes", "correspondence": "Correspondences", "glossary": "Glossary"}  # fmt: skip


def makers(shelf: Shelf, counts: Mapping[str, int], exports: Sequence[Mapping[str, Any]]) -> dict[str, Callable[[], Page]]:
    """What makes each page that is not the page of one record, by a name for it."""
    made: dict[str, Callable[[], Page]] = {
        "home": partial(home, shelf, counts),
        "timeline": partial(timeline_page, shelf),
        "rules": partial(rules_page, shelf),
        "data": partial(data_page, shelf, exports),
    }
    for type in SHOWN:
        made |= {
            f"index of {type} {number}": partial(type_index, shelf, type, number)
            for number in range(_parts(len(shelf.graph.ids_of(type)), ROWS))
        }
    made |= {f"all records {number}": partial(all_records, shelf, number) for number in range(_parts(len(shelf.graph.briefs), ROWS))}
    return made | {f"compare {number}": partial(compare, shelf, number) for number in range(_parts(len(compared(shelf)), COLUMNS))}


def home(shelf: Shelf, counts: Mapping[str, int]) -> Page:
    """The first page: what is here in numbers, a timeline, and the ways in."""
    numbers = [(PLURALS[type], len(shelf.graph.ids_of(type)), f"{FOLDERS[type]}/index.html") for type in SHOWN]
    initiatives = [shelf.graph.briefs[id] for id in shelf.graph.ids_of("initiative")[:HOME_MARKS]]
    recent = sorted(_dated(shelf), key=lambda each: (each.date, each.id), reverse=True)[:5]
    model = {
        "numbers": numbers,
        "claims": counts,
        "initiatives": initiatives,
        "recent": recent,
        "figure": timeline(_marks(shelf)[-HOME_MARKS:]),
    }
    return Page(
        "index.html",
        "index.html",
        "home.html",
        shelf.site["name"],
        "A reference book of initiatives and principles, each claim resolved to the characters of a received text.",
        model,
    )


def type_index(shelf: Shelf, type: str, number: int) -> Page:
    """The records of one type, ROWS to a page."""
    found = shelf.graph.ids_of(type)
    title = PLURALS[type]
    rows = [shelf.graph.briefs[id] for id in found[number * ROWS : (number + 1) * ROWS]]
    model = {
        "rows": rows,
        "type": type,
        "total": len(found),
        "pages": _pages(len(found), f"{FOLDERS[type]}/index", ROWS),
        "number": number,
        "first": not number,
    }
    return Page(_path(f"{FOLDERS[type]}/index", number), FOLDERS[type], "index.html", title, f"{title}: {len(found)} records.", model)


def all_records(shelf: Shelf, number: int) -> Page:
    """Every record, by type, ROWS to a page; works without JavaScript."""
    found = [id for type in SHOWN for id in shelf.graph.ids_of(type)]
    groups: dict[str, list[Brief]] = {}
    for id in found[number * ROWS : (number + 1) * ROWS]:
        groups.setdefault(PLURALS[shelf.graph.briefs[id].type], []).append(shelf.graph.briefs[id])
    model = {"groups": groups, "total": len(found), "pages": _pages(len(found), "records", ROWS), "number": number}
    return Page(_path("records", number), "records.html", "records.html", "All records", "Every record of the book.", model)


def _parts(total: int, size: int) -> int:
    return max(1, -(-total // size))


def _path(stem: str, number: int) -> str:
    return f"{stem}{f'-{number + 1}' if number else ''}.html"


def _pages(total: int, stem: str, size: int) -> list[str]:
    return [_path(stem, number) for number in range(_parts(total, size))] if total > size else []


def compared(shelf: Shelf) -> list[str]:
    """The initiatives that have principles here."""
    return [id for id in shelf.graph.ids_of("initiative") if any(edge.relation == "initiative" for edge in shelf.graph.incoming(id))]


def compare(shelf: Shelf, number: int) -> Page:
    """Principles by theme across initiatives, COLUMNS to a page; and the correspondences that were assessed."""
    every = compared(shelf)
    shown = every[number * COLUMNS : (number + 1) * COLUMNS]
    columns = {id: _by_theme(shelf, id) for id in shown}
    rows = []
    for theme in shelf.graph.of_type("theme"):
        cells = [
            {"principles": [shelf.graph.briefs[id] for id in columns[id_][0].get(theme.id, ())], "sources": columns[id_][1]}
            for id_ in shown
        ]
        if any(cell["principles"] for cell in cells):
            rows.append({"id": theme.id, "title": theme.title, "cells": cells})
    pairs = []
    for each in shelf.graph.of_type("correspondence"):
        fields = shelf.graph.records[each.id].fields
        pairs.append(
            {
                "id": each.id,
                "subject": fields["subject"],
                "object": fields.get("object") or fields.get("object_initiative"),
                "relation": fields["relation"],
                "justification": fields["justification"],
            }
        )
    titles = {id: shelf.graph.briefs[id].title for pair in pairs for id in (pair["subject"], pair["object"]) if id}
    principles = len(shelf.graph.ids_of("principle"))
    model = {
        "initiatives": [shelf.graph.briefs[id] for id in shown], "rows": rows, "pairs": pairs, "titles": titles, "possible": principles * (principles - 1) // 2,
        "pages": _pages(len(every), "compare", COLUMNS), "number": number,
    }  # fmt: skip
    return Page(
        _path("compare", number),
        "compare.html",
        "compare.html",
        "Compare",
        "Principles by theme across initiatives, with evidence on both sides.",
        model,
        (("matrix", "By theme"), ("pairs", "Pair by pair")),
    )


def _by_theme(shelf: Shelf, initiative: str) -> tuple[dict[str, list[str]], list[str]]:
    """The principles of an initiative by theme, and the sources whose wording of them is held: where an empty cell was looked for."""
    found: dict[str, list[str]] = {}
    sources: set[str] = set()
    for id in sorted({e.subject for e in shelf.graph.incoming(initiative) if e.relation == "initiative"}, key=natural):
        for edge in shelf.graph.outgoing(id):
            if edge.relation == "themes":
                found.setdefault(edge.target, []).append(id)
            elif edge.relation == "evidence/source":
                sources.add(edge.target)
    return found, sorted(sources)


def _dated(shelf: Shelf) -> list[Brief]:
    return [each for type in ("event", "initiative", "source") for each in shelf.graph.of_type(type) if each.date]


def _marks(shelf: Shelf) -> list[Mark]:
    return [
        Mark(each.date, each.title, shelf.url(each.id), each.type)
        for each in sorted(_dated(shelf), key=lambda each: (each.date, each.type, each.id))
        if each.type in ("event", "initiative")
    ]


def timeline_page(shelf: Shelf) -> Page:
    """What happened when: a picture of the latest, and all as a table."""
    shown = [
        {"brief": each, "derivation": each.derivation} for each in sorted(_dated(shelf), key=lambda each: (each.date, each.type, each.id))
    ]
    return Page(
        "timeline.html",
        "timeline.html",
        "timeline.html",
        "Timeline",
        "Initiatives, events and sources by date, with how each date is known.",
        {"figure": timeline(_marks(shelf)[-ROWS:]), "rows": shown},
        (("picture", "Picture"), ("table", "The same as a table")),
    )


def rules_page(shelf: Shelf) -> Page:
    """One entry a rule, with what it really changed in the sources that are held."""
    changed: dict[str, list[dict[str, str]]] = {name: [] for name in RULES}
    for source, readings in sorted(shelf.readings.items()):
        for edit in readings.cleaned.ledger.edits:
            for name in edit.rules:
                changed[name].append({"source": source, "before": edit.raw, "after": edit.new})
    rows = [{"rule": rule, "changed": changed[name][:4], "count": len(changed[name])} for name, rule in RULES.items()]
    return Page(
        "rules.html",
        "rules.html",
        "rules.html",
        "Rules of cleaning",
        "Every rule that changes a text, with what it changed.",
        {"rows": rows, "layers": LAYERS},
        tuple((name, name) for name in RULES),
    )


def data_page(shelf: Shelf, exports: Sequence[Mapping[str, Any]]) -> Page:
    """Every download with its schema and an example."""
    example = next((id for type in ("principle", *SHOWN) for id in shelf.graph.ids_of(type)), "")
    shown = json.dumps(shelf.graph.records[example].fields, ensure_ascii=False, indent=2)[:900] if example else ""
    types = [{"type": type, "title": PLURALS[type], "folder": FOLDERS[type], "count": len(shelf.graph.ids_of(type))} for type in SHOWN]
    model = {"exports": exports, "types": types, "example": shown, "example_id": example, "site": shelf.site}
    return Page(
        "data.html",
        "data.html",
        "data.html",
        "Data",
        "Every record as data, with its schema and an example.",
        model,
        (("downloads", "Downloads"), ("schemas", "Schemas"), ("example", "An example")),
    )
