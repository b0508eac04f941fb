"""Floors under precision and recall: what `make measure` finds today, cut off after three decimals. `make test` fails below them.

`python -m tools.measure --floors` writes them anew; read the difference before you commit it: a floor that sinks needs a reason.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from tools.measure.documents import Score, cases, found, prose_lost, score
from tools.measure.noise import measure
from tools.projects import CASES

FLOORS = CASES / "floors.yaml"
HALVES = ("open", "frozen")
SEED = 20240517
ROUNDS = 1  # draws of noise a document and kind: enough to see a fall, in a few seconds
HEAD = """# What precision and recall may not fall below, on our own documents and on noise injected into them, and how much prose may be lost.
# Written by `python -m tools.measure --floors`, asserted by tests/test_quality.py. Give the reason for a lower floor in the commit.
"""

Figures = dict[str, dict[str, float]]


def figures(half: str) -> Figures:
    """The figures of one half of the documents: precision and recall by what is measured, and the code points of prose that were lost."""
    total: dict[str, Score] = defaultdict(Score)
    lost = 0
    every = cases(half)
    for case in every:
        result = found(case)
        lost += prose_lost(case, result["text"])
        for name, each in score(case, result).items():
            total[name] += each
    for name, each in measure(every, SEED, ROUNDS).items():
        total[f"noise: {name}"] = each
    scores = {name: {"precision": each.precision, "recall": each.recall} for name, each in total.items()}
    return {**scores, "prose": {"lost": lost}}


def shortfalls(floors: Figures, now: Figures) -> Iterator[str]:
    """What is worse now than its floor, or was not measured."""
    for name, wanted in floors.items():
        for what, floor in wanted.items():
            value = now.get(name, {}).get(what, math.nan)
            if not (value <= floor if what == "lost" else value >= floor):
                yield f"{name}: {what} is {value:.4f}, the floor is {floor}"


def read_floors() -> Mapping[str, Figures]:
    """The floors of each half."""
    made: Mapping[str, Figures] = yaml.safe_load(FLOORS.read_text("utf-8"))
    return made


def write_floors() -> None:
    """Writes today's figures as floors."""
    floors: dict[str, Any] = {}
    for half in HALVES:
        floors[half] = {
            name: {what: value if what == "lost" else math.floor(value * 1000) / 1000 for what, value in each.items()}
            for name, each in figures(half).items()
        }
    FLOORS.write_text(HEAD + yaml.safe_dump(floors, sort_keys=False, default_flow_style=None, width=110), "utf-8")
