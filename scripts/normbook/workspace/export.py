"""The book in bulk: every form of it written to site/data, named in the manifest, and shown on the data page.

The manifest never tells of a file that is not as it says: it forgets the forms before the first of them changes, and names them when all are written.
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
from normbook.site.exports import api
from normbook.site.exports.bulk import Form, linked_forms, table_forms, tables_of, tabulated
from normbook.site.exports.data_package import package
from normbook.site.exports.rdf import dataset_version
from normbook.site.exports.record_files import as_json
from normbook.site.exports.record_json import OWN, manifest_text
from normbook.site.pages.index import makers
from normbook.workspace import site_files
from normbook.workspace.build import described, render_context, site_key, unpack_history
from normbook.workspace.cache import foundation, open_cache
from normbook.workspace.errors import BuildError
from normbook.workspace.export_state import Row, forms_of, listed_paths, note_forms, state_of
from normbook.workspace.files import write, write_by
from normbook.workspace.frames import build_frames
from normbook.workspace.load import load_project, load_schemas
from normbook.workspace.page_writer import FEW, Work
from normbook.workspace.repo import Repo

Made = tuple[Row, bool]
ARCHIVE, MANIFEST = "data/normbook.zip", "data/manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the time that every file of the archive has


class Exported(NamedTuple):
    """What an export did: how many forms there are, their bytes, and how many files it wrote."""

    files: int
    bytes: int
    written: int


def export(repo: Repo, policy: bool = False, told: Callable[[str], None] = lambda path: None) -> Exported:
    """Writes the bulk forms of what the last build was of; nothing if they are there already. Raises BuildError if there was none.

    `policy` is what the build was told. `told` is called with each path before it is written.
    """
    epoch = site_files.source_date(repo)
    cache = open_cache(repo.build, foundation(repo))
    if cache is None or cache.meta("pages") != site_key(repo, epoch, policy):
        raise BuildError("there is no site of these records: run «normbook build» first")
    state = state_of(cache, site_key(repo, epoch))
    counts, history = json.loads(cache.meta("claims")), unpack_history(cache.meta("history"))
    cache.drop()
    if rows := forms_of(repo, state):
        return Exported(len(rows), sum(row["bytes"] for row in rows), 0)
    project = load_project(repo)
    records = {id: replace(record, marks={}, lines=()) for id, record in project.records.items()}  # marks are half of what records hold
    readings, corrections = project.readings, project.corrections
    del project
    schemas = load_schemas(repo, [])
    context = render_context(repo, link(records, schemas), schemas, readings, corrections, (), history)
    gone = listed_paths(repo)
    own: list[Row] = [row for row in json.loads((repo.site / MANIFEST).read_text("utf-8"))["files"] if row["kind"] in OWN]
    write(repo.site / MANIFEST, manifest_text(own, context.site["version"]), durable=False)
    written = 0
    made: list[Row] = []
    for row, changed in _written(repo, context, own, told):
        made.append(row)
        written += changed
    for path in sorted(gone - {row["path"] for row in made}):
        (repo.site / path).unlink(missing_ok=True)
    text = manifest_text([*own, *made], context.site["version"])
    write(repo.site / MANIFEST, text, durable=False)
    types = {id: record.type for id, record in context.graph.records.items()}
    described_at = repo.site / "openapi.json"
    write(described_at, api.amended(described_at.read_text("utf-8"), gone, [row["path"] for row in made], types), durable=False)
    _show(repo, context, counts, text, policy)
    note_forms(repo, state, made)  # last: where it is noted there is nothing left to do
    return Exported(len(made), sum(row["bytes"] for row in made), written)


def _written(repo: Repo, context: RenderContext, own: Sequence[Row], told: Callable[[str], None]) -> Iterator[Made]:
    """Each form, written, with its row of the manifest and whether it has changed; the archive of all comes last."""
    made = [*_both(repo.site, context, told)]
    yield from made
    sheets = {Path(row["path"]).stem: row for row, _ in made if row["kind"] == "csv"}
    said = as_json(package(context.site, dataset_version(context), tables_of(context.schemas), sheets)).encode()
    described = Form("data/datapackage.json", "csv", "application/json", lambda to: to.write(said) and len(sheets))
    package_row = _put(repo.site, described, told)
    yield package_row
    rows = [*own, *(row for row, _ in (*made, package_row))]
    inside = manifest_text(rows, context.site["version"])  # of all but the archive itself
    pack = partial(_pack, repo.site, sorted(row["path"] for row in rows), inside)
    yield _put(repo.site, Form(ARCHIVE, "archive", "application/zip", pack), told)


_inherited: tuple[Path, RenderContext] | None = None  # what the other process writes of


def _both(site: Path, context: RenderContext, told: Callable[[str], None]) -> list[Made]:
    """The linked forms and the tables, in that order; of many records each by a process of its own."""
    global _inherited  # noqa: PLW0603 - a forked process inherits it; nothing is copied
    if len(context.graph.briefs) <= FEW or "fork" not in multiprocessing.get_all_start_methods():
        return [*_linked(site, context, told), *_tables(site, context, told)]
    _inherited = site, context
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        other = pool.apply_async(_linked_apart)
        tables = _tables(site, context, told)
        linked = other.get()
    gc.unfreeze()
    _inherited = None
    return [*linked, *tables]


def _linked_apart() -> list[Made]:
    assert _inherited is not None
    return _linked(*_inherited, lambda path: None)


def _linked(site: Path, context: RenderContext, told: Callable[[str], None]) -> list[Made]:
    return [_put(site, form, told) for form in linked_forms(context)]


def _tables(site: Path, context: RenderContext, told: Callable[[str], None]) -> list[Made]:
    return [_put(site, form, told) for form in table_forms(context, tabulated(context))]


def _put(site: Path, form: Form, told: Callable[[str], None]) -> Made:
    """A form in its place, its row of the manifest, and whether it has changed."""
    told(form.path)
    made = write_by(site / form.path, form.write)
    row = {
        "path": form.path,
        "bytes": made.bytes,
        "sha256": made.sha256,
        "kind": form.kind,
        "media_type": form.media_type,
        "count": made.holds,
    }
    return row, made.written


def _pack(site: Path, paths: Sequence[str], manifest: str, to: BinaryIO) -> int:
    """Packs files of the site, those of data/ at the top, below their manifest; names, order and times are the same in every run. Gives how many there are."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(_entry("manifest.json"), manifest)
        for path in paths:
            entry = _entry(path.removeprefix("data/"))
            with (site / path).open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return len(paths)


def _entry(name: str) -> zipfile.ZipInfo:
    """A place in the archive that tells neither when nor by whom it was made."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _show(repo: Repo, context: RenderContext, counts: Mapping[str, int], manifest: str, policy: bool) -> None:
    """The data page, made anew in every language."""
    interfaces = site_files.read_interfaces(repo)
    _, frames = build_frames(repo, interfaces, site_files.source_date(repo))
    work = Work(repo, context, interfaces, frames, policy)
    work.other("data", makers(context, counts, described(manifest))["data"])
