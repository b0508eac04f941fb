"""The command `normbook`: arguments, printing, exit status. 0 is done, 1 is findings or bad input, 2 is a wrong command line."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from normbook import __version__
from normbook.paths import Repo, find_root
from normbook.problems import Problem, format_problem, is_error, sort_problems

RARELY = (100_000, 50, 100)  # records are many small values that live to the end: looking for cycles among them costs a third of a run


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    parser = _parser()
    args = parser.parse_args(arguments)
    gc.set_threshold(*RARELY)
    try:
        return int(args.run(args))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was left half written", file=sys.stderr)
        return 130


def run() -> NoReturn:
    """The command as a process: ends at once, since taking down a hundred thousand values one by one takes longer than some builds."""
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = 1
    os._exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="normbook", description="Received policy texts -> evidenced records -> a reference site.")
    parser.add_argument("--version", action="version", version=f"normbook {__version__}")
    parser.add_argument("--root", type=Path, help="the project's folder (default: the nearest one above that holds mkdocs.yml and schema/)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        return command

    clean = add("clean", _clean, "print the cleaned reading of documents")
    clean.add_argument("files", nargs="+", type=Path, metavar="FILE")
    clean.add_argument("--json", action="store_true", help="print text, ledger, segments, lists, dates and findings, one object a line")
    clean.add_argument("--encoding", help="the declared encoding of the files (default: UTF-8)")
    clean.add_argument("--published", type=_day, metavar="DATE", help="the day of publication, where it is known from outside the text")
    add("revert", _revert, "turn objects of «clean --json» on standard input back into the received bytes")
    extract = add("extract", _extract, "propose drafts for what the seeds hold and data/ lacks")
    extract.add_argument("--write", action="store_true", help="write the missing ones into data/ (no file is ever overwritten)")
    checks = add("check", _check, "check seeds, records, evidence and derived texts")
    checks.add_argument(
        "--count", action="store_true", help="print how many claims are borne by quotation, by outside evidence and by none"
    )
    add("derive", _derive, "write the cleaned and corrected text of each source to data/derived/")
    add("build", _build, "check, then build the site into site/")
    serve = add("serve", _serve, "build, serve on this machine, rebuild on change and reload the browser")
    serve.add_argument("--port", type=int, default=8000)
    return parser


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r} is no day: write YYYY-MM-DD") from error


def _repo(args: argparse.Namespace) -> Repo | None:
    root = args.root.resolve() if args.root else find_root(Path.cwd())
    if root is None or not (root / "mkdocs.yml").is_file() or not (root / "schema").is_dir():
        print(
            f"{args.root or Path.cwd()} is no project: no mkdocs.yml beside schema/; go into the checkout, or give --root", file=sys.stderr
        )
        return None
    return Repo(root)


def _tell(problems: Sequence[Problem]) -> int:
    """Prints findings and a closing line; the exit status that they call for."""
    for problem in sort_problems(problems):
        print(format_problem(problem), file=sys.stderr)
    errors = sum(map(is_error, problems))
    warnings = len(set(problems)) - errors
    if problems:
        print(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}", file=sys.stderr)
    return 1 if errors else 0


def _clean(args: argparse.Namespace) -> int:
    from normbook.pipeline import clean_object
    from normbook.text.readings import read

    problems: list[Problem] = []
    for path in args.files:
        try:
            content = path.read_bytes()
            if args.json:
                print(json.dumps(clean_object(str(path), content, args.encoding, args.published), ensure_ascii=True))
            else:
                sys.stdout.buffer.write(read(content, (), args.encoding).cleaned.text.encode("utf-8", "surrogateescape"))
                sys.stdout.buffer.flush()
        except OSError as error:
            problems.append(
                Problem(str(path), 0, 0, "N109", f"the file cannot be read: {error.strerror}", "check its name, and that you may read it")
            )
            continue
        except LookupError as error:
            problems.append(Problem(str(path), 0, 0, "N706", f"{error}", "give an encoding that Python knows, for instance gb18030"))
            continue
        if not content:
            problems.append(Problem(str(path), 0, 0, "N600", "the file is empty: there is nothing to clean", "check how it was received"))
        elif not args.encoding:
            problems += _undecodable(path, content)
    return _tell(problems)


def _undecodable(path: Path, content: bytes) -> list[Problem]:
    """The first place of a file that is not UTF-8; the rest is in the object's problems."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        return [
            Problem(
                str(path),
                line,
                column,
                "N601",
                f"byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8; it is kept as it is",
                "declare the encoding with --encoding, for instance gb18030 or windows-1252",
            )
        ]
    return []


