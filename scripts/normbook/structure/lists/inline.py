"""Lists inside a paragraph: "(1) … (2) …", "first, …; second, …", "the principles of A, B and C"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, partial

from normbook.languages.language import Words, pattern, vocabulary
from normbook.languages.phrases import literals
from normbook.structure.lists.declared import Counts, declared
from normbook.structure.lists.item import Enumeration, Point, introduction
from normbook.structure.lists.markers import Mark, mark
from normbook.text.lexicon import is_function_word
from normbook.text.lines import Line

NOUNS = "<lists.series-nouns>"
SERIES_ITEM = r"[a-z][\w-]*(?: [a-z][\w-]*){0,2}"
SERIES = pattern(
    rf"\b{NOUNS} <grammar.of:en> (?P<items>(?:{SERIES_ITEM}, ){{1,14}}{SERIES_ITEM},? <grammar.and:en> {SERIES_ITEM})(?=[,.;:]|$)"
)
NUMBERED = r"\((?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})\)|\d{1,2}\) |[①-⑳]|(?<!\()(?:[a-h]|[ivx]{1,4})\) |\d{1,2}\. (?=[^\W\d_])"
HAN_NUMBERED = (
    r"<lists.inline-order:dense>[，,：:]",
    r"<lists.han-turn><numbers.cardinals:dense>[，,：:]",
    r"（(?:\d|<numbers.cardinals:dense>){1,2}）",
    r"<numbers.cardinals:dense><lists.is-to>",
    r"<lists.han-ordinal><numbers.cardinals:dense>(?:(?:<lists.ordinal-nouns:dense>)?<lists.is>|[，,、：:])",
)
WORDED = (
    r"<lists.inline-ordinals:en><grammar.adverb-endings:en>?(?:[,:]| <lists.behind-ordinals:en>,| <grammar.is:en> )",
    r"<lists.closing-ordinals:en>, ",
    r"<lists.inline-numbers:en> <grammar.is:en> ",
    r"<grammar.articles-as-written:en> <lists.ordinals-behind-articles:en>(?: \w+)? <grammar.is:en> ",
    r"<lists.inline-order:spaced>[ ,:]",
)
INLINE = pattern(rf"(?:^|(?<=[\s(“\"。；：:，,;]))(?={NUMBERED}|{'|'.join(HAN_NUMBERED)}|{'|'.join(WORDED)})")
# a row with none of these has no mark: a short word before a closing bracket, a sign of its own or of a script without spaces, an ordinal
CLOSED = re.compile(r"(?:^|\W)(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})\Z")
SIGN = re.compile("[\u2460-\U0010ffff]")  # of these characters some are marks
SHORTEST_PIECE = 4
# "1. the piers; 2. the ships; and 3. the crews": a number with a full stop counts after a colon or semicolon alone, or it may be a day or a year
SECOND = re.compile(r"[;；] (?:\w{1,5} )?2\. ")
BEFORE_NUMBER = pattern(r"(?:^|[:：;；](?: <lists.joining-and>)?)\s*$")
SMALL_WORDS = Words("lists.small-words", part="en")
SENTENCE_END = re.compile(r"[.!?][”\"’)]?(?=\s)|[。！？][”」』]?")
LAST_JOINT = r"(?:<lists.joining-and>)"
COLON_SERIES = pattern(rf"[:：]\s+(?P<items>[^:：.;]{{8,300}}(?:; [^:：.;]{{4,300}}){{0,12}}; {LAST_JOINT} [^:：.;]{{4,300}})(?=\.|$)")
ITEM_END = pattern(r"(?:[,;；，]? <lists.joining-and>|[;；，,、])\s*$")
SERIES_JOINT = pattern(r",? <grammar.and:en> |, ")
COLON_JOINT = pattern(r"; (?:<lists.joining-and> )?")
OPENED = re.compile(r"\s*\S")
NEAR = 60  # code points before a letter in which an open bracket shows that it ends a remark ("(see part b)")
SHORTEST, SHORT, LONG = 2, 4, 8  # code points of an item: at least; at most, in a list of the announced length; at most, in any other
LONGEST_LINE = 40_000  # code points of a paragraph that is searched for lists


class Paragraph:
    """A line that is searched for lists, with properties that all searches share, computed once."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.counts = Counts(line.text)

    @cached_property
    def stops(self) -> list[tuple[int, int]]:
        """Where its sentences end, including closing marks."""
        return [match.span() for match in SENTENCE_END.finditer(self.line.text)]

    def sentence_end(self, at: int) -> int:
        """The end of the sentence that contains an offset."""
        k = bisect_left(self.stops, (at, 0))
        return self.stops[k][1] if k < len(self.stops) else len(self.line.text)


def inline_lists(text: str, lines: Sequence[Line], taken: set[int]) -> Iterator[Enumeration]:
    """Lists inside a paragraph."""
    for line in lines:
        if (len(line.text) < 40 and line.text[:1] < "\u2e80") or len(line.text) > LONGEST_LINE:
            continue
        marks = list(_marks(line.text))
        whole = Paragraph(line)
        found = list(_marked(text, whole, marks, taken)) if len(marks) > 1 else []
        yield from found
        if not found and line.start not in taken:
            yield from _series(whole)


