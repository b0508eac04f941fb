"""Hyphens at breaks: of a word that was broken, of a compound that has its own, of a first part that waits for its second; and soft hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from normbook.cleaning.rule import rule
from normbook.languages.language import Words
from normbook.text.detection import is_english
from normbook.text.ledger import Edit, Flag
from normbook.text.lexicon import FUNCTION_WORDS, frequency, is_common_only, is_function_word, is_word
from normbook.text.line_cache import remembered

BEFORE = re.compile(r"[^\s-][^\s]{0,60}-\Z")  # a token that ends in one hyphen
LAST_PART = re.compile(r"[^\W\d_]+(?=-\Z)")
FIRST_PART = re.compile(r"[\w]+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_TOKEN = 64  # code points that are looked at before a break
SHORTEST_OF_TWO = 3  # letters of either part of a compound of small letters
OFTENER = 10  # times that "thousand" is used more often than "thous": the word was broken
OPENERS = Words("wraps.openers")
SUSPENDING = Words("wraps.suspending")  # what stands between "small-" and "medium-sized"
HYPHENED_STARTS = Words("wraps.hyphened-starts")  # first parts that keep their hyphen
HYPHENED_ENDS = Words("wraps.hyphened-ends")
UNHYPHENED_ENDS = Words("wraps.unhyphened-ends")  # what is one word with such a first part nevertheless
PREFIXES = Words("wraps.prefixes")  # of English compounds
Joint = Literal["", "-", "- "]


@remembered(2)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, those with hyphens whole: how it writes a word elsewhere tells how it is meant at a break."""
    return frozenset(WORD.findall(text))


def joint(before: str, after: str, text: str, english: bool) -> Joint | None:
    """What joins two parts of a line or of two lines of which the first ends in a hyphen: nothing, the hyphen, or hyphen and space.

    None where the hyphen is a dash or nothing can be told.

    >>> [joint(one, two, "", True) for one, two in (("infor-", "mation"), ("COVID-", "19"), ("small-", "and medium-sized"), ("said -", "so"))]
    ['', '-', '- ', None]
    """
    match = BEFORE.search(before[-LONGEST_TOKEN:])
    first = FIRST_PART.match(after)
    if not match or not first:
        return None
    left, right = match[0], first[0]
    part = LAST_PART.search(left)
    one = part[0] if part else ""
    if one:
        known = words_of(text)
        if one + right in known:
            return ""
        if f"{one}-{right}" in known:
            return "-"
    if right.lower() in SUSPENDING and not after[len(right) : len(right) + 1].isalpha():
        whole = (one + right).lower()
        broken = english and one and is_word(whole) and frequency(whole) > frequency(one.lower()) * OFTENER
        return "" if broken else "- "
    if not one or right[0].isdigit():
        return _beside_number(left, right)
    if right[0].isupper():
        return _before_capital(one, right)
    return _in_small_letters(left, one, right, english)


def _beside_number(left: str, right: str) -> Joint | None:
    """The joint between parts of which one ends or opens in a digit."""
    if not (left[-2].isalnum() and (left[-2].isdigit() or right[0].isdigit())):
        return None
    return None if left[:-1].isdigit() and right[0].isupper() else "-"


def _before_capital(one: str, right: str) -> Joint | None:
    """The joint before a capital: a compound of names, or a broken word of a line in capitals."""
    if is_function_word(right) or (len(one) == 1 and not one.isupper()):
        return None
    if len(one) > 1 and len(right) > 1 and one.isupper() and right.isupper():
        whole, low, high = (one + right).lower(), one.lower(), right.lower()
        if (is_word(whole) or is_word(whole.title())) and not (is_word(low) and is_word(high) and frequency(whole) < frequency(high) / 100):
            return ""
    return "-"


def _in_small_letters(left: str, one: str, right: str, english: bool) -> Joint:
    """The joint before a small letter: most often that of a broken word."""
    whole, low = one + right, one.lower()
    if english and (is_word(whole) or is_word(whole.lower()) or is_word(whole.title())):
        return ""
    if right in HYPHENED_ENDS or (low in HYPHENED_STARTS and right not in UNHYPHENED_ENDS):
        return "-"
    if len(left) > len(one) + 1 and left[-len(one) - 2] == "-" and (low in FUNCTION_WORDS or low in OPENERS or low in HYPHENED_STARTS):
        return "-"
    if english and is_word(right) and (is_word(low) or is_word(one) or low in PREFIXES):
        return "-" if len(right) >= SHORTEST_OF_TWO or right in FUNCTION_WORDS else ""
    return ""


BREAK = re.compile("(?<=[^\\W_])(?:[ \t]*\r?\n[ \t]*)?\xad[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[^\\W_])")
AT_END = re.compile("(?<=[^\\W_])\xad[ \t]*(?=[\r\n])")
BEFORE_SPACE = re.compile("(?<=[^\\W\\d_])\xad (?=[^\\W\\d_])")


