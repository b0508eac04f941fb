"""Signs of a bad translation in single sentences, and sound sentences that look like them."""

from __future__ import annotations

import pytest

from normbook.extraction.translation import Term, suggest
from normbook.extraction.translation_signs import signs
from normbook.structure.segments import segment


@pytest.mark.parametrize(
    ("sentence", "before", "expected"),
    [
        ("— port shall keep a log of its own.", "", ("omission", "[which?] port")),
        ("Each port obeys the law, Neither at sea nor on land may it fail.", "", ("capital", "neither")),
        ("The order breaks the laws of Certain harbours.", "", ("capital", "certain")),
        ("The second is to keep watch over the ships at sea and must not close the port.", "", ("grammar", "not to")),
        ("to keep watch over the ships at sea and must not close the port.", "Secondly, the task is ", ("grammar", "not to")),
        ("Every port has the right to protect its own charts protection.", "", ("grammar", "[protection?]")),
    ],
)
def test_a_sign_is_found_with_what_is_proposed(sentence: str, before: str, expected: tuple[str, str]) -> None:
    (found,) = signs(sentence, before)
    assert (found.category, found.replacement) == expected
    assert sentence[found.start : found.end] and found.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "The ports of The Hague and of Las Palmas keep a log.",
        "He told Will that May was late, and that Us Magazine had it.",
        "The Council adopted the report On the State of Harbours.",
        "— Ports shall keep a log.",
        "- the charts of the bay",
        "Ports must keep watch and must not close at night.",
        "The aim is to keep watch, and ships must not enter.",
        "States should develop policies for the development of ports.",
        "They agreed to produce more and to sell their products.",
        "Is the port to keep watch over Neither ship?",
    ],
)
def test_a_sound_sentence_has_none(sentence: str) -> None:
    assert list(signs(sentence)) == []


def proposals(text: str, term: Term) -> list[tuple[str, str]]:
    return [(each.anchor.exact, each.replacement) for each in suggest(text, segment(text).segments, [term], {})]


def test_a_wrong_term_keeps_its_number_and_is_left_where_it_is_right() -> None:
    text = "The minister named three criteria. A light house is the first, and light houses matter.\n"
    assert proposals(text, Term("criteria", "principle", "in a list", None)) == [("criteria", "principles")]
    assert proposals(text, Term("light house", "lighthouse", "always", None)) == [
        ("light house", "lighthouse"),
        ("light houses", "lighthouses"),
    ]
    text = "States have data protection rights, and they agreed on data protection.\n"
    assert [
        each.start for each in suggest(text, segment(text).segments, [Term("data protection", "data security", "x", None, ("rights",))], {})
    ] == [text.rindex("data protection")]
