"""Every finding that the project can tell: each has a page of cases, each case gives just what stands there, no check can be taken away unseen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from normbook.graph.checks import CHECKS
from normbook.graph.subject import Subject
from normbook.problems import Problem
from tests.conftest import ROOT
from tests.findings import CATALOGUE, Case, cases, outcome, read

CASES = list(cases())
CODE = re.compile(r"N[0-9]{3}")


def names(codes: bool) -> set[str]:
    """The codes that the package writes, or that the catalogue explains."""
    if not codes:
        return {path.stem for path in CATALOGUE.glob("N*.yaml")}
    found: set[str] = set()
    for path in (ROOT / "scripts" / "normbook").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_code_has_its_page_and_every_page_its_code() -> None:
    assert names(codes=True) == names(codes=False)


def test_every_code_has_a_broken_and_a_sound_case() -> None:
    for path in sorted(CATALOGUE.glob("N*.yaml")):
        entry = read(path)
        assert entry["code"] == path.stem
        assert {"level", "title", "why", "cases", "sound"} == entry.keys() - {"code"}
        assert entry["cases"] and entry["sound"], path.name
        assert entry["level"] in ("error", "warning")
    assert sum(case.broken for case in CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.label}")
def test_a_case_gives_what_its_page_shows(case: Case) -> None:
    told = outcome(case.said)
    found = set(re.findall(r"(?m)^\S.*?(?:error|warning)\[(N\d{3})\]|^(N\d{3}) at ", told))
    codes = {one or two for one, two in found}
    if case.broken:
        assert told == case.said["expect"]
        assert case.code in codes
    else:
        assert case.code not in codes, told


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_check_can_be_switched_off_unseen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the check some broken case gives another output than its page shows."""
    check, told = CHECKS[name], list[str]()

    def spied(subject: Subject) -> Iterator[Problem]:
        for problem in check(subject):
            told.append(problem.code)
            yield problem

    monkeypatch.setitem(CHECKS, name, spied)
    spoke = next((case for case in CASES if case.broken and "run" not in case.said and outcome(case.said) is not None and told), None)
    assert spoke, f"no case makes the check {name} speak"
    monkeypatch.setitem(CHECKS, name, lambda subject: iter(()))
    assert outcome(spoke.said) != spoke.said["expect"]
