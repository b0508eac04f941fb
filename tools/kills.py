"""`make kills`: kills each writing command before or after calls that change files, and at random moments. No file may be half written, and the next run must end like an undisturbed one."""

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
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from normbook.workspace.repo import Repo
from tools.boundaries import OUTSIDE, boundaries, fork, kill_after
from tools.projects import CASES
from tools.trees import Tree, is_scratch, reset, torn, tree
from tools.writers import WRITERS, Writer, prepare, run

CORPUS = CASES / "documents"
DONE = {"ingest": "error[N710]", "new": "error[N717]", "release": "already exists"}  # printed if there is nothing left to do
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)  # drawn from, at random moments


def command(folder: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "normbook", "clean", str(folder), "--out", str(out), "--jobs", "2"]


def torn_parts(out: Path) -> int:
    """The number of incomplete parts that have a note."""
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
    """What was seen of a writer: how often it was killed at a boundary and at a random moment, how many boundaries it has, how many kills left a state between, by which signals, and every fault."""

    at_boundaries: int
    at_random: int
    boundaries: int
    between: int
    signals: Counter[str]
    faults: list[str]


def _settle(repo: Repo, writer: Writer, after: Tree, name: str) -> list[str]:
    """What is wrong once the command has run again."""
    log = repo.root.parent / "said"
    status = os.waitstatus_to_exitcode(os.waitpid(fork(repo, writer), 0)[1])
    said = log.read_text("utf-8", "replace")
    if status and not ((done := DONE.get(writer.name)) and done in said):
        return [f"{name}: the next run ended with {status}: {said[:500]}"]
    found = {path: content for path, content in tree(repo.root, left=True).items() if not is_scratch(path)}
    wanted = {path: content for path, content in after.items() if not is_scratch(path)}
    return [
        f"{name}: after the next run {path} is not as it should be"
        for path in sorted(found.keys() | wanted.keys())
        if found.get(path) != wanted.get(path)
    ]


class Blow(NamedTuple):
    """A kill: at a boundary, or, where that is 0, some seconds after the start."""

    sign: int
    boundary: int = 0
    seconds: float = 0


def _blows(kills: int, count: int, lasts: float, dice: random.Random) -> list[Blow]:
    """Boundaries, all of them or one in so many, for three kills in five at the most; the rest at random moments; in any order."""
    at = [Blow(signal.SIGKILL, place) for place in range(1, count + 1, -(-count * 5 // (kills * 3)))]
    made = [*at, *(Blow(dice.choice(SIGNALS), seconds=dice.uniform(0, lasts)) for _ in range(kills - len(at)))]
    dice.shuffle(made)
    return made


def _struck(repo: Repo, writer: Writer, blow: Blow, states: Sequence[Tree]) -> tuple[int, bool, list[str]]:
    """The exit status, whether a state between was left, and what is wrong."""
    begun = tree(repo.root) if blow.sign == signal.SIGINT else None  # which an earlier kill may have left between two states
    name = f"{writer.name}, {signal.Signals(blow.sign).name} " + (f"at boundary {blow.boundary}" if blow.boundary else f"after {blow.seconds:.3f} s")  # fmt: skip
    log = repo.root.parent / "said"
    if blow.boundary:
        status = os.waitstatus_to_exitcode(os.waitpid(fork(repo, writer, blow.boundary, blow.sign), 0)[1])
    else:
        status = kill_after(repo, writer, blow.seconds, blow.sign)
    found = tree(repo.root)
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    early = {OUTSIDE} if blow.sign == signal.SIGINT and (found in states or found == begun) else set()
    ended = {0, -blow.sign, *early, 130 if blow.sign == signal.SIGINT else 0, *([1] if (done := DONE.get(writer.name)) and done in said else [])}  # fmt: skip
    faults = [f"{name}: status {status}: {said[-800:]}"] * (status not in ended or "Traceback" in said)
    return status, found not in states, [*faults, *(f"{name}: {path} is torn" for path in torn(found, states))]


def kill_writer(
    writer: Writer, work: Path, kills: int, seed: int, settle: int = 1, seconds: float = float("inf"), frame: Path | None = None
) -> Kills:
    """A command killed so often, or for so many seconds; after one kill in `settle` it runs again to the end, and begins anew."""
    faults, counts, between = [], Counter[str](), 0
    repo, before = prepare(work, writer, frame)
    states = [before]
    lasts = 0.0
    for arguments in (*writer.by_way_of, writer.arguments):
        began = time.perf_counter()
        assert run(repo, arguments) == 0
        lasts = time.perf_counter() - began
        states.append(tree(repo.root))
    after = states[-1]
    reset(repo, before)
    count = boundaries(repo, writer)
    reset(repo, before)
    began = time.perf_counter()
    blows = _blows(kills, count, lasts, random.Random(seed))
    struck: list[Blow] = []
    for number, blow in enumerate(blows, 1):
        status, is_between, wrong = _struck(repo, writer, blow, states)
        struck.append(blow)
        counts[signal.Signals(blow.sign).name if status < 0 or status == 130 else "ended before"] += 1
        between += is_between
        faults += wrong
        last = number == len(blows) or time.perf_counter() - began > seconds
        if number % settle == 0 or last:
            faults += _settle(repo, writer, after, f"{writer.name}, after {blow}")
        if number % settle == 0 or last or status == 0:  # where it came to its end it would have nothing left to do
            reset(repo, before)
        if last:
            break
    at = sum(bool(blow.boundary) for blow in struck)
    return Kills(at, len(struck) - at, count, between, counts, faults)


def main() -> None:
    """Prints the results; returns 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.kills")
    parser.add_argument("--kills", type=int, default=1000, help="of each writer")
    parser.add_argument("--settle", type=int, default=5, help="after one kill in so many the command runs again to the end")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="the most for one writer")
    parser.add_argument("--bulk", type=int, default=200, help="of bulk cleaning in two processes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one writer")
    args = parser.parse_args()
    bad = 0
    for writer in WRITERS:
        if args.only in (None, writer.name):
            with tempfile.TemporaryDirectory() as work:
                began = time.monotonic()
                seen = kill_writer(writer, Path(work), args.kills, args.seed, args.settle, args.seconds)
            for fault in seen.faults[:20]:
                print(fault)
            bad += len(seen.faults)
            print(
                f"{writer.name}: {seen.at_boundaries + seen.at_random} kills (seed {args.seed}), {seen.at_boundaries} at boundaries (it has {seen.boundaries}), {seen.at_random} at random moments,"
                f" {seen.between} left a state between; {dict(seen.signals)}; {sum(fault.endswith('is torn') for fault in seen.faults)} torn files, {len(seen.faults)} faults;"
                f" {time.monotonic() - began:.0f} s",
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
