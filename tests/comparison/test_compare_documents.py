"""Two documents side by side: whatever they are, each sentence is told once as shared or as one's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from normbook.cli.main import main
from normbook.comparison.alignment import near, partners, words_of

REPORT = """Osthaven signs the harbour order

OSTHAVEN, May 4, 2021 (Coastwire) -- Osthaven signed the harbour order on Tuesday, its minister said. The order holds for nine years.

"We have agreed on what is measured at every gate of the harbour," said Ana Brook.
"""
CHINESE = "海港部长会议\n\n2021年5月4日，海港部长安娜主持会议。部长们通过了灯塔公约，并同意交换海港数据。\n"


def compared(folder: Path, one: bytes, two: bytes, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, list[dict[str, str]]]:
    (folder / "a.txt").write_bytes(one)
    (folder / "b.txt").write_bytes(two)
    assert main(["compare", str(folder / "a.txt"), str(folder / "b.txt"), "--json", *more]) == 0
    found: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
    return found


def test_a_headline_is_told_as_a_sentence_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = REPORT.replace("Osthaven signs the harbour order", "A quiet day in the town of Norvik")
    found = compared(tmp_path, REPORT.encode(), other.encode(), capsys)
    assert [each["text"] for each in found["only_one"]] == ["Osthaven signs the harbour order"]
    assert [each["text"] for each in found["only_two"]] == ["A quiet day in the town of Norvik"]


def test_reports_in_another_order_share_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, first, second = REPORT.strip().split("\n\n")
    found = compared(tmp_path, REPORT.encode(), "\n\n".join((head, second, first, "")).encode(), capsys)
    assert len(found["both"]) == 4 and not found["only_one"] and not found["only_two"]


def test_what_one_says_twice_is_not_told_as_said_by_it_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = REPORT + "\nThe order holds for nine years.\n"
    for one, two in ((again, REPORT), (REPORT, again)):
        found = compared(tmp_path, one.encode(), two.encode(), capsys)
        assert len(found["both"]) == 5 and not found["only_one"] and not found["only_two"]


def test_the_likest_answer_each_other_whatever_comes_first() -> None:
    one = [words_of("the ships carry a log of the tide"), words_of("the ships carry a log of the light")]
    two = [words_of("all the ships carry a log of the light")]
    assert partners(one, two) == {1: 0}
    assert list(near(one, two, set(), set(), 0.5)) == [(1, 0), (0, 0)]


def test_chinese_is_compared_character_by_character(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(
        tmp_path, CHINESE.encode(), CHINESE.replace("交换海港数据", "交换灯塔数据").encode("gb18030"), capsys, "--encoding", "gb18030"
    )
    assert len(found["both"]) == 3 and not found["only_one"] and not found["only_two"]
    assert float(str(found["similarity"])) > 0.7
    assert main(["compare", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--encoding", "gb18030"]) == 0
    assert "[-海港-]{+灯塔+}" in capsys.readouterr().out.replace("[-海-]{+灯+}[-港-]{+塔+}", "[-海港-]{+灯塔+}")


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"\n", (), "N600]: the file is empty: there is nothing to compare"),
        (b"%PDF-1.7", (), "N720]: this is a PDF file"),
        (CHINESE.encode("gb18030"), ("--encoding", "ascii"), "N602]: the file is not valid ascii"),
        (CHINESE.encode("gb18030"), ("--encoding", "no-such"), "N706]"),
        (CHINESE.encode("gb18030"), (), "b.txt:1:1: error[N601]: byte 0xba"),
    ],
    ids=["empty", "pdf", "declared wrongly", "no encoding", "undeclared"],
)
def test_what_cannot_be_compared_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, more: tuple[str, ...], said: str
) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_bytes(content)
    assert main(["compare", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), *more]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_a_terminal_obeys_nothing_of_a_text_and_lacks_no_letter(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"The parties \x1b[31magreed\x07 on \xe6\xb5\xb7 and on the caf\xe9\xe9.\n")
    (tmp_path / "b.txt").write_text(REPORT)
    command = [sys.executable, "-m", "normbook", "compare", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    done = subprocess.run(command, check=False, capture_output=True, env=os.environ | {"PYTHONIOENCODING": f"{encoding}:strict"})
    assert b"Traceback" not in done.stderr and b"\x1b" not in done.stdout and b"agreed" in done.stdout


def test_long_reports_that_differ_in_one_word_take_no_product_of_their_lengths() -> None:
    looked = 0

    class Words(list[str]):
        def __len__(self) -> int:
            nonlocal looked
            looked += 1
            return super().__len__()

    def sentences(word: str) -> list[list[str]]:
        return [Words(f"the {word} of gate {number} was measured by the harbour at noon".split()) for number in range(800)]

    found = partners(sentences("tide"), sentences("flood"))
    assert found == {number: number for number in range(800)}
    assert looked < 800 * 200, "each sentence is compared with few, not with all"
