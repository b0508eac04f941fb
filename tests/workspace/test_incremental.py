"""A check that uses the cache finds what a check of everything finds, whatever was edited in between, and whatever the cache holds."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.findings.finding import Problem, format_problem
from normbook.graph.checks.registry import CHECKS, FAR, NEAR, ROUND
from normbook.workspace import files, incremental, listing, load
from normbook.workspace.cache import CHECKSUM, NAME, checksum, foundation
from normbook.workspace.incremental import check_project, check_with_cache
from normbook.workspace.load import load_project
from normbook.workspace.pipeline import check
from normbook.workspace.repo import Repo
from tools.projects import ROOT

SAMPLE = ROOT / "tests" / "cases" / "sample"
STEPS = 60  # edits of one walk; each is checked both ways


def sample(target: Path) -> Repo:
    shutil.copytree(SAMPLE, target)
    shutil.copytree(ROOT / "schema", target / "schema")
    shutil.copy(ROOT / "mkdocs.yml", target)
    return Repo(target)


def shown(problems: list[Problem]) -> str:
    return "\n".join(format_problem(problem) for problem in problems)


def settle(repo: Repo) -> None:
    """Makes all files look old, so that their stamps are relied on."""
    for path in (*repo.data.rglob("*"), *repo.schema.rglob("*")):
        if path.is_file() and not path.is_symlink():
            os.utime(path, ns=(10**18, 10**18))


class Walk:
    """Random edits of a project: each method does one, of what a person may do or a mistake may leave."""

    def __init__(self, repo: Repo, seed: int) -> None:
        self.repo, self.random = repo, random.Random(seed)
        self.gone: list[tuple[Path, bytes]] = []

    def files(self) -> list[Path]:
        return sorted(path for path in self.repo.data.rglob("*.yaml") if path.is_file() and not path.is_symlink())

    def step(self) -> str:
        edits: list[Callable[[], str]] = [
            self.letter, self.letter, self.word, self.word, self.line, self.remove, self.back, self.back, self.rename, self.double, self.junk,
            self.redirect, self.exception, self.seed, self.seed_back, self.derived, self.schema, self.link, self.reference, self.reference, self.stamp,
            self.suggestion, self.profile,
        ]  # fmt: skip
        return self.random.choice(edits)()

    def change(self, path: Path, content: bytes) -> str:
        self.gone.append((path, path.read_bytes()))
        path.write_bytes(content)
        return f"{path.name} changed"

    def letter(self) -> str:
        path = self.random.choice(self.files())
        content = bytearray(path.read_bytes())
        if content:
            content[self.random.randrange(len(content))] = self.random.choice(b"aez:-# \n\t\x00\xff'\"")
        return self.change(path, bytes(content))

    def word(self) -> str:
        path = self.random.choice(self.files())
        words = re.split(rb"(\W+)", path.read_bytes())
        words[self.random.randrange(len(words))] = self.random.choice(words)
        return self.change(path, b"".join(words))

    def line(self) -> str:
        path = self.random.choice(self.files())
        lines = path.read_bytes().split(b"\n")
        at = self.random.randrange(len(lines))
        return self.change(
            path, b"\n".join(lines[:at] + self.random.choice([[], [lines[at]] * 2, [b"# a remark", lines[at]]]) + lines[at + 1 :])
        )

    def reference(self) -> str:
        path = self.random.choice(self.files())
        ids = [each.stem for each in self.files()]
        found = [match for match in re.finditer(rb"(?m)[:-] ([a-z][a-z0-9-]+)$", path.read_bytes()) if match[1].decode() in ids]
        if not found:
            return "nothing"
        match, content = self.random.choice(found), path.read_bytes()
        return self.change(path, content[: match.start(1)] + self.random.choice(ids).encode() + content[match.end(1) :])

    def remove(self) -> str:
        path = self.random.choice(self.files())
        self.gone.append((path, path.read_bytes()))
        path.unlink()
        return f"{path.name} removed"

    def back(self) -> str:
        if not self.gone:
            return "nothing"
        path, content = self.gone.pop()
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        return f"{path.name} restored"

    def rename(self) -> str:
        path = self.random.choice(self.files())
        target = path.with_name(self.random.choice([f"{path.stem}-b.yaml", "Capital.yaml", "gіds.yaml", "con.yaml", "other.yml"]))
        path.rename(target)
        return f"{path.name} renamed {target.name}"

    def double(self) -> str:
        path = self.random.choice(self.files())
        folder = self.random.choice(["themes", "actors", "events", "statements", "principles", "suggestions", "corrections"])
        (self.repo.data / folder).mkdir(exist_ok=True)
        shutil.copy(path, self.repo.data / folder / path.name) if path.parent.name != folder else None
        return f"{path.name} doubled in {folder}"

    def junk(self) -> str:
        (self.repo.data / "themes" / self.random.choice(["x.yml", "note.txt", "deep/x.yaml".replace("/", "-"), "empty.yaml"])).write_text(
            "", "utf-8"
        )
        return "junk"

    def redirect(self) -> str:
        ids = ["old", "older", *(each.stem for each in self.files())]
        entries = [{"from": self.random.choice(ids), "to": [self.random.choice(ids)]} for _ in range(self.random.randrange(3))]
        self.repo.redirects.write_text(json.dumps({"redirects": entries}), "utf-8")
        return "redirects"

    def exception(self) -> str:
        entries = [
            {"code": self.random.choice(["N331", "N503", "N116"]), "file": "data/themes/tides.yaml", "reason": "seen"}
        ] * self.random.randrange(2)
        self.repo.exceptions.write_text(json.dumps({"exceptions": entries}), "utf-8")
        return "exceptions"

    def seed(self) -> str:
        """One letter less, its sum and the record's sum as they should be: the cleaned text and so the quotations change."""
        name = self.random.choice(sorted(path.name for path in self.repo.seeds.glob("*.txt")))
        content = bytearray((self.repo.seeds / name).read_bytes())
        del content[self.random.randrange(len(content))]
        self._write_seed(name, bytes(content), self.random.random() < 0.8)
        return f"seed {name}"

    def seed_back(self) -> str:
        name = self.random.choice(sorted(path.name for path in self.repo.seeds.glob("*.txt")))
        self._write_seed(name, (SAMPLE / "seeds" / name).read_bytes(), True)
        return f"seed {name} restored"

    def _write_seed(self, name: str, content: bytes, whole: bool) -> None:
        old = hashlib.sha256((self.repo.seeds / name).read_bytes()).hexdigest()
        new = hashlib.sha256(content).hexdigest()
        (self.repo.seeds / name).write_bytes(content)
        if whole:
            for path in (self.repo.sums, *self.repo.folder("source").glob("*.yaml")):
                if path.is_file():
                    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))

    def derived(self) -> str:
        path = self.random.choice(sorted(self.repo.derived.rglob("*.txt")))
        path.write_bytes(path.read_bytes() + b"x")
        return "derived"

    def schema(self) -> str:
        path = self.repo.schema / "theme.schema.json"
        text = path.read_text("utf-8")
        fine = (ROOT / "schema" / path.name).read_text("utf-8")
        path.write_text(
            self.random.choice([fine, fine.replace('"required": [', '"required": ["note", ', 1), fine if text != fine else text[:-3]]),
            "utf-8",
        )
        return "schema"

    def link(self) -> str:
        path = self.random.choice(self.files())
        self.gone.append((path, path.read_bytes()))
        path.unlink()
        path.symlink_to("/etc/hostname")
        return f"{path.name} linked"

    def stamp(self) -> str:
        path = self.random.choice(self.files())
        path.touch()
        return "touched"

    def suggestion(self) -> str:
        made = sorted(self.repo.folder("correction").glob("*.yaml"))
        if not made:
            return "nothing"
        lines = made[0].read_text("utf-8").split("\n")
        lines = [line for line in lines if self.random.random() > 0.03]
        self.gone.append((made[0], made[0].read_bytes()))
        made[0].write_text("\n".join(lines), "utf-8")
        return "corrections"

    def profile(self) -> str:
        path = self.random.choice(sorted(self.repo.folder("source").glob("*.yaml")) or self.files())
        return self.change(path, path.read_bytes() + b"profile: {without: [dateline]}\n")


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edit_the_findings_are_those_of_a_whole_check(tmp_path: Path, seed: int) -> None:
    repo = sample(tmp_path / "project")
    walk = Walk(repo, seed)
    done = []
    for number in range(STEPS):
        if number % 3 == 0:
            settle(repo)
        done.append(walk.step())
        found = check_project(repo)
        project = load_project(repo)
        assert shown(found.problems) == shown(check(project)), f"seed {seed}, after {done[-4:]}"
        if project.schemas.documents:
            assert found[1:4] == (len(project.records), len(project.corrections), len(project.seeds))
            from normbook.workspace.pipeline import count_claims

            assert +found.claims() == +count_claims(project)
        if len(found.problems) > 40:  # too broken to tell us more
            shutil.rmtree(repo.root / "data")
            shutil.copytree(SAMPLE / "data", repo.root / "data")
            shutil.rmtree(repo.seeds)
            shutil.copytree(SAMPLE / "seeds", repo.seeds)
            walk.gone.clear()


