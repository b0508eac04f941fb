"""Reads from git: earlier revisions of the project, the history of its files, tags."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from normbook.findings.finding import Problem
from normbook.workspace.repo import Repo

if TYPE_CHECKING:
    from normbook.site.context import Change, History

PARTS = ("seeds", "schema", "data", "mkdocs.yml")
MOST_BYTES = 512 * 1024 * 1024  # total size in bytes; a larger revision is not unpacked at all
NEEDED = ("schema", "mkdocs.yml")
FOREIGN = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
)  # set by hooks for their own repository, which may be a different one


@dataclass(frozen=True)
class Blob:
    """A regular file of a revision: the git object, its size in bytes, its path relative to the project's root."""

    object: str
    size: int
    path: str


def fork_point(repo: Repo, revision: str, problems: list[Problem]) -> str | None:
    """The commit at which the checkout branched off `revision`, so that later commits of `revision` do not count as changes: 40 hex digits,
    or `revision` itself if it names that commit. None, with a finding (N711 to N714), if there is none.
    """
    commit = resolve(repo, revision, problems)
    if commit is None:
        return None
    changes_by_path = _git(repo, "merge-base", commit, "HEAD").stdout.decode().split()
    if changes_by_path:
        return revision if changes_by_path[0] == commit else changes_by_path[0]
    if _git(repo, "rev-parse", "--is-shallow-repository").stdout == b"true\n":
        problems.append(_shallow(revision, "the clone is shallow and lacks the commit at which they branched"))
    else:
        problems.append(
            _finding("N713", f"the revision {revision!r} has no history in common with this checkout", "choose another revision")
        )
    return None


