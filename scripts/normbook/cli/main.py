"""The command `normbook`. Exit status: 0 for success, 1 for findings or invalid input, 2 for a wrong command line."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from normbook import __version__
from normbook.cli import documents, drafts, project, questions, records
from normbook.cli.formats import FORMATS
from normbook.cli.output import print_findings
from normbook.cli.parser import CommandParser
from normbook.findings.finding import whole_file

GC_THRESHOLDS = (
    100_000,
    50,
    100,
)  # records are many small objects that live until the end; searching them for reference cycles takes a third of a run
LAST_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        name = given[2:3] if given[:1] == ["--root"] else given[:1]
        args = _parser(*(each for each in name if each in COMMANDS)).parse(given)
        gc.set_threshold(*GC_THRESHOLDS)
        status = int(args.run(args))
        _keep_patterns()
        return status
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        message = f"the command stopped here: {error.strerror or error}"
        hint = "check free disk space and permissions, then run the command again"
        return print_findings([whole_file(str(error.filename or "<command>"), "N109", message, hint)])
    except ValueError as error:
        if not _is_of_languages(error):
            raise
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; no file was left incomplete", file=sys.stderr)
        return 130


def _is_of_languages(error: ValueError) -> bool:
    """Whether a file of words of a language is invalid. Such an error says what to do; the module is loaded if there can be one."""
    loaded = sys.modules.get("normbook.languages.language")
    return loaded is not None and isinstance(error, loaded.LanguageError)


def _keep_patterns() -> None:
    """Leaves the patterns that this run had to compile to the next one."""
    if "normbook.languages.language" not in sys.modules:
        return
    from normbook.languages.language import kept, kept_content, kept_path

    if kept().has_news():
        from normbook.workspace.files import write

        with suppress(OSError):  # an installation that the user may not write to
            write(kept_path(), kept_content(), durable=False)


def run() -> NoReturn:
    """Runs the command as a process. Exits without freeing memory, since freeing a hundred thousand objects takes longer than some builds."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # never fail on characters that the terminal cannot show
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):  # the reader has closed the pipe; standard error is closed too
        status = 1
    except KeyboardInterrupt:
        status = 130
    os._exit(status)


def _add_format(command: argparse.ArgumentParser) -> None:
    """Adds the option for the output format of findings."""
    command.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="the output format of findings (default: text, on standard error)"
    )


def _add_encoding(command: argparse.ArgumentParser) -> None:
    """Adds the option for the encoding of received files."""
    command.add_argument("--encoding", help="the declared encoding of the files (default: UTF-8)")


def _add_thorough(command: argparse.ArgumentParser) -> None:
    """Adds the option that removes more page furniture."""
    words = "remove more page furniture, at the price of up to one line in twenty of the text of a page"
    command.add_argument("--thorough", action="store_true", help=words)


def _add_dry_run(command: argparse.ArgumentParser, words: str) -> None:
    """Adds the option that writes nothing."""
    command.add_argument("--dry-run", action="store_true", help=words)


def _add_published(command: argparse.ArgumentParser) -> None:
    """Adds the option for the date of publication, which has one name in all commands; `--date` is its older name."""
    words = "the publication date (YYYY-MM-DD), if known from outside the text"
    command.add_argument("--published", "--date", dest="published", type=drafts.day, metavar="DATE", help=words)


def _clean_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="PATH", help="files; with --out also folders, JSON Lines and Parquet files")
    command.add_argument(
        "--json", action="store_true", help="print text, ledger, segments, lists, dates and findings, one JSON object per line"
    )
    _add_encoding(command)
    _add_thorough(command)
    _add_published(command)
    many = command.add_argument_group("many documents")
    many.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="write the JSON objects to this folder, in parts; an interrupted run continues where it stopped",
    )
    many.add_argument("--format", choices=("jsonl", "parquet"), default="jsonl", help="the file format of the parts (default: jsonl)")
    many.add_argument("--jobs", type=_count, metavar="N", default=1, help="the number of processes (default: 1)")
    many.add_argument("--field", help="the field with the text in JSON Lines and Parquet files (default: text)")
    many.add_argument("--engine", choices=("local", "dask"), default="local", help="what runs the work (default: local processes)")
    many.add_argument("--address", help="the address of a running Dask scheduler")


def _revert_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--files",
        type=Path,
        metavar="FOLDER",
        help="print the received file itself for a web page, a Word document or a PDF file, found here by its SHA-256",
    )


def _compare_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("one", metavar="A", help="a file, or the id of a source")
    command.add_argument("two", metavar="B", help="another file or source")
    command.add_argument("--encoding", help="the encoding of files that are not UTF-8")
    command.add_argument("--json", action="store_true", help="print a JSON object instead of text")


def _extract_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--write", action="store_true", help="write the missing drafts to data/ (never overwrites a file)")


def _ingest_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="a received document: a text, a web page (.html), a Word document (.docx) or a PDF file (.pdf)",
    )
    command.add_argument("--url", type=drafts.address, help="the URL where the copy was found")
    command.add_argument("--publisher", help="who published the copy")
    _add_published(command)
    _add_encoding(command)
    _add_thorough(command)
    _add_dry_run(command, "print what would be written, but write nothing")


def _suggest_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="*", metavar="SOURCE", help="ids of sources (default: all)")
    command.add_argument("--write", action="store_true", help="add new suggestions to data/suggestions/, for a person to accept or reject")


