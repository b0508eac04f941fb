"""The differences between two sets of records: claims, evidence, stances, review status, other values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from normbook.graph.claims import claims
from normbook.graph.graph import natural
from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.records.schema import Schemas, select


def canonical(value: Any) -> str:
    """Text that is equal for equal values; evidence inside them is ignored."""
    return json.dumps(without_evidence(value), sort_keys=True)


def without_evidence(value: Any) -> Any:
    """A value without the evidence inside it."""
    if isinstance(value, Mapping):
        return {key: without_evidence(inner) for key, inner in value.items() if key != "evidence"}
    return [without_evidence(item) for item in value] if isinstance(value, list) else value


Outcome = Literal["added", "removed", "moved", "withdrawn", "published", "unpublished", "altered"]
NOT_COMPARED = frozenset({"id", "status", "evidence"})


class ValueChange(NamedTuple):
    """A changed value: its JSON Pointer (in the old record if it was removed, otherwise in the new one), before and after; None for no value."""

    pointer: str
    old: Any
    new: Any


class EvidenceChange(NamedTuple):
    """Changed evidence: the claims it supports now and those it supported before, the evidence before and after; None for none."""

    bears: tuple[str, ...]
    bore: tuple[str, ...]
    old: Quotation | Outside | None
    new: Quotation | Outside | None

    @property
    def turned(self) -> bool:
        """True if the speaker or the stance of a quotation changed, and with it what somebody is said to have said."""
        if not isinstance(self.old, Quotation) or not isinstance(self.new, Quotation):
            return False
        return (self.old.speaker, self.old.stance) != (self.new.speaker, self.new.stance)


@dataclass(frozen=True)
class Change:
    """The change of one record.

    `counts` is true if the record is or was published: only then is the book's content affected. `unborne` has the unchanged
    claims that lost their last quotation. `moved_to` has the ids that replaced a removed id. Tuples are empty if nothing changed.
    The names of the fields are keys of `normbook diff --json`.
    """

    type: str
    id: str
    title: str
    path: str
    what: Outcome
    counts: bool
    moved_to: tuple[str, ...] = ()
    claims: tuple[ValueChange, ...] = ()
    evidence: tuple[EvidenceChange, ...] = ()
    status: tuple[ValueChange, ...] = ()
    other: tuple[ValueChange, ...] = ()
    unborne: tuple[str, ...] = ()
    reason: str = field(default="")

    @property
    def turned(self) -> tuple[ValueChange | EvidenceChange, ...]:
        """The changes of speaker or stance."""
        changed_values = (
            change
            for change in self.claims
            if self.type == "statement" and change.pointer in ("/stance", "/speaker") and change.old and change.new
        )
        return (*changed_values, *(change for change in self.evidence if change.turned))


def changes(
    old: Mapping[str, Record], new: Mapping[str, Record], schemas: Schemas, moved: Mapping[str, Sequence[str]] | None = None
) -> tuple[Change, ...]:
    """The changed records, sorted by type and by id in natural order.

    `moved` has the redirects of the new state: removed ids with the ids that replaced them. A record that moved to exactly one new
    id is compared with its successor.
    """
    moved = moved or {}
    moved_ids = {
        ids[0]: id for id, ids in moved.items() if id in old and id not in new and len(ids) == 1 and ids[0] in new and ids[0] not in old
    }
    result = []
    for id in {*old, *new}:
        if id in old and id not in new:
            result.append(_removed(old[id], new, tuple(moved.get(id, ())), schemas))
        elif id not in moved_ids and (change := _compare(old.get(id), new[id], schemas)):
            result.append(change)
    order = {kind: number for number, kind in enumerate(schemas.relations_of)}
    return tuple(sorted(result, key=lambda change: (order.get(change.type, len(order)), natural(change.id))))


def _removed(record: Record, new: Mapping[str, Record], to: tuple[str, ...], schemas: Schemas) -> Change:
    successor = new.get(to[0]) if len(to) == 1 else None
    change = (
        _compare(record, successor, schemas) if successor is not None and successor.type == record.type else _compare(record, None, schemas)
    )
    what: Outcome = "moved" if to else "removed"
    base = change or Change(record.type, record.id, record.title, record.path, what, _is_published(record))
    return Change(
        record.type, record.id, record.title, successor.path if successor else record.path, what, base.counts, to, base.claims, base.evidence,
        base.status, base.other, base.unborne,
    )  # fmt: skip


def _is_published(record: Record | None) -> bool:
    return record is not None and (record.fields.get("status") or {}).get("publication") != "draft"


def _compare(old: Record | None, new: Record | None, schemas: Schemas) -> Change | None:
    """The change from one state of a record to the next; None if nothing changed that a reader sees."""
    record = new or old
    assert record is not None
    published = _is_published(old), _is_published(new)
    counts = any(published)
    before = old if published[0] or not counts else None
    after = new if published[1] or not counts else None
    what = _outcome(old, new, published)
    parts = (
        tuple(_claims(before, after, schemas)),
        tuple(_evidence(before, after)),
        tuple(_differences(_status(before), _status(after), "/status")),
        tuple(_other(before, after, schemas)),
    )
    if what == "altered" and not any(parts):
        return None
    reason = str((_status(new).get("withdrawn") or {}).get("reason", "")) if what == "withdrawn" else ""
    unborne = tuple(_lost_quotation(before, after, schemas)) if before and after else ()
    return Change(record.type, record.id, record.title, record.path, what, counts, (), *parts, unborne, reason)


def _outcome(old: Record | None, new: Record | None, published: tuple[bool, bool]) -> Outcome:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if _status(new).get("publication") == "withdrawn" != _status(old).get("publication"):
        return "withdrawn"
    return "altered" if published[0] == published[1] else "published" if published[1] else "unpublished"


def _status(record: Record | None) -> Mapping[str, Any]:
    return (record.fields.get("status") or {}) if record else {}


def _claims(old: Record | None, new: Record | None, schemas: Schemas) -> Iterator[ValueChange]:
    """The changed claims; the order of the items in a list does not matter."""
    record_type = (new or old).type  # type: ignore[union-attr]
    for path, _ in schemas.annotated(record_type, "x-claim"):
        before = [(pointer, without_evidence(value)) for pointer, value in select(old.fields if old else {}, path) if value is not None]
        after = [(pointer, without_evidence(value)) for pointer, value in select(new.fields if new else {}, path) if value is not None]
        yield from _pair_changes(before, after)


def _pair_changes(before: list[tuple[str, Any]], after: list[tuple[str, Any]]) -> Iterator[ValueChange]:
    """The values that only one side has; the nth removed and the nth added one are combined into one change."""
    old_keys, new_keys = [canonical(value) for _, value in before], [canonical(value) for _, value in after]
    removed = [pair for pair, key in zip(before, old_keys, strict=True) if key not in new_keys]
    added = [pair for pair, key in zip(after, new_keys, strict=True) if key not in old_keys]
    for (_, old_value), (pointer, new_value) in zip(removed, added, strict=False):
        yield ValueChange(pointer, old_value, new_value)
    yield from (ValueChange(pointer, value, None) for pointer, value in removed[len(added) :])
    yield from (ValueChange(pointer, None, value) for pointer, value in added[len(removed) :])


def _evidence(old: Record | None, new: Record | None) -> Iterator[EvidenceChange]:
    """The changed evidence: first pieces that quote the same words of a source are matched, then pieces that support the same claims."""
    removed = [piece for piece in (old.evidence if old else ()) if not _has(new, piece)]
    added = [piece for piece in (new.evidence if new else ()) if not _has(old, piece)]
    for is_same in (_same_words, _same_claims):
        for old_piece in list(removed):
            new_piece = next((piece for piece in added if is_same(old_piece, piece)), None)
            if new_piece:
                removed.remove(old_piece)
                added.remove(new_piece)
                yield EvidenceChange(new_piece.supports, old_piece.supports, old_piece.what, new_piece.what)
    yield from (EvidenceChange(piece.supports, piece.supports, piece.what, None) for piece in removed)
    yield from (EvidenceChange(piece.supports, (), None, piece.what) for piece in added)


def _has(record: Record | None, evidence: Evidence) -> bool:
    return record is not None and any((piece.supports, piece.what) == (evidence.supports, evidence.what) for piece in record.evidence)


def _same_words(first: Evidence, second: Evidence) -> bool:
    if isinstance(first.what, Quotation) and isinstance(second.what, Quotation):
        return (first.what.source, first.what.exact) == (second.what.source, second.what.exact)
    return isinstance(first.what, Outside) and isinstance(second.what, Outside) and first.what.url == second.what.url


def _same_claims(first: Evidence, second: Evidence) -> bool:
    return bool(set(first.supports) & set(second.supports)) and type(first.what) is type(second.what)


def _other(old: Record | None, new: Record | None, schemas: Schemas) -> Iterator[ValueChange]:
    """The changed values that are not claims: editors' text, themes, links. Nothing for a record that was added or removed."""
    if old is None or new is None:
        return
    unclaimed: list[Any] = []
    for record in (old, new):
        claimed = {pointer for path, _ in schemas.annotated(record.type, "x-claim") for pointer, _ in select(record.fields, path)}
        unclaimed.append(_unclaimed({key: value for key, value in record.fields.items() if key not in NOT_COMPARED}, claimed, ""))
    yield from _differences(unclaimed[0], unclaimed[1], "")


