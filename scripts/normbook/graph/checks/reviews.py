"""Reviews: nobody reviews their own record, and each names claims that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.context import CheckContext
from normbook.records.model import Record


def reviews(context: CheckContext) -> Iterator[Problem]:
    """A reviewer is not an author of the record in git; what a review is of are claims of the record."""
    for record in context.records():
        found = record.fields.get("reviews", ())
        if not found:
            continue
        authors = context.authors(record.path)
        known = claims(record, context.schemas).evidence
        for number, review in enumerate(found):
            pointer = f"/reviews/{number}"
            for place, each in enumerate(review["claims"]):
                if each not in known:
                    yield record.problem(
                        f"{pointer}/claims/{place}", "N406", f"{each} is no claim of this record", "name a value that needs evidence"
                    )
            if authors is None:
                yield record.problem(
                    f"{pointer}/person",
                    "N318",
                    "whether the reviewer is an author of this record was not checked: there is no history of it here",
                    "check in a full clone of the repository, with the record committed",
                    level="warning",
                )
            elif _plain(review["person"]) in map(_plain, authors):
                yield record.problem(
                    f"{pointer}/person",
                    "N317",
                    f"{review['person']} is an author of this record in git, and cannot review it",
                    "let someone else review it, and remove this review",
                )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def agreement(record: Record) -> Mapping[str, Any]:
    """For each claim that two persons or more have reviewed the share of pairs of them that agree, from 0 to 1."""
    verdicts: dict[str, dict[str, str]] = {}
    for review in record.fields.get("reviews", ()):
        for claim in review["claims"]:
            verdicts.setdefault(claim, {})[_plain(review["person"])] = review["verdict"]
    found = {}
    for claim, given in verdicts.items():
        if len(given) > 1:
            said = list(given.values())
            pairs = [(one, other) for place, one in enumerate(said) for other in said[place + 1 :]]
            found[claim] = sum(one == other for one, other in pairs) / len(pairs)
    return found
