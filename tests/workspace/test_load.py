"""Loading: no bytes and no kind of file does harm, raises or is lost without a word."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.findings.finding import Problem, format_problem
from normbook.records.names import name_fault, suggested_id
from normbook.records.schema import Schemas
from normbook.records.validation.record import read_record
from normbook.records.yaml.encoding import guess, read_utf8
from normbook.records.yaml.quick import quick
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.workspace.load import load_project, read_schemas
from normbook.workspace.pipeline import check
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import RECORD, read_plain
from tests.conftest import ROOT
from tests.shared import examples
from tools.projects import sample

SCHEMAS: Schemas = read_schemas(Repo(ROOT), [])
RECORDS = sorted((ROOT / "data").glob("*/*.yaml"))
PIECES = ["a: b", "- ", "  ", "\n", "\t", "&x ", "*x", "!!str ", "? ", ": ", "{", "}", "[", "]", '"', "'", "\\ud800", "\\u202e", "---", "%YAML 1.1", "<<: ", "~", "\ufeff", "\r", "\r\n", "\0", "\u2028", "\x85", "1e999", "9" * 30, "|", ">", "#", "@", "`", ",", "…"]  # fmt: skip


def codes(repo: Repo) -> set[str]:
    return {problem.code for problem in check(load_project(repo))}


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
def test_any_text_gives_a_record_or_findings_that_can_be_shown(text: str) -> None:
    problems: list[Problem] = []
    record = read_record(SCHEMAS, "theme", "data/themes/tides.yaml", text, problems)
    assert record is not None or problems
    for problem in problems:
        assert problem.message and (problem.line == 0 or problem.line <= text.count("\n") + text.count("\r") + 2)
        format_problem(problem).encode("utf-8")


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join))
def test_what_is_read_without_marks_is_what_is_read_with_them(text: str) -> None:
    value = quick(text)
    if value is not None:
        loaded = load(text, "x.yaml")
        assert (loaded.value, loaded.problems, loaded.whole) == (value, (), True)


@settings(max_examples=examples(50), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_finding(content: bytes) -> None:
    found = read_utf8(content, "x.yaml")
    assert found == content.decode("utf-8") if isinstance(found, str) else found.code == "N110"


def test_mutated_records_raise_nothing() -> None:
    chance = random.Random(5)
    for path in RECORDS:
        content = bytearray(path.read_bytes())
        for _ in range(8):
            at = chance.randrange(len(content))
            content[at : at + chance.randrange(3)] = chance.choice(PIECES).encode("utf-8", "surrogatepass")
            text = read_utf8(bytes(content), "x.yaml")
            if isinstance(text, str):
                read_record(SCHEMAS, "principle", "data/principles/x.yaml", text, [])


def test_every_record_of_the_project_is_read_alike_with_and_without_marks() -> None:
    for path in RECORDS:
        text = path.read_text("utf-8")
        assert quick(text) == load(text, "x.yaml").value


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_what_is_dumped_hides_nothing(text: str) -> None:
    written = dump({"note": text})
    found = load(written, "x.yaml")
    assert found.value == {"note": text}
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("title: 全球数据安全倡议\n", "gb18030", "GB18030"), ("title: 全球數據安全倡議\n", "big5", "BIG5"), ("title: Sécurité\n", "latin-1", "WINDOWS-1252"),
        ("title: “Data”\n", "cp1252", "WINDOWS-1252"), ("title: Глобальная инициатива\n", "cp1251", "WINDOWS-1251"), ("title: 世界データ安全イニシアティブ\n", "shift_jis", "SHIFT_JIS"),
        ("title: 글로벌 데이터 안전 이니셔티브\n", "euc_kr", "EUC-KR"), ("title: Tides\n", "utf-16", "UTF-16"), ("title: 潮汐\n", "utf-16-le", "UTF-16LE"), ("title: Tides\n", "utf-32", "UTF-32"),
    ],
)  # fmt: skip
def test_an_encoding_is_named_where_it_is_likely(text: str, encoding: str, named: str) -> None:
    assert guess(text.encode(encoding)) == named


def test_no_encoding_is_named_for_noise() -> None:
    chance = random.Random(1)
    assert {guess(chance.randbytes(200)) for _ in range(50)} == {None}


@pytest.mark.parametrize(
    "name",
    ["gіds", "ＧＩＤＳ", "café", "a/b", "../x", "con", "x" * 81, "a.", "Gids", "1a", "", "a--b", "ebbe\u0301", "a\u200bb", "a\nb", "数据"],
)
def test_a_word_that_is_no_id_is_refused_with_a_remedy(name: str) -> None:
    fault = name_fault(name)
    assert fault and fault[2]
    assert suggested_id(name) == "" or name_fault(suggested_id(name)) is None or suggested_id(name) == "con"
    fault[1].encode("utf-8")


def test_a_pipe_and_a_socket_are_told_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    here = Path.cwd()
    os.chdir(tmp_path)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket")
    finally:
        os.chdir(here)
    for name, words in (("pipe", "a pipe (FIFO)"), ("socket", "a socket")):
        problems: list[Problem] = []
        assert read_plain(tmp_path / name, name, RECORD, problems) is None
        assert [(each.code, words in each.message) for each in problems] == [("N112", True)]


def test_a_file_exchanged_between_looking_and_opening_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, path = tmp_path / "secret", tmp_path / "x.yaml"
    secret.write_text("secret", "utf-8")
    path.write_text("x", "utf-8")
    state = path.lstat()
    for exchange in (lambda: path.symlink_to(secret), lambda: os.mkfifo(path)):
        path.unlink()
        exchange()
        problems: list[Problem] = []
        with monkeypatch.context() as patched:
            patched.setattr("normbook.workspace.safe_read.os.lstat", lambda _: state)
            assert read_plain(path, "x.yaml", RECORD, problems) is None
        assert len(problems) == 1


def test_a_folder_of_records_that_is_a_link_is_not_gone_into(tmp_path: Path) -> None:
    repo = Repo(sample(tmp_path / "project"))
    repo.folder("theme").rename(tmp_path / "elsewhere")
    repo.folder("theme").symlink_to(tmp_path / "elsewhere")
    found = [format_problem(problem) for problem in check(load_project(repo)) if problem.code == "N111"]
    assert len(found) == 1 and found[0].startswith("data/themes: error[N111]: expected a file, found a symbolic link to '")


def test_a_seed_outside_the_folder_is_never_read(tmp_path: Path) -> None:
    repo = Repo(sample(tmp_path / "project"))
    repo.sums.write_text("0" * 64 + "  ../mkdocs.yml\n" + "0" * 64 + "  /etc/passwd\n", "utf-8")
    assert "N133" in codes(repo) and not load_project(repo).seeds


def test_words_of_a_source_may_hide_what_is_written_as_an_escape(tmp_path: Path) -> None:
    def found(key: str, value: str) -> set[str]:
        problems: list[Problem] = []
        path = ROOT / "data" / "principles" / "gids-3.yaml"
        text = path.read_text("utf-8").replace(f'    {key}: "The third is "', f"    {key}: {value}", 1)
        read_record(SCHEMAS, "principle", "data/principles/gids-3.yaml", text, problems)
        return {problem.code for problem in problems}

    assert found("prefix", '"The\\u200b third is "') == set()
    assert found("prefix", '"The\u200b third is "') == {"N124"}
    problems: list[Problem] = []
    text = (
        (ROOT / "data" / "principles" / "gids-3.yaml")
        .read_text("utf-8")
        .replace("title: No abuse", 'title: "No\\u200b abuse"\nnote: "x', 1)
    )
    read_record(SCHEMAS, "principle", "data/principles/gids-3.yaml", text.replace('note: "x', "note: x", 1), problems)
    assert "N124" in {problem.code for problem in problems}
