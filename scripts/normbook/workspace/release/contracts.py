"""The contracts of earlier releases, and whether the current state keeps the last one."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normbook.findings.finding import Level, Problem
from normbook.records.contract.contract import (
    Contract,
    Difference,
    Version,
    differences,
    next_version,
    read_contract,
    read_version,
    required_rank,
)
from normbook.records.contract.reader_types import fields, tables
from normbook.site.exports.record_json import published, published_schemas
from normbook.workspace.files import write
from normbook.workspace.git import heritage_ids
from normbook.workspace.load import Project, load_schemas
from normbook.workspace.repo import Repo

if TYPE_CHECKING:
    from normbook.site.pages.versions import Release

NONE = Version(0, 0, 0)
FORM = "write three numbers, such as 0.2.0"


def data_version(repo: Repo) -> Version:
    """The version of the data that is being prepared; 0.0.0 if there is none."""
    return read_version(repo.version.read_text("utf-8", "replace").strip()) or NONE if repo.version.is_file() else NONE


def contracts(repo: Repo, problems: list[Problem]) -> list[Contract]:
    """The contracts of all releases, the oldest first. One that cannot be read is reported (N739)."""
    found = []
    for folder in sorted(repo.releases.iterdir()) if repo.releases.is_dir() else []:
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        path = folder / "contract.json"
        try:
            schemas = {each.name.removesuffix(".schema.json"): json.loads(each.read_text("utf-8")) for each in sorted((folder / "schema").glob("*.schema.json"))}  # fmt: skip
            contract = read_contract(json.loads(path.read_text("utf-8")), schemas)
        except (OSError, ValueError) as error:
            problems.append(_unsound(repo.relative(path), f"the contract of a release cannot be read: {_reason(error)}", "restore it: what was released is never edited"))  # fmt: skip
            continue
        if contract is None or str(contract.version) != folder.name:
            problems.append(_unsound(repo.relative(path), f"expected the contract of the release {folder.name}", "restore it: what was released is never edited"))  # fmt: skip
        else:
            found.append(contract)
    return sorted(found, key=lambda each: each.version)


def _reason(error: Exception) -> str:
    return (error.strerror or "unknown") if isinstance(error, OSError) else str(error)


def _unsound(path: str, message: str, hint: str, line: str = "") -> Problem:
    return Problem(path, int(bool(line)), int(bool(line)), "N739", message, hint, source_line=line)


def present(project: Project, day: str = "", addresses: Iterable[str] = (), types: Mapping[str, str] | None = None) -> Contract:
    """The contract that the project would have if it were released now; `types` are those of its records, if known already."""
    known = types if types is not None else {id: record.type for id, record in project.records.items()}
    return Contract(data_version(project.repo), day, known, tuple(addresses), published(project.schemas.documents))


def versions(repo: Repo, day: str, count: int, found: Container[str]) -> list[Release]:
    """The releases for their page, the latest first. `found` are those whose frozen sites are available.

    The page of a frozen version lists it and the earlier ones; `day` and `count` are its own day and number of records.
    """
    from normbook.site.pages.versions import Release

    rows = []
    for contract in contracts(repo, []):
        version = str(contract.version)
        if not repo.release or contract.version < (read_version(repo.release) or NONE):
            rows.append(Release(version, contract.day, len(contract.records), _recorded_changes(repo, version), tuple(contract.schemas), bool(repo.release) or version in found, () if repo.release else heritage_ids(repo, version)))  # fmt: skip
    if repo.release:
        rows.append(Release(repo.release, day, count, _recorded_changes(repo, repo.release), (), True))
    return rows[::-1]


def _recorded_changes(repo: Repo, version: str) -> tuple[tuple[int, str], ...]:
    for path in (repo.releases / version / "changes.json", repo.archives / f"changes-{version}.json"):
        if path.is_file():
            return tuple((int(depth), str(text)) for depth, text in json.loads(path.read_text("utf-8")))
    return ()


def compared(project: Project, last: Contract, now: Contract) -> list[Difference]:
    """The differences from a contract. Files that cannot be read do not count as removed."""
    redirects = project.redirects.fields["redirects"] if project.redirects else ()
    moved = {each["from"]: each["to"] for each in redirects}
    found = differences(last, now, moved)
    return [each for each in found if not (each.code == "N731" and each.record in project.broken)]


def check_contract(project: Project, types: Mapping[str, str] | None = None) -> list[Problem]:
    """Findings about what breaks the last release's contract (N731 to N737), what schemas add to it (N738), and an invalid version (N739).

    Records that are only new need no version from those who add them: `normbook release` refuses a version that is too small.
    """
    problems: list[Problem] = []
    releases = contracts(project.repo, problems)
    path = project.repo.version
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    line, shown = text.partition("\n")[0], project.repo.relative(path)
    if path.is_file() and read_version(text.strip()) is None:
        return [*problems, _unsound(shown, f"{text.strip()[:40]!r} is not a version", FORM, line)]
    if not releases:
        return problems
    last = releases[-1]
    version = data_version(project.repo)
    if version < last.version:
        reason = f"the version {version} is behind the last release, {last.version}" if line else f"the version of the data is missing; the last release is {last.version}"  # fmt: skip
        return [*problems, _unsound(shown, reason, f"write `{next_version(last.version, 'minor')}`", line)]
    found = compared(project, last, present(project, addresses=last.addresses, types=types))
    wanted = next_version(last.version, required_rank(found))
    if not found or version >= wanted:
        return problems
    if breaking := [each for each in found if each.breaks]:
        return [*problems, *(_breaking(project, each, last.version, wanted) for each in breaking)]
    words = [f"{_where(each)}: {each.words}" if each.schema else each.words for each in found if not each.record]
    if not words:
        return problems
    records = sum(bool(each.record) for each in found)
    parts = [*words[:3], *([f"{len(words) - 3} more"] if len(words) > 3 else ())]
    parts += [f"{records} {'record is' if records == 1 else 'records are'} new or moved"] if records else []
    message = f"additions since the release {last.version}: {'; '.join(parts)}"
    return [*problems, _at_version(project.repo, "N738", message, f"write `{wanted}`, the next version that allows additions", "warning")]


def moved_addresses(project: Project, published_at: Sequence[str]) -> list[Problem]:
    """Findings about addresses of the last release that a full build no longer publishes (N737), unless the version allows it."""
    releases = contracts(project.repo, [])
    if not releases or data_version(project.repo) >= (wanted := next_version(releases[-1].version, "major")):
        return []
    hint = _hint(releases[-1].version, wanted)
    removed = [each for each in releases[-1].addresses if each not in published_at]
    return [_at_version(project.repo, "N737", f"{each!r} is no longer published", hint) for each in removed]


def _hint(last: Version, wanted: Version) -> str:
    return f"undo the change, or write {wanted} in releases/VERSION: it breaks the contract of {last}"


def _at_version(repo: Repo, code: str, message: str, hint: str, level: Level = "error") -> Problem:
    return Problem(repo.relative(repo.version), 1, 1, code, message, hint, level=level, source_line=str(data_version(repo)))


def _where(each: Difference) -> str:
    more = f" and {each.places - 1} other {'place' if each.places == 2 else 'places'}" if each.places > 1 else ""
    return f"{each.schema} {'/'.join(each.path)}".strip() + more


def _breaking(project: Project, each: Difference, last: Version, wanted: Version) -> Problem:
    """A finding that breaks the contract, at the record, at the field's place in its schema, or at the version."""
    hint = _hint(last, wanted)
    if each.record in project.records:
        return project.records[each.record].problem("/id", each.code, each.words, hint)
    path = project.repo.schema / f"{each.schema}.schema.json"
    if each.record or not path.is_file():
        return _at_version(
            project.repo, each.code, each.words, f"add a redirect to data/redirects.yaml, or {hint}" if each.record else hint
        )
    text, shown = path.read_text("utf-8"), project.repo.relative(path)
    pointer = _place(project.schemas.documents[each.schema], each.path)
    from normbook.records.yaml.reader import load

    mark = load(text, shown).marks.get(pointer)
    line, column = (mark.key_line or mark.line, mark.key_column or mark.column) if mark else (1, 1)
    return Problem(shown, line, column, each.code, f"{_where(each)}: {each.words}", hint, pointer, source_line=text.split("\n")[line - 1])


