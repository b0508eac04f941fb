"""What was meant by a mistyped key, value or id: the words of the whole project, mistyped by one letter."""

from __future__ import annotations

import random

import pytest

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.checks.registry import run_checks
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.records.model import Record
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project
from tools import typos as typing

SEED = 20


def findings(project: Project, record: Record, text: str) -> list[Problem]:
    loaded = load(text, record.path)
    return [*loaded.problems, *project.schemas.explain(record.type, loaded, record.path, text.split("\n"))]


@pytest.mark.parametrize("kind", ["keys", "enums", "ids"])
def test_what_was_meant_is_told_of_95_in_100_typos(project: Project, kind: str) -> None:
    """A seeded sample; `make typos` takes all of them."""
    found = typing.words(project)[kind]
    told = typing.tell(found, sample=4, seed=SEED)
    assert len(found) > 100 and told.tried.total() > 1_500
    assert told.share() >= 0.95, told


def test_the_measure_sees_a_suggestion_that_is_wrong(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "suggest", lambda word, known: min(known))
    assert all(typing.tell(found, sample=2).share() < 0.6 for found in typing.words(project).values())


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("gdis-2", ["gids-1", "gids-2", "gids-12"], "gids-2"),  # a slip in the letters rather than in the number
        ("gids2", ["gids-1", "gids-2"], "gids-2"),
        ("i", ["id", "title"], "id"),
        ("ot", ["on", "to"], "to"),
        ("Must_Not", ["must", "must-not"], "must-not"),
        ("should not", ["should", "should-not"], "should-not"),
        ("wordng", ["wording", "working"], "wording"),
        ("", ["id"], None),
        ("zzzz", ["kind", "lang"], None),
        ("x" * 100_000, ["kind", "lang"], None),
        ("\ud800", ["id"], None),
    ],
)
def test_the_likelier_slip_wins(typed: str, known: list[str], meant: str | None) -> None:
    assert suggest(typed, known) == meant
    assert suggest(typed, reversed(known)) == meant


def test_a_mistyped_key_is_one_finding_whether_it_is_needed_or_not(project: Project) -> None:
    """Every key of one record of each type, at every depth, with one letter left out."""
    dice = random.Random(SEED)
    for type in sorted({each.type for each in project.records.values()}):
        record = next(each for each in project.records.values() if each.type == type)
        for pointer, mark in record.marks.items():
            key = pointer.rpartition("/")[2]
            if not mark.key_line or len(key) < 4:
                continue
            at = dice.randrange(len(key))
            lines = list(record.lines)
            line = lines[mark.key_line - 1]
            lines[mark.key_line - 1] = line[: mark.key_column - 1 + at] + line[mark.key_column + at :]
            told = findings(project, record, "\n".join(lines))
            assert [(each.code, each.line, each.column) for each in told] == [("N202", mark.key_line, mark.key_column)], (pointer, told)
            assert told[0].hint == f"did you mean {key!r}?"


def test_what_stands_below_a_mistyped_key_is_looked_at(project: Project) -> None:
    record = project.records["gids-7"]
    text = "\n".join(record.lines).replace("wording:\n  expression: speech-summary", "wordng:\n  expression: speech-sumary", 1)
    assert [(each.code, each.pointer) for each in findings(project, record, text)] == [("N202", "/wordng"), ("N203", "/wordng/expression")]


def test_the_form_of_an_evidence_follows_from_its_mistyped_key(project: Project) -> None:
    """An entry without url would be taken for a quotation, and five keys be told as missing."""
    record = project.records["un-gge-norms-6"]
    text = "\n".join(record.lines)
    at = text.rindex("    url: ")
    told = findings(project, record, text[:at] + "    ulr: " + text[at + 9 :])
    assert [(each.code, each.hint) for each in told] == [("N202", "did you mean 'url'?")]


def test_a_key_that_is_there_already_is_not_what_was_meant(project: Project) -> None:
    record = project.records["gids-7"]
    told = findings(project, record, "\n".join(record.lines).replace("ordinal: 7\n", "ordinal: 7\nordinl: 7\n", 1))
    assert [each.code for each in told] == ["N202"] and told[0].hint.startswith("remove it; known keys: addressees, ")


def test_a_key_of_another_form_is_told_with_those_of_its_own(project: Project) -> None:
    record = project.records["un-gge-norms-6"]
    text = "\n".join(record.lines)
    at = text.rindex("    url: ")
    told = findings(project, record, f"{text[:at]}    speaker: wang-yi\n{text[at:]}")
    assert [(each.code, each.message.rpartition(": ")[2], each.hint) for each in told] == [
        (
            "N202",
            "'speaker' cannot be used here together with the other keys",
            "remove it; known keys: archived, bore, for, inferred, locator, paraphrase, read, seen, url",
        )
    ]


def test_a_mistyped_id_is_told_from_those_of_its_type(project: Project) -> None:
    """Every link of the project, mistyped by one letter, three links of each relation."""
    dice, right, tried = random.Random(SEED), 0, 0
    graph = link(project.records, project.schemas)
    by_relation: dict[str, list[tuple[str, str, str]]] = {}
    for edge in graph.links:
        by_relation.setdefault(edge.relation, []).append((edge.subject, edge.pointer, edge.target))
    for links in by_relation.values():
        for id, pointer, target in dice.sample(links, min(3, len(links))):
            record = project.records[id]
            _, typo = dice.choice([each for each in typing.typos(target) if each[1] not in project.records])
            mark, lines = record.marks[pointer], list(record.lines)
            line = lines[mark.line - 1]
            assert line[mark.column - 1 :].startswith(target)
            lines[mark.line - 1] = line[: mark.column - 1] + typo + line[mark.column - 1 + len(target) :]
            loaded = load("\n".join(lines), record.path)
            if project.schemas.explain(record.type, loaded, record.path, lines):
                continue  # refused as no id at all
            changed = Record(record.type, id, record.path, loaded.value, loaded.marks, tuple(lines))
            subject = CheckContext(
                link({**project.records, id: changed}, project.schemas),
                project.schemas,
                project.readings,
                project.corrections,
                project.redirects,
                only=frozenset({id}),
            )
            told = [each for each in run_checks(subject, ["references"]) if each.code == "N303"]
            tried += 1
            named = (f"did you mean {target!r}?", f", such as {target!r}")  # the second if a number is different
            right += [each.pointer for each in told] == [pointer] and told[0].hint.endswith(named)
    assert tried > 30 and right >= 0.95 * tried, (right, tried)
