"""Rules for ligatures (ff, fi, fl, ffi, ffl): copies of printed pages encode them as one character, split them off, or lose them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from normbook.cleaning.rule import rule
from normbook.languages.english import fragments, frequency, pairs, usual_words
from normbook.languages.language import Words, pattern
from normbook.text.characters import alphabet
from normbook.text.detection import is_english
from normbook.text.ledger import Edit, Flag
from normbook.text.lexicon import is_word
from normbook.text.line_cache import remembered, tokens_of

FORMS = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
LETTERS = "[^\\W\\d_]"
LEAST_APART = 3  # ligatures, all followed by a space, that show that the copy inserts a space after every ligature
INSIDE = frozenset("\ufb01\ufb02\ufb03\ufb04")  # ligatures that hardly any word ends with
WHOLE = 3  # letters before "ff" that may be the start of a word, or behind it the end
SMALL_WORDS = Words("grammar.function-words", "spacing.function-words", "wraps.openers", "wraps.suspending")
UNSURE = "N616"
IN_USE = 1e-6  # the least frequency of a word that is restored from one fragment
SELDOM = 1e-7  # the same if more of the word is left
UNUSED = 1e-6  # the greatest frequency of a fragment that does not count as a word
TIMES = 100  # how many times as frequent the restored word must be


@rule(
    "ligature",
    layer="character",
    summary="Ligature characters become letters, and a space that a copy inserted next to one inside a word is removed.",
    wrong_when=(
        "Wrong when a text is about these characters. In English the space is removed if the whole is a word and a part "
        "is not, in other languages only if no ligature of the text is followed by a letter."
    ),
    needs=FORMS,
    order=35,
)
def ligatures(text: str) -> Iterator[Edit]:
    """Edits that restore the letters.

    >>> [(edit.raw, edit.new) for edit in ligatures("it is the \\ufb01 rst of the di\\ufb00erences of the two")]
    [('ﬁ ', 'fi'), ('ﬀ', 'ff')]
    """
    if alphabet(text).isdisjoint(FORMS):
        return
    english = is_english(text)
    apart = not english and _sets_apart(text)
    for place in sorted(at for form in FORMS for at in _places(text, form)):
        yield from _form(text, place, english, apart)


def _places(text: str, form: str) -> Iterator[int]:
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + 1)


def _sets_apart(text: str) -> bool:
    """True if a space follows every ligature of a text with which hardly any word ends."""
    places = [at for form in INSIDE for at in _places(text, form)]
    return len(places) >= LEAST_APART and all(text[at + 1 : at + 2].isspace() for at in places)


BACK = pattern(f"({LETTERS}{{0,24}})( ?)\\Z")
AHEAD = pattern(f"( ?)({LETTERS}{{0,24}})")


def _form(text: str, at: int, english: bool, apart: bool) -> Iterator[Edit]:
    """The edits of one ligature: its letters, and the removal of a space next to it."""
    new = FORMS[text[at]]
    back, ahead = BACK.search(text, max(0, at - 25), at), AHEAD.match(text, at + 1)
    left, gap = (back[1], back[2]) if back else ("", "")
    space, right = (ahead[1], ahead[2]) if ahead else ("", "")
    start, end = at, at + 1
    if space and right:
        own = "" if gap else left  # the part of the word before it
        whole = _plain(own) + new + _plain(right)
        if english:
            if _is_word(whole) and not (_is_word(_plain(own) + new) and _is_word(_plain(right))):
                end = at + 2
        elif apart and right.islower() and right not in SMALL_WORDS and (text[at] in INSIDE or _is_inside(left, right)):
            end = at + 2
    if gap and left and english:
        rest = new + ("" if space and end == at + 1 else _plain(right))
        if _is_word(_plain(left) + rest) and not (_is_word(_plain(left)) and _is_word(rest)):
            start = at - 1
    yield Edit(start, end, text[start:end], new)


def _is_inside(left: str, right: str) -> bool:
    """True for the parts of a word around "ff" that are too short to be words: "e" and "ets"."""
    return len(left) < WHOLE or len(right) <= WHOLE


def _plain(part: str) -> str:
    """A part of a word with its ligatures spelt out."""
    return "".join(FORMS.get(character, character) for character in part)


def _is_word(word: str) -> bool:
    """True for a word that the dictionary has, with or without a capital."""
    return (is_word(word) or is_word(word.lower())) and frequency(word.lower()) > 0


PARTS = ("ffi", "ffl", "ff", "fi", "fl")
STANDING = pattern(r"(?<![\w-])(?P<left>[A-Za-z]{1,20} )?(?P<form>[Ff](?:f[il]?|[il]))(?P<right> [a-z]{1,20})?(?![\w-])")
STANDING_HINTS = tuple(f" {part} " for part in PARTS)
NOT_SPLIT = Words("spacing.before-fi")  # "wi fi"


def _may_stand(text: str, _: frozenset[str]) -> bool:
    """True if a text has the letters of a ligature between spaces."""
    return any(hint in text for hint in STANDING_HINTS) or text[:3] in ("Fi ", "Fl ")


@rule(
    "split-ligature",
    layer="token",
    summary="Spaces that a copy inserted around the letters of a ligature (o ff ice, fi rst) are removed.",
    wrong_when=(
        "Wrong when such letters are a word of their own. The rule works only in English, and only if exactly one way of joining them "
        "leaves nothing but dictionary words."
    ),
    may_find=_may_stand,
    order=5,
)
def split_ligatures(text: str) -> Iterator[Edit | Flag]:
    """Edits that remove such spaces.

    >>> [edit.start for edit in split_ligatures("The o ffi ce of the harbour is the fi rst of its kind")]
    [5, 9, 37]
    """
    if not _may_stand(text, frozenset()):
        return
    if not is_english(text):
        yield from _unjoined(text)
        return
    found = list(_standing(text))
    sure = {ways[0] for _, ways in found if len(ways) == 1}
    always = sure == {(True, True)} and len(found) > PROVEN
    for match, ways in found:
        left, form, right = (match["left"] or "").strip(), match["form"], (match["right"] or "").strip()
        both = bool(ways) and ways[0] == (True, True) and (always or _is_far_likelier(left, form, right))
        if len(ways) != 1 and not both:
            continue
        cut_left, cut_right = ways[0]
        if cut_left:
            yield Edit(match.start("form") - 1, match.start("form"), " ", "")
        if cut_right:
            yield Edit(match.end("form"), match.end("form") + 1, " ", "")


def _standing(text: str) -> Iterator[tuple[re.Match[str], list[tuple[bool, bool]]]]:
    """The letters of ligatures between spaces, each with the ways of joining them to the left and right that leave only words."""
    at = 0
    while match := STANDING.search(text, at):
        at = match.end("form")
        left, form, right = (match["left"] or "").strip(), match["form"], (match["right"] or "").strip()
        if left.lower() in NOT_SPLIT:
            continue
        ways = ((True, True, (left + form + right,)), (True, False, (left + form, right)), (False, True, (left, form + right)))
        yield (
            match,
            [
                (cut_left, cut_right)
                for cut_left, cut_right, words in ways
                if (left or not cut_left) and (right or not cut_right) and all(not word or _is_word(word) for word in words)
            ],
        )


UNJOINED = re.compile(r"(?<=[^\W\d_] )ff[il]?(?= [^\W\d_])")  # "fi" and "fl" are words or abbreviations in some languages


def _unjoined(text: str) -> Iterator[Flag]:
    """Flags at such letters in another language, whose words the package does not know."""
    for match in UNJOINED.finditer(text):
        yield Flag(UNSURE, match.start(), match.end(), f"{match[0]!r} stands apart and may belong to a word; it is not changed")


def _is_far_likelier(left: str, form: str, right: str) -> bool:
    """True if the one word that three parts make is much more frequent than both pairs of words: "office", not "off ice"."""
    whole, one, two = (left + form + right).lower(), left.lower(), right.lower()
    pairs_of_words = max(frequency(one + form) * frequency(two), frequency(one) * frequency(form + two))
    return frequency(whole) > IN_USE and frequency(whole) > TIMES * pairs_of_words


CONTROLS = "".join(map(chr, [0, *range(1, 9), 0x0B, *range(0x0E, 0x20)]))
ACCENTS = "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da"  # the positions of ligatures in TeX fonts, as characters
MAC = {"Þ": ("fi",), "ß": ("fl",)}  # those of Mac Roman, decoded as Latin-1
STAND_INS = CONTROLS + ACCENTS + "".join(MAC) + "\ue000\uf001\uf002"
ANYTHING = ("fi", "fl", "ff", "ffi", "ffl", "ft", "tt", "ti", "fj")
STAND_IN = pattern(f"(?<![^\\W])(?P<left>[A-Za-z]*)(?P<mark>[{re.escape(STAND_INS)}])(?P<right>[a-z]*)(?![^\\W])")


def _may_stand_in(text: str, letters: frozenset[str]) -> bool:
    """True if an English text has a character that may be a damaged ligature."""
    return not letters.isdisjoint(STAND_INS) and is_english(text)


@rule(
    "lost-ligature",
    layer="encoding",
    summary="A control character, a stray accent, Þ or ß that replaced a ligature inside an English word becomes its letters.",
    wrong_when=(
        "Wrong when another character was lost there. So exactly one ligature must make a word or, if two do, one of them must be what "
        "the same character replaced elsewhere in the text. Other cases are flagged."
    ),
    needs=STAND_INS,
    may_find=_may_stand_in,
    order=15,
)
def lost_ligatures(text: str) -> Iterator[Edit | Flag]:
    """Edits that restore the letters.

    >>> [edit.new for edit in lost_ligatures("The o\\x00ce of the harbour is in the \\u02dbrst of the houses") if isinstance(edit, Edit)]
    ['ffi', 'fi']
    """
    if alphabet(text).isdisjoint(STAND_INS) or not is_english(text):
        return
    found = [(match, _meant(match["left"], match["mark"], match["right"])) for match in STAND_IN.finditer(text)]
    found = [(match, parts) for match, parts in found if match["left"] or match["right"]]
    usual = {(match["mark"], *parts) for match, parts in found if len(parts) == 1}
    for match, parts in found:
        certain = parts if len(parts) == 1 else tuple(part for part in parts if (match["mark"], part) in usual)
        if len(certain) == 1:
            part = certain[0]
            new = part.capitalize() if not match["left"] and match["right"][:1].isupper() else part
            yield Edit(match.start("mark"), match.end("mark"), match["mark"], new)
        elif match["mark"] in ACCENTS:
            yield Flag(UNSURE, match.start(), match.end(), f"{match[0]!r} may have lost a ligature; it is not changed")


def _meant(left: str, mark: str, right: str) -> tuple[str, ...]:
    """The ligatures that make a word in place of a character, without those whose word is much rarer than another's."""
    uses = {part: frequency((left + part + right).lower()) for part in MAC.get(mark, ANYTHING) if _is_word(left + part + right)}
    least = max(SELDOM, max(uses.values(), default=0.0) / TIMES)
    return tuple(part for part, use in uses.items() if use >= least)


