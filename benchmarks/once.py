"""The processor time of one way of cleaning, for texts that are seen once: `python benchmarks/once.py clean FOLDER`.

It runs as a file of its own, so that PYTHONPATH decides which version of the package it measures: an earlier commit has other module names.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GERMAN = "Die Minister der Staaten haben sich am Montag in Wien auf einen Bericht über die Häfen geeinigt, sagte der Sprecher.\n"
MISREAD = "la dÃ©claration du ministère Ã  l\u2019Ã‰tat Â\n"  # which only ftfy itself can mend
SEEDS = Path(__file__).parents[1] / "seeds"
GC_THRESHOLDS = (100_000, 50, 100)  # those of the command; they hold for the peers too


def way(name: str) -> Callable[[str], Any]:
    """The function that cleans a text or reports on it, in this version of the package or an earlier one, or ftfy's."""
    if name == "ftfy":
        return import_module("ftfy").fix_and_explain  # type: ignore[no-any-return]
    is_new = find_spec("normbook.cleaning") is not None
    if name == "clean":
        return import_module("normbook.cleaning.clean" if is_new else "normbook.text.clean").clean  # type: ignore[no-any-return]
    report = import_module("normbook.extraction.report" if is_new else "normbook.text.report").report
    return lambda text: report("text", text.encode("utf-8", "surrogateescape"))


def main() -> None:
    """Prints the seconds for all texts below a folder, each once, after a seed, a line in German and a misread one, so that word lists and libraries are loaded."""
    name, folder = sys.argv[1:]
    run = way(name)
    gc.set_threshold(*GC_THRESHOLDS)
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in sorted(Path(folder).rglob("*.txt"))]
    run(GERMAN)
    run(MISREAD)
    run(min(SEEDS.glob("*.txt")).read_bytes().decode("utf-8"))
    began = time.process_time()
    for text in texts:
        run(text)
    print(time.process_time() - began)


if __name__ == "__main__":
    main()
