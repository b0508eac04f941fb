"""The last stages: graph -> views -> pages and exports -> site. A whole build, or one of just what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from normbook.graph.claims import claims
from normbook.graph.graph import Graph, brief, edges, natural, relation_table
from normbook.graph.page_tracking import WatchedGraph
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS
from normbook.site import search
from normbook.site.context import Shelf
from normbook.site.exports import api, record_json
from normbook.site.feed import feed
from normbook.site.pages.findings import finding_pages
from normbook.site.pages.index import makers, redirect_pages
from normbook.site.pages.versions import versions_page
from normbook.workspace import site_files
from normbook.workspace.export_state import kept_rows, state_of
from normbook.workspace.files import remove_others
from normbook.workspace.frames import build_frames
from normbook.workspace.git import read_history
from normbook.workspace.hosting import host_files
from normbook.workspace.load import Project
from normbook.workspace.memory import Entry, Memory, environment_key, forget, remember, stamps
from normbook.workspace.page_writer import Work, all_records
from normbook.workspace.release.archive import names
from normbook.workspace.release.contracts import earlier_files, versions
from normbook.workspace.repo import Repo

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build did: pages made, files written, files removed, the words of each language that its catalogue
    lacks, and the addresses at which something is published (of a whole build).
    """

    pages: int
    written: int
    removed: int
    untranslated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()


def shelve(repo: Repo, graph: Graph, schemas: Schemas, memory: Memory, redirects: Sequence[Mapping[str, Any]] = ()) -> Shelf:
    """The records as pages need them, the graph watched."""
    by_id = {id: {each["id"]: each for each in fields["corrections"]} for id, fields in memory.corrections.items()}
    decided = {id: fields.get("decided_otherwise", ()) for id, fields in memory.corrections.items()}
    site = {**site_files.read_site(repo), "day": datetime.fromtimestamp(site_files.source_date(repo), UTC).strftime("%Y-%m-%d")}
    return Shelf(WatchedGraph.over(graph), schemas, memory.readings, by_id, decided, site, redirects, memory.history)


def build(
    project: Project,
    progress: Progress = lambda stage, done, of: None,
    policy: bool = False,
    archived: Mapping[str, Path] = MappingProxyType({}),
) -> Built:
    """The whole site, written into site/; files that have not changed are not written again. The project must have passed its check.

    `archived` are the frozen sites that are put below it, by version. `policy` puts the Content Security Policy into every page, for hosts that send no headers of ours.
    """
    repo = project.repo
    epoch = site_files.source_date(repo)
    memory = Memory(
        environment_key(repo, epoch, policy, archived),
        readings=dict(project.readings),
        corrections={id: record.fields for id, record in project.corrections.items()},
        history=read_history(repo),
    )
    seen = stamps(repo)
    for id, record in sorted(project.records.items(), key=lambda each: (each[1].type, natural(each[0]))):
        memory.entries[id] = entry_of(record, project.schemas, seen[id][2])
    forget(repo)
    progress("frame", 0, 1)
    interfaces = site_files.read_interfaces(repo)
    folder, frames = build_frames(repo, interfaces, epoch)
    graph = touched_graph(memory, project.records, relation_table(project.schemas))
    redirects = project.redirects.fields["redirects"] if project.redirects else ()
    shelf = shelve(repo, graph, project.schemas, memory, redirects)
    work = Work(repo, shelf, interfaces, frames, memory, policy)
    work.kept |= site_files.copy_static(folder, repo.site, frames, policy)
    forms = () if repo.release else kept_rows(repo, state_of(repo, memory, epoch))
    work.kept |= {row["path"] for row in forms}
    made = list(record_json.files(shelf, forms))
    served = () if repo.release else (*host_files(shelf.site["url"]).items(), *earlier_files(repo, shelf.site["url"]))
    for path, content in (*made, *served, *api.lists(shelf), api.index(shelf)):
        work.put(path, content)
    for done in all_records(work, list(memory.entries)):
        progress("pages", done, len(memory.entries))
    for name, make in makers(shelf, memory.count_claims(), described(made[-1][1])).items():
        work.other(name, make)
    rows = versions(repo, shelf.site["day"], len(memory.entries), archived)
    work.page(versions_page(rows, site_files.read_site(Repo(repo.root))["url"] if repo.release else ""))
    _finish(work, repo, folder, epoch)
    types = {id: entry.brief.type for id, entry in memory.entries.items()}
    work.put("openapi.json", api.openapi(shelf.site, work.kept, types))
    removed = remove_others(repo.site, work.kept | names(archived))
    remember(repo, memory)
    lacking = {each.code: sorted(each.missing) for each in interfaces if each.missing}
    return Built(len(work.pages), work.written, removed, lacking, api.addresses(work.kept, types))


