"""Renders pages in every language and writes them to the site."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import FileSystemBytecodeCache, FileSystemLoader

from normbook.graph.graph import Brief
from normbook.graph.tracking import Notes, TrackedGraph
from normbook.site import search, templating
from normbook.site.chrome import head, set_into
from normbook.site.context import RenderContext
from normbook.site.exports.proposal_files import record_script, text_script
from normbook.site.exports.record_files import other_formats
from normbook.site.extras import extra_forms
from normbook.site.glossary_terms import Terms
from normbook.site.i18n import Interface
from normbook.site.page import Frame, Page
from normbook.site.pages.record import record_page
from normbook.site.render import Renderers, Sources
from normbook.workspace.cache import Numbers
from normbook.workspace.errors import BuildError
from normbook.workspace.files import digest_of, write
from normbook.workspace.hosting import with_policy
from normbook.workspace.repo import Repo

LISTS = frozenset(("index.html", "records.html"))  # templates that are rendered once for all languages, as those of records are
MAKER = "maker: "  # prefix of the names of pages that are not record pages


def _compiled(repo: Repo) -> tuple[FileSystemBytecodeCache, FileSystemBytecodeCache]:
    """The caches of compiled templates, shared by builds with the same version of our compiler: for one language, and for all at once."""
    folder = repo.build / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    version = digest_of(Path(templating.__file__))[:12]
    one, all = (FileSystemBytecodeCache(str(folder), f"{version}-{name}-%s.cache") for name in ("one", "all"))
    return one, all


class Batch(NamedTuple):
    """The result of one process: paths of files and of pages, what the search reads of them, what each page read, and how many files were written."""

    paths: set[str]
    pages: set[str]
    entries: dict[str, dict[str, Any]]
    sentences: dict[str, dict[str, Any]]
    reads: dict[str, array[int]]
    written: int


def _with_policy(frame: Frame) -> Frame:
    """A frame with the Content Security Policy, which all its pages then have."""
    first, *others = frame.parts
    return Frame((with_policy(first.decode("utf-8")).encode("utf-8"), *others), frame.prose)


class PageWriter:
    """Renders pages in every language, writes them to the site, and remembers what each page has read."""

    def __init__(
        self, repo: Repo, context: RenderContext, interfaces: Sequence[Interface], frames: Mapping[str, Frame], policy: bool = False
    ) -> None:
        self.site, self.context, self.policy = repo.site, context, policy
        self.frames = {name: _with_policy(frame) for name, frame in frames.items()} if policy else frames
        self._root = str(repo.site)
        self.reads: dict[str, array[int]] = {}  # the numbers of the notes of each page: there are dozens
        self._numbers = Numbers()
        self.interfaces = interfaces
        sources = Sources(FileSystemLoader(repo.templates), context.url, context.graph.briefs.__getitem__, Terms(context), *_compiled(repo))
        self.renderers = Renderers(sources, interfaces)
        self._texts = [(each, renderer.text) for each, renderer in zip(interfaces, self.renderers.each, strict=True)]
        self.paths: set[str] = set()
        self.pages: set[str] = set()
        self.entries: dict[str, dict[str, Any]] = {}
        self.sentences: dict[str, dict[str, Any]] = {}
        self.written = 0

    def merge(self, batch: Batch) -> None:
        """Adds the result of another process."""
        self.paths |= batch.paths
        self.pages |= batch.pages
        self.entries.update(batch.entries)
        self.sentences.update(batch.sentences)
        self.reads.update(batch.reads)
        self.written += batch.written

    @property
    def briefs(self) -> Collection[Brief]:
        """The briefs of all records."""
        graph = self.context.graph
        assert isinstance(graph, TrackedGraph)
        return graph.plain.briefs.values()

    def batch(self, ids: Iterable[str]) -> Batch:
        """Writes the pages of some records; returns what has been noted on the way, which is then forgotten here."""
        self.paths, self.pages, self.entries, self.sentences, self.written, self.reads = set(), set(), {}, {}, 0, {}
        for id in ids:
            self.record(id)
        return Batch(self.paths, self.pages, self.entries, self.sentences, self.reads, self.written)

    def put(self, path: str, content: str | bytes) -> None:
        """Writes a file of the site."""
        self.paths.add(path)
        self.written += write(f"{self._root}/{path}", content, durable=False)

    def record(self, id: str) -> None:
        """Writes the page of a record in every language, its other formats, and its search entry."""
        notes = self._notes()
        notes.clear()
        page = record_page(self.context, id)
        self.page(page, at_once=True)
        graph = self.context.graph
        named = {each.code: each.plain_title(graph.briefs[id]) for each in self.interfaces if not each.is_english}
        self.entries[page.path] = search.entry(graph, id, page.path, named)
        if id in self.context.readings:
            self.sentences[page.path] = search.sentences(self.context, id, page.path)
        for path, content in other_formats(self.context, id, page):
            self.put(path, content)
            if path.endswith(f"/{id}.json"):
                self.put(f"data/records/{id}.json", content)
        for path, content in extra_forms(self.context, id, self._texts):
            self.put(path, with_policy(content) if self.policy and path.endswith(".html") else content)
        if not self.context.site["release"]:
            self.put(*record_script(graph.records[id]))
            if id in self.context.readings:
                self.put(*text_script(self.context, id))
        self.reads[id] = self._numbers.of(notes)
        graph.records[id].forget()

    def other(self, name: str, make: Callable[[], Page]) -> None:
        """Writes a page that is not the page of one record."""
        notes = self._notes()
        notes.clear()
        page = make()
        self.page(page, page.template in LISTS)
        self.reads[f"{MAKER}{name}"] = self._numbers.of(notes)

    def _notes(self) -> Notes:
        graph = self.context.graph
        assert isinstance(graph, TrackedGraph)
        return graph.notes

    def page(self, page: Page, at_once: bool = False) -> None:
        """Writes a page in every language."""
        name = page.frame if page.frame.endswith(".html") else f"{page.frame}/index.html"
        site = self.context.site
        wanted = [interface.prefix + name for interface in self.interfaces]
        if any(each not in self.frames for each in wanted):
            raise BuildError(f"expected a page for the frame {name} in site_src/pages: add it with `frame: true` in its front matter")
        frames = [self.frames[each] for each in wanted]
        bodies = self.renderers.render(page, frames, at_once)
        for interface, frame, body in zip(self.interfaces, frames, bodies, strict=True):
            path = interface.prefix + page.path
            up = "../" * path.count("/")
            others = [(each, up + each.prefix + page.path) for each in self.interfaces if each is not interface]
            meta = head(page, interface, self.interfaces, site)
            self.put(path, set_into(frame, page, body, meta, site["name"], site["url"], interface, others))
            self.pages.add(path)
