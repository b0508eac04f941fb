"""Findings as a person, a program or a host of CI wants them: each format a pure function to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from normbook import __version__
from normbook.cli.github import as_github
from normbook.cli.report import Found, closing, dumped, listing
from normbook.findings.finding import Problem


def as_text(found: Found) -> str:
    """For people: each finding with its line and remedy, then the patch of what is stale, then the closing line."""
    return "".join(f"{row}\n" for row in (*listing(found), closing(found)) if row)


def as_json(found: Found) -> str:
    """For programs: one object, as schema/findings.schema.json describes it."""
    value: dict[str, Any] = {
        "version": 1,
        "tool": {"name": "normbook", "version": __version__},
        "counts": {"errors": found.count("error"), "warnings": found.count("warning")},
    }
    if found.since:
        value["since"] = {"revision": found.since.revision, "mended": found.since.mended, "standing": found.since.standing}
    if found.patch:
        value["patch"] = found.patch
    value["findings"] = [_finding(problem, found) for problem in found.problems]
    return dumped(value)


def _finding(problem: Problem, found: Found) -> dict[str, Any]:
    """What is known of a finding; a line, a remedy or a pointer that there is none of is left out."""
    place = {"path": problem.path, "line": problem.line, "column": problem.column}
    said = {"code": problem.code, "level": problem.level, "message": problem.message, "page": found.page(problem.code)}
    more = {"hint": problem.hint, "pointer": problem.pointer}
    return {
        **{key: each for key, each in place.items() if each or key == "path"},
        **said,
        **{key: each for key, each in more.items() if each},
    }


def _as_sarif(found: Found) -> str:
    from normbook.cli.sarif import as_sarif

    return as_sarif(found)


def _as_junit(found: Found) -> str:
    from normbook.cli.junit import as_junit  # with the writer of XML

    return as_junit(found)


FORMATS: Mapping[str, Callable[[Found], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": _as_sarif,
    "junit": _as_junit,
}
