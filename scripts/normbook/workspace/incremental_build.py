"""A build of just what changed: the changed records are read, checked and shown, with every page that read something of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from normbook.findings.finding import Problem, is_error, sort_problems
from normbook.graph.checks.registry import run_checks
from normbook.graph.context import CheckContext
from normbook.graph.graph import relation_table
from normbook.graph.page_tracking import touched
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.site import search
from normbook.site.exports import api
from normbook.site.feed import feed
from normbook.site.pages.index import makers
from normbook.workspace import site_files
from normbook.workspace.build import Built, entry_of, pages_touched, patch_exports, shelve, touched_graph
from normbook.workspace.export_state import drop_forms, listed_paths
from normbook.workspace.frames import build_frames
from normbook.workspace.load import load_record, load_schemas
from normbook.workspace.memory import Lazy, Memory, environment_key, recall, remember_changed, stamps
from normbook.workspace.page_writer import Work
from normbook.workspace.repo import Repo

CLAIMS = "the number of claims"
MOST = 200  # changed records; with more, a whole build is as quick
WHOLE_FOR = (
    "source",
    "correspondence",
    "theme",
    "glossary",
)  # types whose checks look at all records of the type, or whose words stand on any page


def build_changed(
    repo: Repo, policy: bool = False, archived: Mapping[str, Path] = MappingProxyType({})
) -> tuple[Built | None, list[Problem]] | None:
    """What a build of the changed records did, with their findings; (None, findings) if there are any, and nothing was built.

    None if only a whole build will do: there was none before, something else than a record has changed, or a record was added,
    removed, or is of a type that is checked as a whole. Of records that have not changed nothing is checked again.
    """
    epoch = site_files.source_date(repo)
    memory = recall(repo, environment_key(repo, epoch, policy, archived))
    if memory is None or not (repo.site / "data" / "manifest.json").is_file():
        return None
    seen = stamps(repo)
    if seen.keys() != memory.entries.keys():
        return None
    changed = [id for id, (_, _, stamp) in seen.items() if stamp != memory.entries[id].stamp]
    if len(changed) > MOST or any(
        memory.entries[id].brief.type in WHOLE_FOR or memory.entries[id].brief.type != seen[id][0] for id in changed
    ):
        return None
    return _build(
        repo, memory, policy, changed, {id: (type, path) for id, (type, path, _) in seen.items()}, {id: seen[id][2] for id in changed}
    )


def _build(
    repo: Repo, memory: Memory, policy: bool, changed: list[str], files: dict[str, tuple[str, str]], new_stamps: dict[str, tuple[int, int]]
) -> tuple[Built | None, list[Problem]] | None:
    if not changed:
        return Built(0, 0, 0), []
    schemas = load_schemas(repo, [])
    problems: list[Problem] = []
    loaded: dict[str, Record] = {}
    for id in changed:
        if record := load_record(repo, schemas, files[id][0], Path(files[id][1]), problems):
            loaded[id] = record
    records = Lazy(files, _loader(repo, schemas, files), dict(loaded))
    before = {id: memory.entries[id] for id in changed}
    for id, record in loaded.items():
        memory.entries[id] = entry_of(record, schemas, new_stamps[id])
    graph = touched_graph(memory, records, relation_table(schemas))
    if len(loaded) == len(changed):
        subject = CheckContext(graph, schemas, memory.readings, {}, None, only=frozenset(changed))
        problems += run_checks(subject)
    if any(map(is_error, problems)) or len(loaded) < len(changed):
        return None, sort_problems(problems)
    if problems:
        return None  # a whole build tells of warnings
    moved: set[str] = set()
    for id in changed:
        moved |= touched((before[id].brief, before[id].links), (memory.entries[id].brief, memory.entries[id].links))
    if any(before[id].claims != memory.entries[id].claims for id in changed):
        moved.add(CLAIMS)
    interfaces = site_files.read_interfaces(repo)
    _, frames = build_frames(repo, interfaces, site_files.source_date(repo))
    work = Work(repo, shelve(repo, graph, schemas, memory), interfaces, frames, memory, policy)
    exported = patch_exports(work, changed)
    for path, content in api.lists(work.shelf, {memory.entries[id].brief.type for id in changed}):
        work.put(path, content)
    openapi = api.amended((repo.site / "openapi.json").read_text("utf-8"), listed_paths(repo), (), {})
    drop_forms(repo)
    work.put("openapi.json", openapi)
    stale = set(pages_touched(memory, moved))
    for id in sorted(stale & memory.entries.keys()):
        work.record(id)
    for name, make in makers(work.shelf, memory.count_claims(), exported).items():
        if f"maker: {name}" in stale or name == "data" or (name == "home" and CLAIMS in moved):
            work.other(name, make)
    listed = repo.site / "search" / "entries.js"
    work.put("search/entries.js", search.patched(listed.read_text("utf-8"), work.entries))
    work.put("feed.xml", work.renderers[0].text("feed.xml", feed(work.shelf, site_files.source_date(repo))))
    remember_changed(repo, memory, changed, [name for name in memory.reads if name in stale])
    return Built(len(work.pages), work.written, 0), []


def _loader(repo: Repo, schemas: Schemas, files: dict[str, tuple[str, str]]) -> Callable[[str], Record]:
    def load(id: str) -> Record:
        record = load_record(repo, schemas, files[id][0], Path(files[id][1]), [])
        assert record is not None, f"{id} was sound at the last build"
        return record

    return load
