"""Taking a document in, comparing two, and what is proposed to a person."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import yaml

from normbook.cli import main
from normbook.paths import Repo
from normbook.pipeline.load import load_project
from normbook.pipeline.suggestions import proposed, terms
from normbook.text.segment import segment
from normbook.text.suggest import suggest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Repo:
    root = tmp_path / "project"
    root.mkdir()
    for name in ("schema", "seeds", "data", "site_src"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Repo(root)


REPORT = (ROOT / "seeds" / "003_62260f1986297855.txt").read_text("utf-8").replace(" date 2020-09-12 ", "") + "\n\nThe talks went on.\n"


def test_a_document_is_taken_in_with_its_sum_its_record_and_what_it_belongs_to(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(REPORT)
    before = checkout.sums.read_bytes()
    assert (
        main(
            [
                "--root",
                str(checkout.root),
                "ingest",
                str(file),
                "--url",
                "https://copy.example/1",
                "--publisher",
                "A Copy",
                "--date",
                "2020-09-12",
            ]
        )
        == 0
    )
    said = capsys.readouterr().out
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    seed = checkout.seeds / f"005_{digest[:16]}.txt"
    assert seed.read_text() == REPORT
    assert checkout.sums.read_bytes() == before + f"{digest}  {seed.name}\n".encode()
    record = yaml.safe_load((checkout.folder("source") / "seed-005.yaml").read_text())
    assert record["url"] == "https://copy.example/1" and record["publisher"] == "A Copy" and record["seed"]["sha256"] == digest
    assert record["status"] == {"publication": "draft", "review": "machine-candidate", "certainty": "low"}
    assert "source seed-003: it shares 0." in said and "event press-conference-2020-09-11" in said
    assert "initiative gids: the text names it" in said
    problems = load_project(checkout).problems
    assert {problem.code for problem in problems} == {"N201"}, "only what a person has to fill in is missing"


def test_the_same_bytes_are_not_taken_in_twice_and_nothing_is_written(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    known = min(checkout.seeds.glob("000_*"))
    before = sorted(checkout.root.rglob("*"))
    assert main(["--root", str(checkout.root), "ingest", str(known)]) == 1
    assert "these bytes are held already as seeds/000_" in capsys.readouterr().err
    assert sorted(checkout.root.rglob("*")) == before


def test_a_dry_run_and_a_missing_or_empty_file_write_nothing(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(REPORT)
    before = sorted(checkout.root.rglob("*"))
    assert main(["--root", str(checkout.root), "ingest", str(file), "--dry-run"]) == 0
    assert "would write seeds/005_" in capsys.readouterr().out
    file.write_text(" \n")
    assert main(["--root", str(checkout.root), "ingest", str(file)]) == 1
    assert main(["--root", str(checkout.root), "ingest", str(tmp_path / "none")]) == 1
    assert sorted(checkout.root.rglob("*")) == before


def test_comparing_lists_what_each_says_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "seed-001", "seed-003", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["similarity"] > 0.3
    assert any("said here Friday" in each["text"] for each in found["only_two"])
    assert all(each["one"]["text"] and each["two"]["text"] for each in found["both"]) and len(found["both"]) > 5
    assert main(["compare", "seed-001", "no-such"]) == 1
    assert "name a file, or the id of a source" in capsys.readouterr().err


TRANSLATED = """Foreign Minister Serge Brook told reporters that the Global Data Harbour Initiative protects the shop data of all.

Foreign Minister Sergei Brook added that it was open. Sergei Brook said so twice. The Global Data Security Initiative is another.

Violates fundamental rules of the coast, and harms the trust of those who sail there.
"""


def test_terms_names_that_vary_and_lost_subjects_are_proposed_with_their_reasons(checkout: Repo) -> None:
    project = load_project(checkout)
    found = suggest(
        TRANSLATED, segment(TRANSLATED).segments, terms(project), {"Global Data Security Initiative": "Global Data Security Initiative"}
    )
    assert [(each.anchor.exact, each.replacement, each.category) for each in found] == [
        ("Serge Brook", "Sergei Brook", "mistranslation"),
        ("Global Data Harbour Initiative", "Global Data Security Initiative", "mistranslation"),
        ("shop data", "store data", "term"),
        ("Violates", "[who?] Violates", "omission"),
    ]
    assert all(TRANSLATED[each.start : each.end] == each.anchor.exact for each in found)
    assert all(each.certainty != "high" and each.reason for each in found)
    assert not suggest(TRANSLATED, segment(TRANSLATED).segments, terms(project), {}, [(0, len(TRANSLATED))])


def test_only_an_accepted_suggestion_changes_the_corrected_reading(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout.folder("correction") / "seed-004.yaml").unlink()
    plain = load_project(checkout).readings["seed-004"]
    assert plain.corrected == plain.cleaned.text
    assert main(["--root", str(checkout.root), "suggest", "seed-004", "--write"]) == 0
    path = checkout.data / "suggestions" / "seed-004.yaml"
    project = load_project(checkout)
    assert not project.problems
    assert project.readings["seed-004"].corrected == plain.corrected
    text = path.read_text("utf-8")
    first = yaml.safe_load(text)["suggestions"][0]
    path.write_text(text.replace("decision: open", "decision: accepted", 1).replace("decision: open", "decision: rejected", 1), "utf-8")
    accepted = load_project(checkout).readings["seed-004"]
    assert first["replacement"] in accepted.corrected and accepted.corrected != plain.corrected
    assert len(accepted.corrections.edits) == 1
    again = path.read_text("utf-8")
    capsys.readouterr()
    assert main(["--root", str(checkout.root), "suggest", "seed-004", "--write"]) == 0
    assert path.read_text("utf-8") == again, "what was proposed once is not proposed again"
    assert not proposed(load_project(checkout), "seed-004")


def test_a_wrong_suggestion_file_is_told_with_its_place(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--root", str(checkout.root), "suggest", "seed-004", "--write"])
    folder = checkout.data / "suggestions"
    folder.mkdir(exist_ok=True)
    (folder / "seed-004.yaml").write_text(
        "id: seed-004\ntitle: x\nsource: seed-004\nsuggestions:\n  - id: a\n    exact: informatics\n    replacement: b\n    reason: c\n    category: term\n    certainty: low\n    review: needs-review\n    decision: maybe\n"
    )
    capsys.readouterr()
    assert main(["--root", str(checkout.root), "check"]) == 1
    assert "data/suggestions/seed-004.yaml:12:" in capsys.readouterr().err


def test_an_unknown_source_is_named(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(checkout.root), "suggest", "seed-999"]) == 1
    assert "there is no source 'seed-999'" in capsys.readouterr().err
