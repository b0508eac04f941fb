"""What a set of records says that another did not: claims, quotations, stances, states of review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from normbook.graph.claims import claims
from normbook.graph.graph import natural
from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.records.schema import Schemas, select


def likeness(value: Any) -> str:
    """The same for values that are the same, the evidence inside them left out."""
    return json.dumps(bare(value), sort_keys=True)


def bare(value: Any) -> Any:
    """A value without the evidence inside it."""
    if isinstance(value, Mapping):
        return {key: bare(inner) for key, inner in value.items() if key != "evidence"}
    return [bare(item) for item in value] if isinstance(value, list) else value


What = Literal["added", "removed", "moved", "withdrawn", "published", "unpublished", "altered"]
APART = frozenset({"id", "status", "evidence"})


class Alteration(NamedTuple):
    """A value that is another: its JSON Pointer (in the new record, in the old one where it is gone), before and after, None for nothing."""

    pointer: str
    old: Any
    new: Any


class Requoted(NamedTuple):
    """Evidence that is another: the claims that it bears now and those it bore, itself before and after, None for nothing."""

    bears: tuple[str, ...]
    bore: tuple[str, ...]
    old: Quotation | Outside | None
    new: Quotation | Outside | None

    @property
    def turned(self) -> bool:
        """True if other words are put into somebody's mouth, or the same words mean another thing: speaker or stance changed."""
        if not isinstance(self.old, Quotation) or not isinstance(self.new, Quotation):
            return False
        return (self.old.speaker, self.old.stance) != (self.new.speaker, self.new.stance)


@dataclass(frozen=True)
class Change:
    """What became of one record.

    `counts` is true if the record is or was published: only then are its claims claims of the book. `unborne` are claims that stay and
    lost their last quotation. `moved_to` names where the record went. Empty tuples where nothing changed.
    """

    type: str
    id: str
    title: str
    path: str
    what: What
    counts: bool
    moved_to: tuple[str, ...] = ()
    claims: tuple[Alteration, ...] = ()
    evidence: tuple[Requoted, ...] = ()
    status: tuple[Alteration, ...] = ()
    other: tuple[Alteration, ...] = ()
    unborne: tuple[str, ...] = ()
    reason: str = field(default="")

    @property
    def turned(self) -> tuple[Alteration | Requoted, ...]:
        """The changes of who says something, or what they do with it."""
        said = (
            each for each in self.claims if self.type == "statement" and each.pointer in ("/stance", "/speaker") and each.old and each.new
        )
        return (*said, *(each for each in self.evidence if each.turned))


def changes(
    old: Mapping[str, Record], new: Mapping[str, Record], schemas: Schemas, moved: Mapping[str, Sequence[str]] | None = None
) -> tuple[Change, ...]:
    """What became of each record that is not as it was, by type and natural id.

    `moved` are the redirects of the new state: an id that is gone, and the ids that took its place. A record that moved to one new
    id is compared with what it is now.
    """
    moved = moved or {}
    heirs = {
        ids[0]: id for id, ids in moved.items() if id in old and id not in new and len(ids) == 1 and ids[0] in new and ids[0] not in old
    }
    found = []
    for id in {*old, *new}:
        if id in old and id not in new:
            found.append(_gone(old[id], new, tuple(moved.get(id, ())), schemas))
        elif id not in heirs and (change := _compare(old.get(id), new[id], schemas)):
            found.append(change)
    order = {kind: number for number, kind in enumerate(schemas.relations_of)}
    return tuple(sorted(found, key=lambda each: (order.get(each.type, len(order)), natural(each.id))))


def _gone(record: Record, new: Mapping[str, Record], to: tuple[str, ...], schemas: Schemas) -> Change:
    heir = new.get(to[0]) if len(to) == 1 else None
    change = _compare(record, heir, schemas) if heir is not None and heir.type == record.type else _compare(record, None, schemas)
    what: What = "moved" if to else "removed"
    base = change or Change(record.type, record.id, record.title, record.path, what, _is_published(record))
    return Change(
        record.type, record.id, record.title, heir.path if heir else record.path, what, base.counts, to, base.claims, base.evidence,
        base.status, base.other, base.unborne,
    )  # fmt: skip


def _is_published(record: Record | None) -> bool:
    return record is not None and (record.fields.get("status") or {}).get("publication") != "draft"


def _compare(old: Record | None, new: Record | None, schemas: Schemas) -> Change | None:
    """The change from one record to another of its id; None where nothing that a reader sees is another."""
    here = new or old
    assert here is not None
    shown = _is_published(old), _is_published(new)
    counts = any(shown)
    before = old if shown[0] or not counts else None
    after = new if shown[1] or not counts else None
    what = _what(old, new, shown)
    parts = (
        tuple(_claims(before, after, schemas)),
        tuple(_evidence(before, after)),
        tuple(_leaves(_status(before), _status(after), "/status")),
        tuple(_other(before, after, schemas)),
    )
    if what == "altered" and not any(parts):
        return None
    reason = str((_status(new).get("withdrawn") or {}).get("reason", "")) if what == "withdrawn" else ""
    unborne = tuple(_unborne(before, after, schemas)) if before and after else ()
    return Change(here.type, here.id, here.title, here.path, what, counts, (), *parts, unborne, reason)


