"""Sentences made of our own words and words from records, for a terminal or as Markdown in which nothing from a record is markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from normbook.site.prose.terminal import visible

LONGEST = 360  # code points per cited value
AROUND = 5  # words on each side of a difference


class Cited(NamedTuple):
    """Text from a record."""

    text: str


Words = list[str | Cited]


class Sentence(NamedTuple):
    """One line: its depth (0 for a heading, 1 for a sentence, 2 for one below it), and its words."""

    depth: int
    words: Words


def window(old: str, new: str) -> tuple[str, str]:
    """Two texts, long ones reduced to the differing words and a few around them.

    >>> window("a " * 100 + "red " + "b " * 100, "a " * 100 + "green " + "b " * 100)
    ('… a a a a a red b b b b b …', '… a a a a a green b b b b b …')
    """
    one, two = re.findall(r"\S+", old), re.findall(r"\S+", new)
    if max(len(old), len(new)) <= LONGEST // 3 or not one or not two:
        return shown(old), shown(new)
    head = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    most = min(len(one), len(two)) - head
    tail = next((at for at, (a, b) in enumerate(zip(reversed(one), reversed(two), strict=False)) if a != b), most)
    start, rest = max(0, head - AROUND), max(0, min(tail, most) - AROUND)

    def cut(words: list[str]) -> str:
        kept = " ".join(words[start : len(words) - rest])
        return shown(f"{'… ' if start else ''}{kept}{' …' if rest else ''}")

    return cut(one), cut(two)


def shown(value: Any) -> str:
    """A value of a record on one line; a long one is cut in the middle."""
    text = flat(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def flat(value: Any) -> str:
    """A value on one line, with the keys of its parts."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')} {flat(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(flat, value))
    return "nothing" if value is None or value == "" else {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def plain(told: Sequence[Sentence]) -> str:
    """The sentences for a terminal, with cited text in quotation marks and without control characters."""
    rows: list[str] = []
    for each in told:
        line = "".join(one if isinstance(one, str) else f"“{visible(one.text.replace(chr(10), ' / '))}”" for one in each.words)
        rows.append(f"\n{_capital(line)}" if each.depth == 0 else f"{'  ' * (each.depth - 1)}- {line}" if rows else line)
    return "\n".join(rows) + "\n"


def markdown(told: Sequence[Sentence], depth: int = 3) -> str:
    """The sentences as Markdown, with headings of level `depth`. Cited text is in code spans, where nothing is interpreted."""
    rows: list[str] = []
    for each in told:
        line = "".join(one if isinstance(one, str) else code_span(one.text) for one in each.words)
        rows.append(f"\n{'#' * depth} {_capital(line)}\n" if each.depth == 0 else f"{'  ' * (each.depth - 1)}- {line}" if rows else line)
    return "\n".join(rows) + "\n"


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def code_span(text: str) -> str:
    """A text as a code span of Markdown: on one line, between more backticks than it contains.

    >>> code_span("a `b` @c")
    '``a `b` @c``'
    """
    line = " ".join(visible(text.replace("\r", "\n")).replace("\t", " ").split("\n"))
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    edge = " " if line[:1] in ("`", " ", "") or line[-1:] in ("`", " ") else ""
    return f"{fence}{edge}{line or '-'}{edge}{fence}"


def words(pointer: str) -> str:
    """A JSON Pointer in English words, without labels of the site, for any value of any record.

    >>> words("/names/0"), words("/announced/date")
    ('name 1', 'announced date')
    """
    shown: list[str] = []
    for part in filter(None, pointer.split("/")):
        if part.isdigit() and shown:
            shown[-1] = f"{shown[-1].removesuffix('s')} {int(part) + 1}"
        else:
            shown.append(part.replace("_", " "))
    return " ".join(shown)
