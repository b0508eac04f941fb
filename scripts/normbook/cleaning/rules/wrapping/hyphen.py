"""Hyphens at line breaks: of a broken word ("secre-/tary"), of a compound ("Asia-/Pacific"), of a first part ("small-/and"); soft hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from normbook.cleaning.rule import rule
from normbook.languages.english import frequency
from normbook.languages.language import Words
from normbook.text.detection import is_english
from normbook.text.ledger import Edit, Flag
from normbook.text.lexicon import FUNCTION_WORDS, is_common_only, is_function_word, is_word
from normbook.text.line_cache import remembered

BEFORE = re.compile(r"[^\s-][^\s]{0,60}-\Z")  # a token that ends with a hyphen
LAST_PART = re.compile(r"[^\W\d_]+(?=-\Z)")
FIRST_PART = re.compile(r"[\w]+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_TOKEN = 64  # code points before a break that are examined
SHORTEST_OF_TWO = 3  # letters of each part of a lower-case compound
OFTENER = 10  # "thousand" is so many times as frequent as "thous": the word was broken
OPENERS = Words("wraps.openers")
SUSPENDING = Words("wraps.suspending")  # words between "small-" and "medium-sized"
HYPHENED_STARTS = Words("wraps.hyphened-starts")  # first parts after which the hyphen stays
HYPHENED_ENDS = Words("wraps.hyphened-ends")
HYPHENED_AFTER = Words("wraps.hyphened-after")  # what follows a verb with a hyphen: "demande-t-il"
HYPHENED_WORDS = Words("wraps.hyphened-words")  # compounds that keep their hyphen, whole
UNHYPHENED_ENDS = Words("wraps.unhyphened-ends")  # second parts that form one word with such a first part nevertheless
PREFIXES = Words("wraps.prefixes")  # of English compounds
Joint = Literal["", "-", "- "]


@remembered(2)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, including hyphened ones: the spelling of a word elsewhere shows how it is meant at a break."""
    return frozenset(WORD.findall(text))


def joint(before: str, after: str, text: str, english: bool) -> Joint | None:
    """The joint between two parts, the first of which ends with a hyphen: "" (one word), "-" (compound) or "- " (first part).

    None if the hyphen is a dash or nothing is certain.

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
    if one and after[len(right) : len(right) + 1] == "-" and right in FUNCTION_WORDS and after[len(right) + 1 : len(right) + 2].isalpha():
        return "-"  # "state-of-the-art"
    if right.lower() in SUSPENDING and not after[len(right) : len(right) + 1].isalpha():
        whole = (one + right).lower()
        broken = english and one and is_word(whole) and frequency(whole) > frequency(one.lower()) * OFTENER
        return "" if broken else "- "
    if not one or right[0].isdigit():
        return _beside_number(left, right)
    if after[len(right) : len(right) + 1] == "-" and after.startswith(HYPHENED_AFTER.ends):
        return "-"
    if right[0].isupper():
        return _before_capital(one, right)
    return _in_small_letters(left, one, right, english)


def _beside_number(left: str, right: str) -> Joint | None:
    """The joint between two parts if there is a digit at it."""
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
    """The joint before a lower-case letter: usually that of a broken word."""
    whole, low = one + right, one.lower()
    if f"{low}-{right}" in HYPHENED_WORDS or (english and _is_rare_pair(low, right)):
        return "-"
    if english and (is_word(whole) or is_word(whole.lower()) or is_word(whole.title())):
        return ""
    if right in HYPHENED_ENDS or (low in HYPHENED_STARTS and right not in UNHYPHENED_ENDS):
        return "-"
    if len(left) > len(one) + 1 and left[-len(one) - 2] == "-" and (low in FUNCTION_WORDS or low in OPENERS or low in HYPHENED_STARTS):
        return "-"
    if english and is_word(right) and (is_word(low) or is_word(one) or low in PREFIXES):
        return "-" if len(right) >= SHORTEST_OF_TWO or right in FUNCTION_WORDS else ""
    return ""


PARTICLES = Words("wraps.particles")
RARE = 1e-6  # frequency below which the solid form of a verb and its particle is not the usual one


def _is_rare_pair(one: str, two: str) -> bool:
    """True for a verb and a particle whose solid form is rare: "follow-up", but "breakdown".

    >>> _is_rare_pair("follow", "up"), _is_rare_pair("break", "down"), _is_rare_pair("carg", "o")
    (True, False, False)
    """
    return two in PARTICLES and is_word(one) and frequency(one + two) < RARE and frequency(one) > RARE


BREAK = re.compile("(?<=[^\\W_])(?:[ \t]*\r?\n[ \t]*)?\xad[ \t]*(?:\r\n|\r|\n)[ \t]*(?=[^\\W_])")
AT_END = re.compile("(?<=[^\\W_])\xad[ \t]*(?=[\r\n])")
BEFORE_SPACE = re.compile("(?<=[^\\W\\d_])\xad (?=[^\\W\\d_])")


@rule(
    "soft-hyphen-break",
    layer="character",
    summary="A soft hyphen at the end of a line is removed with the line end, which makes the word whole; a compound gets a hyphen.",
    wrong_when=(
        "Wrong when the word has a hyphen that occurs nowhere else in the text and its parts are lower-case words of a "
        "language without a dictionary here."
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
    """True if a hyphen and a space are between two words."""
    return "- " in text and SPACED.search(text) is not None


@rule(
    "spaced-hyphen",
    layer="wrap",
    summary="The space after a hyphen inside a line, left from an earlier join (secre- tary, Asia- Pacific), is removed, and with it the hyphen of a broken word.",
    wrong_when=(
        "Wrong when two compounds share their second part (small- and medium-sized) or the hyphen is a dash; so the "
        "dictionary or the text must have the joined word and not one of its halves, or both parts must be names, "
        "numbers or a known first part. Other cases are flagged."
    ),
    may_find=_may_be_spaced,
    order=20,
)
def spaced_hyphens(text: str) -> Iterator[Edit | Flag]:
    """Edits that remove such spaces.

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
                f"'{one}- {two}' may be one word or a compound; the hyphen and the space are not changed",
            )


def _closed(text: str, before: str, after: str, one: str, two: str, english: bool) -> Joint | None:
    """The joint between two parts in one line, or None if it is not certain."""
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
    """True if the hyphen may be a dash: the second word is not a name and the first is not a known first part."""
    return english and is_common_only(two) and one.lower() not in PREFIXES
