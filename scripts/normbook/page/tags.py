"""Which lines of a web page are dropped for what their tags say, beside their words: the same model of page furniture with more to judge by.

The weights can be read (tags.tsv): one name a row, as page/tag_names.py gives them. What is dropped here is dropped before the rules see the text; these judge
the rest as they judge any copied text, so a text that was cleaned stays as it is.
"""

from __future__ import annotations

import pkgutil
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import groupby
from math import exp, log
from typing import NamedTuple

from normbook.page.context import Context, cells_of, look_again
from normbook.page.features import Features, read_features
from normbook.page.layout import ruled_roles
from normbook.page.line import kinds_of
from normbook.page.listings import listings
from normbook.page.model import Model, scores_of
from normbook.page.tag_names import Named, named_lines
from normbook.page.verdict import MODEL, Verdict
from normbook.text.ledger import Edit
from normbook.text.line_cache import lines_of, remembered, starts_of
from normbook.text.lines import is_byline
from normbook.text.tagged import TaggedLine, TaggedPage

WEIGHTS = "tags.tsv"
SCALE = 100  # the file has weights as whole hundredths
SHARE_OF_TEXT = 0.4  # of the score by words and form, which the tags complete
MOST_OF_TEXT = 1e-6  # probabilities nearer to 0 or 1 count like this one
STRICT, THOROUGH = (0.65, 0.75), (0.5, 0.6)  # probabilities above which a line is dropped that is no prose, and one that is
LEAST_OF_PROSE = 0.5  # of the characters of prose in the body of the page, which stay
MOST_REASONS = 3


@cache
def trained() -> tuple[dict[str, float], float]:
    """The weight of each name, and the bias, which is the same for every line (tools/train_tags.py writes them)."""
    content = pkgutil.get_data("normbook.page", WEIGHTS)
    assert content is not None  # it is part of the package
    rows = [row.split("\t") for row in content.decode("utf-8").splitlines() if not row.startswith("#")]
    weights = {name: int(number) / SCALE for name, number in rows}
    return weights, weights.pop("bias", 0.0)


class PageText(NamedTuple):
    """The text of a page as the models see it; `places` has, for each line with tags, its index among the lines that are not blank."""

    lines: Sequence[str]
    kinds: Sequence[str | None]
    roles: Mapping[int, str]
    features: Features
    places: Sequence[int]


def read_page(text: str, lines: Sequence[TaggedLine]) -> PageText:
    """The text of a page with its features, and what the rules say of it."""
    every = lines_of(text)
    kinds = listings(every, kinds_of(every))
    features = read_features(every, kinds)
    index = {number: place for place, number in enumerate(features.numbers)}
    starts = starts_of(text)
    places = [index[bisect_right(starts, line.start) - 1] for line in lines]
    return PageText(every, kinds, ruled_roles(every, kinds), features, places)


def text_scores(page: PageText, model: Model | None = None, context: Context | None = None) -> list[float]:
    """The score of each line with tags at the second look at its words and form, as log-odds of being furniture."""
    first = scores_of(page.features, model)
    likely = look_again(cells_of(page.lines, page.kinds, page.roles, page.features, first), first, context)
    bounded = [min(max(likely[place], MOST_OF_TEXT), 1 - MOST_OF_TEXT) for place in page.places]
    return [log(each / (1 - each)) for each in bounded]


def tag_verdicts(text: str, page: TaggedPage, thorough: bool = False) -> list[Verdict]:
    """The lines that are dropped, by their index among those of the page, with probabilities and reasons in words; with `thorough` more of them.

    1. A note to which a mark leads, a byline, and the likeliest title stay.
    2. Prose is not dropped where more than half of what may be text in the page's body would go, or all prose.
    """
    of_blocks: dict[int, list[tuple[float, str]]] = {}  # lines of one block share what is said of it
    return [Verdict(each.line, MODEL, likely_of(each.total), _reasons(each, of_blocks)) for each in _sure(text, page, thorough)]


class _Sure(NamedTuple):
    """A line that is dropped: its index among those of the page, its score, its score by the text alone, and what its tags say."""

    line: int
    total: float
    by_text: float
    named: Named


