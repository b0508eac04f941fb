"""What a build needs before it writes pages: the context that they are rendered from, the languages, the frames, and the writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from normbook.cleaning.readings import Readings
from normbook.graph.graph import Graph, briefs_and_links, natural, relation_table
from normbook.graph.tracking import TrackedGraph
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.site.context import History, RenderContext
from normbook.site.i18n import Interface
from normbook.workspace import site_files
from normbook.workspace.build_date import day_of, last_release, source_date
from normbook.workspace.cache import Cache
from normbook.workspace.frames import build_frames
from normbook.workspace.git import read_history
from normbook.workspace.load import Project
from normbook.workspace.originals import Originals
from normbook.workspace.page_writer import PageWriter
from normbook.workspace.repo import Repo


def render_context(
    repo: Repo,
    graph: Graph,
    schemas: Schemas,
    readings: Mapping[str, Readings],
    corrections: Mapping[str, Record],
    redirects: Sequence[Mapping[str, Any]] = (),
    history: History = History(),  # noqa: B008 - it is frozen
    book: Record | None = None,
    without: frozenset[str] = frozenset(),
    interfaces: Sequence[Interface] = (),
) -> RenderContext:
    """The context that pages are rendered from, with a graph that records what is read from it."""
    by_id = {id: {each["id"]: each for each in record.fields["corrections"]} for id, record in corrections.items()}
    decided = {id: record.fields.get("decided_otherwise", ()) for id, record in corrections.items()}
    site = {**site_files.read_site(repo), "day": day_of(source_date(repo)), "released": last_release(repo)}
    site |= {name: "" if repo.release or name in without else "yes" for name in ("cards", "feeds")}
    titles = {each.code: each.say("type-list.theme") for each in interfaces or site_files.read_interfaces(repo)}
    tracked = TrackedGraph.over(graph, set())
    fields, originals = book.fields if book else {}, Originals(repo, tracked)
    return RenderContext(tracked, schemas, readings, by_id, decided, site, redirects, history, titles, fields, without, originals)


def prepared(
    project: Project, policy: bool = False, without: frozenset[str] = frozenset(), cache: Cache | None = None
) -> tuple[PageWriter, Path]:
    """The writer of the pages of a project, and the folder of the site generator with what else belongs into the site."""
    repo = project.repo
    interfaces = site_files.read_interfaces(repo, cache)
    folder, frames = build_frames(repo, interfaces, source_date(repo))
    records = dict(sorted(project.records.items(), key=lambda each: (each[1].type, natural(each[0]))))
    graph = Graph(*briefs_and_links(records, project.schemas), project.records, relation_table(project.schemas), in_order=True)
    redirects = project.redirects.fields["redirects"] if project.redirects else ()
    context = render_context(
        repo,
        graph,
        project.schemas,
        project.readings,
        project.corrections,
        redirects,
        read_history(repo),
        project.book,
        without,
        interfaces,
    )
    return PageWriter(repo, context, interfaces, frames, policy), folder
