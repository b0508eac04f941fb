"""What is seen at the end of a line between two lines, read from these two alone and remembered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from normbook.text.lexicon import is_common_only, is_function_word, is_word
from normbook.text.lines import BYLINE, CLOSERS, is_title
from normbook.text.segments import Role

MOST_SEAMS = 1 << 12  # pairs of lines that are remembered
CLOSING = CLOSERS + " "
STOPS = frozenset(".!?。！？…।۔؟")
LISTED = re.compile(r"[;；](?: (?:and|or))?\Z")
SPEAKER = re.compile(r"(?:[A-Z][\w.’-]*(?: (?:[A-Z][\w.’-]*|of|the|for|and)){0,6}|[\u4e00-\u9fff]{1,14}) ?[:：](?: |$|(?<=：))")
SHORTEST = 50  # code points; a shorter line above a break may be verse, an address or a menu
SHORTEST_IN_PROSE = 30  # unless the words themselves run on
LONGEST_WORD = 40
OTHER_OPENERS = frozenset(
    "die der das den dem des und oder von zu zur zum mit für im auf le la les du et à aux un une ou par pour sur el los las y del que con para por и в на с о по для из или "
    "ihre ihren ihrer ihr seine seinen seiner einen einer eine ein keine keinen diese dieser diesem dass sich bei nach über unter durch wie leur leurs ses cette ces qui dans avec sans dont su sus una sobre entre como что как от при без за".split()
)
PARTICLES = frozenset(
    "about after all also any before here not off on out over so some such though through under up yet".split()
)  # they may end a title too
ENTRY = re.compile(r"[\w.’'-]+(?: [\w.’'-]+){0,2} [–—-] (?=\S)")  # a term and its definition
WORK = re.compile(r"(?:[A-Z]\. ?){1,3}[A-Z][\w’-]+, [A-Z]")  # the entry of a book: its author with initials
CLOCKED = re.compile(r"\d{1,2}[.:h]\d{2}\b")  # an hour of a programme
NOTE_HEAD = re.compile(r"\[\d{1,3}\]")
NOTE_MARKS = re.compile(r"(?:\[\d{1,3}\])+\Z")
QUOTED = re.compile(r">[> ]*")
CAPITALISED = r"[A-Z][a-z]+(?:-[a-z]+)?(?![^\W\d_]|[’'-][^\W\d_])"  # a whole word
CAPITALS = re.compile(f"{CAPITALISED}(?: {CAPITALISED})*")
BROKEN_WORD = re.compile(r"([^\W\d_]+)-\Z")
FIRST_PART = re.compile(r"[^\W\d_]+")


class Seam(NamedTuple):
    """Two lines of prose between which a sentence may have been broken, and what is seen there."""

    one: str
    two: str
    ends: bool  # the first line ends a sentence
    runs_on: bool  # the words go on: the second opens in lower case, or the first ends in a word that opens something
    first_word: int  # code points of the second line's first word
    listed: bool  # the first line ends as an item does
    entry: bool  # the second line is a term with its definition: no break of a sentence in a text that has several
    label: bool  # the second line is a short title below a sentence: none either, unless a blank line or an item follows


@lru_cache(maxsize=MOST_SEAMS)
def seam(one: str, role: Role, two: str, role_below: Role) -> Seam | None:
    """What is seen between two lines; None where no sentence was broken."""
    if role not in ("paragraph", "dateline", "item", "headline") or role_below not in ("paragraph", "headline"):
        return None
    if role == "headline":
        if not (two[:1].islower() or (role_below == "headline" and is_function_word(one.rpartition(" ")[2]))):
            return None
    elif role_below == "headline":
        return None
    last, head = one.rstrip(), two.lstrip()
    if last[-1:] in (":", "：") or _opens_anew(head):
        return None
    if head[:1] == ">" or last[:1] == ">":
        if not (head[:1] == ">" and last[:1] == ">"):
            return None
        head = QUOTED.sub("", head, count=1)
        if not head or last.strip("> ") == "":
            return None
    if (head[0].isdigit() and CLOCKED.match(head)) or (head[1:2] == "." and WORK.match(head)):
        return None
    ends = ends_sentence(last)
    label = len(head) < SHORTEST_IN_PROSE and not ends_sentence(head) and is_title(head) and ends
    runs_on = head[:1].islower() or (last[-1:] in ",，、-" and (len(last) >= SHORTEST or not head[:1].isupper())) or opens_more(last)
    return Seam(one, two, ends, runs_on, len(head.split(" ", 1)[0]), is_listed(one), is_entry(head), label)


def _opens_anew(head: str) -> bool:
    """True for a line that opens with a speaker, the number of a note or a byline."""
    if (":" in head or "：" in head) and SPEAKER.match(head):
        return True
    return (head[0] == "[" and NOTE_HEAD.match(head) is not None) or (head[0] in "BbPVА" and BYLINE.match(head) is not None)


def is_entry(row: str) -> bool:
    """True for a term and its definition."""
    return (" - " in row or " – " in row or " — " in row) and ENTRY.match(row) is not None


def opens_more(row: str) -> bool:
    """True for a line whose last word opens something that must follow it."""
    word = row.rpartition(" ")[2]
    return (is_function_word(word) and word.lower() not in PARTICLES) or word in OTHER_OPENERS


def is_listed(row: str) -> bool:
    """True for a line that ends as an item of a list does."""
    return LISTED.search(row[-6:]) is not None


def ends_sentence(row: str) -> bool:
    """True for a line that ends a sentence."""
    bare = (NOTE_MARKS.sub("", row) if row[-1:] == "]" else row).rstrip(CLOSING)
    return bare[-1:] in STOPS


@lru_cache(maxsize=MOST_SEAMS)
def mend(one: str, two: str) -> tuple[int, int, str]:
    """What is cut where two lines are joined, code points of the first and of the second, and what stands there instead.

    That is a space, nothing in a script without spaces or within a word.
    """
    head = two.lstrip()
    if head[:1] == ">":
        head = QUOTED.sub("", head, count=1)
    cut = len(two) - len(head)
    if one[-1] == "-" and (match := BROKEN_WORD.search(one[-LONGEST_WORD:])):
        rest = FIRST_PART.match(head)
        if rest and head[:1].islower():
            whole = match[1] + rest[0]
            if is_word(whole) or is_word(whole.lower()) or not whole.isascii() or not (is_word(match[1].lower()) and is_word(rest[0])):
                return 1, cut, ""
            return 0, cut, ""
    wide = "\u2e80" <= one[-1] <= "\u9fff" or "\uff00" <= one[-1] <= "\uffef"
    return 0, cut, "" if wide and ("\u2e80" <= head[0] <= "\u9fff" or "\uff00" <= head[0] <= "\uffef") else " "


class Opening(NamedTuple):
    """The capitalised words that open a line below a break."""

    words: tuple[str, ...]
    function: bool  # the first one is a function word
    unsure: bool  # what stands before the break may be the first part of a name


@lru_cache(maxsize=MOST_SEAMS)
def opening(one: str, two: str) -> Opening | None:
    """The capitalised words that open the second of two lines; None if there are none."""
    match = CAPITALS.match(two)
    if not match:
        return None
    words = tuple(match[0].split(" "))
    before = one.rsplit(None, 1)[-1]
    function = is_function_word(words[0])
    return Opening(words, function, before[-1].isdigit() or (before[:1].isupper() and not function))


@lru_cache(maxsize=MOST_SEAMS)
def are_ordinary(words: tuple[str, ...]) -> bool:
    """True if no word of these opens a name."""
    return all(is_function_word(word) or is_common_only(word) for word in words)
