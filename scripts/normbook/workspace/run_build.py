"""Runs a check, then a build, and reports progress."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from normbook.findings.finding import Problem, is_error
from normbook.workspace.build_date import source_date
from normbook.workspace.build_state import changed_ids, changed_since_build, site_key
from normbook.workspace.errors import BuildError
from normbook.workspace.git import is_tagged
from normbook.workspace.incremental import Run, check_with_cache
from normbook.workspace.load import load_project
from normbook.workspace.release.contracts import contracts, moved_addresses
from normbook.workspace.repo import Repo

if TYPE_CHECKING:
    from normbook.workspace.shards import Engine


class Order(NamedTuple):
    """What a build is asked for, by whom it is followed, and when it began."""

    report: Callable[[Sequence[Problem]], int]
    say: Callable[[str], None]
    policy: bool
    releases: bool
    without: frozenset[str]
    archived: Mapping[str, Path]
    began: float
    engine: str
    address: str | None


def build_checked(
    repo: Repo,
    report: Callable[[Sequence[Problem]], int],
    say: Callable[[str], None],
    policy: bool = False,
    releases: bool = False,
    without: frozenset[str] = frozenset(),
    engine: str = "local",
    address: str | None = None,
) -> int:
    """Builds the site and returns the exit status. A project with errors is not built, and its site stays unchanged.

    `policy` puts the Content Security Policy into every page. `releases` adds the frozen sites in build/releases, for publication: every
    tagged release must be there, and every address of the last release must still exist. `without` names forms of records to leave out, by their ending.
    `engine` is local or dask: what writes the pages in a whole build; `address` is that of a Dask scheduler.
    """
    began = time.perf_counter()
    try:
        archived = _archived(repo, say) if releases else {}
    except BuildError as error:
        say(f"not built: {error}")
        return 1
    run = check_with_cache(repo)
    try:
        return _build(repo, run, Order(report, say, policy, releases, without, archived, began, engine, address))
    finally:
        run.cache.save()


def _build(repo: Repo, run: Run, order: Order) -> int:
    report, say, policy, without, archived, began = order.report, order.say, order.policy, order.without, order.archived, order.began
    problems = run.checked.problems
    notes = changed_since_build(run.changes, site_key(repo, source_date(repo), policy, archived, without)) if run.changes else None
    if run.changes and notes is not None:
        if any(map(is_error, problems)):
            report(problems)
            say("not built: fix the findings above first, or run `normbook check` for all of them")
            return 1
        if problems:
            report(problems)
        pages = written = 0
        if changed_ids(notes):
            from jinja2 import TemplateSyntaxError

            from normbook.site.chrome import FrameError
            from normbook.workspace.build import build_changed

            try:
                built = build_changed(run.changes, notes, policy, without)
            except (BuildError, FrameError, TemplateSyntaxError) as error:
                say(f"not built: {_reason(repo, error)}")
                return 1
            pages, written = built.pages, built.written
        say(f"{pages} changed pages, {written} files written, {time.perf_counter() - began:.2f} s")
        say(f"open {repo.site / 'index.html'}")
        return _put(repo, archived, policy, say)
    return _build_whole(repo, run, order)


def _build_whole(repo: Repo, run: Run, order: Order) -> int:
    """A build of everything: the first one, or after a change of more than records."""
    from jinja2 import TemplateSyntaxError

    from normbook.site.chrome import FrameError
    from normbook.site.i18n import lines_to_add
    from normbook.workspace.build import build
    from normbook.workspace.editor import write_editor

    report, say, policy, releases, without, archived, began, *_ = order
    problems = run.checked.problems
    project = run.project or load_project(repo)
    write_editor(project)
    if status := report(problems):
        say("not built: fix the errors above first")
        return status
    shown = [0.0]

    def progress(stage: str, done: int, of: int) -> None:
        now = time.perf_counter()
        if now - shown[0] > 0.5 and of > 200:
            shown[0] = now
            left = (now - began) / done * (of - done) if done else 0
            say(f"  {stage}: {done} of {of}, about {left:.0f} s left   \r")

    try:
        built = build(project, progress, policy, archived, run.cache, without, _engine(repo, order, len(project.records)))
    except (BuildError, FrameError, TemplateSyntaxError) as error:
        say(f"not built: {_reason(repo, error)}")
        return 1
    for code, words in built.untranslated.items():
        number = "1 entry" if len(words) == 1 else f"{len(words)} entries"
        say(f"{repo.labels.name} lacks {number} for the language {code}; add these lines:")
        say("\n".join(lines_to_add(words, code)))
    say(f"{built.pages} pages, {built.written} files written, {built.removed} removed, {time.perf_counter() - began:.1f} s")
    say(f"open {repo.site / 'index.html'}")
    return _put(repo, archived, policy, say) or (report(moved_addresses(project, built.addresses)) if releases else 0)


def _reason(repo: Repo, error: Exception) -> str:
    """Why there is no build, with the line of a template that cannot be read."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", 0)
    if not name or not line:
        return str(error)
    path = Path(name)
    return f"{repo.relative(path) if path.is_relative_to(repo.root) else path}:{line}: {error.args[0]}"


def _engine(repo: Repo, order: Order, records: int) -> Engine | None:
    """What writes the pages in place of forked processes: Dask if that was asked for; new processes for many records, where a system cannot fork."""
    from normbook.workspace.forks import CAN_FORK
    from normbook.workspace.shards import MANY, Shards, dask, spawned

    shards, jobs = Shards(repo, order.policy, order.without, time.time_ns()), os.cpu_count() or 1
    if order.engine == "dask":
        return partial(dask, shards, jobs, order.address)
    return partial(spawned, shards, jobs) if records > MANY and not CAN_FORK else None


def _archived(repo: Repo, say: Callable[[str], None]) -> dict[str, Path]:
    from normbook.workspace.release.archive import archive_of, archives

    released = {str(each.version): each for each in contracts(repo, [])}
    found = archives(repo, released)
    for version in released.keys() - found.keys():
        if is_tagged(repo, version):
            raise BuildError(f"the release {version} is tagged, but {repo.relative(archive_of(repo, version))} is missing: download it, or rebuild it from the tag with `normbook release {version} --again`")  # fmt: skip
        say(f"the release {version} is not tagged yet: its frozen site is left out")
    return found


def _put(repo: Repo, archived: Mapping[str, Path], policy: bool, say: Callable[[str], None]) -> int:
    for version in archived:
        from normbook.workspace.release.archive import unpack

        say(
            f"frozen: {repo.site / 'releases' / version / 'index.html'}, {unpack(repo, {version: archived[version]}, policy)} files written"
        )
    return 0
