"""A check that remembers: what changed is read and checked again, with whatever looked at it; the findings are those of `check`.

Kept in build/ are each file's findings by its stamp and digest, what each check noted to have read (graph/noted.py), the readings of sources
and what was found of quotations. It all rests on the package, the schemas and the libraries; when one of them changes it counts for nothing.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from normbook.paths import Repo
from normbook.pipeline.fingerprint import package_state
from normbook.pipeline.load import load_parts
from normbook.pipeline.plain import SCHEMA, list_files, read_plain
from normbook.pipeline.store import NAME, open_store
from normbook.problems import Problem

if TYPE_CHECKING:
    from normbook.pipeline.judging import Checked


def check_project(repo: Repo, fresh: bool = False) -> Checked:
    """The findings about a checkout. With `fresh` nothing that was kept is used; what is found is kept all the same."""
    key = foundation(repo)
    store = None if fresh else open_store(repo.build / NAME, key)
    if store:
        from normbook.pipeline.changes import find_changes
        from normbook.pipeline.judging import check_again

        if changes := find_changes(repo, store):
            return check_again(repo, store, changes)
    parts = load_parts(repo, meanwhile=_get_ready)
    from normbook.pipeline.judging import check_first

    return check_first(repo, key, parts)


def _get_ready() -> None:
    """Loads the checks, and the patterns of denials, which alone take a tenth of a second."""
    import normbook.pipeline.judging
    import normbook.text.stance  # noqa: F401


def foundation(repo: Repo) -> str:
    """A digest of what every finding rests on beside the project's own files: the package, the libraries, the schemas."""
    digest = hashlib.sha256(f"{package_state()} {repo.root}".encode())
    problems: list[Problem] = []
    for file, _ in list_files(repo, repo.schema, problems):
        digest.update(repr((file.name, read_plain(file.path, file.name, SCHEMA, problems))).encode("utf-8", "backslashreplace"))
    digest.update(repr(problems).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()
