"""Offices in Russian, in which words in the genitive come between the role and the name."""

from __future__ import annotations

from collections.abc import Sequence

from normbook.extraction.people.names import Span, Word, gap
from normbook.extraction.people.offices import LONGEST_TAIL
from normbook.languages.language import Words
from normbook.text.offices import SPEECH_VERB, is_role

PAST = Words("people.past-ends", part="ru")  # endings of Russian verbs in the past tense
GENITIVE = Words("people.genitive-ends", part="ru")  # endings of place names after an office
CONJUNCTIONS = Words("people.conjunctions", part="ru")
PATRONYMIC = Words("people.patronymic-ends", part="ru")
PREPOSITIONS = Words("people.prepositions", part="ru")
OBLIQUE = Words("people.oblique-ends", part="ru")  # endings of adjectives of place names
GIVEN = Words("people.given-names", part="ru")  # names of people that end like such adjectives


def is_adjective(word: str) -> bool:
    """True for a word that ends like an adjective of a place and is no name of a person.

    >>> is_adjective("\u041d\u043e\u0432\u043e\u0439"), is_adjective("\u0421\u0435\u0440\u0433\u0435\u0439")
    (True, False)
    """
    return word.endswith(OBLIQUE.ends) and word not in GIVEN


def said_before(words: Sequence[Word], first: int) -> bool:
    """True if a verb of saying directly precedes an office: "said Minister ..."."""
    return first > 0 and SPEECH_VERB.fullmatch(words[first - 1].text) is not None


def behind_genitive(words: Sequence[Word], name: Span, after: int) -> tuple[Span, int]:
    """A Russian name of two words after a place name in the genitive ("посол Велмарка Гуннар Хольм"), and where the office ends."""
    three = name.end - name.first == 3 and all(len(word.text) > 1 for word in words[name.first : name.end])
    if (
        three
        and words[name.first].text.endswith(GENITIVE.ends)
        and not any(word.text.endswith(PATRONYMIC.ends) for word in words[name.first : name.end])
    ):
        return Span(name.first + 1, name.end), name.first + 1
    if name.end - name.first > 2 and len(words[name.first].text) > 1 == len(words[name.first + 1].text):
        return Span(name.first + 1, name.end), name.first + 1  # a place name before an initial
    return name, after


def _is_behind_initials(words: Sequence[Word], k: int) -> bool:
    """True for a surname behind an initial, with which a name ends."""
    return words[k].capital and len(words[k].text) > 1 and words[k - 1].capital and len(words[k - 1].text) == 1


def russian(row: str, words: Sequence[Word], first: int, role: int) -> tuple[Span, Span] | None:
    """A Russian office with words in the genitive before the name: the name is the last two capitalised words, or initials and the last."""
    k, said = role + 1, said_before(words, first)
    while (
        k < len(words)
        and k - role <= LONGEST_TAIL
        and gap(row, words, k - 1) in ((".", ". ") if len(words[k - 1].text) == 1 and words[k - 1].capital else (" ",))
    ):
        if words[k].low in CONJUNCTIONS and k + 1 < len(words) and is_role(words[k + 1].text):
            break  # another office follows
        if k - role > 2 and words[k].low in PREPOSITIONS and words[k - 1].capital and words[k - 2].capital:
            break
        named = words[k - 1].capital and not words[k].capital
        if (
            _is_behind_initials(words, k - 1)
            or SPEECH_VERB.match(row, words[k].start)
            or (named and (words[k].text.endswith(PAST.ends) or (said and words[k - 2].capital)))
        ):
            break
        k += 1
    size = 3 if k - role > 3 and words[k - 2].text.endswith(PATRONYMIC.ends) and words[k - 3].capital else 2
    while k - role > size and len(words[k - size].text) == len(words[k - size - 1].text) == 1:
        size += 1
    name = words[k - size : k]
    if (
        k - role <= size
        or not all(word.capital for word in name)
        or is_adjective(name[0].text)
        or any(is_role(word.text) or (len(word.text) > 1 and word.text.isupper()) for word in name)
        or len(name[-1].text) == 1
    ):
        return None
    closed = (
        said
        or _is_behind_initials(words, k - 1)
        or k == len(words)
        or row[words[k - 1].end : words[k].start] != " "
        or words[k].text.endswith(PAST.ends)
        or words[k].low in CONJUNCTIONS
        or words[k].low in PREPOSITIONS
    )
    return (Span(first, k - size), Span(k - size, k)) if closed else None
