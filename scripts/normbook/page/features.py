"""Features of the lines of a copied page, named in words that the model weighs and a reader understands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.languages.language import pattern
from normbook.text.line_cache import MOST_LINES, remembered

WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
TO_SPACES = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalpha()})  # makes words of ASCII at the speed of C
ADDRESS = pattern(r"@\w|https?:|www\.")
CLOCK = pattern(r"\d:\d\d|\d ?[AaPp]\.?[Mm]\b")
YEAR = pattern(r"\b(?:19|20)\d\d\b|\d\u5e74")  # the last is the Chinese character for year
DIGIT = pattern(r"\d")
NEXT_SENTENCE = pattern(r"[.!?] [A-ZÀ-Þ\u0410-\u042f\"“«]|[。！？]")
LIST_MARK = pattern(
    r"[-–—*+•·▪‣◦●○■]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s|[（(]?[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[、）)]|§"
)
LIST_HEADS = frozenset(
    "-–—*+•·▪‣◦●○■§(（0123456789\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
)  # one of these marks, or a letter followed by one of the next
LIST_SECONDS = frozenset(".)ivxIVX")
NOTE_MARK = pattern(r"\[\^?\w{1,4}\]:?\s|\[\d{1,3}\]|\d{1,3}\s+[A-ZÀ-Þ]\w[^\n]*\.$")
NOTE_HEADS = frozenset("[0123456789")
MARKUP = frozenset("#|`~=:")
STOPS = frozenset(".。!！;；")
CLOSERS = "\"'”’»)]）】」』*_"
BARS = frozenset("|·•»›>→▸")
WIDE = "\u2e80"  # from here on characters are as wide as two letters
WIDE_LETTER = pattern("[\u2e80-\U0010ffff]")
LONGEST_WIDE = 400  # code points of a line among which wide ones are counted
HEAD, TAIL = 10, 4  # words that are features: so many from the start and the end of a line
HEAD_SIZE, TAIL_SIZE = 100, 40  # code points in which those words are looked for
LENGTHS = (3, 8, 14, 22, 32, 45, 62, 85, 120, 200, 400)
COUNTS = (1, 2, 3, 6, 10, 16)
DISTANCES = (1, 2, 5, 12, 30)
FARTHEST = DISTANCES[-1] + 1
POSITIONS = (0, *(bisect_left(DISTANCES, distance) + 1 for distance in range(1, FARTHEST + 1)))  # of each distance; 0 for none
RUNS = (1, 2, 4, 8, 16, 40)
SHARES = (0.0, 0.05, 0.15, 0.3, 0.5, 0.75)
SIZES = (5, 15, 40, 100, 250)
PARTS = (0.0, 0.34, 0.67)
LEAST_OF_SHARED = 4  # letters of a word that may be shared with the prose; two for scripts without spaces
SHORT, MIDDLING = 22, 85  # width of a line
OF_PAGES = frozenset(
    "menu breadcrumb share advertisement subscription comments copyright read-also".split()
)  # no text has lines of these kinds itself
LEAST_UPPER, LEAST_TWO = 3, 30  # width of a line above which all capitals mean something; above which it may have two sentences
LEAST_CAPITALS = 28  # width of a line in capitals that may be part of a sentence
LONGEST_LIST = 60  # lines below a colon that it may introduce
PROSE, LONG_PROSE, BROKEN = 50, 160, 40  # width of a line that may be a sentence; that is one whatever its end; that may be broken


class Features(NamedTuple):
    """The nonblank lines of a text: their numbers and, for each, the names of features of its form, its words and its position."""

    numbers: list[int]
    shapes: list[tuple[str, ...]]
    words: list[tuple[str, ...]]
    places: list[tuple[str, ...]]


def names_of(what: str, bounds: Sequence[float]) -> tuple[str, ...]:
    """The names of the intervals between bounds; a bound belongs to the interval that it ends."""
    between = [f"{what} {high:g}" if before + 1 == high else f"{what} {before:g}-{high:g}" for before, high in pairwise(bounds)]
    return (f"{what} {bounds[0]:g}", *between, f"{what} over {bounds[-1]:g}")


LENGTH_NAMES = names_of("length", LENGTHS)
COUNT_NAMES = names_of("words", COUNTS)
SHARED_NAMES = names_of("words shared with the prose", PARTS)
PLACE_NAMES = [
    [f"prose above {up}, below {down}" for down in ("nowhere", *names_of("at", DISTANCES))]
    for up in ("nowhere", *names_of("at", DISTANCES))
]
CUE_PLACES = [
    [f"a cue of the page above {up}, below {down}" for down in ("nowhere", *names_of("at", DISTANCES))]
    for up in ("nowhere", *names_of("at", DISTANCES))
]
PROSE_NAMES = names_of("prose in the document", SHARES)
CUE_NAMES = names_of("cues in the document", SHARES)
SIZE_NAMES = names_of("lines in the document", SIZES)
RUN_NAMES = {
    size: (*names_of(f"{size}, a run of lines that are no prose:", RUNS), f"{size}, prose") for size in ("short", "middling", "long")
}
PROSE_RUNS = frozenset(names[-1] for names in RUN_NAMES.values())


def read_features(lines: Sequence[str], kinds: Sequence[str | None]) -> Features:
    """The features of each nonblank line; `kinds` are the kinds of furniture by cues, one for each line.

    >>> features = read_features(["Share this page", "", "The ministers met on Monday and agreed on a plan for the ports."], ["share", None, None])
    >>> features.numbers, features.words[0], features.shapes[0][:3]
    ([0, 2], ('share', 'this', 'page', '=share this page'), ('length 14-22', 'words 3', 'ends in a letter'))
    """
    numbers = [number for number, line in enumerate(lines) if line and not line.isspace()]
    texts = [lines[number].strip() for number in numbers]
    cues = [kinds[number] or None for number in numbers]
    known = [_own(text) for text in texts]
    widths = [width for width, _, _ in known]
    shapes = [
        (*shape, "a cue of the page", f"the cue of a {cue} line") if cue else shape for (_, shape, _), cue in zip(known, cues, strict=True)
    ]
    words = [each for _, _, each in known]
    ends = [shape[2] for shape in shapes]
    return Features(numbers, shapes, words, _places(lines, numbers, texts, widths, ends, cues, shapes, words))


@remembered(MOST_LINES)
def _own(text: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """What a line is without its neighbours: its width, the features of its form, and its words."""
    width = len(text) if text.isascii() else len(text) + len(WIDE_LETTER.findall(text, 0, LONGEST_WIDE))
    return width, shape_of(text, width), words_of(text)


def shape_of(text: str, width: int) -> tuple[str, ...]:
    """The features of a line's own form but for its cue: how long it is, how many words it has, how it ends, how it starts, and others."""
    plain = text.isascii()
    found = [
        LENGTH_NAMES[bisect_left(LENGTHS, width)],
        COUNT_NAMES[bisect_left(COUNTS, text.count(" ") + 1)],
        end_of(text),
        _opening(text[0]),
    ]
    _add_marks(text, plain, found)
    if digits := len(DIGIT.findall(text, 0, 200)):
        found.append("many digits" if digits * 4 > len(text) else "digits")
        if CLOCK.search(text):
            found.append("a time of day")
        if YEAR.search(text):
            found.append("a year")
    parts = text.split(" ", HEAD)
    if (size := len(parts)) > 1:
        size = min(size, HEAD)
        capitals = sum([part[:1].isupper() for part in parts[:HEAD]])
        found.append("few capitals" if capitals * 3 <= size else "most words in capitals" if capitals * 4 >= size * 3 else "some capitals")
    if width > LEAST_UPPER and text.isupper():
        found.append("all capitals")
    if width > LEAST_TWO and (not plain or ". " in text or "? " in text or "! " in text) and NEXT_SENTENCE.search(text, 0, len(text) - 1):
        found.append("several sentences")
    return tuple(found)


