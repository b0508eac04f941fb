"""Missing spaces after punctuation in German, French, Spanish, Italian, Portuguese and Russian: only before words that start a sentence or clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.cleaning.rules.spacing.tokens import TOP_LEVEL
from normbook.languages.language import Words
from normbook.text.line_cache import lines_of, remembered

WORDS = Words("spacing.function-words")
ENDS_IN_BRACKETS, OPENED_ENDS = Words("spacing.ends-in-brackets"), Words("spacing.opened-ends")  # "Lehrer(in)nen" names both sexes
LETTER = r"[^\W\d_]"
STOP = re.compile(
    rf"(?<![\w.@/&-])(?P<one>{LETTER}{{3,}})(?P<mark>[.?!][»”]?)(?=(?P<two>[A-ZÀ-Þ\u0410-\u042f\u0401](?!\.){LETTER}*)(?:[\s,’']|\Z))"
)
COMMA = re.compile(rf"(?<![\w.@/&-])(?P<one>{LETTER}{{3,}})(?P<mark>[,;][»”]?)(?=(?P<two>{LETTER}+)(?:[\s’]|\Z))")
LAST_WORD = re.compile(rf"({LETTER}+)[.?!][»”]?\Z")
FIRST_WORD = re.compile(rf"{LETTER}+")
BRACKET = re.compile(rf"(?<=\w\w)\)(?=(?P<two>{LETTER}{{2,}})(?:\s|\Z))")
OPENING = re.compile(rf"(?<![\w./(])(?P<one>{LETTER}{{3,}})(?=\((?P<two>{LETTER}{{3,}})[\s)])")
GATE = re.compile(rf"[.?!,;)][»”\"]?{LETTER}|\((?<={LETTER}\(){LETTER}")
ADDRESSES = ("http", "www.", "@", "{", "=")
PROVEN = 3
PAIR, LONG = 2, 4  # missing spaces between sentences that prove each other; letters of the words around such a one
SHORTENED = Words("abbreviations.titles", "abbreviations.numbered", "abbreviations.inside", "abbreviations.last")


def gaps_abroad(text: str) -> Iterator[tuple[int, str]]:
    """(offset, rule) for each missing space in a text that is not English.

    Two words that are in no list of this module are separated only at a full stop, and only if the copy loses other spaces: three
    anywhere, or two between words that cannot be abbreviations.

    >>> list(gaps_abroad("Les ports ont signé l’accord.Les cartes sont prêtes,et les pilotes aussi."))
    [(29, 'glued-sentence'), (52, 'glued-word')]
    """
    sure: list[tuple[int, str]] = []
    likely: list[tuple[int, str]] = []
    strong: list[tuple[int, str]] = []
    at = 0
    for row in lines_of(text):
        for place, rule, certain in _in_row(row) if row else ():
            (sure if certain else likely).append((at + place, rule))
            if not certain and rule == "glued-sentence" and _is_between_sentences(row, place):
                strong.append((at + place, rule))
        at += len(row) + 1
    if len(sure) >= PROVEN:
        yield from sorted(sure + likely)
    else:
        yield from sorted(sure + (strong if len(sure) + len(strong) >= PAIR else []))


def _is_between_sentences(row: str, place: int) -> bool:
    """True if the words at a missing space are a lower-case word that is no abbreviation and a longer capitalised one."""
    one, two = LAST_WORD.search(row, 0, place), FIRST_WORD.match(row, place)
    return (
        one is not None and two is not None and len(one[1]) >= LONG and one[1].islower() and one[1] not in SHORTENED and len(two[0]) >= LONG
    )


@remembered(1 << 12)
def _in_row(row: str) -> tuple[tuple[int, str, bool], ...]:
    """The missing spaces of one line, each with whether it is certain by itself; cached by line."""
    if not GATE.search(row) or any(mark in row for mark in ADDRESSES):
        return ()
    return tuple(_found(row))


def _found(row: str) -> Iterator[tuple[int, str, bool]]:
    for match in STOP.finditer(row):
        one, two = match["one"], match["two"]
        if two.lower() in TOP_LEVEL or one.lower() in TOP_LEVEL or not (two[1:].islower() or len(two) == 1):
            continue
        opens = two.lower() in WORDS and (one.islower() or (len(one) > 3 and one not in SHORTENED))
        if opens or (one.islower() and len(two) > 2):
            yield match.end(), "glued-sentence", opens
    for match in COMMA.finditer(row):
        one, two = match["one"], match["two"]
        known = two in WORDS
        if known or (two.islower() and len(two) > 3 and one.islower()):
            yield match.end(), "glued-word", known
    for match in BRACKET.finditer(row):
        if match["two"] in WORDS and match["two"] not in ENDS_IN_BRACKETS:
            yield match.end(), "glued-word", True
    for match in OPENING.finditer(row):
        if match["two"] not in OPENED_ENDS and len(match["one"]) > 3:
            yield match.end("one"), "glued-word", False
