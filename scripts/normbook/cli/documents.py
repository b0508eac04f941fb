"""The commands that work on documents: clean, revert, compare."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from normbook.cli.output import tell
from normbook.findings.finding import CHECK_FILE, Problem, empty, unknown_encoding, unreadable, whole_file
from normbook.workspace.repo import find_root

if TYPE_CHECKING:
    from normbook.workspace.bulk.plan import Unit


def clean(args: argparse.Namespace) -> int:
    """Prints the cleaned reading of documents, or writes those of many to a folder."""
    if args.out or args.engine != "local" or args.jobs > 1 or any(map(os.path.isdir, args.files)):
        return _clean_many(args)
    from normbook.cleaning.clean import read
    from normbook.workspace.file_types import undecodable
    from normbook.workspace.pipeline import clean_object

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
            problems.append(unreadable(str(path), error.strerror))
            continue
        except LookupError as error:
            problems.append(unknown_encoding(str(path), error))
            continue
        if not content:
            problems.append(empty(str(path), "clean"))
        elif not args.encoding:
            problems += undecodable(str(path), content)
    return tell(problems)


def _clean_many(args: argparse.Namespace) -> int:
    """Cleans folders, JSON Lines and Parquet into parts of an output folder, with a bar that tells files, speed and time left."""
    from normbook.workspace.bulk.engines import LostError
    from normbook.workspace.bulk.plan import is_same

    missing = [path for path in args.files if not os.path.lexists(path)]
    wanting = _wanting(args)
    problems = [whole_file(str(path), "N109", "there is no such file or folder", CHECK_FILE) for path in missing]
    if not args.out:
        problems.append(Problem("<command>", 0, 0, "N707", "many documents need a folder for their results", "name it with --out FOLDER"))
    elif args.out.exists() and not args.out.is_dir():
        problems.append(
            Problem(str(args.out), 0, 0, "N707", "this is a file: results are written to a folder", "name another one with --out")
        )
    elif any(is_same(path, args.out) for path in args.files):
        said = "this folder is the input: results would be read as documents"
        problems.append(Problem(str(args.out), 0, 0, "N707", said, "name another one with --out"))
    if wanting:
        problems.append(Problem("<command>", 0, 0, "N708", f"this needs {wanting[0]}", f"install it: pip install «normbook[{wanting[1]}]»"))
    if problems:
        return tell(problems)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        return _cleaned(args)
    except LostError as lost:
        return tell([_killed(unit) for unit in lost.units])
    except OSError as error:
        said = f"the results cannot be written: {error.strerror}"
        hint = "make room, see that you may write there, or name another folder with --out; then run the command again, it goes on where it was"
        return tell([Problem(str(args.out), 0, 0, "N707", said, hint)])


def _killed(unit: Unit) -> Problem:
    """What is said of a unit whose process was killed twice."""
    said = f"the process that cleaned part {unit.number} was killed, and again when it was the only one"
    if len(unit.names) > 1:
        said += f"; it read this file and {len(unit.names) - 1} behind it"
    hint = "see whether memory ran out, take the document out, or clean it alone; all other parts are made"
    return Problem(unit.source or unit.names[0], 0, 0, "N707", said, hint)


def _cleaned(args: argparse.Namespace) -> int:
    """The run itself."""
    from threading import RLock

    from tqdm import tqdm

    from normbook.workspace.bulk.engines import ENGINES
    from normbook.workspace.bulk.plan import measure, plan
    from normbook.workspace.bulk.run import Settings, finish

    settings = Settings(str(args.out), args.format, args.encoding, args.published, args.field)
    files, size = measure(args.files, args.out)
    parts = []
    tqdm.set_lock(RLock())  # one process alone draws the bar: no lock among processes, which one that is killed could leave taken
    with tqdm(total=size, unit="B", unit_scale=True, unit_divisor=1000, desc=f"{files} files", file=sys.stderr, disable=None) as bar:
        for part in ENGINES[args.engine](plan(args.files, args.out), settings, args.jobs, args.address):
            parts.append(part)
            bar.update(part.size)
            bar.set_postfix_str(f"{sum(each.documents for each in parts):,} documents, {sum(each.errors for each in parts):,} errors")
    digest = finish(args.out, sorted(parts))
    documents, errors = sum(part.documents for part in parts), sum(part.errors for part in parts)
    kept = sum(not part.made for part in parts)
    print(f"{documents:,} documents in {len(parts):,} parts ({kept:,} of them made before), {errors:,} errors\ndigest {digest}")
    if errors:
        print(f"what could not be read stands in {args.out}/part-*.errors.jsonl", file=sys.stderr)
    return 1 if errors else 0


def _wanting(args: argparse.Namespace) -> tuple[str, str] | None:
    """The library that a run needs and this installation lacks, with the name of the extra that brings it."""
    wanted = [("distributed", "dask")] if args.engine == "dask" else []
    if args.format == "parquet" or any(path.suffix.lower() == ".parquet" for path in args.files):
        wanted.append(("pyarrow", "parquet"))
    return next((each for each in wanted if find_spec(each[0]) is None), None)


def compare(args: argparse.Namespace) -> int:
    """Prints two reports side by side: what they share, what differs in it, and what each says alone."""
    from normbook.workspace.compare import beside

    problems: list[Problem] = []
    found = beside(args.one, args.two, find_root(Path.cwd()) if not args.root else args.root.resolve(), problems, args.encoding)
    if found is None:
        return tell(problems)
    print(json.dumps(found.as_json(), indent=2) if args.json else found.as_page())
    return tell(problems) if problems else 0


def revert(args: argparse.Namespace) -> int:
    """Turns objects of clean --json back into the received bytes."""
    from normbook.extraction.report import revert as received
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
                raise LedgerError("the line holds no object")
            content = received(value)
        except json.JSONDecodeError as error:
            problems.append(
                Problem(
                    "<stdin>",
                    number,
                    error.colno,
                    "N691",
                    f"this is not JSON: {error.msg}",
                    "give what «normbook clean --json» printed, unchanged",
                )
            )
            continue
        except LedgerError as error:
            problems.append(Problem("<stdin>", number, 1, "N692", str(error), "give what «normbook clean --json» printed, unchanged"))
            continue
        sys.stdout.buffer.write(content)
    if not count:
        problems.append(
            Problem("<stdin>", 0, 0, "N693", "standard input is empty", "pipe the output of «normbook clean --json FILE» into this command")
        )
    sys.stdout.buffer.flush()
    return tell(problems)
