"""Pages that are not about one record: indexes, search, timeline, map, rules, data, and redirects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from normbook.cleaning.all_rules import RULES
from normbook.cleaning.rule import LAYERS
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import RenderContext
from normbook.site.exports.examples import EXAMPLES, ORDER, filled
from normbook.site.page import Page
from normbook.site.pages.compare import comparison_pages
from normbook.site.pages.example import cite_page, example_page
from normbook.site.pages.home import about_page, home
from normbook.site.pages.lists import ROWS, pages, parts, path, type_index
from normbook.site.pages.propose import propose_page
from normbook.site.pages.timeline import map_page, timeline_page
from normbook.site.search import words_of_stance

STANCES = ("asserted", "proposed", "denied", "attributed", "reported")  # values of a search filter


def makers(context: RenderContext, counts: Mapping[str, int], exports: Sequence[Mapping[str, Any]]) -> dict[str, Callable[[], Page]]:
    """The functions that make the pages that are not about one record, by name."""
    made: dict[str, Callable[[], Page]] = {
        "home": partial(home, context, counts),
        "about": partial(about_page, context),
        "timeline": partial(timeline_page, context),
        "map": partial(map_page, context),
        "find": partial(find_page, context),
        "rules": partial(rules_page, context),
        "data": partial(data_page, context, exports),
        "example": partial(example_page, context),
        "cite": partial(cite_page, context),
    }
    if not context.site.get("release"):  # a frozen version is not changed
        made["propose"] = partial(propose_page, context)
    for type in PUBLISHED:
        made |= {
            f"index of {type} {number}": partial(type_index, context, type, number)
            for number in range(parts(context.graph.number_of(type), ROWS))
        }
    made |= {f"all records {number}": partial(all_records, context, number) for number in range(parts(len(context.graph.briefs), ROWS))}
    return made | comparison_pages(context)


def all_records(context: RenderContext, number: int) -> Page:
    """All records by type, ROWS per page; works without JavaScript."""
    found = [id for type in PUBLISHED for id in context.graph.ids_of(type)]
    groups: dict[str, list[str]] = {}
    for id in found[number * ROWS : (number + 1) * ROWS]:
        groups.setdefault(context.graph.briefs[id].type, []).append(id)
    model = {"groups": groups, "total": len(found), "pages": pages(len(found), "records", ROWS), "number": number}
    sections = tuple((f"type-{type}", f"type-list.{type}") for type in groups)
    return Page(path("records", number), "records.html", "records.html", "page.records", "page-about.records", model, sections)


def find_page(context: RenderContext) -> Page:
    """The search page; words, record type and theme are all in the address."""
    model = {
        "types": PUBLISHED,
        "stances": [(stance, words_of_stance(stance)) for stance in STANCES],
        "themes": context.graph.ids_of("theme"),
        "initiatives": context.graph.ids_of("initiative"),
    }
    return Page("find.html", "find.html", "find.html", "page.find", "page-about.find", model)


def rules_page(context: RenderContext) -> Page:
    """The rules, each with examples of what it changed in the sources."""
    changed: dict[str, list[dict[str, str]]] = {name: [] for name in RULES}
    for source, readings in sorted(context.readings.items()):
        for edit in readings.cleaned.ledger.edits:
            for name in edit.rules:
                changed[name].append({"source": source, "before": edit.raw, "after": edit.new})
    rows = [{"rule": rule, "changed": changed[name][:4], "count": len(changed[name])} for name, rule in RULES.items()]
    sections = tuple((name, name) for name in RULES)
    return Page("rules.html", "rules.html", "rules.html", "page.rules", "page-about.rules", {"rows": rows, "layers": LAYERS}, sections)


def data_page(context: RenderContext, exports: Sequence[Mapping[str, Any]]) -> Page:
    """The downloads, with schemas and examples."""
    example = next((id for type in ("principle", *PUBLISHED) for id in context.graph.ids_of(type)), "")
    shown = json.dumps(context.graph.records[example].fields, ensure_ascii=False, indent=2)[:900] if example else ""
    types = [{"type": type, "folder": FOLDERS[type], "count": context.graph.number_of(type)} for type in PUBLISHED]
    model = {"groups": list(_grouped(exports, context)), "bulk": any(each["kind"] == "archive" for each in exports), "types": types}
    model |= {"example": shown, "example_id": example, "site": context.site}
    sections = (("downloads", "data.downloads"), ("schemas", "data.schemas"), ("example", "data.example"))
    return Page("data.html", "data.html", "data.html", "page.data", "page-about.data", model, sections)


def _grouped(exports: Sequence[Mapping[str, Any]], context: RenderContext) -> Iterator[dict[str, Any]]:
    """The data files by kind, with examples for each kind."""
    for kind in ORDER:
        rows = [each for each in exports if each["kind"] == kind]
        examples = [{"tool": each.tool, "text": filled(each, context.site["url"])} for each in EXAMPLES if each.kind == kind]
        if rows:
            yield {"kind": kind, "rows": rows, "bytes": sum(row["bytes"] for row in rows), "examples": examples}


def redirect_pages(context: RenderContext) -> Iterator[Page]:
    """A page at the old address of each record that was moved or divided."""
    for each in context.redirects:
        targets = [id for id in each["to"] if id in context.graph.briefs]
        if not targets:
            continue
        folder = FOLDERS[context.graph.briefs[targets[0]].type]
        model = {"old": each["from"], "targets": targets, "reason": each.get("reason", "")}
        yield Page(f"{folder}/{each['from']}.html", folder, "redirect.html", "page.moved", "page-about.moved", model)
