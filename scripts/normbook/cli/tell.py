"""What every command shares: finding the checkout, telling findings, saying a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from normbook.paths import Repo, find_root
from normbook.problems import Problem, format_problem, is_error, sort_problems


def find_repo(args: argparse.Namespace) -> Repo | None:
    """The checkout that a command works on, None with a word on it where there is none."""
    root = args.root.resolve() if args.root else find_root(Path.cwd())
    if root is None or not (root / "mkdocs.yml").is_file() or not (root / "schema").is_dir():
        print(
            f"{args.root or Path.cwd()} is no project: no mkdocs.yml beside schema/; go into the checkout, or give --root", file=sys.stderr
        )
        return None
    return Repo(root)


def tell(problems: Sequence[Problem]) -> int:
    """Prints findings and a closing line; the exit status that they call for."""
    for problem in sort_problems(problems):
        print(format_problem(problem), file=sys.stderr)
    errors = sum(map(is_error, problems))
    warnings = len(set(problems)) - errors
    if problems:
        print(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}", file=sys.stderr)
    return 1 if errors else 0


def say(line: str) -> None:
    """Prints a line, one that ends in a carriage return to standard error."""
    print(line, file=sys.stderr if line.endswith("\r") else sys.stdout, end="" if line.endswith("\r") else "\n", flush=True)
