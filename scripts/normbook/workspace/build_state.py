"""What a build depends on, and what has changed since the last one. It imports nothing that makes pages: a build that has nothing to do ends here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from normbook.graph.tracking import Notes
from normbook.records.types import SPECS
from normbook.workspace.fingerprint import add_tree
from normbook.workspace.incremental import Changes
from normbook.workspace.repo import Repo

MOST = 200  # changed records; above this a full build is as fast
OF_RECORDS = frozenset("rboitenxp")  # the first letters of the notes that an incremental build can handle


def site_key(
    repo: Repo, epoch: int, policy: bool = False, archived: Mapping[str, Path] = MappingProxyType({}), without: frozenset[str] = frozenset()
) -> str:
    """A digest of what a build depends on in addition to what a check depends on: pages, templates, settings, releases."""
    stamps = [(name, (state := path.stat()).st_mtime_ns, state.st_size) for name, path in archived.items()]
    generator = os.environ.get("NORMBOOK_GENERATOR", "")
    digest = hashlib.sha256(f"{epoch} {policy} {repo.release} {stamps} {sorted(without)} {generator}".encode())
    for folder in (repo.pages.parent, repo.releases):
        add_tree(digest, folder)
    digest.update(repo.mkdocs.read_bytes())
    return digest.hexdigest()


def changed_since_build(changes: Changes, key: str) -> Notes | None:
    """The notes that are no longer valid since the last build; None if a full build is needed.

    It is needed if there was no earlier build, if anything but a record has changed (according to `key` or a note), or if a record was added,
    removed, or is of a type that can appear on any page. A record that was missing or broken for a while does not count as new.
    """
    cache, repo, records = changes.cache, changes.repo, changes.records
    if cache.meta("pages") != key or not (repo.site / "data" / "manifest.json").is_file():
        return None
    notes = {note for (note,) in cache.rows("select note from unbuilt")}
    ids = changed_ids(notes)
    if len(ids) > MOST or not all(note[1:2] == ":" and note[0] in OF_RECORDS for note in notes):
        return None
    built = {id: row[0] if (row := cache.row("select type from built where id = ?", (id,))) else "" for id in ids}
    same = all(id in records and records[id].type == type and not SPECS[type].changes_any_page for id, type in built.items())
    return notes if same else None


def changed_ids(notes: Iterable[str]) -> list[str]:
    """The ids of the records whose fields have changed."""
    return sorted(note[2:] for note in notes if note.startswith("r:") and note != "r:*")
