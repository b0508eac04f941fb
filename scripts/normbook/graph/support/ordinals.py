"""Which number quoted words give a point: by an ordinal or a number, or by the place of the words in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from normbook.graph.support.lexicon import MOST_KEPT, find
from normbook.graph.support.turned import left_out
from normbook.languages.language import pattern, vocabulary

LY = "ly"
HAN = r"<numbers.cardinals:zh>{1,5}|\d{1,3}"
NUMBER = r"\d{1,3}|<numbers.cardinals:en>"
SEPARATOR = pattern(r"(?i)(?:[,;\u3001\uff0c\uff1b]|\b<counting.joints:en>\b|<counting.joints:zh>)(?:\s*<counting.joints>\b)?\s*")
MARKS = (  # of the number of a point
    r"\b(?P<ordinal><numbers.ordinals:en>)<grammar.adverb-endings:en>?\b",
    r"\b(?P<suffixed>\d{1,3})<dates.number-ends:en>\b",
    rf"(?<!\w)<counting.locators:en>\s*\(?(?P<located>{NUMBER})\b",
    rf"^\W*(?P<opening>{NUMBER})(?=\W|$)",
    rf"(?:<counting.before-numbers>|(?:^|[\u3002\uff1b;\s])<counting.before-items>(?=(?:{HAN})[\uff0c,]))(?P<di>{HAN})",
    rf"(?:^|[\u3002\uff1b;\uff0c,\uff1a:\s])<counting.before-items>?(?P<item>{HAN})(?=<counting.after-items>)",
    r"(?P<word><numbers.ordering:zh>)",
)
MARK = pattern(f"(?i){'|'.join(MARKS)}")


@lru_cache(MOST_KEPT)
def numbers_in(words: str) -> tuple[int, ...]:
    """The numbers that words give a point.

    >>> numbers_in("Fifthly, to respect"), numbers_in("第十二，各国"), numbers_in("Article 12 obliges"), numbers_in("三是加强")
    ((5,), (12,), (12,), (3,))
    """
    return tuple(_numbers(words))


def _numbers(words: str) -> Iterator[int]:
    """The first number of a point, and those that are joined with it: "point six builds on point two" is about the sixth."""
    end = None
    for match in MARK.finditer(words):
        kind = match.lastgroup
        if left_out(words, match.start(), "negation.other-texts") or (kind in ("ordinal", "suffixed", "di") and _counts_else(words, match)):
            continue
        if end is not None and not SEPARATOR.fullmatch(words, end, match.start()):
            return
        end = match.end()
        text = match[kind].lower() if kind else ""
        if kind == "ordinal":
            yield vocabulary().numbered("numbers.ordinals")[text]
        elif kind in ("suffixed", "located", "opening"):
            yield int(text) if text.isdigit() else vocabulary().numbered("numbers.cardinals")[text]
        elif kind in ("di", "item"):
            yield int(text) if text.isdigit() else _han(text)
        elif kind:
            yield vocabulary().numbered("numbers.ordering")[text]


def _counts_else(words: str, match: re.Match[str]) -> bool:
    """True if an ordinal counts what is no point: "third States", "for the second time", 第三方."""
    before, rest = words[: match.start()].rstrip()[-8:], words[match.end() : match.end() + 16]
    articles = find(before, "counting.indefinite")
    if rest.startswith("-") or (articles and articles[-1].end == len(before)):
        return True  # "second-hand", "every second carrier"
    if match.lastgroup != "di" and not before and rest[:1] == " " and not match[0].lower().endswith(LY):
        return not find(rest[1:], "counting.after-ordinals", "counting.locators", "counting.points")[:1]  # "First aid", not "First is"
    hits = find(rest.lstrip(), "counting.not-points", "counting.points")
    return bool(hits) and hits[0].start == 0 and hits[0].key == "counting.not-points"


def _han(text: str) -> int:
    """A Chinese number up to 99.

    >>> [_han(text) for text in ("三", "十", "十二", "二十一")]
    [3, 10, 12, 21]
    """
    digits = vocabulary().numbered("numbers.cardinals", "zh")
    ten = next(word for word, number in digits.items() if number == 10)
    tens, mark, units = text.rpartition(ten)
    return digits.get(units[-1:], 0) + (digits.get(tens[-1:], 1) * 10 if mark else 0)


def place_in(series: str, item: str) -> int | None:
    """The place of an item in a series of words, None if it is none of its items.

    >>> place_in("advocates the principles of openness, inclusiveness, security and trust", "security")
    3
    """
    parts = [part.strip(' .。”"') for part in SEPARATOR.split(series)]
    wanted = item.strip(" .。,，")
    found = [
        number
        for number, part in enumerate(parts, 1)
        if part.casefold() == wanted.casefold()
        or (number == 1 and part.casefold().endswith(wanted.casefold()))
        or (number == len(parts) and part.casefold().startswith(wanted.casefold()))
    ]
    return found[0] if len(found) == 1 and len(parts) > 1 else None


def numbered(exact: str, frames: Sequence[str], listed: int | None = None) -> set[int]:
    """The numbers that a quotation gives its point: of its frames, else of its own words, else by its place in a series or in a list."""
    for each in ([number for frame in frames for number in numbers_in(frame)], numbers_in(exact)):
        if each:
            return set(each)
    placed = {place for frame in frames if (place := place_in(frame, exact))}
    return placed or ({listed} if listed else set())