@cache
def _pieces() -> tuple[str, ...]:
    """The parts of words of which a row has one if it has a mark in words."""
    phrases = partial(vocabulary().phrases, part="en")
    numbers = [piece for phrase in phrases("lists.inline-numbers") for piece in literals(phrase) if len(piece) > 1]
    last = [f"{article[1:]} {word}" for article in phrases("grammar.articles-as-written") for word in phrases("lists.last-ordinals")]
    alone = [*phrases("lists.inline-ordinals"), *phrases("lists.closing-ordinals"), *vocabulary().phrases("lists.inline-order", "spaced")]
    return (
        *dict.fromkeys(last),
        *(f"{number} {verb} " for number in numbers for verb in phrases("grammar.is")),
        *(piece for phrase in alone for piece in literals(phrase) if len(piece) >= SHORTEST_PIECE),
    )


def may_hold_marks(row: str) -> bool:
    """False if `INLINE` finds nothing in a row: a test that costs a fiftieth of the search."""
    at = row.find(")")
    while at >= 0:
        if CLOSED.search(row, max(at - 6, 0), at):
            return True
        at = row.find(")", at + 1)
    if "2. " in row and SECOND.search(row):
        return True
    return any(map(row.__contains__, _pieces())) or (not row.isascii() and SIGN.search(row) is not None)


def _marks(row: str) -> Iterator[tuple[int, Mark]]:
    end = 0
    for match in INLINE.finditer(row) if may_hold_marks(row) else ():
        before = row[max(match.start() - NEAR, 0) : match.start()]
        if (
            match.start() >= end
            and (row[match.start()] in "(（" or before.rfind("(") <= before.rfind(")"))
            and (found := mark(row[match.start() : match.start() + 60]))
            and (found.style != "number." or BEFORE_NUMBER.search(before))
        ):
            yield match.start(), found
            end = match.start() + found.size  # "the first is" contains no second mark


def _marked(text: str, whole: Paragraph, marks: list[tuple[int, Mark]], taken: set[int]) -> Iterator[Enumeration]:
    """The marks of a paragraph that count from one."""
    line = whole.line
    run: list[tuple[int, Mark]] = []
    for at, found in [*marks, (len(line.text), Mark("end", -1, 0))]:
        style = run[0][1].style if run else ""
        number = len(run) + 1
        if run and found.style == style and (number in (found.number, found.other) or (found.number == 0 and len(run) > 1)):
            run.append((at, found))
            continue
        if run and found.style not in (style, "end") and len(run) < 2 and found.opens:
            run = [(at, found)]
            continue
        if run and found.style not in (style, "end"):
            continue  # a nested list
        if len(run) > 1 and not (line.start in taken and run[0][0] < 4):
            each = _run(text, whole, run)
            if each:
                yield each
        run = [(at, found)] if found.opens and found.style != "end" else []


def _run(text: str, whole: Paragraph, run: list[tuple[int, Mark]]) -> Enumeration | None:
    line = whole.line
    ends = [at for at, _ in run[1:]]
    bodies = [line.text[at + found.size : end] for (at, found), end in zip(run, ends, strict=False)]
    least = SHORT if whole.counts.before(run[0][0]) == len(run) else LONG
    if any(len(body.strip()) < (SHORTEST if body.strip()[:1] > "\u2e80" else least) for body in bodies):
        return None
    last = run[-1][0] + run[-1][1].size
    single = all(len(SENTENCE_END.findall(body.rstrip())) <= 1 for body in bodies)
    ends.append(whole.sentence_end(last) if single else len(line.text))
    points = []
    for (at, found), end in zip(run, ends, strict=True):
        start = at + found.size
        words = line.text[start:end]
        bare = ITEM_END.sub("", words.rstrip()) if end != ends[-1] else words.rstrip()
        points.append(Point(line.start + at, line.start + start, line.start + start + len(bare.rstrip()), found.number))
    at = run[0][0]
    if points[-1].end - points[-1].start < SHORTEST:
        return None  # "(1) and (2)." refer to items elsewhere
    if at and OPENED.match(line.text, 0, at):
        return Enumeration(tuple(points), whole.counts.before(at), (line.start, line.start + at), block=False)
    intro = introduction(text, line.start)
    return Enumeration(tuple(points), declared(text[slice(*intro)]), intro, block=False)


def _series(whole: Paragraph) -> Iterator[Enumeration]:
    """Unmarked series: "the principles of A, B and C", "asks for this: a; b; and c"."""
    line = whole.line
    for match in SERIES.finditer(line.text) if " of " in line.text else ():
        parts = list(_parts(match["items"], SERIES_JOINT))
        names = [match["items"][a:b] for a, b in parts]
        if len(parts) > 2 and not any(is_function_word(word) for name in names for word in name.split() if word not in SMALL_WORDS):
            yield _inside(whole, match.start("items"), parts)
    if line.text.count(";") > 1:
        for match in COLON_SERIES.finditer(line.text):
            parts = list(_parts(match["items"], COLON_JOINT))
            if len(parts) > 2:
                yield _inside(whole, match.start("items"), parts)


def _inside(whole: Paragraph, offset: int, parts: list[tuple[int, int]]) -> Enumeration:
    line = whole.line
    at = line.start + offset
    points = tuple(Point(at + start, at + start, at + end, None) for start, end in parts)
    return Enumeration(points, whole.counts.before(offset), (line.start, at), block=False)


def _parts(words: str, joint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The spans of a, b and c in "a, b and c"."""
    at = 0
    for match in joint.finditer(words):
        yield at, match.start()
        at = match.end()
    yield at, len(words)