def _what(old: Record | None, new: Record | None, shown: tuple[bool, bool]) -> What:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if _status(new).get("publication") == "withdrawn" != _status(old).get("publication"):
        return "withdrawn"
    return "altered" if shown[0] == shown[1] else "published" if shown[1] else "unpublished"


def _status(record: Record | None) -> Mapping[str, Any]:
    return (record.fields.get("status") or {}) if record else {}


def _claims(old: Record | None, new: Record | None, schemas: Schemas) -> Iterator[Alteration]:
    """The claims that are other: items of a list are compared whatever their place in it."""
    kind = (new or old).type  # type: ignore[union-attr]
    for path, _ in schemas.annotated(kind, "x-claim"):
        before = [(pointer, bare(value)) for pointer, value in select(old.fields if old else {}, path) if value is not None]
        after = [(pointer, bare(value)) for pointer, value in select(new.fields if new else {}, path) if value is not None]
        yield from _paired(before, after)


def _paired(before: list[tuple[str, Any]], after: list[tuple[str, Any]]) -> Iterator[Alteration]:
    """Values that one side has and the other has not, those of the same rank as one change."""
    same_old, same_new = [likeness(value) for _, value in before], [likeness(value) for _, value in after]
    gone = [each for each, key in zip(before, same_old, strict=True) if key not in same_new]
    come = [each for each, key in zip(after, same_new, strict=True) if key not in same_old]
    for (_, one), (pointer, two) in zip(gone, come, strict=False):
        yield Alteration(pointer, one, two)
    yield from (Alteration(pointer, value, None) for pointer, value in gone[len(come) :])
    yield from (Alteration(pointer, None, value) for pointer, value in come[len(gone) :])


def _evidence(old: Record | None, new: Record | None) -> Iterator[Requoted]:
    """Evidence that is other: the same words of one source first, then what bears the same claims."""
    gone = [each for each in (old.evidence if old else ()) if not _holds(new, each)]
    come = [each for each in (new.evidence if new else ()) if not _holds(old, each)]
    for alike in (_same_words, _same_claims):
        for one in list(gone):
            two = next((each for each in come if alike(one, each)), None)
            if two:
                gone.remove(one)
                come.remove(two)
                yield Requoted(two.bears, one.bears, one.what, two.what)
    yield from (Requoted(each.bears, each.bears, each.what, None) for each in gone)
    yield from (Requoted(each.bears, (), None, each.what) for each in come)


def _holds(record: Record | None, evidence: Evidence) -> bool:
    return record is not None and any((each.bears, each.what) == (evidence.bears, evidence.what) for each in record.evidence)


def _same_words(one: Evidence, two: Evidence) -> bool:
    if isinstance(one.what, Quotation) and isinstance(two.what, Quotation):
        return (one.what.source, one.what.exact) == (two.what.source, two.what.exact)
    return isinstance(one.what, Outside) and isinstance(two.what, Outside) and one.what.url == two.what.url


def _same_claims(one: Evidence, two: Evidence) -> bool:
    return bool(set(one.bears) & set(two.bears)) and type(one.what) is type(two.what)


def _other(old: Record | None, new: Record | None, schemas: Schemas) -> Iterator[Alteration]:
    """The values that are no claims: the editors' own words, themes, links. Of a record that came or went none is told."""
    if old is None or new is None:
        return
    parts: list[Any] = []
    for record in (old, new):
        claimed = {pointer for path, _ in schemas.annotated(record.type, "x-claim") for pointer, _ in select(record.fields, path)}
        parts.append(_without({key: value for key, value in record.fields.items() if key not in APART}, claimed, ""))
    yield from _leaves(parts[0], parts[1], "")


def _without(value: Any, claimed: set[str], pointer: str) -> Any:
    """A value without what is claimed in it and without evidence."""
    if isinstance(value, Mapping):
        inner = {key: _without(each, claimed, f"{pointer}/{key}") for key, each in value.items() if key != "evidence"}
        return {key: each for key, each in inner.items() if f"{pointer}/{key}" not in claimed}
    if isinstance(value, list):
        return [_without(each, claimed, f"{pointer}/{at}") for at, each in enumerate(value) if f"{pointer}/{at}" not in claimed]
    return value


def _leaves(old: Any, new: Any, pointer: str) -> Iterator[Alteration]:
    """The single values that differ; lists as wholes of items that came and went."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _leaves(old.get(key), new.get(key), f"{pointer}/{key}")
    elif isinstance(old or new, list):
        yield from _paired([(pointer, each) for each in old or ()], [(pointer, each) for each in new or ()])
    elif likeness(old) != likeness(new):
        yield Alteration(pointer, old, new)


def _unborne(old: Record, new: Record, schemas: Schemas) -> Iterator[str]:
    """The claims that stay as they are and had a quotation, and have none now."""
    quoted = {key for key, (_, borne) in _borne(old, schemas).items() if borne}
    yield from (pointer for key, (pointer, borne) in _borne(new, schemas).items() if key in quoted and not borne)


def _borne(record: Record, schemas: Schemas) -> dict[tuple[str, str], tuple[str, bool]]:
    held = claims(record, schemas).borne
    found = {}
    for path, _ in schemas.annotated(record.type, "x-claim"):
        for pointer, value in select(record.fields, path):
            if pointer in held:
                key = "/".join(path), likeness(value) if "*" in path else ""
                found[key] = pointer, any(isinstance(each.what, Quotation) for each in held[pointer])
    return found