def _finish(work: Work, repo: Repo, folder: Path, epoch: int) -> None:
    """The files that know of all pages: where moved records went, the list that the search reads, the feed, the sitemap."""
    for page in finding_pages(site_files.read_findings(repo)):
        work.page(page)
    pages = set(work.pages)
    for page in redirect_pages(work.shelf):
        work.page(page)
    entries = [*site_files.prose_entries(repo), *(work.entries[path] for path in sorted(work.entries))]
    work.put("search/entries.js", search.listed(entries))
    work.put("feed.xml", work.renderers[0].text("feed.xml", feed(work.shelf, epoch)))
    if not repo.release:  # a frozen page names the current one as the page to find
        plain, packed = site_files.sitemap(folder, work.shelf.site["url"], pages)
        work.put("sitemap.xml", plain)
        work.put("sitemap.xml.gz", packed)


def entry_of(record: Record, schemas: Schemas, stamp: tuple[int, int]) -> Entry:
    """What the memory keeps of a record."""
    counted = claims(record, schemas).count()
    return Entry(stamp, brief(record), tuple(edges(record, schemas)), (counted["quotation"], counted["outside"], counted["none"]))


def described(manifest: str) -> list[dict[str, Any]]:
    """The data files as the data page lists them: those that the manifest names, and itself."""
    own = record_json.manifest_row("data/manifest.json", manifest) | {"kind": "manifest"}
    return [row for row in (*json.loads(manifest)["files"], own) if row["path"].startswith("data/")]


def patch_exports(work: Work, changed: Iterable[str]) -> list[dict[str, Any]]:
    """The JSON Lines with the lines of the changed records made anew, and the list of data files for the data page, without bulk forms: those are out of date."""
    shelf, site = work.shelf, work.site
    manifest = json.loads((site / "data" / "manifest.json").read_text("utf-8"))
    rows = {row["path"]: row for row in manifest["files"] if row["kind"] in record_json.OWN}
    for type in dict.fromkeys(shelf.graph.briefs[id].type for id in changed):
        path = f"data/{FOLDERS[type]}.jsonl"
        content = (site / path).read_text("utf-8")
        for id in changed:
            if shelf.graph.briefs[id].type == type:
                start = content.index(record_json.json_head(type, id))
                content = content[:start] + record_json.json_line(shelf.graph.records[id]) + content[content.index("\n", start) + 1 :]
        work.put(path, content)
        rows[path] = record_json.manifest_row(path, content)
    text = record_json.manifest_text(rows.values(), shelf.site["version"])
    work.put("data/manifest.json", text)
    return described(text)


def touched_graph(memory: Memory, records: Mapping[str, Record], relations: Any) -> Graph:
    """The graph of what the memory knows."""
    briefs = {id: entry.brief for id, entry in memory.entries.items()}
    return Graph(briefs, tuple(edge for entry in memory.entries.values() for edge in entry.links), records, relations, in_order=True)


def pages_touched(memory: Memory, touched: set[str]) -> Iterator[str]:
    """The pages and makers that read something that is no longer as it was."""
    for name, read in memory.reads.items():
        if not touched.isdisjoint(read):
            yield name
