"""The probability that a line of a copied page is furniture, from weights learnt on public pages, and the reasons for it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from math import exp
from operator import add
from typing import NamedTuple

from normbook.page.features import Features

COLUMNS = (
    "own",
    "before",
    "after",
    "near",
    "around",
    "document",
)  # of the weights: on which line the feature is, seen from the line that is judged
NEAR, AROUND = 4, 10  # lines above and below over which a mean is taken
SCALE = 100  # the file has weights as whole hundredths
Vector = tuple[float, ...]
NOTHING: Vector = (0.0,) * len(COLUMNS)


class Model(NamedTuple):
    """The weights of each feature, in the order of COLUMNS, and the bias, which is the same for every line."""

    weights: dict[str, Vector]
    bias: float


@cache
def trained() -> Model:
    """The model that comes with the package (tools/train_furniture.py writes it)."""
    content = pkgutil.get_data("normbook.page", "furniture.tsv")
    assert content is not None  # it is part of the package
    return parse_model(content.decode("utf-8").splitlines())


def parse_model(rows: Iterable[str]) -> Model:
    """The model from its file: a feature, a tab, and hundredths in the order of COLUMNS, without trailing zeros.

    >>> parse_model(["bias\\t-50", "=sign in\\t310\\t0\\t0\\t25"]).weights["=sign in"]
    (3.1, 0.0, 0.0, 0.25, 0.0, 0.0)
    """
    weights: dict[str, Vector] = {}
    bias = 0.0
    for row in rows:
        if row.startswith("#"):
            continue
        name, *numbers = row.split("\t")
        values = tuple([int(number or 0) / SCALE for number in numbers])
        if name == "bias":
            bias = values[0]
        else:
            weights[name] = values + NOTHING[len(values) :]
    return Model(weights, bias)


def probabilities(features: Features, model: Model | None = None) -> list[float]:
    """For each line of `features`, the probability that it is furniture."""
    weights, bias = model or trained()
    count = len(features.numbers)
    vectors = [_vector(features, k, weights) for k in range(count)]
    if not vectors:
        return []
    own, before, after, near, around, whole = zip(*vectors, strict=True)
    scores = list(map(add, own, _means(near, NEAR)))
    scores = list(map(add, scores, _means(around, AROUND)))
    same = bias + sum(whole) / count
    found = []
    for k, places in enumerate(features.places):
        score = same + scores[k] + sum([weights[place][0] for place in places if place in weights])
        if k:
            score += before[k - 1]
        if k + 1 < count:
            score += after[k + 1]
        found.append(1 / (1 + exp(-max(min(score, 30.0), -30.0))))
    return found


def reasons(features: Features, asked: Iterable[int], model: Model | None = None, most: int = 3) -> dict[int, tuple[str, ...]]:
    """The strongest reasons, in words, why lines are furniture; `asked` are indexes in `features`.

    >>> from normbook.page.features import read_features
    >>> features = read_features(["Share", "Subscribe to our newsletter"], ["share", None])
    >>> reasons(features, [0], parse_model(["the cue of a share line\\t200", "share\\t100", "subscribe\\t0\\t0\\t0\\t90"]))
    {0: ('the cue of a share line', 'the word “share”', 'the lines beside it')}
    """
    weights, _ = model or trained()
    count = len(features.numbers)
    vectors = [_vector(features, k, weights) for k in range(count)]
    _, before, after, near, around, whole = zip(*vectors, strict=True) if vectors else ((),) * len(COLUMNS)
    beside, wider, everywhere = _means(near, NEAR), _means(around, AROUND), sum(whole) / max(count, 1)
    found = {}
    for k in asked:
        words = features.words[k]
        part = 1 / max(len(words), 1) ** 0.5
        said = [(weights[name][0], name) for name in (*features.shapes[k], *features.places[k]) if name in weights]
        said += [
            (part * weights[word][0], f"the line “{word[1:]}”" if word[0] == "=" else f"the word “{word}”")
            for word in words
            if word in weights
        ]
        said += [(beside[k], "the lines beside it"), (wider[k], "the twenty lines around it"), (everywhere, "the document as a whole")]
        if k:
            said.append((before[k - 1], "the line above"))
        if k + 1 < count:
            said.append((after[k + 1], "the line below"))
        best = sorted({(-weight, name) for weight, name in said if weight > 0})
        found[k] = tuple([name for _, name in best[:most]])
    return found


def _vector(features: Features, k: int, weights: dict[str, Vector]) -> Vector:
    """The weights of a line's form and words, summed by column."""
    vector = _sum([weights[name] for name in features.shapes[k] if name in weights])
    words = [weights[word] for word in features.words[k] if word in weights]
    if not words:
        return vector
    part = 1 / len(features.words[k]) ** 0.5
    return tuple(map(add, vector, [part * total for total in _sum(words)]))


def _sum(vectors: Sequence[Vector]) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True))) if vectors else NOTHING


def _means(values: Sequence[float], reach: int) -> list[float]:
    """For each value, the mean over `reach` values before and after it."""
    sums = [0.0, *accumulate(values)]
    count = len(values)
    return [
        (sums[min(k + reach + 1, count)] - sums[max(k - reach, 0)]) / (min(k + reach + 1, count) - max(k - reach, 0)) for k in range(count)
    ]
