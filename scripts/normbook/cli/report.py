"""What a check found, as every format takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from normbook.findings.finding import CI_COMMAND, Problem, format_problem, visible

FAMILIES = {
    "1": "The file cannot be read as strict YAML", "2": "The schema refuses the record", "3": "Ids, links, counts and redirects do not fit",
    "4": "Evidence or a correction does not fit its source", "5": "The stance does not fit the words", "6": "A document cannot be read or reverted",
    "7": "Seeds, sources or the command's own needs", "8": "A derived text is not what it is derived from",
}  # fmt: skip
LONE = re.compile("[\ud800-\udfff]")
NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # lone surrogates that stand for no byte of a file's name


@dataclass(frozen=True)
class Since:
    """What a check against a revision adds: the revision as named, how many of its findings are mended, how many stand as they stood."""

    revision: str
    mended: int
    standing: int


@dataclass(frozen=True)
class Found:
    """What a check found.

    `problems` are in order; `site` is the site's address; `since` is None where nothing was compared with; `patch` is what the stale
    derived texts lack, as a unified diff; `token` is a word that nobody can guess, for hosts whose commands it fences in.
    """

    problems: Sequence[Problem]
    site: str = ""
    since: Since | None = None
    patch: str = ""
    token: str = ""

    def count(self, level: str) -> int:
        """How many findings are of a level."""
        return sum(each.level == level for each in self.problems)

    def page(self, code: str) -> str:
        """The address of the page that explains a code."""
        return f"{self.site}findings/{code.lower()}.html"


def closing(found: Found) -> str:
    """The line that sums up: errors, warnings, and what changed since a revision. Empty where there is nothing to say."""
    errors, warnings = found.count("error"), found.count("warning")
    line = f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}" if found.problems or found.since else ""
    if found.since:
        line += f" since {visible(found.since.revision)!r}; {found.since.mended} mended"
        line += f"; {found.since.standing} stood there already and fail nothing here" if found.since.standing else ""
    return line


def listing(found: Found) -> list[str]:
    """The findings as people read them, and the patch of what is stale; no row begins with words of a record."""
    rows = [format_problem(problem) for problem in found.problems]
    if found.patch:
        rows += ["the derived texts would change so:", *(f"  | {visible(line)}" for line in found.patch.split("\n"))]
    return rows


def address(path: str) -> str:
    """A path as a relative address, its bytes percent-encoded."""
    return quote(NO_BYTE.sub("\N{REPLACEMENT CHARACTER}", path).encode("utf-8", "surrogateescape"))


def family(code: str) -> str:
    """What findings with such a code have in common."""
    return FAMILIES.get(code[1:2], "A finding")


def dumped(value: Any) -> str:
    """JSON in ASCII, so that no character acts on a terminal, without lone surrogates, which strict readers refuse, and without what
    a host of CI takes for a command.
    """
    text = json.dumps(_sound(value), ensure_ascii=True, indent=1).replace("\x7f", "\\u007f")
    return CI_COMMAND.sub(r"\1\\u005b", text) + "\n"


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return LONE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list) else value