def _place(schema: Any, path: Sequence[str]) -> str:
    """The pointer to a field in a schema, as far as it is defined in this file."""
    pointer = ""
    for name in path:
        keys = ("items",) if name == "*" else ("properties", name)
        for key in keys:
            if not isinstance(schema, dict) or key not in schema:
                return pointer
            schema = schema[key]
            pointer += f"/{key}"
    return pointer


def earlier_files(repo: Repo, site_url: str) -> Iterator[tuple[str, str]]:
    """The published contract, changes and schemas of each release, by path. The `$id` of each schema is its address."""
    for contract in contracts(repo, []):
        folder = f"releases/{contract.version}/"
        yield f"{folder}contract.json", (repo.releases / str(contract.version) / "contract.json").read_text("utf-8")
        changes = repo.releases / str(contract.version) / "changes.json"
        if changes.is_file():
            yield f"{folder}changes.json", changes.read_text("utf-8")
        yield from published_schemas(contract.schemas, site_url, f"{folder}schema/")


def typed(repo: Repo) -> dict[str, str]:
    """The generated modules of the reader, source text by name. They depend on the schemas, the record types and the version of the data."""
    schemas = load_schemas(repo, [])
    documents = published(schemas.documents)
    return {"fields.py": fields(documents), "tables.py": tables(documents, schemas.relations, data_version(repo))}


def write_types(repo: Repo) -> list[Path]:
    """Writes the reader's types; returns their paths."""
    folder = repo.root / "scripts" / "normbook" / "reader"
    made = {folder / name: text for name, text in typed(repo).items()}
    for path, text in made.items():
        write(path, text)
    return list(made)
