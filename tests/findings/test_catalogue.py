"""Every finding that the project can tell: each has a page of cases, each case gives just what stands there, no check can be taken away unseen."""

from __future__ import annotations

import ast
import re

import pytest

from normbook.graph.checks.registry import CHECKS, run_checks
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from tests.conftest import ROOT
from tests.findings.catalogue import Case, cases, change, outcome, read
from tools.projects import CATALOGUE, sample

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


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """For each check a broken case in which it has something to tell."""
    found: dict[str, Case] = {}
    later = ("N1", "N2", "N6", "N7", "N8")  # of files, schemas, texts, commands: they are seldom a check's
    for number, case in enumerate(sorted(CASES, key=lambda case: case.code.startswith(later))):
        if len(found) == len(CHECKS) or not case.broken or set(case.said) - {"label", "change", "expect"}:
            continue
        folder = sample(tmp_path_factory.mktemp("speaking") / str(number))
        change(folder, case.said["change"])
        project = load_project(Repo(folder))
        if not project.schemas.documents:
            continue  # without schemas no check is asked
        subject = CheckContext(
            link(project.records, project.schemas),
            project.schemas,
            project.readings,
            project.corrections,
            project.redirects,
            project.broken,
            book=project.book,
        )
        for name in CHECKS.keys() - found.keys():
            if run_checks(subject, [name]):
                found[name] = case
    return found


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_check_can_be_switched_off_unseen(name: str, speaking: dict[str, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the check some broken case gives another output than its page shows."""
    case = speaking[name].said
    assert outcome(case) == case["expect"]
    monkeypatch.setitem(CHECKS, name, lambda subject: iter(()))
    assert outcome(case) != case["expect"]
