"""Bulk exports: every export format written to site/data, listed in the manifest, and shown on the data page.

The manifest is never wrong about a file: it drops the exports before the first of them changes, and lists them when all are written.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from normbook.graph.graph import link
from normbook.site.context import RenderContext
from normbook.site.exports import api, catalogues
from normbook.site.exports.bulk import Form, linked_forms, table_forms, tables_of, tabulated
from normbook.site.exports.data_package import package
from normbook.site.exports.record_files import as_json
from normbook.site.exports.record_json import OWN, manifest_text
from normbook.site.pages.index import makers
from normbook.workspace import site_files
from normbook.workspace.build import described, unpack_history
from normbook.workspace.build_date import source_date
from normbook.workspace.build_state import site_key
from normbook.workspace.cache import foundation, open_cache
from normbook.workspace.errors import BuildError
from normbook.workspace.export_state import Row, forms_of, listed_paths, note_forms, state_of
from normbook.workspace.files import write, write_by
from normbook.workspace.frames import build_frames
from normbook.workspace.load import load_project, load_schemas
from normbook.workspace.page_writer import PageWriter
from normbook.workspace.prepare import render_context
from normbook.workspace.repo import Repo
from normbook.workspace.shards import FEW

Written = tuple[Row, bool]
ARCHIVE, MANIFEST = "data/normbook.zip", "data/manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the modification time of every file in the archive


class Exported(NamedTuple):
    """The result of an export: number of exports, their total size in bytes, and how many files were written."""

    files: int
    bytes: int
    written: int


def export(repo: Repo, policy: bool = False, report: Callable[[str], None] = lambda path: None) -> Exported:
    """Writes the bulk exports of the last build, unless they are up to date. Raises BuildError if there is no build of these records.

    `policy` must be that of the build. `report` is called with each path before it is written.
    """
    epoch = source_date(repo)
    cache = open_cache(repo.build, foundation(repo))
    if cache is None or cache.meta("pages") != site_key(repo, epoch, policy):
        raise BuildError("the site is missing or out of date: run `normbook build` first")
    state = state_of(cache, site_key(repo, epoch))
    counts, history = json.loads(cache.meta("claims")), unpack_history(cache.meta("history"))
    cache.drop()
    if rows := forms_of(repo, state):
        return Exported(len(rows), sum(row["bytes"] for row in rows), 0)
    project = load_project(repo)
    records = {
        id: replace(record, marks={}, lines=()) for id, record in project.records.items()
    }  # positions take half the memory of records
    readings, corrections, book = project.readings, project.corrections, project.book
    del project
    schemas = load_schemas(repo, [])
    context = render_context(repo, link(records, schemas), schemas, readings, corrections, (), history, book)
    outdated = listed_paths(repo)
    own: list[Row] = [row for row in json.loads((repo.site / MANIFEST).read_text("utf-8"))["files"] if row["kind"] in OWN]
    write(repo.site / MANIFEST, manifest_text(own, context.site["version"]), durable=False)
    written = 0
    written_rows: list[Row] = []
    for row, changed in _written(repo, context, own, report):
        written_rows.append(row)
        written += changed
    for path in sorted(outdated - {row["path"] for row in written_rows}):
        (repo.site / path).unlink(missing_ok=True)
    text = manifest_text([*own, *written_rows], context.site["version"])
    write(repo.site / MANIFEST, text, durable=False)
    types = {id: record.type for id, record in context.graph.records.items()}
    described_at = repo.site / "openapi.json"
    write(described_at, api.amended(described_at.read_text("utf-8"), outdated, [row["path"] for row in written_rows], types), durable=False)
    _show(repo, context, counts, text, policy)
    note_forms(repo, state, written_rows)  # last: it means that the export is complete
    return Exported(len(written_rows), sum(row["bytes"] for row in written_rows), written)


def _written(repo: Repo, context: RenderContext, own: Sequence[Row], report: Callable[[str], None]) -> Iterator[Written]:
    """Writes each export; yields its manifest entry and whether it has changed. The archive of all comes last."""
    written_rows = [*_both(repo.site, context, report)]
    yield from written_rows
    sheets = {Path(row["path"]).stem: row for row, _ in written_rows if row["kind"] == "csv"}
    descriptor = as_json(package(context.site, context.data_version, tables_of(context.schemas), sheets)).encode()
    described = Form("data/datapackage.json", "csv", "application/json", lambda to: to.write(descriptor) and len(sheets))
    written_rows.append(_put(repo.site, described, report))
    yield written_rows[-1]
    files = [*own, *(row for row, _ in written_rows)]
    for path, media, told in (
        (catalogues.CROISSANT, "application/ld+json", catalogues.croissant(context, tables_of(context.schemas), files)),
        (catalogues.DCAT, "application/ld+json", catalogues.dcat(context, files)),
        (catalogues.CRATE, "application/ld+json", catalogues.crate(context, files)),
    ):
        written_rows.append(_put(repo.site, Form(path, "catalogue", media, partial(_whole, as_json(told))), report))
        yield written_rows[-1]
    rows = [*own, *(row for row, _ in written_rows)]
    inside = manifest_text(rows, context.site["version"])  # lists everything but the archive itself
    pack = partial(_pack, repo.site, sorted(row["path"] for row in rows), inside)
    yield _put(repo.site, Form(ARCHIVE, "archive", "application/zip", pack), report)


def _whole(text: str, to: BinaryIO) -> int:
    to.write(text.encode())
    return 1


_inherited: tuple[Path, RenderContext] | None = None  # read by the forked process


def _both(site: Path, context: RenderContext, report: Callable[[str], None]) -> list[Written]:
    """Writes linked data and tables, in parallel if there are many records; returns them in that order."""
    global _inherited  # noqa: PLW0603 - a forked process inherits it; nothing is copied
    if len(context.graph.briefs) <= FEW or "fork" not in multiprocessing.get_all_start_methods():
        return [*_linked(site, context, report), *_tables(site, context, report)]
    _inherited = site, context
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        other = pool.apply_async(_linked_in_worker)
        tables = _tables(site, context, report)
        linked = other.get()
    gc.unfreeze()
    _inherited = None
    return [*linked, *tables]


def _linked_in_worker() -> list[Written]:
    assert _inherited is not None
    return _linked(*_inherited, lambda path: None)


def _linked(site: Path, context: RenderContext, report: Callable[[str], None]) -> list[Written]:
    return [_put(site, form, report) for form in linked_forms(context)]


def _tables(site: Path, context: RenderContext, report: Callable[[str], None]) -> list[Written]:
    return [_put(site, form, report) for form in table_forms(context, tabulated(context))]


def _put(site: Path, form: Form, report: Callable[[str], None]) -> Written:
    """Writes one export; returns its manifest entry and whether it has changed."""
    report(form.path)
    written_rows = write_by(site / form.path, form.write)
    row = {
        "path": form.path,
        "bytes": written_rows.bytes,
        "sha256": written_rows.sha256,
        "kind": form.kind,
        "media_type": form.media_type,
        "count": written_rows.holds,
    }
    return row, written_rows.written


def _pack(site: Path, paths: Sequence[str], manifest: str, to: BinaryIO) -> int:
    """Writes a reproducible ZIP archive of files of the site, with those of data/ at the top level, and a manifest. Returns the number of files."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(_entry("manifest.json"), manifest)
        for path in paths:
            entry = _entry(path.removeprefix("data/"))
            with (site / path).open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return len(paths)


def _entry(name: str) -> zipfile.ZipInfo:
    """An archive entry that reveals neither when nor on which system it was made."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _show(repo: Repo, context: RenderContext, counts: Mapping[str, int], manifest: str, policy: bool) -> None:
    """Renders the data page again in every language."""
    interfaces = site_files.read_interfaces(repo)
    _, frames = build_frames(repo, interfaces, source_date(repo))
    writer = PageWriter(repo, context, interfaces, frames, policy)
    writer.other("data", makers(context, counts, described(manifest))["data"])
