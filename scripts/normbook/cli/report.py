"""The result of a check, as input of all output formats."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from normbook.findings.finding import CI_COMMAND, Problem, format_problem, visible

FAMILIES = {
    "1": "Invalid YAML or an unreadable file", "2": "A record that does not match its schema", "3": "Inconsistent ids, links, counts or redirects",
    "4": "Evidence or a correction that does not match its source", "5": "A stance that does not match the quoted words", "6": "A document that cannot be cleaned or reverted",
    "7": "Seeds, sources, releases, or the requirements of a command", "8": "A derived text or an exception that is out of date",
}  # fmt: skip
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
NOT_A_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # lone surrogates that do not encode a byte of a file name


@dataclass(frozen=True)
class Comparison:
    """A comparison with a revision: the revision as given, how many of its findings are fixed, and how many still exist."""

    revision: str
    fixed: int
    existing: int


@dataclass(frozen=True)
class CheckResult:
    """The result of a check.

    `problems` are sorted; `site` is the site's address; `since` is None without a comparison; `patch` is a unified diff that
    updates stale derived texts; `token` is a random word that ends GitHub's stop-commands mode.
    """

    problems: Sequence[Problem]
    site: str = ""
    since: Comparison | None = None
    patch: str = ""
    token: str = ""

    def count(self, level: str) -> int:
        """The number of findings of a level."""
        return sum(problem.level == level for problem in self.problems)

    def page(self, code: str) -> str:
        """The address of the page that explains a code."""
        return f"{self.site}findings/{code.lower()}.html"


def summary_line(result: CheckResult) -> str:
    """The summary line: errors, warnings, and the comparison with a revision. Empty if there are no findings and no comparison."""
    errors, warnings = result.count("error"), result.count("warning")
    new = "new " if result.since else ""
    line = (
        f"{errors} {new}error{'s' * (errors != 1)}, {warnings} {new}warning{'s' * (warnings != 1)}"
        if result.problems or result.since
        else ""
    )
    if result.since:
        line += f" since {visible(result.since.revision)!r}; {result.since.fixed} fixed"
        existing = result.since.existing
        line += f"; {existing} existing finding{'s' * (existing != 1)} not counted" if existing else ""
    return line


def finding_lines(result: CheckResult) -> list[str]:
    """The lines of all findings and of the patch for stale texts; no line starts with text from a record."""
    lines = [format_problem(problem) for problem in result.problems]
    if result.patch:
        lines += [
            "stale derived texts; `normbook derive` makes these changes:",
            *(f"  | {visible(line)}" for line in result.patch.split("\n")),
        ]
    return lines


def address(path: str) -> str:
    """A path as a relative URL, percent-encoded."""
    return quote(NOT_A_BYTE.sub("\N{REPLACEMENT CHARACTER}", path).encode("utf-8", "surrogateescape"))


def family(code: str) -> str:
    """A description of the group of findings that a code belongs to."""
    return FAMILIES.get(code[1:2], "A finding")


def to_json(value: Any) -> str:
    """A value as ASCII JSON, without lone surrogates, which strict parsers reject, and without anything that a terminal or a CI
    system would obey as a command.
    """
    text = json.dumps(_without_surrogates(value), ensure_ascii=True, indent=1).replace("\x7f", "\\u007f")
    return CI_COMMAND.sub(r"\1\\u005b", text) + "\n"


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return [_without_surrogates(item) for item in value] if isinstance(value, list) else value
