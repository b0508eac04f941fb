"""The command `normbook`: arguments, printing, exit status. 0 is done, 1 is findings or bad input, 2 is a wrong command line."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from normbook import __version__
from normbook.cli import documents, drafts, project, records
from normbook.cli.formats import FORMATS
from normbook.cli.output import tell
from normbook.findings.finding import whole_file

RARELY = (100_000, 50, 100)  # records are many small values that live to the end: looking for cycles among them costs a third of a run


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    try:
        args = _parser().parse_args(arguments)
        gc.set_threshold(*RARELY)
        return int(args.run(args))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        said = f"the command ended here: {error.strerror or error}"
        hint = "see that there is room, and that you may read and write there; then run the command again"
        return tell([whole_file(str(error.filename or "<command>"), "N109", said, hint)])
    except KeyboardInterrupt:
        print("interrupted; nothing was left half written", file=sys.stderr)
        return 130


def run() -> NoReturn:
    """The command as a process: ends at once, since taking down a hundred thousand values one by one takes longer than some builds."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the terminal's encoding lacks is no reason to end
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):  # nobody reads on; standard error is closed then
        status = 1
    except KeyboardInterrupt:
        status = 130
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

    _add_texts(add)
    _add_drafts(add)
    _add_mending(add)
    checks = add("check", project.check, "check seeds, records, evidence and derived texts")
    checks.add_argument(
        "--count",
        action="store_true",
        help="print how many claims are supported by quoted words, inferred, editorial, from outside texts (read or not read), and without evidence",
    )
    checks.add_argument(
        "--base", metavar="REV", help="report what is new since the checkout left this revision; what stood there already fails nothing"
    )
    checks.add_argument("--fresh", action="store_true", help="check everything, and use nothing that the last check left in build/")
    _add_format(checks)
    add("derive", project.derive, "write the cleaned and corrected text of each source to data/derived/")
    add("editor", project.editor, "write what lets an editor complete ids; git ignores it, and a build writes it too")
    build = add("build", project.build, "check, then build the site into site/")
    _add_format(build)
    build.add_argument(
        "--releases", action="store_true", help="put the frozen sites of releases, from build/releases/, below the site's releases/"
    )
    release = add("release", project.release, "freeze what is promised into releases/ and the site into build/releases/")
    release.add_argument("version", nargs="?", default="", metavar="VERSION", help="three numbers (default: that of releases/VERSION)")
    release.add_argument("--dry-run", action="store_true", help="check, tell what has changed since the last release, and write nothing")
    release.add_argument(
        "--again", action="store_true", help="make the site of a release anew, from its commit, and compare it with what was recorded"
    )
    export = add("export", project.export, "build, then write the data in bulk: CSV, SQLite, Parquet, RDF, SSSOM and a zip of all")
    for command in (build, export):
        command.add_argument(
            "--csp-meta", action="store_true", help="put the Content Security Policy into each page, for hosts that send no headers of ours"
        )
    serve = add("serve", project.serve, "build, serve on this machine, rebuild on change and reload the browser")
    serve.add_argument("--port", type=int, default=8000)
    return parser


