"""Trains the second look at page furniture (`page/context.py`): `python -m tools.train_furniture_context CORPUS`.

It learns from what the first model says of hosts that it has not seen, so the training half is enough for both.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from normbook.page.context import BLOCKS, LEAST_WEIGHT, SCALE, Context, cells_of, parse_context
from normbook.page.layout import ruled_roles
from normbook.page.model import Model, scores_of
from tools.train_furniture import FURNITURE, HEAVY, Example, examples, fold_models, fold_of, for_training

WEIGHTS = Path(__file__).parents[1] / "scripts" / "normbook" / "page" / "furniture_context.tsv"
STEPS, RATE = 300, 0.1  # of Adam over all lines
DECAY = 3.0  # the L2 penalty of a weight
HEAD = "# What the second look at a line adds to its first score, in hundredths, by block, row and column.\n"


class Seen(NamedTuple):
    """An example with the first scores of its lines, and the cells in which they fall."""

    host: str
    labels: Sequence[int]
    weight: float
    scores: Sequence[float]
    cells: Sequence[Sequence[int]]


def seen(each: Example, model: Model) -> Seen:
    """An example as the second look sees it."""
    kinds = list(each.kinds)
    scores = scores_of(each.features, model)
    cells = cells_of(each.lines, kinds, ruled_roles(each.lines, kinds), each.features, scores)
    return Seen(each.host, each.labels, each.weight, scores, cells)


def train_context(examples: Iterable[Seen]) -> Context:
    """Logistic regression by Adam: a weight for each cell, the slope of the first score, and the bias."""
    taken = [each for each in examples if each.labels]
    labels = np.concatenate([each.labels for each in taken])
    heavy = np.vectorize(HEAVY.get)(labels) * np.concatenate([np.full(len(each.labels), each.weight) for each in taken])
    known = heavy > 0
    heavy, wanted = heavy[known], (labels[known] == FURNITURE).astype(float)
    scores = np.concatenate([each.scores for each in taken])[known]
    sizes = [len(block.rows) * len(block.columns) for block in BLOCKS]
    starts = np.cumsum([0, *sizes])
    cells = [np.concatenate([each.cells[k] for each in taken])[known] + starts[k] for k in range(len(BLOCKS))]
    total = heavy.sum()
    count = starts[-1] + 2  # the last two are the bias and the slope
    weights, first, second = np.zeros(count), np.zeros(count), np.zeros(count)
    weights[-1] = 1.0
    penalty = np.append(np.full(count - 2, DECAY), [0.0, 0.0]) / total
    for step in range(1, STEPS + 1):
        score = weights[-2] + weights[-1] * scores + sum(weights[each] for each in cells)
        error = heavy * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - wanted) / total
        gradient = penalty * weights + sum(np.bincount(each, error, count) for each in cells)
        gradient[-2] += error.sum()
        gradient[-1] += (error * scores).sum()
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        rate = RATE * min(1.0, 2 * (1 - step / (STEPS + 1)))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return parse_context(rows_of(weights))


def rows_of(weights: Any) -> list[str]:
    """The weights as rows of the file; rows and ends of rows without weight are left out."""
    rows = [f"bias\t\t{round(weights[-2] * SCALE)}", f"slope\t\t{round(weights[-1] * SCALE)}"]
    at = 0
    for block in BLOCKS:
        for row in block.rows:
            values = weights[at : at + len(block.columns)]
            at += len(block.columns)
            numbers = [str(round(value * SCALE)) if abs(value) >= LEAST_WEIGHT else "" for value in values]
            while numbers and not numbers[-1]:
                numbers.pop()
            if numbers:
                rows.append("\t".join([block.what, row, *numbers]))
    return rows


def written(context: Context) -> str:
    """The file of some weights, with the names of the columns above each block."""
    flat = np.array([value for block in context.weights for value in block] + [context.bias, context.slope])
    lines: list[str] = []
    known = ""
    for row in rows_of(flat):
        what = row.partition("\t")[0]
        if what != known and what not in ("bias", "slope"):
            lines.append("\t".join(["# columns", "", *next(block.columns for block in BLOCKS if block.what == what)]))
        known = what
        lines.append(row)
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Trains on the training half and writes the weights of the package."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_furniture_context")
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    every = examples(for_training(args.corpus))
    models = fold_models(every)
    WEIGHTS.write_text(written(train_context(seen(each, models[fold_of(each.host)]) for each in every)), encoding="utf-8")


if __name__ == "__main__":
    main()
