"""The rule for lines broken in mid-sentence: they are joined, and a capital that the break caused is lowered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from normbook.cleaning.rule import rule
from normbook.cleaning.rules.wrapping.column import (
    HANGING,
    NARROWEST_SENTENCE,
    SLACK,
    WIDEST,
    Column,
    column_of,
    filled,
    flowing,
    han_size,
    is_forced,
    is_han,
    lists,
    repeating,
    runs_of,
    verse,
)
from normbook.cleaning.rules.wrapping.hyphen import joint
from normbook.languages.language import Words
from normbook.structure.line_breaks import (
    LONGEST_TITLE,
    QUOTED,
    SHORTEST,
    SHORTEST_HAN,
    SHORTEST_IN_PROSE,
    STARTERS,
    Break,
    breaks_in,
    ends_sentence,
    is_listed,
    is_shortened,
    opens_more,
)
from normbook.structure.line_roles import read_lines
from normbook.structure.lists.markers import mark
from normbook.text.detection import is_english
from normbook.text.ledger import Edit, Flag
from normbook.text.lexicon import is_common_only, is_function_word, is_word
from normbook.text.line_cache import LineCache, lines_of, remembered, shape_of
from normbook.text.lines import ITEM, OPENERS, Line, is_title

CAPITALISED = r"[A-Z][a-z]+(?:-[a-z]+)?(?![^\W\d_]|[’'-][^\W\d_])"  # a whole word
CAPITALS = re.compile(f"{CAPITALISED}(?: {CAPITALISED})*")
# Head nouns in names of bodies, meetings and documents: a run of capitalised words with one of them is not changed.
NAMING = Words("wraps.naming-nouns")


def mend(one: Line, two: Line, text: str) -> tuple[int, int, str]:
    """The span between two joined lines and its replacement."""
    if one.text[-1] == "-":
        head = QUOTED.sub("", two.text.lstrip(), count=1)
        new = joint(one.text, head, text, is_english(text))
        if new is not None:
            return one.end - (new == ""), two.start + len(two.text) - len(head), "" if new == "-" else new[1:]
    before, behind, new_space = _joint(one.text, two.text)
    return one.end - before, two.start + behind, new_space


@remembered(1 << 12)
def _joint(one: str, two: str) -> tuple[int, int, str]:
    """How two lines are joined: code points cut from the end of the first and the start of the second, and the replacement.

    The replacement is a space, or nothing in a script without spaces.
    """
    head = two.lstrip()
    if head[:1] == ">":
        head = QUOTED.sub("", head, count=1)
    cut = len(two) - len(head)
    wide = "\u2e80" <= one[-1] <= "\u9fff" or "\uff00" <= one[-1] <= "\uffef"
    return 0, cut, "" if wide and ("\u2e80" <= head[0] <= "\u9fff" or "\uff00" <= head[0] <= "\uffef") else " "


class Opening(NamedTuple):
    """The capitalised words at the start of a line."""

    run: tuple[str, ...]
    end: int  # code points
    opens: bool  # the first is a function word that more words follow
    naming: bool  # one of several words is a head noun of names


@remembered(1 << 12)
def _opening_of(row: str) -> Opening | None:
    match = CAPITALS.match(row)
    if not match:
        return None
    run = tuple(match[0].split(" "))
    naming = len(run) > 1 and any(word.lower() in NAMING for word in run)
    return Opening(run, match.end(), is_function_word(run[0]), naming)


@remembered(1 << 12)
def _are_common(run: tuple[str, ...]) -> bool:
    """True if the dictionary has all words in lower case only, or if they are function words."""
    return all(is_function_word(word) or is_common_only(word) for word in run)


@remembered(1 << 12)
def _may_end_name(row: str) -> tuple[bool, bool]:
    """(the last word of a line ends with a digit, it starts with a capital)."""
    word = row.rsplit(None, 1)[-1]
    return word[-1].isdigit(), word[:1].isupper()


def lower(text: str, one: Line, two: Line, throughout: bool) -> Iterator[Edit | Flag]:
    """Edits that lower the capitals which the break caused at the start of `two`.

    If other lines of the text continue in lower case, the break did not cause capitals: then only a word that never starts a
    name is lowered.
    """
    opening = _opening_of(two.text)
    if not opening:
        return
    run = opening.run
    if opening.opens and len(run) == 1:
        unsure = False
    elif not throughout:
        return
    else:
        counted, named = _may_end_name(one.text)
        unsure = counted or (named and not opening.opens)
    if len(run) > 1:
        unsure = unsure or opening.naming or f" {run[0].lower()} " not in text or f" {run[0]} {run[1]}" in text
    if unsure or not _are_common(run):
        yield Flag(
            "N611",
            two.start,
            two.start + opening.end,
            f"{run[0]!r} starts a joined line and may belong to a name; its capital is not changed",
        )
        return
    at = two.start
    for word in run:
        yield Edit(at, at + 1, word[0], word[0].lower())
        at += len(word) + 1


PARTED = re.compile(r"\n\n(?<=[^.!?。！？:：\n]\n\n)\x0c?[a-zß-öø-ÿ\u0430-\u044f]")  # a blank line in mid-sentence
GOES_ON = re.compile(r"\x0c?[a-zß-öø-ÿ\u0430-\u044f]")
_going_on = LineCache(lambda line: GOES_ON.match(line) is not None)  # lines that start in lower case
HAN_COMMAS = ("\uff0c", "\u3001")
HAN_PARTED = tuple(f"{comma}\n\n" for comma in HAN_COMMAS)
SHORTEST_OF_SENTENCE, LEAST_SPACES = 16, 3  # code points and spaces of the first line of a sentence on two lines
SHORTEST_HYPHENED = 6  # code points of a line that ends with a hyphen
SENTENCE_ENDS = frozenset(".!?\u2026")
SHORTEST_PARTED = 60  # code points of a line that breaks off above a blank one
LEAST_PARTED = 3  # breaks in mid-sentence that are enough if they are most breaks of a text
OFTEN_PARTED = 4  # breaks in mid-sentence that are enough in any text


def may_hold(text: str, _: frozenset[str]) -> bool:
    """False if all lines are separated by blank ones and no line continues in lower case."""
    return stands_close(text) or _goes_on(text) or _has_parted_han(text)


def _has_parted_han(text: str) -> bool:
    """True if a blank line follows a Chinese comma."""
    return any(mark in text for mark in HAN_PARTED)


def _goes_on(text: str) -> bool:
    """True if a sentence may continue below a blank line."""
    return not _going_on.are_silent(lines_of(text)) and PARTED.search(text) is not None


def stands_close(text: str) -> bool:
    """False if all lines are separated by blank ones."""
    return b"\1\1" in shape_of(text)


@rule(
    "wrapped-line",
    layer="wrap",
    summary=("A line broken in mid-sentence is joined to the next; a capital that the break caused on a common word is lowered."),
    wrong_when=(
        "Wrong when a break is intended (verse, addresses, a list without marks), so short lines, items, headlines and "
        "lines that end a sentence are not joined, unless the text wraps elsewhere. A capital is lowered only if the dictionary "
        "has the word in lower case only; if it may start a name, it is flagged and not changed. A hyphen at the "
        "break is removed if the whole is one word."
    ),
    may_find=may_hold,
    order=10,
)
def join(text: str) -> Iterator[Edit | Flag]:
    r"""Edits that join broken lines, and flags at capitals that may belong to a name.

    >>> [(edit.raw, edit.new) for edit in join("It must be dismissed by the parties of the pact and\nShould be opposed.") if isinstance(edit, Edit)]
    [('\n', ' '), ('S', 's')]
    """
    if not stands_close(text):
        if _goes_on(text):
            yield from _parted(text)
        elif _has_parted_han(text):
            yield from _parted_han(text)
        return
    breaks = list(breaks_in(read_lines(text)))
    if not breaks:
        return
    column = column_of(text, breaks)
    runs = runs_of(breaks)
    entries = repeating(runs)
    apart = verse(runs, column) | lists(runs, column) | entries
    on = flowing(runs) if column.narrow else set()
    full = set() if column.width else filled(runs) - entries
    ongoing = {each.one.start for each in breaks if each.runs_on and not each.ends}
    listed = sum(is_listed(each.one.text) for each in breaks) > 1
    mended = [
        each
        for each in breaks
        if _is_hyphened(each) or each.one.start in full or (each.one.start not in apart and _is_wrap(each, column, listed, on, ongoing))
    ]
    broken = [each for each in mended if not each.ends]
    wrapped = _neighbours(mended, broken, column)
    capitals = is_english(text) and sum(each.two.text[:1].isupper() for each in broken) * 4 >= len(broken) * 3
    for each in mended:
        if each.ends and each.one.start not in wrapped:
            continue
        start, end, new = mend(each.one, each.two, text)
        yield Edit(start, end, text[start:end], new)
        if (
            not each.ends
            and not is_shortened(each.one.text.rstrip(), each.two.text)
            and (capitals or (column.width and is_word(each.two.text.split(" ", 1)[0].lower())))
        ):
            yield from lower(text, each.one, each.two, capitals)
    if column.width and _goes_on(text):
        yield from _across(text, column)


def _across(text: str, column: Column) -> Iterator[Edit]:
    """The joints across a blank line where a page ended in mid-sentence: a full line above it, lower case below it."""
    lines = read_lines(text)
    for one, between, two in zip(lines, lines[1:], lines[2:], strict=False):
        if between.role != "blank" or two.role != "paragraph" or not two.text.lstrip()[:1].islower() or is_listed(one.text):
            continue
        for each in breaks_in((one, two)):
            if each.runs_on and not each.ends and is_forced(each, column.width):
                start, end, new = mend(one, two, text)
                yield Edit(start, end, text[start:end], new)


def _parted(text: str) -> Iterator[Edit | Flag]:
    """The joints of a text that is wrapped to a width and has a blank line after every line."""
    lines = [line for line in read_lines(text) if line.role != "blank"]
    breaks = list(breaks_in(lines))
    column = column_of("", breaks)
    plain = sum(each.runs_on and not each.ends for each in breaks)
    if _is_one_paragraph(lines, breaks):
        yield from (Edit(start, end, text[start:end], new) for each in breaks for start, end, new in [mend(each.one, each.two, text)])
        return
    if plain < (LEAST_PARTED if plain * 2 > len(breaks) else OFTEN_PARTED) or not column.width:
        yield from (
            Edit(start, end, text[start:end], new)
            for each in breaks
            if _is_parted(each)
            for start, end, new in [mend(each.one, each.two, text)]
        )
        return
    if sum(len(line.text) > column.width * SLACK for line in lines) * 10 > len(lines):
        return
    for each in breaks:
        if _is_wrap(each, column, False, set(), set()):
            start, end, new = mend(each.one, each.two, text)
            yield Edit(start, end, text[start:end], new)


def _is_parted(each: Break) -> bool:
    """True for a long line that starts a sentence and breaks off at a word, above one in small letters: a page ended there."""
    above = each.one.text.rstrip()
    return (
        each.runs_on
        and not each.ends
        and len(above) >= SHORTEST_PARTED
        and above.lstrip(OPENERS)[:1].isupper()
        and above[-1].isalnum()
        and each.two.text.lstrip()[:1].islower()
        and each.two.text.rstrip()[-1:] in SENTENCE_ENDS  # and not the second line of a title
    )


def _parted_han(text: str) -> Iterator[Edit | Flag]:
    """The joints across a blank line below a Chinese comma, unless the lines are verse or the next one is a title or an item."""
    for each in breaks_in([line for line in read_lines(text) if line.role != "blank"]):
        last, head = each.one.text.rstrip(), each.two.text.lstrip()
        if last[-1:] in HAN_COMMAS and len(last) >= NARROWEST_SENTENCE and is_han(head) and not mark(head) and not is_title(head):
            start, end, new = mend(each.one, each.two, text)
            yield Edit(start, end, text[start:end], new)


def _is_one_paragraph(lines: list[Line], breaks: list[Break]) -> bool:
    """True if a text is a single sentence or paragraph: full lines of one width, each of which the next continues."""
    sizes = [len(line.text) for line in lines[:-1]]
    return (
        len(sizes) > 1
        and len(breaks) == len(sizes)
        and all(each.runs_on and not each.ends for each in breaks)
        and min(sizes) >= SHORTEST
        and max(sizes) <= min(min(sizes) * SLACK, WIDEST)
    )


def _run_on_plainly(each: Break) -> bool:
    """True if both lines show that the sentence continues: a function word ends the first, a lower-case letter starts the second."""
    return not each.ends and each.two.text.lstrip()[:1].islower() and opens_more(each.one.text.rstrip())


def _is_hyphened(each: Break) -> bool:
    """True if the first line ends with a hyphen or dash that joins it to the second, however short it is."""
    above, head = each.one.text.rstrip(), QUOTED.sub("", each.two.text.lstrip(), count=1)
    if each.ends or above[-1] not in "-–—" or len(above) < SHORTEST_HYPHENED or (not above[-2].isalnum() and above[-2] != " "):
        return False
    if above[-2] == " " or above[-1] != "-":
        return head[:1].islower()
    return joint(above, head, "", True) is not None


def _is_wrap(each: Break, column: Column, listed: bool, flowing: set[int], ongoing: set[int]) -> bool:
    """True if a line break was not intended by the author."""
    size = len(each.one.text)
    if not each.first_word or _run_on_plainly(each) or _is_hyphened(each):
        return True
    han = is_han(each.one.text)
    if han and column.han:
        return column.han - HANGING <= han_size(each.one.text) <= column.han + HANGING
    if listed and is_listed(each.one.text) and not column.width:
        return False
    if each.ends and each.one.role != "item" and each.two.text[0] == " " != each.one.text[0]:
        return False  # an indented paragraph
    if column.width and not han:
        forced = is_forced(each, column.width)
        if is_listed(each.one.text) and not each.two.text[:1].islower():
            return False
        return forced or (not each.ends and each.runs_on and size * 3 > column.width * 2)
    if column.narrow and not each.ends and not han:
        label = len(each.two.text) < SHORTEST_IN_PROSE and each.two.start not in ongoing and is_title(each.two.text)
        full = column.usual * 3 <= size * 4 <= column.usual * 5 and each.below_prose and not is_title(each.one.text)
        return each.runs_on or (not label and (full or (each.one.start in flowing and size >= 12)))
    if not each.ends and not each.runs_on and len(each.two.text) < SHORTEST_IN_PROSE and is_title(each.two.text):
        return False
    if each.one.text[-1] in ":：" or (each.one.text[-1] == ";" and _begin_alike(each)):
        return False
    runs_on = (each.runs_on and not each.one.text.rstrip().endswith((",", "，", "、"))) or each.two.text[:1].islower()
    least = SHORTEST_HAN if han else SHORTEST_IN_PROSE if runs_on else SHORTEST
    if size < least and not (column.narrow and each.ends and column.spaced) and not _is_one_sentence(each):
        return False
    if "://" in each.one.text.rpartition(" ")[2]:
        return False
    if each.one.role == "item" and each.two.text[0].isupper() and not runs_on and is_title(ITEM.sub("", each.one.text, count=1)):
        return False  # a numbered heading above its paragraph
    if each.ends or runs_on or han or size > LONGEST_TITLE or not is_title(each.one.text):
        return True
    word = each.two.text.split(" ", 1)[0]
    return each.below_prose and not (word[:1].isupper() and word.lower() in STARTERS)


def _begin_alike(each: Break) -> bool:
    """True for two lines with the same first word."""
    return each.one.text.split(maxsplit=1)[0] == each.two.text.split(maxsplit=1)[0]


def _is_one_sentence(each: Break) -> bool:
    """True for the two lines of a short sentence: some words from a capital on, and the rest in small letters up to its full stop."""
    one, two = each.one.text.strip(), each.two.text.strip()
    return (
        not each.ends
        and one[0].isupper()
        and two[0].islower()
        and len(one) >= SHORTEST_OF_SENTENCE
        and one.count(" ") >= LEAST_SPACES
        and one[-1].isalpha()
        and ends_sentence(two)
    )


def _neighbours(mended: list[Break], broken: list[Break], column: Column) -> set[int]:
    """The starts of lines after a sentence end that is nevertheless a wrap, because other lines of the block are wrapped."""
    if column.width:
        return {each.one.start for each in mended}
    if column.narrow and not column.spaced:
        return {each.one.start for each in mended if each.ends and is_forced(each, column.usual)}
    if column.han:
        mended = [each for each in mended if not is_han(each.one.text)]
    sure = {each.one.start for each in broken}
    return {each.one.start for run in runs_of(mended) if sum(one.one.start in sure for one in run) * 5 >= len(run) * 2 for each in run}
