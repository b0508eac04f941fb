"""Shared by all commands: finding the project, printing findings, printing progress."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from normbook.cli.formats import FORMATS, as_text
from normbook.cli.github import MAX_SUMMARY_BYTES, summary
from normbook.cli.report import CheckResult
from normbook.findings.finding import Problem, is_error, sort_problems

if TYPE_CHECKING:
    from normbook.workspace.repo import Repo

CLEAR_LINE = "\x1b[K"  # terminal sequence: clear to the end of the line


def find_repo(args: argparse.Namespace) -> Repo | None:
    """The project that a command works on; if there is none, prints an error and returns None."""
    from normbook.workspace.repo import Repo, find_root

    root = args.root.resolve() if args.root else find_root(Path.cwd())
    if root is None or not (root / "mkdocs.yml").is_file() or not (root / "schema").is_dir():
        print(
            f"{args.root or Path.cwd()} is not a Normbook project (expected mkdocs.yml and schema/); change to the project folder, or use --root",
            file=sys.stderr,
        )
        return None
    return Repo(root)


def print_findings(problems: Sequence[Problem]) -> int:
    """Prints findings and a summary line to standard error; returns the exit status."""
    sys.stderr.write(as_text(CheckResult(sort_problems(problems))))
    return exit_status(problems)


def print_report(result: CheckResult, format: str) -> int:
    """Prints a result, as text to standard error or in another format to standard output; returns the exit status.

    With the format `github` it also appends to the job summary.
    """
    stream = sys.stderr if format == "text" else sys.stdout
    text = FORMATS[format](replace(result, token=os.urandom(16).hex()))
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    if format == "github" and summary_file and (result.problems or result.since):
        with Path(summary_file).open("ab") as file:
            file.write(summary(result, _blob(), MAX_SUMMARY_BYTES - file.tell()).encode("utf-8", "replace"))
    return exit_status(result.problems)


def site_of(repo: Repo) -> str:
    """The address of the site from mkdocs.yml, empty if there is no valid one."""
    from yaml import YAMLError

    from normbook.workspace.errors import BuildError
    from normbook.workspace.site_files import read_site

    try:
        url = read_site(repo)["url"]
    except (BuildError, YAMLError, OSError, ValueError, AttributeError, TypeError):
        return ""
    return url if re.fullmatch(r"https?://[\w./~:-]+", url, re.ASCII) else ""


def exit_status(problems: Sequence[Problem]) -> int:
    """The exit status for findings: 1 if one of them is an error, otherwise 0."""
    return int(any(map(is_error, problems)))


def _blob() -> str:
    """The URL at which GitHub shows the files of the commit that is checked."""
    server, name, commit = (os.environ.get(f"GITHUB_{key}", "") for key in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{server}/{name}/blob/{commit}"


def print_line(line: str, stream: TextIO | None = None) -> None:
    """Prints a line, by default to standard output.

    A line that ends in a carriage return shows progress: it appears only in a terminal, until the next line replaces it.
    """
    at_terminal = sys.stderr.isatty()
    if line.endswith("\r"):
        if at_terminal:
            print(f"{CLEAR_LINE}{line[:-1].rstrip()[: shutil.get_terminal_size().columns - 1]}\r", file=sys.stderr, end="", flush=True)
        return
    if at_terminal:
        print(CLEAR_LINE, file=sys.stderr, end="", flush=True)
    print(line, file=stream or sys.stdout, flush=True)
