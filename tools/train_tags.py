"""Trains the weights of what tags say about lines of web pages: `python -m tools.train_tags --clones DIR --corpus FILE [--folds]`.

The pages are those of furniture_sources.toml, read from clones as tools/furniture_corpus.py does; only the training half is read. Training has no chance in it:
the same pages give the same weights. `--folds` prints what a model removes and loses on hosts that it has not seen, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import etree

from normbook.intake.html import html_intake
from normbook.intake.intake import Intake, Refused
from normbook.page.context import Context
from normbook.page.model import Model
from normbook.page.tag_names import named_lines
from normbook.page.tags import SCALE, SHARE_OF_TEXT, WEIGHTS, PageText, likely_of, read_page, text_scores
from normbook.text.tagged import TaggedPage
from tools.furniture_corpus import FURNITURE, MATTER, TITLE, UNKNOWN, PageLine, pages_of_half, parse, titles_of, with_title
from tools.train_furniture import FOLDS, fold_models, fold_of, for_training
from tools.train_furniture import examples as text_examples
from tools.train_furniture_context import seen, train_context

FILE = Path(__file__).parents[1] / "scripts" / "normbook" / "page" / WEIGHTS
HEAVY = {MATTER: 1.0, FURNITURE: 1.0, TITLE: 4.0, UNKNOWN: 0.0}  # a page has one title: it counts for several lines of matter
HEAVY_PAGE = 300  # lines to which the weight of a page is limited
LEAST_HOSTS = 6  # a name that fewer hosts use is none of the model's
DECAY, NAME_DECAY, STEPS, RATE = 10.0, 80.0, 250, 0.1  # the L2 penalty of what is measured, and of words that a page is free to choose
LEAST_WEIGHT = 0.05
THRESHOLDS = (-1.0, 0.0, 0.4, 0.8, 1.2, 2.0, 3.0)


class Page(NamedTuple):
    """A page: its host, its text, its tags, and the labels of the lines that have tags."""

    host: str
    text: PageText
    tags: TaggedPage
    labels: list[int]


class Example(NamedTuple):
    """A page as the model sees it: the score of each line that has tags by its text, and what its tags say of it."""

    host: str
    scores: list[float]
    names: list[tuple[str, ...]]
    labels: list[int]


def page_lines(taken: Intake) -> list[PageLine]:
    """The lines of a page as it was taken in, with the elements around each."""
    found = []
    for line in taken.page.lines:
        (first, *_) = [each for each in taken.places(line.start, line.end) if each.origin != "made"]
        path, element = [], first.element
        while element >= 0:
            path.append(element + 1)
            element = taken.elements[element].parent
        tag = next((taken.elements[each - 1].name for each in path if taken.elements[each - 1].name in ("h1", "p", "li", "td")), "")
        found.append(PageLine(taken.text[line.start : line.end], tuple(reversed(path)), tag))
    return found


def pages(clones: Path, training: bool = True) -> Iterator[tuple[dict[str, Any], str, bytes, Intake, list[int]]]:
    """The pages of one half, as they are taken in, with the labels of their lines."""
    for source, host, content, label in pages_of_half(clones, training):
        try:
            taken, titles = html_intake(content), titles_of(parse(content))
        except (Refused, etree.ParserError, ValueError):
            continue
        lines = page_lines(taken)
        if labels := label(lines, titles):
            yield source, host, content, taken, with_title(lines, labels, titles)


def read_pages(clones: Path) -> list[Page]:
    """The pages of the training half."""
    return [Page(host, read_page(taken.text, taken.page.lines), taken.page, labels) for _, host, _, taken, labels in pages(clones)]


def example(page: Page, model: Model, context: Context) -> Example:
    """A page as it looks by models of texts."""
    scores = text_scores(page.text, model, context)
    named = named_lines(page.tags, list(map(likely_of, scores)))
    return Example(page.host, scores, [(*line.of_block, *line.of_line) for line in named], page.labels)


def train(seen: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Logistic regression by Adam: the weight of each name, and the bias."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for page in seen:
        for names in page.names:
            for name in names:
                hosts[name].add(page.host)
    known = sorted(name for name, each in hosts.items() if len(each) >= LEAST_HOSTS)
    index = {name: number for number, name in enumerate(known)}
    rows: list[int] = []
    columns: list[int] = []
    labels: list[float] = []
    heavy: list[float] = []
    for page in seen:
        share = min(1.0, HEAVY_PAGE / max(1, sum(label != UNKNOWN for label in page.labels)))
        for names, label in zip(page.names, page.labels, strict=True):
            if HEAVY[label]:
                mine = {index[name] for name in names if name in index}
                rows += [len(labels)] * len(mine)
                columns += sorted(mine)
                labels.append(float(label == FURNITURE))
                heavy.append(HEAVY[label] * share)
    at, of, wanted, count = np.array(rows), np.array(columns), np.array(labels), np.array(heavy)
    decay = np.array([NAME_DECAY if "named" in name else DECAY for name in known])
    weights, first, second = np.zeros(len(known) + 1), np.zeros(len(known) + 1), np.zeros(len(known) + 1)
    for step in range(1, STEPS + 1):
        score = np.bincount(at, weights[of], len(wanted)) + weights[-1]
        error = count * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - wanted)
        gradient = np.append(np.bincount(of, error[at], len(known)) + decay * weights[:-1], error.sum()) / count.sum()
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    found = {name: float(weights[number]) for name, number in index.items() if abs(weights[number]) >= LEAST_WEIGHT}
    return found, float(weights[-1])


def unseen(every: Sequence[Page], corpus: Path) -> list[Example]:
    """The pages as they look by models of texts that saw no page of their hosts: so they will look to the model that is used."""
    texts = text_examples(for_training(corpus))
    models = fold_models(texts)
    looks = [(fold_of(each.host), seen(each, models[fold_of(each.host)])) for each in texts]
    contexts = [train_context(each for other, each in looks if other != fold) for fold in range(FOLDS)]
    return [example(page, models[fold_of(page.host)], contexts[fold_of(page.host)]) for page in every]


def judge(known: Sequence[Example], share: float) -> None:
    """Prints what is removed and lost for several thresholds, by models of tags that saw no page of the host."""
    counts: dict[tuple[float, int, bool], int] = defaultdict(int)
    for fold in range(FOLDS):
        weights, bias = train([page for page in known if fold_of(page.host) != fold])
        for page in known:
            if fold_of(page.host) == fold:
                for names, score, label in zip(page.names, page.scores, page.labels, strict=True):
                    total = bias + sum(weights.get(name, 0.0) for name in names) + share * score
                    for least in THRESHOLDS:
                        counts[least, label, total > least] += 1
    for least in THRESHOLDS:
        lost, stays = counts[least, MATTER, True], counts[least, MATTER, False]
        removed, kept = counts[least, FURNITURE, True], counts[least, FURNITURE, False]
        precision, recall = stays / (stays + kept), stays / (stays + lost)
        f1 = 2 * precision * recall / (precision + recall)
        titles = counts[least, TITLE, True]
        print(
            f"above {least:4}: {removed / (removed + kept):.1%} of furniture removed, {lost} of {lost + stays} lines of text and {titles} titles lost, F1 {f1:.4f}"
        )


def main() -> None:
    """Writes the weights, or prints what they do out of fold."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_tags")
    parser.add_argument("--clones", type=Path, required=True, help="the folder that holds the clones")
    parser.add_argument("--corpus", type=Path, required=True, help="what tools/furniture_corpus.py wrote of the same clones")
    parser.add_argument("--folds", action="store_true", help="judge out of fold and write nothing")
    parser.add_argument("--text", type=float, default=SHARE_OF_TEXT, help="with --folds: the share of the score by the model of texts")
    args = parser.parse_args()
    known = unseen(read_pages(args.clones), args.corpus)
    if args.folds:
        judge(known, args.text)
        return
    weights, bias = train(known)
    rows = [f"{name}\t{round(weight * SCALE)}\n" for name, weight in sorted(weights.items())]
    head = "# what the tags say of a line, and its weight in hundredths: above 0 for furniture (written by tools/train_tags.py)\n"
    FILE.write_text(head + f"bias\t{round(bias * SCALE)}\n" + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} weights, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
