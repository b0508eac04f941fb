"""What the normaliser gets right of a document whose gold is known by line numbers, sums, dates and counts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.policytext.assertions import Answer, plain
from tools.measure.unseen.draw import digest

GOLD = Path(__file__).with_name("gold")
MOST_GONE = 0.6  # of the letters of a line: then the line counts as removed
NEAR = 0.15  # a number of turns may be off by this share,
NEAR_LEAST = (1, 2)  # or by one question, or by two answers: an opening statement may count as one

Gold = Mapping[str, Any]
Said = Mapping[str, Any]


class Tally(NamedTuple):
    """How many places were right, of how many; and how many were found where nothing is."""

    right: int = 0
    of: int = 0
    false: int = 0

    def __add__(self, other: Tally) -> Tally:  # type: ignore[override]
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


def read_gold(folder: Path = GOLD) -> dict[str, Gold]:
    """What is right for each document, by its id."""
    return {each["id"]: each for path in sorted(folder.glob("*.yaml")) for each in yaml.safe_load(path.read_text("utf-8"))}


def numbers(spans: str | None) -> list[int]:
    """The line numbers of "3 7-9", in order.

    >>> numbers("3 7-9")
    [3, 7, 8, 9]
    """
    return [number for start, end in ranges(spans) for number in range(start, end + 1)]


def ranges(spans: str | None) -> Iterator[tuple[int, int]]:
    """The first and last numbers of each part of "3 7-9"."""
    for part in str(spans or "").split():
        start, _, end = part.partition("-")
        yield int(start), int(end or start)


class Reading:
    """A received text by its lines, and where its characters stand in the cleaned text."""

    def __init__(self, received: str, said: Said) -> None:
        self.said, self.text = said, said["text"]
        self.lines = received.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.edits = said["edits"]
        self.edit_starts = [edit["start"] for edit in self.edits]
        self.shifts = [0]
        for edit in self.edits:
            self.shifts.append(self.shifts[-1] + len(edit["new"]) - len(edit["raw"]))

    def forward(self, offset: int, end: bool) -> int:
        """The cleaned offset of a received character; inside an edit, the start or the end of what replaces it."""
        k = bisect_right(self.edit_starts, offset)
        if k and offset < self.edits[k - 1]["end"]:
            edit = self.edits[k - 1]
            at = int(edit["start"]) + self.shifts[k - 1]
            return at + len(edit["new"]) if end else at
        return offset + self.shifts[k]

    def is_gone(self, number: int) -> bool:
        """True if most of a line's characters were removed."""
        start, line = self.starts[number - 1], self.lines[number - 1]
        gone = 0
        for edit in self.edits:
            if edit["start"] < start + len(line) and start < edit["end"] and not any(map(str.isalnum, edit["new"])):
                part = line[max(edit["start"] - start, 0) : max(edit["end"] - start, 0)]
                gone += len("".join(part.split()))
        return gone >= MOST_GONE * len("".join(line.split()))

    def is_joined(self, one: int, two: int, skipped: int = 0) -> bool:
        """True if a line is continued by another in one line of the cleaned text; of the other the first characters are skipped."""
        before, after = self.lines[one - 1].rstrip(), self.lines[two - 1]
        rest = after[skipped:].lstrip()
        first = self.forward(self.starts[one - 1] + len(before) - 1, end=False)
        last = self.forward(self.starts[two - 1] + len(after) - len(rest), end=True)
        return "\n" not in self.text[first:last] and last - first <= len("- ") + 1

    def has_line(self, wanted: str, squeezed: bool) -> bool:
        """True if a line of the cleaned text has this sum; squeezed, without its spaces."""
        return any(digest(("" if squeezed else " ").join(line.split())) == wanted for line in self.text.split("\n"))


def score(gold: Gold, received: str, said: Said) -> dict[str, Tally]:
    """The tallies of one document by what is measured."""
    reading = Reading(received, said)
    tallies = {
        "initiatives": names((each["name"] for each in said["initiatives"]), gold["initiatives"], gold.get("may_name", ())),
        "language": Tally(int(said["language"] in gold["language"]), 1),
        "reversible": Tally(int(Answer(said, received).reverts()), 1),
    }
    if gold.get("only"):
        return tallies
    return {**furniture(gold, reading), **noise(gold, reading), **dates(gold, said), **facts(gold, said), **tallies}


def furniture(gold: Gold, reading: Reading) -> dict[str, Tally]:
    """Lines of the page that are gone, and lines of matter that are gone."""
    of_page, either = set(numbers(gold.get("furniture"))), set(numbers(gold.get("either")))
    filled = {number for number, line in enumerate(reading.lines, 1) if line.strip()}
    matter = filled - of_page - either
    return {
        "furniture": Tally(sum(map(reading.is_gone, of_page & filled)), len(of_page & filled)),
        "matter lost": Tally(sum(map(reading.is_gone, matter)), len(matter)),
    }


