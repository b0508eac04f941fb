"""`make engines`: checks that Dask gives the same digest as local processes: of cleaned documents, and of the site of the book."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from normbook.workspace.files import digest_of
from tools.projects import CASES, copy_project

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
    sites = [_site(engine) for engine in ("local", "dask")]
    print("the same site" if sites[0] == sites[1] else "the sites differ")
    raise SystemExit(len(set(digests.values())) > 1 or sites[0] != sites[1])


def _site(engine: str) -> dict[str, str]:
    """The digests of the files of the site that an engine builds."""
    with tempfile.TemporaryDirectory() as work:
        repo = copy_project(Path(work, "project"))
        subprocess.run(
            [sys.executable, "-m", "normbook", "--root", str(repo.root), "build", "--engine", engine], check=True, stdout=subprocess.DEVNULL
        )
        return {str(path.relative_to(repo.site)): digest_of(path) for path in sorted(repo.site.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    main()