def is_used(part: str) -> bool:
    """True for a word that is in use."""
    return is_word(part) and frequency(part) > UNUSED


TWO = pattern(r"(?<![\w’'.-])(?=(?P<left>[A-Za-z]{1,20}) (?P<right>[a-z]{1,20})(?![\w’'-]))")
ALONE = pattern(r"(?<![\w’'.@/-])[a-z]{2,20}(?![\w’'@/-])")
LONGEST_HALF = 7  # code points of the start of a word up to its first f
PROVEN = 2  # certain words that show that the copy loses ligatures


@remembered(2)
def _may_be_dropped(text: str, _: frozenset[str]) -> bool:
    """True if an English text has such a fragment."""
    if not is_english(text):
        return False
    words = " ".join(tokens_of(text) - _whole_words()).replace(",", " ").replace(".", " ").split()
    return not fragments().isdisjoint(words) or _has_half(words)


@cache
def _whole_words() -> frozenset[str]:
    """The usual words that are no such fragment."""
    return frozenset(word for word in usual_words() - fragments() if word[-1] != "f")


def _has_half(words: Iterable[str]) -> bool:
    """True if a word is the start of one with "ff", as where a copy lost the second letter: "af ect"."""
    halves = {word.lower() for word in words if word[-1] == "f" and len(word) < LONGEST_HALF}
    return any(not is_used(word) for word in halves)


