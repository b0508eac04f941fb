"""The judge of a mutant: what is wrong with what was found of it, how long it took, how much it held."""

from __future__ import annotations

import hashlib
import re
import resource
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from normbook.findings.finding import Problem, format_problem, is_error
from normbook.records.yaml.loaded import lines_of
from normbook.workspace.load import Project, load_project
from normbook.workspace.pipeline import check
from tools.ground import SEEDS, Ground
from tools.projects import CATALOGUE

SECONDS, MEGABYTES = 2, 256
WHOLE = 500  # one in so many is also checked by loading the whole project anew
STUCK = 60  # seconds after which a mutant is given up
AGAIN = 4  # one in so many is checked a second time, and all that are sound
CODES = frozenset(path.stem for path in CATALOGUE.glob("N*.yaml"))
WHOLE_FILE = frozenset("N101 N106 N109 N111 N112 N113 N114 N119 N801 N802 N803".split())  # findings that may concern a file as a whole


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
