"""Claims: the values of a record that need a source, and the evidence that supports each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normbook.records.model import Evidence, Outside, Record
from normbook.records.schema import Schemas, select


@dataclass(frozen=True)
class Claims:
    """The claims of one record (JSON Pointers, in schema order), each with the evidence that supports it.

    `stray` has the evidence that names a pointer which is not a claim.
    """

    evidence: dict[str, tuple[Evidence, ...]]
    stray: tuple[tuple[Evidence, str], ...]

    def count(self) -> Counter[str]:
        """The number of claims supported by a quotation ("quotation"), only by outside sources ("outside"), and by nothing ("none")."""
        return Counter(
            "none" if not pieces else "outside" if all(isinstance(piece.what, Outside) for piece in pieces) else "quotation"
            for pieces in self.evidence.values()
        )


_cache: WeakKeyDictionary[Record, tuple[Schemas, Claims]] = WeakKeyDictionary()  # entries live as long as the record


def claims(record: Record, schemas: Schemas) -> Claims:
    """The claims of a record with their evidence.

    If each item of a list is a claim, evidence may support the whole list: evidence for `/addressees` supports each of its items.
    """
    cached = _cache.get(record)
    if cached is None or cached[0] is not schemas:
        cached = _cache[record] = schemas, _claims(record, schemas)
    return cached[1]


def _claims(record: Record, schemas: Schemas) -> Claims:
    pointers = [
        pointer
        for path, _ in schemas.annotated(record.type, "x-claim")
        for pointer, value in select(record.fields, path)
        if value is not None
    ]
    by_claim: dict[str, list[Evidence]] = {pointer: [] for pointer in pointers}
    lists = {pointer.rpartition("/")[0] for pointer in pointers if pointer.rpartition("/")[2].isdigit()}
    stray: list[tuple[Evidence, str]] = []
    for evidence in record.evidence:
        for pointer in evidence.supports:
            if pointer in by_claim:
                by_claim[pointer].append(evidence)
            elif pointer in lists:
                for item in pointers:
                    if item.rpartition("/")[0] == pointer:
                        by_claim[item].append(evidence)
            elif not _inside_claim(pointer, pointers):
                stray.append((evidence, pointer))
    return Claims({pointer: tuple(pieces) for pointer, pieces in by_claim.items()}, tuple(stray))


def _inside_claim(pointer: str, pointers: list[str]) -> bool:
    """True for a value that is part of a claim, like the date of a dateline."""
    return any(pointer.startswith(f"{claim}/") for claim in pointers)