def lost_lines(gold: Gold, reading: Reading) -> list[int]:
    """The numbers of the lines of matter that are gone."""
    other = {*numbers(gold.get("furniture")), *numbers(gold.get("either"))}
    return [k for k, line in enumerate(reading.lines, 1) if line.strip() and k not in other and reading.is_gone(k)]


def noise(gold: Gold, reading: Reading) -> dict[str, Tally]:
    """Paragraphs that were broken over lines, lines that were damaged otherwise, and lines that are joined but belong apart."""
    wrapped = broken(gold, reading.lines)
    joins = [(one, two, skipped) for one, two, skipped in gold.get("joins", ())]
    mended = sum(all(reading.is_joined(one, two) for one, two in pairwise(lines)) for lines in wrapped)
    mended += sum(reading.is_joined(*each) for each in joins)
    together = {pair for lines in wrapped for pair in pairwise(lines)} | {(one, two) for one, two, _ in joins}
    other = {*numbers(gold.get("furniture")), *numbers(gold.get("either")), *numbers(gold.get("apart"))}
    kept = [k for k, line in enumerate(reading.lines, 1) if line.strip() and k not in other and not reading.is_gone(k)]
    joined = sum(reading.is_joined(*pair) for pair in pairwise(kept) if pair not in together)
    mends = gold.get("mends", ())
    right = sum(reading.has_line(wanted, bool(gold.get("squeeze"))) for _, wanted in mends)
    return {"wraps": Tally(mended, len(wrapped) + len(joins), joined), "other noise": Tally(right, len(mends))}


def broken(gold: Gold, lines: Sequence[str]) -> list[list[int]]:
    """The paragraphs that stand on several lines, by the numbers of their lines."""
    of_page = {*numbers(gold.get("furniture")), *numbers(gold.get("either"))}
    given = [[k for k in range(start, end + 1) if lines[k - 1].strip() and k not in of_page] for start, end in ranges(gold.get("wraps"))]
    if gold.get("blocks"):
        taken = {k for part in given for k in part} | set(numbers(gold.get("apart"))) | of_page
        block: list[int] = []
        for number, line in enumerate([*lines, ""], 1):
            if line.strip() and number not in taken:
                block.append(number)
            elif block:
                given.append(block)
                block = []
    return [part for part in given if len(part) > 1]


def dates(gold: Gold, said: Said) -> dict[str, Tally]:
    """The days: right of those asserted, and found of those that the text tells; false ones are asserted where none can be known."""
    tallies = {}
    for which in ("event", "published"):
        value = (said["dates"].get(which) or {}).get("value")
        right, known = int(value is not None and value in gold[which]), int(None not in gold[which])
        tallies[f"{which} asserted"] = Tally(right, int(value is not None), int(value is not None and gold[which] == [None]))
        tallies[f"{which} found"] = Tally(right * known, known)
    return tallies


def facts(gold: Gold, said: Said) -> dict[str, Tally]:
    """Lists by the numbers of their items, dialogues by their turns, and speakers by their names."""
    tallies = {}
    if gold["lists"] != "any":
        found = Counter(len(each["items"]) for each in said["lists"])
        wanted: Counter[int] = Counter(gold["lists"])
        right = sum((found & wanted).values())
        may = gold.get("lists_may", ())
        false = 0 if may == "any" else sum((found - wanted - Counter(may)).values())
        tallies["lists"] = Tally(right, sum(wanted.values()), false)
    if gold["turns"] != "any":
        tallies["dialogues"] = dialogue(gold["turns"], Counter(each["kind"] for each in said["segments"]))
    if gold["speakers"] != "any":
        tallies["speakers"] = names((each["name"] for each in said["speakers"]), gold["speakers"], gold.get("may_speak", ()))
    return tallies


def dialogue(turns: Any, kinds: Mapping[str, int]) -> Tally:
    """Whether the questions and answers of a document are as many as they are; in a text without any, none may be found."""
    found = [kinds.get("question", 0), kinds.get("answer", 0)]
    if turns == 0:
        return Tally(false=int(any(found)))
    if isinstance(turns, int):
        return Tally(int(abs(sum(found) - turns) <= NEAR * turns), 1)
    close = all(abs(n - want) <= max(least, NEAR * want) for n, want, least in zip(found, turns, NEAR_LEAST, strict=True))
    return Tally(int(close), 1)


def names(found: Iterable[str | None], wanted: Sequence[Sequence[str]], may: Sequence[str]) -> Tally:
    """Names that were found of those that are right, each by one of its forms; false are those that are neither right nor allowed."""
    sums = {digest(plain(name)) for name in found if name}
    every = {each for forms in wanted for each in forms}
    return Tally(sum(not sums.isdisjoint(forms) for forms in wanted), len(wanted), len(sums - every - set(may)))
