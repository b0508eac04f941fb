"""Missing spaces inside one token: a run of characters without a space that consists of two words or more.

"ofthe", "governmentsagreed" and "talks.The" need a space; "youtube", "iPhone" and "node.js" do not. The dictionary and
word frequencies decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from normbook.languages.calendar_words import MONTHS
from normbook.languages.english import frequency
from normbook.languages.language import Words, pattern
from normbook.text.lexicon import FUNCTION_WORDS, is_common_only, is_name, is_word
from normbook.text.line_cache import remembered

USED = 2e-6
OFTEN = 2e-5
ACRONYM = pattern(r"[A-Z][A-Z0-9-]{1,6}s?\Z")
OPENING = pattern(r"(?<![\w.])(?P<one>[A-Za-z]{3,})\((?P<inside>[A-Za-z][A-Za-z-]*)(?P<close>\)|(?=[,;:]|\Z))")
CLOSING = pattern(r"\)[”’]?(?P<two>[A-Za-z]{2,})(?![\w’'(])")
QUOTE = pattern(r"(?<![^\W\d_])(?P<one>[A-Za-z]{2,})(?=[“«][A-Za-z])")
SHORTENED = pattern(r"(?P<one>(?:<spacing.shortened>|[a-z]+n)[’'](?:<spacing.contracted:en>|m))(?P<two>[a-z]{2,})\Z", re.IGNORECASE)
DATED = pattern(r"(?P<one>[A-Za-z][a-z]{1,8})(?P<two>\d{1,4})(?:[-–]\d{2,4}|[’']?s)?\Z")
BEFORE_SHORTENED = pattern(
    r"(?P<one>[a-z]{3,})(?P<two>(?P<stem><spacing.before-shortened>|<spacing.shortened-verbs>n)[’']<spacing.contracted:en>)\Z"
)
PARTIAL = Words("spacing.partial-prefixes")
BEFORE_YEAR = Words("grammar.function-words", "spacing.before-year")
INTO_NAME = pattern(r"(?P<one>[a-z]{2,12})(?P<two>[A-Z][a-z]{2,}|[A-Z]{2,6})\Z")
REPORTING = Words("spacing.reporting")
BROKEN_WORDS = Words("spacing.word-endings")


def seams_of(token: str) -> Iterator[tuple[int, bool]]:
    """(offset, rule, proof) for each space lost in a line; `proof` if it shows by itself that the copy loses spaces.

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
    """True for a word in use before a contraction: "speakersaren’t", but not "profit’s"."""
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


MOST_KNOWN = 1 << 17  # cached tokens that need no space
LONGEST = 40  # code points of a token that is examined
COMMON = 2e-5  # a word of this frequency occurs some twenty times in a book
USUAL = 2e-6
MISTYPED = 1e-5  # "ofthe" is written so often that it seems to be in use; no real word consists of two function words
DOUBTFUL = 30  # how many times as likely as any other a split must be
RARE = 1e-7  # something written as one word more often than this is a word
# Productive prefixes and suffixes: a split next to one of them proves nothing.
PREFIXES = Words("spacing.prefixes")
SUFFIXES = Words("spacing.suffixes")
PROOF = Words("spacing.proof")
OPENED = Words("spacing.second-words")
SHORT = Words("spacing.short-words")
TOP_LEVEL = frozenset("com net org gov edu int info biz js ts py io ai app dev html htm php asp aspx pdf doc docx txt csv json xml".split())
SCHEMES = frozenset("file mail http https note data ratio".split())
NUMBERED = Words("spacing.numbered-parts")
LOWER = pattern(r"[a-z]{5,}\Z")
TITLE = pattern(r"[A-Z][a-z]{5,}\Z")
JOINT = pattern(r"(?P<one>[A-Za-z]+|\d+)(?P<mark>[.?!,]?[”’]|[.?!,;:](?=[“‘A-Za-z]))(?P<two>[“‘(]?[A-Za-z]+)")
ADDRESS = ("/", "@", "=", "\\", "_", "www.")
CAMEL = pattern(r"(?P<one>[a-z]{3,})(?P<two>[A-Z][a-z]*)\Z")
YEAR = pattern(r"(?P<one><spacing.before-glued-years:en>)(?P<two>(?:19|20)\d\d)\Z")
COUNTED = pattern(r"(?P<one>\d{1,3}(?:,\d{3})+)(?P<two>[a-z]{3,})\Z")
TITLED = pattern(r"(?P<one><spacing.title-starts:en>)(?P<two>[A-Z][a-z]{3,})\Z")
AFTER_YEAR = pattern(r"(?P<one>(?:19|20)\d\d)(?P<two>[a-z]{2,})\Z")
BRACKET = pattern(r"(?P<one>\(?[\w-]+[)”])(?P<two>[a-z]{2,})\Z")
EVERYDAY = 1e-3  # frequency of the few dozen most frequent words
OUTSIDE = "\"'“”‘’()[]«»"
OUTSIDE_AND_ENDS = OUTSIDE + ".,;:!?"
LOOSE = pattern(r"[\w.,?!][.?!,;:)”’][“‘A-Za-z]|[a-z][A-Z]|[a-z]\d|\d[a-z]")


