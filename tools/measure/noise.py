"""Known noise at known offsets: clean text of our own documents, damaged in one way, and what the rules make of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from normbook.cleaning.clean import clean
from normbook.text.ledger import Cleaned
from tools.measure.documents import PROSE, Case, Score, changes, received

SHORTEST = 200  # code points of a paragraph that is damaged
SPACE_BETWEEN = re.compile(r"(?<=[a-z]{2}) (?=[a-z]{2})|(?<=[a-z]{3}\.) (?=[A-Z][a-z])")


class Noisy(NamedTuple):
    """A damaged text, and where it was damaged: received code points at which an edit of one of these rules is expected."""

    text: str
    places: frozenset[int]
    rules: frozenset[str]


def bases(cases: list[Case], language: str = "en") -> Iterator[str]:
    """The clean prose of each document in a language, one paragraph after a blank line."""
    for case in cases:
        if case.expected["language"] == language and not case.expected["flags"]:
            lines = [line for each in case.expected["lines"] for kind, line in each.items() if kind in PROSE]
            if sum(map(len, lines)) > 600:
                yield "\n\n".join(lines) + "\n"


def wrapped(text: str, dice: random.Random) -> Noisy:
    """Every long paragraph broken at one width, as a mail or a narrow column breaks it."""
    width = dice.choice((58, 64, 72, 76))
    places: set[int] = set()
    out = []
    at = 0
    for paragraph in text.split("\n\n"):
        rows: list[str] = [""]
        for word in paragraph.split(" "):
            if rows[-1] and len(rows[-1]) + 1 + len(word) > width and len(paragraph) >= SHORTEST:
                rows.append(word)
            else:
                rows[-1] = f"{rows[-1]} {word}" if rows[-1] else word
        for row in rows[:-1]:
            places.add(at + len(row))
            at += len(row) + 1
        at += len(rows[-1]) + 2
        out.append("\n".join(rows))
    return Noisy("\n\n".join(out), frozenset(places), frozenset({"wrapped-line"}))


def misread(text: str, dice: random.Random) -> Noisy:
    """Typographic marks and accents, as a reader with another encoding shows them, once or twice over."""
    curly = re.sub(r'(?<![\w”])"(?=\w)', "“", text).replace('"', "”").replace("'", "’")
    how = dice.choice(("latin", "western", "twice", "gbk"))

    def damage(character: str) -> str:
        if character.isascii():
            return character
        if how == "gbk":
            return character.encode("gbk", "ignore").decode("latin-1") or character
        raw = character.encode("utf-8")
        for _ in range(2 if how == "twice" else 1):
            character = raw.decode("latin-1") if how == "latin" else "".join(_western(byte) for byte in raw)
            raw = character.encode("utf-8")
        return character

    places: set[int] = set()
    out: list[str] = []
    at = 0
    for character in curly:
        new = damage(character)
        if new != character:
            places.add(at)
        out.append(new)
        at += len(new)
    return Noisy("".join(out), frozenset(places), frozenset({"mojibake", "gbk-as-latin"}))


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


def glued(text: str, dice: random.Random) -> Noisy:
    """The space lost at some forty places between two words, or between a stop and the next sentence."""
    gaps = [match.start() for match in SPACE_BETWEEN.finditer(text)]
    chosen = sorted(dice.sample(gaps, min(len(gaps), 40)))
    places, out, at = set(), [], 0
    for number, gap in enumerate(chosen):
        out.append(text[at:gap])
        places.add(gap - number)
        at = gap + 1
    out.append(text[at:])
    return Noisy("".join(out), frozenset(places), frozenset({"glued-word", "glued-sentence"}))


def turned(text: str, dice: random.Random) -> Noisy:
    """Some opening quotation marks turned into closing ones."""
    curly = re.sub(r'(?<![\w”])"(?=\w)', "“", text).replace('"', "”")
    marks = [match.start() for match in re.finditer(r"(?<![^\s(])“(?=[A-Za-z])", curly)]
    chosen = set(dice.sample(marks, len(marks) // 3))
    return Noisy("".join("”" if k in chosen else c for k, c in enumerate(curly)), frozenset(chosen), frozenset({"quote-direction"}))


KINDS: dict[str, Callable[[str, random.Random], Noisy]] = {"wraps": wrapped, "mojibake": misread, "glued words": glued, "quotes": turned}


def judged(noisy: Noisy, cleaned: Cleaned) -> Score:
    """Edits of the rules in question at the places of the damage, elsewhere, and the places without one."""
    found: set[int] = set()
    wrong = 0
    for edit in cleaned.ledger.edits:
        if not noisy.rules.intersection(edit.rules):
            continue
        hits = {place for place in noisy.places if edit.start <= place <= max(edit.end - 1, edit.start)}
        found |= hits
        wrong += not hits and not (edit.raw.isalpha() and edit.raw.lower() == edit.new.lower())
    return Score(len(found), wrong, len(noisy.places) - len(found))


def furniture_of(cases: list[Case]) -> list[list[str]]:
    """The lines that each page says of itself, as a careful reader marked them: blocks of the head and of the foot."""
    blocks = []
    for case in cases:
        if case.expected["language"] not in ("en", None) or not case.expected["lines"]:
            continue
        raw = received(case)
        lines = [line for line in re.split("\r\n|[\n\r]", raw) if line.strip()]
        dropped = changes(raw, case.text)["boilerplate"]
        flags = [k in dropped for k in range(len(lines))]
        first = flags.index(False) if False in flags else len(flags)
        if first >= 3:
            blocks.append(lines[:first])
        last = len(flags) - flags[::-1].index(False) if False in flags else 0
        if len(flags) - last >= 3:
            blocks.append(lines[last:])
    return blocks


def measure(cases: list[Case], seed: int, rounds: int) -> dict[str, Score]:
    """The scores of each kind of noise over the documents, `rounds` draws each."""
    total = {name: Score() for name in KINDS}
    dice = random.Random(seed)
    for text in bases(cases):
        for name, damage in KINDS.items():
            for _ in range(rounds):
                noisy = damage(text, dice)
                total[name] += judged(noisy, clean(noisy.text))
    return total
