"""Pages that compare initiatives: the matrix of themes and texts, and pairs of initiatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from normbook.graph.graph import Brief, natural
from normbook.records.model import Outside, Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.evidence import host
from normbook.site.page import Page
from normbook.site.readings import beside, outside, reading, wording_quotations

COLUMNS = 24  # texts per page of the matrix; compare.css has a rule for each
CHOSEN = 5  # texts that are shown until a reader chooses others
SHOWN = 150  # width of the words that a cell shows before they are unfolded; a Chinese character counts twice
INVERSE = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}  # the relation seen from the other side
MATRIX, PAIR = "compare.html", "compare/pair.html"  # frames of these pages


def main_initiatives(context: RenderContext) -> list[str]:
    """The initiatives that the book is about: those of which it holds a text, oldest first."""
    found: list[str] = context.graph.overview("main initiatives", lambda: _main_initiatives(context))
    return found


def _main_initiatives(context: RenderContext) -> list[str]:
    found = [id for id in context.graph.ids_of("initiative") if _is_main(context, id)]
    return sorted(found, key=lambda each: (context.graph.briefs[each].date or "9999", natural(each)))


def _is_main(context: RenderContext, id: str) -> bool:
    return any(edge.relation == "texts/source" for edge in context.graph.outgoing(id))


def compared(context: RenderContext) -> list[str]:
    """The initiatives with principles to compare: first the main ones, then those with the most correspondences with them, then by date."""
    found: list[str] = context.graph.overview("compared", lambda: _compared(context))
    return found


def _compared(context: RenderContext) -> list[str]:
    graph, first = context.graph, main_initiatives(context)
    judged = pairs_judged(context)

    def order(brief: Brief) -> tuple[Any, ...]:
        if brief.id in first:
            return (first.index(brief.id),)
        return (len(first), -sum(judged[frozenset((brief.id, id))] for id in first), brief.date or "9999", natural(brief.id))

    return [brief.id for brief in sorted(graph.of_type("initiative"), key=order) if compared_principles(context, brief.id)]


def compared_with(context: RenderContext, id: str) -> list[str]:
    """The initiatives with which one has a judged correspondence, in natural order: each pair has a page."""
    found: Mapping[str, list[str]] = context.graph.overview("compared with", lambda: _compared_with(context))
    return found.get(id, [])


def _compared_with(context: RenderContext) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in pairs_judged(context):
        for id in sorted(pair):
            found.setdefault(id, []).extend(pair - {id})
    return {id: sorted(others, key=natural) for id, others in found.items()}


def correspondences(context: RenderContext) -> Iterator[Record]:
    """The correspondences that are not withdrawn."""
    records = (context.graph.records[brief.id] for brief in context.graph.of_type("correspondence"))
    return (record for record in records if record.fields["status"]["publication"] != "withdrawn")


def pairs_judged(context: RenderContext) -> Counter[frozenset[str]]:
    """How many correspondences are judged between the principles of two initiatives."""
    rows = context.graph.overview("pairs judged", lambda: [[*sorted(pair), count] for pair, count in _pairs_judged(context).items()])
    return Counter({frozenset(pair): count for *pair, count in rows})


def _pairs_judged(context: RenderContext) -> Counter[frozenset[str]]:
    found: Counter[frozenset[str]] = Counter()
    for record in correspondences(context):
        ends = (record.fields["subject"], record.fields.get("object") or record.fields.get("object_initiative"))
        sides = frozenset(initiative for end in ends for initiative in _initiatives_of(context, end))
        if len(sides) == 2:
            found[sides] += 1
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
    for each in pairs_judged(context):
        a, b = sorted(each, key=natural)
        made[f"compare {a} {b}"] = partial(pair, context, a, b)
    return dict(sorted(made.items()))


def _path(number: int) -> str:
    return f"compare{f'-{number + 1}' if number else ''}.html"


def matrix(context: RenderContext, number: int) -> Page:
    """The matrix of principles by theme and text, COLUMNS texts per page; the first page also lists the judged pairs."""
    graph, every = context.graph, compared(context)
    texts = every[number * COLUMNS : (number + 1) * COLUMNS]
    columns = {id: by_theme(context, id) for id in texts}
    entries = {id: entry(context, id) for text in texts for id in compared_principles(context, text)}
    rows: list[dict[str, Any]] = []
    for theme in graph.ids_of("theme"):
        cells = [{"text": id, "entries": [entries[each] for each in columns[id].get(theme, ())]} for id in texts]
        if any(each["entries"] for each in cells):
            rows.append({"id": theme, "cells": cells, "filled": [bool(each["entries"]) for each in cells]})
    rows.sort(key=lambda row: (-sum(row["filled"][:CHOSEN]), -sum(row["filled"])))
    pairs = [pair_row(record) for record in correspondences(context)] if not number else []
    for each in pairs:
        each["texts"] = [next(iter(_initiatives_of(context, each[end]))) for end in ("subject", "object")]
    principles = points_compared(context)
    judged: list[Any] = (
        [(*_ordered(context, each), pair_path(*each), count) for each, count in pairs_judged(context).items()] if not number else []
    )
    model = {
        "texts": texts, "rows": [{**row, "filled": sum(row["filled"][:CHOSEN])} for row in rows], "chosen": CHOSEN, "shorts": all_short_names(context),
        "searched": {id: list(searched(context, id)) for id in texts},
        "without": [id for id in graph.ids_of("initiative") if id not in every],
        "judged": sorted(judged, key=lambda each: (-each[3], each[2])), "pairs": pairs, "possible": principles * (principles - 1) // 2,
        "pages": [_path(each) for each in range(-(-len(every) // COLUMNS))] if len(every) > COLUMNS else [], "number": number,
    }  # fmt: skip
    return Page(_path(number), MATRIX, "compare.html", "page.compare", "page-about.compare", model, wide=True)


def by_theme(context: RenderContext, initiative: str) -> dict[str, list[str]]:
    """The principles of an initiative that are compared, by theme, in order."""
    found: dict[str, list[str]] = {}
    for id in compared_principles(context, initiative):
        for edge in context.graph.outgoing(id):
            if edge.relation == "themes":
                found.setdefault(edge.target, []).append(id)
    return found


def principles_of(context: RenderContext, initiative: str) -> list[str]:
    """The principles of an initiative that are not withdrawn, in order."""
    found = {e.subject for e in context.graph.incoming(initiative) if e.relation == "initiative"}
    return sorted((id for id in found if context.graph.publication(id)[0] != "withdrawn"), key=natural)


def compared_principles(context: RenderContext, initiative: str) -> list[str]:
    """The principles of an initiative of which more than a name or a subject is recorded, in order."""
    return [id for id in principles_of(context, initiative) if not context.graph.publication(id)[1]]


def points_compared(context: RenderContext) -> int:
    """How many principles take part in comparison."""
    return int(context.graph.overview("points compared", lambda: sum(len(compared_principles(context, id)) for id in compared(context))))


def searched(context: RenderContext, initiative: str) -> Iterator[dict[str, str]]:
    """Where the compared principles of an initiative were read: sources in the book, then addresses outside."""
    sources: dict[str, None] = {}
    addresses: dict[str, str] = {}
    for id in compared_principles(context, initiative):
        for each in context.graph.records[id].evidence:
            if isinstance(each.what, Quotation):
                sources[each.what.source] = None
            elif isinstance(each.what, Outside):
                addresses.setdefault(host(each.what.url), each.what.url)
    yield from ({"source": id, "url": "", "host": ""} for id in sorted(sources))
    yield from ({"source": "", "url": url, "host": name} for name, url in sorted(addresses.items()))


def entry(context: RenderContext, id: str) -> dict[str, Any]:
    """A principle in a cell: its received wordings, or else the editors' paraphrase, each with its source and what is shown while it is folded."""
    record = context.graph.records[id]
    words: dict[str, dict[str, Any]] = {}
    for quotation in wording_quotations(record):
        said = reading(context, quotation)
        words.setdefault(said["received"], {**said, "text": said["received"]})
    if not words:
        said = next(iter(outside(record)), {"url": "", "host": "", "paraphrase": ""})
        text = str(record.fields.get("plain") or said["paraphrase"])
        words[text] = {"kind": "outside", "text": text, "url": said["url"], "host": said["host"]}
    shown = [{**each, "start": start_of(each["text"])} for each in words.values()]
    return {"id": id, "locator": record.fields.get("locator", ""), "words": shown}


