"""`make patterns`: looks for catastrophic backtracking by matching every pattern against lines in which one of its repeats is pumped.

A line is generated from the pattern's parse tree: one repeat occurs many times, everything else as rarely as possible, and the end does not match.
A pattern that takes more than LIMIT seconds for such a line (a good one takes microseconds) backtracks exponentially.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import normbook
from normbook.extraction.dates.calendar import Calendar, calendar
from normbook.languages.language import Template
from normbook.page.patterns import CUES

ops: Any = importlib.import_module("re._constants")  # the parser of `re` has no public name since Python 3.11
parser: Any = importlib.import_module("re._parser")
PUMPED = 28  # how often the chosen repeat comes
LONGEST = 380  # code points of a line: longer ones are not asked for what they say of a page
LEAST = 4  # a repeat of fewer turns cannot be pumped
LIMIT = 2.0  # seconds
ENDS = ("", "\x00", "!x", " ~")
SOME = "aA1 .,:;-/|()é中日"
OF_CATEGORY = {
    ops.CATEGORY_DIGIT: "135",
    ops.CATEGORY_NOT_DIGIT: "a ,",
    ops.CATEGORY_SPACE: " \t",
    ops.CATEGORY_NOT_SPACE: "aB1.",
    ops.CATEGORY_WORD: "abA1",
    ops.CATEGORY_NOT_WORD: " ,-",
}
REPEATS = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})


class Slow(NamedTuple):
    """A pattern, where it stands, and the line that it takes so long for."""

    name: str
    seconds: float
    line: str


class TooLongError(Exception):
    """The limit has passed."""


def patterns() -> dict[str, tuple[str, int]]:
    """Every pattern of the modules and of the table of cues -> (where it stands, its flags)."""
    found: dict[str, tuple[str, int]] = {}
    for module in pkgutil.walk_packages(normbook.__path__, "normbook."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _patterns_in(value):
                found.setdefault(pattern.pattern, (f"{module.name}.{name}", pattern.flags))
    for head, cues in CUES.items():
        for kind, cue in cues:
            found.setdefault(cue.compiled.pattern, (f"CUES {head} ({kind})", re.IGNORECASE))
    for name, value in vars(Calendar).items():
        for pattern in _patterns_in(getattr(calendar(), name)) if isinstance(value, cached_property) else ():
            found.setdefault(pattern.pattern, (f"Calendar.{name}", pattern.flags))
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, Template):
        yield value.compiled
    elif isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, (tuple, list)) and len(value) < 1_000:
        for each in value:
            yield from _patterns_in(each)


class Tree:
    """The parse tree of a pattern, and in which of its parts each repeat stands."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.top: Any = parser.parse(pattern, flags)
        self.within: dict[int, set[int]] = {}
        self.repeats = sorted(self._index(self.top), key=str)

    def _index(self, tree: Any) -> set[int]:
        found: set[int] = set()
        for op, value in tree:
            if op in REPEATS:
                found |= {id(value[2])} if value[1] >= LEAST else set()
            for part in _parts(op, value):
                found |= self._index(part)
        self.within[id(tree)] = found
        return found

    def line(self, repeat: int, rng: random.Random) -> str:
        """A line that the pattern may match but for its end, with one repeat pumped."""
        return self._sample(self.top, repeat, rng)[:LONGEST]

    def _sample(self, tree: Any, repeat: int, rng: random.Random) -> str:
        out = []
        for op, value in tree:
            if op in REPEATS:
                low, high, body = value
                if id(body) == repeat:
                    one, two = self._sample(body, 0, rng), self._sample(body, 0, rng)
                    out.append(rng.choice([one * PUMPED, (one + two) * (PUMPED // 2)]))
                else:
                    turns = max(low, 1) if repeat in self.within[id(body)] else rng.choice([low, min(high, low + 1)])
                    out += [self._sample(body, repeat, rng) for _ in range(min(turns, LEAST + 2))]
            elif op is ops.BRANCH:
                out.append(
                    self._sample(rng.choice([part for part in value[1] if repeat in self.within[id(part)]] or value[1]), repeat, rng)
                )
            elif parts := list(_parts(op, value)):
                out += [self._sample(part, repeat, rng) for part in parts]
            else:
                out.append(_character(op, value, rng))
        return "".join(out)


def _parts(op: Any, value: Any) -> Iterator[Any]:
    if op in REPEATS:
        yield value[2]
    elif op is ops.SUBPATTERN:
        yield value[3]
    elif op is ops.BRANCH:
        yield from value[1]
    elif op is ops.ATOMIC_GROUP:
        yield value


def _character(op: Any, value: Any, rng: random.Random) -> str:
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return "x" if value != ord("x") else "y"
    if op is ops.ANY:
        return rng.choice(SOME)
    if op is ops.RANGE:
        return chr(rng.randint(*value))
    if op is ops.CATEGORY:
        return rng.choice(OF_CATEGORY[value])
    if op is ops.IN:
        if value[0][0] is ops.NEGATE:
            return rng.choice([c for c in SOME if not any(_holds(item, c) for item in value[1:])] or ["x"])
        op, value = rng.choice(value)
        return _character(op, value, rng)
    return ""


def _holds(item: Any, character: str) -> bool:
    op, value = item
    if op is ops.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return character in OF_CATEGORY[value] if op is ops.CATEGORY else bool(value == ord(character))


def slow(samples: int, seed: int, names: str = "") -> Iterator[Slow]:
    """The patterns that need longer than LIMIT for one of so many lines a repeat; `names` is a part of where they stand."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    try:
        for pattern, (name, flags) in patterns().items():
            if names in name and (
                found := _slowest(re.compile(pattern, flags), Tree(pattern, flags), samples, random.Random(f"{seed}{name}"))
            ):
                yield Slow(name, *found)
    finally:
        signal.signal(signal.SIGALRM, before)


def _slowest(pattern: re.Pattern[str], tree: Tree, samples: int, rng: random.Random) -> tuple[float, str] | None:
    for repeat in tree.repeats:
        for _ in range(samples):
            line = tree.line(repeat, rng)
            for end in ENDS:
                for run in (pattern.match, pattern.search):
                    began = time.perf_counter()
                    signal.setitimer(signal.ITIMER_REAL, LIMIT)
                    try:
                        run(line + end)
                    except TooLongError:
                        return time.perf_counter() - began, line + end
                    finally:
                        signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def main() -> None:
    """Prints the slow patterns; ends with 1 if there is one."""
    arguments = argparse.ArgumentParser(prog="python -m tools.patterns")
    arguments.add_argument("--samples", type=int, default=25, help="lines for each repeat of each pattern")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", default="", help="a part of a pattern's name")
    args = arguments.parse_args()
    found = 0
    for each in slow(args.samples, args.seed, args.only):
        found += 1
        print(f"{each.name}: more than {LIMIT} s for {each.line!r}", flush=True)
    print(f"{len(patterns())} patterns, {args.samples} lines for each repeat, seed {args.seed}: {found} slow")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
