"""Ends of sentences: those that the library pysbd proposes, corrected by abbreviations and by the words around a full stop.

"He met Sen. Holm in St. Brenda." is one sentence; "The pact has three parts. Holm signed it." is two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from normbook.languages.language import Words, pattern, simplified, vocabulary
from normbook.text.lexicon import is_common_only
from normbook.text.offices import ALSO_SAID, SAID

LONGEST_PARAGRAPH = 4_000  # code points
NEAR = 60  # code points on each side of a full stop that decide whether a sentence ends there
LONGEST_QUOTED = 400  # code points before a full stop in which a quotation mark or title mark may be open
STOP = re.compile(r"[.!?][”\"’)]?\s+|[。！？][”」』]?")
SURROGATES = re.compile("[\ud800-\udfff]")  # undecodable bytes: the library does not accept them, and each is one code point
WIDE_SPACES = re.compile(r"[^\S\n\t ]")  # at one of these after a capital the library ends a sentence
# an abbreviation before a full stop: "No", "z. B", "U.S.A"
SHORTENED = re.compile(r"(?:[^\W\d_]{1,4}\.[ \u00a0]?){0,3}[^\W\d_]{1,12}\Z")
TOKEN = re.compile(r"(?:\A|(?<=[. \u00a0]))[^\W\d_]")
CODE = re.compile(r"[(\[]?(?:\d|[IVXLC]+\b|[A-Z]{1,4}[/-]\w|[A-Z]\d|[A-Z]\b(?! [a-z]))")
LETTER = re.compile(r"(?:\A|[^\w.°])[^\W\d_]\Z")
# initials without a space: with a hyphen, or in a script in which states are not abbreviated like this
INITIALS = re.compile(r"(?:\A|[^\w.])(?:[^\W\d_]\.-[^\W\d_]|[\u0410-\u042f]\.[\u0410-\u042f])\Z")
NUMBERED = "abbreviations.numbered"
NUMBER_BEFORE = re.compile(r"(?:\A|[^\w.,])\d{1,3}\Z")
BEHIND_NUMBER = re.compile(r"\d [^\W\d_]\Z")  # "2020 AD" in Arabic, no title
HOUR = re.compile(r"\d\s?[ap]\.\s?m\Z")
SECTION = re.compile(r"\d{1,4}-\d")  # the number of a section of a code, after the letter of its part: "L. 121-3"
ZONE = pattern(r"[A-Z]{2,5}\b|(?:[A-Z][a-z]+ ){1,3}<abbreviations.zone-ends:en>\b")
ONLY_MARK = re.compile(r"[(\[“\"]?(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])\.")
PART = pattern(r"[“\"(]?<abbreviations.parts> (?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\.")
LETTERED = pattern(r"\b<abbreviations.parts> [A-Z]\.?\Z")
ORDINAL = pattern(r"(?i)\b<abbreviations.before-ordinals:de> \d{1,3}\.\Z")
ROMAN = re.compile(r"[^\W\d_] [IVX]{2,5}\Z")  # the number of a ruler or a part at the end of a sentence
# a question or exclamation in quotation marks, and its speaker
ASKED = re.compile(r"[?!？！…][”\"»’]\Z")
NAMED = r"(?:[A-ZÀ-Þ][\w.’-]{0,24} ){1,4}"
ASKER = pattern(rf"(?:{NAMED}|<abbreviations.askers:en> )(?:{SAID}|{ALSO_SAID}|<abbreviations.asked>)\b(?! <grammar.that:en>\b)")
HAN_QUOTED = re.compile(r"[。！？][”\"」』]\Z")
HAN_SAYER = pattern(r"[\u4e00-\u9fff·]{1,12}?(?:<speech.said:zh>|<speech.ask>|<abbreviations.asked:zh>)(?:[。！？]|[，：]?[“\"「『]|$)")
QUOTATIVES = Words("speech.quotatives")  # what follows a quotation in Japanese
CAPITAL_BEHIND = re.compile(r"[“\"(]?[A-ZÀ-Þ\u0410-\u042f]")
TRAILED = re.compile(r"…[”\"»’]\s+(?=[“\"«(]?[A-ZÀ-Þ\u0410-\u042f])")  # a quotation that trails off, before a new sentence
FOOTNOTE = re.compile(
    r"(?<=[^\W\d_]{3}[.!?])[”\"’)]?(?:\d{1,3}(?:[,–-]\d{1,3}){0,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|\[\d{1,3}\])(?=\s+[“\"(]?[A-ZÀ-Þ\u0410-\u042f])"
    r"|(?<=[。！？])[”」]?(?:\[\d{1,3}\]|[①-⑳])"
)
BEFORE_NUMBER = re.compile(
    r"[.!?。！？][”\"’)」]?[\d\[①-⑳\u00b9\u00b2\u00b3\u2070-\u2079]"
)  # a text without this has no number of a footnote
LONGEST_SHORTENED = 30  # code points of a match of SHORTENED; without a full stop it is a single word
LONGEST_WORD = 12
LONGEST_NUMERAL = 7  # code points of a match of ROMAN
ENDED = re.compile(r"[.!?。！？…:;][^\w\s]*\d*\Z")
DECIMAL = re.compile(r"[0-9０-９][.．]\Z")
OPENINGS = {"”": "“", "’": "‘", "»": "«", "」": "「", "』": "『"}
ADDRESSES = ("http", "www.")
OTHER_STOPS = re.compile(r"[\u0589\u1362\u104b\u17d4\u1803]\s*")  # of Armenian, Ethiopic, Burmese, Khmer and Mongolian
TITLE_MARKS = {"《": "》", "〈": "〉"}


class Abbreviations(NamedTuple):
    """The abbreviations that end with a full stop, by what may follow them."""

    titles: frozenset[str]  # a name
    numbered: frozenset[str]  # a number or a code
    inside: frozenset[str]  # more of the sentence
    last: frozenset[str]  # more of the sentence, or the next one
    openers: frozenset[str]  # function words, which start a sentence rather than continue a name

    def opens(self, words: str) -> bool:
        """True if the first of these words starts a sentence."""
        return words.split(maxsplit=1)[0].strip('“"(,').lower() in self.openers


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The spans of the sentences of a text, without the spaces around them; sentences and spaces cover the text exactly.

    >>> [ "U.S. data. It is"[a:b] for a, b in sentences("U.S. data. It is") ]
    ['U.S. data.', 'It is']
    """
    if len(text) <= LONGEST_PARAGRAPH:
        return _sentences_of(text, language)
    spans, at = [], 0
    for end in _cuts(text):
        spans += [(at + start, at + last) for start, last in _sentences_of(text[at:end], language)]
        at = end
    return spans


