"""The commands that work on a checkout, but for those that mend or propose."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from normbook.cli.output import find_repo, report, say, site_of, tell
from normbook.cli.report import Found, Since
from normbook.findings.finding import Problem, sort_problems

if TYPE_CHECKING:
    from normbook.workspace.load import Project


def check(args: argparse.Namespace) -> int:
    """Prints every finding, or with --base those that are new; status 1 where one is an error."""
    from normbook.graph.claims import RESTS
    from normbook.workspace.incremental import check_project

    if (repo := find_repo(args)) is None:
        return 2
    site = site_of(repo) if args.format != "text" else ""
    if args.base is None:
        checked = check_project(repo, args.fresh)
        found = Found(checked.problems, site)
    else:
        from normbook.workspace.incremental import checked_whole
        from normbook.workspace.load import load_project

        checked = checked_whole(project := load_project(repo))
        found = _since(project, args.base, site)
    status = report(found, args.format)
    aside = sys.stdout if args.format == "text" else sys.stderr
    if args.count:
        total = checked.claims()
        print("\n".join(f"claims {said}: {total[rest]}" for rest, said in RESTS.items()), file=aside)
    if not status:
        said = f"checked {checked.records} records, {checked.corrections} correction files and {checked.seeds} seeds"
        print(f"{said}: {'nothing new is wrong' if args.base else 'sound'}", file=aside)
    return status


def _since(project: Project, revision: str, site: str) -> Found:
    """What a change brings over a revision, with the patch of what it leaves stale; what stands in the way where it cannot be told."""
    from normbook.workspace.baseline import STALE, patch, since

    problems: list[Problem] = []
    change = since(project, revision, problems)
    if change is None:
        return Found(sort_problems(problems), site)
    stale = any(problem.code in STALE for problem in change.new)
    return Found(change.new, site, Since(revision, change.mended, change.standing), patch(project) if stale else "")


def derive(args: argparse.Namespace) -> int:
    """Writes the derived texts that are stale."""
    from normbook.workspace.load import load_project
    from normbook.workspace.pipeline import derive

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    if status := tell(project.problems):
        return status
    for path in derive(project):
        print(f"wrote {repo.relative(path)}")
    return 0


def editor(args: argparse.Namespace) -> int:
    """Writes what lets an editor complete the ids of records."""
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
    """Checks, then builds the site; says so where that took out bulk forms, which are of an earlier state then."""
    from normbook.workspace.export_state import forms_in_place
    from normbook.workspace.run_build import build_checked

    if (repo := find_repo(args)) is None:
        return 2
    told = say if args.format == "text" else partial(say, stream=sys.stderr)
    findings = tell if args.format == "text" else lambda problems: report(Found(sort_problems(problems), site_of(repo)), args.format)
    before = forms_in_place(repo)
    status = build_checked(repo, findings, told, args.csp_meta, args.releases)
    if before > forms_in_place(repo):
        told("the bulk forms were of an earlier state and are gone; «normbook export» makes them anew")
    return status


def release(args: argparse.Namespace) -> int:
    """Makes a release, or one of them again."""
    from normbook.workspace.release.release import again, release

    if (repo := find_repo(args)) is None:
        return 2
    return again(repo, args.version, say) if args.again else release(repo, args.version, args.dry_run, tell, say)


def export(args: argparse.Namespace) -> int:
    """Builds what changed, then writes the bulk forms and names them in the manifest and on the data page."""
    import time

    from normbook.workspace.errors import BuildError
    from normbook.workspace.export import export
    from normbook.workspace.run_build import build_checked

    if (repo := find_repo(args)) is None:
        return 2
    if status := build_checked(repo, tell, say, policy=args.csp_meta):
        return status
    began = time.perf_counter()
    try:
        made = export(repo, args.csp_meta, lambda path: say(f"  {path}\r"))
    except BuildError as error:
        say(f"not exported: {error}")
        return 1
    say(f"{made.files} data files, {made.bytes / 1e6:.1f} MB, {made.written} written, {time.perf_counter() - began:.1f} s")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Builds, serves, rebuilds on change."""
    from normbook.workspace.server import serve

    if (repo := find_repo(args)) is None:
        return 2
    return serve(repo, args.port, tell, say)
