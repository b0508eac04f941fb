"""References: every link names a record that exists, none goes round in a circle, moved ids lead on in one step, names are not shared."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.context import Subject
from normbook.graph.graph import Edge
from normbook.records.scaffold.new_record import ID
from normbook.records.types import FOLDERS, SPECS


def references(subject: Subject) -> Iterator[Problem]:
    """Every link names a record that exists and is of a type that the relation allows."""
    for edge in subject.links():
        yield from _reference(subject, edge)


def _reference(subject: Subject, edge: Edge) -> Iterator[Problem]:
    record = subject.graph.records[edge.subject]
    relation = subject.graph.relation(edge)
    target = subject.graph.briefs.get(edge.target)
    wanted = " or ".join(relation.range)
    if target is None and (edge.target in subject.broken or edge.target == ID):
        return  # its own file is at fault, and says so; or nobody has named a record yet, which is said elsewhere
    if target is None:
        known = [each.id for type in relation.range for each in subject.graph.of_type(type)]
        meant = suggest(edge.target, known)
        hint = (
            f"did you mean {meant!r}?"
            if meant
            else f"add data/{FOLDERS[relation.range[0]]}/{edge.target}.yaml, or name {_one(wanted)} that exists"
        )
        yield record.problem(edge.pointer, "N303", f"no record {edge.target!r}", hint)
    elif target.type not in relation.range:
        yield record.problem(
            edge.pointer, "N304", f"{edge.target!r} is a record of type {target.type}, not {wanted}", f"name {_one(wanted)}"
        )


def _one(type: str) -> str:
    """A type with its article."""
    return f"{'an' if type[0] in 'aeiou' else 'a'} {type}"


def names(subject: Subject) -> Iterator[Problem]:
    """No two records of a type have a name in common: a reader could not tell which of them a text means."""
    taken: dict[tuple[str, str, str], str] = {}
    for type in (spec.name for spec in SPECS.values() if spec.has_own_names):
        for id in subject.graph.ids_of(type):
            record = subject.graph.records[id]
            listed = [(f"/names/{number}/text", each["lang"], each["text"]) for number, each in enumerate(record.fields.get("names", ()))]
            listed += [
                (f"/variants/{number}", record.fields["lang"], each) for number, each in enumerate(record.fields.get("variants", ()))
            ]
            if type == "glossary":
                listed.append(("/title", record.fields["lang"], record.fields["title"]))
            for pointer, language, name in listed:
                holder = taken.setdefault((type, language, name), id)
                if holder != id:
                    yield record.problem(
                        pointer,
                        "N305",
                        f"{name!r} is a name of {holder!r} too",
                        "keep it where it belongs, or join the two records and redirect one id",
                    )


def circles(subject: Subject) -> Iterator[Problem]:
    """No record is by way of others its own broader theme, its own whole or its own origin."""
    for name, domain in sorted((name, domain) for (domain, name), each in subject.graph.relations.items() if each.transitive):
        onward: dict[str, list[Edge]] = {}
        for id in subject.graph.ids_of(domain):
            onward[id] = [edge for edge in subject.graph.outgoing(id) if edge.relation == name]
        done: set[str] = set()
        for id in onward:
            if id not in done and (ring := _ring(id, onward)):
                done.update(edge.subject for edge in ring)
                record = subject.graph.records[ring[0].subject]
                round_trip = " → ".join([*(edge.subject for edge in ring), ring[-1].target])
                yield record.problem(ring[0].pointer, "N306", f"{name} goes round in a circle: {round_trip}", "remove one of these links")


def _ring(start: str, onward: dict[str, list[Edge]]) -> list[Edge]:
    """The links by which `start` comes back to itself, empty if it does not."""
    came: dict[str, Edge] = {}
    waiting = [start]
    while waiting:
        for edge in onward.get(waiting.pop(), ()):
            if edge.target == start:
                ring = [edge]
                while ring[0].subject != start:
                    ring.insert(0, came[ring[0].subject])
                return ring
            if edge.target not in came:
                came[edge.target] = edge
                waiting.append(edge.target)
    return []


def redirects(subject: Subject) -> Iterator[Problem]:
    """A redirect leads from an id that is gone to ones that exist, in one step, and stands once."""
    if subject.redirects is None:
        return
    entries = subject.redirects.fields["redirects"]
    leads: dict[str, list[str]] = {}
    for number, each in enumerate(entries):
        if each["from"] in subject.graph.briefs:
            yield subject.redirects.problem(
                f"/redirects/{number}/from", "N341", f"{each['from']!r} is still a record", "remove the redirect, or the record"
            )
        if each["from"] in leads:
            yield subject.redirects.problem(
                f"/redirects/{number}/from", "N345", f"{each['from']!r} is redirected twice", "name all that took its place in one entry"
            )
        leads.setdefault(each["from"], []).extend(each["to"])
    for number, each in enumerate(entries):
        for place, target in enumerate(each["to"]):
            yield from _redirected(subject, f"/redirects/{number}/to/{place}", each["from"], target, leads)


def _redirected(subject: Subject, pointer: str, start: str, target: str, leads: dict[str, list[str]]) -> Iterator[Problem]:
    assert subject.redirects is not None
    if target in leads:
        waiting, seen = [target], set[str]()
        while waiting:
            if (at := waiting.pop()) not in seen:
                seen.add(at)
                waiting += leads.get(at, ())
        if start in seen:
            yield subject.redirects.problem(
                pointer, "N344", f"{start!r} is redirected in a circle, by way of {target!r}", "name a record that exists"
            )
        else:
            ends = sorted(id for id in seen if id in subject.graph.briefs)
            hint = f"name where it leads in the end: {', '.join(ends)}" if ends else "name where it leads in the end"
            yield subject.redirects.problem(pointer, "N342", f"{target!r} is itself moved: redirects make no chains", hint)
    elif target not in subject.graph.briefs and target not in subject.broken:
        meant = suggest(target, subject.graph.briefs)
        hint = f"did you mean {meant!r}?" if meant else "name a record that exists"
        yield subject.redirects.problem(pointer, "N303", f"no record {target!r}", hint)
