"""`make bench`: compares cleaning with ftfy, and check and build with the plain site generator. Prints medians, ratios and peak memory."""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import ROOT, as_markdown, generate
from normbook.cli.main import GC_THRESHOLDS
from normbook.workspace.cache import NAME
from normbook.workspace.repo import Repo

WORK = ROOT / "build" / "bench"
DOCUMENTS = ROOT / "tests" / "cases" / "documents"
BASE = "5222c95"  # the commit that speed is compared with
LABELS = {"clean": "text and ledger,", "report": "whole report,", "ftfy": "ftfy.fix_and_explain"}


def main() -> None:
    """Prints one table per topic."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000], help="how many records the generated projects have")
    parser.add_argument("--runs", type=int, default=5, help="runs of each small measurement")
    parser.add_argument("--texts", type=Path, help="a folder of other texts (*.txt) that are seen once, besides our own documents")
    args = parser.parse_args()
    gc.set_threshold(*GC_THRESHOLDS)  # as the command does; it holds for the peers in this process too
    once(args.runs)
    if args.texts:
        once(args.runs, args.texts.resolve())
    cleaning(args.runs)
    print(f"\n{'project':>10}  {'what':<34} {'seconds':>9} {'MiB':>7}")
    project("real", Repo(ROOT))
    for size in args.sizes:
        repo = generate(WORK / str(size), size)
        ours = project(str(size), repo)
        as_markdown(repo, WORK / f"{size}-markdown")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(WORK / f"{size}-markdown" / "mkdocs.yml")]
        theirs, memory = timed(command)
        row(str(size), "mkdocs build of the same as Markdown", theirs, memory)
        print(f"{'':>10}  our build takes {ours / theirs:.2f} of the time of mkdocs build")


def cleaning(runs: int) -> None:
    """Compares cleaning (text and ledger) with ftfy.fix_and_explain and ftfy.fix_text, in MB/s of processor time, alternating in this process."""
    import ftfy

    from normbook.cleaning.clean import clean

    texts = [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    noisy = [
        mangled
        for text in texts
        for mangled in (text.encode("utf-8").decode("latin-1"), text.replace("\n", "\r\n"), text.replace(". ", ".\u00a0"))
    ]
    for label, corpus in (("the seeds", texts), ("a noisy mix of them", [*texts, *noisy])):
        size = size_of(corpus)
        peers: dict[str, Callable[[str], object]] = {
            "normbook clean (text and ledger)": clean,
            "ftfy.fix_and_explain": ftfy.fix_and_explain,
            "ftfy.fix_text": ftfy.fix_text,
        }
        speeds: dict[str, list[float]] = {name: [] for name in peers}
        for _ in range(runs):
            for name, run in peers.items():
                began, rounds = time.process_time(), 0
                while time.process_time() - began < 0.5:
                    for text in corpus:
                        run(text)
                    rounds += 1
                speeds[name].append(size * rounds / (time.process_time() - began) / 1e6)
        medians = {name: statistics.median(found) for name, found in speeds.items()}
        print(f"cleaning {label} ({size:,} bytes a round, median of {runs})")
        for name, speed in medians.items():
            print(
                f"  {name:<34} {speed:6.2f} MB/s   {next(iter(medians.values())) / speed:5.1f} times slower than ours"
                if name != next(iter(medians))
                else f"  {name:<34} {speed:6.2f} MB/s"
            )


def once(runs: int, folder: Path = DOCUMENTS) -> None:
    """The headline: texts that are seen once, in a process that has read two other texts, beside ftfy and the commit BASE if the repository has it.

    Processor time and its ratios, medians; each run is a new process, and the ways take turns. One run beforehand leaves its byte code and its
    compiled patterns, as on any computer on which the command has run before.
    """
    texts = sorted(folder.rglob("*.txt"))
    earlier = _earlier()
    ways = {(name, version): path for version, path in (("now", ROOT), (BASE, earlier)) if path for name in ("clean", "report")}
    for path in {*ways.values()}:
        _processor_time([sys.executable, "-m", "normbook", "clean", "--json", *map(str, texts)], path, check=False)
    found: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        for way, path in {**ways, ("ftfy", ""): ROOT}.items():
            command = [sys.executable, str(ROOT / "benchmarks" / "once.py"), way[0], str(folder)]
            found.setdefault(way, []).append(float(_run(command, path)))
    medians = {way: statistics.median(seconds) for way, seconds in found.items()}
    size = sum(path.stat().st_size for path in texts)
    print(
        f"texts seen once: {size:,} bytes of {'our own' if folder == DOCUMENTS else 'other'} documents, each once, after two other texts (median of {runs} processes)"
    )
    for (name, version), seconds in medians.items():
        peers = [f"{medians[name, BASE] / seconds:.2f} times as fast as {BASE}"] if version == "now" and earlier else []
        peers += [f"{medians['ftfy', ''] / seconds:.2f} times as fast as ftfy.fix_and_explain"] if name == "clean" else []
        print(f"  {LABELS.get(name, name) + ' ' + version:<34} {size / seconds / 1e6:6.2f} MB/s   {', '.join(peers)}")
    one = texts[0]
    starts = {
        version: [_processor_time([sys.executable, "-m", "normbook", "clean", str(one)], path) for _ in range(runs)]
        for version, path in (("now", ROOT), (BASE, earlier))
        if path
    }
    for version, each in starts.items():
        print(f"  {'normbook clean FILE ' + version:<34} {statistics.median(each):6.2f} s")


def _earlier() -> Path | None:
    """A folder with the package as it was at BASE, None if this is no clone with that commit."""
    folder = WORK / BASE
    if not (folder / "scripts").is_dir():
        packed = subprocess.run(["git", "archive", BASE, "scripts"], cwd=ROOT, capture_output=True, check=False)
        if packed.returncode:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
    return folder


def _run(command: list[str], version: Path, check: bool = True) -> str:
    """What a command prints that uses the package of a version."""
    env = {**os.environ, "PYTHONPATH": str(version / "scripts")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(command, check=check, capture_output=True, text=True, env=env).stdout


def _processor_time(command: list[str], version: Path, check: bool = True) -> float:
    """The seconds of processor time of a command."""
    before = os.times()
    _run(command, version, check)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def size_of(texts: list[str]) -> int:
    """The size of texts in bytes."""
    return sum(len(text.encode("utf-8", "surrogateescape")) for text in texts)


def project(name: str, repo: Repo) -> float:
    """Prints the times of a check, a full build, a build without changes and one with a changed record; returns the seconds of the full build."""
    normbook = [sys.executable, "-m", "normbook", "--root", str(repo.root)]
    row(name, "check", *timed([*normbook, "check"]))
    (repo.build / NAME).unlink(missing_ok=True)
    seconds, memory = timed([*normbook, "build"])
    row(name, "build, whole", seconds, memory)
    row(name, "build, nothing changed", *timed([*normbook, "build"]))
    record = repo.folder("principle") / ("gids-3.yaml" if name == "real" else "made-20-3.yaml")
    before = record.read_bytes()
    found = []
    try:
        for number in range(3):
            record.write_bytes(re.sub(rb"(?m)^title: .*$", f"title: Changed {number}".encode(), before, count=1))
            found.append(timed([*normbook, "build"]))
    finally:
        record.write_bytes(before)
        subprocess.run([*normbook, "build"], check=True, capture_output=True)
    row(name, "build, one record's title changed", statistics.median(each[0] for each in found), max(each[1] for each in found))
    return seconds


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds and peak MiB of a command; raises if it fails."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert child.stderr is not None
    said = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said[-2000:]}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def row(name: str, what: str, seconds: float, memory: float) -> None:
    """One line of the table."""
    print(f"{name:>10}  {what:<34} {seconds:9.2f} {memory:7.0f}", flush=True)


if __name__ == "__main__":
    Path(WORK).mkdir(parents=True, exist_ok=True)
    main()
