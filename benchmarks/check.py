"""`make check-bench`: compares the check, first and repeated, with check-jsonschema on the same schemas and files.

The peer only validates each file against its schema: no links, evidence or texts. It takes one schema per run, so it is started once
per type; its startup time is printed separately.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import ROOT, generate
from normbook.records.types import FOLDERS
from normbook.workspace.cache import NAME
from normbook.workspace.repo import Repo

WORK = ROOT / "build" / "bench"
PEERS = ROOT / "build" / "peers"
PEER = "check-jsonschema==0.39.0"


def main() -> None:
    """Prints a table per size: median seconds and processor seconds, peak memory, and the ratio to the peer."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000], help="how many records the generated projects have")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement of ours")
    parser.add_argument("--peer-runs", type=int, default=1, help="runs of the peer (about a minute each at 10,000 records)")
    parser.add_argument("--keep", action="store_true", help="use the generated projects that are there")
    args = parser.parse_args()
    peer = install_peer()
    for size in args.sizes:
        folder = WORK / str(size)
        repo = Repo(folder) if args.keep and folder.is_dir() else generate(folder, size)
        print(f"\n{size} records{'':>28} {'seconds':>9} {'processor':>10} {'MiB':>6}")
        theirs = [run_peer(repo, peer) for _ in range(args.peer_runs)]
        row(f"{PEER}, schemas alone", theirs)
        beside = statistics.median(each[1] for each in theirs)
        for label, prepare, command in measured(repo):
            found = []
            for number in range(args.runs):
                prepare(number)
                found.append(timed([sys.executable, "-m", "normbook", "--root", str(repo.root), "check", *command]))
            row(label, found)
            print(f"{'':>40} {statistics.median(each[1] for each in found) / beside:9.2f} of the peer's processor time")


def measured(repo: Repo) -> list[tuple[str, Callable[[int], None], list[str]]]:
    """The measurements: name, preparation before each run, and arguments."""
    record = repo.folder("principle") / "made-20-3.yaml"

    def forget(_: int) -> None:
        (repo.build / NAME).unlink(missing_ok=True)

    def change(number: int) -> None:
        record.write_bytes(re.sub(rb"(?m)^title: .*$", f"title: Changed {number}".encode(), record.read_bytes(), count=1))

    def nothing(_: int) -> None:
        pass

    return [("first check", forget, []), ("again, nothing changed", nothing, []), ("again, one record changed", change, [])]


def install_peer() -> Path:
    """The peer's command, installed in a folder of its own."""
    command = PEERS / "bin" / "check-jsonschema"
    if not command.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(PEERS / "bin" / "pip"), "install", "--quiet", PEER], check=True)
    return command


def run_peer(repo: Repo, command: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak MiB of the peer over all types."""
    found = []
    for type in FOLDERS:
        files = sorted(str(path) for path in repo.folder(type).glob("*.yaml"))
        if files:
            schema = str(repo.schema / f"{type}.schema.json")
            found.append(timed([str(command), "--quiet", "--schemafile", schema, *files]))
    return sum(each[0] for each in found), sum(each[1] for each in found), max(each[2] for each in found)


def timed(command: list[str]) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak MiB of a command, which must succeed."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert child.stdout is not None
    said = child.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)[:300]} failed:\n{said[-2000:]}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(label: str, found: list[tuple[float, float, float]]) -> None:
    """One line of the table: the medians."""
    seconds, processor, memory = (statistics.median(each[k] for each in found) for k in range(3))
    print(f"{label:>40} {seconds:9.2f} {processor:10.2f} {memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()
