"""The output formats of findings, for people, programs and CI systems: each is a pure function that returns text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from normbook import __version__
from normbook.cli.github import as_github
from normbook.cli.report import CheckResult, finding_lines, summary_line, to_json
from normbook.findings.finding import Problem


def as_text(result: CheckResult) -> str:
    """For people: each finding with its line and remedy, then the patch for stale texts, then the summary line."""
    return "".join(f"{line}\n" for line in (*finding_lines(result), summary_line(result)) if line)


def as_json(result: CheckResult) -> str:
    """For programs: one JSON object, described by schema/findings.schema.json."""
    value: dict[str, Any] = {
        "version": 1,
        "tool": {"name": "normbook", "version": __version__},
        "counts": {"errors": result.count("error"), "warnings": result.count("warning")},
    }
    if result.since:
        value["since"] = {"revision": result.since.revision, "mended": result.since.fixed, "standing": result.since.existing}
    if result.patch:
        value["patch"] = result.patch
    value["findings"] = [_finding(problem, result) for problem in result.problems]
    return to_json(value)


def _finding(problem: Problem, result: CheckResult) -> dict[str, Any]:
    """A finding as a JSON object, without the keys that have no value."""
    location = {"path": problem.path, "line": problem.line, "column": problem.column}
    finding = {"code": problem.code, "level": problem.level, "message": problem.message, "page": result.page(problem.code)}
    optional = {"hint": problem.hint, "pointer": problem.pointer}
    return {
        **{key: content for key, content in location.items() if content or key == "path"},
        **finding,
        **{key: content for key, content in optional.items() if content},
    }


def _as_sarif(result: CheckResult) -> str:
    from normbook.cli.sarif import as_sarif

    return as_sarif(result)


def _as_junit(result: CheckResult) -> str:
    from normbook.cli.junit import as_junit  # imported late, because it needs the XML library

    return as_junit(result)


FORMATS: Mapping[str, Callable[[CheckResult], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": _as_sarif,
    "junit": _as_junit,
}
