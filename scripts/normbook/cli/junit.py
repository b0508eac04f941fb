"""Findings as JUnit XML, which most hosts of CI read: one test case a file."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from normbook.cli.report import Found
from normbook.findings.finding import Problem, format_problem, is_error, visible


def as_junit(found: Found) -> str:
    """A suite with a case for each file that has findings; errors fail it, warnings stand in its output. Without findings one case passes."""
    files: dict[str, list[Problem]] = {}
    for problem in found.problems:
        files.setdefault(problem.path, []).append(problem)
    failed = sum(any(map(is_error, problems)) for problems in files.values())
    counts = {"name": "normbook check", "tests": str(len(files) or 1), "failures": str(failed), "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {**counts, "skipped": "0"})
    for path, problems in files.items():
        _case(SubElement(suite, "testcase", {"classname": "normbook", "name": visible(path)}), problems)
    if not files:
        SubElement(suite, "testcase", {"classname": "normbook", "name": "no finding"})
    indent(suites)
    body: bytes = tostring(suites, encoding="us-ascii", xml_declaration=False)  # so that any encoding of the output holds it
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body.decode()}\n'


def _case(case: Element, problems: Sequence[Problem]) -> None:
    errors = [problem for problem in problems if is_error(problem)]
    warnings = [problem for problem in problems if not is_error(problem)]
    if errors:
        first = visible(errors[0].message)
        head = first if len(errors) == 1 else f"{len(errors)} errors, the first: {first}"
        failure = SubElement(case, "failure", {"type": errors[0].code, "message": head})
        failure.text = "\n".join(map(format_problem, errors))
    if warnings:
        SubElement(case, "system-out").text = "\n".join(map(format_problem, warnings))
