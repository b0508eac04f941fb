"""The comparison of claims between two commits tells what was kept, changed, dropped, and no longer claimed."""

from __future__ import annotations

from tools.claims_since import Claim, compared


def test_a_dropped_claim_is_told_from_a_changed_one() -> None:
    old = [Claim("/place", '"Lima"', "words"), Claim("/date", '"2020"', "words"), Claim("/names/*", '"A"', "words"), Claim("/kind", '"norm"', "words")]  # fmt: skip
    new = [Claim("/place", '"Lima"', "words"), Claim("/date", '"2021"', "words"), Claim("/themes/*", '"x"', "editorial")]
    said = compared(old, new, {"place": "Lima", "date": "2021", "kind": "norm"})
    fields = {key: [each.field for each in rows] for key, rows in said.items()}
    assert fields == {"kept": ["/place"], "changed": ["/date"], "dropped": ["/names/*"], "no claim now": ["/kind"], "new": ["/themes/*"]}


def test_one_value_twice_is_two_claims() -> None:
    twice = [Claim("/names/*", '"A"', "words")] * 2
    assert [len(rows) for rows in compared(twice, twice[:1], {}).values()] == [1, 0, 1, 0, 0]
