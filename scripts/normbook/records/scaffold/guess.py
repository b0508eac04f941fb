"""What the id of a new record tells of it, seen against the records that are there: values by top-level key, empty where none follows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from normbook.records.model import Record

DAY = re.compile(r"\d{4}-\d\d-\d\d")
Records = Mapping[str, Record]


def _longest(id: str, kind: str, records: Records) -> str | None:
    """The longest id of a record of a type that another id begins with."""
    found = [each.id for each in records.values() if each.type == kind and id.startswith(f"{each.id}-")]
    return max(found, key=len, default=None)


def principle(id: str, records: Records) -> dict[str, Any]:
    """The initiative by the id's head, the next place in its list, and what the points before it have in common."""
    stem = re.sub(r"-\d+$", "", id)
    siblings = [each for each in records.values() if each.type == "principle" and re.sub(r"-\d+$", "", each.id) == stem]
    if siblings:
        last = max(siblings, key=lambda each: int(each.fields["ordinal"]))
        kept = {key: last.fields[key] for key in ("initiative", "part_of", "kind") if key in last.fields}
        return {**kept, "ordinal": last.fields["ordinal"] + 1}
    initiative = _longest(id, "initiative", records)
    if initiative is None:
        return {}
    kind = records[initiative].fields["points"]["kind"]
    own = {"ordinal": 1, **({"kind": kind} if kind != "not-listed" else {})}
    return {"initiative": initiative, **(own if stem == initiative else {})}


def statement(id: str, records: Records) -> dict[str, Any]:
    """The speaker by the id's head, the event by its day if there is one event on that day."""
    speaker = _longest(id, "actor", records)
    day = DAY.search(id)
    found = [
        each.id
        for each in records.values()
        if day and each.type == "event" and (each.fields.get("date") or {}).get("value") == day[0]
    ]  # fmt: skip
    return {**({"speaker": speaker} if speaker else {}), **({"event": found[0]} if len(found) == 1 else {})}


def correspondence(id: str, records: Records) -> dict[str, Any]:
    """The two principles, where the id is one after the other."""
    pairs = [(one, id.removeprefix(f"{one}-")) for one, each in records.items() if each.type == "principle" and id.startswith(f"{one}-")]
    found = [(one, two) for one, two in pairs if two in records and records[two].type == "principle"]
    return {"subject": found[0][0], "object": found[0][1], "title": " and ".join(found[0])} if len(found) == 1 else {}


def correction(id: str, records: Records) -> dict[str, Any]:
    """The source that has the same id."""
    return {"title": f"Corrections of {id}", "source": id}