def test_a_cache_that_is_damaged_cut_off_or_foreign_is_ignored(tmp_path: Path) -> None:
    repo = sample(tmp_path / "project")
    (repo.data / "themes" / "tides.yaml").write_text("id: tides\ntitle: a: b\n", "utf-8")
    expected = shown(check_project(repo).problems)
    path, sum = repo.build / NAME, repo.build / CHECKSUM
    whole, kept = path.read_bytes(), sum.read_bytes()
    sqlite3.connect(tmp_path / "foreign").executescript("create table meta(key, value); create table files(shown)").connection.close()
    foreign = (tmp_path / "foreign").read_bytes()
    broken = [
        b"", whole[: len(whole) // 2], whole[:-1], whole + b"x", whole.replace(b"tides", b"tales"), b"garbage" * 999, foreign, b"\x80\x05cos\nsystem\n",
        *(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(5, len(whole), len(whole) // 8)),
    ]  # fmt: skip
    for content in broken:
        path.write_bytes(content)
        sum.write_bytes(kept)
        assert shown(check_project(repo).problems) == expected
        assert path.read_bytes() != content and sum.read_text() == checksum(path)
    for content in (foreign, b"", b"garbage" * 999):  # whole, as its checksum tells, and of no use
        path.write_bytes(content)
        sum.write_text(checksum(path))
        assert shown(check_project(repo).problems) == expected
    for content in (b"", kept[:-1], b"\xff"):
        sum.write_bytes(content)
        assert shown(check_project(repo).problems) == expected
    path.unlink()
    path.mkdir()
    assert shown(check_project(repo).problems) == expected  # it cannot be kept, and is made all the same
    assert not list(repo.build.glob(".*.part"))


KILLED = """
import os, sys
from pathlib import Path
from normbook.workspace.repo import Repo
from normbook.workspace import cache, incremental

real, sums = cache.checksum, []
where, fresh = sys.argv[2], sys.argv[3] == "fresh"

def checksum(path):
    sums.append(path)
    if where == "before the checksum" and len(sums) > (0 if fresh else 1):
        os._exit(9)
    return real(path)

def put(self, query, rows):
    put_rows(self, query, rows)
    if where == "amid the rows" and "reads" in query:
        os._exit(9)

cache.checksum = checksum
put_rows, cache.Cache.put = cache.Cache.put, put
if where == "at the checksum":
    cache.write = lambda *_, **__: os._exit(9)
incremental.check_project(Repo(Path(sys.argv[1])), fresh)
"""


@pytest.mark.parametrize("where", ["amid the rows", "before the checksum", "at the checksum"])
@pytest.mark.parametrize("fresh", ["", "fresh"])
def test_a_writer_that_is_killed_leaves_a_cache_that_is_ignored_or_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, fresh: str
) -> None:
    repo = sample(tmp_path / "project")
    check_project(repo)
    path = repo.folder("theme") / "tides.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: More ", 1), "utf-8")
    assert subprocess.run([sys.executable, "-c", KILLED, str(repo.root), where, fresh], check=False).returncode == 9
    path.write_text(path.read_text("utf-8").replace("id: tides", "id: tide", 1), "utf-8")
    monkeypatch.setattr(files, "_swept", set())  # as in a new process
    found = check_project(repo).problems
    assert found and found == check(load_project(repo))
    assert checksum(repo.build / NAME) == (repo.build / CHECKSUM).read_text()
    assert not list(repo.build.glob(".*.part"))