def start_of(text: str, most: int = SHOWN) -> str:
    """The first words of a text that is clearly wider than `most`, else nothing.

    >>> start_of("States should not build in backdoors.", 20), start_of("Short.", 20)
    ('States should not', '')
    """
    widths = [2 if letter >= "\u2e80" else 1 for letter in text]
    if sum(widths) <= most * 5 // 4:
        return ""
    end, width = 0, 0
    while width + widths[end] <= most:
        width += widths[end]
        end += 1
    return text[:end].rpartition(" ")[0].rstrip(" ,;:") or text[:end]


def short_names(context: RenderContext, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The short names of initiatives by language, for those that have any."""
    found: dict[str, dict[str, str]] = {}
    for id in ids:
        for name in context.graph.get(id, "/names") or ():
            if name["kind"] == "short":
                found.setdefault(id, {}).setdefault(name["lang"], name["text"])
    return found


def all_short_names(context: RenderContext) -> dict[str, dict[str, str]]:
    """The short names of all initiatives that have any."""
    found: dict[str, dict[str, str]] = context.graph.overview(
        "short names", lambda: short_names(context, context.graph.ids_of("initiative"))
    )
    return found


# the overviews by name: each reads at most those before it
OVERVIEWS: Mapping[str, Callable[[RenderContext], object]] = {
    "main initiatives": main_initiatives,
    "pairs judged": pairs_judged,
    "compared with": lambda context: compared_with(context, ""),
    "compared": compared,
    "points compared": points_compared,
    "short names": all_short_names,
}


def pair_row(record: Record) -> dict[str, Any]:
    """A correspondence as a row of a table."""
    fields = record.fields
    return {
        "id": record.id, "subject": fields["subject"], "object": fields.get("object") or fields.get("object_initiative"),
        "relation": fields["relation"], "justification": fields["justification"], "differs": fields.get("differs", ""),
        "method": fields.get("mapping_justification", ""),
    }  # fmt: skip


def pair(context: RenderContext, one: str, two: str) -> Page:
    """Two initiatives side by side: the judged pairs of principles with the words of both, their facts, and their principles by theme."""
    graph = context.graph
    one, two = _ordered(context, (one, two))
    sides = [graph.records[id] for id in (one, two)]
    own = [set(principles_of(context, id)) for id in (one, two)]
    judged = []
    for record in correspondences(context):
        row = pair_row(record)
        ends = {row["subject"], row["object"]}
        if ends & own[0] and ends & own[1]:
            left, right = sorted((row["subject"], row["object"]), key=lambda end: end not in own[0])
            relation = row["relation"] if left == row["subject"] else INVERSE.get(row["relation"], row["relation"])
            judged.append({**row, "seen": relation, "sides": list(beside(context, graph.records[left], graph.records[right]))})
    themes = [by_theme(context, id) for id in (one, two)]
    rows = [
        {"id": theme, "cells": [[entry(context, id) for id in each.get(theme, ())] for each in themes]}
        for theme in graph.ids_of("theme")
        if theme in themes[0] or theme in themes[1]
    ]
    others = compared_with(context, one)
    unthemed = [[id for id in compared_principles(context, side.id) if not graph.records[id].fields.get("themes")] for side in sides]
    model = {
        "sides": [_facts(side, sum("part_of" not in graph.records[id].fields for id in own[at])) for at, side in enumerate(sides)],
        "both": [row for row in rows if all(row["cells"])], "single": [row for row in rows if not all(row["cells"])], "unthemed": unthemed,
        "judged": judged, "possible": len(compared_principles(context, one)) * len(compared_principles(context, two)),
        "searched": [list(searched(context, id)) for id in (one, two)], "shorts": short_names(context, [one, *others]),
        "others": [(id, pair_path(one, id)) for id in others], "one": one, "two": two,
    }  # fmt: skip
    sections = (("pairs", "pair.judged"), ("facts", "pair.facts"), ("themes", "common.by-theme"), ("others", "pair.others"))
    title = f"{sides[0].title} and {sides[1].title}"
    description = f"{title}, side by side."
    return Page(pair_path(one, two), PAIR, "pair.html", title, description, model, sections, f"{one}--{two}", _joined(context, (one, two)))


def _ordered(context: RenderContext, ids: Iterable[str]) -> list[str]:
    """Two initiatives as their page shows them: a main one first, else the older."""
    return sorted(ids, key=lambda each: (not _is_main(context, each), context.graph.briefs[each].date or "9999", natural(each)))


def _joined(context: RenderContext, ids: Sequence[str]) -> Mapping[str, str]:
    """The names of records in each language that any has a name in, as the title of a page."""
    briefs = [context.graph.briefs[id] for id in ids]
    languages = sorted({language for brief in briefs for language in brief.names})
    return {language: " / ".join(brief.names.get(language, brief.title) for brief in briefs) for language in languages}


def _facts(record: Record, found: int) -> dict[str, Any]:
    fields = record.fields
    announced = (fields.get("announced") or {}).get("date") or {}
    return {
        "id": record.id, "date": str(announced.get("value", "")), "proponents": fields.get("proponents", ()), "legal_nature": fields.get("legal_nature", ""),
        "found": found, "declared": fields["points"]["declared"], "kind": fields["points"]["kind"],
    }  # fmt: skip
