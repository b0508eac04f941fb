"""`python -m tools.measure.unseen FOLDER_OF_CLONES`: draws the documents of the recipe, reads them, and prints what is right."""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from normbook.extraction.report import report
from tools.measure.unseen.draw import Drawn, draw, read_recipe
from tools.measure.unseen.score import Gold, Reading, Tally, lost_lines, read_gold, score


def main() -> None:
    """Prints one table a round; with --show, what falls short in each document."""
    parser = argparse.ArgumentParser(prog="python -m tools.measure.unseen")
    parser.add_argument("clones", type=Path, help="the folder with the clones of the recipe's repositories, each named owner+name")
    parser.add_argument("--round", type=int, default=0, help="one round only")
    parser.add_argument("--show", action="store_true", help="print what falls short in each document")
    args = parser.parse_args()
    gold = read_gold()
    drawn = list(draw(read_recipe(), args.clones))
    for number in [args.round] if args.round else sorted({round_of(each.id) for each in drawn}):
        some = [each for each in drawn if round_of(each.id) == number and each.id in gold]
        if some:
            print(f"round {number}: {len(some)} documents")
            print_table(measure(some, gold, args.show))


def round_of(name: str) -> int:
    """The round of a document, which ends its id."""
    return int(name.rpartition("-")[2])


def measure(drawn: list[Drawn], gold: dict[str, Gold], show: bool) -> dict[str, Tally]:
    """The tallies of some documents, together."""
    total: dict[str, Tally] = defaultdict(Tally)
    for each in drawn:
        if each.sum != gold[each.id]["sum"]:
            raise SystemExit(
                f"{each.id}: expected the text with the sum {gold[each.id]['sum']}, found {each.sum}: its gold is of another text"
            )
        said = report(each.id, each.text.encode())
        tallies = score(gold[each.id], each.text, said)
        for name, tally in tallies.items():
            total[name] += tally
        if show:
            print_shortfalls(each, gold[each.id], tallies, lost_lines(gold[each.id], Reading(each.text, said)))
    return total


def print_shortfalls(each: Drawn, gold: Gold, tallies: dict[str, Tally], lost: list[int]) -> None:
    """A line for a document that is not all right."""
    bad = [f"{name} {t.right}/{t.of}" + (f" +{t.false}" if t.false else "") for name, t in tallies.items() if is_short(name, t)]
    if bad:
        print(f"  {each.id:<22} {'; '.join(bad)}" + (f"; lost lines {lost}" if lost and not gold.get("only") else ""))


def is_short(name: str, tally: Tally) -> bool:
    """True for a tally with something wrong."""
    return bool(tally.false or (tally.right if name == "matter lost" else tally.right < tally.of))


def print_table(total: dict[str, Tally]) -> None:
    """The figures, one a line."""
    for name, tally in total.items():
        print(f"  {name:<20} {tally.share:7.1%}   {tally.right} of {tally.of}" + (f", and {tally.false} false" if tally.false else ""))


if __name__ == "__main__":
    main()
