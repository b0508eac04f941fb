"""The commands for documents: clean, revert, compare."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normbook.cli.output import print_findings
from normbook.findings.finding import CHECK_FILE, Problem, empty, unknown_encoding, unreadable, whole_file

if TYPE_CHECKING:
    from normbook.workspace.bulk.plan import Unit


def clean(args: argparse.Namespace) -> int:
    """Prints the cleaned text of documents or, for many documents, writes the results to a folder."""
    if args.out or _for_many(args) or any(map(os.path.isdir, args.files)):
        return _clean_many(args)
    from normbook.cleaning.clean import read
    from normbook.intake.intake import Refused
    from normbook.intake.kinds import kind_of
    from normbook.workspace.file_types import undecodable

    problems: list[Problem] = []
    for path in args.files:
        try:
            content = path.read_bytes()
            if args.json:
                from normbook.workspace.pipeline import clean_object

                print(json.dumps(clean_object(str(path), content, args.encoding, args.published, args.thorough), ensure_ascii=True))
            else:
                sys.stdout.buffer.write(
                    read(content, (), args.encoding, kind=kind_of(path.name), thorough=args.thorough).cleaned.text.encode(
                        "utf-8", "surrogateescape"
                    )
                )
                sys.stdout.buffer.flush()
        except OSError as error:
            problems.append(unreadable(str(path), error.strerror))
            continue
        except LookupError as error:
            problems.append(unknown_encoding(str(path), error))
            continue
        except Refused as refused:
            problems.append(Problem(str(path), 0, 0, refused.code, refused.message, refused.hint))
            continue
        if not content:
            problems.append(empty(str(path), "clean"))
        elif not args.encoding and kind_of(path.name) == "text":
            problems += undecodable(str(path), content)
    return print_findings(problems)


def _for_many(args: argparse.Namespace) -> bool:
    """Whether an option was given that only a run with an output folder has."""
    return args.engine != "local" or args.jobs > 1 or args.format != "jsonl" or args.field is not None or args.address is not None


def _clean_many(args: argparse.Namespace) -> int:
    """Cleans folders, JSON Lines and Parquet files into parts in an output folder, with a progress bar."""
    from normbook.workspace.bulk.engines import LostError
    from normbook.workspace.bulk.plan import is_same

    not_found = [path for path in args.files if not os.path.lexists(path)]
    missing_library = _missing_library(args)
    problems = [whole_file(str(path), "N109", "no such file or folder", CHECK_FILE) for path in not_found]
    if not args.out:
        problems.append(Problem("<command>", 0, 0, "N707", _no_folder(args), "add --out FOLDER"))
    elif args.out.exists() and not args.out.is_dir():
        problems.append(
            Problem(str(args.out), 0, 0, "N707", "expected a folder for the results, found a file", "choose another folder with --out")
        )
    elif any(is_same(path, args.out) for path in args.files):
        message = "the output folder is also the input, so results would be read as documents"
        problems.append(Problem(str(args.out), 0, 0, "N707", message, "choose another folder with --out"))
    if missing_library:
        problems.append(
            whole_file(
                "<command>",
                "N708",
                f"the library {missing_library[0]} is not installed",
                f"install it with `pip install 'normbook[{missing_library[1]}]'`",
            )
        )
    if problems:
        return print_findings(problems)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        return _run(args)
    except LostError as lost:
        return print_findings([_killed_finding(unit) for unit in lost.units])
    except OSError as error:
        message = f"the results cannot be written: {error.strerror}"
        hint = "free some space, check that you have permission to write, or choose another folder with --out; then run the command again to continue"
        return print_findings([Problem(str(args.out), 0, 0, "N707", message, hint)])


def _no_folder(args: argparse.Namespace) -> str:
    """Why a run without an output folder needs one."""
    folder = next((path for path in args.files if path.is_dir()), None)
    why = f"{folder} is a folder" if folder else "the options are for many documents"
    return f"expected an output folder, since {why}"


def _killed_finding(unit: Unit) -> Problem:
    """The finding for a unit of work whose process was killed twice."""
    message = f"the process for part {unit.number} was killed, and killed again when it ran alone"
    if len(unit.names) > 1:
        message += f"; it read this file and {len(unit.names) - 1} more"
    hint = "check whether memory ran out; remove the document, or clean it separately; all other parts are complete"
    return Problem(unit.source or unit.names[0], 0, 0, "N707", message, hint)


def _run(args: argparse.Namespace) -> int:
    """Runs the work, and prints the totals and the digest."""
    from threading import RLock

    from tqdm import tqdm

    from normbook.workspace.bulk.engines import ENGINES
    from normbook.workspace.bulk.plan import measure, plan
    from normbook.workspace.bulk.run import Settings, finish

    settings = Settings(str(args.out), args.format, args.encoding, args.published, args.field or "text", args.thorough)
    files, size = measure(args.files, args.out)
    if not files:
        message = f"no document was found in {', '.join(map(str, args.files))}"
        return print_findings(
            [whole_file("<command>", "N109", message, "name files, or folders with files whose names do not begin with a dot")]
        )
    parts = []
    tqdm.set_lock(RLock())  # only this process draws the bar; a lock shared by processes would stay locked if one of them is killed
    with tqdm(total=size, unit="B", unit_scale=True, unit_divisor=1000, desc=f"{files} files", file=sys.stderr, disable=None) as bar:
        for part in ENGINES[args.engine](plan(args.files, args.out), settings, args.jobs, args.address):
            parts.append(part)
            bar.update(part.size)
            bar.set_postfix_str(f"{sum(part.documents for part in parts):,} documents, {sum(part.errors for part in parts):,} errors")
    digest = finish(args.out, sorted(parts))
    documents, errors = sum(part.documents for part in parts), sum(part.errors for part in parts)
    reused = sum(not part.made for part in parts)
    print(
        f"{_counted(documents, 'document')} in {_counted(len(parts), 'part')} ({reused:,} from an earlier run), {_counted(errors, 'error')}\ndigest {digest}"
    )
    if errors:
        print(f"documents that could not be read are listed in {args.out}/part-*.errors.jsonl", file=sys.stderr)
    return 1 if errors else 0


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _missing_library(args: argparse.Namespace) -> tuple[str, str] | None:
    """A library that the run needs and that is not installed, with the extra that installs it; None if nothing is missing."""
    required = [("distributed", "dask")] if args.engine == "dask" else []
    if args.format == "parquet" or any(path.suffix.lower() == ".parquet" for path in args.files):
        required.append(("pyarrow", "parquet"))
    return next((library for library in required if find_spec(library[0]) is None), None)


def compare(args: argparse.Namespace) -> int:
    """Prints a comparison of two reports: what they share, what differs, and what only one of them says."""
    from normbook.workspace.compare import compare_documents
    from normbook.workspace.repo import find_root

    problems: list[Problem] = []
    comparison = compare_documents(
        args.one, args.two, find_root(Path.cwd()) if not args.root else args.root.resolve(), problems, args.encoding
    )
    if comparison is None:
        return print_findings(problems)
    print(json.dumps(comparison.as_json(), indent=2) if args.json else comparison.as_page())
    return print_findings(problems) if problems else 0


def _file_of(value: dict[str, Any], folder: Path) -> bytes:
    """The received file of an object, found in a folder by its SHA-256. Raises LedgerError if no file there has it."""
    from normbook.text.ledger import LedgerError

    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and hashlib.sha256(content := path.read_bytes()).hexdigest() == value["sha256"]:
            return content
    raise LedgerError(f"expected a file with the SHA-256 {value['sha256']} in {folder}, found none")


def revert(args: argparse.Namespace) -> int:
    """Turns the output of `clean --json` back into the received bytes."""
    from normbook.extraction.report import revert as received_bytes
    from normbook.text.ledger import LedgerError

    problems: list[Problem] = []
    count = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        count += 1
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise LedgerError("expected a JSON object")
            content = received_bytes(value)
            if args.files and value.get("kind", "text") != "text":
                content = _file_of(value, args.files)
        except json.JSONDecodeError as error:
            problems.append(
                Problem(
                    "<stdin>",
                    number,
                    error.colno,
                    "N691",
                    f"invalid JSON: {error.msg}",
                    "use the unchanged output of `normbook clean --json`",
                )
            )
            continue
        except LedgerError as error:
            problems.append(Problem("<stdin>", number, 1, "N692", str(error), "use the unchanged output of `normbook clean --json`"))
            continue
        sys.stdout.buffer.write(content)
    if not count:
        problems.append(
            Problem("<stdin>", 0, 0, "N693", "standard input is empty", "pipe the output of `normbook clean --json FILE` into this command")
        )
    sys.stdout.buffer.flush()
    return print_findings(problems)
