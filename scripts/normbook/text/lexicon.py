"""What is known of an English word: whether there is one, and how often it is used; each list is read when it is first asked."""

from __future__ import annotations

from normbook.languages.english import forms, frequencies, is_spelled, names, words_used_above
from normbook.languages.language import Words
from normbook.text.line_cache import remembered

FUNCTION_WORDS = Words("grammar.function-words")


def is_function_word(word: str) -> bool:
    """True for the closed class of English words that open no name."""
    return word.lower() in FUNCTION_WORDS


@remembered(1 << 14)
def is_common_only(word: str) -> bool:
    """True if the dictionary has the word in lower case and has no entry for it with a capital.

    >>> [is_common_only(word) for word in ("Personally", "China", "Turkey", "Xinhua")]
    [True, False, False, False]
    """
    return word.title() not in names() and is_word(word.lower())


MOST_HYPHENS = 10  # the dictionary's reader takes a word apart no deeper, and in a row of dashes in every order


@remembered(1 << 14)
def is_word(word: str) -> bool:
    """True if the dictionary has exactly this spelling, with its affixes.

    >>> [is_word(word) for word in ("cyberspace", "governments", "ofthe", "thegovernment")]
    [True, True, False, False]
    """
    if word.count("-") > MOST_HYPHENS:
        return False
    return word in forms() or (not (word.isascii() and word.isalpha()) and is_spelled(word))


def frequency(word: str) -> float:
    """How often a lower-case word stands among all words of English texts, from 0 to 1.

    >>> frequency("the") > 0.01, frequency("thegovernment")
    (True, 0.0)
    """
    return frequencies().get(word, 0.0)


def words_above(least: float) -> frozenset[str]:
    """The words of letters alone that are used more often than that."""
    return frozenset(filter(str.isalpha, words_used_above(least)))


def is_name(word: str) -> bool:
    """True for a word that the dictionary has with a capital, whether or not another has none.

    >>> is_name("China"), is_name("Meeting")
    (True, False)
    """
    return word in names()