@remembered(2)  # the report asks once more for what cleaning dropped
def _sure(text: str, page: TaggedPage, thorough: bool) -> list[_Sure]:
    """The lines that are dropped."""
    if not page:
        return []
    lines = page.lines
    texts = text_scores(read_page(text, lines))
    likely = [likely_of(score) for score in texts]
    named = named_lines(page, likely)
    totals = [score + SHARE_OF_TEXT * more for score, more in zip(_scores(named), texts, strict=True)]
    least = [log(each / (1 - each)) for each in (THOROUGH if thorough else STRICT)]
    title = min((index for index, line in enumerate(lines) if line.is_title), key=totals.__getitem__, default=-1)
    sure = [
        index
        for index, (line, total) in enumerate(zip(lines, totals, strict=True))
        if total > least[line.is_prose] and index != title and not line.is_note and not is_byline(text[line.start : line.end].strip())
    ]
    if _is_too_much(lines, named, likely, frozenset(sure)):
        sure = [index for index in sure if not lines[index].is_prose]
    return [_Sure(index, totals[index], texts[index], named[index]) for index in sure]


def _is_too_much(lines: Sequence[TaggedLine], named: Sequence[Named], likely: Sequence[float], gone: Collection[int]) -> bool:
    """True if no prose would be left, or less than half of what the body of the page holds; prose that is likely furniture by its words counts little."""
    prose = [index for index, line in enumerate(lines) if line.is_prose]
    sizes = {index: (lines[index].end - lines[index].start) * (1 - likely[index]) for index in prose if named[index].in_body}
    left = sum(size for index, size in sizes.items() if index not in gone)
    return left < sum(sizes.values()) * LEAST_OF_PROSE or all(index in gone for index in prose)


def tag_edits(text: str, page: TaggedPage, thorough: bool = False) -> list[Edit]:
    """The edits that drop those lines with the blank lines that would be left over; the most line ends on either side of a run stay."""
    lines = page.lines
    dropped = {each.line for each in _sure(text, page, thorough)}
    edits = []
    for gone, group in groupby(range(len(lines)), key=dropped.__contains__):
        if not gone:
            continue
        run = list(group)
        first, last = run[0], run[-1]
        above = lines[first - 1].end if first else 0
        below = lines[last + 1].start if last + 1 < len(lines) else len(text)
        start, end = lines[first].start, below
        if first and (last + 1 == len(lines) or text.count("\n", above, start) < text.count("\n", lines[last].end, below)):
            start, end = above, lines[last].end
        edits.append(Edit(start, end, text[start:end], "", (MODEL,)))
    return edits


def _scores(lines: Sequence[Named]) -> list[float]:
    weights, bias = trained()
    get = weights.get
    of_blocks: dict[int, float] = {}
    found = []
    for line in lines:
        key = id(line.of_block)
        if key not in of_blocks:
            of_blocks[key] = bias + sum([get(name, 0.0) for name in line.of_block])
        found.append(of_blocks[key] + sum([get(name, 0.0) for name in line.of_line]))
    return found


def likely_of(score: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + exp(-max(min(score, 30.0), -30.0)))


def _reasons(each: _Sure, of_blocks: dict[int, list[tuple[float, str]]]) -> tuple[str, ...]:
    """The strongest reasons, in words, why a line is furniture; what its block says is kept in `of_blocks` for its other lines."""
    key = id(each.named.of_block)
    if key not in of_blocks:
        of_blocks[key] = sorted(set(_said(each.named.of_block)))[:MOST_REASONS]
    said = [*of_blocks[key], *_said(each.named.of_line)]
    if each.by_text > 0:
        said.append((-SHARE_OF_TEXT * each.by_text, "its words and form"))
    return tuple([name for _, name in sorted(set(said))[:MOST_REASONS]])


def _said(names: Sequence[str]) -> list[tuple[float, str]]:
    """The names that speak for furniture, each behind its weight with a minus."""
    weights, _ = trained()
    return [(-weights[name], name) for name in names if weights.get(name, 0.0) > 0]
