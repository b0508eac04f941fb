"""A new record is valid, a draft, and cannot be merged before somebody has filled it in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.findings.finding import Problem
from normbook.records.scaffold.assign import assign
from normbook.records.scaffold.new_record import Known, draft, placeholder_lines, scaffold
from normbook.records.schema import Schemas
from normbook.records.types import TYPES
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.workspace.load import Project
from normbook.workspace.new import new
from normbook.workspace.repo import Repo
from tests.shared import examples

Run = Callable[..., tuple[int, str, str]]
REAL = {
    "source": "seed-002", "initiative": "gcbdfci", "principle": "gids-8", "statement": "mao-ning-2024-02-29-1", "event": "press-briefing-2024-02-29",
    "actor": "wang-yi", "theme": "backdoors", "correspondence": "gids-7-un-gge-norms-10", "correction": "seed-002", "glossary": "term-clean",
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPES)
def test_what_a_type_is_begun_with_is_valid_and_a_draft(kind: str, schemas: Schemas) -> None:
    known = Known({})
    text = scaffold(schemas, kind, draft(schemas, kind, "a", known), known)
    loaded = load(text, "")
    assert not loaded.problems and schemas.explain(kind, loaded, "", text.split("\n")) == []
    assert loaded.value["status"] == {"publication": "draft", "review": "needs-review", "certainty": "low"}
    assert text.startswith(f"# yaml-language-server: $schema=../../schema/{kind}.schema.json\nid: a\n")
    assert list(loaded.value) == list(schemas.ordered(kind, loaded.value))
    assert max(map(len, text.split("\n"))) <= 110


@pytest.mark.parametrize("kind", TYPES)
def test_a_begun_record_is_refused_until_it_is_filled_in_and_sound_then(kind: str, copy: Repo, project: Project, run: Run) -> None:
    id = REAL[kind]
    real = project.corrections[id] if kind == "correction" else project.records[id]
    path = copy.folder(kind) / f"{id}.yaml"
    kept = path.read_bytes()
    path.unlink()
    status, out, err = run("--root", str(copy.root), "new", kind, id)
    assert (status, err) == (0, "") and out.startswith(f"wrote the draft data/{path.parent.name}/{id}.yaml\nfill in line")
    status, _, err = run("--root", str(copy.root), "check")
    assert status == 1 and "error[N350]: a placeholder has not been filled in" in err
    assert not re.search(rf"{path.name}:\d+:\d+: error\[N(?!350|4)", err), (
        "but for words that are not there yet, nothing else is held against it"
    )
    text = path.read_text("utf-8")
    begun = load(text, "").value
    asked = set(re.findall(r"(?m)^# FILL IN:.*\n(?:#   .*\n)*(\w+):", text))
    assert asked <= set(begun)
    filled: dict[str, Any] = {
        key: real.fields.get(key) if key in asked else value for key, value in begun.items() if key in real.fields or key not in asked
    }
    filled["status"] = {**begun["status"], "publication": "published"}
    if "judgements" in real.fields:  # what the editors judge has its reason
        filled["judgements"] = real.fields["judgements"]
    if "evidence" in filled:
        filled["evidence"] = [{**each, "for": kept_for} for each in real.fields.get("evidence", ()) if (kept_for := [one for one in each.get("for", ()) if one.split("/")[1] in filled])]  # fmt: skip
        filled = {key: value for key, value in filled.items() if key != "evidence" or value}
    path.write_text(text.split("\n", 1)[0] + "\n" + dump(filled), "utf-8")
    run("--root", str(copy.root), "derive")
    status, _, err = run("--root", str(copy.root), "check")
    numbers = r"warning\[N520\]"  # of a summary whose evidence is at fields that are not asked for
    assert status == 0 and not re.search(rf"{path.name}:\d+:\d+: (?!{numbers})", err), err
    path.write_bytes(kept)


def test_what_an_id_tells_is_filled_in_already(copy: Repo, run: Run) -> None:
    def begun(*arguments: str) -> Any:
        return load(run("--root", str(copy.root), "new", *arguments, "--dry-run")[1], "").value

    assert {key: begun("principle", "gids-9")[key] for key in ("initiative", "ordinal", "kind")} == {
        "initiative": "gids",
        "ordinal": 9,
        "kind": "commitment",
    }
    assert begun("principle", "gids-speech-4")["part_of"] == {"kind": "speech", "event": "seminar-2020-09-08"}
    assert begun("principle", "paris-call-99")["initiative"] == "paris-call"
    said = begun("statement", "wang-yi-2020-09-08-10")
    assert (said["speaker"], said["event"]) == ("wang-yi", "seminar-2020-09-08")
    pair = begun("correspondence", "gids-8-gcbdfci-3")
    assert (pair["subject"], pair["object"], pair["title"]) == ("gids-8", "gcbdfci-3", "No exploitation of user dependence / Security")


def test_values_are_given_on_the_command_line(copy: Repo, run: Run) -> None:
    status, out, err = run(
        "--root", str(copy.root), "new", "principle", "gids-9", "--dry-run", "--title", "A: new one", "--set", "modality=must-not",
        "--set", "addressees=states, companies", "--set", "wording.expression=report", "--set", "evidence.0.stance=proposed", "--set", "ordinal=9",
    )  # fmt: skip
    value = load(out, "").value
    assert (status, err) == (0, "")
    assert (value["title"], value["modality"], value["addressees"]) == ("A: new one", "must-not", ["states", "companies"])
    assert (value["wording"]["expression"], value["evidence"][0]["stance"], value["ordinal"]) == ("report", "proposed", 9)
    assert "# FILL IN" not in out.split("modality:")[0].split("addressees:")[1]
    assert not (copy.folder("principle") / "gids-9.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("princpile", "x"), "N719", "did you mean 'principle'?"),
        (("themes", "x"), "N719", "did you mean 'theme'?"),
        (("theme", "gids"), "N717", "is taken by data/initiatives/gids.yaml"),
        (("theme", "old-one"), "N717", "is in use as a redirect to openness"),
        (("theme", "../x"), "N718", "invalid id '../x'"),
        (("theme", "Foo"), "N718", "invalid id"),
        (("actor", "aux"), "N718", "reserved device name on Windows"),
        (("source", "lpt9"), "N718", "reserved device name on Windows"),
        (("actor", "index"), "N718", "the page that lists all records"),
        (("theme", "a" * 81), "N718", "invalid id"),
        (("principle", "gids-l"), "N718", "looks like 'gids-1'"),
        (("theme", "оpenness-2"), "N718", "contains U+043E, CYRILLIC SMALL LETTER O"),
        (("theme", "a\u202eb"), "N718", "contains U+202E"),
        (("correction", "seed-04"), "N718", "did you mean 'seed-004'?"),
        (("correction", "seed-004"), "N717", "already exists"),
        (("principle", "gids-9", "--set", "modalty=must"), "N202", "did you mean 'modality'?"),
        (("principle", "gids-9", "--set", "wording.lange=en"), "N202", "did you mean 'lang'?"),
        (("principle", "gids-9", "--set", "modality"), "N202", "write --set key=value"),
        (("principle", "gids-9", "--set", "modality=mst"), "N203", "did you mean 'must'?"),
        (("principle", "gids-9", "--set", "ordinal=x"), "N205", "expected a whole number"),
        (("principle", "gids-9", "--set", "evidence.9.exact=x"), "N202", "has no key 'evidence.9.exact'"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], code: str, words: str, copy: Repo, run: Run
) -> None:
    copy.redirects.write_text("redirects:\n  - from: old-one\n    to:\n      - openness\n", "utf-8")
    before = sorted(copy.data.rglob("*"))
    status, out, err = run("--root", str(copy.root), "new", *arguments)
    assert (status, out) == (1, "") and f"error[{code}]" in err and words in err
    assert "\u202e" not in err
    assert sorted(copy.data.rglob("*")) == before


def test_a_new_source_takes_the_seed_of_its_number(copy: Repo, run: Run) -> None:
    (copy.folder("source") / "seed-002.yaml").unlink()
    value = load(run("--root", str(copy.root), "new", "source", "seed-002", "--dry-run")[1], "").value
    assert value["seed"]["file"] == "002_1688788b8cbbce4f.txt"


def test_words_that_look_like_the_mark_are_none() -> None:
    assert placeholder_lines(["exact: FILL IN THE FORM", "note: a form to fill-in", "url: https://a.example/fill-in"]) == []
    assert placeholder_lines(["title: 'FILL IN'", "  - fill-in", "# FILL IN: x"]) == [1, 2, 3]


@settings(max_examples=examples(50), deadline=None)
@given(st.sampled_from(TYPES), st.text(max_size=20) | st.from_regex(r"[a-z.0-9]{1,12}", fullmatch=True), st.text(max_size=20))
def test_no_path_and_no_value_is_too_strange(schemas: Schemas, kind: str, path: str, raw: str) -> None:
    values = draft(schemas, kind, "a", Known({}))
    found = assign(schemas, kind, values, path, raw)
    assert isinstance(found, Problem) or set(found) >= set(values)


@settings(max_examples=examples(50), deadline=None)
@given(st.sampled_from(TYPES), st.text(max_size=90))
def test_no_id_is_too_strange(project: Project, kind: str, id: str) -> None:
    problems: list[Problem] = []
    made = new(project, kind, id, (), problems)
    assert (made is None) == bool(problems)
    assert made is None or made.path.parent == project.repo.folder(kind)
