"""The commands for single records: fix, new, show, diff."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from normbook.cli.output import find_repo, print_findings
from normbook.findings.finding import Problem
from normbook.site.prose.terminal import visible

DEFAULT_WIDTH = 100  # columns, if the output is not a terminal


def fix(args: argparse.Namespace) -> int:
    """Repairs records where only one repair is possible; status 1 if repairs are not written yet or a file is unreadable."""
    from normbook.workspace.files import write
    from normbook.workspace.fix import difference, fix, fix_derived

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    fixed_files = fix(repo, args.names, problems)
    if not args.names:
        fixed_files += fix_derived(repo, fixed_files)
    for file in fixed_files:
        name = repo.relative(file.path)
        for repair in file.repairs:
            print(visible(f"{name}:{repair.line}:{repair.column}: {repair.reason}"))
        for repair in file.left:
            print(visible(f"{name}:{repair.line}:{repair.column}: skipped, not safe: {repair.reason}"))
        if args.diff and file.old != file.new:
            print(visible(difference(repo, file)))
        if args.write and file.old != file.new:
            write(file.path, file.new.encode("utf-8", "surrogateescape"))
    status = print_findings(problems)
    repairs, files = sum(len(file.repairs) for file in fixed_files), sum(file.old != file.new for file in fixed_files)
    if not repairs:
        if not status:
            print("nothing to fix")
        return status
    outcome = "written" if args.write else "found; run `normbook fix --write` to apply them"
    print(f"{repairs} repair{'s' * (repairs != 1)} in {files} file{'s' * (files != 1)} {outcome}")
    return status or int(not args.write)


def new(args: argparse.Namespace) -> int:
    """Writes a new record with placeholders for a person to fill in."""
    from normbook.workspace.files import write
    from normbook.workspace.load import load_project
    from normbook.workspace.new import new

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    given = [("title", args.title)] if args.title is not None else []
    for assignment in args.set:
        path, equals, value = assignment.partition("=")
        given.append((path, value))
        if not equals:
            problems.append(
                Problem("<command>", 0, 0, "N202", f"expected KEY=VALUE after --set, found {assignment!r}", "write --set key=value")
            )
    record = None if problems else new(load_project(repo), args.type, args.id, given, problems)
    if record is None:
        return print_findings(problems)
    name = repo.relative(record.path)
    if args.dry_run:
        print(record.text, end="")
        return 0
    write(record.path, record.text)
    print(f"wrote the draft {name}")
    if record.lines:
        print(f"fill in line{'s' * (len(record.lines) != 1)} {', '.join(map(str, record.lines))}, then run `normbook check`")
    return 0


def show(args: argparse.Namespace) -> int:
    """Prints a record with its evidence and its links; for a redirected id, the records that replaced it."""
    from normbook.graph.graph import link
    from normbook.site.prose.record import RecordView, as_lines, as_object
    from normbook.workspace.load import load_project
    from normbook.workspace.new import moved_to, unknown

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    ids = moved_to(project, args.id)
    if not ids or any(id not in project.records for id in ids):
        return print_findings(unknown(project, args.id))
    graph = link(project.records, project.schemas)
    records = [RecordView(project.records[id], graph, project.readings, project.schemas, project.corrections) for id in ids]
    if args.json:
        objects = [as_object(record) for record in records]
        print(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=True, indent=1))
        return 0
    lines = [] if ids == [args.id] else [f"{args.id} was replaced by {', '.join(ids)}", ""]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else DEFAULT_WIDTH
    for number, record in enumerate(records):
        lines += [*([""] if number else []), *as_lines(record, width)]
    for line in lines:
        encoding = sys.stdout.encoding or "ascii"
        print(line.encode(encoding, "backslashreplace").decode(encoding))
    return 0


def diff(args: argparse.Namespace) -> int:
    """Prints which published claims have changed since a revision."""
    from normbook.site.prose.changes import describe_changes
    from normbook.site.prose.text import markdown, plain
    from normbook.workspace.diff import differ

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    differences = differ(repo, args.revision, problems)
    if differences is None:
        return print_findings(problems)
    if args.json:
        print(json.dumps(_as_json(differences), ensure_ascii=True, indent=1))
    else:
        lines = describe_changes(*differences)
        print((markdown if args.markdown else plain)(lines), end="")
    return print_findings(problems)


def _as_json(value: Any) -> Any:
    """Dataclasses, named tuples and mappings as JSON objects, other sequences as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {attribute.name: _as_json(getattr(value, attribute.name)) for attribute in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _as_json(child) for key, child in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: _as_json(child) for key, child in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, (list, tuple)) else value
