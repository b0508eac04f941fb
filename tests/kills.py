"""`make kills`: every command that writes, killed at every boundary of a call that changes a file and at random moments; no file may be torn, and the run after it ends as one that was left alone."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from normbook.paths import Repo
from tests.writers import SCRATCH, WRITERS, Tree, Writer, boundaries, fork, kill_after, prepare, reset, run, torn, tree

CORPUS = Path(__file__).parent / "cases" / "documents"
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)  # drawn from, at random moments


def command(folder: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "normbook", "clean", str(folder), "--out", str(out), "--jobs", "2"]


def torn_parts(out: Path) -> int:
    """How many parts with a note are not whole."""
    bad = 0
    for note in out.glob("part-*.done.json"):
        wanted = json.loads(note.read_bytes())
        lines = note.with_name(note.name.replace(".done.json", ".jsonl")).read_text().splitlines()
        bad += len(lines) != wanted["documents"] or any(not isinstance(json.loads(line), dict) for line in lines)
    for part in out.glob("part-*[0-9].jsonl"):
        bad += any(not isinstance(json.loads(line), dict) for line in part.read_text().splitlines())
    return bad


def kill(folder: Path, work: Path, kills: int, seed: int) -> int:
    """How many torn parts of a bulk run of two processes were seen, one more where the last run's digest differs from that of a run left alone."""
    dice = random.Random(seed)
    whole = work / "whole"
    began = time.monotonic()
    subprocess.run(command(folder, whole), check=True, capture_output=True)
    lasts = time.monotonic() - began
    out = work / "killed"
    bad = 0
    for number in range(kills):
        if number % 10 == 0:
            shutil.rmtree(out, ignore_errors=True)
        run = subprocess.Popen(command(folder, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(dice.uniform(0, lasts))
        with_group = run.poll() is None
        if with_group:
            subprocess.run(["kill", "-KILL", "--", f"-{run.pid}"], check=False, capture_output=True)
        run.wait()
        assert run.returncode in (0, -signal.SIGKILL)
        bad += torn_parts(out) if out.exists() else 0
    subprocess.run(command(folder, out), check=True, capture_output=True)
    left = [path.name for path in out.iterdir() if path.name.startswith(".")]
    same = json.loads((out / "manifest.json").read_bytes())["digest"] == json.loads((whole / "manifest.json").read_bytes())["digest"]
    return bad + (not same) + len(left)


class Kills(NamedTuple):
    """What was seen of a writer: how often it was killed at a boundary and at a random moment, how many left a half-done state, by which signals, and every fault."""

    at_boundaries: int
    at_random: int
    between: int
    signals: Counter[str]
    faults: list[str]


def _settle(repo: Repo, writer: Writer, after: Tree, name: str) -> list[str]:
    """What is wrong once the command has run again."""
    log = repo.root.parent / "stderr"
    status = os.waitstatus_to_exitcode(os.waitpid(fork(repo, writer), 0)[1])
    said = log.read_text("utf-8", "replace")
    if status and not (writer.name == "ingest" and "error[N710]" in said):
        return [f"{name}: the next run ended with {status}: {said[:500]}"]
    found = {path: content for path, content in tree(repo.root, left=True).items() if not path.startswith(SCRATCH)}
    wanted = {path: content for path, content in after.items() if not path.startswith(SCRATCH)}
    return [
        f"{name}: after the next run {path} is not as it should be"
        for path in sorted(found.keys() | wanted.keys())
        if found.get(path) != wanted.get(path)
    ]


def kill_writer(writer: Writer, work: Path, moments: int, seed: int, every: int = 1, settle: int = 1) -> Kills:
    """A command killed at each boundary (or one in so many), then at random moments; after one kill in `settle` it runs again to the end."""
    dice, faults, signals, between = random.Random(seed), [], Counter[str](), 0
    repo, before = prepare(work, writer)
    assert run(repo, writer) == 0
    after = tree(repo.root)
    reset(repo, before)
    count = boundaries(repo, writer)
    reset(repo, before)
    began = time.perf_counter()
    os.waitpid(fork(repo, writer), 0)
    lasts = time.perf_counter() - began
    reset(repo, before)
    places = list(range(1, count + 1, every))
    for number in range(len(places) + moments):
        sign, name = signal.SIGKILL, f"{writer.name}, boundary {number * every + 1} of {count}"
        if number < len(places):
            status = os.waitstatus_to_exitcode(os.waitpid(fork(repo, writer, places[number], sign), 0)[1])
        else:
            sign, moment = dice.choice(SIGNALS), dice.uniform(0, lasts)
            name = f"{writer.name}, {signal.Signals(sign).name} after {moment:.3f} s"
            status = kill_after(repo, writer, moment, sign)
        signals[signal.Signals(sign).name if status else "ended before"] += 1
        found = tree(repo.root)
        said = (repo.root.parent / "stderr").read_text("utf-8", "replace") if (repo.root.parent / "stderr").exists() else ""
        early = {99} if sign == signal.SIGINT and not said and found == before else set()  # before the command itself began
        ended = {0, -sign, *early, 130 if sign == signal.SIGINT else 0, *([1] if writer.name == "ingest" else [])}
        faults += [f"{name}: status {status}: {said[-800:]}"] * (status not in ended or "Traceback" in said)
        between += found not in (before, after)
        faults += [f"{name}: {path} is torn" for path in torn(found, before, after)]
        if number % settle == 0:
            faults += _settle(repo, writer, after, name)
            reset(repo, before)
    return Kills(len(places), moments, between, signals, faults)


def main() -> None:
    """Prints what was seen; status 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=1000, help="of each writer, at the least")
    parser.add_argument("--bulk", type=int, default=200, help="of bulk cleaning in two processes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one writer")
    args = parser.parse_args()
    bad = 0
    for writer in WRITERS:
        if args.only in (None, writer.name):
            with tempfile.TemporaryDirectory() as work:
                slow = 10 if writer.name.startswith("build") else 1
                seen = kill_writer(writer, Path(work), args.kills, args.seed, settle=slow)
            for fault in seen.faults[:20]:
                print(fault)
            bad += len(seen.faults)
            print(
                f"{writer.name}: killed at {seen.at_boundaries} boundaries and {seen.at_random} random moments (seed {args.seed}), {seen.between} between before and after;"
                f" {dict(seen.signals)}; {len(seen.faults)} faults",
                flush=True,
            )
    if args.only in (None, "bulk"):
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work, "in")
            for copy in range(8):  # some seconds of work in many parts
                shutil.copytree(CORPUS, folder / str(copy), ignore=shutil.ignore_patterns("*.yaml", "SHA256SUMS", "README.md"))
            parts = kill(folder, Path(work), args.bulk, args.seed)
        print(f"bulk cleaning in two processes: {args.bulk} kills (seed {args.seed}): {parts} torn")
        bad += parts
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
