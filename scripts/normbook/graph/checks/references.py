"""Checks of links, names and redirects: targets exist, no cycles, no redirect chains, no shared names."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.comparison.spelling import NUMBERS, suggest
from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.graph.graph import Edge
from normbook.records.scaffold.new_record import PLACEHOLDER_ID
from normbook.records.schema import Relation
from normbook.records.types import FOLDERS, SPECS


def references(context: CheckContext) -> Iterator[Problem]:
    """Every link points to an existing record of a type that the relation allows."""
    for edge in context.links():
        yield from _reference(context, edge)


def _reference(context: CheckContext, edge: Edge) -> Iterator[Problem]:
    record = context.graph.records[edge.subject]
    relation = context.graph.relation(edge)
    target = context.graph.briefs.get(edge.target)
    expected = " or ".join(relation.range)
    if target is None and (edge.target in context.broken or edge.target == PLACEHOLDER_ID):
        return  # the target's own file is invalid and has its findings; or the id is a placeholder, which another check reports
    if target is None:
        ids = [brief.id for type in relation.range for brief in context.graph.of_type(type)]
        yield record.problem(edge.pointer, "N303", f"no record {edge.target!r}", _remedy(edge.target, suggest(edge.target, ids), relation))
    elif target.type not in relation.range:
        yield record.problem(
            edge.pointer,
            "N304",
            f"expected {with_article(expected)}, but {edge.target!r} is {with_article(target.type)}",
            f"name {with_article(expected)}",
        )


def _remedy(id: str, meant: str | None, relation: Relation) -> str:
    """What to do about a missing record. A number is no slip of the hand: where only numbers differ, the file may be what is missing."""
    if meant and [*map(int, NUMBERS.findall(meant))] == [*map(int, NUMBERS.findall(id))]:
        return f"did you mean {meant!r}?"
    file, expected = f"data/{FOLDERS[relation.range[0]]}/{id}.yaml", " or ".join(relation.range)
    return f"add {file}, or name an existing {expected}{f', such as {meant!r}' if meant else ''}"


def with_article(type: str) -> str:
    """A type with its indefinite article."""
    return f"{'an' if type[0] in 'aeiou' else 'a'} {type}"


def names(context: CheckContext) -> Iterator[Problem]:
    """No two records of a type share a name, since a reader could not tell which one a text means."""
    first_holders: dict[tuple[str, str, str], str] = {}
    for type in (spec.name for spec in SPECS.values() if spec.has_own_names):
        for id in context.graph.ids_of(type):
            record = context.graph.records[id]
            entries = [
                (f"/names/{number}/text", entry["lang"], entry["text"]) for number, entry in enumerate(record.fields.get("names", ()))
            ]
            entries += [
                (f"/variants/{number}", record.fields["lang"], entry) for number, entry in enumerate(record.fields.get("variants", ()))
            ]
            if type == "glossary":
                entries.append(("/title", record.fields["lang"], record.fields["title"]))
            for pointer, language, name in entries:
                holder = first_holders.setdefault((type, language, name), id)
                if holder != id:
                    yield record.problem(
                        pointer,
                        "N305",
                        f"{name!r} is also a name of {holder!r}",
                        "keep the name in one record, or merge the two records and redirect one id",
                    )


def circles(context: CheckContext) -> Iterator[Problem]:
    """No record is, directly or through others, its own broader theme, its own whole or its own origin."""
    for name, domain in sorted((name, domain) for (domain, name), relation in context.graph.relations.items() if relation.transitive):
        links_by_id: dict[str, list[Edge]] = {}
        for id in context.graph.ids_of(domain):
            links_by_id[id] = [edge for edge in context.graph.outgoing(id) if edge.relation == name]
        reported: set[str] = set()
        for id in links_by_id:
            if id not in reported and (cycle := _cycle(id, links_by_id)):
                reported.update(edge.subject for edge in cycle)
                record = context.graph.records[cycle[0].subject]
                route = " → ".join([*(edge.subject for edge in cycle), cycle[-1].target])
                yield record.problem(cycle[0].pointer, "N306", f"{name} forms a cycle: {route}", "remove one of these links")


def _cycle(start: str, links_by_id: dict[str, list[Edge]]) -> list[Edge]:
    """The links of a cycle that starts and ends at `start`, empty if there is none."""
    link_to: dict[str, Edge] = {}
    pending = [start]
    while pending:
        for edge in links_by_id.get(pending.pop(), ()):
            if edge.target == start:
                cycle = [edge]
                while cycle[0].subject != start:
                    cycle.insert(0, link_to[cycle[0].subject])
                return cycle
            if edge.target not in link_to:
                link_to[edge.target] = edge
                pending.append(edge.target)
    return []


def redirects(context: CheckContext) -> Iterator[Problem]:
    """A redirect leads in one step from a removed id to existing ones, and each id is redirected once."""
    if context.redirects is None:
        return
    entries = context.redirects.fields["redirects"]
    targets: dict[str, list[str]] = {}
    for number, entry in enumerate(entries):
        if entry["from"] in context.graph.briefs:
            yield context.redirects.problem(
                f"/redirects/{number}/from", "N341", f"{entry['from']!r} still exists", "remove the redirect, or the record"
            )
        if entry["from"] in targets:
            yield context.redirects.problem(
                f"/redirects/{number}/from", "N345", f"duplicate redirect of {entry['from']!r}", "list all ids that replace it in one entry"
            )
        targets.setdefault(entry["from"], []).extend(entry["to"])
    for number, entry in enumerate(entries):
        for index, target in enumerate(entry["to"]):
            yield from _redirected(context, f"/redirects/{number}/to/{index}", entry["from"], target, targets)


def _redirected(context: CheckContext, pointer: str, start: str, target: str, targets: dict[str, list[str]]) -> Iterator[Problem]:
    assert context.redirects is not None
    if target in targets:
        pending, seen = [target], set[str]()
        while pending:
            if (id := pending.pop()) not in seen:
                seen.add(id)
                pending += targets.get(id, ())
        if start in seen:
            through = "" if target == start else f" through {target!r}"
            yield context.redirects.problem(
                pointer, "N344", f"the redirect of {start!r} leads back to itself{through}", "name an existing record"
            )
        else:
            final_ids = sorted(id for id in seen if id in context.graph.briefs)
            hint = f"name the final target: {', '.join(final_ids)}" if final_ids else "name the final target"
            yield context.redirects.problem(pointer, "N342", f"{target!r} is redirected itself, and redirects cannot be chained", hint)
    elif target not in context.graph.briefs and target not in context.broken:
        suggestion = suggest(target, context.graph.briefs)
        hint = f"did you mean {suggestion!r}?" if suggestion else "name an existing record"
        yield context.redirects.problem(pointer, "N303", f"no record {target!r}", hint)