@rule(
    "soft-hyphen-break",
    layer="character",
    summary="A soft hyphen at the end of a line goes with the line end, and the word is whole again; a compound keeps its hyphen.",
    wrong_when=(
        "Wrong when the word is written with a hyphen that the text has nowhere else and its parts are small letters of a "
        "language whose words are not known here."
    ),
    needs="\xad",
    order=5,
)
def soft_breaks(text: str) -> Iterator[Edit]:
    r"""Edits that join the halves of words.

    >>> [(edit.raw, edit.new) for edit in soft_breaks("the har\xad\nbour")]
    [('\xad\n', '')]
    """
    if "\xad" not in text:
        return
    english = is_english(text)
    for pattern in (BREAK, BEFORE_SPACE):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - LONGEST_TOKEN) : match.start()].rpartition("\n")[2] + "-"
            new = joint(before, text[match.end() : match.end() + LONGEST_TOKEN], "", english)
            if pattern is BEFORE_SPACE and new != "":
                continue
            yield Edit(match.start(), match.end(), match[0], "- " if new is None else new)
    for match in AT_END.finditer(text):
        if not BREAK.match(text, match.start()):
            yield Edit(match.start(), match.start() + 1, "\xad", "-")


SPACED = re.compile(r"(?<=[^\W_])- (?=[^\W_])")
UNSURE = "N615"


def _may_be_spaced(text: str, _: frozenset[str]) -> bool:
    """True if a hyphen and a space stand between two words."""
    return "- " in text and SPACED.search(text) is not None


@rule(
    "spaced-hyphen",
    layer="wrap",
    summary="The space behind a hyphen inside a line, left from a break that was joined before (secre- tary, Asia- Pacific), goes, and the hyphen of a broken word with it.",
    wrong_when=(
        "Wrong when a first part waits for its second (small- and medium-sized) or the hyphen stands for a dash; so the "
        "joined word must be one that the dictionary or the text has and a half none, or both parts must be names, "
        "numbers or a known first part. Elsewhere the place is flagged."
    ),
    may_find=_may_be_spaced,
    order=20,
)
def spaced_hyphens(text: str) -> Iterator[Edit | Flag]:
    """Edits that drop such spaces.

    >>> [(edit.raw, edit.new) for edit in spaced_hyphens("The secre- tary of the Inter- Island League said so to the press.")]
    [('- ', ''), (' ', '')]
    """
    if not _may_be_spaced(text, frozenset()):
        return
    english = is_english(text)
    for match in SPACED.finditer(text):
        at = match.start()
        before = text[max(0, at - LONGEST_TOKEN) : at + 1].rpartition("\n")[2]
        after = text[match.end() : match.end() + LONGEST_TOKEN]
        left, first = LAST_PART.search(before), FIRST_PART.match(after)
        if not first:
            continue
        one, two = left[0] if left else "", first[0]
        new = _closed(text, before, after, one, two, english)
        if new == "":
            yield Edit(at, at + 2, "- ", "")
        elif new == "-":
            yield Edit(at + 1, at + 2, " ", "")
        elif one and len(one) > 1 and two.islower() and two.lower() not in SUSPENDING and not is_function_word(two):
            yield Flag(
                UNSURE,
                at - len(one),
                match.end() + len(two),
                f"'{one}- {two}' may be one word or a compound; the hyphen and the space are kept",
            )


def _closed(text: str, before: str, after: str, one: str, two: str, english: bool) -> Joint | None:
    """What stands between two parts in one line, None where that is not certain."""
    if two.lower() in SUSPENDING:
        return None
    if not one or two[0].isdigit():
        leads = (one.isupper() and len(one) > 1) or one.lower() in PREFIXES
        return "-" if leads and two[0].isdigit() and joint(before, after, "", english) == "-" else None
    known = words_of(text)
    if one + two in known:
        return ""
    if f"{one}-{two}" in known:
        return "-"
    if two[0].isupper():
        if is_function_word(two) or one.islower() or (one.isupper() and len(one) == 1):
            return None
        return "-" if two[1:].islower() and not _is_plain(one, two, english) else None
    if one.lower() in HYPHENED_STARTS and two not in UNHYPHENED_ENDS:
        return "-"
    if not english:
        return None
    whole = one + two
    if is_word(whole) or is_word(whole.lower()):
        return (
            ""
            if not (is_word(one.lower()) and is_word(two)) or frequency(whole.lower()) > frequency(one.lower()) * frequency(two) * 100
            else None
        )
    return "-" if one.lower() in PREFIXES and is_word(two) and len(two) > SHORTEST_OF_TWO else None


def _is_plain(one: str, two: str, english: bool) -> bool:
    """True for two words of which the second is no name and the first no known first part: the hyphen may be a dash."""
    return english and is_common_only(two) and one.lower() not in PREFIXES
