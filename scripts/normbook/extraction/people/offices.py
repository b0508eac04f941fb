"""The extent of the title of an office around its role: "Deputy" before it, "of Ports" after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normbook.extraction.people.names import POSSESSIVE, Word, gap
from normbook.languages.calendar_words import MONTHS, WEEKDAY_WORDS
from normbook.languages.language import Words, pattern
from normbook.text.lexicon import is_function_word
from normbook.text.offices import BODIES, COPULAS, DETERMINERS, ENDS_OFFICE, FIELDS, HONORIFICS, OFFICE_OF, RANKS, SPEECH_VERB, is_role

ADJECTIVE = pattern(r"<people.adjectives>|(?!<people.no-adjectives>)[^\W\d_]{2,}<people.adjective-ends>")
AND, NO_HEAD_ENDS, ADJECTIVES_TOO = Words("grammar.and", part="en"), Words("people.no-head-ends", part="en"), Words("people.adjectives-too")
LONGEST_TAIL = 14  # words of an office after its role
CYRILLIC = re.compile("[\u0400-\u04ff]")
TIME = pattern(r"<people.time-links> (?:<grammar.definite-articles:en> )?(?:\w+ ){0,2}?(?:<people.times>|(?:19|20)\d\d|\d{1,2})\b")


def office_start(row: str, words: Sequence[Word], role: int) -> int:
    """The index of the first word before a role that belongs to it: "foreign ministry", "Deputy Prime Minister and"."""
    k = role
    while k > 0 and role - k < 6 and row[words[k - 1].end : words[k].start] == " ":
        before = words[k - 1]
        if before.text.endswith(POSSESSIVE):
            break
        if before.low in AND:
            if not (k > 1 and is_role(words[k - 2].text) and gap(row, words, k - 2) == " "):
                break
        elif not (is_role(before.text) or before.low in RANKS or before.low in BODIES or _may_head(row, words, k - 1, role)):
            break
        k -= 1
    return k


def _may_head(row: str, words: Sequence[Word], k: int, role: int) -> bool:
    """True for a possible field or body of an office: capitalised like the role, or directly after punctuation, an article or a genitive."""
    word = words[k]
    if is_function_word(word.text) or word.low in DETERMINERS or word.low in OFFICE_OF or word.low in COPULAS or word.low in ENDS_OFFICE:
        return False
    if word.low in WEEKDAY_WORDS or word.low in MONTHS or word.low in HONORIFICS or SPEECH_VERB.fullmatch(word.text):
        return False
    if word.capital:
        opens = k == 0 or row[words[k - 1].end : word.start].strip() != ""
        return not (opens and word.text.endswith(NO_HEAD_ENDS.ends)) and word.text.isascii()
    if words[role].capital or not word.text.isascii():
        return False
    before = row[words[k - 1].end : word.start] if k else row[: word.start]
    return k + 1 == role and (
        before.endswith((", ", "“", '"', "‘", "” ", '" '))
        or (k > 0 and before == " " and (words[k - 1].low in DETERMINERS or words[k - 1].text.endswith(POSSESSIVE)))
    )


def behind_adjectives(row: str, words: Sequence[Word], role: int) -> int:
    """The index after a role and the adjectives that follow it in Romance languages: "portavoz militar", "ministre français"."""
    k = role + 1
    while k < len(words) and k - role < 3 and gap(row, words, k - 1) == " ":
        if words[k].low in FIELDS:
            k += 1
            continue
        if words[k].capital or not ADJECTIVE.fullmatch(words[k].text):
            break
        if (
            is_function_word(words[k].text)
            or (is_role(words[k].text) and words[k].text not in ADJECTIVES_TOO)
            or SPEECH_VERB.match(words[k].text)
        ):
            break
        k += 1
    return k


def office_end(row: str, words: Sequence[Word], role: int) -> int:
    """The end of an office: after its role, or after the words for its field or body."""
    k = behind_adjectives(row, words, role)
    if k >= len(words) or row[words[k - 1].end : words[k].start] not in (" ", " d’", " l’", " d'"):
        return k
    if words[k].low not in OFFICE_OF and not words[k].low.startswith(("d’", "l’", "d'")) and not CYRILLIC.match(words[k].text):
        return k
    while k < len(words) and k - role <= LONGEST_TAIL and row[words[k - 1].end : words[k].start] in (" ", "’ ", "' "):
        if TIME.match(row, words[k].start):
            break
        if (words[k].low in ENDS_OFFICE and words[k].low not in OFFICE_OF) or SPEECH_VERB.match(row, words[k].start):
            break
        k += 1
    while k > role + 1 and words[k - 1].low in OFFICE_OF:
        k -= 1
    return k
