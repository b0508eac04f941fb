"""New records, and looking up records by the ids that people type."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.graph import natural
from normbook.records.names import name_fault
from normbook.records.scaffold.assign import assign
from normbook.records.scaffold.new_record import Known, draft, placeholder_lines, scaffold
from normbook.records.types import FOLDERS, SPECS, TYPES
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project

SOUND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 80
ALIKE = str.maketrans("lio", "110")  # letters and digits that look alike


class New(NamedTuple):
    """A record that is not written yet: its path, its text, and the numbers of the lines (from 1) to be filled in."""

    path: Path
    text: str
    lines: tuple[int, ...]


def new(project: Project, kind: str, id: str, given: Sequence[tuple[str, str]], problems: list[Problem]) -> New | None:
    """The text of a new record, or None with the reasons in `problems`. Nothing is written.

    `given` are values by path, as `assign` takes them.
    """
    if kind not in TYPES:
        meant = suggest(kind, [*TYPES, *FOLDERS.values()])
        hint = f"did you mean {_singular(meant)!r}?" if meant else f"use one of: {', '.join(TYPES)}"
        problems.append(_finding("N719", f"unknown record type {kind!r}", hint))
        return None
    if refused := _refused(project, kind, id):
        problems.append(refused)
        return None
    known = Known(_ids(project), _sure(project, kind, id))
    values = draft(project.schemas, kind, id, known)
    for place, raw in given:
        found = assign(project.schemas, kind, values, place, raw)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            values = found
    text = scaffold(
        project.schemas, kind, project.schemas.ordered(kind, values), known, frozenset(place.split(".")[0] for place, _ in given)
    )
    path = project.repo.folder(kind) / f"{id}.yaml"
    lines = text.split("\n")
    problems += project.schemas.explain(kind, load(text, ""), project.repo.relative(path), lines)
    return None if problems else New(path, text, tuple(placeholder_lines(lines)))


def _singular(name: str) -> str:
    return next((type for type, folder in FOLDERS.items() if folder == name), name)


def _finding(code: str, message: str, hint: str) -> Problem:
    return Problem("<command>", 0, 0, code, message, hint)


def _refused(project: Project, kind: str, id: str) -> Problem | None:
    """Why an id cannot be used: it is invalid, is or was the id of another record, or looks like one."""
    strange = next((c for c in id if not c.isascii()), None)
    if strange:
        name = unicodedata.name(strange, "without a name")
        hint = "retype the id with the letters a to z, digits and hyphens"
        return _finding(
            "N718", f"the id {id!a} contains U+{ord(strange):04X}, {name}, which is not allowed in an id, whatever it looks like", hint
        )
    if not SOUND.fullmatch(id) or len(id) > LONGEST:
        return _finding(
            "N718",
            f"invalid id {id!r}",
            f"use lower-case words and digits joined by hyphens, starting with a letter, at most {LONGEST} characters",
        )
    if fault := name_fault(id):
        return _finding("N718", fault[1], fault[2])
    if kind == "correction":
        return _refused_correction(project, id)
    for type in TYPES:
        path = project.repo.folder(type) / f"{id}.yaml"
        if SPECS[type].has_pages and (path.exists() or path.is_symlink()):
            return _finding(
                "N717", f"the id {id!r} is taken by {project.repo.relative(path)}", "choose another id: ids are unique across all types"
            )
    moved = next((each for each in _moved(project) if each["from"] == id), None)
    if moved:
        hint = "choose another id: a published id is never reused"
        return _finding("N717", f"the id {id!r} is in use as a redirect to {', '.join(moved['to'])}", hint)
    alike = next((each for each in sorted(project.records) if each.translate(ALIKE) == id.translate(ALIKE)), None)
    if alike:
        return _finding("N718", f"the id {id!r} looks like {alike!r}", "choose one that cannot be mistaken for another")
    return None


def _refused_correction(project: Project, id: str) -> Problem | None:
    """Why a file of corrections cannot be made: it exists, or there is no source with its id."""
    path = project.repo.folder("correction") / f"{id}.yaml"
    if path.exists() or path.is_symlink():
        return _finding("N717", f"{project.repo.relative(path)} already exists", "add your correction to its list")
    if id not in project.records or project.records[id].type != "source":
        sources = sorted(each.id for each in project.records.values() if each.type == "source")
        meant = suggest(id, sources)
        hint = f"did you mean {meant!r}?" if meant else f"use one of: {', '.join(sources)}"
        return _finding("N718", f"no source {id!r}: a file of corrections has the id of its source", hint)
    return None


def _moved(project: Project) -> Sequence[Mapping[str, Any]]:
    return project.redirects.fields["redirects"] if project.redirects else ()


def _ids(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {type: [] for type in TYPES}
    for record in project.records.values():
        found[record.type].append(record.id)
    return {type: sorted(ids, key=natural) for type, ids in found.items()}


def _sure(project: Project, kind: str, id: str) -> dict[str, Any]:
    """The fields that follow from the id; for a source also the seed with its number, if there is one."""
    if kind != "source":
        return SPECS[kind].guess(id, project.records)
    number = id.removeprefix("seed-")
    name = next((name for name in project.seeds if name.split("_", 1)[0] == number), None)
    return {"seed": {"file": name, "sha256": hashlib.sha256(project.seeds[name]).hexdigest()}} if name else {}


def moved_to(project: Project, id: str) -> list[str]:
    """The current ids of a record: its own, or those of its redirect; empty if there is neither."""
    if id in project.records:
        return [id]
    entries = project.redirects.fields["redirects"] if project.redirects else ()
    return next((list(each["to"]) for each in entries if each["from"] == id), [])


def unknown(project: Project, id: str) -> list[Problem]:
    """Findings that explain why there is no record with an id: the errors of its file, or that there is none, with a similar id."""
    own = [problem for problem in project.problems if problem.path.endswith(f"/{id}.yaml")]
    if own:
        return own
    meant = suggest(id, sorted(project.records))
    hint = f"did you mean {meant!r}?" if meant else "see the files in data/: the name of a file is the id"
    return [Problem("<command>", 0, 0, "N303", f"no record {id!r}", hint)]
