"""The commands of somebody who works on a record: fix, new, show, diff."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from normbook.cli.tell import find_repo, tell
from normbook.problems import Problem
from normbook.publish.plain import visible


def fix(args: argparse.Namespace) -> int:
    """Mends records where that is beyond doubt; status 1 while something is left to write or cannot be read."""
    from normbook.pipeline.files import write
    from normbook.pipeline.fix import difference, fix, fix_derived

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


def diff(args: argparse.Namespace) -> int:
    """Says which published claims are other than at a revision."""
    from normbook.pipeline.differ import differ
    from normbook.publish.told_changes import markdown, plain, tell_changes

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
