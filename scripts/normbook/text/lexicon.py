"""Facts about English words: whether the dictionary has a word, whether it is a name, how frequent it is. Lists load on first use."""

from __future__ import annotations

from normbook.languages.english import is_form, is_spelled, names
from normbook.languages.language import Words
from normbook.text.line_cache import remembered

FUNCTION_WORDS = Words("grammar.function-words")


def is_function_word(word: str) -> bool:
    """True for an English word of the closed classes (articles, prepositions, pronouns …), which never starts a name."""
    return word.lower() in FUNCTION_WORDS.members


@remembered(1 << 14)
def is_common_only(word: str) -> bool:
    """True if the dictionary has the word in lower case only, and not also as a name.

    >>> [is_common_only(word) for word in ("Personally", "China", "Turkey", "Xinhua")]
    [True, False, False, False]
    """
    return word.title() not in names() and is_word(word.lower())


MOST_HYPHENS = 10  # the dictionary's reader splits a word no deeper; in a row of dashes it would try every order


@remembered(1 << 14)
def is_word(word: str) -> bool:
    """True if the dictionary has exactly this spelling, with its affixes.

    >>> [is_word(word) for word in ("cyberspace", "governments", "ofthe", "thegovernment")]
    [True, True, False, False]
    """
    if word.count("-") > MOST_HYPHENS:
        return False
    return is_form(word) or (not (word.isascii() and word.isalpha()) and is_spelled(word))


def is_name(word: str) -> bool:
    """True for a word that the dictionary has with a capital, whether or not it also has it in lower case.

    >>> is_name("China"), is_name("Meeting")
    (True, False)
    """
    return word in names()
