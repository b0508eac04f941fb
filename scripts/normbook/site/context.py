"""The context that pages and exports are rendered from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from normbook.cleaning.readings import Readings
from normbook.graph.graph import Graph
from normbook.intake.intake import Intake
from normbook.intake.kinds import Kind
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS


class Change(NamedTuple):
    """A commit that changed a file: its hash, day, subject, and time in UTC (ISO 8601)."""

    commit: str
    day: str
    subject: str
    time: str = ""


@dataclass(frozen=True)
class History:
    """The changes of each file, latest first; `absent` is the reason why there are none (no-git or shallow), or empty."""

    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    absent: str = "no-git"


class Original(NamedTuple):
    """The received file of a source that is not a plain text: its kind, its bytes, and its text with the map."""

    kind: Kind
    content: bytes
    taken: Intake


def no_original(id: str) -> Original | None:
    """No file: every source is a plain text."""
    return None


@dataclass(frozen=True)
class RenderContext:
    """Everything that pages and exports are rendered from. Nothing here reads a file."""

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Mapping[str, Mapping[str, Any]]]
    decided: Mapping[str, Sequence[Mapping[str, str]]]
    site: Mapping[str, str]
    redirects: Sequence[Mapping[str, Any]] = ()
    history: History = History()
    theme_titles: Mapping[str, str] = field(default_factory=dict)  # what the list of themes is called, by language
    book: Mapping[str, Any] = field(default_factory=dict)  # the fields of data/book.yaml; empty if there is none
    without: frozenset[str] = frozenset()  # forms of records that are left out, by the ending of their files

    original: Callable[[str], Original | None] = no_original  # of a source, by its id

    @property
    def data_version(self) -> str:
        """The version of the data."""
        return self.site.get("data_version") or self.site["version"]

    def url(self, id: str) -> str:
        """The path of a record's page, relative to the site's root. Raises KeyError for an unknown id."""
        return f"{FOLDERS[self.graph.briefs[id].type]}/{id}.html"
