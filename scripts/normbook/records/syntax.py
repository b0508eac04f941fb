"""What libyaml refuses, in plain words; and the text with that one fault taken out, so that the rest can be read."""

from __future__ import annotations

import re
from typing import Any

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)")


def place_of(error: Any) -> Any:
    """The mark that a syntax error is told at: where a quotation or a bracket begins that nothing closes, else where reading stopped."""
    said = f"{error.problem} {error.context}"
    opened = "end of stream" in said or "flow" in said
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
    if "unknown escape character" in said:
        return (
            "N101",
            "this is not YAML: a backslash before a letter that makes no escape",
            "write \\\\ for a backslash, or use single quotation marks",
        )
    if line.lstrip().startswith(":") and "expected key" in said:
        return "N121", "a key is missing before the colon", "write key: value"
    message = f"this is not YAML: {' '.join(filter(None, (error.problem, error.context)))}"
    if "end of stream" in said and "quoted" in said:
        return "N101", "this is not YAML: a quotation mark opens here that nothing closes", "close it at the end of the text"
    if "flow" in said and "context" not in said:
        return "N101", f"this is not YAML: a bracket opens here that nothing closes: {error.problem}", "close it, or put quotation marks around text that begins with a bracket"  # fmt: skip
    if "mapping values are not allowed" in said:
        return "N101", message, "put quotation marks around a value that holds a colon and a space"
    if "could not find expected ':'" in said or "expected <block end>" in said:
        return "N101", message, "check the indentation of this line and the colon after the key"
    if "cannot start any token" in said:
        return "N101", message, "put quotation marks around a value that begins with such a character"
    return "N101", message, "compare the line with a neighbouring record"


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
