"""The lists of English words say what the libraries say that they were built from."""

from __future__ import annotations

import random
from functools import cache

from spylls.hunspell import Dictionary
from wordfreq import get_frequency_dict

from normbook.languages.english import forms, frequencies, is_spelled, names
from normbook.text.lexicon import is_word

ENDS = ("", "s", "ing", "ed", "ly", "'s", "’s", "er", "ness", "able", "of", "-free", "-")
HEADS = ("", "un", "re", "dis", "the", "well-", "-")
SOME = 3_000


@cache
def whole_dictionary() -> Dictionary:
    """The dictionary as spylls itself reads it."""
    return Dictionary.from_files("en_US")


def says(word: str) -> bool:
    """What hunspell's own way of looking up says of a word."""
    return bool(whole_dictionary().lookuper(word, capitalization=False, allow_nosuggest=True))


def test_the_frequencies_are_those_of_wordfreq() -> None:
    assert frequencies() == get_frequency_dict("en", "large")


def test_the_names_are_the_entries_with_a_capital() -> None:
    assert names() == {word.stem for word in whole_dictionary().dic.words if word.stem[0].isupper()}


def test_a_word_is_one_where_the_whole_dictionary_says_so() -> None:
    dice = random.Random(14)
    chosen = dice.sample(sorted(forms()), SOME)
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
