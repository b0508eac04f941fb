"""The lists of English words say what the libraries say that they were built from."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

from normbook.cleaning.rules.ligatures import PARTS, SELDOM, is_used
from normbook.cleaning.rules.spacing.split_words import SELDOM as SELDOM_ALONE
from normbook.cleaning.rules.spacing.tokens import RARE
from normbook.languages.english import common_words, fragments, frequency, is_spelled, names, other_forms, pairs, usual_words
from normbook.text.lexicon import is_word

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

ENDS = ("", "s", "ing", "ed", "ly", "'s", "’s", "er", "ness", "able", "of", "-free", "-")
HEADS = ("", "un", "re", "dis", "the", "well-", "-")
SOME = 3_000


@cache
def whole_dictionary() -> Dictionary:
    """The dictionary as spylls itself reads it; the library is imported here, as every process of a run collects this file, and one alone runs it."""
    from spylls.hunspell import Dictionary

    return Dictionary.from_files("en_US")


def frequencies() -> dict[str, float]:
    """Every word that wordfreq knows, with its frequency."""
    from wordfreq import get_frequency_dict

    return get_frequency_dict("en", "large")


def says(word: str) -> bool:
    """What hunspell's own way of looking up says of a word."""
    return bool(whole_dictionary().lookuper(word, capitalization=False, allow_nosuggest=True))


def test_the_frequencies_are_those_of_wordfreq() -> None:
    known = frequencies()
    assert {word: frequency(word) for word in known} == known
    assert [word for word in ("", "t", "thegovernment", "\t", "the and") if word not in known and frequency(word)] == []


def test_the_common_words_are_those_used_more_often_than_rare_ones() -> None:
    assert common_words() == {word for word, use in frequencies().items() if use > RARE and word.isalpha()}


def test_the_usual_words_are_those_that_are_no_fragments() -> None:
    assert usual_words() == {word for word, use in frequencies().items() if use >= SELDOM_ALONE and word.isalpha()}


def test_each_pair_of_fragments_makes_a_word_with_each_of_its_ligatures() -> None:
    for (left, right), parts in pairs().items():
        for part in parts:
            assert part in PARTS and is_word(left + part + right) and frequency(left + part + right) >= SELDOM, (left, part, right)
    assert pairs()["a", "ected"] == ("ff",)
    assert fragments() == {part for pair in pairs() for part in pair if len(part) > 1 and not is_used(part)}


def test_the_names_are_the_entries_with_a_capital() -> None:
    assert names() == {word.stem for word in whole_dictionary().dic.words if word.stem[0].isupper()}


def test_a_word_is_one_where_the_whole_dictionary_says_so() -> None:
    dice = random.Random(14)
    chosen = dice.sample(sorted({*other_forms(), *names()}), SOME)
    for word in (dice.choice((str, str.title, str.upper))(dice.choice(HEADS) + word + dice.choice(ENDS)) for word in chosen):
        assert is_word(word) == says(word), word
    for one, two in zip(chosen[:SOME:3], chosen[1:SOME:3], strict=False):
        assert is_spelled(f"{one}-{two}") == says(f"{one}-{two}"), (one, two)


def test_numbers_are_words_as_the_whole_dictionary_says() -> None:
    for word in [f"{number}{end}" for number in (*range(130), 1_012, 2.5) for end in ("", "st", "nd", "rd", "th", "-year", "s")]:
        assert is_spelled(word) == says(word), word


def test_a_word_of_many_hyphens_is_none_as_the_whole_dictionary_says() -> None:
    for word in [shape * size + end for size in range(8, 14) for shape in ("-", "the-") for end in ("", "the")]:
        assert is_word(word) == says(word), word
    assert not is_word("-" * 80)
