"""The commands that propose what people then look at: extract, ingest, suggest."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from normbook.cli.tell import find_repo, tell
from normbook.problems import Problem, unknown_encoding, visible

if TYPE_CHECKING:
    from normbook.paths import Repo
    from normbook.pipeline.ingest import Given, Ingested


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


def ingest(args: argparse.Namespace) -> int:
    """Takes in a received document; what is not given and cannot be read is asked for at a terminal."""
    from normbook.pipeline.ingest import ingest as take_in
    from normbook.pipeline.ingest import is_begun, received
    from normbook.pipeline.load import load_project

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    if (content := received(args.file, args.encoding, problems)) is None:
        return tell(problems)
    project = load_project(repo)
    begun = is_begun(project, content)  # then what is unfinished is its own: the unlisted seed, drafts that a person has yet to fill in
    if status := tell([each for each in project.problems if not begun or not (each.code == "N703" or each.path.startswith("data/"))]):
        return status
    try:
        taken = take_in(project, args.file, content, _given(args), problems)
    except LookupError as error:
        problems.append(unknown_encoding(str(args.file), error))
        taken = None
    if taken is None:
        return tell(problems)
    _write(repo, taken, args.dry_run)
    return 0


def _write(repo: Repo, taken: Ingested, dry: bool) -> None:
    """Writes what was taken in, the source record last, and tells what is left to a person."""
    from normbook.pipeline.files import write

    for path, content in taken.files.items():
        if not dry:
            write(path, content)
        print(f"{'would write' if dry else 'wrote'} {repo.relative(path)}")
    for name, keys in taken.missing.items():
        if keys:
            print(f"{name}: to be filled in by a person: {', '.join(keys)}")
    if taken.there:
        print(f"it speaks too of what is there already, and stays as it is: {', '.join(taken.there)}")
    print(f"{taken.id} belongs to:" if taken.belongs else f"{taken.id}: no known event or initiative is like it")
    for each in taken.belongs:
        print(f"  {each.type} {each.id}: {visible(each.reason)}")
    if not dry:
        print("look at the drafts, then run «normbook check»; a draft is published by a person only")


def _given(args: argparse.Namespace) -> Given:
    """What is known of the document: as options, or as a person answers."""
    from normbook.pipeline.ingest import Given

    asked = sys.stdin.isatty()
    url = args.url or (_ask("the address where the copy was found", address) if asked else None)
    publisher = (args.publisher or "").strip() or (_ask("who published it", str) if asked else None)
    published = args.date or (_ask("the day on which it was published, where the text does not say it", day) if asked else None)
    return Given(url, publisher, published, args.encoding, date.today())


T = TypeVar("T")


def _ask(what: str, read: Callable[[str], T]) -> T | None:
    """What a person types, None for nothing; asks again where it cannot be read."""
    while True:
        try:
            answer = input(f"{what} (empty: not known): ").strip()
        except EOFError:
            return None
        try:
            return read(answer) if answer else None
        except argparse.ArgumentTypeError as error:
            print(error, file=sys.stderr)


def day(value: str) -> date:
    """A day that a person wrote. Raises ArgumentTypeError with what to write instead."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no day: write YYYY-MM-DD") from error


def address(value: str) -> str:
    """An address that a person wrote. Raises ArgumentTypeError with what to write instead."""
    if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", value):
        raise argparse.ArgumentTypeError(f"{value!r} is no address: write it whole, with http:// or https://")
    return value


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
