"""`make mutate`: 100,000 mutated records, each checked as `normbook check` does and, if it is sound, shown as a page: no exception, no slow or large one, every finding in its place."""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import re
import resource
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, FileSystemLoader

from normbook.graph.graph import link
from normbook.graph.watch import WatchedGraph
from normbook.paths import Repo
from normbook.pipeline import check
from normbook.pipeline import site as sites
from normbook.pipeline.load import Project, load_project, load_record, read_source
from normbook.problems import Problem, format_problem, is_error, sort_problems
from normbook.publish import exports, search
from normbook.publish.feed import feed
from normbook.publish.head import head
from normbook.publish.interface import Interface
from normbook.publish.page import Frame
from normbook.publish.render import Renderer
from normbook.publish.shelf import Shelf
from normbook.publish.terms import Terms
from normbook.publish.views import record_page
from normbook.records.yaml_io import lines_of
from tests.conftest import copy_project
from tests.mutators import mutate

SEEDS = {"principle": "gids-7", "source": "seed-001", "event": "press-conference-2020-09-11"}
SECONDS, MEGABYTES = 2, 256
BATCH = 500
WHOLE = 500  # one in so many is also checked by loading the whole project anew
STUCK = 60  # seconds after which a mutant is given up
AGAIN = 4  # one in so many is checked a second time, and all that are sound
CODES = frozenset(
    code
    for path in (Path(__file__).parents[1] / "scripts" / "normbook").rglob("*.py")
    for code in re.findall(r'"(N\d{3})"', path.read_text("utf-8"))
)


@dataclass
class Seen:
    """What was seen of many mutants: faults with the number of the mutant, findings by code, the slowest and the largest, a digest of all that was printed."""

    mutants: int = 0
    sound: int = 0
    faults: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0, "")
    largest: tuple[float, str] = (0, "")
    printed: str = ""

    def add(self, other: Seen) -> Seen:
        """Both together, in order."""
        digest = hashlib.sha256((self.printed + other.printed).encode()).hexdigest()
        return Seen(
            self.mutants + other.mutants, self.sound + other.sound, self.faults + other.faults, self.codes + other.codes,
            max(self.slowest, other.slowest), max(self.largest, other.largest), digest,
        )  # fmt: skip


@dataclass
class Ground:
    """A sound project in a folder of its own, and its records' bytes."""

    project: Project
    contents: dict[str, bytes]
    site: tuple[dict[str, str], tuple[Interface, ...]]
    others: dict[str, list[Problem]] = field(default_factory=dict)  # what is found of all other records where that of a type cannot be read

    @classmethod
    def over(cls, repo: Repo) -> Ground:
        """The ground over a copy of the project; every cache is warm."""
        project = load_project(repo)
        assert not check(project)
        site = {**sites.read_site(repo), "day": "2026-01-01"}, sites.read_interfaces(repo)
        ground = cls(project, {type: (repo.folder(type) / f"{id}.yaml").read_bytes() for type, id in SEEDS.items()}, site)
        for type, id in SEEDS.items():
            ground.put(type, b"")
            ground.others[type] = [problem for problem in check(load_project(repo)) if problem.path != f"data/{type}s/{id}.yaml"]
            ground.put(type, ground.contents[type])
            ground.look(type)
        return ground

    def mutant(self, seed: int, number: int) -> tuple[str, str, bytes]:
        """The type, what was done, and the bytes of a mutant: the same for the same numbers everywhere."""
        dice = random.Random(f"{seed}:{number}")
        type = list(SEEDS)[number % len(SEEDS)]
        return type, *mutate(self.contents[type], dice)

    def put(self, type: str, content: bytes) -> None:
        """Writes the record of a type into the folder."""
        (self.project.repo.folder(type) / f"{SEEDS[type]}.yaml").write_bytes(content)

    def look(self, type: str) -> tuple[Project, list[Problem]]:
        """The project with the record of that type as its file now is, and every finding: what loading the whole project gives, sooner."""
        whole, id = self.project, SEEDS[type]
        problems: list[Problem] = []
        record = load_record(whole.repo, whole.schemas, type, whole.repo.folder(type) / f"{id}.yaml", problems)
        if record is None:
            return whole, sort_problems([*problems, *self.others[type]])
        records = {key: record if key == id else value for key, value in whole.records.items()}
        readings = dict(whole.readings)
        if type == "source":
            read = read_source(record, whole.seeds, whole.corrections, problems)
            readings = {key: read if key == id else value for key, value in readings.items() if read or key != id}  # type: ignore[misc]
        changed = replace(whole, records=records, readings=readings, problems=tuple(problems))
        return changed, check(changed)

    def show(self, project: Project, id: str) -> Iterator[str]:
        """All that is made of one record: its page in every language, its data, what the search and the feed say of it."""
        graph = WatchedGraph.over(link(project.records, project.schemas))
        corrections = {key: {each["id"]: each for each in found.fields["corrections"]} for key, found in project.corrections.items()}
        site, interfaces = self.site
        shelf = Shelf(graph, project.schemas, project.readings, corrections, {}, site)
        page = record_page(shelf, id)
        loader, cache = FileSystemLoader(project.repo.templates), FileSystemBytecodeCache(str(project.repo.root))
        for interface in interfaces:
            renderer = Renderer(loader, shelf.url, graph.briefs.__getitem__, Terms(shelf), interface, cache)
            yield renderer.render(page, Frame(()))
            yield str(head(page, interface, interfaces, shelf.site))
        yield renderer.text("feed.xml", feed(shelf, 0))
        yield search.line(search.entry(graph.records[id], graph.briefs[id], page.path))
        yield exports.record_json(shelf, id) + exports.json_line(graph.records[id])