def _opening(first: str) -> str:
    """The feature of how a line starts."""
    if not first.isalpha():
        return "opens with a digit" if first.isdigit() else "opens with a mark"
    if first.isupper():
        return "opens with a capital"
    return "opens with a small letter" if first.islower() else "opens with a character of another script"


def _add_marks(text: str, plain: bool, found: list[str]) -> None:
    """Adds the features of list marks, notes, addresses and columns in a line; `plain` if it is ASCII."""
    first = text[0]
    if (first in LIST_HEADS or text[1:2] in LIST_SECONDS) and LIST_MARK.match(text):
        found.append("a list mark")
    elif first in NOTE_HEADS and NOTE_MARK.match(text):
        found.append("the mark of a note")
    if first in MARKUP:
        found.append("markup")
    if ("@" in text or "ttp" in text or "www" in text) and ADDRESS.search(text):
        found.append("an address")
    if "|" in text or ">" in text or not (plain or BARS.isdisjoint(text)):
        found.append("a bar or an arrow")
    if not plain and "©" in text:
        found.append("a copyright sign")
    if "\t" in text or "   " in text:
        found.append("columns")
    if text.count(",") > 1 or (not plain and "，" in text):
        found.append("commas")
    if first in "([（" and text[-1] in ")]）":
        found.append("in brackets")


