"""Makes a release: its contract is frozen in releases/, and its site in one archive with an address of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from normbook.findings.finding import Problem
from normbook.records.contract.contract import Contract, Version, as_json, next_version, read_version, required_rank
from normbook.site.chrome import FrameError
from normbook.site.pages.versions import UnknownPageError
from normbook.site.prose.changes import describe_changes
from normbook.site.prose.text import plain
from normbook.workspace.build import build
from normbook.workspace.build_date import source_date
from normbook.workspace.diff import differ
from normbook.workspace.errors import BuildError
from normbook.workspace.files import replace_folder, write
from normbook.workspace.git import added_by, uncommitted
from normbook.workspace.load import Project, load_project
from normbook.workspace.pipeline import check
from normbook.workspace.release.archive import archive_of, pack
from normbook.workspace.release.contracts import compared, contracts, data_version, present
from normbook.workspace.repo import Repo

PROMISES = frozenset({"N731", "N732", "N733", "N734", "N735", "N736", "N737", "N738"})  # checked against the requested version instead
Report = Callable[[Sequence[Problem]], int]
Say = Callable[[str], None]


class RefusedError(RuntimeError):
    """A release that cannot be made; the message says why and what to do."""


def release(repo: Repo, wanted: str, dry: bool, report: Report, say: Say) -> int:
    """Makes a release and returns the exit status. Nothing is written to releases/ until everything is ready; a dry run writes nothing."""
    project = load_project(repo)
    problems = [each for each in check(project) if each.code not in PROMISES]
    if status := report(problems):
        say("not released: fix the errors above first")
        return status
    try:
        version, last = _version(project, wanted)
        if not dry:
            _must_be_clean(repo, version)
        changes = _changes(project, last)
        say(f"release {version}: {len(project.records)} records, after {last.version if last else 'none'}")
        for depth, text in changes:
            say("  " * depth + text)
        if dry:
            say("dry run: nothing was written")
            return 0
        return _freeze(project, version, last, changes, say)
    except (RefusedError, BuildError, FrameError, UnknownPageError) as error:
        say(f"not released: {error}")
        return 1


def _version(project: Project, wanted: str) -> tuple[Version, Contract | None]:
    """The version to be released and the contract of the last release. Raises RefusedError for one that exists or is too small."""
    done = contracts(project.repo, [])
    last = done[-1] if done else None
    version = read_version(wanted) if wanted else data_version(project.repo)
    if version is None:
        raise RefusedError(f"{wanted!r} is not a version: write three numbers, such as 0.2.0")
    if any(each.version == version for each in done):
        raise RefusedError(f"the release {version} already exists (releases/{version}/): choose a later version, in releases/VERSION or with `normbook release VERSION`")  # fmt: skip
    if last:
        _must_suffice(version, last, compared(project, last, present(project, addresses=last.addresses)))
    return version, last


def _must_suffice(version: Version, last: Contract, found: Sequence[Any]) -> None:
    least = next_version(last.version, required_rank(found))
    if version < least:
        why = [each.words for each in found if each.breaks] or [each.words for each in found] or ["a release follows the last one"]
        more = f"; and {len(why) - 5} more" if len(why) > 5 else ""
        raise RefusedError(f"{version} is too small after {last.version}: {'; '.join(why[:5])}{more}. {least} or later is needed")


def _must_be_clean(repo: Repo, version: Version) -> None:
    if (paths := uncommitted(repo)) is None:
        raise RefusedError("not in a git repository: a release is made from a commit")
    if paths == [repo.relative(repo.version)] and repo.version.read_text("utf-8") == f"{version}\n":
        return  # written by an interrupted release, or by a person who prepares one
    if paths:
        raise RefusedError(f"uncommitted changes ({', '.join(paths[:3])}): commit them, or try with --dry-run")


def _changes(project: Project, last: Contract | None) -> list[tuple[int, str]]:
    """The changes of published claims since the last release, as lines with their depth."""
    if last is None:
        return [(1, f"The first release: {len(project.records)} records.")]
    folder = f"releases/{last.version}/contract.json"
    commit = added_by(project.repo, folder)
    if commit is None:
        raise RefusedError(f"no commit added {folder}, so the changes since {last.version} are unknown: run this in a clone with the full history")  # fmt: skip
    problems: list[Problem] = []
    found = differ(project.repo, commit, problems)
    if found is None:
        raise RefusedError("; ".join(each.message for each in problems))
    lines = ((each.depth, plain([each._replace(depth=1)]).strip()) for each in describe_changes(*found))
    return [(depth, text if depth else text[:1].upper() + text[1:]) for depth, text in lines]


def _freeze(project: Project, version: Version, last: Contract | None, changes: list[tuple[int, str]], say: Say) -> int:
    repo = Repo(project.repo.root, str(version))
    day = datetime.fromtimestamp(source_date(repo), UTC).strftime("%Y-%m-%d")
    write(repo.archives / f"changes-{version}.json", json.dumps(changes, ensure_ascii=False, indent=1) + "\n")
    built = build(replace(project, repo=repo))
    now = replace(present(project, day, built.addresses), version=version)
    if last:
        _must_suffice(version, last, compared(project, last, now))
    packed = pack(repo, day)
    frozen_contract = {**as_json(now), "epoch": source_date(repo), "site": packed._asdict()}
    target = repo.releases / str(version)
    with replace_folder(target) as part:
        for name, schema in now.schemas.items():
            write(part / "schema" / f"{name}.schema.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
        write(part / "changes.json", json.dumps(changes, ensure_ascii=False, indent=1) + "\n")
        write(part / "contract.json", json.dumps(frozen_contract, ensure_ascii=False, indent=1) + "\n")
        write(repo.version, f"{version}\n")
    say(f"wrote {repo.relative(target)}/ and {repo.relative(archive_of(repo, str(version)))}: {packed.files} files, sha256 {packed.sha256}")
    say(f"next: commit releases/VERSION and releases/{version}/, tag the commit v{version}, push the tag")
    return 0


def again(repo: Repo, wanted: str, say: Say) -> int:
    """Rebuilds the archive of a release from its commit; returns 0 if its digest is as recorded, else 1."""
    found = {str(each.version): each for each in contracts(repo, [])}.get(wanted)
    if found is None:
        say(f"no release {wanted!r} in releases/")
        return 1
    of_release = Repo(repo.root, wanted)
    try:
        build(replace(load_project(repo), repo=of_release))
        packed = pack(of_release, found.day)
    except (BuildError, FrameError, UnknownPageError) as error:
        say(f"not built: {error}")
        return 1
    same = packed.sha256 == found.site
    say(f"{repo.relative(archive_of(repo, wanted))}: {packed.files} files, sha256 {packed.sha256}, {'as recorded' if same else f'not as recorded ({found.site})'}")  # fmt: skip
    return int(not same)