def misplaced(problem: Problem, project: Project) -> str:
    """What is wrong with a finding itself, empty if nothing is."""
    path = project.repo.root / problem.path
    lines = lines_of(path.read_bytes().decode("utf-8", "replace")) if path.is_file() else None
    if lines is None:
        return "its file does not exist"
    if (problem.line or problem.column) and not (
        1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    ):
        return f"line {problem.line}, column {problem.column} is outside the file"
    if not problem.line and problem.code not in WHOLE_FILE:
        return "it has no place"
    if problem.code not in CODES:
        return "its code is not known"
    if not problem.message.strip() or not problem.hint.strip():
        return "it says nothing, or not what to do"
    shown = format_problem(problem)
    if not all(c.isprintable() or c == "\n" for c in shown):
        return f"it prints {next(c for c in shown if not c.isprintable() and c != chr(10))!r}"
    return "" if len(shown) < 4000 else "it is longer than a screen"


WHOLE_FILE = {
    "N101",
    "N106",
    "N109",
    "N111",
    "N112",
    "N113",
    "N114",
    "N119",
    "N801",
    "N802",
    "N803",
}  # findings that may concern a file as a whole


def _printed(ground: Ground, type: str) -> tuple[str, list[Problem], Project, bool]:
    project, found = ground.look(type)
    sound = not any(map(is_error, found))
    shown = [format_problem(problem) for problem in found]
    if sound:
        shown += ground.show(project, SEEDS[type])
    return "\n".join(shown), found, project, sound


def _peak() -> float:
    """The most memory that this process has held, in megabytes, since it was last asked (where the system can tell; else since it began)."""
    try:
        status = Path("/proc/self/status").read_text()
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def judge(ground: Ground, seed: int, number: int) -> Seen:
    """What is seen of one mutant; the record is put back."""
    type, done, content = ground.mutant(seed, number)
    try:
        return _judged(ground, number, type, content, f"mutant {number} of seed {seed} ({type}: {done})")
    finally:
        ground.put(type, ground.contents[type])


def _judged(ground: Ground, number: int, type: str, content: bytes, name: str) -> Seen:
    seen = Seen(1)
    _peak()
    ground.put(type, content)
    signal.setitimer(signal.ITIMER_REAL, STUCK)
    began = time.process_time()
    try:
        printed, found, project, sound = _printed(ground, type)
        seen.slowest = time.process_time() - began, name
        seen.largest = _peak(), name
        again = _printed(ground, type)[0] if sound or number % AGAIN == 0 else printed
        whole = check(load_project(project.repo)) if number % WHOLE == 0 else found
    except BaseException:
        seen.faults.append(f"{name}: {traceback.format_exc()}")
        return seen
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    seen.sound, seen.printed = int(sound), hashlib.sha256(printed.encode("utf-8", "surrogatepass")).hexdigest()
    seen.codes.update({problem.code for problem in found})
    seen.faults += [f"{name}: {fault}: {problem}" for problem in found if (fault := misplaced(problem, project))]
    seen.faults += [f"{name}: the second run printed something else"] * (again != printed)
    seen.faults += [f"{name}: the whole project has other findings: {set(whole) ^ set(found)}"] * (whole != found)
    seen.faults += [f"{name}: {seen.slowest[0]:.1f} s"] * (seen.slowest[0] > SECONDS)
    seen.faults += [f"{name}: {seen.largest[0]:.0f} MB"] * (seen.largest[0] > MEGABYTES)
    return seen


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


def run(mutants: int, seed: int, jobs: int = 1, first: int = 0) -> Iterator[Seen]:
    """What was seen, batch by batch, the earlier ones included; each batch is a process of its own."""
    global _ground  # noqa: PLW0603 - a forked process inherits it
    with tempfile.TemporaryDirectory() as folder:
        _ground = Ground.over(copy_project(Path(folder, "project")))
        seen = Seen()
        batches = [(seed, at, min(at + BATCH, first + mutants)) for at in range(first, first + mutants, BATCH)]
        with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
            for each in pool.imap(_batch, batches):
                seen = seen.add(each)
                yield seen


def main() -> None:
    """Prints what was seen; status 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
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
