"""The check of dates that rest on texts outside the book: where a paraphrase names days, one of them is the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.context import CheckContext
from normbook.graph.support.days import carries, stated_days
from normbook.graph.support.verdicts import DATE, KINDS, shape
from normbook.records.model import Evidence, Outside, Record

REMEDY = "correct the date, or say in the paraphrase what the text says of this one"


def paraphrases(context: CheckContext) -> Iterator[Problem]:
    """Every date that no quotation supports is one of the days that the paraphrases cited for it name, if they name any."""
    for record in context.records():
        for pointer, borne in claims(record, context.schemas).evidence.items():
            if KINDS.get(shape(pointer)) is DATE and all(isinstance(each.what, Outside) and not each.inferred for each in borne):
                yield from _differs(record, pointer, borne)


def _differs(record: Record, pointer: str, borne: Sequence[Evidence]) -> Iterator[Problem]:
    value, derivation = _date(record, pointer)
    words = " ".join(each.what.paraphrase for each in borne if isinstance(each.what, Outside))
    named = sorted(set(stated_days(words)))
    if not named or not value or derivation or carries(value, words) or _is_listed(value, words, named):
        return
    first = next(each for each in borne if isinstance(each.what, Outside) and any(stated_days(each.what.paraphrase)))
    message = f"the paraphrase names {' and '.join(named)}, which does not support {pointer} {value!r}"
    yield record.problem(f"{first.pointer}/paraphrase", "N521", message, REMEDY)


def _date(record: Record, pointer: str) -> tuple[str, str]:
    """The day, month or year at a pointer, "" if it is none, and its derivation."""
    value: Any = record.fields
    for part in pointer.strip("/").split("/"):
        value = value[int(part)] if isinstance(value, list) else value.get(part)
    found = value if isinstance(value, dict) else {"value": value}
    return str(found.get("value") or ""), str(found.get("derivation") or "")


def _is_listed(value: str, words: str, named: Sequence[str]) -> bool:
    """True for a day that shares its month with a later one: the first of "25 and 26 October 2025"."""
    return any(day[:7] == value[:7] for day in named) and re.search(rf"(?<!\d){int(value[8:] or 0)}(?!\d)", words) is not None
