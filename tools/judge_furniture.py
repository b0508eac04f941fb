"""What each way of removing page furniture removes and loses, as a table: `python -m tools.judge_furniture CORPUS`.

Without more words it judges out of fold on the training half, hosts apart. `--held-out` judges the weights of the
package on the other half: run it once, when nothing will be changed any more.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from normbook.page import context
from normbook.page.context import Context, cells_of, look_again
from normbook.page.layout import ruled_roles
from normbook.page.model import Model, scores_of, trained
from normbook.page.verdict import decide
from tools.furniture_corpus import bare
from tools.train_furniture import (
    AS_SHOWN,
    FOLDS,
    FURNITURE,
    MATTER,
    TITLE,
    Example,
    example,
    examples,
    fold_models,
    fold_of,
    for_training,
    rendered,
)
from tools.train_furniture_context import seen, train_context


class Judged(NamedTuple):
    """A document with what the model and the rules say of its lines that are not blank."""

    corpus: str
    host: str
    texts: list[str]
    labels: list[int]
    first: list[float]  # the probabilities at the first look
    likely: list[float]  # those at the second
    ruled: list[str]  # the role by which the rules drop a line, empty if they keep it
    thorough: list[str]  # the same of the rules and the model, where the model is asked for more
    strict: list[str]  # the same as the package joins them


class Found(NamedTuple):
    """A line with what was found of it."""

    text: str
    first: float
    probability: float
    rule: str
    thorough: str
    strict: str


SYSTEMS: dict[str, Callable[[Found], bool]] = {
    "rules alone": lambda line: line.rule != "",
    "first look, P > 0.97": lambda line: line.first > 0.97,
    "second look, P > 0.97": lambda line: line.probability > 0.97,
    "second look, P > 0.85": lambda line: line.probability > 0.85,
    "as built, strict": lambda line: line.strict != "",
    "as built, thorough": lambda line: line.thorough != "",
}


def lines_of(document: Judged) -> Iterator[tuple[int, Found]]:
    """The lines of a document with their labels."""
    for text, label, *found in zip(
        document.texts, document.labels, document.first, document.likely, document.ruled, document.thorough, document.strict, strict=True
    ):
        yield label, Found(text, *found)


def table(documents: Sequence[Judged]) -> list[str]:
    """The rows of the table, one a corpus and system."""
    rows = []
    pages = {id(each) for each in documents if FURNITURE in each.labels}
    for corpus in [*sorted({each.corpus for each in documents}), "pages", "plain texts", "all"]:
        wanted = {"pages": lambda each: id(each) in pages, "plain texts": lambda each: id(each) not in pages, "all": lambda _: True}
        mine = [each for each in documents if wanted.get(corpus, lambda each, corpus=corpus: each.corpus == corpus)(each)]
        for name, drops in SYSTEMS.items():
            counts: dict[str, int] = defaultdict(int)
            for each in mine:
                stays = {bare(line.text) for label, line in lines_of(each) if not drops(line)} if TITLE in each.labels else set()
                for label, line in lines_of(each):
                    is_gone = drops(line) and not (label == TITLE and bare(line.text) in stays)  # a title stays if another copy of it does
                    counts[f"{label} {is_gone}"] += 1
            matter, lost = counts["0 True"] + counts["0 False"], counts["0 True"]
            page, removed = counts["1 True"] + counts["1 False"], counts["1 True"]
            titles = counts["2 True"]
            rows.append(
                f"{corpus:<42} {name:<30} removed {removed / max(page, 1):6.1%} of {page:>6}   lost {lost:>5} of {matter:>6} ({lost / max(matter, 1):.2%})   titles {titles} of {titles + counts['2 False']}"
            )
    return rows


def held_out(corpus: Path) -> Iterator[Judged]:
    """The documents of the half for judging, with what the weights of the package say."""
    for row in corpus.open(encoding="utf-8"):
        document = json.loads(row)
        if document["half"] == "judging":
            yield from judged(document, trained(), context.trained())


def out_of_fold(corpus: Path, folds: int) -> Iterator[Judged]:
    """The documents of the half for training, each with what a model says that saw no host of its fold."""
    documents = for_training(corpus)
    every = examples(documents)
    models = fold_models(every)
    looks = [(fold_of(each.host), seen(each, models[fold_of(each.host)])) for each in every]
    for fold in range(folds):
        second = train_context(each for other, each in looks if other != fold)
        for document in documents:
            if fold_of(document["host"]) == fold:
                yield from judged(document, models[fold], second)


def judged(document: dict[str, Any], model: Model, second: Context) -> Iterator[Judged]:
    """A document in each of its views."""
    for each, lines in views(document):
        kinds, numbers = list(each.kinds), each.features.numbers
        roles = ruled_roles(lines, kinds)
        scores = scores_of(each.features, model)
        likely = look_again(cells_of(lines, kinds, roles, each.features, scores), scores, second)
        found: list[dict[int, str]] = [dict(roles)]
        found += [decide(lines, kinds, roles, each.features, likely, strict) for strict in (False, True)]
        yield Judged(
            each.corpus,
            each.host,
            [lines[number] for number in numbers],
            each.labels,
            [1 / (1 + exp(-score)) for score in scores],
            likely,
            *([dropped.get(number, "") for number in numbers] for dropped in found),
        )


def views(document: dict[str, Any]) -> Iterator[tuple[Example, list[str]]]:
    """A document as it is, and a plain text as a browser shows it too."""
    lines = document["lines"]
    yield example(document["corpus"], document["host"], lines, document["labels"]), lines
    if FURNITURE not in document["labels"] and document["corpus"] not in AS_SHOWN:
        shown, labels = rendered(lines, document["labels"], False)
        yield example(document["corpus"], document["host"], shown, labels), shown


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.judge_furniture")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--folds", type=int, default=FOLDS, help="judge only so many of the folds")
    parser.add_argument("--keep", type=Path, help="write what was found to this file, or read it from there if it exists")
    parser.add_argument("--show", default="", help="list the matter that this system loses")
    args = parser.parse_args()
    if args.keep and args.keep.exists():
        documents = [Judged(*json.loads(row)) for row in args.keep.open(encoding="utf-8")]
    else:
        documents = list(held_out(args.corpus) if args.held_out else out_of_fold(args.corpus, args.folds))
    if args.keep and not args.keep.exists():
        args.keep.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents), encoding="utf-8")
    print("\n".join(table(documents)))
    for each in documents if args.show else ():
        for label, line in lines_of(each):
            if label in (MATTER, TITLE) and SYSTEMS[args.show](line):
                print(f"{each.host[:40]:<40} {line.probability:.3f} {line.rule or '-'} {line.text[:100]}")


if __name__ == "__main__":
    main()
