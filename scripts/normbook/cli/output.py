"""What every command shares: finding the checkout, telling findings, saying a line."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from normbook.cli.formats import FORMATS, as_text
from normbook.cli.github import LARGEST_SUMMARY, summary
from normbook.cli.report import Found
from normbook.findings.finding import Problem, is_error, sort_problems
from normbook.workspace.repo import Repo, find_root

CLEARED = "\x1b[K"  # to the end of the line


def find_repo(args: argparse.Namespace) -> Repo | None:
    """The checkout that a command works on, None with a word on it where there is none."""
    root = args.root.resolve() if args.root else find_root(Path.cwd())
    if root is None or not (root / "mkdocs.yml").is_file() or not (root / "schema").is_dir():
        print(
            f"{args.root or Path.cwd()} is no project: no mkdocs.yml beside schema/; go into the checkout, or give --root", file=sys.stderr
        )
        return None
    return Repo(root)


def tell(problems: Sequence[Problem]) -> int:
    """Prints findings and a closing line; the exit status that they call for."""
    sys.stderr.write(as_text(Found(sort_problems(problems))))
    return status(problems)


def report(found: Found, format: str) -> int:
    """Prints what was found, text to standard error and any other format to standard output; the exit status that it calls for.

    On GitHub the summary of the job is added to.
    """
    stream = sys.stderr if format == "text" else sys.stdout
    text = FORMATS[format](replace(found, token=os.urandom(16).hex()))
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
    kept = os.environ.get("GITHUB_STEP_SUMMARY")
    if format == "github" and kept and (found.problems or found.since):
        with Path(kept).open("ab") as file:
            file.write(summary(found, _blob(), LARGEST_SUMMARY - file.tell()).encode("utf-8", "replace"))
    return status(found.problems)


def site_of(repo: Repo) -> str:
    """The address of the site as mkdocs.yml gives it, empty where it gives none that is one."""
    from yaml import YAMLError

    from normbook.workspace.errors import BuildError
    from normbook.workspace.site_files import read_site

    try:
        url = read_site(repo)["url"]
    except (BuildError, YAMLError, OSError, ValueError, AttributeError, TypeError):
        return ""
    return url if re.fullmatch(r"https?://[\w./~:-]+", url, re.ASCII) else ""


def status(problems: Sequence[Problem]) -> int:
    """The exit status that findings call for: 1 where one is an error."""
    return int(any(map(is_error, problems)))


def _blob() -> str:
    """Where GitHub shows the files of the commit that is checked."""
    server, name, commit = (os.environ.get(f"GITHUB_{key}", "") for key in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{server}/{name}/blob/{commit}"


def say(line: str, stream: TextIO | None = None) -> None:
    """Prints a line, to standard output if no stream is given.

    One that ends in a carriage return tells how far something is: it is shown at a terminal only, until the next line.
    """
    at_terminal = sys.stderr.isatty()
    if line.endswith("\r"):
        if at_terminal:
            print(f"{CLEARED}{line[:-1].rstrip()[: shutil.get_terminal_size().columns - 1]}\r", file=sys.stderr, end="", flush=True)
        return
    if at_terminal:
        print(CLEARED, file=sys.stderr, end="", flush=True)
    print(line, file=stream or sys.stdout, flush=True)
