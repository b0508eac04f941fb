"""The last stages: graph -> views -> pages and exports -> site, as a full build or as an incremental one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from normbook.graph.claims import SUPPORT
from normbook.graph.claims import forget as forget_claims
from normbook.graph.graph import natural
from normbook.graph.tracking import Notes, TrackedGraph
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site import search
from normbook.site.context import Change, History, RenderContext
from normbook.site.exports import api, record_json
from normbook.site.exports.markdown import LLMS, llms
from normbook.site.exports.proposal_files import (
    description_scripts,
    id_scripts,
    ids_again,
    ids_path,
    record_script,
    schema_scripts,
    word_scripts,
)
from normbook.site.exports.record_files import moved_files
from normbook.site.feed import feed
from normbook.site.pages.compare import OVERVIEWS
from normbook.site.pages.findings import finding_pages
from normbook.site.pages.index import makers, redirect_pages
from normbook.site.pages.propose import descriptions
from normbook.site.pages.versions import versions_page
from normbook.workspace import site_files
from normbook.workspace.build_date import source_date
from normbook.workspace.build_state import changed_ids, site_key
from normbook.workspace.cache import Cache, CachedGraph, forget, packed
from normbook.workspace.cache import count_claims as stored_claims
from normbook.workspace.export_state import drop_forms, forms_of, listed_paths, state_of
from normbook.workspace.files import remove_others
from normbook.workspace.frames import build_frames
from normbook.workspace.hosting import host_files
from normbook.workspace.incremental import Changes
from normbook.workspace.listing import Listed
from normbook.workspace.load import Project
from normbook.workspace.page_writer import MAKER, PageWriter
from normbook.workspace.pipeline import count_claims
from normbook.workspace.prepare import prepared, render_context
from normbook.workspace.release.archive import names
from normbook.workspace.release.contracts import earlier_files, versions
from normbook.workspace.repo import Repo
from normbook.workspace.shards import Engine, all_records

Progress = Callable[[str, int, int], None]
PAGE = "/"  # prefix of page units in the cache
OVERVIEW = "?"  # prefix of the names of overviews among them


@dataclass(frozen=True)
class Built:
    """The result of a build: numbers of pages rendered, files written and files removed; missing labels by language;
    and, for a full build, the published addresses.
    """

    pages: int
    written: int
    removed: int
    untranslated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()


def in_order(file: Listed) -> tuple[str, Any]:
    """A key that sorts files by type and natural id: the order of links on a page."""
    return file.type, natural(file.id)


def build(
    project: Project,
    progress: Progress = lambda stage, done, of: None,
    policy: bool = False,
    archived: Mapping[str, Path] = MappingProxyType({}),
    cache: Cache | None = None,
    without: frozenset[str] = frozenset(),
    engine: Engine | None = None,
) -> Built:
    """Builds the whole site in site/. Unchanged files are not rewritten. The project must have passed its check.

    `archived` has the frozen sites of releases, by version; their files are left alone. `policy` puts the Content Security Policy into every
    page, for hosts that cannot send our headers. With the cache of the check, the next build can be incremental.
    `engine` runs the processes that write the pages of records, instead of forked ones.
    """
    repo = project.repo
    epoch = source_date(repo)
    forget(repo.build)
    progress("frame", 0, 1)
    writer, folder = prepared(project, policy, without, cache)
    context, interfaces = writer.context, writer.interfaces
    unused = ("assets/propose/",) if repo.release else ()  # nobody proposes changes of a frozen version
    writer.paths |= site_files.copy_static(folder, repo.site, writer.frames, policy, *unused)
    forms = () if repo.release or cache is None else forms_of(repo, state_of(cache, site_key(repo, epoch)))
    writer.paths |= {row["path"] for row in forms}
    published, data_manifest = [], ""
    for path, content in record_json.files(context, forms):
        writer.put(path, content)
        published += [(path, content)] if path.startswith("schema/") else []
        data_manifest = content  # the last one: the others are as large as all records
    extra_files = () if repo.release else (*host_files(context.site["url"]).items(), *earlier_files(repo, context.site["url"]))
    for path, content in chain(extra_files, api.lists(context), [api.index(context)], _for_proposals(project, context)):
        writer.put(path, content)
    for ask in OVERVIEWS.values():
        ask(context)  # before there are other processes, so that each is computed once
    counts = _counts(stored_claims(cache, {record.path for record in project.records.values()}) if cache else count_claims(project))
    forget_claims()
    for record in project.records.values():
        record.forget()
    ids = [brief.id for brief in writer.briefs]
    for done in all_records(writer, ids, engine):
        progress("pages", done, len(ids))
    for name, make in makers(context, counts, described(data_manifest)).items():
        writer.other(name, make)
    rows = versions(repo, context.site["day"], len(ids), archived)
    writer.page(versions_page(rows, site_files.read_site(Repo(repo.root))["url"] if repo.release else ""))
    _finish(writer, repo, folder, epoch)
    types = {brief.id: brief.type for brief in writer.briefs}
    writer.put("openapi.json", api.openapi(context.site, writer.paths, types, published))
    removed = remove_others(repo.site, writer.paths | names(archived))
    if cache:
        _remember_whole(cache, writer, counts, types, context.history, site_key(repo, epoch, policy, archived, without))
    unlabelled = {each.code: sorted(each.missing) for each in interfaces if each.missing}
    return Built(len(writer.pages), writer.written, removed, unlabelled, api.addresses(writer.paths, types))


def _for_proposals(project: Project, context: RenderContext) -> Iterator[tuple[str, str]]:
    """The files of the form for proposing a change that are of no single record."""
    if not project.repo.release:
        yield from id_scripts(context)
        yield from schema_scripts(project.schemas, site_files.read_compiled(project.repo))
        yield from map(record_script, project.corrections.values())
        yield from word_scripts()
        yield from description_scripts(project.schemas, site_files.read_descriptions(project.repo), descriptions(project.schemas))


def _finish(writer: PageWriter, repo: Repo, folder: Path, epoch: int) -> None:
    """Writes the files that depend on all pages: redirects, search entries, feed, sitemap."""
    for page in finding_pages(site_files.read_findings(repo)):
        writer.page(page)
    pages = set(writer.pages)
    for page in redirect_pages(writer.context):
        writer.page(page)
    for path, content in moved_files(writer.context):
        writer.put(path, content)
    entries = [*site_files.prose_entries(repo, writer.interfaces), *(writer.entries[path] for path in sorted(writer.entries))]
    writer.put(search.ENTRIES, search.listed(search.ENTRIES, entries))
    writer.put(search.SENTENCES, search.listed(search.SENTENCES, (writer.sentences[path] for path in sorted(writer.sentences))))
    writer.put("feed.xml", writer.renderers.each[0].text("feed.xml", feed(writer.context, epoch)))
    writer.put(LLMS, llms(writer.context))
    if not repo.release:  # frozen pages name the current page as canonical, so they have no sitemap
        plain, compressed = site_files.sitemap(folder, writer.context.site["url"], pages, bool(writer.context.site["day"]))
        writer.put("sitemap.xml", plain)
        writer.put("sitemap.xml.gz", compressed)


def _counts(claims: Mapping[str, int]) -> dict[str, int]:
    """How many claims are supported in which way, the same numbers as those of `normbook check --count`."""
    return {support: claims.get(support, 0) for support in SUPPORT}


def described(manifest: str) -> list[dict[str, Any]]:
    """The files that the data page lists: those in the manifest, and the manifest itself."""
    own = record_json.manifest_row("data/manifest.json", manifest) | {"kind": "manifest"}
    return [row for row in (*json.loads(manifest)["files"], own) if row["path"].startswith("data/")]


# Incremental builds


def build_changed(changes: Changes, notes: Notes, policy: bool = False, without: frozenset[str] = frozenset()) -> Built:
    """Rebuilds the files that depend on what changed and leaves the rest. The site is byte for byte that of a full build."""
    repo, cache = changes.repo, changes.cache
    ids = changed_ids(notes)
    if not ids:
        return Built(0, 0, 0)
    epoch = source_date(repo)
    history = unpack_history(cache.meta("history"))
    interfaces = site_files.read_interfaces(repo, cache)
    context = render_context(
        repo, changes.graph(in_order), changes.schemas, changes.readings, changes.corrections, (), history, changes.single("book"),
        without, interfaces,
    )  # fmt: skip
    stale = _stale_pages(cache, context, notes)
    _, frames = build_frames(repo, interfaces, epoch, unchanged=True)  # by the key of the cache
    writer = PageWriter(repo, context, interfaces, frames, policy)
    forget(repo.build)
    exported = _patch_exports(writer, ids)
    for path, content in _lists_again(writer, ids):
        writer.put(path, content)
    openapi = api.amended((repo.site / "openapi.json").read_text("utf-8"), listed_paths(repo), (), {})
    drop_forms(repo)
    writer.put("openapi.json", openapi)
    for id in sorted(stale & changes.records.keys()):
        writer.record(id)
    counts = _counts(changes.count_claims())
    moved = {"home"} if packed(counts) != cache.meta("claims") else set()
    for name, make in makers(context, counts, exported).items():
        if f"{MAKER}{name}" in stale or name in moved or name == "data":
            writer.other(name, make)
    for file, entries in ((search.ENTRIES, writer.entries), (search.SENTENCES, writer.sentences)):
        writer.put(file, search.patched((repo.site / file).read_text("utf-8"), entries))
    writer.put("feed.xml", writer.renderers.each[0].text("feed.xml", feed(context, epoch)))
    writer.put(LLMS, llms(context))
    _remember(cache, writer, counts, notes)
    return Built(len(writer.pages), writer.written, 0)


def _stale_pages(cache: Cache, context: RenderContext, notes: Notes) -> set[str]:
    """The names of the pages that read what has changed. An overview that did is computed again; its readers are stale only if its value has changed."""
    graph = context.graph
    assert isinstance(graph, TrackedGraph)
    assert isinstance(graph.plain, CachedGraph)
    found = cache.readers(notes)
    for name, ask in OVERVIEWS.items():
        if f"{PAGE}{OVERVIEW}{name}" in found:
            before = graph.plain.drop_overview(name)
            ask(context)
            if packed(graph.overview(name, dict)) != before:
                found |= cache.readers((f"q:{name}",))
    return {unit.removeprefix(PAGE) for unit in found if unit.startswith(PAGE)}


def _patch_exports(writer: PageWriter, changed: Iterable[str]) -> list[dict[str, Any]]:
    """Updates the lines of the changed records in the JSON Lines files. Returns the data page's list of files, without the bulk exports, which are out of date."""
    context, site = writer.context, writer.site
    manifest = json.loads((site / "data" / "manifest.json").read_text("utf-8"))
    rows = {row["path"]: row for row in manifest["files"] if row["kind"] in record_json.OWN}
    for type in dict.fromkeys(context.graph.type_of(id) for id in changed):
        path = f"data/{FOLDERS[type]}.jsonl"
        content = (site / path).read_bytes()
        for id in changed:
            if context.graph.type_of(id) == type:
                start = content.index(record_json.json_head(type, id).encode())
                end = content.index(b"\n", start) + 1
                line = record_json.json_line(context.graph.records[id]).encode()
                content = b"".join((memoryview(content)[:start], line, memoryview(content)[end:]))
        writer.put(path, content)
        rows[path] = record_json.manifest_row(path, content)
    text = record_json.manifest_text(rows.values(), context.site["version"])
    writer.put("data/manifest.json", text)
    return described(text)


