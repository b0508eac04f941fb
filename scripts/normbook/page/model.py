"""The probability that a line of a copied page is furniture, from weights learnt on public pages, and the reasons for it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, repeat
from math import exp
from struct import Struct, unpack
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
# The weights of a feature are packed into one integer, a field for each column, so that features are added up by adding integers.
BITS, HALF = 32, 1 << 31
MASK = (1 << BITS) - 1
PACKED, EMPTY = Struct(f"<{len(COLUMNS)}I"), (HALF,) * len(COLUMNS)
LIFT = sum(HALF << BITS * column for column in range(len(COLUMNS)))  # makes every field positive, and then one with a sign
SIZE = BITS // 8 * len(COLUMNS)  # bytes of a packed integer
NOTHING = repeat(0)
SUREST = 12.0  # size of a score beyond which it says no more


class Model(NamedTuple):
    """The packed weights of each feature, and the bias, which is the same for every line."""

    weights: dict[str, int]
    bias: float
    of_line: dict[str, int]  # the first column, for the features of places


@cache
def trained() -> Model:
    """The model that comes with the package (tools/train_furniture.py writes it)."""
    content = pkgutil.get_data("normbook.page", "furniture.tsv")
    assert content is not None  # it is part of the package
    return parse_model(content.decode("utf-8").splitlines())


def parse_model(rows: Iterable[str]) -> Model:
    """The model from its file: a feature, a tab, and hundredths in the order of COLUMNS, without trailing zeros.

    >>> columns_of([parse_model(["bias\\t-50", "=sign in\\t310\\t0\\t0\\t-25"]).weights["=sign in"]])
    [[310], [0], [0], [-25], [0], [0]]
    """
    weights: dict[str, int] = {}
    bias = 0.0
    for row in rows:
        name, *numbers = row.split("\t")
        if name == "bias":
            bias = int(numbers[0]) / SCALE
        elif name[0] != "#":
            fields = [int(number or 0) + HALF for number in numbers]
            weights[name] = int.from_bytes(PACKED.pack(*fields, *EMPTY[len(fields) :]), "little") - LIFT
    return Model(weights, bias, {name: own(total) for name, total in weights.items() if " " in name and name[0] != "="})


def columns_of(totals: Sequence[int]) -> list[list[int]]:
    """The fields of packed integers by column, in hundredths."""
    fields = _fields(totals)
    return [list(fields[column :: len(COLUMNS)]) for column in range(len(COLUMNS))]


def _fields(totals: Sequence[int]) -> tuple[int, ...]:
    """The fields of packed integers, one integer after the other."""
    return unpack(f"<{len(totals) * len(COLUMNS)}i", b"".join([(total + LIFT ^ LIFT).to_bytes(SIZE, "little") for total in totals]))


def own(total: int) -> int:
    """The first field of a packed integer, in hundredths."""
    return ((total + HALF) & MASK) - HALF


def probabilities(features: Features, model: Model | None = None) -> list[float]:
    """For each line of `features`, the probability that it is furniture."""
    return [1 / (1 + exp(-score)) for score in scores_of(features, model)]


def scores_of(features: Features, model: Model | None = None) -> list[float]:
    """For each line of `features`, the logarithm of the odds that it is furniture, between -SUREST and SUREST."""
    weights, bias, of_line = model or trained()
    count = len(features.numbers)
    if not count:
        return []
    mine, before, after, near, around, whole = _columns(features, weights)
    same = bias + sum(whole) / count
    get = of_line.get
    placed = [sum(map(get, places, NOTHING)) / SCALE for places in features.places]
    above, below = [0.0, *before[:-1]], [*after[1:], 0.0]
    scores = [
        same + (one + two + three) + four + five + six
        for one, two, three, four, five, six in zip(mine, _means(near, NEAR), _means(around, AROUND), placed, above, below, strict=True)
    ]
    return [max(min(score, SUREST), -SUREST) for score in scores]


def reasons(
    features: Features,
    asked: Iterable[int],
    others: Mapping[int, Sequence[tuple[float, str]]] | None = None,
    model: Model | None = None,
    most: int = 3,
) -> dict[int, tuple[str, ...]]:
    """The strongest reasons, in words, why lines are furniture; `asked` are indexes in `features`, `others` more reasons with their weights.

    >>> from normbook.page.features import read_features
    >>> features = read_features(["Share", "Subscribe to our newsletter"], ["share", None])
    >>> reasons(features, [0], model=parse_model(["the cue of a share line\\t200", "share\\t100", "subscribe\\t0\\t0\\t0\\t90"]))
    {0: ('the cue of a share line', 'the word “share”', 'the lines beside it')}
    """
    weights, *_ = model or trained()
    count = len(features.numbers)
    _, before, after, near, around, whole = _columns(features, weights)
    beside, wider, everywhere = _means(near, NEAR), _means(around, AROUND), sum(whole) / max(count, 1)
    found = {}
    for k in asked:
        words = features.words[k]
        part = 1 / max(len(words), 1) ** 0.5
        said = [(own(weights[name]) / SCALE, name) for name in (*features.shapes[k], *features.places[k]) if name in weights]
        said += [
            (part * (own(weights[word]) / SCALE), f"the line “{word[1:]}”" if word[0] == "=" else f"the word “{word}”")
            for word in words
            if word in weights
        ]
        said += [(beside[k], "the lines beside it"), (wider[k], "the twenty lines around it"), (everywhere, "the document as a whole")]
        if k:
            said.append((before[k - 1], "the line above"))
        if k + 1 < count:
            said.append((after[k + 1], "the line below"))
        said += (others or {}).get(k, ())
        best = sorted({(-weight, name) for weight, name in said if weight > 0})
        found[k] = tuple([name for _, name in best[:most]])
    return found


def _columns(features: Features, weights: dict[str, int]) -> list[list[float]]:
    """By column, the weights of each line's form and words; those of the words are divided by the root of their number."""
    get = weights.get
    shapes = _fields([sum(map(get, shape, NOTHING)) for shape in features.shapes])
    words = _fields([sum(map(get, each, NOTHING)) for each in features.words])
    parts = [1 / (len(each) ** 0.5 or 1.0) for each in features.words]
    step = len(COLUMNS)
    return [
        [(one + part * two) / SCALE for one, two, part in zip(shapes[k::step], words[k::step], parts, strict=True)] for k in range(step)
    ]


def _means(values: Sequence[float], reach: int) -> list[float]:
    """For each value, the mean over `reach` values before and after it."""
    count, full = len(values), 2 * reach + 1
    sums = [0.0, *accumulate(values)]
    if count < full:
        spans = [(max(k - reach, 0), min(k + reach + 1, count)) for k in range(count)]
        return [(sums[end] - sums[start]) / (end - start) for start, end in spans]
    rising = range(reach + 1, full)
    sizes = [*rising, *repeat(full, count - 2 * reach), *reversed(rising)]
    starts = [*repeat(0.0, reach), *sums[: count - reach]]
    ends = [*sums[reach + 1 :], *repeat(sums[count], reach)]
    return [(end - start) / size for start, end, size in zip(starts, ends, sizes, strict=True)]
