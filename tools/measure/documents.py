"""The documents of our own beside what the normaliser makes of them, counted.

What was changed in a text is found by the same alignment for the expected and for the found reading (an edit script of the characters
that are no space, by rapidfuzz), so that precision and recall compare like with like: where the readings agree they are 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from normbook.extraction.report import report
from tools.projects import CASES, read_yaml

FOLDER = CASES / "documents"
PROSE = ("para", "item", "question", "answer", "heading", "headline", "byline")
SEPARATOR = re.compile(r"[;；,]?(?: (?:and|or))?[;；,.。]?$")
FLAGS = {
    "N604": "bidi",
    "N600": "empty",
    "N601": "undecodable",
    "N612": "quote",
    "N614": "lost-characters",
    "N621": "incomplete",
    "N622": "list-count",
}


class Score(NamedTuple):
    """What was right, what was wrongly found and what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(frozen=True)
class Case:
    """One document with the whole expected result."""

    name: str
    half: str
    content: bytes
    expected: dict[str, Any] = field(repr=False)

    @property
    def text(self) -> str:
        """The expected cleaned text, without blank lines."""
        return "\n".join(line for each in self.expected["lines"] for line in each.values())


@cache
def cases(half: str) -> list[Case]:
    """The documents of one half (`open` or `frozen`), by name."""
    return [
        Case(path.stem, half, path.with_suffix(".txt").read_bytes(), read_yaml(path)) for path in sorted((FOLDER / half).glob("*.yaml"))
    ]


def found(case: Case) -> dict[str, Any]:
    """What the normaliser makes of a document; its encoding is declared where it is not UTF-8."""
    encoding = case.expected["encoding"]
    return report(case.name, case.content, None if encoding == "utf-8" else encoding)


def received(case: Case) -> str:
    return case.content.decode(case.expected["encoding"], "surrogateescape" if case.expected["encoding"] == "utf-8" else "strict")


