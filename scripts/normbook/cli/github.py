"""Findings for GitHub Actions: commands that annotate the worst files, the whole as plain text, and a summary of the job."""

from __future__ import annotations

from collections.abc import Sequence

from normbook.cli.report import Found, address, closing, listing
from normbook.findings.finding import Level, Problem, visible

MOST_SHOWN = 10  # annotations of a level that GitHub shows of one step; it drops the others
LARGEST_SUMMARY = 1024 * 1024 - 1  # bytes of a step's summary; GitHub refuses a larger one whole
MOST_ROWS = 100  # of one file in the summary
LONGEST = 500  # characters of a message in the summary


def as_github(found: Found) -> str:
    """The annotations, then every finding in a folded group in which no line is taken for a command, then the closing line."""
    rows = [_annotation(problem, found) for level in ("error", "warning") for problem in worst(found.problems, level)]
    if found.problems:
        rows += ["::group::All findings as text", f"::stop-commands::{found.token}", *listing(found), f"::{found.token}::", "::endgroup::"]
    return "".join(f"{row}\n" for row in (*rows, closing(found)) if row)


def worst(problems: Sequence[Problem], level: Level) -> list[Problem]:
    """The findings of a level that are annotated: one each of the files with the most, then a second of each, until ten are chosen."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.level == level:
            files.setdefault(problem.path, []).append(problem)
    ranked = sorted(files.values(), key=lambda found: (-len(found), found[0].path))
    rounds = (found[turn] for turn in range(MOST_SHOWN) for found in ranked if turn < len(found))
    return [problem for problem, _ in zip(rounds, range(MOST_SHOWN), strict=False)]


def _annotation(problem: Problem, found: Found) -> str:
    place = {} if problem.path.startswith("<") else {"file": problem.path}
    if problem.line:
        place |= {"line": str(problem.line)} | ({"col": str(problem.column)} if problem.column else {})
    place["title"] = problem.code
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    rows = [problem.message, problem.hint, found.page(problem.code) if found.site else ""]
    return f"::{problem.level} {properties}::{'%0A'.join(_value(row) for row in rows if row)}"


def _value(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def summary(found: Found, blob: str, room: int = LARGEST_SUMMARY) -> str:
    """The summary of a job, in at most `room` bytes of UTF-8: a table a file, the worst first, with links to its lines under `blob`.

    Tables are HTML without an empty line, in which Markdown means nothing; every word of a record is escaped and stands in <code>.
    """
    parts = [f"## normbook check\n\n<p><code>{_escape(closing(found)) or 'No finding.'}</code></p>\n"]
    files: dict[str, list[Problem]] = {}
    for problem in found.problems:
        files.setdefault(problem.path, []).append(problem)
    ranked = sorted(files.items(), key=lambda each: (-sum(p.level == "error" for p in each[1]), -len(each[1]), each[0]))
    parts += [_table(path, problems, found, blob) for path, problems in ranked]
    if found.patch:
        patch = "\n".join(_escape(visible(line)) or " " for line in found.patch.split("\n"))
        parts.append(f"\nThe derived texts would change so; «normbook derive» writes them.\n\n<pre><code>{patch}\n</code></pre>\n")
    cut = "\nThe rest does not fit here: the log of this step has every finding.\n"
    kept: list[str] = []
    left = room - len(cut.encode())
    for part in parts:
        left -= len(part.encode("utf-8", "replace"))
        if left < 0:
            return "".join([*kept, cut])[:room]
        kept.append(part)
    return "".join(kept)


def _table(path: str, problems: Sequence[Problem], found: Found, blob: str) -> str:
    rows = []
    for problem in problems[:MOST_ROWS]:
        line = f'<a href="{_link(path, blob)}#L{problem.line}">{problem.line}</a>' if problem.line and not path.startswith("<") else ""
        code = f'<a href="{_escape(found.page(problem.code))}">{_escape(problem.code)}</a>' if found.site else _escape(problem.code)
        remedy = _code(problem.hint) if problem.hint else ""
        rows.append(f"<tr><td>{line}</td><td>{problem.level} {code}</td><td>{_code(problem.message)}</td><td>{remedy}</td></tr>\n")
    if len(problems) > MOST_ROWS:
        rows.append(f"<tr><td colspan=4>and {len(problems) - MOST_ROWS} more, which the log of this step has</td></tr>\n")
    name = _code(path) if path.startswith("<") else f'<a href="{_link(path, blob)}">{_code(path)}</a>'
    head = "<tr><th>line</th><th>finding</th><th>what is wrong</th><th>what to do</th></tr>\n"
    return f"\n<table>\n<tr><th colspan=4>{name}</th></tr>\n{head}{''.join(rows)}</table>\n"


def _code(text: str) -> str:
    shown = visible(text)
    return f"<code>{_escape(shown if len(shown) <= LONGEST else shown[:LONGEST] + '…')}</code>"


def _link(path: str, blob: str) -> str:
    return _escape(f"{blob}/{address(path)}")


def _escape(text: str) -> str:
    from html import escape  # with the names of all entities; needed for this format alone

    return escape(text)
