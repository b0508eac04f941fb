"""`make mutate`: checks 100,000 mutated records as `normbook check` does, and renders the valid ones. No exception, excessive time or memory, or misplaced finding may occur."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from tools.ground import Ground
from tools.judge import Seen, judge
from tools.projects import copy_project

BATCH = 500

_ground: Ground | None = None


def _batch(job: tuple[int, int, int]) -> Seen:
    """A stretch of mutants, in a forked process with a folder of its own."""
    seed, start, end = job
    assert _ground
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    with tempfile.TemporaryDirectory() as folder:
        repo = copy_project(Path(folder, "project"))
        own = Ground(replace(_ground.project, repo=repo), _ground.contents, _ground.site, _ground.others)
        seen = Seen()
        for number in range(start, end):
            seen = seen.add(judge(own, seed, number))
        return seen


def _begun(job: tuple[int, int, int]) -> tuple[Any, Any]:
    """Where what a batch has seen will come from, and its process."""
    context = multiprocessing.get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=lambda: writing.send(_batch(job)))
    process.start()
    writing.close()
    return reading, process


def _ended(pipe: Any, process: Any, job: tuple[int, int, int]) -> Seen:
    """What a batch has seen; a process that was lost is a fault of its mutants."""
    try:
        seen: Seen = pipe.recv()
    except EOFError:
        process.join()
        return Seen(
            mutants=job[2] - job[1], faults=[f"mutants {job[1]} to {job[2]} of seed {job[0]}: their process ended with {process.exitcode}"]
        )
    process.join()
    return seen


def run(mutants: int, seed: int, jobs: int = 1, first: int = 0) -> Iterator[Seen]:
    """What was seen, batch by batch, the earlier ones included; each batch is a process of its own."""
    global _ground  # noqa: PLW0603 - a forked process inherits it
    with tempfile.TemporaryDirectory() as folder:
        _ground = Ground.over(copy_project(Path(folder, "project")))
        seen = Seen()
        waiting = [(seed, at, min(at + BATCH, first + mutants)) for at in range(first, first + mutants, BATCH)][::-1]
        ended: dict[int, Seen] = {}
        at = first
        at_work: dict[Any, tuple[Any, tuple[int, int, int]]] = {}
        while waiting or at_work:
            while waiting and len(at_work) < jobs:
                pipe, process = _begun(waiting[-1])
                at_work[pipe] = process, waiting.pop()
            for pipe in wait(list(at_work)):
                process, job = at_work.pop(pipe)
                ended[job[1]] = _ended(pipe, process, job)
            while at in ended:
                seen = seen.add(ended.pop(at))
                at += BATCH
                yield seen


def main() -> None:
    """Prints the results; returns 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutations")
    parser.add_argument("--mutants", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    began, seen, told = time.perf_counter(), Seen(), 0
    for seen in run(args.mutants, args.seed, args.jobs, args.first):
        for fault in seen.faults[told:]:
            print(f"\n{fault}", flush=True)
        told = len(seen.faults)
        print(
            f"{seen.mutants} mutants, {seen.sound} sound, {told} faults, {time.perf_counter() - began:.0f} s",
            end="\n" if seen.mutants % 10_000 == 0 else "\r",
            flush=True,
        )
    print(f"seed {args.seed}: {seen.mutants} mutated records, {seen.sound} of them sound and shown; {told} faults")
    print(
        f"slowest {seen.slowest[0]:.2f} s ({seen.slowest[1]})\nlargest {seen.largest[0]:.0f} MB, the whole project in it ({seen.largest[1]})"
    )
    print("findings by code:", ", ".join(f"{code} {count}" for code, count in sorted(seen.codes.items())))
    print("all that was printed:", seen.printed)
    raise SystemExit(bool(told))


if __name__ == "__main__":
    main()
