"""The last stages: graph -> views -> pages and exports -> site. A whole build, or one of just what changed."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from jinja2 import FileSystemBytecodeCache, FileSystemLoader

from normbook.graph.claims import claims
from normbook.graph.graph import Graph, brief, edges, natural, relation_table
from normbook.graph.watch import WatchedGraph
from normbook.paths import Repo
from normbook.pipeline import site as sites
from normbook.pipeline.files import remove_others, write
from normbook.pipeline.load import Project
from normbook.pipeline.memory import Entry, Memory, environment_key, forget, remember, stamps
from normbook.publish import exports
from normbook.publish.frame import set_into
from normbook.publish.indexes import makers
from normbook.publish.page import Frame, Page
from normbook.publish.render import Renderer
from normbook.publish.search import entry
from normbook.publish.shelf import Shelf
from normbook.publish.views import record_page
from normbook.records.model import Record
from normbook.records.schema import FOLDERS, Schemas
from normbook.text.readings import Readings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build did: pages made, files written, files removed."""

    pages: int
    written: int
    removed: int


def shelve(
    repo: Repo, graph: Graph, schemas: Schemas, readings: Mapping[str, Readings], corrections: Mapping[str, Mapping[str, Any]]
) -> Shelf:
    """The records as pages need them, the graph watched."""
    by_id = {id: {each["id"]: each for each in fields["corrections"]} for id, fields in corrections.items()}
    decided = {id: fields.get("decided_otherwise", ()) for id, fields in corrections.items()}
    return Shelf(WatchedGraph.over(graph), schemas, readings, by_id, decided, sites.read_site(repo))


def build(project: Project, progress: Progress = lambda stage, done, of: None) -> Built:
    """The whole site, written into site/; files that have not changed are not written again. The project must have passed its check."""
    repo = project.repo
    epoch = sites.source_date(repo)
    memory = Memory(
        environment_key(repo, epoch),
        readings=dict(project.readings),
        corrections={id: record.fields for id, record in project.corrections.items()},
    )
    seen = stamps(repo)
    for id, record in sorted(project.records.items(), key=lambda each: (each[1].type, natural(each[0]))):
        memory.entries[id] = entry_of(record, project.schemas, seen[id][2])
    forget(repo)
    progress("frame", 0, 1)
    folder, frames = sites.build_frames(repo, epoch)
    shelf = shelve(
        repo, touched_graph(memory, project.records, relation_table(project.schemas)), project.schemas, project.readings, memory.corrections
    )
    work = Work(repo, shelf, frames, memory)
    work.kept |= sites.copy_static(folder, repo.site, frames)
    made = list(exports.files(shelf))
    for path, content in made:
        work.put(path, content)
    for done in all_records(work, list(memory.entries)):
        progress("pages", done, len(memory.entries))
    for name, make in makers(shelf, memory.count_claims(), described(made)).items():
        work.other(name, make)
    work.put("search/search_index.json", sites.search_index(folder, frames, [work.entries[path] for path in sorted(work.entries)]))
    plain, packed = sites.sitemap(folder, shelf.site["url"], work.entries)
    work.put("sitemap.xml", plain)
    work.put("sitemap.xml.gz", packed)
    removed = remove_others(repo.site, work.kept)
    remember(repo, memory)
    return Built(len(work.entries), work.written, removed)


def entry_of(record: Record, schemas: Schemas, stamp: tuple[int, int]) -> Entry:
    """What the memory keeps of a record."""
    counted = claims(record, schemas).count()
    return Entry(stamp, brief(record), tuple(edges(record, schemas)), (counted["quotation"], counted["outside"], counted["none"]))


