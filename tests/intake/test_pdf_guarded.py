"""The process that reads PDF files: it gives what the reader gives, and what never ends or asks for too much is stopped."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from normbook.intake import pdf_child, pdf_guarded
from normbook.intake.intake import Refused
from normbook.intake.pdf import boxes_of_all, pdf_intake
from normbook.intake.pdf_guarded import COMMAND, Worker, guarded_boxes, guarded_intake, guarded_picture
from tests.intake.pdf_files import column, pdf
from tests.intake.test_pdf import ENCRYPTED, LETTER, PACKED

PACKAGE = str(Path(pdf_child.__file__).parents[2])
# stand-ins for a reader that does not come back; each limits itself as the real process does
LIMITED = "import sys; sys.path.insert(0, sys.argv[1]); from normbook.intake import pdf_child; pdf_child._Reader.answer = lambda *_: ({}); pdf_child.serve()"
ENDLESS = "[None for n in iter(int, 1)]"
HUNGRY = "bytearray(8 << 30)"
WRITING = "open('{}', 'wb').write(b'x')"
SHORT = 1  # seconds


def stand_in(does: str, seconds: int = SHORT) -> Worker:
    return Worker((sys.executable, "-I", "-c", LIMITED.format(does), PACKAGE), seconds)


def test_what_is_read_in_the_process_is_what_is_read_here() -> None:
    for content in (LETTER, PACKED):
        taken = guarded_intake(content)
        assert taken == pdf_intake(content)
        spans = [(0, 40), (60, 90)]
        assert guarded_boxes(content, taken, spans) == boxes_of_all(content, taken, spans)
        assert guarded_picture(content, 1, (0, 0, 100, 100)).startswith(b"\x89PNG")
    with pytest.raises(Refused, match="encrypted") as refused:
        guarded_intake(ENCRYPTED)
    assert refused.value.code == "N721" and refused.value.hint
    for content in (b"", b"", b"no PDF file"):
        with pytest.raises(Refused) as refused:
            guarded_intake(content)
        assert refused.value.code == "N723"


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
@pytest.mark.parametrize(
    ("does", "code", "message"),
    [(ENDLESS, "N724", "more than 1 seconds of processor time"), (HUNGRY, "N724", "more than 2 GiB of memory"), ("sys.exit(3)", "N722", "status 3")],
)  # fmt: skip
def test_a_reader_that_does_not_come_back_is_stopped_and_the_file_refused(does: str, code: str, message: str) -> None:
    worker = stand_in(does)
    with pytest.raises(Refused) as refused:
        guarded_intake(LETTER, worker)
    assert refused.value.code == code and message in refused.value.message and refused.value.hint
    assert worker.process is None
    worker.command = COMMAND  # the next file starts a new process
    assert guarded_intake(LETTER, worker) == pdf_intake(LETTER)
    worker.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_the_process_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "left"
    with pytest.raises(Refused):
        guarded_intake(LETTER, stand_in(f"open({str(path)!r}, 'wb', 0).write(b'x')"))
    assert not path.exists() or not path.stat().st_size


def test_threads_take_turns_and_each_gets_its_own_file() -> None:
    files = [pdf([column([f"Ships share warning number {number} with all harbours of the coast."])]) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        texts = [taken.text for taken in pool.map(guarded_intake, files * 2)]
    assert all(f"number {number % 12} with" in text for number, text in enumerate(texts))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_has_a_reader_of_its_own() -> None:
    guarded_intake(LETTER)
    mine = pdf_guarded.WORKER.process
    if (pid := os.fork()) == 0:
        try:
            same = guarded_intake(PACKED).text == pdf_intake(PACKED).text and pdf_guarded.WORKER.process is not mine
            pdf_guarded.WORKER.close()
        finally:
            os._exit(0 if same else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert guarded_intake(LETTER).text == pdf_intake(LETTER).text and pdf_guarded.WORKER.process is mine


def test_the_file_that_was_read_last_is_not_sent_again() -> None:
    guarded_intake(LETTER)
    begun = time.process_time()
    guarded_boxes(LETTER, pdf_intake(LETTER), [(0, 5)])
    assert time.process_time() - begun < 5
