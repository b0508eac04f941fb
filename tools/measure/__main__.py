"""`make measure`: precision and recall of the normaliser on documents of our own, on injected noise, and on its peers' own tests."""

from __future__ import annotations

import argparse
from collections import defaultdict

from tools.measure.documents import Score, cases, found, prose_lost, score
from tools.measure.floors import SEED, write_floors
from tools.measure.noise import measure
from tools.measure.peers import peers


def main() -> None:
    """Prints one table a corpus."""
    parser = argparse.ArgumentParser(prog="python -m tools.measure")
    parser.add_argument("--show", action="store_true", help="print the scores of each document that is not perfect")
    parser.add_argument("--only", default="open frozen", help="which halves of the documents")
    parser.add_argument("--seed", type=int, default=SEED, help="the seed of the injected noise")
    parser.add_argument("--rounds", type=int, default=3, help="draws of noise a document and kind")
    parser.add_argument(
        "--peers", action="store_true", help="run the tests of ftfy and pySBD from their source distributions (needs the package registry)"
    )
    parser.add_argument(
        "--floors", action="store_true", help="write today's figures as the floors that make test asserts, and nothing else"
    )
    args = parser.parse_args()
    if args.floors:
        write_floors()
        return
    for half in args.only.split():
        documents(half, args.show)
        injected(half, args.seed, args.rounds)
    if args.peers:
        peers()


def documents(half: str, show: bool) -> None:
    """The table of one half of the documents."""
    total: dict[str, Score] = defaultdict(Score)
    lost = 0
    every = cases(half)
    for case in every:
        result = found(case)
        scores = score(case, result)
        missing = prose_lost(case, result["text"])
        lost += missing
        for name, each in scores.items():
            total[name] += each
        if show:
            bad = " ".join(f"{name}:-{each.missed}+{each.wrong}" for name, each in scores.items() if each.wrong or each.missed)
            print(f"  {case.name:<20} {bad} {'LOST ' + str(missing) if missing else ''}")
    print(f"documents, the {half} half ({len(every)})")
    for name, each in total.items():
        print(
            f"  {name:<12} precision {each.precision:.3f} recall {each.recall:.3f}   right {each.right} wrong {each.wrong} missed {each.missed}"
        )
    print(f"  prose lost   {lost} code points")


def injected(half: str, seed: int, rounds: int) -> None:
    """The table of noise injected at known offsets into the clean texts of one half."""
    print(f"noise injected into the {half} half (seed {seed}, {rounds} rounds)")
    for name, each in measure(cases(half), seed, rounds).items():
        print(
            f"  {name:<12} precision {each.precision:.3f} recall {each.recall:.3f}   right {each.right} wrong {each.wrong} missed {each.missed}"
        )


if __name__ == "__main__":
    main()