def test_while_one_process_uses_the_cache_another_does_without(tmp_path: Path) -> None:
    repo = sample(tmp_path / "project")
    check_project(repo)
    held = check_with_cache(repo)
    assert held.changes is not None
    path = repo.folder("theme") / "tides.yaml"
    path.write_text("id: tides\ntitle: a: b\n", "utf-8")
    other = check_with_cache(repo)
    assert other.changes is None and other.checked.problems == check(load_project(repo))
    other.cache.save()
    held.cache.save()
    assert check_project(repo).problems == check(load_project(repo))


def test_a_fresh_check_uses_nothing_that_was_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = sample(tmp_path / "project")
    check_project(repo)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(incremental, "open_cache", refuse)
    assert check_project(repo, fresh=True).problems == check(load_project(repo))


def test_a_second_check_reads_no_record_and_one_after_a_change_just_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = sample(tmp_path / "project")
    settle(repo)
    monkeypatch.setattr(listing, "SETTLED", 0)
    check_project(repo)
    read: list[str] = []
    real = incremental.read_file
    monkeypatch.setattr(incremental, "read_file", lambda schemas, file: (read.append(file.id), real(schemas, file))[1])
    check_project(repo)
    assert read == []
    path = repo.folder("theme") / "tides.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: More ", 1), "utf-8")
    check_project(repo)
    assert read == ["tides"]


