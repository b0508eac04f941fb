"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from normbook import __version__
from normbook.cli.report import CheckResult, address, family, to_json
from normbook.findings.finding import Problem, identity, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(result: CheckResult) -> str:
    """One run, with one rule per code. The fingerprints of findings stay the same when lines move."""
    codes = sorted({problem.code for problem in result.problems})
    occurrences: Counter[str] = Counter()
    driver: dict[str, Any] = {"name": "normbook", "version": __version__, "rules": [_rule(code, result) for code in codes]}
    if result.site:
        driver["informationUri"] = result.site
    results = []
    for problem in result.problems:
        fingerprint = hashlib.sha256("\0".join(identity(problem)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        occurrences[fingerprint] += 1
        results.append(_result(problem, codes.index(problem.code), f"{fingerprint}:{occurrences[fingerprint]}"))
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, result: CheckResult) -> dict[str, Any]:
    rule = {"id": code, "shortDescription": {"text": f"{family(code)}."}}
    return {**rule, "helpUri": result.page(code)} if result.site else rule


def _result(problem: Problem, rule: int, fingerprint: str) -> dict[str, Any]:
    result = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.level,
        "message": {"text": _plain(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)},
        "partialFingerprints": {"normbook/v1": fingerprint, "primaryLocationLineHash": fingerprint},
    }
    if problem.path.startswith("<"):  # a finding about the command line has no file
        return result
    physical_location: dict[str, Any] = {"artifactLocation": {"uri": address(problem.path), "uriBaseId": "%SRCROOT%"}}
    if problem.line:
        physical_location["region"] = {"startLine": problem.line, **({"startColumn": problem.column} if problem.column else {})}
    return {**result, "locations": [{"physicalLocation": physical_location}]}


def _plain(text: str) -> str:
    """The text escaped for a SARIF message, in which `[a](b)` would be a link and `{0}` an argument."""
    text = visible(text)
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")
