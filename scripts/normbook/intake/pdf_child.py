"""The process in which PDF files are read: it keeps to limits of time and memory, writes no file, and answers one request after the other.

A message is the length of its head in four bytes, the head in JSON, and as many bytes as the head's `size` says.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from normbook.intake.intake import Refused

MEMORY = 2 << 30  # bytes that the process may ask for
TOO_LARGE = "open it in a PDF viewer and print some of its pages to a new PDF file"


def write_message(stream: BinaryIO, head: Mapping[str, Any], content: bytes = b"") -> None:
    """Sends a message."""
    packed = json.dumps({**head, "size": len(content)}).encode()
    stream.write(struct.pack(">I", len(packed)))
    stream.write(packed)
    stream.write(content)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next message. Raises EOFError if there is none, or only a part of one."""
    length = struct.unpack(">I", _whole(stream, 4))[0]
    head = json.loads(_whole(stream, length))
    return head, _whole(stream, head["size"])


def _whole(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _limit(seconds: int | None) -> None:
    """Allows so much processor time from now on; without a number, sets the limits that stay."""
    try:
        import resource
    except ImportError:  # a system that has no such limits
        return
    if seconds is None:
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
            _, hard = resource.getrlimit(what)
            with suppress(ValueError, OSError):  # a system may not know one of them
                resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    else:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


class _Reader:
    """Answers requests; the file that was read last stays open."""

    def __init__(self) -> None:
        self.file: Any = None
        self.digest = ""

    def answer(self, asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
        """The answer to a request. Raises Refused."""
        from normbook.intake.pdf import PdfFile

        if asked["digest"] != self.digest:
            if not asked["sent"]:
                return {"absent": True}, b""
            self.close()
            self.file = PdfFile(content)
            self.digest = asked["digest"]
        if asked["do"] == "intake":
            taken = self.file.intake()
            rows = {"map": taken.map, "marks": taken.marks, "elements": taken.elements, "facts": taken.facts}
            return {"text": taken.text, **rows}, b""
        if asked["do"] == "boxes":
            return {"placed": self.file.boxes_on({int(page): rows for page, rows in asked["pages"].items()}, asked["count"])}, b""
        return {}, self.file.picture(asked["page"], asked["frame"])

    def close(self) -> None:
        """Closes the open file."""
        if self.file:
            self.file.close()
        self.file, self.digest = None, ""


def serve() -> None:
    """Answers what comes in, until nothing more comes."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    _limit(None)
    reader = _Reader()
    while True:
        try:
            asked, content = read_message(requests)
        except EOFError:
            return
        _limit(asked["seconds"])
        try:
            head, body = reader.answer(asked, content)
        except Refused as refused:
            reader.close()
            head, body = {"refused": [refused.code, refused.message, refused.hint]}, b""
        except MemoryError:
            what = f"the file needs more than {MEMORY >> 30} GiB of memory to be read"
            head, body = {"refused": ["N724", what, TOO_LARGE], "ends": True}, b""
        write_message(answers, head, body)
        if head.get("ends"):
            return


if __name__ == "__main__":
    serve()