def _fix_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "names", nargs="*", metavar="PATH|ID", help="files or ids of records (default: all records, and the derived texts)"
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--write", action="store_true", help="write the repaired files")
    how.add_argument("--dry-run", action="store_true", help="print what would be written, but write nothing (the default)")
    command.add_argument("--diff", action="store_true", help="print the changes as a diff")


def _new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("type", metavar="TYPE", help="the type of the record, for example principle")
    command.add_argument("id", metavar="ID", help="the id of the record, for example gids-9")
    command.add_argument("--title", help="the title of the record")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="set a value, for example modality=should; wording.lang=en sets a nested value, commas separate list items",
    )
    _add_dry_run(command, "print the record, but write nothing")


def _show_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="the id of a record, for example gids-7")
    command.add_argument("--json", action="store_true", help="print a JSON object")


def _diff_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("revision", metavar="REV", help="a commit, branch or tag, for example origin/main")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print a JSON object")
    form.add_argument(
        "--markdown", action="store_true", help="print Markdown for a pull request comment, with text from records in code spans"
    )


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--count",
        action="store_true",
        help="print how many claims are supported by quoted words, inferred, judged by the editors, from outside sources (read or not), and not supported at all",
    )
    command.add_argument(
        "--base",
        metavar="REV",
        help="report only findings that are new since the branch left this revision; existing findings do not fail the check",
    )
    command.add_argument("--fresh", action="store_true", help="check everything, and ignore the cache in build/")
    _add_format(command)


def _build_options(command: argparse.ArgumentParser) -> None:
    _add_format(command)
    command.add_argument(
        "--releases", action="store_true", help="copy the frozen sites of releases from build/releases/ to the site's releases/"
    )
    command.add_argument(
        "--without",
        action="append",
        default=[],
        choices=["md", "cards", "feeds"],
        help="leave this form of the records out: their Markdown files, the cards to embed, the feeds of single records; no other file needs them",
    )
    command.add_argument("--engine", choices=("local", "dask"), default="local", help="what writes the pages (default: local processes)")
    command.add_argument("--address", help="the address of a running Dask scheduler, whose workers see the same files")
    _export_options(command)


def _export_options(command: argparse.ArgumentParser) -> None:
    words = "write the Content Security Policy into each page, for web hosts that cannot send it as a header"
    command.add_argument("--csp-meta", action="store_true", help=words)


def _release_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "version", nargs="?", default="", metavar="VERSION", help="a version such as 1.2.0 (default: the one in releases/VERSION)"
    )
    _add_dry_run(command, "check, and print the changes since the last release, but write nothing")
    command.add_argument(
        "--again", action="store_true", help="rebuild the site of a release from its commit, and compare it with the recorded digests"
    )


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=_port, default=8000, help="the port of the local server (default: 8000)")


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"expected the number of a port (0 to {LAST_PORT}), found {value!r}")
    return int(value)


def _count(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of processes (1 or more), found {value!r}")
    return int(value)


Run = Callable[[argparse.Namespace], int]
AddOptions = Callable[[argparse.ArgumentParser], None]
COMMANDS: Mapping[str, tuple[Run, str, AddOptions | None]] = {
    "clean": (documents.clean, "print the cleaned text of documents or, for many documents, write the results to a folder", _clean_options),
    "revert": (documents.revert, "turn the output of `clean --json` on standard input back into the received bytes", _revert_options),
    "compare": (documents.compare, "compare two reports sentence by sentence", _compare_options),
    "extract": (drafts.extract, "propose drafts for what the seeds contain and data/ lacks", _extract_options),
    "ingest": (drafts.ingest, "add received documents: seed, checksum, source record, drafts and related records", _ingest_options),
    "suggest": (
        drafts.suggest,
        "propose corrections where a text looks badly translated; nothing is applied automatically",
        _suggest_options,
    ),
    "fix": (
        records.fix,
        "repair records where only one repair is possible, by the smallest edits; writes nothing without --write",
        _fix_options,
    ),
    "new": (records.new, "write a new record: a valid draft with placeholders for a person to fill in", _new_options),
    "show": (records.show, "print a record with its evidence in context and its links in both directions", _show_options),
    "diff": (records.diff, "show which published claims have changed since a git revision", _diff_options),
    "check": (project.check, "check seeds, records, evidence and derived texts", _check_options),
    "derive": (project.derive, "write the cleaned and corrected text of each source to data/derived/", None),
    "editor": (project.editor, "write files that let an editor complete ids (ignored by git; a build writes them too)", None),
    "build": (project.build, "check, then build the site into site/", _build_options),
    "release": (
        project.release,
        "make a release: write its contract to releases/ and its frozen site to build/releases/",
        _release_options,
    ),
    "export": (
        project.export,
        "build, then write the bulk data: CSV, SQLite, Parquet, RDF, SSSOM and a zip of everything",
        _export_options,
    ),
    "mcp": (questions.serve_questions, "answer programs about the book by the Model Context Protocol, on standard input and output", None),
    "serve": (project.serve, "build, serve the site locally, rebuild on changes and reload the browser", _serve_options),
}


@cache
def _parser(*names: str) -> CommandParser:
    """The parser of some commands, or of all: the options of a command take as long to set up as some commands run."""
    parser = CommandParser(
        prog="normbook", description="Turns received policy texts into records with evidence, and publishes them as a reference site."
    )
    parser.add_argument("--version", action="version", version=f"normbook {__version__}")
    parser.add_argument("--root", type=Path, help="the project folder (default: the nearest parent folder with mkdocs.yml and schema/)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names or COMMANDS:
        run, summary, add_options = COMMANDS[name]
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        if add_options:
            add_options(command)
    parser.commands = commands.choices
    return parser