def _add_format(command: argparse.ArgumentParser) -> None:
    """How findings are told."""
    command.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="how findings are told (default: text, to standard error)"
    )


Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def _add_texts(add: Add) -> None:
    """The commands that need no project."""
    clean = add("clean", documents.clean, "print the cleaned reading of documents, or write those of many to a folder")
    clean.add_argument("files", nargs="+", type=Path, metavar="PATH", help="files; with --out also folders, JSON Lines and Parquet")
    clean.add_argument("--json", action="store_true", help="print text, ledger, segments, lists, dates and findings, one object a line")
    clean.add_argument("--encoding", help="the declared encoding of the files (default: UTF-8)")
    clean.add_argument(
        "--published", type=drafts.day, metavar="DATE", help="the day of publication, where it is known from outside the text"
    )
    many = clean.add_argument_group("many documents")
    many.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write the objects there, in parts; a run that was stopped goes on where it was"
    )
    many.add_argument("--format", choices=("jsonl", "parquet"), default="jsonl", help="what the parts are (default: JSON Lines)")
    many.add_argument("--jobs", type=_count, metavar="N", default=1, help="how many processes work at once (default: 1)")
    many.add_argument("--field", default="text", help="the field that holds the text in JSON Lines and Parquet (default: text)")
    many.add_argument("--engine", choices=("local", "dask"), default="local", help="who runs the work (default: processes of this machine)")
    many.add_argument("--address", help="the address of a Dask scheduler that runs already")
    add("revert", documents.revert, "turn objects of «clean --json» on standard input back into the received bytes")
    compare = add("compare", documents.compare, "set two reports side by side, sentence by sentence")
    compare.add_argument("one", metavar="A", help="a file, or the id of a source")
    compare.add_argument("two", metavar="B", help="another one")
    compare.add_argument("--encoding", help="the encoding of what is not UTF-8")
    compare.add_argument("--json", action="store_true", help="print one object instead of a page to read")


def _add_drafts(add: Add) -> None:
    """The commands that propose what a person then looks at."""
    extract = add("extract", drafts.extract, "propose drafts for what the seeds hold and data/ lacks")
    extract.add_argument("--write", action="store_true", help="write the missing ones into data/ (no file is ever overwritten)")
    ingest = add("ingest", drafts.ingest, "take in a received document: seed, sum, source record, drafts, and what it belongs to")
    ingest.add_argument("file", type=Path, metavar="FILE")
    ingest.add_argument("--url", type=drafts.address, help="where the copy was found")
    ingest.add_argument("--publisher", help="who published the copy")
    ingest.add_argument("--date", type=drafts.day, metavar="DATE", help="the day on which the copy was published")
    ingest.add_argument("--encoding", help="the declared encoding of the file (default: UTF-8)")
    ingest.add_argument("--dry-run", action="store_true", help="tell what would be written, and write nothing")
    suggest = add(
        "suggest", drafts.suggest, "propose corrections where a text looks like a bad translation; nothing is ever applied by itself"
    )
    suggest.add_argument("sources", nargs="*", metavar="SOURCE", help="the ids of sources (default: all)")
    suggest.add_argument(
        "--write", action="store_true", help="add the new ones to data/suggestions/, where a person accepts or rejects each"
    )


def _add_mending(add: Add) -> None:
    """The commands for work on one record."""
    fix = add("fix", records.fix, "mend records by the smallest edits that are beyond doubt; nothing is written without --write")
    fix.add_argument("names", nargs="*", metavar="PATH|ID", help="records by file or id (default: all, and the derived texts)")
    how = fix.add_mutually_exclusive_group()
    how.add_argument("--write", action="store_true", help="write the mended files")
    how.add_argument("--dry-run", action="store_true", help="tell what would be written, and write nothing (the default)")
    fix.add_argument("--diff", action="store_true", help="print what changes, line by line")
    new = add("new", records.new, "write a new record that is valid, a draft, and marked where a person has to fill it in")
    new.add_argument("type", metavar="TYPE", help="the type of the record, for instance principle")
    new.add_argument("id", metavar="ID", help="its id, for instance gids-9")
    new.add_argument("--title", help="its title")
    new.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a value; wording.lang=en goes deeper, commas part a list"
    )
    new.add_argument("--dry-run", action="store_true", help="print the record, and write nothing")
    show = add("show", records.show, "print a record with its evidence in context and its links both ways")
    show.add_argument("id", metavar="ID", help="the id of a record, for instance gids-7")
    show.add_argument("--json", action="store_true", help="print one object")
    diff = add("diff", records.diff, "say which published claims are other than at a revision of git")
    diff.add_argument("revision", metavar="REV", help="a commit, branch or tag, for instance origin/main")
    form = diff.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one object")
    form.add_argument("--markdown", action="store_true", help="print Markdown for a comment; words of records stand in code spans")


def _count(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes: write 1 or more")
    return int(value)
