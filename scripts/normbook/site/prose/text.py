"""Lines told in words of ours and words of records, for a terminal and as Markdown in which nothing of a record is markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from normbook.site.prose.terminal import visible

LONGEST = 360  # code points of one cited value
AROUND = 5  # words on each side of a difference


class Cited(NamedTuple):
    """Words that come from a record."""

    text: str


Words = list[str | Cited]


class Told(NamedTuple):
    """One line: how deep it stands (0 a heading, 1 a sentence, 2 one below it), and its words."""

    depth: int
    words: Words


def window(old: str, new: str) -> tuple[str, str]:
    """Two texts, of long ones only the words that differ and a few around them.

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
    """A value of a record on one line: what stands between a mapping's keys, a list's items; a long one cut in its middle."""
    text = flat(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def flat(value: Any) -> str:
    """A value on one line: its words, its parts with their keys."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')} {flat(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(flat, value))
    return "nothing" if value is None or value == "" else {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def plain(told: Sequence[Told]) -> str:
    """The sentences for a terminal: cited words in quotation marks, nothing in them that a terminal acts upon."""
    rows: list[str] = []
    for each in told:
        line = "".join(one if isinstance(one, str) else f"“{visible(one.text.replace(chr(10), ' / '))}”" for one in each.words)
        rows.append(f"\n{_capital(line)}" if each.depth == 0 else f"{'  ' * (each.depth - 1)}- {line}" if rows else line)
    return "\n".join(rows) + "\n"


def markdown(told: Sequence[Told], depth: int = 3) -> str:
    """The sentences as Markdown, headings of a depth: cited words stand in code spans, where no Markdown, HTML, link or mention is read."""
    rows: list[str] = []
    for each in told:
        line = "".join(one if isinstance(one, str) else code_span(one.text) for one in each.words)
        rows.append(f"\n{'#' * depth} {_capital(line)}\n" if each.depth == 0 else f"{'  ' * (each.depth - 1)}- {line}" if rows else line)
    return "\n".join(rows) + "\n"


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def code_span(text: str) -> str:
    """Any text as one code span of Markdown: on one line, behind more backticks than it holds.

    >>> code_span("a `b` @c")
    '``a `b` @c``'
    """
    line = " ".join(visible(text.replace("\r", "\n")).replace("\t", " ").split("\n"))
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    edge = " " if line[:1] in ("`", " ", "") or line[-1:] in ("`", " ") else ""
    return f"{fence}{edge}{line or '-'}{edge}{fence}"


def words(pointer: str) -> str:
    """A JSON Pointer as the shell names it, in English and with no label of the site: for any value of any record.

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
