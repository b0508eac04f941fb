"""A second look at how likely a line is furniture: at its form, at what the rules say, and at the likelihood of the lines around it."""

from __future__ import annotations

import pkgutil
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import exp
from typing import NamedTuple

from normbook.page.features import DISTANCES, OF_PAGES, PROSE_RUNS, SIZE_NAMES, SIZES, Features, distances, names_of

SCALE = 100  # the file has weights as whole hundredths
# bounds of what is put into intervals
LEVELS, FINE_LEVELS = (0.1, 0.5, 0.85, 0.97), (0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 0.997)  # first probabilities
MEANS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)  # of the first probabilities of the lines above or below
SHARES = (0.02, 0.1, 0.3, 0.5, 0.7, 0.85)  # mean of the first probabilities of the document
AMOUNTS = (0, 60, 200, 600, 2000)  # code points of prose that is probably text
CUES = (0, 1, 2, 4, 8, 16)  # lines with a cue in the document
REACH = 4  # lines above and below of which the mean is taken
PROBABLY_TEXT, SURELY_TEXT, SURELY_FURNITURE = (
    0.3,
    0.1,
    0.99,
)  # first probabilities below which prose counts as text; above which it does not
LONGEST = 400  # code points of a line of prose that count
LEAST_WEIGHT = 0.05
FORMS = tuple(f"{'prose' if k & 1 else 'no prose'}{', list or table' * (k >> 1 & 1)}{', full stop' * (k >> 2)}" for k in range(8))
NAVIGATION = frozenset({"menu", "breadcrumb"})
BELOW = OF_PAGES - {"share"}  # a signature may follow share buttons
OF_LISTS = frozenset(("a list mark", "the mark of a note", "columns", "below a colon", "a broken sentence"))
ROLES = ("", *"menu breadcrumb share subscription comments read-also publication-line copyright contact advertisement caption pagination running-head mail-header list-footer end-mark repeated-title".split())  # fmt: skip
ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}
SUPPORTS = tuple(f"{one}, {two}" for one in ("no cue between it and the text", "cues between it and the text") for two in ("kept by the rules", "dropped by the rules"))  # fmt: skip
LEVEL_NAMES, FINE_NAMES = names_of("P", LEVELS), names_of("P", FINE_LEVELS)
NEAR_NAMES = (*names_of("P", MEANS), "no line")


