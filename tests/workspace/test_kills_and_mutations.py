"""Hostile records and hostile moments, in short: `make mutate` and `make kills` take many more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from normbook.findings.finding import Problem
from normbook.workspace import load
from tools import ground as grounds
from tools import judge as judges
from tools.ground import Ground
from tools.judge import Seen, judge, misplaced
from tools.kills import Kills, kill_writer
from tools.projects import ROOT, copy_project
from tools.trees import torn, tree
from tools.writers import WRITERS, Writer, prepare

MUTANTS, SEED, KILLS = 150, 5, 8  # «make mutate» takes 100,000, «make kills» 1,000 of each writer, by the same code
SHORT = [writer for writer in WRITERS if writer.name != "build"]  # an export builds first; «make kills» takes all
QUICK = [writer for writer in SHORT if writer.arguments[0] not in ("build", "export", "release")]
LONG = [writer for writer in SHORT if writer not in QUICK]
DERIVE = next(writer for writer in WRITERS if writer.name == "derive")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.over(copy_project(tmp_path_factory.mktemp("ground") / "project"))


def test_mutated_records_raise_nothing_stay_small_and_are_told_of_in_their_places() -> None:
    """In a process of its own, whose size is that of the project and of nothing that other tests left."""
    command = [sys.executable, "-m", "tools.mutations", "--mutants", str(MUTANTS), "--seed", str(SEED)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    told = re.search(r"seed 5: (\d+) mutated records, (\d+) of them sound and shown; 0 faults", ran.stdout)
    assert ran.returncode == 0 and told, ran.stdout[-2000:] + ran.stderr[-2000:]
    codes = re.search(r"findings by code: (.*)", ran.stdout)
    assert int(told[1]) == MUTANTS and int(told[2]) > MUTANTS / 50 and codes and codes[1].count(",") > 24


def test_the_same_is_printed_in_another_process_with_other_hashes(ground: Ground) -> None:
    seen = Seen()
    for number in range(12):
        seen = seen.add(judge(ground, SEED, number))
    code = "import sys, pathlib; from tools.mutations import *; g = Ground.over(copy_project(pathlib.Path(sys.argv[1]))); s = Seen()\nfor n in range(12): s = s.add(judge(g, 5, n))\nprint(s.printed)"
    other = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(ground.project.repo.root.parent / "other")],
        env={**os.environ, "PYTHONHASHSEED": other},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.strip() == seen.printed, ran.stderr


def test_the_judge_sees_an_exception_a_slow_record_and_a_finding_out_of_place(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """A detector that could not fail would be worth nothing."""
    project = ground.project
    sound = Problem("data/principles/gids-7.yaml", 2, 1, "N301", "a fault", "mend it")
    assert not misplaced(sound, project)
    for changed, said in (
        ({"line": 4000}, "outside the file"),
        ({"column": 400}, "outside the file"),
        ({"line": 0, "column": 0}, "no place"),
        ({"code": "N999"}, "not known"),
        ({"hint": " "}, "not what to do"),
        ({"message": ""}, "says nothing"),
        ({"path": "data/none.yaml"}, "does not exist"),
    ):
        assert said in misplaced(replace(sound, **changed), project)
    monkeypatch.setattr(judges, "SECONDS", -1)
    assert any(fault.endswith(" s") for fault in judge(ground, SEED, 1).faults)
    monkeypatch.setattr(judges, "MEGABYTES", 1)
    assert any(fault.endswith(" MB") for fault in judge(ground, SEED, 1).faults)

    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(grounds, "load_record", broken)
    assert "KeyError: 'a bug'" in judge(ground, SEED, 1).faults[0]


@pytest.mark.parametrize("writer", QUICK, ids=lambda writer: writer.name)
def test_a_writer_killed_at_any_boundary_tears_nothing_and_ends_the_same_when_run_again(writer: Writer, tmp_path: Path) -> None:
    """One boundary in so many and some random moments, by three signals."""
    assert_sound(kill_writer(writer, tmp_path, KILLS, seed=3, settle=6), KILLS)


@pytest.mark.parametrize("writer", LONG, ids=lambda writer: writer.name)
def test_a_builder_killed_at_any_boundary_tears_nothing_and_ends_the_same_when_run_again(
    writer: Writer, tmp_path: Path, site: Path
) -> None:
    """The same of those that build pages, for which the site generator need not run again."""
    kills = 5
    assert_sound(kill_writer(writer, tmp_path, kills, seed=3, settle=6, frame=site.parent / "project" / "build" / "frame"), kills)


def assert_sound(seen: Kills, kills: int) -> None:
    assert not seen.faults, seen.faults[:3]
    assert seen.at_boundaries > kills / 3 and seen.at_random > 1 and seen.signals["SIGKILL"] > 1


def test_a_torn_file_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a writer that writes in place, the same kills are noticed."""
    derive = DERIVE
    repo, before = prepare(tmp_path / "once", derive)
    name = "data/derived/seed-000/cleaned.txt"
    assert torn({**tree(repo.root), name: before[name][:3]}, [before]) == [name]
    assert torn({path: content for path, content in before.items() if path != name}, [before]) == [name]

    def in_place(path: Path, content: bytes | str, durable: bool = True) -> bool:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = content.encode() if isinstance(content, str) else content
        with path.open("wb", buffering=0) as file:
            for at in range(0, len(whole), 16):
                file.write(whole[at : at + 16])
        return True

    monkeypatch.setattr("normbook.workspace.pipeline.write", in_place)
    assert any(fault.endswith("is torn") for fault in kill_writer(derive, tmp_path / "twice", KILLS, 1).faults)


@pytest.fixture
def left(tmp_path: Path) -> tuple[Path, list[Path]]:
    """A checkout in whose folders killed writers left temporary files, with hostile words in them."""
    repo, _ = prepare(tmp_path, DERIVE)
    found = []
    for folder in [repo.root, *sorted(path for path in repo.root.rglob("*") if path.is_dir())]:
        found.append(folder / ".999999999-abcdefgh.part")
        found[-1].write_text("id: &a [*a\n")
    return repo.root, found


def test_no_reader_looks_at_what_a_killed_writer_left(left: tuple[Path, list[Path]]) -> None:
    from normbook.workspace.pipeline import check, derive
    from normbook.workspace.repo import Repo

    root, files = left
    project = load.load_project(Repo(root))
    derive(project)
    assert not check(load.load_project(Repo(root)))
    gone = [path for path in files if not path.exists()]
    assert {path.parent.name for path in gone} == {"seed-000", "seed-001"}, "only where something was written"