def is_fused(word: str) -> bool:
    """True for two function words written as one: the only words in use that are split."""
    return word in _fused()


@cache
def _fused() -> frozenset[str]:
    return frozenset([one + two for one in FUNCTION_WORDS.members for two in FUNCTION_WORDS.members])


class Gap(NamedTuple):
    """A missing space inside a token: its offset, its rule, and whether it shows that the copy loses spaces."""

    at: int
    rule: str
    sure: bool = True


@remembered(1 << 12)
def gaps_of(token: str) -> tuple[Gap, ...]:
    """The missing spaces inside one token (a run of characters without a space); empty for a word.

    >>> gaps_of("ended.The"), gaps_of("cyberspace"), gaps_of("ofthe,")
    ((Gap(at=6, rule='glued-sentence', sure=True),), (), (Gap(at=2, rule='glued-word', sure=True),))
    """
    if token[-1] == "(" or "()" in token or any(mark in token for mark in ADDRESS):
        return ()
    found = _gaps_in(token)
    core = token.lstrip("\"'“‘«")
    bare = core.rstrip(".,;:!?\"'”’»")
    if 4 <= len(bare) <= LONGEST:
        places = {gap.at for gap in found}
        seams = [(len(token) - len(core) + at, sure) for at, sure in seams_of(core)]
        found += tuple(Gap(at, "glued-word", sure) for at, sure in seams if at not in places)
    return found


def _gaps_in(token: str) -> tuple[Gap, ...]:
    bare = token.lstrip(OUTSIDE)
    head = len(token) - len(bare)
    bare = bare.rstrip(OUTSIDE_AND_ENDS)
    if not 4 <= len(bare) <= LONGEST:
        return ()
    if bare.isalpha():
        if LOWER.match(bare) or TITLE.match(bare):
            return _split(bare, head)
        return _camel(bare, head)
    return tuple(_marked(bare, head)) if LOOSE.search(bare) else ()


def _split(word: str, head: int) -> tuple[Gap, ...]:
    """The offsets at which a run of letters, perhaps capitalised, splits into two or three words; () if it is a word or a split is not certain."""
    whole = word.lower()
    use = frequency(whole)
    if use > RARE and not is_fused(whole):
        return ()
    halves = [(whole[:at], whole[at:]) for at in range(2, len(whole) - 1)]
    pairs = [(one, two) for one, two in halves if _is_pair(one, two, use) and (word[0].islower() or _is_opener(one, two, use))]
    if pairs:
        ranked = sorted(pairs, key=lambda pair: frequency(pair[0]) * frequency(pair[1]), reverse=True)
        one, two = ranked[0]
        if len(ranked) > 1 and frequency(ranked[1][0]) * frequency(ranked[1][1]) * DOUBTFUL > frequency(one) * frequency(two):
            return ()  # "they early" or "the yearly"
        found: tuple[Gap, ...] = (Gap(head + len(one), "glued-word", bool({one, two} & PROOF)),)
    elif use > RARE or word[0].isupper() or not (threes := list(_threes(halves))):
        return ()
    elif any(min(frequency(one), frequency(two)) >= USUAL and is_word(one) and is_word(two) for one, two in halves):
        return ()  # "put forward" rather than "put for ward"
    else:
        one, joint, _ = max(threes, key=lambda three: frequency(three[0]) * frequency(three[2]))
        found = Gap(head + len(one), "glued-word"), Gap(head + len(one) + len(joint), "glued-word")
    return () if is_word(word) or is_word(whole) or is_word(word.title()) else found  # last, because the dictionary is slow


