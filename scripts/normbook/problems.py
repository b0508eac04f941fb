"""Findings as values: what is wrong, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
COMMAND = re.compile(r"(##\w*)\[")  # what some hosts of CI take for a command to themselves, anywhere in a line: ##[error], ##vso[
LONGEST = 1_200  # code points of a message or remedy that are shown
CHECK_FILE = "check that it exists and that you may read it"
CHECK_ENCODING = "give an encoding that Python knows, for instance gb18030"
PLACE = re.compile(r"\bline \d+")


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


def whole_file(path: str, code: str, message: str, hint: str) -> Problem:
    """A finding that concerns a file as a whole, or an argument of a command: it has no line."""
    return Problem(path, 0, 0, code, message, hint)


def unreadable(path: str, reason: str | None, what: str = "file", besides: str = "") -> Problem:
    """N109: the system does not give a file or folder out, for the reason that it names; `besides` adds another remedy.

    >>> print(format_problem(unreadable("a.txt", "Permission denied")))
    a.txt: error[N109]: the file cannot be read: Permission denied
      = check that it exists and that you may read it
    """
    return whole_file(path, "N109", f"the {what} cannot be read: {reason}", f"{CHECK_FILE}{besides}")


def empty(path: str, purpose: str) -> Problem:
    """N600: a received document without a character, so that there is nothing to clean, compare, or whatever the purpose is."""
    return whole_file(path, "N600", f"the file is empty: there is nothing to {purpose}", "check how it was received")


def unknown_encoding(path: str, error: LookupError) -> Problem:
    """N706: a file is to be read in an encoding that Python has no codec for."""
    return whole_file(path, "N706", str(error), CHECK_ENCODING)


def is_error(problem: Problem) -> bool:
    """True for a finding that must fail a check."""
    return problem.level == "error"


def identity(problem: Problem) -> tuple[str, str, str, str]:
    """What stays the same of a finding when lines move: path, code, pointer and message."""
    return problem.path, problem.code, problem.pointer, PLACE.sub("line", problem.message)


def visible(text: str) -> str:
    """The text on one line, as it can be shown anywhere: what is no printable character (line ends, terminal sequences, directional
    controls, lone surrogates) as an escape, and nothing that a host of CI takes for a command. Of what is longer than LONGEST code
    points the midst is left out.

    >>> print(visible("a\\n\\x1b[31m\\u202e##[error]"))
    a\\n\\x1b[31m\\u202e##\\x5berror]
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return COMMAND.sub(r"\1\\x5b", text)


def format_problem(problem: Problem) -> str:
    """The finding as people read it: the place, the message, the line with a caret, the remedy. No row begins with words of a record.

    >>> print(format_problem(Problem("a.yaml", 2, 4, "N101", "no such key", "remove it", source_line="id: x")))
    a.yaml:2:4: error[N101]: no such key
      | id: x
      |    ^
      = remove it
    """
    path = visible(problem.path)
    path = f"./{path}" if path.lstrip().startswith(":") else path
    place = f"{path}:{problem.line}:{problem.column}" if problem.line else path
    rows = [f"{place}: {problem.level}[{problem.code}]: {visible(problem.message)}"]
    if problem.source_line and problem.column:
        lead, caret = clip(problem.source_line, problem.column - 1)
        rows += [f"  | {lead}", f"  | {' ' * caret}^"]
    if problem.hint:
        rows.append(f"  = {visible(problem.hint)}")
    return "\n".join(rows)


def clip(line: str, at: int, width: int = 110) -> tuple[str, int]:
    """A window of `line` around the code point `at`, control characters made visible, and where `at` lies in it."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line.expandtabs(1))
    shown = COMMAND.sub("\\1\N{REPLACEMENT CHARACTER}", shown)
    at = min(at, len(shown))
    if len(shown) <= width:
        return shown, at
    start = max(0, min(at - width // 2, len(shown) - width))
    return shown[start : start + width], at - start


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """The findings in the order in which a person mends them: by file, line and column, each once."""
    return sorted(set(problems))
