"""The command as people and CI meet it: what it prints, its status, bad input."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]


def test_clean_json_is_valid_and_revert_gives_the_bytes_back(run: Run, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads((repo.schema / "clean.schema.json").read_text("utf-8"))
    for path in sorted(repo.seeds.glob("*.txt")):
        status, out, _ = run("clean", "--json", str(path))
        assert status == 0
        jsonschema.Draft202012Validator(schema).validate(json.loads(out))
        monkeypatch.setattr(sys, "stdin", io.StringIO(out))
        status, out, _ = run("revert")
        assert status == 0
        assert out.encode("utf-8") == path.read_bytes()


def test_clean_prints_the_cleaned_reading(run: Run, repo: Repo) -> None:
    status, out, _ = run("clean", str(repo.seeds / "002_1688788b8cbbce4f.txt"))
    assert status == 0
    assert out.startswith("China urges US to formulate universal data security rules\nBy Xinhua\n\nBEIJING - ")
    assert "ALSO READ" not in out and "PHOTO" not in out and out == (repo.derived / "seed-002" / "cleaned.txt").read_text("utf-8")


def test_a_date_known_from_outside_resolves_a_weekday(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The minister said on Thursday that the talks go on and that more will follow.\n", "utf-8")
    _, out, _ = run("clean", "--json", str(path))
    assert json.loads(out)["dates"]["event"] is None
    _, out, _ = run("clean", "--json", "--published", "2024-03-01", str(path))
    assert json.loads(out)["dates"]["event"]["value"] == "2024-02-29"


def test_an_empty_file_is_told_and_the_others_are_cleaned(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "sound.txt").write_text("One.\r\nTwo.\r\n", "utf-8")
    status, out, err = run("clean", "--json", str(tmp_path / "empty.txt"), str(tmp_path / "sound.txt"))
    assert status == 1
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["", "One.\nTwo.\n"]
    assert "empty.txt: error[N600]: the file is empty: there is nothing to clean\n  = check how the document was received" in err


def test_bytes_that_are_not_utf8_are_kept_and_told_with_line_and_column(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"line one\nthe caf\xe9 of \xff\n"
    (tmp_path / "latin.txt").write_bytes(content)
    status, out, err = run("clean", "--json", str(tmp_path / "latin.txt"))
    assert status == 1
    assert "latin.txt:2:8: error[N601]: byte 0xe9 at offset 16 is not UTF-8; it is kept as it is" in err and "--encoding" in err
    assert [each["code"] for each in json.loads(out)["problems"]].count("N601") == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO(out))
    monkeypatch.setattr(sys.stdout, "flush", lambda: None)
    assert run("revert")[0] == 0
    status, out, _ = run("clean", "--json", "--encoding", "latin-1", str(tmp_path / "latin.txt"))
    assert status == 0 and json.loads(out)["encoding"] == "iso8859-1" and "café" in json.loads(out)["text"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfeh\x00i\x00",
        b"\x00\x01\x02",
        b"\xef\xbb\xbfBOM\r\nline",
        b"\n\n\n",
        b"\xed\xa0\x80",
        b"a" * 10_000,
        " \u2028”‘\u202e".encode(),
    ],
)
def test_any_bytes_go_through_and_come_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from normbook.cli.main import main

    (tmp_path / "x").write_bytes(content)
    _, out, _ = run("clean", "--json", str(tmp_path / "x"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(out))
    main(["revert"])
    assert capfdbinary.readouterr()[0] == content


def test_a_missing_file_an_unknown_encoding_and_a_bad_date_are_told(run: Run, tmp_path: Path) -> None:
    status, _, err = run("clean", str(tmp_path / "none.txt"))
    assert status == 1 and "none.txt: error[N109]: the file cannot be read: No such file or directory" in err
    (tmp_path / "a.txt").write_text("x", "utf-8")
    status, _, err = run("clean", "--encoding", "martian", str(tmp_path / "a.txt"))
    assert status == 1 and "error[N706]: unknown encoding: martian" in err
    with pytest.raises(SystemExit) as stopped:
        run("clean", "--published", "yesterday", str(tmp_path / "a.txt"))
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "<stdin>: error[N693]: standard input is empty"),
        ("not json\n", "<stdin>:1:1: error[N691]: invalid JSON"),
        ("[]\n", "<stdin>:1:1: error[N692]: expected a JSON object"),
        ('{"text": "a"}\n', "error[N692]: expected an object from `normbook clean --json`"),
        (
            '{"text": "ab", "edits": [{"start": 0, "end": 1, "raw": "x", "new": "y", "rules": []}], "encoding": "utf-8", "sha256": ""}\n',
            "error[N692]: expected 'y' at 0, found 'a'",
        ),
        ('{"text": "ab", "edits": [], "encoding": "utf-8", "sha256": "00"}\n', "SHA-256 mismatch: expected 00"),
        ('{"text": "ab", "edits": [], "encoding": "martian", "sha256": "00"}\n', "expected an object from"),
    ],
)
def test_revert_refuses_what_clean_did_not_print(run: Run, monkeypatch: pytest.MonkeyPatch, text: str, expected: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    status, out, err = run("revert")
    assert status == 1 and expected in err and out == ""


def test_a_changed_a_missing_and_an_unlisted_seed_fail_the_check(run: Run, copy: Repo) -> None:
    (copy.seeds / "000_9432af518b097332.txt").write_bytes((copy.seeds / "000_9432af518b097332.txt").read_bytes() + b" ")
    (copy.seeds / "001_afc93f5ee926aa1f.txt").unlink()
    (copy.seeds / "005_new.txt").write_bytes(b"new")
    status, _, err = run("--root", str(copy.root), "check")
    assert status == 1
    assert (
        "seeds/SHA256SUMS:1:67: error[N701]: SHA-256 mismatch for seeds/000_9432af518b097332.txt" in err
        and "git checkout -- seeds/000_9432af518b097332.txt" in err
    )
    assert "seeds/SHA256SUMS:2:67: error[N702]: the seed 001_afc93f5ee926aa1f.txt is missing" in err
    assert (
        "seeds/005_new.txt: error[N703]: this seed is not listed in SHA256SUMS" in err
        and "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437  005_new.txt" in err
    )


def test_a_record_that_is_not_utf8_and_one_that_is_no_yaml_are_told(run: Run, copy: Repo) -> None:
    (copy.folder("theme") / "fairness.yaml").write_bytes(b"id: fairness\ntitle: caf\xe9\n")
    (copy.folder("theme") / "development.yaml").write_text("id: development\ntitle: a: b\n", "utf-8")
    status, _, err = run("--root", str(copy.root), "check")
    assert status == 1
    assert "data/themes/fairness.yaml:2:11: error[N110]: byte 0xe9 at offset 23 is not UTF-8" in err
    assert "data/themes/development.yaml:2:9: error[N101]: invalid YAML" in err and "  | title: a: b\n  |         ^" in err
    assert "Traceback" not in err


def test_stale_derived_texts_are_told_and_derive_mends_them(run: Run, copy: Repo) -> None:
    path = copy.derived / "seed-004" / "corrected.txt"
    path.write_text(path.read_text("utf-8").replace("store", "shop"), "utf-8")
    (copy.derived / "seed-001" / "cleaned.txt").unlink()
    status, _, err = run("--root", str(copy.root), "check")
    assert (
        status == 1
        and re.search(r"data/derived/seed-004/corrected.txt:\d+:1: error\[N802\]", err)
        and "data/derived/seed-001/cleaned.txt: error[N801]" in err
    )
    status, out, _ = run("--root", str(copy.root), "derive")
    assert status == 0 and out.splitlines() == ["wrote data/derived/seed-001/cleaned.txt", "wrote data/derived/seed-004/corrected.txt"]
    assert run("--root", str(copy.root), "check")[0] == 0
    assert run("--root", str(copy.root), "derive")[1] == ""


def test_a_broken_project_is_not_built_and_the_site_stays(run: Run, copy: Repo) -> None:
    copy.site.mkdir()
    (copy.site / "index.html").write_text("old", "utf-8")
    path = copy.folder("principle") / "gids-1.yaml"
    path.write_text(path.read_text("utf-8").replace("initiative: gids", "initiative: gid"), "utf-8")
    status, out, err = run("--root", str(copy.root), "build")
    assert status == 1 and "not built: fix the errors above first" in out and "N303" in err
    assert (copy.site / "index.html").read_text("utf-8") == "old" and len(list(copy.site.iterdir())) == 1


def test_outside_a_project_the_command_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build", "derive", "extract", "serve"):
        status, _, err = run(command)
        assert status == 2 and "is not a Normbook project (expected mkdocs.yml and schema/)" in err


def test_the_scripts_run_by_themselves(repo: Repo) -> None:
    import subprocess

    for name in ("clean", "extract", "check", "build"):
        ran = subprocess.run(
            [sys.executable, str(repo.root / "scripts" / f"{name}.py"), "--help"], capture_output=True, text=True, check=True
        )
        assert f"normbook {name}" in ran.stdout


def test_a_kill_while_writing_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from normbook.workspace.files import write

    path = tmp_path / "a.txt"
    assert write(path, "old")
    assert not write(path, "old")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write(path, "new")
    assert path.read_text("utf-8") == "old" and [each.name for each in tmp_path.iterdir()] == ["a.txt"]
