"""The rule for lines broken in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from normbook.text.edits import Edit, Flag
from normbook.text.lexicon import is_common_only, is_function_word
from normbook.text.lines import CLOSERS, Line, is_title, read_lines

STOPS = frozenset(".!?。！？…।۔؟")
LISTED = re.compile(r"[;；](?: (?:and|or))?\Z")
STARTERS = frozenset("a an he if in it she that the these they this those we when".split())
SPEAKER = re.compile(r"[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,3}: ")
SHORTEST = 50  # code points; a shorter line above a break may be verse, an address or a menu
SHORTEST_IN_PROSE = 30  # unless the words themselves run on
SHORTEST_HAN = 20
NOTE_MARKS = re.compile(r"(?:\[\d{1,3}\])+\Z")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
CAPITALISED = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)?$")
# Nouns that head the names of bodies, meetings and texts: a capitalised run that holds one is left as it is.
NAMING = frozenset(
    "act agency agreement assembly association bank belt bureau charter code college commission committee community conference congress convention council "
    "court declaration department dialogue directive embassy federation forum foundation framework fund government group house initiative institute law league "
    "meeting ministry nations network office organisation organization pact parliament partnership party plan president programme program protocol republic road "
    "secretariat senate seminar state states street summit symposium treaty tribunal union university wall world".split()
)  # fmt: skip


def join(text: str) -> Iterator[Edit | Flag]:
    r"""A line broken in mid-sentence is joined to the next; the capital that the break put on a common word is lowered.

    Wrong when a break is meant (verse, addresses, a list without marks), so short lines, items, headlines and lines that end a
    sentence are left, unless the text wraps elsewhere. A capital is lowered only for a word that the dictionary has in
    lower case alone; it stays, flagged, where it may open a name.

    >>> [(edit.raw, edit.new) for edit in join("It must be dismissed by the parties of the pact and\nShould be opposed.") if isinstance(edit, Edit)]
    [('\n', ' '), ('S', 's')]
    """
    if "\n" not in text.replace("\n\n", "").rstrip("\n"):
        return
    lines = read_lines(text)
    following = [*lines[2:], None]
    pairs = [(one, two) for (one, two), three in zip(pairwise(lines), following, strict=False) if _joinable(one, two, three)]
    listed = sum(bool(LISTED.search(one.text)) for one, _ in pairs) > 1
    broken = [(one, two) for one, two in pairs if not _ends_sentence(one.text) and not (listed and LISTED.search(one.text))]
    if not broken:
        return
    english = " the " in text and (" of " in text or " and " in text)
    capitals = english and sum(two.text[:1].isupper() for _, two in broken) * 4 >= len(broken) * 3
    cut = {one.start for one, _ in broken}
    blocks = _numbered(lines)
    wrapped = {blocks[start] for start in cut}
    for one, two in pairs:
        if one.start in cut or (blocks[one.start] in wrapped and _ends_sentence(one.text)):
            head = two.text.lstrip()
            end = two.end - len(head)
            yield Edit(one.end, end, text[one.end : end], _glue(one.text, head), ("wrapped-line",))
            if one.start in cut and capitals:
                yield from _lower(text, one, two)


def _numbered(lines: Sequence[Line]) -> dict[int, int]:
    """The number of the block, between blank lines, that each line stands in, by the line's start."""
    number, found = 0, {}
    for line in lines:
        number += line.role == "blank"
        found[line.start] = number
    return found


def _joinable(one: Line, two: Line, three: Line | None) -> bool:
    """True if two neighbouring lines may be one sentence.

    Only the last line of a wrapped paragraph is short. A capitalised opener of sentences below a line that reads as a title opens one.
    """
    if one.role not in ("paragraph", "dateline", "item") or two.role != "paragraph" or one.text[-1:] in (":", "："):
        return False
    runs_on = two.text[:1].islower() or is_function_word(one.text.rpartition(" ")[2])
    han = any("\u2e80" <= c <= "\u9fff" for c in one.text[:8])
    if len(one.text) < (SHORTEST_HAN if han else SHORTEST_IN_PROSE if runs_on else SHORTEST):
        return False
    if SPEAKER.match(two.text) or (
        len(two.text) < SHORTEST_IN_PROSE and not _ends_sentence(two.text) and three is not None and three.role != "blank"
    ):
        return False
    word = two.text.split(" ", 1)[0]
    return not (word[:1].isupper() and word.lower() in STARTERS and not _ends_sentence(one.text) and is_title(one.text))


def _ends_sentence(row: str) -> bool:
    bare = NOTE_MARKS.sub("", row).rstrip(CLOSERS + " ")
    return bare[-1:] in STOPS


def _glue(one: str, two: str) -> str:
    """The character between two joined lines: none where one ends and the other begins in a script without spaces."""
    if one[-1] == "-" and one[-2:-1].isalpha() and two[:1].islower():
        return ""
    wide = "\u2e80" <= one[-1] <= "\u9fff" or "\uff00" <= one[-1] <= "\uffef"
    return "" if wide and ("\u2e80" <= two[0] <= "\u9fff" or "\uff00" <= two[0] <= "\uffef") else " "


def _lower(text: str, one: Line, two: Line) -> Iterator[Edit | Flag]:
    """The capitals that the break put on the words at the head of `two`."""
    run: list[re.Match[str]] = []
    for match in WORD.finditer(two.text):
        if not CAPITALISED.match(match[0]) or (run and two.text[run[-1].end() : match.start()] != " "):
            break
        run.append(match)
    if not run or run[0].start() != 0:
        return
    before = one.text.split()[-1]
    unsure = before[-1].isdigit() or (before[:1].isupper() and not is_function_word(run[0][0]))
    if is_function_word(run[0][0]) and len(run) == 1:
        unsure = False
    if len(run) > 1:
        words = {word[0].lower() for word in run}
        unsure = unsure or bool(words & NAMING) or f" {run[0][0].lower()} " not in text or f" {run[0][0]} {run[1][0]}" in text
    if unsure or not all(is_common_only(word[0]) for word in run):
        yield Flag(
            "N611", two.start, two.start + run[-1].end(), f"{run[0][0]!r} opens a joined line and may belong to a name: its capital is kept"
        )
        return
    for word in run:
        yield Edit(two.start + word.start(), two.start + word.start() + 1, word[0][0], word[0][0].lower(), ("wrapped-line",))
