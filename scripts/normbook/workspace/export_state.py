"""Remembers which state of the project the bulk exports in site/ belong to, so that outdated ones are removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from normbook.workspace.cache import Cache
from normbook.workspace.files import write
from normbook.workspace.repo import Repo

NAME = "exports.json"  # in build/
Row = dict[str, Any]


def state_of(cache: Cache, key: str) -> str:
    """A digest of everything that bulk exports depend on: the records and texts in the cache, and `key` for the rest."""
    digest = hashlib.sha256(key.encode())
    for query in ("select shown, digest from files where type != 'exceptions'", "select id, signature from sources"):
        for row in sorted(cache.rows(query)):
            digest.update(f"{row}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _last_export(repo: Repo) -> dict[str, Any]:
    try:
        stored = json.loads((repo.build / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) and isinstance(stored.get("files"), list) else {}


def forms_of(repo: Repo, state: str) -> list[Row]:
    """The manifest entries of the exports in site/, if all are present and belong to this state of the project; else none."""
    last = _last_export(repo)
    rows: list[Row] = last.get("files", [])
    whole = all((path := repo.site / row["path"]).is_file() and path.stat().st_size == row["bytes"] for row in rows)
    return rows if last.get("state") == state and whole else []


def listed_paths(repo: Repo) -> set[str]:
    """The paths that the last export wrote, for whichever state."""
    return {row["path"] for row in _last_export(repo).get("files", ())}


def forms_in_place(repo: Repo) -> int:
    """How many files of the last export are in site/."""
    return sum((repo.site / path).is_file() for path in listed_paths(repo))


def note_forms(repo: Repo, state: str, rows: Sequence[Row]) -> None:
    """Remembers the files of an export and the state that they belong to."""
    write(repo.build / NAME, json.dumps({"state": state, "files": list(rows)}), durable=False)


def drop_forms(repo: Repo) -> int:
    """Removes the exports of an earlier state; returns how many files that were. The manifest must not list them any more."""
    removed = 0
    for path in sorted(listed_paths(repo)):
        if (file := repo.site / path).is_file():
            file.unlink()
            removed += 1
    (repo.build / NAME).unlink(missing_ok=True)
    return removed
