"""English words that a copy split: "mu seum" for "museum", "vis itors" for "visitors"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from normbook.cleaning.rule import rule
from normbook.languages.english import frequency, usual_words
from normbook.text.detection import is_english
from normbook.text.ledger import Edit, Flag
from normbook.text.lexicon import is_word
from normbook.text.line_cache import LineCache, remembered, tokens_of

LONGEST, SHORTEST = 8, 2  # letters of a fragment
SHORTEST_WHOLE = 5
SELDOM = 3e-6  # the greatest frequency of a fragment, which the dictionary may have as a rare word
LIKELIER = 1e4  # how many times as frequent as the two fragments together the whole must be
IN_USE = 3e-6  # the least frequency of the whole word
MOST_KNOWN = 1 << 17
PROVEN = 2  # such words that show that the copy splits words
ENDS = ".,;:!?”’\"')"
OPENERS = "“‘\"'("
UNSURE = "N616"


def _is_fragment(token: str) -> bool:
    """True for a token in small letters that is hardly ever a word of its own."""
    bare = token.rstrip(ENDS)
    return SHORTEST <= len(bare) <= LONGEST and bare.isascii() and bare.isalpha() and bare.islower() and bare not in usual_words()


_fragments = LineCache(lambda token: (True,) if _is_fragment(token) else (), MOST_KNOWN)
_openings = LineCache(lambda token: (True,) if _is_fragment(token.lstrip(OPENERS)) else (), MOST_KNOWN)


@remembered(2)
def _may_be_split(text: str, _: frozenset[str] = frozenset()) -> bool:
    """True if an English text has such fragments."""
    return is_english(text) and not _fragments.are_silent(tokens_of(text) - usual_words())


@rule(
    "split-word",
    layer="token",
    summary="A space that a copy put inside an English word (mu seum, vis itors) is removed.",
    wrong_when=(
        "Wrong when a fragment is a word of another language or a name. So one part must be no word, the whole must be one in use, only one "
        "neighbour may fit, and at least two words of the text must be split; a single one is flagged."
    ),
    may_find=_may_be_split,
    order=8,
)
def split_words(text: str) -> Iterator[Edit | Flag]:
    """Edits that remove such spaces.

    >>> [edit.start for edit in split_words("The mu seum is open to vis itors of the town and to all of its schools") if isinstance(edit, Edit)]
    [6, 26]
    """
    if not _may_be_split(text):
        return
    places = list(_places(text))
    for at, one, two in places:
        if len(places) >= PROVEN:
            yield Edit(at, at + 1, " ", "")
        else:
            yield Flag(UNSURE, at - len(one), at + 1 + len(two), f"'{one} {two}' may be one word; the space is not changed")


def _places(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset of the space, part before it, part behind it) for each split word with one possible neighbour."""
    tokens = text.split(" ")
    odd = {token for token, _ in _openings.results_for(set(tokens) - usual_words())}
    if not odd:
        return
    beside = {place for number, token in enumerate(tokens) if token in odd for place in (number - 1, number)}
    near = sorted(beside - {-1, len(tokens) - 1})
    whole = [number for number in near if _makes_word(tokens[number].lstrip(OPENERS), tokens[number + 1])]
    if not whole:
        return
    starts = tuple(accumulate([len(token) + 1 for token in tokens], initial=0))
    joints = [(starts[number + 1] - 1, tokens[number].lstrip(OPENERS), tokens[number + 1].rstrip(ENDS)) for number in whole]
    for k, joint in enumerate(joints):
        others = [joints[j] for j in (k - 1, k + 1) if 0 <= j < len(joints)]
        if not any(other[2] == joint[1] or other[1] == joint[2] for other in others):
            yield joint


def _makes_word(one: str, two: str) -> bool:
    """True if two tokens, one of which is a fragment, are the parts of a word in use."""
    if not (one.isalpha() and one.isascii() and one[1:] == one[1:].lower()) or not (_is_fragment(one) or _is_fragment(two)):
        return False
    whole = (one + two.rstrip(ENDS)).lower()
    return (
        whole.isalpha()
        and len(whole) >= SHORTEST_WHOLE
        and whole in usual_words()
        and frequency(whole) >= max(IN_USE, LIKELIER * frequency(one.lower()) * frequency(two.rstrip(ENDS)))
        and is_word(whole)
    )
