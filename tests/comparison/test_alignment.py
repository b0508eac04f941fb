"""Sentences that correspond: one to one, and one to several where a report merges what another says in two sentences."""

from __future__ import annotations

import time

from normbook.comparison.alignment import Pair, align, contains, groups, words_of
from normbook.structure.segments import segment
from normbook.workspace.load import Project

TWO = """The minister stressed that the fee of the harbour will fall in the month of May. The ports will share all of their logs of the tide.

The council meets again in the hall of pilots next year."""
ONE = """"The fee of the harbour will fall in the month of May," the minister stressed, adding that the ports will share all of their logs of the tide.

The council meets again in the hall of pilots next year."""


def aligned(one: str, two: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    pairs, _ = align(one, segment(one).segments, two, segment(two).segments)
    return [(pair.lefts, pair.rights) for pair in pairs]


def test_a_merged_sentence_stands_beside_the_two_that_it_merges() -> None:
    assert aligned(TWO, ONE) == [(("para_1__sent_1", "para_1__sent_2"), ("para_1__sent_1",)), (("para_2__sent_1",), ("para_2__sent_1",))]
    assert aligned(ONE, TWO) == [(("para_1__sent_1",), ("para_1__sent_1", "para_1__sent_2")), (("para_2__sent_1",), ("para_2__sent_1",))]


def test_three_sentences_can_be_merged_into_one() -> None:
    three = [
        words_of(each)
        for each in (
            "the fee of the harbour falls in may",
            "all ports share their logs of the tide",
            "the light burns until the first of june",
        )
    ]
    one = [word for each in three for word in each]
    assert groups(three, [one], {}) == [((0, 1, 2), (0,))]
    assert groups([one], three, {}) == [((0,), (0, 1, 2))]


def test_a_sentence_that_the_other_text_lacks_joins_nothing() -> None:
    more = TWO.replace("The council", "No pilot was asked about the price of a chart, said the union. The council")
    lacking = (("para_2__sent_1",), ())
    assert lacking in aligned(more, ONE)
    assert ((), ("para_2__sent_1",)) in aligned(ONE, more)


def test_what_a_text_repeats_is_not_merged_with_it() -> None:
    again = TWO + "\n\nThe council meets again in the hall of pilots next year."
    assert aligned(again, ONE)[-1] == (("para_3__sent_1",), ("para_2__sent_1",))


def test_function_words_alone_do_not_make_a_sentence_part_of_another() -> None:
    assert not contains(
        words_of("of all the ports that the pilots of the bay had seen in a year"), words_of("of the sea and the light in a lamp")
    )


def test_each_sentence_of_the_two_reports_is_told_once(project: Project) -> None:
    """001 says in two sentences what 003 merges into one; the headline of 001 answers the lead of 003."""
    one, two = project.readings["seed-001"], project.readings["seed-003"]
    kinds = frozenset({"headline", "sent"})
    pairs, _ = align(one.cleaned.text, one.segmented.segments, two.cleaned.text, two.segmented.segments, kinds)
    assert all(pair.lefts and pair.rights for pair in pairs)
    merged = [pair for pair in pairs if len(pair.lefts) > 1]
    assert [(pair.lefts, pair.rights) for pair in merged] == [(("para_4__sent_1", "para_4__sent_2"), ("para_8__sent_1",))]
    assert "China believes that with time" in said(merged[0], 0) and "We believe that with the passage of time" in said(merged[0], 1)
    for side, readings in ((0, one), (1, two)):
        told = [eid for pair in pairs for eid in pair[side]]
        assert sorted(told) == sorted(s.eid for s in readings.segmented.segments if s.kind in kinds)


def said(pair: Pair, side: int) -> str:
    return "".join(words for _, words in (pair.left_runs, pair.right_runs)[side])


def test_long_texts_that_share_nothing_are_aligned_quickly() -> None:
    one = "\n\n".join(f"Harbour number {n} of the coast keeps a log of the tide in year {n * 7}." for n in range(1500))
    two = "\n\n".join(f"Mountain hut {n} serves soup and bread to whoever climbs for {n * 3} hours." for n in range(1500))
    begun = time.perf_counter()
    assert len(aligned(one, two)) == 3000
    assert time.perf_counter() - begun < 20
