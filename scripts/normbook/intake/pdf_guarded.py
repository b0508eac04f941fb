"""PDF files read in a process of their own, so that one at which the reader never ends, or for which it asks for all memory, is refused.

The process starts with the first file and serves all threads one after the other, as the reader cannot serve two at a time. After a fork each process has its own.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from normbook.intake.intake import Box, Element, Fact, Intake, Mark, Refused, Stretch
from normbook.intake.pdf_child import TOO_LARGE, read_message, write_message
from normbook.intake.placed import Placed, wanted_pages

SECONDS = 120  # of processor time for one request
START = "import sys; sys.path.insert(0, sys.argv[1]); from normbook.intake.pdf_child import serve; serve()"
COMMAND = (sys.executable, "-I", "-c", START, str(Path(__file__).parents[2]))
PRINT_AGAIN = "open it in a PDF viewer and print it to a new PDF file"


class Worker:
    """A process that reads PDF files, and starts again after it was stopped."""

    def __init__(self, command: Sequence[str] = COMMAND, seconds: int = SECONDS) -> None:
        self.command, self.seconds = command, seconds
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, content: bytes, **asked: Any) -> tuple[dict[str, Any], bytes]:
        """The answer about a file, which is sent only if the process does not have it open. Raises Refused."""
        with self.lock:
            request = {**asked, "digest": hashlib.sha256(content).hexdigest(), "seconds": self.seconds}
            is_new = self.process is None
            head, body = self._exchange({**request, "sent": is_new}, content if is_new else b"")
            if head.get("absent"):
                head, body = self._exchange({**request, "sent": True}, content)
            if head.get("ends"):
                self._stop()
        if "refused" in head:
            raise Refused(*head["refused"])
        return head, body

    def _exchange(self, request: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603  # our own program
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        assert self.process.stdin and self.process.stdout
        try:
            write_message(self.process.stdin, request, content)  # type: ignore[arg-type]  # a pipe is a binary file
            return read_message(self.process.stdout)  # type: ignore[arg-type]
        except (EOFError, OSError) as error:
            raise self._refusal() from error
        except BaseException:  # an answer that was not read would be taken for that to the next request
            self._stop()
            raise

    def _refusal(self) -> Refused:
        """Why the process ended, as the reason not to take the file in."""
        assert self.process
        status = self.process.wait()
        self._stop()
        if hasattr(signal, "SIGXCPU") and status in (-signal.SIGXCPU, -signal.SIGKILL):
            return Refused("N724", f"the file takes more than {self.seconds} seconds of processor time to read", TOO_LARGE)
        return Refused("N722", f"the reader of PDF files stopped at this file (status {status})", PRINT_AGAIN)

    def _stop(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self._forget()

    def _forget(self) -> None:
        """Closes the pipes and waits for the end of the process."""
        assert self.process and self.process.stdin and self.process.stdout
        with suppress(OSError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.process = None

    def close(self) -> None:
        """Ends the process."""
        with self.lock:
            self._stop()

    def after_fork(self) -> None:
        """In a forked process: leaves the other's process alone."""
        self.lock = Lock()
        if self.process is not None:
            assert self.process.stdin and self.process.stdout
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    os.close(pipe.fileno())
            self.process.returncode = 0  # it is not ours to wait for
            self.process = None


WORKER = Worker()
atexit.register(WORKER.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKER.after_fork)


def guarded_intake(content: bytes, worker: Worker = WORKER) -> Intake:
    """What `pdf_intake` returns. Raises Refused, also for a file that takes too much time or memory."""
    head, _ = worker.ask(content, do="intake")
    stretches = tuple([Stretch._make([*row[:7], Box(*row[7]) if row[7] else None]) for row in head["map"]])
    marks = tuple([Mark(*row) for row in head["marks"]])
    elements, facts = tuple([Element(*row) for row in head["elements"]]), tuple([Fact(*row) for row in head["facts"]])
    return Intake(head["text"], stretches, marks, elements, "utf-8", facts, "units")


def guarded_boxes(content: bytes, taken: Intake, wanted: Sequence[tuple[int, int]], worker: Worker = WORKER) -> list[list[Placed]]:
    """Where characters of the received text stand, page by page, for each span. Raises Refused."""
    head, _ = worker.ask(content, do="boxes", pages=wanted_pages(taken, wanted), count=len(wanted))
    return [
        [
            Placed(page, width, height, tuple(Box(*box) for box in boxes), tuple(Box(*view) for view in views))
            for page, width, height, boxes, views in rows
        ]
        for rows in head["placed"]
    ]


def guarded_picture(content: bytes, page: int, frame: tuple[float, float, float, float], worker: Worker = WORKER) -> bytes:
    """What `picture_of` returns. Raises Refused."""
    return worker.ask(content, do="picture", page=page, frame=frame)[1]
