"""Missing spaces in a copy that plainly loses them: there, an unknown word is more likely two known ones.

The text is split into its most likely words by frequency ("thegovernmentsagreed"), and guards reject splits of names,
compounds and new words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import inf, log

from normbook.cleaning.rules.spacing.tokens import COMMON, DOUBTFUL, NUMBERED, PREFIXES, PROOF, RARE, SHORT, SUFFIXES, TOP_LEVEL, USUAL, Gap
from normbook.languages.calendar_words import MONTHS, WEEKDAYS
from normbook.languages.english import frequency
from normbook.languages.language import Words, pattern
from normbook.text.lexicon import FUNCTION_WORDS, is_common_only, is_name, is_word
from normbook.text.line_cache import remembered

BRITISH = pattern("<spacing.british-ends:en>(<spacing.behind-british-ends:en>)\\Z")
LONGEST_PART = 20  # code points
A_WORD = 4.0  # the cost of each further word: fewer words are more likely
CERTAIN = 1e-6
MISTYPED = 10  # how many times as frequent as two words that meet by chance
SELDOM = 1e-8  # the least frequency of a long word
LINKS = Words("grammar.function-words", "spacing.links")
NO_NAME = Words("spacing.no-name")
AFTER_NOUN = Words("spacing.after-noun")
PARTICLES = Words("spacing.particles")
OPENERS = Words("spacing.openers")
PLACES = Words("spacing.place-ends")


@remembered(1 << 12)
def likely_split(word: str) -> tuple[int, ...]:
    """The offsets at which an unknown word splits into its most likely words; () if it is a word or no split is likely.

    >>> likely_split("inorderto"), likely_split("Presidentof"), likely_split("chipmaker"), likely_split("Andover")
    ((2, 7), (9,), (), ())
    """
    whole = word.lower()
    if is_word(word) or is_word(whole) or is_word(word.title()) or is_formed(whole):
        return ()
    if (use := frequency(whole)) > RARE:
        return _mistyped(word, use)
    cuts = _cheapest(whole)
    parts = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    if not cuts:
        return (
            (1,)
            if whole[0] == "a"
            and use == 0
            and whole[1] not in "aeiou"
            and len(whole) > 5
            and is_word(whole[1:])
            and frequency(whole[1:]) >= COMMON
            else ()
        )
    if len(parts) > 6:
        return ()
    if any(_is_compound(one, two, whole) for one, two in pairwise(parts)):
        return ()
    if word[0].isupper() and not _opens(parts, use):
        return ()
    return tuple(cuts) if len(parts) > 2 or (_is_sure(*parts) and not _is_in_doubt(whole, cuts[0])) else ()


def is_formed(whole: str) -> bool:
    """True for an inflected or British form of a known word: a plural, a participle, "-isation".

    >>> is_formed("dealmakers"), is_formed("casualisation"), is_formed("ofthese")
    (True, True, False)
    """
    if BRITISH.search(whole):
        return is_word(BRITISH.sub(r"iz\1", whole)) or is_word(BRITISH.sub("", whole))
    stem = whole[:-1] if whole[-1] == "s" else whole[:-3] if whole.endswith("ing") else ""
    return len(stem) > 6 and (frequency(stem) > 0 or is_word(stem)) and not any(stem.startswith(link) for link in PROOF)


def _mistyped(word: str, use: float) -> tuple[int, ...]:
    """The offset at which two words meet that are written as one only about as often as by mistake: "atleast", but not "youtube"."""
    pairs = [(frequency(word[:at]) * frequency(word[at:]), at) for at in range(2, len(word) - 1) if _cost(word[:at]) and _cost(word[at:])]
    chance, at = max(pairs, default=(0.0, 0))
    one, two = word[:at], word[at:]
    return (at,) if use < MISTYPED * chance and not _is_compound(one, two, word) and _is_sure(one, two) else ()


def _cheapest(whole: str) -> list[int]:
    """The offsets between the most likely words of a run of letters; [] if it does not split into words."""
    size = len(whole)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * size  # the least cost up to each offset, and where the last word starts
    for end in range(2, size + 1):
        for start in range(max(0, end - LONGEST_PART), end - 1):
            if best[start][0] < inf and (cost := _cost(whole[start:end])) is not None:
                best[end] = min(best[end], (best[start][0] + cost, start))
    if best[size][0] == inf:
        return []
    cuts: list[int] = []
    at = size
    while at:
        cuts.append(at)
        at = best[at][1]
    return sorted(cuts)[:-1]


@remembered(1 << 14)
def _cost(part: str) -> float | None:
    """The cost of a word, higher for rarer words; None if it is not a word in use."""
    use = frequency(part)
    if (
        use < SELDOM
        or (use < CERTAIN and len(part) < 5)
        or (use < CERTAIN / 10 and len(part) < 7)
        or (len(part) == 2 and part not in SHORT and part not in LINKS)
    ):
        return None
    if len(part) == 3 and part not in LINKS and use < COMMON / 2:
        return None
    short = 2 * (len(part) == 3 and part not in LINKS)  # "wells on" rather than "well son"
    known = is_word(part) or (len(part) > 5 and use >= CERTAIN / (2 if len(part) < 10 else 10) and not _mistyped(part, use))
    return A_WORD + short - log(use) if known else None


def _is_compound(one: str, two: str, whole: str) -> bool:
    """True if two adjacent words may be one coined compound (two nouns, a prefix, a suffix) that is in use as one word."""
    if one in LINKS or two in LINKS or _is_turn(one, two, whole):
        return False
    if frequency(whole) > 0 or one in PREFIXES or two in SUFFIXES - {"people", "world", "space"}:
        return True
    if _is_inflected(one):
        return False
    return min(len(one), len(two)) < 4


def _is_turn(one: str, two: str, whole: str) -> bool:
    """True for an inflected verb and its particle ("lookedup"), which is never written as one word."""
    return two in PARTICLES and len(one) > 3 and frequency(whole) == 0 and (_is_inflected(one) or (one.endswith("ing") and is_word(one)))


def _is_inflected(word: str) -> bool:
    """True for a plural or a past form: neither is the first part of a compound."""
    return len(word) > 4 and ((word[-1] == "s" and word[-2] != "s" and is_word(word[:-1])) or (word.endswith("ed") and is_word(word)))


def _is_in_doubt(whole: str, at: int) -> bool:
    """True if moving the split by a letter or two gives nearly as likely words: "valleys lay", "valley slay"."""
    best = frequency(whole[:at]) * frequency(whole[at:])
    other = max(
        (frequency(whole[:k]) * frequency(whole[k:]) for k in range(max(at - 2, 2), min(at + 3, len(whole) - 1)) if k != at), default=0.0
    )
    return other * DOUBTFUL > best


def _opens(parts: list[str], use: float) -> bool:
    """True if a capitalised word is the first of a sentence or a noun in a title, run together with what follows, and not a name."""
    first, second = parts[0], parts[1]
    if first in OPENERS and (len(second) > 2 or (second in FUNCTION_WORDS and (use == 0 or len(first) > 4))) and second not in SUFFIXES:
        return True
    if (
        len(parts) > 2
        and second in LINKS
        and (first in LINKS or (parts[2] in LINKS and not {second, parts[2]} <= SUFFIXES | SHORT))
        and use == 0
    ):
        return True
    if first in LINKS:
        return (
            len(first) > 3
            and first not in PREFIXES
            and second not in SUFFIXES | PLACES
            and (len(second) > 2 or second == "of")
            and use == 0
        )
    if len(first) < 4:
        return False
    if use == 0 and len(second) > 4 and second.endswith("ed"):
        return True
    if second == "by":
        return len(first) > 5 and frequency(first) >= COMMON and use == 0
    if len(first) > 5 and second in LINKS and len(second) > 2 and second not in SUFFIXES and use == 0 and frequency(first) >= USUAL:
        return True
    return second in NO_NAME or (second in AFTER_NOUN and len(first) > 4 and frequency(first) >= USUAL)


def _is_sure(one: str, two: str) -> bool:
    """True if a pair with a function word is not a coined word."""
    first, second = one in LINKS, two in LINKS
    if first and second:
        return True
    if first and one in PREFIXES - {"in", "on", "by", "an", "no"}:
        return False
    return not (second and two in SUFFIXES - {"in", "or", "on"}) or _is_turn(one, two, one + two)


AFTER_NAME = Words("spacing.after-name")
LONG_WORD = pattern(r"(?<!\w)[A-Z]?[a-zà-ÿ\u0153]{3,}(?!\w)")
NAME = pattern(r"(?<!\w)[A-Z][a-zà-ÿ\u0153]{2,}(?!\w)")
PAIR = pattern(r"(?<!\w)(?=([A-Z][a-zà-ÿ\u0153]{2,} [A-Z][a-zà-ÿ\u0153]{2,})(?!\w))")  # two adjacent names
CAMEL = pattern(r"(?<!\w)(?P<one>[a-z]{2,}|[A-Z][a-zà-ÿ\u0153]{2,})(?P<two>[A-Z][a-zà-ÿ\u0153]{2,})(?!\w)")
STOPPED = pattern(r"(?<![\w./@_-])(?P<one>[A-Z]?[a-z]{3,}|[A-Z][A-Za-z]{2,20})[.?!](?P<two>[A-Z][a-z]{1,20}|I)(?=[\s,;:’']|\Z)")
SHORT_MONTH = 5  # code points of a month that is also another word
LONGEST_GLUED = 80  # code points of a run of letters that is split
NEVER_BESIDE = "@/_\\&='’"
BEHIND_STOP = pattern(r"\.(?=$|[\s”\"’)\]\[A-Z])|['’]s?(?!\w)|-")


@cache
def _days() -> frozenset[str]:
    """The English names of weekdays and months, which any text may contain."""
    months = {name.title() for name in MONTHS if len(name) > SHORT_MONTH or name == "july"}
    return frozenset(WEEKDAYS) | {f"{name}s" for name in WEEKDAYS} | months


def gaps_in_gluing(text: str, known: dict[int, Gap]) -> Iterator[tuple[int, Gap]]:
    """The gaps in a text that plainly loses spaces, including the gaps that are already known.

    A run of letters is split into its most likely words if the result leaves no doubt: a function word among them, a name that
    the text has elsewhere, or two nouns that are never written as one.
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
    """True for two words that lost their space before a capital, and not a brand that is spelt this way."""
    if one.lower() in FUNCTION_WORDS and (one.islower() or frequency((one + two).lower()) == 0):
        return known or is_word(two.lower())
    if often or frequency((one + two).lower()) > 0:
        return False
    if one[0].isupper():
        return f"{one} {two}" in pairs or (is_name(one) and is_name(two))
    return known and len(one) > 3 and frequency(one) >= USUAL and is_word(one)