def _lists_again(writer: PageWriter, changed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The lists of records that name a changed one: those of the API, and those of the form for proposing a change."""
    context = writer.context
    for type, group in groupby(sorted(changed, key=context.graph.type_of), key=context.graph.type_of):
        ids = list(group)
        made = [(f"api/{FOLDERS[type]}.json", api.list_again)] if type in PUBLISHED else []
        made += [(ids_path(type), ids_again)] if type in PUBLISHED and not context.site["release"] else []
        for path, again in made:
            yield path, again(context, (writer.site / path).read_text("utf-8"), ids)


def _remember(cache: Cache, writer: PageWriter, counts: Mapping[str, int], notes: Iterable[str]) -> None:
    """Stores in the cache what the rendered pages read, and that the notes have been processed."""
    with suppress(sqlite3.Error):  # the site is complete; the next build will be a full one
        cache.put("delete from unbuilt where note = ?", [(note,) for note in notes])
        cache.put_meta("claims", packed(counts))
        cache.put_reads((f"{PAGE}{name}", "[]", read) for name, read in writer.reads.items())
        graph = writer.context.graph
        assert isinstance(graph, TrackedGraph)
        cache.put_reads((f"{PAGE}{OVERVIEW}{name}", "[]", read) for name, read in graph.overview_reads.items())
        values = [(name, packed(graph.overview(name, dict))) for name in graph.overview_reads]
        cache.put("insert or replace into overviews values (?, ?)", values)


def _remember_whole(
    cache: Cache, writer: PageWriter, counts: Mapping[str, int], types: Mapping[str, str], history: History, key: str
) -> None:
    """Stores in the cache what a full build depends on and what its pages read."""
    with suppress(sqlite3.Error):
        cache.put_meta("pages", "")
        for table in ("unbuilt", "built", "overviews"):
            cache.put(f"delete from {table}", [()])  # noqa: S608 - the names above
        cache.drop_units([unit for (unit,) in cache.rows(f"select unit from units where unit like '{PAGE}%'")])  # noqa: S608
        cache.put("insert into built values (?, ?)", types.items())
        cache.put_meta("history", packed([history.changes, history.absent]))
        _remember(cache, writer, counts, ())
        cache.put_meta("pages", key)  # last: without this entry the cache counts as having no pages


def unpack_history(text: str) -> History:
    """The history that was stored in the cache."""
    changes, absent = json.loads(text)
    return History({path: tuple(Change(*each) for each in rows) for path, rows in changes.items()}, absent)
