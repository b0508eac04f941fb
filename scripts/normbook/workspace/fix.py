"""Repairs the records of a checkout, and the derived texts that depend on them."""

from __future__ import annotations

import difflib
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem, is_error
from normbook.records.repair.record import repair_record
from normbook.records.repair.repairs import Repair
from normbook.records.types import TYPES
from normbook.workspace.listing import list_all
from normbook.workspace.load import Project, load_project, load_schemas
from normbook.workspace.pipeline import derived
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import read_text

READ_FOR_TEXTS = ("sources", "corrections", "suggestions")  # the folders that derived texts depend on


class Fixed(NamedTuple):
    """A file before and after repair, the repairs made, and those left out because they are not certain."""

    path: Path
    old: str
    new: str
    repairs: tuple[Repair, ...]
    left: tuple[Repair, ...] = ()


def fix(repo: Repo, names: Sequence[str], problems: list[Problem]) -> list[Fixed]:
    """The repairs of the records named by path or id, or of all records if `names` is empty. Nothing is written.

    Unknown names, unreadable files, and faults of YAML that no repair mends are added to `problems`.
    """
    schemas = load_schemas(repo, problems)
    ids: dict[str, list[str]] = {type: [] for type in TYPES}
    for each in list_all(repo, []):
        ids.setdefault(each.type, []).append(each.id)
    repaired = []
    for kind, path in _chosen(repo, names, problems):
        text = read_text(path, repo.relative(path), problems)
        if text is None:
            continue
        result = repair_record(text, kind, schemas, ids)
        problems += [replace(problem, path=repo.relative(path)) for problem in result.faults]
        if result.repairs or result.skipped:
            repaired.append(Fixed(path, text, result.text, result.repairs, result.skipped))
    return repaired


def _files(repo: Repo) -> Iterator[tuple[str, Path]]:
    """Every authored YAML file with its type. Links are left out: their targets are not ours to change."""
    yield from ((each.type, Path(each.path)) for each in list_all(repo, []) if _is_plain(Path(each.path)))


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode) and not path.parent.is_symlink()
    except OSError:
        return False


def _chosen(repo: Repo, names: Sequence[str], problems: list[Problem]) -> list[tuple[str, Path]]:
    files = list(_files(repo))
    if not names:
        return files
    chosen: list[tuple[str, Path]] = []
    for name in names:
        places = {Path(name).absolute(), (repo.root / name).absolute()}
        fits = [each for each in files if each[1] in places or each[1].stem == name]
        chosen += [each for each in fits if each not in chosen]
        if not fits:
            meant = suggest(name, [path.stem for _, path in files])
            hint = f"did you mean {meant!r}?" if meant else "name the id of a record, or its file below data/"
            problems.append(Problem("<command>", 0, 0, "N303", f"no record {name!r}", hint))
    return chosen


def fix_derived(repo: Repo, fixed: Sequence[Fixed]) -> list[Fixed]:
    """The derived texts that are stale once the files are repaired, except those of sources with errors."""
    if not any(each.path.parent.name in READ_FOR_TEXTS for each in fixed):
        return _stale(load_project(repo), repo)
    with tempfile.TemporaryDirectory() as folder:
        copy = Repo(Path(folder))
        for part in (repo.seeds, repo.schema, *(repo.data / name for name in READ_FOR_TEXTS)):
            if part.is_dir():
                shutil.copytree(part, copy.root / part.relative_to(repo.root), symlinks=True)
        for each in fixed:
            if each.path.parent.name in READ_FOR_TEXTS:
                (copy.root / each.path.relative_to(repo.root)).write_text(each.new, "utf-8")
        return _stale(load_project(copy), repo)


def _stale(project: Project, repo: Repo) -> list[Fixed]:
    at_fault = {Path(problem.path).stem for problem in project.problems if is_error(problem)} | project.broken
    repaired = []
    for stale_path, text in derived(project).items():
        path = repo.root / stale_path.relative_to(project.repo.root)
        old = path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else ""
        if path.parent.name in at_fault or (old == text and path.is_file()):
            continue
        rows = zip(old.split("\n"), text.split("\n"), strict=False)
        line = next((number for number, (one, two) in enumerate(rows, 1) if one != two), 1)
        repaired.append(Fixed(path, old, text, (Repair(line, 1, "derived again from seed, rules and corrections"),)))
    return repaired


def difference(repo: Repo, fixed: Fixed) -> str:
    """A unified diff of one file."""
    name = repo.relative(fixed.path)
    rows = difflib.unified_diff(fixed.old.split("\n"), fixed.new.split("\n"), f"a/{name}", f"b/{name}", lineterm="")
    return "\n".join(rows)
