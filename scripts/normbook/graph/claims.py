"""Claims: the values of a record that a source must bear, and what bears each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normbook.records.model import Evidence, Outside, Record
from normbook.records.schema import Schemas, select


@dataclass(frozen=True)
class Claims:
    """The claims of one record (JSON Pointers, in the schema's order) and, for each, the evidence that bears it."""

    borne: dict[str, tuple[Evidence, ...]]
    stray: tuple[tuple[Evidence, str], ...]

    def count(self) -> Counter[str]:
        """How many claims are borne by a quotation, by outside evidence alone, and by nothing."""
        return Counter(
            "none" if not each else "outside" if all(isinstance(one.what, Outside) for one in each) else "quotation"
            for each in self.borne.values()
        )


_counted: WeakKeyDictionary[Record, tuple[Schemas, Claims]] = WeakKeyDictionary()  # as long as the record lives


def claims(record: Record, schemas: Schemas) -> Claims:
    """The claims of a record. Evidence that names a pointer where no claim stands is told in `stray`.

    A list that is claimed item by item may be borne whole: evidence for `/addressees` bears each of its items.
    """
    known = _counted.get(record)
    if known is None or known[0] is not schemas:
        known = _counted[record] = schemas, _claims(record, schemas)
    return known[1]


def _claims(record: Record, schemas: Schemas) -> Claims:
    pointers = [
        pointer
        for path, _ in schemas.annotated(record.type, "x-claim")
        for pointer, value in select(record.fields, path)
        if value is not None
    ]
    borne: dict[str, list[Evidence]] = {pointer: [] for pointer in pointers}
    lists = {pointer.rpartition("/")[0] for pointer in pointers if pointer.rpartition("/")[2].isdigit()}
    stray: list[tuple[Evidence, str]] = []
    for evidence in record.evidence:
        for pointer in evidence.bears:
            if pointer in borne:
                borne[pointer].append(evidence)
            elif pointer in lists:
                for item in pointers:
                    if item.rpartition("/")[0] == pointer:
                        borne[item].append(evidence)
            elif not _inside_claim(pointer, pointers):
                stray.append((evidence, pointer))
    return Claims({pointer: tuple(found) for pointer, found in borne.items()}, tuple(stray))


def _inside_claim(pointer: str, pointers: list[str]) -> bool:
    """True for a value that is part of a claim which has evidence of its own (the date of a dateline)."""
    return any(pointer.startswith(f"{each}/") for each in pointers)
