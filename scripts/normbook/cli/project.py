"""The commands that work on a checkout, but for those that mend."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from normbook.cli.found import Found, Since
from normbook.cli.tell import find_repo, report, say, site_of, tell
from normbook.problems import Problem, sort_problems, visible

if TYPE_CHECKING:
    from normbook.pipeline.load import Project


def extract(args: argparse.Namespace) -> int:
    """Proposes drafts for what the seeds hold and data/ lacks."""
    from normbook.pipeline import draft, missing_drafts
    from normbook.pipeline.files import write

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    drafts = draft(repo, problems)
    missing = missing_drafts(repo, drafts)
    for path, text in missing.items():
        if args.write:
            write(path, text)
        print(f"{'wrote' if args.write else 'would write'} {repo.relative(path)}")
    kinds = Counter(each.type for each in drafts.records)
    print(
        f"proposed: {', '.join(f'{count} {kind}' for kind, count in kinds.items()) or 'nothing'}; {len(missing)} of them have no file yet"
    )
    for source, eid, declared, found in drafts.lists:
        agrees = "no number declared" if declared is None else f"{declared} declared" + ("" if declared == found else ": they differ")
        print(f"{source} {eid}: {found} items found, {agrees}")
    for source, count in drafts.unplaced.items():
        print(f"{source}: {count} sentences that no draft cites")
    return tell(problems)


def check(args: argparse.Namespace) -> int:
    """Prints every finding, or with --base those that are new; status 1 where one is an error."""
    from normbook.pipeline.recheck import check_project

    if (repo := find_repo(args)) is None:
        return 2
    site = site_of(repo) if args.format != "text" else ""
    if args.base is None:
        checked = check_project(repo, args.fresh)
        found = Found(checked.problems, site)
    else:
        from normbook.pipeline.judging import checked_whole
        from normbook.pipeline.load import load_project

        checked = checked_whole(project := load_project(repo))
        found = _since(project, args.base, site)
    status = report(found, args.format)
    aside = sys.stdout if args.format == "text" else sys.stderr
    if args.count:
        total = checked.claims()
        print(
            f"claims borne by quotation: {total['quotation']}\nclaims borne by outside evidence: {total['outside']}\nclaims borne by none: {total['none']}",
            file=aside,
        )
    if not status:
        said = f"checked {checked.records} records, {checked.corrections} correction files and {checked.seeds} seeds"
        print(f"{said}: {'nothing new is wrong' if args.base else 'sound'}", file=aside)
    return status


def _since(project: Project, revision: str, site: str) -> Found:
    """What a change brings over a revision, with the patch of what it leaves stale; what stands in the way where it cannot be told."""
    from normbook.pipeline.base import STALE, patch, since

    problems: list[Problem] = []
    change = since(project, revision, problems)
    if change is None:
        return Found(sort_problems(problems), site)
    stale = any(problem.code in STALE for problem in change.new)
    return Found(change.new, site, Since(revision, change.mended, change.standing), patch(project) if stale else "")


def derive(args: argparse.Namespace) -> int:
    """Writes the derived texts that are stale."""
    from normbook.pipeline import derive
    from normbook.pipeline.load import load_project

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
    from normbook.pipeline.editor import write_editor
    from normbook.pipeline.load import load_project

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    for path in write_editor(project):
        print(f"wrote {repo.relative(path)}")
    print(f"{len(project.records)} ids; VS Code completes them from .vscode/, other editors from build/editor/")
    return 0


def build(args: argparse.Namespace) -> int:
    """Checks, then builds the site."""
    from normbook.pipeline.run import build_checked

    if (repo := find_repo(args)) is None:
        return 2
    if args.format == "text":
        return build_checked(repo, tell, say, policy=args.csp_meta, releases=args.releases)
    told = partial(say, stream=sys.stderr)
    return build_checked(
        repo, lambda problems: report(Found(sort_problems(problems), site_of(repo)), args.format), told, args.csp_meta, args.releases
    )


def release(args: argparse.Namespace) -> int:
    """Makes a release, or one of them again."""
    from normbook.pipeline.release import again, release

    if (repo := find_repo(args)) is None:
        return 2
    return again(repo, args.version, say) if args.again else release(repo, args.version, args.dry_run, tell, say)


def export(args: argparse.Namespace) -> int:
    """Builds what changed, then writes the bulk forms and names them in the manifest and on the data page."""
    import time

    from normbook.pipeline.errors import BuildError
    from normbook.pipeline.export import export
    from normbook.pipeline.run import build_checked

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
    from normbook.pipeline.serve import serve

    if (repo := find_repo(args)) is None:
        return 2
    return serve(repo, args.port, tell, say)


def ingest(args: argparse.Namespace) -> int:
    """Takes in a received document; what is not given and cannot be read is asked for at a terminal."""
    from normbook.pipeline.files import write
    from normbook.pipeline.ingest import Given, is_begun
    from normbook.pipeline.ingest import ingest as take_in
    from normbook.pipeline.load import load_project

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    begun = is_begun(project, args.file)  # then what is unfinished is its own: the unlisted seed, drafts that a person has yet to fill in
    if status := tell([each for each in project.problems if not begun or not (each.code == "N703" or each.path.startswith("data/"))]):
        return status
    asked = sys.stdin.isatty()
    url = args.url or (_ask("the address where the copy was found") if asked else None)
    publisher = args.publisher or (_ask("who published it") if asked else None)
    given = Given(url, publisher, args.date, args.encoding, date.today())
    problems: list[Problem] = []
    try:
        taken = take_in(project, args.file, given, problems)
    except LookupError as error:
        problems.append(Problem(str(args.file), 0, 0, "N706", f"{error}", "give an encoding that Python knows, for instance gb18030"))
        taken = None
    if taken is None:
        return tell(problems)
    for path, content in taken.files.items():
        if not args.dry_run:
            write(path, content)
        print(f"{'would write' if args.dry_run else 'wrote'} {repo.relative(path)}")
    for name, keys in taken.missing.items():
        if keys:
            print(f"{name}: to be filled in by a person: {', '.join(keys)}")
    print(f"{taken.id} belongs to:" if taken.belongs else f"{taken.id}: no known event or initiative is like it")
    for each in taken.belongs:
        print(f"  {each.type} {each.id}: {visible(each.reason)}")
    if not args.dry_run:
        print("look at the drafts, then run «normbook check»; a draft is published by a person only")
    return 0


def _ask(what: str) -> str | None:
    """What a person types, None for nothing."""
    try:
        return input(f"{what} (empty: not known): ").strip() or None
    except EOFError:
        return None


def suggest(args: argparse.Namespace) -> int:
    """Proposes corrections; with --write they are kept for a person to decide on."""
    from normbook.pipeline.files import write
    from normbook.pipeline.load import load_project
    from normbook.pipeline.suggestions import proposed, written

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    if status := tell(project.problems):
        return status
    unknown = [id for id in args.sources if id not in project.readings]
    if unknown:
        return tell(
            [
                Problem("<command>", 0, 0, "N709", f"there is no source {id!r}", f"name one of: {', '.join(sorted(project.readings))}")
                for id in unknown
            ]
        )
    total = 0
    for id in args.sources or sorted(project.readings):
        found = proposed(project, id)
        total += len(found)
        for each in found:
            line = project.readings[id].cleaned.text.count("\n", 0, each.start) + 1
            print(
                f"{id} line {line}: “{visible(each.anchor.exact)}” -> “{visible(each.replacement)}” ({each.category}, certainty {each.certainty})\n    {visible(each.reason)}"
            )
        if found and args.write:
            path, text = written(project, id, found)
            write(path, text)
            print(f"wrote {repo.relative(path)}")
    print(f"{total} suggestions; none is applied before a person sets its decision to accepted")
    return 0
