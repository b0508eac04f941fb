"""A finding as a value: what is wrong, where, and how to fix it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
CI_COMMAND = re.compile(r"(##\w*)\[")  # some CI systems obey these anywhere in a line: ##[error], ##vso[
MAX_LENGTH = 1_200  # code points of a message or remedy; the middle of a longer one is cut
CHECK_FILE = "check that it exists and that you have permission to read it"
NOT_A_FOLDER = "it is a folder: name a file in it"
CHECK_ENCODING = "use an encoding that Python supports, for example gb18030"
LINE_NUMBER = re.compile(r"\bline \d+")


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding.

    `path` is relative to the project root. `line` and `column` count from 1 (columns in code points); 0 means that the
    finding is about the whole file. `pointer` is the JSON Pointer of the value, empty if there is none.
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
    """A finding without a line: about a whole file, or about an argument of a command."""
    return Problem(path, 0, 0, code, message, hint)


def unreadable(path: str, reason: str | None, kind: str = "file", also: str = "") -> Problem:
    """N109: a file or folder cannot be read, with the reason given by the operating system; `also` is appended to the remedy.

    >>> print(format_problem(unreadable("a.txt", "Permission denied")))
    a.txt: error[N109]: the file cannot be read: Permission denied
      = check that it exists and that you have permission to read it
    """
    remedy = NOT_A_FOLDER if kind == "file" and reason == os.strerror(errno.EISDIR) else CHECK_FILE
    return whole_file(path, "N109", f"the {kind} cannot be read: {reason}", f"{remedy}{also}")


def empty(path: str, purpose: str) -> Problem:
    """N600: a received document is empty, so there is nothing to clean, compare, or whatever `purpose` says."""
    return whole_file(path, "N600", f"the file is empty: there is nothing to {purpose}", "check how the document was received")


def unknown_encoding(path: str, error: LookupError) -> Problem:
    """N706: Python has no codec for the encoding that was asked for."""
    return whole_file(path, "N706", str(error), CHECK_ENCODING)


def is_error(problem: Problem) -> bool:
    """True for a finding that makes a check fail."""
    return problem.level == "error"


def identity(problem: Problem) -> tuple[str, str, str, str]:
    """The parts of a finding that stay the same when lines move: path, code, pointer and message."""
    return problem.path, problem.code, problem.pointer, LINE_NUMBER.sub("line", problem.message)


def visible(text: str) -> str:
    """The text on one line, safe to print anywhere.

    Characters that are not printable (line ends, terminal sequences, directional controls, lone surrogates) become escapes, and
    nothing is left that a CI system would obey as a command. The middle of a text longer than MAX_LENGTH code points is cut out.

    >>> print(visible("a\\n\\x1b[31m\\u202e##[error]"))
    a\\n\\x1b[31m\\u202e##\\x5berror]
    """
    if len(text) > MAX_LENGTH:
        text = f"{text[: MAX_LENGTH // 2]} … {text[-MAX_LENGTH // 2 :]}"
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return CI_COMMAND.sub(r"\1\\x5b", text)


def format_problem(problem: Problem) -> str:
    """The finding as people read it: location, message, the line with a caret, remedy.

    No output line starts with text from a record, so a record cannot imitate a finding.

    >>> print(format_problem(Problem("a.yaml", 2, 4, "N101", "no such key", "remove it", source_line="id: x")))
    a.yaml:2:4: error[N101]: no such key
      | id: x
      |    ^
      = remove it
    """
    path = visible(problem.path)
    path = f"./{path}" if path.lstrip().startswith(":") else path
    location = f"{path}:{problem.line}:{problem.column}" if problem.line else path
    lines = [f"{location}: {problem.level}[{problem.code}]: {visible(problem.message)}"]
    if problem.source_line and problem.column:
        excerpt, caret = clip(problem.source_line, problem.column - 1)
        lines += [f"  | {excerpt}", f"  | {' ' * caret}^"]
    if problem.hint:
        lines.append(f"  = {visible(problem.hint)}")
    return "\n".join(lines)


def clip(line: str, index: int, width: int = 110) -> tuple[str, int]:
    """An excerpt of `line` around a code point, with control characters made visible, and the index of that code point in it."""
    excerpt = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line.expandtabs(1))
    excerpt = CI_COMMAND.sub("\\1\N{REPLACEMENT CHARACTER}", excerpt)
    index = min(index, len(excerpt))
    if len(excerpt) <= width:
        return excerpt, index
    start = max(0, min(index - width // 2, len(excerpt) - width))
    return excerpt[start : start + width], index - start


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """The findings without duplicates, sorted by file, line and column."""
    return sorted(set(problems))
