"""Where words fall apart in a copy that plainly glues them: there a word that no list knows is none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from normbook.languages.language import Words
from normbook.text.calendar_words import MONTHS, WEEKDAYS
from normbook.text.lexicon import FUNCTION_WORDS, frequency, is_common_only, is_name, is_word
from normbook.text.likely import LINKS, PLACES, likely_split
from normbook.text.splits import COMMON, NUMBERED, RARE, SUFFIXES, TOP_LEVEL, USUAL, Gap

AFTER_NAME = Words("spacing.after-name")
LONG_WORD = re.compile(r"(?<!\w)[A-Z]?[a-zà-ÿ\u0153]{3,}(?!\w)")
NAME = re.compile(r"(?<!\w)[A-Z][a-zà-ÿ\u0153]{2,}(?!\w)")
PAIR = re.compile(r"(?<!\w)(?=([A-Z][a-zà-ÿ\u0153]{2,} [A-Z][a-zà-ÿ\u0153]{2,})(?!\w))")  # two names side by side
CAMEL = re.compile(r"(?<!\w)(?P<one>[a-z]{2,}|[A-Z][a-zà-ÿ\u0153]{2,})(?P<two>[A-Z][a-zà-ÿ\u0153]{2,})(?!\w)")

STOPPED = re.compile(r"(?<![\w./@_-])(?P<one>[A-Z]?[a-z]{3,}|[A-Z][A-Za-z]{2,20})[.?!](?P<two>[A-Z][a-z]{1,20}|I)(?=[\s,;:’']|\Z)")
SHORT_MONTH = 5  # code points of a month that is another word too
LONGEST_GLUED = 80  # code points of a run of letters in a copy that glues
NEVER_BESIDE = "@/_\\&='’"
BEHIND_STOP = re.compile(r"\.(?=$|[\s”\"’)\]\[A-Z])|['’]s?(?!\w)|-")


@cache
def _days() -> frozenset[str]:
    """The names of weekdays and months in English, which every text may hold."""
    months = {name.title() for name in MONTHS if len(name) > SHORT_MONTH or name == "july"}
    return frozenset(WEEKDAYS) | {f"{name}s" for name in WEEKDAYS} | months


def gaps_in_gluing(text: str, known: dict[int, Gap]) -> Iterator[tuple[int, Gap]]:
    """The gaps of a text that plainly glues its words, those that are known among them.

    A word of letters is cut into its likeliest words, where these leave no doubt: a function word among them, a name that
    the text has elsewhere, or two nouns that nobody has written as one.
    """
    names = frozenset(match[0] for match in NAME.finditer(text)) | _days()
    counts = Counter(match[0] for match in LONG_WORD.finditer(text))
    taken, places = set(known), sorted(known)
    for match in LONG_WORD.finditer(text):
        start, end = match.span()
        if end - start > LONGEST_GLUED or not _stands_free(text, start, end):
            continue
        cuts = split_in_gluing(match[0], names)
        inside = places[bisect_right(places, start) : bisect_left(places, end)]
        if cuts and not (counts[match[0]] > 1 and (_is_coined(match[0], cuts) or frequency(match[0].lower()) > 0)):
            taken.difference_update(inside)
            yield from ((start + at, Gap(at, "glued-word")) for at in cuts)
    camels = list(CAMEL.finditer(text))
    written = Counter(match[0] for match in camels)
    pairs = frozenset(PAIR.findall(text)) if camels else frozenset()
    for match in camels:
        second = match["two"]
        real = second in names or is_word(second)
        if _stands_free(text, *match.span()) and _is_run(match["one"], second, real, written[match[0]] > 1, pairs):
            taken.discard(match.start("two"))
            yield match.start("two"), Gap(match.start("two") - match.start(), "glued-word")
    for match in STOPPED.finditer(text):
        at = match.start("two")
        if at not in taken and _stops(match["one"], match["two"]):
            yield at, Gap(at - match.start(), "glued-sentence")
    yield from ((place, known[place]) for place in taken)


def _is_run(one: str, two: str, known: bool, often: bool, pairs: frozenset[str]) -> bool:
    """True for two words without the space between them, the second with a capital, and no brand that is written so."""
    if one.lower() in FUNCTION_WORDS and (one.islower() or frequency((one + two).lower()) == 0):
        return known or is_word(two.lower())
    if often or frequency((one + two).lower()) > 0:
        return False
    if one[0].isupper():
        return f"{one} {two}" in pairs or (is_name(one) and is_name(two))
    return known and len(one) > 3 and frequency(one) >= USUAL and is_word(one)


def _stops(one: str, two: str) -> bool:
    """True if a full stop between two words ends a sentence: behind a name a word that opens sentences, behind a common word any that may."""
    if two.lower() in TOP_LEVEL or one.lower() in TOP_LEVEL:
        return False
    if not one[1:].islower():
        return len(two) > 1 and two.lower() in FUNCTION_WORDS
    if one[0].isupper():
        return len(one) > 3 and (
            two.lower() in FUNCTION_WORDS or (len(two) > 3 and is_common_only(two) and (is_name(one) or is_word(one.lower())))
        )
    return one not in NUMBERED and ((is_word(one) and frequency(one) >= USUAL) or bool(likely_split(one)))


def _is_coined(word: str, cuts: tuple[int, ...]) -> bool:
    """True for two nouns as one, which a writer who uses it twice means so."""
    return len(cuts) == 1 and not ({word[: cuts[0]].lower(), word[cuts[0] :]} & LINKS)


def _stands_free(text: str, start: int, end: int) -> bool:
    """True for a word that is no part of an address, a file or a contraction."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before and before in NEVER_BESIDE:
        return False
    if before == "." and not (text[start].isupper() and text[start - 2 : start - 1].islower()):
        return False
    return not after or (after not in NEVER_BESIDE and after not in ".-") or BEHIND_STOP.match(text, end) is not None


def split_in_gluing(word: str, names: frozenset[str]) -> tuple[int, ...]:
    """Where a word of a gluing copy falls apart, by the names that its text has too.

    >>> split_in_gluing("Belmarsaid", frozenset({"Belmar"})), split_in_gluing("Belmarsen", frozenset({"Belmar"}))
    ((6,), ())
    """
    if word[0].islower() or is_word(word) or is_word(word.lower()) or frequency(word.lower()) > RARE:
        return likely_split(word)
    for at in range(len(word) - 2, 2, -1):
        if word[:at] in names:
            rest = word[at:]
            if rest in LINKS or (
                rest not in SUFFIXES | PLACES and frequency(rest) >= (USUAL if len(rest) > 4 else COMMON) and is_word(rest)
            ):
                return (at,)
            if further := likely_split(rest):
                return (at, *(at + each for each in further))
    if cuts := likely_split(word):
        return cuts
    return _behind_unknown(word) if frequency(word.lower()) == 0 else ()


def _behind_unknown(word: str) -> tuple[int, ...]:
    """Where a name that nobody knows ends before a word that ends no name, and the words behind that fall apart."""
    for at in range(4, len(word) - 1):
        rest = word[at:]
        if rest in AFTER_NAME:
            return (at,)
        if any(rest.startswith(verb) for verb in AFTER_NAME) and (cuts := likely_split(rest)) and rest[: cuts[0]] in AFTER_NAME:
            return (at, *(at + each for each in cuts))
    return ()
