"""The received files of sources that are not plain texts, read and taken in when a page first needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normbook.intake.intake import Refused
from normbook.intake.kinds import kind_of, take_in
from normbook.site.context import Original
from normbook.workspace.repo import Repo

if TYPE_CHECKING:
    from normbook.graph.graph import Graph


class Originals:
    """The file of a source with its map, by the id of the source; None for a text, a missing file, and one that cannot be read."""

    def __init__(self, repo: Repo, graph: Graph) -> None:
        self.repo, self.graph = repo, graph
        self.held: dict[str, Original | None] = {}

    def __call__(self, id: str) -> Original | None:
        if id not in self.held:
            self.held[id] = self._read(id)
        return self.held[id]

    def _read(self, id: str) -> Original | None:
        name = self.graph.get(id, "/seed/file") or ""
        if (kind := kind_of(name)) == "text":
            return None
        try:
            content = (self.repo.seeds / name).read_bytes()
            return Original(kind, content, take_in(kind, content, (self.graph.get(id, "/profile") or {}).get("encoding")))
        except (OSError, Refused, LookupError):
            return None  # the check has a finding about it
