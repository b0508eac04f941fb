"""Work done in a second process comes back whole, and where that process comes to nothing it is done here."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from normbook.workspace import apart as place
from normbook.workspace.apart import apart
from normbook.workspace.kept_readings import pack_readings
from normbook.workspace.load import load_parts
from normbook.workspace.repo import Repo
from tools.projects import ROOT

threading_count = threading.active_count


@pytest.fixture(autouse=True)
def _two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processors, and a process without the threads that the runner of the tests may have."""
    before = threading.active_count()
    monkeypatch.setattr(place, "processors", lambda: 2)
    monkeypatch.setattr(place.threading, "active_count", lambda: 1 + threading_count() - before)


def test_what_a_second_process_made_comes_back_whole() -> None:
    here = os.getpid()
    waiting = apart(lambda: f"{os.getpid() == here}".encode() + b"\0" * 300_000)
    assert waiting() == b"False" + b"\0" * 300_000


def test_where_the_second_process_dies_the_work_is_done_here() -> None:
    here = os.getpid()

    def make() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"made here"

    assert apart(make)() == b"made here"


def test_an_exception_of_the_work_is_raised_where_it_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    def make() -> bytes:
        raise KeyError("no such rule")

    waiting = apart(make)
    with pytest.raises(KeyError, match="no such rule"):
        waiting()
    assert capfd.readouterr() == ("", "")


def test_beside_another_thread_nothing_is_forked() -> None:
    here, done = os.getpid(), threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert apart(lambda: str(os.getpid()).encode())() == str(here).encode()
    finally:
        done.set()
        thread.join()


def test_texts_cleaned_beside_are_those_cleaned_here() -> None:
    one, two = load_parts(Repo(ROOT)), load_parts(Repo(ROOT), meanwhile=lambda: None)
    assert one.project.problems == two.project.problems and one.sources == two.sources
    assert [(id, pack_readings(each)) for id, each in one.project.readings.items()] == [
        (id, pack_readings(each)) for id, each in two.project.readings.items()
    ]
