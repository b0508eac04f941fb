"""Rules for words that a copy ran together: a space is restored only if both halves are words and the whole is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from normbook.cleaning.rule import rule
from normbook.cleaning.rules.spacing.dense_text import gaps_in_gluing
from normbook.cleaning.rules.spacing.other_languages import gaps_abroad
from normbook.cleaning.rules.spacing.tokens import MOST_KNOWN, OUTSIDE, OUTSIDE_AND_ENDS, Gap, gaps_of, is_fused
from normbook.languages.english import common_words, usual_words
from normbook.languages.language import Words
from normbook.text.detection import is_english
from normbook.text.ledger import Edit
from normbook.text.lexicon import FUNCTION_WORDS
from normbook.text.line_cache import MOST_LINES, LineCache, lines_of, remembered, starts_of, tokens_of

GLUED_QUOTE = re.compile(r"\"(?<=[a-z,;.]\")[A-Za-z]")
QUOTE = re.compile(r"\"")
ENOUGH = 300  # code points; in a longer text, lines in other languages are looked for
SHORTEST_ROW = 40
ABROAD = Words("spacing.function-words", without=("grammar.function-words", "spacing.english-too"))
CODE = ('="', '"=', '");', '":"', '{"')  # of source code, which has no spaces
PROVEN = 3  # certain gaps that show that the copy loses spaces


@rule(
    "glued-word",
    layer="token",
    summary="A space lost between two English words, or between a comma or number and the next word, is restored.",
    wrong_when=(
        "Wrong when a name, an address, a brand or a file is spelt this way (iPhone, classmethod). So both halves must be "
        "words in the dictionary and in use, and the whole must not; a possible prefix or suffix proves nothing, and two "
        "nouns count only if the copy runs other words together."
    ),
    order=40,
)
def glued_words(text: str) -> Iterator[Edit]:
    """Edits that restore a space between two words.

    >>> [(edit.start, edit.new) for edit in glued_words("This is what thegovernment of the day said to the press.")]
    [(16, ' ')]
    """
    return _set(text, "glued-word")


@rule(
    "glued-sentence",
    layer="token",
    summary="A space lost between a full stop and a word that starts a sentence is restored.",
    wrong_when=(
        "Wrong when a name, an address or a file is spelt this way (node.The); so the word after the full stop must be one "
        "that never starts a name, or the dictionary must have both words in lower case only."
    ),
    order=30,
)
def glued_sentences(text: str) -> Iterator[Edit]:
    """Edits that restore a space between two sentences.

    >>> [(edit.start, edit.new) for edit in glued_sentences("It is open to pilots of all ports.The first of them")]
    [(34, ' ')]
    """
    return _set(text, "glued-sentence")


def _set(text: str, rule: str) -> Iterator[Edit]:
    for at, found in _gaps(text):
        if found == rule:
            yield Edit(at, at, "", " ")


def is_whole(token: str) -> bool:
    """True for a word in use in any case, perhaps with punctuation around it: `gaps_of` finds nothing in it.

    >>> [is_whole(token) for token in ("“Data,", "ofthe", "ended.The")]
    [True, False, False]
    """
    bare = token.lstrip(OUTSIDE).rstrip(OUTSIDE_AND_ENDS)
    if not (bare.islower() or bare.istitle() or bare.isupper()):
        return False
    word = bare.lower()
    return word in plain_words() or (word in common_words() and not is_fused(word))


@cache
def plain_words() -> frozenset[str]:
    """The usual words that are not two function words written as one."""
    return frozenset(word for word in usual_words() if not is_fused(word))


@remembered(2)
def _gaps(text: str) -> tuple[tuple[int, str], ...]:
    """(offset, rule) for each missing space in a text. Tokens without any are cached and not searched again."""
    if not is_english(text):
        return tuple(gaps_abroad(text))
    glued = dict(_tokens.results_for(tokens_of(text) - plain_words()))
    if not glued:
        return ()
    rows, starts = lines_of(text), starts_of(text)
    found = [(start + place, gap) for row, start in zip(rows, starts, strict=False) for place, gap in _in_row(row, glued)]
    sure = sum(gap.sure for _, gap in found)
    if not sure:
        return ()
    if sure >= PROVEN:
        found = list(gaps_in_gluing(text, dict(found)))
    if len(text) > ENOUGH:  # long enough to be partly English
        found = [(place, gap) for place, gap in found if not _is_abroad(rows[bisect_right(starts, place) - 1])]
    return tuple((place, gap.rule) for place, gap in sorted(found))


@remembered(MOST_LINES)
def _is_abroad(row: str) -> bool:
    """True for a line with more function words of another language than of English; cached by line."""
    if len(row) <= SHORTEST_ROW:
        return False
    words = row.lower().split()
    foreign = sum([word in ABROAD for word in words])
    english = sum([word in FUNCTION_WORDS for word in words])
    return foreign > english and foreign > (2 if english else 1)


def _in_row(row: str, glued: Mapping[str, tuple[Gap, ...]]) -> list[tuple[int, Gap]]:
    """The missing spaces in a line; `glued` has the gaps of tokens."""
    found: list[tuple[int, Gap]] = []
    for token in glued.keys() & row.split():
        gaps = glued[token]
        at = row.find(token)
        while at >= 0:
            end = at + len(token)
            if (at == 0 or row[at - 1].isspace()) and (end == len(row) or row[end].isspace()):
                found += [(at + gap.at, gap) for gap in gaps]
            at = row.find(token, end)
    return found


_tokens = LineCache(lambda token: () if is_whole(token) else gaps_of(token), MOST_KNOWN)


@rule(
    "glued-quote",
    layer="token",
    summary='A space lost outside a pair of straight quotation marks is restored (a"quiet revolution"in).',
    wrong_when=(
        "Wrong when the marks mean inches or are not paired; so a paragraph is not changed unless the number of its marks is even "
        "and each mark that has a space has it on the right side."
    ),
    needs='"',
    by_line=True,
    order=50,
)
def glued_quotes(text: str) -> Iterator[Edit]:
    """Edits that restore a space outside quotation marks.

    >>> [edit.start for edit in glued_quotes('They call it a"quiet revolution"in the policy.')]
    [14, 32]
    """
    if '"' not in text or not GLUED_QUOTE.search(text):
        return
    at = 0
    for row in lines_of(text):
        if row.count('"') % 2 == 0 and GLUED_QUOTE.search(row) and not any(mark in row for mark in CODE):
            yield from _quotes(row, at)
        at += len(row) + 1


def _quotes(row: str, offset: int) -> Iterator[Edit]:
    places = [match.start() for match in QUOTE.finditer(row)]
    gaps = []
    for turn, place in enumerate(places):
        before, after = row[place - 1 : place], row[place + 1 : place + 2]
        if turn % 2 == 0:
            if after.isspace() or not after:
                return
            if before.isalpha() or before in tuple(",;"):
                gaps.append(place)
        else:
            if before.isspace():
                return
            if after.isalpha():
                gaps.append(place + 1)
    for gap in gaps:
        yield Edit(offset + gap, offset + gap, "", " ")
