"""Damaged copies of web pages, Word documents and PDF files: how many are read, how many are refused, and the longest time; `python -m tools.damage [NUMBER]`.

Each copy keeps the laws of the map or is refused with a code; anything else ends the run with its number, from which it can be made again.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable

from normbook.intake.docx import docx_intake
from normbook.intake.html import html_intake
from normbook.intake.intake import Intake, Refused
from normbook.intake.pdf import pdf_intake
from tests.intake.files import damaged
from tests.intake.laws import assert_boxes_give_characters, assert_bytes_give_characters, assert_runs_give_characters, assert_tiles
from tests.intake.pdf_files import changed
from tests.intake.test_docx import mutated
from tests.intake.test_html import PAGE
from tests.intake.test_pdf import LETTER, PACKED

ENCODINGS = ("utf-8", "gb18030", "utf-16", "windows-1252")
LONGEST, LARGEST = 5.0, 512  # seconds for one copy, mebibytes for the run


def run(number: int, make: Callable[[int], bytes], read: Callable[[bytes], Intake], check: Callable[[Intake, bytes], object]) -> float:
    """Reads copies, prints what became of them, and returns the longest time."""
    became: Counter[str] = Counter()
    longest = 0.0
    for seed in range(number):
        content = make(seed)
        begun = time.perf_counter()
        try:
            taken = read(content)
        except Refused as refused:
            became[refused.code] += 1
            continue
        except BaseException:
            print(f"copy {seed}", file=sys.stderr)
            raise
        finally:
            longest = max(longest, time.perf_counter() - begun)
        assert_tiles(taken)
        check(taken, content)
        became["read"] += 1
    print(f"{read.__name__}: {dict(became)}, at most {longest:.3f} s")
    return longest


def main(number: int) -> int:
    """Runs all kinds; the status is 1 if one copy took too long or all of them too much memory."""
    pages = run(number, lambda seed: damaged(PAGE.encode(ENCODINGS[seed % 4]), seed), html_intake, assert_bytes_give_characters)
    documents = run(number, mutated, docx_intake, assert_runs_give_characters)
    files = run(number, lambda seed: changed((LETTER, PACKED)[seed % 4 // 2], seed), pdf_intake, assert_boxes_give_characters)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{used} MiB")
    return int(max(pages, documents, files) > LONGEST or used > LARGEST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
