"""What a change brings: the findings that a revision does not have, and the ids that it had."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from normbook.findings.finding import Problem, identity, sort_problems
from normbook.records.model import Record
from normbook.workspace.git import at_revision, fork_point
from normbook.workspace.load import Project, load_project
from normbook.workspace.pipeline import check, derived
from normbook.workspace.repo import Repo

STALE = frozenset({"N801", "N802", "N803"})  # of derived texts: warnings for a change, which the patch beside them mends
ALIKE = 0.5  # the share of lines from which on a new record is taken for one that was renamed, as git does
COMMON = 50  # records that share a line before it says nothing of where a record went
LONGEST_FILE, LONGEST_PATCH = 5_000, 400  # lines: of a text that is compared, and of the patch that is shown


@dataclass(frozen=True)
class Change:
    """The findings that are new since the fork point, and how many of the revision's are mended and how many stand as they stood."""

    new: tuple[Problem, ...]
    mended: int
    standing: int


def since(project: Project, revision: str, problems: list[Problem]) -> Change | None:
    """What the project brings over the commit at which it left `revision`; None with a finding where that cannot be read (N711 to N716).

    1. Findings are the same whatever lines they stand on: path, code, pointer and message without its line numbers.
    2. Stale derived texts are always new, and warnings: what they should be depends on the rules of today.
    3. An id that had a record and has neither one nor a redirect is an error (N343).
    """
    commit = fork_point(project.repo, revision, problems)
    if commit is None:
        return None
    with tempfile.TemporaryDirectory(prefix="normbook-") as folder:
        old = at_revision(project.repo, commit, Path(folder).resolve(), problems)
        before = _load(old, project.repo, revision, problems) if old else None
        if before is None:
            return None
        had = Counter(identity(problem) for problem in check(before) if problem.code not in STALE)
        now = check(project)
        left = had.copy()
        new = [*vanished(before, project, revision)]
        for problem in now:
            if problem.code in STALE:
                new.append(replace(problem, level="warning"))
            elif left[identity(problem)]:
                left[identity(problem)] -= 1
            else:
                new.append(problem)
    mended = left.total()
    return Change(tuple(sort_problems(new)), mended, had.total() - mended)


def _load(old: Repo, new: Repo, revision: str, problems: list[Problem]) -> Project | None:
    """The project of a revision. It is read with its own schemas, and with today's where it had none yet for a type."""
    for path in sorted(new.schema.glob("*.schema.json")):
        if not (old.schema / path.name).exists():
            shutil.copyfile(path, old.schema / path.name)
    project = load_project(old)
    if project.schemas.documents:
        return project
    reason = next((f"{each.path}: {each.message}" for each in project.problems if each.path.startswith("schema/")), "there are none")
    problems.append(Problem("<command>", 0, 0, "N715", f"the schemas of {revision!r} cannot be used: {reason}", "name a later revision"))
    return None


def vanished(before: Project, after: Project, revision: str) -> Iterator[Problem]:
    """A finding for each id that had a record and has neither a record now nor a redirect, with where it may have gone."""
    if after.redirects is None and after.repo.redirects.exists():
        return  # the file is broken, and says so
    moved = {each["from"] for each in after.redirects.fields["redirects"]} if after.redirects else set()
    gone = [record for id, record in sorted(before.records.items()) if id not in after.records and id not in moved | after.broken]
    heirs = _heirs(gone, [record for id, record in after.records.items() if id not in before.records])
    for record in gone:
        heir = heirs.get(record.id)
        asked = f"did it move to {heir!r}? " if heir else ""
        line = f"- {{from: {record.id}, to: [{heir or 'THE-ID-THAT-TOOK-ITS-PLACE'}]}}"
        hint = f"{asked}add «{line}» under redirects, or bring {record.path} back with «publication: withdrawn»"
        message = f"the id {record.id!r} has vanished since {revision!r}: an address that was published leads nowhere"
        if after.redirects:
            yield after.redirects.problem("/redirects", "N343", message, hint)
        else:
            yield Problem(after.repo.relative(after.repo.redirects), 0, 0, "N343", message, hint)


def _heirs(gone: Sequence[Record], new: Sequence[Record]) -> dict[str, str]:
    """The new record of the same type that each vanished one is most like, by title or by lines; none where none is like it."""
    titles = {(record.type, record.title.casefold()): record.id for record in new}
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    lengths = {record.id: len(_lines(record)) for record in new}
    for record in new:
        for line in _lines(record):
            holders[record.type, line].append(record.id)
    found = {}
    for record in gone:
        own = _lines(record)
        shared = Counter(id for line in own if len(holders[record.type, line]) <= COMMON for id in holders[record.type, line])
        share = {id: 2 * count / (len(own) + lengths[id]) for id, count in sorted(shared.items())}
        best = max(share, key=share.__getitem__, default="")
        if best and share[best] >= ALIKE:
            found[record.id] = best
        elif (title := titles.get((record.type, record.title.casefold()))) is not None:
            found[record.id] = title
    return found


def _lines(record: Record) -> frozenset[str]:
    """The lines that tell a record from others: not its id, and none that every record has."""
    return frozenset(line.strip() for line in record.lines if len(line.strip()) > 3 and not line.startswith(("id:", "#")))


def patch(project: Project) -> str:
    """What the derived texts lack, as a unified diff that git can apply; cut, with a word, where it is long. Empty where none is stale."""
    rows: list[str] = []
    for path, text in derived(project).items():
        old = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        if old != text:
            rows += _difference(project.repo.relative(path), old, text, path.is_file())
    if len(rows) > LONGEST_PATCH:
        rows = [*rows[:LONGEST_PATCH], f"… and {len(rows) - LONGEST_PATCH} more lines: run «normbook derive»"]
    return "\n".join(rows)


def _difference(name: str, old: str, new: str, stands: bool) -> list[str]:
    before, after = _rows(old), _rows(new)
    if max(len(before), len(after)) > LONGEST_FILE:
        return [f"{name}: too long to be compared here: run «normbook derive»"]
    head = f"a/{name}" if stands else "/dev/null"
    return "\n".join(unified_diff(before if stands else [], after, head, f"b/{name}", lineterm="")).split("\n")


def _rows(text: str) -> list[str]:
    """The lines of a text as a patch has them: one that ends the text without a line end says so."""
    rows = text.split("\n")
    return rows[:-1] if not rows[-1] else [*rows[:-1], f"{rows[-1]}\n\\ No newline at end of file"]
