"""Two versions of a schema: what the newer one no longer promises, and what it adds.

Sound for both who write and who read. If nothing is found that breaks, each value that the old schema allows is allowed by the new
one. Beside that a field that is gone, a type that is another, and a field that need no longer be there are told, since who reads
relies on them. Where the comparison cannot see, it says that the new schema allows less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from normbook.records.contract.compatibility import HIGHEST, LOWEST, Node, UnsureError, View, canonical, inlined, view

Kind = Literal["field", "type", "values", "required", "narrowed", "added"]


class Change(NamedTuple):
    """One difference: its kind, the names that lead to the field (`*` for a list's items), and what it is, in words."""

    kind: Kind
    path: tuple[str, ...]
    words: str


def compare(old: Mapping[str, Node], new: Mapping[str, Node], name: str) -> Iterator[Change]:
    """The differences between two versions of the schema of that name, each among the documents that it refers to."""
    try:
        one, two = inlined(old, name), inlined(new, name)
    except UnsureError as error:
        if canonical(old) != canonical(new):
            yield Change("narrowed", (), f"the schemas cannot be compared: {error}")
        return
    yield from _compare((one,), (two,), ())


def _compare(old: tuple[Node, ...], new: tuple[Node, ...], path: tuple[str, ...]) -> Iterator[Change]:
    if {*map(canonical, old)} == {*map(canonical, new)}:
        return
    before, after = view(old), view(new)
    yield from _values(before, after, path)
    yield from _limits(before, after, path)
    yield from _names(before, after, path)
    for name in sorted(before.properties.keys() & after.properties.keys()):
        yield from _compare(before.properties[name], after.properties[name], (*path, name))
    if after.items:
        yield from _compare(before.items, after.items, (*path, "*"))
    yield from _branches(old, before, after, path)
    if lost := after.others - before.others:
        yield Change("narrowed", path, f"a demand is new or another: {min(lost)[:120]}")


def _values(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    if before.types != after.types:
        yield Change("type", path, f"the type is {_listed(after.types)}, it was {_listed(before.types)}")
    if after.values is not None and (before.values is None or not before.values <= after.values):
        if before.values is None:
            yield Change("narrowed", path, f"only {_listed(after.values)} is allowed, which was free before")
        else:
            yield Change("values", path, f"the value {_listed(before.values - after.values)} is no longer allowed")
    if before.values is not None and (after.values is None or after.values - before.values):
        yield Change("added", path, f"the value {_listed((after.values or frozenset()) - before.values) if after.values else 'any'} is new")


def _limits(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for key in (*LOWEST, *HIGHEST):
        was, now = before.limits[key], after.limits[key]
        if was != now:
            tighter = now > was if key in LOWEST else now < was
            yield Change("narrowed" if tighter else "added", path, f"{key} is {now:g}, it was {was:g}")
    for key, form in sorted(after.forms - before.forms):
        yield Change("narrowed", path, f"the {key} is {form}, which was not asked before")
    for key, form in sorted(before.forms - after.forms):
        yield Change("added", path, f"the {key} {form} is no longer asked")


def _names(before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(after.required - before.required):
        yield Change("required", (*path, name), f"{name} is required, it was not")
    for name in sorted(before.required - after.required):
        yield Change("required", (*path, name), f"{name} is no longer always there")
    gone = before.properties.keys() - after.properties.keys()
    for name in sorted(gone):
        yield Change("field", (*path, name), f"the field {name} is gone")
    for name in sorted(after.properties.keys() - before.properties.keys()):
        if (before.may is not None and name not in before.may) or view(after.properties[name]) == view(({},)):
            yield Change("added", (*path, name), f"the field {name} is new")
        else:
            yield Change("narrowed", (*path, name), f"the field {name} is described, which was free before")
    if after.sure is not None:
        if before.may is None:
            yield Change("narrowed", path, "only the fields that are named are allowed, which were free before")
        elif lost := before.may - after.sure - gone:
            yield Change("narrowed", path, f"the field {_listed(lost)} is not allowed in every case")


def _branches(old: tuple[Node, ...], before: View, after: View, path: tuple[str, ...]) -> Iterator[Change]:
    """Demands under a condition: where the condition is the same, branch by branch; where it is new, as if they always held."""
    known = {canonical(condition): (then, other) for condition, then, other in before.branches}
    for condition, then, other in after.branches:
        was = known.pop(canonical(condition), ({}, {}))
        for own, now in zip(was, (then, other), strict=True):
            if canonical(own) == canonical(now):
                continue
            yield from _in_branch((*old, own), (now,), path)
            yield from (each for each in _dropped(own, now, path))
    for then, other in known.values():
        for own in (then, other):
            yield from _dropped(own, {}, path)


def _in_branch(old: tuple[Node, ...], new: tuple[Node, ...], path: tuple[str, ...]) -> Iterator[Change]:
    """What a branch asks that was not asked; what it leaves unsaid is said outside it."""
    before, after = view(old), view(new)
    if after.types is not None and (before.types is None or not before.types <= after.types):
        yield Change("type", path, f"under a condition the type is {_listed(after.types)}, it was {_listed(before.types)}")
    for each in (*_values(before, after, path), *_limits(before, after, path), *_names(before, after, path)):
        told = {"values": True, "narrowed": True, "required": each.path[-1:] and each.path[-1] in after.required}
        if told.get(each.kind) or (each.kind == "field" and after.sure is not None and each.path[-1] not in after.sure):
            yield each
    for name in sorted(after.properties.keys() & before.properties.keys()):
        yield from _in_branch(before.properties[name], after.properties[name], (*path, name))
    if after.items:
        yield from _in_branch(before.items, after.items, (*path, "*"))
    if {*map(canonical, after.branches)} - {*map(canonical, before.branches)}:
        yield Change("narrowed", path, "a condition under a condition is new or another")
    if lost := after.others - before.others:
        yield Change("narrowed", path, f"under a condition a demand is new: {min(lost)[:120]}")


def _dropped(own: Node, now: Node, path: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted(view((own,)).required - view((now,)).required):
        yield Change("required", (*path, name), f"{name} is no longer always there under its condition")


def _listed(words: Iterable[str] | None) -> str:
    return "any" if words is None else ", ".join(sorted(words)) or "none"