def _unclaimed(value: Any, claimed: set[str], pointer: str) -> Any:
    """A value without the claims and the evidence inside it."""
    if isinstance(value, Mapping):
        rest = {key: _unclaimed(child, claimed, f"{pointer}/{key}") for key, child in value.items() if key != "evidence"}
        return {key: child for key, child in rest.items() if f"{pointer}/{key}" not in claimed}
    if isinstance(value, list):
        return [
            _unclaimed(child, claimed, f"{pointer}/{index}") for index, child in enumerate(value) if f"{pointer}/{index}" not in claimed
        ]
    return value


def _differences(old: Any, new: Any, pointer: str) -> Iterator[ValueChange]:
    """The single values that differ; for lists the items that were added or removed."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _differences(old.get(key), new.get(key), f"{pointer}/{key}")
    elif isinstance(old or new, list):
        yield from _pair_changes([(pointer, item) for item in old or ()], [(pointer, item) for item in new or ()])
    elif canonical(old) != canonical(new):
        yield ValueChange(pointer, old, new)


def _lost_quotation(old: Record, new: Record, schemas: Schemas) -> Iterator[str]:
    """The unchanged claims that had a quotation before and have none now."""
    quoted_before = {key for key, (_, is_quoted) in _quoted_claims(old, schemas).items() if is_quoted}
    yield from (pointer for key, (pointer, is_quoted) in _quoted_claims(new, schemas).items() if key in quoted_before and not is_quoted)


def _quoted_claims(record: Record, schemas: Schemas) -> dict[tuple[str, str], tuple[str, bool]]:
    evidence = claims(record, schemas).evidence
    result = {}
    for path, _ in schemas.annotated(record.type, "x-claim"):
        for pointer, value in select(record.fields, path):
            if pointer in evidence:
                key = "/".join(path), canonical(value) if "*" in path else ""
                result[key] = pointer, any(isinstance(piece.what, Quotation) for piece in evidence[pointer])
    return result
