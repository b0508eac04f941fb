"""The commands for a whole project: check, derive, editor, build, release, export, serve."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from normbook.cli.output import find_repo, print_findings, print_line, print_report, site_of
from normbook.cli.report import CheckResult, Comparison
from normbook.findings.finding import Problem, sort_problems

if TYPE_CHECKING:
    from normbook.workspace.load import Project


def check(args: argparse.Namespace) -> int:
    """Prints all findings, or with --base the new ones; status 1 if one of them is an error."""
    from normbook.graph.claims import SUPPORT
    from normbook.workspace.incremental import check_project

    if (repo := find_repo(args)) is None:
        return 2
    site = site_of(repo) if args.format != "text" else ""
    if args.base is None:
        checked = check_project(repo, args.fresh)
        result = CheckResult(checked.problems, site)
    else:
        from normbook.workspace.incremental import checked_whole
        from normbook.workspace.load import load_project

        checked = checked_whole(project := load_project(repo))
        result = _since(project, args.base, site)
    status = print_report(result, args.format)
    stream = sys.stdout if args.format == "text" else sys.stderr
    if args.count:
        counts = checked.claims()
        print("\n".join(f"claims {words}: {counts[support]}" for support, words in SUPPORT.items()), file=stream)
    if not status:
        summary = f"checked {checked.records} records, {checked.corrections} correction files and {checked.seeds} seeds"
        print(f"{summary}: passed", file=stream)
    return status


def _since(project: Project, revision: str, site: str) -> CheckResult:
    """The new findings since a revision, with a patch for stale texts; or the findings that explain why there is no comparison."""
    from normbook.workspace.baseline import STALE, patch, since

    problems: list[Problem] = []
    comparison = since(project, revision, problems)
    if comparison is None:
        return CheckResult(sort_problems(problems), site)
    stale = any(problem.code in STALE for problem in comparison.new)
    return CheckResult(comparison.new, site, Comparison(revision, comparison.fixed, comparison.existing), patch(project) if stale else "")


def derive(args: argparse.Namespace) -> int:
    """Writes the stale derived texts."""
    from normbook.workspace.load import load_project
    from normbook.workspace.pipeline import derive

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    if status := print_findings(project.problems):
        return status
    for path in derive(project):
        print(f"wrote {repo.relative(path)}")
    return 0


def editor(args: argparse.Namespace) -> int:
    """Writes the files that let an editor complete record ids."""
    from normbook.workspace.editor import write_editor
    from normbook.workspace.load import load_project

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    for path in write_editor(project):
        print(f"wrote {repo.relative(path)}")
    print(f"{len(project.records)} ids; VS Code completes them from .vscode/, other editors from build/editor/")
    return 0


def build(args: argparse.Namespace) -> int:
    """Checks, then builds the site; prints a note if stale bulk data was removed."""
    from normbook.workspace.export_state import forms_in_place
    from normbook.workspace.run_build import build_checked

    if (repo := find_repo(args)) is None:
        return 2
    if args.engine == "dask" and find_spec("distributed") is None:
        print("distributed is not installed: pip install 'normbook[dask]'", file=sys.stderr)
        return 2
    print_progress = print_line if args.format == "text" else partial(print_line, stream=sys.stderr)
    print_result = (
        print_findings
        if args.format == "text"
        else lambda problems: print_report(CheckResult(sort_problems(problems), site_of(repo)), args.format)
    )
    before = forms_in_place(repo)
    status = build_checked(
        repo, print_result, print_progress, args.csp_meta, args.releases, frozenset(args.without), args.engine, args.address
    )
    if before > forms_in_place(repo):
        print_progress("removed stale bulk data; run `normbook export` to write it again")
    return status


def release(args: argparse.Namespace) -> int:
    """Makes a release, or rebuilds an earlier one."""
    from normbook.workspace.release.release import again, release

    if (repo := find_repo(args)) is None:
        return 2
    return again(repo, args.version, print_line) if args.again else release(repo, args.version, args.dry_run, print_findings, print_line)


def export(args: argparse.Namespace) -> int:
    """Builds the site, then writes the bulk data and lists it in the manifest and on the data page."""
    import time

    from normbook.workspace.errors import BuildError
    from normbook.workspace.export import export
    from normbook.workspace.run_build import build_checked

    if (repo := find_repo(args)) is None:
        return 2
    if status := build_checked(repo, print_findings, print_line, policy=args.csp_meta):
        return status
    started = time.perf_counter()
    try:
        exported = export(repo, args.csp_meta, lambda path: print_line(f"  {path}\r"))
    except BuildError as error:
        print_line(f"not exported: {error}")
        return 1
    print_line(
        f"{exported.files} data files, {exported.bytes / 1e6:.1f} MB, {exported.written} written, {time.perf_counter() - started:.1f} s"
    )
    return 0


def serve(args: argparse.Namespace) -> int:
    """Builds and serves the site, and rebuilds it on changes."""
    from normbook.workspace.server import serve

    if (repo := find_repo(args)) is None:
        return 2
    return serve(repo, args.port, print_findings, print_line)
