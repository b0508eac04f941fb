"""What git knows of each file: the commits that changed it."""

from __future__ import annotations

import subprocess

from normbook.site.context import Change, History
from normbook.workspace.repo import Repo


def read_history(repo: Repo) -> History:
    """The latest changes of every file under data/, by path; or why there are none: no git, or a clone that was cut off."""
    if _git(repo, "rev-parse", "--show-prefix") != "\n":
        return History({}, "no-git")
    if _git(repo, "rev-parse", "--is-shallow-repository") != "false\n":
        return History({}, "shallow")
    found: dict[str, list[Change]] = {}
    for block in _git(repo, "log", "--format=%x1e%H%x1f%cs%x1f%s", "--name-only", "--no-renames", "--", "data").split("\x1e")[1:]:
        head, *paths = block.split("\n")
        commit, day, subject = head.split("\x1f")
        for path in filter(None, paths):
            found.setdefault(path, []).append(Change(commit, day, subject))
    return History({path: tuple(changes) for path, changes in found.items()}, "")


def is_tagged(repo: Repo, version: str) -> bool:
    """Whether a release has been published: its commit is tagged v<version>."""
    return bool(_git(repo, "tag", "--list", f"v{version}").strip())


def uncommitted(repo: Repo) -> list[str] | None:
    """The paths that the work tree holds other than the last commit; None where there is no repository."""
    if _git(repo, "rev-parse", "--git-dir") == "":
        return None
    return [line[3:] for line in _git(repo, "status", "--porcelain").splitlines()]


def added_by(repo: Repo, path: str) -> str | None:
    """The commit that first brought a file, None where git knows of none."""
    commits = _git(repo, "log", "--diff-filter=A", "--format=%H", "--", path).split()
    return commits[-1] if commits else None


def _git(repo: Repo, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", str(repo.root), "-c", "core.quotepath=off", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return ran.stdout if ran.returncode == 0 else ""
