"""Pages that compare initiatives: the matrix of themes, and pairs of initiatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from normbook.graph.graph import natural
from normbook.records.model import Outside, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.evidence import host
from normbook.site.figures import Mark, heat
from normbook.site.page import Page
from normbook.site.readings import beside, held, outside, wording_quotations

COLUMNS = 8  # initiatives per page of the matrix
MATRIX, PAIR = "compare.html", "compare/pair.html"  # frames of these pages


def compared(context: RenderContext) -> list[str]:
    """The initiatives with principles in the book."""
    return [id for id in context.graph.ids_of("initiative") if any(edge.relation == "initiative" for edge in context.graph.incoming(id))]


def compared_with(context: RenderContext, id: str) -> list[str]:
    """The initiatives with which one has an assessed correspondence, in natural order: each pair has a page."""
    found: set[str] = set()
    for pair in assessed_pairs(context):
        if id in pair:
            found |= pair - {id}
    return sorted(found, key=natural)


def assessed_pairs(context: RenderContext) -> set[frozenset[str]]:
    """The pairs of initiatives between which at least one correspondence is assessed and not withdrawn."""
    graph = context.graph
    found: set[frozenset[str]] = set()
    for brief in graph.of_type("correspondence"):
        record = graph.records[brief.id]
        if record.fields["status"]["publication"] == "withdrawn":
            continue
        ends = (record.fields["subject"], record.fields.get("object") or record.fields.get("object_initiative"))
        sides = frozenset(initiative for end in ends for initiative in _initiatives_of(context, end))
        if len(sides) == 2:
            found.add(sides)
    return found


def _initiatives_of(context: RenderContext, id: Any) -> list[str]:
    """The initiative of a principle; an initiative is its own."""
    if context.graph.type_of(id) == "initiative":
        return [id]
    return [edge.target for edge in context.graph.outgoing(id) if edge.relation == "initiative"]


def pair_path(one: str, two: str) -> str:
    """The path of the page for two initiatives, whichever comes first."""
    first, second = sorted((one, two), key=natural)
    return f"compare/{first}--{second}.html"


def comparison_pages(context: RenderContext) -> dict[str, Callable[[], Page]]:
    """The functions that make the pages of comparisons, by name."""
    count = max(1, -(-len(compared(context)) // COLUMNS))
    made: dict[str, Callable[[], Page]] = {f"compare {number}": partial(matrix, context, number) for number in range(count)}
    for each in assessed_pairs(context):
        a, b = sorted(each, key=natural)
        made[f"compare {a} {b}"] = partial(pair, context, a, b)
    return dict(sorted(made.items()))


def _path(number: int) -> str:
    return f"compare{f'-{number + 1}' if number else ''}.html"


def matrix(context: RenderContext, number: int) -> Page:
    """The matrix of principles by theme and initiative, COLUMNS per page, and the assessed correspondences."""
    every, everyone = compared(context), context.graph.ids_of("initiative")
    shown = every[number * COLUMNS : (number + 1) * COLUMNS]
    columns = {id: by_theme(context, id) for id in shown}
    rows: list[dict[str, Any]] = []
    for theme in context.graph.of_type("theme"):
        cells = [{"initiative": id, "principles": [cell(context, each) for each in columns[id].get(theme.id, ())]} for id in shown]
        if any(each["principles"] for each in cells):
            rows.append({"id": theme.id, "cells": cells, "empty": [each["initiative"] for each in cells if not each["principles"]]})
    pairs = [pair_row(context, each.id) for each in context.graph.of_type("correspondence")]
    principles = len(context.graph.ids_of("principle"))
    count = max(1, -(-len(every) // COLUMNS))
    model = {
        "initiatives": shown, "rows": rows, "pairs": pairs, "possible": principles * (principles - 1) // 2,
        "searched": {id: list(searched(context, id)) for id in shown},
        "without": [id for id in context.graph.ids_of("initiative") if id not in every],
        "beside": [(one, [(two, pair_path(one, two)) for two in others]) for one in everyone if (others := compared_with(context, one))] if not number else [],
        "figure": heat([Mark("", row["id"], "theme", context.graph.briefs[row["id"]].title) for row in rows], shown, [[len(each["principles"]) for each in row["cells"]] for row in rows]),
        "pages": [_path(each) for each in range(count)] if count > 1 else [], "number": number,
    }  # fmt: skip
    sections = (
        ("picture", "common.picture"),
        ("matrix", "common.by-theme"),
        ("beside", "compare.any-two"),
        ("pairs", "common.pair-by-pair"),
    )
    return Page(_path(number), MATRIX, "compare.html", "page.compare", "page-about.compare", model, sections)


def by_theme(context: RenderContext, initiative: str) -> dict[str, list[str]]:
    """The principles of an initiative by theme, in order."""
    found: dict[str, list[str]] = {}
    for id in principles_of(context, initiative):
        for edge in context.graph.outgoing(id):
            if edge.relation == "themes":
                found.setdefault(edge.target, []).append(id)
    return found


def principles_of(context: RenderContext, initiative: str) -> list[str]:
    """The principles of an initiative, in order."""
    return sorted({e.subject for e in context.graph.incoming(initiative) if e.relation == "initiative"}, key=natural)


def searched(context: RenderContext, initiative: str) -> Iterator[dict[str, str]]:
    """Where the principles of an initiative were searched for: sources in the book, else the addresses of outside sources."""
    sources: dict[str, None] = {}
    addresses: dict[str, None] = {}
    for id in principles_of(context, initiative):
        for each in context.graph.records[id].evidence:
            if isinstance(each.what, Quotation):
                sources[each.what.source] = None
            elif isinstance(each.what, Outside):
                addresses[each.what.url] = None
    yield from ({"source": id, "url": "", "host": ""} for id in sorted(sources))
    if not sources and not addresses:
        for each in context.graph.records[initiative].evidence:
            if isinstance(each.what, Outside):
                addresses[each.what.url] = None
    if not sources:
        yield from ({"source": "", "url": url, "host": host(url)} for url in sorted(addresses))


def cell(context: RenderContext, id: str) -> dict[str, str]:
    """A principle in a cell of the matrix, with the place of its evidence."""
    record = context.graph.records[id]
    if quoted := wording_quotations(record):
        first = held(context, record)[0]
        return {"id": id, "source": quoted[0].source, "eid": first["eid"], "stance": quoted[0].stance, "url": "", "host": ""}
    said = next(iter(outside(record)), {"url": "", "host": ""})
    return {"id": id, "source": "", "eid": "", "stance": "", "url": said["url"], "host": said["host"]}


def pair_row(context: RenderContext, id: str) -> dict[str, Any]:
    """A correspondence as a row of a table."""
    fields = context.graph.records[id].fields
    far = fields.get("object") or fields.get("object_initiative")
    return {"id": id, "subject": fields["subject"], "object": far, "relation": fields["relation"], "justification": fields["justification"]}


def pair(context: RenderContext, one: str, two: str) -> Page:
    """Two initiatives side by side: their facts, their principles by theme with the texts of each, and the assessed pairs."""
    graph = context.graph
    sides = [graph.records[id] for id in (one, two)]
    themes = [by_theme(context, id) for id in (one, two)]
    rows = [
        {"id": theme, "cells": [[_entry(context, id) for id in each.get(theme, ())] for each in themes]}
        for theme in graph.ids_of("theme")
        if theme in themes[0] or theme in themes[1]
    ]
    rows.sort(key=lambda row: not all(row["cells"]))
    unthemed = [
        [_entry(context, id) for id in principles_of(context, side.id) if not graph.records[id].fields.get("themes")] for side in sides
    ]
    own = [set(principles_of(context, id)) for id in (one, two)]
    assessed = []
    for brief in graph.of_type("correspondence"):
        row = pair_row(context, brief.id)
        ends = {row["subject"], row["object"]}
        if ends & own[0] and ends & own[1]:
            left, right = sorted((row["subject"], row["object"]), key=lambda end: end not in own[0])
            assessed.append({**row, "sides": list(beside(context, graph.records[left], graph.records[right]))})
    model = {
        "sides": [_facts(side, sum("part_of" not in graph.records[id].fields for id in own[at])) for at, side in enumerate(sides)], "rows": rows, "unthemed": unthemed, "assessed": assessed,
        "possible": len(own[0]) * len(own[1]), "searched": [list(searched(context, id)) for id in (one, two)],
        "others": [(id, pair_path(one, id)) for id in compared_with(context, one)], "one": one, "two": two,
    }  # fmt: skip
    sections = (("facts", "pair.facts"), ("themes", "common.by-theme"), ("pairs", "common.pair-by-pair"), ("others", "pair.others"))
    title = f"{one} · {two}"
    description = f"{sides[0].title} and {sides[1].title}, side by side."
    return Page(pair_path(one, two), PAIR, "pair.html", title, description, model, sections, f"{one}--{two}")


def _entry(context: RenderContext, id: str) -> dict[str, Any]:
    record = context.graph.records[id]
    return {"id": id, "held": held(context, record), "ordinal": record.fields["ordinal"], "spoken": "part_of" in record.fields}


def _facts(record: Record, found: int) -> dict[str, Any]:
    fields = record.fields
    announced = (fields.get("announced") or {}).get("date") or {}
    return {
        "id": record.id, "date": announced.get("value", ""), "proponents": fields.get("proponents", ()), "legal_nature": fields.get("legal_nature", ""),
        "found": found, "declared": fields["points"]["declared"], "kind": fields["points"]["kind"],
    }  # fmt: skip
