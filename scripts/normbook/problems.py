"""Findings as values: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding.

    `path` is relative to the project's root. `line` and `column` count from 1 (columns in code points); 0 means
    that the finding concerns the file as a whole. `pointer` is the JSON Pointer of the value, empty if there is none.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    pointer: str = ""
    level: Level = "error"
    source_line: str = ""


def is_error(problem: Problem) -> bool:
    """True for a finding that must fail a check."""
    return problem.level == "error"


def format_problem(problem: Problem) -> str:
    """The finding as people read it: the place, the message, the line with a caret, the remedy.

    >>> print(format_problem(Problem("a.yaml", 2, 4, "N101", "no such key", "remove it", source_line="id: x")))
    a.yaml:2:4: error[N101]: no such key
      | id: x
      |    ^
      = remove it
    """
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    rows = [f"{place}: {problem.level}[{problem.code}]: {problem.message}"]
    if problem.source_line and problem.column:
        lead, caret = clip(problem.source_line, problem.column - 1)
        rows += [f"  | {lead}", f"  | {' ' * caret}^"]
    if problem.hint:
        rows.append(f"  = {problem.hint}")
    return "\n".join(rows)


def clip(line: str, at: int, width: int = 110) -> tuple[str, int]:
    """A window of `line` around the code point `at`, control characters made visible, and where `at` lies in it."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line.expandtabs(1))
    if len(shown) <= width:
        return shown, at
    start = max(0, min(at - width // 2, len(shown) - width))
    return shown[start : start + width], at - start


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """The findings in the order in which a person mends them: by file, line and column, each once."""
    return sorted(set(problems))
