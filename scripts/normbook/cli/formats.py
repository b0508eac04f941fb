"""The output formats of findings, for people, programs and CI systems: each is a pure function that returns text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from normbook import __version__
from normbook.cli.github import as_github
from normbook.cli.report import CheckResult, address, family, finding_lines, summary_line, to_json
from normbook.findings.finding import Problem, format_problem, identity, is_error, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


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


def as_sarif(result: CheckResult) -> str:
    """SARIF 2.1.0, which code hosts and editors read: one run, with one rule per code. The fingerprints of findings stay the same when lines move."""
    codes = sorted({problem.code for problem in result.problems})
    occurrences: Counter[str] = Counter()
    driver: dict[str, Any] = {"name": "normbook", "version": __version__, "rules": [_sarif_rule(code, result) for code in codes]}
    if result.site:
        driver["informationUri"] = result.site
    results = []
    for problem in result.problems:
        fingerprint = hashlib.sha256("\0".join(identity(problem)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        occurrences[fingerprint] += 1
        results.append(_sarif_result(problem, codes.index(problem.code), f"{fingerprint}:{occurrences[fingerprint]}"))
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return to_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: str, result: CheckResult) -> dict[str, Any]:
    rule = {"id": code, "shortDescription": {"text": f"{family(code)}."}}
    return {**rule, "helpUri": result.page(code)} if result.site else rule


def _sarif_result(problem: Problem, rule: int, fingerprint: str) -> dict[str, Any]:
    result = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.level,
        "message": {"text": _sarif_text(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)},
        "partialFingerprints": {"normbook/v1": fingerprint, "primaryLocationLineHash": fingerprint},
    }
    if problem.path.startswith("<"):  # a finding about the command line has no file
        return result
    physical_location: dict[str, Any] = {"artifactLocation": {"uri": address(problem.path), "uriBaseId": "%SRCROOT%"}}
    if problem.line:
        physical_location["region"] = {"startLine": problem.line, **({"startColumn": problem.column} if problem.column else {})}
    return {**result, "locations": [{"physicalLocation": physical_location}]}


def _sarif_text(text: str) -> str:
    """The text escaped for a SARIF message, in which `[a](b)` would be a link and `{0}` an argument."""
    text = visible(text)
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")


def as_junit(result: CheckResult) -> str:
    """A JUnit test suite, which most CI systems read, with a case for each file with findings: errors are failures, warnings are output.

    Without findings, one case passes.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring  # imported late, because only this format needs the XML library

    files: dict[str, list[Problem]] = {}
    for problem in result.problems:
        files.setdefault(problem.path, []).append(problem)
    failed = sum(any(map(is_error, problems)) for problems in files.values())
    counts = {"name": "normbook check", "tests": str(len(files) or 1), "failures": str(failed), "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {**counts, "skipped": "0"})
    for path, problems in files.items():
        _fill_case(SubElement(suite, "testcase", {"classname": "normbook", "name": visible(path)}), problems)
    if not files:
        SubElement(suite, "testcase", {"classname": "normbook", "name": "no findings"})
    indent(suites)
    body: bytes = tostring(suites, encoding="us-ascii", xml_declaration=False)  # ASCII, so that it can be printed in any encoding
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body.decode()}\n'


def _fill_case(case: Element, problems: Sequence[Problem]) -> None:
    """What a test case of JUnit says of the findings of a file."""
    from xml.etree.ElementTree import SubElement

    errors = [problem for problem in problems if is_error(problem)]
    warnings = [problem for problem in problems if not is_error(problem)]
    if errors:
        first = visible(errors[0].message)
        message = first if len(errors) == 1 else f"{len(errors)} errors, the first: {first}"
        failure = SubElement(case, "failure", {"type": errors[0].code, "message": message})
        failure.text = "\n".join(map(format_problem, errors))
    if warnings:
        SubElement(case, "system-out").text = "\n".join(map(format_problem, warnings))


FORMATS: Mapping[str, Callable[[CheckResult], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
}
