"""Claims: the values of a record that need a source, and the evidence that supports each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normbook.records.model import Evidence, Outside, Quotation, Record
from normbook.records.schema import Schemas, select


@dataclass(frozen=True)
class Claims:
    """The claims of one record (JSON Pointers, in schema order), each with the evidence that supports it.

    `stray` has the evidence that names a pointer which is not a claim.
    """

    evidence: dict[str, tuple[Evidence, ...]]
    stray: tuple[tuple[Evidence, str], ...]
    editorial: frozenset[str] = frozenset()  # the claims that are the editors' judgement

    def count(self) -> Counter[str]:
        """The number of claims by what supports them: each of SUPPORT under its own name, and "quotation", "outside" and "none" as totals.

        "quotation" has those with a quotation among their evidence, "outside" those with outside sources alone.
        """
        supports = {pointer: self.support_of(pointer) for pointer in self.evidence}
        counts = Counter(supports.values())
        for pointer, support in supports.items():
            quoted = any(isinstance(piece.what, Quotation) for piece in self.evidence[pointer])
            counts["none" if support == "nothing" else "quotation" if quoted else "outside"] += 1
        return counts

    def support_of(self, pointer: str) -> str:
        """What supports a claim, one of SUPPORT. Words that do not support their claim are a finding, and are counted here as if they did."""
        pieces = self.evidence[pointer]
        quoted = [piece for piece in pieces if isinstance(piece.what, Quotation) and piece.what.role == "supports"]
        if pointer in self.editorial:
            return "editorial"
        if any(not piece.inferred for piece in quoted):
            return "words"
        if quoted or (pieces and all(piece.inferred for piece in pieces)):
            return "inferred"
        outside = [piece.what.read for piece in pieces if isinstance(piece.what, Outside)]
        if outside:
            return "outside-read" if {"yes", "part"} & set(outside) else "outside-not-read"
        return "nothing"


# what can support a claim, in the words of reports
SUPPORT = {
    "words": "supported by quoted words",
    "inferred": "inferred by the editors",
    "editorial": "judged by the editors",
    "outside-read": "from an outside source that was read",
    "outside-not-read": "from an outside source that was not read",
    "nothing": "without evidence",
}


def is_judged(record: Record, pointer: str) -> bool:
    """True if a record says that the value at a pointer is the editors' judgement, and why."""
    return any(pointer in judgement["for"] for judgement in record.fields.get("judgements", ()) if judgement.get("basis") == "editorial")


_cache: WeakKeyDictionary[Record, tuple[Schemas, Claims]] = WeakKeyDictionary()  # entries live as long as the record


def claims(record: Record, schemas: Schemas) -> Claims:
    """The claims of a record with their evidence.

    If each item of a list is a claim, evidence may support the whole list: evidence for `/addressees` supports each of its items.
    """
    cached = _cache.get(record)
    if cached is None or cached[0] is not schemas:
        cached = _cache[record] = schemas, _claims(record, schemas)
    return cached[1]


def forget() -> None:
    """Frees the claims that were computed; they are computed again when they are asked for."""
    _cache.clear()


def _claims(record: Record, schemas: Schemas) -> Claims:
    pointers = [
        pointer
        for path, _ in schemas.annotated(record.type, "x-claim")
        for pointer, value in select(record.fields, path)
        if value is not None
    ]
    by_claim: dict[str, list[Evidence]] = {pointer: [] for pointer in pointers}
    lists = {pointer.rpartition("/")[0] for pointer in pointers if pointer[-1:].isdigit() and pointer.rpartition("/")[2].isdigit()}
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
    editorial = frozenset(pointer for pointer in pointers if is_judged(record, pointer)) if record.fields.get("judgements") else frozenset()
    return Claims({pointer: tuple(pieces) for pointer, pieces in by_claim.items()}, tuple(stray), editorial)


def _inside_claim(pointer: str, pointers: list[str]) -> bool:
    """True for a value that is part of a claim, like the date of a dateline."""
    return any(pointer.startswith(f"{claim}/") for claim in pointers)