def test_several_processes_find_and_store_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = sample(tmp_path / "project")
    (repo.data / "actors" / "broken.yaml").write_text("id: [", "utf-8")
    unfinished = repo.folder("theme") / "tides.yaml"
    unfinished.write_text(re.sub("(?m)^title: .*$", "title: FILL IN", unfinished.read_text("utf-8"), count=1), "utf-8")
    found, stored = [], []
    for most in (2_000, 0):  # files that one process reads
        for module in (load, incremental):
            monkeypatch.setattr(module, "MANY", most)
            monkeypatch.setattr(module, "BATCH", 4)
        found.append(shown(check_project(repo, fresh=True).problems))
        with sqlite3.connect(repo.build / NAME) as base:
            base.execute("update files set stamp = ''")
            stored.append(
                [sorted(base.execute(f"select * from {table}")) for table in ("files", "records", "named", "units", "reads", "quoted")]
            )
    assert found[0] == found[1]
    assert "broken.yaml" in found[0] and "N350" in found[0]
    assert stored[0] == stored[1]


def test_a_cache_depends_on_the_schemas(tmp_path: Path) -> None:
    repo = sample(tmp_path / "project")
    key = foundation(repo)
    path = repo.schema / "theme.schema.json"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert foundation(repo) != key


def test_checks_near_a_record_find_in_all_what_they_find_in_each(tmp_path: Path) -> None:
    """What the cache depends on: a check that is asked of records one at a time must not look at two of them together."""
    assert CHECKS.keys() == NEAR.keys() | FAR.keys() and FAR.keys() >= set(ROUND)
    repo = sample(tmp_path / "project")
    walk = Walk(repo, 99)
    for _ in range(12):
        walk.reference()
        walk.word()
    assert shown(check_project(repo, fresh=True).problems) == shown(check(load_project(repo)))