def _stops(one: str, two: str) -> bool:
    """True if a full stop between two words ends a sentence; after a name, only if the second word usually starts sentences."""
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
    """True for two nouns written as one, which are meant that way if the text has them twice."""
    return len(cuts) == 1 and not ({word[: cuts[0]].lower(), word[cuts[0] :]} & LINKS)


def _stands_free(text: str, start: int, end: int) -> bool:
    """True for a word that is not part of an address, a file name or a contraction."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before and before in NEVER_BESIDE:
        return False
    if before == "." and not (text[start].isupper() and text[start - 2 : start - 1].islower()):
        return False
    return not after or (after not in NEVER_BESIDE and after not in ".-") or BEHIND_STOP.match(text, end) is not None


def split_in_gluing(word: str, names: frozenset[str]) -> tuple[int, ...]:
    """The offsets at which a run of letters splits, using names that occur elsewhere in the text.

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
    """The offsets after an unknown name that is followed by words which cannot be part of a name."""
    for at in range(4, len(word) - 1):
        rest = word[at:]
        if rest in AFTER_NAME:
            return (at,)
        if any(rest.startswith(verb) for verb in AFTER_NAME) and (cuts := likely_split(rest)) and rest[: cuts[0]] in AFTER_NAME:
            return (at, *(at + each for each in cuts))
    return ()
