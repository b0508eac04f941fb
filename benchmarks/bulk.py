"""`make bulk`: compares two jobs of a bulk run with a plain process pool that makes the same calls, and measures peak memory as the input grows."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from benchmarks.generate import ROOT
from normbook.extraction.report import report
from normbook.workspace.bulk.engines import _prepare, _warm

CORPUS = ROOT / "tests" / "cases" / "documents"


def documents(size: int) -> list[str]:
    """Our documents, repeated up to a size in bytes; each copy has a unique line."""
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(CORPUS.rglob("*.txt"))]
    found: list[str] = []
    total = copy = 0
    while total < size:
        text = texts[copy % len(texts)].replace(" the ", f" the {copy}th ", 1)
        found.append(text)
        total += len(text.encode())
        copy += 1
    return found


def call(document: tuple[str, str]) -> str:
    """What a worker does with one document."""
    return json.dumps(report(document[0], document[1].encode()))


def bare(rows: list[tuple[str, str]]) -> float:
    """Seconds of a process pool of two workers that makes the calls and writes nothing."""
    _warm()
    began = time.perf_counter()
    with get_context("fork").Pool(2, initializer=_prepare) as pool:
        for _ in pool.imap_unordered(call, rows, chunksize=16):
            pass
    return time.perf_counter() - began


def ours(path: Path, out: Path) -> tuple[float, float]:
    """Seconds and peak MiB of the command's largest process with two jobs."""
    program = "import resource, sys, time; from normbook.cli.main import main; b = time.perf_counter(); s = main(sys.argv[1:]); u = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)); print('TOOK', time.perf_counter() - b, u / 1024); sys.exit(s)"
    done = subprocess.run(
        [sys.executable, "-c", program, "clean", str(path), "--out", str(out), "--jobs", "2"], check=True, capture_output=True, text=True
    )
    _, seconds, memory = done.stdout.strip().splitlines()[-1].split()
    return float(seconds), float(memory)


def main() -> None:
    """Prints the ratio of two jobs, and the memory at several sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk")
    parser.add_argument("--size", type=int, default=4_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=[4_000_000, 16_000_000],
        help="bytes of input whose peak memory is printed; 1000000000 is the gigabyte",
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        rows = [(str(number), text) for number, text in enumerate(documents(args.size))]
        folder = Path(work, "in")
        folder.mkdir()
        for name, text in rows:
            (folder / f"{int(name):06}.txt").write_text(text)
        ratios = []
        for run in range(args.runs):
            theirs = bare(rows)
            mine, _ = ours(folder, Path(work, f"out{run}"))
            ratios.append(theirs / mine)
            print(
                f"bare pool {theirs:6.2f} s   normbook clean --jobs 2 {mine:6.2f} s   {theirs / mine:.2f} of the bare pool's speed",
                flush=True,
            )
        print(f"median {statistics.median(ratios):.2f}, on {os.cpu_count()} cores")
        for size in args.sizes:
            path = Path(work, "in.jsonl")
            texts = documents(min(size, 16_000_000))
            with path.open("w") as file:
                written = 0
                while written < size:
                    for text in texts:
                        written += file.write(json.dumps({"id": str(written), "text": text}) + "\n")
                        if written >= size:
                            break
            seconds, memory = ours(path, Path(work, f"big{size}"))
            print(
                f"{size / 1e6:7.0f} MB of JSON Lines: {seconds:7.1f} s, {size / seconds / 1e6:5.2f} MB/s, largest process {memory:6.0f} MiB",
                flush=True,
            )


if __name__ == "__main__":
    main()
