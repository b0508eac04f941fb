"""`make engines`: checks that Dask gives the same digest as local processes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.projects import CASES

CORPUS = CASES / "documents" / "open"


def main() -> None:
    """Prints the digest of each engine; returns 1 if they differ."""
    digests = {}
    with tempfile.TemporaryDirectory() as work:
        for engine in ("local", "dask"):
            out = Path(work, engine)
            subprocess.run(
                [sys.executable, "-m", "normbook", "clean", str(CORPUS), "--out", str(out), "--jobs", "2", "--engine", engine],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            digests[engine] = json.loads((out / "manifest.json").read_bytes())["digest"]
            print(f"{engine:<5} {digests[engine]}", flush=True)
    raise SystemExit(len(set(digests.values())) > 1)


if __name__ == "__main__":
    main()