def end_of(text: str) -> str:
    """The feature of how a line ends."""
    last = text[-1]
    if last.isalpha():
        return "ends in a letter"
    if last in CLOSERS:
        last = text.rstrip(CLOSERS + " ")[-1:] or last
    if last in STOPS:
        return "ends like a sentence" if not text.endswith("...") else "trails off"
    if last in "?？":
        return "ends with a question mark"
    if last in ":：":
        return "ends with a colon"
    if last in ",，、":
        return "ends with a comma"
    if last == "…":
        return "trails off"
    return "ends in a letter" if last.isalpha() else "ends in a digit" if last.isdigit() else "ends in a mark"


def words_of(text: str) -> tuple[str, ...]:
    """The first and last words of a line in lower case, and a short line as a whole; pairs of characters for scripts without spaces.

    >>> words_of("Sign in"), words_of("关于我们")
    (('sign', 'in', '=sign in'), ('关于', '于我', '我们', '=关于我们'))
    """
    if len(text) > HEAD_SIZE + TAIL_SIZE:
        text = f"{text[:HEAD_SIZE]} {text[-TAIL_SIZE:]}"
    found = text.lower().translate(TO_SPACES).split() if text.isascii() and "'" not in text else WORD.findall(text.lower())
    if len(found) > HEAD + TAIL:
        found = found[:HEAD] + found[-TAIL:]
    words = found
    if not text.isascii() and max(found, default="") >= WIDE:
        words = []
        for word in found:
            pairs = [word[k : k + 2] for k in range(min(len(word), HEAD) - 1)] if word[0] >= WIDE else []
            words += pairs or [word]
    if 0 < len(found) < 5 and len(text) < 50:
        words = [*words, "=" + " ".join(found)]
    return tuple(words)