HALF = re.compile(r"(?<![\w’'.-])(?P<left>[A-Za-z]{1,5}f) (?P<right>[a-z]{1,15})(?![\w’'-])")


def _halves(text: str) -> Iterator[Edit]:
    """The edits that restore the second of two letters: neither fragment is a word in use, and the whole is."""
    for match in HALF.finditer(text) if _has_half(text.split()) else ():
        left, right = match["left"].lower(), match["right"]
        whole = left + "f" + right
        if not is_used(left) and not is_used(right) and is_word(whole) and frequency(whole) > IN_USE:
            yield Edit(match.end("left"), match.start("right"), " ", "f")


@rule(
    "dropped-ligature",
    layer="token",
    summary="The letters of a ligature that a copy dropped, or replaced by a space, are restored (a ected, classi es).",
    wrong_when=(
        "Wrong when a fragment is a word or a name that the dictionary does not have. The rule works only in English, and only if exactly one "
        "word in use has these fragments and they are not words. Words that lost their first or last letters are restored only if the copy "
        "lost other ligatures; fragments of several possible words are flagged."
    ),
    may_find=_may_be_dropped,
    order=6,
)
def dropped_ligatures(text: str) -> Iterator[Edit | Flag]:
    """Edits that restore the letters.

    >>> [(edit.raw, edit.new) for edit in dropped_ligatures("The rules a ect the traf c of the harbour and its ships")]
    [(' ', 'ff'), (' ', 'fi')]
    """
    if not _may_be_dropped(text, frozenset()):
        return
    yield from _halves(text)
    found = [(match, parts) for match in TWO.finditer(text) if (parts := pairs().get((match["left"].lower(), match["right"])))]
    found = [(match, parts) for match, parts in found if not (is_used(match["left"].lower()) and is_used(match["right"]))]
    sure = [(match, parts) for match, parts in found if len(parts) == 1 and _is_plainly_broken(match["left"].lower(), match["right"])]
    edits = [Edit(match.end("left"), match.start("right"), " ", parts[0]) for match, parts in sure]
    places = {edit.start for edit in edits}
    for match, _ in found:
        if match.end("left") not in places:
            yield Flag(
                UNSURE,
                match.start("left"),
                match.end("right"),
                f"'{match['left']} {match['right']}' may have lost a ligature; it is not changed",
            )
    yield from edits
    if len(edits) < PROVEN:
        return
    taken = [(match.start("left"), match.end("right")) for match, _ in found]
    for match in ALONE.finditer(text):
        if not is_used(match[0]) and not any(start <= match.start() < end for start, end in taken):
            yield from _around(match)


def _is_plainly_broken(left: str, right: str) -> bool:
    """True for two fragments that no text has next to each other."""
    return (
        len(left) + len(right) > 3
        and (len(right) > 1 or not is_used(left))
        and not (is_used(left) and is_word(right) and frequency(right) > UNUSED / 10)
    )


def _around(match: re.Match[str]) -> Iterator[Edit | Flag]:
    """The edit that completes a fragment at its start or end."""
    word = match[0]
    words = [(at, part) for part in PARTS for at in (0, len(word)) if _restores(word, word[:at] + part + word[at:])]
    if len(words) == 1:
        at, part = words[0]
        yield Edit(match.start() + at, match.start() + at, "", part)
    elif words:
        yield Flag(UNSURE, match.start(), match.end(), f"{word!r} may have lost a ligature; it is not changed")


def _restores(fragment: str, word: str) -> bool:
    return frequency(word) > max(IN_USE, TIMES * frequency(fragment)) and is_word(word)
