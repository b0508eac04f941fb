"""`make kills`: a bulk run killed at random moments, again and again; no part may be torn, and the last run ends with the digest of one that was left alone."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPUS = Path(__file__).parent / "cases" / "documents"


def command(folder: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "normbook", "clean", str(folder), "--out", str(out), "--jobs", "2"]


def torn(out: Path) -> int:
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
    """How many torn parts were seen, one more where the last run's digest differs from that of a run left alone."""
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
        bad += torn(out) if out.exists() else 0
    subprocess.run(command(folder, out), check=True, capture_output=True)
    left = [path.name for path in out.iterdir() if path.name.startswith(".")]
    same = json.loads((out / "manifest.json").read_bytes())["digest"] == json.loads((whole / "manifest.json").read_bytes())["digest"]
    return bad + (not same) + len(left)


def main() -> None:
    """Prints what was seen; status 1 if anything was torn."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "in")
        for copy in range(8):  # some seconds of work in many parts
            shutil.copytree(CORPUS, folder / str(copy), ignore=shutil.ignore_patterns("*.yaml", "SHA256SUMS", "README.md"))
        bad = kill(folder, Path(work), args.kills, args.seed)
    print(f"{args.kills} kills (seed {args.seed}): {bad} torn")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
