"""The project at an earlier revision: what is written, what is refused, and in which words."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from normbook.findings.finding import Problem
from normbook.workspace import git as revisions
from normbook.workspace.git import at_revision, fork_point, resolve
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from tests.conftest import ROOT


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", "-C", str(root), *identity, *arguments], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def kept(copy: Repo) -> Repo:
    """A copy of the project with one commit."""
    git(copy.root, "init", "--quiet")
    git(copy.root, "add", ".")
    git(copy.root, "commit", "--quiet", "-m", "one")
    return copy


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_folder_holds_the_inputs_of_that_revision_byte_for_byte(kept: Repo, tmp_path: Path) -> None:
    before = {name: content for name, content in files(kept.root).items() if name.split("/")[0] in revisions.PARTS}
    (kept.folder("theme") / "fairness.yaml").write_text("changed: yes\n", "utf-8")
    git(kept.root, "commit", "--quiet", "-am", "two")
    (kept.folder("theme") / "openness.yaml").unlink()
    status = git(kept.root, "status", "--porcelain")
    problems: list[Problem] = []
    found = at_revision(kept, "HEAD~1", tmp_path / "old", problems)
    assert found is not None and not problems and files(tmp_path / "old") == before
    assert not load_project(found).problems
    assert git(kept.root, "status", "--porcelain") == status


def test_a_project_below_the_top_of_a_repository_is_found(copy: Repo, tmp_path: Path) -> None:
    git(copy.root.parent, "init", "--quiet")
    git(copy.root.parent, "add", ".")
    git(copy.root.parent, "commit", "--quiet", "-m", "one")
    assert at_revision(copy, "HEAD", tmp_path / "old", []) == Repo(tmp_path / "old")
    assert (tmp_path / "old" / "data" / "redirects.yaml").is_file()


def test_hooks_filters_and_links_take_no_part(kept: Repo, tmp_path: Path) -> None:
    (kept.root / ".gitattributes").write_text("*.yaml filter=evil export-ignore export-subst\n", "utf-8")
    git(kept.root, "config", "filter.evil.smudge", f"touch {tmp_path}/ran; cat")
    (kept.data / "themes" / "link.yaml").symlink_to("/etc/passwd")
    for hook in ("post-checkout", "post-index-change"):
        (kept.root / ".git" / "hooks" / hook).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        (kept.root / ".git" / "hooks" / hook).chmod(0o755)
    git(kept.root, "add", "--force", ".gitattributes", "data/themes/link.yaml")
    git(kept.root, "commit", "--quiet", "-m", "two")
    (tmp_path / "ran").unlink(missing_ok=True)
    assert at_revision(kept, "HEAD", tmp_path / "old", []) is not None
    assert not (tmp_path / "ran").exists() and not (tmp_path / "old" / "data" / "themes" / "link.yaml").is_symlink()
    assert (tmp_path / "old" / "data" / "themes" / "fairness.yaml").is_file()
    assert not [path for path in (tmp_path / "old").rglob("*") if path.is_symlink()]


@pytest.mark.parametrize(
    "revision", ["nope", "--all", "-h", "", "HEAD:data", "HEAD\n", "v0'^{", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "a b"]
)
def test_what_names_no_commit_is_told(kept: Repo, tmp_path: Path, revision: str) -> None:
    problems: list[Problem] = []
    assert at_revision(kept, revision, tmp_path / "old", problems) is None
    assert [each.code for each in problems] == ["N713"] and "git fetch origin" in problems[0].hint
    assert not (tmp_path / "old").exists()


def test_no_repository_and_no_git_are_told(copy: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    problems: list[Problem] = []
    assert at_revision(copy, "HEAD", tmp_path / "old", problems) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert at_revision(copy, "HEAD", tmp_path / "old", problems) is None
    assert [each.code for each in problems] == ["N712", "N711"] and all(each.hint for each in problems)


def test_a_shallow_clone_is_told_apart_from_an_unknown_name(kept: Repo, tmp_path: Path) -> None:
    git(kept.root, "commit", "--quiet", "--allow-empty", "-m", "two")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{kept.root}", "shallow")
    problems: list[Problem] = []
    assert resolve(Repo(tmp_path / "shallow"), "HEAD~1", problems) is None
    assert [(each.code, "--unshallow" in each.hint) for each in problems] == [("N714", True)]


def test_a_revision_without_a_project_or_with_too_much_in_it_is_told(kept: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems: list[Problem] = []
    git(kept.root, "checkout", "--quiet", "--orphan", "other")
    git(kept.root, "rm", "--quiet", "-r", "--cached", ".")
    git(kept.root, "commit", "--quiet", "--allow-empty", "-m", "nothing")
    assert at_revision(kept, "other", tmp_path / "old", problems) is None
    assert fork_point(kept, "main", problems) is None
    monkeypatch.setattr(revisions, "MOST_BYTES", 1000)
    assert at_revision(kept, "main", tmp_path / "old", problems) is None
    assert [each.code for each in problems] == ["N715", "N713", "N716"] and not (tmp_path / "old").exists()


def test_a_path_that_leaves_the_folder_is_refused(kept: Repo, tmp_path: Path) -> None:
    blob = git(kept.root, "hash-object", "-w", "mkdocs.yml")
    hostile = subprocess.run(
        ["git", "-C", str(kept.root), "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        input=b"100644 ..\0" + bytes.fromhex(blob),
        capture_output=True,
        check=True,
    ).stdout.split()[0]
    listed = git(kept.root, "ls-tree", "HEAD").splitlines()
    rows = [row if not row.endswith("\tdata") else f"040000 tree {hostile.decode()}\tdata" for row in listed]
    tree = subprocess.run(
        ["git", "-C", str(kept.root), "mktree"], input="\n".join(rows), capture_output=True, text=True, check=True
    ).stdout.strip()
    commit = git(kept.root, "commit-tree", tree, "-m", "hostile")
    problems: list[Problem] = []
    assert at_revision(kept, commit, tmp_path / "old", problems) is None
    assert [each.code for each in problems] == ["N716"] and "data/.." in problems[0].message and not (tmp_path / "old").exists()


def test_an_object_that_is_gone_is_told(kept: Repo, tmp_path: Path) -> None:
    name = git(kept.root, "rev-parse", "HEAD:data/redirects.yaml")
    loose = kept.root / ".git" / "objects" / name[:2] / name[2:]
    loose.chmod(0o644)
    loose.unlink()
    problems: list[Problem] = []
    assert at_revision(kept, "HEAD", tmp_path / "old", problems) is None
    assert [each.code for each in problems] == ["N716"]


def test_the_fork_point_is_where_the_branch_began(kept: Repo) -> None:
    began = git(kept.root, "rev-parse", "HEAD")
    git(kept.root, "checkout", "--quiet", "-b", "change")
    git(kept.root, "commit", "--quiet", "--allow-empty", "-m", "mine")
    git(kept.root, "checkout", "--quiet", "main")
    git(kept.root, "commit", "--quiet", "--allow-empty", "-m", "theirs")
    git(kept.root, "checkout", "--quiet", "change")
    assert fork_point(kept, "main", []) == began and resolve(kept, "main", []) == git(kept.root, "rev-parse", "main")


def test_a_hook_s_own_repository_is_not_asked(kept: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = git(kept.root, "rev-parse", "HEAD")
    git(tmp_path, "init", "--quiet", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", os.devnull)
    assert resolve(kept, "HEAD", []) == wanted


def test_a_clone_has_the_same_line_ends_on_every_system() -> None:
    """Each text is told to have the line ends of Unix, or to be left alone; so a build from a clone on Windows has the same bytes."""
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = [line.partition("\t")[0].split(None, 2) for line in listed.splitlines()]
    told = Counter(attributes.strip() for kept, _, attributes in rows if kept != "i/-text")
    assert set(told) <= {"attr/text=auto eol=lf", "attr/-text"} and len(told) == 2, told
    assert {kept for kept, _, attributes in rows if "eol=lf" in attributes} <= {"i/lf", "i/none", "i/-text"}
