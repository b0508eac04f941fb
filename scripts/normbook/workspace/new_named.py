"""Records by the ids that people type."""

from __future__ import annotations

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.workspace.load import Project


def moved_to(project: Project, id: str) -> list[str]:
    """The ids under which a record is found now: its own, or those that a redirect names; empty if there is neither."""
    if id in project.records:
        return [id]
    entries = project.redirects.fields["redirects"] if project.redirects else ()
    return next((list(each["to"]) for each in entries if each["from"] == id), [])


def unknown(project: Project, id: str) -> list[Problem]:
    """Why no record is found under an id: what is wrong with its file, or that there is none, with the nearest that there is."""
    own = [problem for problem in project.problems if problem.path.endswith(f"/{id}.yaml")]
    if own:
        return own
    meant = suggest(id, sorted(project.records))
    hint = f"did you mean {meant!r}?" if meant else "see the files below data/: the name of a file is the id"
    return [Problem("<command>", 0, 0, "N303", f"no record {id!r}", hint)]
