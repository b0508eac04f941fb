"""Claims: the values of a record that a source must bear, and what bears each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.records.schema import Schemas, select


@dataclass(frozen=True)
class Claims:
    """The claims of one record (JSON Pointers, in the schema's order) and, for each, the evidence that bears it."""

    borne: dict[str, tuple[Evidence, ...]]
    stray: tuple[tuple[Evidence, str], ...]
    editorial: frozenset[str] = frozenset()  # the claims that are the editors' judgement

    def count(self) -> Counter[str]:
        """How many claims rest on quotations, on outside evidence alone, and on nothing; and each of `RESTS` under its own name."""
        rests = [self.rests_on(pointer) for pointer in self.borne]
        found = Counter(rests)
        for pointer, rest in zip(self.borne, rests, strict=True):
            quoted = any(isinstance(each.what, Quotation) for each in self.borne[pointer])
            found["none" if rest == "nothing" else "quotation" if quoted else "outside"] += 1
        return found

    def rests_on(self, pointer: str) -> str:
        """What a claim rests on, one of RESTS. Words that do not support what they are cited for are a finding, so that they do here."""
        borne = self.borne[pointer]
        quoted = [each for each in borne if isinstance(each.what, Quotation) and each.what.role == "supports"]
        if pointer in self.editorial:
            return "editorial"
        if any(not each.inferred for each in quoted):
            return "words"
        if quoted or (borne and all(each.inferred for each in borne)):
            return "inferred"
        outside = [each.what.read for each in borne if isinstance(each.what, Outside)]
        if outside:
            return "outside-read" if {"yes", "part"} & set(outside) else "outside-not-read"
        return "nothing"


# what a claim can rest on, and how that is said
RESTS = {
    "words": "supported by quoted words",
    "inferred": "inferred by the editors",
    "editorial": "judged by the editors",
    "outside-read": "from an outside text that was read",
    "outside-not-read": "from an outside text that was not read",
    "nothing": "without evidence",
}


def judged(record: Record, pointer: str) -> bool:
    """True if a record says that the value at a pointer is the editors' judgement, and why."""
    return any(pointer in each["for"] for each in record.fields.get("judgements", ()) if each.get("basis") == "editorial")


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
    editorial = frozenset(pointer for pointer in pointers if judged(record, pointer))
    return Claims({pointer: tuple(found) for pointer, found in borne.items()}, tuple(stray), editorial)


def _inside_claim(pointer: str, pointers: list[str]) -> bool:
    """True for a value that is part of a claim which has evidence of its own (the date of a dateline)."""
    return any(pointer.startswith(f"{each}/") for each in pointers)
