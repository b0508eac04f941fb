"""The contract of a release: what users of the records may rely on, and how a later state breaks it."""

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
    """The version that a text spells, None if it is not a version.

    >>> read_version("1.2.10"), read_version("v1.2")
    (Version(major=1, minor=2, patch=10), None)
    """
    match = VERSION.fullmatch(text)
    return Version(*map(int, match.groups())) if match else None


def next_version(last: Version, rank: Rank) -> Version:
    """The lowest version that may follow a release. Before 1.0.0 a breaking change raises the second number, an addition the third.

    >>> print(next_version(Version(1, 4, 2), "major"), next_version(Version(1, 4, 2), "minor"), next_version(Version(0, 4, 2), "major"))
    2.0.0 1.5.0 0.5.0
    """
    if rank == "major":
        return Version(last.major + 1, 0, 0) if last.major else Version(0, last.minor + 1, 0)
    if rank == "minor" and last.major:
        return Version(last.major, last.minor + 1, 0)
    return Version(last.major, last.minor, last.patch + 1)


@dataclass(frozen=True)
class Contract:
    """What is published: the schemas by name, the type of each record by id, and the addresses relative to the site's (`{id}` for any id).

    A release also has the timestamp of its site in seconds, and the digest of the site's files (see workspace/release/archive).
    """

    version: Version
    day: str
    records: Mapping[str, str]
    addresses: tuple[str, ...]
    schemas: Mapping[str, Node] = field(repr=False)
    epoch: int = 0
    site: str = ""


class Difference(NamedTuple):
    """A difference between a contract and a later state: the code of its finding (empty for an addition), the schema, field or
    record, a description, and in how many places it occurs.
    """

    code: str
    schema: str
    path: tuple[str, ...]
    record: str
    words: str
    places: int = 1

    @property
    def breaks(self) -> bool:
        """Whether the difference breaks the contract."""
        return bool(self.code)


def differences(last: Contract, now: Contract, moved: Mapping[str, Sequence[str]]) -> list[Difference]:
    """The differences, without repetition. `moved` has the ids that replaced each redirected id."""
    all_differences = [*_records(last, now, moved), *_addresses(last, now), *_schemas(last, now)]
    merged: dict[tuple[object, ...], Difference] = {}
    for difference in all_differences:
        key = (difference.code, difference.record, difference.path[-1:], difference.words) if difference.path else difference
        merged[key] = merged[key]._replace(places=merged[key].places + 1) if key in merged else difference
    return list(merged.values())


def required_rank(differences: Sequence[Difference]) -> Rank:
    """The kind of release that the differences require."""
    return "major" if any(difference.breaks for difference in differences) else "minor" if differences else "patch"


def _records(last: Contract, now: Contract, moved: Mapping[str, Sequence[str]]) -> Iterator[Difference]:
    for id, type in sorted(last.records.items()):
        targets = [now.records[new_id] for new_id in moved.get(id, ()) if new_id in now.records]
        if id in now.records and now.records[id] != type:
            yield Difference("N737", "", (), id, f"the type of {id!r} was {type}, now it is {now.records[id]}, so its address has changed")
        elif id not in now.records and not targets:
            yield Difference("N731", "", (), id, f"the published id {id!r} was removed without a redirect")
        elif id not in now.records and targets[0] != type:
            yield Difference(
                "N737", "", (), id, f"the {type} {id!r} redirects to a record of another type ({targets[0]}), so its old address is lost"
            )
        elif id not in now.records:
            yield Difference("", "", (), id, f"the record {id} has moved")
    yield from (Difference("", "", (), id, f"the record {id} is new") for id in sorted(now.records.keys() - last.records.keys()))


def _addresses(last: Contract, now: Contract) -> Iterator[Difference]:
    for address in last.addresses:
        if address not in now.addresses:
            yield Difference("N737", "", (), "", f"the published address {address!r} was removed")
    yield from (Difference("", "", (), "", f"the address {address} is new") for address in now.addresses if address not in last.addresses)


def _schemas(last: Contract, now: Contract) -> Iterator[Difference]:
    if dict(last.schemas) == dict(now.schemas):
        return
    for name in sorted(last.schemas):
        if name not in now.schemas:
            yield Difference("N732", name, (), "", f"the schema {name!r} was removed")
        elif name != "common":  # its definitions are compared where they are used
            for kind, path, words in compare(last.schemas, now.schemas, name):
                yield Difference(CODES.get(kind, ""), name, path, "", words)
    yield from (Difference("", name, (), "", f"the schema {name} is new") for name in sorted(now.schemas.keys() - last.schemas.keys()))


def as_json(contract: Contract) -> dict[str, Any]:
    """The contract as it is stored, without its schemas; the ids are grouped by type and sorted."""
    types = dict.fromkeys(sorted(contract.records.values()))
    by_type = {type: sorted(id for id, record_type in contract.records.items() if record_type == type) for type in types}
    return {"version": str(contract.version), "prepared": contract.day, "records": by_type, "addresses": list(contract.addresses)}


def read_contract(value: Any, schemas: Mapping[str, Node]) -> Contract | None:
    """The stored contract, None if the value does not have its form."""
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