def _threes(halves: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The ways to split a run of letters into two words in use with a function word between them, which proves the split."""
    for one, rest in halves:
        for joint in PROOF:
            if rest.startswith(joint) and _is_half(one) and _is_half(rest[len(joint) :]):
                yield one, joint, rest[len(joint) :]


def _is_opener(one: str, two: str, use: float) -> bool:
    """True if a capitalised run of letters is the first two words of a sentence, and not a name."""
    return one in FUNCTION_WORDS and ((len(one) > 2 and use < RARE / 10) or (two in OPENED and use < 10 * RARE))


def _is_half(word: str, long: int = LONGEST) -> bool:
    """True for a word in use; next to a function word, a word of at least `long` letters may be less frequent."""
    return word in SHORT or (len(word) > 2 and frequency(word) >= (USUAL if len(word) > long else COMMON) and is_word(word))


def _is_pair(one: str, two: str, use: float) -> bool:
    """True if a text can have these two words next to each other and they are not one coined word."""
    known = FUNCTION_WORDS.members
    first, second = one in known, two in known
    if first and second:
        return len(one) + len(two) >= 5 and use < MISTYPED
    if use > RARE:
        return False
    if one == "the" and use == 0 and len(two) > 3 and is_word(two):
        return True
    if first:
        return (one not in PREFIXES or (one in ("in", "on", "by") and len(two) > 4 and use == 0)) and _is_half(two, 5)
    if second:
        return len(one) > 3 and (two not in SUFFIXES or (two == "in" and one[-1] == "s" and use == 0)) and _is_half(one, 5)
    if min(len(one), len(two)) <= 4 or one in PREFIXES or two in SUFFIXES:  # what costs least comes first
        return False
    return _is_half(one) and _is_half(two) and min(frequency(one), frequency(two)) > COMMON


def _camel(bare: str, head: int) -> tuple[Gap, ...]:
    """The gap before a sentence's first word that was run together with the word before: "initiativeThe"."""
    if (match := TITLED.match(bare)) and is_word(match["two"].lower()) and frequency(bare.lower()) <= RARE:
        return (Gap(head + match.start("two"), "glued-word", False),)  # a name may be written like this
    match = CAMEL.match(bare)
    if match and match["two"].lower() in FUNCTION_WORDS and len(match["two"]) > 1 and is_word(match["one"].lower()):
        return (Gap(head + match.start("two"), "glued-word"),)
    return ()


def _marked(bare: str, head: int) -> Iterator[Gap]:
    """The spaces lost next to punctuation or a number inside a token."""
    if any(mark in bare for mark in ADDRESS):
        return
    if (match := COUNTED.match(bare)) and is_word(match["two"]) and frequency(match["two"]) >= USUAL:
        yield Gap(head + match.start("two"), "glued-word")
        return
    if (match := YEAR.match(bare)) or ((match := AFTER_YEAR.match(bare)) and match["two"] in FUNCTION_WORDS):
        yield Gap(head + match.start("two"), "glued-word")
        return
    if (match := BRACKET.match(bare)) and match["two"] in FUNCTION_WORDS and len(match["one"]) > 4:
        yield Gap(head + match.start("two"), "glued-word")
        return
    at = 0
    while match := JOINT.search(bare, at):
        at = match.start("two")
        rest = bare[match.end() :]
        sure = _opens(match["one"], match["mark"], match["two"], rest)
        if sure or _may_open(match["one"], match["mark"], match["two"], rest):
            yield Gap(head + at, "glued-sentence" if match["mark"][0] in ".?!" else "glued-word", sure)


def _may_open(one: str, mark: str, two: str, rest: str) -> bool:
    """Those that count only if the copy also runs words together: "Peru,Malta", "as follows:the charts", "of the talks.I"."""
    if mark not in (",", ";", ":", ".") or rest[:1] in tuple(".,;:") or not two.isalpha() or one.lower() in TOP_LEVEL:
        return False
    known = (
        (one.islower() and len(one) > 2 and is_word(one) and frequency(one) >= USUAL)
        or (one.istitle() and len(one) > 3)
        or (one.isupper() and len(one) > 2)
    )
    if mark == ".":
        return two == "I" and one.islower() and known and one not in NUMBERED
    if two.istitle() and len(two) > 2:
        return (known or (one.isdigit() and len(one) == 4)) and mark != ":"
    return two.islower() and (one.islower() or mark == ",") and known and (two in FUNCTION_WORDS or (len(two) > 2 and is_word(two)))


def _opens(one: str, mark: str, two: str, rest: str) -> bool:
    """True if the mark between two words ends a sentence or clause and the second word starts another."""
    word = two.lstrip("“‘(")
    if (word.lower() in TOP_LEVEL and not _is_opener_of(one, word)) or len(one) < 2:
        return False
    if word != two or mark[-1] in "”’":
        return (
            len(word) > 1
            and (mark[-1] != "’" or len(mark) > 1)
            and (one[-1].isalpha() or mark[0] in ".,?!")
            and not (mark == "”" and word in ("s", "and") and one.isdigit())
        )
    last = one[1:].islower() and is_word(one.lower())
    if mark in ",;:":
        if not word.islower():
            return (
                one.islower()
                and len(one) > 3
                and len(word) > 2
                and mark != ":"
                and frequency(one) >= USUAL
                and is_word(one)
                and (is_name(word) or word.lower() in FUNCTION_WORDS)
            )
        if mark == ":":
            return (
                one.islower()
                and len(one) > 3
                and one not in SCHEMES
                and is_word(one)
                and frequency(one) >= USUAL
                and word in FUNCTION_WORDS
                and len(word) > 1
            )
        if word in ("i", "e") and rest.startswith((".e", ".g")):
            return True
        return (
            (word == "a" or len(word) > 1)
            and is_word(word)
            and (word in FUNCTION_WORDS or ((last or one.isdigit()) and len(one) + len(word) > 4))
        )
    return _opens_sentence(one, word, rest, last)


def _is_opener_of(one: str, word: str) -> bool:
    """True for one of the most frequent words with a capital behind a plain word: "them.No" is no address."""
    low = word.lower()
    return word.istitle() and (low in FUNCTION_WORDS or frequency(low) > EVERYDAY) and one.islower() and len(one) > 2 and is_word(one)


def _opens_sentence(one: str, word: str, rest: str, last: bool) -> bool:
    """True if a word after a full stop starts a sentence; `last` if the word before it is in the dictionary."""
    if not word[0].isupper() or not (word[1:].islower() or len(word) == 1):
        return False
    if one.isdigit():
        return len(one) == 4 and not rest.startswith(".") and (word.lower() in FUNCTION_WORDS or is_common_only(word)) and len(word) > 1
    if word.lower() in FUNCTION_WORDS:
        told = one.islower() or last or (len(one) > 3 and is_word(one)) or (len(one) > 2 and one.isupper())
        return told and (len(word) > 1 or word == "A") and not rest.startswith(".")
    if one.istitle() and one.lower() in MONTHS and not rest.startswith("."):
        return is_common_only(word)  # "again from June.Tickets cost"
    if len(word) == 2 and not rest.startswith("."):
        return _is_opener_of(one, word)
    if len(word) < 3 or not one.islower() or len(one) < 3 or rest.startswith("."):
        return False
    return is_word(one) and (is_common_only(word) or frequency(word.lower()) >= USUAL)
