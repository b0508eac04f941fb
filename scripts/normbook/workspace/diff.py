"""The differences between the checkout and an earlier revision."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from normbook.findings.finding import Problem, is_error
from normbook.graph.diff import Change, changes
from normbook.graph.text_diff import CorrectionChange, LineChange, correction_changes, text_changes
from normbook.workspace.git import at_revision
from normbook.workspace.load import Project, load_earlier, load_project
from normbook.workspace.repo import Repo


class Difference(NamedTuple):
    """The changes of records, corrections and readings."""

    changes: tuple[Change, ...]
    corrections: tuple[CorrectionChange, ...]
    texts: tuple[LineChange, ...]


def differ(repo: Repo, revision: str, problems: list[Problem]) -> Difference | None:
    """The difference between a revision and the checkout; None with the reasons in `problems`.

    A record that cannot be read on one side is left out, so that it does not look removed or new; errors of the checkout are in `problems`.
    """
    with tempfile.TemporaryDirectory() as folder:
        before = at_revision(repo, revision, Path(folder), problems)
        old = load_earlier(before, repo, revision, problems) if before else None
        if old is None:
            return None
        new = load_project(repo)
        problems += [problem for problem in new.problems if is_error(problem)]
        return compare(old, new)


def compare(old: Project, new: Project) -> Difference:
    """The difference between two loaded projects, using the schemas of the new one."""
    broken = old.broken | new.broken
    records = [{id: record for id, record in each.records.items() if id not in broken} for each in (old, new)]
    fixes = [{id: record for id, record in each.corrections.items() if id not in broken} for each in (old, new)]
    readings = [{id: found for id, found in each.readings.items() if id not in broken} for each in (old, new)]
    return Difference(
        changes(records[0], records[1], new.schemas, _moved(new)),
        correction_changes(fixes[0], fixes[1]),
        text_changes(readings[0], readings[1]),
    )


def _moved(project: Project) -> Mapping[str, tuple[str, ...]]:
    entries = project.redirects.fields["redirects"] if project.redirects else ()
    return {each["from"]: tuple(each["to"]) for each in entries}
