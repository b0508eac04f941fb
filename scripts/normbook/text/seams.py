"""Where a token of an English text falls apart beside a bracket, a quotation mark, a number or a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.languages.language import Words, pattern
from normbook.text.calendar_words import MONTHS
from normbook.text.lexicon import FUNCTION_WORDS, frequency, is_name, is_word

USED = 2e-6
OFTEN = 2e-5
ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{1,6}s?\Z")
OPENING = re.compile(r"(?<![\w.])(?P<one>[A-Za-z]{3,})\((?P<inside>[A-Za-z][A-Za-z-]*)(?P<close>\)|(?=[,;:]|\Z))")
CLOSING = re.compile(r"\)[”’]?(?P<two>[A-Za-z]{2,})(?![\w’'(])")
QUOTE = re.compile(r"(?<![^\W\d_])(?P<one>[A-Za-z]{2,})(?=[“«][A-Za-z])")
SHORTENED = pattern(r"(?P<one>(?:<spacing.shortened>|[a-z]+n)[’'](?:ll|ve|re|d|m|s|t))(?P<two>[a-z]{2,})\Z", re.IGNORECASE)
DATED = re.compile(r"(?P<one>[A-Za-z][a-z]{1,8})(?P<two>\d{1,4})(?:[-–]\d{2,4}|[’']?s)?\Z")
BEFORE_SHORTENED = pattern(
    r"(?P<one>[a-z]{3,})(?P<two>(?P<stem><spacing.before-shortened>|<spacing.shortened-verbs>n)[’'](?:ll|ve|re|d|s|t))\Z"
)
PARTIAL = Words("spacing.partial-prefixes")
BEFORE_YEAR = Words("grammar.function-words", "spacing.before-year")

INTO_NAME = re.compile(r"(?P<one>[a-z]{2,12})(?P<two>[A-Z][a-z]{2,}|[A-Z]{2,6})\Z")
REPORTING = Words("spacing.reporting")
BROKEN_WORDS = Words("spacing.word-endings")


def seams_of(token: str) -> Iterator[tuple[int, bool]]:
    """The places where a space was lost, each with whether it proves that the copy glues words.

    >>> list(seams_of("ofChina")), list(seams_of("Council(NERC)and")), list(seams_of("friend(s)")), list(seams_of("print(value)"))
    ([(2, True)], [(7, True), (13, True)], [], [(5, False)])
    """
    if "(" in token or ")" in token:
        yield from _brackets(token)
    if "“" in token or "«" in token:
        yield from ((match.end("one"), True) for match in QUOTE.finditer(token) if _is_known(match["one"]))
    token = token.rstrip(".,;:!?\"'”’»")
    if "’" in token or "'" in token:
        if match := SHORTENED.match(token):
            two = match["two"]
            if two in FUNCTION_WORDS or (len(two) > 2 and frequency(two) >= OFTEN and is_word(two)):
                yield match.start("two"), True
        elif (match := BEFORE_SHORTENED.match(token)) and _is_before(match["one"], match["stem"]):
            yield match.start("two"), True
    if (
        (token[-1:].isdigit() or token[-2:-1].isdigit() or token[-3:-2].isdigit())
        and (match := DATED.match(token))
        and _is_dated(match["one"], match["two"])
    ):
        yield match.start("two"), True
    if token.isalpha():
        yield from _into_names(token)


def _is_known(word: str) -> bool:
    return is_word(word.lower()) or is_word(word)


def _is_before(one: str, stem: str) -> bool:
    """True for a word in use before a shortened one: "speakersaren’t", and not "profit’s"."""
    return frequency(one) >= USED and is_word(one) and frequency(one + stem) == 0 and not is_word(one + stem)


def _is_dated(one: str, two: str) -> bool:
    year = len(two) == 4 and two[:2] in ("19", "20")
    return (one.istitle() and one.lower() in MONTHS and (year or len(two) < 3)) or (one.lower() in BEFORE_YEAR and year)


def _brackets(token: str) -> Iterator[tuple[int, bool]]:
    for match in OPENING.finditer(token):
        one, inside = match["one"], match["inside"]
        if not _is_known(one) or inside in BROKEN_WORDS or inside in PARTIAL or len(inside) < 2:
            continue
        if ACRONYM.match(inside):
            yield match.end("one"), True
        elif match["close"]:
            if len(one) > 3 and len(inside) > 3 and not is_word(one + inside) and is_word(inside.lower()):
                yield match.end("one"), False
        elif ")" not in token and _is_known(inside) and (token[-1] != "," or inside.istitle()):
            yield match.end("one"), True
    for match in CLOSING.finditer(token):
        two = match["two"]
        opened = token.find("(")
        inside = token[opened + 1 : match.start()] if 0 <= opened < match.start() else ""
        common = two in FUNCTION_WORDS and len(two) > 1
        if inside in PARTIAL or (opened == 0 and (inside.islower() or len(inside) < 2) and not (common and len(inside) > 3)):
            continue  # (re)gain, (s)he
        if common or (
            (not inside or len(inside) > 2 or inside.isupper()) and len(two) > 2 and frequency(two.lower()) >= USED and _is_known(two)
        ):
            yield match.start("two"), True


def _into_names(token: str) -> Iterator[tuple[int, bool]]:
    if (match := INTO_NAME.match(token)) and frequency(token.lower()) == 0:
        one, two = match["one"], match["two"]
        if one in FUNCTION_WORDS:
            if two.isupper() or (is_name(two) and len(two) > 3):
                yield match.start("two"), not two.isupper()
        elif len(one) > 3 and (two.isupper() or is_name(two)) and frequency(one) >= OFTEN and is_word(one):
            yield match.start("two"), False
    elif token.istitle() and frequency(token.lower()) == 0:
        for verb in REPORTING:
            name = token[: -len(verb)]
            if token.endswith(verb) and len(name) > 3 and is_name(name) and not is_word(token):
                yield len(name), True
                return
