"""The marks that are looked for before the pattern of datelines is tried are in every line that it matches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normbook.text.lines import BEHIND_DATELINE, DATELINE, is_dateline

PIECES = [
    "TOLK",
    "BEIJING",
    "New York",
    "Selmport",
    ", ",
    " ",
    "May 3",
    "3. Mai",
    "Monday",
    "(Coastwire)",
    "(dpa)",
    "/Coastwire/",
    "--",
    "-",
    "–",
    "—",
    ".",
    "/.",
    "). ",
    "Pilots met",
    "x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_a_dateline_has_one_of_the_marks_behind_it(row: str) -> None:
    assert not DATELINE.match(row) or any(mark in row for mark in BEHIND_DATELINE)


def test_datelines_with_each_mark_are_found() -> None:
    rows = (
        "TOLK, May 3 (Coastwire) -- Pilots",
        "TOLK, May 3 – Pilots",
        "TOLK, May 3 — Pilots",
        "TOLK, May 3 (Coastwire). Pilots",
        "TOLK, May 3. /Coastwire/. Pilots",
    )
    assert [is_dateline(row) for row in rows] == [True] * len(rows)
