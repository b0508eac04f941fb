"""Segments of a cleaned text with stable addresses (eIds), down to sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from normbook.languages.language import pattern
from normbook.structure.dialogue import REMARK, Turn, find_turns
from normbook.structure.line_breaks import opens_more
from normbook.structure.line_roles import read_lines
from normbook.structure.lists.block import find_lists
from normbook.structure.lists.item import Enumeration
from normbook.structure.segmented import SEGMENT, Kind, Segment, Segmented
from normbook.structure.sentences import STOP, sentences
from normbook.text.event_words import SIGNED as DONE_AT
from normbook.text.event_words import place_and_day
from normbook.text.lexicon import is_function_word
from normbook.text.lines import CLOSERS, Line, is_title

STOPS = frozenset(".!?。！？;；:：")
SIGNED = pattern(r"(?:<lines.signed>|\[\d+\]|\(|https?:)")
LONGEST_QUESTION = 40  # code points of a question that is a heading
LONGEST_SHORT, LEAST_PROSE = 70, 60  # code points of a heading without a blank line below it, and of its paragraph
LONGEST_HEADING = 90  # code points; a longer line without a full stop is more likely cut off
MARKED = pattern(r"(?:<dialogue.short-questions>|<dialogue.short-answers>)\s?[:：]")
PRINTED = re.compile(r", (?:[A-ZÀ-Þ][\w’. -]{1,40}:? )?(?:[A-ZÀ-Þ][\w’.-]*,? )?(?:19|20)\d\d\Z")  # the end of a bibliographic entry
LEAST_OPEN, LEAST_HAN = 20, 24  # code points; a last line of this length counts as a sentence
FINITE = pattern(r"\b<lines.finite-verbs>\b")
OPENS_MORE = pattern(r"[(（][^)）]{0,3}$|(?:<lines.goes-on:dense>|，|、)$| <lines.goes-on:spaced>$")
CONTINUED = pattern(r"\[\+\d+ <lines.cut-off:en>\]\W*\Z|[(\[]<lines.continued:en>(?: .{0,40})?[)\]]\W*\Z")
ONLY_MARKER = re.compile(r"\(?(?:[1-9]\d?|[a-z])[.)、]")
KINDS: dict[str, Kind] = {"headline": "headline", "byline": "byline", "credit-line": "credit"}


def segment(text: str, language: str = "en") -> Segmented:
    """The segments of a cleaned text: lines by role, list items after their markers, and the sentences of which these consist.

    The eId of a nested segment starts with that of its parent and two underscores.
    """
    lines = read_lines(text)
    headings = frozenset(_headings(lines))
    turns = find_turns(lines, headings)
    headings -= {turn.start for turn in turns if turn.words > turn.start}
    lists = find_lists(text, lines, headings)
    named = tuple((f"list_{number}", each) for number, each in enumerate(lists, 1))
    segments = sorted([*_blocks(text, lines, headings, named, language), *_items(text, named, language), *_turns(turns)], key=_order)
    return Segmented(tuple(segments), named, lines)


def is_cut_off(text: str, segmented: Segmented) -> tuple[int, int] | None:
    """The span of an incomplete last sentence or item, or None if the text ends properly.

    Only prose is judged: the other paragraphs must end with a full stop, and the last must have several words without one.
    """
    if segmented.lists and segmented.lists[-1][1].cut:
        point = segmented.lists[-1][1].points[-1]
        return point.start, point.end
    lines = [line for line in segmented.lines if line.role in ("paragraph", "item", "dateline")]
    if not lines or lines[-1].end < len(text.rstrip()):
        return None
    last = lines[-1].text.rstrip()
    bare = last.rstrip(CLOSERS + " ")
    if bare.endswith(("...", ". . .", "…")) or CONTINUED.search(last) or (len(lines) > 1 and ONLY_MARKER.fullmatch(last)):
        return lines[-1].end - len(last[-60:]), lines[-1].end
    stopped = sum(line.text.rstrip(CLOSERS + " ")[-1:] in STOPS for line in lines[:-1] if len(line.text) > 60)
    long = sum(len(line.text) > 60 for line in lines[:-1])
    open_end = bare[-1:].isalnum() or bare[-1:] in tuple(",-，、(“")
    least = LEAST_HAN if bare[-1:] > "\u2e80" else LEAST_OPEN if open_end and _goes_on(bare) else 60
    broken = len(last) > LEAST_OPEN and (OPENS_MORE.search(last) is not None or (open_end and len(last) > LEAST_PROSE and _goes_on(bare)))
    if broken and stopped * 3 >= long * 2 and not SIGNED.match(last):
        return lines[-1].start + max(last.rfind(". ") + 2, 0), lines[-1].end
    if (
        open_end
        and len(last) > least
        and (long or STOP.search(last))
        and stopped * 3 >= long * 2
        and (len(last) > LONGEST_HEADING or not is_title(last) or is_function_word(last.rpartition(" ")[2]) or FINITE.search(last))
        and not SIGNED.match(last)
        and not PRINTED.search(bare)
    ):
        return lines[-1].start + max(last.rfind(". ") + 2, 0), lines[-1].end
    return None


def _goes_on(bare: str) -> bool:
    """True for words that end with a function word, or with a word broken by a hyphen."""
    return (opens_more(bare) and bare.count(" ") > 2) or (bare[-1] == "-" and bare[-2:-1].isalpha())


def _turns(turns: list[Turn]) -> Iterator[Segment]:
    """A segment for each question and each answer, which contains its paragraphs."""
    counts: dict[str, int] = {}
    for turn in turns:
        counts[turn.kind] = counts.get(turn.kind, 0) + 1
        yield Segment(f"{turn.kind}_{counts[turn.kind]}", turn.kind, turn.start, turn.end)


def _order(segment: Segment) -> tuple[int, int, int]:
    return segment.start, -segment.end, segment.eid.count("__")


def _headings(lines: tuple[Line, ...]) -> Iterator[int]:
    """The starts of headings: titles between blank lines, or between the end of a sentence and a paragraph of prose."""
    matter = [line for line in lines if line.role != "blank"]
    apart = {line.start for number, line in enumerate(lines) if number and _stands_apart(lines, number)}
    for number, line in enumerate(matter):
        if number and line.role == "paragraph" and _reads_as_heading(line.text):
            placed = line.start in apart or (_may_follow(matter[number - 1]) and _leads(matter, number))
            yield from [line.start] if placed else []


def _reads_as_heading(row: str) -> bool:
    """True for a title or a short question that is not a remark in brackets or the place and date of a signature."""
    asked = row.rstrip()[-1:] in ("?", "？") and len(row) <= LONGEST_QUESTION
    return (
        is_title(row.rstrip(" ?？") if asked else row)
        and not MARKED.match(row)
        and not REMARK.fullmatch(row.strip())
        and not place_and_day(row)
        and not DONE_AT.match(row)
    )


def _stands_apart(lines: tuple[Line, ...], number: int) -> bool:
    before, after = lines[number - 1], lines[number + 1] if number + 1 < len(lines) else None
    return before.role == "blank" and (after is None or after.role == "blank")


def _may_follow(before: Line) -> bool:
    """True for a line that a heading may follow: it ends like a sentence or is a title itself."""
    return before.text.rstrip(CLOSERS + " ")[-1:] in STOPS or before.role in ("headline", "byline") or _is_short_title(before)


def _leads(matter: list[Line], number: int) -> bool:
    """True for a short title above a paragraph of prose, perhaps with one more title between them ("Article 1", "Use of terms")."""
    below = matter[number + 1 : number + 3]
    if not _is_short_title(matter[number]) or not below:
        return False
    if len(below) > 1 and _is_short_title(below[0]):
        below = below[1:]
    first = below[0]
    return (
        first.role in ("paragraph", "dateline")
        and len(first.text) > LEAST_PROSE
        and first.text.rstrip(CLOSERS + " ")[-1:] in STOPS
        and not first.text[:1].islower()
    )


def _is_short_title(line: Line) -> bool:
    return line.role == "paragraph" and len(line.text) <= LONGEST_SHORT and _reads_as_heading(line.text)


def _blocks(
    text: str, lines: tuple[Line, ...], headings: frozenset[int], lists: tuple[tuple[str, Enumeration], ...], language: str
) -> Iterator[Segment]:
    """A segment, with its sentences, for each line that is not part of a list item."""
    covered = sorted((point.marker, point.end) for _, each in lists if each.block for point in each.points)
    marks = [start for start, _ in covered]
    counts: dict[str, int] = {}
    for line in lines:
        if line.role == "blank" or ((i := bisect_right(marks, line.start)) and line.start < covered[i - 1][1]):
            continue
        kind: Kind = "heading" if line.start in headings else KINDS.get(line.role, "para")
        counts[kind] = counts.get(kind, 0) + 1
        eid = f"{kind}_{counts[kind]}"
        yield SEGMENT((eid, kind, line.start, line.end))
        if kind == "para":
            yield from _sentences(text, eid, line.start, line.end, language)


def _items(text: str, lists: tuple[tuple[str, Enumeration], ...], language: str) -> Iterator[Segment]:
    for eid, each in lists:
        yield Segment(eid, "list", each.points[0].marker, each.points[-1].end)
        for number, point in enumerate(each.points, 1):
            yield Segment(f"{eid}__item_{number}", "item", point.start, point.end)
            if each.block:
                yield from _sentences(text, f"{eid}__item_{number}", point.start, point.end, language)


def _sentences(text: str, eid: str, start: int, end: int, language: str) -> Iterator[Segment]:
    for number, (first, last) in enumerate(sentences(text[start:end], language), 1):
        yield SEGMENT((f"{eid}__sent_{number}", "sent", start + first, start + last))
