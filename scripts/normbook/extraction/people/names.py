"""Words of a line, and the names of people among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normbook.languages.calendar_words import MONTHS, WEEKDAY_WORDS
from normbook.languages.language import Words
from normbook.text.lexicon import is_common_only, is_function_word
from normbook.text.offices import BODIES, FIELDS, GERMAN, GERMAN_ARTICLES, HONORIFICS, PARTICLES, PREDICATES, SPEECH_VERB, THINGS, is_role

POSSESSIVE = ("'s", "’s", "s'", "s’")
NEAR = 30  # words around a word that show its language
LEAST_GERMAN = 2  # such words of German
MOST_NAMES = 4  # words of a name, not counting particles
ACCORDING = Words("people.according")  # in front of those whose view is given
BEHIND_ACCORDING = Words("people.behind-according", part="de")
FRENCH = Words("people.french-words", part="fr")


class Word(NamedTuple):
    """A word of a line at the code points [start, end)."""

    start: int
    end: int
    text: str
    titled: bool = False  # in a line like a headline

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Span(NamedTuple):
    """Consecutive words: the index of the first, and of the one after the last."""

    first: int
    end: int


def gap(row: str, words: Sequence[Word], k: int) -> str:
    """The characters between a word and the next one, "" after the last."""
    return row[words[k].end : words[k + 1].start] if k + 1 < len(words) else ""


def _is_part(word: Word) -> bool:
    """True for a word that may be part of a person's name."""
    text = word.text
    return (
        word.capital
        and (len(text) > 1 and not text.isupper())
        and not is_role(text)
        and word.low not in BODIES
        and word.low not in THINGS
        and word.low not in FIELDS
        and word.low not in HONORIFICS
        and word.low not in WEEKDAY_WORDS
        and word.low not in MONTHS
        and word.low not in PREDICATES
        and not is_function_word(text)
    )


def name_at(row: str, words: Sequence[Word], k: int) -> Span | None:
    """The name that starts with a word, or None."""
    first = k
    parts = 0
    titled = k < len(words) and words[k].titled
    while k < len(words) and parts < MOST_NAMES:
        if titled and k > first and _may_be_verb(words[k].text):
            break
        if k > first and row[words[k - 1].end : words[k].start] not in ((" ",) if len(words[k - 1].text) > 1 else (". ", " ", ".")):
            break
        if _is_part(words[k]) or (len(words[k].text) == 1 and words[k].capital and row[words[k].end : words[k].end + 1] == "."):
            parts += 1
        elif not (k > first and words[k].low in PARTICLES and not words[k].capital and not _is_article(words, k)):
            break
        k += 1
        if words[k - 1].text.endswith(POSSESSIVE[:2]):
            break
    while k > first and not words[k - 1].capital:
        k -= 1
    if k == first or words[k - 1].end - words[k - 1].start == 1:
        return None
    said = SPEECH_VERB.match(row, words[k - 1].end + 1) is not None
    if k - first > 1 and all(is_common_only(word.text) for word in words[first:k]) and (titled or not said):
        return None
    return Span(first, k)


def _may_be_verb(word: str) -> bool:
    """True for a third-person verb that starts the predicate of a headline and does not continue a name."""
    return word.endswith("s") and not word.endswith(("ss", "’s", "'s")) and is_common_only(word)


def name_before(row: str, words: Sequence[Word], end: int) -> Span | None:
    """The name of at least two words that ends before a word."""
    k = end
    while k > 0 and end - k < MOST_NAMES + 1:
        word = words[k - 1]
        if k < end and row[word.end : words[k].start] not in ((" ",) if len(word.text) > 1 else (". ", " ", ".")):
            break
        if not (_is_part(word) or (k < end and word.low in PARTICLES and not word.capital) or (len(word.text) == 1 and word.capital)):
            break
        k -= 1
    while k < end and not words[k].capital:
        k += 1
    if end - k > 2 and words[k].low in ACCORDING:
        k += 1  # "Selon Ana Brook"
    if 0 < k < end and words[k].text == "E" and words[k - 1].text == "H":
        k += 1  # "H.E." before a long name
    k = behind_titles(row, words, k)
    if end - k > 3 and words[k].low in GERMAN:
        k = next((j + 1 for j in range(k + 1, end - 2) if words[j].low in BEHIND_ACCORDING), k + 1)  # "Nach Angaben von Ana Brook"
    while end - k > 2 and is_common_only(words[k].text) and (k == 0 or row[words[k - 1].end : words[k].start] != " "):
        k += 1  # "Yesterday Ana Brook"
    found = name_at(row, words, k)
    return found if found and found.end == end and end - k > 1 else None


def behind_titles(row: str, words: Sequence[Word], k: int) -> int:
    """The index after the honorifics at a word: "Mr", "H.E. Ms", "M." in a French line."""
    while k + 1 < len(words) and gap(row, words, k) in (" ", ". ", "."):
        if words[k].text == "H" and words[k + 1].text == "E" and gap(row, words, k) == ".":
            k += 2
        elif gap(row, words, k) != "." and (
            words[k].low in HONORIFICS and (words[k].text != "M" or any(word.text in FRENCH for word in words[max(k - NEAR, 0) : k + NEAR]))
        ):
            k += 1
        else:
            break
    return k


def _is_article(words: Sequence[Word], k: int) -> bool:
    """True for a word that is part of names in other languages, but in a German line only behind another one: "von der"."""
    return (
        words[k].low in GERMAN_ARTICLES
        and words[k - 1].capital
        and sum(word.low in GERMAN for word in (*words[max(k - NEAR, 0) : k], *words[k + 1 : k + NEAR])) >= LEAST_GERMAN
    )


def is_headline(words: Sequence[str]) -> bool:
    """True for a line in capitals, like a headline: there a capital does not show a name."""
    long = [word for word in words if len(word) > 3]
    return sum([word[0].isupper() for word in long]) * 10 > len(long) * 7
