"""Which sentences of a source are covered: whose substance a record carries, apart from those that are cited for a name or a date alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

HALF = 0.5  # of a sentence: what quotes less covers it in part
# the claims that carry what a sentence says; all others cite it for a detail
SUBSTANCE = frozenset(
    {"/wording", "/modality", "/limbs/*/modality", "/stance", "/proponents/*", "/participants/*", "/announced/event", "/relation"}
)
# what a sentence may be cited for besides; the words for readers are labels
DETAILS = {
    "names": "name", "speakers": "name", "offices": "office", "office": "office", "speaker": "speaker", "holder": "speaker",
    "date": "date", "published": "date", "updated": "date", "dateline": "date", "announced": "date", "place": "place", "event": "occasion",
    "reports": "occasion", "part_of": "occasion", "ordinal": "number", "locator": "number", "initiative": "initiative", "related": "initiative",
    "addressees": "addressee", "mistranslations": "term", "disagreements": "difference",
}  # fmt: skip


class Quote(NamedTuple):
    """A quotation of a source: its code points in the cleaned reading, the record that holds it, and the claims that it supports."""

    start: int
    end: int
    record: str
    claims: tuple[str, ...]


class Covered(NamedTuple):
    """What of a sentence is covered: `covered`, `part`, `cited` (for details alone) or `none`; the records, and what some cite it for alone."""

    state: str
    records: tuple[str, ...]
    details: dict[str, tuple[str, ...]]


def carries_substance(claims: Iterable[str]) -> bool:
    """True if one of some claims carries what a sentence says.

    >>> carries_substance(["/office"]), carries_substance(["/speaker", "/stance"])
    (False, True)
    """
    return any(re.sub(r"/\d+", "/*", each) in SUBSTANCE for each in claims)


def cover(start: int, end: int, quotes: Sequence[Quote]) -> Covered:
    """What records carry of the sentence at the code points [start, end).

    >>> cover(0, 10, [Quote(0, 8, "a", ("/stance",)), Quote(2, 4, "b", ("/date",))])
    Covered(state='covered', records=('a', 'b'), details={'b': ('date',)})
    """
    here = [each for each in quotes if each.start < end and start < each.end]
    carried = {place for each in here if carries_substance(each.claims) for place in range(max(start, each.start), min(end, each.end))}
    state = "none" if not here else "cited" if not carried else "covered" if len(carried) >= HALF * (end - start) else "part"
    records = tuple(dict.fromkeys(each.record for each in here))
    details = {}
    for id in records:
        own = [each for each in here if each.record == id]
        if not any(carries_substance(each.claims) for each in own):
            details[id] = tuple(dict.fromkeys(DETAILS.get(claim.split("/")[1], "detail") for each in own for claim in each.claims))
    return Covered(state, records, details)
