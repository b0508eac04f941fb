"""The documents of our own: their form, the frozen half's bytes, the laws on each, and what may never happen to one of them.

What precision and recall they give is printed by `make measure`; here stands only what must hold of every document.
"""

from __future__ import annotations

import hashlib
import random

import pytest

from normbook.cleaning.clean import clean
from normbook.extraction.report import report, revert
from normbook.text.decoding import decode
from tools.measure.documents import FOLDER, PROSE, Case, cases, changes, found, prose_lost, received, score
from tools.measure.noise import KINDS, bases, judged

EVERY = [*cases("open"), *cases("frozen")]
KEYS = {"label", "manner", "language", "encoding", "lines", "lists", "dates", "speakers", "initiatives", "flags"}


def test_there_are_forty_documents_at_least_and_the_frozen_ones_are_as_they_were() -> None:
    assert len(EVERY) >= 40 and len(cases("frozen")) >= 20
    folder = FOLDER / "frozen"
    listed = dict(reversed(row.split("  ")) for row in (folder / "SHA256SUMS").read_text().splitlines())
    assert listed.keys() == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, (
            f"{name} was written before the rules and is never changed"
        )


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.half}/{case.name}")
def test_a_document_has_the_whole_expected_result(case: Case) -> None:
    assert set(case.expected) == KEYS
    assert {kind for each in case.expected["lines"] for kind in each} <= {*PROSE, "credit"}
    text = case.text
    for each in case.expected["lists"]:
        assert len(each["items"]) >= 2
        for item in each["items"]:
            assert " ".join(item.split()) in " ".join(text.split())


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.half}/{case.name}")
def test_the_laws_hold_on_every_document(case: Case) -> None:
    encoding = None if case.expected["encoding"] == "utf-8" else case.expected["encoding"]
    text = decode(case.content, encoding).text
    cleaned = clean(text)
    assert cleaned.ledger.revert(cleaned.text) == text
    assert clean(cleaned.text).text == cleaned.text
    assert revert(report(case.name, case.content, encoding)) == case.content
    assert "N699" not in {flag.code for flag in cleaned.flags}


@pytest.mark.parametrize("case", cases("open"), ids=lambda case: case.name)
def test_no_prose_is_lost_and_no_prose_line_is_dropped(case: Case) -> None:
    result = found(case)
    assert prose_lost(case, result["text"]) == 0
    raw = received(case)
    assert not changes(raw, result["text"])["boilerplate"] - changes(raw, case.text)["boilerplate"]


@pytest.mark.parametrize("case", EVERY, ids=lambda case: f"{case.half}/{case.name}")
def test_every_date_says_how_it_is_known(case: Case) -> None:
    dates = found(case)["dates"]
    for each in dates.values():
        if each and each["value"]:
            assert each["basis"] in ("stated", "derived") and len(each["derivation"]) > 10
    if case.expected["dates"] == {"published": None, "dateline": None, "event": None} and case.half == "open":
        assert not any(dates.values()), "no date is invented"


@pytest.mark.parametrize("kind", KINDS)
def test_noise_at_known_places_is_undone_and_little_else_is_touched(kind: str) -> None:
    """A short form of what make measure prints; that every rule works at all, and touches hardly anything else."""
    dice = random.Random(11)
    total = None
    for text in list(bases(cases("open")))[:12]:
        noisy = KINDS[kind](text, dice)
        each = judged(noisy, clean(noisy.text))
        total = each if total is None else total + each
    assert total is not None and total.right > 5
    assert total.precision > 0.95 and total.recall > 0.6


def test_the_measure_can_fail() -> None:
    case = next(case for case in cases("open") if case.name == "crawl-news")
    result = found(case)
    assert score(case, result)["boilerplate"].recall == 1.0
    untouched = result | {"text": received(case), "segments": [], "lists": []}
    assert score(case, untouched)["boilerplate"].recall == 0.0
    assert prose_lost(case, case.text[:200]) > 1000