def _places(
    lines: Sequence[str],
    numbers: list[int],
    texts: list[str],
    widths: list[int],
    ends: list[str],
    cues: list[str | None],
    shapes: list[tuple[str, ...]],
    words: list[tuple[str, ...]],
) -> list[tuple[str, ...]]:
    """The features of each line's position: next to prose, in a run of short lines, repeated, with words of the prose."""
    count = len(texts)
    ended = [end == "ends like a sentence" for end in ends]
    apart = [not number or not lines[number - 1] or lines[number - 1].isspace() for number in numbers] + [True]
    goes_on = _broken(texts, widths, ends)
    prose = [
        not cues[k]
        and ((ended[k] and widths[k] >= PROSE) or widths[k] >= LONG_PROSE or goes_on[k] or (k > 0 and goes_on[k - 1] and widths[k] > 8))
        for k in range(count)
    ]
    introduced = _introduced(prose, ends)
    said: set[str] = set()
    for k in range(count):
        if prose[k]:
            said.update(words[k])
    times = _times(texts)
    whole = (
        PROSE_NAMES[bisect_left(SHARES, sum(prose) / max(count, 1))],
        CUE_NAMES[bisect_left(SHARES, (count - cues.count(None)) / max(count, 1))],
        SIZE_NAMES[bisect_left(SIZES, count)],
    )
    above, below, runs = distances(prose), distances(prose[::-1])[::-1], _runs(prose)
    of_page = [cue in OF_PAGES for cue in cues]
    cue_above, cue_below = distances(of_page), distances(of_page[::-1])[::-1]
    short, middling, long = RUN_NAMES.values()
    places = []
    for k in range(count):
        size = short if widths[k] <= SHORT else middling if widths[k] <= MIDDLING else long
        found = [PLACE_NAMES[above[k]][below[k]], size[-1] if prose[k] else size[bisect_left(RUNS, runs[k])], *whole]
        found.append(CUE_PLACES[cue_above[k]][cue_below[k]])
        if introduced[k]:
            found.append("below a colon")
        if 0 < k < count - 1 and ends[k] == ends[k - 1] == ends[k + 1] and shapes[k][3] == shapes[k - 1][3] == shapes[k + 1][3]:
            found.append("of the same form as its neighbours")
        if apart[k]:
            found.append("a blank line above")
        if apart[k + 1] or k + 1 == count:
            found.append("a blank line below")
        if goes_on[k] or (k and goes_on[k - 1]):
            found.append("a broken sentence")
        if not prose[k] and (mine := [word for word in words[k] if len(word) >= LEAST_OF_SHARED or word >= WIDE]):
            if mine[-1][0] == "=":
                mine.pop()
            if mine:
                found.append(SHARED_NAMES[bisect_left(PARTS, len(said.intersection(mine)) / len(mine))])
        if times and times[k] > 1:
            found.append("occurs twice" if times[k] == 2 else "occurs several times")
        if k < 3:
            found.append("among the first lines")
        places.append(tuple(found))
    return places


def _times(texts: list[str]) -> list[int]:
    """How many times each line occurs in the text, in whatever case; empty if none occurs twice."""
    lowered = [text.lower() for text in texts]
    often = Counter(lowered)
    return [often[text] for text in lowered] if len(often) < len(texts) else []


def _broken(texts: list[str], widths: list[int], ends: list[str]) -> list[bool]:
    """For each line, whether its sentence seems to continue: the next starts in lower case after no full stop, or both are in capitals."""
    found = [False] * len(texts)
    for k in range(len(texts) - 1):
        if ends[k] in ("ends in a letter", "ends with a comma") and widths[k] > SHORT:
            following = texts[k + 1]
            found[k] = (widths[k] >= BROKEN and following[0].islower()) or (
                widths[k] > LEAST_CAPITALS < widths[k + 1] and following.isupper() and texts[k].isupper()
            )
    return found


def _introduced(prose: list[bool], ends: list[str]) -> list[bool]:
    """For each line, whether the prose above it, or a line since, ends with a colon."""
    found = []
    left = 0
    for hit, end in zip(prose, ends, strict=True):
        found.append(left > 0 and not hit)
        left = LONGEST_LIST if end == "ends with a colon" else 0 if hit else left - 1
    return found


def distances(prose: list[bool]) -> list[int]:
    """For each line, the distance to the nearest prose above it as a position in DISTANCES, from 1; 0 if there is none."""
    found, distance = [], 0
    for hit in prose:
        found.append(POSITIONS[distance])
        distance = 1 if hit else distance and min(distance + 1, FARTHEST)
    return found


def _runs(prose: list[bool]) -> list[int]:
    """For each line, the length of its run of lines that are not prose."""
    found = [1] * len(prose)
    start = 0
    for k, hit in enumerate([*prose, True]):
        if hit:
            found[start:k] = [k - start] * (k - start)
            start = k + 1
    return found
