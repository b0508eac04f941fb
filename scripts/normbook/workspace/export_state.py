"""Which state of the project the bulk forms in site/ are of, so that none outlives it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from normbook.workspace.files import write
from normbook.workspace.memory import Memory, environment_key
from normbook.workspace.repo import Repo

KEPT = "exports.json"  # in build/
Row = dict[str, Any]


def state_of(repo: Repo, memory: Memory, epoch: int) -> str:
    """A digest of all that the bulk forms are made from: the records as the build saw them, and what else a build depends on but the policy."""
    digest = hashlib.sha256(environment_key(repo, epoch).encode())
    for id, entry in sorted(memory.entries.items()):
        digest.update(f"{id} {entry.stamp}".encode())
    return digest.hexdigest()


def _kept(repo: Repo) -> dict[str, Any]:
    try:
        found = json.loads((repo.build / KEPT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), list) else {}


def kept_rows(repo: Repo, state: str) -> list[Row]:
    """The rows of the manifest for the forms in site/, if they are of this state of the project and all there; else none."""
    kept = _kept(repo)
    rows: list[Row] = kept.get("files", [])
    whole = all((path := repo.site / row["path"]).is_file() and path.stat().st_size == row["bytes"] for row in rows)
    return rows if kept.get("state") == state and whole else []


def listed_paths(repo: Repo) -> set[str]:
    """The paths of the forms that the last export wrote, whatever they are of."""
    return {row["path"] for row in _kept(repo).get("files", ())}


def forms_in_place(repo: Repo) -> int:
    """How many of those are in site/."""
    return sum((repo.site / path).is_file() for path in listed_paths(repo))


def keep_rows(repo: Repo, state: str, rows: Sequence[Row]) -> None:
    """Notes what an export wrote, and of which state."""
    write(repo.build / KEPT, json.dumps({"state": state, "files": list(rows)}), durable=False)


def drop_forms(repo: Repo) -> int:
    """How many files were removed because they are forms of a state that is no more. The manifest must have forgotten them."""
    removed = 0
    for path in sorted(listed_paths(repo)):
        if (file := repo.site / path).is_file():
            file.unlink()
            removed += 1
    (repo.build / KEPT).unlink(missing_ok=True)
    return removed
