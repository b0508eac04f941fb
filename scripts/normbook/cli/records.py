"""The commands of somebody who works on a record: fix, new, show, diff."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from normbook.cli.output import find_repo, tell
from normbook.findings.finding import Problem
from normbook.site.prose.terminal import visible

WIDTH = 100  # columns where no terminal says how wide it is


def fix(args: argparse.Namespace) -> int:
    """Mends records where that is beyond doubt; status 1 while something is left to write or cannot be read."""
    from normbook.workspace.files import write
    from normbook.workspace.fix import difference, fix, fix_derived

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    found = fix(repo, args.names, problems)
    if not args.names:
        found += fix_derived(repo, found)
    for each in found:
        name = repo.relative(each.path)
        for repair in each.repairs:
            print(visible(f"{name}:{repair.line}:{repair.column}: {repair.reason}"))
        for repair in each.left:
            print(visible(f"{name}:{repair.line}:{repair.column}: left alone, since it is not sure: {repair.reason}"))
        if args.diff and each.old != each.new:
            print(visible(difference(repo, each)))
        if args.write and each.old != each.new:
            write(each.path, each.new.encode("utf-8", "surrogateescape"))
    status = tell(problems)
    repairs, files = sum(len(each.repairs) for each in found), sum(each.old != each.new for each in found)
    if not repairs:
        if not status:
            print("nothing to mend")
        return status
    done = "made" if args.write else "to be made; «normbook fix --write» makes them"
    print(f"{repairs} repair{'s' * (repairs != 1)} in {files} file{'s' * (files != 1)} {done}")
    return status or int(not args.write)


def new(args: argparse.Namespace) -> int:
    """Writes a new record, marked where a person has to fill it in."""
    from normbook.workspace.files import write
    from normbook.workspace.load import load_project
    from normbook.workspace.new import new

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    given = [("title", args.title)] if args.title is not None else []
    for each in args.set:
        path, sign, value = each.partition("=")
        given.append((path, value))
        if not sign:
            problems.append(Problem("<command>", 0, 0, "N202", f"--set {each!r} gives no value", "write --set key=value"))
    made = None if problems else new(load_project(repo), args.type, args.id, given, problems)
    if made is None:
        return tell(problems)
    name = repo.relative(made.path)
    if args.dry_run:
        print(made.text, end="")
        return 0
    write(made.path, made.text)
    print(f"wrote {name}, a draft")
    if made.lines:
        print(f"fill in the lines {', '.join(map(str, made.lines))}; then run «normbook check»")
    return 0


def show(args: argparse.Namespace) -> int:
    """Prints a record with its evidence and its links; an id that moved tells where it went."""
    from normbook.graph.graph import link
    from normbook.site.prose.record import Shown, as_object, as_rows
    from normbook.workspace.load import load_project
    from normbook.workspace.new import moved_to, unknown

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    ids = moved_to(project, args.id)
    if not ids or any(id not in project.records for id in ids):
        return tell(unknown(project, args.id))
    graph = link(project.records, project.schemas)
    shown = [Shown(project.records[id], graph, project.readings, project.schemas) for id in ids]
    if args.json:
        found = [as_object(each) for each in shown]
        print(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=True, indent=1))
        return 0
    rows = [] if ids == [args.id] else [f"{args.id} moved to {', '.join(ids)}", ""]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    for number, each in enumerate(shown):
        rows += [*([""] if number else []), *as_rows(each, width)]
    for row in rows:
        coding = sys.stdout.encoding or "ascii"
        print(row.encode(coding, "backslashreplace").decode(coding))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Says which published claims are other than at a revision."""
    from normbook.site.prose.changes import tell_changes
    from normbook.site.prose.text import markdown, plain
    from normbook.workspace.diff import differ

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    found = differ(repo, args.revision, problems)
    if found is None:
        return tell(problems)
    if args.json:
        print(json.dumps(_as_json(found), ensure_ascii=True, indent=1))
    else:
        told = tell_changes(*found)
        print((markdown if args.markdown else plain)(told), end="")
    return tell(problems)


def _as_json(value: Any) -> Any:
    """Values, named tuples and dataclasses as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _as_json(inner) for key, inner in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: _as_json(inner) for key, inner in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, (list, tuple)) else value
