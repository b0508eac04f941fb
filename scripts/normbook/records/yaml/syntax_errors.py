"""Plain messages for libyaml's syntax errors, and the text without the error, so that the rest can be read."""

from __future__ import annotations

import re
from typing import Any

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)")
EXPECTED_COLON = "could not find expected ':'"  # libyaml reports it on the following line
LINES_WITHOUT_KEY = (
    (re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)"), ("unresolved merge conflict", "choose between the two sides, and remove the lines that start with <<<<<<<, ======= and >>>>>>>")),
    (re.compile(r"\s*(?:- )?[\w-]+\s*："), ("found a full-width colon (U+FF1A)", "write an ASCII colon and a space")),
    (re.compile(r"\s*(?:- )?[\w-]+:(?! )\s"), ("found a space of another kind after the colon, which counts as a letter", "write `key: value` with a plain space")),
    (re.compile(r"\s*(?:- )?[\w-]+:(?!//)\S"), ("expected a space after the colon", "write `key: value`")),
    (re.compile(r"\s*(?:- )?[\w-]+\s*="), ("expected a colon, found an equals sign", "write `key: value`")),
    (re.compile(r"\s*-[^\s-]"), ("expected a space after the dash", "write a dash, a space and the entry")),
)  # fmt: skip
KEY_ON_ITS_LINE = re.compile(r"\s*(?:- )?[\w-]+\s*")
NO_KEY = "expected a key and a colon on this line", "write `key: value`, or indent the line further if it continues the value above"


INDENT = "indent the line like the lines that it belongs with"


def place_of(error: Any) -> Any:
    """The position to report for a syntax error: the start of an unclosed quotation or bracket or of a line without a key, otherwise where the parser stopped."""
    details = f"{error.problem} {error.context}"
    starts_early = any(phrase in details for phrase in ("end of stream", "flow", "scanning an a", EXPECTED_COLON))
    return (error.context_mark if starts_early else None) or error.problem_mark or error.context_mark


def continues_a_value(error: Any, line: str) -> bool:
    """Whether the parser stopped at the colon after a key, because the line is indented so far that it continues the value above."""
    mark = error.problem_mark
    return "mapping values are not allowed" in str(error.problem) and bool(mark and KEY_ON_ITS_LINE.fullmatch(line[: mark.column]))


def invalid(error: Any, line: str, opened: int = 0) -> tuple[str, str, str]:
    """The code, the message and the remedy for a syntax error in a line; `opened` is the line on which the text in quotation marks before it began."""
    details = f"{error.problem} {error.context}"
    indent = line[: len(line) - len(line.lstrip())]
    mark = place_of(error)
    if "\t" in indent and mark and mark.column <= len(indent):
        return "N117", "found a tab in the indentation", "indent with spaces"
    if "invalid Unicode character" in details:
        letter = _escape_at(line, mark.column)
        return "N125", f"the escape {letter} is not a valid character", "write the intended character"
    if line.lstrip().startswith(":") and "expected key" in details:
        return "N121", "expected a key before the colon", "write `key: value`"
    before = line[: mark.column] if mark else ""
    if continues_a_value(error, line):
        return "N101", "invalid YAML: this key is indented further than the line above, so it continues its value", INDENT
    if opened and opened != mark.line + 1 and _after_quotation(details, before):
        return (
            "N101",
            f"invalid YAML: this quotation mark closes the one on line {opened}",
            f"close the text that begins on line {opened} at its end",
        )
    message, hint = _line_without_key(line) if EXPECTED_COLON in details else _explanation(error, details, before, line[len(before) :])
    return "N101", f"invalid YAML: {message}", hint


def _line_without_key(line: str) -> tuple[str, str]:
    """Message and remedy for a line that should have a key and a colon."""
    return next((words for form, words in LINES_WITHOUT_KEY if form.match(line)), NO_KEY)


def _explanation(error: Any, details: str, before: str, after: str) -> tuple[str, str]:
    """Message and remedy for an error between two parts of a line."""
    if "unknown escape character" in details:
        return "unknown escape sequence", "write \\\\ for a backslash, or use single quotation marks"
    if "end of stream" in details and "quoted" in details:
        return "the quotation mark here is never closed", "close it at the end of the text"
    if "flow" in details and "context" not in details:
        return f"the bracket here is never closed: {error.problem}", "close it, or put text that starts with a bracket in quotation marks"
    if "mapping values are not allowed" in details:
        return "a value contains a colon followed by a space", "put the value in quotation marks"
    if "cannot start any token" in details:
        return f"a value without quotation marks cannot start with {after[:1]}", "put the value in quotation marks"
    if "scanning an alias" in details or "scanning an anchor" in details:
        sign = "*" if "alias" in details else "&"
        return (
            f"a value without quotation marks cannot start with {sign}",
            "start a list entry with a dash, and put a value that starts like this in quotation marks",
        )
    if "expected '-'" in details:
        return "found a key at the indentation of the list's dashes", "indent the line like the other keys of its entry"
    if "expected key" in details or "expected <block end>" in details:
        if _after_quotation(details, before):
            return "found text after the closing quotation mark", "write '' for an apostrophe in single quotation marks, and \\\" for a quotation mark in double ones"  # fmt: skip
        return f"the indentation of {len(before)} matches no line above", INDENT
    return " ".join(filter(None, (error.problem, error.context))), "compare the line with another record of the same type"


def _after_quotation(details: str, before: str) -> bool:
    return ("expected key" in details or "expected <block end>" in details) and before.rstrip().endswith(("'", '"'))


def without_fault(text: str, error: Any) -> str | None:
    """The text with the faulty characters replaced by as many others; None if the error cannot be passed over like that.

    What they are replaced by matters little: the result is validated against the schema, but never used as a record.
    """
    mark = error.problem_mark
    if mark is None:
        return None
    lines = text.split("\n")
    if mark.line >= len(lines):
        return None
    line, details = lines[mark.line], f"{error.problem} {error.context}"
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and mark.column <= len(indent):
        replacement = indent.replace("\t", " ") + line[len(indent) :]
    elif continues_a_value(error, line):
        return None  # what follows would be read as part of that value
    elif "mapping values are not allowed" in details and line[mark.column : mark.column + 1] == ":":
        replacement = f"{line[: mark.column]};{line[mark.column + 1 :]}"
    elif "cannot start any token" in details and line[mark.column : mark.column + 1] in ("@", "`", "%"):
        replacement = f"{line[: mark.column]}.{line[mark.column + 1 :]}"
    elif line.lstrip().startswith(":") and "expected key" in details:
        replacement = f"{indent}#{line[len(indent) + 1 :]}"
    elif ("invalid Unicode character" in details or "unknown escape character" in details) and (
        escape_sequence := _escape_at(line, mark.column)
    ):
        at = line.rfind("\\", 0, mark.column + 1)
        replacement = line[:at] + "?" * len(escape_sequence) + line[at + len(escape_sequence) :]
    else:
        return None
    if replacement == line:
        return None
    lines[mark.line] = replacement
    return "\n".join(lines)


def _escape_at(line: str, column: int) -> str:
    """The escape sequence that includes the character at a column or ends there, empty if there is none."""
    at = line.rfind("\\", 0, column + 1)
    match = ESCAPE.match(line, at) if at >= 0 else None
    return match[0] if match else ""
