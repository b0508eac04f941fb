"""The contract of a release: what those who use the records may rely on, and what a later state of them breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from normbook.records.contract.compatibility import Kind, Node, compare

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
CODES: Mapping[Kind, str] = {"field": "N732", "type": "N733", "values": "N734", "required": "N735", "narrowed": "N736"}
Rank = Literal["patch", "minor", "major"]
RANKS: tuple[Rank, ...] = ("patch", "minor", "major")


class Version(NamedTuple):
    """A semantic version (major.minor.patch)."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return ".".join(map(str, self))


def read_version(text: str) -> Version | None:
    """The version that a text is, None if it is none.

    >>> read_version("1.2.10"), read_version("v1.2")
    (Version(major=1, minor=2, patch=10), None)
    """
    match = VERSION.fullmatch(text)
    return Version(*map(int, match.groups())) if match else None


def needed(last: Version, rank: Rank) -> Version:
    """The least version that may follow. Before 1.0.0 what breaks raises the second number, and what is added the third.

    >>> print(needed(Version(1, 4, 2), "major"), needed(Version(1, 4, 2), "minor"), needed(Version(0, 4, 2), "major"))
    2.0.0 1.5.0 0.5.0
    """
    if rank == "major":
        return Version(last.major + 1, 0, 0) if last.major else Version(0, last.minor + 1, 0)
    if rank == "minor" and last.major:
        return Version(last.major, last.minor + 1, 0)
    return Version(last.major, last.minor, last.patch + 1)


@dataclass(frozen=True)
class Contract:
    """The schemas as published, by name; the type of each record, by id; the addresses below the site's own, `{id}` for any record's.

    Of a release also: the second that its site is dated by, and the digest of the site's files (see pipeline/archive).
    """

    version: Version
    day: str
    records: Mapping[str, str]
    addresses: tuple[str, ...]
    schemas: Mapping[str, Node] = field(repr=False)
    epoch: int = 0
    site: str = ""


class Difference(NamedTuple):
    """What a later state has other than a contract: its code (empty for what only adds), the schema, field, record or address, and words."""

    code: str
    schema: str
    path: tuple[str, ...]
    record: str
    words: str
    places: int = 1

    @property
    def breaks(self) -> bool:
        """Whether someone who relied on the contract may be let down."""
        return bool(self.code)


def differences(last: Contract, now: Contract, moved: Mapping[str, Sequence[str]]) -> list[Difference]:
    """What differs, each once. `moved` gives the ids that took the place of an id that is gone."""
    found = [*_records(last, now, moved), *_addresses(last, now), *_schemas(last, now)]
    first: dict[tuple[object, ...], Difference] = {}
    for each in found:
        key = (each.code, each.record, each.path[-1:], each.words) if each.path else each
        first[key] = first[key]._replace(places=first[key].places + 1) if key in first else each
    return list(first.values())


def rank_of(found: Sequence[Difference]) -> Rank:
    """What the differences call for."""
    return "major" if any(each.breaks for each in found) else "minor" if found else "patch"


def _records(last: Contract, now: Contract, moved: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    for id, type in sorted(last.records.items()):
        targets = [now.records[each] for each in moved.get(id, ()) if each in now.records]
        if id in now.records and now.records[id] != type:
            yield Difference("N737", "", (), id, f"the type of {id!r} is {now.records[id]}, it was {type}: its address has moved")
        elif id not in now.records and not targets:
            yield Difference("N731", "", (), id, f"the published id {id!r} is gone, and nothing says where it went")
        elif id not in now.records and targets[0] != type:
            yield Difference(
                "N737", "", (), id, f"the {type} {id!r} leads on to another type, {targets[0]}: nothing is left at its old address"
            )
        elif id not in now.records:
            yield Difference("", "", (), id, f"the record {id} has moved")
    yield from (Difference("", "", (), id, f"the record {id} is new") for id in sorted(now.records.keys() - last.records.keys()))


def _addresses(last: Contract, now: Contract) -> Iterator[Difference]:
    for address in last.addresses:
        if address not in now.addresses:
            yield Difference("N737", "", (), "", f"nothing is published at {address!r} any more")
    yield from (Difference("", "", (), "", f"the address {each} is new") for each in now.addresses if each not in last.addresses)


def _schemas(last: Contract, now: Contract) -> Iterator[Difference]:
    if dict(last.schemas) == dict(now.schemas):
        return
    for name in sorted(last.schemas):
        if name not in now.schemas:
            yield Difference("N732", name, (), "", f"the schema {name!r} is gone")
        elif name != "common":  # what it defines is compared where it is referred to
            for kind, path, words in compare(last.schemas, now.schemas, name):
                yield Difference(CODES.get(kind, ""), name, path, "", words)
    yield from (Difference("", name, (), "", f"the schema {name} is new") for name in sorted(now.schemas.keys() - last.schemas.keys()))


def as_json(contract: Contract) -> dict[str, Any]:
    """The contract without its schemas, as it is kept; the ids by type, in order."""
    types = dict.fromkeys(sorted(contract.records.values()))
    by_type = {type: sorted(id for id, own in contract.records.items() if own == type) for type in types}
    return {"version": str(contract.version), "prepared": contract.day, "records": by_type, "addresses": list(contract.addresses)}


def read_contract(value: Any, schemas: Mapping[str, Node]) -> Contract | None:
    """The contract that was kept, None if the value is not of that shape."""
    if not isinstance(value, Mapping) or not isinstance(value.get("records"), Mapping) or not isinstance(value.get("addresses"), list):
        return None
    version = read_version(str(value.get("version", "")))
    if version is None or not all(isinstance(ids, list) for ids in value["records"].values()):
        return None
    records = {str(id): str(type) for type, ids in value["records"].items() for id in ids}
    epoch, site = value.get("epoch", 0), value.get("site", {})
    if not isinstance(epoch, int) or not isinstance(site, Mapping):
        return None
    day, addresses = str(value.get("prepared", "")), tuple(map(str, value["addresses"]))
    return Contract(version, day, records, addresses, schemas, epoch, str(site.get("sha256", "")))