class Block(NamedTuple):
    """A table of weights: what it looks at in words, and the names of its rows and columns."""

    what: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def _rows(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{one}, {two}" for one in first for two in second)


BLOCKS = (
    Block("its form", FINE_NAMES, FORMS),
    Block("what the rules say", tuple(f"dropped as {role}" if role else "kept by the rules" for role in ROLES), FINE_NAMES),
    Block("the lines next to it", _rows(LEVEL_NAMES, [f"above {name}" for name in NEAR_NAMES]), tuple(f"below {name}" for name in NEAR_NAMES)),
    Block("the share of furniture in the document", _rows(LEVEL_NAMES, names_of("P of the document", SHARES)), SIZE_NAMES),
    Block("the text above and below it", _rows(LEVEL_NAMES, names_of("text above", AMOUNTS)), names_of("text below", AMOUNTS)),
    Block("its distance from the text", _rows(LEVEL_NAMES, ["no text above", *names_of("text above at", DISTANCES)]), ("no text below", *names_of("text below at", DISTANCES))),
    Block("the cues between it and the text", _rows(LEVEL_NAMES, SUPPORTS), names_of("cues in the document", CUES)),
)  # fmt: skip


class Context(NamedTuple):
    """The weights of each block, row after row; what is added to every score, and by what the first score is multiplied."""

    weights: list[list[float]]
    bias: float
    slope: float


@cache
def trained() -> Context:
    """The weights that come with the package (tools/train_furniture_context.py writes them)."""
    content = pkgutil.get_data("normbook.page", "furniture_context.tsv")
    assert content is not None  # it is part of the package
    return parse_context(content.decode("utf-8").splitlines())


def parse_context(rows: Iterable[str]) -> Context:
    """The weights from their file: a block, a tab, a row, and hundredths for each of its columns; "bias" and "slope" have one number each.

    >>> parse_context(["bias\\t\\t-50", "slope\\t\\t90", "its form\\tP 0.3-0.5\\t10\\t-20"]).weights[0][24:27]
    [0.1, -0.2, 0.0]
    """
    weights = [[0.0] * (len(block.rows) * len(block.columns)) for block in BLOCKS]
    places = {
        (block.what, row): (number, k * len(block.columns)) for number, block in enumerate(BLOCKS) for k, row in enumerate(block.rows)
    }
    others = {"bias": 0.0, "slope": 1.0}
    for line in rows:
        if line.startswith("#"):
            continue
        what, row, *numbers = line.split("\t")
        values = [int(number or 0) / SCALE for number in numbers]
        if what in others:
            others[what] = values[0]
        else:
            number, start = places[what, row]
            weights[number][start : start + len(values)] = values
    return Context(weights, others["bias"], others["slope"])


def cells_of(
    lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, scores: Sequence[float]
) -> list[list[int]]:
    """For each block, the cell in which each line of `features` falls; `scores` are the first scores of the lines."""
    numbers, count = features.numbers, len(features.numbers)
    first = [1 / (1 + exp(-score)) for score in scores]
    level, fine = [bisect_left(LEVELS, each) for each in first], [bisect_left(FINE_LEVELS, each) for each in first]
    sums = list(accumulate(first, initial=0.0))
    above, below = _near(sums, count)
    prose = [places[1] in PROSE_RUNS for places in features.places]
    listed = [
        not OF_LISTS.isdisjoint(shape) or not OF_LISTS.isdisjoint(places)
        for shape, places in zip(features.shapes, features.places, strict=True)
    ]
    form = [
        one + 2 * two + 4 * (shape[2] == "ends like a sentence") for one, two, shape in zip(prose, listed, features.shapes, strict=True)
    ]
    role = [ROLE_NUMBERS.get(roles.get(number, ""), 0) for number in numbers]
    text = [
        min(len(lines[number]), LONGEST) if each and one < PROBABLY_TEXT else 0
        for number, each, one in zip(numbers, prose, first, strict=True)
    ]
    amounts = list(accumulate(text, initial=0))
    whole = amounts[-1]
    sure = [each and one < SURELY_TEXT for each, one in zip(prose, first, strict=True)]
    far_above, far_below = distances(sure), distances(sure[::-1])[::-1]
    share, size = bisect_left(SHARES, sums[-1] / max(count, 1)), bisect_left(SIZES, count)
    cues = bisect_left(CUES, sum([kinds[number] in OF_PAGES for number in numbers]))
    sentences = [k for k, each in enumerate(prose) if each and first[k] <= SURELY_FURNITURE]
    held = separated(sentences, [kinds[number] or "" if number in roles else "" for number in numbers]) if sentences else [False] * count
    near, wide, deep, far = len(NEAR_NAMES), len(SIZE_NAMES), len(AMOUNTS) + 1, len(DISTANCES) + 2
    return [
        [one * len(FORMS) + two for one, two in zip(fine, form, strict=True)],
        [one * len(FINE_NAMES) + two for one, two in zip(role, fine, strict=True)],
        [(one * near + two) * near + three for one, two, three in zip(level, above, below, strict=True)],
        [(one * (len(SHARES) + 1) + share) * wide + size for one in level],
        [
            (one * deep + bisect_left(AMOUNTS, two)) * deep + bisect_left(AMOUNTS, whole - three)
            for one, two, three in zip(level, amounts, amounts[1:], strict=False)
        ],
        [(one * far + two) * far + three for one, two, three in zip(level, far_above, far_below, strict=True)],
        [(one * 4 + 2 * two + (three > 0)) * (len(CUES) + 1) + cues for one, two, three in zip(level, held, role, strict=True)],
    ]


def separated(prose: Sequence[int], kinds: Sequence[str]) -> list[bool]:
    """For each line, whether lines with a cue separate it from the prose next to its run, so that it cannot belong to that prose.

    1. Above the first prose, a menu or path is below it; lines between the last menu and the text may be its headline.
    2. Below the last prose, a line with a cue is above it; lines between the text and the first button may be a signature or a list.
    3. Between two lines of prose, lines with a cue are on both sides; a line at the edge of the run may be a heading.

    `kinds` are the kinds of the lines that are dropped, "" for a line that stays.
    """
    count = len(kinds)
    found = [False] * count
    for start, end in pairwise([-1, *prose, count]):
        if end - start < 2:
            continue
        known = NAVIGATION if start < 0 else OF_PAGES if end < count else BELOW
        run = [k for k in range(start + 1, end) if kinds[k] in known]
        if run:
            first = start + 1 if start < 0 else run[0]
            last = end if end == count and start >= 0 else run[-1]
            found[first:last] = [True] * (last - first)
    return found


def _near(sums: Sequence[float], count: int) -> tuple[list[int], list[int]]:
    """The interval in MEANS of the mean over the lines above each line, and over those below; len(MEANS) + 1 where there is no line."""
    none = len(MEANS) + 1
    full = [bound * REACH for bound in MEANS]
    above = [bisect_left(MEANS, sums[k] / k) if k else none for k in range(min(REACH, count))]
    above += [bisect_left(full, high - low) for low, high in zip(sums, sums[REACH:count], strict=False)]
    inner = max(count - REACH, 0)
    below = [bisect_left(full, high - low) for low, high in zip(sums[1 : inner + 1], sums[REACH + 1 :], strict=False)]
    last = sums[count]
    below += [bisect_left(MEANS, (last - sums[k + 1]) / (count - k - 1)) if k + 1 < count else none for k in range(inner, count)]
    return above, below


def look_again(cells: Sequence[Sequence[int]], scores: Sequence[float], context: Context | None = None) -> list[float]:
    """For each line, the probability that it is furniture, from its cells and its first score."""
    weights, bias, slope = context or trained()
    form, rule, near, share, text, far, cues = weights
    totals = [
        bias + slope * score + form[a] + rule[b] + near[c] + share[d] + text[e] + far[f] + cues[g]
        for score, a, b, c, d, e, f, g in zip(scores, *cells, strict=True)
    ]
    return [1 / (1 + exp(-total)) for total in totals]


def reasons(cells: Sequence[Sequence[int]], k: int, context: Context | None = None) -> list[tuple[float, str]]:
    """What speaks for furniture in the second look at the line with index `k`: the weight and the name of each block, positive ones only."""
    weights, *_ = context or trained()
    found = [(block[mine[k]], known.what) for block, mine, known in zip(weights, cells, BLOCKS, strict=True)]
    return [each for each in found if each[0] > 0]
