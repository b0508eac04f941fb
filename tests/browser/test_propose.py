"""The form that proposes a change, in Chromium: the smallest change of the file, and what it says of it."""

from __future__ import annotations

import difflib
import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from normbook.records.types import FOLDERS
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project
from tools.browser import open_page, until

# opens a record, opens a part of the form, changes one value as a person does, and gives the file before and after with what the check says
CHANGE = """async ([type, id, number]) => {
  await normbookProposal.open(type, id);
  const form = document.getElementById('nb-propose'), fields = form.querySelector('.nb-propose-fields');
  const folds = [...fields.querySelectorAll('details')];
  if (folds.length) { const fold = folds[number % folds.length]; fold.open = true; fold.fill(); }
  const controls = [...fields.querySelectorAll('.nb-f > :is(input, select, textarea)')].filter(e => e.value && (e.localName !== 'select' || e.options.length > 2));
  const control = controls[number * 7 % controls.length], old = control.value;
  if (control.localName === 'select') control.value = [...control.options].map(e => e.value).find(e => e && e !== old);
  else if (control.type === 'date') control.value = old === '2021-02-03' ? '2021-02-04' : '2021-02-03';
  else if (control.inputMode === 'numeric') control.value = String(+old + 1);
  else { const at = Math.floor(old.length / 2); control.value = old.slice(0, at) + 'x' + old.slice(at); }
  control.dispatchEvent(new Event(control.localName === 'select' ? 'change' : 'input', {bubbles: true}));
  normbookProposal.refresh();
  const state = normbookProposal.state;
  return {before: state.file.text, after: state.text, path: state.path, patch: state.changed ? normbookProposal.patch() : '', findings: state.findings, changed: state.changed,
    label: control.closest('.nb-f').dataset.pointer, shown: form.querySelector('.nb-diff').textContent};
}"""


@pytest.fixture(scope="module")
def form(browser: Browser, served: str) -> Iterator[Page]:
    """The page of the form, which tests open for record after record."""
    page, requests = open_page(browser, f"{served}propose.html?type=theme&id=data-security")
    until(page, "window.normbookProposal?.state?.text")
    yield page
    assert [each for each in requests if each.startswith(("error", "console"))] == []
    assert all(each.startswith(served) for each in requests)
    page.context.close()


def values(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """The values without parts, by pointer."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from values(each, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from values(each, f"{pointer}/{number}")
    else:
        yield pointer, value


def test_one_value_of_every_record_is_changed_in_its_line_alone(form: Page, project: Project) -> None:
    records = [*project.records.values(), *project.corrections.values()]
    patches = []
    for number, record in enumerate(records):
        made = form.evaluate(CHANGE, [record.type, record.id, number])
        text = (project.repo.root / record.path).read_text("utf-8")
        assert made["before"] == text and made["path"] == record.path and made["changed"], record.path
        rows = [row for row in difflib.ndiff(text.split("\n"), made["after"].split("\n")) if row[0] in "+-"]
        assert [row[0] for row in rows] == ["-", "+"], (record.path, made["label"], rows)
        loaded = load(made["after"], record.path)
        assert loaded.problems == (), (record.path, loaded.problems)
        before, after = dict(values(record.fields)), dict(values(loaded.value))
        assert [pointer for pointer in before if before[pointer] != after[pointer]] == [made["label"]] and len(before) == len(after)
        assert all(row[0] + row[2:] in made["shown"] for row in rows)
        patches.append(made["patch"])
    assert len(patches) == len(records) > 300
    whole = "".join(patches)
    ran = subprocess.run(["git", "apply", "--check", "-"], input=whole, cwd=project.repo.root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[:500]
    assert whole.count("@@ -") == len(records)


def test_the_file_of_a_record_is_handed_over_as_it_is(site: Path, project: Project) -> None:
    for record in (project.records["gids-1"], project.corrections["seed-004"]):
        script = (site / "propose" / "records" / FOLDERS[record.type] / f"{record.id}.js").read_text("utf-8")
        given = json.loads(script.removeprefix("normbookGiven(").removesuffix(");\n").join("[]"))
        assert given[2]["text"] == (project.repo.root / record.path).read_text("utf-8")
