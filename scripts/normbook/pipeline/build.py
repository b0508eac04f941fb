"""The last stages: graph -> views -> pages and exports -> site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import FileSystemLoader

from normbook.graph.claims import claims
from normbook.graph.graph import link
from normbook.paths import Repo
from normbook.pipeline import site as sites
from normbook.pipeline.files import remove_others, write
from normbook.pipeline.load import Project
from normbook.publish import exports
from normbook.publish.frame import set_into
from normbook.publish.indexes import index_pages
from normbook.publish.page import Frame, Page
from normbook.publish.render import Renderer
from normbook.publish.search import entry
from normbook.publish.shelf import Shelf
from normbook.publish.views import record_page

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What a build did: pages in all, files written, files removed."""

    pages: int
    written: int
    removed: int


def shelve(project: Project, site: Mapping[str, str]) -> Shelf:
    """The records of a project as pages need them. The project must have passed its check."""
    corrections = {id: {each["id"]: each for each in record.fields["corrections"]} for id, record in project.corrections.items()}
    decided = {id: record.fields.get("decided_otherwise", ()) for id, record in project.corrections.items()}
    return Shelf(link(project.records, project.schemas), project.schemas, project.readings, corrections, decided, site)


def build(project: Project, progress: Progress = lambda stage, done, of: None) -> Built:
    """The whole site, written into site/; files that have not changed are not written again."""
    repo = project.repo
    epoch = sites.source_date(repo)
    progress("frame", 0, 1)
    folder, frames = sites.build_frames(repo, epoch)
    shelf = shelve(project, sites.read_site(repo))
    kept = sites.copy_static(folder, repo.site, frames)
    writer = _Writer(repo, kept)
    made = list(exports.files(shelf))
    for path, content in made:
        writer.put(path, content)
    renderer = Renderer(FileSystemLoader(repo.templates), shelf.url, {})
    entries, total = [], len(shelf.graph.briefs)
    count = 0
    for page in _pages(shelf, made):
        writer.put(page.path, finish(page, frames, renderer, shelf.site))
        entries.append((page.path, entry(page)))
        if page.record:
            writer.put(f"data/records/{page.record}.json", exports.record_json(shelf, page.record))
        count += 1
        progress("pages", count, total)
    writer.put("search/search_index.json", sites.search_index(folder, frames, [found for _, found in sorted(entries, key=lambda each: each[0])]))
    plain, packed = sites.sitemap(folder, shelf.site["url"], [path for path, _ in entries])
    writer.put("sitemap.xml", plain)
    writer.put("sitemap.xml.gz", packed)
    return Built(count, writer.written, remove_others(repo.site, writer.kept))


def finish(page: Page, frames: Mapping[str, Frame], renderer: Renderer, site: Mapping[str, str]) -> str:
    """The finished HTML of one page."""
    name = page.frame if page.frame.endswith(".html") else f"{page.frame}/index.html"
    if name not in frames:
        raise sites.BuildError(f"site_src/pages lacks the page of the frame {name}: add it with «frame: true» in its front matter")
    return set_into(frames[name], page, renderer.render(page, frames[name]), site["name"], site["url"])


def _pages(shelf: Shelf, made: list[tuple[str, str]]) -> Iterator[Page]:
    for id in shelf.graph.briefs:
        yield record_page(shelf, id)
    yield from index_pages(shelf, count_claims(shelf), [{"path": path, "bytes": len(content.encode()), "what": _what(path)} for path, content in made if path.startswith("data/")])


def _what(path: str) -> str:
    name = path.rpartition("/")[2]
    if name.endswith(".jsonl"):
        return f"All {name.removesuffix('.jsonl')}, one JSON object a line"
    return "Names, sizes and checksums of these files" if name == "manifest.json" else f"The cleaned text of {name.removesuffix('.json')} with the ledger that turns it back"


def count_claims(shelf: Shelf) -> dict[str, int]:
    """How many claims are borne by quotation, by outside evidence alone, and by none."""
    total: Counter[str] = Counter()
    for record in shelf.graph.records.values():
        total += claims(record, shelf.schemas).count()
    return {kind: total[kind] for kind in ("quotation", "outside", "none")}


class _Writer:
    """Puts files into the site and remembers which belong there."""

    def __init__(self, repo: Repo, kept: set[str]) -> None:
        self.site, self.kept, self.written = repo.site, kept, 0

    def put(self, path: str, content: Any) -> None:
        self.kept.add(path)
        self.written += write(self.site / path, content, durable=False)
