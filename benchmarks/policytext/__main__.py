"""`python -m benchmarks.policytext COMMAND`: runs a cleaner over the benchmark and prints what it gets right."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.policytext.cases import SETS
from benchmarks.policytext.scorer import HALVES, Command, NoAnswerError, Result, judge, measure_documents
from benchmarks.policytext.table import RESULTS, write_page

Figures = dict[str, Any]


def main() -> int:
    """Prints the figures; exits with 1 if fewer cases hold than asked for, with 2 if the command answers nothing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.policytext", description=__doc__)
    parser.add_argument("command", help='the cleaner, for instance "normbook clean --json {published}"; files are added at its end')
    parser.add_argument("--set", action="append", choices=SETS, dest="groups", help="only this set of cases; may be given twice")
    parser.add_argument("--show", action="store_true", help="print the cases that do not hold, with what does not")
    parser.add_argument("--no-documents", action="store_true", help="run the cases only")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT", help="exit with 1 if fewer of the cases hold")
    parser.add_argument("--save", metavar="NAME", help="write the figures under this name into results.json and the tables of the site")
    args = parser.parse_args()
    command = Command.read(args.command)
    try:
        results = judge(command, args.groups or SETS)
        figures: Figures = {"cases": by_kind(results), "documents": {}}
        if not args.no_documents:
            figures["documents"] = {half: measure_documents(command, half) for half in HALVES}
    except NoAnswerError as error:
        print(f"nothing is scored: {error}", file=sys.stderr)
        return 2
    _print(results, figures, args.show)
    if args.save:
        known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        RESULTS.write_text(json.dumps({**known, args.save: figures}, indent=1, ensure_ascii=False) + "\n", "utf-8")
        write_page()
    asked = [result for result in results if result.asked]
    return int(100 * sum(not result.missed for result in asked) < args.at_least * max(len(asked), 1))


def by_kind(results: Sequence[Result]) -> dict[str, list[int]]:
    """Kind of fault -> [cases that hold, cases asked, cases]."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for result in results:
        row = counts[result.case.kind]
        row[0] += result.asked and not result.missed
        row[1] += result.asked
        row[2] += 1
    return dict(sorted(counts.items()))


def _print(results: Sequence[Result], figures: Figures, show: bool) -> None:
    for result in results if show else ():
        if result.asked and result.missed:
            print(f"{result.case.group}/{result.case.kind}/{result.case.id}: {json.dumps(result.missed, ensure_ascii=False)}")
    for kind, (held, asked, total) in figures["cases"].items():
        print(f"{kind:16} {held:4}/{asked:<4}" + (f" ({total - asked} not asked: no such facts in the answers)" if asked < total else ""))
    for half, each in figures["documents"].items():
        print(f"{half} documents: " + ", ".join(f"{name} {value}" for name, value in each.items() if value is not None))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.exit(main())
