"""`make export-bench`: compares the processor time and size of each bulk export with another library that writes the same values, and times the command."""

from __future__ import annotations

import argparse
import gc
import io
import itertools
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.generate import ROOT, generate
from normbook.cli.main import GC_THRESHOLDS
from normbook.graph.graph import link
from normbook.site.context import RenderContext
from normbook.site.exports.bulk import linked_forms, table_forms, tabulated
from normbook.workspace.load import load_project
from normbook.workspace.prepare import render_context
from normbook.workspace.repo import Repo

WORK = ROOT / "build" / "bench"
PEERED = (
    "data/normbook.nq",
    "data/normbook.ttl",
    "data/csv/record_values.csv",
    "data/parquet/record_values.parquet",
    "data/normbook.sqlite",
)


def context_of(repo: Repo) -> RenderContext:
    """The render context of a project, for exports."""
    project = load_project(repo)
    return render_context(repo, link(project.records, project.schemas), project.schemas, project.readings, project.corrections)


def timed(work: Callable[[], Any]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def forms(context: RenderContext) -> dict[str, tuple[float, bytes]]:
    """The seconds and the content of each export."""
    found = {}
    began = time.process_time()
    all = tabulated(context)
    print(f"  {'the tables, laid out':<40} {time.process_time() - began:7.2f} s")
    for form in itertools.chain(linked_forms(context), table_forms(context, all)):  # one by one, so that rows are freed when written
        to = io.BytesIO()
        seconds = timed(lambda form=form, to=to: form.write(to))  # type: ignore[misc]
        found[form.path] = seconds, to.getvalue()
    return found


def peers(made: dict[str, tuple[float, bytes]], folder: Path) -> dict[str, tuple[str, float]]:
    """The times of other libraries for the same content: rdflib, pandas, DuckDB, and SQLite without keys, indexes and search."""
    import duckdb
    import pandas as pd
    from rdflib import Dataset, Graph

    quads = Dataset().parse(data=made["data/normbook.nq"][1], format="nquads")
    graph = Graph().parse(data=made["data/normbook.ttl"][1], format="turtle")
    values = pd.read_csv(io.BytesIO(made["data/csv/record_values.csv"][1]), dtype=str, keep_default_na=False)
    parquet = folder / "values.parquet"
    parquet.write_bytes(made["data/parquet/record_values.parquet"][1])
    base = folder / "normbook.sqlite"
    base.write_bytes(made["data/normbook.sqlite"][1])
    return {
        "data/normbook.nq": ("rdflib", timed(lambda: quads.serialize(format="nquads"))),
        "data/normbook.ttl": ("rdflib", timed(lambda: graph.serialize(format="turtle"))),
        "data/csv/record_values.csv": ("pandas", timed(lambda: values.to_csv(io.StringIO(), index=False))),
        "data/parquet/record_values.parquet": (
            "DuckDB",
            timed(lambda: duckdb.sql(f"copy '{parquet}' to '{folder / 'again.parquet'}' (codec zstd)")),
        ),
        "data/normbook.sqlite": ("SQLite, rows alone", timed(lambda: bare_rows(base))),
    }


def bare_rows(path: Path) -> None:
    """The same rows in tables without keys, indexes and search."""
    one, two = sqlite3.connect(path), sqlite3.connect(":memory:")
    for (name,) in one.execute("select name from sqlite_master where type = 'table' and name not like 'records_fts%'").fetchall():
        rows = one.execute(f"select * from {name}").fetchall()
        width = len(one.execute(f"select * from {name} limit 0").description)
        two.execute(f"create table {name} ({', '.join(f'c{number}' for number in range(width))})")
        two.executemany(f"insert into {name} values ({', '.join('?' * width)})", rows)
    two.serialize()
    one.close()
    two.close()


def whole(repo: Repo) -> None:
    """Runs the command in a process of its own: wall time, and peak memory of its largest process."""
    program = "import resource, sys, time; from normbook.cli.main import main; b = time.perf_counter(); s = main(sys.argv[1:]); u = [resource.getrusage(w).ru_maxrss // 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]; print('TOOK', time.perf_counter() - b, *u); sys.exit(s)"
    for what in ("build", "export"):
        command = [sys.executable, "-c", program, "--root", str(repo.root), what]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        _, seconds, own, other = done.stdout.strip().splitlines()[-1].split()
        print(f"  normbook {what:<10} {float(seconds):7.1f} s, {own} MiB, a second process {other} MiB", flush=True)


def main() -> None:
    """Prints one table per size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--peers-up-to", type=int, default=1_000, help="records; rdflib takes gigabytes above")
    args = parser.parse_args()
    gc.set_threshold(*GC_THRESHOLDS)
    for size in args.sizes:
        repo = generate(WORK / f"exports-{size}", size)
        print(f"{size} records, on {os.cpu_count()} cores")
        whole(repo)
        made = forms(context_of(repo))
        with tempfile.TemporaryDirectory() as folder:
            theirs = peers(made, Path(folder)) if size <= args.peers_up_to else {}
        kinds: dict[str, tuple[float, int]] = {}
        for path, (seconds, content) in made.items():
            kind = f"all of {path.split('/')[1]}" if path.count("/") > 1 else path
            before = kinds.get(kind, (0.0, 0))
            kinds[kind] = before[0] + seconds, before[1] + len(content)
        for kind, (seconds, bytes) in kinds.items():
            print(f"  {kind:<40} {seconds:7.2f} s {bytes / 1e6:8.1f} MB")
        for path in PEERED if theirs else ():
            name, other = theirs[path]
            print(f"  {path:<40} {made[path][0]:7.2f} s, {name} {other:.2f} s: {made[path][0] / other:.2f} of it", flush=True)


if __name__ == "__main__":
    main()
