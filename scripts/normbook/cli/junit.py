"""Findings as JUnit XML, which most CI systems read: one test case per file."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from normbook.cli.report import CheckResult
from normbook.findings.finding import Problem, format_problem, is_error, visible


def as_junit(result: CheckResult) -> str:
    """A test suite with a case for each file with findings: errors are failures, warnings are output. Without findings, one case passes."""
    files: dict[str, list[Problem]] = {}
    for problem in result.problems:
        files.setdefault(problem.path, []).append(problem)
    failed = sum(any(map(is_error, problems)) for problems in files.values())
    counts = {"name": "normbook check", "tests": str(len(files) or 1), "failures": str(failed), "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {**counts, "skipped": "0"})
    for path, problems in files.items():
        _case(SubElement(suite, "testcase", {"classname": "normbook", "name": visible(path)}), problems)
    if not files:
        SubElement(suite, "testcase", {"classname": "normbook", "name": "no findings"})
    indent(suites)
    body: bytes = tostring(suites, encoding="us-ascii", xml_declaration=False)  # ASCII, so that it can be printed in any encoding
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body.decode()}\n'


def _case(case: Element, problems: Sequence[Problem]) -> None:
    errors = [problem for problem in problems if is_error(problem)]
    warnings = [problem for problem in problems if not is_error(problem)]
    if errors:
        first = visible(errors[0].message)
        message = first if len(errors) == 1 else f"{len(errors)} errors, the first: {first}"
        failure = SubElement(case, "failure", {"type": errors[0].code, "message": message})
        failure.text = "\n".join(map(format_problem, errors))
    if warnings:
        SubElement(case, "system-out").text = "\n".join(map(format_problem, warnings))