def _cuts(text: str) -> Iterator[int]:
    """Where a very long paragraph is cut first, after a sentence or at a space: the library's time grows faster than the text."""
    at = 0
    while at < len(text):
        limit = at + LONGEST_PARAGRAPH
        ends = [match.end() for match in STOP.finditer(text, limit - 1000, limit)] if limit < len(text) else [len(text)]
        space = text.rfind(" ", at + 1, limit) + 1
        at = ends[-1] if ends else space or min(limit, len(text))
        yield at


def _sentences_of(text: str, language: str) -> list[tuple[int, int]]:
    """The sentence ends that the library proposes, without the wrong ones and with those that it misses."""
    ends, at = [], 0
    plain = text if text.isascii() and text.isprintable() else WIDE_SPACES.sub(" ", _encodable(text))
    for part in _splitter()(language, plain):
        at += part["end_index"] - part["start_index"]
        ends.append(at)
    if at != len(text):
        ends = [len(text)]
    known = _abbreviations(language)
    missed = [end for end in _missed(text, known) if not _is_near(ends, end)]
    spans, start = [], 0
    for end in sorted({*ends, *missed}):
        words = text[start:end].strip()
        if not words or (end < len(text) and _goes_on(text, start, end, known)):
            continue
        first = text.index(words[0], start)
        spans.append((first, first + len(words)))
        start = end
    if text[start:].strip():
        spans.append((start + len(text[start:]) - len(text[start:].lstrip()), len(text.rstrip())))
    return spans


