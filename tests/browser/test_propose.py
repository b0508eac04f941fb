"""The form that proposes a change, in Chromium: the smallest change of the file, and what it says of it."""

from __future__ import annotations

import difflib
import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from normbook.extraction.stance import find_denied
from normbook.graph.checks.registry import NEAR, run_checks
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.graph.support import people, turned
from normbook.graph.support.days import stated_days
from normbook.graph.support.lexicon import find
from normbook.graph.support.modality import modalities
from normbook.graph.support.ordinals import numbered
from normbook.graph.support.people import addressed
from normbook.records.names import ID
from normbook.records.types import FOLDERS
from normbook.records.validation.record import read_record
from normbook.records.yaml.reader import load
from normbook.site.exports.proposal_files import id_scripts, schema_scripts, text_script, word_scripts
from normbook.workspace.load import Project, load_project
from normbook.workspace.prepare import render_context
from normbook.workspace.repo import Repo
from normbook.workspace.seeds import read_source
from normbook.workspace.site_files import read_compiled
from tests.conftest import ROOT
from tests.findings.catalogue import Case, cases
from tests.graph import planted
from tools.browser import open_page, until
from tools.projects import SAMPLE, checkout, read_yaml

# opens a record, opens a part of the form, changes one value as a person does, and gives the file before and after with what the check says
CHANGE = """async ([type, id, number]) => {
  await normbookProposal.open(type, id); await normbookProposal.ready;
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


Found = set[tuple[str, str, str, str, str]]  # code, level, pointer, message, remedy
COVERED = set(
    "N201 N202 N203 N204 N205 N206 N207 N208 N209 N301 N303 N304 N313 N314 N316 N319 N322 N323 N401 N402 N403 N404 N405 N406 N407 N410 N421 N422 N423 N424 N425 N426 N501 N502 N503 N504 N505 N506 N511 N512 N513 N514 N515 N516 N517 N518 N519 N521".split()
)


def told(project: Project, type: str, path: str, text: str) -> tuple[Found, set[str]]:
    """What `normbook check` says of a record by itself, as far as the page looks; and all codes."""
    problems: list[Any] = []
    record = read_record(project.schemas, type, path, text, problems)
    if record is not None and type == "correction":
        corrections = {**project.corrections, record.id: record}
        context = CheckContext(link(project.records, project.schemas), project.schemas, project.readings, corrections, project.redirects)
        problems += [each for each in run_checks(context, ["corrections", "correction placeholders"]) if each.path == path]
        seed = next(
            each for each in (project.repo.root / "seeds").iterdir() if each.name == project.records[record.id].fields["seed"]["file"]
        )
        read_source(project.records[record.id], {seed.name: seed.read_bytes()}, corrections, problems)
        record = None
    if record is not None and not problems:
        records = {**project.records, record.id: record}
        context = CheckContext(
            link(records, project.schemas), project.schemas, project.readings, project.corrections, project.redirects, project.broken, frozenset({record.id}), book=project.book
        )  # fmt: skip
        problems += [each for each in run_checks(context, [*NEAR, "correspondences"]) if each.path == path]
    found = {(each.code, each.level, each.pointer, each.message, each.hint) for each in problems if each.code in COVERED}
    return found, {each.code for each in problems}


def said(findings: list[dict[str, str]]) -> Found:
    return {(each["code"], each["level"], each["pointer"], each["message"], each["hint"]) for each in findings}


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
    patches, found = [], 0
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
        expected, _ = told(project, record.type, record.path, made["after"])
        assert said(made["findings"]) == expected, (record.path, made["label"], said(made["findings"]) ^ expected)
        found += bool(expected)
    assert len(patches) == len(records) > 300 and found > 30, found
    whole = "".join(patches)
    ran = subprocess.run(["git", "apply", "--check", "-"], input=whole, cwd=project.repo.root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[:500]
    assert whole.count("@@ -") == len(records)


def test_the_file_of_a_record_is_handed_over_as_it_is(site: Path, project: Project) -> None:
    for record in (project.records["gids-1"], project.corrections["seed-004"]):
        script = (site / "propose" / "records" / FOLDERS[record.type] / f"{record.id}.js").read_text("utf-8")
        given = json.loads(script.removeprefix("normbookGiven(").removesuffix(");\n").join("[]"))
        assert given[2]["text"] == (project.repo.root / record.path).read_text("utf-8")


def is_of_one_record(case: Case) -> bool:
    """Whether a case changes the words of one record and is asked of `normbook check` as it stands."""
    files = {each["file"] for each in case.said["change"]} if "change" in case.said else set()
    folder = Path(next(iter(files))).parent.name if len(files) == 1 else ""
    return (
        folder in FOLDERS.values() and not set(case.said) - {"label", "change", "expect"}
        and all("old" in each for each in case.said["change"]) and (SAMPLE / next(iter(files))).is_file()
    )  # fmt: skip


def values_given(scripts: Iterator[tuple[str, str]]) -> list[Any]:
    return [
        json.loads(each.removeprefix("normbookGiven(").removesuffix(");").join("[]")) for _, text in scripts for each in text.splitlines()
    ]


ASK = """([given, records]) => {
  const known = {};
  for (const [kind, name, value] of given) (known[kind] ??= new Map()).set(name, value);
  return records.map(({type, id, path, text}) => {
    const read = normbookFile.read(text);
    return read.errors.length ? null : normbookCheck.findings({type, id, path, value: read.value, schema: known.schema.get(type), given: known});
  });
}"""


def test_the_page_says_of_the_cases_of_the_catalogue_what_the_check_says(form: Page, tmp_path: Path) -> None:
    repo = checkout(tmp_path / "sample")
    project = load_project(Repo(repo.root))
    context = render_context(repo, link(project.records, project.schemas), project.schemas, project.readings, project.corrections)
    types = {folder: type for type, folder in FOLDERS.items()}
    scripts = (
        *id_scripts(context), *schema_scripts(project.schemas, read_compiled(repo)), *word_scripts(),
        *(text_script(context, source) for source in project.readings),
    )  # fmt: skip
    asked, expected, seen = [], [], set()
    for case in filter(is_of_one_record, cases()):
        path = case.said["change"][0]["file"]
        text = (SAMPLE / path).read_text("utf-8")
        for each in case.said["change"]:
            text = text.replace(each["old"], each["new"], 1)
        type, id = types[path.split("/")[1]], Path(path).stem
        found, codes = told(project, type, path, text)
        if any(code.startswith("N1") for code in codes):
            continue  # of the YAML itself: the form writes it, so there is none
        asked.append({"type": type, "id": id, "path": path, "text": text})
        expected.append((case, found))
        seen |= {code for code, *_ in found}
    for type in sorted({each["type"] for each in asked}):
        form.evaluate("type => normbookProposal.open(type, '')", type)
    answers = form.evaluate(ASK, [values_given(iter(scripts)), asked])
    for (case, found), answer in zip(expected, answers, strict=True):
        assert answer is not None and said(answer) == found, (case.code, case.label)
    assert len(asked) > 80 and len(seen) > len(COVERED) - 3, COVERED - seen


PROPOSE = """records => records.map(({type, value}) => {
  const {id, ...rest} = value, {given} = normbookProposal, ids = new Map([...given.ids].map(([kind, rows]) => [kind, rows.filter(([other]) => other !== id)]));
  return normbookCheck.proposedId({type, id: "", value: rest, schema: given.schema.get(type), given: {...given, ids}});
})"""


def test_the_id_of_a_new_record_is_proposed_in_the_manner_of_the_book(form: Page, project: Project) -> None:
    records = [each for each in project.records.values() if each.type != "source"]
    for type in sorted({each.type for each in records}):
        form.evaluate("type => normbookProposal.open(type, '')", type)
    form.evaluate("sources => Promise.all(sources.map(id => normbookProposal.load(`propose/texts/${id}.js`)))", sorted(project.readings))
    made = form.evaluate(PROPOSE, [{"type": each.type, "value": each.fields} for each in records])
    assert all(ID.match(id) and len(id) <= 80 for id in made if id)
    same = Counter(each.type for each, id in zip(records, made, strict=True) if id == each.id)
    of_type = Counter(each.type for each in records)
    least = {"principle": 0.85, "correspondence": 1, "glossary": 0.8, "statement": 0.9, "actor": 0.8, "event": 0.7}
    assert {type: same[type] / of_type[type] for type in least if same[type] < least[type] * of_type[type]} == {}


JUDGE = """records => records.map(({type, id, path, value}) => normbookCheck.findings({type, id, path, value, schema: normbookProposal.given.schema.get(type), given: normbookProposal.given}))"""
READ = """([lines, names, people]) => { const reader = normbookSupport(normbookProposal.given.words);
  const index = {names: new Map(names.map(([name, ids]) => [name, new Map(Object.entries(ids))])), people: new Set(people)};
  return lines.map(line => ({voices: [...reader.voices(line, index).named].sort(), holders: [...reader.holders([line], line, index, "")].sort(), authors: [...reader.authors([line], index)].sort(),
    attendees: [...reader.attendees([line], index)].sort(), parties: [...reader.named([line], index, ["negation.against"])].sort(), unreal: Array.from(line, (_, at) => at).filter(at => reader.isUnreal(line, at, at + 1)), denied: reader.findDenied(line).map(each => [each.start, each.end, each.certain]), stated: reader.stated(line), modalities: reader.modalities(line), numbers: [...reader.numbered(line, [], null)].sort((a, b) => a - b),
    acts: reader.find(line, "acts.say", "acts.questions", "acts.propose").map(hit => [hit.start, reader.isUnsaid(line, hit), reader.isPassive(line, hit)]),
    leftOut: Array.from(line, (_, at) => at).filter(at => reader.leftOut(line, at)), addressed: [...reader.addressed(line)].sort()})) }"""


def without_empty(value: Any) -> Any:
    """A value without the empty strings that a rewording leaves before and after a quotation."""
    if isinstance(value, Mapping):
        return {key: without_empty(each) for key, each in value.items() if each != ""}
    return [*map(without_empty, value)] if isinstance(value, (list, tuple)) else value


def test_the_page_judges_planted_and_sound_values_as_the_check_does(form: Page, project: Project) -> None:
    context, choose = planted.book(project), random.Random(planted.SEED)
    pairs = [*planted.falsehoods(context, choose), *planted.true_pairs(context)]
    pairs = choose.sample(pairs, min(len(pairs), 60))
    asked = [
        {"type": each.record.type, "id": each.record.id, "path": each.record.path, "value": without_empty(each.record.fields)}
        for each in pairs
    ]
    for type in sorted({each["type"] for each in asked}):
        form.evaluate("type => normbookProposal.open(type, '')", type)
    form.evaluate("sources => Promise.all(sources.map(id => normbookProposal.load(`propose/texts/${id}.js`)))", sorted(project.readings))
    seen = 0
    for pair, answer in zip(pairs, form.evaluate(JUDGE, asked), strict=True):
        changed = replace(context, graph=planted.with_record(context.graph, pair.record), only=frozenset((pair.record.id,)))
        expected = {
            (each.code, each.level, each.pointer, each.message, each.hint)
            for each in run_checks(changed, planted.ALL_CHECKS)
            if each.code in COVERED
        }
        assert said(answer) == expected, (pair.label, said(answer) ^ expected)
        seen += bool(expected)
    assert seen > 15


def test_the_page_reads_sentences_as_the_check_does(form: Page, project: Project) -> None:
    lines = sorted(
        {each["sentence"] for each in read_yaml(ROOT / "tests" / "cases" / "stance" / "denials.yaml")}
        | {each["text"] for each in planted.invented_passages()}
        | {each["text"] for passages in planted.fresh_passages().values() for each in passages}
    )
    actors, _, _ = planted.invented_subject(planted.invented_passages()[0], "2000-01-01", project.schemas)
    index = people.Index({id: each for id, each in actors.graph.records.items() if each.type == "actor"})
    for line, answer in zip(lines, form.evaluate(READ, [lines, list(index.names.items()), sorted(index.people)]), strict=True):
        assert answer == {
            "voices": sorted(people.voices(line, index).named), "holders": sorted(people.holders([line], line, index, "")),
            "authors": sorted(people.authors([line], index)), "attendees": sorted(people.attendees([line], index)),
            "parties": sorted(people.named([line], index, "negation.against")),
            "unreal": [at for at in range(len(line)) if turned.is_unreal(line, at, at + 1)],
            "denied": [[each.start, each.end, each.certain] for each in find_denied(line)], "stated": list(stated_days(line)),
            "modalities": list(modalities(line)), "numbers": sorted(numbered(line, ())),
            "acts": [[hit.start, turned.is_unsaid(line, hit), turned.is_passive(line, hit)] for hit in find(line, "acts.say", "acts.questions", "acts.propose")],
            "leftOut": [at for at in range(len(line)) if turned.left_out(line, at)], "addressed": sorted(addressed(line)),
        }, line  # fmt: skip
