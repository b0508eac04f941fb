"""Values of a new record that follow from its id and the existing records, by top-level key; empty if none do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from normbook.records.model import Record

DAY = re.compile(r"\d{4}-\d\d-\d\d")
Records = Mapping[str, Record]


def _longest_prefix(id: str, kind: str, records: Records) -> str | None:
    """The longest id of a record of a type that is a prefix of an id, None if there is none."""
    ids = [record.id for record in records.values() if record.type == kind and id.startswith(f"{record.id}-")]
    return max(ids, key=len, default=None)


def principle(id: str, records: Records) -> dict[str, Any]:
    """The initiative from the start of the id, the next ordinal in its list, and the values that its earlier points share."""
    stem = re.sub(r"-\d+$", "", id)
    siblings = [record for record in records.values() if record.type == "principle" and re.sub(r"-\d+$", "", record.id) == stem]
    if siblings:
        last = max(siblings, key=lambda record: int(record.fields["ordinal"]))
        shared = {key: last.fields[key] for key in ("initiative", "part_of", "kind") if key in last.fields}
        return {**shared, "ordinal": last.fields["ordinal"] + 1}
    initiative = _longest_prefix(id, "initiative", records)
    if initiative is None:
        return {}
    kind = records[initiative].fields["points"]["kind"]
    first_point = {"ordinal": 1, **({"kind": kind} if kind != "not-listed" else {})}
    return {"initiative": initiative, **(first_point if stem == initiative else {})}


def statement(id: str, records: Records) -> dict[str, Any]:
    """The speaker from the start of the id, and the event on its date if there is exactly one."""
    speaker = _longest_prefix(id, "actor", records)
    day = DAY.search(id)
    events = [
        record.id
        for record in records.values()
        if day and record.type == "event" and (record.fields.get("date") or {}).get("value") == day[0]
    ]  # fmt: skip
    return {**({"speaker": speaker} if speaker else {}), **({"event": events[0]} if len(events) == 1 else {})}


def correspondence(id: str, records: Records) -> dict[str, Any]:
    """The two principles, if the id consists of their ids."""
    pairs = [
        (first, id.removeprefix(f"{first}-"))
        for first, record in records.items()
        if record.type == "principle" and id.startswith(f"{first}-")
    ]
    matches = [(first, second) for first, second in pairs if second in records and records[second].type == "principle"]
    if len(matches) != 1:
        return {}
    subject, other = matches[0]
    return {"subject": subject, "object": other, "title": f"{records[subject].title} / {records[other].title}"}


def correction(id: str, records: Records) -> dict[str, Any]:
    """The source with the same id."""
    return {"title": f"Corrections of {id}", "source": id}
