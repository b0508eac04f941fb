"""The check of outside identifiers: each has the form of its scheme, `none` is given with no other, and a check digit is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.records.model import Record
from normbook.records.schema import select

NONE = "none"
CODE = "N319"


def identifiers(context: CheckContext) -> Iterator[Problem]:
    """Every identifier can be looked up in its scheme: the schema's `x-forms` have a pattern and an example of each."""
    for record in context.records():
        for path, forms in context.schemas.annotated(record.type, "x-forms"):
            for pointer, entry in select(record.fields, path):
                if fault := form_fault(entry["value"], forms.get(entry["scheme"], {})):
                    yield record.problem(f"{pointer}/value", CODE, *fault)
        yield from _none_alone(record)
        yield from _people(record, "/reviews", record.fields.get("reviews", ()))


def editors(context: CheckContext) -> Iterator[Problem]:
    """The ORCID iD of every editor has the right check digit."""
    if context.book is not None:
        yield from _people(context.book, "/imprint/editors", context.book.fields["imprint"]["editors"])


def form_fault(value: str, form: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong with an identifier and what to do, or None; `form` has the pattern and an example of its scheme.

    >>> wikidata = {"pattern": "^Q[1-9][0-9]*$", "example": "Q148"}
    >>> form_fault("Q42", wikidata), form_fault("https://www.wikidata.org/wiki/q42", wikidata)[1], form_fault("hello", wikidata)[1]
    (None, 'write `Q42`', 'write it as in `Q148`; for an identifier of another kind write `scheme: other`')
    """
    if not form or re.search(form["pattern"], value):
        return None
    meant = _meant(value, form["pattern"])
    hint = f"write `{meant}`" if meant else f"write it as in `{form['example']}`; for an identifier of another kind write `scheme: other`"
    return f"expected an identifier such as {form['example']}, found {value!r}", hint


def _meant(value: str, pattern: str) -> str | None:
    """The identifier inside an address, behind a label, or in the wrong case."""
    inner = re.compile(rf"(?<![^\s/:=]){pattern.removeprefix('^').removesuffix('$')}$", re.IGNORECASE)
    found = inner.search(value.strip().rstrip("/"))
    return next((form for form in (found[0], found[0].upper()) if re.search(pattern, form)), None) if found else None


def _none_alone(record: Record) -> Iterator[Problem]:
    """A record that has no identifier has not one nevertheless."""
    schemes = [entry["scheme"] for entry in record.fields.get("identifiers", ())]
    if NONE in schemes and len(schemes) > 1:
        message = "the scheme none stands beside another identifier"
        yield record.problem(f"/identifiers/{schemes.index(NONE)}/scheme", CODE, message, "remove the entry with none, or the others")


def _people(record: Record, pointer: str, people: Any) -> Iterator[Problem]:
    for number, person in enumerate(people):
        orcid = person.get("orcid", "")
        if orcid and (digit := check_digit(orcid)) != orcid[-1]:
            message = f"expected {digit} as the last digit of the ORCID iD, by which a slip is noticed, found {orcid[-1]}"
            yield record.problem(f"{pointer}/{number}/orcid", CODE, message, "copy it from the person's page on orcid.org")


def check_digit(orcid: str) -> str:
    """The digit, or X, that the first fifteen digits of an ORCID iD ask for (ISO 7064, MOD 11-2).

    >>> check_digit("0000-0002-1825-0097")
    '7'
    """
    total = 0
    for digit in orcid.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
