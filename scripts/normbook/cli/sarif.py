"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from normbook import __version__
from normbook.cli.report import Found, address, dumped, family
from normbook.findings.finding import Problem, identity, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(found: Found) -> str:
    """One run, one rule a code that was found. Its fingerprints stay when lines move."""
    codes = sorted({problem.code for problem in found.problems})
    seen: Counter[str] = Counter()
    driver: dict[str, Any] = {"name": "normbook", "version": __version__, "rules": [_rule(code, found) for code in codes]}
    if found.site:
        driver["informationUri"] = found.site
    results = []
    for problem in found.problems:
        mark = hashlib.sha256("\0".join(identity(problem)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[mark] += 1
        results.append(_result(problem, codes.index(problem.code), f"{mark}:{seen[mark]}"))
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, found: Found) -> dict[str, Any]:
    rule = {"id": code, "shortDescription": {"text": f"{family(code)}."}}
    return {**rule, "helpUri": found.page(code)} if found.site else rule


def _result(problem: Problem, rule: int, mark: str) -> dict[str, Any]:
    result = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.level,
        "message": {"text": _plain(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)},
        "partialFingerprints": {"normbook/v1": mark, "primaryLocationLineHash": mark},
    }
    if problem.path.startswith("<"):  # a finding about the command itself has no file
        return result
    place: dict[str, Any] = {"artifactLocation": {"uri": address(problem.path), "uriBaseId": "%SRCROOT%"}}
    if problem.line:
        place["region"] = {"startLine": problem.line, **({"startColumn": problem.column} if problem.column else {})}
    return {**result, "locations": [{"physicalLocation": place}]}


def _plain(text: str) -> str:
    """The text as a plain message, in which «[a](b)» would be a link and «{0}» a place for an argument."""
    text = visible(text)
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")
