"""Many documents: the same digest whoever does the work, nothing half written, errors beside the results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from normbook.cli.main import main
from normbook.extraction.report import revert
from normbook.workspace.bulk import plan as units
from normbook.workspace.bulk.plan import plan
from normbook.workspace.bulk.run import Settings, clean_unit, finish
from tools.kills import kill
from tools.projects import ROOT

CORPUS = ROOT / "tests" / "cases" / "documents" / "open"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for path in sorted(CORPUS.glob("*.txt"))[:20]:
        shutil.copy(path, folder)
    return folder


def digest(out: Path) -> str:
    return str(json.loads((out / "manifest.json").read_text())["digest"])


def rows(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(out.glob("part-*[0-9].jsonl")) for line in path.read_text().splitlines()]


def test_one_job_and_two_give_the_same_parts_and_each_row_leads_back_to_its_bytes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MOST_FILES", 3)
    assert main(["clean", str(corpus), "--out", str(tmp_path / "one")]) == 0
    assert main(["clean", str(corpus), "--out", str(tmp_path / "two"), "--jobs", "2"]) == 0
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    found = rows(tmp_path / "one")
    assert [Path(str(row["file"])).name for row in found] == sorted(path.name for path in corpus.iterdir())
    for row in found:
        assert revert(row) == Path(str(row["file"])).read_bytes()


def test_a_second_run_makes_nothing_again_but_what_changed(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MOST_FILES", 4)
    settings = Settings(str(tmp_path / "out"))
    first = [clean_unit(unit, settings) for unit in plan([corpus])]
    assert all(part.made for part in first) and len(first) == 5
    assert not any(clean_unit(unit, settings).made for unit in plan([corpus]))
    (sorted(corpus.iterdir())[5]).write_text("It was changed by a person after the first run.")
    assert [clean_unit(unit, settings).made for unit in plan([corpus])] == [False, True, False, False, False]


def test_parts_of_an_earlier_longer_run_are_removed(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(units, "MOST_FILES", 2)
    finish(out, [clean_unit(unit, Settings(str(out))) for unit in plan([corpus])])
    monkeypatch.setattr(units, "MOST_FILES", 64)
    finish(out, [clean_unit(unit, Settings(str(out))) for unit in plan([corpus])])
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "part-000000.done.json", "part-000000.jsonl"]


def test_json_lines_and_parquet_hold_the_same_texts(corpus: Path, tmp_path: Path) -> None:
    texts = {
        path.name: path.read_text("utf-8") for path in sorted(corpus.iterdir()) if "bytes" not in path.name and "russian" not in path.name
    }
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    table = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"id": list(texts), "text": list(texts.values())}), table, row_group_size=7)
    assert main(["clean", str(lines), "--out", str(tmp_path / "a")]) == 0
    assert main(["clean", str(table), "--out", str(tmp_path / "b")]) == 0
    assert main(["clean", str(table), "--out", str(tmp_path / "c"), "--format", "parquet"]) == 0
    assert rows(tmp_path / "a") == rows(tmp_path / "b")
    stored = [row for path in sorted((tmp_path / "c").glob("*.parquet")) for row in parquet.read_table(path).to_pylist()]
    assert [row["text"] for row in stored] == [row["text"] for row in rows(tmp_path / "a")]
    assert json.loads(stored[0]["edits"]) == rows(tmp_path / "a")[0]["edits"]
    assert digest(tmp_path / "b") == digest(tmp_path / "c")


def test_what_cannot_be_read_is_told_beside_the_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text(
        '{"id": "sound", "text": "The parties agreed."}\nnot json\n[]\n{"id": "textless"}\n{"id": "lone", "text": "\\ud800"}\n'
    )
    assert main(["clean", str(lines), "--out", str(tmp_path / "out")]) == 1
    told = [json.loads(line) for line in (tmp_path / "out" / "part-000000.errors.jsonl").read_text().splitlines()]
    assert [each["file"] for each in told] == [f"{lines}:2", f"{lines}:3", "textless", "lone"]
    assert [(each["source"], each["line"]) for each in told] == [(str(lines), number) for number in (2, 3, 4, 5)] and told[0]["column"] == 1
    assert all(each["error"] and each["hint"] for each in told)
    assert [row["file"] for row in rows(tmp_path / "out")] == ["sound"]
    assert "1 document in 1 part " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no such file or folder"),
        (["tests"], "expected an output folder, since tests is a folder"),
        (["README.md", "--out", "README.md"], "expected a folder for the results, found a file"),
    ],
)
def test_a_wrong_command_says_what_to_do(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", *arguments, "--jobs", "2"]) == 1
    assert said in capsys.readouterr().err


def test_an_unknown_encoding_is_an_error_of_each_document(corpus: Path, tmp_path: Path) -> None:
    assert main(["clean", str(corpus), "--out", str(tmp_path / "out"), "--encoding", "no-such"]) == 1
    assert not rows(tmp_path / "out")


def test_a_killed_run_leaves_whole_parts_and_the_next_one_ends_with_the_same_digest(corpus: Path, tmp_path: Path) -> None:
    assert kill(corpus, tmp_path, kills=4, seed=7) == 0
