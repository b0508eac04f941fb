"""The commands that propose changes for people to review: extract, ingest, suggest."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from normbook.cli.output import find_repo, print_findings
from normbook.findings.finding import Problem, unknown_encoding, visible

if TYPE_CHECKING:
    from normbook.workspace.ingest import Given, Ingested
    from normbook.workspace.repo import Repo


def extract(args: argparse.Namespace) -> int:
    """Proposes drafts for what the seeds contain and data/ lacks."""
    from normbook.workspace.files import write
    from normbook.workspace.pipeline import draft, missing_drafts

    if (repo := find_repo(args)) is None:
        return 2
    problems: list[Problem] = []
    drafts = draft(repo, problems)
    missing = missing_drafts(repo, drafts)
    for path, text in missing.items():
        if args.write:
            write(path, text)
        print(f"{'wrote' if args.write else 'would write'} {repo.relative(path)}")
    counts = Counter(record.type for record in drafts.records)
    print(f"proposed: {', '.join(f'{count} {kind}' for kind, count in counts.items()) or 'nothing'}; {len(missing)} without a file yet")
    for source, eid, declared, found_items in drafts.lists:
        agrees = "no number declared" if declared is None else f"{declared} declared" + ("" if declared == found_items else " (mismatch)")
        print(f"{source} {eid}: {found_items} items found, {agrees}")
    for source, count in drafts.unplaced.items():
        print(f"{source}: {count} sentence{'s' * (count != 1)} not cited by any draft")
    return print_findings(problems)


def ingest(args: argparse.Namespace) -> int:
    """Adds received documents, one after another; in a terminal it asks for what is neither given nor found in the text."""
    if (repo := find_repo(args)) is None:
        return 2
    begun: set[str] = set()  # the drafts of this run, which wait for a person and do not stop the next document
    return max([_ingest_one(repo, path, args, begun) for path in args.files])


def _ingest_one(repo: Repo, path: Path, args: argparse.Namespace, begun: set[str]) -> int:
    """Adds one document, and its files to `begun`; the status is that of the command."""
    from normbook.workspace.ingest import ingest as ingest_document
    from normbook.workspace.ingest import is_begun, received
    from normbook.workspace.load import load_project

    problems: list[Problem] = []
    if (content := received(path, args.encoding, problems)) is None:
        return print_findings(problems)
    project = load_project(repo)
    # if an earlier run for this document was interrupted, ignore what it left: an unlisted seed and unfinished drafts
    is_unfinished = is_begun(project, content)
    if status := print_findings(
        [
            problem
            for problem in project.problems
            if problem.path not in begun and (not is_unfinished or not (problem.code == "N703" or problem.path.startswith("data/")))
        ]
    ):
        return status
    try:
        ingested = ingest_document(project, path, content, _given(args), problems)
    except LookupError as error:
        problems.append(unknown_encoding(str(path), error))
        ingested = None
    if ingested is None:
        return print_findings(problems)
    _write(repo, ingested, args.dry_run)
    begun.update(repo.relative(each) for each in ingested.files)
    return 0


def _write(repo: Repo, ingested: Ingested, dry_run: bool) -> None:
    """Writes the new files, the source record last, and prints what is left for a person to do."""
    from normbook.workspace.files import write

    for path, content in ingested.files.items():
        if not dry_run:
            write(path, content)
        print(f"{'would write' if dry_run else 'wrote'} {repo.relative(path)}")
    for name, keys in ingested.missing.items():
        if keys:
            print(f"{name}: to be filled in: {', '.join(keys)}")
    if ingested.existing:
        print(f"also mentions existing records, which are unchanged: {', '.join(ingested.existing)}")
    print(f"{ingested.id} belongs to:" if ingested.belongs else f"{ingested.id}: no related event or initiative found")
    for related in ingested.belongs:
        print(f"  {related.type} {related.id}: {visible(related.reason)}")
    if not dry_run:
        print("review the drafts, then run `normbook check`; only a person can publish a draft")


def _given(args: argparse.Namespace) -> Given:
    """What is known about the document, from options or from answers in a terminal."""
    from normbook.workspace.ingest import Given

    interactive = sys.stdin.isatty()
    url = args.url or (_ask("Where was the copy found (URL)?", address) if interactive else None)
    publisher = (args.publisher or "").strip() or (_ask("Who published it?", str) if interactive else None)
    published = args.published or (_ask("When was it published (YYYY-MM-DD), if the text does not say?", day) if interactive else None)
    return Given(url, publisher, published, args.encoding, args.thorough, date.today())


T = TypeVar("T")


def _ask(question: str, read: Callable[[str], T]) -> T | None:
    """The answer to a question, None if it is empty; asks again if the answer is invalid."""
    while True:
        try:
            answer = input(f"{question} (leave empty if unknown) ").strip()
        except EOFError:
            return None
        try:
            return read(answer) if answer else None
        except argparse.ArgumentTypeError as error:
            print(error, file=sys.stderr)


def day(value: str) -> date:
    """The date in an argument. Raises ArgumentTypeError if it is not one."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected a date (YYYY-MM-DD), found {value!r}") from error


def address(value: str) -> str:
    """The URL in an argument. Raises ArgumentTypeError if it is not one."""
    if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", value):
        raise argparse.ArgumentTypeError(f"expected a URL that starts with http:// or https://, found {value!r}")
    return value


def suggest(args: argparse.Namespace) -> int:
    """Proposes corrections; with --write they are saved for a person to decide on."""
    from normbook.workspace.files import write
    from normbook.workspace.load import load_project
    from normbook.workspace.suggestions import proposed, written

    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    if status := print_findings(project.problems):
        return status
    unknown = [id for id in args.sources if id not in project.readings]
    if unknown:
        return print_findings(
            [
                Problem("<command>", 0, 0, "N709", f"unknown source {id!r}", f"use one of: {', '.join(sorted(project.readings))}")
                for id in unknown
            ]
        )
    total = 0
    for id in args.sources or sorted(project.readings):
        suggestions = proposed(project, id)
        total += len(suggestions)
        for suggestion in suggestions:
            line = project.readings[id].cleaned.text.count("\n", 0, suggestion.start) + 1
            print(
                f"{id} line {line}: “{visible(suggestion.anchor.exact)}” -> “{visible(suggestion.replacement)}” ({suggestion.category}, certainty {suggestion.certainty})\n    {visible(suggestion.reason)}"
            )
        if suggestions and args.write:
            path, text = written(project, id, suggestions)
            write(path, text)
            print(f"wrote {repo.relative(path)}")
    print(f"{total} suggestion{'s' * (total != 1)}; a suggestion is applied only after a person sets its decision to `accepted`")
    return 0
