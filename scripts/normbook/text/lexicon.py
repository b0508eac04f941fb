"""What is known of an English word: hunspell's en_US list (read by spylls) and how often it is used (wordfreq), each read when first asked."""

from __future__ import annotations

from functools import cache

from normbook.text.line_cache import remembered
from normbook.text.wordlists import frequencies, lookup, stems

FUNCTION_WORDS = frozenset(
    "a about after against all also although among an and any are as at be because been before between but by can could did do does for from had has have he her his how if in into is it "
    "its may might must nor not of off on or our out over shall she should since so some such than that the their them then there these they this those though "
    "through to under until up upon was we were what when where which while who whom whose why will with within without would yet you your".split()
)  # fmt: skip


def is_function_word(word: str) -> bool:
    """True for the closed class of English words that open no name."""
    return word.lower() in FUNCTION_WORDS


@remembered(1 << 14)
def is_common_only(word: str) -> bool:
    """True if the dictionary has the word in lower case and has no entry for it with a capital.

    >>> [is_common_only(word) for word in ("Personally", "China", "Turkey", "Xinhua")]
    [True, False, False, False]
    """
    return word.title() not in _capitalised() and is_word(word.lower())


MOST_HYPHENS = 10  # the dictionary's reader takes a word apart no deeper, and in a row of dashes in every order


@remembered(1 << 14)
def is_word(word: str) -> bool:
    """True if the dictionary has exactly this spelling, with its affixes.

    >>> [is_word(word) for word in ("cyberspace", "governments", "ofthe", "thegovernment")]
    [True, True, False, False]
    """
    if word.count("-") > MOST_HYPHENS:
        return False
    if not (word.isascii() and word.isalpha()):
        return bool(lookup()(word, capitalization=False, allow_nosuggest=True))
    if word in stems():
        return True
    found = lookup()  # of letters alone no apostrophe, no hyphen and no compound (all are of digits) needs to be looked for
    return any(True for _ in found.affix_forms(word, captype=found.aff.casing.guess(word), allow_nosuggest=True))


def frequency(word: str) -> float:
    """How often a lower-case word stands among all words of English texts, from 0 to 1.

    >>> frequency("the") > 0.01, frequency("thegovernment")
    (True, 0.0)
    """
    return frequencies().get(word, 0.0)


def words_above(least: float) -> frozenset[str]:
    """The words of letters alone that are used more often than that."""
    return frozenset(word for word, use in frequencies().items() if use > least and word.isalpha())


def is_name(word: str) -> bool:
    """True for a word that the dictionary has with a capital, whether or not another has none.

    >>> is_name("China"), is_name("Meeting")
    (True, False)
    """
    return word in _capitalised()


@cache
def _capitalised() -> frozenset[str]:
    return frozenset(stem for stem in stems() if stem[:1].isupper())
