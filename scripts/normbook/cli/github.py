"""Findings for GitHub Actions: annotations for the files with the most findings, the full list as plain text, and a job summary."""

from __future__ import annotations

from collections.abc import Sequence

from normbook.cli.report import CheckResult, address, finding_lines, summary_line
from normbook.findings.finding import Level, Problem, visible

MAX_ANNOTATIONS = 10  # annotations per level that GitHub shows for one step; it drops the rest
MAX_SUMMARY_BYTES = 1024 * 1024 - 1  # bytes; GitHub rejects a larger summary
MAX_ROWS = 100  # rows per file in the summary
MAX_MESSAGE = 500  # code points of a message in the summary


def as_github(result: CheckResult) -> str:
    """The annotations, then all findings in a collapsed group in which GitHub obeys no commands, then the summary line."""
    lines = [_annotation(problem, result) for level in ("error", "warning") for problem in annotated(result.problems, level)]
    if result.problems:
        lines += [
            "::group::All findings as text",
            f"::stop-commands::{result.token}",
            *finding_lines(result),
            f"::{result.token}::",
            "::endgroup::",
        ]
    return "".join(f"{line}\n" for line in (*lines, summary_line(result)) if line)


def annotated(problems: Sequence[Problem], level: Level) -> list[Problem]:
    """The findings of a level to annotate: one for each of the files with the most findings, then a second for each, up to MAX_ANNOTATIONS."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.level == level:
            files.setdefault(problem.path, []).append(problem)
    ranked = sorted(files.values(), key=lambda group: (-len(group), group[0].path))
    by_turn = (group[turn] for turn in range(MAX_ANNOTATIONS) for group in ranked if turn < len(group))
    return [problem for problem, _ in zip(by_turn, range(MAX_ANNOTATIONS), strict=False)]


def _annotation(problem: Problem, result: CheckResult) -> str:
    location = {} if problem.path.startswith("<") else {"file": problem.path}
    if problem.line:
        location |= {"line": str(problem.line)} | ({"col": str(problem.column)} if problem.column else {})
    location["title"] = problem.code
    properties = ",".join(f"{key}={_property(value)}" for key, value in location.items())
    lines = [problem.message, problem.hint, result.page(problem.code) if result.site else ""]
    return f"::{problem.level} {properties}::{'%0A'.join(_value(line) for line in lines if line)}"


def _value(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def summary(result: CheckResult, blob: str, room: int = MAX_SUMMARY_BYTES) -> str:
    """The job summary, at most `room` bytes of UTF-8: one table per file, most errors first, with links to the lines below the URL `blob`.

    Tables are HTML without empty lines, so that no Markdown in them is interpreted; text from records is escaped and set in <code>.
    """
    parts = [f"## normbook check\n\n<p><code>{_escape(summary_line(result)) or 'No findings.'}</code></p>\n"]
    files: dict[str, list[Problem]] = {}
    for problem in result.problems:
        files.setdefault(problem.path, []).append(problem)
    ranked = sorted(files.items(), key=lambda entry: (-sum(p.level == "error" for p in entry[1]), -len(entry[1]), entry[0]))
    parts += [_table(path, problems, result, blob) for path, problems in ranked]
    if result.patch:
        patch = "\n".join(_escape(visible(line)) or " " for line in result.patch.split("\n"))
        parts.append(
            f"\nThe derived texts are stale; <code>normbook derive</code> makes these changes:\n\n<pre><code>{patch}\n</code></pre>\n"
        )
    truncation_note = "\nThe rest does not fit here; the log of this step has all findings.\n"
    included: list[str] = []
    bytes_left = room - len(truncation_note.encode())
    for part in parts:
        bytes_left -= len(part.encode("utf-8", "replace"))
        if bytes_left < 0:
            return "".join([*included, truncation_note])[:room]
        included.append(part)
    return "".join(included)


def _table(path: str, problems: Sequence[Problem], result: CheckResult, blob: str) -> str:
    table_rows = []
    for problem in problems[:MAX_ROWS]:
        line = f'<a href="{_link(path, blob)}#L{problem.line}">{problem.line}</a>' if problem.line and not path.startswith("<") else ""
        code = f'<a href="{_escape(result.page(problem.code))}">{_escape(problem.code)}</a>' if result.site else _escape(problem.code)
        remedy = _code(problem.hint) if problem.hint else ""
        table_rows.append(f"<tr><td>{line}</td><td>{problem.level} {code}</td><td>{_code(problem.message)}</td><td>{remedy}</td></tr>\n")
    if len(problems) > MAX_ROWS:
        table_rows.append(f"<tr><td colspan=4>and {len(problems) - MAX_ROWS} more in the log of this step</td></tr>\n")
    name = _code(path) if path.startswith("<") else f'<a href="{_link(path, blob)}">{_code(path)}</a>'
    head = "<tr><th>line</th><th>finding</th><th>what is wrong</th><th>what to do</th></tr>\n"
    return f"\n<table>\n<tr><th colspan=4>{name}</th></tr>\n{head}{''.join(table_rows)}</table>\n"


def _code(text: str) -> str:
    text_shown = visible(text)
    return f"<code>{_escape(text_shown if len(text_shown) <= MAX_MESSAGE else text_shown[:MAX_MESSAGE] + '…')}</code>"


def _link(path: str, blob: str) -> str:
    return _escape(f"{blob}/{address(path)}")


def _escape(text: str) -> str:
    from html import escape  # imported late: it loads a table of all HTML entities, which only this format needs

    return escape(text)