def _encodable(text: str) -> str:
    """The same text with a sign for each byte that could not be decoded."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return SURROGATES.sub("\ufffd", text)
    return text


def _is_near(ends: list[int], end: int) -> bool:
    """True if the library ends a sentence at an offset, with or without the following space."""
    k = bisect_left(ends, end)
    return k < len(ends) and ends[k] - end <= 1


def _missed(text: str, known: Abbreviations) -> Iterator[int]:
    """Sentence ends that the library misses: after the number of a footnote, and after a word that only looks like an abbreviation."""
    for match in FOOTNOTE.finditer(text) if BEFORE_NUMBER.search(text) else ():
        if not _shortened(text[max(match.start() - NEAR, 0) : match.start() - 1]) & (known.numbered | known.titles):
            yield match.end()
    for match in TRAILED.finditer(text) if "…" in text else ():
        yield match.end()
    for match in () if text.isascii() else OTHER_STOPS.finditer(text):
        yield match.end()
    for match in STOP.finditer(text):
        if text[match.start()] != ".":
            continue
        behind = text[match.end() : match.end() + NEAR]
        if not CAPITAL_BEHIND.match(behind):
            if "\u0621" <= behind[:1] <= "\u064a" and BEHIND_NUMBER.search(text, max(match.start() - NEAR, 0), match.start()):
                yield match.end()  # a year and its era
            continue
        found = _shortened(text[max(match.start() - NEAR, 0) : match.start()])
        opens = known.opens(behind) and not behind[:2].isupper()
        if ")" in match[0] and _is_whole_in_brackets(text, match.start()):
            yield match.end()
            continue
        left = text[max(match.start() - NEAR, 0) : match.start()]
        lettered = _is_lettered(left) and not PART.fullmatch(text[: match.start() + 1].strip())
        if (
            lettered
            or (opens and (found & known.last or ROMAN.search(left[-LONGEST_NUMERAL:])))
            or (found & known.numbered and any(map(str.islower, found)) and not CODE.match(behind))
        ):
            yield match.end()


def _is_whole_in_brackets(text: str, stop: int) -> bool:
    """True if the bracket that closes behind a full stop opened at the start of a sentence: "He left. (She stayed.) All slept."."""
    opening = text.rfind("(", max(stop - LONGEST_QUOTED, 0), stop)
    before = text[:opening].rstrip()
    return (
        opening >= 0 and ")" not in text[opening:stop] and text[opening + 1 : opening + 2].isupper() and before[-1:] in ("", ".", "!", "?")
    )


def _goes_on(text: str, start: int, end: int, known: Abbreviations) -> bool:
    """True if the sentence that starts at `start` does not end at `end`."""
    left, right = text[max(start, end - NEAR) : end].rstrip(), text[end : end + NEAR].lstrip()
    bare = left.rstrip('”"’)]»')
    if not right or not bare:
        return not right
    apart = text[end - 1].isspace() or text[end].isspace()
    ending = left[-2:]  # all that the patterns of marks at its end look at
    if (left[-1] in ".．" and DECIMAL.search(ending) and not apart and right[0].isdigit()) or _is_in_title(
        text[max(start, end - LONGEST_QUOTED) : end]
    ):
        return True
    if right[0] in ":,;)" or (right[0].islower() and not ENDED.search(left)):
        return True
    if ASKED.search(ending) and (right[0].islower() or (ASKER.match(right) and not _is_introduced(text[start:end]))):
        return True
    quoted = not ending.isascii() and HAN_QUOTED.search(ending) is not None
    if quoted and right.startswith(QUOTATIVES.ends):
        return True
    if quoted and HAN_SAYER.match(simplified(right)) and not _is_introduced(text[start:end]):
        return True
    if not left.endswith("."):
        return False
    if right.startswith("& "):
        return True  # "Com. & Adm."
    if not apart:
        return (right[0].isalnum() and right[0] < "\u2e80") or (right[0] == "-" and right[1:2].isalnum())
    whole = text[start:end].strip()
    return (
        ONLY_MARK.fullmatch(whole) is not None
        or PART.fullmatch(whole) is not None
        or (left[-2:-1].isdecimal() and right[0].isupper() and ORDINAL.search(left) is not None)
        or _is_shortened(left[:-1], right, known)
    )


def _is_shortened(left: str, right: str, known: Abbreviations) -> bool:
    """True if the full stop after these words belongs to an abbreviation and the sentence continues."""
    if not left or left.endswith("."):
        return False  # an ellipsis
    found = _shortened(left)
    if found & known.inside or (found & known.titles and not BEHIND_NUMBER.search(left)):
        return True
    if found & known.numbered and CODE.match(right):
        return True
    if left[-1].isdigit() and (right[0].islower() or right[0] == "§") and NUMBER_BEFORE.search(left):
        return True  # an ordinal number, as in Turkish, Hungarian and others
    if right[0].islower() or right[0] in "[(":
        return bool(found & known.last) or (right[0].islower() and not right.startswith(ADDRESSES) and _is_short(left))
    if left[-1] == "m" and HOUR.search(left) and ZONE.match(right):
        return True
    lettered = left[-1].isupper() and LETTER.search(left[-2:]) is not None
    if lettered and SECTION.match(right):
        return True
    if left[-1].isupper() and right[0].isupper() and INITIALS.search(left):
        return not known.opens(right)
    if not (lettered and right[0].isupper()) or _is_lettered(left):
        return False
    word = right.split(maxsplit=1)[0].rstrip(",")
    before = left[:-1].rpartition(" ")[0].rpartition(" ")[2] if left[-2:-1] == " " else ""
    return not known.opens(right) and not (before[:1].islower() and is_common_only(word))


def _is_lettered(left: str) -> bool:
    """True for words that end with a part named by a letter: "Annex B"."""
    return "A" <= left.removesuffix(".")[-1:] <= "Z" and LETTERED.search(left) is not None


def _is_short(left: str) -> bool:
    """True for words that end with a short word or a word with a full stop inside, like abbreviations."""
    word = left.rpartition(" ")[2].lstrip('(“"')
    return (len(word) < 5 or "." in word) and word.replace(".", "").replace("-", "").isalpha()


def _shortened(left: str) -> set[str]:
    """The possible abbreviation before a full stop: the last word and the dotted words before it, without spaces."""
    if not left[-1:].isalnum():
        return set()
    size = len(left)
    dotted = left.find(".", max(size - LONGEST_SHORTENED, 0)) >= 0
    match = SHORTENED.search(left, max(size - (LONGEST_SHORTENED if dotted else LONGEST_WORD), 0))
    if not match:
        return set()
    words = match[0]
    return {words[each.start() :].replace(" ", "").replace("\u00a0", "") for each in TOKEN.finditer(words)}


def _is_introduced(words: str) -> bool:
    """True if the words before the last quotation of a sentence name its speaker, as a comma or colon shows."""
    bare = words.rstrip()
    opening = OPENINGS.get(bare[-1], bare[-1])
    return bare[: max(bare.rfind(opening, 0, len(bare) - 1), 0)].rstrip()[-1:] in tuple(",:，：")


def _is_in_title(words: str) -> bool:
    """True if a Chinese title mark is open at the end of these words."""
    return not words.isascii() and any(words.rfind(opening) > words.rfind(closing) for opening, closing in TITLE_MARKS.items())


@cache
def _abbreviations(language: str) -> Abbreviations:
    """The abbreviations of a language and of English; those before numbers of all languages for one that has no file."""
    kinds = (("abbreviations.titles", True), (NUMBERED, True), ("abbreviations.inside", True), ("abbreviations.last", False))
    found = []
    with_file = {each.code for each in vocabulary().languages}
    for key, opens in kinds:
        own = Words(key) if key == NUMBERED and language not in with_file else Words(key, part=language)
        words = {*own, *Words(key, part="en")}
        found.append(frozenset(words | ({word[0].upper() + word[1:] for word in words} if opens else set())))
    openers = {*Words("grammar.function-words"), *Words("spacing.function-words", "wraps.openers", part=language)}
    titles, numbered, inside, last = found
    return Abbreviations(titles, numbered, inside, last, frozenset(openers))


@cache
def _splitter():  # type: ignore[no-untyped-def]
    from sentencex import get_sentence_boundaries

    return get_sentence_boundaries
