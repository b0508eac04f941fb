"""The text of a file as YAML takes it: no mark, line feeds alone, nothing hidden that breaks a line."""

from __future__ import annotations

from itertools import islice

from normbook.findings.finding import Problem
from normbook.records.yaml.hidden import BREAKING, HIDDEN, raw_findings

MOST_FAULTS = 100  # a file with more is no record


def prepared(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text as YAML takes it, each character in its place, and what is told of the file as a whole."""
    found: list[Problem] = []
    if text.startswith("\ufeff"):
        found.append(Problem(path, 1, 1, "N115", "the file begins with a byte order mark (U+FEFF)", "save it as UTF-8 without a mark"))
        text = text[1:]
    if "\r" in text:
        end = text.index("\r")
        pairs, all = text.count("\r\n"), text.count("\r")
        line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
        kind = "CR LF" if pairs == all else "CR" if not pairs else "CR LF and CR"
        hint = "save the file with line ends LF (git: «* text=auto eol=lf» in .gitattributes)"
        found.append(Problem(path, line, column, "N116", f"{all} line{'s end' if all > 1 else ' ends'} in {kind}", hint, level="warning"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if HIDDEN.search(text):
        hidden = list(islice(raw_findings(text, text.split("\n"), path), MOST_FAULTS))
        found += hidden
        text = BREAKING.sub("\ufffd", text) if hidden else text
    return text, found
