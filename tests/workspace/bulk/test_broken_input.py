"""Many documents where something is broken: the input, the disk, a process. What can be cleaned is, the rest is told, nothing hangs."""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from normbook.cli.main import main
from normbook.workspace.bulk import plan as units
from normbook.workspace.bulk import run as bulk
from normbook.workspace.bulk.plan import documents, plan
from normbook.workspace.bulk.run import Settings, clean_unit
from tests.workspace.bulk.test_bulk import digest, rows

TEXT = "The parties agreed on the tides, and on who measures them."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name in "abcdef":
        (made / f"{name}.txt").write_text(f"{TEXT} It was the day {name}.")
    return made


def told(out: Path) -> dict[str, dict[str, str | int]]:
    found = [json.loads(line) for path in sorted(out.glob("*.errors.jsonl")) for line in path.read_text().splitlines()]
    return {Path(each["file"]).name: each for each in found}


def test_what_is_no_text_is_told_by_its_name_and_the_rest_is_cleaned(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.parquet").write_bytes(b"PAR1 and no more")
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    (folder / "page.txt").write_bytes(b"%PDF-1.7 1 0 obj")
    (folder / "bytes.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "nowhere.txt").symlink_to("no-such")
    (folder / "itself").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    (folder / "line\nbreak.txt").write_text(TEXT)
    assert main(["clean", str(folder), "--out", str(tmp_path / "out")]) == 1
    said = told(tmp_path / "out")
    assert {name: str(each["error"]).split(":")[0] for name, each in said.items()} == {
        "broken.parquet": "not a readable Parquet file",
        "bytes.bin": "this is not text",
        "itself": "a link to a folder is not followed",
        "lines.jsonl.gz": "this is a gzip file",
        "nowhere.txt": "it cannot be read",
        "page.txt": "this is a PDF file",
        "pipe.txt": "expected a plain file",
    }
    assert all(each["hint"] for each in said.values())
    assert [Path(str(row["file"])).name for row in rows(tmp_path / "out")] == [*(f"{name}.txt" for name in "abcdef"), "line\nbreak.txt"]


def test_a_declared_encoding_says_that_bytes_are_characters(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_bytes(TEXT.encode("utf-16-le"))
    assert main(["clean", str(tmp_path / "in.txt"), "--out", str(tmp_path / "out")]) == 1
    assert "utf-16-le" in str(told(tmp_path / "out")["in.txt"]["hint"])
    assert main(["clean", str(tmp_path / "in.txt"), "--out", str(tmp_path / "out"), "--encoding", "utf-16-le"]) == 0
    assert [row["text"] for row in rows(tmp_path / "out")] == [TEXT]


def test_a_line_that_is_broken_is_told_with_its_line_and_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MOST_BYTES", 60)  # so that the lines stand in several units
    lines = [
        b'{"id": 0, "text": "The parties agreed."}',
        b'{"text": "cut',
        b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b"}",
        b"\xff",
        b'{"text": null}',
    ]
    path = tmp_path / "in.JSONL"
    path.write_bytes(b"\n".join(lines))
    assert main(["clean", str(path), "--out", str(tmp_path / "out")]) == 1
    assert [(each["line"], each.get("column")) for each in told(tmp_path / "out").values()] == [(2, 14), (3, 1), (4, 1), (5, 1), (6, None)]
    assert [row["file"] for row in rows(tmp_path / "out")] == ["0"]


def test_a_column_of_parquet_that_is_missing_or_no_text_is_told_once(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"id": ["a", "b"], "body": ["x", "y"]}), tmp_path / "other.parquet")
    parquet.write_table(pa.table({"id": [1, 2], "text": [None, TEXT]}), tmp_path / "null.parquet")
    assert main(["clean", *(str(tmp_path / f"{name}.parquet") for name in ("other", "null")), "--out", str(tmp_path / "out")]) == 1
    said = told(tmp_path / "out")
    assert said["other.parquet"]["error"] == "no column 'text'; found 'id', 'body'"
    assert said["1"]["error"] == "expected text in the field 'text', found null" and said["1"]["row"] == 0
    assert [row["text"] for row in rows(tmp_path / "out")] == [TEXT]


def test_a_large_row_group_is_cut_into_units_and_a_string_that_is_not_utf_8_is_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{TEXT} It was day {number}.".encode() for number in range(300)]
    texts[7] = b"caf\xe9 by the sea"
    strings = pa.array(texts, pa.binary()).view(pa.string())
    path = tmp_path / "in.parquet"
    parquet.write_table(
        pa.table({"url": [f"u{n}" for n in range(300)], "text": strings, "deep": [{"a": [1]}] * 300}), path, use_dictionary=False
    )
    monkeypatch.setattr(units, "MOST_BYTES", 4000)
    found = list(plan([path]))
    assert len(found) > 4 and all(unit.end - unit.start < 100 for unit in found)
    assert [row for unit in found for row in documents(unit, "text")] == [(f"u{n}", text) for n, text in enumerate(texts)]
    assert sum(unit.size for unit in found) <= path.stat().st_size


def test_results_inside_the_input_are_no_input_and_the_input_is_no_folder_for_results(folder: Path) -> None:
    out = folder / "results"
    assert main(["clean", str(folder), "--out", str(out)]) == 0
    first = digest(out)
    assert main(["clean", str(folder), "--out", str(out)]) == 0
    assert digest(out) == first and len(rows(out)) == 6
    assert main(["clean", str(folder), "--out", str(folder)]) == 1


def test_a_closed_folder_is_told_and_is_no_link(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert main(["clean", str(folder), "--out", str(tmp_path / "out")]) == 1
    assert {name: each["error"] for name, each in told(tmp_path / "out").items()} == {"closed": "it cannot be read: Permission denied"}
    assert len(rows(tmp_path / "out")) == 6


def test_what_another_program_calls_a_part_is_not_removed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in ("part-00000-of-00009.parquet", "part-000009.jsonl"):
        (out / name).write_text("somebody's")
    assert main(["clean", str(folder), "--out", str(out)]) == 0
    assert (out / "part-00000-of-00009.parquet").read_text() == (out / "part-000009.jsonl").read_text() == "somebody's"


def test_a_part_whose_file_is_gone_or_cut_is_made_again_and_the_other_form_goes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    unit = next(plan([folder]))
    assert clean_unit(unit, Settings(str(out))).made
    part = out / "part-000000.jsonl"
    whole = part.read_bytes()
    for spoil in (part.unlink, lambda: part.write_bytes(whole[:100])):
        spoil()
        assert clean_unit(unit, Settings(str(out))).made and part.read_bytes() == whole
    assert not clean_unit(unit, Settings(str(out))).made
    assert clean_unit(unit, Settings(str(out), "parquet")).made
    assert not part.exists() and (out / "part-000000.parquet").exists()


def test_a_full_disk_is_told_and_the_next_run_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(units, "MOST_FILES", 1)
    real = bulk.write

    def full(path: Path, content: bytes | str, durable: bool = True) -> bool:
        if "000003" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, content, durable)

    command = ["clean", str(folder), "--out", str(tmp_path / "out"), "--jobs", "2"]
    monkeypatch.setattr(bulk, "write", full)
    assert main(command) == 1
    assert "the results cannot be written: No space left on device" in capsys.readouterr().err
    monkeypatch.setattr(bulk, "write", real)
    assert main(command) == 0
    assert main(["clean", str(folder), "--out", str(tmp_path / "whole")]) == 0
    assert digest(tmp_path / "out") == digest(tmp_path / "whole")


def killing(times: int, log: Path) -> Callable[..., object]:
    """The report of a document, which kills its process so many times for the document c."""
    real = bulk.report

    def report(name: str, *rest: object, **options: object) -> object:
        if name.endswith("c.txt") and (log.read_text() if log.exists() else "").count("x") < times:
            with log.open("a") as file:
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return real(name, *rest, **options)  # type: ignore[arg-type]

    return report


def test_a_process_that_is_killed_takes_nothing_with_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MOST_FILES", 1)
    monkeypatch.setattr(bulk, "report", killing(1, tmp_path / "log"))
    assert main(["clean", str(folder), "--out", str(tmp_path / "out"), "--jobs", "2"]) == 0
    monkeypatch.undo()
    monkeypatch.setattr(units, "MOST_FILES", 1)
    assert main(["clean", str(folder), "--out", str(tmp_path / "whole")]) == 0
    assert digest(tmp_path / "out") == digest(tmp_path / "whole")


def test_a_document_that_kills_every_process_is_named_and_all_others_are_cleaned(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(units, "MOST_FILES", 1)
    monkeypatch.setattr(bulk, "report", killing(9, tmp_path / "log"))
    assert main(["clean", str(folder), "--out", str(tmp_path / "out"), "--jobs", "2"]) == 1
    assert f"{folder / 'c.txt'}: error[N707]: the process for part 2 was killed" in capsys.readouterr().err
    assert sorted(Path(str(row["file"])).stem for row in rows(tmp_path / "out")) == list("abdef")
    assert not (tmp_path / "out" / "manifest.json").exists()