def changes(before: str, after: str) -> dict[str, set[Any]]:
    """How `after` came from `before`, by class: lines dropped, breaks joined, spaces set, characters changed (received code points)."""
    solid = [k for k, c in enumerate(before) if not c.isspace()]
    kept_after = [k for k, c in enumerate(after) if not c.isspace()]
    one, two = "".join(before[k] for k in solid), "".join(after[k] for k in kept_after)
    partner: dict[int, int] = {}
    changed: set[Any] = set()
    gone: set[int] = set()
    for op in Indel.opcodes(one, two):
        if op.tag == "equal":
            partner.update(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
        else:
            gone.update(range(op.src_start, op.src_end))
    lines, dropped = list(_lines(before)), set()
    where = {k: number for number, (start, end) in enumerate(lines) for k in range(start, end)}
    per_line = Counter(where[solid[k]] for k in gone)
    for number, count in per_line.items():
        start, end = lines[number]
        size = sum(not c.isspace() for c in before[start:end])
        if count * 10 >= size * 6 and size > 0:
            dropped.add(number)
    for op in Indel.opcodes(one, two):
        if op.tag != "equal":
            here = [k for k in range(op.src_start, op.src_end) if where[solid[k]] not in dropped]
            if here or op.dest_end > op.dest_start:
                place = solid[min(op.src_start, len(solid) - 1)] if solid else 0
                changed.add((place, "".join(one[k] for k in here), two[op.dest_start : op.dest_end]))
    joined, set_apart = set(), set()
    previous: int | None = None
    for k in range(len(solid)):
        if k not in partner:
            continue
        if previous is not None:
            middle_before = before[solid[previous] + 1 : solid[k]]
            middle_after = after[kept_after[partner[previous]] + 1 : kept_after[partner[k]]]
            if "\n" in middle_before or "\r" in middle_before:
                if (
                    "\n" not in middle_after
                    and partner[k] - partner[previous] <= 2
                    and not any(where.get(solid[j]) in dropped for j in range(previous + 1, k))
                ):
                    joined.add(solid[previous])
            elif k == previous + 1 and not middle_before and middle_after and partner[k] == partner[previous] + 1:
                set_apart.add(solid[k])
        previous = k
    return {"boilerplate": dropped, "wraps": joined, "glued": set_apart, "characters": changed}


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for row in re.split("\r\n|[\n\r\x85\u2028\u2029\x0c]", text):
        start = text.index(row, at) if row else at
        if row.strip():
            yield start, start + len(row)
        at = start + len(row)


def compare(expected: set[Any], actual: set[Any]) -> Score:
    return Score(len(expected & actual), len(actual - expected), len(expected - actual))


def prose_lost(case: Case, text: str) -> int:
    """The code points of expected prose that the found text does not hold, spaces apart."""
    wanted = "".join(case.text.split())
    have = "".join(text.split())
    return sum(op.src_end - op.src_start for op in Indel.opcodes(wanted, have) if op.tag == "delete" and op.src_end - op.src_start > 3)


def lists_of(result: dict[str, Any]) -> list[list[str]]:
    by_eid = {s["eid"]: result["text"][s["start"] : s["end"]] for s in result["segments"]}
    return [[_bare(by_eid[eid]) for eid in each["items"]] for each in result["lists"]]


def _bare(words: str) -> str:
    return SEPARATOR.sub("", " ".join(words.split())).strip()


def score(case: Case, result: dict[str, Any]) -> dict[str, Score]:
    """The scores of one document by what is measured."""
    raw = received(case)
    want, have = changes(raw, case.text), changes(raw, result["text"])
    scores = {name: compare(want[name], have[name]) for name in want}
    expected_lists = [[_bare(words) for words in each["items"]] for each in case.expected["lists"]]
    found_lists = lists_of(result)
    scores["lists"] = compare({each[0] for each in expected_lists}, {each[0] for each in found_lists if each})
    scores["items"] = compare({(words) for each in expected_lists for words in each}, {words for each in found_lists for words in each})
    scores["declared"] = compare(
        {(each["declared"], _bare(each["items"][0])) for each in case.expected["lists"]},
        {(each["declared"], items[0]) for each, items in zip(result["lists"], found_lists, strict=True) if items},
    )
    scores["dates"] = compare(set(dated(case.expected["dates"])), set(dated(result["dates"])))
    scores["speakers"] = compare(
        {each["name"] for each in case.expected["speakers"] if each["office"]},
        {each["name"] for each in result["speakers"] if each["office"]},
    )
    scores["initiatives"] = compare(
        set(case.expected["initiatives"]), {each["name"].removeprefix("The ") for each in result["initiatives"]}
    )
    scores["kinds"] = compare(set(_kinds_expected(case)), set(_kinds_found(result)))
    scores["flags"] = compare(set(case.expected["flags"]), {FLAGS[p["code"]] for p in result["problems"] if p["code"] in FLAGS})
    return scores


def dated(dates: dict[str, Any]) -> Iterator[tuple[str, str]]:
    published = dates["published"]
    if published:
        yield "published", published if isinstance(published, str) else published["value"]
    if dates["dateline"]:
        yield "dateline", f"{dates['dateline']['place']}/{dates['dateline']['agency']}/{dates['dateline']['value']}"
    if dates["event"]:
        yield "event", dates["event"]["value"]


def _kinds_expected(case: Case) -> Iterator[tuple[str, str]]:
    for each in case.expected["lines"]:
        for kind, line in each.items():
            yield kind, "".join(line.split())[:40]


def _kinds_found(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    text = result["text"]
    outer = [(s["start"], s["end"], s["kind"]) for s in result["segments"] if s["kind"] in ("question", "answer", "item")]
    blocks = [(s["start"], s["kind"]) for s in result["segments"] if s["kind"] in ("headline", "byline", "credit", "heading", "para")]
    at = 0
    for line in text.split("\n"):
        if line.strip():
            inside = [kind for start, end, kind in outer if at <= start < at + len(line) and (start - at < 25 or kind != "item")]
            within = [kind for start, end, kind in outer if start <= at < end and kind != "item"]
            own = [kind for start, kind in blocks if at <= start < at + len(line)]
            item = [k for k in inside if k == "item" and not own]
            yield (item or within or [k for k in inside if k != "item"] or own or ["item"])[0], "".join(line.split())[:40]
        at += len(line) + 1
