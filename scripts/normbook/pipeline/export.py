"""The book in bulk: every form of it written to site/data, named in the manifest, and shown on the data page.

The manifest never tells of a file that is not as it says: it forgets the forms before the first of them changes, and names them when all are written.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from normbook.graph.graph import link
from normbook.paths import Repo
from normbook.pipeline import site as sites
from normbook.pipeline.build import described, shelve
from normbook.pipeline.errors import BuildError
from normbook.pipeline.files import Streamed, write, write_by
from normbook.pipeline.frames import build_frames
from normbook.pipeline.kept import Row, keep_rows, kept_rows, listed_paths, state_of
from normbook.pipeline.load import load_project
from normbook.pipeline.memory import Memory, environment_key, recall
from normbook.pipeline.work import Work
from normbook.publish.exports import manifest_text
from normbook.publish.forms.beside import as_json
from normbook.publish.forms.bulk import forms, tabulated
from normbook.publish.forms.package import package
from normbook.publish.forms.quads import dataset_version
from normbook.publish.indexes import makers
from normbook.publish.shelf import Shelf

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
    epoch = sites.source_date(repo)
    memory = recall(repo, environment_key(repo, epoch, policy))
    if memory is None:
        raise BuildError("there is no site of these records: run «normbook build» first")
    state = state_of(repo, memory, epoch)
    if rows := kept_rows(repo, state):
        return Exported(len(rows), sum(row["bytes"] for row in rows), 0)
    project = load_project(repo)
    shelf = shelve(repo, link(project.records, project.schemas), project.schemas, memory)
    gone = listed_paths(repo)
    own: list[Row] = [row for row in json.loads((repo.site / MANIFEST).read_text("utf-8"))["files"] if row["path"] not in gone]
    write(repo.site / MANIFEST, manifest_text(own), durable=False)
    written = 0
    made: list[Row] = []
    for row, changed in _written(repo, shelf, own, told):
        made.append(row)
        written += changed
    for path in sorted(gone - {row["path"] for row in made}):
        (repo.site / path).unlink(missing_ok=True)
    text = manifest_text([*own, *made])
    write(repo.site / MANIFEST, text, durable=False)
    keep_rows(repo, state, made)
    _show(repo, shelf, memory, text, policy)
    return Exported(len(made), sum(row["bytes"] for row in made), written)


def _written(repo: Repo, shelf: Shelf, own: Sequence[Row], told: Callable[[str], None]) -> Iterator[tuple[Row, bool]]:
    """Each form, written, with its row of the manifest and whether it has changed; the archive of all comes last."""
    all = tabulated(shelf)
    sheets: dict[str, Row] = {}
    paths = [row["path"] for row in own]
    for form in forms(shelf, all):
        told(form.path)
        row, changed = _row(form.path, form.kind, form.media_type, write_by(repo.site / form.path, form.write))
        if form.kind == "csv":
            sheets[Path(form.path).stem] = row
        paths.append(form.path)
        yield row, changed
    said = as_json(package(shelf.site, dataset_version(shelf), all.tables, sheets)).encode()
    del all
    yield _row(
        "data/datapackage.json",
        "csv",
        "application/json",
        write_by(repo.site / "data/datapackage.json", lambda to: to.write(said) and len(sheets)),
    )
    told(ARCHIVE)
    paths.append("data/datapackage.json")
    yield _row(ARCHIVE, "archive", "application/zip", write_by(repo.site / ARCHIVE, partial(_pack, repo.site, sorted(paths))))


def _row(path: str, kind: str, media_type: str, made: Streamed) -> tuple[Row, bool]:
    row = {"path": path, "bytes": made.bytes, "sha256": made.sha256, "kind": kind, "media_type": media_type, "count": made.holds}
    return row, made.written


def _pack(site: Path, paths: Sequence[str], to: BinaryIO) -> int:
    """Packs files of the site, those of data/ at the top; names, order and times are the same in every run. Gives how many there are."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(path.removeprefix("data/"), EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(".parquet") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            with (site / path).open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return len(paths)


def _show(repo: Repo, shelf: Shelf, memory: Memory, manifest: str, policy: bool) -> None:
    """The data page, made anew in every language."""
    interfaces = sites.read_interfaces(repo)
    _, frames = build_frames(repo, interfaces, sites.source_date(repo))
    work = Work(repo, shelf, interfaces, frames, memory, policy)
    work.other("data", makers(shelf, memory.count_claims(), described(manifest))["data"])
