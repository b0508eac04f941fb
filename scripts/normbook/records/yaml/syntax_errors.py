"""What libyaml refuses, in plain words; and the text with that one fault taken out, so that the rest can be read."""

from __future__ import annotations

import re
from typing import Any

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)")
NO_COLON = "could not find expected ':'"  # libyaml tells it at the line below
KEYLESS = (
    (re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)"), ("a mark of a merge conflict is left here", "keep what is meant of the two sides, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>")),
    (re.compile(r"\s*(?:- )?[\w-]+\s*："), ("the colon is a full-width one (U+FF1A)", "write a colon of ASCII and a space")),
    (re.compile(r"\s*(?:- )?[\w-]+:(?!//)\S"), ("no space stands after the colon", "write key: value")),
    (re.compile(r"\s*(?:- )?[\w-]+\s*="), ("an equals sign stands where a colon should", "write key: value")),
    (re.compile(r"\s*-[^\s-]"), ("no space stands after the dash", "write the dash, a space and the entry")),
)  # fmt: skip
NO_KEY = "the line has no key with a colon", "write key: value, or indent the line further than the key above if it goes on with its value"


def place_of(error: Any) -> Any:
    """The mark that a syntax error is told at: where a quotation, a bracket or a line without a key begins, else where reading stopped."""
    said = f"{error.problem} {error.context}"
    opened = any(each in said for each in ("end of stream", "flow", "scanning an a", NO_COLON))
    return (error.context_mark if opened else None) or error.problem_mark or error.context_mark


def invalid(error: Any, line: str) -> tuple[str, str, str]:
    """The code, the message and the remedy of a syntax error that stands in a line."""
    said = f"{error.problem} {error.context}"
    indent = line[: len(line) - len(line.lstrip())]
    mark = place_of(error)
    if "\t" in indent and mark and mark.column <= len(indent):
        return "N117", "a tab stands in the indentation", "indent with spaces"
    if "invalid Unicode character" in said:
        letter = _escape_at(line, mark.column)
        return "N125", f"the escape {letter} stands for no character", "write the character that is meant"
    if line.lstrip().startswith(":") and "expected key" in said:
        return "N121", "a key is missing before the colon", "write key: value"
    before = line[: mark.column] if mark else ""
    message, hint = _without_key(line) if NO_COLON in said else _plainly(error, said, before, line[len(before) :])
    return "N101", f"this is not YAML: {message}", hint


def _without_key(line: str) -> tuple[str, str]:
    """What is wrong in a line that should have a key and a colon, and the remedy."""
    return next((words for form, words in KEYLESS if form.match(line)), NO_KEY)


def _plainly(error: Any, said: str, before: str, after: str) -> tuple[str, str]:
    """What is wrong between what stands before and after a place of a line, and the remedy."""
    if "unknown escape character" in said:
        return "a backslash before a letter that makes no escape", "write \\\\ for a backslash, or use single quotation marks"
    if "end of stream" in said and "quoted" in said:
        return "a quotation mark opens here that nothing closes", "close it at the end of the text"
    if "flow" in said and "context" not in said:
        return f"a bracket opens here that nothing closes: {error.problem}", "close it, or put quotation marks around text that begins with a bracket"  # fmt: skip
    if "mapping values are not allowed" in said:
        return "a colon and a space stand within a value", "put quotation marks around a value that holds a colon and a space"
    if "cannot start any token" in said:
        return f"no plain value begins with {after[:1]}", "put quotation marks around a value that begins with such a character"
    if "scanning an alias" in said or "scanning an anchor" in said:
        sign = "*" if "alias" in said else "&"
        return (
            f"no plain value begins with {sign}",
            "begin an entry of a list with a dash, and put quotation marks around a value that begins so",
        )
    if "expected '-'" in said:
        return "a key stands here, in line with the dashes of a list", "indent the line as the other keys of its entry"
    if "expected key" in said or "expected <block end>" in said:
        if before.rstrip().endswith(("'", '"')):
            return "words stand after the mark that closes a quotation", "write '' for an apostrophe within single quotation marks, \\\" for a mark within double ones"  # fmt: skip
        return "the line goes on with nothing that stands above", "indent the line as the lines that it belongs with"
    return " ".join(filter(None, (error.problem, error.context))), "compare the line with a neighbouring record"


def mended(text: str, error: Any) -> str | None:
    """The text, as long as before, without the fault; None where what was meant cannot be told.

    What is put in its place matters little: such a text is compared with the schema and stands for no record.
    """
    mark = error.problem_mark
    if mark is None:
        return None
    lines = text.split("\n")
    if mark.line >= len(lines):
        return None
    line, said = lines[mark.line], f"{error.problem} {error.context}"
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and mark.column <= len(indent):
        new = indent.replace("\t", " ") + line[len(indent) :]
    elif "mapping values are not allowed" in said and line[mark.column : mark.column + 1] == ":":
        new = f"{line[: mark.column]};{line[mark.column + 1 :]}"
    elif "cannot start any token" in said and line[mark.column : mark.column + 1] in ("@", "`", "%"):
        new = f"{line[: mark.column]}.{line[mark.column + 1 :]}"
    elif line.lstrip().startswith(":") and "expected key" in said:
        new = f"{indent}#{line[len(indent) + 1 :]}"
    elif ("invalid Unicode character" in said or "unknown escape character" in said) and (found := _escape_at(line, mark.column)):
        at = line.rfind("\\", 0, mark.column + 1)
        new = line[:at] + "?" * len(found) + line[at + len(found) :]
    else:
        return None
    if new == line:
        return None
    lines[mark.line] = new
    return "\n".join(lines)


def _escape_at(line: str, column: int) -> str:
    """The escape that stands at a column, or ends there."""
    at = line.rfind("\\", 0, column + 1)
    match = ESCAPE.match(line, at) if at >= 0 else None
    return match[0] if match else ""
