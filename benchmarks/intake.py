"""How fast files are taken in, beside the reader's own plain text: `python -m benchmarks.intake [FILE.pdf ...]`; medians of processor time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

import pypdfium2

from normbook.intake.pdf import pdf_file, pdf_intake
from normbook.intake.pdf_guarded import WORKER, guarded_intake
from normbook.intake.pdf_pages import character_edges
from tests.intake.pdf_files import column, pdf

ROUNDS, PAGES = 5, 60
LINE = "The Port Council said that every harbour keeps its lights burning for all ships that pass."
NUMBERS = count()
QUOTED = 40  # quotations of a line each


def plain(content: bytes) -> None:
    """Reads the text of every page and nothing else."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def quoted(content: bytes) -> None:
    """Takes a file in and reads the boxes of some quotations."""
    with pdf_file(content) as file:
        taken = file.intake()
        step = max(1, len(taken.text) // QUOTED)
        file.boxes(taken, [(at, at + 80) for at in range(0, len(taken.text) - 80, step)])


def boxed(content: bytes) -> None:
    """Takes a file in and reads the box of every character."""
    with pdf_file(content) as file:
        spans: dict[int, list[tuple[int, int]]] = {}
        for each in file.intake().map:
            if each.origin == "written":
                spans.setdefault(each.element, []).append((each.first, each.last))
        for page, rows in spans.items():
            character_edges(file.document, page + 1, rows)


def guarded(content: bytes) -> None:
    """Takes a file in through the process that keeps to limits, which is running."""
    guarded_intake(content + b"\n" * next(NUMBERS))  # a file that the process has not open


def of_child() -> float:
    """The processor time of the process that reads PDF files, in seconds, where the system tells it."""
    process = WORKER.process
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split() if process else []
    except OSError:
        fields = []
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def spent(do: Callable[[bytes], object], content: bytes) -> float:
    """The median processor time of a task, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time() + of_child()
        do(content)
        times.append((time.process_time() + of_child() - begun) * 1_000)
    return median(times)


def main(paths: list[str]) -> None:
    """Prints a line for each file."""
    own = pdf([column([LINE] * 35, size=8) for _ in range(PAGES)], packed=True)
    files = {path: Path(path).read_bytes() for path in paths} or {f"{PAGES} pages of our own": own}
    for name, content in files.items():
        base = spent(plain, content)
        rest = ", ".join(
            f"{task.__name__} {(took := spent(task, content)):.0f} ms ({base / took:.2f})" for task in (pdf_intake, quoted, boxed, guarded)
        )
        print(f"{name}: plain text {base:.0f} ms; speed beside it: {rest}")


if __name__ == "__main__":
    main(sys.argv[1:])
