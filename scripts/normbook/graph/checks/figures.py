"""The check of numbers in prose: what a summary counts or dates, the record itself or a linked record says too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from normbook.findings.finding import Problem
from normbook.graph.context import CheckContext
from normbook.graph.graph import Brief
from normbook.records.model import Record

PROSE = ("summary", "plain", "note")
UNCHECKED = frozenset({*PROSE, "judgements", "differs", "justification", "reviews"})  # what the editors say, which supports nothing
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?!\w)")  # not `5G` or `ca4f`, which are names
DIGITS = re.compile(r"\d+")
SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")


def figures(context: CheckContext) -> Iterator[Problem]:
    """Every number in a summary or note is a value of the record, is in its evidence, or belongs to a linked record."""
    for record in context.records():
        numbers = {key: _numbers(str(record.fields[key])) for key in PROSE if key in record.fields}
        if not any(numbers.values()):
            continue
        known = _digits(_texts(record.fields))
        told = set().union(*numbers.values())
        for texts in _linked(context, record) if told - known else ():
            known |= _digits(texts)
            if not told - known:
                break  # a theme is linked to thousands of records
        for key, found in numbers.items():
            for number in sorted(found.keys() - known, key=int):
                yield record.problem(
                    f"/{key}",
                    "N520",
                    f"expected evidence for the number {found[number]}, found none in this record or in those linked to it",
                    "cite a text that has the number, or leave it out",
                    level="warning",
                )


def _numbers(text: str) -> dict[str, str]:
    """The numbers of a text as written, by their digits without leading zeros and separators."""
    return {str(int(match[0].replace(",", ""))): match[0] for match in NUMBER.finditer(text)}


def _digits(texts: Iterable[str]) -> set[str]:
    """The numbers in some texts, without leading zeros and separators; no number goes on in the next text."""
    return {str(int(digits)) for digits in set(DIGITS.findall(SEPARATOR.sub("", "\n".join(texts))))}


def _texts(value: Any) -> Iterator[str]:
    """The strings and numbers of a record at any depth, without the editors' own prose."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in UNCHECKED:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _linked(context: CheckContext, record: Record) -> Iterator[tuple[str, str, str]]:
    """The id, the title and the date of the record at the other end of each link."""
    others = [edge.target for edge in context.graph.outgoing(record.id)] + [edge.subject for edge in context.graph.incoming(record.id)]
    for other in dict.fromkeys(others):
        brief: Brief | None = context.graph.briefs.get(other)
        if brief is not None:
            yield brief.id, brief.title, brief.date