def described(made: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The data files as the data page lists them."""
    return [{"path": path, "bytes": len(content.encode()), "what": _what(path)} for path, content in made if path.startswith("data/")]


def _what(path: str) -> str:
    name = path.rpartition("/")[2]
    if name.endswith(".jsonl"):
        return f"All {name.removesuffix('.jsonl')}, one JSON object a line"
    return (
        "Names, sizes and checksums of these files"
        if name == "manifest.json"
        else f"The cleaned text of {name.removesuffix('.json')} with the ledger that turns it back"
    )


def _compiled(repo: Repo) -> FileSystemBytecodeCache:
    """Compiled templates, kept from build to build."""
    folder = repo.build / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


class Made(NamedTuple):
    """What was made of some records: the files, the entries of the search index, what each page read, how many files were written."""

    kept: set[str]
    entries: dict[str, dict[str, str]]
    reads: dict[str, frozenset[str]]
    written: int


class Work:
    """Makes pages, puts them into the site, and remembers what each read."""

    def __init__(self, repo: Repo, shelf: Shelf, frames: Mapping[str, Frame], memory: Memory) -> None:
        self.site, self.shelf, self.frames, self.memory = repo.site, shelf, frames, memory
        self.renderer = Renderer(FileSystemLoader(repo.templates), shelf.url, _compiled(repo))
        self.kept: set[str] = set()
        self.entries: dict[str, dict[str, str]] = {}
        self.written = 0

    def take(self, made: Made) -> None:
        """What another process made."""
        self.kept |= made.kept
        self.entries.update(made.entries)
        self.memory.reads.update({page: frozenset(map(intern, read)) for page, read in made.reads.items()})
        self.written += made.written

    def put(self, path: str, content: str | bytes) -> None:
        """A file of the site."""
        self.kept.add(path)
        self.written += write(self.site / path, content, durable=False)

    def record(self, id: str) -> None:
        """The page of a record, and its JSON."""
        with_log = self._log()
        with_log.clear()
        self._page(record_page(self.shelf, id))
        self.memory.reads[id] = frozenset(with_log)
        self.put(f"data/records/{id}.json", exports.record_json(self.shelf, id))

    def other(self, name: str, make: Callable[[], Page]) -> None:
        """A page that is not the page of one record."""
        with_log = self._log()
        with_log.clear()
        self._page(make())
        self.memory.reads[f"maker: {name}"] = frozenset(with_log)

    def _log(self) -> set[str]:
        graph = self.shelf.graph
        assert isinstance(graph, WatchedGraph)
        return graph.log

    def _page(self, page: Page) -> None:
        name = page.frame if page.frame.endswith(".html") else f"{page.frame}/index.html"
        if name not in self.frames:
            raise sites.BuildError(f"site_src/pages lacks the page of the frame {name}: add it with «frame: true» in its front matter")
        body = self.renderer.render(page, self.frames[name])
        self.put(page.path, set_into(self.frames[name], page, body, self.shelf.site["name"], self.shelf.site["url"]))
        self.entries[page.path] = entry(page)


FEW = 400  # records; up to so many, another process costs more than it brings
BATCH = 100
_work: Work | None = None  # what the processes that make pages inherit


def all_records(work: Work, ids: list[str]) -> Iterator[int]:
    """Makes the pages of all records, on every core where there are many; yields how many are done."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(ids) <= FEW or cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        for number, id in enumerate(ids, 1):
            work.record(id)
            yield number
        return
    global _work  # noqa: PLW0603 - a forked process inherits it; nothing is copied
    _work = work
    batches = [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
    done = 0
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        for made in pool.imap_unordered(_batch, batches):
            work.take(made)
            done += len(made.reads)
            yield done
    gc.unfreeze()
    _work = None


def _batch(ids: list[str]) -> Made:
    """What one process made of some records."""
    assert _work is not None
    _work.kept, _work.entries, _work.written, _work.memory.reads = set(), {}, 0, {}
    for id in ids:
        _work.record(id)
    return Made(_work.kept, _work.entries, _work.memory.reads, _work.written)


def patch_exports(work: Work, changed: Iterable[str]) -> list[dict[str, Any]]:
    """The bulk files with the lines of the changed records made anew, and the list of data files for the data page."""
    shelf, site = work.shelf, work.site
    manifest = json.loads((site / "data" / "manifest.json").read_text("utf-8"))
    sizes = {row["path"]: row for row in manifest["files"]}
    for type in dict.fromkeys(shelf.graph.briefs[id].type for id in changed):
        path = f"data/{FOLDERS[type]}.jsonl"
        content = (site / path).read_text("utf-8")
        for id in changed:
            if shelf.graph.briefs[id].type == type:
                start = content.index(exports.json_head(type, id))
                content = content[:start] + exports.json_line(shelf.graph.records[id]) + content[content.index("\n", start) + 1 :]
        work.put(path, content)
        sizes[path] = {"path": path, "bytes": len(content.encode()), "sha256": hashlib.sha256(content.encode()).hexdigest()}
    text = exports.manifest_text(sizes[row["path"]] for row in manifest["files"])
    work.put("data/manifest.json", text)
    rows = [
        {"path": row["path"], "bytes": sizes[row["path"]]["bytes"], "what": _what(row["path"])}
        for row in manifest["files"]
        if row["path"].startswith("data/")
    ]
    return [*rows, {"path": "data/manifest.json", "bytes": len(text.encode()), "what": _what("data/manifest.json")}]


def patch_search(site: Path, entries: Mapping[str, Mapping[str, str]]) -> str | None:
    """The search index with the entries of some pages made anew, None if they are as they were."""
    old = text = (site / "search" / "search_index.json").read_text("utf-8")
    for path, found in entries.items():
        start = text.index(f'{{"location":{json.dumps(path)},')
        _, end = json.JSONDecoder().raw_decode(text, start)
        text = text[:start] + json.dumps(found, ensure_ascii=False, separators=(",", ":")) + text[end:]
    return None if text == old else text


def touched_graph(memory: Memory, records: Mapping[str, Record], relations: Any) -> Graph:
    """The graph of what the memory knows."""
    briefs = {id: entry.brief for id, entry in memory.entries.items()}
    return Graph(briefs, tuple(edge for entry in memory.entries.values() for edge in entry.links), records, relations, in_order=True)


def pages_touched(memory: Memory, touched: set[str]) -> Iterator[str]:
    """The pages and makers that read something that is no longer as it was."""
    for name, read in memory.reads.items():
        if not touched.isdisjoint(read):
            yield name
