"""The page of the versions: each release, when it was prepared, what it changed, and where it stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normbook.publish.page import Page


@dataclass(frozen=True)
class Release:
    """A release as its page shows it: what it changed, as lines with their depth, its schemas, and whether its frozen site can be read."""

    version: str
    day: str
    records: int
    changes: tuple[tuple[int, str], ...]
    schemas: tuple[str, ...]
    stays: bool


def versions_page(releases: Sequence[Release], current: str = "") -> Page:
    """The releases, the latest first. `current` is the address of the current site, on a frozen page."""
    sections = tuple((each.version, each.version) for each in releases)  # an id that is its title is not translated
    return Page(
        "versions.html",
        "versions.html",
        "versions.html",
        "page.versions",
        "page-about.versions",
        {"releases": releases, "current": current},
        sections,
    )
