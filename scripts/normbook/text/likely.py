"""The likeliest words of a run of letters, by how often each is used."""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf, log

from normbook.text.lexicon import FUNCTION_WORDS, frequency, is_word
from normbook.text.line_cache import remembered
from normbook.text.splits import COMMON, DOUBTFUL, PREFIXES, PROOF, RARE, SHORT, SUFFIXES, USUAL

BRITISH = re.compile("is(ations?|ed|ing|es?)\\Z")
LONGEST_PART = 20  # code points
A_WORD = 4.0  # what each further word costs: fewer words are likelier
CERTAIN = 1e-6
MISTYPED = 10  # times as often as two words meet by chance
SELDOM = 1e-8  # a long word may be as rare as this
LINKS = FUNCTION_WORDS | frozenset(
    "one two three four five six seven eight nine ten eleven twelve hundred thousand million next last same other each every many most own new past very more both few once again still only even first second just also now never always "
    "no me my us him them per ago later least let made makes said told took gave came went got asked wrote put nobody nothing something everyone everything somebody old bad small large young whole several because".split()
)
NO_NAME = frozenset(
    "of and has is was are were will shall should for with from that the had can may would could which who".split()
)  # what may follow a capitalised noun, and ends no name
AFTER_NOUN = frozenset(
    "on to at in or under about before between without into".split()
)  # the same behind a long noun that the dictionary has
PARTICLES = frozenset("up off over out down under on".split())
OPENERS = frozenset(
    "the this these those and but all not you such both each every some its our they she with from when while where after before under more most other "
    "two three four five six seven nine ten eleven twelve next last whoever whose who what why how today yesterday tomorrow nobody everybody everyone everything nothing".split()
)  # they open sentences, and no names
PLACES = frozenset(
    "bridge brook burg bury castle dale field ford gate ham haven hill holm house lake mark mere mont mouth park point pool port river rock sea shore stead stone stream vale valley view water well wood".split()
)  # they end names of places


@remembered(1 << 12)
def likely_split(word: str) -> tuple[int, ...]:
    """Where a word that no list knows falls into the likeliest words of a gluing copy; () where it is a word or nothing is likely.

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
    """True for a form of a word that the lists know: a plural, a participle, a noun in the British spelling.

    >>> is_formed("dealmakers"), is_formed("casualisation"), is_formed("ofthese")
    (True, True, False)
    """
    if BRITISH.search(whole):
        return is_word(BRITISH.sub(r"iz\1", whole)) or is_word(BRITISH.sub("", whole))
    stem = whole[:-1] if whole[-1] == "s" else whole[:-3] if whole.endswith("ing") else ""
    return len(stem) > 6 and (frequency(stem) > 0 or is_word(stem)) and not any(stem.startswith(link) for link in PROOF)


def _mistyped(word: str, use: float) -> tuple[int, ...]:
    """Where two words meet that are written as one about as often as they meet by chance: "atleast", and not "youtube"."""
    pairs = [(frequency(word[:at]) * frequency(word[at:]), at) for at in range(2, len(word) - 1) if _cost(word[:at]) and _cost(word[at:])]
    chance, at = max(pairs, default=(0.0, 0))
    one, two = word[:at], word[at:]
    return (at,) if use < MISTYPED * chance and not _is_compound(one, two, word) and _is_sure(one, two) else ()


def _cheapest(whole: str) -> list[int]:
    """Where the likeliest words of a run of letters meet; [] where it falls into no words."""
    size = len(whole)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * size  # the least cost up to each place, and where its last word begins
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
    """How unlikely a word is, None for what is no word in use."""
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
    """True if two words side by side may be one that a writer made: two nouns, a prefix or a suffix, and somebody wrote the whole so."""
    if one in LINKS or two in LINKS or _is_turn(one, two, whole):
        return False
    if frequency(whole) > 0 or one in PREFIXES or two in SUFFIXES - {"people", "world", "space"}:
        return True
    if _is_inflected(one):
        return False
    return min(len(one), len(two)) < 4


def _is_turn(one: str, two: str, whole: str) -> bool:
    """True for a verb that is inflected and its particle ("lookedup"), which nobody writes as one."""
    return two in PARTICLES and len(one) > 3 and frequency(whole) == 0 and (_is_inflected(one) or (one.endswith("ing") and is_word(one)))


def _is_inflected(word: str) -> bool:
    """True for a plural or a past form: neither begins a compound."""
    return len(word) > 4 and ((word[-1] == "s" and word[-2] != "s" and is_word(word[:-1])) or (word.endswith("ed") and is_word(word)))


def _is_in_doubt(whole: str, at: int) -> bool:
    """True if a letter or two more or less make two other words that are nearly as likely: "valleys lay", "valley slay"."""
    best = frequency(whole[:at]) * frequency(whole[at:])
    other = max(
        (frequency(whole[:k]) * frequency(whole[k:]) for k in range(max(at - 2, 2), min(at + 3, len(whole) - 1)) if k != at), default=0.0
    )
    return other * DOUBTFUL > best


def _opens(parts: list[str], use: float) -> bool:
    """True if a capitalised word is the first of a sentence or a noun of a title, glued to what follows, and no name."""
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
    """True if a pair with a function word is no word of a writer's own making."""
    first, second = one in LINKS, two in LINKS
    if first and second:
        return True
    if first and one in PREFIXES - {"in", "on", "by", "an", "no"}:
        return False
    return not (second and two in SUFFIXES - {"in", "or", "on"}) or _is_turn(one, two, one + two)