def _revert(args: argparse.Namespace) -> int:
    from normbook.text.edits import LedgerError
    from normbook.text.report import revert

    problems: list[Problem] = []
    count = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        count += 1
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise LedgerError("the line holds no object")
            content = revert(value)
        except json.JSONDecodeError as error:
            problems.append(
                Problem(
                    "<stdin>",
                    number,
                    error.colno,
                    "N611",
                    f"this is not JSON: {error.msg}",
                    "give what «normbook clean --json» printed, unchanged",
                )
            )
            continue
        except LedgerError as error:
            problems.append(Problem("<stdin>", number, 1, "N612", str(error), "give what «normbook clean --json» printed, unchanged"))
            continue
        sys.stdout.buffer.write(content)
    if not count:
        problems.append(
            Problem("<stdin>", 0, 0, "N613", "standard input is empty", "pipe the output of «normbook clean --json FILE» into this command")
        )
    sys.stdout.buffer.flush()
    return _tell(problems)


def _extract(args: argparse.Namespace) -> int:
    from normbook.pipeline import draft, missing_drafts
    from normbook.pipeline.files import write

    if (repo := _repo(args)) is None:
        return 2
    problems: list[Problem] = []
    drafts = draft(repo, problems)
    missing = missing_drafts(repo, drafts)
    for path, text in missing.items():
        if args.write:
            write(path, text)
        print(f"{'wrote' if args.write else 'would write'} {repo.relative(path)}")
    kinds = Counter(each.type for each in drafts.records)
    print(f"proposed: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}; {len(missing)} of them have no file yet")
    for source, eid, declared, found in drafts.lists:
        agrees = "no number declared" if declared is None else f"{declared} declared" + ("" if declared == found else ": they differ")
        print(f"{source} {eid}: {found} items found, {agrees}")
    for source, count in drafts.unplaced.items():
        print(f"{source}: {count} sentences that no draft cites")
    return _tell(problems)


def _check(args: argparse.Namespace) -> int:
    from normbook.pipeline import check, count_claims
    from normbook.pipeline.load import load_project

    if (repo := _repo(args)) is None:
        return 2
    project = load_project(repo)
    status = _tell(check(project))
    if args.count:
        total = count_claims(project)
        print(
            f"claims borne by quotation: {total['quotation']}\nclaims borne by outside evidence: {total['outside']}\nclaims borne by none: {total['none']}"
        )
    if not status:
        print(f"checked {len(project.records)} records, {len(project.corrections)} correction files and {len(project.seeds)} seeds: sound")
    return status


def _derive(args: argparse.Namespace) -> int:
    from normbook.pipeline import derive
    from normbook.pipeline.load import load_project

    if (repo := _repo(args)) is None:
        return 2
    project = load_project(repo)
    if status := _tell(project.problems):
        return status
    for path in derive(project):
        print(f"wrote {repo.relative(path)}")
    return 0


def _build(args: argparse.Namespace) -> int:
    from normbook.pipeline.run import build_checked

    if (repo := _repo(args)) is None:
        return 2
    return build_checked(repo, _tell, _say)


def _say(line: str) -> None:
    print(line, file=sys.stderr if line.endswith("\r") else sys.stdout, end="" if line.endswith("\r") else "\n", flush=True)


def _serve(args: argparse.Namespace) -> int:
    from normbook.pipeline.serve import serve

    if (repo := _repo(args)) is None:
        return 2
    return serve(repo, args.port, _tell, _say)
