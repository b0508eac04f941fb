"""What a change introduces: findings that the base revision does not have, and ids that it had and that are gone."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from normbook.findings.finding import Problem, identity, sort_problems
from normbook.records.model import Record
from normbook.workspace.git import at_revision, fork_point
from normbook.workspace.load import Project, load_earlier
from normbook.workspace.pipeline import check, derived

STALE = frozenset({"N801", "N802", "N803"})  # stale derived texts: only warnings for a change, because the patch shown with them fixes them
ALIKE = 0.5  # share of common lines above which a new record counts as a renamed one, as in git
COMMON = 50  # a line shared by more records than this says nothing about where a record went
MOST_FILE_LINES, MOST_PATCH_LINES = 5_000, 400  # in lines: longer texts are not compared, longer patches are cut


@dataclass(frozen=True)
class Change:
    """The findings that are new since the fork point, and how many earlier ones are fixed and how many remain."""

    new: tuple[Problem, ...]
    fixed: int
    existing: int


def since(project: Project, revision: str, problems: list[Problem]) -> Change | None:
    """What the project changes since it branched off `revision`; None, with a finding (N711 to N716), if that commit cannot be read.

    1. Two findings are the same if path, code, pointer and message (without line numbers) are equal; their lines do not matter.
    2. Stale derived texts always count as new, and as warnings: what they should be depends on the current rules.
    3. An id that had a record and now has neither a record nor a redirect is an error (N343).
    """
    commit = fork_point(project.repo, revision, problems)
    if commit is None:
        return None
    with tempfile.TemporaryDirectory(prefix="normbook-") as folder:
        old = at_revision(project.repo, commit, Path(folder).resolve(), problems)
        before = load_earlier(old, project.repo, revision, problems) if old else None
        if before is None:
            return None
        earlier = Counter(identity(problem) for problem in check(before) if problem.code not in STALE)
        now = check(project)
        remaining = earlier.copy()
        new = [*vanished(before, project, revision)]
        for problem in now:
            if problem.code in STALE:
                new.append(replace(problem, level="warning"))
            elif remaining[identity(problem)]:
                remaining[identity(problem)] -= 1
            else:
                new.append(problem)
    fixed = remaining.total()
    return Change(tuple(sort_problems(new)), fixed, earlier.total() - fixed)


def vanished(before: Project, after: Project, revision: str) -> Iterator[Problem]:
    """A finding for each id that had a record and now has neither a record nor a redirect, with a guess where it went."""
    if after.redirects is None and after.repo.redirects.exists():
        return  # the broken file has a finding of its own
    moved = {each["from"] for each in after.redirects.fields["redirects"]} if after.redirects else set()
    removed = [record for id, record in sorted(before.records.items()) if id not in after.records and id not in moved | after.broken]
    successors = _successors(removed, [record for id, record in after.records.items() if id not in before.records])
    for record in removed:
        successor = successors.get(record.id)
        question = f"did it move to {successor!r}? " if successor else ""
        line = f"- {{from: {record.id}, to: [{successor or 'THE-ID-THAT-TOOK-ITS-PLACE'}]}}"
        hint = f"{question}add `{line}` under redirects, or restore {record.path} with `publication: withdrawn`"
        message = f"the id {record.id!r} is gone since {revision!r}: expected a record or a redirect, so that published links still work"
        if after.redirects:
            yield after.redirects.problem("/redirects", "N343", message, hint)
        else:
            yield Problem(after.repo.relative(after.repo.redirects), 0, 0, "N343", message, hint)


def _successors(removed: Sequence[Record], new: Sequence[Record]) -> dict[str, str]:
    """For each record that is gone, the new record of the same type that is most similar by lines or title, if any is."""
    titles = {(record.type, record.title.casefold()): record.id for record in new}
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    lengths = {record.id: len(_lines(record)) for record in new}
    for record in new:
        for line in _lines(record):
            holders[record.type, line].append(record.id)
    matches = {}
    for record in removed:
        own = _lines(record)
        shared = Counter(id for line in own if len(holders[record.type, line]) <= COMMON for id in holders[record.type, line])
        share = {id: 2 * count / (len(own) + lengths[id]) for id, count in sorted(shared.items())}
        best = max(share, key=share.__getitem__, default="")
        if best and share[best] >= ALIKE:
            matches[record.id] = best
        elif (title := titles.get((record.type, record.title.casefold()))) is not None:
            matches[record.id] = title
    return matches


def _lines(record: Record) -> frozenset[str]:
    """The lines that identify a record: without its id, comments and very short lines."""
    return frozenset(line.strip() for line in record.lines if len(line.strip()) > 3 and not line.startswith(("id:", "#")))


def patch(project: Project) -> str:
    """A unified diff, for `git apply`, that brings the derived texts up to date. A long one is cut and says so. Empty if none is stale."""
    patch_lines: list[str] = []
    for path, text in derived(project).items():
        old = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        if old != text:
            patch_lines += _difference(project.repo.relative(path), old, text, path.is_file())
    if len(patch_lines) > MOST_PATCH_LINES:
        patch_lines = [*patch_lines[:MOST_PATCH_LINES], f"… and {len(patch_lines) - MOST_PATCH_LINES} more lines: run `normbook derive`"]
    return "\n".join(patch_lines)


def _difference(name: str, old: str, new: str, in_checkout: bool) -> list[str]:
    before, after = _patch_lines(old), _patch_lines(new)
    if max(len(before), len(after)) > MOST_FILE_LINES:
        return [f"{name}: too long to compare here: run `normbook derive`"]
    head = f"a/{name}" if in_checkout else "/dev/null"
    return "\n".join(unified_diff(before if in_checkout else [], after, head, f"b/{name}", lineterm="")).split("\n")


def _patch_lines(text: str) -> list[str]:
    """The lines of a text as in a patch, which marks a missing newline at the end of the file."""
    patch_lines = text.split("\n")
    return patch_lines[:-1] if not patch_lines[-1] else [*patch_lines[:-1], f"{patch_lines[-1]}\n\\ No newline at end of file"]