def resolve(repo: Repo, revision: str, problems: list[Problem]) -> str | None:
    """The commit (40 hex digits) of a revision, or None with a finding: no git (N711), no repository (N712), unknown (N713), shallow clone (N714)."""
    try:
        inside = _git(repo, "rev-parse", "--is-inside-work-tree")
    except FileNotFoundError:
        problems.append(_finding("N711", "git is not installed, so no earlier revision can be read", "install git"))
        return None
    if inside.returncode:
        reason_given = (inside.stderr.decode("utf-8", "replace").strip().splitlines() or ["git gave no reason"])[0]
        hint = "run this in a clone of the repository, not in an unpacked archive"
        reason = "" if "not a git repository" in reason_given else f": {reason_given}"
        problems.append(_finding("N712", f"not in a git repository{reason}", hint))
        return None
    asked = _git(repo, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if asked.returncode == 0 and revision.isprintable():
        return asked.stdout.decode().strip()
    if _git(repo, "rev-parse", "--is-shallow-repository").stdout == b"true\n":
        problems.append(_shallow(revision, "the clone is shallow and lacks it"))
    else:
        hint = "list the names with `git branch --all` and `git tag`; `git fetch origin` fetches those of the remote"
        problems.append(_finding("N713", f"unknown revision {revision!r}", hint))
    return None


def at_revision(repo: Repo, revision: str, folder: Path, problems: list[Problem]) -> Repo | None:
    """The project at `revision`: its seeds/, schema/, data/ and mkdocs.yml, unpacked into `folder`; None with a finding.

    1. The work tree, the index and the refs are only read; hooks, filters and remotes are not used.
    2. Only regular files are written, all of them inside `folder`: links and submodules are left out.
    3. Findings: those of `resolve`, no project at that revision (N715), unsafe to unpack (N716).
    """
    commit = resolve(repo, revision, problems)
    if commit is None:
        return None
    try:
        blobs = list(_blobs(repo, commit))
        if lacking := [part for part in NEEDED if not any(blob.path.split("/")[0] == part for blob in blobs)]:
            reason = f"expected a project at the revision {revision!r}: it lacks {' and '.join(lacking)}"
            problems.append(_finding("N715", reason, "choose a later one"))
            return None
        if reason := _refused(blobs, folder):
            problems.append(
                _finding("N716", f"the revision {revision!r} is not safe to unpack: it contains {reason}", "choose another revision")
            )
            return None
        _unpack(repo, blobs, folder)
    except OSError as error:
        problems.append(_finding("N716", f"the revision {revision!r} cannot be unpacked: {error}", "run `git fsck`, and check the disk"))
        return None
    return Repo(folder)


def _blobs(repo: Repo, commit: str) -> Iterator[Blob]:
    """The regular files of the project at a commit, with paths relative to the project's root, which may be a folder of the repository."""
    listed = _git(repo, "ls-tree", "-r", "-z", "-l", commit, "--", *PARTS)
    if listed.returncode:
        raise OSError(listed.stderr.decode("utf-8", "replace").strip())
    for row in listed.stdout.split(b"\0")[:-1]:
        head, _, path = row.partition(b"\t")
        mode, kind, name, size = head.decode().split()
        if kind == "blob" and mode.startswith("100"):
            if not size.isdigit():
                raise OSError(f"git lacks {os.fsdecode(path)} ({name})")
            yield Blob(name, int(size), os.fsdecode(path))


def _refused(blobs: list[Blob], folder: Path) -> str:
    """Why the files must not be written: a path outside the folder, or too many bytes. Empty if they may."""
    for blob in blobs:
        if {".git", ".."} & set(blob.path.split("/")) or not Path(os.path.normpath(folder / blob.path)).is_relative_to(folder):
            return f"the path {blob.path!r}"
    total = sum(blob.size for blob in blobs)
    return f"{total:,} bytes, more than {MOST_BYTES:,}" if total > MOST_BYTES else ""


def _unpack(repo: Repo, blobs: list[Blob], folder: Path) -> None:
    """Writes the files, read by one `git cat-file --batch`. It reads the names from a file, so that there is no deadlock between two pipes."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{blob.object}\n" for blob in blobs).encode())
        asked.seek(0)
        command = [*_command(repo), "cat-file", "--batch"]
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, env=_environment()) as running:  # noqa: S603
            assert running.stdout is not None
            for blob in blobs:
                head = running.stdout.readline().split()
                if len(head) != 3:
                    raise OSError(f"git cannot read {blob.path} ({blob.object})")
                path = folder / blob.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(running.stdout.read(int(head[2])))
                running.stdout.read(1)


def _git(repo: Repo, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_command(repo), *arguments], capture_output=True, check=False, env=_environment())  # noqa: S603


def _command(repo: Repo) -> list[str]:
    return ["git", "--no-replace-objects", "-C", str(repo.root), "-c", "core.quotepath=off", "-c", "core.fsmonitor=false"]


def _environment() -> dict[str, str]:
    """The environment for git: no prompts, no fetching, messages in English."""
    inherited = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return {**inherited, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def _shallow(revision: str, reason: str) -> Problem:
    return _finding(
        "N714", f"the revision {revision!r} cannot be read: {reason}", "run `git fetch --unshallow`, or clone with the full history"
    )


def _finding(code: str, message: str, hint: str) -> Problem:
    return Problem("<command>", 0, 0, code, message, hint)


def read_history(repo: Repo) -> History:
    """The changes of every file under data/, by path; or the reason why there are none: no git, or a shallow clone."""
    from normbook.site.context import Change, History

    if _log(repo, "rev-parse", "--show-prefix") != "\n":
        return History({}, "no-git")
    if _log(repo, "rev-parse", "--is-shallow-repository") != "false\n":
        return History({}, "shallow")
    changes_by_path: dict[str, list[Change]] = {}
    for block in _log(repo, "log", "--format=%x1e%H%x1f%cs%x1f%ct%x1f%s", "--name-only", "--no-renames", "--", "data").split("\x1e")[1:]:
        head, *paths = block.split("\n")
        commit, day, seconds, subject = head.split("\x1f")
        time = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for path in filter(None, paths):
            changes_by_path.setdefault(path, []).append(Change(commit, day, subject, time))
    return History({path: tuple(changes) for path, changes in changes_by_path.items()}, "")


def day_of(repo: Repo) -> str:
    """The day of what is checked out (ISO): that of the last commit, or today where data/ holds what is not committed or there is no git."""
    committed = _log(repo, "log", "-1", "--format=%cs").strip()
    today = date.today().isoformat()
    if not committed or _log(repo, "--no-optional-locks", "status", "--porcelain", "--untracked-files=all", "--", "data"):
        return max(today, committed)
    return committed


def authors(repo: Repo, path: str) -> list[str] | None:
    """Everyone who wrote or helped to write the file at a path; None where git does not know the file, or its history is cut off."""
    if _log(repo, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    names = _log(repo, "log", "--follow", "--format=%aN%n%(trailers:key=Co-authored-by,valueonly)", "--", path).splitlines()
    return sorted({name.partition("<")[0].strip() for name in names if name.strip()}) or None


def is_tagged(repo: Repo, version: str) -> bool:
    """Whether a release has been published, that is, whether a tag v<version> exists."""
    return bool(_log(repo, "tag", "--list", f"v{version}").strip())


def uncommitted(repo: Repo) -> list[str] | None:
    """The paths with uncommitted changes; None if there is no repository."""
    if _log(repo, "rev-parse", "--git-dir") == "":
        return None
    return [line[3:] for line in _log(repo, "status", "--porcelain").splitlines()]


def added_by(repo: Repo, path: str) -> str | None:
    """The commit that first added a file; None if there is none."""
    commits = _log(repo, "log", "--diff-filter=A", "--format=%H", "--", path).split()
    return commits[-1] if commits else None


def heritage_ids(repo: Repo, version: str) -> tuple[str, ...]:
    """The Software Heritage identifiers of a release: of its tag (if it is annotated) and of its tree. Git's names of both are these identifiers.

    The release is the commit with the tag `v<version>`, or else the one that added its contract; without either there are none.
    """
    tag = _log(repo, "rev-parse", "--verify", "--quiet", f"refs/tags/v{version}").strip()
    commit = tag or added_by(repo, f"releases/{version}/contract.json")
    tree = _log(repo, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}").strip() if commit else ""
    annotated = tag and _log(repo, "cat-file", "-t", tag).strip() == "tag"
    return (*([f"swh:1:rel:{tag}"] if annotated else []), *([f"swh:1:dir:{tree}"] if tree else []))


def _log(repo: Repo, *arguments: str) -> str:
    ran = subprocess.run(["git", "-C", str(repo.root), "-c", "core.quotepath=off", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return ran.stdout if ran.returncode == 0 else ""
