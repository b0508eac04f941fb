"""The rule for lines broken in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from normbook.text.edits import Edit, Flag
from normbook.text.lexicon import is_common_only, is_function_word
from normbook.text.lines import CLOSERS, Line, read_lines

STOPS = frozenset(".!?。！？…")
SHORTEST = 30  # code points; a shorter line above a break may be verse, an address or a menu
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

    >>> [(edit.raw, edit.new) for edit in join("It must be dismissed by all and\nShould be opposed.") if isinstance(edit, Edit)]
    [('\n', ' '), ('S', 's')]
    """
    if "\n" not in text.replace("\n\n", "").rstrip("\n"):
        return
    lines = read_lines(text)
    pairs = [(one, two) for one, two in pairwise(lines) if _joinable(one, two)]
    semicolons = sum(one.text.endswith(";") for one, _ in pairs)
    broken = [pair for pair in pairs if not _ends_sentence(pair[0].text) and not (semicolons > 1 and pair[0].text.endswith(";"))]
    if not broken:
        return
    spaced = text.count("\n\n") >= 2
    for one, two in pairs:
        if (one, two) in broken:
            yield Edit(one.end, one.end + 1, "\n", _glue(one.text, two.text), ("wrapped-line",))
            yield from _lower(text, one, two)
        elif spaced and _ends_sentence(one.text) and len(one.text) >= SHORTEST:
            yield Edit(one.end, one.end + 1, "\n", _glue(one.text, two.text), ("wrapped-line",))


def _joinable(one: Line, two: Line) -> bool:
    prose = ("paragraph", "dateline", "item")
    return one.role in prose and two.role == "paragraph" and len(one.text) >= SHORTEST and one.text[-1:] not in (":", "：")


def _ends_sentence(row: str) -> bool:
    bare = row.rstrip(CLOSERS)
    return bare[-1:] in STOPS


def _glue(one: str, two: str) -> str:
    """The character between two joined lines: none where one ends and the other begins in a script without spaces."""
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
