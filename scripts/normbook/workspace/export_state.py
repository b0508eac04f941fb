"""Which state of the project the bulk forms in site/ are of, so that none outlives it."""

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
    """A digest of all that the bulk forms are made from: the records and texts as the cache knows them, and what else `key` stands for."""
    digest = hashlib.sha256(key.encode())
    for query in ("select shown, digest from files where type != 'exceptions'", "select id, signature from sources"):
        for row in sorted(cache.rows(query)):
            digest.update(f"{row}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _noted(repo: Repo) -> dict[str, Any]:
    try:
        found = json.loads((repo.build / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), list) else {}


def forms_of(repo: Repo, state: str) -> list[Row]:
    """The rows of the manifest for the forms in site/, if they are of this state of the project and all there; else none."""
    noted = _noted(repo)
    rows: list[Row] = noted.get("files", [])
    whole = all((path := repo.site / row["path"]).is_file() and path.stat().st_size == row["bytes"] for row in rows)
    return rows if noted.get("state") == state and whole else []


def listed_paths(repo: Repo) -> set[str]:
    """The paths of the forms that the last export wrote, whatever they are of."""
    return {row["path"] for row in _noted(repo).get("files", ())}


def forms_in_place(repo: Repo) -> int:
    """How many of those are in site/."""
    return sum((repo.site / path).is_file() for path in listed_paths(repo))


def note_forms(repo: Repo, state: str, rows: Sequence[Row]) -> None:
    """Notes what an export wrote, and of which state."""
    write(repo.build / NAME, json.dumps({"state": state, "files": list(rows)}), durable=False)


def drop_forms(repo: Repo) -> int:
    """How many files were removed because they are forms of a state that is no more. The manifest must have forgotten them."""
    removed = 0
    for path in sorted(listed_paths(repo)):
        if (file := repo.site / path).is_file():
            file.unlink()
            removed += 1
    (repo.build / NAME).unlink(missing_ok=True)
    return removed
